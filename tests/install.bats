#!/usr/bin/env bats
load helper

# What the package of a distribution does: build, install into a folder of its own, remove.
setup_file() {
	cd "$TOP" || return 1
	export ROOT=$BATS_FILE_TMPDIR/root
	${MAKE:-make} -s install DESTDIR="$ROOT" PREFIX=/usr >"$BATS_FILE_TMPDIR/log" 2>&1 || {
		cat "$BATS_FILE_TMPDIR/log"
		return 1
	}
}

# every tool with its page and its completions, and nothing that cannot run
is_installed() {
	[ -x "$ROOT/usr/bin/$1" ] && "$ROOT/usr/bin/$1" --version >version &&
		[ -s "$ROOT/usr/share/man/man1/$1.1" ] &&
		[ -s "$ROOT/usr/share/bash-completion/completions/$1" ] &&
		[ -s "$ROOT/usr/share/zsh/site-functions/_$1" ] &&
		[ -s "$ROOT/usr/share/fish/vendor_completions.d/$1.fish" ]
}

@test "install: every tool with its page and completions" {
	each is_installed
	[ -s "$ROOT/usr/share/man/man5/copydesk.5" ]
	[ -s "$ROOT/usr/share/man/man7/copydesk.7" ]
}

# the bash completion of tool $1 offers the options of its --help, no more and no fewer
completes_all() {
	"$ROOT/usr/bin/$1" --help | sed -nE 's/^ +(-[A-Za-z], )?(--[a-z0-9-]+).*/\2/p' | sort >has
	bash -c '
		. "$1"
		COMP_WORDS=("$2" --) COMP_CWORD=1
		"$(complete -p "$2" | sed "s/.*-F \([^ ]*\).*/\1/")"
		printf "%s\n" "${COMPREPLY[@]}"' - "$ROOT/usr/share/bash-completion/completions/$1" "$1" | sort >offers
	[ -s has ] && diff -u has offers
}

@test "install: completions offer every option of --help" {
	each completes_all
}

# the options of --help of tool $1, into has
options() {
	"$ROOT/usr/bin/$1" --help | sed -nE 's/^ +(-[A-Za-z], )?(--[a-z0-9-]+).*/\2/p' | sort >has
	[ -s has ]
}

fish_completes_all() {
	# shellcheck disable=SC2016
	options "$1" && HOME=$PWD fish -c 'source $argv[1]; complete -C "$argv[2] --"' "$ROOT/usr/share/fish/vendor_completions.d/$1.fish" "$1" |
		cut -f 1 | sort | diff -u has -
}

@test "install: so do those of fish, read by fish" {
	needs fish
	each fish_completes_all
}

# what zsh hands to _arguments: a specification for every way to write an option
zsh_completes_all() {
	# shellcheck disable=SC2016
	options "$1" && zsh -fc '_arguments() { print -rl -- "$@" }; . "$1"' - "$ROOT/usr/share/zsh/site-functions/_$1" >offers &&
		sed -nE 's/^(\([^)]*\))?(--[a-z0-9-]+)=?\[.*/\2/p' offers | sort | diff -u has -
}

@test "install: so do those of zsh, read by zsh" {
	needs zsh
	each zsh_completes_all
}

@test "install: the version is the changelog's and the Makefile's" {
	version=$(sed -n 's/^VERSION = //p' "$TOP/Makefile")
	grep -q "^## $version" "$TOP/CHANGELOG.md"
	[ "$("$ROOT/usr/bin/fingerprint" --version)" = "fingerprint (copydesk) $version" ]
}

@test "install: the examples, and the installed ones run on the installed tools" {
	(cd "$TOP/examples" && find . -type f ! -path '*/__pycache__/*' | sort) >has
	(cd "$ROOT/usr/share/doc/copydesk/examples" && find . -type f | sort) | diff has -
	printf 'a\tVladimir Putin was in Oslo. Rain fell, and the river rose by two metres in one night.\n' >a.tsv
	PATH=$ROOT/usr/bin:/usr/bin:/bin "$ROOT/usr/share/doc/copydesk/examples/brief/brief" <a.tsv >page
	grep -q 'Vladimir Putin</span>' page
	PATH=$ROOT/usr/bin:/usr/bin:/bin "$ROOT/usr/share/doc/copydesk/examples/in-the-news.sh" <a.tsv >out
	want '1\tVladimir Putin\n'
}

@test "install: uninstall leaves nothing" {
	cp -r "$ROOT" gone
	${MAKE:-make} -s -C "$TOP" uninstall DESTDIR="$PWD/gone" PREFIX=/usr
	find gone -type f >left
	diff /dev/null left
}
