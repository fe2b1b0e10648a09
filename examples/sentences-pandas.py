#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
#
# sentences-pandas.py - a file of sentences in pandas: the longest one of each document.
#
#   split-sentences < articles.tsv > sentences.tsv
#   sentences-pandas.py sentences.tsv
#
# quoting=3 is csv.QUOTE_NONE: a quote is a letter. Without it the rest of the file
# after a sentence that begins with a quotation mark is one field. keep_default_na and
# dtype: an id "NA" or "007" stays what it is. lineterminator: a text may hold U+0085.
import re
import sys

import pandas

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def unescape(text):
    return re.sub(r"\\([ntr\\])", lambda m: ESCAPES[m[1]], text)


table = pandas.read_csv(sys.argv[1], sep="\t", quoting=3, header=None, names=["doc", "n", "sentence"],
                        dtype={"doc": str, "n": int, "sentence": str}, keep_default_na=False,
                        lineterminator="\n", encoding="utf-8")
table["sentence"] = table["sentence"].map(unescape)
longest = table.loc[table["sentence"].str.len().groupby(table["doc"], sort=False).idxmax()]
for row in longest.itertuples():
    print(row.doc, row.n, len(row.sentence), sep="\t")
