#!/bin/sh
# strip-chrome with and without a memory of sites: each page is judged by a memory of the other
# pages of its site alone, and scored beside what is kept without.
#
# usage: site-memory.sh DATA [RENDITION ...]
#        site-memory.sh -s OUT DATA
#
# The model has seen these pages when it was trained, and needs the less help. -s writes OUT/chrome, the data
# without the sites that are measured; a tool built with a model of that tells what the memory is worth on sites unseen:
#
#   tests/bench/site-memory.sh -s /tmp/others ../shared/data && make build/chrome-train &&
#   cp -R . /tmp/unseen && build/chrome-train -o /tmp/unseen/tools/strip-chrome/model.bin /tmp/others/chrome &&
#   make -C /tmp/unseen && BIN=/tmp/unseen/build/bin tests/bench/site-memory.sh ../shared/data
#
# BIN   folder with the tools
# DATA  folder with chrome/; ../score beside it has the scorer
# LEAST pages that a site must have ("3 5")
#
# Renditions are those of the data (lyn nod blk), and htm: the pages whose HTML is there.
set -eu
others=
[ "${1:-}" != -s ] || { others=${2:?OUT} && shift 2; }
data=${1:?usage: site-memory.sh DATA [RENDITION ...]}
shift
: "${BIN:=build/bin}" "${LEAST:=3 5}"
score=$data/../score
[ -d "$data/chrome" ] || {
	echo "site-memory: no labelled data in $data (set DATA=folder): nothing measured" >&2
	exit 1
}
if [ -n "$others" ]; then
	mkdir -p "$others/chrome/html"
	awk -F '\t' -v least="${LEAST%% *}" '{ id[NR] = $1; site[NR] = $3; n[$3]++ } END { for (i = 1; i <= NR; i++) if (n[site[i]] < least) print id[i] }' \
		"$data/chrome/meta.tsv" >"$others/ids"
	for file in "$data"/chrome/*.tsv "$data"/chrome/*.tsv.gz; do
		to=$others/chrome/$(basename "$file")
		zcat -f "$file" | awk -F '\t' 'NR == FNR { ok[$1]; next } $1 in ok' "$others/ids" - |
			case $file in *.gz) gzip -1 ;; *) cat ;; esac >"$to"
	done
	while read -r id; do
		[ ! -e "$data/chrome/html/$id.html.gz" ] || cp "$data/chrome/html/$id.html.gz" "$others/chrome/html"
	done <"$others/ids"
	exit
fi
[ $# -gt 0 ] || set -- lyn nod blk htm
PATH=$(cd "$BIN" && pwd):$PATH
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# pages RENDITION: id TAB text
pages() {
	if [ "$1" != htm ]; then
		zcat "$data/chrome/pages-$1.tsv.gz"
		return
	fi
	for page in "$data"/chrome/html/*.html.gz; do
		printf '%s\t' "$(basename "$page" .html.gz)"
		zcat "$page" | awk '{ gsub(/\\/, "&&"); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); printf "%s\\n", $0 } END { print "" }'
	done
}

for r; do
	pages "$r" >"$tmp/pages"
	for least in $LEAST; do
		# a site of its own for each page: the others come first, as "other"
		awk -F '\t' -v OFS='\t' -v least="$least" '
			NR == FNR { text[$1] = $2; next }
			$1 in text { site[$3] = site[$3] " " $1 }
			END {
				for (s in site)
					if ((n = split(site[s], id, " ")) >= least)
						for (i = 1; i <= n; i++) {
							for (j = 1; j <= n; j++)
								if (j != i)
									print "other", id[i] "." s, text[id[j]]
							print id[i], id[i] "." s, text[id[i]]
						}
			}' "$tmp/pages" "$data/chrome/meta.tsv" >"$tmp/in"
		[ -s "$tmp/in" ] || continue
		rm -rf "$tmp/memory"
		awk -F '\t' '$1 != "other"' "$tmp/in" | strip-chrome | cut -f 1,3 >"$tmp/without"
		strip-chrome --site-memory "$tmp/memory" --site-field 2 <"$tmp/in" |
			awk -F '\t' -v OFS='\t' '$1 != "other" { print $1, $3 }' >"$tmp/with"
		printf '\n== %s, sites of %s pages or more\n' "$r" "$least"
		for how in without with; do
			echo "$how"
			rendition="-r $r"
			[ "$r" != htm ] || rendition=
			# shellcheck disable=SC2086
			python3 "$score/chrome.py" $rendition --only-present "$data/chrome" "$tmp/$how"
		done
	done
done
