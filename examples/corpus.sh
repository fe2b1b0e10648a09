#!/bin/sh
# SPDX-License-Identifier: ISC
#
# corpus.sh folder dropped.tsv - the sentences of all pages below a folder, and which pages were left out, and why.
#
#   corpus.sh pages dropped.tsv > sentences.tsv
#
# Pages may be in any encoding and have any name; ids are paths. Left out are pages without an article, and
# copies of a page before, by the order of names; one that shares less than half of itself stays.
# What cannot be read, such as a picture called .html, is told on standard error.
set -eu

folder=${1:?usage: corpus.sh folder dropped.tsv}
: > "${2:?usage: corpus.sh folder dropped.tsv}"
find "$folder" -type f \( -name '*.html' -o -name '*.htm' -o -name '*.txt' \) -print0 |
	strip-chrome --files0-from=- |
	fingerprint -k | LC_ALL=C sort | find-copies --explain |
	dropped=$2 awk -F '\t' -v OFS='\t' '
		# id original score shared here there kind text
		{ split($5, here, "-") }
		$8 == "" { print $1, "no article" > ENVIRON["dropped"]; next }
		$2 != "-" && ($7 != "part" || here[2] - here[1] >= 50) { print $1, $7 " copy", $2, $3 > ENVIRON["dropped"]; next }
		{ print $1, $8 }' |
	split-sentences
