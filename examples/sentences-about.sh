#!/bin/sh
# SPDX-License-Identifier: ISC
#
# sentences-about.sh name - the sentences that name somebody, under any spelling.
#
#   sentences-about.sh 'Volodymyr Zelenskyy' < articles.tsv      (records: id ... text)
#
# join(1) of sentences with mentions on document:number. Both sides are sorted as join
# compares, by bytes; an id with a colon does no harm, since the number is what follows the last.
set -eu
export LC_ALL=C
name=${1:?usage: sentences-about.sh name < articles.tsv}

tab=$(printf '\t')
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
split-sentences > "$tmp/sentences"
awk -F '\t' '{ print $1 ":" $(NF - 1) "\t" $NF }' "$tmp/sentences" | sort -t "$tab" -k 1,1 > "$tmp/left"
tag-entities -g < "$tmp/sentences" |
	name=$name awk -F '\t' '$(NF - 3) == ENVIRON["name"] { print $1 ":" $(NF - 5) }' | sort -u > "$tmp/right"
join -t "$tab" "$tmp/left" "$tmp/right"
