#!/usr/bin/env bats
# The line protocol, rule by rule in the order of copydesk(5), told by the filter
# copy (fixtures/copy.c), which writes each text back; then with the programs that
# are to stand beside the tools.

# Quotes hold printf's escapes, awk and jq; chains of && || have the bad case last.
# shellcheck disable=SC1003,SC2015,SC2016

load helper
load filters

setup_file() {
	compile copy
}

setup() {
	needs copy
}

# table: feed copy each line "why|arguments|input|output" of standard input, and want the output.
table() {
	local why args in out
	while IFS='|' read -r why args in out; do
		# shellcheck disable=SC2086
		feed "$in" copy $args
		want "$out" && [[ $status == 0 ]] || {
			echo "case: $why"
			cat err
			return 1
		}
	done
}

#
# Records
#

@test "protocol: records in UTF-16 are told" {
	while IFS='|' read -r in; do
		feed "$in" copy
		said 'stdin: looks like UTF-16; iconv -f UTF-16 -t UTF-8 makes records of it'
	done <<-'EOT'
	\377\376a\0\t\0b\0\n\0
	\376\377\0a\0\t\0b\0\n
	EOT
	feed 'a\t\377\376b\n' copy
	[[ $(cat err) != *UTF-16* ]]
}

@test "protocol: a record is a line; its end may be LF, CR LF or the end of input" {
	table <<-'EOT'
	one|  |a\tb\n|a\tb\n
	two||a\tb\nc\td\n|a\tb\nc\td\n
	no final LF||a\tb\nc\td|a\tb\nc\td\n
	CR LF||a\tb\r\nc\td\r\n|a\tb\nc\td\n
	CR at the end of input||a\tb\r|a\tb\n
	only one CR is dropped||a\tb\r\r\n|a\tb\\r\n
	a CR elsewhere is text||a\tb\rc\n|a\tb\\rc\n
	empty lines are skipped||\n\na\tb\n\r\n\nc\td\n\n|a\tb\nc\td\n
	a BOM is dropped at the start||\357\273\277a\tb\n|a\tb\n
	and stays anywhere else||a\tb\n\357\273\277c\td\n|a\tb\n\357\273\277c\td\n
	a lone BOM|| \357\273\277\tx\n| \357\273\277\tx\n
	no input|||
	EOT
}

@test "protocol: a BOM that comes in pieces is one" {
	while IFS='|' read -r why want pieces; do
		# shellcheck disable=SC2059
		for piece in $pieces; do
			printf "$piece"
			sleep 0.1
		done | copy >out 2>err
		want "$want" || { echo "case: $why"; return 1; }
	done <<-'END'
	one byte, then the others|a\tb\n|\357 \273\277a\tb\n
	two bytes, then the last|a\tb\n|\357\273 \277a\tb\n
	a byte at a time|a\tb\n|\357 \273 \277 a\tb\n
	two of them|1\t\357\277\275\n|\357 \273
	one of them|1\t\357\277\275\n|\357
	END
}

@test "protocol: a record without a final LF ends where the input does, whatever came before" {
	{
		for _ in {1..6}; do printf 'a\t%65532s\n' x; done
		printf 'b\tlast'
	} >in
	copy <in >out
	{ cat in; echo; } | cmp - out
	# the same of records that are repaired
	feed 'a\t\377 a longer one\nb\t\377' copy
	want 'a\t\357\277\275 a longer one\nb\t\357\277\275\n'
}

@test "protocol: fields are parted by single TABs, the first is the id, the last the text" {
	table <<-'EOT'
	no quoting||"a"\t"b\n"c\t d \n|"a"\t"b\n"c\t d \n
	no comments, no header||#a\tb\nid\ttext\n|#a\tb\nid\ttext\n
	spaces belong to fields|| a \t b \t c \n| a \t b \t c \n
	empty text||a\t\n|a\t\n
	carried fields||a\tb\tc\td\te\n|a\tb\tc\td\te\n
	empty carried fields||a\t\t\td\n|a\t\t\td\n
	carried as they came||a\\tb\t\\N\t\\q\\\\\\x41\t\\\td\n|a\\tb\t\\N\t\\q\\\\\\x41\t\\\td\n
	ids are opaque||\\N\tx\n-\tx\n\\\tx\n \tx\n|\\N\tx\n-\tx\n\\\tx\n \tx\n
	a space is an id|| \tx\n| \tx\n
	EOT
}

@test "protocol: lines without a TAB, and with an empty id" {
	feed 'one\n\ntwo \\\\t\nc\td\nfive\n' copy
	want '1\tone\n3\ttwo \\\\t\nc\td\n5\tfive\n'
	[[ $status == 0 && $(grep -c . err) == 1 ]]
	said 'copy: stdin:1: no TAB: a text without an id'
	feed 'a\tb\n\tc\td\n' copy
	want 'a\tb\n2\tc\td\n'
	[[ $status == 1 ]]
	said 'copy: stdin:2: empty id'
}

@test "protocol: line numbers go on through blocks" {
	awk 'BEGIN { for (i = 1; i <= 100000; i++) print i % 1000 ? "id" i "\tx" : "text" }' >in
	for jobs in 1 3; do
		copy -j $jobs <in >out 2>err
		awk -F '\t' '$2 == "text" { print $1 }' out >got
		seq 1000 1000 100000 | cmp - got
	done
}

#
# Escapes
#

@test "protocol: escapes read, and what is written for them" {
	table <<-'EOT'
	backslash||a\t\\\\\n|a\t\\\\\n
	TAB||a\t\\t\n|a\t\\t\n
	LF||a\t\\n\n|a\t\\n\n
	CR||a\t\\r\n|a\t\\r\n
	backspace||a\t\\b\n|a\t\b\n
	form feed||a\t\\f\n|a\t\f\n
	vertical TAB||a\t\\v\n|a\t\v\n
	NUL||a\t\\0\n|a\t\357\277\275\n
	NUL before digits||a\t\\012\n|a\t\357\277\27512\n
	apostrophe||a\tit\\'s\n|a\tit's\n
	quote||a\t\\"x\\"\n|a\t"x"\n
	missing||a\t\\N\n|a\t\n
	\N within a text||a\tx\\N\n|a\tx\\\\N\n
	\N at its start||a\t\\N.\n|a\t\\\\N.\n
	any other||a\t\\q\n|a\t\\\\q\n
	\x41, \u0041||a\t\\x41\\u0041\n|a\t\\\\x41\\\\u0041\n
	upper case||a\t\\T\\R\n|a\t\\\\T\\\\R\n
	one at the end||a\tx\\\n|a\tx\\\\\n
	three at the end||a\tx\\\\\\\n|a\tx\\\\\\\\\n
	one at the end before CR LF||a\tx\\\r\n|a\tx\\\\\n
	before beyond ASCII||a\t\\\303\251\n|a\t\\\\\303\251\n
	before a space||a\t\\ \n|a\t\\\\ \n
	each after each||a\t\\\\t\\t\\\\\\t\n|a\t\\\\t\\t\\\\\\t\n
	far from the start||a\t0123456789012345\\n0123456789012345678901234567890\\\\\n|a\t0123456789012345\\n0123456789012345678901234567890\\\\\n
	EOT
}

@test "protocol: all 256 bytes go out and come back" {
	# by copy: a raw document is escaped, the record read back, its text written raw
	for i in {1..255}; do
		# shellcheck disable=SC2059
		printf "\\$(printf %o "$i")"
	done >bytes
	{
		iconv -f ISO-8859-1 -t UTF-8 bytes
		printf '\\'
		iconv -f ISO-8859-1 -t UTF-8 bytes
	} >doc
	copy doc >out
	[[ $(wc -l <out) == 1 && $(tr -cd '\t' <out | wc -c) == 1 ]]
	copy <out >again
	cmp out again
	copy -p <out >back
	printf '\n' | cat doc - | cmp - back
	# every byte at every place of the 16 that are looked at together
	for at in {0..33}; do
		for c in '\\' '\t' '\n' '\r'; do
			printf "%*s$c%*s" "$at" '' $((33 - at)) ''
			printf '\036'
		done
	done >doc
	copy doc >out
	copy -p <out >back
	printf '\n' | cat doc - | cmp - back
	[[ $(tr -cd '\\' <out | wc -c) == $((34 * 4 + 34)) ]]
}

@test "protocol: equal texts are equal bytes" {
	printf 'a\tit\\'"'"'s \\"so\\"\\v\\q\nb\tit'"'"'s "so"\v\\\\q\r\n' >in
	copy <in | cut -f 2 | sort -u >out
	[[ $(wc -l <out) == 1 ]]
}

#
# Missing values
#

@test "protocol: new columns go right before the text, escaped, - where there is none" {
	table <<-'EOT'
	a column|-c new|a\tx\n|a\tnew\tx\n
	behind those there were|-c new|a\tb\tc\tx\n|a\tb\tc\tnew\tx\n
	before an empty text|-c new|a\t\n|a\tnew\t\n
	a missing one|-f 7|a\tx\n|a\t-\tx\n
	escaped|-c \|a\tx\n|a\t\\\\\tx\n
	field 0 is the id|-f 0|a\tb\tx\n|a\tb\ta\tx\n
	field 1|-f 1|a\tb\tc\tx\n|a\tb\tc\tb\tx\n
	an empty field|-f 1|a\t\tc\tx\n|a\t\tc\t-\tx\n
	the text is no field|-f 2|a\tb\tx\n|a\tb\t-\tx\n
	a field that is not there|-f 7|a\tb\tx\n|a\tb\t-\tx\n
	of a line without an id|-f 0|x\n|1\t1\tx\n
	one field dropped|--drop|a\tb\tc\tx\n|a\tb\tx\n
	an empty one|--drop|a\t\tx\n|a\tx\n
	plain|-p -c new|a\tb\tx\\ny\n|x\ny\n
	many lines|--times=3|a\tb\tx\n|a\tb\tx\na\tb\tx\na\tb\tx\n
	none|--times=0|a\tb\tx\n|
	EOT
	feed 'a\tx\nb\tc\tx\n' copy --drop
	want 'a\tx\nb\tx\n'
	[[ $status == 1 ]]
	said 'copy: stdin:1: no field to drop'
}

#
# The peers
#

# Texts that hurt: id TAB JSON string.
hard() {
	cat <<-'EOT'
	quotes	"\"Quoted\" at the start, 'and' so \"on\""
	backslashes	"C:\\new\\table \\\\ \\N \\0 \\"
	lines	"one\ntwo\r\nthree\n\n"
	tabs	"\ta\t\tb\t"
	controls	"a\u0001b\bc\fd\u000be\u001bf\u007fg\u0085h"
	emoji	"\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69 caf\u00e9 cafe\u0301 \u2028 \u202e"
	missing	"\\N"
	dash	"-"
	hash	"# no comment; 1,5"
	spaces	"  x  "
	empty	""
	dot	"\\."
	percent	"100% $HOME `x` $(y) %s"
	long	"0123456789abcdef0123456789abcdef\n0123456789abcdef\t0123456789abcde\\"
	EOT
}

# The same as JSON Lines.
json() {
	hard | jq -cR 'split("\t") | { id: .[0], text: .[1] | fromjson }'
}

@test "peers: jq writes records by @tsv, and reads them back" {
	needs jq
	json >in.jsonl
	jq -r '[.id, .text] | @tsv' in.jsonl >in
	copy <in >out
	# canonical already
	cmp in out
	# the way back that copydesk(5) shows
	jq -cR 'split("\t") | map(gsub("\\\\(?<c>.)"; { n: "\n", t: "\t", r: "\r" }[.c] // .c)) | { id: .[0], text: .[1] }' out >back.jsonl
	diff in.jsonl back.jsonl
	# carried fields too, and more documents than one block
	jq -r '[.id, "2026-05-12", .text] | @tsv' in.jsonl | copy -c x | cut -f 2,3 | sort -u >out
	want '2026-05-12\tx\n'
}

@test "peers: NUL from jq is U+FFFD" {
	needs jq
	echo '{"id":"a","text":"x\u0000y"}' | jq -r '[.id, .text] | @tsv' | copy >out
	want 'a\tx\357\277\275y\n'
}

# The hard texts as records, as copy writes them, without what a database cannot hold.
hard_records() {
	json | jq -r '[.id, "2026-05-12", .text] | @tsv' | copy
}

@test "peers: sqlite3 takes records by .mode ascii with separators" {
	needs sqlite3 jq
	hard_records >in
	sqlite3 db 'create table t (id text primary key, day text, text text)'
	sqlite3 db '.mode ascii' '.separator "\t" "\n"' '.import in t'
	[[ $(sqlite3 db 'select count(*) from t') == "$(wc -l <in)" ]]
	sqlite3 db '.mode ascii' '.separator "\t" "\n"' 'select * from t order by rowid' >out
	cmp in out
	# the caveat: .mode tabs takes a quote at the start of a field for quoting
	sqlite3 db2 'create table t (id text primary key, day text, text text)'
	sqlite3 db2 '.mode tabs' '.import in t' 2>err2 || true
	[[ $(sqlite3 db2 "select text from t where id = 'quotes'") != "$(sqlite3 db "select text from t where id = 'quotes'")" ]]
	# and SQL undoes the escapes
	sqlite3 db "select replace(replace(replace(replace(replace(text,
	    '\\\\', char(1)), '\\n', char(10)), '\\t', char(9)), '\\r', char(13)), char(1), '\\') from t where id in ('backslashes', 'lines')" >out
	want 'C:\\new\\table \\\\ \\N \\0 \\\none\ntwo\r\nthree\n\n\n'
}

@test "peers: PostgreSQL takes records by COPY as it is, and gives them back" {
	local bin data as=() i
	needs jq
	for bin in /usr/lib/postgresql/*/bin /usr/libexec/postgresql* /opt/homebrew/opt/postgresql*/bin ''; do
		[[ ! -x $bin/initdb ]] || break
	done
	[[ -n $bin ]] || bin=$(dirname "$(command -v initdb)" 2>/dev/null)
	[[ -x $bin/initdb && -x $bin/postgres && -x $bin/psql ]] || skip "no PostgreSQL server here"
	data=$(mktemp -d /tmp/copydesk-pg.XXXXXX)
	echo "$data" >data
	if [[ $(id -u) == 0 ]]; then
		command -v setpriv >/dev/null || skip "setpriv is not installed, and PostgreSQL does not run as root"
		as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
		chown 65534:65534 "$data"
	fi
	(cd "$data" && "${as[@]}" "$bin/initdb" -D "$data/db" -U desk --no-sync -E UTF8 --locale=C -A trust) >initdb.log 2>&1
	(cd "$data" && exec "${as[@]}" "$bin/postgres" -D "$data/db" -k "$data" -h '' -F) >"server.log" 2>&1 3>&- &
	echo $! >postgres.pid
	for i in {1..100}; do
		"$bin/psql" -h "$data" -U desk -d postgres -c 'select 1' >/dev/null 2>&1 && break
		sleep 0.05
	done
	hard_records >in
	"$bin/psql" -q -v ON_ERROR_STOP=1 -h "$data" -U desk -d postgres -c 'create table t (at serial, id text primary key, day date, text text)' \
		-c "\\copy t (id, day, text) from 'in'" -c "\\copy (select id, day, text from t order by at) to 'out'" \
		-c "\\copy (select text from t where id in ('backslashes', 'lines')) to 'two'"
	# PostgreSQL writes \b \f \v where we write the bytes: read again it is the same
	copy <out >again
	cmp in again
	"$bin/psql" -At -h "$data" -U desk -d postgres -c "select octet_length(text) from t where id = 'lines'" >out
	want '16\n'
	"$bin/psql" -At -h "$data" -U desk -d postgres -c "select text from t where id = 'backslashes'" >out
	want 'C:\\new\\table \\\\ \\N \\0 \\\n'
}

teardown() {
	[[ ! -s postgres.pid ]] || {
		kill -INT "$(cat postgres.pid)"
		wait "$(cat postgres.pid)" 2>/dev/null || true
	}
	[[ ! -s data ]] || rm -rf "$(cat data)"
}

@test "peers: mawk and gawk see fields and escapes as they are" {
	local awk found=
	needs jq
	json | jq -r '[.id, .text] | @tsv' | copy -c 'two words' >in
	for awk in mawk gawk 'busybox awk' original-awk; do
		command -v "${awk%% *}" >/dev/null || continue
		found=$awk
		# fields, and the whole line untouched
		# shellcheck disable=SC2086
		{
			$awk -F '\t' 'NF == 3 && $2 == "two words"' in | cmp - in
			$awk -F '\t' -v OFS='\t' '{ $2 = $2; print }' in | cmp - in
			$awk -F '\t' '{ print $NF }' in | cmp - <(cut -f 3 in)
			[[ $($awk -F '\t' '{ n[$2]++ } END { for (i in n) print n[i], i }' in) == "$(wc -l <in) two words" ]]
			# a new column, before the text
			$awk -F '\t' -v OFS='\t' '{ $NF = length($1) OFS $NF; print }' in | copy | cmp - <($awk -F '\t' '{ print $1 "\t" $2 "\t" length($1) "\t" $3 }' in)
			# gsub undoes escapes where the text is not the replacement
			[[ $(printf 'a\tx\\ny\n' | $awk -F '\t' '{ gsub(/\\n/, "|", $2); print $2 }') == 'x|y' ]]
		}
	done
	[[ -n $found ]] || skip "neither mawk nor gawk is installed"
}

@test "peers: sort, join and uniq on fields" {
	printf 'b\t1\tx\\ty\na\t2\tz\nb b\t3\tx\\ty\n' | copy >in
	sort -t "$(printf '\t')" -k 1,1 in >sorted
	printf 'a\tA\nb\tB\nb b\tBB\n' >names
	join -t "$(printf '\t')" names sorted | copy >out
	want 'a\tA\t2\tz\nb\tB\t1\tx\\ty\nb b\tBB\t3\tx\\ty\n'
	cut -f 3 in | sort | uniq -c | sed 's/^ *//' >out
	want '2 x\\ty\n1 z\n'
}

@test "peers: head, wc, split and cat cut and join streams between lines" {
	awk 'BEGIN { for (i = 1; i <= 1000; i++) print "doc" i "\tText " i ".\\nMore." }' >in
	copy <in >out
	[[ $(wc -l <out) == 1000 ]]
	split -l 77 in part.
	for i in part.*; do
		copy <"$i"
	done | cmp out -
	head -10 in | copy | cmp - <(head -10 out)
	# lines given as arguments
	head -3 in | xargs -d '\n' -n 1 printf '%s\n' | copy | cmp - <(head -3 out)
}

@test "peers: GNU parallel --pipe gives the bytes of one process" {
	needs parallel
	parallel --version </dev/null 2>/dev/null | grep -q 'GNU' || skip "another program named parallel"
	awk 'BEGIN { for (i = 1; i <= 20000; i++) print "doc" i "\t\"Text\" \\t " i ".\\nMore of \303\251 and a backslash \\\\." }' >in
	copy -c x <in >out
	# HOME is where parallel keeps its state
	HOME=$PWD PARALLEL_HOME=$PWD/.parallel parallel --will-cite --pipe --keep-order --block 100k -j 2 copy -c x <in >out2
	cmp out out2
}

@test "peers: python's csv with QUOTE_NONE" {
	needs python3 jq
	hard_records >in
	python3 - <<-'EOT'
	import csv, json, re
	undo = {'n': '\n', 't': '\t', 'r': '\r', '\\': '\\'}
	with open('in', newline='', encoding='utf-8') as f, open('out', 'w', newline='', encoding='utf-8') as o:
	    w = csv.writer(o, delimiter='\t', quoting=csv.QUOTE_NONE, quotechar=None, lineterminator='\n')
	    rows = list(csv.reader(f, delimiter='\t', quoting=csv.QUOTE_NONE))
	    w.writerows(rows)
	with open('in.jsonl', 'w', encoding='utf-8') as o:
	    for r in rows:
	        text = re.sub(r'\\(.)', lambda m: undo[m[1]], r[2])
	        o.write(json.dumps({'id': r[0], 'text': text}) + '\n')
	EOT
	cmp in out
	diff <(jq -c . in.jsonl) <(json | jq -c .)
	# the caveat: with quoting, quotes at the start of a field are lost
	[[ $(python3 -c 'import csv; print([r[2] for r in csv.reader(open("in", newline="", encoding="utf-8"), delimiter="\t") if r[0] == "quotes"])') != *'"Quoted" at'* ]]
}

@test "peers: the read of a shell, with no empty field to swallow" {
	printf 'a\t\tx\\\\y\n' | copy -f 1 | cut -f 1,3- | {
		IFS=$'\t' read -r id column text
		[[ $id == a && $column == - && $text == 'x\\y' ]]
	}
}

@test "peers: grep and sed pass records on" {
	printf 'a\tx.\\nPutin said.\nb\ty\n' | grep -F Putin | sed 's/Putin/He/' | copy -p >out
	want 'x.\nHe said.\n'
}

@test "peers: find and xargs make documents of files" {
	mkdir docs
	printf 'One\n' >docs/a.txt
	printf 'Two\n' >'docs/b c.txt'
	find docs -name '*.txt' -print0 | xargs -0 "$(command -v copy)" | sort >out
	want 'docs/a.txt\tOne\\n\ndocs/b c.txt\tTwo\\n\n'
	find docs -name '*.txt' -print0 | copy --files0-from=- | sort | cmp out -
}
