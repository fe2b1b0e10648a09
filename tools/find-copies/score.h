/* SPDX-License-Identifier: ISC */
/*
 * How much two documents have in common, as a number.
 *
 * A hash is worth 1 / df, where df is the number of stories seen that hold it:
 * what many stories hold is furniture, a quotation or a phrase, not a copy. The
 * match of two documents is
 *
 *     worth of the shared hashes / sqrt(the smaller of the two documents' worths)
 *
 * so a small text wants nearly all of it shared, a large one a fair amount.
 * All in integers: the same everywhere.
 */
#ifndef SCORE_H
#define SCORE_H

#include <stdint.h>

enum {
	SCORE_WORTH = 4096, /* of a hash that one story holds, or none */
	SCORE_MAX = 1000    /* a score of 1 */
};

static inline uint32_t
score_worth(uint32_t df)
{
	return df < 2 ? SCORE_WORTH : (SCORE_WORTH + df / 2) / df;
}

/*
 * The match of two documents that share hashes worth `shared`, when the smaller
 * is worth `least`, of sketches winnowed in windows of `window`. In 1/1024 of a
 * usual hash; 0 when nothing is shared.
 */
uint32_t score_match(uint64_t shared, uint64_t least, uint32_t window);

/* The share, in 1/1000, of pairs with such a match that are copies; less than SCORE_MAX. */
uint32_t score_of(uint32_t match);

/* The least match whose score is at least score, which is 0 to SCORE_MAX - 1. */
uint32_t score_least(uint32_t score);

#endif
