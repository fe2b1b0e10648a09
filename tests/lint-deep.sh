#!/bin/sh
# The checks of the sources that take minutes: gcc -fanalyzer, and clang-tidy (what it looks for: .clang-tidy).
#
# usage: lint-deep.sh, from anywhere
#
# B  build folder whose gen/ has the generated headers (build)
#
# A check whose program is missing is named and passed over. Status 1 when something was found.
set -u
cd "$(dirname "$0")/.." || exit 1
: "${B:=build}"
bad=0
have() { command -v "$1" >/dev/null 2>&1 || { echo "lint-deep: no $1 here: passed over"; return 1; }; }

# Silenced: malloc-leak, fd-leak and file-leak, since msg_die leaves memory and files to the system.
if have gcc; then
	echo 'lint-deep: gcc -fanalyzer'
	make -s all CC=gcc B=build-lint-analyzer CFLAGS='-O1 -Werror -fanalyzer -Wno-analyzer-malloc-leak -Wno-analyzer-fd-leak
		-Wno-analyzer-file-leak' || bad=1
fi
if have clang-tidy; then
	echo 'lint-deep: clang-tidy'
	for file in common/*.c tools/*/*.c; do
		case $file in *-gen.c | *-train.c) continue ;; esac
		# shellcheck disable=SC2046
		clang-tidy -quiet "$file" -- -std=c11 -fsigned-char -D_XOPEN_SOURCE=700 -DVERSION='"0"' -Icommon -I"$B/gen" \
			$(pkg-config --cflags libutf8proc libxxhash) 2>/dev/null || bad=1
	done
fi
exit $bad
