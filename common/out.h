/* SPDX-License-Identifier: ISC */
/*
 * Output of records.
 *
 * A filter writes a record by out_begin, its columns, and out_text, which ends
 * it. What reaches standard output is always whole records: every write(2) ends
 * at a record's end.
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "rec.h"
#include "vec.h"

/* Output on its way: one belongs to each block of input. */
struct out {
	struct buf buf;
	size_t whole; /* bytes of buf that are whole records */
	bool plain;   /* -p: the last field alone, unescaped */

	/*
	 * set by the frame: the text of the record at
	 * hand, and how it is written (p NULL: not known)
	 */
	struct span text;
	struct span written;
	bool only_newlines; /* rec_line */
};

enum { HEAD_USUAL = 32 }; /* bytes of an id and a field or two; not more than VEC_BLOCK */

/* Room for n bytes and what vec_copy writes behind them. */
static inline char *
out_room(struct out *o, size_t n)
{
	struct buf *b = &o->buf;

	n += VEC_BLOCK;
	return b->cap - b->n >= n ? b->p + b->n : buf_room(b, n);
}

/*
 * Begin a record with the id and carried fields of r:
 * its head, behind which REC_SLACK bytes may be read.
 */
static inline void
out_head(struct out *o, struct span head)
{
	if (o->plain)
		return;
	vec_copy(out_room(o, head.n), head.p, head.n);
	o->buf.n += head.n;
}

static inline void
out_begin(struct out *o, const struct rec *r)
{
	out_head(o, r->head);
}

/* Add a column: escaped; "-" for an empty one. */
void out_field(struct out *, struct span);

static inline void
out_number(struct out *o, uint64_t v)
{
	if (o->plain)
		return;
	buf_number(&o->buf, v);
	buf_byte(&o->buf, '\t');
}

/* Add the last field, escaped, and end the record. */
void out_text(struct out *, struct span);

/* End a record whose last field was put into buf as it is to be written. */
static inline void
out_end(struct out *o)
{
	buf_byte(&o->buf, '\n');
	o->whole = o->buf.n;
}

/*
 * For lines of few bytes, of which a text has many: the id and carried fields, and where
 * the columns go, with room for n bytes of them and a line end; then the end of what was put there.
 */
static inline char *
out_row(struct out *o, struct span head, size_t n)
{
	char *to = out_room(o, head.n + n + 1);

	memcpy(to, head.p, HEAD_USUAL);
	if (head.n > HEAD_USUAL)
		vec_copy(to, head.p, head.n);
	return to + head.n;
}

static inline void
out_row_end(struct out *o, char *end)
{
	*end++ = '\n';
	o->whole = o->buf.n = (size_t)(end - o->buf.p);
}

/*
 * A whole record: head (of the record at hand), a number, and a part of its text that has
 * no newline, or what was put together of such parts. Where nothing else in the text is
 * escaped, it is copied unseen. REC_SLACK readable bytes come behind it.
 */
static inline void
out_part(struct out *o, struct span head, uint64_t number, struct span s)
{
	const unsigned small = (unsigned)number, ten = small / 10;
	char *to;

	if (o->plain || !o->only_newlines) {
		out_head(o, head);
		out_number(o, number);
		out_text(o, s);
		return;
	}
	to = out_row(o, head, NUMBER_MAX + 1 + s.n);
	if (number <
	    100) { /* as buf_number does, with all that stands in the buffer's struct kept in registers */
		*to = (char)('0' + ten);
		to += ten > 0;
		*to++ = (char)('0' + (small - 10 * ten));
	} else {
		o->buf.n = (size_t)(to - o->buf.p);
		buf_large(&o->buf, number);
		to = o->buf.p + o->buf.n;
	}
	*to++ = '\t';
	vec_copy(to, s.p, s.n);
	out_row_end(o, to + s.n);
}

/*
 * Write the whole records of o to standard output and keep the rest. A failed
 * write ends the program: with a message, or silently when the reader is gone.
 */
void out_flush(struct out *);

/* Text that is not records, such as help. */
void out_print(const char *);

/* The last thing main does: closes standard output, checked; returns the exit status. */
int out_finish(int status);

#endif
