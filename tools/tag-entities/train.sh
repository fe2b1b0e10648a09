#!/bin/sh
# Train the tagger on all that it learns from.
#
# usage: train.sh TAG-TRAIN DATA ENTITIES [OPTION ...]
#
# ENTITIES: the folder of the corpora, DATA/entities or a copy of it. The options are tag-train's.
set -eu
train=$1 data=$2 entities=$3
shift 3
gzip -t "$data/chrome/gold.tsv.gz"
gzip -dc "$data/chrome/gold.tsv.gz" |
	"$train" "$@" "$(dirname "$0")" "$entities" "$data/copies/docs.tsv" "$data/entities/gmb/docs.tsv" /dev/stdin
