#!/bin/sh
# fingerprint and find-copies beside Debian's simhash, ssdeep and tlsh, on the same
# documents; then find-copies against many documents, in memory and in an index.
#
# usage: copies.sh [DATA]
#
# BIN    folder with the tools
# DATA   folder with copies/docs.tsv; ../score beside it has the scorer. Without it
#        documents are made from the sample feed, and only time is measured
# DOCS   documents for the comparison (2000): the others compare each with each
# STORE  documents for the second part (100000); their sketches are made up
#
# Each program is given what it wants: files, or records. F1 is that of pairs, for ours at
# its default threshold, for the others at the threshold that is best on these very documents.
set -eu
# shellcheck source=tests/bench/measure.sh
. "$(dirname "$0")/measure.sh"
: "${DOCS:=2000}" "${STORE:=100000}"
got=$tmp/got
data=${1:-}
if [ -n "$data" ] && [ -s "$data/copies/docs.tsv" ] && [ -s "$data/../score/copies.py" ] && command -v python3 >/dev/null; then
	data=$(cd "$data" && pwd)
else
	echo "copies: no labelled data in '$data', or no python3: only time is measured" >&2
	data=
fi
cd "$tmp"

per() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.0f", n / (s > 0.001 ? s : 0.001) }'; }

# whole clusters, so that as many pairs are copies as in the full set
if [ -n "$data" ]; then
	mkdir gold
	awk -F '\t' -v n="$DOCS" '
		NR == FNR { size[$2]++; next }
		{ if (!($2 in take)) { take[$2] = sum + size[$2] <= n; if (take[$2]) sum += size[$2] } }
		take[$2]' "$data/copies/clusters.tsv" "$data/copies/clusters.tsv" >gold/clusters.tsv
	awk -F '\t' 'NR == FNR { want[$1]; next } $1 in want' gold/clusters.tsv "$data/copies/docs.tsv" >docs
else
	sh "$bench/input.sh" text "$(calc "$DOCS * 3800 / 1e6")" | awk -F '\t' -v n="$DOCS" 'NR <= n { print "d" $0 }' >docs
fi
mkdir files
awk -F '\t' '{
	text = $2
	gsub(/\\n/, "\n", text); gsub(/\\r/, "\r", text); gsub(/\\t/, "\t", text); gsub(/\\\\/, "\\", text)
	file = "files/" $1
	print text >file
	close(file)
}' docs
n=$(wc -l <docs)
echo "$n documents, $(($(wc -c <docs) / 1000)) kB"
printf '%-24s %10s %14s %14s %8s %8s %8s\n' program bytes/doc 'sketched/s' 'compared/s' F1 D6 DX

# row NAME BYTES SKETCHING COMPARING [OPTION ...]: scores `pairs`; options are the scorer's
row() {
	name=$1 size=$2 sketched=$(per "$n" "$3") compared=$(per "$n" "$4") f1=- d6=- dx=-
	shift 4
	if [ -n "$data" ]; then
		at=best
		[ "$name" != find-copies ] || at=all
		python3 "$data/../score/copies.py" --gold gold --pairs pairs "$@" >scores
		f1=$(awk -v k="$at.f1" '$1 == k { print $2 }' scores)
		d6=$(awk -v k="$at.recall.D6" '$1 == k { print $2 }' scores)
		dx=$(awk -v k="$at.recall.DX" '$1 == k { print $2 }' scores)
	fi
	printf '%-24s %10s %14s %14s %8s %8s %8s\n' "$name" "$size" "$sketched" "$compared" "$f1" "$d6" "$dx"
}
missing() { printf '%-24s not installed: skipped\n' "$1"; }
bytes() { awk -v n="$n" '{ b += length($0) + 1 } END { printf "%.0f", b / n }' "$1"; }

sketching=$(cost 'fingerprint <docs')
mv got sketches
comparing=$(cost 'find-copies --all <sketches')
awk -F '\t' '$2 != "-" { print $1 "\t" $2 "\t" $3 }' got >pairs
cut -f 2 sketches >tokens
row find-copies "$(bytes tokens)" "$sketching" "$comparing"

if command -v simhash >/dev/null; then
	cd files
	sketching=$(cost 'simhash -w *')
	rm -f ./*.sim
	both=$(cost 'simhash -m *')
	cd ..
	awk 'NR > 1 { id[NR - 1] = $1; for (i = 3; i <= NF; i++) if ($i >= 0.05) print $1 "\t" id[i - 2] "\t" $i }' got >pairs
	# -m sketches them too
	row simhash 512 "$sketching" "$(awk -v a="$both" -v b="$sketching" 'BEGIN { print a - b }')"
else
	missing simhash
fi

if command -v ssdeep >/dev/null; then
	cd files
	sketching=$(cost 'ssdeep -lc *')
	cd ..
	mv got hashes
	comparing=$(cost 'ssdeep -xc -t 1 hashes')
	tr -d '"' <got | awk -F , '{ print $1 "\t" $2 "\t" $3 }' >pairs
	row ssdeep "$(cut -d , -f 1 hashes >tokens; bytes tokens)" "$sketching" "$comparing"
else
	missing ssdeep
fi

if command -v tlsh >/dev/null; then
	sketching=$(cost 'tlsh -r files')
	mv got hashes
	comparing=$(cost 'tlsh -xref -l hashes -T 150')
	sed 's|files/||g' got >pairs
	row tlsh 35 "$sketching" "$comparing" --lower
else
	missing tlsh
fi

echo
echo "$STORE documents of 64 hashes each that nothing else has, and $n of the above"
awk -v n="$STORE" 'BEGIN {
	srand(1)
	for (i = 0; i < 4096; i++)
		two[i] = substr(d = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 1 + int(i / 64), 1) substr(d, 1 + i % 64, 1)
	for (i = 1; i <= n; i++) {
		t = ""
		for (j = 0; j < 170; j++)
			t = t two[int(rand() * 4096)]
		printf "s%d\ts1.16.75.2430.%08x%08x.%sBA\n", i, i, i * 7, t
	}
}' >store
t=$(cost 'find-copies <store')
printf '%-44s %10s\n' 'compared and added in memory, documents/s' "$(per "$STORE" "$t")"
find-copies -d index --new <store >/dev/null
printf '%-44s %10s\n' 'bytes of index for a document' $(($(find index -type f -exec cat {} + | wc -c) / STORE))
t=$(cost 'find-copies -d index -r <sketches')
printf '%-44s %10s\n' 'looked up in the warm index, documents/s' "$(per "$n" "$t")"
head -n 100 sketches >hundred
tail -n 100 sketches >next
t=$(cost 'find-copies -d index <hundred')
printf '%-44s %10s\n' 'a run that adds 100 documents, ms of processor' "$(awk -v t="$t" 'BEGIN { print t * 1000 }')"
printf '%-44s %10s\n' 'and another by the clock, ms' "$(calc "$(clock 'find-copies -d index <next') * 1000" %.0f)"
t=$(cost 'fingerprint --bands <docs')
mv got bands
printf '%-44s %10s\n' 'written as bands, documents/s' "$(per "$n" "$t")"
t=$(cost 'sort bands')
mv got sorted
printf '%-44s %10s\n' 'bands sorted, documents/s' "$(per "$n" "$t")"
t=$(cost 'find-copies --bands <sorted')
printf '%-44s %10s\n' 'compared by bands, documents/s' "$(per "$n" "$t")"
