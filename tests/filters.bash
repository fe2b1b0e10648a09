# Loaded behind helper by test files that need programs made of fixtures/NAME.c and
# the objects of the build: filters whose text survives, and tests of functions.
# OBJ is the folder of common's objects; with BIN=build-asan/bin it is found beside them.
: "${OBJ:=${BIN%/bin}/common}"
[[ -d $OBJ ]] || OBJ=$TOP/build/common
FILTERS=${BATS_FILE_TMPDIR-}/bin
PATH=$FILTERS:$PATH
export OBJ FILTERS

# EMULATOR, where the objects are those of another machine, runs the program; UTF8PROC_LIBS links it, as in the Makefile.
# build NAME [ARGUMENT...]: make FILTERS/NAME by the compiler's ARGUMENTs and those of all; without objects or a
# compiler it stays missing, see needs.
build() {
	local name=$1
	shift
	command -v "${CC:-cc}" >/dev/null && [[ -e $OBJ/frame.o ]] || return 0
	mkdir -p "$FILTERS"
	# shellcheck disable=SC2046,SC2086
	"${CC:-cc}" -std=c11 -Wall -Wextra -D_DEFAULT_SOURCE -I"$TOP/common" \
		$(pkg-config --cflags libutf8proc libxxhash 2>/dev/null) ${CPPFLAGS:-} ${CFLAGS:-} -o "$FILTERS/$name" "$@" \
		${LDFLAGS:-} ${UTF8PROC_LIBS:-$(pkg-config --libs libutf8proc 2>/dev/null || echo -lutf8proc)} -pthread || return
	[[ -z ${EMULATOR-} ]] || {
		mkdir -p "$FILTERS/emulated" # by the same name, which is in messages
		mv "$FILTERS/$name" "$FILTERS/emulated/$name"
		printf '#!/bin/sh\nexec %s %s "$@"\n' "$EMULATOR" "$FILTERS/emulated/$name" >"$FILTERS/$name"
		chmod +x "$FILTERS/$name"
	}
}

# compile NAME [FLAG...]: FILTERS/NAME of fixtures/NAME.c and common's objects
compile() {
	build "$1" "${@:2}" "$TOP/tests/fixtures/$1.c" "$OBJ"/*.o
}

# without_vectors NAME SOURCE...: FILTERS/NAME of the sources and of common, as on a machine that has no vectors
without_vectors() {
	local objects
	mapfile -t objects < <(find "$OBJ" -name '*.o' ! -name rec.o ! -name u8.o)
	build "$1" -DVEC_PLAIN -I"$OBJ/../gen" "${@:2}" "$TOP"/common/{rec,u8}.c "${objects[@]}"
}
