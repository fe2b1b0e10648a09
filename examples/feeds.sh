#!/bin/sh
# SPDX-License-Identifier: ISC
#
# feeds.sh - RSS or Atom in, by sfeed(1): who is named in which item.
#
#   curl -s https://example.org/rss.xml | feeds.sh
#   cat ~/.sfeed/feeds/* | feeds.sh -        (what sfeed_update fetched)
#
# sfeed writes time, title, link, content, content-type, id, author, with the same
# escapes as ours. The link becomes the id; the day and the title are carried.
set -eu
export TZ=UTC

{ if [ "${1:-}" = - ]; then cat; else sfeed; fi; } |
	awk -F '\t' -v OFS='\t' '
		{ print $3 != "" ? $3 : $6, $1 != "" ? strftime("%Y-%m-%d", $1) : "-", $2 != "" ? $2 : "-", $4 }' |
	strip-chrome | tag-entities --date-field 2 --types PER,ORG,LOC | cut -f 1-5
