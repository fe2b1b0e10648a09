/* SPDX-License-Identifier: ISC */
/*
 * The hashes of a normal form that a sketch keeps.
 */
#ifndef WINNOW_H
#define WINNOW_H

#include <stddef.h>
#include <stdint.h>

#include "sketch.h"

/* Scratch; all zero at first. Its size is bounded by the sketch's, not by the text's. */
struct winnow {
	struct winnow_at *near; /* grams with small keys, as in winnow.c */
	size_t near_cap;
	struct winnow_at *ring; /* minima of a window's rest, of a size beyond the window's */
	size_t mask;
};

/*
 * Fill s, whose gram and window are set, from the n bytes of a normal form, with
 * NORMAL_SLACK readable bytes behind them.
 */
void winnow(struct winnow *, struct sketch *s, const char *p, size_t n);

void winnow_free(struct winnow *);

#endif
