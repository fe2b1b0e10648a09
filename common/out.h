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

/* Output on its way: one belongs to each block of input. */
struct out {
	struct buf buf;
	size_t whole; /* bytes of buf that are whole records */
	bool plain;   /* -p: the last field alone, unescaped */

	/* set by the frame: the text of the record at hand, and how it is written (p NULL: not known) */
	struct span text;
	struct span written;
};

/* Begin a record with the id and carried fields of r. */
void out_begin(struct out *, const struct rec *r);

/* Add a column: escaped; "-" for an empty one. */
void out_field(struct out *, struct span);
void out_number(struct out *, uint64_t);

/* Add the last field, escaped, and end the record. */
void out_text(struct out *, struct span);

/*
 * The same for lines of few bytes, of which a text has many: the id and carried fields, and where
 * the columns go, with room for n bytes of them and a line end; then the end of what was put there.
 */
char *out_row(struct out *, const struct rec *r, size_t n);
void out_row_end(struct out *, char *end);

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
