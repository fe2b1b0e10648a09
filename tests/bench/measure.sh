# shellcheck shell=sh
# Sourced by the scripts of this folder: what they measure with.
#
# BIN  folder with the tools
# OBJ  folder with common's objects (found beside BIN)

: "${BIN:=build/bin}"
BIN=$(cd "$BIN" && pwd)
: "${OBJ:=${BIN%/bin}/common}"
PATH=$BIN:$PATH
bench=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
export LC_ALL=C

have() { command -v "$1" >/dev/null 2>&1; }
size() { wc -c <"$1" | tr -d ' '; }
# calc EXPRESSION [FORMAT]: of awk; nothing where it divides by 0
calc() { awk "BEGIN { printf \"${2:-%.2f}\", $1 }" 2>/dev/null || echo -; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# timed FORMAT COMMAND: the sum of what bash's TIMEFORMAT says of a shell command; its output goes to $got
timed() {
	# shellcheck disable=SC2016
	bash -c 'TIMEFORMAT=$1; time eval "$0" >"$2" 2>/dev/null' "$2" "$1" "${got:-/dev/null}" 2>&1 | awk '{ print $1 + $2 }'
}
# seconds of processor time, user and system; by the clock
cost() { timed '%U %S' "$1"; }
clock() { timed %R "$1"; }

# instructions FILE COMMAND...: how many it takes with FILE on standard input
instructions() {
	input=$1
	shift
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" <"$input" 2>&1 >/dev/null | awk '/Collected/ { print $NF }'
}

# peak FILE COMMAND...: MB of memory
peak() {
	input=$1
	shift
	{ [ -x /usr/bin/time ] && /usr/bin/time -f %M "$@" <"$input" 2>&1 >/dev/null || echo 0; } | awk 'END { if ($1 > 0) printf "%.1f", $1 / 1024; else print "-" }'
}

# The frame alone: a filter that copies records. Makes $tmp/copy; false without compiler or objects.
make_copy() {
	# shellcheck disable=SC2046,SC2086
	have "${CC:-cc}" && "${CC:-cc}" -std=c11 -O2 -D_DEFAULT_SOURCE -I"$bench/../../common" -o "$tmp/copy" "$bench/../fixtures/copy.c" \
		"$OBJ"/*.o $(pkg-config --libs libutf8proc 2>/dev/null || echo -lutf8proc) -pthread 2>"$tmp/errors"
}
