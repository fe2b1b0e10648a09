/* SPDX-License-Identifier: ISC */
/*
 * How columns are made: numbers of a page's units, sixteen at a time, and the bytes that they come
 * to.
 *
 * context.c, second.c and markup.c are made of this, each of them compiled twice, as scan.c is:
 * instructions of AVX2 that need not copy what they change, and others of one step where SSE2 takes
 * many, make them a twentieth less.
 */
#ifndef COLUMN_H
#define COLUMN_H

#include "page.h"
#include "scan.h"
#include "vec.h"

typedef float vec4f __attribute__((vector_size(16)));
typedef uint32_t vec32 __attribute__((vector_size(16)));

/* What a function name_wide calls is compiled into it; TWICE calls the one for this machine. */
#ifdef VEC_WIDE
#define COLUMN_WIDE VEC_WIDE __attribute__((flatten))
#define TWICE(name, ...) (vec_wide() ? name##_wide(__VA_ARGS__) : name(__VA_ARGS__))
#else
#define TWICE(name, ...) name(__VA_ARGS__)
#endif

#define COLUMN(c) uint8_t *const c = page_column(g, COL_##c)

static inline size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Numbers of units for vectors to work on, sixteen at a time: what stands behind the last one may
 * be anything, and so may be what is made of it, but numbers that overflow have no sign. Scratch k
 * of four, of which those of PAGE_PAD units before the first and behind the last may be used, too.
 */
static inline uint32_t *
numbers(const struct page *g, size_t k)
{
	return (uint32_t *)g->scratch + k * g->row_cap + PAGE_PAD;
}

static inline vec4
four(const void *p)
{
	return (vec4)vec_load(p);
}

/* The lesser of a number and `most`; and a number that is moved into -most..most. */
static inline vec4
at_most(vec4 v, int32_t most)
{
	const vec4 less = v < most;

	return (v & less) | (most & ~less);
}

static inline vec4
within(vec4 v, int32_t most)
{
	const vec4 high = v > most, low = v < -most;

	return (v & ~(high | low)) | (most & high) | (-most & low);
}

/* Round n running sums, of what stands before each unit, stands nothing before and `all` behind. */
static inline void
pad_sums(uint32_t *sum, size_t n, uint32_t all)
{
	const vec32 last = { all, all, all, all };
	size_t i;

#pragma GCC unroll 4
	for (i = 0; i < PAGE_PAD; i += 4) {
		vec_store(sum + n + i, (vec)last);
		vec_store(sum + i - PAGE_PAD, vec_all(0));
	}
}

/* What the four sums at a are more than those at b, even where sums overflowed. */
static inline vec4
more(const void *a, const void *b)
{
	return (vec4)((vec32)vec_load(a) - (vec32)vec_load(b));
}

/*
 * scan_bin of n numbers below 2^31. A number's two bits below the highest stand behind its exponent
 * where it is a float.
 */
static inline void
put_bins(uint8_t *to, const uint32_t *from, size_t n)
{
	vec4 bin[4];
	size_t i, k;

	for (i = 0; i < n; i += VEC) {
#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const vec4 v = four(from + i + 4 * k), few = v < 4;

			bin[k] = ((vec4) __builtin_convertvector(v + (few & 4), vec4f) >> 21) + few * 4 -
				 (4 * 127 + 3);
		}
		vec_store(to + i, vec_min(vec_narrow(bin), vec_all(63)));
	}
}

/*
 * 1 + 61 * part / whole, of n parts, none greater than the whole. Floats are exact here: the
 * dividend is below 2^22, and a quotient that is not whole is farther from the next whole number
 * than it is rounded.
 */
static inline void
put_places(uint8_t *to, const uint32_t *part, size_t n, uint64_t whole)
{
	const float of = (float)(whole + (whole == 0));
	const vec4f by = { of, of, of, of };
	vec4 place[4];
	size_t i, k;

	if (whole >= 1 << 16) {
		for (i = 0; i < n; i++)
			to[i] = (uint8_t)(1 + (uint64_t)part[i] * 61 / whole);
		return;
	}
	for (i = 0; i < n; i += VEC) {
#pragma GCC unroll 4
		for (k = 0; k < 4; k++)
			place[k] = __builtin_convertvector(
			    __builtin_convertvector(four(part + i + 4 * k), vec4f) * 61 / by, vec4);
		vec_store(to + i, vec_narrow(place) + vec_all(1));
	}
}

/* In 1..62: a number, and sixteen of them. */
static inline uint8_t
in_bins(int32_t s)
{
	s = s > 1 ? s : 1;
	return (uint8_t)(s < 62 ? s : 62);
}

static inline vec
in_bins16(const vec4 s[4])
{
	return vec_min(vec_max(vec_narrow(s), vec_all(1)), vec_all(62));
}

/* The bin of a score: 32 where both are as likely, one more for 192 of its units. */
static inline uint8_t
score_bin(int64_t s)
{
	return in_bins(32 + (int32_t)s / 192);
}

/* Means of n scores, at most 31, are made by the reciprocals of 192 n. */
#define R(n) ((1 << 22) / (192 * (n)))
static const int32_t mean_of[32] = { 0,	    R(1),  R(2),  R(3),	 R(4),	R(5),  R(6),  R(7),
				     R(8),  R(9),  R(10), R(11), R(12), R(13), R(14), R(15),
				     R(16), R(17), R(18), R(19), R(20), R(21), R(22), R(23),
				     R(24), R(25), R(26), R(27), R(28), R(29), R(30), R(31) };
/* Those of a page's last VEC units, for means within VEC - 1. */
static const int32_t mean_of_last[VEC] = { R(31), R(30), R(29), R(28), R(27), R(26), R(25), R(24),
					   R(23), R(22), R(21), R(20), R(19), R(18), R(17), R(16) };
#undef R

/* put_means of VEC units, by a reciprocal for each. */
static inline void
put_means_by(uint8_t *to, const uint32_t *sum, const size_t near, const int32_t *by)
{
	vec4 mean[4];
	size_t k;

#pragma GCC unroll 4
	for (k = 0; k < VEC; k += 4)
		mean[k / 4] = (more(sum + k + near + 1, sum + k - near) * four(by + k) >> 22) + 32;
	vec_store(to, in_bins16(mean));
}

/*
 * The bins of the means of the scores within `near` of each unit; sum: of the scores before it, and
 * of PAGE_PAD units more on either side. Of the scores none is beyond 8000. Of 1, 5 and 31 units
 * floats come to what whole numbers do, for every sum: so `near` is 0, 2 or 15.
 */
static inline void
put_means(uint8_t *to, const uint32_t *sum, size_t n, const size_t near)
{
	const float r = (float)mean_of[2 * near + 1] / (1 << 22);
	const vec4f by = { r, r, r, r };
	vec4 mean[4];
	size_t i, k;

	for (i = 0; i < n; i += VEC) {
#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const uint32_t *s = sum + i + 4 * k;

			mean[k] = __builtin_convertvector(
			    __builtin_convertvector(more(s + near + 1, s - near), vec4f) * by + 32, vec4);
		}
		vec_store(to + i, in_bins16(mean));
	}
	/* there are fewer near the first unit and the last one */
	if (near == VEC - 1 && n > 2 * near) {
		put_means_by(to, sum, near, mean_of + VEC);
		put_means_by(to + n - VEC, sum + n - VEC, near, mean_of_last);
		return;
	}
	for (i = 0; i < n; i++) {
		if (i == near && i + near < n)
			i = n - near;
		if (i == n)
			break;
		to[i] = in_bins(32 + ((int32_t)(sum[i + near + 1] - *(sum + i - near)) *
					  mean_of[least(i, near) + least(n - i, near + 1)] >>
				      22));
	}
}

/* Of the sixteen units from i on those that are so, as bits. */
static inline unsigned
units_that(const struct page *g, const bool *are, size_t i)
{
	return page_bits(g, ~vec_is(vec_load(are + i), 0), i);
}

/* scan_bin of counts of units, by number. */
static inline const uint8_t *
bins(const struct page *g)
{
	return g->bin + g->nbin;
}

/* scan_bin of n numbers from `from` on, 0 or 1; somewhat more is written, here and below. */
static inline void
put_rising(const struct page *g, uint8_t *to, size_t from, size_t n)
{
	size_t i;

	for (i = 0; i < n; i += VEC)
		vec_store(to + i, vec_load(bins(g) + from + i));
}

/* scan_bin of n numbers down to `last`, 0 or 1. */
static inline void
put_falling(const struct page *g, uint8_t *to, size_t last, size_t n)
{
	size_t i;

	for (i = 0; i < n; i += VEC)
		vec_store(to + i, vec_load(bins(g) - last - n + i));
}

/* How far the last unit of those that are so is above each, 60 if there is none. */
static inline void
put_since(struct page *g, uint8_t *to, const bool *are, size_t n)
{
	size_t i, from = 0; /* behind the last one */
	unsigned bits;

	for (i = 0; i < n; i += VEC)
		for (bits = units_that(g, are, i); bits != 0; bits &= bits - 1) {
			const size_t next = i + vec_first(bits) + 1;

			if (from == 0)
				memset(to, 60, next);
			else
				put_rising(g, to + from, 1, next - from);
			from = next;
		}
	if (from == 0)
		memset(to, 60, n);
	else
		put_rising(g, to + from, 1, n - from);
}

/* The same of the next one below. */
static inline void
put_until(struct page *g, uint8_t *to, const bool *are, size_t n)
{
	size_t i, from = 0; /* the last one */
	unsigned bits;

	for (i = 0; i < n; i += VEC)
		for (bits = units_that(g, are, i); bits != 0; bits &= bits - 1) {
			const size_t next = i + vec_first(bits);

			put_falling(g, to + from, 0, next - from);
			from = next;
		}
	memset(to + from, 60, n - from);
}

/*
 * The longest run: the units [*begin, *end) of greatest sum of v, which is changed behind its end.
 * Sixteen units of which none is above zero only take from the sum so far.
 */
static inline void
longest_run(int32_t *v, size_t n, size_t *begin, size_t *end)
{
	int64_t best = 0, here = 0;
	size_t i, k, from = 0, best_from = 0, best_end = 0;

	memset(v + n, 0, VEC * sizeof(*v));
	for (k = 0; k < n; k += VEC) {
		const vec4 a = four(v + k), b = four(v + k + 4), c = four(v + k + 8), d = four(v + k + 12);

		if (vec_bits16((vec)((a > 0) | (b > 0) | (c > 0) | (d > 0))) == 0) {
			const vec4 sum = a + b + c + d;

			here += (int64_t)sum[0] + sum[1] + sum[2] + sum[3];
			here &= -(int64_t)(here > 0);
			continue;
		}
		for (i = k; i < least(n, k + VEC); i++) {
			const bool anew = here <= 0;
			bool better;

			from = anew ? i : from;
			here = (anew ? 0 : here) + v[i];
			better = here > best;
			best = better ? here : best;
			best_from = better ? from : best_from;
			best_end = better ? i + 1 : best_end;
		}
	}
	*begin = best_from;
	*end = best_end;
}

#endif
