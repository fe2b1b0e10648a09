#!/bin/sh
# The table of figures in README.md: each corpus by a model that saw neither it
# nor its damaged copy (nor, for gum-news, its sister corpus).
#
# usage: folds.sh TAG-TRAIN DATA SCORER [CORPUS ...]
set -eu
train=$1 data=$2 score=$3
shift 3
[ $# -gt 0 ] || set -- gum-news wikigold meantime re3d
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

figures() {
	grep "^$1	" "$tmp/found" | cut -f2- >"$tmp/$1"
	python3 "$score" "$data/entities/$1" "$tmp/$1" --types PER,ORG,LOC | awk '$1 == "exact" { p[$2] = $3; r[$2] = $4; f[$2] = $5 }
		END { printf "%.1f %.1f %.1f %.1f %.1f %.1f\n", f["all"], p["all"], r["all"], f["PER"], f["ORG"], f["LOC"] }'
}

echo '| corpus | all | P | R | PER | ORG | LOC | damaged copy |'
echo '| --- | --- | --- | --- | --- | --- | --- | --- |'
for c; do
	without="-x $c -x $c-damaged"
	[ "$c" != gum-news ] || without="$without -x gum-other"
	damaged=
	[ ! -d "$data/entities/$c-damaged" ] || damaged=$c-damaged
	# shellcheck disable=SC2086
	"$(dirname "$0")/train.sh" "$train" "$data" "$data/entities" $without -p "$c" ${damaged:+-p "$damaged"} >"$tmp/found" 2>"$tmp/log" || {
		cat "$tmp/log" >&2
		exit 1
	}
	bad=
	[ -z "$damaged" ] || bad=$(figures "$damaged" | cut -d' ' -f1)
	echo "| $c | $(figures "$c" | sed 's/ / | /g') | $bad |"
done
