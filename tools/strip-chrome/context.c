/* SPDX-License-Identifier: ISC */
/*
 * The columns that a unit has from the page around it: of its neighbours, of
 * all the page, and, in the second pass, of the first pass's scores.
 */
#include <stdlib.h>

#include "dom.h"
#include "page.h"
#include "scan.h"
#include "vec.h"

typedef float vec4f __attribute__((vector_size(16)));
typedef uint32_t vec32 __attribute__((vector_size(16)));

enum { SIX_WORDS = 7 }; /* COL_WORDS of six words */

#define COLUMN(c) uint8_t *const c = page_column(g, COL_##c)

const char *const column_name[COL_COUNT] = {
#define X(name, text) text,
	PAGE_COLUMNS(X)
#undef X
};

/*
 * Divisions by one number, which is not 0: by its reciprocal, where it and what is divided are
 * small enough to be exact.
 */
struct divider {
	uint64_t of, by;
};

static inline struct divider
divider(uint64_t of)
{
	return (struct divider){ of, of < 1 << 16 ? ((uint64_t)1 << 40) / of + 1 : 0 };
}

/* n is below 2^24 where the divisor is below 2^16. */
static inline uint64_t
divided(uint64_t n, struct divider d)
{
	return d.by != 0 ? n * d.by >> 40 : n / d.of;
}

/* a/b: in 32 bits, which is quicker, where they fit. */
static inline int64_t
quotient(int64_t a, int64_t b)
{
	return a == (int32_t)a && b == (int32_t)b ? (int32_t)a / (int32_t)b : a / b;
}

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

/*
 * 1 + 8 * words / the mean of `of` units of so many words in all, at most 49. Exact as in
 * put_places: what is greater than a float can say, is far above the most.
 */
static inline void
put_lengths(uint8_t *to, const uint32_t *words, size_t n, uint32_t of, uint64_t all)
{
	enum { MOST = 48 };
	const float eight = (float)(8 * (uint64_t)of), each = (float)all;
	const vec4f times = { eight, eight, eight, eight }, by = { each, each, each, each },
		    most = { MOST, MOST, MOST, MOST };
	vec4 length[4];
	size_t i, k;

	for (i = 0; i < n && all > 1 << 16; i++)
		to[i] = (uint8_t)(1 + least((size_t)((uint64_t)words[i] * 8 * of / all), MOST));
	for (i = 0; i < n && all <= 1 << 16; i += VEC) {
#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const vec4f q = __builtin_convertvector(four(words + i + 4 * k), vec4f) * times / by;
			const vec4 less = q < most;

			length[k] =
			    __builtin_convertvector((vec4f)(((vec4)q & less) | ((vec4)most & ~less)), vec4);
		}
		vec_store(to + i, vec_narrow(length) + vec_all(1));
	}
}

/* n/of in 1..62 */
static uint8_t
share(uint64_t n, uint64_t of)
{
	if (of == 0)
		return 1;
	if (of < UINT32_MAX / 64 && n < UINT32_MAX / 64) /* divisions of 32 bits are quicker */
		return (uint8_t)(1 + (uint32_t)n * 61 / (uint32_t)of);
	return (uint8_t)(1 + n * 61 / of);
}

struct total {
	int64_t sum;
	uint64_t body;
};

/*
 * The number of a key's slot, with n more in it; no key is 0. The first four are tried at once:
 * which of them it is cannot be guessed. They are written as they are read: a load of what was just
 * stored in parts would have to wait.
 */
static inline uint32_t
slot_add(struct slots s, uint32_t key, uint32_t n)
{
	static const vec32 only[4] = {
		{ ~0u, 0, 0, 0 }, { 0, ~0u, 0, 0 }, { 0, 0, ~0u, 0 }, { 0, 0, 0, ~0u }
	};
	size_t i = (size_t)((uint64_t)(key * 0x9E3779B1u) * s.n >> 32);
	const vec32 wanted = { key, key, key, key }, keys = (vec32)vec_load(s.key + i);
	const unsigned bits = vec_bits16((vec)(keys == wanted) | (vec)(keys == 0));
	const size_t last = i + 7;

	if (bits != 0) {
		const size_t at = (unsigned)__builtin_ctz(bits) / 4; /* four bits a slot */

		vec_store(s.key + i, (vec)(keys | (wanted & only[at])));
		i += at;
	} else {
		for (i += 4; i < last && s.key[i] != 0 && s.key[i] != key; i++)
			;
		if (s.key[i] == 0)
			s.key[i] = key;
	}
	s.count[i] += n;
	return (uint32_t)i;
}

/* Empty slots for the page's units. The totals are left as they are. */
static struct slots
slots_clear(struct page *g)
{
	struct slots *s = &g->slots;

	s->n = g->nunit * 2 + 16;
	if (s->n + 8 > g->slot_cap) {
		g->slot_cap = 2 * (s->n + 8);
		s->key = mem_array(s->key, g->slot_cap, 2 * sizeof(*s->key));
		g->total = mem_array(g->total, g->slot_cap, sizeof(*g->total));
	}
	s->count = s->key + s->n + 8;
	memset(s->key, 0, (s->n + 8) * 2 * sizeof(*s->key));
	return *s;
}

/* Forget the words that were counted: of a short page one by one, whichever they are. */
static void
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

/* The greatest of the neighbours within 4, without itself. Rows that are not there are zero. */
static void
near_greatest(struct page *g, enum column of, enum column to)
{
	const uint8_t *c = page_column(g, (int)of);
	uint8_t *most = page_column(g, (int)to);
	size_t i;
	int k;

	for (i = 0; i < g->nunit; i += VEC) {
		vec best = vec_all(0);

#pragma GCC unroll 9
		for (k = -4; k <= 4; k++)
			if (k != 0)
				best = vec_max(best, vec_load(c + (ptrdiff_t)i + k));
		vec_store(most + i, best);
	}
}

/*
 * Of the words within 8 units, of which a unit's count up to 1000, lest sums grow: how many are in
 * units that end like a sentence; how many capitals. And how many short units with digits. Two sums
 * stand in one number each.
 */
static inline void
near_shares(struct page *g, const uint32_t *words)
{
	enum { CAPITALS = 20, CAPITALS_MASK = (1 << CAPITALS) - 1, WORDS_MASK = 0xFFFF };
	COLUMN(WORDS);
	COLUMN(ENDS);
	COLUMN(TITLE);
	COLUMN(ENDSHARE);
	COLUMN(CAPSHARE);
	COLUMN(DIGITS);
	COLUMN(DIGITSHORT);
	uint32_t *ended = numbers(g, 1), *capital = numbers(g, 2);
	uint32_t sum = 0, sum2 = 0;
	const size_t n = g->nunit;
	size_t i, k;

	for (i = 0; i < n; i += VEC) {
		vec4 title[4], ends[4], dates[4];

		vec_widen(vec_load(TITLE + i), title);
		vec_widen(~vec_to(vec_load(ENDS + i), END_QUOTE - 1), ends);
		vec_widen(vec_to(vec_load(WORDS + i), SIX_WORDS) & ~vec_to(vec_load(DIGITS + i), 1) &
			      vec_all(1),
			  dates);
#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			vec4 w = four(words + i + 4 * k), few = w < 1000;

			w = (w & few) | (1000 & ~few);
			vec_store(ended + i + 4 * k, (vec)(w | (w << 16 & (ends[k] > 0))));
			vec_store(capital + i + 4 * k,
				  (vec)(vec_times(title[k] - 1, w) + (dates[k] << CAPITALS)));
		}
	}
	/* sums of those before each: their differences are right, even where they overflow */
	for (i = 0; i < n; i++) {
		const uint32_t a = ended[i], b = capital[i];

		ended[i] = sum;
		capital[i] = sum2;
		sum += a;
		sum2 += b;
	}
	pad_sums(ended, n, sum);
	pad_sums(capital, n, sum2);
	for (i = 0; i < n; i += VEC) {
		vec4 ends[4], title[4], dates[4];

#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const uint32_t *e = ended + i + 4 * k, *c = capital + i + 4 * k;
			const vec4 of = more(e + 9, e - 8), cap = more(c + 9, c - 8), all = of & WORDS_MASK;
			/* exact as in put_places: of less than 2^15 words */
			const vec4f by = __builtin_convertvector(all - (all == 0), vec4f);

			ends[k] =
			    __builtin_convertvector(__builtin_convertvector(of >> 16, vec4f) * 61 / by, vec4);
			title[k] = __builtin_convertvector(
			    __builtin_convertvector(cap & CAPITALS_MASK, vec4f) / by, vec4);
			dates[k] = cap >> CAPITALS;
		}
		vec_store(ENDSHARE + i, vec_narrow(ends) + vec_all(1));
		vec_store(CAPSHARE + i, vec_narrow(title) + vec_all(1));
		vec_store(DIGITSHORT + i, vec_narrow(dates) + vec_all(1));
	}
}

/* Of the sixteen units from i on those that are so, as bits. */
static inline unsigned
units_that(const struct page *g, const bool *are, size_t i)
{
	return page_bits(g, ~vec_is(vec_load(are + i), 0), i);
}

/* page.bin of the page's counts of units, and of two vectors more. */
static void
make_bins(struct page *g)
{
	size_t i;

	if (g->nbin >= g->nunit + 2 * PAGE_PAD)
		return;
	g->nbin = 2 * (g->nunit + 2 * PAGE_PAD);
	g->bin = mem_array(g->bin, g->nbin, 2);
	for (i = 0; i < g->nbin; i++)
		g->bin[g->nbin - 1 - i] = g->bin[g->nbin + i] = scan_bin(i);
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

/* Runs of short units, and of units that flow into each other. */
static inline void
runs(struct page *g)
{
	COLUMN(FLOWEND);
	COLUMN(SHORTRUN);
	COLUMN(WORDS);
	COLUMN(MARK);
	COLUMN(ENDS);
	COLUMN(STARTS);
	COLUMN(NSTOP);
	COLUMN(FLOWS);
	const size_t n = g->nunit;
	const uint8_t *bin = bins(g);
	uint32_t *run = numbers(g, 3), length = 0;
	size_t i;

	/* what is no run's is masked: branches would be guessed wrong at each end */
	for (i = 0; i < n; i++) {
		length = (length + 1) & -(uint32_t)(WORDS[i] <= SIX_WORDS);
		run[i] = length;
	}
	length = 0;
	for (i = n; i-- > 0;) {
		length = (run[i] > length ? run[i] : length) & -(uint32_t)(run[i] != 0);
		SHORTRUN[i] = bin[length];
	}
	/* a sentence that goes on in the next unit: from the last one upwards */
	for (i = (n + VEC - 1) / VEC * VEC; i > 0;) {
		unsigned bits;
		vec ends, half, flows;

		i -= VEC;
		ends = vec_load(ENDS + i);
		vec_store(FLOWEND + i, ends);
		half = (vec_is(ends, END_LETTER) | vec_is(ends, END_COMMA)) &
		       ~vec_to(vec_load(WORDS + i), SIX_WORDS - 1) & ~vec_to(vec_load(NSTOP + i), 2);
		flows = vec_to(ends, END_CALL - 1) & vec_is(vec_load(MARK + i + 1), 1) &
			(half | ~vec_to(vec_load(STARTS + i + 1), START_SMALL - 1));
		vec_store(FLOWS + i, flows & vec_all(1));
		for (bits = vec_bits16(flows); bits != 0;) {
			const unsigned last = (unsigned)vec_last(bits);

			bits ^= 1u << last;
			FLOWEND[i + last] = FLOWEND[i + last + 1];
		}
	}
}

/* Those of the sixteen units from i on that PAGE_TWICE holds for and that recur, as bits. */
static inline unsigned
recurring(const struct page *g, size_t i)
{
	return page_bits(g,
			 ~vec_to(vec_load(page_column(g, COL_REPEAT) + i), 1) &
			     ~vec_to(vec_load(page_column(g, COL_WORDS) + i), PAGE_TWICE - 1),
			 i);
}

/* Their again, from the slots of the units' hashes. */
static inline void
find_again(struct page *g)
{
	unsigned bits, any = 0;
	size_t i;

	for (i = 0; i < g->nunit; i += VEC)
		any |= recurring(g, i);
	if (any == 0)
		return;
	for (i = g->nunit; i-- > 0;)
		g->total[g->unit[i].slot].body = i;
	for (i = 0; i < g->nunit; i += VEC)
		for (bits = recurring(g, i); bits != 0; bits &= bits - 1) {
			const size_t k = i + vec_first(bits);
			struct unit *u = &g->unit[k];
			const uint64_t first = g->total[u->slot].body;

			if (first < k && g->slots.key[u->slot] == u->hash)
				u->again = (uint32_t)(first + 1);
		}
}

static inline void
context(struct page *g)
{
	COLUMN(REPEAT);
	COLUMN(OVERLAP);
	COLUMN(PREFIX);
	COLUMN(WORDPLACE);
	COLUMN(FROMSTART);
	COLUMN(FROMEND);
	COLUMN(GOOD10);
	COLUMN(LASTGOOD);
	COLUMN(SEGMENT);
	COLUMN(SEGAFTER);
	COLUMN(REPLIES);
	struct unit *unit = g->unit;
	/* words of the units, of those before each, and of the good ones before each */
	uint32_t *words = numbers(g, 0), *before = numbers(g, 1), *good = numbers(g, 2),
		 *count = numbers(g, 3);
	bool *is_good = g->keep; /* scratch */
	const uint16_t *const vocab = g->vocab;
	struct total *prefix; /* by slot */
	const size_t n = g->nunit;
	uint32_t total = 0, sum = 0;
	uint8_t replies = 1;
	const uint8_t *bin;
	struct slots slots;
	unsigned bits;
	size_t i, k, begin, end;

	make_bins(g);
	bin = bins(g);
	slots = slots_clear(g);
	for (i = 0; i < n; i++) {
		const struct unit *u = &unit[i];
		const uint32_t w = u->nword;

		words[i] = w;
		before[i] = total;
		total += w;
		good[i] = sum;
		sum += u->good ? w : 0;
		is_good[i] = u->good;
	}
	for (i = 0; i < n; i++)
		unit[i].slot = slot_add(slots, unit[i].hash, 1);
	memset(words + n, 0, PAGE_PAD * sizeof(*words));
	put_places(WORDPLACE, before, n, total);
	pad_sums(good, n, sum);
	/* the words of good units within 10, without its own; its worth to the longest run */
	for (i = 0; i < n; i += 4) {
		const vec4 w = four(words + i), own = more(good + i + 1, good + i), is = own > 0,
			   many = w < 100;

		vec_store(count + i, (vec)((vec32)more(good + i + 11, good + i - 10) - (vec32)own));
		vec_store(g->score + i, (vec)((is & ((w & many) | (100 & ~many))) | (~is & ((w < 4) - 8))));
	}
	put_bins(GOOD10, count, n);
	longest_run(g->score, n, &begin, &end);
	put_since(g, LASTGOOD, is_good, n);
	for (i = 0; i < n; i += VEC)
		for (bits = units_that(g, is_good, i); bits != 0; bits &= bits - 1)
			count_unit(g, &unit[i + vec_first(bits)]);
	g->count[PAGE_VOCAB] = 0;
	for (i = 0; i < n; i++)
		count[i] = slots.count[unit[i].slot];
	for (i = 0; i < n; i += VEC) {
		const vec4 counts[4] = { four(count + i), four(count + i + 4), four(count + i + 8),
					 four(count + i + 12) };

		vec_store(REPEAT + i, vec_min(vec_narrow(counts), vec_all(12)));
	}
	vec_store(REPEAT + n, vec_all(0)); /* it is looked at in neighbours */
	find_again(g);
	slots = slots_clear(g);
	for (i = 0; i < n; i++)
		unit[i].slot = slot_add(slots, unit[i].prefix, 1);
	prefix = g->total;

	memset(page_column(g, COL_PAGEWRAP), 1 + g->wrapped, n);
	put_rising(g, FROMSTART, 0, n);
	put_falling(g, FROMEND, 0, n);
	memset(SEGMENT, 1, n);
	memset(SEGMENT + begin, 2, end - begin);
	memset(SEGAFTER, 1, end);
	put_rising(g, SEGAFTER + end, 1, n - end);
	for (i = k = 0; i < n; i++) {
		const struct unit *u = &unit[i];

		/* comments are announced above: behind how many words of long lines */
		if (u->replies) {
			memset(REPLIES + k, replies, i - k);
			replies = (uint8_t)(2 + least(good[i] / 20, 40));
			k = i;
		}
		OVERLAP[i] = known_share(g->count, vocab, u, u->good);
		PREFIX[i] = bin[slots.count[u->slot]];
		prefix[u->slot].sum = 0; /* for page_second */
	}
	memset(REPLIES + k, replies, n - k);
	count_clear(g);
	near_shares(g, words);
	near_greatest(g, COL_REPEAT, COL_REPEATMAX);
	runs(g);
}

/*
 * Of the wording around: the mean within 5, and the least within 4 of the others, 63 if there are
 * none. Rows that are not there are zero.
 */
static inline void
wording(struct page *g)
{
	enum { NEAR = 5 };
	/* 2^14 / n: exact for sums of n numbers below 64 */
#define R(n) ((1 << 14) / (n) + ((n) > 1))
	static const uint32_t reciprocal[2 * NEAR + 2] = { 0,	 R(1), R(2), R(3), R(4),  R(5),
							   R(6), R(7), R(8), R(9), R(10), R(11) };
	COLUMN(LEXICAL);
	COLUMN(LEXMEAN);
	COLUMN(LEXMIN);
	uint32_t *by = numbers(g, 3);
	const size_t n = g->nunit;
	size_t i, k;

	for (i = 0; i < n; i += 4)
		vec_store(by + i, (vec)(vec4){ R(11), R(11), R(11), R(11) });
	for (i = 0; i < least(n, NEAR); i++) {
		by[i] = reciprocal[i + least(n - i, NEAR + 1)];
		by[n - 1 - i] = reciprocal[i + 1 + least(n - 1 - i, NEAR)];
	}
#undef R
	for (i = 0; i < n; i += VEC) {
		vec worst = vec_all(62), sum[3] = { vec_all(0), vec_all(0), vec_all(0) }; /* of four each */
		vec4 mean[4], more[4];

#pragma GCC unroll 11
		for (k = 0; k <= 2 * NEAR; k++) {
			const vec v = vec_load(LEXICAL + i + k - NEAR);

			sum[k / 4] += v;
			if (k != NEAR && k > 0 && k < 2 * NEAR) /* zero less one is the greatest of all */
				worst = vec_min(worst, v - vec_all(1));
		}
		vec_store(LEXMIN + i, worst + vec_all(1));
		vec_widen(sum[0], mean);
		for (k = 1; k < 3; k++) {
			vec_widen(sum[k], more);
			mean[0] += more[0];
			mean[1] += more[1];
			mean[2] += more[2];
			mean[3] += more[3];
		}
		for (k = 0; k < 4; k++)
			mean[k] = vec_times(mean[k], four(by + i + 4 * k)) >> 14;
		vec_store(LEXMEAN + i, vec_narrow(mean));
	}
}

void
page_lexical(struct page *g, const signed char *word)
{
	COLUMN(LEXICAL);
	size_t i, k;

	for (i = 0; i < g->nunit; i++) {
		const struct unit *u = &g->unit[i];
		const uint16_t *token = g->token + u->lexical;
		int32_t s = 0;

		for (k = 0; k < u->nlexical; k++)
			s += word[token[k]];
		LEXICAL[i] = scan_lexical(s, u->nlexical);
	}
	wording(g);
}

/* In 1..62. */
static inline uint8_t
in_bins(int32_t s)
{
	s = s > 1 ? s : 1;
	return (uint8_t)(s < 62 ? s : 62);
}

/* A score in 1..62. */
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
	vec_store(to, vec_min(vec_max(vec_narrow(mean), vec_all(1)), vec_all(62)));
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
		vec_store(to + i, vec_min(vec_max(vec_narrow(mean), vec_all(1)), vec_all(62)));
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

/*
 * The bin of the mean score of the other units of each unit's slot, 63 if there is none. Floats are
 * exact, as in put_places, of so few units.
 */
static inline void
put_others(struct page *g, uint8_t *to)
{
	enum { FEW = 2048 };
	const struct unit *unit = g->unit;
	const struct slots slots = g->slots;
	const int32_t *first = g->first;
	const size_t n = g->nunit;
	uint32_t *sum = numbers(g, 2), *count = numbers(g, 3);
	size_t i, k;

	for (i = 0; i < n; i++) {
		sum[i] = (uint32_t)g->total[unit[i].slot].sum;
		count[i] = slots.count[unit[i].slot];
	}
	for (i = 0; i < n && n > FEW; i++)
		to[i] = count[i] < 2
			    ? 63
			    : score_bin(quotient(g->total[unit[i].slot].sum - first[i], count[i] - 1));
	for (i = 0; i < n && n <= FEW; i += VEC) {
		vec4 mean[4], alone[4];

#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const vec32 of = (vec32)vec_load(count + i + 4 * k) - 1;
			const vec4f total = __builtin_convertvector(more(sum + i + 4 * k, first + i + 4 * k),
								    vec4f),
				    by = __builtin_convertvector((vec4)(of * 192), vec4f);

			mean[k] = __builtin_convertvector(total / by, vec4) + 32;
			alone[k] = (vec4)(of == 0) & 63;
		}
		vec_store(to + i,
			  vec_min(vec_max(vec_narrow(mean), vec_all(1)), vec_all(62)) | vec_narrow(alone));
	}
}

/*
 * What lies between the anchor, which is unit i, and each unit from there on downwards, or upwards.
 * body: the words of the units that are no chrome, which become the sums of those between. A
 * function of its own, lest the loop runs out of registers.
 */
static void __attribute__((noinline)) anchor_side(struct page *g, uint32_t *body, ptrdiff_t i, ptrdiff_t step)
{
	COLUMN(LEXICAL);
	COLUMN(ANCHORNEG);
	COLUMN(ANCHORRUN);
	COLUMN(ANCHORLEX);
	const int32_t *first = g->first;
	const uint8_t *bin = bins(g);
	const size_t n = g->nunit;
	size_t chromes = 0, here = 0, longest = 0;
	uint32_t between = 0;
	uint8_t lex = 63;

	for (; (size_t)i < n; i += step) {
		const size_t chrome = -(size_t)(first[i] < 0); /* all bits, or none */
		const uint32_t own = body[i];

		ANCHORNEG[i] = bin[chromes];
		ANCHORRUN[i] = bin[longest];
		ANCHORLEX[i] = lex;
		body[i] = between;
		chromes -= chrome;
		here = (here + 1) & chrome;
		longest = here > longest ? here : longest;
		between += own;
		lex = LEXICAL[i] < lex ? LEXICAL[i] : lex;
	}
}

/*
 * The anchor is the first stretch of the page that looks nearly as much like an article as any:
 * seven units around it, by their worth. A unit is told what lies between it and the anchor:
 * comments and other articles stand behind a run of chrome.
 */
static inline void
anchors(struct page *g)
{
	enum { FAR = 3 };
	COLUMN(ANCHORWORDS);
	int32_t *worth = (int32_t *)numbers(g, 1);
	uint32_t *body = numbers(g, 3);
	int32_t *window = (int32_t *)numbers(g, 2);
	const size_t n = g->nunit;
	vec4 best = { 0, 0, 0, 0 };
	int32_t most = 0;
	ptrdiff_t i, k, anchor;
	uint32_t own;

	/* windows that stand half outside of the page, too */
	memset(worth - 8, 0, 8 * sizeof(*worth));
	memset(worth + n, 0, 8 * sizeof(*worth));
	for (i = -FAR; i < (ptrdiff_t)n; i += 4) {
		vec4 sum = four(worth + i - FAR);

#pragma GCC unroll 6
		for (k = 1 - FAR; k <= FAR; k++)
			sum += four(worth + i + k);
		vec_store(window + i, (vec)sum);
	}
	vec_store(window + n, (vec)(vec4){ -1, -1, -1, -1 }); /* none begins there */
	for (i = -FAR; i < (ptrdiff_t)n; i += 4) {
		const vec4 sum = four(window + i), is = sum > best;

		best = (sum & is) | (best & ~is);
	}
	for (k = 0; k < 4; k++)
		most = best[k] > most ? best[k] : most;
	most = (most * 6 + 9) / 10;
	for (anchor = -FAR; anchor < (ptrdiff_t)n; anchor += 4) {
		const unsigned bits =
		    vec_bits16((vec)(four(window + anchor) >= (vec4){ most, most, most, most }));

		if (bits != 0) {
			anchor += (ptrdiff_t)vec_first(bits) / 4;
			break;
		}
	}
	anchor = anchor < 0 || anchor >= (ptrdiff_t)n ? 0 : anchor;
	own = body[anchor];
	anchor_side(g, body, anchor, -1);
	body[anchor] = own;
	anchor_side(g, body, anchor, 1);
	put_bins(ANCHORWORDS, body, n);
}

/*
 * How far the units are from the run [begin, end): less than 32 above it, 32 inside, more behind.
 */
static inline void
put_far(const struct page *g, uint8_t *to, size_t begin, size_t end)
{
	const size_t n = g->nunit;
	size_t i;

	put_falling(g, to, 1, begin);
	memset(to + begin, 0, end - begin);
	put_rising(g, to + end, 1, n - end);
	for (i = 0; i < n; i += VEC) {
		const vec half = vec_load(to + i) >> 1, above = page_before(begin, i);

		vec_store(to + i, vec_all(32) + half - ((half + half) & above));
	}
}

/*
 * The bin of the mean score by word of a sentence's units, where they flow into each other; else
 * that of the unit.
 */
static inline void
put_flows(struct page *g, uint8_t *to)
{
	COLUMN(SCORE);
	COLUMN(FLOWS);
	const int32_t *first = g->first;
	const uint32_t *words = numbers(g, 0);
	const size_t n = g->nunit;
	unsigned bits;
	size_t i, k, end = 0; /* behind the sentence before */

	memcpy(to, SCORE, n);
	for (i = 0; i < n; i += VEC)
		for (bits = page_bits(g, vec_is(vec_load(FLOWS + i), 1), i); bits != 0; bits &= bits - 1) {
			int64_t s = 0, w = 0;

			k = i + vec_first(bits);
			if (k < end)
				continue;
			end = k;
			do {
				s += (int64_t)first[end] * (words[end] + 1);
				w += words[end] + 1;
			} while (FLOWS[end++] != 0);
			memset(to + k, score_bin(quotient(s, w)), end - k);
		}
}

/*
 * Two thirds of the units of a page of the web stand among others that are as surely
 * chrome, and half the articles alone are surely articles throughout.
 */
static inline bool
leave_open(struct page *g, bool all)
{
	enum { CHROME = -2500, BODY = 2000 }; /* in units of 1/1024 */
	int32_t *score = g->score;
	bool any = false;
	size_t i, k;

	for (i = g->nunit; i % VEC != 0; i++) /* a last one says what the others say */
		score[i] = score[g->nunit - 1];
	for (i = 0; i < g->nunit; i += VEC) {
		vec4 low = four(score + i) <= BODY, high = four(score + i) >= CHROME;

#pragma GCC unroll 3
		for (k = 4; k < VEC; k += 4) {
			low |= four(score + i + k) <= BODY;
			high |= four(score + i + k) >= CHROME;
		}
		g->open[i / VEC] = all || (vec_bits16((vec)low) != 0 && vec_bits16((vec)high) != 0);
		any |= g->open[i / VEC];
	}
	return any;
}

static inline bool
second(struct page *g, bool all)
{
	COLUMN(SCORE);
	COLUMN(SCORE2);
	COLUMN(SCORE15);
	COLUMN(STYLE);
	COLUMN(STYLECOUNT);
	COLUMN(PREFIXSCORE);
	COLUMN(LASTBODY);
	COLUMN(NEXTBODY);
	COLUMN(BODYBEFORE);
	COLUMN(BODYSEGFAR);
	COLUMN(BODYVOCAB);
	COLUMN(BODYLIKE);
	COLUMN(FLOWSCORE);
	struct unit *unit = g->unit;
	int32_t *first = g->first;
	/* words of the units; of each that is body, then of those before it; their scores */
	uint32_t *words = numbers(g, 0), *before = numbers(g, 1);
	uint32_t *sums = numbers(g, 2),
		 *body_words = numbers(g, 3); /* the other: of each unit that is no chrome */
	int32_t *worth = (int32_t *)before;
	bool *is_body = g->keep, *counted = g->sum; /* scratch */
	const uint16_t *const vocab = g->vocab;
	const size_t n = g->nunit;
	struct style *style = g->style;
	uint16_t used[STYLES + 1]; /* styles */
	uint32_t body = 0, nbody = 0, sum = 0;
	size_t i, j, k, begin, end, nused = 0;

	for (i = 0; i < n; i += 4) {
		const vec4 s = four(g->score + i), high = s > 6000, low = s < -6000;

		vec_store(first + i, (vec)((s & ~(high | low)) | (6000 & high) | (-6000 & low)));
		vec_store(before + i, (vec)(four(words + i) & (s > 0)));
	}
	if (!leave_open(g, all))
		return false;
	memset(first + n, 0, 3 * sizeof(*first)); /* memcheck has vec_times mix two neighbours */
	for (i = 0; i < n; i++) {
		const struct unit *u = &unit[i];
		const unsigned is = u->style;
		const int32_t s = first[i];
		const uint32_t own = before[i];

		sums[i] = sum;
		sum += (uint32_t)s;
		used[nused] = (uint16_t)is;
		nused += style[is].n++ == 0;
		style[is].sum += s;
		g->total[u->slot].sum += s;
		before[i] = body;
		body += own;
	}
	pad_sums(sums, n, sum);
	for (i = 0; i < n; i += VEC) {
		vec4 is[4];

#pragma GCC unroll 4
		for (k = 0; k < 4; k++)
			is[k] = (four(first + i + 4 * k) > 0) & 1;
		vec_store(is_body + i, vec_narrow(is));
		nbody += (unsigned)__builtin_popcount(units_that(g, is_body, i));
	}
	for (i = 0; i < nused; i++) {
		uint8_t mean;

		k = used[i];
		mean = score_bin(quotient(style[k].sum, style[k].n));
		style[k].bin = style[k].n > 1 ? mean : 63;
		style[k].count = bins(g)[style[k].n];
	}
	put_places(BODYBEFORE, before, n, body);
	/* what units are worth: their score, by words */
	for (i = 0; i < n; i += 4) {
		const vec4 s = four(first + i), high = s > 2000, low = s < -2000,
			   within = (s & ~(high | low)) | (2000 & high) | (-2000 & low), chrome = s < 0,
			   w = four(words + i) + 3, few = w < 60;

		vec_store(worth + i, (vec)vec_times((within + (chrome & 15)) >> 4, (w & few) | (60 & ~few)));
		vec_store(body_words + i, (vec)(four(words + i) & ~chrome));
	}
	longest_run(worth, n, &begin, &end);
	put_means(SCORE, sums, n, 0);
	vec_store(SCORE + n, vec_all(0)); /* it is looked at in neighbours */
	put_means(SCORE2, sums, n, 2);
	put_means(SCORE15, sums, n, 15);
	put_since(g, LASTBODY, is_body, n);
	anchors(g);
	memset(counted, 0, n);
	for (i = begin; i < end; i++)
		if (is_body[i] && words[i] >= 8) {
			counted[i] = true;
			count_unit(g, &unit[i]);
		}
	g->count[PAGE_VOCAB] = 0;
	for (i = 0; i < n; i += VEC) {
		if (!g->open[i / VEC])
			continue;
		for (k = i, j = least(n, i + VEC); k < j; k++) {
			const struct unit *u = &unit[k];

			STYLE[k] = style[u->style].bin;
			STYLECOUNT[k] = style[u->style].count;
			BODYVOCAB[k] = known_share(g->count, vocab, u, counted[k]);
		}
	}
	put_lengths(BODYLIKE, words, n, nbody, body + 1);
	for (i = 0; i < nused; i++) {
		style[used[i]].sum = 0;
		style[used[i]].n = 0;
	}
	put_others(g, PREFIXSCORE);
	count_clear(g);
	put_far(g, BODYSEGFAR, begin, end);
	put_until(g, NEXTBODY, is_body, n);
	put_flows(g, FLOWSCORE);
	return true;
}

/* The member of a segment, a number, that stands at its byte `at`. */
static inline uint32_t
key_of(const struct segment *s, size_t at)
{
	uint32_t key;

	memcpy(&key, (const char *)s + at, sizeof(key));
	return key;
}

typedef double double4 __attribute__((vector_size(32)));

/*
 * The bin of the mean by word of each unit's sum and words but its own, 63 if there are no others.
 * Exact: the numbers are far below 2^53.
 */
static inline void
put_means_by_word(uint8_t *to, const double *sum, const double *own, const int32_t *others, size_t n)
{
	vec4 mean[4], alone[4];
	size_t i, k;

	for (i = 0; i < n; i += VEC) {
#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const vec4 words = four(others + i + 4 * k), none = words == 0;
			double4 a, b;

			memcpy(&a, sum + i + 4 * k, sizeof(a));
			memcpy(&b, own + i + 4 * k, sizeof(b));
			alone[k] = none & 63;
			mean[k] =
			    __builtin_convertvector(
				(a - b) / (192 * __builtin_convertvector(words - none, double4)), vec4) +
			    32;
		}
		vec_store(to + i,
			  vec_min(vec_max(vec_narrow(mean), vec_all(1)), vec_all(62)) | vec_narrow(alone));
	}
}

/*
 * Sums by hash over the units: of words in units that score above zero, and of scores by word. What
 * most units have in common with the one before is looked up once.
 */
static inline void
html_sums(struct page *g, const struct dom *d, size_t key_at, enum column share_to, enum column mean_to,
	  uint64_t body)
{
	uint8_t *to = page_column(g, (int)share_to), *mean = page_column(g, (int)mean_to);
	const struct divider by_body = divider(body + (body == 0));
	const uint32_t *word = numbers(g, 0), *positive = numbers(g, 1);
	uint32_t *end = numbers(g, 2), *slot = numbers(g, 3); /* of the units that have a key in common */
	double *const score = g->sum;			      /* by words */
	double *sum = score + g->row_cap;		      /* of scores, */
	int32_t *others = g->score; /* and words but its own, of all that have a unit's key */
	const size_t n = g->nunit;
	const struct slots slots = slots_clear(g);
	size_t i, j, k, nrun = 0;

	for (i = 0; i < n; nrun++) {
		const struct segment *s = &d->segment[g->unit[i].line];
		const uint32_t key = key_of(s, key_at);
		struct total *t;
		uint64_t in = 0;
		uint32_t w = 0;
		double all = 0;

		do {
			w += word[i] + 1;
			all += score[i];
			in += positive[i];
			if (++i == n)
				break;
			s = &d->segment[g->unit[i].line];
		} while (key == key_of(s, key_at));
		end[nrun] = (uint32_t)i;
		slot[nrun] = slot_add(slots, key - (key == 0), w);
		t = &g->total[slot[nrun]];
		if (slots.count[slot[nrun]] == w)
			*t = (struct total){ 0, 0 };
		t->sum += (int64_t)all;
		t->body += in;
	}
	for (i = k = 0; k < nrun; k++) {
		const struct total t = g->total[slot[k]];
		const uint32_t words = slots.count[slot[k]];
		const vec part = vec_all((char)(1 + divided(t.body * 61, by_body)));
		const double all = (double)t.sum;
		const double4 whole = { all, all, all, all };

		/* beyond the run, too: what is there is the next one's, or nobody's */
		for (j = i; j < end[k]; j += VEC)
			vec_store(to + j, part);
		for (; i < end[k]; i += 4) {
			vec_store(others + i, (vec)((int32_t)words - 1 - four(word + i)));
			memcpy(sum + i, &whole, sizeof(whole));
		}
		i = end[k];
	}
	put_means_by_word(mean, sum, score, others, n);
}

#define CELL(c) cell[COL_##c - COL_HKIND]
enum { FACTS = 16 }; /* bytes of a row of what elements say */
_Static_assert((int)FACTS == (int)VEC && (int)COL_HLIST - (int)COL_HKIND < (int)FACTS,
	       "they are turned at once");

/* What most of a page's body has around it, as in a segment. */
struct common {
	unsigned about;
	uint32_t tags;
};

/*
 * What a line's elements say, but its links, its class words and what is common: by columns from
 * COL_HKIND on.
 */
static inline void
html_facts(const struct segment *s, struct common common, uint8_t *cell)
{
	const uint32_t t = s->tags & ~common.tags;
	const unsigned about = s->about & ~common.about;

	CELL(HKIND) = (uint8_t)(t & KIND_MASK);
	CELL(HPLACE) = t & TAG_HIDDEN	   ? 1
		       : t & TAG_IN_NAV	   ? 2
		       : t & TAG_IN_FORM   ? 3
		       : t & TAG_IN_FOOTER ? 4
		       : t & TAG_IN_ASIDE  ? 5
		       : t & TAG_IN_FIGURE ? 6
		       : t & TAG_IN_HEADER ? 7
		       : t & TAG_IN_TIME   ? 8
					   : 9;
	CELL(HABOUT) = (uint8_t)(about != 0 ? 1 + __builtin_ctz(about) : 12);
	CELL(HNEAR) = (uint8_t)(s->near != 0 ? 1 + __builtin_ctz(s->near) : t & TAG_BODY ? 13 : 12);
	CELL(HAUTHOR) =
	    (uint8_t)(1 + ((about & CLASS_CAPTION) != 0 ? 1 : 0) + ((about & CLASS_AUTHOR) != 0 ? 2 : 0) +
		      ((about & CLASS_LEAD) != 0 ? 4 : 0));
	CELL(HARTICLE) = s->narticle > 1      ? 1
			 : t & TAG_BODY	      ? 6
			 : t & TAG_IN_ARTICLE ? (t & TAG_IN_MAIN ? 5 : 4)
			 : t & TAG_IN_MAIN    ? 3
					      : 2;
	CELL(HLIST) = t & TAG_IN_TABLE ? 1 : t & TAG_IN_LIST ? 2 : t & TAG_IN_QUOTE ? 3 : 4;
}

/* What its class words say. */
static inline void
html_classes(const struct dom *d, const struct segment *s, const signed char *weight, uint8_t *cell)
{
	int32_t all = 0, own = 0, worst = 127;
	size_t k;

	for (k = 0; k < s->ntoken; k++) {
		int32_t w = weight[d->token[s->token + k]];

		all += w;
		if (k < s->nown)
			own += w;
		if (w < worst)
			worst = w;
	}
	all = 32 + all / 8;
	own = 32 + own / 4;
	CELL(HCLASS) = (uint8_t)(all < 1 ? 1 : all > 63 ? 63 : all);
	CELL(HCLASSOWN) = (uint8_t)(own < 1 ? 1 : own > 63 ? 63 : own);
	CELL(HCLASSMIN) = (uint8_t)(s->ntoken == 0 ? 63 : 32 + worst / 5);
}

/*
 * CLASS_ bits around more than half of the body, and TAG_IN_FORM, if a form is, as on servers that
 * put a page into one: what is around all says nothing of a line.
 */
static inline struct common
find_common(const struct page *g, const struct dom *d, const uint32_t *positive, uint64_t body)
{
	uint64_t words[16] = { 0 }, form = 0;
	struct common c = { 0 };
	unsigned bits;
	size_t i;

	for (i = 0; i < g->nunit; i++) {
		const struct segment *s = &d->segment[g->unit[i].line];

		if (positive[i] == 0)
			continue;
		form += s->tags & TAG_IN_FORM ? positive[i] : 0;
		for (bits = s->about; bits != 0; bits &= bits - 1) {
			const unsigned bit = (unsigned)__builtin_ctz(bits);

			words[bit] += positive[i];
			c.about |= (unsigned)(words[bit] * 2 > body) << bit;
		}
	}
	c.tags = form * 2 > body ? TAG_IN_FORM : 0;
	return c;
}

static inline void
html(struct page *g, const struct dom *d, const signed char *weight)
{
	COLUMN(HSCORE);
	COLUMN(HSCORE2);
	COLUMN(HLINK);
	COLUMN(HSAID);
	const uint32_t *words = numbers(g, 0);
	const size_t n = g->nunit;
	/* words of the units of the body, and the scores before each unit */
	uint32_t *positive = numbers(g, 1);
	uint32_t *sums = numbers(g, 2);
	double *const score_by_words = g->sum;
	const struct segment none = { 0 }, *was = &none; /* of which the facts are: no line's, at first */
	uint8_t row[FACTS][FACTS], facts[FACTS] = { 0 }, link[FACTS];
	vec said = vec_all(0); /* the facts */
	vec column[FACTS];
	uint64_t body = 0;
	uint32_t sum = 0;
	struct common common;
	size_t i, k;

	/* html_first and score_bin, by vectors: floats are exact, since scores are small */
	for (i = 0; i < n; i += VEC) {
		vec4 bin[4];

#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			int32_t *score = g->score + i + 4 * k;
			const vec4 is = four(score), high = is > 8000, low = is < -8000,
				   s = (is & ~(high | low)) | (8000 & high) | (-8000 & low),
				   w = four(words + i + 4 * k);
			double4 by_words;

			vec_store(score, (vec)s);
			vec_store(g->first + i + 4 * k, (vec)((s - (s < 0)) >> 1));
			vec_store(positive + i + 4 * k, (vec)(w & (s > 0)));
			by_words =
			    __builtin_convertvector(s, double4) * __builtin_convertvector(w + 1, double4);
			memcpy(score_by_words + i + 4 * k, &by_words, sizeof(by_words));
			bin[k] = __builtin_convertvector(__builtin_convertvector(s, vec4f) / 192, vec4) + 32;
		}
		vec_store(HSCORE + i, vec_min(vec_max(vec_narrow(bin), vec_all(1)), vec_all(62)));
	}
	for (i = 0; i < n; i++) {
		sums[i] = sum;
		sum += (uint32_t)g->score[i];
		body += positive[i];
	}
	pad_sums(sums, n, sum);
	vec_store(HSCORE + n, vec_all(0)); /* they are looked at in neighbours */
	put_means(HSCORE2, sums, n, 2);
	vec_store(HSCORE2 + n, vec_all(0));
	common = find_common(g, d, positive, body);
	for (i = 0; i < n; i += VEC) {
		const size_t end = least(n - i, FACTS);

		for (k = 0; k < end; k++) {
			const struct segment *s = &d->segment[g->unit[i + k].line];

			if (s->shape != was->shape) {
				html_facts(s, common, facts);
				html_classes(d, s, weight, facts);
				said = vec_load(facts);
				was = s;
			}
			vec_store(row[k], said);
			link[k] = share(least(s->linked, s->to - s->from), s->to - s->from);
		}
		for (; k < FACTS; k++) { /* neighbours that are none */
			vec_store(row[k], vec_all(0));
			link[k] = 0;
		}
		vec_turn((const unsigned char(*)[FACTS])row, column);
		for (k = 0; k <= COL_HLIST - COL_HKIND; k++)
			vec_store(page_column(g, COL_HKIND + (int)k) + i, column[k]);
		memcpy(HLINK + i, link, FACTS);
	}
	memset(HSAID, 1, n);
	g->said = 1;
	if (d->body.n > 0) {
		uint64_t in = 0, of = 0;

		for (i = 0; i < n; i++) {
			unsigned known, all = dom_known(d,
							(struct span){ g->text + g->unit[i].from,
								       g->unit[i].to - g->unit[i].from },
							&known);

			HSAID[i] = (uint8_t)(all == 0 ? 20 : 2 + known * 40 / all + (known * 40 / all == 18));
			if (positive[i] > 0) {
				in += known;
				of += all;
			}
		}
		g->said = (uint8_t)(of == 0 ? 2 : 2 + in * 40 / of);
	}
	html_sums(g, d, offsetof(struct segment, parent), COL_HPARENT, COL_HPARENTMEAN, body);
	html_sums(g, d, offsetof(struct segment, grand), COL_HGRAND, COL_HGRANDMEAN, body);
	html_sums(g, d, offsetof(struct segment, path), COL_HPATH, COL_HPATHMEAN, body);
}

/*
 * All of it is compiled twice, as scan.c is: instructions of AVX2 that need not copy what they
 * change, and others of one step where SSE2 takes many, make it a twentieth less.
 */
#ifdef VEC_WIDE
#define CONTEXT_WIDE VEC_WIDE __attribute__((flatten))

CONTEXT_WIDE static void
context_wide(struct page *g)
{
	context(g);
}

CONTEXT_WIDE static void
wording_wide(struct page *g)
{
	wording(g);
}

CONTEXT_WIDE static bool
second_wide(struct page *g, bool all)
{
	return second(g, all);
}

CONTEXT_WIDE static void
html_wide(struct page *g, const struct dom *d, const signed char *weight)
{
	html(g, d, weight);
}

#define TWICE(name, ...) (vec_wide() ? name##_wide(__VA_ARGS__) : name(__VA_ARGS__))
#else
#define TWICE(name, ...) name(__VA_ARGS__)
#endif

void
page_context(struct page *g)
{
	TWICE(context, g);
}

void
page_wording(struct page *g)
{
	TWICE(wording, g);
}

bool
page_second(struct page *g, bool all)
{
	return TWICE(second, g, all);
}

void
page_html(struct page *g, const struct dom *d, const signed char *weight)
{
	TWICE(html, g, d, weight);
}
