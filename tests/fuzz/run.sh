#!/bin/sh
# Fuzzes the tools, each for SECONDS_EACH, on the hand-made seeds of corpus*/.
#
# usage: run.sh [TARGET ...], from the top folder; wants clang with its runtime, or AFL++
#
# A target is a tool, or `index` (files of find-copies -d), `sites` (those of strip-chrome --site-memory), `gazetteer` (tag-entities
# --gazetteer), `abbreviations` (split-sentences --abbreviations).
#
# SECONDS_EACH  of processor time for each target (60); with AFL++ by the clock
# ENGINE        libfuzzer or afl (libfuzzer)
# B             build folder (build-fuzz, build-afl); what is found is kept in B/found/
#
# Of each target it tells: seconds of processor time, executions, edges of code and features that were
# reached, inputs kept in B/corpus-TARGET. Status 1 when something was found.
set -eu
: "${SECONDS_EACH:=60}" "${ENGINE:=libfuzzer}"
[ $# -gt 0 ] || set -- strip-chrome split-sentences fingerprint find-copies tag-entities index sites gazetteer abbreviations
case $ENGINE in
libfuzzer)
	: "${B:=build-fuzz}"
	cc=clang
	flags='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
	link='-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all'
	;;
afl)
	: "${B:=build-afl}"
	cc=afl-clang-fast
	flags='-O1 -g'
	link=-fsanitize=fuzzer
	export AFL_USE_ASAN=1 AFL_QUIET=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
	;;
*)
	echo "run.sh: ENGINE=$ENGINE: not libfuzzer or afl" >&2
	exit 2
	;;
esac
bad=0
mkdir -p "$B/found"

# seconds of processor time of this script's children so far, into $used; in a subshell they would be those of its own
time_used() {
	times >"$B/times"
	used=$(awk 'NR == 2 { split($0, t, /[ms ]+/); printf "%d\n", t[1] * 60 + t[2] + t[3] * 60 + t[4] }' "$B/times")
}

# made TARGET: build B/fuzz-TARGET; its seeds' folder in $seeds
made() {
	tool=$1 source=tests/fuzz/harness.c seeds=tests/fuzz/corpus leaks=1
	set -- # its extra flags
	case $tool in
	index)
		tool=find-copies source=tests/fuzz/index.c seeds=tests/fuzz/corpus-index leaks=0
		set -- -Wl,--wrap=msg_die,--wrap=msg_warn,--wrap=segment_open,--wrap=segment_close,--wrap=fsync
		;;
	sites)
		tool=strip-chrome source=tests/fuzz/sites.c seeds=tests/fuzz/corpus-sites leaks=0
		set -- -Wl,--wrap=msg_die,--wrap=msg_warn,--wrap=fsync
		;;
	gazetteer)
		tool=tag-entities source=tests/fuzz/list.c seeds=tests/fuzz/corpus-gazetteer leaks=0
		set -- '-DLIST="gazetteer"' -Wl,--wrap=msg_die \
			'-DFORGET=buf_free(&opt.user.file), free(opt.user.slot), free(opt.user.alias), free(opt.user.entry), opt.user = (struct user_names){ 0 }'
		;;
	find-copies)
		set -- -DREFUSES -Wl,--wrap=msg_die
		;;
	abbreviations)
		tool=split-sentences source=tests/fuzz/list.c seeds=tests/fuzz/corpus-abbreviations leaks=0
		set -- '-DLIST="abbreviations"' '-DFORGET=user_text.n = nuser = 0, options.abbreviations = (struct user_words){ NULL, 0 }' -Wl,--wrap=msg_die
		;;
	esac
	objects=
	for c in common/*.c tools/"$tool"/*.c; do
		case $c in
		*-gen.c | *-train.c | */main.c) ;;
		common/frame.c)
			case $source in */index.c | */sites.c) objects="$objects $B/${c%.c}.o" ;; esac
			;;
		*) objects="$objects $B/${c%.c}.o" ;;
		esac
	done
	# shellcheck disable=SC2086
	make -s CC=$cc HOSTCC=cc B="$B" CFLAGS="$flags" $objects
	# shellcheck disable=SC2046,SC2086
	$cc -std=gnu11 -O1 -g $link -Icommon -I"$B/gen" -I. -I"tools/$tool" $(pkg-config --cflags libutf8proc libxxhash) \
		-DVERSION='"fuzz"' -DTOOL_MAIN="\"tools/$tool/main.c\"" "$@" "$source" $objects \
		$(pkg-config --libs libutf8proc) -pthread -o "$B/fuzz-$target"
}

# The options under which a target is run, a line each, for equal times.
modes() {
	echo
	case $1 in
	strip-chrome) printf '%s\n' '--metadata --html' '--explain --keep-captions' '--show-chrome --text' ;;
	split-sentences) printf '%s\n' '--offsets --keep-quotes' '--newline=space --offsets -b' ;;
	fingerprint) printf '%s\n' '-k -s 64' '--bands' ;;
	find-copies) printf '%s\n' '--all --explain -t 0' '--clusters -u' '--bands --all --explain' '--bands --clusters' ;;
	tag-entities) printf '%s\n' '--annotate' '-b --date 2025-05-16 --date-field 2' ;;
	esac
}

# libfuzzer SECONDS: run B/fuzz-TARGET
libfuzzer() {
	time_used
	# the fuzzer counts time by the wall: again until the processor has worked as long
	until=$((used + $1)) runs=0 longest=20000
	case "$target $FUZZ_OPTIONS" in
	strip-chrome*--explain*) longest=2000 ;; # it asks the model a hundred times for each line
	esac
	while [ "$used" -lt "$until" ] && [ $((runs += 1)) -le 50 ]; do
		# a refused list or index leaves its memory behind: in new processes (-fork) from time to time
		# shellcheck disable=SC2046
		ASAN_OPTIONS=detect_leaks=$leaks "$B/fuzz-$target" $([ "$leaks" = 1 ] || echo -fork=1) \
			-max_total_time=$((until - used)) -max_len=$longest -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
			-artifact_prefix="$B/found/$target-" "$B/corpus-$target" "$seeds" >>"$B/fuzz-$target.log" 2>&1 || {
			bad=1
			echo "$target $FUZZ_OPTIONS"
			grep -E 'ERROR|harness:|SUMMARY|runtime error' "$B/fuzz-$target.log" | tail -5
			return
		}
		time_used
	done
}

for target; do
	made "$target"
	mkdir -p "$B/corpus-$target"
	: >"$B/fuzz-$target.log"
	modes "$target" >"$B/modes"
	each=$((SECONDS_EACH / $(wc -l <"$B/modes")))
	if [ "$ENGINE" = afl ]; then
		while IFS= read -r FUZZ_OPTIONS; do
			export FUZZ_OPTIONS
			echo "fuzz: $target $FUZZ_OPTIONS for $each s"
			rm -rf "$B/out-$target"
			ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:symbolize=0 afl-fuzz -V "$each" -t 2000 -m none \
				-i "$seeds" -o "$B/out-$target" -- "$B/fuzz-$target" >>"$B/fuzz-$target.log" 2>&1 </dev/null || bad=1
			for found in "$B/out-$target"/default/crashes/id* "$B/out-$target"/default/hangs/id*; do
				[ ! -e "$found" ] || { bad=1; cp "$found" "$B/found/$target-$(basename "$found")"; echo "found: $found"; }
			done
			grep -E '^(execs_done|edges_found|saved_crashes|saved_hangs)' "$B/out-$target/default/fuzzer_stats" || bad=1
		done <"$B/modes"
		continue
	fi
	time_used
	begun=$used
	while IFS= read -r FUZZ_OPTIONS; do
		export FUZZ_OPTIONS
		libfuzzer "$each" </dev/null
	done <"$B/modes"
	# a fuzzer that forks counts on from line to line, one that does not tells its count at its end
	awk -v name="$target" -v spent=$((used - begun)) '
		{
			for (i = 1; i < NF; i++) {
				if ($i == "cov:" && $(i + 1) > cov) cov = $(i + 1)
				if ($i == "ft:" && $(i + 1) > ft) ft = $(i + 1)
				if ($i == "corp:") kept = $(i + 1)
			}
		}
		/^#[0-9]+: cov:/ { n = substr($1, 2) + 0; if (n < last) all += last; last = n }
		/^stat::number_of_executed_units:/ { all += $2 }
		END { printf "%s: %d s, %d executions, %d edges, %d features, %s inputs kept\n", name, spent, all + last, cov, ft, kept }
	' "$B/fuzz-$target.log"
done
exit $bad
