#!/bin/sh
# SPDX-License-Identifier: ISC
#
# in-the-news.sh [type] - who is in the news, by the number of stories that name them.
#
#   in-the-news.sh PER < articles.tsv        (records: id ... text)
#
# Copies are left out first, so that a story counts once however many sites carry it.
set -eu

fingerprint -k | find-copies --new |
	tag-entities --types "${1:-PER}" |
	awk -F '\t' '!seen[$1, $(NF - 3)]++ { n[$(NF - 3)]++ } END { for (name in n) print n[name] "\t" name }' |
	LC_ALL=C sort -k 1,1nr -k 2
