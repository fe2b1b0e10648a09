#!/bin/sh
# The checks of the sources that take minutes: gcc -fanalyzer, and clang-tidy (what it looks for: .clang-tidy).
#
# usage: lint-deep.sh [SOURCE ...]   (all but trainers and generators of the build)
#
# B  build folder whose gen/ has the generated headers (build)
#
# A check whose program is missing is named and passed over. Status 1 when something was found.
set -u
cd "$(dirname "$0")/.." || exit 1
: "${B:=build}"
[ $# -gt 0 ] || set -- common/*.c tools/*/*.c
bad=0 gcc=gcc tidy=clang-tidy
have() { command -v "$1" >/dev/null 2>&1 || { echo "lint-deep: no $1 here: passed over"; return 1; }; }

# checked FILE COMMAND...: the command with the compiler's flags behind it
checked() {
	file=$1
	shift
	# shellcheck disable=SC2046
	"$@" -std=c11 -fsigned-char -D_DEFAULT_SOURCE -D_FILE_OFFSET_BITS=64 -DVERSION='"0"' -Icommon -I"$B/gen" \
		$(pkg-config --cflags libutf8proc libxxhash) || { bad=1; echo "lint-deep: $file: $1: FAILED"; }
}

# Silenced in gcc:
#   malloc-leak, fd-leak, file-leak  msg_die leaves memory and files to the system
#   use-of-uninitialized-value, of strip-chrome/scan.c and context.c  a line has as many hashes as bits they are made from, and
#                                    a loop of four fills four vectors: that is not seen
#   shift-count-overflow, of these and of tag-entities/feats.c  the bits of a vector's lanes are taken for two
#   psabi                            whatever takes a vector is inlined
#   null-argument                    buf_room is in another file: that it leaves no NULL is not seen
# Silenced in clang-tidy:
#   UndefinedBinaryOperatorResult, uninitialized.ArraySubscript, of strip-chrome/scan.c and second.c  that a line's first word
#                                    has a hash, and that as many styles are listed as counted, is not seen
have gcc || gcc=
have clang-tidy || tidy=
for file; do
	quiet='' checks=''
	case $file in
	*/strip-chrome/scan.c | */strip-chrome/second.c)
		checks=-checks=-clang-analyzer-core.UndefinedBinaryOperatorResult,-clang-analyzer-core.uninitialized.ArraySubscript
		;;
	esac
	case $file in
	*/strip-chrome/scan.c | */strip-chrome/context.c)
		quiet="-Wno-analyzer-use-of-uninitialized-value -Wno-analyzer-shift-count-overflow"
		;;
	*/tag-entities/feats.c) quiet=-Wno-analyzer-shift-count-overflow ;;
	esac
	case $file in
	*-gen.c | *-train.c) continue ;;
	*/names.c) ;; # gcc needs minutes for its generated table
	*)
		# shellcheck disable=SC2086
		[ -z "$gcc" ] || checked "$file" gcc -O1 -Werror -Wno-psabi -fanalyzer -Wno-analyzer-malloc-leak -Wno-analyzer-fd-leak \
			-Wno-analyzer-file-leak -Wno-analyzer-null-argument $quiet -c -o /dev/null "$file"
		;;
	esac
	[ -z "$tidy" ] || checked "$file" clang-tidy -quiet ${checks:+"$checks"} "$file" -- 2>/dev/null # how many it left out
done
exit $bad
