#!/bin/sh
# SPDX-License-Identifier: ISC
#
# jsonl.sh - JSON Lines in, JSON Lines out: {"id", "date", "text"} to {"id", "date", "sentence", "text"}.
#
#   jsonl.sh < feed.jsonl > sentences.jsonl
#
# Each line is parsed by itself, so a damaged one is told and costs no other. @tsv writes the escapes that
# the filters read. There is no @tsv for reading: unescape undoes them, all at once, so that \\n stays a
# backslash and an n.
set -eu

jq -rR 'select(. != "") | fromjson | [.id, .date // "-", .text] | @tsv' |
	strip-chrome | split-sentences |
	jq -cR '
		def unescape: gsub("\\\\(?<c>.)"; {n: "\n", t: "\t", r: "\r"}[.c] // .c);
		split("\t") | {id: .[0], date: .[1], sentence: .[2] | tonumber, text: .[3] | unescape}'
