#!/bin/sh
# How well names are found in CAPITALS and in Title Case: eight corpora by a model that saw none of them, as they are
# and written so.
#
# usage: headlines.sh TAG-TRAIN DATA SCORER
#
# Writes a line each: how the text is written, the mean of the F1 of PER, ORG and LOC, exact spans and types, and each corpus's.
set -eu
train=$1 data=$2 score=$3
corpora='gum-news gum-other wikigold meantime re3d uner-ewt crossner-politics wnut17'
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
without='' show=''
for c in $corpora; do
	without="$without -x $c -x $c-damaged" show="$show -p $c"
done

# rewritten STYLE: records as they are, in CAPITALS or in Title Case; letters of ASCII alone, so that places stay, and no escapes
rewritten() {
	LC_ALL=C awk -F '\t' -v style="$1" '
		BEGIN {
			n = split("a an the and or of in on at to for by from with as but nor is vs via per", word, " ")
			while (n > 0)
				small[word[n--]] = 1
		}
		style == "plain" { print; next }
		{
			out = before = ""
			for (rest = $2; match(rest, /\\.|[A-Za-z]+/) > 0; rest = substr(rest, RSTART + RLENGTH)) {
				w = substr(rest, RSTART, RLENGTH)
				before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : before
				if (substr(w, 1, 1) != "\\")
					w = style == "capitals" ? toupper(w) : w in small || before == "\047" || before > "\177" ? w : \
						toupper(substr(w, 1, 1)) substr(w, 2)
				before = ""
				out = out substr(rest, 1, RSTART - 1) w
			}
			print $1 "\t" out rest
		}'
}

for style in plain capitals title; do
	mkdir -p "$tmp/$style"
	for folder in "$data"/entities/*/; do
		c=$(basename "$folder")
		mkdir "$tmp/$style/$c"
		cp "$folder/gold.tsv" "$tmp/$style/$c" 2>/dev/null || continue
		case " $corpora " in
		*" $c "*) rewritten "$style" <"$folder/docs.tsv" >"$tmp/$style/$c/docs.tsv" ;;
		*) cp "$folder/docs.tsv" "$tmp/$style/$c" ;;
		esac
	done
	# shellcheck disable=SC2086
	"$(dirname "$0")/train.sh" "$train" "$data" "$tmp/$style" $without $show >"$tmp/found" 2>"$tmp/log" || {
		cat "$tmp/log" >&2
		exit 1
	}
	for c in $corpora; do
		grep "^$c	" "$tmp/found" | cut -f2- >"$tmp/one"
		python3 "$score" "$data/entities/$c" "$tmp/one" --types PER,ORG,LOC | awk '$1 == "exact" && $2 == "all" { print $5 }'
	done | awk -v style="$style" '{ sum += $1; all = all sprintf(" %.1f", $1) } END { printf "%s %.1f:%s\n", style, sum / NR, all }'
done
