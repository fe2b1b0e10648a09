#!/bin/sh
# SPDX-License-Identifier: ISC
#
# distcheck.sh tarball - what a packager does with the release, twice.
#
# TESTS  files for `make check` (all)
#
# Builds, tests, installs and removes it in a folder where the sources cannot be written; then builds it in
# another place, time zone, locale and umask, and wants both installations to be the same bytes.
set -eu

tarball=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
name=$(basename "$1" .tar.gz)
make=${MAKE:-make}
unset MAKEFLAGS MFLAGS MAKELEVEL
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# build FOLDER [MAKE ARGUMENT...]: into FOLDER/root
build() {
	mkdir -p "$tmp/$1"
	gzip -dc "$tarball" | (cd "$tmp/$1" && tar -xf -)
	cd "$tmp/$1/$name"
	mkdir build
	chmod -R a-w .
	chmod -R u+w build
	"$make" -s all
	"$make" -s install DESTDIR="$tmp/$1/root" PREFIX=/usr
}

echo 'distcheck: build'
(build one)
echo 'distcheck: build in another place, time zone, locale and umask'
(
	export TZ=Pacific/Chatham LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 HOME=/nonexistent USER=nobody
	umask 077
	build 'another/folder/with/a-longer-name'
)
echo 'distcheck: compare'
(cd "$tmp/one/root" && find . -type f | sort) > "$tmp/list1"
(cd "$tmp/another/folder/with/a-longer-name/root" && find . -type f | sort) > "$tmp/list2"
cmp "$tmp/list1" "$tmp/list2"
while read -r f; do
	cmp "$tmp/one/root/$f" "$tmp/another/folder/with/a-longer-name/root/$f"
done < "$tmp/list1"
echo "distcheck: $(wc -l < "$tmp/list1") installed files are the same bytes"
echo 'distcheck: test'
cd "$tmp/one/$name"
BIN=$tmp/one/root/usr/bin "$make" -s check > "$tmp/log" 2>&1 || {
	grep -A 20 '^not ok' "$tmp/log" || tail -20 "$tmp/log"
	exit 1
}
tail -1 "$tmp/log"
"$make" -s uninstall DESTDIR="$tmp/one/root" PREFIX=/usr
[ -z "$(find "$tmp/one/root" -type f)" ]
echo 'distcheck: done'
