#!/bin/sh
# Instructions a byte of every tool, by valgrind: unlike times they are the same in each run, but for a
# two-hundredth by what common/spread.h draws.
# What a start takes is not counted in.
#
# usage: instructions.sh [--compiler]
#
# BIN, OBJ, CC, CFLAGS  the tools, and how they were made
# --compiler            print the first line alone: the figures hold for this compiler and these flags
#
# tests/instructions.bats compares with instructions.tsv, which `make bench-instructions` writes anew.
set -eu
# shellcheck source=tests/bench/measure.sh
. "$(dirname "$0")/measure.sh"

printf '# %s, %s, %s\n' "$("${CC:-cc}" --version | head -n 1)" "$("${CC:-cc}" -dumpmachine)" "${CFLAGS:-flags unknown}"
[ "${1:-}" != --compiler ] || exit 0
printf '# instructions a byte of input\n'

for kind in text chrome html; do
	sh "$bench/input.sh" "$kind" 0.25 >"$tmp/$kind"
done
sh "$bench/input.sh" strangers 2 | fingerprint >"$tmp/sketches"

row() {
	name=$1 from=$2
	shift 2
	all=$(instructions "$from" "$@")
	idle=$(instructions /dev/null "$@")
	printf '%s\t%s\n' "$name" "$(calc "($all - $idle) / $(size "$from")")"
}
make_copy
row frame "$tmp/text" "$tmp/copy"
row 'strip-chrome, text' "$tmp/text" strip-chrome
row 'strip-chrome, chrome' "$tmp/chrome" strip-chrome
row 'strip-chrome, HTML' "$tmp/html" strip-chrome
row split-sentences "$tmp/text" split-sentences
row fingerprint "$tmp/text" fingerprint
row find-copies "$tmp/sketches" find-copies
row tag-entities "$tmp/text" tag-entities
