#!/bin/sh
# SPDX-License-Identifier: ISC
#
# named-together.sh [types] - who is named with whom: pairs of names by sentences that have both.
#
#   named-together.sh PER,ORG < articles.tsv (records: id ... text)
set -eu

split-sentences | tag-entities -g --types "${1:-PER,ORG}" |
	awk -F '\t' '
		function pairs(    i, j) {
			for (i = 1; i <= n; i++)
				for (j = i + 1; j <= n; j++)
					print ((name[i] < name[j]) ? name[i] "\t" name[j] : name[j] "\t" name[i])
		}
		# mentions: id ... n type name begin end mention
		$1 FS $(NF - 5) != at { pairs(); split("", has); n = 0; at = $1 FS $(NF - 5) }
		!($(NF - 3) in has) { has[$(NF - 3)]; name[++n] = $(NF - 3) }
		END { pairs() }' |
	LC_ALL=C sort | uniq -c | LC_ALL=C sort -k 1,1nr -k 2
