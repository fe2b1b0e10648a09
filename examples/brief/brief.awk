# SPDX-License-Identifier: ISC
#
# brief.awk - the page of brief; reads articles, copies, mentions and sentences, in bytes. What comes is told by
# assignments among the operands, file=1 to file=4: any of them may be empty.
#
# Awk of POSIX: mawk, gawk and busybox say the same. Texts never stand in the replacement
# of a sub(), where a backslash or & would count.

function html(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	return s
}

# Escapes undone, each to one byte, so that offsets hold.
function decode(s,    out, i, c) {
	out = ""
	while ((i = index(s, "\\")) > 0) {
		c = substr(s, i + 1, 1)
		out = out substr(s, 1, i - 1) (c == "\\" ? c : c == "t" ? " " : "\n")
		s = substr(s, i + 2)
	}
	return out s
}

function plural(n, one, many) {
	return n " " (n == 1 ? one : many)
}

function weekday(day,    y, m, d) {
	y = substr(day, 1, 4) + 0
	m = substr(day, 6, 2) + 0
	d = substr(day, 9, 2) + 0
	if (m < 3) {
		m += 12
		y--
	}
	# Zeller 1886, in the form where Saturday is 0
	return word_of((d + int(13 * (m + 1) / 5) + y + int(y / 4) - int(y / 100) + int(y / 400)) % 7 + 1, \
		"Saturday Sunday Monday Tuesday Wednesday Thursday Friday")
}

function word_of(n, words,    w) {
	split(words, w, " ")
	return w[n]
}

function month(day) {
	return word_of(substr(day, 6, 2) + 0, "January February March April May June July August September October November December")
}

function pretty(day) {
	return day ~ /^[0-9]+-[01][0-9]-[0-3][0-9]$/ ? weekday(day) ", " substr(day, 9, 2) + 0 " " month(day) " " substr(day, 1, 4) : html(day)
}

function short(day) {
	return day ~ /^[0-9]+-[01][0-9]-[0-3][0-9]$/ ? substr(day, 9, 2) + 0 " " substr(month(day), 1, 3) : html(day)
}

function from_to(a, b,    m) {
	m = substr(a, 1, 7) == substr(b, 1, 7)
	return substr(a, 9, 2) + 0 (m ? "–" : " " month(a) (substr(a, 1, 4) == substr(b, 1, 4) ? "" : " " substr(a, 1, 4)) " – ") \
		substr(b, 9, 2) + 0 " " month(b) " " substr(b, 1, 4)
}

# days since 1 March 0000
function number(day,    y, m) {
	y = substr(day, 1, 4) + 0
	m = (substr(day, 6, 2) + 9) % 12
	if (m > 9)
		y--
	return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((m * 306 + 5) / 10) + substr(day, 9, 2) - 1
}

function source_of(a,    s) {
	if (source[a] != "-")
		return html(source[a])
	s = id[a]
	if (s ~ /^[a-z]+:\/\//) {
		sub(/^[a-z]+:\/\/(www\.)?/, "", s)
		sub(/\/.*/, "", s)
	} else {
		sub(/^.*\//, "", s)
		sub(/\.[a-z]+$/, "", s)
	}
	return html(decode(s))
}

# An id that is an address is a link; no other scheme than http, for the ids come from strangers.
function linked(a, s) {
	return id[a] ~ /^https?:\/\// ? "<a href=\"" html(id[a]) "\" rel=\"noreferrer\">" s "</a>" : s
}

# A sentence with its mentions marked; those of the name WITHIN stronger.
function marked(k, within,    m, i, n, at, s, out, b, e, name) {
	s = text[k]
	out = ""
	at = 0
	n = split(found[k], m, " ")
	for (i = 1; i <= n; i++) {
		b = begin[m[i]] - from[k]
		e = end[m[i]] - from[k]
		if (b < at || e > length(s))
			continue
		name = named[m[i]]
		out = out html(substr(s, at + 1, b - at))
		if (name == within)
			out = out "<b class=\"" class[name] "\">" html(substr(s, b + 1, e - b)) "</b>"
		else if (name in anchor)
			out = out "<a class=\"" class[name] "\" href=\"#" anchor[name] "\">" html(substr(s, b + 1, e - b)) "</a>"
		else
			out = out "<span class=\"" class[name] "\">" html(substr(s, b + 1, e - b)) "</span>"
		at = e
	}
	return out html(substr(s, at + 1))
}

# Bars, one a day, or one a story where there is but one day.
function spark(name,    i, n, max, v, h, out, wide, what) {
	n = ndays > 1 ? ndays : nshown
	for (i = 1; i <= n; i++) {
		v = ndays > 1 ? on_day[name, i] + 0 : in_story[name, shown[i]] + 0
		if (v > max)
			max = v
	}
	wide = 6
	what = ndays > 1 ? "stories a day, " short(day_name[1]) " to " short(day_name[ndays]) : "mentions in each story"
	out = "<svg class=\"spark\" viewBox=\"0 0 " n * wide " 20\" width=\"" n * wide "\" height=\"20\" role=\"img\" aria-label=\"" what "\"><title>" what "</title>"
	for (i = 1; i <= n; i++) {
		v = ndays > 1 ? on_day[name, i] + 0 : in_story[name, shown[i]] + 0
		h = v > 0 ? 3 + int(17 * v / max + 0.5) - (v == max ? 0 : 1) : 1
		if (h > 20)
			h = 20
		out = out "<rect x=\"" (i - 1) * wide "\" y=\"" 20 - h "\" width=\"" wide - 2 "\" height=\"" h "\"" (v > 0 ? "" : " class=\"none\"") "/>"
	}
	return out "</svg>"
}

# Which part of the story its copy has.
function share(where,    p) {
	split(where, p, "-")
	return "<svg class=\"share\" viewBox=\"0 0 100 6\" width=\"100\" height=\"6\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"has " \
		p[1] " to " p[2] " per cent of the story\"><title>from " p[1] " to " p[2] " per cent of the story</title>" \
		"<rect width=\"100\" height=\"6\" class=\"none\"/><rect x=\"" p[1] + 0 "\" width=\"" (p[2] - p[1] > 1 ? p[2] - p[1] : 1) "\" height=\"6\"/></svg>"
}

# articles: number:id date source headline text
file == 1 {
	a = ++narticle
	article[$1] = a
	id[a] = substr($1, index($1, ":") + 1)
	date[a] = $2
	source[a] = $3
	headline[a] = $4
	whole[a] = decode($5)
	if ($2 ~ /^[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]$/) {
		if (first == "" || $2 < first)
			first = $2
		if ($2 > last)
			last = $2
	}
	next
}

# copies, a line for each article: id date source headline original score shared where in-original kind
file == 2 {
	a = FNR
	root[a] = a
	split($8, w, "-")
	if ($5 != "-" && $10 == "part" && w[2] - w[1] < 50)	# most of it is its own: a story
		excerpt[a] = article[$5]
	else if ($5 != "-" && $5 in article) {
		copy_of[a] = article[$5]
		root[a] = root[article[$5]]
		there[a] = $9
		kind[a] = $10
	}
	next
}

# mentions: id date source headline type name begin end mention
file == 3 {
	a = article[$1]
	m = ++nmention
	name = $5 "\t" $6
	named[m] = name
	class[name] = tolower(substr($5, 1, 1))
	begin[m] = $7
	end[m] = $8
	mentions[a] = mentions[a] " " m
	in_story[name, root[a]]++
	if (!((name, root[a]) in named_in)) {
		named_in[name, root[a]]
		nstory[name]++
	}
	next
}

# sentences: id date source headline begin end n sentence
{
	a = article[$1]
	if (a != now) {
		nm = split(mentions[a], of, " ")
		at = 1
		now = a
	}
	k = ++nsentence
	text[k] = substr(whole[a], $5 + 1, $6 - $5)
	from[k] = $5
	breaks[k] = $7 > 1 && index(substr(whole[a], ended + 1, $5 - ended), "\n") > 0
	ended = $6
	holder[k] = a
	sentences[a] = sentences[a] " " k
	while (at <= nm && begin[of[at]] < $5)
		at++
	while (at <= nm && begin[of[at]] < $6) {
		m = of[at++]
		found[k] = found[k] " " m
		if (!((named[m], k) in told)) {
			told[named[m], k]
			said[named[m]] = said[named[m]] " " k
		}
	}
}

# names of a type by stories, mentions, then alphabet: the first MANY of them
function rank(type, many,    name, i, j, t, n) {
	split("", ranked)
	n = 0
	for (name in total)
		if (substr(name, 1, 3) == type) {
			ranked[++n] = name
			for (i = n; i > 1 && ahead(ranked[i], ranked[i - 1]); i--) {
				t = ranked[i]
				ranked[i] = ranked[i - 1]
				ranked[i - 1] = t
			}
			if (n > many)
				n = many
		}
	return n
}

function ahead(x, y) {
	if (today[x] != today[y])
		return today[x] > today[y]
	if (total[x] != total[y])
		return total[x] > total[y]
	return x < y
}

function lede(a,    k, i, n) {
	n = split(sentences[a], k, " ")
	# a sentence and, where it is short, the next one
	return n == 0 ? "" : marked(k[1], "") (n > 1 && length(text[k[1]]) < 200 ? " " marked(k[2], "") : "")
}

function dateline(a) {
	return date[a] == "-" ? "" : " <time>" short(date[a]) "</time>"
}

function print_story(s,    a, i, n, k, teller, ncopy, j) {
	split(members[s], teller, " ")
	ncopy = size[s] - 1
	a = s
	print "<article id=\"s" s "\">"
	print "<p class=\"by\">" linked(a, source_of(a)) dateline(a) "</p>"
	if (headline[a] != "-")
		print "<h3>" html(decode(headline[a])) "</h3>"
	print "<p" (headline[a] == "-" ? " class=\"lede\"" : "") ">" lede(a) "</p>"
	if (ncopy > 0) {
		print "<details class=\"copies\" open><summary>" plural(ncopy, "copy", "copies") "</summary><ul>"
		for (j = 2; j <= size[s]; j++) {
			i = teller[j]
			print "<li><span>" linked(i, source_of(i)) dateline(i) " <span class=\"how\">" \
				(kind[i] == "exact" ? "word for word" : (kind[i] == "near" ? "nearly all" : "a part")) "</span></span>" \
				((copy_of[i] == s && there[i] ~ /-/) ? share(there[i]) : "") "</li>"
		}
		print "</ul></details>"
	}
	if (a in excerpt && root[excerpt[a]] in is_shown)
		print "<p class=\"by\">Has a part of <a href=\"#s" root[excerpt[a]] "\">" \
			(headline[root[excerpt[a]]] == "-" ? source_of(root[excerpt[a]]) : html(decode(headline[root[excerpt[a]]]))) "</a></p>"
	n = split(sentences[a], k, " ")
	if (n > 2) {
		print "<details class=\"whole\"><summary>The article, " plural(n, "sentence", "sentences") "</summary><p>"
		for (i = 1; i <= n; i++)
			print (breaks[k[i]] ? "</p><p>" : "") marked(k[i], "")
		print "</p></details>"
	}
	print "</article>"
}

function print_names(type, heading, what,    n, i, j, k, m, name, shownk, seen) {
	n = rank(type, 12)
	if (n == 0)
		return
	print "<section id=\"" what "\"><h2>" heading "</h2><ul class=\"names\">"
	for (i = 1; i <= n; i++) {
		name = ranked[i]
		print "<li id=\"" anchor[name] "\"><details><summary><span class=\"name\">" html(decode(substr(name, 5))) "</span>" \
			spark(name) "<span class=\"count\">" plural(today[name], "story", "stories") "</span></summary>"
		m = split(said[name], k, " ")
		shownk = 0
		split("", seen)
		print "<ul class=\"said\">"
		for (j = 1; j <= m && shownk < 8; j++) {
			# of a story and its copies, the story speaks
			if (holder[k[j]] != root[holder[k[j]]] || !(root[holder[k[j]]] in is_shown))
				continue
			shownk++
			print "<li>" marked(k[j], name) " <a class=\"from\" href=\"#s" root[holder[k[j]]] "\">" source_of(holder[k[j]]) "</a></li>"
		}
		print "</ul></details></li>"
	}
	print "</ul></section>"
}

END {
	if (narticle == 0) {
		print "brief: no articles in the input" > "/dev/stderr"
		exit 1
	}
	day = ENVIRON["day"]
	title = ENVIRON["title"]

	# stories, their tellers, and on which days they were told
	for (a = 1; a <= narticle; a++) {
		s = root[a]
		size[s]++
		members[s] = members[s] " " a
		if (day == "" || date[a] == day)
			is_shown[s]
	}
	# the most copied ones first, then as they came
	for (s = 1; s <= narticle; s++)
		if (s in is_shown && root[s] == s) {
			shown[++nshown] = s
			nteller += size[s]
			for (i = nshown; i > 1 && size[shown[i]] > size[shown[i - 1]]; i--) {
				t = shown[i]
				shown[i] = shown[i - 1]
				shown[i - 1] = t
			}
		}

	# the days of the curves: all from the first to the last, thirty at most
	if (first != "" && first != last) {
		lo = number(first)
		hi = number(last)
		if (hi - lo > 29)
			lo = hi - 29
		ndays = hi - lo + 1
		for (a = 1; a <= narticle; a++)
			if (date[a] ~ /^[0-9][0-9][0-9][0-9]-/) {
				i = number(date[a]) - lo + 1
				if (i >= 1)
					day_name[i] = date[a]
				of_day[a] = i
			}
		if (!(1 in day_name))
			day_name[1] = first
	}
	for (m = 1; m <= nmention; m++)
		total[named[m]]++
	for (a = 1; a <= narticle; a++) {
		n = split(mentions[a], of, " ")
		for (i = 1; i <= n; i++) {
			name = named[of[i]]
			if (of_day[a] >= 1 && !((name, root[a], of_day[a]) in counted)) {
				counted[name, root[a], of_day[a]]
				on_day[name, of_day[a]]++
			}
			if (root[a] in is_shown && !((name, root[a]) in counted_today)) {
				counted_today[name, root[a]]
				today[name]++
			}
		}
	}
	for (name in total)
		if (!(name in today))
			delete total[name]
	npeople = nplace = norg = 0
	for (name in total)
		if (name ~ /^PER/) npeople++
		else if (name ~ /^LOC/) nplace++
		else norg++
	split("PER LOC ORG", types, " ")
	for (t = 1; t <= 3; t++) {
		n = rank(types[t], 12)
		for (i = 1; i <= n; i++)
			anchor[ranked[i]] = tolower(substr(types[t], 1, 1)) i
	}

	print "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
	print "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
	print "<meta name=\"color-scheme\" content=\"light dark\">"
	print "<title>" html(title) "</title>\n<style>"
	while ((getline line < css) > 0)
		print line
	print "</style>\n</head>\n<body>"
	print "<header>"
	print "<h1>" html(title) "</h1>"
	print "<p class=\"day\">" (day != "" ? pretty(day) : first == "" ? "" : first == last ? pretty(last) : from_to(first, last)) "</p>"
	print "<p class=\"sums\"><span>" plural(nshown, "story", "stories") " in " plural(nteller, "article", "articles") " ·</span> <span>" \
		plural(npeople, "person", "people") " ·</span> <span>" plural(nplace, "place", "places") " ·</span> <span>" \
		plural(norg, "organisation", "organisations") "</span></p>"
	print "<nav><a href=\"#stories\">Stories</a> <a href=\"#people\"><span class=\"p\">People</span></a> <a href=\"#places\"><span class=\"l\">Places</span></a> <a href=\"#organisations\"><span class=\"o\">Organisations</span></a></nav>"
	print "</header>\n<main>\n<section id=\"stories\"><h2>Stories</h2>"
	for (i = 1; i <= nshown; i++)
		print_story(shown[i])
	print "</section>\n<aside>"
	print_names("PER", "People", "people")
	print_names("LOC", "Places", "places")
	print_names("ORG", "Organisations", "organisations")
	print "</aside>\n</main>"
	print "<footer><p>Made by copydesk from " plural(narticle, "article", "articles") "; names and copies are found by programs, and some are wrong.</p></footer>"
	print "</body>\n</html>"
}
