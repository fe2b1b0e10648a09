#!/usr/bin/env bats
# After its start a tool can open nothing but its operands: what a hostile document could at worst do.
load helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	${CC:-cc} -D_GNU_SOURCE -o landlock "$TOP/tests/fixtures/landlock.c" &&
		${CC:-cc} -shared -fPIC -O1 -o opens.so "$TOP/tests/fixtures/opens.c"
}

setup() {
	case ${CFLAGS:-} in *fsanitize* | *NO_SANDBOX*) skip 'built without the sandbox' ;; esac
	"$BATS_FILE_TMPDIR/landlock" || skip 'this kernel has no Landlock'
	printf 'a\tTalks went on.\n' >records
	echo secret >secret
}

# opens COMMAND...: run it; err gets what could be opened at its first read, or OPENS_AT
opens() {
	OPENS_AT=${OPENS_AT:-read} OPENS_READ=secret OPENS_WRITE=${OPENS_WRITE:-made} LD_PRELOAD=$BATS_FILE_TMPDIR/opens.so \
		"$@" >out 2>err
}

@test "sandbox: the watch sees what it should" {
	opens dd <records
	said 'read opened' && said 'write opened' && [ -e made ]
}

reads_nothing() {
	opens "$1" <records
	said 'read Permission denied' && said 'write Permission denied' && [ ! -e made ]
}

@test "sandbox: with records on standard input no file can be opened" {
	each reads_nothing
}

only_reads() {
	opens "$1" records
	said 'read opened' && said 'write Permission denied' && [ ! -e made ]
}

@test "sandbox: with operands files can be read, none written or made" {
	each only_reads
}

@test "sandbox: a site memory can be written, and nothing beside it" {
	export OPENS_AT=input # what is read before is the memory
	opens strip-chrome --site-memory sites <records
	said 'read Permission denied'
	said 'write Permission denied'
	[[ ! -e made && -e sites/MANIFEST ]]
	OPENS_WRITE=sites/made opens strip-chrome --site-memory sites <records
	said 'write opened'
	OPENS_WRITE=sites/another opens strip-chrome --site-memory sites --read-only <records
	said 'read Permission denied' && said 'write Permission denied'
}

@test "sandbox: an index can be written, and nothing beside it; where it is read alone, nothing" {
	printf 'a\tTalks went on.\n' | fingerprint >sketches
	for dir in seen other; do OPENS_AT=input opens find-copies -d $dir <sketches; done
	said 'read Permission denied'
	said 'write Permission denied'
	[[ ! -e made && -e seen/MANIFEST ]]
	OPENS_AT=input OPENS_WRITE=seen/made opens find-copies -d seen <sketches
	said 'write opened'
	OPENS_AT=input OPENS_WRITE=seen/another opens find-copies -d seen --read-only <sketches
	said 'write Permission denied'
	printf 'b\tTalks went on in June.\n' | fingerprint | find-copies -d other >out
	for what in --check --dump '--merge other'; do
		# shellcheck disable=SC2086 # an option and its argument
		OPENS_AT="write" opens find-copies -d seen $what
		said 'read Permission denied' && said 'write Permission denied' && [ ! -e made ] || { echo "$what"; return 1; }
	done
	[ "$(find-copies -d seen --dump | wc -l)" = 2 ]
}
