# The morning brief of examples/brief: one page, nothing from elsewhere, nothing of a stranger's let in.

load helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	(cd "$TOP/tests/feed" && strip-chrome [0-9]*) | sort >articles
	join -t '	' "$TOP/tests/feed/meta.tsv" articles >feed.tsv
	"$TOP/examples/brief/brief" <feed.tsv >brief.html
}

setup() {
	brief=$TOP/examples/brief/brief
	page=$BATS_FILE_TMPDIR/brief.html
	cd "$BATS_TEST_TMPDIR" || return 1
}

# has TEXT...: every TEXT stands in the page out
has() {
	local text
	for text in "$@"; do
		grep -qF -e "$text" out || {
			echo "missing: $text"
			return 1
		}
	done
}

@test "brief: stories with their copies, names with their curves" {
	[[ $(wc -l <"$BATS_FILE_TMPDIR/feed.tsv") == 18 ]]
	cp "$page" out
	has '14 stories in 18 articles' 'Has a part of <a href="#s3">Bronze Age cargo' '4–15 September 2025' 'Ulukışla Valley Courier' 'id="people"' 'id="places"' 'id="organisations"' \
		'<span class="name">Volodymyr Zelenskyy</span><svg class="spark"' 'stories a day, 4 Sep to 15 Sep' 'prefers-color-scheme: dark'
	# the story with the most copies leads, and its copies follow
	awk '/<article/ { n++ } n == 1' out | sed '/<\/article>/q' >first
	grep -q 'Levant Wire' first
	[[ $(grep -c 'class="how"' first) == 3 ]]
	# every link inside the page leads somewhere, and ids are unique
	grep -o 'href="#[^"]*"' out | sed 's/href="#//; s/"//' | sort -u >links
	grep -o ' id="[^"]*"' out | sed 's/ id="//; s/"//' | sort >ids
	[[ -z $(uniq -d ids) && -z $(comm -23 links ids) ]]
}

@test "brief: nothing is loaded and nothing runs" {
	run ! grep -iE '<script|<link|<img|<iframe|@import|url\(| src=| on[a-z]+=|https?:' "$page"
}

@test "brief: a stranger's text stays text" {
	printf '%s\t%s\t%s\t%s\t%s\n' \
		'javascript:alert(1)' '2025-09-09"><script>' '<b>Post</b>' '"Tea" & <i>cake</i> \\1 & \\n' \
		'<script>alert(1)</script> said Vladimir Putin in "Oslo" & Bergen. He had A\\B &amp; 5 < 6 in mind, \nand nothing else at all.' \
		'https://example.org/a"onclick="x' 2025-09-09 - - 'Rain fell on Lima, and the river rose by two metres in a night.' |
		"$brief" -t '<Tea> & "cake"' >out
	has '<title>&lt;Tea&gt; &amp; &quot;cake&quot;</title>' '&lt;script&gt;alert(1)&lt;/script&gt;' '&lt;b&gt;Post&lt;/b&gt;' \
		'&quot;Tea&quot; &amp; &lt;i&gt;cake&lt;/i&gt; \1 &amp; \n' 'A\B &amp;amp; 5 &lt; 6' 'href="https://example.org/a&quot;onclick=&quot;x"' 'example.org'
	run ! grep -E '<script|href="javascript|<i>|"onclick' out
}

@test "brief: every awk makes the same page" {
	mkdir bin
	for awk in mawk gawk 'busybox awk' original-awk; do
		command -v "${awk%% *}" >/dev/null || continue
		printf '#!/bin/sh\nexec %s "$@"\n' "$awk" >bin/awk
		chmod +x bin/awk
		PATH=$PWD/bin:$PATH "$brief" <"$BATS_FILE_TMPDIR/feed.tsv" | cmp - "$page" || {
			echo "case: $awk"
			return 1
		}
	done
}

@test "brief: one day alone counts over stories; records may carry less" {
	"$brief" -d 2025-09-11 <"$BATS_FILE_TMPDIR/feed.tsv" >out
	has 'Thursday, 11 September 2025' 'Danube bursts dyke' 'stories a day'
	run ! grep -q 'Bronze Age cargo' out
	cut -f 1,5 "$BATS_FILE_TMPDIR/feed.tsv" | head -5 | "$brief" >out
	has 'mentions in each story' '01-grain-corridor'
	feed '' "$brief"
	[[ $status == 1 ]]
	said 'no articles'
}

@test "brief: an address that comes twice, with another text and as it was" {
	printf 'https://example.org/1\t%s\n' 'Rain fell on Lima all night. Schools stay shut.' 'The river rose by two metres near Oslo. Nobody was hurt.' \
		'Rain fell on Lima all night. Schools stay shut.' | "$brief" >out
	has '2 stories in 2 articles' 'Rain fell on <a class="l" href="#l1">Lima</a> all night. Schools stay shut.' \
		'The river rose by two metres near <a class="l" href="#l2">Oslo</a>. Nobody was hurt.'
}

@test "brief: a day without a name" {
	printf 'a\tIt rained all day and the people went home. Then it stopped.\n' | "$brief" >out
	has '0 people' '0 organisations' '<p class="lede">It rained all day and the people went home. Then it stopped.</p>'
}
