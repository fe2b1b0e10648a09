#!/bin/bash
# SPDX-License-Identifier: ISC
#
# The tools beside what people use for the same, on the same text by the same scorer: quality, and bytes
# a second of processor time. Nothing is installed here; what is missing is left out, and said.
#
# usage: peers.sh DATA [extract|split|tag ...]
#
# BIN     folder with the tools
# DATA    folder with chrome/ sentences/ entities/; ../score beside it has the scorers
# PEERS   folder with the node_modules of: npm install jsdom linkedom @mozilla/readability defuddle
#         @extractus/article-extractor sbd sentencex wink-nlp wink-eng-lite-web-model compromise
# PYTHON  an interpreter with any of readability-lxml (Debian: python3-readability), justext, trafilatura, nltk,
#         pysbd, spacy with en_core_web_sm (/usr/bin/python3, then python3)
#
# The models of the tools have seen these texts, and are marked "seen"; `make chrome-folds`, `make split-folds` and
# `make tag-folds` print what the tools reach on text that was held back. The others run with their defaults; a splitter gets whole texts, and then
# line by line, and the better of both counts, set by set. Start-up is not counted. find-copies has a comparison of its own, copies.sh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:-}
: "${BIN:=$here/../../build/bin}" "${PEERS:=.}" "${PYTHON:=}"
score=$data/../score
if ! [ -d "$data/sentences" ] || ! [ -d "$score" ] || ! command -v python3 >/dev/null; then
	echo "peers: no labelled data in '$data' (set DATA=folder), or no python3: nothing compared" >&2
	exit 1
fi
data=$(cd "$data" && pwd) score=$(cd "$score" && pwd)
shift
[ $# -gt 0 ] || set -- extract split tag
PATH=$(cd "$BIN" && pwd):$PATH
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cp "$here/peers.mjs" "$tmp/"
[ ! -d "$PEERS/node_modules" ] || ln -s "$(cd "$PEERS/node_modules" && pwd)" "$tmp/node_modules"
export LC_ALL=C.UTF-8 PYTHONUTF8=1

# run INPUT OUTPUT COMMAND...: the command's status, and its seconds of processor time in $spent
run() {
	local in=$1 out=$2 status=0
	shift 2
	TIMEFORMAT='%U %S'
	{ time "$@" <"$in" >"$out" 2>"$tmp/err" || status=$?; } 2>"$tmp/time"
	spent=$(awk '{ print $1 + $2 }' "$tmp/time")
	return $status
}

# compare KIND NAME INPUT EMPTY COMMAND...: the command over INPUT into $tmp/out; its MB/s in $rate, start-up
# (a run over EMPTY) left out. False, and a line of it, where it is not installed.
compare() {
	local name=$2 input=$3 empty=$4 bytes start status=0
	bytes=$(find "$input" -type f -exec cat {} + | wc -c)
	shift 4
	if ! command -v "$1" >/dev/null; then
		printf '%-26s %s: not installed\n' "$name" "$1"
		return 1
	fi
	case $empty in *.tsv) run "$empty" "$tmp/out" "$@" || status=$? ;; *) run /dev/null "$tmp/out" "$@" "$empty" || status=$? ;; esac
	if [ "$status" -ne 0 ]; then
		if [ "$status" -eq 3 ]; then
			printf '%-26s not installed\n' "$name"
		else
			printf '%-26s failed: %s\n' "$name" "$(tail -1 "$tmp/err")"
		fi
		return 1
	fi
	start=$spent
	case $empty in *.tsv) run "$input" "$tmp/out" "$@" ;; *) run /dev/null "$tmp/out" "$@" "$input" ;; esac || {
		printf '%-26s failed: %s\n' "$name" "$(tail -1 "$tmp/err")"
		return 1
	}
	rate=$(awk -v b="$bytes" -v t="$spent" -v s="$start" 'BEGIN { t -= s; printf "%.3g", b / 1e6 / (t > 0.001 ? t : 0.001) }')
}

js() { node "$tmp/peers.mjs" "$@"; }
py() {
	local p status=3
	for p in ${PYTHON:-/usr/bin/python3 python3}; do
		status=0
		"$p" "$here/peers.py" "$@" || status=$?
		[ $status -eq 3 ] || break
	done
	return $status
}

extract() {
	local name page
	echo "== the article of an HTML page: words in runs of four, averaged over pages"
	mkdir -p "$tmp/html" "$tmp/nothing"
	for page in "$data"/chrome/html/*.html.gz; do
		gzip -dc "$page" >"$tmp/html/$(basename "$page" .html.gz)"
	done
	printf '%-26s %8s %8s %8s %10s %8s\n' program P R F1 'half lost' MB/s
	figures() {
		python3 "$score/chrome.py" -s aeb,aed,fun --only-present "$data/chrome" "$tmp/out" |
			awk -v name="$1" -v rate="$rate" '$1 == "all" { printf "%-26s %8s %8s %8s %8s %% %8s\n", name, $3, $4, $5, $7, rate }'
	}
	# shellcheck disable=SC2317
	ours() (
		cd "$1" || exit
		set -- *
		[ ! -e "$1" ] || strip-chrome -- "$@"
	)
	! compare extract 'strip-chrome (seen)' "$tmp/html" "$tmp/nothing" ours || figures 'strip-chrome (seen)'
	for name in trafilatura readability-lxml jusText; do
		! compare extract "$name" "$tmp/html" "$tmp/nothing" py extract "$name" || figures "$name"
	done
	for name in readability defuddle article-extractor; do
		! compare extract "$name (npm)" "$tmp/html" "$tmp/nothing" js extract "$name" || figures "$name (npm)"
	done
}

split() {
	local name corpus condition
	echo "== sentences: F1 of boundaries, as the text is, glued, with characters lost, and wrapped; golden rules of 48"
	: >"$tmp/empty.tsv"
	# what one run sees: documents of all corpora and conditions, told apart by their ids
	for corpus in gum pud brown ewt golden; do
		for condition in clean glued stripped wrapped; do
			[ ! -s "$data/sentences/$corpus/$condition.tsv" ] || sed "s/^/$condition|$corpus|/" "$data/sentences/$corpus/$condition.tsv"
		done
	done >"$tmp/in.tsv"
	printf '%-26s %7s %7s %8s %7s | %7s %7s | %7s %7s | %6s %7s\n' program news glued stripped wrapped 'gum' glued web glued golden MB/s
	# scored VARIANT: the figures of $tmp/out, added to $tmp/rows
	scored() {
		python3 "$here/peers.py" align "$tmp/in.tsv" <"$tmp/out" >"$tmp/aligned"
		for corpus in gum pud brown ewt golden; do
			for condition in clean glued stripped wrapped; do
				gold=$data/sentences/$corpus/gold.tsv
				[ $condition != stripped ] || gold=$data/sentences/$corpus/gold.stripped.tsv
				[ -s "$data/sentences/$corpus/$condition.tsv" ] || continue
				sed -n "s/^$condition|$corpus|//p" "$tmp/aligned" | python3 "$score/sentences.py" "$gold" - |
					awk -v OFS='\t' -v v="$1" -v c="$corpus" -v d="$condition" 'NR > 1 { $1 = c; $2 = d; print v, $0 }' >>"$tmp/rows"
			done
		done
	}
	# corpora pooled by their numbers of boundaries; of two variants the better one counts, column by column
	figures() {
		awk -F '\t' -v name="$1" -v rate="$rate" '
			function add(s,   g, f) {
				g = $6 - $5; f = $7 - $5
				gold[$1, s] += g; found[$1, s] += f; right[$1, s] += $9 / 100 * g
			}
			function one(v, s) { return gold[v, s] > 0 ? 200 * right[v, s] / (gold[v, s] + found[v, s]) : 0 }
			function f1(s) { return sprintf("%.2f", one("whole", s) > one("lines", s) ? one("whole", s) : one("lines", s)) }
			$4 == "news" { add("news" $3) }
			$4 == "all" { add($2 $3) }
			$2 == "golden" && $12 > rules { rules = $12 }
			END { printf "%-26s %7s %7s %8s %7s | %7s %7s | %7s %7s | %6s %7s\n", name, f1("newsclean"), f1("newsglued"), f1("newsstripped"), f1("newswrapped"),
				f1("gumclean"), f1("gumglued"), f1("ewtclean"), f1("ewtglued"), rules, rate }' "$tmp/rows"
	}
	# shellcheck disable=SC2317
	lingua() {
		perl -CSD -MLingua::EN::Sentence=get_sentences -sne '
			my %c = ("\\" => "\\", t => "\t", n => "\n", r => "\r"); my %e = reverse %c;
			chomp; my ($id, $text) = split /\t/, $_, 2;
			$text =~ s/\\([\\tnr])/$c{$1}/g;
			my $n = 0;
			for my $part ($how eq "lines" ? split /\n+/, $text : $text) {
				for my $s (@{get_sentences($part) || []}) { $s =~ s/([\\\t\n\r])/\\$e{$1}/g; $n++; print "$id\t$n\t$s\n" }
			}' -- -how="${1:-whole}"
	}
	# peer NAME COMMAND...: given whole texts, and line by line
	peer() {
		local name=$1
		shift
		: >"$tmp/rows"
		compare split "$name" "$tmp/in.tsv" "$tmp/empty.tsv" "$@" lines || return 0
		scored lines
		compare split "$name" "$tmp/in.tsv" "$tmp/empty.tsv" "$@" whole || return 0
		scored whole
		figures "$name"
	}
	: >"$tmp/rows"
	if compare split 'split-sentences (seen)' "$tmp/in.tsv" "$tmp/empty.tsv" split-sentences; then
		scored whole
		figures 'split-sentences (seen)'
	fi
	for name in pySBD NLTK spaCy; do
		peer "$name" py split "$name"
	done
	for name in wink-nlp sentencex sbd compromise; do
		peer "$name (npm)" js split "$name"
	done
	peer 'Intl.Segmenter (node, ICU)' js split Intl.Segmenter
	if command -v perl >/dev/null && perl -MLingua::EN::Sentence -e 1 2>/dev/null; then
		peer 'Lingua::EN::Sentence' lingua
	else
		printf '%-26s not installed\n' 'Lingua::EN::Sentence'
	fi
}

tag() {
	local corpus
	echo "== people, organisations, places: exact span and type, F1"
	: >"$tmp/empty.tsv"
	set -- gum-news wikigold meantime re3d
	for corpus; do
		sed "s/^/$corpus|/" "$data/entities/$corpus/docs.tsv"
	done >"$tmp/in.tsv"
	printf '%-26s %9s %9s %9s %9s %8s\n' program "$@" MB/s
	figures() {
		printf '%-26s' "$1"
		for corpus in gum-news wikigold meantime re3d; do
			# offsets in code points to offsets in bytes
			sed -n "s/^$corpus|//p" "$tmp/out" | python3 -c '
import re, sys
plain = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
text = {}
for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
    doc, _, t = line.rstrip("\n").partition("\t")
    text[doc] = re.sub(r"\\[\\tnr]", lambda m: plain[m[0]], t)
for line in sys.stdin:
    f = line.rstrip("\n").split("\t")
    at = [len(text[f[0]][:int(n)].encode()) for n in f[-3:-1]]
    print(f[0], *at, f[1], "", f[-1], sep="\t")' "$data/entities/$corpus/docs.tsv" >"$tmp/found"
			python3 "$score/entities.py" "$data/entities/$corpus" "$tmp/found" --types PER,ORG,LOC |
				awk '$1 == "exact" && $2 == "all" { printf " %9s", $5 }'
		done
		printf ' %8s\n' "$rate"
	}
	! compare tag 'tag-entities (seen)' "$tmp/in.tsv" "$tmp/empty.tsv" tag-entities || figures 'tag-entities (seen)'
	! compare tag 'spaCy' "$tmp/in.tsv" "$tmp/empty.tsv" py tag spaCy || figures spaCy
	! compare tag 'compromise (npm)' "$tmp/in.tsv" "$tmp/empty.tsv" js tag compromise || figures 'compromise (npm)'
}

for part; do
	$part
	echo
done
