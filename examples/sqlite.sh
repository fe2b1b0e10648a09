#!/bin/sh
# SPDX-License-Identifier: ISC
#
# sqlite.sh - sentences and mentions into an SQLite database.
#
#   sqlite.sh news.db < articles.tsv         (records: id text)
#
# .mode tabs takes a quote at the start of a field for quoting and swallows lines
# up to the next one; .mode ascii with our separators quotes nothing. char(1) in the
# view stands for a backslash until the other escapes are undone; no text has one.
set -eu

db=${1:?usage: sqlite.sh database < articles.tsv}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
split-sentences > "$tmp/sentences"
tag-entities < "$tmp/sentences" > "$tmp/mentions"

sqlite3 "$db" <<END
create table sentence (doc text, n integer, escaped text, primary key (doc, n));
create table mention (doc text, n integer, type text, name text, begin integer, "end" integer, escaped text);
.mode ascii
.separator "\t" "\n"
.import '$tmp/sentences' sentence
.import '$tmp/mentions' mention
create index named on mention (name);
create view said as select doc, n,
	replace(replace(replace(replace(replace(escaped,
		'\\\\', char(1)), '\\n', char(10)), '\\t', char(9)), '\\r', char(13)), char(1), '\\') as sentence
	from sentence;
END
