#!/bin/sh
# SPDX-License-Identifier: ISC
#
# sqlite.sh - sentences and mentions into an SQLite database, and who is named with whom in which week.
#
#   fingerprint -k < articles.tsv | find-copies --new | sqlite.sh news.db
#   sqlite3 news.db "select * from together where week = '2025-09-08' order by sentences desc limit 20"
#
# Records are id text, or id day ... text: what else is carried is left out. A week goes by its Monday.
# What is loaded again replaces what was there by its id.
# .mode tabs takes a quote at the start of a field for quoting and swallows lines
# up to the next one; .mode ascii with our separators quotes nothing. char(1) in the
# view stands for a backslash until the other escapes are undone; no text has one.
set -eu

db=${1:?usage: sqlite.sh database < articles.tsv}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
awk -F '\t' -v OFS='\t' '{ print $1, (NF > 2 ? $2 : "-"), $NF }' | split-sentences > "$tmp/sentences"
tag-entities -g --date-field 2 < "$tmp/sentences" > "$tmp/mentions"
cut -f 1 "$tmp/sentences" | uniq > "$tmp/docs"

sqlite3 "$db" <<END
create table if not exists sentence (doc text, day text, n integer, escaped text, primary key (doc, n));
create table if not exists mention (doc text, day text, n integer, type text, name text, begin integer, "end" integer, escaped text);
create index if not exists mention_doc on mention (doc);
create temp table again (doc text);
.mode ascii
.separator "\t" "\n"
.import '$tmp/docs' again
begin;
delete from sentence where doc in again;
delete from mention where doc in again;
.import '$tmp/sentences' sentence
.import '$tmp/mentions' mention
commit;
create index if not exists named on mention (name);
create view if not exists said as select doc, day, n,
	replace(replace(replace(replace(replace(escaped,
		'\\\\', char(1)), '\\n', char(10)), '\\t', char(9)), '\\r', char(13)), char(1), '\\') as sentence
	from sentence;
create view if not exists person as select distinct doc, day, n, name from mention where type = 'PER';
create view if not exists together as select
	date(a.day, 'weekday 0', '-6 days') as week, a.name as name, b.name as other, count(*) as sentences
	from person a join person b on a.doc = b.doc and a.n = b.n and a.name < b.name
	group by 1, 2, 3;
END
