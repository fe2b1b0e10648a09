#!/usr/bin/env bats
# shellcheck disable=SC2094 # files are only read
# find-copies --bands: the answers of one process, from sorted lines and in little memory.

load helper

# same OPTIONS...: find-copies says the same of the records in `in` as of their sorted bands.
same() {
	local keep=
	[[ $1 != -k ]] || { keep=-k && shift; }
	fingerprint $keep <in | find-copies "$@" >whole &&
		fingerprint $keep --bands <in | LC_ALL=C sort | find-copies --bands "$@" >out &&
		cmp whole out
}

# pages N: records of N pages of 40 sites, each with its menu; every fifth has an earlier page's text cut short,
# every seventh is one seen before, every eleventh has no letters.
pages() {
	awk -v n="$1" 'BEGIN {
		for (d = 1; d <= n; d++) {
			m = d % 40
			menu = ""
			for (i = 0; i < 4; i++)
				menu = menu "site " m " says this line of its menu, number " i ", to its readers, " m * m * m + i " and more. "
			if (d % 5 == 0)
				text = menu substr(news, 1, 300 + d % 300)
			else {
				news = ""
				for (i = 0; i < 100; i++) {
					s = (s * 69069 + 1) % 4294967296
					news = news sprintf("%x ", s)
				}
				text = menu news
			}
			if (d % 7 == 0)
				print "d" d - 6 "\t" old
			if (d % 7 == 1)
				old = text
			print "d" d "\t" (d % 11 == 0 ? "..." : text)
		}
	}'
}

@test "bands: what fingerprint writes" {
	feed 'a\tdate\tTalks resume in Geneva.\nb\t!\n' fingerprint --bands -k --first 41
	want '0\t0000000041\ta\tdate\ts1.16.75.19.89dc3d69eb14b869.FcfkaP3Z9CDPzB6_8H5TXw\tTalks resume in Geneva.
187d899b05b3b5fae\t0000000041\n289dc3d69eb14b869\t0000000041
315c7e468\t0000000041\n3fdd9f420\t0000000041\n3cfcc1ebf\t0000000041\n3f07e535f\t0000000041
0\t0000000042\tb\ts1.16.75.0.2d06800538d394c2.\t!
16240f5a1f544f0c1\t0000000042\n'
	# numbers are the same with workers, and of files
	pages 200 >in
	fingerprint --bands <in >one
	fingerprint --bands -j 4 <in | cmp - one
	printf 'One.' >1.txt
	printf 'Two.' >2.txt
	fingerprint --bands 1.txt 2.txt | grep '^0' | cut -f 2,3 >out
	want '0000000001\t1.txt\n0000000002\t2.txt\n'
	for bad in 0 x 4294967295 -1; do
		feed '' fingerprint --bands --first="$bad"
		[[ $status == 2 ]] || { echo "first $bad: $status"; return 1; }
	done
	feed 'a\tx\n' fingerprint --first 41
	[[ $status == 2 && ! -s out ]]
	said '--first is for the numbers of --bands'
	feed 'a\tx\nb\ty\n' fingerprint --bands --first=4294967294
	[[ $status == 1 && $(grep ^0 out | cut -f 2,3) == '4294967294	a' ]]
	said 'more than 4294967294 documents'
}

@test "bands: the feed, as one process sees it" {
	(cd "$TOP/tests/feed" && strip-chrome [0-9]*) >in
	for options in '' --all '--all --explain' --clusters --new '-k --new' '-k --all' '-t 0.05 --all' -p; do
		# shellcheck disable=SC2086
		same $options || { echo "options: $options"; return 1; }
	done
	[[ -s out ]]
}

@test "bands: many pages of few sites, with documents met again" {
	pages 3000 >in
	for options in '' '--all --explain' --clusters --new --unseen '--unseen --all -t 0.2' '-t 1'; do
		# shellcheck disable=SC2086
		same $options || { echo "options: $options"; return 1; }
	done
	same --all
	[[ $(cut -f 1,2 out | grep -vc -e -) -gt 500 ]]
}

@test "bands: a stream in parts, each with its own first number" {
	pages 600 >in
	fingerprint <in | find-copies --all >whole
	# with 65537, pages of rows take turns in memory
	for first in 301 65537; do
		{ tail -n +301 in | fingerprint --bands --first $first; head -n 300 in | fingerprint --bands; } |
			LC_ALL=C sort | find-copies --bands --all | cmp - whole
	done
}

# needs no more than it has, however long the stream is; the same stream in one process needs more
@test "bands: 25 MB for a stream that takes more" {
	pages 50000 >in
	fingerprint <in >sketches
	fingerprint --bands <in | LC_ALL=C sort >bands
	find-copies <sketches | cksum >whole
	if ! (ulimit -v 25000 && find-copies </dev/null) >out 2>err; then
		skip 'this program takes more to begin with (sanitizers)'
	fi
	status=0
	(ulimit -v 25000 && find-copies <sketches) >out 2>err || status=$?
	[[ $status == 1 ]]
	said 'out of memory'
	(ulimit -v 25000 && find-copies --bands <bands) | cksum | cmp - whole
}

@test "bands: lines that are none, or out of order" {
	printf 'a\tTalks resume in Geneva.\nb\tTalks resume in Geneva\n' | fingerprint --bands >lines
	LC_ALL=C sort lines >sorted
	while IFS='|' read -r why edit; do
		{ cat sorted; sed -n '$p' sorted | sed "s/	/&/;$edit"; } >in
		status=0
		find-copies --bands <in >out 2>err || status=$?
		[[ $status == 1 ]] || { echo "case: $why: $status"; return 1; }
		said 'no band, as fingerprint --bands writes them: skipped'
		want 'a\t-\t-\t-\nb\ta\t1.000\texact\n' || { echo "case: $why"; return 1; }
	done <<-'END'
	no kind|s/^3/4/
	a short key|s/^3./3/
	a long key|s/^3/30/
	upper case|s/^3./3A/
	a short number|s/.$//
	number zero|s/[0-9]*$/0000000000/
	a large number|s/[0-9]*$/4294967295/
	no number|s/[0-9]*$/x/
	END
	status=0
	find-copies --bands <lines >out 2>err || status=$?
	[[ $status == 1 && ! -s out ]]
	said 'stdin:6: bands out of order'
	cat sorted sorted >in
	status=0
	find-copies --bands <in >out 2>err || status=$?
	[[ $status == 1 ]]
	said 'out of order, or documents with equal numbers'
}

@test "bands: documents that are faulty are told and left out, with their bands" {
	{
		printf 'a\tTalks resume in Geneva.\n' | fingerprint --bands
		printf 'b\tTalks resume in Geneva\n' | fingerprint --bands --first 2 --size 128
		printf 'c\tTalks resume in Geneva\n' | fingerprint --bands --first 3
		printf '0\t0000000004\td\tno sketch\n0\t0000000005\t\n0\t0000000006\n'
		printf '30000000f\t0000000007\n30000000f\t0000000008\n'
	} | LC_ALL=C sort >in
	status=0
	find-copies --bands <in >out 2>err || status=$?
	[[ $status == 1 ]]
	want 'a\t-\t-\t-\nc\ta\t1.000\texact\n'
	said 'stdin:2: a sketch of grams 16, window 151, where 16 and 75 went before: skipped'
	said 'stdin:4: no sketch'
	said 'stdin:5: no band'
	said 'stdin:6: no band'
	# its parameters are not those of the others, also where it is the last one
	pages 60 >in
	fingerprint <in | find-copies --all >whole
	{ fingerprint --bands <in && printf 'z\tTalks resume in Geneva\n' | fingerprint --bands --first 1000 --size 128; } |
		LC_ALL=C sort >lines
	find-copies --bands --all <lines >out 2>err || cmp out whole
	said 'a sketch of grams 16, window 151'
}

@test "bands: what does not go together, and no place for files" {
	feed '' find-copies --bands -d seen
	[[ $status == 2 && ! -e seen ]]
	feed '' env TMPDIR=/nowhere find-copies --bands
	[[ $status == 1 ]]
	said '/nowhere/find-copies.'
	feed '' find-copies --bands
	[[ $status == 0 ]]
	mkdir temporary
	pages 50 | fingerprint --bands | LC_ALL=C sort | TMPDIR=$PWD/temporary find-copies --bands >out
	[[ -s out && -z $(ls -A temporary) ]]
}
