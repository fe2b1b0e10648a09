#!/usr/bin/env bats
# Texts that somebody made to be slow or large. Work is told by instructions (valgrind), never by time:
# twice the bytes may take twice the instructions and a twentieth more.
# `make check-hostile` does it with a gigabyte.
#
# HOSTILE_BYTES  of each shape (12000)
load helper
load hostile

instructions() {
	local from=$1
	shift
	valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null --log-file=counted "$@" <"$from" >/dev/null 2>&1
	[[ $? -le 1 ]] || { echo "not survived: $*"; return 1; }
	sed -n 's/,//g; s/.*I *refs: *//p' counted
}

# linear FILE TWICE COMMAND...: is its work on TWICE, which is FILE doubled, at most double?
linear() {
	local one=$1 two=$2 idle once twice
	shift 2
	idle=$(instructions /dev/null "$@") && once=$(instructions "$one" "$@") && twice=$(instructions "$two" "$@") || return 1
	[[ $((twice - idle)) -le $(((once - idle) * 21 / 10)) ]] || {
		echo "from $((once - idle)) to $((twice - idle)) instructions: $*"
		return 1
	}
}

# texts BYTES [BEGIN]: a record of each shape; [BEGIN] goes before the text
texts() {
	local name piece
	shapes | while IFS='|' read -r name piece; do
		printf '%s\t%s' "$name" "${2-}"
		repeat "$1" "$piece"
		printf '\n'
	done
}

setup() {
	case ${CFLAGS:-} in *fsanitize*) skip 'valgrind and the sanitizers do not go together' ;; esac
}

# which SIZE COMMAND...: name the shape
which() {
	local size=$1
	shift
	texts "$size" >all
	texts $((2 * size)) >all2
	while IFS= read -r line <&3 && IFS= read -r line2 <&4; do
		printf '%s\n' "$line" >one
		printf '%s\n' "$line2" >two
		linear one two "$@" || echo "shape: ${line%%	*}"
	done 3<all 4<all2
}

no_shape_is_slow() {
	local size=${HOSTILE_BYTES:-12000}
	texts "$size" >once
	texts $((2 * size)) >twice
	linear once twice "$@" || {
		which "$size" "$@"
		return 1
	}
}

@test "hostile: repetition of anything is linear" {
	needs valgrind
	no_shape_is_slow strip-chrome && no_shape_is_slow strip-chrome --html && no_shape_is_slow split-sentences &&
		no_shape_is_slow fingerprint && no_shape_is_slow tag-entities
}

@test "hostile: fields are linear" {
	needs valgrind
	{ repeat 30000 'a\t'; echo; } >once
	{ repeat 60000 'a\t'; echo; } >twice
	fields() { linear once twice "$1"; }
	each fields
}

# The first few hundred cost less: they have fewer to be compared with, up to SEEN_LIST.
@test "hostile: copies of one document, and of a part of it, are linear" {
	needs valgrind
	awk 'BEGIN { for (i = 1; i <= 14000; i++) {
		t = ""
		for (j = 0; j < 60; j++)
			t = t sprintf("%x ", (j < 30 ? j : i * 1000 + j) * 7919 * 7919 % 1000003)
		print "a" i "\t" t } }' | fingerprint >twice
	head -n 7000 twice >once
	linear once twice find-copies
	awk -F '\t' -v OFS='\t' 'NR == 1 { same = $2 } { print $1, same }' twice >same2
	head -n 7000 same2 >same
	linear same same2 find-copies
}

# sketches FACTOR: three of the same 7,998 hashes, i * FACTOR + 1
sketches() {
	awk -v factor="$1" 'BEGIN {
		digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
		for (i = 1; i <= 7998; i++) {
			h = (i * factor + 1) % 4294967296
			for (k = 16777216; k >= 1; k /= 256) {
				three = three * 256 + int(h / k) % 256
				if (++n % 3 == 0) {
					for (d = 262144; d >= 1; d /= 64)
						hashes = hashes substr(digit, int(three / d) % 64 + 1, 1)
					three = 0
				}
			}
		}
		for (i = 1; i <= 3; i++)
			printf "a%d\ts1.16.75.600000.%016x.%s\n", i, i, hashes
	}'
}

# 19 bits of these are the same in all: in a table whose order is known each would be looked for behind all before it.
@test "hostile: hashes that were chosen to meet cost what others cost" {
	local met others
	needs valgrind
	sketches 524288 >chosen
	sketches 524289 >usual
	find-copies <chosen >out
	want 'a1\t-\t-\t-\na2\ta1\t0.999\tnear\na3\ta1\t0.999\tnear\n'
	others=$(instructions usual find-copies)
	# the order is drawn at each start, and now and then it is one that does not part these
	for _ in 1 2 3; do
		met=$(instructions chosen find-copies)
		[[ $met -ge $((others * 3 / 2)) ]] || break
	done
	[[ $met -lt $((others * 3 / 2)) ]] || { echo "$met instructions, else $others"; return 1; }
}

@test "hostile: a user's list of names that begin alike, and of long ones" {
	needs valgrind
	awk 'BEGIN { for (i = 1; i <= 60; i++) { s = ""; for (j = 1; j <= i; j++) s = s "A "; print s "\tMISC" } }' >names
	{ repeat 1000000 x; printf '\tORG\n'; repeat 1000000 'Ab'; printf '\tPER\n'; } >>names
	{ printf 'a\t'; repeat 12000 'A '; printf '\nb\t'; repeat 12000 'Ab'; echo; } >once
	{ printf 'a\t'; repeat 24000 'A '; printf '\nb\t'; repeat 24000 'Ab'; echo; } >twice
	linear once twice tag-entities --gazetteer names
	{ repeat 100000 x; echo; } >words
	feed 'a\tx\n' split-sentences --abbreviations words
	[[ $status == 2 && ! -s out ]]
	said 'words:1: more than'
}

# in_memory KILOBYTES COMMAND...
in_memory() {
	local most=$1
	shift
	(ulimit -v "$most" && exec "$@" <in >out 2>err) || {
		echo "more than $most KB: $*"
		cat err
		return 1
	}
}

@test "hostile: memory does not grow with the stream" {
	# 24 MB of records; a tool's own tables, the blocks of two workers and some more
	texts 4000 >few
	for ((i = 0; i < 160; i++)); do cat few; done >in
	for tool in strip-chrome split-sentences fingerprint tag-entities; do
		in_memory 60000 $tool || return 1
	done
}

@test "hostile: a document of some MB takes memory in proportion, as the pages promise" {
	{ printf 'a\t'; repeat 4000000 'Mr. Ban met the U.N. on Monday. '; echo; } >in
	in_memory 120000 strip-chrome && in_memory 120000 split-sentences && in_memory 120000 fingerprint && in_memory 260000 tag-entities
}
