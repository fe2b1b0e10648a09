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

{ if [ "${1:-}" = - ]; then cat; else sfeed; fi; } |
	awk -F '\t' -v OFS='\t' '
		# the day, in UTC, of seconds since 1970; not every awk has strftime
		function day(s,    z, e, y, d, m) {
			z = int(s / 86400) + 719468	# days since 1 March 0000
			e = z - 146097 * int(z / 146097)
			y = e - int(e / 1460) + int(e / 36524) - int(e / 146096)
			y = int(y / 365)
			d = e - (365 * y + int(y / 4) - int(y / 100))
			m = int((5 * d + 2) / 153)
			return sprintf("%04d-%02d-%02d", 400 * int(z / 146097) + y + (m > 9), m < 10 ? m + 3 : m - 9, d - int((153 * m + 2) / 5) + 1)
		}
		{ print ($3 != "" ? $3 : $6), ($1 != "" ? day($1) : "-"), ($2 != "" ? $2 : "-"), $4 }' |
	strip-chrome | tag-entities --date-field 2 --types PER,ORG,LOC | cut -f 1-5
