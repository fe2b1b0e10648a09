# The Debian package: built, looked at by lintian, and the suite run on what it installs.

load heavy

setup() {
	needs dpkg-buildpackage dh lintian git
	git -C "$TOP" rev-parse -q --verify HEAD >/dev/null 2>&1 || skip 'not a clone of the repository'
	cd "$BATS_FILE_TMPDIR" || return 1
}

@test "package: builds from the tarball, lintian finds nothing, the suite passes on the installed tools" {
	git clone -q "$TOP" copydesk
	cd copydesk
	unset MAKEFLAGS MFLAGS MAKELEVEL BIN
	DEB_BUILD_OPTIONS=nocheck make deb >log 2>&1 || { tail -20 log; false; }
	lintian --allow-root -I --fail-on info,warning,error build/deb/*.changes
	dpkg -x build/deb/copydesk_*_*.deb root
	[[ $(find root/usr/bin -type f | wc -l) == 5 && -s root/usr/share/man/man1/find-copies.1.gz ]]
	mkdir ran
	# SUITE names the files that are to be run, all without it; a bats within bats has to know nothing of the outer one
	(cd build/deb/copydesk-[0-9]*/ && env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin HOME="$HOME" TMPDIR="${TMPDIR:-/tmp}" TESTS="${SUITE:-}" BIN="$PWD/../../../root/usr/bin" \
		AUTOPKGTEST_TMP="$PWD/../../../ran" sh debian/tests/suite) >log 2>&1 || {
		grep -A 10 '^not ok' log
		tail -1 log
		false
	}
}

@test "package: the other recipes can be read" {
	sh -n "$TOP/packaging/alpine/APKBUILD"
	! command -v ruby >/dev/null || ruby -c "$TOP/packaging/homebrew/copydesk.rb"
	! command -v nix-instantiate >/dev/null || nix-instantiate --parse "$TOP/packaging/nix/flake.nix" >/dev/null
	# one version everywhere
	version=$(sed -n 's/^VERSION = //p' "$TOP/Makefile")
	grep -q "^pkgver=$version$" "$TOP/packaging/alpine/APKBUILD"
	grep -q "copydesk-$version.tar.gz" "$TOP/packaging/homebrew/copydesk.rb"
	grep -q "version = \"$version\";" "$TOP/packaging/nix/flake.nix"
	head -1 "$TOP/packaging/debian/changelog" | grep -q "($version-"
}
