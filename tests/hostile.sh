#!/bin/bash
# The tools on sizes that no feed has: processor time and peak memory (with /usr/bin/time) of each.
#
# usage: hostile.sh [TOOL ...]
#
# BIN  folder with the tools (build/bin)
# GB   thousandths of the sizes (1000: a document of 1 GB, ten million records ...)
#
# Status 1 when a tool does not end with 0, or with 1 after a message.
set -u
cd "$(dirname "$0")" || exit 1
# shellcheck source=tests/hostile.bash
. ./hostile.bash
: "${BIN:=$PWD/../build/bin}" "${GB:=1000}"
[ $# -gt 0 ] || set -- strip-chrome split-sentences fingerprint tag-entities find-copies
PATH=$BIN:$PATH
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0
million=$((GB * 1000))

# a text without end
story() {
	yes 'President Vladimir Putin met Recep Tayyip Erdogan in Istanbul on 12 May 2025. "The talks lasted four hours," he said.\n\n' |
		tr -d '\n'
}

# one NAME COMMAND...: standard input to the command
one() {
	local name=$1 status=0
	shift
	if [ -x /usr/bin/time ]; then
		/usr/bin/time -o "$tmp/cost" -f '%U %S %M' "$@" >/dev/null 2>"$tmp/err" || status=$?
	else
		TIMEFORMAT='%U %S 0'
		{ time "$@" >/dev/null 2>"$tmp/err"; } 2>"$tmp/cost" || status=$?
	fi
	tail -1 "$tmp/cost" | awk -v name="$name" -v of="$*" -v status=$status \
		'{ printf "%-26s %-44s %8.1f s %8.0f MB  status %d\n", name, of, $1 + $2, $3 / 1024, status }'
	if [ $status -gt 1 ] || { [ $status = 1 ] && [ ! -s "$tmp/err" ]; }; then
		bad=1
		head -3 "$tmp/err"
	fi
}

for tool; do
	if [ "$tool" = find-copies ]; then
		seq -f %.0f $((10 * million)) | sed 's/$/	s1.16.75.85.afa3539e6b103149.Y6bOvOEMw8dDGpi2EIatA9sGdkA-YU6ZrHWTH2NsRN-3Vc1N/' |
			one 'ten million copies' find-copies --clusters
		{ repeat $((20 * million)) 'a\t'; echo; } | one 'ten million fields' find-copies
		continue
	fi
	{ printf 'a\t'; story | head -c $((1000 * million)); echo; } | one 'document of 1 GB' "$tool" --max-record 1G
	{ printf 'a\t'; story | head -c $((100 * million)); echo; } | one 'document over the limit' "$tool"
	yes 'a	He met Putin in Kyiv.' | head -n $((10 * million)) | one 'ten million records' "$tool"
	{ repeat $((20 * million)) 'a\t'; echo; } | one 'ten million fields' "$tool"
	{ printf 'a\t'; repeat $((50 * million)) 'and the word '; echo; } | one 'sentence of 50 MB' "$tool"
	{ printf 'a\t'; repeat $((50 * million)) x; echo; } | one 'word of 50 MB' "$tool"
	while IFS='|' read -r name piece; do
		case $name in
		dots | *quotes | brackets | 'opening tags' | attributes | capitals)
			{ printf 'a\t'; repeat "$million" "$piece"; echo; } | one "a million bytes of $name" "$tool"
			;;
		esac
	done < <(shapes)
done
exit $bad
