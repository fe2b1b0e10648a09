#!/bin/sh
# SPDX-License-Identifier: ISC
#
# demo.sh [name] - the whole chain over tests/feed, for a person to look at.
#
# Prints, with the commands that made it: what is in the feed, which stories are
# copies of which, who is in the news, and the sentences that mention a name.
# BIN is the folder with the tools, COLUMNS the width of the page.

set -eu

name=${1:-Volodymyr Zelenskyy}
top=$(cd "$(dirname "$0")/.." && pwd)
bin=$(cd "${BIN:-$top/build/bin}" && pwd)
PATH=$bin:$PATH
export PATH LC_ALL=C

for tool in strip-chrome fingerprint find-copies split-sentences tag-entities; do
	command -v "$tool" >/dev/null || {
		echo "demo.sh: $tool: not found: run make first" >&2
		exit 2
	}
done

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
ln -s "$top/tests" "$tmp/tests"
cd "$tmp"

bold='' dim='' mark='' plain=''
if [ -t 1 ]; then
	: "${COLUMNS:=$(stty size 2>/dev/null </dev/tty | cut -d' ' -f2)}"
	if [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
		esc=$(printf '\033')
		bold="${esc}[1m" dim="${esc}[2m" mark="${esc}[1;33m" plain="${esc}[0m"
	fi
fi
case ${COLUMNS:-} in
'' | *[!0-9]* | [0-9] | [0-3][0-9]) COLUMNS=100 ;;
esac

heading() {
	printf '\n%s%s%s\n\n' "$bold" "$1" "$plain"
}

show() {
	printf '%s\n' "$1" | sed "1s/^/  $dim\$ /; 1!s/^/  $dim  /; s/\$/$plain/"
}

# Show a command, and run just that.
run() {
	show "$1"
	eval "$1"
}

# A page is made of bytes here; a character is as wide as the bytes that begin one.
# An escape in a text becomes the one byte it stands for, so that offsets hold.
functions='
	function width(s) { gsub(/[\200-\277\002\003]/, "", s); return length(s) }
	function blank(n) { return n > 0 ? sprintf("%" n "s", "") : "" }
	function cut(s, n,    i) {
		if (width(s) <= n)
			return s
		for (i = 0; n > 3; i++)
			if (substr(s, i + 1, 1) !~ /[\200-\277]/)
				n--
		while (substr(s, i + 1, 1) ~ /[\200-\277]/)
			i++
		return substr(s, 1, i) "..."
	}
	function fold(line, s, n,    word, words, i, margin, out) {
		margin = width(line)
		words = split(s, word, / +/)
		for (i = 1; i <= words; i++) {
			if (width(line " " word[i]) > n && width(line) > margin) {
				out = out line "\n"
				line = blank(margin)
			}
			line = line " " word[i]
		}
		return out line
	}
	function base(path) { gsub(/.*\/|\.[a-z]+$/, "", path); return path }
	function decode(s) {
		gsub(/\\\\/, "\001", s)
		gsub(/\\[tnr]/, " ", s)
		gsub(/\001/, "\\", s)
		return s
	}'

# Rows of fields in columns as wide as need be; ALIGN has an l or r for each. At
# the edge of the page the last column is cut, or with w goes on below.
columns() {
	awk -F'\t' -v align="$1" -v page="$COLUMNS" "$functions"'
		{
			for (i = 1; i < length(align); i++)
				if (width($i) > wide[i])
					wide[i] = width($i)
			row[NR] = $0
		}
		END {
			for (r = 1; r <= NR; r++) {
				$0 = row[r]
				line = " "
				for (i = 1; i < length(align); i++) {
					fill = blank(wide[i] - width($i))
					line = line " " (substr(align, i, 1) == "r" ? fill $i : $i fill) " "
				}
				if (substr(align, i) == "w")
					line = fold(line, $i, page)
				else
					line = line " " cut($i, page - width(line) - 1)
				sub(/ +$/, "", line)
				print line
			}
		}'
}

heading 'What is in the feed, and how much of it is article'
run 'strip-chrome tests/feed/[0-9]* > articles.tsv'
echo
wc -c tests/feed/[0-9]* > sizes
awk "$functions"'
	BEGIN { print "article\tbytes\tkept\t\tbegins" }
	NR == FNR { size[$2] = $1; next }
	FNR == 1 { FS = "\t"; $0 = $0 }
	{
		text = decode($NF)
		kept = length(text)
		printf "%s\t%d\t%d\t%d%%\t%s\n", base($1), size[$1], kept, 100 * kept / size[$1], text
		all += size[$1]
		all_kept += kept
	}
	END { printf "%d in all\t%d\t%d\t%d%%\t\n", FNR, all, all_kept, 100 * all_kept / all }
' sizes articles.tsv | columns lrrrl

heading 'Which stories are copies of which'
run 'fingerprint -k < articles.tsv | find-copies --explain > stories.tsv'
echo
awk -F'\t' "$functions"'
	BEGIN { print "story\tcopied by\tscore\tkind\tin copy\tin story" }
	$2 != "-" {
		if (!($2 in copies))
			story[++n] = $2
		copies[$2] = copies[$2] "\t" base($1) "\t" $3 "\t" $7 "\t" $5 "%\t" $6 "%\n"
	}
	END {
		for (i = 1; i <= n; i++)
			printf "%s%s", base(story[i]), copies[story[i]]
	}
' stories.tsv | columns llrlrl

heading 'Who is in the news, every story counted once'
run 'fingerprint -k < articles.tsv | find-copies --new | split-sentences > sentences.tsv'
run 'tag-entities -bg < sentences.tsv > names.tsv'
# shellcheck disable=SC2016
tally='awk -F"\t" '\''
  $3 == "PER" {
    times[$4]++
    if (!by[$4, $1]++) articles[$4]++
    if (!as[$4, $7]++) spellings[$4] = spellings[$4] ", " $7
  }
  END {
    for (name in times)
      print name "\t" articles[name] "\t" times[name] "\t" substr(spellings[name], 3)
  }'\'' names.tsv | sort -t "$(printf "\t")" -k2,2nr -k3,3nr -k1,1 | head'
show "$tally"
for kind in PER:people LOC:places ORG:organisations; do
	echo
	(
		printf '%s\tarticles\ttimes\tas (%s)\n' "${kind#*:}" "${kind%:*}"
		eval "$(printf '%s\n' "$tally" | sed "s/PER/${kind%:*}/")"
	) | columns lrrw
done

# The name asked for may be a part of a name, or one of its spellings.
canonical=$(name=$name awk -F'\t' '
	BEGIN { want = tolower(ENVIRON["name"]) }
	{ rank = tolower($4) == want ? 3 : tolower($7) == want ? 2 : index(tolower($4 "\t" $7), want) > 0 }
	rank > 0 { n[$4] += 1 + 1000000 * rank }
	END {
		for (name in n)
			if (best == "" || n[name] > n[best] || n[name] == n[best] && name < best)
				best = name
		print best
	}
' names.tsv)
if [ -z "$canonical" ]; then
	echo "demo.sh: $name: not named in the feed" >&2
	exit 1
fi

heading "What the feed says about $canonical"
quoted=$(printf '%s\n' "$canonical" | sed "s/'/'\\\\\\\\''/g")
# shellcheck disable=SC2016
show 'awk -F"\t" '\''
  NR == FNR { if ($4 == name) said[$1, $2]; next }
  ($1, $2) in said { print $1 ":" $2 "\t" $3 }'\'' name='\'"$quoted"\'' names.tsv sentences.tsv'
echo
name=$canonical awk -F'\t' -v page="$COLUMNS" -v mark="$mark" -v dim="$dim" -v plain="$plain" "$functions"'
	NR == FNR {
		if ($4 == ENVIRON["name"])
			edges[$1, $2] = edges[$1, $2] " " $5 " " $6
		next
	}
	($1, $2) in edges {
		print "  " dim base($1) ":" $2 plain
		text = decode($3)
		for (n = split(edges[$1, $2], edge, " "); n > 0; n -= 2)
			text = substr(text, 1, edge[n - 1]) "\002" \
			    substr(text, edge[n - 1] + 1, edge[n] - edge[n - 1]) "\003" substr(text, edge[n] + 1)
		out = fold("   ", text, page)
		gsub(/\002/, mark, out)
		gsub(/\003/, plain, out)
		print out
	}
' names.tsv sentences.tsv
