# The Debian package: built, looked at by lintian, and the suite run on what it installs.

load heavy

setup() {
	needs git
	git -C "$TOP" rev-parse -q --verify HEAD >/dev/null 2>&1 || skip 'not a clone of the repository'
	cd "$BATS_FILE_TMPDIR" || return 1
}

@test "package: builds from the tarball, lintian finds nothing, the suite passes on the installed tools" {
	needs dpkg-buildpackage dh lintian
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

# installed FOLDER: all of the product is below it
installed() {
	local tool
	for tool in $TOOLS; do
		[[ -x $1/bin/$tool && -s $1/share/man/man1/$tool.1 && -s $1/share/bash-completion/completions/$tool ]] || {
			find "$1"
			return 1
		}
	done
}

@test "package: Alpine's recipe, its functions run here" {
	git clone -q "$TOP" alpine
	cd alpine
	unset MAKEFLAGS MFLAGS MAKELEVEL
	CFLAGS='-O2' CPPFLAGS='' LDFLAGS='' pkgdir=$PWD/root sh -euc '. packaging/alpine/APKBUILD; build; package' >log 2>&1 || {
		tail -5 log
		false
	}
	installed root/usr
	! command -v shellcheck >/dev/null || shellcheck packaging/alpine/APKBUILD
}

@test "package: a cross build installs what a native one does, completions too" {
	needs aarch64-linux-gnu-gcc
	echo 'int main(void) { return 0; }' | aarch64-linux-gnu-gcc -x c -o probe - -lutf8proc 2>log || skip 'no utf8proc for arm64'
	git clone -q "$TOP" cross
	cd cross
	unset MAKEFLAGS MFLAGS MAKELEVEL
	make -s install CC=aarch64-linux-gnu-gcc HOSTCC=cc B=build-arm64 DESTDIR="$PWD/arm64"
	make -s install B=build-arm64/native DESTDIR="$PWD/here"
	diff -r here/usr/local/share arm64/usr/local/share
	grep -qa "$(printf '\267')" <(head -c 19 arm64/usr/local/bin/fingerprint)	# EM_AARCH64
	installed here/usr/local
}

@test "package: Homebrew's formula, run by a stand-in for brew" {
	needs ruby
	git clone -q "$TOP" homebrew
	cd homebrew
	unset MAKEFLAGS MFLAGS MAKELEVEL
	cat >brew.rb <<-'END'
	# what a formula says of itself is taken down, what it does is done
	require "open3"
	class Formula
	  def self.method_missing(*) = nil
	  def self.respond_to_missing?(*) = true
	  def self.test(&block) = define_method(:test, &block)
	  def prefix = "#{Dir.pwd}/keg"
	  def bin = "#{prefix}/bin"
	  def share = "#{prefix}/share"
	  def man = "#{share}/man"
	  def bash_completion = "#{share}/bash-completion/completions"
	  def zsh_completion = "#{share}/zsh/site-functions"
	  def fish_completion = "#{share}/fish/vendor_completions.d"
	  def system(command, *args)
	    Kernel.system(command == "gmake" ? "make" : command, *args, out: File::NULL) or abort "#{command} #{args.join(" ")}"
	  end
	  def assert_equal(want, got) = want == got || abort("want #{want.inspect}, got #{got.inspect}")
	  def pipe_output(command, input, status)
	    out, code = Open3.capture2(command, stdin_data: input)
	    assert_equal(status, code.exitstatus)
	    out
	  end
	end
	load "packaging/homebrew/copydesk.rb"
	formula = Copydesk.new
	formula.install
	formula.test
	END
	ruby brew.rb
	installed keg
}

@test "package: Nix's flake, evaluated with a stand-in for nixpkgs" {
	needs nix-instantiate
	cat >eval.nix <<-END
	let
	  names = [ "pkg-config" "utf8proc" "xxHash" "bats" "gawk" "jq" "mandoc" "mawk" "parallel" "sqlite" "libiconv" ];
	  pkgs = darwin: builtins.listToAttrs (map (name: { inherit name; value = name; }) names) // {
	    lib = { licenses.isc = "ISC"; platforms.unix = [ ]; optional = yes: what: if yes then [ what ] else [ ]; };
	    stdenv = { mkDerivation = x: x; cc.targetPrefix = "cross-"; hostPlatform.isDarwin = darwin; };
	  };
	  nixpkgs = {
	    lib.genAttrs = systems: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) systems);
	    legacyPackages = { x86_64-linux = pkgs false; aarch64-linux = pkgs false; x86_64-darwin = pkgs true; aarch64-darwin = pkgs true; };
	  };
	  packages = ((import $TOP/packaging/nix/flake.nix).outputs { self = null; inherit nixpkgs; }).packages;
	in builtins.toJSON (builtins.mapAttrs (system: p: [ p.default.pname p.default.version p.default.buildInputs (builtins.pathExists (p.default.src + "/Makefile")) ]) packages)
	END
	HOME=$PWD NIX_STATE_DIR=$PWD/state NIX_STORE_DIR=$PWD/store NIX_LOG_DIR=$PWD/log nix-instantiate --eval --strict eval.nix 2>err | sed 's/\\//g' >out || {
		cat err
		false
	}
	grep -qF '"x86_64-linux":["copydesk","'"$(sed -n 's/^VERSION = //p' "$TOP/Makefile")"'",["utf8proc","xxHash"],true]' out
	grep -qF '["utf8proc","xxHash","libiconv"]' out
}

@test "package: one version everywhere" {
	version=$(sed -n 's/^VERSION = //p' "$TOP/Makefile")
	grep -q "^pkgver=$version$" "$TOP/packaging/alpine/APKBUILD"
	grep -q "copydesk-$version.tar.gz" "$TOP/packaging/homebrew/copydesk.rb"
	grep -q "version = \"$version\";" "$TOP/packaging/nix/flake.nix"
	head -1 "$TOP/packaging/debian/changelog" | grep -q "($version-"
}
