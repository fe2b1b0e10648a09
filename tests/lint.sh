#!/bin/sh
# All checks that read the sources: two compilers with every warning an error,
# cppcheck, the pages, the scripts, the layout, and the arrows between the folders.
#
# usage: lint.sh 'SOURCES' 'SCRIPTS', from the top folder
# A check whose program is missing is named and passed over.
set -u
sources=$1 scripts=$2
bad=0
have() { command -v "$1" >/dev/null 2>&1 || { echo "lint: no $1 here: passed over"; return 1; }; }
check() {
	what=$1
	shift
	echo "lint: $what"
	"$@" || { bad=1; echo "lint: $what: FAILED"; }
}

for cc in gcc clang; do
	have $cc && check "$cc" make -s all CC=$cc CFLAGS='-O2 -Werror' B=build-lint-$cc
done
# shellcheck disable=SC2086
{
	have cppcheck && check cppcheck cppcheck -q --std=c11 --enable=warning,portability --inline-suppr \
		--suppress=missingInclude --error-exitcode=1 -Icommon -DVERSION='""' $sources
	have mandoc && check pages mandoc -T lint -W warning man/*.[157]
	have shellcheck && check scripts shellcheck -x $scripts
	# in bats a test is a function that nothing seems to call, each in a subshell of its own
	have shellcheck && check tests shellcheck -x -e SC2317,SC2030,SC2031 tests/*.bats tests/*.bash
	have clang-format && check layout clang-format --dry-run -Werror $sources
}

# tools -> common; common knows no tool, no tool another; one file for each library
# shellcheck disable=SC2317
arrows() {
	! {
		grep -nE '#include "[^"]*(tools|/\.\.)' common/*.[ch] tools/*/*.[ch]
		grep -lE '#include <utf8proc' common/*.[ch] tools/*/*.[ch] | grep -v '^common/u8-'
		for tool in tools/*/; do
			name=$(basename "$tool")
			grep -nE '#include "[a-z-]+/' "$tool"*.[ch] | grep -v "\"$name/"
		done
	} | grep .
}
check arrows arrows

# of the shells, only bash runs its EXIT trap when a signal ends it
# shellcheck disable=SC2317,SC2086
traps() {
	! grep -lE "^trap .* EXIT" $scripts | xargs grep -LE "^#!/bin/bash|^trap .* HUP INT TERM" | grep .
}
check traps traps
exit $bad
