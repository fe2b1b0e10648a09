#!/bin/sh
# Records to measure on, made from the sample feed: the same on every machine.
#
# usage: input.sh KIND MB
#
# KIND  text       articles of ten paragraphs, from several pages, one word in six another one
#       strangers  such articles with numbers for words: none shares anything with another
#       chrome     articles as scrapers leave pages: menus, promos, captions, lists of stories
#       html       articles as HTML pages
# MB    size, in millions of bytes
#
# A paragraph is a line of the feed of 200 bytes or more, furniture one of less than 80.
set -eu
cd "$(dirname "$0")/../feed"
export LC_ALL=C
# 14 is not UTF-8, 10 is HTML, 08 is wrapped
cat 0[1-79]-*.txt 1[1-35-9]-*.txt | awk -v kind="$1" -v bytes="$2e6" '
	# the generator of Park and Miller, since rand is not the same in all awks
	function draw(n) { seed = seed * 16807 % 2147483647; return 1 + seed % n }
	function varied(text,   word, n, i) {
		n = split(text, word, " ")
		text = ""
		for (i = 1; i <= n; i++)
			text = text (i > 1 ? " " : "") (kind == "strangers" ? draw(99999999) : \
				word[i] ~ /^[a-z][a-z][a-z][a-z]+$/ && draw(3) == 1 ? words[draw(nword)] : word[i])
		return text
	}
	function escaped(text) {
		gsub(/\\/, "\\\\", text)
		gsub(/\t/, "\\t", text)
		return text
	}
	function list(n,   text) { while (n-- > 0) text = text small[draw(nsmall)] "\\n"; return text }
	function links(n,   text) {
		while (n-- > 0)
			text = text "<li><a href=\"/" draw(99999) "\">" small[draw(nsmall)] "</a></li>\\n"
		return "<ul>" text "</ul>\\n"
	}
	BEGIN { seed = 1 }
	{ $0 = escaped($0) }
	length >= 200 { paragraph[++nparagraph] = $0 }
	length >= 200 {
		n = split($0, part, " ")
		for (i = 1; i <= n; i++)
			if (part[i] ~ /^[a-z][a-z][a-z][a-z]+$/)
				words[++nword] = part[i]
	}
	length > 0 && length < 80 { small[++nsmall] = $0 }
	END {
		while (size < bytes) {
			title = small[draw(nsmall)]
			text = kind == "text" || kind == "strangers" ? "" : kind == "chrome" ? list(25) "\\n" title "\\n\\n" : \
				"<!DOCTYPE html>\\n<html><head><title>" title "</title>\\n<script>var page = " draw(99999) \
				";</script></head>\\n<body><nav>" links(25) "</nav><article>\\n<h1>" title "</h1>\\n"
			for (i = 0; i < 10; i++) {
				p = varied(paragraph[draw(nparagraph)])
				if (kind == "html")
					text = text "<p>" p "</p>\\n" (i % 4 == 3 ? "<aside>" links(3) "</aside>\\n" : "")
				else
					text = text p (i < 9 ? "\\n\\n" : "") (kind == "chrome" && i % 4 == 3 ? list(3) "\\n" : "")
			}
			if (kind == "chrome")
				text = text "\\n\\n" list(40)
			if (kind == "html")
				text = text "</article>\\n<footer>" links(40) "</footer></body></html>\\n"
			text = ++id "\t" text
			print text
			size += length(text) + 1
		}
	}'
