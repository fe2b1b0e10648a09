#!/bin/sh
# SPDX-License-Identifier: ISC
#
# miller.sh - mentions as a table by Miller: how often each type, and how many names.
#
#   split-sentences < articles.tsv | tag-entities -g | miller.sh
#
# The trap: up to 6.6, Miller prints nothing at all for input with a line over 64 KiB,
# and exits 0. Mentions are short; documents are not. So lines are measured on the way,
# and a long one ends the run with status 1. Of id ... n type name begin end mention it gets type and name.
set -eu

tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
LC_ALL=C awk -F '\t' '
	length($0) > 65000 { print "miller.sh: line " NR ": longer than Miller can read" > "/dev/stderr"; exit 1 }
	{ print $(NF - 4) "\t" $(NF - 3) }' > "$tmp"
# shellcheck disable=SC1010 # then is a word of mlr
mlr --inidx --ifs tab --implicit-tsv-header --opprint \
	rename 1,type,2,name then count-distinct -f type,name then \
	stats1 -a sum,count -f count -g type then \
	rename count_sum,mentions,count_count,names then sort -nr mentions -f type "$tmp"
