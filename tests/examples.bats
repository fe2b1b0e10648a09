# The recipes of examples/, each run as it stands, with the real programs.

load helper

setup() {
	examples=$TOP/examples
	cd "$BATS_TEST_TMPDIR" || return 1
}

# What other programs take for something else: quotes first, backslashes, TABs, ids like numbers and null.
hostile() {
	printf '%s\n' \
		'q	"Talks are off," he said. "Tea?" The path C:\\new\\table was lost.\nA\ttab stays. It is what it is: \\N.' \
		'007	Rain fell on Kiev. ''"It"'' fell.' \
		'NA	"Rain," said Vladimir Putin. So did Volodymyr Zelensky.'
}

# A few stories as records; b is a copy of a.
stories() {
	printf '%s\t%s\n' \
		a 'Vladimir Putin met Xi Jinping in Beijing on Tuesday. They spoke about gas for six hours and signed nothing at all.' \
		b 'BEIJING - Vladimir Putin met Xi Jinping in Beijing on Tuesday. They spoke about gas for six hours and signed nothing at all.' \
		c 'Volodymyr Zelensky was in Oslo. Zelensky asked Norway for help, and Vladimir Putin was not mentioned by the hosts.' \
		d 'Ferries stayed in port in Bergen, where a gale blew the roof off the fish market.'
}

# Needs python3 with a module; PYTHON may name another interpreter.
python() {
	for PYTHON in "${PYTHON:-python3}" /usr/bin/python3; do
		! "$PYTHON" -c "import $1" 2>/dev/null || return 0
	done
	skip "python3 with $1 is not installed"
}

@test "examples: every script is listed, can be run, and says what it shows" {
	cd "$examples"
	find . -type f -perm -u+x | sed 's,^./,,' | while read -r f; do
		head -4 "$f" | grep -q "^# ${f##*/}.* - " && grep -qF "\`$f\`" README.md || {
			echo "case: $f"
			exit 1
		}
	done
	# ... and what looks like a script can be run
	[[ -z $(find . -name '*.sh' ! -perm -u+x) && -z $(find . -name '*.py' ! -perm -u+x) ]]
	# ... and what is listed is there
	# shellcheck disable=SC2016
	grep -o '`[a-z/-]*\.\(sh\|py\)`' README.md | tr -d '`' | while read -r f; do [[ -f $f ]] || exit 1; done
}

@test "examples: one that is ended by a signal leaves no temporary files" {
	needs setsid
	local i pid
	mkfifo in
	exec 8<>in # it waits for more
	while read -r script operand; do
		mkdir -p tmp
		# shellcheck disable=SC2086 # none, or one
		TMPDIR=$PWD/tmp setsid "$examples/$script" $operand <in >/dev/null 2>&1 8>&- 3>&- &
		pid=$!
		for ((i = 0; i < 100; i++)); do
			[[ -z $(ls -A tmp) ]] || break
			sleep 0.1
		done
		[[ -n $(ls -A tmp) ]]
		kill -TERM -- "-$pid"
		wait "$pid" || true
		[[ -z $(ls -A tmp) ]] || {
			echo "case: $script"
			return 1
		}
	done <<-'EOT'
	brief/brief
	grep-sentences.sh rain
	miller.sh
	sentences-about.sh Reed
	sqlite.sh news.db
	EOT
}

@test "examples: what wants an operand says so" {
	for script in corpus.sh duckdb.sh sqlite.sh tree.sh sentences-about.sh scale/parallel.sh scale/slurm.sh scale/hadoop.sh scale/rates.sh brief/brief cron/nightly cron/morning cron/spool-add; do
		set --
		[[ $script != brief/brief ]] || set -- -x
		! "$examples/$script" "$@" </dev/null >out 2>err && [[ ! -s out ]] && said "usage: ${script##*/} " || {
			echo "case: $script"
			return 1
		}
	done
}

@test "examples: JSON Lines in and out, by jq" {
	needs jq
	printf '%s\n' '{"id":"a","date":"2025-09-09","text":"\"Talks,\" he said, \"ended in Kiev.\"\nA \\n is not a line."}' \
		'{"id":"007","text":"Rain fell."}' | "$examples/jsonl.sh" >out
	cat >want <<-'END'
	{"id":"a","date":"2025-09-09","sentence":1,"text":"\"Talks,\" he said, \"ended in Kiev.\""}
	{"id":"a","date":"2025-09-09","sentence":2,"text":"A \\n is not a line."}
	{"id":"007","date":"-","sentence":1,"text":"Rain fell."}
	END
	diff -u want out
	# a damaged line is told, and costs no other
	printf '%s\n' '{"id":1,"text":"Ra' '' '{"id":"b","text":"Snow fell."}' | "$examples/jsonl.sh" >out 2>err
	want '{"id":"b","date":"-","sentence":1,"text":"Snow fell."}\n'
	said '<stdin>:1'
	[[ $(wc -l <err) == 1 ]]
}

@test "examples: feeds, by sfeed" {
	needs sfeed
	cat >rss.xml <<-'END'
	<?xml version="1.0" encoding="UTF-8"?>
	<rss version="2.0"><channel><title>Post</title>
	<item><title>Talks	end</title><link>https://example.org/1</link><pubDate>Tue, 09 Sep 2025 17:42:00 +0000</pubDate>
	<description><![CDATA[<p>The talks between Vladimir Putin and Xi Jinping ended on a quay in Oslo.</p><p>They had lasted for a week, and no paper was signed.</p>]]></description></item>
	<item><title>Gale</title><link>https://example.org/2</link>
	<description>A gale closed the port of Bergen &amp;amp; Voss for two days, and the ferries stayed where they were.</description></item>
	</channel></rss>
	END
	sfeed <rss.xml >items
	"$examples/feeds.sh" <items >out
	cat >want <<-'END'
	https://example.org/1	2025-09-09	example.org	Talks end	The talks between Vladimir Putin and Xi Jinping ended on a quay in Oslo.\nThey had lasted for a week, and no paper was signed.
	https://example.org/2	-	example.org	Gale	A gale closed the port of Bergen & Voss for two days, and the ferries stayed where they were.
	END
	diff -u want out
	# what is older than some days is left out, not what has no date; plain content is no HTML
	printf '%s\tNow\thttps://example.org/3\tTwo <b> & three were told &amp; told again by the harbour office on Monday.\tplain\n' "$(date +%s)" >>items
	"$examples/feeds.sh" 7 <items | cut -f 1,5 >out
	sed -n '2s/2	.*	A/2	A/p' want >want2
	printf 'https://example.org/3\tTwo <b> & three were told &amp; told again by the harbour office on Monday.\n' >>want2
	diff -u want2 out
	# an item without an address goes by its feed's id for it, or else by its title, and is no fault
	for id in urn:7 ''; do
		printf '\tHigh water\t\tThe river rose by two metres in one night, and the lower town was left by all.\thtml\t%s\t\t\t\n' "$id" | "$examples/feeds.sh" >out 2>err
		[[ $(cut -f 1-4 out) == "${id:-High water}	-	-	High water" && ! -s err ]]
	done
	# sfeed escapes no title
	printf '\t%s\thttps://example.org/4\tThe river rose by two metres in one night, and the lower town was left by all.\thtml\n' 'The path C:\new' | "$examples/feeds.sh" | tee record | cut -f 4 >out
	want 'The path C:\\\\new\n'
	PATH=$examples/brief:$PATH brief <record | grep -qF 'The path C:\new'
	# the digest of README.md: the story that was published first, whatever its feed is called
	mkdir -p .sfeed/feeds
	item() { printf '%s\tNow\thttps://%s.example/3\t<p>Vladimir Putin met Xi Jinping on a quay in Oslo, and both went home%s.</p>\thtml\t\t\t\t\n' "$(($(date +%s) - $2))" "$1" "$3" >".sfeed/feeds/$1"; }
	item courier 60 ' at last'
	item post 7200 ''
	: >.sfeed/feeds/silent
	sed -n '/^## In the morning/,/^## On/s/^    //p' "$examples/README.md" | sed "s,\$PWD,$TOP,g" >commands
	[[ $(wc -l <commands) == 2 ]]
	HOME=$PWD sh -e commands
	grep -q '1 story in 2 articles' brief.html
	grep -o 'https://[a-z]*.example/3' brief.html | uniq >out
	want 'https://post.example/3\nhttps://courier.example/3\n'
	# ... and items for the readers of sfeed, as they were
	sed -n '/^## In$/,/^## Questions/s/^    //p' "$examples/README.md" | sed 's/ | sfeed_html .*/ > items/' >commands
	[[ $(wc -l <commands) == 2 ]]
	HOME=$PWD PATH=$examples:$PATH sh -e commands
	cmp items .sfeed/feeds/post
	# a feed itself, or its name, is neither
	"$examples/feeds.sh" <rss.xml >out 2>err
	[[ ! -s out ]]
	said 'feeds.sh: line 1: no item as sfeed writes it'
	for days in rss.xml 09 -1; do
		! "$examples/feeds.sh" "$days" <items >out 2>err && [[ ! -s out ]] && said 'usage: feeds.sh [days]' || { echo "days: $days"; return 1; }
	done
}

@test "examples: CSV in, by Miller as README.md has it" {
	needs mlr
	printf '\357\273\277id,note,text\n7,"a, b","""Talks are off,"" he said. The path C:\\new was lost.\nA\ttab stays, and what it stands for."\n' >news.csv
	sed -n 's/^    \(mlr .*\) | strip-chrome .*/\1/p' "$examples/README.md" >line
	sh line >out
	want '7\t"Talks are off," he said. The path C:\\\\new was lost.\\nA\\ttab stays, and what it stands for.\n'
}

@test "examples: CSV keeps every quote and backslash, and brings in no formula" {
	needs jq sqlite3
	{ hostile; printf 'f	=HYPERLINK("x")\n-3	-\n'; } | "$examples/csv.sh" doc text >t.csv
	sqlite3 -cmd '.mode csv' -cmd '.import t.csv t' -cmd '.mode json' :memory: 'select * from t' | jq -c '.[] | [.doc, .text]' >out
	{ hostile; printf 'f	'\''=HYPERLINK("x")\n-3	-\n'; } | jq -cR 'split("\t") | map(gsub("\\\\(?<c>.)"; {n: "\n", t: "\t", r: "\r"}[.c] // .c))' >want
	[[ $(wc -l <want) == 5 ]]
	diff -u want out
	printf 'a	1	Rain.\n' | "$examples/csv.sh" >out
	want '"a","1","Rain."\n'
}

@test "examples: SQLite keeps every quote and backslash" {
	needs sqlite3 jq
	hostile | "$examples/sqlite.sh" news.db
	sqlite3 -json news.db 'select doc, n, sentence from said' | jq -c '.[] | [.doc, .n, .sentence]' >out
	hostile | split-sentences | jq -cR 'split("\t") | [.[0], (.[1] | tonumber), (.[2] | gsub("\\\\(?<c>.)"; {n: "\n", t: "\t", r: "\r"}[.c] // .c))]' >want
	[[ $(wc -l <want) -ge 8 ]]
	diff -u want out
	sqlite3 news.db "select m.doc, sentence from mention m join said using (doc, n) where name = 'Vladimir Putin'" >out
	want 'NA|"Rain," said Vladimir Putin.\n'
}

@test "examples: SQLite, who is named with whom in which week" {
	needs sqlite3
	stories | awk -F '\t' -v OFS='\t' '{ print $1, "2025-09-0" (NR + 5) "T10:00:00Z", "carried", $2 }' | "$examples/sqlite.sh" news.db
	sqlite3 news.db 'select * from together' >out
	want '2025-09-01|Vladimir Putin|Xi Jinping|2\n2025-09-08|Vladimir Putin|Volodymyr Zelenskyy|1\n'
	# what comes another day is added
	printf 'e\t2025-09-10\tVladimir Putin met Xi Jinping in Beijing again.\n' | "$examples/sqlite.sh" news.db
	sqlite3 news.db "select sentences from together where week = '2025-09-08' and other = 'Xi Jinping'" >out
	want '1\n'
	sqlite3 news.db "select m.day, m.name from mention m where type = 'DATE' and doc = 'a'" >out
	want '2025-09-06T10:00:00Z|2025-09-02\n'
	# what is loaded again, and now is shorter, stands there once, and nothing else is touched
	sqlite3 news.db "select * from mention where doc <> 'b'" "select * from sentence where doc <> 'b'" >before
	printf 'b\t2025-09-07\tOne.\n' | "$examples/sqlite.sh" news.db
	stories | awk -F '\t' -v OFS='\t' 'NR == 1 { print $1, "2025-09-06T10:00:00Z", $2 }' | "$examples/sqlite.sh" news.db
	sqlite3 news.db "select doc, count(*) from sentence where doc in ('a', 'b') group by 1" >out
	want 'a|2\nb|1\n'
	sqlite3 news.db "select * from mention where doc <> 'b'" "select * from sentence where doc <> 'b'" | sort | diff <(sort before) -
}

@test "examples: PostgreSQL keeps every quote and backslash" {
	needs psql jq
	PATH=$PATH:$(printf '%s\n' /usr/lib/postgresql/*/bin | tail -1)
	needs initdb pg_ctl
	local as=()
	dir=$(mktemp -d)
	if [[ $(id -u) == 0 ]]; then
		as=(setpriv --reuid=postgres --regid=postgres --clear-groups env "PATH=$PATH")
		chown postgres "$dir"
	fi
	cd "$dir"
	"${as[@]}" initdb -D data -U "$(id -un)" -A trust -E UTF8 --no-locale --no-sync >log 2>&1
	"${as[@]}" pg_ctl -D data -o "-k $dir -c listen_addresses= -c fsync=off" -l log2 -s -w start
	export PGHOST=$dir PGDATABASE=postgres
	status=0
	hostile | "$examples/postgresql.sh" || status=$?
	# the same again changes nothing, and says nothing
	hostile | "$examples/postgresql.sh" 2>"$BATS_TEST_TMPDIR/err" || status=$?
	psql -Atc 'select json_build_array(doc, n, sentence) from sentence order by doc, n' | jq -c . >"$BATS_TEST_TMPDIR/out"
	psql -Atc "select sentence from mention join sentence using (doc, n) where name = 'Vladimir Putin'" >"$BATS_TEST_TMPDIR/named"
	"${as[@]}" pg_ctl -D data -s -m immediate stop
	cd "$BATS_TEST_TMPDIR"
	rm -rf "$dir"
	[[ $status == 0 && ! -s err && $(cat named) == '"Rain," said Vladimir Putin.' ]]
	hostile | split-sentences | sort | jq -cR 'split("\t") | [.[0], (.[1] | tonumber), (.[2] | gsub("\\\\(?<c>.)"; {n: "\n", t: "\t", r: "\r"}[.c] // .c))]' >want
	diff -u want out
}

@test "examples: pandas keeps every quote and backslash" {
	python pandas
	hostile | split-sentences >s.tsv
	"$PYTHON" "$examples/sentences-pandas.py" s.tsv >out
	want 'q\t3\t31\n007\t1\t18\nNA\t1\t28\n'
}

@test "examples: DuckDB" {
	needs duckdb
	hostile | split-sentences | tag-entities >m.tsv
	"$examples/duckdb.sh" m.tsv >out
	sort out >sorted
	grep -qx 'Vladimir Putin,PER,1,1' sorted
	grep -q '^Kyiv,LOC,1,1$' sorted
}

@test "examples: Miller, and its trap" {
	needs mlr
	{ stories; hostile; } | split-sentences | tag-entities | "$examples/miller.sh" >out
	grep -Eq '^PER +[0-9]+ +[0-9]+$' out
	# a line it cannot read must not end in nothing and status 0
	# shellcheck disable=SC2016
	feed '' bash -c 'awk "BEGIN { printf \"a\t1\tPER\tx\t0\t1\t\"; for (i = 0; i < 70000; i++) printf \"x\"; print \"\" }" | "$0"' "$examples/miller.sh"
	[[ $status != 0 ]]
	said 'line 1: longer than Miller can read'
}

@test "examples: tallies count a story once, whoever carries it" {
	stories | "$examples/in-the-news.sh" PER >out
	want '2\tVladimir Putin\n1\tVolodymyr Zelenskyy\n1\tXi Jinping\n'
}

@test "examples: who is named with whom" {
	stories | "$examples/named-together.sh" PER | tr -s ' ' >out
	want ' 2 Vladimir Putin\tXi Jinping\n 1 Vladimir Putin\tVolodymyr Zelenskyy\n'
}

@test "examples: fields between id and text change nothing" {
	stories >bare.tsv
	awk -F '\t' -v OFS='\t' '{ print $1, "2025-09-09", "Vladimir Putin met a gale", $2 }' bare.tsv >carried.tsv
	while read -r script args; do
		# shellcheck disable=SC2086
		"$examples/$script" $args <bare.tsv >want
		# shellcheck disable=SC2086
		"$examples/$script" $args <carried.tsv | sed 's/	2025-09-09	Vladimir Putin met a gale//' | diff -u want - && [[ -s want ]] || {
			echo "case: $script"
			return 1
		}
	done <<-'EOT'
	in-the-news.sh PER
	named-together.sh PER
	sentences-about.sh Norway
	grep-sentences.sh -i gale
	EOT
	! command -v mlr >/dev/null || cmp <(split-sentences <bare.tsv | tag-entities | "$examples/miller.sh") <(split-sentences <carried.tsv | tag-entities | "$examples/miller.sh")
}

@test "examples: a corpus, and what was left out of it" {
	mkdir -p 'pages/a b'
	printf '<html><body><p>The caf\351 in the harbour of Brest closed on Monday after ninety years, its owner told reporters.<p>Nobody came for weeks, she said.' >'pages/a b/1.html'
	printf '<html><body><p>The caf\303\251 in the harbour of Brest closed on Monday after ninety years, its owner told reporters.<p>Nobody came for weeks, she said.' >pages/b.htm
	printf '<form>Sign in<input></form><a href="/">Home</a>' >"$(printf 'pages/c\n.html')"
	printf '\211PNG\r\n\032\n\0\0' >pages/d.html
	printf 'Ferries stayed in port in Bergen, where a gale blew the roof off the fish market.\n' >pages/e.txt
	"$examples/corpus.sh" pages dropped.tsv >out 2>err
	want 'pages/a b/1.html\t1\tThe caf\303\251 in the harbour of Brest closed on Monday after ninety years, its owner told reporters.\npages/a b/1.html\t2\tNobody came for weeks, she said.\npages/e.txt\t1\tFerries stayed in port in Bergen, where a gale blew the roof off the fish market.\n'
	mv dropped.tsv out
	want 'pages/b.htm\texact copy\tpages/a b/1.html\t1.000\npages/c\\n.html\tno article\n'
	said 'pages/d.html: binary file'
	[[ $(wc -l <err) == 1 ]]
}

@test "examples: a tree of files, whatever they are called" {
	mkdir -p 'tree/a b'
	stories | sed -n 1p | cut -f 2 >'tree/a b/first one.txt'
	stories | sed -n 2p | cut -f 2 >"$(printf 'tree/it'\''s\nsecond.txt')"
	stories | sed -n 4p | cut -f 2 >tree/other.txt
	"$examples/tree.sh" tree | cut -f 1,2 >out
	want 'tree/it'\''s\\nsecond.txt\ttree/a b/first one.txt\n'
}

@test "examples: sentences about somebody, under any spelling" {
	stories | "$examples/sentences-about.sh" 'Volodymyr Zelenskyy' >out
	want 'c:1\tVolodymyr Zelensky was in Oslo.\nc:2\tZelensky asked Norway for help, and Vladimir Putin was not mentioned by the hosts.\n'
}

@test "examples: grep on sentences tells the document" {
	{ stories; printf 'gale-1\tNothing of that sort here.\n'; } | "$examples/grep-sentences.sh" -iw GALE >out
	want 'd\t1\tFerries stayed in port in Bergen, where a gale blew the roof off the fish market.\n'
	# shellcheck disable=SC1003
	hostile | "$examples/grep-sentences.sh" -F 'C:\' | cut -f 1,2 >out
	want 'q\t3\n'
}

@test "examples: the rates of SCALE.md, however few documents there are" {
	stories >few.tsv
	"$examples/scale/rates.sh" few.tsv >out
	[[ $(head -1 out) == '4 documents of 1'* ]]
	sed -nE 's/^\| ([a-z][^|]*) \| +[0-9].*/\1/p' "$TOP/SCALE.md" | sed 's/ (an empty index, and the commit)//; s/, in memory//' | head -9 | sort >want
	sed 1d out | sed -nE 's/ +[0-9.]+ us a document.*//p' | sort | diff -u want -
}

@test "examples: copies by sort are those found in memory" {
	{ stories; hostile; } >a.tsv
	"$examples/scale/bands.sh" <a.tsv >out
	fingerprint <a.tsv | find-copies | cmp - out
	[[ $(grep -c '^b	a	' out) == 1 ]]
}
