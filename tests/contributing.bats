#!/usr/bin/env bats
load helper

# The example of CONTRIBUTING.md, as it stands there, in a folder of its own.
setup_file() {
	mkdir -p "$BATS_FILE_TMPDIR/tools/count-words"
	cd "$BATS_FILE_TMPDIR" || return 1
	awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$TOP/CONTRIBUTING.md" >tools/count-words/main.c
	ln -s "$TOP/common" "$TOP/Makefile" .
	MAKEFLAGS='' ${MAKE:-make} -s --no-print-directory B=build build/bin/count-words >log 2>&1 || { cat log; return 1; }
}

@test "contributing: the example compiles without a warning, in under 60 lines" {
	[ "$(wc -l <"$BATS_FILE_TMPDIR/tools/count-words/main.c")" -lt 60 ]
	cat "$BATS_FILE_TMPDIR/log"; [ ! -s "$BATS_FILE_TMPDIR/log" ]
}

@test "contributing: the example is laid out as make lint wants it" {
	needs clang-format
	clang-format --style=file:"$TOP/.clang-format" --dry-run -Werror "$BATS_FILE_TMPDIR/tools/count-words/main.c"
}

@test "contributing: the example runs, with the options of every filter" {
	PATH=$BATS_FILE_TMPDIR/build/bin:$PATH
	feed 'a\tToday\tTwo words.\\nAnd three.\nb\t\n' count-words
	want 'a\tToday\t4\tTwo words.\\nAnd three.\nb\t0\t\n'
	feed 'a\tTwo Words.\n' count-words -c -j 2
	want 'a\t2\tTwo Words.\n'
	feed 'a\tTwo words.\n' count-words -c
	want 'a\t1\tTwo words.\n'
	feed 'a\tTwo Words.\n' count-words --plain
	want 'Two Words.\n'
	count-words --help | grep -q -- '-c, --capital '
}
