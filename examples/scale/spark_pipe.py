#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
#
# spark_pipe.py in out - sketches of articles by Spark's pipe.
#
#   spark-submit --files "$(command -v fingerprint)" spark_pipe.py /news/articles /news/sketches
#   hadoop fs -cat '/news/sketches/part-*' | find-copies > copies.tsv
#
# Not run by a test. Partitions keep their order, and so do the part-files. textFile also cuts at
# a lone CR, which no record has: it is escaped.
import sys

from pyspark import SparkContext, SparkFiles

sc = SparkContext(appName="copydesk")
sc.textFile(sys.argv[1]).pipe(SparkFiles.get("fingerprint"), checkCode=True).saveAsTextFile(sys.argv[2])
