#!/usr/bin/env bats
# Speed that does not depend on the machine's load: instructions a byte against
# tests/bench/instructions.tsv. `make bench-instructions` writes the table anew.
load helper
load filters

# more TABLE NEW: the rows of NEW that take a tenth more than TABLE has, or that one of them lacks
more() {
	awk -F '\t' '
		/^#/ { next }
		NR == FNR { was[$1] = $2; next }
		!($1 in was) { print $1 ": not in the table"; next }
		$2 > was[$1] * 1.1 { print $1 ": " $2 " instructions a byte, the table has " was[$1] }
		{ delete was[$1] }
		END { for (name in was) print name ": not measured" }
	' "$1" "$2"
}

@test "instructions: no tool takes a tenth more than the table has" {
	needs valgrind "${CC:-cc}"
	[[ -e $OBJ/frame.o ]] || skip 'no objects to measure the frame with'
	table=$TOP/tests/bench/instructions.tsv
	here=$(sh "$TOP/tests/bench/instructions.sh" --compiler)
	made=$(head -n 1 "$table")
	[[ $here == "$made" ]] || skip "the table was made by ${made#\# }; this is ${here#\# }"
	sh "$TOP/tests/bench/instructions.sh" >new
	more "$table" new >worse
	[[ ! -s worse ]] || { cat worse; return 1; }
	# what the gate is for: each row is seen when it is worse, missing or new
	awk -F '\t' -v OFS='\t' '/^#/ || $2 /= 1.2' "$table" >less
	[[ $(more less new | grep -c 'the table has') == $(grep -vc '^#' "$table") ]]
	grep -v ^fingerprint new >missing
	more "$table" missing | grep -q 'fingerprint: not measured'
	more missing new | grep -q 'fingerprint: not in the table'
}
