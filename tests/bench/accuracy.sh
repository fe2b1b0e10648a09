#!/bin/sh
# Scores every tool on labelled data with the scorers that stand beside it.
#
# usage: accuracy.sh DATA [TOOL ...]
#
# BIN   folder with the tools
# DATA  folder with sentences/ chrome/ copies/ entities/; ../score beside it has the scorers
set -eu
data=${1:?usage: accuracy.sh DATA [TOOL ...]}
shift
: "${BIN:=build/bin}"
score=$data/../score
if ! [ -d "$data" ] || ! [ -d "$score" ]; then
	echo "accuracy: no labelled data in $data (set DATA=folder): nothing scored" >&2
	exit 1
fi
command -v python3 >/dev/null || {
	echo 'accuracy: the scorers want python3' >&2
	exit 1
}
[ $# -gt 0 ] || set -- split-sentences strip-chrome find-copies tag-entities
PATH=$(cd "$BIN" && pwd):$PATH
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
heading() { printf '\n== %s\n' "$*"; }

split_sentences() {
	heading split-sentences: boundaries
	python3 "$score/sentences.py" --data "$data/sentences" --cmd 'split-sentences -j 0'
}

strip_chrome() {
	for r in blk nod lyn np4 bpi rjs; do
		heading "strip-chrome: text, rendition $r, news sets"
		gzip -dc "$data/chrome/pages-$r.tsv.gz" | strip-chrome -j 0 >"$tmp/out"
		python3 "$score/chrome.py" -r $r -s aeb,aed,fun "$data/chrome" "$tmp/out"
	done
	heading 'strip-chrome: text, rendition blk, all kinds of page'
	gzip -dc "$data/chrome/pages-blk.tsv.gz" | strip-chrome -j 0 >"$tmp/out"
	python3 "$score/chrome.py" -r blk "$data/chrome" "$tmp/out"
	heading 'strip-chrome: clean bodies in, everything should stay'
	gzip -dc "$data/chrome/gold.tsv.gz" | strip-chrome -j 0 >"$tmp/out"
	python3 "$score/chrome.py" -r gld "$data/chrome" "$tmp/out"
	heading 'strip-chrome: the five seeds'
	gzip -dcf "$data"/chrome/seeds/pages-sed.tsv* | strip-chrome >"$tmp/out"
	python3 "$score/chrome.py" -r sed "$data/chrome/seeds" "$tmp/out"
	heading 'strip-chrome: HTML, news sets'
	mkdir -p "$tmp/html"
	for page in "$data"/chrome/html/*.html.gz; do
		gzip -dc "$page" >"$tmp/html/$(basename "$page" .html.gz)"
	done
	(cd "$tmp/html" && strip-chrome -j 0 -- *) >"$tmp/out"
	python3 "$score/chrome.py" -s aeb,aed,fun --only-present "$data/chrome" "$tmp/out"
}

find_copies() {
	heading fingerprint and find-copies: pairs, clusters, repeats in the stream
	fingerprint -j 0 <"$data/copies/docs.tsv" >"$tmp/sketches"
	find-copies --all <"$tmp/sketches" | awk -F '\t' '$2 != "-" { print $1 "\t" $2 "\t" $3 }' >"$tmp/pairs"
	find-copies --clusters <"$tmp/sketches" >"$tmp/clusters"
	python3 "$score/copies.py" --gold "$data/copies" --pairs "$tmp/pairs" --clusters "$tmp/clusters"
	find-copies <"$tmp/sketches" | awk -F '\t' '$2 != "-" { print $1 "\t" $3 }' >"$tmp/flags"
	python3 "$score/copies.py" --gold "$data/copies" --flags "$tmp/flags" --order "$data/copies/docs.tsv"
	awk -F '\t' '{ n += length($2) } END { printf "sketch.bytes\t%.1f\n", n / NR }' "$tmp/sketches"
}

tag_entities() {
	for corpus in "$data"/entities/*/; do
		[ -s "$corpus/gold.tsv" ] || continue
		heading "tag-entities: $(basename "$corpus") (the shipped model may have seen it; the tool's README has held-out figures)"
		tag-entities -b -j 0 <"$corpus/docs.tsv" |
			awk -F '\t' -v OFS='\t' '{ print $1, $4, $5, $2, $3, $6 }' >"$tmp/out"
		python3 "$score/entities.py" "$corpus" "$tmp/out"
	done
}

for tool; do
	"$(echo "$tool" | tr - _)"
done
