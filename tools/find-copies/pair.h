/* SPDX-License-Identifier: ISC */
/*
 * A new document beside an earlier one: where in both the hashes stand that they share.
 */
#ifndef PAIR_H
#define PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numbers.h"
#include "sketch.h"

struct pair {
	struct numbers own;   /* table of the new one's hashes and their places; n 0: to be made */
	struct numbers here;  /* places of the shared hashes among nhere of the new one, rising */
	struct numbers there; /* and among nthere of the earlier one */
	struct numbers tick;  /* bits: the former, while they are found */
	size_t nhere;
	size_t nthere;
};

/* Another new document comes. */
void pair_begin(struct pair *);

/* Find what the new document's sketch and the hashes of an earlier one share. */
void pair_compare(struct pair *, const struct sketch *, const uint32_t *hash, size_t nhash);

/*
 * Is what they share a frame: the same at the beginning, the end or both, and in between each has
 * text of its own, half of it or more? So does a site's furniture. How many ends it has.
 */
unsigned pair_frame(const struct pair *);

/*
 * Is what they share one run of text, of `least` hashes or more, from within the one, within the
 * other, and less than half of each?
 */
bool pair_excerpt(const struct pair *, size_t least);

/* Begin and end of what they share, in 1/1000 of each; left alone where that is nothing. */
void pair_extent(const struct pair *, uint32_t here[2], uint32_t there[2]);

void pair_free(struct pair *);

#endif
