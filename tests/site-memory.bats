#!/usr/bin/env bats
# shellcheck disable=SC2094,SC2030,SC2031 # names of records are no files; a subshell each
# strip-chrome --site-memory: lines of a site's other pages.

load helper

notice='Our reporters in the region worked on this story for several weeks, and two editors checked it before it went out.'

# pages FROM TO ID [LINE]: articles of four paragraphs, no two alike, between a menu and a footer; ids are ID and
# the number. Each has LINE in the middle.
pages() {
	awk -v from="$1" -v to="$2" -v id="$3" -v line="${4-$notice}" '
	function pick(list,   w, n) { n = split(list, w, " "); return w[1 + int(n * rand())] }
	function name() { return pick("Bar Cor Dal Fen Gor Hal Jor Kel Mar Nor Pel Ros Sel Tor Val") pick("ba da fa ga ka la ma na pa ra sa ta") pick("bek den fin gar lin mir nes ric sen ton vik") }
	function noun() { return pick("harbour ferry minister treaty engine river council winter bridge doctor market signal teacher orchard railway") }
	function verb() { return pick("close open wait change grow fail return start stop") }
	function sentence() { return "The " noun() " of " name() " told the " noun() " of " name() " that the " noun() " would " verb() " before the " noun() " of " name() " could " verb() ". " }
	BEGIN {
		for (i = from; i <= to; i++) {
			srand(i)
			printf "%s%d\tHome\\nWorld\\nSport\\nSign in\\n", id, i
			for (p = 1; p <= 4; p++) {
				printf "%s%sHe said so on %s.\\n", sentence(), sentence(), pick("Monday Tuesday Wednesday Thursday Friday")
				if (p == 2 && line != "")
					printf "%s\\n", line
			}
			printf "Share\\nPrivacy policy\n"
		}
	}'
}

# kept LINE: how many records of out have it
kept() { grep -cF -e "$1" out || true; }

@test "site-memory: a line of three pages of a site is chrome on the next ones" {
	pages 1 6 https://www.example.org/news/ >in
	strip-chrome <in >out
	[[ $(kept "$notice") == 6 ]] # or the test says nothing
	cp out without
	strip-chrome --site-memory m <in >out
	[[ $(kept "$notice") -le 3 && $(tail -n 1 out) != *"$notice"* ]]
	# and nothing else has changed
	sed "s/$notice\\\\n//" without >want
	sed "s/$notice\\\\n//" out | diff want -
	# the next run begins where this one ended
	pages 7 7 https://www.example.org/news/ | strip-chrome --site-memory m >out
	[[ $(kept "$notice") == 0 ]]
	# but only for this site
	pages 8 8 https://www.example.com/news/ | strip-chrome --site-memory m >out
	[[ $(kept "$notice") == 1 ]]
}

@test "site-memory: one run or many, records or documents, any -j: the same" {
	pages 1 40 https://a.example/ >in
	pages 1 30 https://b.example/ 'Call our newsroom at any hour of the day if you know something that we should know as well.' >>in
	sort -t / -k 4n in >mixed
	strip-chrome --site-memory one <mixed >want
	split -l 7 mixed part.
	for part in part.*; do strip-chrome --site-memory many <"$part"; done | cmp - want
	cmp one/0*.row many/0*.row
	for j in 0 2 5; do
		strip-chrome --site-memory "j$j" -j "$j" <mixed | cmp - want
		cmp one/0*.row "j$j"/0*.row
	done
	strip-chrome --site-memory one --read-only <mixed >want
	for j in 2 5; do strip-chrome --site-memory one -r -j "$j" <mixed | cmp - want; done
	tac mixed | strip-chrome --site-memory one -r | tac | cmp - want
	# documents, as wget stores them
	mkdir a.example
	while IFS=$'\t' read -r id text; do
		printf '%b' "$text" >"a.example/${id##*/}.txt"
	done < <(pages 50 53 x/)
	strip-chrome --site-memory one a.example/*.txt >out
	[[ $(wc -l <out) == 4 && $(kept "$notice") == 0 ]]
}

@test "site-memory: an article met again and again is no chrome" {
	for i in 1 2 3 4 5 6 7 8; do
		pages 1 1 "https://example.org/$i/"
	done >in
	strip-chrome --site-memory m <in | cut -f 2 | sort -u >out
	strip-chrome <in | cut -f 2 | sort -u | diff - out
	# nor where each time some of it is new: a live page
	pages 1 8 'https://example.org/x' '' | sed 's/.*Sign in\\n//; s/\\nShare.*//' >parts
	for i in 1 2 3 4 5 6 7; do
		printf 'https://example.org/live/%s\tHome\\nWorld\\n' "$i"
		head -n "$((i + 1))" parts | tac | paste -sd '|' | sed 's/|/\\n/g'
	done >in
	strip-chrome <in >want
	for _ in 1 2 3; do strip-chrome --site-memory live <in | cmp - want; done
}

@test "site-memory: a run done again teaches nothing" {
	pages 1 6 https://example.org/ >in
	strip-chrome --site-memory m <in >first
	strip-chrome --site-memory m -r --explain <in >before
	strip-chrome --site-memory m <in >second
	strip-chrome --site-memory m <in | cmp - second
	strip-chrome --site-memory m -r --explain <in | cmp - before
	# what the first time had to be learned first is known now
	[[ $(grep -vc "$notice" second) == 6 ]]
}

@test "site-memory: a paragraph that a few articles share stays" {
	local told='The two countries have been at odds over the river since the dam was built in 1974, and talks have failed four times.'
	{
		pages 1 60 https://example.org/
		pages 61 63 https://example.org/ "$told"
		pages 64 170 https://example.org/
		pages 171 171 https://example.org/ "$told"
	} >in
	strip-chrome --site-memory m <in >out
	[[ $(kept "$told") == 4 && $(kept "$notice") -le 3 ]]
}

@test "site-memory: the headline that other pages tease stays over its article" {
	local headline='Ferry to the northern islands will sail again from Monday'
	pages 1 6 https://example.org/ "$headline" >teasers
	pages 10 10 https://example.org/ '' | sed "s/\t.*Sign in/\t$headline | The Example\\\\n$headline\\\\n/" >in
	strip-chrome <in >want
	[[ $(grep -c "$headline" want) == 1 ]]
	strip-chrome --site-memory m <teasers >out
	[[ $(tail -n 1 out) != *"$headline"* ]]
	strip-chrome --site-memory m <in | cmp - want
	# or is the first line itself; but not what all articles begin with
	sed "s/$headline | The Example..//" in >bare
	strip-chrome <bare >want
	[[ $(grep -c "$headline" want) == 1 ]]
	strip-chrome --site-memory m <bare | cmp - want
	pages 20 32 https://example.com/ '' | sed "s/\t.*Sign in../\t$notice\\\\n/" >in
	strip-chrome <in >out
	[[ $(kept "$notice") == 13 ]]
	strip-chrome --site-memory m <in | tail -n 1 >out
	[[ $(kept "$notice") == 0 ]]
}

@test "site-memory: what names the site" {
	pages 1 4 https://www.example.org/a/ >taught
	strip-chrome --site-memory m <taught >/dev/null
	pages 9 9 x | cut -f 2 >page
	while read -r id known; do
		printf '%s\t%s\n' "$id" "$(cat page)" | strip-chrome --site-memory m -r >out
		[[ $(kept "$notice") == $((1 - known)) ]] || { echo "id: $id"; return 1; }
	done <<-'END'
	https://example.org/ 1
	http://www.example.org 1
	HTTPS://WWW.Example.ORG:8080/x?y#z 1
	https://user:pass@example.org./x 1
	spool/www.example.org/2025/06/page.html 1
	./example.org/index.html 1
	https://www.example.org.example.com/ 0
	https://other.example.org/ 0
	https://example.com/https://www.example.org/ 0
	example.org 0
	page.html 0
	1 0
	END
	while IFS='|' read -r field known; do
		printf 'a\t%s\tb\t%s\n' "$field" "$(cat page)" | strip-chrome --site-memory m -r --site-field 2 >out
		[[ $(kept "$notice") == $((1 - known)) ]] || { echo "field: $field"; return 1; }
	done <<-'END'
	https://example.org/x|1
	Example.org|1
	www.example.org|1
	example|0
	-|0
	END
	# a name of one's own
	sed 's/\t/\tThe Example\t/' taught | strip-chrome --site-memory named --site-field 2 >/dev/null
	printf 'a\tthe example\t%s\n' "$(cat page)" | strip-chrome --site-memory named -r --site-field 2 >out
	[[ $(kept "$notice") == 0 ]]
	# none is told, once, and does no harm
	printf 'a\t%s\nb\t%s\n' "$(cat page)" "$(cat page)" >in
	strip-chrome --site-memory m <in >out 2>err
	said 'stdin:1: field 1 names no site (--site-field), judged without the memory: 2 records, this was the first'
	[[ $(wc -l <err) == 1 ]]
	strip-chrome <in | cmp - out
}

@test "site-memory: text and HTML teach each other" {
	pages 1 5 https://example.org/ >text
	pages 6 6 https://example.org/ | cut -f 2 | sed 's/\\n/\n/g' | sed 's/.*/<p>&<\/p>/' >page.html
	strip-chrome --site-memory m <text >/dev/null
	mkdir example.org
	cp page.html example.org
	strip-chrome page.html >out
	[[ $(kept "$notice") == 1 ]]
	strip-chrome --site-memory m example.org/page.html >out
	[[ $(kept "$notice") == 0 && $(kept 'He said so') == 1 ]]
}

@test "site-memory: numbers, case and marks make no other line" {
	for i in 1 2 3 4 5; do
		pages "$i" "$i" https://example.org/ "READ BY $((i * 317)) PEOPLE — in the last $i hours, who then told $((i * 3)) of their friends about it at once."
	done | strip-chrome --site-memory m | tail -n 2 >out
	[[ $(kept PEOPLE) == 0 ]]
}

@test "site-memory: --explain says what the memory adds" {
	pages 1 5 https://example.org/ >in
	strip-chrome --site-memory m --explain <in >out
	[[ $(grep -F "$notice" out | tail -n 1 | cut -f 2,4) == drop$'\t''on 4 of 4 other pages of the site -'[0-9].[0-9][0-9]* ]]
	[[ $(awk -F '\t' 'NF != 5' out) == '' ]]
	pages 1 5 https://example.org/ | strip-chrome --explain | cut -f 1,5 >want
	cut -f 1,5 out | diff want -
}

@test "site-memory: it is bounded, and what is seen again outlives the rest" {
	local most=110000
	(ulimit -v $most && strip-chrome </dev/null) || skip 'this program takes more to begin with (sanitizers)'
	pages 1 5 https://example.org/ | strip-chrome --site-memory m >/dev/null
	awk 'BEGIN {
		for (d = 1; d <= 1000; d++) {
			printf "https://example.com/%d\t", d
			for (i = 0; i < 2000; i++) {
				n = n + 1
				k = n
				s = ""
				do { s = s sprintf("%c", 97 + k % 26); k = int(k / 26) } while (k > 0)
				printf "line %s\\n", s
			}
			print ""
		}
	}' | (ulimit -v $most && strip-chrome --site-memory m) >/dev/null
	[[ $(stat -c %s m/*.row) -le $((16 + 20 * 1048576)) ]]
	grep -q '^lines .* 1048576 ' m/MANIFEST
	pages 6 6 https://example.org/ | strip-chrome --site-memory m >out
	[[ $(kept "$notice") == 0 ]]
}

@test "site-memory: writers take turns, readers go on" {
	pages 1 5 https://example.org/ | strip-chrome --site-memory m >/dev/null
	pages 6 6 https://example.org/ >next
	for i in 1 2 3 4 5 6; do
		pages "$((i * 10))" "$((i * 10 + 9))" "https://site$i.example/" | strip-chrome --site-memory m >/dev/null 2>&1 &
		strip-chrome --site-memory m -r <next >out
		[[ $(kept "$notice") == 0 ]] || touch bad
	done
	wait
	[[ ! -e bad ]]
	grep -qx 'generation 7' m/MANIFEST
	for i in 1 2 3 4 5 6; do
		pages 99 99 "https://site$i.example/" | strip-chrome --site-memory m -r >out
		[[ $(kept "$notice") == 0 ]]
	done
	flock m/lock strip-chrome --site-memory m --read-only <next >out
}

@test "site-memory: --read-only adds nothing" {
	pages 1 5 https://example.org/ >in
	strip-chrome --site-memory m <in >/dev/null
	cp -r m before
	strip-chrome --site-memory m --read-only <in >/dev/null
	diff -r m before
	feed '' strip-chrome --site-memory missing -r
	[[ $status == 2 && ! -e missing ]]
	mkdir empty
	feed '' strip-chrome --site-memory empty -r
	[[ $status == 2 ]]
	said 'not a memory of sites'
}

@test "site-memory: a run without pages writes nothing but a new memory" {
	feed '' strip-chrome --site-memory m
	grep -qx 'generation 1' m/MANIFEST
	cp -r m before
	feed '' strip-chrome --site-memory m
	feed 'a\tA page of no site.\n' strip-chrome --site-memory m
	diff -r m before
}

@test "site-memory: damage is told, and what to do" {
	pages 1 5 https://example.org/ >in
	strip-chrome --site-memory m <in >/dev/null
	row=$(echo m/*.row)
	export row
	cp -r m good
	while IFS='@' read -r how want what; do
		rm -r m
		cp -r good m
		eval "$how"
		for more in '' -r; do
			# shellcheck disable=SC2086
			feed '' strip-chrome --site-memory m $more
			[[ $status == "$want" ]] || { echo "$how: status $status"; return 1; }
			said "$what" || { echo "$how"; return 1; }
		done
	done <<-'END'
	printf '\252' | dd of="$row" bs=1 seek=300 conv=notrunc 2>/dev/null@1@damaged: its checksum is wrong: remove the folder to begin anew
	truncate -s -1 "$row"@1@cut short: remove the folder
	printf '\7' | dd of="$row" bs=1 seek=8 conv=notrunc 2>/dev/null@1@of another byte order: remove the folder
	rm "$row"@1@the file it names is missing: remove the folder
	sed -i s/generation/Generation/ m/MANIFEST@1@MANIFEST: damaged: its checksum is wrong: remove the folder
	sed -i '1s/1/2/' m/MANIFEST@2@copydesk-sites version 2, this program reads 1: remove the folder
	sed -i '1s/.*/copydesk-index 1/' m/MANIFEST@2@not a memory of sites
	END
}

@test "site-memory: an index of find-copies is none, nor the other way round" {
	fingerprint <"$TOP/tests/feed/lines.tsv" | find-copies -d seen >/dev/null
	pages 1 3 https://example.org/ >in
	status=0
	strip-chrome --site-memory seen <in >out 2>err || status=$?
	[[ $status == 2 && ! -s out ]]
	said 'seen: not a memory of sites'
	strip-chrome --site-memory m <in >/dev/null
	feed '' find-copies -d m
	[[ $status == 2 ]]
	said 'm: not an index'
}

@test "site-memory: a run that ends early adds nothing" {
	pages 1 5 https://example.org/ >in
	strip-chrome --site-memory m <in >/dev/null
	cp -r m before
	{ pages 11 15 https://example.org/; printf '\tno id\n'; } >late
	feed '' true
	status=0
	strip-chrome --site-memory m --strict <late >/dev/null 2>err || status=$?
	[[ $status == 1 ]]
	diff -r m before
	status=0
	strip-chrome --site-memory m <late >/dev/full 2>err || status=$?
	[[ $status == 1 ]]
	diff -r m before
}

@test "site-memory: options that make no sense are usage errors" {
	while read -r options; do
		# shellcheck disable=SC2086
		feed '' strip-chrome $options
		[[ $status == 2 && ! -e x ]] || { echo "options: $options: $status"; return 1; }
	done <<-'END'
	--read-only
	--site-field 2
	--site-memory x --site-field 0
	--site-memory x --site-field two
	END
}
