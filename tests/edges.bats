#!/usr/bin/env bats
# What every tool owes the pipe it stands in: a check is a function of a tool's
# name, run by each; a new tool joins through TOOLS in helper.bash.
#
# The filter copy (fixtures/copy.c) is held to all of it too, and to the bytes:
# its text survives, so that what the frame does to a text can be told exactly.

# The checks are chains of && || with the bad case last, since set -e sleeps in them.
# shellcheck disable=SC1003,SC2015,SC2030,SC2031,SC2094

load helper
load filters

# Two sentences in which every tool finds something.
TEXT='President Vladimir Putin met Recep Tayyip Erdogan in Istanbul on Tuesday. The talks lasted four hours.'

setup_file() {
	compile copy
	compile count
	compile groups
	# find-copies reads a sketch before the text
	if command -v fingerprint >/dev/null; then
		SKETCH=$(printf 'a\t%s\n' "$TEXT" | fingerprint | cut -f 2)
		export SKETCH
	fi
}

setup() {
	! command -v copy >/dev/null || TOOLS="$TOOLS copy"
}

# rec TOOL ID TEXT: a record as the tool reads it, without its LF, in printf's escapes.
rec() {
	if [[ $1 == find-copies ]]; then
		printf '%s' "$2\\t${SKETCH-}\\t$3"
	else
		printf '%s' "$2\\t$3"
	fi
}

# prepared TOOL: records id TAB text on standard input to what the tool reads.
prepared() {
	if [[ $1 == find-copies ]]; then fingerprint -k 2>/dev/null || [[ $? == 1 ]]; else cat; fi
}

# documents TOOL: does the tool make something of a raw document?
documents() {
	[[ $1 != find-copies ]]
}

# put FORMAT: printf it into the file in.
put() {
	# shellcheck disable=SC2059
	printf "$1" >in
}

# ends STATUS COMMAND...: the command ends so; standard error goes to err.
ends() {
	local want=$1 status=0
	shift
	"$@" 2>err || status=$?
	[[ $status == "$want" ]] || {
		echo "status $status, not $want: $*" >&2
		cat err >&2
		return 1
	}
}

silent() {
	[[ ! -s err ]] || {
		echo "not silent:"
		cat err
		return 1
	}
}

# signed TOOL: there are messages, each a line that begins with the tool's name.
signed() {
	[[ -s err ]] && ! grep -v "^$1: ." err
}

# nothing: no output at all.
nothing() {
	[[ ! -s out ]] || {
		echo "output where there should be none:"
		head -c 300 out
		return 1
	}
}

# valid FILE: well-formed UTF-8 without NUL.
valid() {
	iconv -f UTF-8 -t UTF-8 "$1" >/dev/null && tr -d '\000' <"$1" | cmp - "$1"
}

# same COMMAND: its standard output is what is in out.
same() {
	"$@" >out2 2>err2 && cmp out out2
}

# news N: N records of made-up news with a little dirt, the same at each call.
news() {
	awk -v n="$1" 'BEGIN {
		nword = split("the President Vladimir Putin said on Tuesday that talks in Istanbul with Mr. Erdogan of Turkey, " \
		    "the U.S. envoy and the \303\251lys\303\251e would not end before 3.5 months had passed. Kyiv \342\200\234agreed\342\200\235; " \
		    "Share this article\\n Berlin, he added, pays 50,000 euros \\\\o/ NATO. Angela Merkel\342\200\231s party wins!", word, " ")
		seed = 7
		for (i = 1; i <= n; i++) {
			line = "doc" i "\t"
			if (i % 17 == 0)
				line = "\t"
			if (i % 23 == 0)
				line = ""
			for (j = 0; j < 20 + i % 40; j++) {
				seed = (seed * 1103 + 12345) % 1048576
				line = line word[1 + seed % nword] (j % 11 == 10 ? "\\n" : " ")
			}
			if (i % 19 == 0)
				line = line "\377\303"
			if (i % 29 == 0)
				line = line "\r"
			print line
			if (i % 31 == 0)
				print ""
		}
	}'
}

#
# Where output goes
#

full_disk() {
	put "$(rec "$1" a "$TEXT")\n" &&
		ends 1 "$1" <in >/dev/full && signed "$1" && said 'No space left' &&
		ends 1 "$1" -j 2 <in >/dev/full && signed "$1" && said 'No space left' &&
		ends 1 "$1" --help >/dev/full && said 'No space left' &&
		ends 1 "$1" --version >/dev/full && said 'No space left'
}

@test "edges: one record, or the help, to a full disk is told, exit 1" {
	[[ -c /dev/full ]] || skip "no /dev/full here"
	each full_disk
}

full_disk_much() {
	prepared "$1" <news >in &&
		ends 1 "$1" <in >/dev/full && said 'No space left' &&
		ends 1 "$1" -j 3 <in >/dev/full && said 'No space left' &&
		[[ $(grep -c 'No space left' err) == 1 ]]
}

@test "edges: much output to a full disk is told once, exit 1" {
	[[ -c /dev/full ]] || skip "no /dev/full here"
	news 3000 >news
	each full_disk_much
}

# endless COMMAND...: an input without end into the command, whose reader takes one byte; its status.
endless() {
	local status
	yes "$(cat in)" 2>/dev/null | timeout 20 "$@" 2>err | head -c 1 >one
	status=${PIPESTATUS[1]}
	[[ -s one ]] && return "$status"
}

dies_by_signal() {
	local status
	for jobs in 1 2; do
		put "$(rec "$1" a "$TEXT")"
		status=0
		# shellcheck disable=SC2086
		endless $default_pipe "$1" -j "$jobs" || status=$?
		[[ $status == 141 ]] && silent || {
			echo "status $status with -j $jobs"
			return 1
		}
	done
}

@test "edges: when the reader is gone, SIGPIPE ends the tool in silence" {
	# a parent may have left SIGPIPE ignored, which no trap undoes
	default_pipe='env --default-signal=PIPE'
	$default_pipe true 2>/dev/null || default_pipe=
	each dies_by_signal
}

epipe() {
	local status
	for jobs in 1 2; do
		put "$(rec "$1" a "$TEXT")"
		status=0
		(
			trap '' PIPE
			endless "$1" -j "$jobs"
		) || status=$?
		[[ $status == 1 ]] && silent || {
			echo "status $status with -j $jobs"
			cat err
			return 1
		}
	done
}

@test "edges: where SIGPIPE is ignored it stops at once all the same, exit 1, in silence" {
	each epipe
}

stdout_closed() {
	put "$(rec "$1" a "$TEXT")\n"
	printf '%s\n' "$TEXT" >doc && cp doc doc.before &&
		ends 1 "$1" <in >&- && signed "$1" && said 'standard output' &&
		ends 1 "$1" --help >&- && said 'standard output' || return 1
	if documents "$1"; then
		ends 1 "$1" doc >&- && said 'standard output' && cmp doc doc.before
	fi
}

@test "edges: closed standard output is told, exit 1, and no file gets what belongs there" {
	each stdout_closed
}

@test "edges: nothing of what standard output cannot take gets into an index" {
	needs fingerprint find-copies
	printf 'a\t%s\nb\t%s\n' "$TEXT" "$TEXT" | fingerprint >in
	find-copies <in >want2
	ends 1 find-copies --index=seen <in >&-
	[[ ! -c /dev/full ]] || ends 1 find-copies --index=seen <in >/dev/full
	# the run that follows sees both as new
	ends 0 find-copies --index=seen <in >out
	silent
	cmp want2 out
	run ! grep -raF "$(tail -1 out)" seen
}

stderr_closed() {
	feed "$(rec "$1" a "$TEXT\377")\nno TAB\n" "$1"
	[[ -s err ]] && ends "$status" eval "$1 <in >out2 2>&-" && cmp out out2
}

@test "edges: closed standard error changes nothing else" {
	each stderr_closed
}

#
# Where input comes from
#

stdin_closed() {
	ends 1 "$1" <&- >out && signed "$1" && said 'standard input: Bad file descriptor' && nothing &&
		ends 1 "$1" - <&- >out && said 'Bad file descriptor' && nothing || return 1
	printf '%s\n' "$TEXT" >doc
	documents "$1" || return 0
	ends 0 "$1" doc <&- >out && [[ -s out ]] || return 1
	# the list, which is opened first, does not get its place
	printf 'doc\0-\0' >list
	ends 1 "$1" --files0-from=list <&- >out2 && said 'Bad file descriptor' && cmp out out2
}

@test "edges: closed standard input is told, exit 1; with operands it is not missed" {
	each stdin_closed
}

stdin_directory() {
	ends 1 "$1" <. >out && signed "$1" && said 'standard input: Is a directory' && nothing
}

@test "edges: a directory as standard input is told, exit 1" {
	each stdin_directory
}

odd_operands() {
	rm -rf dir && mkdir dir && printf '%s\n' "$TEXT" >doc
	ends 1 "$1" dir missing >out && signed "$1" &&
		said "$1: dir: Is a directory" && said "$1: missing: No such file or directory" && nothing || return 1
	documents "$1" || return 0
	"$1" doc >want2 2>err && [[ -s want2 ]] &&
		ends 1 "$1" missing doc dir >out && cmp want2 out &&
		ends 1 "$1" -j 3 missing dir doc >out && cmp want2 out &&
		ends 1 "$1" doc missing/ >out && cmp want2 out
}

@test "edges: directories and missing files are named, exit 1, and the other operands done" {
	each odd_operands
}

unreadable() {
	ends 1 "$1" secret >out && said "$1: secret: Permission denied" && nothing
}

@test "edges: an unreadable file is named, exit 1" {
	touch secret && chmod 0 secret
	! cat secret 2>/dev/null || skip "this user may read everything"
	each unreadable
}

empty_input() {
	for jobs in 1 4; do
		ends 0 "$1" -j "$jobs" </dev/null >out && nothing && silent || return 1
	done
	put '\n\r\n\n' && ends 0 "$1" <in >out && nothing && silent &&
		put '\357\273\277' && ends 0 "$1" <in >out && nothing && silent
}

@test "edges: empty input, empty lines and a lone BOM are no records, exit 0" {
	each empty_input
}

line_ends() {
	local one two
	one=$(rec "$1" a "$TEXT") two=$(rec "$1" b "$TEXT")
	feed "$one\n$two\n" "$1" && [[ $status == 0 && -s out ]] || return 1
	cp out plain
	feed "$one\n$two" "$1" && silent && cmp plain out || return 1
	feed "$one\r\n$two\r\n" "$1" && silent && cmp plain out || return 1
	feed "$one\r\n$two\r" "$1" && silent && cmp plain out || return 1
	feed "\n$one\n\n\r\n$two\n\n" "$1" && silent && cmp plain out || return 1
	feed "\357\273\277$one\n$two\n" "$1" && silent && cmp plain out
}

@test "edges: no final newline, CRLF, empty lines and a BOM change nothing" {
	each line_ends
}

#
# The command line
#

bad_option() {
	put "$(rec "$1" a "$TEXT")\n"
	while read -r args; do
		# shellcheck disable=SC2086
		ends 2 "$1" $args <in >out && signed "$1" && nothing || {
			echo "arguments: $args"
			return 1
		}
	done <<-'EOT'
	--nonsense
	-Z
	-j
	-j x
	-j -1
	-j 1x
	-j 1025
	-j 99999999999999999999999
	--jobs
	--jobs=
	--jobs=+1
	--max-record 0
	--max-record=1X
	--max-record=1025M
	--max-record=99999999999G
	--max-record=-1
	--encoding nonsense
	--encoding=
	--encoding=//TRANSLIT
	--strict=1
	--plain=yes
	--stdin-name=
	--files0-from=missing
	--files0-from=list operand
	EOT
}

@test "edges: bad options and bad values end with status 2 and no output" {
	printf 'in\0' >list
	each bad_option
}

@test "edges: the value that is refused is named" {
	needs copy
	while IFS='|' read -r args what; do
		# shellcheck disable=SC2086
		ends 2 copy $args </dev/null >out
		said "$what"
	done <<-'EOT'
	--nonsense|copy: unrecognized option '--nonsense'
	--jobs=x|copy: --jobs: x: want a number from 0 to 1024
	--max-record 0|copy: --max-record: 0: want a number from 1
	--encoding nonsense|copy: --encoding: nonsense: not known to iconv(3)
	--files0-from=missing|copy: missing: No such file or directory
	--times=9G|copy: --times: 9G: want a number from 0 to 1048576
	EOT
	for args in 0 7 1K 1k 1M 0G; do
		ends 0 copy --times="$args" </dev/null
	done
}

no_argument() {
	local option
	"$1" --help | sed -nE 's/^.*--([a-z0-9-]+)=[A-Z].*/\1/p' >options && [[ -s options ]] || return 1
	while read -r option; do
		ends 2 "$1" "--$option" '' <in >out && said "$1: --$option: its argument is empty" && nothing || return 1
	done <options
}

@test "edges: an argument that is empty, as of a variable that is not set, is refused" {
	put 'a\tb\n'
	each no_argument
}

@test "edges: an option of other tools is refused by the name of ours" {
	needs copy
	while IFS='|' read -r args what; do
		# shellcheck disable=SC2086
		ends 2 copy operand $args </dev/null >out
		said "copy: $what; see copy --help"
		nothing
	done <<-'EOT'
	-0|records end with LF; names of files that end with NUL come by --files0-from=-
	--header|records have no line of headings; tail -n +2 takes one off
	--output=x|output goes to standard output: use >
	-pq|messages go to standard error: 2>/dev/null drops them
	--threads 2|--jobs says how many threads work
	-R|find FOLDER -type f -print0 writes a list for --files0-from=-
	-d,|fields are separated by TABs; the first is the id, the last the text
	--ofs ,|fields are separated by TABs; the first is the id, the last the text
	--lang=en|texts are taken for English
	--format json|records are lines of fields separated by TABs; jq -r '[.id,.text]|@tsv' makes records of JSON
	--csv|records are lines of fields separated by TABs; for CSV mlr --icsv --otsv --headerless-csv-output cut -o -f id,text writes them
	--json|records are lines of fields separated by TABs; jq -r '[.id,.text]|@tsv' makes records of JSON
	EOT
	# ... but not one that is ours
	ends 2 find-copies -d </dev/null >out
	[[ $(grep -c TABs err) == 0 ]]
}

help_version() {
	ends 0 "$1" --help </dev/null >out && silent && head -1 out | grep -q "^usage: $1 " &&
		grep -q -- '--jobs=N' out && valid out &&
		same "$1" -h &&
		ends 0 "$1" --version </dev/null >out && silent && grep -qE "^$1 \\(copydesk\\) [0-9.]+\$" out &&
		[[ $(wc -l <out) == 1 ]] && same "$1" -V
}

@test "edges: --help and --version go to standard output, exit 0" {
	each help_version
}

called() {
	local path status=0
	path=$(command -v "$1")
	ends 2 "$path" --nonsense </dev/null && signed "$1" &&
		ends 1 "$path" missing >out && signed "$1" || return
	(exec -a "$(printf '%05000d' 1)" "$path" --max-record 0 </dev/null 2>err) || status=$?
	[[ $status == 2 && $(wc -c <err) -lt 600 ]]
}

@test "edges: messages begin with the tool's base name, however it was called" {
	each called
}

plain() {
	put "$(rec "$1" a "$TEXT")\n$(rec "$1" b "$TEXT")\n"
	"$1" <in 2>err | sed 's/.*	//' >want2
	ends 0 "$1" -p <in >out && cmp want2 out && same "$1" --plain <in
}

@test "edges: -p writes the last field alone" {
	each plain
	needs copy
	feed 'a\tb\tc\\td\\\\e\\nf\n' copy -p -c x
	want 'c\td\\e\nf\n'
}

progress() {
	put "$(rec "$1" a "$TEXT")\n" && ends 0 "$1" <in >out && silent &&
		ends 0 "$1" --progress <in >out2 && said "$1: 1 records, " && cmp out out2 &&
		ends 0 "$1" --progress -j 2 <in >out2 && said "$1: 1 records, " && cmp out out2
}

@test "edges: --progress goes to standard error only" {
	each progress
}

@test "edges: of a file the progress tells the share, and the time left" {
	needs copy
	news 5000 >in
	# a pipe that is full keeps the tool busy until the progress shows
	copy --progress <in 2>err | {
		sleep 2
		cat >/dev/null
	}
	grep -qE '^copy: [0-9]+ records, .* MB/s, [1-9][0-9]? %, [0-9]+ s left$' err
	# not at the end
	grep -qE '^copy: [0-9]+ records, .* MB/s$' err
}

@test "edges: on a terminal a message takes the place of the progress, and a line of its own" {
	needs script
	script -qec true /dev/null >/dev/null 2>&1 || skip "script is another one here"
	# the progress shows when the tool has run for a second
	printf '{ printf "a\\tx\\n"; sleep 2; printf "b\\ty\\n"; sleep 0.3; printf "\\tno id\\n"; } |\n' >run
	printf 'strip-chrome --progress >/dev/null\n' >>run
	script -qec 'sh run' /dev/null </dev/null >shown || [[ $? == 1 ]]
	tr '\r\033' '\n?' <shown >lines
	grep -q '^strip-chrome: 2 records, .* MB/s' lines
	grep -qx '?\[Kstrip-chrome: stdin:3: empty id: the line.s number is used' lines
	grep -q 'strip-chrome: 3 records, .* MB/s$' lines
}

#
# Bytes
#

dirt() {
	local one
	for what in '\0' '\377' '\303' '\355\240\200' '\360\237\230' '\001\302\205\342\200\250\357\273\277'; do
		one=$(rec "$1" a "$TEXT $what $TEXT")
		feed "$one\n$(rec "$1" b "$TEXT")\n" "$1" && [[ $status == 0 && -s out ]] && valid out || {
			echo "bytes: $what"
			return 1
		}
	done
	feed "$(rec "$1" 'a\377' "$TEXT \0 $TEXT")\n$(rec "$1" 'b' "$TEXT\377\377\\\\n$TEXT")\n" "$1" && valid out &&
		[[ $status == 0 ]] && grep -c 'U+FFFD' err | grep -qx 1 && said "$1: stdin:1: ill-formed UTF-8: 4 parts" || return 1
	status=0
	"$1" --strict <in >out 2>err || status=$?
	[[ $status == 1 ]] && said "$1: stdin:1: ill-formed UTF-8" && nothing
}

@test "edges: NUL and ill-formed bytes come out as U+FFFD, told once; --strict ends there, exit 1" {
	each dirt
}

all_bytes() {
	LC_ALL=C awk -v lead="$(printf '%b' "$(rec "$1" a '')")" 'BEGIN {
		for (i = 0; i < 256; i++) {
			printf "%s", lead
			for (j = 0; j < 256; j++)
				if (i != 10 && j != 10 && i != 9 && j != 9)
					printf "%c%c", i, j
			printf "\n"
		}
	}' >in
	ends 0 "$1" <in >out && valid out && ends 0 "$1" -p <in >out && valid out || return 1
	LC_ALL=C tr '\011\012\134' '   ' <in >doc
	ends 1 "$1" doc >out && nothing && said 'doc: binary file: skipped' || return 1
	tr -d '\000' <doc >doc2
	! documents "$1" || { ends 0 "$1" doc2 >out && valid out; }
}

@test "edges: every pair of bytes goes in, well-formed UTF-8 comes out" {
	each all_bytes
}

@test "edges: U+FFFD stands for each maximal ill-formed part" {
	needs copy
	# the sequences of Unicode 15, tables 3-8 to 3-11, and ends of text
	while IFS='|' read -r in out n; do
		feed "a\tx${in}y\n" copy
		want "a\tx${out}y\n"
		[[ $status == 0 ]]
		if [[ $n == 0 ]]; then
			silent
		elif [[ $n == 1 ]]; then
			said "copy: stdin:1: ill-formed UTF-8: 1 part replaced by U+FFFD"
		else
			said "copy: stdin:1: ill-formed UTF-8: $n parts replaced by U+FFFD"
		fi
	done < <(sed 's/?/\\357\\277\\275/g' <<-'EOT'
	a\361\200\200\341\200\302b\200c\200\277d|a???b?c??d|6
	\300\257\340\200\277\360\201\202A|????????A|8
	\355\240\200\355\277\277\355\257A|????????A|8
	\364\221\222\223\377A\200\277B|?????A??B|7
	\341\200\342\360\221\222\361\277A|????A|4
	\0|?|1
	\0\0|??|2
	\303\251\342\202\254\360\237\230\200|\303\251\342\202\254\360\237\230\200|0
	\357\277\275|\357\277\275|0
	\364\217\277\277\355\237\277\356\200\200|\364\217\277\277\355\237\277\356\200\200|0
	EOT
	)
	# cut off by the end of the line: ill-formed, and the next record is whole
	feed 'a\tx\342\202\nb\t\254y\n' copy
	want 'a\tx\357\277\275\nb\t\357\277\275y\n'
	said 'stdin:1: ill-formed UTF-8: 2 parts'
	# in an id and in a carried field
	feed 'a\377\tb\0\tc\n' copy
	want 'a\357\277\275\tb\357\277\275\tc\n'
}

escapes() {
	for what in '\\\\' '\\t' '\\n' '\\r' '\\b' '\\f' '\\v' '\\0' "\\\\'" '\\"' '\\N' '\\q' '\\u0041' '\\'; do
		feed "$(rec "$1" a "$TEXT $what")\n$(rec "$1" b "$what$what$TEXT")\n" "$1" && [[ $status == 0 && -s out ]] &&
			silent && valid out && ! grep -q "$(printf '\r')" out || {
			echo "escape: $what"
			return 1
		}
	done
}

@test "edges: each escape is read by every tool" {
	each escapes
}

empty_text() {
	feed "$(rec "$1" a '')\n$(rec "$1" b "$TEXT")\n$(rec "$1" c '\\N')\n$(rec "$1" d ' ')\n" "$1" &&
		[[ $status == 0 ]] && silent && grep -q '^b	' out && valid out
}

@test "edges: an empty text is none to stumble over" {
	each empty_text
}

@test "edges: an empty text stays a record of a 1:1 filter" {
	needs copy
	feed 'a\t\nb\t\\N\nc\t2\t\n' copy
	want 'a\t\nb\t\nc\t2\t\n'
	silent
}

bare_line() {
	[[ $1 != find-copies ]] || return 0	# a sketch without an id is none of its business
	feed "$TEXT\n\n$TEXT\na\t$TEXT\n$TEXT\n" "$1" && [[ $status == 0 ]] &&
		[[ $(grep -c . err) == 1 ]] && said "$1: stdin:1: no TAB" && said 'the operand - takes the input for one document' &&
		[[ $(cut -f 1 out | uniq | paste -sd ' ') == '1 3 a 5' ]] || return 1
	feed "a\t$TEXT\n$TEXT\n" "$1" --strict && [[ $status == 1 ]] && said "$1: stdin:2: no TAB" &&
		[[ $(cut -f 1 out | uniq) == a ]] || return 1
	feed '{"id": 1, "text": "It rained."}\n' "$1" && said 'makes records of JSON' || return 1
	# as jq writes them without -r
	feed '"a\\tIt rained."\n' "$1" && said 'makes records of JSON' &&
		feed '"It rained."\n' "$1" && said 'the operand - takes'
}

@test "edges: a line without a TAB is a text with its line's number as id, told once" {
	each bare_line
	needs copy
	news 4000 | tr -d '\t' >in
	for jobs in 1 4; do
		copy -j "$jobs" <in >out 2>err
		[[ $(grep -c 'no TAB' err) == 1 ]]
		said 'stdin:1: no TAB'
	done
}

messages_in_order() {
	[[ $1 != find-copies ]] || return 0
	feed "\t$TEXT\n$TEXT\n\t$TEXT\n$TEXT\n" "$1" &&
		[[ $(sed 's/^[^:]*: stdin://; s/ .*//' err | paste -sd ' ') == '1: 2: 3:' ]]
}

@test "edges: messages come in the order of the lines they are on" {
	each messages_in_order
}

empty_id() {
	feed "$(rec "$1" a "$TEXT")\n$(rec "$1" '' "$TEXT")\n$(rec "$1" c "$TEXT")\n" "$1" &&
		[[ $status == 1 ]] && said "$1: stdin:2: empty id" && [[ $(cut -f 1 out | uniq | paste -sd ' ') == 'a 2 c' ]]
}

@test "edges: an empty id is told, replaced by the line's number, exit 1" {
	each empty_id
	needs copy
	feed '\tx\ty\tz\n\t\tz\n' copy
	want '1\tx\ty\tz\n2\t\tz\n'
	[[ $status == 1 ]]
}

#
# Size
#

long_line() {
	{
		printf '%b\n' "$(rec "$1" a "$TEXT")"
		printf '%b' "$(rec "$1" b '')"
		cat long
		printf '\n%b\n' "$(rec "$1" c "$TEXT")"
	} >in
	ends 0 "$1" <in >out && silent && grep -q '^a	' out && grep -q '^b	' out && grep -q '^c	' out && valid out || return 1
	[[ $1 != copy ]] || cmp in out
}

@test "edges: a line of 10 MB" {
	yes "$TEXT" | head -c 10000000 | tr '\n' ' ' >long
	each long_line
}

one_word() {
	{
		printf '%b' "$(rec "$1" a '')"
		cat long
		printf '\n%b\n' "$(rec "$1" b "$TEXT")"
	} >in
	ends 0 timeout 20 "$1" <in >out && silent && grep -q '^b	' out
}

@test "edges: 3 MB of one word, of dots, of quotes, of brackets" {
	for what in x . '"' '<' '('; do
		head -c 3000000 /dev/zero | tr '\0' "$what" >long
		each one_word
	done
}

over_max() {
	local head
	head=$(printf '%b' "$(rec "$1" b '')")
	{
		printf '%b\n' "$(rec "$1" a "$TEXT")"
		printf '%s' "$head"
		head -c "$2" /dev/zero | tr '\0' x
		printf '\n%b\n' "$(rec "$1" c "$TEXT")"
	} >in
	for jobs in 1 2; do
		ends 1 "$1" -j "$jobs" --max-record="$3" <in >out && signed "$1" &&
			[[ $(cut -f 1 out | uniq | paste -sd ' ') == 'a c' ]] &&
			said "$1: stdin:2: record of more than $4 bytes (--max-record): skipped" &&
			[[ $(wc -l <err) == 1 ]] || return 1
	done
	status=0
	"$1" --strict --max-record="$3" <in >out 2>err || status=$?
	[[ $status == 1 && $(cut -f 1 out | uniq) == a ]]
}

over_max_short() { over_max "$1" 8192 8K 8192; }
over_max_long() { over_max "$1" 3000000 1000000 1000000; }

@test "edges: a record over --max-record is named and skipped, exit 1, and the stream goes on" {
	each over_max_short
	each over_max_long
}

@test "edges: --max-record counts the line without its end" {
	needs copy
	# a TAB and 8 bytes more: ten
	while IFS='|' read -r in out status_wanted; do
		feed "$in" copy --max-record=10
		want "$out"
		[[ $status == "$status_wanted" ]]
		# and the same when it comes in two pieces
		# shellcheck disable=SC2059
		for cut in 10 11 12; do
			printf "$in" >in
			status=0
			{
				head -c "$cut" in
				sleep 0.02
				tail -c +$((cut + 1)) in
			} | copy --max-record=10 >out 2>err || status=$?
			want "$out"
			[[ $status == "$status_wanted" ]]
		done
	done <<-'EOT'
	a\t12345678\nb\tx\n|a\t12345678\nb\tx\n|0
	a\t12345678\r\nb\tx\n|a\t12345678\nb\tx\n|0
	a\t12345678|a\t12345678\n|0
	a\t12345678\r|a\t12345678\n|0
	a\t123456789\nb\tx\n|b\tx\n|1
	a\t123456789\r\nb\tx\n|b\tx\n|1
	a\t12345678\rxyz\nb\tx\n|b\tx\n|1
	a\t123456789||1
	a\t12345678\rxyz||1
	a\t1\377345678\nb\tx\n|a\t1\357\277\275345678\nb\tx\n|0
	a\t1\377345678\r\nb\tx\n|a\t1\357\277\275345678\nb\tx\n|0
	a\t1\377345678|a\t1\357\277\275345678\n|0
	a\t1\3773456789\nb\tx\n|b\tx\n|1
	EOT
}

@test "edges: a document over --max-record is named and skipped, exit 1" {
	needs copy
	printf '0123456789' >ten
	printf '0123456789x' >eleven
	ends 1 copy --max-record=10 eleven ten >out
	want 'ten\t0123456789\n'
	said 'copy: eleven: document of more than 10 bytes (--max-record): skipped'
	# as many bytes as are read at a time, and one more
	head -c 262145 /dev/zero | tr '\0' x >much
	ends 1 copy --max-record=256K much >out
	said 'copy: much: document of more than 262144 bytes (--max-record): skipped'
}

# peak COMMAND...: kB of address space the command has had when it has read all of in.
peak() {
	rm -f fifo && mkfifo fifo
	"$@" <fifo >/dev/null 2>&1 &
	local pid=$! i last=-1 now=0
	exec 9>fifo
	cat in >&9
	for ((i = 0; i < 100; i++)); do
		sleep 0.02
		now=$(sed -n 's/VmPeak:[^0-9]*\([0-9]*\).*/\1/p' /proc/$pid/status)
		[[ $now != "$last" ]] || break
		last=$now
	done
	exec 9>&-
	wait $pid
	echo "$now"
}

# flat TOOL [OPTION...]
flat() {
	local limit times
	# find-copies keeps each sketch: few of them, short ones, before long texts
	if [[ $1 == find-copies ]]; then sed "s/	/	$SKETCH	/" long; else cat long short; fi >in
	limit=$(($(peak "$@") + 4096))
	times=$((30000000 / $(wc -c <in)))
	(
		ulimit -v "$limit"
		for ((i = 0; i < times; i++)); do
			cat in
		done | ends 0 "$@" >/dev/null
	) || {
		echo "with $limit kB of address space"
		return 1
	}
}

@test "edges: memory is flat on a stream of many times its size" {
	[[ -r /proc/self/status ]] || skip "no /proc here"
	export MALLOC_ARENA_MAX=1
	(
		ulimit -v 2000000
		command -v copy >/dev/null && copy --version
	) >/dev/null 2>&1 || skip "cannot be limited: a sanitizer's build, or no copy"
	news 2000 | grep -v '^	' >short
	cut -f 2 short | tr '\n' ' ' | tr -d '\\' | fold -b -w 50000 | grep -an '' | sed 's/:/	/' >long
	each flat
	flat copy -j 2
}

#
# Order, time and company
#

@test "edges: the pipes on both sides hold more than the usual 64 kB" {
	[[ $(cat /proc/sys/fs/pipe-max-size) -ge 524288 ]] || skip "pipes cannot be made larger here"
	# less than half a megabyte on either side; more than that on one, 64 kB on the other and a block in between
	seq -f "d%.0f	$TEXT" 40000 | head -c 950000 >in
	{ cat in && touch written; } | copy | {
		for ((i = 0; i < 200; i++)); do
			[[ ! -e written ]] || break
			sleep 0.05
		done
		[[ -e written ]] && cat
	} >out
	[[ $(wc -l <out) == "$(grep -c '' in)" ]]
}

jobs() {
	prepared "$1" <news >in
	"$1" <in >out 2>err
	status=$?
	for n in 4 0; do
		"$1" -j $n <in >out2 2>err2
		[[ $? == "$status" ]] && cmp out out2 && diff err err2 || {
			echo "with -j $n"
			return 1
		}
	done
}

@test "edges: 10,000 records come out the same with -j 1 and -j 4, messages too" {
	news 10000 >news
	each jobs
}

@test "edges: -j keeps the order of raw documents" {
	needs copy
	for i in {1..50}; do
		head -c $((i % 7 * 9999)) /dev/zero | tr '\0' x >"d$i"
		printf 'd%s\0' "$i"
	done >list
	copy --files0-from=list >out
	same copy -j 4 --files0-from=list
	[[ $(cut -f 1 out | paste -sd ' ') == "$(printf 'd%s ' {1..50} | sed 's/ $//')" ]]
}

dry() {
	local line pid
	for args in '-j 1' '-j 3' --line-buffered; do
		# shellcheck disable=SC2086
		coproc "$1" $args 2>err
		pid=$COPROC_PID
		for id in a b; do
			printf '%b\n' "$(rec "$1" $id "$TEXT")" >&"${COPROC[1]}"
			line=
			while read -r -t 10 -u "${COPROC[0]}" line; do
				[[ $line != "$id	"* ]] || break
			done
			[[ $line == "$id	"* ]] || {
				echo "nothing came of record $id with $args"
				kill "$pid"
				return 1
			}
		done
		eval "exec ${COPROC[1]}>&-"
		cat <&"${COPROC[0]}" >/dev/null
		wait "$pid"
	done
}

@test "edges: a record that was written to a pipe comes out before the writer closes it" {
	each dry
}

@test "edges: --line-buffered writes a record before it looks at the next" {
	needs copy
	feed 'a\tx\nb\ty\nc\tdie\n' copy --line-buffered --die=die
	want 'a\tx\nb\ty\n'
	[[ $status == 137 ]]
	feed 'a\tx\nb\ty\nc\tdie\n' copy --die=die
	nothing
}

together() {
	(
		cd docs || exit
		find . -type f -print0 | xargs -0 -n 1 "$1" 2>/dev/null | LC_ALL=C sort >../want2
		find . -type f -print0 | xargs -0 -P 4 -n 1 "$1" 2>/dev/null | {
			sleep 0.2
			cat
		} | LC_ALL=C sort >../out
	)
	documents "$1" || return 0
	[[ -s out ]] && cmp want2 out
}

@test "edges: lines stay whole when four processes write into one pipe with a slow reader" {
	mkdir docs
	news 400 | tr -d '\377\303' | sed 's/.*	//; s/\\n/ /g' | split -l 20 - docs/
	for i in docs/*; do
		cat "$i" "$i" "$i" "$i" >doc
		mv doc "$i"
	done
	each together
}

#
# Raw documents
#

encodings() {
	documents "$1" || return 0
	mkdir -p utf8 other
	printf '%s Caf\303\251 \342\202\254 5, \342\200\234so\342\200\235.\n' "$TEXT" >utf8/doc
	(cd utf8 && ends 0 "$1" doc >../out) && [[ -s out ]] || return 1
	while IFS='|' read -r what option command; do
		eval "$command" <utf8/doc >other/doc
		# shellcheck disable=SC2086
		(cd other && ends 0 "$1" $option doc >../out2 && silent) && cmp out out2 || {
			echo "case: $what"
			return 1
		}
	done <<-'EOT'
	UTF-8 with a BOM||printf '\357\273\277'; cat
	UTF-16LE with a BOM||printf '\377\376'; iconv -f UTF-8 -t UTF-16LE
	UTF-16BE with a BOM||printf '\376\377'; iconv -f UTF-8 -t UTF-16BE
	windows-1252||iconv -f UTF-8 -t WINDOWS-1252
	named|--encoding=WINDOWS-1252|iconv -f UTF-8 -t WINDOWS-1252
	UTF-16 without a BOM|--encoding=UTF-16LE|iconv -f UTF-8 -t UTF-16LE
	UTF-8 whatever is named|--encoding=ISO-8859-2|cat
	UTF-16 with a BOM, whatever is named|--encoding=ISO-8859-2|printf '\377\376'; iconv -f UTF-8 -t UTF-16LE
	EOT
}

@test "edges: files in UTF-8, UTF-16 and windows-1252 are the same text" {
	each encodings
}

@test "edges: encodings, byte for byte" {
	needs copy
	while IFS='|' read -r what option in out nbad; do
		# shellcheck disable=SC2059
		printf "$in" >doc
		# shellcheck disable=SC2086
		ends 0 copy $option doc >out && want "doc\t$out\n" || {
			echo "case: $what"
			return 1
		}
		if [[ $nbad == 0 ]]; then silent; else said "copy: doc: ill-formed UTF-8: $nbad part"; fi
	done < <(sed 's/?/\\357\\277\\275/g' <<-'EOT'
	windows-1252 quotes||\223caf\351\224 \200|\342\200\234caf\303\251\342\200\235 \342\202\254|0
	a byte windows-1252 lacks||caf\351 \201|caf\303\251 ?|1
	UTF-8 with a damaged byte||\303\251\303\251 \377 x|\303\251\303\251 ? x|1
	cut in a character||\303\251\303\251 \342\202|\303\251\303\251 ?|1
	ISO-8859-2|--encoding ISO-8859-2|\261\352\263|\304\205\304\231\305\202|0
	KOI8-R|--encoding KOI8-R|\355\311\322|\320\234\320\270\321\200|0
	a page that names its charset||<meta charset="koi8-r">\355\311\322|<meta charset="koi8-r">\320\234\320\270\321\200|0
	by http-equiv||<meta http-equiv=x content="text/html; charset=ISO-8859-2">\261\352|<meta http-equiv=x content="text/html; charset=ISO-8859-2">\304\205\304\231|0
	by XML||<\077xml version="1.0" encoding=\047iso-8859-2\047><p>\261|<\077xml version="1.0" encoding=\047iso-8859-2\047><p>\304\205|0
	latin1 is windows-1252||<meta charset=iso-8859-1>\223a|<meta charset=iso-8859-1>\342\200\234a|0
	a charset nobody knows||<meta charset=x-none>\351|<meta charset=x-none>\303\251|0
	a charset outside of meta||<p>charset=koi8-r \351|<p>charset=koi8-r \303\251|0
	UTF-8 whatever it names||<meta charset=koi8-r>\303\251|<meta charset=koi8-r>\303\251|0
	says UTF-8, is none||<meta charset=utf-8>\351|<meta charset=utf-8>\303\251|0
	an option counts more than a meta|--encoding ISO-8859-2|<meta charset=koi8-r>\261|<meta charset=koi8-r>\304\205|0
	a last letter that a mark could follow|--encoding WINDOWS-1258|l\340 la|l\303\240 la|0
	such a letter before a byte that is none|--encoding WINDOWS-1258|a\212b|a?b|1
	ISO-2022-JP, all ASCII|--encoding ISO-2022-JP|\033$B$"\033(B|\343\201\202|0
	UTF-16LE with a surrogate pair||\377\376=\330\000\336|\360\237\230\200|0
	UTF-16BE, a lone surrogate||\376\377\330\075\000a|?a|1
	UTF-16LE, an odd byte||\377\376a\000b|a?|1
	UTF-16LE, NUL||\377\376a\000\000\000|a?|1
	UTF-8 with a BOM and damage||\357\273\277caf\303\251 \303\251 \377|caf\303\251 \303\251 ?|1
	a BOM inside stays||a\357\273\277b|a\357\273\277b|0
	CRLF within a document||a\r\nb\r\n|a\\r\\nb\\r\\n|0
	TAB and backslash||a\tb\\|a\\tb\\\\|0
	EOT
	)
	# on standard input too
	feed '\377\376a\000\n\000' copy -
	want '\055\ta\\n\n'
	# a document that takes more room as UTF-8
	printf '\355\311\322%.0s' {1..5000} >doc
	ends 0 copy --encoding KOI8-R doc >out
	want "doc\t$(printf '\320\234\320\270\321\200%.0s' {1..5000})\n"
}

binary() {
	printf '\177ELF\002\001\001\0\0\0\0\0\0\0\0\0' >elf
	printf '%%PDF-1.4\nno text here' >pdf
	printf '%s\n' "$TEXT" >doc
	for option in '' --encoding=windows-1252 --encoding=UTF-16LE; do
		# shellcheck disable=SC2086
		ends 1 "$1" $option elf pdf >out && nothing && said "$1: elf: binary file: skipped" &&
			said "$1: pdf: binary file: skipped" || return 1
	done
	! documents "$1" || { ends 1 "$1" elf doc pdf >out && cut -f 1 out | uniq | grep -qx doc; }
}

@test "edges: binary files are named and skipped, exit 1" {
	each binary
}

empty_document() {
	: >empty
	documents "$1" || return 0
	ends 0 "$1" empty >out && silent && ! grep -v '^empty	' out
}

@test "edges: an empty document is one" {
	each empty_document
	needs copy
	copy empty >out
	want 'empty\t\n'
}

stdin_document() {
	documents "$1" || return 0
	printf '%s\n' "$TEXT" >doc
	"$1" doc >out && [[ -s out ]] && sed 's/^doc	/-	/' out >dash && sed 's/^doc	/story 7	/' out >named &&
		ends 0 "$1" - <doc >out && silent && cmp dash out &&
		ends 0 "$1" -i 'story 7' - <doc >out && silent && cmp named out &&
		ends 0 "$1" --stdin-name='story 7' - <doc >out && silent && cmp named out
}

@test "edges: - is standard input as a raw document, -i gives its id" {
	each stdin_document
	needs copy
	feed 'x' copy -i 'a\tb' -
	want 'a\\\\tb\tx\n'
	feed 'x' copy -i "$(printf 'a\tb\377')" -
	want 'a\\tb\357\277\275\tx\n'
}

files0() {
	documents "$1" || return 0
	printf '%s\n' "$TEXT" >one && cp one two
	"$1" one two >out && [[ -s out ]] || return 1
	printf 'one\0two\0' >list
	same "$1" --files0-from=list && same "$1" --files0-from=- <list || return 1
	printf 'one\0two' >list
	same "$1" --files0-from=list && same "$1" --files0-from=- <list || return 1
	printf 'one\0\0missing\0two\0' >list
	ends 1 "$1" --files0-from=list >out2 && cmp out out2 && said "$1: --files0-from: an empty name" && said "$1: missing: No such" || return 1
	printf 'one\ntwo\n' >list
	ends 1 "$1" --files0-from=list >out2 && said "$1: --files0-from: names end with NUL" || return 1
	ends 1 "$1" '' >out2 && said "$1: an empty name: skipped" || return 1
	printf 'one\0-\0two\0' >list
	ends 1 "$1" --files0-from=- <list >out2 && cmp out out2 && said "$1: --files0-from: - cannot be" || return 1
	"$1" one - two <two >out &&	same "$1" --files0-from=list <two || return 1
	ends 2 "$1" --files0-from=list one >out && nothing && said 'operands do not go with --files0-from' || return 1
	ends 1 "$1" --files0-from=. >out && nothing && said '.: Is a directory' || return 1
	ends 0 "$1" --files0-from=/dev/null >out && nothing && silent
}

@test "edges: --files0-from" {
	each files0
}

@test "edges: a long list of files, longer than a block" {
	needs copy
	printf x >short
	yes "$(printf './././%.0s' {1..20})short" | head -4000 | tr '\n' '\0' >list
	(($(wc -c <list) > 400000))
	ends 0 copy --files0-from=list >out
	[[ $(wc -l <out) == 4000 && $(sort -u out | wc -l) == 1 ]]
}

@test "edges: a file of a list is done before the next name has come, in pieces" {
	needs copy
	printf x >one
	coproc copy --files0-from=- 2>err
	local pid=$COPROC_PID line
	for _ in 1 2; do
		printf o >&"${COPROC[1]}"
		sleep 0.1
		printf 'ne\0' >&"${COPROC[1]}"
		line=
		read -r -t 10 -u "${COPROC[0]}" line || kill "$pid"
		[[ $line == 'one	x' ]]
	done
	eval "exec ${COPROC[1]}>&-"
	wait "$pid"
	silent
}

# told WHAT COMMAND...: of each case on standard input, an input|N, the command says N times what matches WHAT.
told() {
	local what=$1 in n
	shift
	while IFS='|' read -r in n; do
		# shellcheck disable=SC2059
		printf "$in" >in
		"$@" <in >out
		[[ $(grep -c "$what" err) == "$n" && -s out ]] || {
			echo "case: $in"
			return 1
		}
	done
}

looks_like_records() {
	documents "$1" || return 0
	printf 'a\t%s\nb\t%s\n' "$TEXT" "$TEXT" >doc && cp doc doc.tsv && printf '%s\n' "$TEXT" >x.tsv
	ends 0 "$1" doc >out && said "$1: doc: looks like records" && cut -f 1 out | uniq | grep -qx doc &&
		ends 0 "$1" doc.tsv >out && said "$1: doc.tsv: looks like records" &&
		ends 0 "$1" x.tsv >out && said "$1: x.tsv: looks like records" || return 1
	ends 1 "$1" --max-record 9 x.tsv >out && said "$1: x.tsv: looks like records" && said 'skipped' || return 1
	printf '%s\n%s\n' "$TEXT" "$TEXT" >doc && ends 0 "$1" doc >out && silent
}

@test "edges: an operand that looks like records gets a warning" {
	each looks_like_records
	needs copy
	told 'looks like records' ends 0 copy in <<-'EOT'
	a\tb\nc\td\n|1
	a\tb\nc\td|1
	a\tb\t\nc\td\te\n|1
	a\tb\n|0
	a\tb\nc\td\te\n|0
	a\tb\nc\n|0
	a\tb\n\nc\td\n|0
	no TAB\nat all\n|0
	EOT
}

comes_first() {
	head -n 1 "$2" | grep -q "^$1: $3" || {
		echo "$1: first came: $(head -n 1 "$2" | cut -c 1-200)"
		return 1
	}
}

warned_first() {
	local j
	documents "$1" || return 0
	printf 'a\t%s\nb\t%s\n' "$TEXT" "$TEXT" >doc
	"$1" doc >both 2>&1 && comes_first "$1" both 'doc: looks like records' || return 1
	# a stream that is written before all of its first block was read
	yes "{\"text\":\"$TEXT\"}" | head -n 3000 >lines
	for j in 1 2; do
		"$1" -j "$j" <lines >both 2>&1
		comes_first "$1" both 'stdin:1: no TAB' || return 1
	done
}

@test "edges: what is wrong with the input is said before what came of it" {
	each warned_first
}

@test "edges: an operand that is JSON gets a warning, and how JSON becomes records" {
	needs copy
	told "looks like JSON.*jq -r '\[.id,.text\]" ends 0 copy in <<-'EOT'
	{"id": 1, "text": "It rained."}\n{"id": 2, "text": "It snowed."}\n|1
	{\n  "id": 1\n}\n|1
	[\n  {\n    "id": 1\n  }\n]\n|1
	[{"id":1}]|1
	\357\273\277{"id":1}\n|1
	{|1
	["a", "It rained."]\n|1
	[Photo] {"It rained"}\n|0
	{{ title }}\n|0
	[\n|0
	"It rained."\n|0
	EOT
}

looks_like_feed() {
	documents "$1" || return 0
	printf '<?xml version="1.0"?>\n<rss version="2.0"><channel><item><title>%s</title></item></channel></rss>\n' "$TEXT" >feed.xml
	ends 0 "$1" feed.xml >/dev/null && said "$1: feed.xml: looks like a feed" && said feeds.sh && [[ $(wc -l <err) == 1 ]] || return 1
	# sfeed's items have their text in the middle
	printf '%s\tTalks\thttps://example.org/1\t<p>%s</p>\t%s\t\t\t\t\n' 1747389600 "$TEXT" html '' "$TEXT" '' >in
	ends 0 "$1" <in >/dev/null
	[[ $(grep -c 'stdin:[12]: looks like .*feeds.sh' err) == 1 ]]
}

@test "edges: a feed, and sfeed's items, get a warning and what makes records of them" {
	each looks_like_feed
	needs copy
	told 'looks like a feed' ends 0 copy in <<-'EOT'
	<rss version="2.0"><channel>|1
	<?xml version="1.0" encoding="utf-8"?>\n<!-- made -->\n<feed xmlns="http://www.w3.org/2005/Atom">|1
	<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/">|1
	<html><p>An <rss> element.</html>|0
	<p>The mayor.</p>|0
	Feeds: <rss> and <feed>\n|0
	EOT
	told 'looks like items of sfeed' ends 0 copy <<-'EOT'
	1747389600\tTalks\thttps://a.example/1\tRain.\tplain\tid\tReed\t\tnews\n|1
	1747389600\tTalks\thttps://a.example/1\t\t\t\t\t\t\n|1
	a7\tTalks\thttps://a.example/1\tRain.\tplain\tid\tReed\t\tRain.\n|0
	1747389600\tTalks\thttps://a.example/1\tRain.\tpages\tid\tReed\t\tnews\n|0
	1747389600\tTalks\thttps://a.example/1\tRain.\thtml\tid\tReed\tRain.\n|0
	1747389600\tTalks\thttps://a.example/1\tRain.\thtml\tid\tReed\t-\t-\tRain.\n|0
	EOT
}

looks_like_html() {
	[[ $1 != strip-chrome ]] && documents "$1" || return 0
	printf '<!DOCTYPE html>\n<title>Talks</title>\n<p>%s\n' "$TEXT" >page && cp page again
	ends 0 "$1" page again >/dev/null && said "$1: page: looks like an HTML page" && said "$1: again: looks like an HTML page" &&
		[[ $(wc -l <err) == 2 ]] && ends 0 "$1" - <page >/dev/null && said "$1: -: looks like an HTML page" || return 1
}

@test "edges: an operand that looks like HTML gets a warning, but from who reads HTML" {
	each looks_like_html
	needs copy
	told 'looks like an HTML page' ends 0 copy in <<-'EOT'
	<!doctype HTML PUBLIC "x"><p>Talks.|1
	\n <HTML lang=en><p>Talks.|1
	<html>|1
	<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<p>Talks.|1
	<!-- saved from the web -->\n<html>\n<p>Talks.|1
	\357\273\277<html><p>Talks.|1
	<b>Talks</b> about <i>the future</i>|0
	<!doctype htm|0
	<htm|0
	<|0
	Of <html> a page is made.|0
	<?xml version="1.0"?>\n<rss><item>&lt;html></rss>|0
	EOT
	{ printf '<!--%1100s-->' x && echo '<html>'; } >page
	ends 0 copy page >out && silent
	printf '1\t<html><p>Talks.\n' >in
	ends 0 copy <in >out && silent
	needs strip-chrome
	ends 0 strip-chrome page >out && silent
	ends 0 strip-chrome --text page >out && silent
}

odd_names() {
	documents "$1" || return 0
	ends 0 "$1" "$(printf 'a\tb')" "$(printf 'c\nd')" 'e\f' "$(printf 'g\377h')" ' i ' ./-j >out &&
		cut -f 1 out | uniq >ids && printf '%s\n' 'a\tb' 'c\nd' 'e\\f' "$(printf 'g\357\277\275h')" ' i ' ./-j | cmp - ids &&
		ends 0 "$1" -- -j >out && cut -f 1 out | uniq | grep -qx -e -j
}

@test "edges: odd bytes in file names come out escaped in ids" {
	for name in "$(printf 'a\tb')" "$(printf 'c\nd')" 'e\f' "$(printf 'g\377h')" ' i ' -j; do
		printf '%s\n' "$TEXT" >"./$name" || skip "this file system refuses odd names"
	done
	each odd_names
}

odd_messages() {
	local name told
	told=$(printf 'a?b?c?[31m??31m\303\233\302\240')
	name=$(printf 'a\tb\nc\033[31m\302\23331m\303\233\302\240')
	ends 1 "$1" "no/$name" >out && [[ $(wc -l <err) == 1 ]] && said "$1: no/$told: No such file" || return 1
	printf '\0' >"$name"
	ends 1 "$1" "$name" >out && [[ $(wc -l <err) == 1 ]] && said "$1: $told: binary file" || return 1
	# a name that is longer than any message
	ends 1 "$1" "$(printf 'x/%.0s' {1..1500})" >out && [[ $(wc -l <err) == 1 ]] && signed "$1"
}

@test "edges: a message is one printable line, whatever the file is called" {
	printf x >"$(printf 'a\tb\nc\033[31m')" || skip "this file system refuses odd names"
	each odd_messages
}

#
# What a filter says itself
#

@test "edges: a record's fault is told with its place, exit 1; --strict ends there, with what came before" {
	needs copy
	printf 'a\tx\nb\tbad\nc\ty\nd\tbad\n' >in
	for jobs in 1 2; do
		ends 1 copy -j $jobs --fault=bad <in >out
		want 'a\tx\nc\ty\n'
		printf 'copy: stdin:%s: a fault, as asked for\n' 2 4 | diff - err
		ends 1 copy -j $jobs --fault=bad --strict <in >out
		want 'a\tx\n'
		echo 'copy: stdin:2: a fault, as asked for' | diff - err
	done
	printf bad >doc
	ends 1 copy --fault=bad doc in >out
	echo 'copy: doc: a fault, as asked for' | diff - <(head -1 err)
	ends 1 copy --strict missing in >out
	nothing
}

@test "edges: a filter that works in sequence sees all of it, and speaks at the end" {
	needs count
	news 3000 | grep -v '^	' >in
	count <in >out 2>err
	same count -j 4 <in
	tail -1 out | grep -qx "total	$(grep -c . in)	-"
	feed '' count -j 4
	want 'total\t0\t-\n'
	said 'count: nothing to count'
	[[ $status == 1 ]]
}

@test "edges: a filter that judges by groups sees them whole, however the input comes" {
	needs groups
	feed 'a\tx\na\ty\nb\tz\na\t-\ta tab\n\na\t-\tanother\nno tab\nno tab\n\tw\n\tv\nc\\303\tq\nc\303\tq\nc\303\tq\nc\tlast' groups -g
	want 'a\t1\t2\ty\nb\t3\t1\tz\na\t4\t1\ta tab\na\t6\t1\tanother\n7\t7\t1\tno tab\n8\t8\t1\tno tab\n9\t9\t1\tw\n10\t10\t1\tv\nc\\303\t11\t1\tq\nc\357\277\275\t12\t2\tq\nc\t14\t1\tlast\n'
	ends 1 groups -g <in >out
	# without -g each record is one; a raw document is one with it, too
	groups <in 2>err | cut -f 3 | sort -u | grep -qx 1
	printf 'text' >doc
	groups -g doc doc >out 2>err
	want 'doc\t0\t1\ttext\ndoc\t0\t1\ttext\n'
	# what came before a fault is written
	ends 1 groups -g --strict <in >out
	want 'a\t1\t2\ty\nb\t3\t1\tz\na\t4\t1\ta tab\na\t6\t1\tanother\n'
	# groups of all sizes, about those of blocks and of 1 MiB
	awk 'BEGIN {
		line = sprintf("%996s", ""); gsub(/ /, "w", line)
		n = split("1 2 3 100 255 256 257 260 261 262 263 500 511 512 513 1000 1046 1047 1048 1049 1050 2200 3 1", of, " ")
		for (i = 1; i <= n; i++)
			for (k = 0; k < of[i]; k++)
				printf "%02d\t%s\n", i % 90, (i + k) % 7 ? line : "short"
	}' >in
	awk -F '\t' -v OFS='\t' '
		function end() { if (n) print id, from, n, text }
		$1 != id || size >= 1048576 { end(); n = size = 0; id = $1; from = NR }
		{ n++; size += length($0) + 1; text = $2 }
		END { end() }' in >want
	groups -g <in >out
	cmp want out
	for jobs in 2 5; do
		groups -g -j "$jobs" <in | cmp want -
	done
	for size in 777 65536 300000 1048577; do
		dd bs="$size" <in 2>/dev/null | groups -g | cmp want -
	done
	head -c 300000 in | { cat; sleep 0.2; tail -c +300001 in; } | groups -g --line-buffered | cmp want -
}

@test "edges: what is whole of a stream is judged while the rest is not there" {
	needs groups mkfifo
	mkfifo pipe
	groups -g <pipe >out &
	exec 7>pipe
	printf 'a\tx\na\ty\nb\tz\n' >&7
	for _ in $(seq 100); do
		[[ ! -s out ]] || break
		sleep 0.05
	done
	want 'a\t1\t2\ty\n'
	exec 7>&-
	wait
	want 'a\t1\t2\ty\nb\t3\t1\tz\n'
}
