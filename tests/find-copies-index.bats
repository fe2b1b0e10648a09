#!/usr/bin/env bats
# shellcheck disable=SC2094 # the names of records are no files
# find-copies -d: documents of earlier runs, on disk.

load helper
load filters

# random SEED N ID: records of N texts of 700 letters without any order, ids ID1 to IDN; every fifth copies the one before.
random() {
	awk -v s="$1" -v n="$2" -v id="$3" 'BEGIN {
		for (d = 1; d <= n; d++) {
			if (d % 5 == 0)
				t = substr(t, 1, 500) "the end"
			else {
				t = ""
				for (i = 0; i < 700; i++) {
					s = (s * 69069 + 1) % 4294967296
					t = t sprintf("%c", 97 + int(s / 65536) % 26)
				}
			}
			print id d "\t" t
		}
	}'
}

# dumped DIR: its documents without their times
dumped() {
	find-copies -d "$1" --dump | cut -f 1,3-
}

setup() {
	export SOURCE_DATE_EPOCH=1700000000
}

@test "index: one run or many, the answers are the same" {
	{ random 1 40 a; random 1 40 b; random 2 40 c; } | fingerprint >all
	find-copies --all <all >whole
	find-copies -d one --all <all | cmp - whole
	split -l 7 all part.
	for part in part.*; do
		find-copies -d many --all <"$part"
	done | cmp - whole
	dumped one >one.dump
	dumped many | cmp - one.dump
	for dir in one many; do
		find-copies -d "$dir" --check | grep -q ": 120 documents in [0-9]* segments, [0-9]* bytes: sound$"
	done
	# sizes fall from segment to segment
	[[ $(find many -name '*.seg' | wc -l) -le 6 ]]
}

@test "index: documents one by one, the last posting of a block is read" {
	# of a lone document no posting needs bits for its row, so a block can end with a hash
	random 7 200 x | awk -F '\t' '{ t = t $2 } NR % 5 == 0 { print "x" NR "\t" t; t = "" }' | fingerprint >all
	while read -r line; do
		rm -rf one
		printf '%s\n' "$line" | find-copies -d one >/dev/null
		find-copies -d one --check >said || { cat said; echo "$line" | cut -f 1; return 1; }
	done <all
	[[ $(wc -l <all) -eq 40 ]]
}

@test "index: a run done again says the same and adds nothing" {
	random 3 30 a | fingerprint >in
	find-copies -d seen --new <in >first
	find-copies -d seen --dump >dump
	find-copies -d seen --new <in | cmp - first
	find-copies -d seen <in >all
	find-copies <in | cmp - all
	find-copies -d seen --dump | cmp - dump
	# unless it is asked to leave out what it knows
	{ cat in; random 4 3 b | fingerprint; } | find-copies -d seen --new --unseen | cut -f 1 >out
	want 'b1\nb2\nb3\n'
}

@test "index: another text under a known id is another document" {
	printf 'a\tTalks resume in Geneva on Monday.\n' | fingerprint | find-copies -d seen >out
	printf 'a\tTalks resume in Geneva on Monday at ten.\n' | fingerprint | find-copies -d seen >out
	[[ $(cut -f 1,2,4 out) == 'a	a	near' ]]
	[[ $(find-copies -d seen --dump | wc -l) == 2 ]]
}

@test "index: --read-only compares and adds nothing, and needs no right to write" {
	random 5 20 a | fingerprint >in
	find-copies -d seen <in >/dev/null
	find-copies -d seen --dump >dump
	random 5 20 b | fingerprint | find-copies -d seen --read-only | awk -F'\t' '$2 ~ /^a/' | wc -l >n
	[[ $(cat n) == 20 ]]
	find-copies -d seen --dump | cmp - dump
	flock seen/lock find-copies -d seen -r <in >/dev/null
	feed '' find-copies -d missing -r
	[[ $status == 2 && ! -e missing ]]
	# the command line is wrong, for one who writes, too
	for dir in missing/seen in in/seen; do
		feed '' find-copies -d $dir
		[[ $status == 2 && ! -e missing ]]
	done
}

@test "index: --expire forgets, by the time a document came" {
	local day=86400
	random 6 20 a | fingerprint >a
	random 7 20 b | fingerprint >b
	random 6 20 c | fingerprint >c
	find-copies -d seen <a >out
	SOURCE_DATE_EPOCH=$((1700000000 + 20 * day)) find-copies -d seen --expire 30d <b >out
	[[ $(find-copies -d seen --dump | wc -l) == 40 ]]
	SOURCE_DATE_EPOCH=$((1700000000 + 31 * day)) find-copies -d seen --expire 30d </dev/null
	[[ $(find-copies -d seen --dump | cut -c 1 | sort | uniq -c | tr -s ' ') == ' 20 b' ]]
	find-copies -d seen --check
	find-copies -d seen <c | cut -f 2 | grep -c '^a' >n || true
	[[ $(cat n) == 0 ]]
	SOURCE_DATE_EPOCH=$((1700000000 + 99 * day)) find-copies -d seen --expire 1w </dev/null
	[[ -z $(find-copies -d seen --dump) && -z $(find seen -name '*.seg') ]]
	find-copies -d seen --check
}

# at DAY COMMAND...: run it so many days after the beginning
at() {
	local days=$1
	shift
	SOURCE_DATE_EPOCH=$((1700000000 + days * 86400)) "$@"
}

@test "index: --expire keeps what is met again, as items that stay in a feed" {
	random 6 3 a | fingerprint >a
	random 7 40 b | fingerprint >b
	{ head -n 20 b; cat a; tail -n 20 b; } | at 0 find-copies -d seen --expire 20d >out
	for day in 4 8 12 16 20 24 28; do
		at $day find-copies -d seen --expire 20d --unseen <a >out
		[[ ! -s out ]] || { echo "day $day: new again"; return 1; }
		[[ $day != 16 ]] || grep -c '^met ' seen/MANIFEST >nmet
		find-copies -d seen --check
	done
	# in the MANIFEST first, then in the rows, when those that expired go
	[[ $(cat nmet) == 3 && $(grep -c '^met ' seen/MANIFEST) == 0 ]]
	[[ $(find-copies -d seen --dump | cut -c 1 | tr -d '\n') == aaa ]]
	find-copies -d seen --dump | cut -f 2 | sort -u >out
	want '2023-12-08T22:13:20Z\n'
	# who is known is met where it is known; a run that only reads, or has no --expire, does not count
	at 43 find-copies -d seen <a >out
	at 43 find-copies -d seen -r <a >out
	at 45 find-copies -d seen --expire 20d </dev/null
	[[ -z $(find-copies -d seen --dump) ]]
}

@test "index: --expire writes a segment anew when half of it came before, and not sooner" {
	random 6 11 a | fingerprint >a
	random 7 11 b | fingerprint >b
	while IFS='|' read -r nold nnew again want; do
		rm -rf seen
		head -n "$nold" a | at 0 find-copies -d seen >out
		head -n "$nnew" b | at 10 find-copies -d seen --expire 30d >out
		head -n "$again" a | at 20 find-copies -d seen --expire 30d >out
		at 31 find-copies -d seen --expire 30d </dev/null
		[[ $(sed -n 's/^segment [^ ]* \([0-9]*\) .*/\1/p' seen/MANIFEST) == "$want" ]] || { cat seen/MANIFEST; return 1; }
		find-copies -d seen --check
		[[ $(find-copies -d seen --dump | wc -l) == $((nnew + again)) ]]
	done <<-'END'
	10|11|0|21
	10|10|0|10
	11|10|0|10
	10|10|1|11
	END
}

@test "index: a segment of which more than an eighth was met again is written anew" {
	random 6 24 a | fingerprint >a
	at 0 find-copies -d seen --expire 20d <a >out
	head -n 3 a | at 5 find-copies -d seen --expire 20d >out
	[[ $(grep -c '^met ' seen/MANIFEST) == 3 ]]
	head -n 4 a | at 5 find-copies -d seen --expire 20d >out
	[[ $(grep -c '^met ' seen/MANIFEST) == 0 ]]
	[[ $(find-copies -d seen --dump | cut -f 2 | cut -c 1-10 | sort | uniq -c | tr -s ' ') == $' 20 2023-11-14\n 4 2023-11-19' ]]
}

@test "index: --expire keeps to the second what was met at its time" {
	random 6 24 a | fingerprint >a
	at 0 find-copies -d seen --expire 20d <a >out
	head -n 2 a | at 5 find-copies -d seen --expire 20d >out
	[[ $(grep -c '^met ' seen/MANIFEST) == 2 ]]
	at 25 find-copies -d seen --expire 20d </dev/null
	[[ $(find-copies -d seen --dump | wc -l) == 2 ]]
	SOURCE_DATE_EPOCH=$((1700000001 + 25 * 86400)) find-copies -d seen --expire 20d </dev/null
	[[ -z $(find-copies -d seen --dump) ]]
}

@test "index: --merge keeps the later time of a document that is in both" {
	random 6 3 a | fingerprint >a
	at 0 find-copies -d one <a >out
	at 10 find-copies -d two <a >out
	find-copies -d one --merge two
	find-copies -d one --merge two
	at 12 find-copies -d one --expire 5d </dev/null
	[[ $(find-copies -d one --dump | wc -l) == 3 ]]
	find-copies -d two --merge one
	[[ $(find-copies -d two --dump | cut -f 2 | sort -u) == 2023-11-24T22:13:20Z ]]
	# an earlier one changes nothing
	at 0 find-copies -d three <a >out
	find-copies -d two --merge three
	[[ $(find-copies -d two --dump | cut -f 2 | sort -u) == 2023-11-24T22:13:20Z ]]
}

# a clock that ran years ahead for one run must not make the index forget whatever comes after it
@test "index: --expire by a clock that was wrong hides nothing from then on" {
	random 6 20 a | fingerprint >a
	SOURCE_DATE_EPOCH=4000000000 find-copies -d seen --expire 30d </dev/null
	for options in '' '--expire 30d'; do
		# shellcheck disable=SC2086
		find-copies -d seen $options --unseen <a >out
		[[ $(find-copies -d seen --dump | wc -l) == 20 ]] || { echo "options: $options"; return 1; }
	done
	[[ ! -s out ]]
	# it goes on from there
	SOURCE_DATE_EPOCH=1700864000 find-copies -d seen --expire 1w </dev/null
	[[ -z $(find-copies -d seen --dump) ]]
	SOURCE_DATE_EPOCH=1700000000 find-copies -d seen --expire 30d </dev/null
	[[ -z $(find-copies -d seen --dump) ]]
}

@test "index: documents out of sight are no matches, wherever they stand" {
	# one large segment, of which less than half expires
	random 8 10 old | fingerprint | find-copies -d seen >/dev/null
	SOURCE_DATE_EPOCH=1700500000 find-copies -d seen >/dev/null < <(random 9 30 new | fingerprint)
	SOURCE_DATE_EPOCH=1700600000 find-copies -d seen --expire 3d </dev/null
	[[ $(find-copies -d seen --dump | grep -c ^old) == 0 ]]
	{ random 8 10 x; random 9 30 y; } | fingerprint | find-copies -d seen -r >out
	[[ $(cut -f 2 out | grep -c ^old) == 0 && $(cut -f 2 out | grep -c ^new) == 30 ]]
	# nor do they come into another index
	find-copies -d other --merge seen
	[[ $(find-copies -d other --dump | cut -c 1-3 | uniq -c | tr -s ' ') == ' 30 new' ]]
}

@test "index: --merge adds the documents of another" {
	random 10 20 a | fingerprint >a
	{ random 11 20 b; random 10 5 c; } | fingerprint >b
	find-copies -d one <a >/dev/null
	find-copies -d two <b >/dev/null
	cat a b | find-copies -d both >/dev/null
	find-copies -d one --merge two
	find-copies -d one --merge two
	dumped both >want
	dumped one | cmp - want
	find-copies -d three --merge one
	dumped three | cmp - want
	# with itself: nothing is new
	find-copies -d three --merge three
	dumped three | cmp - want
	feed '' find-copies -d four --merge missing
	[[ $status == 2 && ! -e four ]]
}

@test "index: --dump is what an index can be made of again" {
	random 12 20 a | fingerprint | find-copies -d one >/dev/null
	[[ $(find-copies -d one --dump | cut -f 2 | sort -u) == 2023-11-14T22:13:20Z ]]
	find-copies -d one --dump | find-copies -d two | cut -f 7-9 >again
	find-copies -d one --dump | cut -f 3-5 | cmp - again
}

# 2^32 hashes or bytes of ids are some 60 million articles; this program takes 1,000 for as many
@test "index: what is too large for one segment goes into several" {
	local objects day=0
	mapfile -t objects < <(find "$OBJ" -name '*.o')
	# embedded files are sought from the top
	(cd "$TOP" && build small-segments -DVERSION='"small"' -DSEGMENT_MOST=1000 \
		tools/find-copies/{bands,columns,furniture,index,keep,main,pair,score,seen,segment,spill}.c "${objects[@]}")
	needs small-segments
	random 3 200 a | fingerprint >in
	split -l 20 in part.
	for part in part.*; do
		at $((day++)) small-segments -d small <"$part"
	done >out
	find-copies <in | cmp - out
	small-segments -d small --check | grep -q ': 200 documents in [4-9] segments, .* sound$'
	at $day small-segments -d small --expire 5d </dev/null
	find-copies -d small --check
	[[ $(find-copies -d small --dump | wc -l) == 100 ]]
	# what has expired leaves the disk there, too, with the next run
	at $((day + 1)) small-segments -d small --expire 5d </dev/null
	find-copies -d small --check
	[[ $(find-copies -d small --dump | wc -l) == 80 ]]
	[[ $(awk '$1 == "segment" { n += $3 } END { print n }' small/MANIFEST) -lt 120 ]] || { cat small/MANIFEST; return 1; }
	# but what one run adds stays together
	small-segments -d one <in >out 2>err && status=0 || status=$?
	[[ $status == 1 ]]
	said 'a segment cannot hold'
}

@test "index: sketches with other parameters are refused" {
	random 13 3 a | fingerprint | find-copies -d seen >/dev/null
	status=0
	random 13 3 b | fingerprint --size 128 | find-copies -d seen >out 2>err || status=$?
	[[ $status == 1 && ! -s out ]]
	said 'window 151, where 16 and 75 went before'
	random 13 3 b | fingerprint --size 128 | find-copies -d other >/dev/null
	status=0
	find-copies -d seen --merge other 2>err || status=$?
	[[ $status == 2 ]]
}

@test "index: killed at any point, it is what it was or what it was to be" {
	random 14 60 a | fingerprint >in
	split -l 10 in part.
	for part in part.*; do find-copies -d whole <"$part"; done >/dev/null
	dumped whole >want
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		rm -rf seen
		for part in part.*; do
			find-copies -d seen <"$part" >/dev/null 2>&1 &
			sleep "0.00$((i % 10))"
			kill -9 $! 2>/dev/null || true
			wait $! 2>/dev/null || true
			[[ ! -e seen/MANIFEST ]] || find-copies -d seen --check >/dev/null
			find-copies -d seen <"$part" >/dev/null
		done
		dumped seen | cmp - want
	done
	# what a dead commit left lying is swept
	cp seen/*1.seg seen/0000ffff.seg 2>/dev/null || echo lost >seen/0000ffff.seg
	random 15 5 b | fingerprint | find-copies -d seen >/dev/null
	[[ ! -e seen/0000ffff.seg ]]
}

@test "index: writers take turns, readers go on" {
	for i in 1 2 3 4 5 6 7 8; do
		random $((20 + i)) 20 "w$i" | fingerprint >"in$i"
	done
	find-copies -d seen <in1 >/dev/null
	for i in 2 3 4 5 6 7 8; do
		find-copies -d seen <"in$i" >/dev/null 2>&1 &
		find-copies -d seen -r <in1 | cmp - <(find-copies <in1) || touch bad
	done
	wait
	[[ ! -e bad && $(find-copies -d seen --dump | wc -l) == 160 ]]
	find-copies -d seen --check
}

@test "index: a writer waits for its turn where it cannot say so" {
	random 5 20 a | fingerprint >in
	mkdir seen
	flock seen/lock sleep 1 &
	until ! flock -n seen/lock true; do sleep 0.05; done
	find-copies -d seen <in >out 2>&-
	wait
	[[ $(find-copies -d seen --dump | wc -l) == 20 && $(wc -l <out) == 20 ]]
}

@test "index: damage is told" {
	random 16 30 a | fingerprint | find-copies -d seen >/dev/null
	seg=$(echo seen/*.seg)
	cp -r seen good
	for at in 40 700 2000 4000; do
		cp good/* seen/
		printf '\252' | dd of="$seg" bs=1 seek="$at" conv=notrunc 2>/dev/null
		cmp -s "$seg" "good/${seg#seen/}" && continue
		feed '' find-copies -d seen --check
		[[ $status == 1 ]] || { echo "byte $at: $status"; return 1; }
		said 'checksum wrong'
	done
	# it does not go into a new segment, whose checksum would be right; the 37th byte is part of a story's number
	cp good/* seen/
	printf '\252' | dd of="$seg" bs=1 seek=37 conv=notrunc 2>/dev/null
	random 17 30 b | fingerprint >b
	find-copies -d seen <b >out 2>err && status=0 || status=$?
	[[ $status == 1 && $(wc -l <out) == 30 ]] && cmp seen/MANIFEST good/MANIFEST
	said "$seg: checksum wrong: \"find-copies -d NEW --merge seen\" makes a new index of what is sound"
	cp good/* seen/
	truncate -s -1 "$seg"
	feed '' find-copies -d seen -r
	[[ $status == 1 ]]
	said 'cut short or damaged'
	rm "$seg"
	feed '' find-copies -d seen -r
	[[ $status == 1 ]]
	said 'missing'
	for file in "$seg" seen/MANIFEST; do # a pipe: nobody waits for it
		cp good/* seen/
		rm "$file"
		mkfifo "$file"
		feed '' timeout 20 find-copies -d seen -r
		[[ $status == 1 ]] || { echo "$file: $status"; return 1; }
		said "$file: Invalid argument"
		rm "$file"
	done
	cp good/* seen/
	sed -i s/75/76/ seen/MANIFEST
	feed '' find-copies -d seen -r
	[[ $status == 1 ]]
	said 'its checksum is wrong'
	sed -i '1s/.*/copydesk-index 2/' seen/MANIFEST
	feed '' find-copies -d seen
	[[ $status == 2 ]]
	said 'index version 2, this program reads 1'
	# without it nobody knows which segments count: they are not swept
	cp good/* seen/
	mv "$seg" seen/00000002.seg
	rm seen/MANIFEST
	feed '' find-copies -d seen
	[[ $status == 1 && -e seen/00000002.seg ]]
	said 'seen: 00000002.seg, and no MANIFEST that names it'
	mkdir empty
	feed '' find-copies -d empty --dump
	[[ $status == 2 ]]
}

# flip AT FILE: change the byte there
flip() {
	# shellcheck disable=SC2059 # the format is the byte
	printf "\\$(printf %o $(($(od -An -t u1 -j "$1" -N 1 "$2") ^ 255)))" | dd of="$2" bs=1 seek="$1" conv=notrunc 2>/dev/null
}

@test "index: none is begun in a folder that holds other things, and nothing is made there" {
	fingerprint <"$TOP/tests/feed/lines.tsv" >in
	while IFS='|' read -r why make what; do
		rm -rf dir && mkdir dir && (cd dir && eval "$make") && find dir | sort >before
		status=0
		find-copies -d dir <in >out 2>err || status=$?
		[[ $status == 2 && ! -s out ]] && said "find-copies: dir: $what" && find dir | sort | diff before - || {
			echo "case: $why: status $status"
			return 1
		}
	done <<-'EOT'
	pages|touch page.html|holds page.html, and is not an index: name a new folder, or an empty one
	a folder|mkdir news|holds news, and is not an index
	segments of a site memory|touch 00000001.row|holds 00000001.row, and is not an index
	a MANIFEST of others|echo Manifest-Version: 1.0 >MANIFEST|not an index
	an index of another version|printf "copydesk-index 2\ncheck 0\n" >MANIFEST|copydesk-index version 2
	EOT
	# what a first commit that died leaves is no other thing, nor is what the system puts there
	rm -rf dir && mkdir dir && touch dir/lock dir/00000001.seg dir/MANIFEST.new dir/.nfs1
	find-copies -d dir <in >out
	find-copies -d dir --check
}

@test "index: of one that is damaged, --merge takes what is sound" {
	random 16 60 a | fingerprint >a
	random 17 20 b | fingerprint >b
	find-copies -d good <a >out
	at 20 find-copies -d good --expire 20d < <(cat b; head -n 1 a) >out
	dumped good >whole
	[[ $(find good -name '*.seg' | wc -l) == 2 && $(grep -c '^met ' good/MANIFEST) == 1 ]]
	# 16 bytes, 61 rows of 52, hashes, ids
	# shellcheck disable=SC2034 # the table has it
	ids=$(grep -abo -m 1 a1a2a3a4 good/00000001.seg | cut -d : -f 1)
	while IFS='|' read -r why harm lost; do
		rm -rf seen new
		cp -r good seen
		eval "$harm"
		find-copies -d new --merge seen 2>err && status=0 || status=$?
		[[ $status == 1 ]] && said 'documents are left out' || { echo "$why: $status"; return 1; }
		find-copies -d new --check >said || { echo "$why"; cat said; return 1; }
		dumped new | cut -f 1,6 >out
		cut -f 1,6 whole | grep -v "$lost" | diff - out || { echo "$why"; return 1; }
	done <<-'END'
	a story|flip 37 seen/00000001.seg|nothing
	a key|flip 24 seen/00000001.seg|^a1	
	an id|flip $((ids + 3)) seen/00000001.seg|^a2	
	a hash|flip 3188 seen/00000001.seg|^a1	
	where ids begin|flip $((16 + 52 * 4 + 48)) seen/00000001.seg|^a[45]	
	where hashes begin|flip $((16 + 52 * 4 + 46)) seen/00000001.seg|^a[45]	
	cut short|truncate -s -1 seen/00000001.seg|^a
	missing|rm seen/00000001.seg|^a
	no segment|echo >seen/00000001.seg|^a
	of another commit|cp seen/00000002.seg seen/00000001.seg|^a
	the last one|rm seen/00000002.seg|^b
	both|rm seen/*.seg|^
	END
}

# a MANIFEST whose checksum holds is somebody's work; its numbers are looked at all the same
@test "index: parameters that no sketch has are damage" {
	compile store-test
	needs store-test
	random 16 30 a | fingerprint | find-copies -d good >/dev/null
	while read -r change; do
		rm -rf made other
		cp -r good made
		sed -e '/^check/d' -e "$change" good/MANIFEST >lines
		{ cat lines && store-test check <lines; } >made/MANIFEST
		for run in '-d made --check' '-d made --dump' '-d other --merge made'; do
			# shellcheck disable=SC2086
			feed '' find-copies $run
			[[ $status == 1 ]] || { echo "$change: $run: $status"; return 1; }
			said 'made/MANIFEST: damaged: no sketch has grams'
		done
	done <<-'END'
	s/^window .*/window 4294967295/
	s/^window .*/window 4096/
	s/^window .*/window 0/
	s/^gram .*/gram 0/
	s/^gram .*/gram 256/
	END
}

@test "index: options that make no sense are usage errors" {
	find-copies -d y </dev/null
	while read -r options; do
		# shellcheck disable=SC2086
		feed '' find-copies $options
		[[ $status == 2 && ! -e x ]] || { echo "options: $options: $status"; return 1; }
	done <<-'END'
	--dump
	--check
	--merge y
	--expire 30d
	--read-only
	-d x --dump --check
	-d x --read-only --expire 30d
	-d x --merge y --expire 30d
	-d x --dump --expire 30d
	-d x --check --expire 30d
	-d x --merge y z
	-d x --dump z
	-d x --check --files0-from z
	-d x --dump --clusters
	-d x --merge y --new
	-d x --check --unseen
	-d x --expire 30
	-d x --expire d
	-d x --expire 0d
	-d x --expire 30dd
	-d x --expire 99999999w
	END
	SOURCE_DATE_EPOCH=tomorrow feed '' find-copies -d x
	[[ $status == 2 ]]
}

@test "index: what cannot be written is told, and the index stays as it was" {
	[[ $(id -u) != 0 ]] || skip 'root may write everywhere'
	random 17 5 a | fingerprint >in
	find-copies -d seen <in >/dev/null
	chmod 555 seen
	status=0
	random 18 5 b | fingerprint | find-copies -d seen >/dev/null 2>err || status=$?
	chmod 755 seen
	[[ $status == 1 && $(find-copies -d seen --dump | wc -l) == 5 ]]
}
