/* SPDX-License-Identifier: ISC */
#include "score.h"

#include <stddef.h>

#include "sketch.h"

/*
 * A document is never worth less than LEAST usual hashes: two or three grams
 * in common do not make copies of two headlines.
 */
enum { LEAST = 6 };

/*
 * Share of copies among pairs by their match: see README.md, "Calibration".
 */
static const struct {
	uint32_t match;
	uint32_t score;
} knot[] = { { 0, 0 },	    { 150, 1 },	   { 250, 20 },	  { 400, 110 },	 { 550, 260 },
	     { 700, 430 },  { 800, 530 },  { 880, 600 },  { 940, 700 },	 { 1000, 840 },
	     { 1100, 895 }, { 1300, 935 }, { 1500, 975 }, { 1800, 990 }, { 2500, 999 } };

static uint64_t
root(uint64_t v)
{
	uint64_t r = 0, bit = v == 0 ? 0 : (uint64_t)1 << ((63 - __builtin_clzll(v)) & ~1);

	for (; bit != 0; bit >>= 2)
		if (v >= r + bit) {
			v -= r + bit;
			r = (r >> 1) + bit;
		} else
			r >>= 1;
	return r;
}

uint32_t
score_match(uint64_t shared, uint64_t least, uint32_t window)
{
	uint64_t floor = (uint64_t)LEAST * SCORE_WORTH * (SKETCH_WINDOW + 1) / (window + 1), square;

	if (least < floor)
		least = floor;
	if (shared > least)
		shared = least;
	if (shared > UINT32_MAX / 2) /* 500,000 hashes: beyond doubt */
		return UINT32_MAX;
	if (shared == 0)
		return 0;
	/* in units of a usual window's hash, times 2^20 */
	square = shared * shared / least;
	square = square * (window + 1) / (SKETCH_WINDOW + 1);
	return (uint32_t)root(square * (1024 * 1024 / SCORE_WORTH));
}

uint32_t
score_of(uint32_t match)
{
	size_t i = 1, last = sizeof(knot) / sizeof(*knot) - 1;

	if (match >= knot[last].match)
		return knot[last].score;
	while (match >= knot[i].match)
		i++;
	return knot[i - 1].score + (match - knot[i - 1].match) * (knot[i].score - knot[i - 1].score) /
				       (knot[i].match - knot[i - 1].match);
}

uint32_t
score_least(uint32_t score)
{
	uint32_t low = 0, high = knot[sizeof(knot) / sizeof(*knot) - 1].match, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (score_of(mid) >= score)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}
