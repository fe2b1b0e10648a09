#!/usr/bin/env bats
# The set-up on machines that are not this one: a PATH with nothing on it but a
# package manager that writes down what it is asked for.
load helper

setup() {
	mkdir bin
	for program in sh env cat printf grep sed tr; do
		ln -s "$(command -v "$program")" bin/
	done
	is 0
}

# is UID: who we are there
is() {
	printf '#!/bin/sh\necho %s\n' "$1" >bin/id
	chmod +x bin/id
}

# manager NAME: it is installed
manager() {
	printf '#!/bin/sh\necho "%s $*" >>"%s/asked"\n' "$1" "$PWD" >"bin/$1"
	chmod +x "bin/$1"
}

setup_there() {
	status=0
	PATH=$PWD/bin "$PWD/bin/sh" "$TOP/.ci/setup" >out 2>err || status=$?
}

@test "setup: each package manager is asked for its own names" {
	while read -r name verb wanted; do
		rm -f asked bin/apt-get bin/dnf bin/apk bin/pacman bin/brew
		manager "$name"
		setup_there
		[ "$status" -eq 0 ] || { cat err; return 1; }
		grep -q "^$name $verb" asked
		for package in $wanted; do
			grep -qE "(^| )$package( |\$)" asked || { echo "no $package:"; cat asked; return 1; }
		done
	done <<-'EOF'
	apt-get install gcc libc6-dev pkg-config libutf8proc-dev libxxhash-dev bats mandoc jq sqlite3 gawk mawk parallel
	dnf install gcc pkgconf-pkg-config utf8proc-devel xxhash-devel bats mandoc jq sqlite gawk mawk parallel
	apk add gcc musl-dev pkgconf utf8proc-dev xxhash-dev bats mandoc jq sqlite gawk mawk parallel
	pacman -S gcc pkgconf libutf8proc xxhash bash-bats mandoc jq sqlite gawk mawk parallel
	brew install gcc pkgconf utf8proc xxhash bats-core mandoc jq sqlite gawk mawk parallel
	EOF
}

@test "setup: without a package manager it names the packages and stops" {
	setup_there
	[ "$status" -eq 1 ]
	said libutf8proc-dev
	said libxxhash-dev
}

@test "setup: without the right to install it names the packages and stops" {
	is 1000
	manager apt-get
	setup_there
	[[ $status == 1 && ! -e asked ]]
	said 'please install: gcc'
	said libutf8proc-dev
}

@test "setup: an ordinary user installs by sudo" {
	is 1000
	manager apt-get
	printf '#!/bin/sh\necho sudo >>"%s/asked"\nexec "$@"\n' "$PWD" >bin/sudo
	chmod +x bin/sudo
	setup_there
	[ "$status" -eq 0 ]
	grep -q sudo asked && grep -q 'apt-get install' asked
}

@test "setup: nothing is done where nothing is missing" {
	needs cc pkg-config bats mandoc jq sqlite3 gawk mawk parallel
	sh "$TOP/.ci/setup" >out
	want 'setup: nothing is missing\n'
}

@test "setup: a build that lacks something names it" {
	${MAKE:-make} -s -C "$TOP" B="$PWD/build" HOSTCC=no-such-compiler "$PWD/build/host/u8-gen" >out 2>err && return 1
	said 'make setup'
}

@test "setup: it is built in a folder with a blank in its name, into any other" {
	mkdir 'a b'
	ln -s "$TOP/Makefile" "$TOP/common" "$TOP/tools" 'a b/'
	MAKEFLAGS='' ${MAKE:-make} -s -C 'a b' build/host/table-gen
	[ -x 'a b/build/host/table-gen' ]
	# the demo finds tools that are not below the sources
	MAKEFLAGS='' ${MAKE:-make} -s -C "$TOP" -o all demo B="$BIN/.." >out
	grep -q Zelenskyy out
}
