#!/bin/sh
# SPDX-License-Identifier: ISC
#
# hadoop.sh in out - copies among articles, sketched by Hadoop Streaming.
#
#   hadoop.sh /news/articles /news/sketches > copies.tsv
#
# Not run by a test. A map without reduce; part-files are numbered by size of their input, so a sort
# by id gives the order in which originals are decided: let ids begin with the date. Static binaries travel
# by -files; else fingerprint has to be installed on the nodes.
set -eu
: "${2:?usage: hadoop.sh in out}" "${HADOOP_HOME:?where Hadoop is}"

hadoop jar "$HADOOP_HOME"/share/hadoop/tools/lib/hadoop-streaming-*.jar \
	-D mapreduce.job.reduces=0 -files "$(command -v fingerprint)" \
	-input "$1" -output "$2" -mapper ./fingerprint
hadoop fs -cat "$2/part-*" | LC_ALL=C sort | find-copies
