#!/bin/bash
# Two writers and eight readers at one index (find-copies -d) for some seconds. Writers add batches of twenty
# documents, every fifth batch by --merge; what a writer has been told is done (status 0) must be in every index
# that is read after that, and a batch is in it whole or not at all.
#
# usage: race.sh [SECONDS]   (60), in an empty folder
#
# Status 1 when a reader saw anything else, or when the index is not sound at the end.
set -u
seconds=${1:-60}
export LC_ALL=C SOURCE_DATE_EPOCH=1700000000
BATCH=20

# texts of letters without any order; the last of a batch is the one before it, a little changed
awk -v n="$BATCH" 'BEGIN {
	for (d = 1; d <= n; d++) {
		if (d < n) {
			t = ""
			for (i = 0; i < 700; i++) {
				s = (s * 69069 + 1) % 4294967296
				t = t sprintf("%c", 97 + int(s / 65536) % 26)
			}
		} else
			t = substr(t, 1, 600) "the end"
		print d "\t" t
	}
}' | fingerprint >sketches
# named NAME: the batch under other ids
named() {
	awk -v name="$1" -F '\t' -v OFS='\t' '{ $1 = name "." $1; print }' sketches
}
named w0 >again
find-copies -d seen <again >answers || exit 1
find-copies -d seen -r <again >answers
echo w0 >acknowledged
: >wrong
until=$((SECONDS + seconds))

writer() {
	local n=0 name
	while [ $SECONDS -lt "$until" ]; do
		name=w$1-$((n += 1))
		if [ $((n % 5)) = 0 ]; then
			rm -rf "other$1"
			named "$name" | find-copies -d "other$1" >/dev/null &&
				find-copies -d seen --merge "other$1" 2>>"told$1"
		else
			named "$name" | find-copies -d seen >/dev/null 2>>"told$1"
		fi || {
			echo "writer $1: $name: status $?" >>wrong
			return
		}
		echo "$name" >>acknowledged
	done
	echo "$n" >"commits$1"
}

reader() {
	local n=0
	while [ $SECONDS -lt "$until" ]; do
		: $((n += 1))
		if [ $(($1 % 2)) = 0 ]; then
			if ! find-copies -d seen -r <again >"out$1" 2>"err$1" || ! cmp -s "out$1" answers; then
				echo "reader $1: other answers: $(head -1 "err$1")" >>wrong
				return
			fi
			continue
		fi
		cp acknowledged "known$1"
		find-copies -d seen --dump >"out$1" 2>"err$1" ||
			{ echo "reader $1: $(head -1 "err$1")" >>wrong; return; }
		awk -v batch=$BATCH -F '[.\t]' 'FNR == NR { known[$1]; next } { n[$1]++ }
			END {
				for (b in known) if (!(b in n)) print "acknowledged, not there: " b
				for (b in n) if (n[b] != batch) print n[b] " of a batch: " b
			}' "known$1" "out$1" >"missed$1"
		[ ! -s "missed$1" ] || { sed "s/^/reader $1: /" "missed$1" >>wrong; return; }
	done
	echo "$n" >"reads$1"
}

for i in 1 2; do writer $i & done
for i in 1 2 3 4 5 6 7 8; do reader $i & done
wait
find-copies -d seen --check || echo 'not sound' >>wrong
find-copies -d seen --dump | cut -d . -f 1 | uniq | sort >there
sort acknowledged | cmp - there || echo 'what is there is not what was acknowledged' >>wrong
[ ! -s wrong ] || { cat wrong; exit 1; }
cat commits* | awk -v readers="$(cat reads* | awk '{ n += $1 } END { print n }')" \
	'{ n += $1 } END { print n " commits, " readers " reads: nothing lost, nothing half there" }'
