#!/usr/bin/env bats
# fingerprint: equal normal forms have equal sketches; what a sketch looks like; what options do.

load helper
load filters

# sketches A B: the sketches of two printf'd texts, in a and b.
sketches() {
	feed "a\t$1\nb\t$2\n" fingerprint
	[[ $status == 0 ]]
	a=$(sed -n '1s/^a	//p' out) b=$(sed -n '2s/^b	//p' out)
}

@test "fingerprint: the normal form is letters and digits, folded" {
	while IFS='|' read -r why one two; do
		sketches "$one" "$two"
		[[ -n $a && $a == "$b" ]] || { echo "case: $why: $a $b"; return 1; }
	done <<-'END'
	case|The Dyke of 1953|the dyke of 1953
	spaces and line ends|the dyke broke|the\\n\\ndy ke\\r\\nbroke
	punctuation|he said: "No!" - and left|he said No and left
	curly quotes|the king's "no"|the king\342\200\231s \342\200\234no\342\200\235
	accents, composed and not|caf\303\251|cafe\314\201
	ligatures|office|o\357\254\203ce
	sharp s|stra\303\237e|STRASSE
	soft hyphen, zero width|newspaper|news\302\255pa\342\200\213per
	no-break space|ten men|ten\302\240men
	named entity|caf\303\251 & bar|caf&eacute; &amp; bar
	numbered entities|\303\251t\303\251|&#233;t&#xE9;
	entities escaped twice|ten men|ten&amp;nbsp;men
	full width|ABC 12|\357\274\241\357\274\242\357\274\243\357\274\221\357\274\222
	a word of eighteen characters in one|\357\267\272|\330\265\331\204\331\211 \330\247\331\204\331\204\331\207 \330\271\331\204\331\212\331\207 \331\210\330\263\331\204\331\205
	Cyrillic case|\320\234\320\270\321\200|\320\274\320\270\321\200
	nothing|--|\342\200\246
	UTF-8 read as windows-1252|he didn't go|he didn\303\242\342\202\254\342\204\242t go
	the same with controls for what that lacks|he said "no"|he said \303\242\302\200\302\234no\303\242\302\200\302\235
	with U+FFFD for it|he said "no" again|he said \303\242\342\202\254\305\223no\303\242\342\202\254\357\277\275 again
	with nothing for it|he said "no" "again"|he said \303\242\342\202\254\305\223no\303\242\342\202\254 \303\242\342\202\254\305\223again\303\242\342\202\254
	accents so read|caf\303\251|caf\303\203\302\251
	a no-break space so read|ten men|ten\303\202\302\240men
	but a quote behind a capital with an accent is one|cafes at the chateau|CAF\303\211\342\200\231S AT THE CH\303\202TEAU
	both of them read so|cafes|CAF\303\203\342\200\260\303\242\342\202\254\342\204\242S
	read so twice|he didn't "go"|he didn\303\203\302\242\303\242\342\200\232\302\254\303\242\342\200\236\302\242t \303\203\302\242\303\242\342\200\232\302\254\303\205\342\200\234go\303\203\302\242\303\242\342\200\232\302\254\303\202\302\235
	END
}

@test "fingerprint: other letters make other sketches" {
	while IFS='|' read -r why one two; do
		sketches "$one" "$two"
		[[ $a != "$b" ]] || { echo "case: $why: $a"; return 1; }
	done <<-'END'
	a letter|the dyke|the dike
	a digit|in 1953|in 1954
	no entity without its end|a &eacute b|a \303\251 b
	no such entity|a &dyke; b|a b
	a lone ampersand is nothing|R & D|R and D
	END
}

@test "fingerprint: no two letters or digits are one, but in case" {
	# alone, and in a long run
	awk 'BEGIN {
		for (i = 1; i <= 36; i++) {
			c = substr("abcdefghijklmnopqrstuvwxyz0123456789", i, 1)
			long = "The dyke of 1953 broke when the water stood at "
			for (j = 0; j < 70; j++)
				long = long c
			print c "\t" c "\n" c "\t" long
		}
	}' >in
	fingerprint <in | cut -f 2 >out
	[[ $(sort -u out | wc -l) == 72 ]]
	awk -F '\t' '{ print $1 "\t" toupper($2) }' in | fingerprint | cut -f 2 | cmp out -
}

@test "fingerprint: a sketch says its format, parameters and size" {
	feed 'a\tdate\tTalks resume in Geneva.\n' fingerprint
	want 'a\tdate\ts1.16.75.19.89dc3d69eb14b869.FcfkaP3Z9CDPzB6_8H5TXw\n'
	feed 'a\t\n' fingerprint
	want 'a\ts1.16.75.0.2d06800538d394c2.\n'
	feed 'a\tFifteen letters\n' fingerprint
	grep -qE '^a	s1\.16\.75\.14\.[0-9a-f]{16}\.$' out
	feed 'a\tSeventeen letters it is\n' fingerprint --size 512
	grep -qE '^a	s1\.16\.37\.20\.[0-9a-f]{16}\.[A-Za-z0-9_-]+$' out
}

@test "fingerprint: -k keeps the text behind the sketch" {
	feed 'a\tx\tTalks\\n "resume" \\\\ now\n' fingerprint -k
	[[ $status == 0 ]]
	[[ $(cut -f 4 out) == 'Talks\n "resume" \\ now' ]]
	[[ $(cut -f 1,2 out) == 'a	x' ]]
}

@test "fingerprint: the size is about what --size says, whatever the text" {
	# 2,432 letters without any order, from a generator with a seed
	awk 'BEGIN { s = 7; printf "a\t"; for (i = 0; i < 2432; i++) { s = (s * 69069 + 1) % 4294967296
		printf "%c", 97 + int(s / 65536) % 26 } print "" }' >text
	while read -r size least most; do
		n=$(fingerprint --size "$size" <text | awk -F. '{ print length($6) * 6 / 8 }')
		awk -v n="$n" -v a="$least" -v b="$most" 'BEGIN { exit !(a <= n && n <= b) }' || {
			echo "--size $size: $n"
			return 1
		}
	done <<-'END'
	64 48 100
	128 100 160
	256 215 300
	512 440 590
	END
	# hostile ones: repetition leaves few hashes
	{ printf 'a\t'; head -c 3000000 /dev/zero | tr '\0' a; echo; } | fingerprint >out
	[[ $(wc -c <out) -lt 60 ]]
}

@test "fingerprint: bad sizes are usage errors" {
	for size in 0 4 100000 x -1; do
		feed '' fingerprint --size="$size"
		[[ $status == 2 ]] || { echo "size $size: $status"; return 1; }
	done
}

@test "fingerprint: any 90 letters in common leave a common hash" {
	awk 'BEGIN { s = 11; for (d = 0; d < 40; d++) { t = ""; for (i = 0; i < 600; i++) {
		s = (s * 69069 + 1) % 4294967296; t = t sprintf("%c", 97 + int(s / 65536) % 26) }
		print d "\t" t; print d "x\t" substr(t, 1 + (s % 500), 90) "q" substr(t, 1, 0) } }' >in
	# the short text has a narrower window, so pad it to a usual one
	awk -F'\t' 'NR % 2 { base = $2; print; next } { pad = base; gsub(/./, "z", pad)
		for (i = 0; i < 300; i++) p = p sprintf("%c%c", 97 + (i * 7) % 26, 97 + (i * 11 + NR) % 26)
		print $1 "\t" p $2 p; p = "" }' in | fingerprint | awk -F. 'NR % 2 { a = $6; next }
		{ print a "\t" $6 }' >pairs
	[[ $(wc -l <pairs) == 40 ]]
	python=$(command -v python3) || skip 'python3 is not installed'
	"$python" - <<-'END'
	import base64
	for line in open('pairs'):
	    a, b = [set(zip(*[iter(base64.urlsafe_b64decode(x + '=' * (-len(x) % 4)))] * 4)) for x in line.split()]
	    assert a & b, line
	END
}

@test "fingerprint: the hashes are those of winnowing as it is defined" {
	compile winnow-test -I"$TOP/tools/fingerprint" "$TOP/tools/fingerprint/winnow.c"
	needs winnow-test
	winnow-test
}

@test "fingerprint: the same without vectors" {
	without_vectors plainly "$TOP"/tools/fingerprint/*.c
	needs plainly
	fingerprint -k "$TOP"/tests/feed/[0-9]* >documents
	cut -f 1,3 documents | fingerprint -k >records
	plainly -k "$TOP"/tests/feed/[0-9]* | cmp - documents
	cut -f 1,3 documents | plainly -k | cmp - records
	[[ $(wc -l <records) == 18 ]]
}
