#!/bin/sh
# SPDX-License-Identifier: ISC
#
# grep-sentences.sh [grep option ...] pattern - sentences that match, with document and number.
#
#   grep-sentences.sh -i 'black sea' < articles.tsv              (records: id ... text)
#
# grep prints whole lines, so the id comes for free; but it would look for the pattern in
# the id and what else is carried, too. So grep sees the sentences alone and gives line numbers, which select.
set -eu

tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
split-sentences > "$tmp"
awk -F '\t' '{ print $NF }' "$tmp" | grep -n "$@" | cut -d : -f 1 |
	awk 'NR == FNR { want[$1]; next } FNR in want' - "$tmp"
