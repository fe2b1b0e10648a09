#!/usr/bin/env bats
# What fuzzing begins with and what it found once (tests/fuzz), without a fuzzer: `make fuzz` looks for more.
load helper
load filters

# replay_of TOOL SOURCE WRAPPED: the harness SOURCE with the tool's objects, as the program replay-SOURCE
replay_of() {
	local objects=
	for file in "${OBJ%/common}"/tools/"$1"/*.o; do
		case $file in */main.o | *-train.o) ;; *) objects="$objects $file" ;; esac
	done
	libs=$(pkg-config --libs libutf8proc 2>/dev/null) || libs=-lutf8proc
	# shellcheck disable=SC2086
	"${CC:-cc}" -std=gnu11 ${CFLAGS:-} -I"$TOP/common" -I"$TOP/tools/$1" -o "replay-$2" "$TOP/tests/fuzz/$2.c" \
		"$TOP/tests/fuzz/replay.c" $objects "$OBJ"/*.o ${LDFLAGS:-} $libs -pthread "-Wl,$3" 2>log || true
}

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	replay_of find-copies index --wrap=msg_die,--wrap=msg_warn,--wrap=segment_open,--wrap=segment_close,--wrap=fsync
	replay_of strip-chrome sites --wrap=msg_die,--wrap=msg_warn,--wrap=fsync
}

# survives COMMAND...: it may find faults in its input (1) and nothing worse
survives() {
	status=0
	timeout 20 "$@" <in >out 2>err || status=$?
	[[ $status -le 1 ]] || {
		echo "status $status: $*"
		cat err
		return 1
	}
}

all_seeds() {
	local seed
	for seed in "$TOP"/tests/fuzz/corpus/*; do
		tail -c +2 "$seed" >in
		if ! { survives "$1" && survives "$1" -j 3 -p && survives "$1" - && survives "$1" --strict &&
			survives "$1" --encoding UTF-16 in; }; then
			echo "seed: $seed"
			return 1
		fi
	done
}

@test "fuzz: every seed through every tool, as records and as a document" {
	each all_seeds
}

@test "fuzz: every seed through every mode of the tools" {
	local seed
	for seed in "$TOP"/tests/fuzz/corpus/*; do
		tail -c +2 "$seed" >in
		for command in 'strip-chrome --metadata --html' 'strip-chrome --explain --keep-captions' 'strip-chrome -v --text' \
			'split-sentences --offsets --keep-quotes' 'split-sentences --newline=space --offsets -b' \
			'fingerprint -k -s 64' 'fingerprint --bands' \
			'find-copies --all --explain -t 0' 'find-copies --clusters' 'find-copies --new -u' \
			'find-copies --bands --all --explain' 'find-copies --bands --clusters' \
			'tag-entities --annotate' 'tag-entities -b --date 2025-05-16 --date-field 2'; do
			# shellcheck disable=SC2086
			if ! survives $command || ! survives $command -; then
				echo "seed: $seed"
				return 1
			fi
		done
	done
}

# split at the form feed: the list, then the record behind a byte that the harness reads
lists() {
	local seed option=$1 tool=$2
	for seed in "$TOP/tests/fuzz/corpus-$option"/*; do
		awk 'BEGIN { RS = "\f"; ORS = "" } NR == 1' "$seed" >list
		awk 'BEGIN { RS = "\f"; ORS = "" } NR == 2' "$seed" | tail -c +2 >in
		status=0
		timeout 20 "$tool" "--$option" list <in >out 2>err || status=$?
		[[ $status -le 2 ]] || { echo "status $status: $seed"; return 1; }
	done
}

@test "fuzz: every list of a user's" {
	lists gazetteer tag-entities && lists abbreviations split-sentences
}

@test "fuzz: damaged indexes are refused or used, whatever the damage" {
	[[ -x $BATS_FILE_TMPDIR/replay-index ]] || skip 'no objects, or no linker that wraps functions'
	# where the program would end, the replay jumps on, and leaves its memory behind
	ASAN_OPTIONS=detect_leaks=0 timeout 60 "$BATS_FILE_TMPDIR/replay-index" 150 "$TOP"/tests/fuzz/corpus-index/*
}

@test "fuzz: damaged memories of sites, likewise" {
	[[ -x $BATS_FILE_TMPDIR/replay-sites ]] || skip 'no objects, or no linker that wraps functions'
	ASAN_OPTIONS=detect_leaks=0 timeout 60 "$BATS_FILE_TMPDIR/replay-sites" 500 "$TOP"/tests/fuzz/corpus-sites/*
}
