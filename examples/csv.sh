#!/bin/sh
# SPDX-License-Identifier: ISC
#
# csv.sh [heading ...] - records to CSV, RFC 4180, for spreadsheets.
#
#   tag-entities < articles.tsv | csv.sh doc type name begin end mention > mentions.csv
#
# Escapes are undone and quotes doubled, by jq's @csv. A spreadsheet takes a field that begins
# with = + - @ or a TAB for a formula, whoever wrote it: such a text gets a ' before it, and numbers and "-" do not.
set -eu

[ $# -eq 0 ] || jq -nr '$ARGS.positional | @csv' --args "$@"
jq -rR '
	def unescape: gsub("\\\\(?<c>.)"; {n: "\n", t: "\t", r: "\r"}[.c] // .c);
	def harmless: if test("^[=+@\t\r-]") and (test("^-?[0-9.]*$") | not) then "'"'"'" + . else . end;
	split("\t") | map(unescape | harmless) | @csv'
