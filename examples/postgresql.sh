#!/bin/sh
# SPDX-License-Identifier: ISC
#
# postgresql.sh - sentences and mentions into PostgreSQL.
#
#   postgresql.sh < articles.tsv             (PGDATABASE and so on as psql reads them)
#
# Records are id text, or id day ... text: what else is carried is left out. What is loaded again replaces
# what was there by its id.
# COPY's text format is the line protocol: no switch is needed, and the escapes
# are undone on the way in.
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
awk -F '\t' -v OFS='\t' '{ print $1, (NF > 2 ? $2 : "-"), $NF }' | split-sentences > "$tmp/sentences"
tag-entities -g --date-field 2 < "$tmp/sentences" > "$tmp/mentions"
cut -f 1 "$tmp/sentences" | uniq > "$tmp/docs"

psql -q -v ON_ERROR_STOP=1 --single-transaction <<END
set client_min_messages = warning;
create table if not exists sentence (doc text, day text, n integer, sentence text, primary key (doc, n));
create table if not exists mention (doc text, day text, n integer, type text, name text,
	begin_at integer, end_at integer, mention text, foreign key (doc, n) references sentence);
create index if not exists mention_doc on mention (doc);
create temporary table again (doc text);
\\copy again from '$tmp/docs'
delete from mention using again where mention.doc = again.doc;
delete from sentence using again where sentence.doc = again.doc;
\\copy sentence from '$tmp/sentences'
\\copy mention from '$tmp/mentions'
END
