#!/bin/sh
# Where a tool spends its instructions, by function and by line (callgrind).
#
# usage: profile.sh TOOL INPUT SUMMARY
#
# INPUT  text, strangers, chrome or html: half a megabyte made by input.sh; else a file of records
set -eu
tool=$1 input=$2 summary=$3
# shellcheck source=tests/bench/measure.sh
. "$(dirname "$0")/measure.sh"
have valgrind || {
	echo 'profile: valgrind is not installed' >&2
	exit 1
}
case $input in
text | strangers | chrome | html)
	sh "$bench/input.sh" "$input" 0.5 >"$tmp/input"
	;;
*)
	cat "$input" >"$tmp/input"
	;;
esac
if [ "$tool" = find-copies ]; then
	fingerprint <"$tmp/input" >"$tmp/sketches"
	mv "$tmp/sketches" "$tmp/input"
fi
valgrind -q --tool=callgrind --callgrind-out-file="$summary.out" "$tool" <"$tmp/input" >/dev/null
callgrind_annotate "$summary.out" >"$summary"
awk '/Ir +file:function/ { on = 1 } on && n++ < 24' "$summary"
echo "$summary has the lines too, $summary.out is for kcachegrind"
