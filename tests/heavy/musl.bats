# The tools with musl instead of glibc, as Alpine has it, and static: they have to say the same.

load heavy

@test "musl: builds without a warning, and the tools pass their tests" {
	needs musl-gcc cc make
	local utf8proc
	utf8proc=/usr/lib/$(cc -print-multiarch)/libutf8proc.a # plain C: it needs malloc and free, and musl has these
	[[ -e $utf8proc ]] || skip 'no static libutf8proc'
	unset MAKEFLAGS MFLAGS MAKELEVEL
	# headers of utf8proc, xxHash and the kernel behind those of musl
	make -s -C "$TOP" B="$PWD/build" CC=musl-gcc HOSTCC=cc CFLAGS='-O2 -static' UTF8PROC_CFLAGS= XXHASH_CFLAGS= UTF8PROC_LIBS="$utf8proc" \
		CPPFLAGS="-idirafter /usr/include -idirafter /usr/include/$(cc -print-multiarch)" all >log 2>&1
	[[ ! -s log ]] || { cat log; false; }
	file -b build/bin/* | grep -vq 'statically linked' && { file build/bin/*; false; }
	# what looks into the tools by LD_PRELOAD, or builds its own, is left out; a bats within bats has to know nothing of the outer one
	(cd "$TOP/tests" && env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$HOME" TMPDIR="${TMPDIR:-/tmp}" BIN="$OLDPWD/build/bin" \
		TESTS="${SUITE:-protocol.bats strip-chrome.bats split-sentences.bats fingerprint.bats find-copies.bats find-copies-bands.bats find-copies-index.bats tag-entities.bats chain.bats man.bats edges.bats}" \
		sh run.sh) >log 2>&1 || {
		grep -A 10 '^not ok' log
		tail -1 log
		false
	}
}
