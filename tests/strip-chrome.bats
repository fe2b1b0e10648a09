#!/usr/bin/env bats
# strip-chrome: what it keeps, what it drops, and that it changes nothing else.

# fixtures go through printf as they are; files may be called like commands
# shellcheck disable=SC2059,SC2094,SC2238
load helper

# A page as a scraper dumps it; the sentences are ours.
article='The harbour of Port Aldous will close to heavy ships for three days next week while divers inspect the northern breakwater, officials said on Tuesday.\\nEngineers found the first cracks in the wall after the storm in March, and two more surveys have shown that the damage reaches below the waterline.\\n\xe2\x80\x9cWe would rather lose three days now than thirty in the winter,\xe2\x80\x9d said Marta Quill, who has run the port since 2019. \xe2\x80\x9cThe wall is safe, but it is old.\xe2\x80\x9d\\nFerries to the islands will sail from the fishing quay in the meantime, and buses will run between the two harbours every twenty minutes.\\nThe inspection is expected to cost about 400,000 crowns, which the city and the shipping companies will share.'
above='Home\\nNews\\nSport\\nWeather\\nSubscribe\\nSign in\\n'
below='\\nShare this article\\nRelated articles\\nMayor Opens New Library in Old Town Hall\\nFish Prices Fall for the Third Month\\nLeave a Comment\\nPrivacy Policy\\nTerms of Use'

@test "strip-chrome: menus above and links below go, the article stays" {
	feed "a\t$above$article$below\n" strip-chrome
	want "a\t$article\\\\n\n"
}

@test "strip-chrome: an article alone comes out as it went in" {
	feed "a\t$article\n" strip-chrome
	want "a\t$article\n"
}

@test "strip-chrome: carried fields stand, one record out for one in" {
	feed "a\tx\ty\\\\z\t$above$article\nb\t-\t-\tHome\nc\t-\t-\t\n" strip-chrome
	want "a\tx\ty\\\\z\t$article\nb\t-\t-\t\nc\t-\t-\t\n"
}

@test "strip-chrome: CR LF and blank lines stay" {
	local crlf=${article//\\\\n/\\\\r\\\\n\\\\r\\\\n}
	feed "a\t$crlf\n" strip-chrome
	want "a\t$crlf\n"
}

@test "strip-chrome: an invitation at a line's end is cut off" {
	while IFS='|' read -r why tail; do
		feed "a\t$article $tail\n" strip-chrome
		want "a\t$article\n" || {
			echo "case: $why"
			return 1
		}
	done <<-'EOF'
		elsewhere|Read Full Article at Example.com
		in brackets|[Read more]
		to the source|Continue reading at The Example
		with dots|Read more…
		with three of them|Continue reading...
		with dots in brackets|[Read more...]
		of a blog|(more…)
		with an arrow behind a no-break space|Continue reading\xc2\xa0→
		of a feed|The post Harbour closes appeared first on Example.
	EOF
}

@test "strip-chrome: a line that begins as notices to readers do goes, from a clean article too" {
	local more='Divers had been told to expect cold water and little light, and they came back with pictures of both.'
	while IFS= read -r notice; do
		feed "a\t$article\\\\n$notice\\\\n$more\n" strip-chrome
		want "a\t$article\\\\n$more\n" || {
			echo "case: $notice"
			return 1
		}
		feed "a\t$article\\\\n$notice\\\\n$more\n" strip-chrome --keep-captions
		want "a\t$article\\\\n$more\n"
	done <<-'EOF'
		Sign up for our morning briefing: the news of the harbour, in your inbox before breakfast.
		STORY CONTINUED BELOW
		Like what you\xe2\x80\x99re reading? There is more of it for one crown a week.
		Copyright 2026 The Port Aldous Mail. Reprinting without permission is a crime.
		We have a small favour to ask. Fewer people buy this newspaper than read it, and you may be one of them.
		This article originally appeared in the Port Aldous Mail.
	EOF
	while IFS='|' read -r why words; do
		feed "a\t$article\\\\n$words\\\\n$more\n" strip-chrome
		want "a\t$article\\\\n$words\\\\n$more\n" || {
			echo "case: $why"
			return 1
		}
	done <<-EOF
		the article glued to it|Story continued belowThe wall was built in 1911, when the harbour was dredged, and raised by a metre after the floods.
		the article glued behind a sentence|Thank you for signing up!The wall was built in 1911, when the harbour was dredged, and raised by a metre after the floods.
		a longer word|Sign up for ours, the minister told the captains of the other harbour, and we will sign up for yours.
		an article in one line|Sign up for our briefing. ${article//\\\\n/ }
	EOF
	local shown='Media playback is unsupported on your device Media caption The divers came back with pictures of the northern breakwater.'
	feed "a\t$article\\\\n$shown\\\\n$more\n" strip-chrome
	want "a\t$article\\\\n$more\n"
	feed "a\t$article\\\\n$shown\\\\n$more\n" strip-chrome --keep-captions
	want "a\t$article\\\\n$shown\\\\n$more\n"
}

@test "strip-chrome: openings are of the bytes that are looked at, and in lower case" {
	awk -F '\t' '!/^# / && (length($1) < 8 || length($1) > 39 || $1 != tolower($1) || $1 ~ /[1-9]/)' \
		"$TOP/tools/strip-chrome/openings.tsv" >out
	[ ! -s out ]
}

@test "strip-chrome: a paragraph right above a picture's credit stays, and a line that only looks like a credit" {
	local blank=${article//\\\\n/\\\\n\\\\n} more='Nobody knows yet whether the old lighthouse at the end of the wall will have to be taken down for the work.'
	local last='The pilots of the port have asked for two more tugs, since the ships that wait outside drift towards the rocks at low tide.'
	feed "a\t$blank\\\\n\\\\n$last\\\\n(Photo: Jo Doe/Reuters)\\\\n\\\\n$more\n" strip-chrome
	want "a\t$blank\\\\n\\\\n$last\\\\n\\\\n$more\n"
	local work='They have a licence from the state for the work that they do, and another one for what they bring (Boats/Divers)'
	feed "a\t$article\\\\n$work\\\\n$last\n" strip-chrome
	want "a\t$article\\\\n$work\\\\n$last\n"
}

@test "strip-chrome: a picture's caption goes by the credit at its end, and where what it shows says the same" {
	local more='Divers had been told to expect cold water and little light, and they came back with pictures of both.\\nThe harbour master said that she would write to the owners of the larger ships before the end of the week.\\nNobody knows yet whether the old lighthouse at the end of the wall will have to be taken down for the work.'
	local shown='The northern breakwater of Port Aldous, seen from the lighthouse at the end of the wall on Tuesday, when the divers who had come from the capital were at work in the harbour for the first time.'
	while IFS= read -r credit; do
		feed "a\t$above$article\\\\n$shown$credit\\\\n$more$below\n" strip-chrome
		want "a\t$article\\\\n$more\\\\n\n" || {
			echo "case: $credit"
			return 1
		}
		feed "a\t$article\\\\n$shown$credit\\\\n$more\n" strip-chrome --keep-captions
		want "a\t$article\\\\n$shown$credit\\\\n$more\n"
	done <<-'EOF'
		 (AP)
		 (AP Photo/Jo Doe, File)
		 Jo Doe/Reuters
		 Photograph: Jo Doe
		 Photo by Jo Doe
		 Image courtesy of Port Aldous
		 Image credit: Port Aldous.
		Credit: Jo Doe
		Jo Doe
	EOF
	feed "a\t$above$article\\\\n$shown $shown\\\\n$more$below\n" strip-chrome
	want "a\t$article\\\\n$more\\\\n\n"
	while IFS= read -r words; do
		feed "a\t$article\\\\n$shown$words\\\\n$more\n" strip-chrome
		want "a\t$article\\\\n$shown$words\\\\n$more\n" || {
			echo "case: $words"
			return 1
		}
	done <<-'EOF'
		 She had sold the picture to Reuters.
		 The photograph was by Jo Doe.
		 The bank gave the port credit: it had no choice.
	EOF
}

@test "strip-chrome: known phrases go wherever they stand" {
	local more='Divers had been told to expect cold water and little light, and they came back with pictures of both.\\\\nThe harbour master said that she would write to the owners of the larger ships before the end of the week.\\\\nNobody knows yet whether the old lighthouse at the end of the wall will have to be taken down for the work.'
	while read -r line; do
		feed "a\t$article\\\\n$line\\\\n$more\n" strip-chrome
		want "a\t$article\\\\n$more\n" || {
			echo "case: $line"
			return 1
		}
	done <<-'EOF'
		Advertisement
		You may also like
		Leave a Reply
		WATCH | Divers at work below the old lighthouse:
		Tags: harbour, storm, divers
	EOF
}

@test "strip-chrome: headlines in whole sentences, one below the other, go" {
	local list='Harbour master tells of the night the lighthouse went dark over the bay\\nSinger returns to the island stage after ten years in the capital city\\nWhy the price of cod has doubled since the new boats came to the coast\\nMother of three wins the long race around the lake in borrowed shoes\\nCouncil wants to plant four hundred trees along the old railway line\\nTwins born on either side of midnight will have their birthdays apart\\nThe ferry captain who reads the news aloud to his passengers every day\\nFarmers warn of a poor harvest as the river falls to its lowest mark\\nSchool finds a letter of 1912 behind the panels of its music room'
	feed "a\t$article\\\\n$list\n" strip-chrome
	want "a\t$article\\\\n\n"
}

@test "strip-chrome: lists of headlines go, wherever they begin and end among the units of a vector and of a set" {
	headlines() {
		awk -v n="$1" 'BEGIN {
			split("Mayor Captain Singer Farmer Teacher Doctor Painter Sailor Baker Judge Nurse", who, " ")
			split("Opens Visits Paints Buys Sells Finds Leaves Praises Mends Guards Plants Rents Moves", does, " ")
			split("Library Lighthouse Orchard Bakery Museum Station Theatre Bridge Garden School Mill Tower Quay Castle Market Chapel Barn", what, " ")
			for (i = 0; i < n; i++)
				printf "%s %s Old %s\\n", who[1 + i % 11], does[1 + i % 13], what[1 + i % 17]
		}'
	}
	local n
	for n in 4 11 12 15 16 17 58 59 60 63 64 65 130 300; do
		printf "h$n\t$article\\\\n%s\n" "$(headlines $n)"
		printf "f$n\t%s$article\n" "$(headlines $n)"
	done >in
	strip-chrome <in | cut -f 2 | sed 's/\\n$//' | sort -u >out
	want "$article\n"
}

@test "strip-chrome: boxes of products between paragraphs go by the labels they repeat" {
	local lead='We have boiled water in eleven kettles for six weeks, in a kitchen and in an office, and measured how long they take and how loud they are. Three of them we can recommend without reserve.'
	local one='The Brindle kettle boils a litre in under three minutes and is quiet enough for a shared office. Its handle stays cool, and after a year of daily use the lid of ours still closes as it should.'
	local two='If there is room for one thing on the shelf, the Tarn kettle makes tea and coffee at the right heat, and it keeps the water warm for an hour. We would buy it again, although the lamp at its side cannot be switched off.'
	local three='Whoever has hard water should look at the Ostra, which comes with a filter and can be taken apart without tools. It takes longer than the others, and the cable is short, but nothing in it has broken so far.'
	local last='We have returned all the other kettles to their makers, who will sell them as used goods or give them to schools.'
	local first='Boils a litre in three minutes\\nQuiet enough for an office\\n%sNo thermometer\\nThe lid is hard to clean\\n'
	local second='Five temperatures to choose from\\nKeeps the water warm for an hour\\n%sThe lamp cannot be switched off\\nRather heavy when it is full\\n'
	local third='Comes with a filter for hard water\\nCan be taken apart without tools\\n%sTakes longer than the others\\nThe cable is short\\n'
	feed "a\t$above$lead\\\\n$one\\\\nPros\\\\n${first/\%s/Cons\\\\n}$two\\\\nPros\\\\n${second/\%s/Cons\\\\n}$three\\\\nPros\\\\n${third/\%s/Cons\\\\n}$last$below\n" strip-chrome
	want "a\t$lead\\\\n$one\\\\n$two\\\\n$three\\\\n$last\\\\n\n"
	# the same without labels is the article's own
	feed "a\t$above$lead\\\\n$one\\\\n${first/\%s/}$two\\\\n${second/\%s/}$three\\\\n${third/\%s/}$last$below\n" strip-chrome
	grep -q 'Keeps the water warm for an hour\\nThe lamp cannot be switched off' out
}

@test "strip-chrome: a checklist of the article stays, however long" {
	local list='* Walk around the house and look for cracks where pipes enter the wall\\n* Clear the gutters of leaves so that meltwater can run off freely\\n* Drain the garden tap and turn off the valve that feeds it\\n* Hold a candle to each window frame and mark where it flickers\\n* Fill gaps under the doors with a brush strip from any hardware shop\\n* Bleed the radiators one by one and start with the lowest floor\\n* Wrap the hot water pipes in the cellar with foam of two centimetres\\n* Check that the attic hatch closes well and lay insulation on it\\n* Have the boiler looked at before the first cold week of the year\\n* Test the smoke alarms and put in new batteries where they chirp\\n* Move beds and desks away from outer walls that feel damp to the hand\\n* Write down the meter reading so that the next bill can be compared'
	local before='The office has now put the answers of its engineers on one sheet. None of the jobs takes more than an afternoon, and only two of them need a ladder.' after='"People expect that they have to spend thousands," said Martin Oake, who heads the advice line. "In fact a tube of sealant and a free Saturday do more than half of it."'
	feed "a\t$before\\\\n$list\\\\n$after\n" strip-chrome
	want "a\t$before\\\\n$list\\\\n$after\n"
}

@test "strip-chrome: -v writes what would be dropped" {
	feed "a\t$above$article$below\n" strip-chrome -v
	want "a\t$above${below#\\\\n}\n"
}

@test "strip-chrome: --explain has a record for each line" {
	feed "a\t$above$article$below\n" strip-chrome --explain
	[[ $(wc -l <out) == 18 ]]
	[[ $(cut -f 1,2 out | sort | uniq -c | tr -s ' ') == $' 13 a\tdrop\n 5 a\tkeep' ]]
	[[ $(awk -F'\t' 'NF != 5 || $3 !~ /^[+-][0-9]+\.[0-9][0-9]$/' out) == '' ]]
}

@test "strip-chrome: lines wrapped to a width are kept or dropped together" {
	local wrapped
	wrapped=$(printf "$article" | sed 's/\\n/\n\n/g' | fmt -w 72 | sed 's/^/   /')
	{ printf '   * Home\n   * News\n   * Sport\n\n%s\n\n   * About us\n   * Contact\n' "$wrapped"; } >page.txt
	strip-chrome -p page.txt >out
	printf '%s\n\n' "$wrapped" >want
	diff -u want out
}

@test "strip-chrome: a line of hashtags goes, one word behind a number sign stays" {
	for tags in '#PortAldous #Breakwater' '#Breakwater  #Harbour #Storms'; do
		printf "1\t$article\\n$tags\\n#Conclusion\\nWork on the wall itself will begin in the autumn, say the engineers.\n" |
			strip-chrome -p >out
		grep -qx '#Conclusion' out
		if grep Harbour out; then false; fi
		if grep '#Breakwater' out; then false; fi
	done
}

@test "strip-chrome: an invitation that is the last of lines wrapped to a width leaves none" {
	local wrapped
	wrapped=$(printf "$article\\nWork on the wall itself will begin in the autumn, say the engineers." |
		sed 's/\\n/\n\n/g' | fold -s -w 69 | sed 's/ *$//; s/^./   &/')
	printf '%s\n   Continue reading at the Example\n\n   Home\n' "$wrapped" >page.txt
	strip-chrome -p page.txt >out
	printf '%s\n\n' "$wrapped" >want
	diff -u want out
	# and as it is written in a record
	{ printf 'a\t' && sed -z 's/\n/\\n/g' page.txt && echo; } | strip-chrome -p >out
	diff -u want out
}

@test "strip-chrome: captions that were wrapped go, whatever ends their lines" {
	local shown='A diver at the northern breakwater of Port Aldous on Tuesday, seen from the old lighthouse at the end of the wall'
	for caption in "$shown $shown" "$shown. Photograph: Jo Ann Maria Doe/Port Aldous Harbour"; do
		printf "$above$article\\\\n$caption\\\\nWork on the wall itself will begin in the autumn, when the ferries have fewer passengers.$below$below" |
			sed 's/\\n/\n\n/g' | fold -s -w 72 >page.txt
		strip-chrome -p page.txt >want
		if grep lighthouse want; then false; fi
		sed 's/$/\r/' page.txt >crlf.txt
		strip-chrome -p crlf.txt | tr -d '\r' >out
		diff -u want out
	done
}

html() { printf '<!DOCTYPE html><html lang="en"><head><title>Harbour to close | The Example</title>%s</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav><article><h1>Harbour to close</h1>' "$1"
	printf "$article" | sed 's/\\n/\n/g' | sed 's/.*/<p>&<\/p>/'
	printf '</article><aside class="related"><h3>Related</h3><ul><li><a href="/1">Mayor opens new library</a></li></ul></aside><footer>&copy; The Example</footer><script>var a = "<p>no</p>";</script></body></html>\n'; }

@test "strip-chrome: HTML, raw and in a record, by itself and by force" {
	local body
	body=$(printf "$article" | sed 's/\\n/\n/g')
	html >page.html
	strip-chrome -p page.html >out
	tail -n 5 out | diff -u <(printf '%s\n' "$body") -
	run ! grep -e library -e Home -e "<" -e "The Example" out
	needs jq
	jq -Rrs '["a", .] | @tsv' <page.html | strip-chrome >one
	jq -Rrs '["a", .] | @tsv' <page.html | strip-chrome --html >two
	cmp one two
	[[ $(cut -f 2 one) == *'every twenty minutes.\nThe inspection'* ]]
	strip-chrome --text --explain page.html | grep -q '<nav>'
}

# An HTML page with the lines of a file between the article's paragraphs, and a class around all of them.
@test "strip-chrome: HTML is the same however its tags are written" {
	html | sed 's/<p>/<p class="text">/' >page.html
	strip-chrome --html --explain - <page.html >want
	[[ $(wc -l <want) -gt 8 ]]
	for how in 's,</p>,</P>,g; s,</li>,</LI>,g; s,</h1>,</H1>,g' 's,</\([a-z0-9]*\)>,</\1 >,g' 's,<p>,<P>,g; s,<li>,<Li>,g; s,<a ,<A ,g' \
		's,<\([a-z0-9]*\)>,<\1 >,g' 's/href="\([^"]*\)"/href=\1/g; s/class="\([^"]*\)"/CLASS = '"'\\1'/g"; do
		sed "$how" page.html >other.html
		run ! cmp -s page.html other.html
		strip-chrome --html --explain - <other.html >out
		diff -u want out || { echo "written: $how"; return 1; }
	done
}

@test "strip-chrome: a page cut at any byte is one record" {
	html '<meta name="author" content="Ann O&#39;Dyne">' >page.html
	jq -Rrs '. as $page | range(1; length) | [., $page[:.]] | @tsv' <page.html >in
	for option in --html --text; do
		strip-chrome $option <in >out
		[[ $(wc -l <out) == $(wc -l <in) ]]
	done
}

between() { printf '<!DOCTYPE html><html><body class="%s"><nav><a href="/">Home</a></nav><div class="%s"><div class="text">' "$2" "$2"
	printf "$article" | sed 's/\\n/\n/g' | sed "s/.*/<p>&<\/p>/; 3r $1"
	printf '</div></div><footer>&copy; The Example</footer></body></html>\n'; }

@test "strip-chrome: in HTML headlines one below the other are links; what is none stays" {
	printf '%s\n' 'Divers look at the wall between seven and eleven in the morning' 'Boats of the harbour keep a hundred metres away from the divers' \
		'Buses leave from the market square and stop at the fishing quay' 'Fishermen land their catch at the southern pier until Friday night' \
		'Lorries wait on the northern road and not in front of the gates' 'Tickets for the ferry are sold on board and at the town hall' \
		'Sailors of the larger ships may sleep at the mission in Bell Street' 'Children can watch the work from the steps of the old lighthouse' \
		'Samples of the wall are sent to the laboratory in the capital' >list
	sed 's/.*/<p>&<\/p>/' list >own
	between own page >page.html
	strip-chrome -p page.html >out
	grep -F -x -f list out | diff -u list -
	sed 's/.*/<p><a href="\/story">&<\/a><\/p>/' list >links
	between links page >page.html
	strip-chrome -p page.html >out
	run ! grep -F -x -f list out
}

@test "strip-chrome: a class around the whole page says nothing of its lines" {
	: >none
	between none 'with-sidebar promo comments-open' >page.html
	strip-chrome -p page.html >out
	printf "$article\\n" | sed 's/\\n/\n/g' | diff -u - out
}

@test "strip-chrome: the order of a tag's attributes says nothing, however many words are in them" {
	local words='one two three four five six seven' class id
	for order in 'class id' 'id class'; do
		printf '<!DOCTYPE html><html><body>'
		for id in article content main; do
			class="class='$words sidebar'" id="id='$words $id'"
			[[ $order == class* ]] && printf "<div $class $id>" || printf "<div $id $class>"
		done
		printf "$article" | sed 's/\\n/\n/g' | sed 's/.*/<p>&<\/p>/'
		printf '</div></div></div></body></html>\n'
	done >pages
	strip-chrome --html --explain - < <(head -n 5 pages) >want
	strip-chrome --html --explain - < <(tail -n 5 pages) | diff -u want -
	[[ $(wc -l <want) == 5 ]]
}

@test "strip-chrome: a form around the whole page says nothing of its lines, one around a few does" {
	printf '<p>Write to us, and we will call you back on the same day.</p>\n' >line
	sed 's/.*/<form>&<\/form>/' line >form
	between line text >page.html
	strip-chrome --html --explain - <page.html >want
	sed 's/<body[^>]*>/&<form method="post" action=".\/page.aspx">/; s/<\/body>/<\/form>&/' page.html >whole.html
	run ! cmp -s page.html whole.html
	strip-chrome --html --explain - <whole.html | diff -u want -
	between form text | strip-chrome --html --explain - >out
	[[ $(grep 'Write to us' want | cut -f 3) != "$(grep 'Write to us' out | cut -f 3)" ]]
}

@test "strip-chrome: a heading that is a button is text" {
	printf '<h3><button aria-expanded="false">Who pays for the work on the wall?</button></h3>\n<button>Show more</button>\n' >heading
	between heading text >page.html
	strip-chrome -p page.html >out
	printf "$article\n" | sed 's/\\n/\n/g' | sed '3a Who pays for the work on the wall?' | diff -u - out
}

@test "strip-chrome: what stands in the JSON-LD body is more surely the article, what does not is less" {
	local body
	body=$(printf "$article" | sed 's/\\n/ /g')
	printf '<p>The council of the town met at noon.</p>\n' >other
	between other page >bare.html
	{ printf '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"%s","inLanguage":"en"}</script>' "$body"
		cat bare.html; } >page.html
	for page in bare page; do
		strip-chrome --html --explain $page.html | cut -f 3,5 >$page.lines
	done
	paste bare.lines page.lines | awk -F '\t' '
		/council/ { outside = $3 < $1 - 1 }
		/The harbour of/ { inside = $3 > $1 + 1 }
		END { exit !(inside && outside) }'
}

@test "strip-chrome: a link that stands in the JSON-LD body is not the article's for that" {
	local line='Fish prices fall for the third month' body part
	body=$(printf "$article" | sed 's/\\n/ /g')
	printf '<p>%s</p>\n' "$line" >plain
	printf '<p><a href="/fish">%s</a></p>\n' "$line" >link
	for part in plain link; do
		{ printf '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"%s %s"}</script>' "$body" "$line"
			between $part page; } >page.html
		strip-chrome --html --explain page.html | awk -F '\t' -v line="$line" '$5 == line { print $3 }' >$part.score
	done
	paste plain.score link.score | awk '{ exit !($1 > $2 + 3) }'
}

@test "strip-chrome: in pre CR, LF and CR LF end a line, wherever references stand" {
	for line in 'Sailed on Monday' 'Sailed &amp; moored'; do
		printf '<!DOCTYPE html><pre>%s\r%s\r\n%s\n%s</pre>' "$line" "$line" "$line" "$line" >page.html
		[[ $(strip-chrome --explain page.html | wc -l) == 4 ]]
	done
}

@test "strip-chrome: JSON-LD is a script's; what another element calls so is text" {
	printf '<p><a href="/x" type="application/ld+json">The same as data</a> for machines</p>' >part
	between part page >page.html
	strip-chrome --explain page.html | cut -f 5 | grep -x 'The same as data for machines'
}

@test "strip-chrome: --metadata by trust, missing is -" {
	html '<meta property="og:title" content="Graph title"><meta name="author" content="Ann O&#39;Dyne"><meta property="og:site_name" content="The Example"><meta property="article:published_time" content="2 June 2025"><script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Harbour \u201cto close\u201d","datePublished":"2025-06-03T10:00:00+02:00"}]}</script>' >page.html
	strip-chrome --metadata page.html >out
	[[ $(cut -f 2-7 out) == $'Harbour “to close”\t2025-06-03T10:00:00+02:00\tAnn O\'Dyne\tThe Example\t-\ten' ]]
	feed 'a\tHome\n' strip-chrome --metadata
	want 'a\t-\t-\t-\t-\t-\t-\t\n'
	html '<meta name="author" content=" By Ann Lee "><link rel="canonical" href=" https://example.org/a">' >page.html
	[[ $(strip-chrome --metadata page.html | cut -f 4,6) == $'Ann Lee\thttps://example.org/a' ]]
}

@test "strip-chrome: dates" {
	while IFS='|' read -r said date; do
		html "<meta name=\"date\" content=\"$said\">" >page.html
		[[ $(strip-chrome --metadata page.html | cut -f 3) == "$date" ]] || {
			echo "case: $said"
			return 1
		}
	done <<-'EOF'
		2025-06-02|2025-06-02
		2025-06-02 13:05:00|2025-06-02T13:05:00
		2025-06-02T13:05:00.000Z|2025-06-02T13:05:00.000Z
		June 2, 2025|2025-06-02
		Mon, 02 Jun 2025 13:00:00 +0300|2025-06-02
		2025-06-02T13:05+0300|2025-06-02T13:05+03:00
		2025-06-02 13:05:00 -03:30|2025-06-02T13:05:00-03:30
		2025-06-02 13:05:00 UTC|2025-06-02T13:05:00Z
		2025-06-02 13:05:00 GMT+02:00|2025-06-02T13:05:00+02:00
		2025-06-02 13:05:00 UTC+3|2025-06-02T13:05:00
		2025-06-02 13:05 Zurich|2025-06-02T13:05
		10:30, 2 June 2025|2025-06-02
		1.05pm on the 2nd of June 2025|2025-06-02
		9 A.M. June 2, 2025|2025-06-02
		2 April 2025|2025-04-02
		2025-13-02|-
		last week|-
	EOF
}

@test "strip-chrome: hostile pages take no longer than others" {
	local unit
	for unit in '<' '<b>' '<div>' '</p>' '<!--' '<a b=' '&amp' '&' '"' '. ' '| ' '\\n' '<p><li><td>' '<script>' ' a' 'a\\n'; do
		{
			printf 'a\t<html>'
			printf "$unit%.0s" $(seq 2000) >unit
			for _ in {1..100}; do cat unit; done
			echo
		} >in
		timeout 10 strip-chrome <in >out || {
			echo "case: $unit"
			return 1
		}
		[[ $(wc -l <out) == 1 ]]
	done
}

@test "strip-chrome: a line of running text that is a whole article stays, a menu in one line does not" {
	local long
	long=$(printf 'sign up for the race %.0s| ' {1..100})
	feed "a\tHome\\\\nNews\\\\nSport\\\\n$long\\\\nContact us\n" strip-chrome
	want "a\t$long\\\\n\n"
	long=$(printf 'Photo Video %.0s| ' {1..300})
	feed "a\tHome\\\\nNews\\\\nSport\\\\n$long\\\\nContact us\n" strip-chrome
	want 'a\t\n'
}

@test "strip-chrome: of a line that stands twice on a page the first one stays" {
	local first='The council said on Monday that both of the old bridges had been mended in time.'
	local second='Traders on the quay had waited for eleven months, and some of them had given up.'
	feed "a\t$first\\\\n$second\\\\n$first\n" strip-chrome
	want "a\t$first\\\\n$second\\\\n\n"
	# whatever its case and marks
	feed "a\t$first\\\\n$second\\\\nThe Council said – on Monday – that both of the old bridges had been mended in time\n" strip-chrome
	want "a\t$first\\\\n$second\\\\n\n"
	# or cut off, behind more bytes than are looked at of a line
	first='The council said on Monday that both of the old bridges had been mended in time, and that the one below the weir, the older one, would be painted.'
	feed "a\t$first\\\\n$second\\\\n${first%one,*}…\n" strip-chrome
	want "a\t$first\\\\n$second\\\\n\n"
}

@test "strip-chrome: lines that only begin alike, or tell other figures, do not stand twice" {
	local begin='Under the plan that the council adopted last year after two rounds of talks with the people who live in the valley, the work on'
	local second='Traders on the quay had waited for eleven months, and some of them had given up.'
	feed "a\t$begin the northern bridge will begin in April.\\\\n$second\\\\n$begin the southern tunnel has to wait for three years.\n" strip-chrome
	cmp in out
	feed "a\tAt 10:15 on Friday the river stood at 3.42 metres above its usual level, and 120 houses had no power.\\\\n$second\\\\nAt 14:45 on Friday the river stood at 4.17 metres above its usual level, and 870 houses had no power.\n" strip-chrome
	cmp in out
}

@test "strip-chrome: a page is judged alike, whatever came before it" {
	# lines recur on other pages, some with a list mark, another number or another end
	sh "$TOP"/tests/bench/input.sh chrome 0.12 | awk '{
		if (NR % 3 == 0) gsub(/\\n/, "\\n* ")
		if (NR % 4 == 0) gsub(/\\n[A-Z]/, "\\n" NR "&")
		if (NR % 5 == 0) gsub(/\\n/, " - Read more at x.org&")
		print
	}' >in
	cat in in >twice
	strip-chrome --explain <twice >together
	while IFS= read -r line; do
		strip-chrome --explain <<<"$line"
	done <twice >alone
	cmp alone together
}

# Of each page its lines that are kept and dropped, and the sum of their scores in hundredths. Another
# model or rule changes them, nothing else may; BLESS=1 writes what they are now.
@test "strip-chrome: what the sample pages come to" {
	cd "$TOP/tests/feed"
	{
		strip-chrome --explain ./*.txt ./*.html
		sh ../bench/input.sh chrome 0.02 | strip-chrome --explain
		sh ../bench/input.sh html 0.02 | strip-chrome --explain
	} | awk -F '\t' '
		function page() { if (n++) print id, keep + 0, drop + 0, sum }
		$1 != id { page(); id = $1; keep = drop = sum = 0 }
		{ sub(/\./, "", $3); sum += $3; if ($2 == "keep") keep++; else drop++ }
		END { page() }' >"$BATS_TEST_TMPDIR/out"
	cd "$BATS_TEST_TMPDIR"
	[[ -z ${BLESS:-} ]] || cp out "$TOP/tests/fixtures/strip-chrome-scores"
	diff -u "$TOP/tests/fixtures/strip-chrome-scores" out
}

# Builds something in BATS_FILE_TMPDIR, without vectors.
plain() {
	[[ -f $TOP/Makefile ]] || skip 'nothing to build'
	needs make "${CC:-cc}"
	MAKEFLAGS='' make -s --no-print-directory -C "$TOP" B="$BATS_FILE_TMPDIR" CPPFLAGS=-DVEC_PLAIN "$BATS_FILE_TMPDIR/$1"
}

@test "strip-chrome: with vectors and without, the same" {
	plain bin/strip-chrome
	awk 'BEGIN {
		srand(1)
		n = split("the of and said Monday Police 2,500 3.5 A U.S READ don\047t l | : , . ? \" ( ) / @ \302\240 \302\273 \303\251t\303\251 \342\200\231 it\342\200\231s \342\200\234 \342\200\246 \360\237\230\200 internationalisations \001 & &amp; &copy=2 <b> </b> <p> <p\tCLASS=\047Comment-list\047> <li> </ul> <br/> <A href=x?a&b> <div id=a class=\"article body\"> <pre>", w, " ")
		for (i = 1; i <= 3000; i++) {
			text = i % 3 == 0 ? "<html><body>" : ""
			for (j = 3 + int(rand() * 200); j > 0; j--)
				text = text w[1 + int(rand() * n)] (rand() < .1 ? "\\n" : rand() < .1 ? "" : rand() < .1 ? "  " : " ")
			print i "\t" text
		}
	}' >in
	strip-chrome "$TOP"/tests/feed/*.txt >>in
	for how in --text --metadata --explain -v; do
		sed "$([[ $how == --explain ]] && echo 300q || echo 9999q)" in >some
		strip-chrome $how <some >vectors
		"$BATS_FILE_TMPDIR/bin/strip-chrome" $how <some >out
		cmp vectors out
	done
}

# Ten pages in every rendition of the trainer's data, each of a site of its own; two have HTML.
training_data() {
	local n r
	mkdir -p data/html
	for n in {0..9}; do
		printf "news-$n\t$article\n" | sed "s/Tuesday/day $n/" >>gold.tsv
		printf "news-$n\tnews\tsite$n.example\n" >>data/meta.tsv
		printf "news-$n\t$above$article$below\n" >>pages.tsv
		printf "news-$n\tXXXXXXCCCCCXXXXXXX\n" >>labels.tsv
	done
	gzip gold.tsv pages.tsv
	cp gold.tsv.gz data
	for r in blk nod lyn np4 rjs bpi; do
		cp pages.tsv.gz data/pages-$r.tsv.gz
		cp labels.tsv data/labels-$r.tsv
	done
	for n in 3 7; do html | gzip >data/html/news-$n.html.gz; done
}

@test "strip-chrome: its trainer writes the same model each time, and says what it cannot use" {
	local train="$BATS_FILE_TMPDIR/chrome-train" small=(trees1=2 trees2=2 trees3=2 rows=500 cands=4) wrong
	needs gzip
	plain chrome-train
	training_data
	mkdir cv "o'clock"
	"$train" -c cv -o one "${small[@]}" data
	[[ $(wc -l <cv/cv-blk.tsv) == 10 && $(wc -l <cv/cv-htm.tsv) == 2 ]]
	"$train" -o two "${small[@]}" data
	cmp one two
	# names are no commands
	mv data "o'clock"
	"$train" -o two "${small[@]}" "o'clock/data"
	cmp one two
	mv "o'clock/data" .
	# scores that are kept
	"$train" -k kept "${small[@]}" data 2>first
	"$train" -k kept -c cv "${small[@]}" data 2>again
	grep HTML again
	echo x >>kept
	run -2 "$train" -k kept "${small[@]}" data
	for wrong in depth=5 depth=0 depth3=1.5 trees1=3 lambda=0 rows=nan cands=0 seed=-1 depth= depth nonsense=1; do
		run -2 "$train" -o three "$wrong" data
		[[ $output == *"${wrong%%=*}"* ]]
	done
	run -2 "$train" -o nowhere/model data
	run -2 "$train" -c nowhere data
	run -2 "$train" data data
	cp -r data bad
	sed -i 1d bad/meta.tsv
	run -1 "$train" -o three bad
	[[ $output == *'meta.tsv: no domain of news-0'* ]]
	cp data/meta.tsv bad
	echo news-1 >>bad/labels-blk.tsv
	run -1 "$train" -o three bad
	[[ $output == *'labels-blk.tsv:11: '* ]]
	rm bad/labels-blk.tsv
	run -1 "$train" -o three bad
	[[ $output == *'labels-blk.tsv: cannot be read'* ]]
	sed 's/\t.*/\tCCCCCCCCCCCCCCCCCC/' data/labels-blk.tsv >all
	for wrong in bad/labels-{blk,nod,lyn,np4,rjs,bpi}.tsv; do cp all "$wrong"; done
	rm bad/html/*
	run -1 "$train" -o three "${small[@]}" bad
	[[ $output == *'no body or no chrome'* ]]
}

@test "strip-chrome: bad options are told" {
	run -2 strip-chrome --keep-headings=maybe </dev/null
	run -2 strip-chrome --captions </dev/null
}

@test "strip-chrome: escapes of JSON that are cut short do not eat what follows" {
	printf '<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"%s"}</script></head><body><p>The first ships left on Monday, the office said.</p></body></html>' \
		'A \u00eé \u00zz \u00e9t\u00e9 \ud83d\ude00 end' >page.html
	strip-chrome --metadata --html -i a page.html >out
	[ "$(cut -f 2 out)" = 'A �é �zz été 😀 end' ]
}

@test "strip-chrome: a headline in JSON that the page's end cuts keeps its last character" {
	for end in '' "\\"; do
		printf '<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Fähre am Café%s' "$end" >page.html
		strip-chrome --metadata --html -i a page.html >out
		[ "$(cut -f 2 out)" = 'Fähre am Café' ]
	done
}

# both classes had one number, by which the first page's was remembered
@test "strip-chrome: a page's classes say nothing of the next page's" {
	printf '<html><body><div class="comments=63~G)jD5+R@_<("><p>A line of no account.</p></div></body></html>' >a.html
	printf '<html><body><div class="article-body"><h2>Mill sold</h2>' >b.html
	printf '<p>The mill of the town was sold on %s, and nobody there had been told of it before.</p>' Monday Tuesday Friday >>b.html
	printf '</div></body></html>' >>b.html
	strip-chrome --explain b.html >alone
	strip-chrome --explain a.html b.html | grep '^b.html' | cmp - alone
}

@test "strip-chrome: what is no text ends where it ends, whatever is left open in it, and parts no line" {
	local one='The council said on Monday that both of the old bridges had been mended in time.'
	local two='Traders on the quay had waited for eleven months, and some of them had given up.'
	local many
	many=$(printf '<path d="M0"/>%.0s<option>a' {1..100})
	while IFS= read -r part; do
		html="<!DOCTYPE html><html><body><div><a href=x>$part</a></div><p>${one/said/said$part}</p><p>$two</p></body></html>"
		feed "a\t$html\n" strip-chrome
		want "a\t$one\\\\n$two\n" || {
			echo "case: ${part:0:80}"
			return 1
		}
	done <<-EOF
		<svg>$many</svg>
		<select>$many</select>
		<svg><g><path d="M0"></g><title>opens a window</title></svg>
		<svg><svg><title/></svg><text>no</text><style>p { }</style></svg>
		<template><p>no<ul><li>no<li>no</template>
		<noscript><p>no</noscript>
		<button><div>no</button>
		<video><p>no</video>
		<object><param name=a><table><tr><td>no</object>
		<svg><foreignObject><div>no</div></foreignObject><desc><p>no</p></desc><path d="M0"></svg>
		<select><option>no<select><option>no</select>
	EOF
	# without an end tag up to that of what is around it
	feed "a\t<!DOCTYPE html><html><body><div><canvas><div>no</div>no</div><p>$one</p><div><select><option>no<option>no</div><p>$two</p></body></html>\n" strip-chrome
	want "a\t$one\\\\n$two\n"
	# a template that is shown
	feed "a\t<!DOCTYPE html><html><body><x-story><template shadowrootmode=open>$one<p>$two</p></template></x-story></body></html>\n" strip-chrome
	want "a\t$one\\\\n$two\n"
}

@test "strip-chrome: behind a button or picture without an end tag stands text, as browsers have it" {
	local one='The council said on Monday that both of the old bridges had been mended in time.'
	local two='Traders on the quay had waited for eleven months, and some of them had given up.'
	while IFS= read -r part; do
		feed "a\t<!DOCTYPE html><html><body>$part<p>$one</p><div><p>$two</p></div></body></html>\n" strip-chrome
		grep -q "^a.*$one\\\\n$two\$" out || {
			echo "case: $part"
			cat out
			return 1
		}
	done <<-'EOF'
		<button>
		<button class=menu>Menu
		<button>Menu<button>Search</button>
		<div><button>Menu</div>
		<svg>
		<svg viewBox="0 0 1 1"><title>opens a menu</title><g><path d="M0">
		<a href="/"><svg><text>no</a>
		<math><mi>x
	EOF
}

@test "strip-chrome: a script in a page as deep as no page is, is no text" {
	{
		printf '<div>%.0s' {1..600}
		printf '<script>var words = "of a script";</script><style>p { margin: 0 }</style>'
		printf '<p>The mill of the town was sold on Monday, and nobody there had been told of it before.</p>'
		printf '</div>%.0s' {1..600}
		printf '<p>Its workers went home at noon and came back on Tuesday with a brass band and two banners.</p>'
	} >deep.html
	strip-chrome -p deep.html >out
	[[ $(<out) == 'The mill of the town was sold'*'before.'*'Its workers went home'* ]]
}

@test "strip-chrome: what the text of a feed's item looks like" {
	feed 'a\tThe council voted on <a href="https://herald.example/pool">closing</a> the pool at Harden Road.\nb\t<p>Nobody swam there.\n' \
		strip-chrome
	want 'a\tThe council voted on closing the pool at Harden Road.\nb\tNobody swam there.\n'
	feed 'a\tThe pool will be closed after a leak was found under its floor, the council said.\\n\\nThe post Pool closed for good appeared first on Harden Herald.\\n\\nContinue reading the full story\n' strip-chrome
	want 'a\tThe pool will be closed after a leak was found under its floor, the council said.\\n\n'
}

@test "strip-chrome: a feed's summary right above the line that it was cut from" {
	lead='The deputy minister said on Tuesday that the pipeline talks with its partners had been put off for a week.'
	printf '%s\n' "$lead Read Full Article at Herald.example" "$lead" \
		'The talks were to begin on Friday in the capital, where both sides have sent a dozen experts to speak of the price.' \
		'Nobody knows yet what will become of the old agreement, which ends in the spring of the next year.' >page
	strip-chrome -p page >out
	[[ $(grep -c "^$lead\$" out) == 1 && $(grep -c . out) == 3 ]]
}

@test "strip-chrome: an element like its sibling is told from one that is not" {
	# those whose attributes may say something, and here do not, are worked out each by itself
	p() { printf "$article" | sed 's/\\n/\n/g' | sed "s/.*/<p$1>&<\/p>/"; }
	page() { printf '<!DOCTYPE html><html><body><div class="story">'; p "$1" | head -n 3
		printf '<p%s hidden>Cookies are needed for this page, or so they say.</p><ul><li%s>One</li><li%s class="related">Two</li><li%s>Three</li></ul>' \
			"$1" "$1" "$1" "$1"
		p "$1"; printf '</div><div class="comments">'; p "$1"; printf '<p%s>a &amp;  b < c \t d &eacute;\001f</p></div></body></html>\n' "$1"; }
	page '' | strip-chrome --html --explain - >want
	[[ $(wc -l <want) -gt 8 ]]
	grep -qF 'a & b < c d é' want
	grep 'drop.*Cookies' want
	[[ $(grep -c 'keep.*The harbour' want) == 1 ]]
	for how in ' style="margin: 0"' ' role="note"' ' lang="en"'; do
		page "$how" | strip-chrome --html --explain - >out
		diff -u want out || { echo "written: $how"; return 1; }
	done
	# nothing of one page is another's
	for n in 1 2 3; do
		page '' | jq -Rrs --arg n $n '[$n, .] | @tsv'
		page '' | sed 's/class="story"/class="comments"/' | jq -Rrs --arg n x$n '[$n, .] | @tsv'
	done >in
	strip-chrome --html --explain <in | awk -F '\t' '$1 !~ /^x/' | cut -f 2- >out
	for n in 1 2 3; do cut -f 2- want; done | diff -u - out
}

@test "strip-chrome: of a script nothing is text, whatever tags are in it" {
	while IFS='|' read -r why script; do
		{
			printf '<html><body><article><p>The ferry to Heligoland was late on Monday, and the harbour office did not know why.</p>'
			printf '<script>%s</script>' "$script"
			printf '<p>It came in at noon, with three hundred passengers on board, most of them from Bremen.</p></article></body></html>'
		} >page.html
		strip-chrome -p page.html >out
		grep -q 'know why' out && grep -q 'from Bremen' out && ! grep -q 'hidden' out || {
			echo "case: $why"
			cat out
			return 1
		}
	done <<-'EOF'
	tags|if (a<b && c</d/.x) put("<p>The mayor said on Tuesday that a hidden sentence is no text of the page, though it looks like the others.</p>");
	the end of another element|put("</div></scripts></style><p>The mayor said on Tuesday that a hidden sentence is no text of the page, though it looks like the others.</p><p>The mayor said on Tuesday that a hidden sentence is no text of the page, though it looks like the others.</p>");
	escaped|<!-- put("<p>The mayor said on Tuesday that a hidden sentence is no text of the page, though it looks like the others.</p>"); -->
	a script in an escaped one|<!-- put("<script>x</script><p>The mayor said on Tuesday that a hidden sentence is no text of the page, though it looks like the others.</p>");
	EOF
}
