#!/bin/sh
# Speed of every tool on one worker: MB/s of processor time, the ratio to
# `LC_ALL=C.UTF-8 wc -w` on the same bytes in the same run (median of RUNS pairs),
# instructions a byte (valgrind, where installed; on the first MB), peak memory,
# and how the instructions grow when the input doubles.
#
# usage: speed.sh [FILE of records]
#
# BIN   folder with the tools
# MB    size of the input made from the sample feed when no FILE is given (20)
# RUNS  pairs of runs (5)
# DATA  folder of the development data: whole pages for strip-chrome are there (../shared/data)
set -eu
cd "$(dirname "$0")/../.."
: "${BIN:=build/bin}" "${MB:=20}" "${RUNS:=5}"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
have() { command -v "$1" >/dev/null 2>&1; }
input=${1:-$tmp/input}
[ $# -gt 0 ] || {
	# every document anew: ids count up, and the paragraphs are shuffled with a fixed seed
	"$BIN/strip-chrome" tests/feed/[0-9]*.txt >"$tmp/feed"
	awk -F '\t' -v mb="$MB" 'BEGIN { srand(1) }
		{ doc[NR] = $NF }
		END {
			while (bytes < mb * 1000000) {
				n = split(doc[1 + int(rand() * NR)], part, /(\\n)+/)
				for (i = n; i > 1; i--) { j = 1 + int(rand() * i); t = part[i]; part[i] = part[j]; part[j] = t }
				text = ++id "\t" part[1]
				for (i = 2; i <= n; i++) text = text "\\n\\n" part[i]
				print text
				bytes += length(text) + 1
			}
		}' "$tmp/feed" >"$input"
}
# whole records, about 0.5 and 1 MB
head -c 500000 "$input" | sed '$d' >"$tmp/half"
cat "$tmp/half" "$tmp/half" | awk -F '\t' -v OFS='\t' '{ $1 = NR } 1' >"$tmp/whole"
"$BIN/fingerprint" <"$input" >"$tmp/sketches"

# seconds of processor time, user and system, of a command on a file
cost() {
	from=$1
	shift
	# shellcheck disable=SC2016
	bash -c 'TIMEFORMAT="%U %S"; time "$@" <"$0" >/dev/null' "$from" "$@" 2>&1 | awk '{ print $1 + $2 }'
}

instructions() {
	from=$1
	shift
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" <"$from" 2>&1 >/dev/null | awk '/Collected/ { print $NF }'
}

peak() {
	from=$1
	shift
	if [ -x /usr/bin/time ]; then
		/usr/bin/time -f %M "$@" <"$from" 2>&1 >/dev/null | awk 'END { printf "%.1f", $1 / 1024 }'
	else
		echo -
	fi
}

size() { wc -c <"$1" | tr -d ' '; }

printf '%-22s %8s %8s %9s %8s %8s\n' tool MB/s 'x wc -w' instr/B growth 'peak MB'
row() {
	name=$1 from=$2
	shift 2
	per_byte=- growth=-
	if have valgrind && [ "$1" != env ]; then
		idle=$(instructions /dev/null "$@")
		half=$(instructions "$tmp/half" "$@")
		whole=$(instructions "$tmp/whole" "$@")
		per_byte=$(echo "$whole $idle $(size "$tmp/whole")" | awk '{ printf "%.1f", ($1 - $2) / $3 }')
		growth=$(echo "$whole $half $idle $(size "$tmp/whole") $(size "$tmp/half")" | awk '{ printf "%.2f", ($1 - $3) / ($2 - $3) / ($4 / $5) * 2 }')
	fi
	i=0
	while [ $i -lt "$RUNS" ]; do
		echo "$(cost "$from" env LC_ALL=C.UTF-8 wc -w) $(cost "$from" "$@")"
		i=$((i + 1))
	done | awk -v bytes="$(size "$from")" -v name="$name" -v rest="$(printf '%9s %8s %8s' "$per_byte" "$growth" "$(peak "$from" "$@")")" '
		{ mine = $2 > 0 ? $2 : 0.001; ratio[NR] = $1 / mine; speed[NR] = bytes / 1e6 / mine }
		function median(a,   i, j, t) {
			for (i = 2; i <= NR; i++) for (j = i; j > 1 && a[j] < a[j - 1]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
			return a[int((NR + 1) / 2)]
		}
		END { printf "%-22s %8.1f %8.2f %s\n", name, median(speed), median(ratio), rest }'
}

row 'wc -w' "$input" env LC_ALL=C.UTF-8 wc -w
# the frame alone: a filter that copies records
objects=$(echo "${OBJ:-$BIN/../common}"/*.o)
# shellcheck disable=SC2086
if ${CC:-cc} -O2 -Icommon -o "$tmp/copy" tests/fixtures/copy.c $objects -lutf8proc -pthread 2>/dev/null; then
	row 'frame alone' "$input" "$tmp/copy"
fi
for tool in strip-chrome split-sentences fingerprint tag-entities; do
	row $tool "$input" "$BIN/$tool"
done
# strip-chrome on whole pages, where the development data are at hand, and trafilatura, where it is installed
pages=${DATA:-../shared/data}/chrome
if [ -d "$pages/html" ]; then
	zcat "$pages/pages-blk.tsv.gz" >"$tmp/blocks"
	for page in "$pages"/html/*.gz; do
		printf '%s\t' "$(basename "$page" .html.gz)"
		zcat "$page" | sed -e 's/\\/\\\\/g; s/\t/\\t/g; s/\r/\\r/g' | awk -v ORS='\\n' 1
		echo
	done >"$tmp/html"
	for kind in blocks html; do
		head -c 2000000 "$tmp/$kind" | sed '$d' >"$tmp/half"
		cat "$tmp/half" "$tmp/half" >"$tmp/whole"
		row "strip-chrome, $kind" "$tmp/$kind" "$BIN/strip-chrome"
	done
	if python3 -c 'import trafilatura' 2>/dev/null; then
		head -c 4000000 "$tmp/html" | sed '$d' >"$tmp/some"
		row 'trafilatura, html' "$tmp/some" env python3 -c '
import re, sys, trafilatura
plain = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
for line in sys.stdin:
    trafilatura.extract(re.sub(r"\\(.)", lambda m: plain.get(m[1], m[0]), line.split("\t", 1)[1]))'
	fi
fi
awk -v seconds="$(cost "$tmp/sketches" "$BIN/find-copies")" -v n="$(wc -l <"$tmp/sketches")" \
	'BEGIN { printf "%-22s %8.0f documents/s, %d in memory\n", "find-copies", n / (seconds > 0 ? seconds : 0.001), n }'
# the whole chain, by the clock
chain() { "$BIN/strip-chrome" | "$BIN/fingerprint" -k | "$BIN/split-sentences" | "$BIN/tag-entities" -j 0; }
start=$(date +%s.%N)
chain <"$input" >/dev/null
end=$(date +%s.%N)
echo "$start $end $(cost "$input" env LC_ALL=C.UTF-8 wc -w)" |
	awk '{ printf "%-22s %17.2f by the clock\n", "the chain", $3 / ($2 - $1) }'
