/* SPDX-License-Identifier: ISC */
/*
 * Records of the line protocol, copydesk(5).
 *
 * A record is one line: fields parted by TABs, the first the document's id, the
 * last its text, those between carried along.
 */
#ifndef REC_H
#define REC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "vec.h"

/*
 * One record as a filter sees it. The spans live until the next record.
 *
 *   id     first field, as it stands in the line; never empty
 *   head   id and carried fields, each followed by its TAB, as they stand in
 *          the line: what a filter writes before its own columns; with
 *          REC_SLACK readable bytes behind it
 *   text   the last field, decoded: unescaped, well-formed UTF-8 without NUL,
 *          with REC_SLACK readable bytes behind it
 */
#define REC_SLACK 64

/* What is said where records are wanted and JSON or a feed comes. */
#define JSON_TO_RECORDS "jq -r '[.id,.text]|@tsv' makes records of JSON"
#define FEED_TO_RECORDS "\"sfeed | feeds.sh\" makes records of feeds, copydesk(5)"

/* Where a text has its newlines, in order. */
struct newlines {
	uint32_t *at;
	size_t n, cap;
};

struct rec {
	struct span id;
	struct span head;
	struct span text;
	const struct newlines *newlines; /* the text's; NULL: they were not looked for */
	uint64_t line;			 /* its line in the input, from 1; 0: a raw document */
};

/*
 * Field i (from 0, the id) of the fields before the text; false when there is none. Not unescaped.
 */
bool rec_field(const struct rec *, size_t i, struct span *);

/* Take the last carried field off the head. False when only the id is left. */
bool rec_pop(struct rec *, struct span *);

/*
 * Has the record at next the same id as the one at line,
 * which ends right before it? Neither is read behind end.
 */
bool rec_same_id(const char *line, const char *next, const char *end);

/* Append s with \ TAB LF CR written as \\ \t \n \r. */
void rec_escape(struct buf *, struct span s);

/* Where v has a backslash or a control up to CR: what is escaped, and little else. */
static inline vec
rec_doubt(vec v)
{
	return vec_is(v, '\\') | vec_to(v, '\r');
}

/*
 * The same of at most REC_SHORT bytes, put at `to`, where there is room for twice as many; returns
 * behind it. REC_SHORT bytes can be read at s.p, whatever its n: names, and what else stands in the
 * columns of a line, are copied as they are looked at, by the same steps whatever their length.
 */
#define REC_SHORT 32
_Static_assert(REC_SHORT == 2 * VEC, "two vectors hold a short field");

char *rec_escape_bytes(char *to, struct span s); /* one by one */

static inline char *
rec_escape_short(char *to, struct span s)
{
	const vec v = vec_load(s.p), w = vec_load(s.p + VEC);
	const uint64_t bits = vec_bits16(rec_doubt(v)) | (uint64_t)vec_bits16(rec_doubt(w)) << VEC;

	vec_store(to, v);
	vec_store(to + VEC, w);
	return (bits & (((uint64_t)1 << s.n) - 1)) == 0 ? to + s.n : rec_escape_bytes(to, s);
}

/* Append s with the escapes that rec_escape and other programs write undone, copydesk(5). */
void rec_unescape(struct buf *, struct span s);

/* The line that a record was read from. */
struct rec_line {
	size_t n;	  /* bytes, without CR and LF */
	const char *next; /* where the next line begins */
	struct span
	    written; /* the last field, where that is what rec_escape makes of the text; else p is NULL */
	bool only_newlines; /* it is seen that rec_escape escapes newlines of the text, and nothing else */
};

/*
 * Read the record whose line begins at p, before end; text holds what had to be
 * unescaped, newlines where it has them. Behind the last LF, or behind end where there is none,
 * come REC_SLACK readable bytes, the latter all zero. A line without TAB has an empty head. False,
 * with nothing of use in r and l, where a byte is NUL or ill-formed UTF-8.
 */
bool rec_read(struct rec *r, struct rec_line *, struct buf *text, struct newlines *, const char *p,
	      const char *end);

#endif
