#!/bin/bash
# Builds the tools for other machines, runs them here, and holds what they write over the sample feed against
# what this machine's write, byte for byte; then the tests of the tools and of the protocol.
#
# usage: platforms.sh [PLATFORM ...]
#
#   i386   32 bits, without vector instructions  (gcc -m32)
#   s390x  the greatest byte first               (s390x-linux-gnu-gcc, qemu-s390x)
#   arm64  plain char without a sign             (aarch64-linux-gnu-gcc, qemu-aarch64)
#   musl   another C library                     (musl-gcc)
#
# Debian: dpkg --add-architecture i386 (s390x, arm64), then lib32gcc-12-dev libc6-dev-i386 libutf8proc-dev:i386;
# gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user libutf8proc-dev:s390x; gcc-aarch64-linux-gnu
# libc6-dev-arm64-cross libutf8proc-dev:arm64; musl-tools. A platform whose compiler is missing is named and passed over.
#
# TESTS  bats files of this folder
# FROM   this machine's tools (build/bin)
set -u
cd "$(dirname "$0")/.." || exit 1
: "${TESTS:=protocol.bats strip-chrome.bats split-sentences.bats fingerprint.bats find-copies.bats find-copies-index.bats find-copies-bands.bats tag-entities.bats}"
: "${FROM:=$PWD/build/bin}"
[ $# -gt 0 ] || set -- i386 s390x arm64 musl
bad=0 passed_over=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# written BIN TO: what the tools there write over the feed
written() (
	PATH=$1:$PATH
	export SOURCE_DATE_EPOCH=1700000000 LC_ALL=C
	mkdir -p "$2"
	out=$2
	cd tests/feed || exit
	strip-chrome ./*.txt ./*.html >"$out/text"
	strip-chrome --explain ./*.txt ./*.html >"$out/explained"
	split-sentences --offsets <"$out/text" >"$out/sentences"
	tag-entities --date 2025-05-16 <"$out/text" >"$out/entities"
	fingerprint -k <"$out/text" >"$out/sketches"
	find-copies --all --explain <"$out/sketches" >"$out/copies"
	fingerprint --bands <"$out/text" | sort | find-copies --bands >"$out/pairs"
	find-copies -d "$out/index" <"$out/sketches" >"$out/seen"
	find-copies -d "$out/index" --dump >"$out/dump"
	find-copies -d "$out/index" --check >/dev/null || echo 'index not sound' >>"$out/dump"
	rm -r "$out/index"
)

written "$FROM" "$tmp/here" 2>/dev/null
for platform; do
	cc=gcc emulator='' cppflags='' libs=-lutf8proc
	case $platform in
	# the kernel's headers stand in the folder of the other architecture
	i386)
		cc=$tmp/gcc-m32 # one word, as the tests take it
		printf '#!/bin/sh\nexec gcc -m32 "$@"\n' >"$cc"
		chmod +x "$cc"
		cppflags="-idirafter /usr/include/$(gcc -print-multiarch)"
		;;
	s390x) cc=s390x-linux-gnu-gcc emulator=qemu-s390x ;;
	arm64) cc=aarch64-linux-gnu-gcc emulator=qemu-aarch64 ;;
	musl)
		cc=musl-gcc cppflags="-I$PWD/build-musl/include" libs=$(gcc -print-file-name=libutf8proc.a)
		mkdir -p build-musl/include
		cp /usr/include/utf8proc.h /usr/include/xxhash.h build-musl/include
		;;
	*)
		echo "platforms.sh: $platform: not known" >&2
		exit 2
		;;
	esac
	if ! echo 'int main(void) { return 0; }' | $cc -x c -o "$tmp/probe" - 2>/dev/null ||
		{ [ -n "$emulator" ] && ! command -v "$emulator" >/dev/null; }; then
		echo "$platform: no $cc${emulator:+ or no $emulator} here: passed over"
		passed_over=1
		continue
	fi
	make -s CC="$cc" HOSTCC=cc B="build-$platform" CPPFLAGS="$cppflags" UTF8PROC_LIBS="$libs" CFLAGS='-O2 -g -Werror' 2>"$tmp/log" || {
		echo "$platform: does not build"
		cat "$tmp/log"
		bad=1
		continue
	}
	bin=$PWD/build-$platform/bin
	if [ -n "$emulator" ]; then
		rm -rf "$tmp/$platform-bin"
		mkdir "$tmp/$platform-bin"
		for tool in "$bin"/*; do
			printf '#!/bin/sh\nexec %s %s "$@"\n' "$emulator" "$tool" >"$tmp/$platform-bin/$(basename "$tool")"
		done
		# an emulator takes its time: no test's limit holds
		printf '#!/bin/sh\nshift\nexec "$@"\n' >"$tmp/$platform-bin/timeout"
		chmod +x "$tmp/$platform-bin"/*
		bin=$tmp/$platform-bin
	fi
	written "$bin" "$tmp/$platform" 2>/dev/null
	if diff -rq "$tmp/here" "$tmp/$platform"; then
		echo "$platform: writes the same as here"
	else
		bad=1
	fi
	BIN=$bin OBJ=$PWD/build-$platform/common CC=$cc CPPFLAGS=$cppflags UTF8PROC_LIBS=$libs EMULATOR=$emulator TESTS=$TESTS \
		sh tests/run.sh >"$tmp/log" || bad=1
	grep -a -A 20 '^not ok' "$tmp/log"
	echo "$platform: $(tail -1 "$tmp/log")"
done
[ $passed_over = 0 ] || echo 'platforms.sh: not all of them were tried'
exit $bad
