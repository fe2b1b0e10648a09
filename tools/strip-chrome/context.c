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

#define COLUMN(c) uint8_t *const c = page_column(g, COL_##c)

const char *const column_name[COL_COUNT] = {
#define X(name, text) text,
	PAGE_COLUMNS(X)
#undef X
};

/* Divisions by one number, which is not 0: by its reciprocal, where it and what is divided are small enough to be exact. */
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

static inline size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Slots by hash, eight tried: what does not find room shares the last slot
 * tried, so that hostile lines cost no more than others.
 */
struct slot {
	uint32_t hash;
	uint32_t n; /* 0: free */
};

struct total {
	int64_t sum;
	uint64_t body;
};

typedef uint32_t vec32 __attribute__((vector_size(16)));

/* Of the two slots at s: bits among the eight of each, if it is hash's or free. */
static inline unsigned
fits(const struct slot *s, vec32 wanted)
{
	return vec_bits16((vec)((vec32)vec_load(s) == wanted));
}

/* The number of hash's slot, with n more in it. The first four are tried at once: which of them it is cannot be guessed. */
static inline uint32_t
slot_add(struct page *g, uint32_t hash, uint32_t n)
{
	size_t i = (size_t)((uint64_t)(hash * 0x9E3779B1u) * g->nslot >> 32);
	const size_t last = i + 7;
	const vec32 wanted = { hash, 0, hash, 0 };
	const unsigned bits = fits(g->slot + i, wanted) | fits(g->slot + i + 2, wanted) << 16;
	struct slot *s;

	if (bits != 0)
		i += (unsigned)__builtin_ctz(bits) / 8;
	else
		for (i += 4; i < last && g->slot[i].n != 0 && g->slot[i].hash != hash; i++)
			;
	s = &g->slot[i];
	s->hash ^= (s->hash ^ hash) & -(uint32_t)(s->n == 0);
	s->n += n;
	return (uint32_t)i;
}

/* The totals are left as they are. */
static void
slots_clear(struct page *g)
{
	size_t i;

	g->nslot = g->nunit * 2 + 16;
	if (g->nslot + 16 > g->slot_cap) {
		g->slot_cap = 2 * (g->nslot + 16);
		g->slot = mem_array(g->slot, g->slot_cap, sizeof(*g->slot));
		g->total = mem_array(g->total, g->slot_cap, sizeof(*g->total));
	}
	for (i = 0; i < g->nslot + 8; i += VEC_BLOCK / sizeof(*g->slot))
		vec_clear(g->slot + i);
}

/* Forget the words that were counted: of a short page one by one, whichever of its words they are. */
static void
count_clear(struct page *g)
{
	uint16_t *count = g->count;
	const uint16_t *v = g->vocab;
	size_t k;

	if (g->nvocab < PAGE_VOCAB / 10)
		for (k = 0; k < g->nvocab; k += PAGE_VOCAB_STEP / 2)
			count[v[k]] = count[v[k + 1]] = count[v[k + 2]] = count[v[k + 3]] = 0;
	else
		for (k = 0; k < PAGE_VOCAB; k += VEC_BLOCK / sizeof(*count))
			vec_clear(count + k);
}

/* Count a unit's words, by eight as below; count[PAGE_VOCAB] is to be set to zero behind the last unit. */
static inline void
count_unit(struct page *g, const struct unit *u)
{
	const uint16_t *v = g->vocab + u->vocab, *const end = v + u->nvocab;
	uint16_t *count = g->count;

	for (; v < end; v += PAGE_VOCAB_STEP) {
		count[v[0]]++;
		count[v[1]]++;
		count[v[2]]++;
		count[v[3]]++;
		count[v[4]]++;
		count[v[5]]++;
		count[v[6]]++;
		count[v[7]]++;
	}
}

/* Of a unit's words, those that count has more than own times, as a share of 1..62. */
static inline uint8_t
known_share(const struct page *g, const struct unit *u, bool own)
{
	/* 2^20 / n: exact for what is divided here, at most 61 n */
#define R(n) ((1 << 20) / (n) + 1)
	static const uint32_t reciprocal[PAGE_UNIT_VOCAB + 1] = {
		0,     R(1),  R(2),  R(3),  R(4),  R(5),  R(6),	 R(7),	R(8),  R(9),  R(10), R(11), R(12),
		R(13), R(14), R(15), R(16), R(17), R(18), R(19), R(20), R(21), R(22), R(23), R(24), R(25),
		R(26), R(27), R(28), R(29), R(30), R(31), R(32), R(33), R(34), R(35), R(36), R(37), R(38),
		R(39), R(40), R(41), R(42), R(43), R(44), R(45), R(46), R(47), R(48), R(49), R(50), R(51),
		R(52), R(53), R(54), R(55), R(56), R(57), R(58), R(59), R(60), R(61), R(62), R(63), R(64)
	};
#undef R
	const uint16_t *v = g->vocab + u->vocab, *const end = v + u->nvocab, *count = g->count;
	unsigned known = 0;

	/* by eight: short lines differ in how many words they have, and a branch would be guessed wrong */
	for (; v < end; v += PAGE_VOCAB_STEP)
		known += (unsigned)(count[v[0]] > own) + (count[v[1]] > own) + (count[v[2]] > own) +
			 (count[v[3]] > own) + (count[v[4]] > own) + (count[v[5]] > own) +
			 (count[v[6]] > own) + (count[v[7]] > own);
	return (uint8_t)(1 + (known * 61 * reciprocal[u->nvocab] >> 20));
}

void
page_run(const int32_t *v, size_t n, size_t *begin, size_t *end)
{
	int64_t best = 0, here = 0;
	size_t i, from = 0, best_from = 0, best_end = 0;

	for (i = 0; i < n; i++) {
		const bool anew = here <= 0;
		bool better;

		from = anew ? i : from;
		here = (anew ? 0 : here) + v[i];
		better = here > best;
		best = better ? here : best;
		best_from ^= (best_from ^ from) & -(size_t)better;
		best_end ^= (best_end ^ (i + 1)) & -(size_t)better;
	}
	*begin = best_from;
	*end = best_end;
}

/* The greatest of the neighbours within 4; the unit itself is none. Rows that are not there are zero. */
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
	memset(most + g->nunit, 0, PAGE_PAD);
}

/* The least of them, 63 if there are none. */
static void
near_least(struct page *g, enum column of, enum column to)
{
	const uint8_t *c = page_column(g, (int)of);
	uint8_t *worst = page_column(g, (int)to);
	size_t i;
	int k;

	for (i = 0; i < g->nunit; i += VEC) {
		vec best = vec_all(62);

#pragma GCC unroll 9
		for (k = -4; k <= 4; k++) /* zero less one is the greatest of all */
			if (k != 0)
				best = vec_min(best, vec_load(c + (ptrdiff_t)i + k) - vec_all(1));
		vec_store(worst + i, best + vec_all(1));
	}
	memset(worst + g->nunit, 0, PAGE_PAD);
}

/* Of the words within 8 units: how many are in units that end like a sentence; how many capitals. */
static void
near_shares(struct page *g)
{
	COLUMN(ENDS);
	COLUMN(TITLE);
	COLUMN(ENDSHARE);
	COLUMN(CAPSHARE);
	COLUMN(DIGITS);
	COLUMN(DIGITSHORT);
	const struct unit *unit = g->unit;
	const size_t n = g->nunit;
	vec32 sum = { 0 },
	      *own = (vec32 *)(void *)g->scratch; /* words, those at a sentence's end, with capitals, dates */
	size_t i;

	for (i = 0; i < n; i++) {
		/* a unit's words count up to 1000, so that sums stay small */
		const uint32_t w = (uint32_t)least(unit[i].nword, 1000);
		const vec32 v = { w, w & -(uint32_t)(ENDS[i] >= END_QUOTE), (TITLE[i] - 1u) * w,
				  (unsigned)(w <= 6) & (DIGITS[i] > 1) };

		own[i] = v;
	}
	for (i = 0; i < 8 && i < n; i++)
		sum += own[i];
	for (i = 0; i < n; i++) {
		if (i + 8 < n)
			sum += own[i + 8];
		if (i >= 9)
			sum -= own[i - 9];
		ENDSHARE[i] = (uint8_t)(sum[0] == 0 ? 1 : 1 + sum[1] * 61 / sum[0]);
		CAPSHARE[i] = (uint8_t)(sum[0] == 0 ? 1 : 1 + sum[2] / sum[0]);
		DIGITSHORT[i] = (uint8_t)(1 + sum[3]);
	}
}

/* scan_bin of n numbers from `from` on, 0 or 1. */
static void
put_bins(struct page *g, uint8_t *to, size_t from, size_t n)
{
	size_t i;

	if (g->bin[BINS_KEPT - 1] == 0)
		for (i = 0; i < BINS_KEPT; i++)
			g->bin[i] = scan_bin(i);
	memcpy(to, g->bin + from, least(n, BINS_KEPT - from));
	for (i = BINS_KEPT - from; i < n; i++)
		to[i] = scan_bin(from + i);
}

/* Does the sentence of unit i go on in the next one? */
static inline bool
flows_on(const struct unit *u, const uint8_t *ends, const uint8_t *starts, const uint8_t *nstop)
{
	const unsigned half =
	    (unsigned)(*ends == END_LETTER || *ends == END_COMMA) & (u->nword >= 6) & (*nstop > 2);

	return (unsigned)(*ends < END_CALL) & (u[1].mark == 0) & ((starts[1] >= START_SMALL) | half);
}

/* Runs of short units, and of units that flow into each other. */
static void
runs(struct page *g)
{
	COLUMN(FLOWEND);
	COLUMN(SHORTRUN);
	COLUMN(ENDS);
	COLUMN(STARTS);
	COLUMN(NSTOP);
	struct unit *unit = g->unit;
	const size_t n = g->nunit;
	int32_t *run = g->score; /* scratch: of the short ones up to here */
	int32_t length = 0;
	unsigned end = 0;
	size_t i;

	/* what is no run's is masked: branches would be guessed wrong at each end */
	for (i = 0; i < n; i++) {
		length = (length + 1) & -(int32_t)(unit[i].nword <= 6);
		run[i] = length;
	}
	length = 0;
	for (i = n; i-- > 0;) {
		const bool on = i + 1 < n && flows_on(unit + i, ENDS + i, STARTS + i, NSTOP + i);

		length = scan_greater(length, run[i]) & -(int32_t)(run[i] != 0);
		SHORTRUN[i] = scan_bin((uint64_t)length);
		unit[i].flows = on;
		end ^= (end ^ ENDS[i]) & (on - 1u);
		FLOWEND[i] = (uint8_t)end;
	}
}

void
page_context(struct page *g)
{
	COLUMN(GAP);
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
	int64_t *sum = g->sum; /* sum[i]: words of good units before i */
	const size_t n = g->nunit;
	struct divider by_total;
	uint64_t total = 0, words = 0;
	int64_t good = 0;
	size_t i, begin, end, last = 0, line = 0;
	uint8_t replies = 1;

	slots_clear(g);
	for (i = 0; i < n; i++) {
		struct unit *u = &unit[i];
		const struct slot *s;
		struct total *t;
		int32_t own;
		bool first;

		total += u->nword;
		sum[i] = good;
		good += u->nword & -(uint32_t)u->good;
		own = -8 - (u->nword < 4);
		g->score[i] = own + (((int32_t)least(u->nword, 100) - own) & -(int32_t)u->good);
		u->slot = slot_add(g, u->hash, 1);
		s = &g->slot[u->slot];
		t = &g->total[u->slot];
		first = s->n == 1;
		t->body = (t->body & (first - (uint64_t)1)) | ((i + 1) & -(uint64_t)first);
		u->again = (uint32_t)t->body & -(uint32_t)(!first & (s->hash == u->hash));
	}
	sum[n] = good;
	for (i = 0; i < n; i++)
		if (unit[i].good)
			count_unit(g, &unit[i]);
	g->count[PAGE_VOCAB] = 0;
	page_run(g->score, n, &begin, &end);
	for (i = 0; i < n; i++)
		REPEAT[i] = (uint8_t)least(g->slot[unit[i].slot].n, 12);
	slots_clear(g);
	for (i = 0; i < n; i++)
		unit[i].slot = slot_add(g, unit[i].prefix, 1);

	memset(page_column(g, COL_PAGEWRAP), 1 + g->wrapped, n);
	put_bins(g, FROMSTART, 0, n);
	for (i = 0; i < n; i++)
		FROMEND[i] = FROMSTART[n - 1 - i];
	memset(SEGMENT, 1, n);
	memset(SEGMENT + begin, 2, end - begin);
	memset(SEGAFTER, 1, end);
	put_bins(g, SEGAFTER + end, 1, n - end);
	by_total = divider(total + (total == 0));
	for (i = 0; i < n; i++) {
		const struct unit *u = &unit[i];

		/* comments are announced above: behind how many words of long lines */
		if (u->replies)
			replies = (uint8_t)(2 + least((size_t)sum[i] / 20, 40));
		REPLIES[i] = replies;
		OVERLAP[i] = known_share(g, u, u->good);
		GAP[i] = (uint8_t)(1 + least(u->line - line, 4));
		line = u->line + u->nline;
		PREFIX[i] = scan_bin(g->slot[u->slot].n);
		WORDPLACE[i] = (uint8_t)(1 + divided(words * 61, by_total));
		words += u->nword;
		GOOD10[i] = scan_bin_any((uint64_t)(sum[least(n, i + 11)] - sum[i > 10 ? i - 10 : 0] -
						    (u->nword & -(uint32_t)u->good)));
		LASTGOOD[i] = last == 0 ? 60 : scan_bin(i + 1 - last);
		last = u->good ? i + 1 : last;
	}
	count_clear(g);
	near_shares(g);
	near_greatest(g, COL_REPEAT, COL_REPEATMAX);
	runs(g);
}

void
page_wording(struct page *g)
{
	COLUMN(LEXICAL);
	COLUMN(LEXMEAN);
	const size_t n = g->nunit;
	/* 2^16 / n: exact for sums of n numbers below 64 */
	static const uint16_t reciprocal[12] = { 0,
						 0xFFFF,
						 65536 / 2 + 1,
						 65536 / 3 + 1,
						 65536 / 4 + 1,
						 65536 / 5 + 1,
						 65536 / 6 + 1,
						 65536 / 7 + 1,
						 65536 / 8 + 1,
						 65536 / 9 + 1,
						 65536 / 10 + 1,
						 65536 / 11 + 1 };
	size_t i;
	uint32_t sum = 0, from, to;

	near_least(g, COL_LEXICAL, COL_LEXMIN);
	/* the mean of those within 5; rows that are not there are zero */
	for (i = 0; i < 5 && i < n; i++)
		sum += LEXICAL[i];
	for (i = 0; i < n; i++) {
		from = i > 5 ? (uint32_t)(i - 5) : 0;
		to = (uint32_t)least(n, i + 6);
		sum += LEXICAL[i + 5];
		LEXMEAN[i] = (uint8_t)(n == 1 ? sum : sum * reciprocal[to - from] >> 16);
		sum -= i >= 5 ? LEXICAL[i - 5] : 0;
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
	page_wording(g);
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

/* A sum of n scores, at most 31, as the bin of their mean: by the reciprocals of 192 n. */
static inline uint8_t
mean_bin(int64_t sum, size_t n)
{
#define R(n) (uint16_t)((1 << 22) / (192 * (n)))
	static const uint16_t reciprocal[32] = { 0,	R(1),  R(2),  R(3),  R(4),  R(5),  R(6),  R(7),
						 R(8),	R(9),  R(10), R(11), R(12), R(13), R(14), R(15),
						 R(16), R(17), R(18), R(19), R(20), R(21), R(22), R(23),
						 R(24), R(25), R(26), R(27), R(28), R(29), R(30), R(31) };
#undef R
	/* a positive number below 2^32 * 2^16 is shifted */
	return in_bins((int32_t)((sum * reciprocal[n] + ((int64_t)1 << 40)) >> 22) - (1 << 18) + 32);
}

enum { STYLES = 5 * 8 * 4 * 2 };

static unsigned
style_of(uint32_t nword, unsigned ends, unsigned starts, bool marked)
{
	static const uint8_t end_group[16] = {
		[END_DIGIT] = 1, [END_CAPITAL] = 1, [END_LETTER] = 2, [END_BRACKET] = 3,
		[END_COLON] = 4, [END_DOTS] = 5,    [END_DASH] = 5,   [END_COMMA] = 5,
		[END_QUOTE] = 6, [END_CALL] = 6,    [END_STOP] = 7,   [END_QUOTED_STOP] = 7
	};
	static const uint8_t start_group[16] = {
		[START_CAPITALS] = 1, [START_LETTER] = 1, [START_CAPITAL] = 1,
		[START_QUOTE] = 2,    [START_SMALL] = 3,  [START_INNER] = 3
	};
	static const uint8_t size[32] = { 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2,
					  3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 };

	return ((size[nword & 31] * 8u + end_group[ends & 15]) * 4 + start_group[starts & 15]) * 2 + marked +
	       (nword >= 32 ? (4u - size[nword & 31]) * 64 : 0);
}

/*
 * The anchor is the first stretch of the page that looks nearly as much like an
 * article as any. A unit is told what lies between it and the anchor: comments
 * and other articles stand behind a run of chrome.
 */
static void
anchors(struct page *g)
{
	COLUMN(LEXICAL);
	COLUMN(ANCHORNEG);
	COLUMN(ANCHORRUN);
	COLUMN(ANCHORLEX);
	COLUMN(ANCHORWORDS);
	const struct unit *unit = g->unit;
	const int32_t *score = g->score, *first = g->first;
	const size_t n = g->nunit;
	int64_t sum = 0, most = 0;
	size_t i, anchor = 0;
	int side;

	for (i = 0; i < n + 3; i++) {
		sum += i < n ? score[i] : 0;
		sum -= i >= 7 ? score[i - 7] : 0;
		most = sum > most ? sum : most;
	}
	sum = 0;
	for (i = 0; i < n + 3; i++) {
		sum += i < n ? score[i] : 0;
		sum -= i >= 7 ? score[i - 7] : 0;
		if (sum * 10 >= most * 6) {
			anchor = i >= 3 ? i - 3 : 0;
			break;
		}
	}
	if (anchor >= n)
		anchor = n > 0 ? n - 1 : 0;
	for (side = 0; side < 2; side++) {
		size_t neg = 0, run = 0, longest = 0, words = 0;
		uint8_t lex = 63;

		for (i = anchor; i < n; i = side == 1 ? i + 1 : i > 0 ? i - 1 : n) {
			const bool chrome = first[i] < 0;

			ANCHORNEG[i] = scan_bin(neg);
			ANCHORRUN[i] = scan_bin(longest);
			ANCHORLEX[i] = lex;
			ANCHORWORDS[i] = scan_bin_any(words);
			neg += chrome;
			run = chrome ? run + 1 : 0;
			longest = run > longest ? run : longest;
			words += chrome ? 0 : unit[i].nword;
			lex = LEXICAL[i] < lex ? LEXICAL[i] : lex;
		}
	}
}

/*
 * Two thirds of the units of a page of the web stand among others that are as surely
 * chrome, and half the articles alone are surely articles throughout.
 */
static bool
leave_open(struct page *g, bool all)
{
	enum { CHROME = -2500, BODY = 2000 }; /* in units of 1/1024 */
	const int32_t *score = g->score;
	bool any = false;
	size_t i, j;

	for (i = 0; i < g->nunit; i += 16) {
		const size_t end = least(g->nunit, i + 16);
		int32_t low = INT32_MAX, high = INT32_MIN;

		for (j = i; j < end; j++) {
			low = score[j] < low ? score[j] : low;
			high = score[j] > high ? score[j] : high;
		}
		g->open[i / 16] = all || (high >= CHROME && low <= BODY);
		any |= g->open[i / 16];
	}
	return any;
}

bool
page_second(struct page *g, bool all)
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
	COLUMN(ENDS);
	COLUMN(STARTS);
	struct unit *unit = g->unit;
	int32_t *first = g->first;
	int64_t *sums = g->sum; /* sums[i]: of the scores before i */
	const size_t n = g->nunit;
	struct {
		int64_t sum;
		uint32_t n;
		uint8_t bin, count;
	} style[STYLES];
	uint16_t used[STYLES + 1]; /* styles */
	struct divider by_body, by_more;
	uint64_t body = 0, nbody = 0, before = 0;
	size_t i, j, k, begin, end, last = 0, nused = 0;
	int64_t sum = 0;

	for (i = 0; i < n; i++)
		first[i] = g->score[i] > 6000 ? 6000 : g->score[i] < -6000 ? -6000 : g->score[i];
	if (!leave_open(g, all))
		return false;
	memset(style, 0, sizeof(style));
	for (i = 0; i < n; i++)
		g->total[unit[i].slot].sum = 0;
	for (i = 0; i < n; i++) {
		struct unit *u = &unit[i];
		int32_t s = first[i];
		unsigned is;

		sums[i] = sum;
		sum += s;
		u->style = (uint16_t)(is = style_of(u->nword, ENDS[i], STARTS[i], u->mark != 0));
		used[nused] = (uint16_t)is;
		nused += style[is].n++ == 0;
		style[is].sum += s;
		g->total[u->slot].sum += s;
		body += s > 0 ? u->nword : 0;
		nbody += s > 0;
		s = s > 2000 ? 2000 : s < -2000 ? -2000 : s;
		g->score[i] = s / 16 * (int32_t)least(u->nword + 3, 60);
	}
	sums[n] = sum;
	for (i = 0; i < nused; i++) {
		k = used[i];
		style[k].bin = style[k].n > 1 ? score_bin(quotient(style[k].sum, style[k].n)) : 63;
		style[k].count = scan_bin(style[k].n);
	}
	by_body = divider(body + (body == 0));
	by_more = divider(body + 1);
	page_run(g->score, n, &begin, &end);
	anchors(g);
	for (i = begin; i < end; i++)
		if (first[i] > 0 && unit[i].nword >= 8)
			count_unit(g, &unit[i]);
	g->count[PAGE_VOCAB] = 0;
	for (i = 0; i < n; i++) {
		const struct unit *u = &unit[i];
		const uint32_t like = g->slot[u->slot].n;
		uint64_t length;
		int prefix;
		const size_t from2 = i > 2 ? i - 2 : 0, to2 = least(n, i + 3), from15 = i > 15 ? i - 15 : 0,
			     to15 = least(n, i + 16);
		const int32_t s = first[i];
		const bool own = (unsigned)(s > 0) & (u->nword >= 8) & (i >= begin) & (i < end);

		SCORE[i] = mean_bin(s, 1);
		if (!g->open[i / 16]) {
			last = s > 0 ? i + 1 : last;
			before += u->nword & -(uint32_t)(s > 0);
			continue;
		}
		SCORE2[i] = mean_bin(sums[to2] - sums[from2], to2 - from2);
		SCORE15[i] = mean_bin(sums[to15] - sums[from15], to15 - from15);
		STYLE[i] = style[u->style].bin;
		STYLECOUNT[i] = style[u->style].count;
		prefix = score_bin(quotient(g->total[u->slot].sum - s, like - (like > 1)));
		PREFIXSCORE[i] = (uint8_t)(prefix | (63 & -(like < 2)));
		LASTBODY[i] = last == 0 ? 60 : scan_bin(i + 1 - last);
		last = s > 0 ? i + 1 : last;
		BODYBEFORE[i] = (uint8_t)(1 + divided(before * 61, by_body));
		before += u->nword & -(uint32_t)(s > 0);
		BODYSEGFAR[i] = i < begin  ? (uint8_t)(32 - scan_bin(begin - i) / 2)
				: i >= end ? (uint8_t)(32 + scan_bin(i - end + 1) / 2)
					   : 32;
		BODYVOCAB[i] = known_share(g, u, own);
		length = u->nword * 8 * nbody;
		BODYLIKE[i] = (uint8_t)(1 + (length >= 48 * (body + 1) ? 48 : divided(length, by_more)));
	}
	count_clear(g);
	last = n;
	for (i = n; i-- > 0;) {
		NEXTBODY[i] = last == n ? 60 : scan_bin(last - i - 1);
		last = first[i] > 0 ? i : last;
	}
	memcpy(FLOWSCORE, SCORE, n);
	for (i = 0; i < n; i = j) {
		int64_t s = 0, w = 0;
		bool more = unit[i].flows;

		j = i + 1;
		if (!more)
			continue;
		for (j = i; j < n && more; j++) {
			s += (int64_t)first[j] * (unit[j].nword + 1);
			w += unit[j].nword + 1;
			more = unit[j].flows;
		}
		memset(FLOWSCORE + i, score_bin(quotient(s, w)), j - i);
	}
	return true;
}

/* Sums by hash over the units: of words in units that score above zero, and of scores by word. */
static void
html_sums(struct page *g, const struct dom *d, int by, enum column share_to, enum column mean_to,
	  uint64_t body)
{
	uint8_t *to = page_column(g, (int)share_to), *mean = page_column(g, (int)mean_to);
	const struct divider by_body = divider(body + (body == 0));
	uint32_t last = 0, slot = 0;
	size_t i;

	slots_clear(g);
	for (i = 0; i < g->nunit; i++) {
		const struct segment *s = &d->segment[g->unit[i].line];
		const uint32_t key = by == 0 ? s->parent : by == 1 ? s->grand : s->path;
		const uint32_t w = g->unit[i].nword + 1;

		/* most often that of the unit before: a slot just written is slow to look for */
		if (i > 0 && key == last)
			g->slot[slot].n += w;
		else {
			slot = slot_add(g, last = key, w);
			if (g->slot[slot].n == w)
				g->total[slot] = (struct total){ 0, 0 };
		}
		g->unit[i].slot = slot;
		g->total[slot].sum += (int64_t)g->first[i] * w;
		g->total[slot].body += g->first[i] > 0 ? g->unit[i].nword : 0;
	}
	for (i = 0; i < g->nunit; i++) {
		const struct total *t = &g->total[g->unit[i].slot];
		const uint32_t w = g->unit[i].nword + 1, n = g->slot[g->unit[i].slot].n;

		to[i] = (uint8_t)(1 + divided(t->body * 61, by_body));
		mean[i] =
		    n > w ? score_bin(quotient(t->sum - (int64_t)g->first[i] * w, (int64_t)(n - w))) : 63;
	}
}

void
page_html(struct page *g, const struct dom *d, const signed char *weight)
{
	COLUMN(HSCORE);
	COLUMN(HSCORE2);
	COLUMN(HKIND);
	COLUMN(HLINK);
	COLUMN(HCLASS);
	COLUMN(HCLASSOWN);
	COLUMN(HPLACE);
	COLUMN(HCLASSMIN);
	COLUMN(HSAID);
	COLUMN(HSAIDALL);
	COLUMN(HABOUT);
	COLUMN(HNEAR);
	COLUMN(HAUTHOR);
	COLUMN(HARTICLE);
	COLUMN(HLIST);
	COLUMN(HDEPTH);
	const size_t n = g->nunit;
	uint64_t body = 0;
	int64_t sum = 0;
	size_t i, k;

	for (i = 0; i < n; i++) {
		int32_t s = g->score[i];

		g->first[i] = s = s > 8000 ? 8000 : s < -8000 ? -8000 : s;
		g->sum[i] = sum;
		sum += s;
		if (s > 0)
			body += g->unit[i].nword;
	}
	g->sum[n] = sum;
	for (i = 0; i < n; i++) {
		const struct segment *s = &d->segment[g->unit[i].line];
		int32_t all = 0, own = 0, worst = 127;
		uint32_t t = s->tags;

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
		HCLASS[i] = (uint8_t)(all < 1 ? 1 : all > 63 ? 63 : all);
		HCLASSOWN[i] = (uint8_t)(own < 1 ? 1 : own > 63 ? 63 : own);
		HCLASSMIN[i] = (uint8_t)(s->ntoken == 0 ? 63 : 32 + worst / 5);
		HSCORE[i] = score_bin(g->first[i]);
		HSCORE2[i] = mean_bin(g->sum[least(n, i + 3)] - g->sum[i > 2 ? i - 2 : 0],
				      least(n, i + 3) - (i > 2 ? i - 2 : 0));
		HKIND[i] = (uint8_t)(t & KIND_MASK);
		HLINK[i] = share(least(s->linked, s->to - s->from), s->to - s->from);
		HPLACE[i] = t & TAG_HIDDEN	? 1
			    : t & TAG_IN_NAV	? 2
			    : t & TAG_IN_FORM	? 3
			    : t & TAG_IN_FOOTER ? 4
			    : t & TAG_IN_ASIDE	? 5
			    : t & TAG_IN_FIGURE ? 6
			    : t & TAG_IN_HEADER ? 7
			    : t & TAG_IN_TIME	? 8
						: 9;
		HABOUT[i] = (uint8_t)(s->about != 0 ? 1 + __builtin_ctz(s->about) : 12);
		HNEAR[i] = (uint8_t)(s->near != 0 ? 1 + __builtin_ctz(s->near) : t & TAG_BODY ? 13 : 12);
		HAUTHOR[i] = (uint8_t)(1 + ((s->about & CLASS_CAPTION) != 0 ? 1 : 0) +
				       ((s->about & CLASS_AUTHOR) != 0 ? 2 : 0) +
				       ((s->about & CLASS_LEAD) != 0 ? 4 : 0));
		HARTICLE[i] = s->narticle > 1	   ? 1
			      : t & TAG_BODY	   ? 6
			      : t & TAG_IN_ARTICLE ? (t & TAG_IN_MAIN ? 5 : 4)
			      : t & TAG_IN_MAIN	   ? 3
						   : 2;
		HLIST[i] = t & TAG_IN_TABLE ? 1 : t & TAG_IN_LIST ? 2 : t & TAG_IN_QUOTE ? 3 : 4;
		HDEPTH[i] = (uint8_t)(1 + s->depth);
	}
	memset(HSAID, 1, n);
	memset(HSAIDALL, 1, n);
	if (d->body.n > 0) {
		uint64_t in = 0, of = 0;

		for (i = 0; i < n; i++) {
			unsigned known, all = dom_known(d,
							(struct span){ g->text + g->unit[i].from,
								       g->unit[i].to - g->unit[i].from },
							&known);

			HSAID[i] = (uint8_t)(all == 0 ? 20 : 2 + known * 40 / all + (known * 40 / all == 18));
			if (g->first[i] > 0) {
				in += known;
				of += all;
			}
		}
		memset(HSAIDALL, of == 0 ? 2 : (int)(2 + in * 40 / of), n);
	}
	html_sums(g, d, 0, COL_HPARENT, COL_HPARENTMEAN, body);
	html_sums(g, d, 1, COL_HGRAND, COL_HGRANDMEAN, body);
	html_sums(g, d, 2, COL_HPATH, COL_HPATHMEAN, body);
}
