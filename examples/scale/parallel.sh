#!/bin/sh
# SPDX-License-Identifier: ISC
#
# parallel.sh articles.tsv host,host... - copies among articles, sketched on many machines.
#
#   parallel.sh articles.tsv one,two > copies.tsv
#   SSH='ssh -F my_config' parallel.sh articles.tsv one,two
#
# GNU parallel cuts the stream between lines, and gives a block to another machine when its own
# dies: --pipe does, --pipepart (tried with 20221122) loses it. --keep-order, because of two copies the
# earlier one is the original. The hosts need fingerprint on their PATH, and nothing else.
set -eu

hosts=${2:?usage: parallel.sh articles.tsv host,host...}
sketches=$(mktemp)
trap 'rm -f "$sketches"' EXIT
trap 'exit 1' HUP INT TERM
parallel --pipe --block "${BLOCK:-10M}" --keep-order --retries 5 \
	--ssh "${SSH:-ssh}" -S "$hosts" fingerprint < "$1" > "$sketches"
find-copies < "$sketches"
