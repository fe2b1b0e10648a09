#!/bin/sh
# Whole documents, sentences by themselves and canonical names: four corpora, by tools whose model has not seen them.
#
# usage: names.sh BIN DATA SCORER
#
# Writes a line for each corpus: its F1 of PER, ORG and LOC, exact spans and types, fed whole, a sentence at a time, and these
# grouped by their documents again; where
# the corpus has canonical names, the F1 of these, found and right, and B-cubed.
set -eu
bin=$1 data=$2 score=$3
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# the scorer's columns
columns() {
	awk -F '\t' -v OFS='\t' '{ print $1, $4, $5, $2, $3, $6 }'
}

figure() {
	python3 "$score" "$data/entities/$1" "$tmp/out" --types PER,ORG,LOC | awk -v measure="$2" '$1 == measure && $2 == "all" { print $5 }'
}

# sentences OPTION...: the mentions of sentences, at their places in the document
sentences() {
	"$bin/split-sentences" --offsets -b <"$docs" | awk -F '\t' -v OFS='\t' '{ print $1, $2, $5 }' |
		"$bin/tag-entities" -b -t PER,ORG,LOC "$@" |
		awk -F '\t' -v OFS='\t' '{ print $1, $3, $4, $5 + $2, $6 + $2, $7 }' | columns
}

for c in gum-news wikigold meantime re3d; do
	docs=$data/entities/$c/docs.tsv
	sentences >"$tmp/out"
	alone=$(figure $c exact)
	sentences --group >"$tmp/out"
	grouped=$(figure $c exact)
	"$bin/tag-entities" -b <"$docs" | columns >"$tmp/out"
	canon=$(figure $c canon)
	echo "$c: $(figure $c exact), by sentences $alone, these grouped $grouped${canon:+, canonical $canon, B-cubed $(figure $c group)}"
done
