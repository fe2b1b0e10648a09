#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # bats runs each test in a subshell of its own
load helper

# Every call that a tool makes to the system goes wrong once: the tool ends with a message and
# status 1, or does all its work; it never crashes, hangs, or says 0 with its output incomplete.

setup_file() {
	${CC:-cc} -shared -fPIC -O1 -o "$BATS_FILE_TMPDIR/faulty.so" "$TOP/tests/fixtures/faulty.c" -ldl -pthread 2>"$BATS_FILE_TMPDIR/log" ||
		{ cat "$BATS_FILE_TMPDIR/log"; return 1; }
	${CC:-cc} -O1 -o "$BATS_FILE_TMPDIR/nonblock" "$TOP/tests/fixtures/nonblock.c"
}

# gcov asks for memory at the end of a program, and does not check what it gets
counted() {
	case $1,${CFLAGS:-} in malloc,*--coverage*) return 0 ;; *) return 1 ;; esac
}

setup() {
	case ${CFLAGS:-} in *fsanitize*) skip 'the sanitizers want to be loaded first' ;; esac
	# records by standard input, and some more by a file, so that everything is met; the last has no sketch
	awk 'BEGIN { for (i = 1; i <= 300; i++) printf "id%d\t%s\n", i, "President Vladimir Putin met Dr. Reed in Kiev on Thursday.Nobody signed the 1.2 billion euro deal. Talks " i " go on in Istanbul, the ministry said, though no date was given for the next round of them." }' >records
	fingerprint -k <records >sketched
}

# faulted CALL NTH HOW COMMAND...: run it on the file `given`; status in $status
faulted() {
	local call=$1 nth=$2 how=$3
	shift 3
	rm -f seen.met
	status=0
	timeout 20 env FAULT_CALL="$call" FAULT_NTH="$nth" FAULT_HOW="$how" FAULT_SEEN=seen.met \
		LD_PRELOAD="$BATS_FILE_TMPDIR/faulty.so" "$@" <given >out 2>err || status=$?
}

# all of a command's calls of one kind, one after the other
all_calls() {
	local call=$1 nth
	shift
	! counted "$call" || return 0
	"$@" <given >good
	for ((nth = 1; nth <= 400; nth++)); do
		faulted "$call" "$nth" fail "$@"
		[ -s seen.met ] || break
		case $status in
		0) cmp -s good out || { echo "$call $nth: status 0, but other output: $*"; return 1; } ;;
		1 | 2) [ -s err ] || [ "$call" = write ] || { echo "$call $nth: status $status without a word: $*"; return 1; } ;;
		*) echo "$call $nth: status $status: $*"; cat err; return 1 ;;
		esac
	done
	[ "$nth" -gt 1 ] || [ "$call" = pthread_create ] || { echo "$call was never called: $*"; return 1; }
}

given_for() {
	case $1 in find-copies) cp sketched given ;; *) cp records given ;; esac
}

fails_well() {
	given_for "$1"
	all_calls read "$1" && all_calls write "$1" && all_calls malloc "$1" && all_calls malloc "$1" -j 3 &&
		all_calls pthread_create "$1" -j 3 && all_calls close "$1" && all_calls close "$1" records && all_calls open "$1" records sketched && all_calls read "$1" records
}

@test "faults: read, write, open, malloc, pthread_create and close fail at every call" {
	each fails_well
}

# a disk over a network may say only then that it is full
@test "faults: output that fails as it is closed is told" {
	local nth told=
	cp records given
	for nth in 1 2 3; do
		faulted close $nth fail split-sentences
		! grep -q '^split-sentences: standard output: Input/output error$' err || { told=$nth; [ "$status" = 1 ]; }
	done
	[ -n "$told" ]
}

@test "faults: lists of the user's, operands from a list" {
	cp records given
	printf 'Reed\tPER\tDana Reed\nKiev\tLOC\tKyiv\n' >names
	printf 'Minist.\nbln\n' >words
	printf 'records\0sketched\0' >operands
	all_calls open tag-entities --gazetteer names
	all_calls malloc tag-entities --gazetteer names
	all_calls open split-sentences --abbreviations words
	all_calls malloc split-sentences --abbreviations words
	all_calls open strip-chrome --files0-from operands
	all_calls read strip-chrome --files0-from operands
	all_calls malloc strip-chrome --files0-from operands --html
	for list in '--gazetteer .' '--abbreviations .'; do
		# shellcheck disable=SC2086 # an option and its argument; a folder can be opened and not be read
		case $list in --g*) feed 'a\tx\n' tag-entities $list ;; *) feed 'a\tx\n' split-sentences $list ;; esac
		[ "$status" = 2 ] && said '.: Is a directory' || { echo "$list: status $status"; return 1; }
	done
}

@test "faults: of a list that cannot be read to its end no name is taken that may be cut" {
	local nth met=0
	: >given
	printf 'records\0sketched' >list
	for nth in 1 2 3 4 5 6; do
		faulted read $nth fail strip-chrome --files0-from=list
		! grep -q '^strip-chrome: list: ' err || {
			((++met))
			[ "$status" = 1 ] && ! grep -q '^sketched' out || { echo "read $nth: status $status"; return 1; }
		}
	done
	[ $met = 2 ]
}

@test "faults: of a stream that cannot be read to its end no record is taken that may be cut" {
	printf 'a\tOne.\nb\tTwo' >given
	faulted read 2 fail split-sentences
	[ "$status" = 1 ] && said 'standard input: Input/output error'
	want 'a\t1\tOne.\n'
	# the group that it was in the middle of has an end
	printf 'a\tReed spoke.\na\tReed left.\na\tRe' >given
	faulted read 2 fail tag-entities --group
	[ "$status" = 1 ] && [ "$(wc -l <out)" = 2 ]
}

@test "faults: bands, whose documents are in a temporary file" {
	head -n 40 records | fingerprint --bands | LC_ALL=C sort >given
	export TMPDIR=$PWD
	all_calls read find-copies --bands && all_calls write find-copies --bands && all_calls open find-copies --bands &&
		all_calls malloc find-copies --bands || return 1
	for how in short eintr; do
		faulted write 0 $how find-copies --bands
		same_as_good "write $how" || return 1
		faulted read 0 $how find-copies --bands
		same_as_good "read $how" || return 1
	done
	[ -z "$(find . -name 'find-copies.*')" ] || { echo 'a temporary file was left behind'; return 1; }
	all_calls unlink find-copies --bands
}

same_as_good() {
	if [ "$status" -ne 0 ] || ! cmp good out; then
		echo "$1: status $status"
		cat err
		return 1
	fi
}

goes_on() {
	local how
	given_for "$1"
	"$1" <given >good
	for how in short eintr eagain; do
		faulted read 0 $how "$1"
		same_as_good "read $how" || return 1
		faulted write 0 $how "$1"
		same_as_good "write $how" || return 1
	done
}

@test "faults: short reads and writes, EINTR and EAGAIN are survived" {
	each goes_on
}

@test "faults: messages are written whole, too" {
	local how
	printf 'a\tA text that is too long.\nb\tAnother one.\nno tab\n' >given
	split-sentences --max-record 9 <given >good 2>told || [ $? = 1 ]
	[ "$(wc -l <told)" = 3 ]
	for how in short eintr eagain; do
		faulted write 0 $how split-sentences --max-record 9
		cmp told err || { echo "write $how"; return 1; }
	done
}

# a writer that pauses in the middle of a record, a reader that does not read at first, more than a pipe holds
waits() {
	given_for "$1"
	for ((i = 0; i < 12; i++)); do cat given; done >long
	"$1" <long >good
	status=0
	{ head -c 1000 long; sleep 0.1; tail -c +1001 long; } | "$BATS_FILE_TMPDIR/nonblock" "$@" | { sleep 0.2; cat; } >out ||
		status=$?
	same_as_good 'pipes that do not block'
}

@test "faults: pipes that do not block are waited for" {
	set -o pipefail
	each waits
}

# The index: whatever happens to a commit, the index is what it was or what it was to be, and done again it is the latter.

make_index() {
	export SOURCE_DATE_EPOCH=1700000000
	split -l 60 sketched part.
	for part in part.aa part.ab part.ac; do
		find-copies -d before <$part
	done >out
	find-copies -d other <part.ad >out
	cp part.ae given
	cp -r before after
	"${@/seen/after}" <given >good
	find-copies -d before --dump >before.dump
	find-copies -d after --dump >after.dump
	if cmp -s before.dump after.dump; then
		echo "nothing is added by: $*"
		return 1
	fi
}

# sound WHAT: the index behind a fault
sound() {
	if ! find-copies -d seen --check >check 2>&1; then
		echo "$1: not sound"
		cat check
		return 1
	fi
	find-copies -d seen --dump >dump
	if ! cmp -s dump after.dump && { [ "$status" = 0 ] || ! cmp -s dump before.dump; }; then
		echo "$1: status $status, and neither the old index nor the new"
		return 1
	fi
}

# swept: a commit that failed before the MANIFEST was replaced left no file behind
swept() {
	! cmp -s seen/MANIFEST before/MANIFEST || diff <(ls before) <(ls seen)
}

# commit_fails CALL HOW COMMAND...: every call of a kind goes wrong once, while the command adds to the index `seen`
commit_fails() {
	local call=$1 how=$2 nth
	shift 2
	! counted "$call" || return 0
	for ((nth = 1; nth <= 600; nth++)); do
		rm -rf seen
		cp -r before seen
		faulted "$call" "$nth" "$how" "$@"
		[ -s seen.met ] || break
		case $how,$status in
		kill,137 | fail,0) ;;
		fail,1) [ -s err ] || { echo "$call $nth: status 1 without a word"; return 1; } ;;
		*) echo "$call $nth $how: status $status"; cat err; return 1 ;;
		esac
		sound "$call $nth $how" || return 1
		# memory that cannot be had ends a program at once; what a failed rename has done is not known
		case $how,$status,$call in
		fail,1,malloc | fail,1,rename) ;;
		fail,1,*) swept || { echo "$call $nth: left behind"; return 1; } ;;
		esac
		"$@" <given >out
		find-copies -d seen --dump | cmp - after.dump || { echo "$call $nth $how: done again"; return 1; }
	done
	[ "$nth" -gt 1 ] || { echo "$call was never called: $*"; return 1; }
}

every_fault() {
	local call
	make_index "$@" || return 1
	for call in read write open fsync close rename mmap flock malloc; do
		commit_fails $call fail "$@" || return 1
	done
	commit_fails system kill "$@"
}

@test "faults: a commit to an index, every call failing, and killed at every call" {
	every_fault find-copies -d seen
}

@test "faults: a merge of indexes, every call failing, and killed at every call" {
	every_fault find-copies -d seen --merge other
}

@test "faults: a new index, killed at every call" {
	local nth
	export SOURCE_DATE_EPOCH=1700000000
	head -n 40 sketched >given
	find-copies -d after <given >out
	find-copies -d after --dump >after.dump
	for ((nth = 1; nth <= 200; nth++)); do
		rm -rf seen
		faulted system "$nth" kill find-copies -d seen
		[ -s seen.met ] || break
		[ ! -e seen/MANIFEST ] || find-copies -d seen --check >out
		find-copies -d seen <given >out
		find-copies -d seen --dump | cmp - after.dump
	done
	[ "$nth" -gt 5 ]
}

@test "faults: the name of a new index is put on disk, also where a run before died over it" {
	head -n 4 sketched >given
	for before in missing empty; do
		rm -rf seen
		[ $before = missing ] || mkdir seen
		faulted fsync 1 fail find-copies -d seen
		[ "$status" = 1 ] && said 'seen: Input/output error' && [ -z "$(ls seen)" ] || { echo "$before: $status"; return 1; }
	done
	# of an index that is there, what is new comes first
	find-copies -d seen <given >out
	tail -n 4 sketched >given
	faulted fsync 1 fail find-copies -d seen
	[ "$status" = 1 ] && said '.seg: Input/output error'
}

@test "faults: two writers and eight readers at one index" {
	mkdir race
	cd race
	bash "$TOP/tests/race.sh" "${RACE_SECONDS:-5}"
}

@test "faults: a disk that is full in the middle of a commit" {
	local kilo
	make_index find-copies -d seen
	for kilo in 0 1 4 16 24; do
		rm -rf seen
		cp -r before seen
		status=0
		(trap '' XFSZ; ulimit -f $kilo; exec find-copies -d seen <given 2>err | cat >/dev/null; exit "${PIPESTATUS[0]}") || status=$?
		[ "$status" = 1 ] || { echo "$kilo K: status $status"; return 1; }
		sound "$kilo K"
		cmp dump before.dump
		swept
	done
}

# The memory of sites, likewise. What it knows is what it says of the pages to come.

make_memory() {
	awk 'BEGIN {
		srand(5)
		n = split("harbour ferry minister treaty engine river council winter bridge doctor market signal", w, " ")
		for (i = 1; i <= 8; i++) {
			printf "https://example.org/%d\tHome\\n", i
			for (p = 1; p <= 14; p++) {
				for (k = 1; k <= 3; k++)
					printf "The %s of K%d told the %s of L%d. ", w[1 + int(n * rand())], 99 * rand(), w[1 + int(n * rand())], 99 * rand()
				printf "\\nNothing of this may be copied by anybody for any end, our lawyers said.\\n"
			}
			print "Privacy policy"
		}
	}' >records
	head -n 3 records | strip-chrome --site-memory before >out
	tail -n 5 records >given
	cp -r before after
	strip-chrome --site-memory after <given >good
	for when in before after; do
		strip-chrome --site-memory $when -r --explain <given >$when.says
	done
	if cmp -s before.says after.says; then
		echo 'nothing is learned'
		return 1
	fi
}

memory_fails() {
	local call=$1 how=$2 nth
	! counted "$call" || return 0
	for ((nth = 1; nth <= 600; nth++)); do
		rm -rf seen
		cp -r before seen
		faulted "$call" "$nth" "$how" strip-chrome --site-memory seen
		[ -s seen.met ] || break
		case $how,$status in
		kill,137 | fail,0) ;;
		fail,1) [ -s err ] || { echo "$call $nth: status 1 without a word"; return 1; } ;;
		*) echo "$call $nth $how: status $status"; cat err; return 1 ;;
		esac
		strip-chrome --site-memory seen -r --explain <given >says
		if ! cmp -s says after.says && { [ "$status" = 0 ] || ! cmp -s says before.says; }; then
			echo "$call $nth $how: status $status, and neither the old memory nor the new"
			return 1
		fi
		case $how,$status,$call in
		fail,1,malloc | fail,1,rename) ;;
		fail,1,*) swept || { echo "$call $nth: left behind"; return 1; } ;;
		esac
		strip-chrome --site-memory seen <given >out
		strip-chrome --site-memory seen -r --explain <given | cmp - after.says || { echo "$call $nth $how: done again"; return 1; }
		if [ "$(find seen -name '*.row' | wc -l)" != 1 ]; then
			echo "$call $nth $how: not swept"
			return 1
		fi
	done
	[ "$nth" -gt 1 ] || { echo "$call was never called"; return 1; }
}

@test "faults: a commit to a site memory, every call failing, and killed at every call" {
	local call
	make_memory
	for call in read write open fsync rename flock malloc; do
		memory_fails $call fail || return 1
	done
	memory_fails system kill
}

@test "faults: a new site memory, killed at every call" {
	local nth
	make_memory
	rm -rf after
	strip-chrome --site-memory after <given >good
	strip-chrome --site-memory after -r --explain <given >after.says
	for ((nth = 1; nth <= 200; nth++)); do
		rm -rf seen
		faulted system "$nth" kill strip-chrome --site-memory seen
		[ -s seen.met ] || break
		strip-chrome --site-memory seen <given >out
		strip-chrome --site-memory seen -r --explain <given | cmp - after.says
	done
	[ "$nth" -gt 5 ]
}

@test "faults: a disk that is full in the middle of remembering" {
	local kilo
	make_memory
	for kilo in 0 1; do
		rm -rf seen
		cp -r before seen
		status=0
		(trap '' XFSZ; ulimit -f $kilo; exec strip-chrome --site-memory seen <given 2>err | cat >/dev/null; exit "${PIPESTATUS[0]}") || status=$?
		[ "$status" = 1 ] || { echo "$kilo K: status $status"; return 1; }
		diff -r before seen
	done
}
