#!/bin/bash
# SPDX-License-Identifier: ISC
#
# rates.sh articles.tsv - processor time of each step and bytes of its results, for SCALE.md.
set -eu
: "${1:?usage: rates.sh articles.tsv}"

TIMEFORMAT='%U %S' # to a thousandth
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bytes=$(wc -c < "$1")
docs=$(wc -l < "$1")
printf '%s documents of %s bytes\n' "$docs" $((bytes / docs))

# step NAME INPUT OUTPUT COMMAND...
step() {
	local name=$1 in=$2 out=$3
	shift 3
	local spent
	spent=$({ time "$@" < "$in" > "$out"; } 2>&1)
	echo "$spent" | awk -v name="$name" -v docs="$docs" -v out="$(wc -c < "$out")" -v bytes="$(wc -c < "$in")" \
		'{ t = $1 + $2; if (t == 0) t = 0.001; printf "%-20s %8.1f us a document %8.1f MB/s %8d bytes written a document\n", name, 1e6 * t / docs, bytes / t / 1e6, out / docs }'
}
step strip-chrome "$1" "$tmp/clean" strip-chrome
step fingerprint "$tmp/clean" "$tmp/sketches" fingerprint
step find-copies "$tmp/sketches" "$tmp/copies" find-copies
step 'find-copies -d' "$tmp/sketches" "$tmp/copies" find-copies -d "$tmp/seen"
printf '%-20s %8d bytes a document\n' 'the index' $(($(cat "$tmp"/seen/*.seg | wc -c) / docs))
step 'fingerprint --bands' "$tmp/clean" "$tmp/bands" fingerprint --bands
step 'sort of the bands' "$tmp/bands" "$tmp/sorted" env LC_ALL=C sort
step 'find-copies --bands' "$tmp/sorted" "$tmp/copies" find-copies --bands
step split-sentences "$tmp/clean" "$tmp/sentences" split-sentences
step tag-entities "$tmp/clean" "$tmp/mentions" tag-entities
