#!/bin/sh
# Fuzzes the tools with libFuzzer, each for SECONDS, on the hand-made seeds of corpus/.
#
# usage: run.sh [TOOL ...], from the top folder; wants clang with its runtime
#
# SECONDS_EACH  for each tool (60)
# B             build folder (build-fuzz); what is found is kept in B/found/TOOL-*
#
# Status 1 when something was found.
set -eu
: "${SECONDS_EACH:=60}" "${B:=build-fuzz}"
[ $# -gt 0 ] || set -- strip-chrome split-sentences fingerprint find-copies tag-entities
flags='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
bad=0
mkdir -p "$B/found"
for tool; do
	objects=
	for source in common/*.c tools/"$tool"/*.c; do
		case $source in
		*-gen.c | *-train.c | */main.c) ;;
		*) objects="$objects $B/${source%.c}.o" ;;
		esac
	done
	# shellcheck disable=SC2086
	make -s CC=clang B="$B" CFLAGS="$flags" $objects
	# shellcheck disable=SC2046,SC2086
	clang -std=gnu11 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Icommon -I"$B/gen" -I. \
		-I"tools/$tool" $(pkg-config --cflags libutf8proc libxxhash) -DVERSION='"fuzz"' -DTOOL_MAIN="\"tools/$tool/main.c\"" \
		tests/fuzz/harness.c $objects $(pkg-config --libs libutf8proc) -pthread -o "$B/fuzz-$tool"
	mkdir -p "$B/corpus-$tool"
	echo "fuzz: $tool for $SECONDS_EACH s"
	"$B/fuzz-$tool" -max_total_time="$SECONDS_EACH" -max_len=20000 -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
		-artifact_prefix="$B/found/$tool-" "$B/corpus-$tool" tests/fuzz/corpus >"$B/fuzz-$tool.log" 2>&1 || {
		bad=1
		grep -E 'ERROR|harness:|SUMMARY|runtime error' "$B/fuzz-$tool.log" | head -5
	}
	grep -E 'stat::number_of_executed_units|cov:' "$B/fuzz-$tool.log" | tail -2
done
exit $bad
