/* SPDX-License-Identifier: ISC */
/*
 * Slots of hash tables. Whoever writes a text can compute the hashes of its words and so make them
 * meet in a table of known order, where each then costs as much as all before it. So each run draws
 * a number by which it spreads hashes (multiply-shift: Dietzfelbinger and others 1997). No output
 * depends on it.
 */
#ifndef SPREAD_H
#define SPREAD_H

#include <stddef.h>
#include <stdint.h>

extern uint64_t spread_factor; /* odd */

/* Draw the run's own; before any table is filled. */
void spread_draw(void);

/* Where in a table of mask + 1 slots, a power of two up to 2^32, the search for a hash begins. */
static inline size_t
spread(uint64_t hash, size_t mask)
{
	return (size_t)(hash * spread_factor >> 32) & mask;
}

#endif
