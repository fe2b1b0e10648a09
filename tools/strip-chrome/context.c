/* SPDX-License-Identifier: ISC */
/*
 * The columns that a unit has from the page around it: of its neighbours, and of all the page.
 */
#include "column.h"
#include "slots.h"
#include "vocab.h"

enum { SIX_WORDS = 7 }; /* COL_WORDS of six words */

const char *const column_name[COL_COUNT] = {
#define X(name, text) text,
	PAGE_COLUMNS(X)
#undef X
};

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
			const vec4 w = at_most(four(words + i + 4 * k), 1000);

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

/* Their again, from the slots of the units' hashes, whose counts are lost. */
static inline void
find_again(struct page *g, struct slots slots)
{
	unsigned bits, any = 0;
	size_t i;

	for (i = 0; i < g->nunit; i += VEC)
		any |= recurring(g, i);
	if (any == 0)
		return;
	for (i = g->nunit; i-- > 0;) /* the first one of each */
		slots.count[g->unit[i].slot] = (uint32_t)i;
	for (i = 0; i < g->nunit; i += VEC)
		for (bits = recurring(g, i); bits != 0; bits &= bits - 1) {
			const size_t k = i + vec_first(bits);
			struct unit *u = &g->unit[k];
			const uint32_t first = slots.count[u->slot];

			if (first < k && slots.key[u->slot] == u->hash)
				u->again = first + 1;
		}
}

/* How many units say the same, up to 12, and which was the first. */
static inline void
repeats(struct page *g)
{
	COLUMN(REPEAT);
	struct unit *unit = g->unit;
	uint32_t *count = numbers(g, 3);
	const struct slots slots = slots_clear(g);
	const size_t n = g->nunit;
	size_t i;

	for (i = 0; i < n; i++)
		unit[i].slot = slot_add(slots, unit[i].hash, 1);
	for (i = 0; i < n; i++)
		count[i] = slots.count[unit[i].slot];
	for (i = 0; i < n; i += VEC) {
		const vec4 counts[4] = { four(count + i), four(count + i + 4), four(count + i + 8),
					 four(count + i + 12) };

		vec_store(REPEAT + i, vec_min(vec_narrow(counts), vec_all(12)));
	}
	vec_store(REPEAT + n, vec_all(0)); /* it is looked at in neighbours */
	find_again(g, slots);
}

/* How many units begin alike. Their slots stay, with sums of zero, for page_second. */
static inline void
prefixes(struct page *g)
{
	COLUMN(PREFIX);
	struct unit *unit = g->unit;
	const uint8_t *bin = bins(g);
	const struct slots slots = slots_clear(g);
	struct total *total = g->total;
	const size_t n = g->nunit;
	size_t i;

	for (i = 0; i < n; i++)
		unit[i].slot = slot_add(slots, unit[i].prefix, 1);
	for (i = 0; i < n; i++) {
		const size_t slot = unit[i].slot;

		PREFIX[i] = bin[slots.count[slot]];
		total[slot].sum = 0;
	}
}

/* What share of a unit's words is also in the good ones. */
static inline void
overlaps(struct page *g, const bool *is_good)
{
	COLUMN(OVERLAP);
	const struct unit *unit = g->unit;
	const uint16_t *const vocab = g->vocab;
	const size_t n = g->nunit;
	unsigned bits;
	size_t i;

	for (i = 0; i < n; i += VEC)
		for (bits = units_that(g, is_good, i); bits != 0; bits &= bits - 1)
			count_unit(g, &unit[i + vec_first(bits)]);
	g->count[PAGE_VOCAB] = 0;
	for (i = 0; i < n; i++)
		OVERLAP[i] = known_share(g->count, vocab, &unit[i], unit[i].good);
	count_clear(g);
}

/*
 * Comments are announced above: behind how many words of good units, of which `good` stand before
 * each.
 */
static inline void
replies(struct page *g, const uint32_t *good)
{
	COLUMN(REPLIES);
	const struct unit *unit = g->unit;
	const size_t n = g->nunit;
	uint8_t said = 1;
	size_t i, from = 0;

	for (i = 0; i < n; i++) {
		if (!unit[i].replies)
			continue;
		memset(REPLIES + from, said, i - from);
		said = (uint8_t)(2 + least(good[i] / 20, 40));
		from = i;
	}
	memset(REPLIES + from, said, n - from);
}

/*
 * How near the good units are, which are long and end like a sentence, and where the longest run of
 * them is. words: of the units; good: of the good ones before each.
 */
static inline void
good_units(struct page *g, const bool *is_good, const uint32_t *words, const uint32_t *good)
{
	COLUMN(GOOD10);
	COLUMN(LASTGOOD);
	COLUMN(SEGMENT);
	COLUMN(SEGAFTER);
	uint32_t *near = numbers(g, 3);
	const size_t n = g->nunit;
	size_t i, begin, end;

	/* the words within 10, without its own; its worth to the longest run */
	for (i = 0; i < n; i += 4) {
		const vec4 w = four(words + i), own = more(good + i + 1, good + i), is = own > 0;

		vec_store(near + i, (vec)((vec32)more(good + i + 11, good + i - 10) - (vec32)own));
		vec_store(g->score + i, (vec)((is & at_most(w, 100)) | (~is & ((w < 4) - 8))));
	}
	put_bins(GOOD10, near, n);
	put_since(g, LASTGOOD, is_good, n);
	longest_run(g->score, n, &begin, &end);
	memset(SEGMENT, 1, n);
	memset(SEGMENT + begin, 2, end - begin);
	memset(SEGAFTER, 1, end);
	put_rising(g, SEGAFTER + end, 1, n - end);
}

static inline void
context(struct page *g)
{
	COLUMN(PAGEWRAP);
	COLUMN(WORDPLACE);
	COLUMN(FROMSTART);
	COLUMN(FROMEND);
	/* words of the units, of those before each, and of the good ones before each */
	uint32_t *words = numbers(g, 0), *before = numbers(g, 1), *good = numbers(g, 2);
	bool *is_good = g->keep; /* scratch */
	const struct unit *unit = g->unit;
	const size_t n = g->nunit;
	uint32_t total = 0, sum = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct unit *u = &unit[i];

		words[i] = u->nword;
		before[i] = total;
		total += u->nword;
		good[i] = sum;
		sum += u->good ? u->nword : 0;
		is_good[i] = u->good;
	}
	memset(words + n, 0, PAGE_PAD * sizeof(*words));
	pad_sums(good, n, sum);
	put_places(WORDPLACE, before, n, total);
	make_bins(g);
	memset(PAGEWRAP, 1 + g->wrapped, n);
	put_rising(g, FROMSTART, 0, n);
	put_falling(g, FROMEND, 0, n);
	good_units(g, is_good, words, good);
	overlaps(g, is_good);
	replies(g, good);
	repeats(g);
	prefixes(g);
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

#ifdef VEC_WIDE
COLUMN_WIDE static void
context_wide(struct page *g)
{
	context(g);
}

COLUMN_WIDE static void
wording_wide(struct page *g)
{
	wording(g);
}
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
