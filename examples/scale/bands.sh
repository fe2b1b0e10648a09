#!/bin/sh
# SPDX-License-Identifier: ISC
#
# bands.sh - copies among more articles than memory holds, by sort(1).
#
#   bands.sh < articles.tsv > copies.tsv
#
# A line for every hash, equal hashes brought together, and the copies read off in 25 MB. TMPDIR
# tells where sort and find-copies put what does not fit; it takes about 6 kB for each article.
set -eu

fingerprint --bands | LC_ALL=C sort | find-copies --bands
