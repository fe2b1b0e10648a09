/* SPDX-License-Identifier: ISC */
/*
 * The columns of the second pass: what the first pass's scores say of the page around a unit.
 */
#include "column.h"
#include "vocab.h"

/* a/b: in 32 bits, which is quicker, where they fit. */
static inline int64_t
quotient(int64_t a, int64_t b)
{
	return a == (int32_t)a && b == (int32_t)b ? (int32_t)a / (int32_t)b : a / b;
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
		vec_store(to + i, in_bins16(mean) | vec_narrow(alone));
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
 * seven units around it, by their worth, which is changed outside of the page. window: scratch for
 * as many.
 */
static inline size_t
find_anchor(int32_t *worth, int32_t *window, size_t nunit)
{
	enum { FAR = 3 };
	const ptrdiff_t n = (ptrdiff_t)nunit;
	vec4 best = { 0, 0, 0, 0 };
	int32_t most = 0;
	ptrdiff_t i, k;

	/* windows that stand half outside of the page, too */
	memset(worth - 8, 0, 8 * sizeof(*worth));
	memset(worth + n, 0, 8 * sizeof(*worth));
	for (i = -FAR; i < n; i += 4) {
		vec4 sum = four(worth + i - FAR);

#pragma GCC unroll 6
		for (k = 1 - FAR; k <= FAR; k++)
			sum += four(worth + i + k);
		vec_store(window + i, (vec)sum);
	}
	vec_store(window + n, (vec)(vec4){ -1, -1, -1, -1 }); /* none begins there */
	for (i = -FAR; i < n; i += 4) {
		const vec4 sum = four(window + i), is = sum > best;

		best = (sum & is) | (best & ~is);
	}
	for (k = 0; k < 4; k++)
		most = best[k] > most ? best[k] : most;
	most = (most * 6 + 9) / 10;
	for (i = -FAR; i < n; i += 4) {
		const unsigned bits = vec_bits16((vec)(four(window + i) >= (vec4){ most, most, most, most }));

		if (bits != 0) {
			i += (ptrdiff_t)vec_first(bits) / 4;
			break;
		}
	}
	return i < 0 || i >= n ? 0 : (size_t)i;
}

/*
 * What lies between the anchor and each unit: comments and other articles stand behind a run of
 * chrome. body: as for anchor_side.
 */
static inline void
put_anchor(struct page *g, uint32_t *body, size_t anchor)
{
	COLUMN(ANCHORWORDS);
	const uint32_t own = body[anchor];

	anchor_side(g, body, (ptrdiff_t)anchor, -1);
	body[anchor] = own;
	anchor_side(g, body, (ptrdiff_t)anchor, 1);
	put_bins(ANCHORWORDS, body, g->nunit);
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

/*
 * page.first from page.score: beyond MOST a score says no more. And the words of each unit that is
 * body, which scores above zero.
 */
static inline void
take_scores(struct page *g, const uint32_t *words, uint32_t *body)
{
	enum { MOST = 6000 };
	const int32_t *score = g->score;
	int32_t *first = g->first;
	const size_t n = g->nunit;
	size_t i;

	for (i = 0; i < n; i += 4) {
		const vec4 s = within(four(score + i), MOST);

		vec_store(first + i, (vec)s);
		vec_store(body + i, (vec)(four(words + i) & (s > 0)));
	}
}

/* Which units are body; returns how many. */
static inline size_t
find_body(const struct page *g, bool *is_body)
{
	const int32_t *first = g->first;
	const size_t n = g->nunit;
	size_t i, k, nbody = 0;

	for (i = 0; i < n; i += VEC) {
		vec4 is[4];

#pragma GCC unroll 4
		for (k = 0; k < 4; k++)
			is[k] = (four(first + i + 4 * k) > 0) & 1;
		vec_store(is_body + i, vec_narrow(is));
		nbody += (unsigned)__builtin_popcount(units_that(g, is_body, i));
	}
	return nbody;
}

/* The bins of n styles from their sums, which are zero again. */
static inline void
settle_styles(struct page *g, const uint16_t *used, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct style *s = &g->style[used[i]];
		const uint8_t mean = score_bin(quotient(s->sum, s->n));

		s->bin = s->n > 1 ? mean : 63;
		s->count = bins(g)[s->n];
		s->sum = 0;
		s->n = 0;
	}
}

/*
 * What units are worth: their score by words, of which many count no more than LONG. And the words
 * of those that are no chrome, to no_chrome.
 */
static inline void
put_worths(const struct page *g, const uint32_t *words, int32_t *worth, uint32_t *no_chrome)
{
	enum { MOST = 2000, LONG = 60 };
	const int32_t *first = g->first;
	const size_t n = g->nunit;
	size_t i;

	for (i = 0; i < n; i += 4) {
		const vec4 s = four(first + i), chrome = s < 0, w = four(words + i);

		/* sixteenths, towards zero */
		vec_store(worth + i,
			  (vec)vec_times((within(s, MOST) + (chrome & 15)) >> 4, at_most(w + 3, LONG)));
		vec_store(no_chrome + i, (vec)(w & ~chrome));
	}
}

/* The long units of the body's run [begin, end): their words are counted. */
static inline void
count_body(struct page *g, const bool *is_body, bool *counted, size_t begin, size_t end)
{
	enum { LONG = 8 };
	const struct unit *unit = g->unit;
	const uint32_t *words = numbers(g, 0);
	size_t i;

	memset(counted, 0, g->nunit);
	for (i = begin; i < end; i++)
		if (is_body[i] && words[i] >= LONG) {
			counted[i] = true;
			count_unit(g, &unit[i]);
		}
	g->count[PAGE_VOCAB] = 0;
}

/*
 * Of the open units: the score of those of their style, and how many they are; what share of their
 * words is counted, too.
 */
static inline void
put_open(struct page *g, const bool *counted)
{
	COLUMN(STYLE);
	COLUMN(STYLECOUNT);
	COLUMN(BODYVOCAB);
	const struct unit *unit = g->unit;
	const uint16_t *const vocab = g->vocab;
	const size_t n = g->nunit;
	size_t i, k;

	for (i = 0; i < n; i += VEC) {
		const size_t behind = least(n, i + VEC);

		if (!g->open[i / VEC])
			continue;
		for (k = i; k < behind; k++) {
			const struct style *s = &g->style[unit[k].style];

			STYLE[k] = s->bin;
			STYLECOUNT[k] = s->count;
			BODYVOCAB[k] = known_share(g->count, vocab, &unit[k], counted[k]);
		}
	}
}

static inline bool
second(struct page *g, bool all)
{
	COLUMN(SCORE);
	COLUMN(SCORE2);
	COLUMN(SCORE15);
	COLUMN(PREFIXSCORE);
	COLUMN(LASTBODY);
	COLUMN(NEXTBODY);
	COLUMN(BODYBEFORE);
	COLUMN(BODYSEGFAR);
	COLUMN(BODYLIKE);
	COLUMN(FLOWSCORE);
	const struct unit *unit = g->unit;
	int32_t *first = g->first;
	/* words of the units; of each that is body, then of those before it; */
	uint32_t *words = numbers(g, 0), *before = numbers(g, 1);
	/* scores before it; words of each that is no chrome */
	uint32_t *sums = numbers(g, 2), *no_chrome = numbers(g, 3);
	int32_t *worth = (int32_t *)before;	    /* when those are used */
	bool *is_body = g->keep, *counted = g->sum; /* scratch */
	const size_t n = g->nunit;
	struct style *style = g->style;
	struct total *total = g->total;
	uint16_t used[STYLES + 1]; /* styles */
	uint32_t body = 0, sum = 0;
	size_t i, begin, end, nbody, nused = 0;

	take_scores(g, words, before);
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
		total[u->slot].sum += s;
		before[i] = body;
		body += own;
	}
	pad_sums(sums, n, sum);
	nbody = find_body(g, is_body);
	settle_styles(g, used, nused);
	put_places(BODYBEFORE, before, n, body);
	put_lengths(BODYLIKE, words, n, (uint32_t)nbody, body + 1);
	put_since(g, LASTBODY, is_body, n);
	put_until(g, NEXTBODY, is_body, n);
	put_means(SCORE, sums, n, 0);
	vec_store(SCORE + n, vec_all(0)); /* it is looked at in neighbours */
	put_means(SCORE2, sums, n, 2);
	put_means(SCORE15, sums, n, 15);
	put_worths(g, words, worth, no_chrome);
	longest_run(worth, n, &begin, &end);
	put_far(g, BODYSEGFAR, begin, end);
	count_body(g, is_body, counted, begin, end);
	put_open(g, counted);
	count_clear(g);
	put_anchor(g, no_chrome, find_anchor(worth, (int32_t *)sums, n));
	put_others(g, PREFIXSCORE);
	put_flows(g, FLOWSCORE);
	return true;
}

#ifdef VEC_WIDE
COLUMN_WIDE static bool
second_wide(struct page *g, bool all)
{
	return second(g, all);
}
#endif

bool
page_second(struct page *g, bool all)
{
	return TWICE(second, g, all);
}
