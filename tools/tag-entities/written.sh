#!/bin/sh
# How well names are found in the kinds of text that written/ and labels/ hold: each by a model that saw the others of them, and by
# one that saw none; of all texts beside these only what DATA's corpora hold.
#
# usage: written.sh TAG-TRAIN DATA SCORER
#
# Writes a line each: the kind, the F1 of PER, ORG and LOC, exact spans and types, by either model.
set -eu
train=$1 data=$2 score=$3
tool=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
kinds=$(cd "$tool" && for f in labels/*.tsv written/*.txt; do echo "${f%.*}"; done)

# gold KIND: lines for the scorer, offsets in bytes
gold() {
	[ ! -f "$tool/$1.tsv" ] || awk -F '\t' '{
		for (i = 3; i <= NF; i++) {
			split($i, at, " ")
			if (at[1] != "UNK")
				print $1 "\t" at[2] "\t" at[3] "\t" at[1]
		}
	}' "$tool/$1.tsv"
	[ ! -f "$tool/$1.txt" ] || LC_ALL=C awk -v kind="$1" 'BEGIN { RS = "" } {
		at = 0
		for (rest = $0; match(rest, /\[[A-Z][A-Z][A-Z] [^]]*\]/) > 0; rest = substr(rest, RSTART + RLENGTH)) {
			at += RSTART - 1
			print kind ":" NR "\t" at "\t" at + RLENGTH - 6 "\t" substr(rest, RSTART + 1, 3) "\t\t" substr(rest, RSTART + 5, RLENGTH - 6)
			at += RLENGTH - 6
		}
	}' "$tool/$1.txt"
}

# found OPTION...: what a model trained so finds in the corpora that are printed
found() {
	"$tool/train.sh" "$train" "$data" "$data/entities" "$@" 2>"$tmp/log" || {
		cat "$tmp/log" >&2
		exit 1
	}
}

f1() {
	gold "$1" >"$tmp/gold"
	grep "^$1	" "$2" | cut -f2- >"$tmp/system"
	python3 "$score" "$tmp/gold" "$tmp/system" --types PER,ORG,LOC | awk '$1 == "exact" && $2 == "all" { print $5 }'
}

without=
for k in $kinds; do
	without="$without -x $k -p $k"
done
# shellcheck disable=SC2086
found $without >"$tmp/none"
for k in $kinds; do
	found -x "$k" -p "$k" >"$tmp/others"
	echo "$k: $(f1 "$k" "$tmp/others"), none of them seen $(f1 "$k" "$tmp/none")"
done
