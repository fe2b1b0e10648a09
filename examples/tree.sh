#!/bin/sh
# SPDX-License-Identifier: ISC
#
# tree.sh folder - which of the pages below a folder are copies of which.
#
#   tree.sh spool                            copy, original, score, kind
#
# Any name will do, with spaces and line ends too: the id is the path, escaped.
# sort, so that the order of the folder decides what is the original; two processes at
# once, each line whole: a filter never writes a part of a record.
set -eu

folder=${1:?usage: tree.sh folder}
find "$folder" -type f \( -name '*.html' -o -name '*.txt' \) -print0 |
	xargs -0 -n 50 -P 2 strip-chrome |
	fingerprint | LC_ALL=C sort | find-copies | awk -F '\t' '$2 != "-"'
