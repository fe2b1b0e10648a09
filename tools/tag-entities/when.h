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
	CLOCK = 17 << 8,
	ZONE = 18 << 8,
	PERCENTAGE = 19 << 8,
	CURRENCY = 20 << 8,
	CODE = 21 << 8,
	MEASURE = 22 << 8,
	PHRASE = 23 << 8, /* a word of amounts of several: per cent, square miles */
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

/* One bit more: the next word of the table has the same place. */
#define WHEN_MORE (1u << 31)

/*
 * A word of at most WHEN_LONGEST small letters: its first eight and those behind them, as little64 has
 * them, zeros at the end.
 */
enum { WHEN_LONGEST = 16, WHEN_BITS = 10, WHEN_SIEVE_BITS = 13 };
struct when_word {
	uint64_t a, b;
	uint32_t value;
};

/*
 * Of the letters a: the first bits of the hash are the place in the table, more of them that in
 * the sieve, which says whether a word is there.
 */
static inline uint64_t
when_hash(uint64_t a)
{
	return a * 0x9E3779B97F4A7C15u;
}

static inline unsigned
when_place(uint64_t hash)
{
	return (unsigned)(hash >> (64 - WHEN_BITS));
}

static inline unsigned
when_sieve_place(uint64_t hash)
{
	return (unsigned)(hash >> (64 - WHEN_SIEVE_BITS));
}

#endif
