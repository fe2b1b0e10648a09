/* SPDX-License-Identifier: ISC */
/*
 * A text in which character references were left (&quot; &#8217; &nbsp;), read as what they stand
 * for.
 */
#ifndef DECODE_H
#define DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/*
 * What stands at least at bytes into d->text stands by bytes further in the text it was read from.
 */
struct shift {
	size_t at;
	size_t by;
};

/* All zero is an empty one. */
struct decode {
	struct buf text; /* with REC_SLACK readable bytes behind it */
	struct shift *at;
	size_t n;
	size_t cap;
};

/*
 * Read the well-formed text into d->text. False, with nothing of use in d, where it has no
 * reference, or is one of blanks when they are read.
 */
bool decode_text(struct decode *d, struct span text);
void decode_free(struct decode *);

#endif
