#!/bin/sh
# Lines that the tests run, by gcov: of common/ and of each tool. Trainers and generators of the build are left out.
#
# usage: coverage.sh, from anywhere
#
# B      build folder (build-coverage)
# TESTS  bats files (all)
# LEAST  per cent of lines over the whole tree; less is status 1 (92)
set -eu
cd "$(dirname "$0")/.."
: "${B:=build-coverage}" "${TESTS:=.}" "${LEAST:=92}"
# _exit would leave out the counts of a run that ends at a fault
flags='-O1 -g --coverage -fprofile-update=atomic -DNO_SANDBOX -D_exit=exit'
make -s all B="$B" CFLAGS="$flags"
find "$B" -name '*.gcda' -exec rm {} +
BIN=$PWD/$B/bin OBJ=$PWD/$B/common CC=cc CFLAGS="$flags" TESTS=$TESTS sh tests/run.sh >"$B/check.log" 2>&1 || true
tail -1 "$B/check.log"
rm -rf "$B/gcov"
mkdir -p "$B/gcov"
find "$B/common" "$B/tools" -name '*.gcda' | while read -r data; do
	source=${data#"$B"/}
	gcov -n -o "$(dirname "$data")" "${source%.gcda}.c" 2>/dev/null |
		awk -v want="${source%.gcda}.c" '
			/^File / { name = substr($0, 7, length($0) - 7); sub(/^\.\//, "", name) }
			/^Lines executed:/ && name == want { sub(/Lines executed:/, ""); split($0, part, /% of /); print want, part[2], part[1] }'
done | sort -u >"$B/gcov/files"
awk -v least="$LEAST" '
	{
		split($1, path, "/")
		of = path[1] == "common" ? "common" : path[2]
		lines[of] += $2; run[of] += $2 * $3 / 100; all += $2; hit += $2 * $3 / 100
		if ($3 < least) short = short sprintf("  %-40s %6.1f %% of %d\n", $1, $3, $2)
	}
	END {
		for (of in lines)
			printf "%-20s %6.1f %% of %d lines\n", of, 100 * run[of] / lines[of], lines[of] | "sort"
		close("sort")
		printf "%-20s %6.1f %% of %d lines\n", "all", 100 * hit / all, all
		if (short != "")
			printf "below %d %%:\n%s", least, short
		exit 100 * hit / all < least
	}' "$B/gcov/files"
