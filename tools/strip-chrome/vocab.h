/* SPDX-License-Identifier: ISC */
/*
 * The vocabulary of a page, page.vocab, and which words of it are counted, page.count.
 */
#ifndef VOCAB_H
#define VOCAB_H

#include "page.h"
#include "scan.h"
#include "vec.h"

/* What n words of a unit take in page.vocab. */
static inline size_t
vocab_room(size_t n)
{
	return (n + PAGE_VOCAB_STEP - 1) / PAGE_VOCAB_STEP * PAGE_VOCAB_STEP;
}

/*
 * Count a unit's words, by eight as below: 0, 0x01 for one, 0x11 for more. count[PAGE_VOCAB] is to
 * be set to zero behind the last unit.
 */
static inline void
count_unit(struct page *g, const struct unit *u)
{
	const uint16_t *v = g->vocab + u->vocab, *const end = v + u->nvocab;
	uint8_t *count = g->count;
	unsigned k;

	for (; v < end; v += PAGE_VOCAB_STEP)
#pragma GCC unroll 8
		for (k = 0; k < PAGE_VOCAB_STEP; k++)
			count[v[k]] = (uint8_t)(count[v[k]] << 4 | 1);
}

/*
 * Of a unit's words, those that count has, or more than once where it is itself counted, as a share
 * of 1..62.
 */
static inline uint8_t
known_share(const uint8_t *count, const uint16_t *vocab, const struct unit *u, bool counted)
{
	const uint16_t *v = vocab + u->vocab, *const end = v + u->nvocab;
	const unsigned shift = counted ? 4 : 0;
	unsigned known = 0, k;

	/*
	 * by eight: short lines differ in how many words they have, and a branch would be guessed
	 * wrong; where a unit has none, what stands there is looked up in vain
	 */
	do {
		uint8_t sum = 0; /* of eight bits, which suffice: those once known and those more often */

#pragma GCC unroll 8
		for (k = 0; k < PAGE_VOCAB_STEP; k++)
			sum = (uint8_t)(sum + count[v[k]]);
		known += (unsigned)sum >> shift & 15;
	} while ((v += PAGE_VOCAB_STEP) < end);
	return (uint8_t)(1 + scan_parts(known, 61, u->nvocab));
}

/* Forget the words that were counted: of a short page one by one, whichever they are. */
static inline void
count_clear(struct page *g)
{
	uint8_t *count = g->count;
	const uint16_t *v = g->vocab;
	size_t k;

	if (g->nvocab < PAGE_VOCAB / 32)
		for (k = 0; k < g->nvocab; k += PAGE_VOCAB_STEP / 2)
			count[v[k]] = count[v[k + 1]] = count[v[k + 2]] = count[v[k + 3]] = 0;
	else
#pragma GCC unroll 8
		for (k = 0; k < PAGE_VOCAB; k += VEC)
			vec_store(count + k, vec_all(0));
}

#endif
