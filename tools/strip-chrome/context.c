/* SPDX-License-Identifier: ISC */
/*
 * The columns that a unit has from the page around it: of its neighbours, of
 * all the page, and, in the second pass, of the first pass's scores.
 */
#include <stdlib.h>

#include "dom.h"
#include "page.h"
#include "scan.h"

#define COLUMN(c) uint8_t *c = page_column(g, COL_##c)

const char *const column_name[COL_COUNT] = {
#define X(name, text) text,
	PAGE_COLUMNS(X)
#undef X
};

static uint8_t
share(uint64_t n, uint64_t of)
{
	if (of == 0)
		return 1;
	if (of < UINT32_MAX / 64 && n < UINT32_MAX / 64) /* divisions of 32 bits are quicker */
		return (uint8_t)(1 + (uint32_t)n * 61 / (uint32_t)of);
	return (uint8_t)(1 + n * 61 / of);
}

static size_t
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
	uint32_t n;
	int64_t sum;
	uint64_t body;
};

static struct slot *
slot_of(struct page *g, uint32_t hash)
{
	size_t i = (size_t)((uint64_t)(hash * 0x9E3779B1u) * g->nslot >> 32);
	unsigned tries;

	for (tries = 0; tries < 8; tries++, i++)
		if (g->slot[i].n == 0 || g->slot[i].hash == hash) {
			g->slot[i].hash = hash;
			return &g->slot[i];
		}
	return &g->slot[i - 1];
}

static void
slots_clear(struct page *g)
{
	g->nslot = g->nunit * 2 + 16;
	if (g->nslot + 8 > g->slot_cap) {
		g->slot_cap = 2 * (g->nslot + 8);
		g->slot = mem_array(g->slot, g->slot_cap, sizeof(*g->slot));
	}
	memset(g->slot, 0, (g->nslot + 8) * sizeof(*g->slot));
}

void
page_run(const int32_t *v, size_t n, size_t *begin, size_t *end)
{
	int64_t best = 0, here = 0;
	size_t i, from = 0;

	*begin = *end = 0;
	for (i = 0; i < n; i++) {
		if (here <= 0) {
			here = 0;
			from = i;
		}
		here += v[i];
		if (here > best) {
			best = here;
			*begin = from;
			*end = i + 1;
		}
	}
}

/* Does the sentence of unit i go on in the next one? */
static bool
flows_on(const struct page *g, size_t i)
{
	const uint8_t ends = page_column(g, COL_ENDS)[i], starts = page_column(g, COL_STARTS)[i + 1];

	if (ends >= 12 && ends != 11)
		return false;
	if (starts >= 11 && g->unit[i + 1].mark == 0)
		return true;
	return (ends == 5 || ends == 10) && g->unit[i].nword >= 6 && page_column(g, COL_NSTOP)[i] > 2 &&
	       g->unit[i + 1].mark == 0;
}

/* Words of good units, summed up: sum[i] is of those before i. */
static uint64_t
good_words(const struct page *g, size_t i, size_t before, size_t after)
{
	size_t from = i > before ? i - before : 0, to = least(g->nunit, i + after + 1);

	return (uint64_t)(g->sum[to] - g->sum[from]);
}

/* The greatest of the neighbours within 4, or the least; the unit itself is none. */
static uint8_t
near_most(const uint8_t *c, bool least_of)
{
	uint8_t best = least_of ? 63 : 0;
	int k;

	for (k = -4; k <= 4; k++)
		if (k != 0 && c[k] != 0 && (least_of ? c[k] < best : c[k] > best))
			best = c[k];
	return best;
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
	COLUMN(REPEAT);
	COLUMN(REPEATMAX);
	COLUMN(DIGITSHORT);
	unsigned dates = 0;
	uint64_t all = 0, end = 0, caps = 0;
	size_t i;

	for (i = 0; i < g->nunit + 8; i++) {
		if (i < g->nunit) {
			all += g->unit[i].nword;
			end += ENDS[i] >= 11 ? g->unit[i].nword : 0;
			caps += (uint64_t)(TITLE[i] - 1) * g->unit[i].nword;
		}
		if (i < g->nunit && g->unit[i].nword <= 6 && DIGITS[i] > 1)
			dates++;
		if (i >= 17 && g->unit[i - 17].nword <= 6 && DIGITS[i - 17] > 1)
			dates--;
		if (i >= 17) {
			all -= g->unit[i - 17].nword;
			end -= ENDS[i - 17] >= 11 ? g->unit[i - 17].nword : 0;
			caps -= (uint64_t)(TITLE[i - 17] - 1) * g->unit[i - 17].nword;
		}
		if (i >= 8) {
			ENDSHARE[i - 8] = share(end, all);
			DIGITSHORT[i - 8] = (uint8_t)(1 + dates);
			CAPSHARE[i - 8] = (uint8_t)(all == 0 ? 1 : 1 + caps / all);
			REPEATMAX[i - 8] = near_most(REPEAT + i - 8, false);
		}
	}
}

void
page_context(struct page *g)
{
	COLUMN(FLOW);
	COLUMN(FLOWWORDS);
	COLUMN(FLOWEND);
	COLUMN(GAP);
	COLUMN(REPEAT);
	COLUMN(OVERLAP);
	COLUMN(PREFIX);
	COLUMN(FIRST);
	COLUMN(PLACE);
	COLUMN(WORDPLACE);
	COLUMN(FROMSTART);
	COLUMN(FROMEND);
	COLUMN(PAGEUNITS);
	COLUMN(PAGELONG);
	COLUMN(PAGEMEAN);
	COLUMN(PAGEWRAP);
	COLUMN(GOOD3);
	COLUMN(GOOD10);
	COLUMN(GOODBEFORE);
	COLUMN(GOODAFTER);
	COLUMN(LASTGOOD);
	COLUMN(NEXTGOOD);
	COLUMN(SEGMENT);
	COLUMN(SEGBEFORE);
	COLUMN(SEGAFTER);
	COLUMN(SHORTRUN);
	COLUMN(REPLIES);
	const size_t n = g->nunit;
	uint8_t first[4096 / 8] = { 0 };
	uint64_t total = 0, good = 0, words;
	size_t i, j, k, begin, end, last, replies;
	struct unit *u;

	memset(g->count, 0, sizeof(g->count));
	slots_clear(g);
	for (i = 0; i < n; i++) {
		u = &g->unit[i];
		total += u->nword;
		g->sum[i] = (int64_t)good;
		if (u->good) {
			good += u->nword;
			for (k = 0; k < u->nvocab; k++)
				if (g->count[g->vocab[u->vocab + k]] < 60000)
					g->count[g->vocab[u->vocab + k]]++;
		}
		slot_of(g, u->hash)->n++;
		g->score[i] = u->good ? (int32_t)least(u->nword, 100) : -8 - (u->nword < 4);
	}
	g->sum[n] = (int64_t)good;
	page_run(g->score, n, &begin, &end);
	for (i = 0; i < n; i++)
		REPEAT[i] = (uint8_t)least(slot_of(g, g->unit[i].hash)->n, 12);
	slots_clear(g);
	for (i = 0; i < n; i++)
		slot_of(g, g->unit[i].prefix)->n++;
	for (i = 0; i < n; i++)
		PREFIX[i] = scan_bin(slot_of(g, g->unit[i].prefix)->n);
	if (n > 0)
		for (k = 0; k < g->unit[0].nvocab; k++)
			first[g->vocab[k] >> 3] |= (uint8_t)(1 << (g->vocab[k] & 7));

	memset(PAGEUNITS, scan_bin(n), n);
	memset(PAGELONG, share(good, total), n);
	memset(PAGEMEAN, n > 0 ? scan_bin(total / n) : 0, n);
	memset(PAGEWRAP, 1 + g->wrapped, n);
	replies = 1;
	words = 0;
	last = 0;
	for (i = 0; i < n; i++) {
		unsigned known = 0, titled = 0;

		u = &g->unit[i];
		/* comments are announced above: behind how many words of long lines */
		if (u->replies)
			replies = 2 + least((size_t)g->sum[i] / 20, 40);
		REPLIES[i] = (uint8_t)replies;
		for (k = 0; k < u->nvocab; k++) {
			uint16_t t = g->vocab[u->vocab + k];

			known += g->count[t] > u->good;
			titled += first[t >> 3] >> (t & 7) & 1;
		}
		OVERLAP[i] = share(known, u->nvocab);
		FIRST[i] = i == 0 ? 63 : share(titled, u->nvocab);
		j = i == 0 ? 0 : g->unit[i - 1].line + g->unit[i - 1].nline;
		GAP[i] = (uint8_t)(1 + least(u->line - j, 4));
		PLACE[i] = share(i, n);
		WORDPLACE[i] = share(words, total);
		words += u->nword;
		FROMSTART[i] = scan_bin(i);
		FROMEND[i] = scan_bin(n - 1 - i);
		GOOD3[i] = scan_bin(good_words(g, i, 3, 3) - (u->good ? u->nword : 0));
		GOOD10[i] = scan_bin(good_words(g, i, 10, 10) - (u->good ? u->nword : 0));
		GOODBEFORE[i] = scan_bin(good_words(g, i, 6, 0) - (u->good ? u->nword : 0));
		GOODAFTER[i] = scan_bin(good_words(g, i, 0, 6) - (u->good ? u->nword : 0));
		if (i > 0 && g->unit[i - 1].good)
			last = i;
		LASTGOOD[i] = last == 0 ? 60 : scan_bin(i - last);
		SEGMENT[i] = (uint8_t)(1 + (i >= begin && i < end));
		SEGBEFORE[i] = i < begin ? scan_bin(begin - i) : 1;
		SEGAFTER[i] = i >= end ? scan_bin(i - end + 1) : 1;
	}
	near_shares(g);
	last = n;
	for (i = n; i-- > 0;) {
		NEXTGOOD[i] = last == n ? 60 : scan_bin(last - i - 1);
		if (g->unit[i].good)
			last = i;
	}
	/* runs of short units, and of units that flow into each other */
	for (i = 0; i < n; i = j) {
		for (j = i; j < n && g->unit[j].nword <= 6; j++)
			;
		for (k = i; k < j; k++)
			SHORTRUN[k] = scan_bin(j - i);
		if (j == i)
			SHORTRUN[j++] = 1;
	}
	for (i = 0; i < n; i = j) {
		words = g->unit[i].nword;
		for (j = i + 1; j < n && flows_on(g, j - 1); j++)
			words += g->unit[j].nword;
		for (k = i; k < j; k++) {
			g->unit[k].flows = k + 1 < j;
			FLOW[k] = (uint8_t)(1 + (k > i) + 2 * (k + 1 < j));
			FLOWWORDS[k] = scan_bin(words);
			FLOWEND[k] = page_column(g, COL_ENDS)[j - 1];
		}
	}
}

void
page_lexical(struct page *g, const signed char *weight)
{
	/* 4096 / sqrt(n) */
	static const uint16_t root[40] = { 4096, 4096, 2896, 2365, 2048, 1832, 1672, 1548, 1448, 1365,
					   1295, 1235, 1182, 1136, 1095, 1058, 1024, 993,  965,	 940,
					   916,	 894,  873,  854,  836,	 819,  803,  788,  774,	 761,
					   748,	 736,  724,  713,  702,	 692,  683,  673,  664,	 656 };
	COLUMN(LEXICAL);
	COLUMN(LEXMEAN);
	COLUMN(LEXMIN);
	const size_t n = g->nunit;
	size_t i, k;
	int64_t sum = 0;

	for (i = 0; i < n; i++) {
		const struct unit *u = &g->unit[i];
		int32_t s = 0;

		for (k = 0; k < u->nlexical; k++)
			s += weight[g->token[u->lexical + k]];
		s = s * root[u->nlexical] / 4096;
		s = 32 + s / 4;
		LEXICAL[i] = (uint8_t)(s < 1 ? 1 : s > 63 ? 63 : s);
		g->sum[i] = sum;
		sum += LEXICAL[i];
	}
	g->sum[n] = sum;
	for (i = 0; i < n; i++) {
		size_t from = i > 5 ? i - 5 : 0, to = least(n, i + 6);

		LEXMIN[i] = near_most(LEXICAL + i, true);
		LEXMEAN[i] = (uint8_t)((g->sum[to] - g->sum[from]) / (int64_t)(to - from));
	}
}

/* A score in 1..63. */
static uint8_t
score_bin(int64_t s)
{
	s = 32 + (s >= 0 ? s / 192 : -(-s / 192));
	return (uint8_t)(s < 1 ? 1 : s > 62 ? 62 : s);
}

static unsigned
style_of(const struct page *g, size_t i)
{
	static const uint8_t end_group[16] = { 0, 0, 0, 1, 1, 2, 3, 4, 5, 5, 5, 6, 6, 7, 7, 7 };
	static const uint8_t start_group[13] = { 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 3 };
	uint32_t w = g->unit[i].nword;
	unsigned size = w < 4 ? 0 : w < 9 ? 1 : w < 16 ? 2 : w < 32 ? 3 : 4;

	return ((size * 8 + end_group[page_column(g, COL_ENDS)[i] & 15]) * 4 +
		start_group[page_column(g, COL_STARTS)[i] % 13]) *
		   2 +
	       (g->unit[i].mark != 0);
}

static int64_t
mean_score(const struct page *g, size_t from, size_t to)
{
	/* some scores of 8000 at most: 32 bits hold them */
	return to > from ? (int32_t)(g->sum[to] - g->sum[from]) / (int32_t)(to - from) : -3000;
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
	COLUMN(ANCHORSIDE);
	COLUMN(ANCHORNEG);
	COLUMN(ANCHORRUN);
	COLUMN(ANCHORLEX);
	COLUMN(ANCHORWORDS);
	const size_t n = g->nunit;
	int64_t sum = 0, most = 0;
	size_t i, anchor = 0;
	int side;

	for (i = 0; i < n + 3; i++) {
		sum += i < n ? g->score[i] : 0;
		sum -= i >= 7 ? g->score[i - 7] : 0;
		if (sum > most)
			most = sum;
	}
	sum = 0;
	for (i = 0; i < n + 3; i++) {
		sum += i < n ? g->score[i] : 0;
		sum -= i >= 7 ? g->score[i - 7] : 0;
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
			ANCHORSIDE[i] = (uint8_t)(1 + side);
			ANCHORNEG[i] = scan_bin(neg);
			ANCHORRUN[i] = scan_bin(longest);
			ANCHORLEX[i] = lex;
			ANCHORWORDS[i] = scan_bin(words);
			if (g->first[i] < 0) {
				neg++;
				if (++run > longest)
					longest = run;
			} else {
				run = 0;
				words += g->unit[i].nword;
			}
			if (LEXICAL[i] < lex)
				lex = LEXICAL[i];
		}
	}
}

void
page_second(struct page *g)
{
	COLUMN(SCORE);
	COLUMN(SCORE2);
	COLUMN(SCORE6);
	COLUMN(SCORE15);
	COLUMN(SCOREBEFORE);
	COLUMN(SCOREAFTER);
	COLUMN(STYLE);
	COLUMN(STYLECOUNT);
	COLUMN(PREFIXSCORE);
	COLUMN(LASTBODY);
	COLUMN(NEXTBODY);
	COLUMN(BODYBEFORE);
	COLUMN(BODYAFTER);
	COLUMN(BODYSEG);
	COLUMN(BODYSEGFAR);
	COLUMN(BODYVOCAB);
	COLUMN(BODYTOTAL);
	COLUMN(BODYLIKE);
	COLUMN(FLOWSCORE);
	const size_t n = g->nunit;
	struct {
		int64_t sum;
		uint32_t n;
	} style[320];
	uint64_t body = 0, nbody = 0, before = 0;
	size_t i, j, k, begin, end, last;
	int64_t sum = 0;

	memset(style, 0, sizeof(style));
	memset(g->count, 0, sizeof(g->count));
	memcpy(g->first, g->score, n * sizeof(*g->first));
	slots_clear(g);
	for (i = 0; i < n; i++) {
		const struct unit *u = &g->unit[i];
		int32_t s = g->first[i];
		struct slot *slot;
		unsigned is;

		s = s > 6000 ? 6000 : s < -6000 ? -6000 : s;
		g->first[i] = s;
		g->sum[i] = sum;
		sum += s;
		is = style_of(g, i);
		style[is].sum += s;
		style[is].n++;
		slot = slot_of(g, u->prefix);
		slot->n++;
		slot->sum += s;
		if (s > 0) {
			body += u->nword;
			nbody++;
		}
		g->score[i] = (int32_t)((s > 2000    ? 2000
					 : s < -2000 ? -2000
						     : s) /
					16 * (int32_t)least(u->nword + 3, 60));
	}
	g->sum[n] = sum;
	page_run(g->score, n, &begin, &end);
	anchors(g);
	memset(BODYTOTAL, scan_bin(body), n);
	for (i = begin; i < end; i++)
		if (g->first[i] > 0 && g->unit[i].nword >= 8)
			for (k = 0; k < g->unit[i].nvocab; k++)
				if (g->count[g->vocab[g->unit[i].vocab + k]] < 60000)
					g->count[g->vocab[g->unit[i].vocab + k]]++;
	last = 0;
	for (i = 0; i < n; i++) {
		const struct unit *u = &g->unit[i];
		const struct slot *slot = slot_of(g, u->prefix);
		unsigned is = style_of(g, i), known = 0;
		int32_t s = g->first[i];
		bool own = s > 0 && u->nword >= 8 && i >= begin && i < end;

		SCORE[i] = score_bin(s);
		SCORE2[i] = score_bin(mean_score(g, i > 2 ? i - 2 : 0, least(n, i + 3)));
		SCORE6[i] = score_bin(mean_score(g, i > 6 ? i - 6 : 0, least(n, i + 7)));
		SCORE15[i] = score_bin(mean_score(g, i > 15 ? i - 15 : 0, least(n, i + 16)));
		SCOREBEFORE[i] = score_bin(mean_score(g, i > 5 ? i - 5 : 0, i));
		SCOREAFTER[i] = score_bin(mean_score(g, i + 1, least(n, i + 6)));
		STYLE[i] = style[is].n > 1 ? score_bin((style[is].sum - s) / (style[is].n - 1)) : 63;
		STYLECOUNT[i] = scan_bin(style[is].n);
		PREFIXSCORE[i] = slot->n > 1 ? score_bin((slot->sum - s) / (int64_t)(slot->n - 1)) : 63;
		if (i > 0 && g->first[i - 1] > 0)
			last = i;
		LASTBODY[i] = last == 0 ? 60 : scan_bin(i - last);
		BODYBEFORE[i] = share(before, body);
		if (s > 0)
			before += u->nword;
		BODYAFTER[i] = share(body - before, body);
		BODYSEG[i] = (uint8_t)(1 + (i >= begin && i < end));
		BODYSEGFAR[i] = i < begin  ? (uint8_t)(32 - scan_bin(begin - i) / 2)
				: i >= end ? (uint8_t)(32 + scan_bin(i - end + 1) / 2)
					   : 32;
		for (k = 0; k < u->nvocab; k++)
			known += g->count[g->vocab[u->vocab + k]] > own;
		BODYVOCAB[i] = share(known, u->nvocab);
		BODYLIKE[i] =
		    (uint8_t)(nbody == 0 ? 1 : 1 + least((size_t)(u->nword * 8 * nbody / (body + 1)), 48));
	}
	last = n;
	for (i = n; i-- > 0;) {
		NEXTBODY[i] = last == n ? 60 : scan_bin(last - i - 1);
		if (g->first[i] > 0)
			last = i;
	}
	for (i = 0; i < n; i = j) {
		int64_t s = 0, w = 0;

		for (j = i; j < n; j++) {
			s += (int64_t)g->first[j] * (g->unit[j].nword + 1);
			w += g->unit[j].nword + 1;
			if (!g->unit[j].flows) {
				j++;
				break;
			}
		}
		for (k = i; k < j; k++)
			FLOWSCORE[k] = score_bin(s / w);
	}
}

/* Sums by hash over the units: of words in units that score above zero, and of scores by word. */
static void
html_sums(struct page *g, const struct dom *d, int by, enum column share_to, enum column mean_to,
	  uint64_t body)
{
	uint8_t *to = page_column(g, (int)share_to), *mean = page_column(g, (int)mean_to);
	size_t i;

	slots_clear(g);
	for (i = 0; i < g->nunit; i++) {
		const struct segment *s = &d->segment[g->unit[i].line];
		struct slot *slot = slot_of(g, by == 0 ? s->parent : by == 1 ? s->grand : s->path);
		uint32_t w = g->unit[i].nword + 1;

		slot->n += w;
		slot->sum += (int64_t)g->first[i] * w;
		slot->body += g->first[i] > 0 ? g->unit[i].nword : 0;
	}
	for (i = 0; i < g->nunit; i++) {
		const struct segment *s = &d->segment[g->unit[i].line];
		const struct slot *slot = slot_of(g, by == 0 ? s->parent : by == 1 ? s->grand : s->path);
		uint32_t w = g->unit[i].nword + 1;

		to[i] = share(slot->body, body);
		mean[i] = slot->n > w
			      ? score_bin((slot->sum - (int64_t)g->first[i] * w) / (int64_t)(slot->n - w))
			      : 63;
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
		HSCORE2[i] = score_bin(mean_score(g, i > 2 ? i - 2 : 0, least(n, i + 3)));
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
