/* SPDX-License-Identifier: ISC */
/*
 * Words of dates and amounts: what each is, as when.tsv says, and how the table
 * is laid out that when-gen.c makes of that file. It is read while tokens are cut.
 */
#ifndef WHEN_H
#define WHEN_H

#include <stddef.h>
#include <stdint.h>

/* What a word is (bits 8 to 15), with a number (bits 0 to 7). */
enum {
	MONTH = 1 << 8,
	WEEKDAY = 2 << 8,
	NUMBER = 3 << 8,
	SCALE = 4 << 8,
	ORDINAL = 5 << 8,
	UNIT = 6 << 8,
	DEICTIC = 7 << 8, /* today and so on: days from today, and 8 */
	SHIFT = 8 << 8,	  /* last, this, next: -1, 0, 1, and 8 */
	PART = 9 << 8,	  /* early, late, mid, end */
	DAYTIME = 10 << 8,
	SEASON = 11 << 8,
	AGO = 12 << 8,
	EVERY = 13 << 8,
	EACH = 14 << 8,
	VAGUE = 15 << 8,
	HALF = 16 << 8,
	ARTICLE = 17 << 8,
	CLOCK = 18 << 8,
	ZONE = 19 << 8,
	PERCENTAGE = 20 << 8,
	CURRENCY = 21 << 8,
	CODE = 22 << 8,
	MEASURE = 23 << 8,
	PHRASE = 24 << 8, /* a word of amounts of several: per cent, square miles */
	CLASS = 255 << 8,
	SHORT = 1 << 16,
	PLURAL = 1 << 17,
	LOOSE = 1 << 18,
	NIGHT = 1 << 19,
	FINAL = 1 << 20
};
enum {
	U_SECOND,
	U_MINUTE,
	U_HOUR,
	U_DAY,
	U_WEEK,
	U_MON,
	U_YEAR,
	U_DECADE,
	U_CENTURY,
	U_QUARTER,
	U_WEEKEND,
	U_NIGHT,
	U_FORTNIGHT
};
enum { D_MO, D_AF, D_EV, D_NI, D_NOON, D_MIDNIGHT };
enum { S_SP, S_SU, S_FA, S_WI };
enum { THE = 2 };

/* Two bits more: no expression begins with the word; the next word of the table has the same place. */
#define WHEN_INNER (1u << 30)
#define WHEN_MORE (1u << 31)
#define WHEN_IS(v, what) (((v)&CLASS) == (what))
#define WHEN_VALUE(v) \
	((uint32_t)(v) | (WHEN_IS(v, SCALE) || WHEN_IS(v, UNIT) || WHEN_IS(v, AGO) || WHEN_IS(v, CLOCK) || \
				  WHEN_IS(v, ZONE) || WHEN_IS(v, PERCENTAGE) || WHEN_IS(v, CURRENCY) || \
				  WHEN_IS(v, MEASURE) || WHEN_IS(v, PHRASE) || (v) == (ARTICLE | THE) \
			      ? WHEN_INNER \
			      : 0))

/* A word of at most WHEN_LONGEST small letters: its first eight and those behind them, as little64 has them, zeros at the end. */
enum { WHEN_LONGEST = 16, WHEN_BITS = 12 };
struct when_word {
	uint64_t a, b;
	uint32_t value;
};

/* Place in the table of words that begin with the letters a. */
static inline size_t
when_place(uint64_t a)
{
	return (size_t)((a * 0x9E3779B97F4A7C15u) >> (64 - WHEN_BITS));
}

#endif
