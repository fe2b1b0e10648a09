#!/bin/sh
# Speed of every tool: MB/s of processor time on one worker, and the ratio to
# `LC_ALL=C.UTF-8 wc -w` on the same bytes in the same run, median of RUNS.
#
# usage: speed.sh [FILE of records]
#
# BIN   folder with the tools
# MB    size of the input made from the sample feed when no FILE is given (20)
# RUNS  pairs of runs (5)
set -eu
cd "$(dirname "$0")/../.."
: "${BIN:=build/bin}" "${MB:=20}" "${RUNS:=5}"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
input=${1:-$tmp/input}
[ $# -gt 0 ] || {
	# every document anew: ids count up, and the paragraphs are shuffled with a fixed seed
	"$BIN/strip-chrome" tests/feed/*.txt >"$tmp/feed"
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
"$BIN/fingerprint" <"$input" >"$tmp/sketches"

# seconds of processor time, user and system, of a command on a file
cost() {
	from=$1
	shift
	# shellcheck disable=SC2016
	bash -c 'TIMEFORMAT="%U %S"; time "$@" <"$0" >/dev/null' "$from" "$@" 2>&1 | awk '{ print $1 + $2 }'
}

printf '%-28s %10s %10s\n' tool MB/s 'x wc -w'
row() {
	name=$1 from=$2
	shift 2
	mb=$(wc -c <"$from" | awk '{ print $1 / 1e6 }')
	i=0
	while [ $i -lt "$RUNS" ]; do
		echo "$(cost "$from" env LC_ALL=C.UTF-8 wc -w) $(cost "$from" "$@")"
		i=$((i + 1))
	done | awk -v mb="$mb" -v name="$name" '
		{ mine = $2 > 0 ? $2 : 0.001; ratio[NR] = $1 / mine; speed[NR] = mb / mine }
		function median(a,   i, j, t) {
			for (i = 2; i <= NR; i++) for (j = i; j > 1 && a[j] < a[j - 1]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
			return a[int((NR + 1) / 2)]
		}
		END { printf "%-28s %10.1f %10.2f\n", name, median(speed), median(ratio) }'
}
row 'wc -w' "$input" env LC_ALL=C.UTF-8 wc -w
row strip-chrome "$input" "$BIN/strip-chrome"
row split-sentences "$input" "$BIN/split-sentences"
row fingerprint "$input" "$BIN/fingerprint"
row 'find-copies (of its sketches)' "$tmp/sketches" "$BIN/find-copies"
row tag-entities "$input" "$BIN/tag-entities"
