#!/bin/sh
# Runs the bats files of this folder and counts.
#
# BIN    folder with the tools (build/bin)
# TESTS  files to run (all)
#
# The last line is "N passed, N failed, N skipped"; status 1 unless all planned tests ran and none failed.
set -u
cd "$(dirname "$0")" || exit 1
: "${TESTS:=.}"

# shellcheck disable=SC2086
bats --formatter tap $TESTS 2>&1 | awk '
	{ print; fflush() }
	/^1\.\.[0-9]+$/ { planned = substr($0, 4) + 0 }
	/^ok .* # skip/ { skipped++; next }
	/^ok / { passed++ }
	/^not ok / { failed++ }
	END {
		if (passed + failed + skipped != planned)
			print "run.sh: " planned " tests planned, " passed + failed + skipped " ran"
		printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
		exit failed > 0 || planned == 0 || passed + failed + skipped != planned
	}'
