#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # bats runs each test in a subshell of its own
load helper

# Every call that a tool makes to the system goes wrong once: the tool ends with a message and
# status 1, or does all its work; it never crashes, hangs, or says 0 with its output incomplete.

setup_file() {
	${CC:-cc} -shared -fPIC -O1 -o "$BATS_FILE_TMPDIR/faulty.so" "$TOP/tests/fixtures/faulty.c" -ldl -pthread 2>"$BATS_FILE_TMPDIR/log" ||
		{ cat "$BATS_FILE_TMPDIR/log"; return 1; }
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
	rm -f seen
	status=0
	timeout 20 env FAULT_CALL="$call" FAULT_NTH="$nth" FAULT_HOW="$how" FAULT_SEEN=seen \
		LD_PRELOAD="$BATS_FILE_TMPDIR/faulty.so" "$@" <given >out 2>err || status=$?
}

# all of a command's calls of one kind, one after the other
all_calls() {
	local call=$1 nth
	shift
	"$@" <given >good
	for ((nth = 1; nth <= 400; nth++)); do
		faulted "$call" "$nth" fail "$@"
		[ -s seen ] || break
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
		all_calls pthread_create "$1" -j 3 && all_calls open "$1" records sketched && all_calls read "$1" records
}

@test "faults: read, write, open, malloc and pthread_create fail at every call" {
	each fails_well
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
