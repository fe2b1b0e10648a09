#!/bin/sh
# SPDX-License-Identifier: ISC
#
# duckdb.sh - query a file of mentions where it lies: names by documents.
#
#   split-sentences < articles.tsv | tag-entities -g > mentions.tsv
#   duckdb.sh mentions.tsv
#
# quote='' and escape='' because there is no quoting; all_varchar, or an id such
# as 007 becomes 7; max_line_size for documents, not needed for mentions.
set -eu

file=$(printf '%s\n' "${1:?usage: duckdb.sh mentions.tsv}" | sed "s/'/''/g")
duckdb -csv -c "
	select name, type, count(distinct doc) as docs, count(*) as times
	from read_csv('$file', delim = '\\t', quote = '', escape = '', header = false, all_varchar = true,
		auto_detect = false, max_line_size = 67108864, columns = {'doc': 'varchar', 'n': 'varchar', 'type': 'varchar',
		'name': 'varchar', 'begin': 'varchar', 'end': 'varchar', 'mention': 'varchar'})
	where type in ('PER', 'ORG', 'LOC')
	group by all order by docs desc, times desc, name limit 20"
