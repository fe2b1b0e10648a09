#!/bin/sh
# SPDX-License-Identifier: ISC
#
# feeds.sh [days] - the items of RSS and Atom feeds, read by sfeed(1), as articles: address, day, host, title, text.
#
#   curl -s https://example.org/rss.xml | sfeed | feeds.sh > articles.tsv
#   sort -n ~/.sfeed/feeds/* | feeds.sh 7 |
#       fingerprint -k | find-copies --new --unseen -d seen --expire 30d >> news.tsv
#
# sfeed writes time, title, link, content, content-type, id, author ..., the content with the same
# escapes as ours. By sort -n what was published first comes first, and so is the original of its
# copies. With days, items older than that are left out: sfeed_update(1) keeps all it ever fetched.
# An item without a date has "-" for it and always passes; one without an address goes by its id,
# or else by its title.
set -eu

case ${1:-} in
*[!0-9]* | 0[0-9]*) echo 'usage: feeds.sh [days] < items' >&2; exit 2 ;;
esac
awk -F '\t' -v OFS='\t' -v from="${1:+$(($(date +%s) - 86400 * $1))}" '
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
	function host(a) {
		sub(/^[a-z]+:\/\/(www\.)?/, "", a)
		sub(/[\/?#].*/, "", a)
		return a
	}
	NF < 5 { print "feeds.sh: line " NR ": no item as sfeed writes it: pipe feeds through sfeed first" > "/dev/stderr"; exit 1 }
	# an item may be a line without any tag, so strip-chrome is told that all is HTML
	$5 == "plain" { gsub(/&/, "\\&amp;", $4); gsub(/</, "\\&lt;", $4) }
	{ gsub(/\\/, "&&", $2) }	# sfeed escapes the content alone
	from == "" || $1 == "" || $1 >= from + 0 {
		print ($3 != "" ? $3 : $6 != "" ? $6 : $2), ($1 != "" ? day($1) : "-"), ($3 != "" ? host($3) : "-"), ($2 != "" ? $2 : "-"), $4
	}' |
	strip-chrome --html
