#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2094 # texts are set by printf -v; files are only read
# find-copies: what is a copy of what, within one stream.

load helper

# Four stories with nothing in common, and a menu.
setup_file() {
	cat >"$BATS_FILE_TMPDIR/dyke" <<-'END'
	The dyke at Brod gave way shortly after four in the morning, and by noon the water stood in every street of the lower town. Rescue crews from three counties took some two hundred people off the roofs of their houses, most of them by boat. The mayor, who had asked for sandbags on Tuesday and been told to wait, said that nobody needed to explain to her what had gone wrong. Engineers of the river board had measured seepage at the old pumping station for a week. They had wanted to close the road on the crown of the dyke to lorries, a measure that the county turned down because of the sugar harvest. By the evening the breach was forty metres wide and still growing at its northern end. The army is to lower concrete blocks into it from helicopters once the wind allows it. Drinking water comes by lorry for the time being, and the school on the hill has become a hospital with sixty beds.
	END
	cat >"$BATS_FILE_TMPDIR/wreck" <<-'END'
	Divers have brought up eleven copper ingots from a ship that went down off the coast more than three thousand years ago. The cargo lies at forty-five metres, on a slope so steep that the team has had to pin nets below it before anything could be moved. According to the excavation's leader the ingots carry marks that are known from one workshop in the Troodos mountains, which would make the voyage a long one even by the measure of its time. A hoard of glass beads, a sealed jar and the foot of a folding table were found beside them. What the jar holds will be known in spring, when it can be opened in a chamber without oxygen. Fishermen of the village had known the place for decades, since their nets kept catching on it, but took the ingots for the ballast of a barge.
	END
	cat >"$BATS_FILE_TMPDIR/strike" <<-'END'
	Cranes at the container terminals stood still for a second day after talks about night shifts broke down late on Sunday. The union says that nineteen ships are waiting at anchor and that its members will not go back before the employers withdraw the new rosters. A spokesman for the terminals called the strike irresponsible at a time when shelves are being filled for the holidays. Hauliers reported queues of thirty kilometres on the ring road, and the railway has stopped taking bookings for the port. Ministers have ruled out stepping in. A judge will hear on Wednesday whether the walkout breaks the agreement signed in March, which bound both sides to arbitration first.
	END
	cat >"$BATS_FILE_TMPDIR/menu" <<-'END'
	Home World Politics Business Sport Culture Weather Archive. Subscribe for four weeks at the price of one and read every article on all your devices. You can cancel at any time in your account. Our newsletter brings the most important stories to your inbox every morning at six. By signing up you agree to our terms of use and to the way we handle your data. Follow us on all the usual networks and send your hints to the editors by the form on this page.
	END
}

setup() {
	local f
	for f in dyke wreck strike menu; do
		printf -v "$f" %s "$(tr '\n' ' ' <"$BATS_FILE_TMPDIR/$f")"
	done
}

# words FROM TO TEXT
words() {
	cut -d' ' -f "$1-$2" <<<"$3"
}

# stream FILE...: records of NAME=TEXT arguments
stream() {
	local arg
	for arg; do
		printf '%s\t%s\n' "${arg%%=*}" "${arg#*=}"
	done
}

# is ID ORIGINAL KIND: find-copies has said so in out
is() {
	awk -F'\t' -v id="$1" -v original="$2" -v kind="$3" '
		$1 == id { n++; ok = $2 == original && $4 == kind && (kind == "-") == ($3 == "-") }
		END { exit !(n == 1 && ok) }' out || {
		echo "want $*, got:"
		cat out
		return 1
	}
}

@test "find-copies: what was done to a copy does not hide it" {
	local edited glued noisy
	edited=$(sed 's/shortly after/just after/; s/nobody needed to explain/no one had to tell/; s/lorries/trucks/; s/concrete/big/' <<<"$dyke")
	glued=$(sed 's/\. /./g; s/[,-]//g' <<<"$dyke")
	noisy=$(sed 's/ing /ng /2; s/water/watcr/; s/county/c0unty/; s/bridge/brldge/' <<<"$dyke")
	stream "a=$dyke" "b=$wreck" "same=$dyke" "upper=${dyke^^}" "glued=$glued" "edited=$edited" "noisy=$noisy" \
		"cut=$(words 1 70 "$dyke")" "excerpt=$wreck $(words 40 110 "$dyke") $strike" "menu=$menu $dyke $menu" \
		"c=$strike" | fingerprint | find-copies >out
	is a - -
	is b - -
	is c excerpt part
	is same a exact
	is upper a exact
	is glued a exact
	is edited a near
	is noisy a near
	is cut a part
	is excerpt a part
	is menu a part
}

@test "find-copies: strangers stay strangers" {
	stream "a=$dyke" "b=$wreck" "c=$strike" "d=$menu" 'e=Talks resume in Geneva on Monday.' \
		'f=Talks resume in Vienna on Friday.' 'g=' 'h=' 'i=.' "j=Nobody needed to explain to her what had gone wrong." |
		fingerprint | find-copies >out
	[[ $(cut -f 2 out | sort -u) == - ]]
}

@test "find-copies: short texts are copies when nearly all is the same" {
	stream 'a=Talks resume in Geneva on Monday.' 'b=Talks resume in Geneva on Monday!' 'c=Rain.' 'd=RAIN' \
		'e=After a week of silence, talks resume in Geneva on Monday.' 'f=Snow' | fingerprint | find-copies >out
	is b a exact && is d c exact && is f - -
}

@test "find-copies: furniture is known once a few articles have it" {
	local i
	{
		for i in 1 2 3 4 5 6 7 8; do
			# articles without any order, with a menu each
			awk -v s="$i" -v menu="$menu" 'BEGIN { printf "site%d\t%s ", s, menu
				for (i = 0; i < 900; i++) { s = (s * 69069 + 1) % 4294967296; printf "%c", 97 + int(s / 65536) % 26 }
				print "" }'
		done
		stream "a=$menu $dyke" "b=$menu $wreck" "c=$dyke"
	} | fingerprint | find-copies >out
	is site6 - -
	is site7 - -
	is site8 - -
	is a - -
	is b - -
	is c a part
}

@test "find-copies: columns stay, with and without the text" {
	stream "a=$dyke" "b=$dyke" | sed 's/	/	2024-03-01	/' >records
	fingerprint <records | find-copies >out
	want 'a\t2024-03-01\t-\t-\t-\nb\t2024-03-01\ta\t1.000\texact\n'
	fingerprint -k <records | find-copies | cut -f 1-5 >out
	want 'a\t2024-03-01\t-\t-\t-\nb\t2024-03-01\ta\t1.000\texact\n'
	fingerprint -k <records | find-copies | cut -f 6 | cmp - <(cut -f 3 records)
	# an id with a backslash is written as it came
	printf 'x\\\\y\tRain.\nz\tRain.\n' | fingerprint | find-copies >out
	want 'x\\\\y\t-\t-\t-\nz\tx\\\\y\t1.000\texact\n'
}

@test "find-copies: --new gives records back as they were" {
	stream "a=$dyke" "b=$wreck" "c=$dyke" "d=$strike\\n\\\\ \\t." >records
	fingerprint -k <records | find-copies --new | cmp - <(sed 3d records)
	fingerprint <records | find-copies --new | cmp - <(fingerprint <records | sed 3d)
}

@test "find-copies: --all tells every match, --clusters the first of each cluster" {
	stream "a=$dyke" "b=$wreck" "c=$dyke" "d=${dyke^^}" "e=$wreck" "f=$(words 1 70 "$dyke")" | fingerprint >sketches
	find-copies --all <sketches | cut -f 1,2,4 >out
	want 'a\t-\t-\nb\t-\t-\nc\ta\texact\nd\ta\texact\nd\tc\texact\ne\tb\texact\nf\ta\tpart\nf\tc\tpart\nf\td\tpart\n'
	find-copies --clusters <sketches >out
	want 'a\ta\nb\tb\nc\ta\nd\ta\ne\tb\nf\ta\n'
}

@test "find-copies: --explain tells how much is shared and where" {
	stream "a=$dyke" "b=$wreck $(words 80 155 "$dyke")" "c=$dyke" | fingerprint | find-copies -e >out
	[[ $(sed -n 3p out) == "c	a	1.000	$(tr -cd '[:alnum:]' <<<"$dyke" | wc -c)	0-100	0-100	exact" ]]
	awk -F'\t' 'NR == 2 { split($5, here, "-"); split($6, there, "-")
		exit !($4 > 200 && $4 < 400 && here[1] > 60 && here[2] > 90 && there[1] > 35 && there[2] > 90) }' out
	[[ $(sed -n 1p out) == 'a	-	-	-	-	-	-' ]]
}

@test "find-copies: the threshold" {
	stream "a=$dyke" "b=$(words 1 40 "$dyke") $wreck" "c=$dyke" "d=$dyke!" | fingerprint >sketches
	find-copies -t 1 <sketches | cut -f 1,2 >out
	want 'a\t-\nb\t-\nc\ta\nd\ta\n'
	find-copies -t 0 <sketches | cut -f 1,2 >out
	want 'a\t-\nb\ta\nc\ta\nd\ta\n'
	for bad in 2 -1 x '' 0.5x nan; do
		feed '' find-copies -t "$bad"
		[[ $status == 2 ]] || { echo "threshold '$bad': $status"; return 1; }
	done
	feed '' find-copies --all --new
	[[ $status == 2 ]]
}

@test "find-copies: records without a sketch, or with another, are told and left out" {
	stream "a=$dyke" "b=$dyke" | fingerprint >good
	stream "c=$dyke" | fingerprint --size 128 >other
	{
		sed -n 1p good
		printf 'x\tno sketch here\n'
		cat other
		sed -n '2s/s1/s2/p' good
		sed -n '2s/$/!/p' good
		sed -n 2p good
	} >in
	status=0
	find-copies <in >out 2>err || status=$?
	[[ $status == 1 ]]
	want 'a\t-\t-\t-\nb\ta\t1.000\texact\n'
	said 'stdin:2: no sketch'
	said 'stdin:3: a sketch of grams 16, window 151, where 16 and 75 went before'
	said 'stdin:4: a sketch of another format'
	said 'stdin:5: no sketch'
}

@test "find-copies: of many records without a sketch, ten are told and the others counted" {
	{ stream "a=$dyke" | fingerprint; for ((i = 1; i <= 1000; i++)); do printf 'x%d\tno sketch\n' $i; done; } >in
	for bands in '' --bands; do
		# shellcheck disable=SC2086
		find-copies $bands <in >out 2>err && status=0 || status=$?
		[[ $status == 1 && $(wc -l <err) == 11 ]] || { echo "$bands: $status"; cat err; return 1; }
		said "stdin:$((11 - ${#bands} / 7)): no "
	done
	said 'find-copies: 991 more lines like these: skipped'
	find-copies --strict <in >out 2>err && status=0 || status=$?
	[[ $status == 1 && $(wc -l <err) == 1 ]]
}

@test "find-copies: what is almost a sketch is none" {
	good=$(printf 'a\tTalks resume in Geneva on Monday.\n' | fingerprint | cut -f 2)
	while IFS='|' read -r why edit; do
		printf 'a\t%s\n' "$good" | sed "s/	.*/&/;$edit" >in
		status=0
		find-copies <in >out 2>err || status=$?
		[[ $status == 1 && ! -s out ]] || { echo "case: $why: $(cat in)"; return 1; }
	done <<-'END'
	leading zero|s/\.16\./.016./
	upper case in the hash of the whole|s/\.\([0-9a-f]*\)\.\([^.]*\)$/.\U\1.\2/
	a byte too many|s/$/A/
	a byte too few|s/.$//
	bits behind the last hash|s/.$/_/
	padding|s/$/=/
	a hash of zero|s/\.[^.]*$/.AAAAAA/
	a hash twice|s/\.[^.]*$/.EjRWeBI0VngSNFZ4EjRWeA/
	a window of zero|s/\.75\./.0./
	no number|s/\.75\./../
	END
}

@test "find-copies: -j makes no difference" {
	local i
	for i in 1 2 3 4 5 6 7 8 9; do
		stream "a$i=$dyke" "b$i=$(words $((i * 5)) 140 "$wreck")" "c$i=$strike $menu"
	done | fingerprint | tee sketches | find-copies --all >out
	find-copies -j 4 --all <sketches | cmp - out
}

# noise SEED N: N words without any order, of seven letters
noise() {
	awk -v s="$1" -v n="$2" 'BEGIN { for (i = 0; i < n; i++) { s = (s * 69069 + 1) % 4294967296; printf "%07x ", s / 16 } }'
}

@test "find-copies: one passage within two long texts counts more than as much at their ends" {
	passage=$(words 1 80 "$dyke") first=$(words 1 30 "$dyke") last=$(words 31 60 "$dyke") rest=$(words 61 90 "$dyke")
	while IFS='|' read -r why a b want; do
		got=$(stream "a=$a" "b=$b" | fingerprint | find-copies -t 0 | tail -n 1 | cut -f 3)
		# shellcheck disable=SC2053 # a pattern
		[[ $got == $want ]] || { echo "case: $why: $got"; return 1; }
	done <<-END
	within both|$(noise 1 250)$passage $(noise 2 250)|$(noise 3 200)$passage $(noise 4 300)|0.9*
	at the beginning of the first|$passage $(noise 2 500)|$(noise 3 200)$passage $(noise 4 300)|0.6*
	at the end of the first|$(noise 2 500)$passage|$(noise 3 200)$passage $(noise 4 300)|0.5*
	at the beginning of the second|$(noise 3 200)$passage $(noise 4 300)|$passage $(noise 2 500)|0.6*
	at the end of the second|$(noise 3 200)$passage $(noise 4 300)|$(noise 2 500)$passage|0.5*
	at both ends, as one piece|$(noise 1 500)$passage|$(noise 3 500)$passage|0.[23]*
	at two ends|$first $(noise 1 500)$last|$first $(noise 3 500)$last|0.0*
	at two ends, the second in two pieces|$first $(noise 1 500)$last $(noise 5 9)$rest|$first $(noise 3 500)$last $(noise 6 9)$rest|0.0*
	END
}

@test "find-copies: a sketch cut off behind its header, of a document met before, ends nothing" {
	strip-chrome "$TOP"/tests/feed/01-*.txt "$TOP"/tests/feed/09-*.txt | fingerprint >sketches
	awk -F '\t' -v OFS='\t' 'NR == 2 { sub(/[^.]*$/, "", $2); print }' sketches >short
	cat sketches short sketches | find-copies --explain >out
	[ "$(wc -l <out)" -eq 5 ]
}
