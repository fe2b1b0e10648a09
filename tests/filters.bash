# Loaded behind helper by test files that need programs made of fixtures/NAME.c and
# the objects of the build: filters whose text survives, and tests of functions.
# OBJ is the folder of common's objects; with BIN=build-asan/bin it is found beside them.
: "${OBJ:=${BIN%/bin}/common}"
[[ -d $OBJ ]] || OBJ=$TOP/build/common
FILTERS=${BATS_FILE_TMPDIR-}/bin
PATH=$FILTERS:$PATH
export OBJ FILTERS

# EMULATOR, where the objects are those of another machine, runs the program.
# compile NAME [FLAG...]: make FILTERS/NAME; without objects or a compiler it stays missing, see needs.
compile() {
	local name=$1 libs
	shift
	command -v "${CC:-cc}" >/dev/null && [[ -e $OBJ/frame.o ]] || return 0
	mkdir -p "$FILTERS"
	libs=$(pkg-config --libs libutf8proc 2>/dev/null) || libs=-lutf8proc
	# shellcheck disable=SC2086
	"${CC:-cc}" -std=c11 -Wall -Wextra -D_XOPEN_SOURCE=700 -I"$TOP/common" ${CPPFLAGS:-} ${CFLAGS:-} "$@" \
		-o "$FILTERS/$name" "$TOP/tests/fixtures/$name.c" "$OBJ"/*.o ${LDFLAGS:-} $libs -pthread || return
	[[ -z ${EMULATOR-} ]] || {
		mkdir -p "$FILTERS/emulated" # by the same name, which is in messages
		mv "$FILTERS/$name" "$FILTERS/emulated/$name"
		printf '#!/bin/sh\nexec %s %s "$@"\n' "$EMULATOR" "$FILTERS/emulated/$name" >"$FILTERS/$name"
		chmod +x "$FILTERS/$name"
	}
}
