#!/bin/sh
# Runs bats files with every tool under valgrind's memcheck; an error of memory makes a tool end with 99.
#
# usage: valgrind.sh FILE..., of this folder
#
# BIN  folder with the tools (build/bin)
set -eu
cd "$(dirname "$0")"
: "${BIN:=$PWD/../build/bin}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
for tool in "$BIN"/*; do
	name=$(basename "$tool")
	printf '#!/bin/sh\nexec valgrind -q --error-exitcode=99 --log-file=%s/log.%%p %s "$@"\n' "$folder" "$tool" >"$folder/$name"
	chmod +x "$folder/$name"
done
# valgrind takes its time: no test's limit holds
printf '#!/bin/sh\nshift\nexec "$@"\n' >"$folder/timeout"
chmod +x "$folder/timeout"
status=0
BIN=$folder TESTS=$* sh run.sh || status=$?
# errors begin with ==; what begins with -- is valgrind's own trouble, such as a system call (Landlock's) that it does not know
find "$folder" -name 'log.*' -exec grep -h '^==' {} + >"$folder/found" || true
if [ -s "$folder/found" ]; then
	head -60 "$folder/found"
	echo "valgrind.sh: valgrind found something"
	exit 1
fi
echo "valgrind.sh: $(find "$folder" -name 'log.*' | wc -l) runs without an error"
exit $status
