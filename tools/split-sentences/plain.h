/* SPDX-License-Identifier: ISC */
/*
 * The plain gaps, decided before any look around.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include <stddef.h>

#include "context.h"

/*
 * -1 where the gap is none of them, else whether the sentence that begins at
 * start ends there. plain_decide_text: those that the scan does not know.
 */
int plain_decide_text(const struct context *, const struct gap_at *, size_t start);

static inline int
plain_decide(const struct context *c, const struct gap_at *g, size_t start)
{
	if (g->gap == GAP_PARAGRAPH || g->item ||
	    (g->plain > 0 && g->end - start >= g->plain && c->user.n == 0))
		return 1;
	return plain_decide_text(c, g, start);
}

#endif
