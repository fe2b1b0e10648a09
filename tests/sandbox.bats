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

# opens COMMAND...: run it; err gets what its first read could open
opens() {
	OPENS_READ=secret OPENS_WRITE=${OPENS_WRITE:-made} LD_PRELOAD=$BATS_FILE_TMPDIR/opens.so "$@" >out 2>err
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
	export OPENS_INPUT=1 # what is read before is the memory
	opens strip-chrome --site-memory sites <records
	said 'read Permission denied' && said 'write Permission denied' && [ ! -e made ] && [ -e sites/MANIFEST ]
	OPENS_WRITE=sites/made opens strip-chrome --site-memory sites <records
	said 'write opened'
	OPENS_WRITE=sites/another opens strip-chrome --site-memory sites --read-only <records
	said 'read Permission denied' && said 'write Permission denied'
}
