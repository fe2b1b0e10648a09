#!/bin/sh
# Speed of every tool, of the chain, and of other programs that do the like, as Markdown.
#
# usage: speed.sh [FILE of records]
#
# MB/s and ratios are of processor time, user and system, on one worker. A ratio is to
# `LC_ALL=C.UTF-8 wc -w` on the same bytes, run right before: the median of RUNS pairs.
#
# BIN   folder with the tools
# MB    size of the inputs, made by input.sh (20); a FILE takes the place of the text
# RUNS  (5)
set -eu
file=${1:+$(realpath "$1")}
# shellcheck source=tests/bench/measure.sh
. "$(dirname "$0")/measure.sh"
: "${MB:=20}" "${RUNS:=5}"
cd "$tmp"
words='LC_ALL=C.UTF-8 wc -w'
twice() { i=0; while [ $i -lt "$RUNS" ]; do "$@"; i=$((i + 1)); done; }

for kind in text chrome html; do
	sh "$bench/input.sh" "$kind" "$MB" >"./$kind"
done
[ -z "$file" ] || cat "$file" >text
cat text text text >long # where a time on the text would be too short to be told
sh "$bench/input.sh" strangers "$MB" | fingerprint >sketches
for kind in text long chrome html sketches; do
	head -c 500000 $kind | sed '$d' >$kind.half
	head -c 1000000 $kind | sed '$d' >$kind.whole
done

# pair FILE COMMAND: the ratio to wc -w, and the seconds
# shellcheck disable=SC2317
pair() { echo "$(cost "$words <$1") $(cost "$2 <$1")" | awk '{ t = $2 > 0 ? $2 : 0.001; print $1 / t, t }'; }
# measured FILE COMMAND: sets $ratio and $rate
measured() {
	twice pair "$1" "$2" >pairs
	ratio=$(cut -d ' ' -f 1 pairs | median)
	rate=$(calc "$(size "$1") / 1e6 / $(cut -d ' ' -f 2 pairs | median)" %.0f)
}

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
cat <<END
# Speed

\`make bench\` prints this, \`make bench-results\` writes it here.
${cpu:-$(uname -m)}, $(getconf _NPROCESSORS_ONLN) processors; $(uname -sr | sed "s/-.*//"); $("${CC:-cc}" --version | head -n 1), ${CFLAGS:--O2}.
Load average when it began: $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo unknown); times by the clock mean little where it is not near 0.

MB/s and ratios are of processor time (user and system) on one worker; × wc -w is the ratio to
\`LC_ALL=C.UTF-8 wc -w\` on the same bytes right before, the median of $RUNS pairs. Instructions are counted by callgrind on the
first megabyte, without those of a start; growth is how they grow when the input doubles. Input: ${file:-$MB MB each of
articles (text), of articles as scrapers leave pages (chrome) and of pages (HTML), by \`tests/bench/input.sh\` from the sample feed}.

| tool | input | MB/s | × wc -w | instructions/byte | growth | peak MB |
|---|---|---:|---:|---:|---:|---:|
END
row() {
	name=$1 from=$2 instr=- growth=-
	measured "$from" "$name"
	if have valgrind; then
		idle=$(instructions /dev/null "$name")
		half=$(instructions "$from.half" "$name")
		whole=$(instructions "$from.whole" "$name")
		instr=$(calc "($whole - $idle) / $(size "$from.whole")" %.1f)
		growth=$(calc "2 * ($whole - $idle) / ($half - $idle) * $(size "$from.half") / $(size "$from.whole")")
	fi
	echo "| $name | $from | $rate | $(calc "$ratio") | $instr | $growth | $(peak "$from" "$name") |"
}
PATH=$PATH:$tmp
make_copy && mv copy frame && row frame long
row strip-chrome text
row strip-chrome chrome
row strip-chrome html
row split-sentences text
row fingerprint text
row find-copies sketches
row tag-entities text

cat <<END

Two workers (\`-j 2\`) against one, on three times the text: processor time, and time by the clock, the best of $RUNS runs.

| tool | processor time | by the clock |
|---|---:|---:|
END
for tool in strip-chrome split-sentences fingerprint tag-entities; do
	for jobs in 1 2; do
		twice cost "$tool -j $jobs <long" | sort -n | head -n 1 >cost.$jobs
		twice clock "$tool -j $jobs <long" | sort -n | head -n 1 >clock.$jobs
	done
	echo "| $tool | $(calc "($(cat cost.2) / $(cat cost.1) - 1) * 100" '%+.0f %%') | $(calc "$(cat clock.1) / $(cat clock.2)") × |"
done
if have parallel; then
	twice clock 'parallel --pipe -j 2 fingerprint <long' | sort -n | head -n 1 >clock.2
	twice clock 'fingerprint <long' | sort -n | head -n 1 >clock.1
	echo "| GNU parallel --pipe fingerprint | | $(calc "$(cat clock.1) / $(cat clock.2)") × |"
fi

cat <<END

A start on empty input, over that of \`true\`: processor time, the mean of 200; and memory.

| program | ms | MB |
|---|---:|---:|
END
start() { cost "for i in \$(seq 200); do $1 </dev/null; done"; }
for program in /bin/true /usr/bin/true; do
	[ ! -x $program ] || nothing=$(start $program)
done
for tool in strip-chrome split-sentences fingerprint find-copies tag-entities 'wc -w'; do
	# shellcheck disable=SC2086
	echo "| $tool | $(calc "($(start "$tool") - $nothing) * 5") | $(peak /dev/null $tool) |"
done

cat <<END

The chain \`strip-chrome | fingerprint -k | split-sentences | tag-entities -g -j 0\`: by the clock, against wc -w on one processor, and by
processor time.

| input | MB/s | × wc -w | × wc -w, by processor time |
|---|---:|---:|---:|
END
for from in text chrome; do
	chain="strip-chrome <$from | fingerprint -k | split-sentences | tag-entities -g -j 0"
	seconds=$(twice clock "$chain" | sort -n | head -n 1)
	words_cost=$(twice cost "$words <$from" | median)
	echo "| $from | $(calc "$(size $from) / 1e6 / $seconds" %.0f) | $(calc "$words_cost / $seconds") | $(calc "$words_cost / $(twice cost "$chain" | median)") |"
done

cat <<END

Other programs that do the like and are installed here, on the same bytes; as files of one document each where they want files.

| program | beside | MB/s | × wc -w |
|---|---|---:|---:|
END
peer() {
	measured "$3" "$4"
	echo "| $1 | $2 | $rate | $(calc "$ratio" %.3f) |"
}
peer cat frame text cat
# 2 MB: the others take their time
sed -n 's/^[^	]*	//p' html | head -c 2000000 | sed 's/\\n/\
/g' >pages
mkdir documents
head -c 2000000 text | awk -F '\t' '{ file = "documents/" $1; gsub(/\\n/, "\n", $NF); print $NF >file; close(file) }'
head -c 2000000 text | sed '$d' >text.two
have lynx && peer 'lynx -dump' 'strip-chrome, HTML' pages 'lynx -dump -nolist -force_html -stdin'
have w3m && peer 'w3m -dump' 'strip-chrome, HTML' pages 'w3m -dump -T text/html'
# shellcheck disable=SC2046
if "${CC:-cc}" -D_GNU_SOURCE -O2 -o icu "$bench/icu.c" $(pkg-config --cflags --libs icu-uc 2>/dev/null) 2>errors; then
	peer 'ICU break iterator' split-sentences text.two icu
fi
have ssdeep && peer ssdeep fingerprint text.two 'ssdeep -l documents/*'
have simhash && peer simhash fingerprint text.two 'simhash -w documents/*'
exit 0
