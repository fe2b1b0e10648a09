/* SPDX-License-Identifier: ISC */
/*
 * The model's bytes: "chrome2\n", the columns of a pass (two bytes), zero (two
 * bytes), function words (PAGE_TOKENS / 8), phrases (PHRASE_SLOTS of five), weights (PAGE_TOKENS), class words
 * (DOM_TOKENS), usual values (COL_COUNT), and for each pass: bias (4), trees (2), depth (2), the trees. Numbers are
 * low byte first.
 */
#include "model.h"

#include <stdlib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static unsigned
number(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

size_t
model_tree_bytes(unsigned depth)
{
	return (size_t)depth * MODEL_SPLIT + ((size_t)2 << depth);
}

bool
model_open(struct model *m, const unsigned char *p, size_t n)
{
	const unsigned char *end = p + n;
	size_t i;

	if (n < 12 + PAGE_TOKENS / 8 + 5 * PHRASE_SLOTS + PAGE_TOKENS + DOM_TOKENS + COL_COUNT ||
	    memcmp(p, "chrome2\n", 8) != 0 || number(p + 8) != COL_COUNT)
		return false;
	p += 12;
	m->stop = p;
	p += PAGE_TOKENS / 8;
	m->phrase = p;
	p += 5 * PHRASE_SLOTS;
	m->lexical = (const signed char *)p;
	p += PAGE_TOKENS;
	m->class_word = (const signed char *)p;
	p += DOM_TOKENS;
	m->usual = p;
	p += COL_COUNT;
	for (i = 0; i < PASSES; i++) {
		if (end - p < 8)
			return false;
		m->pass[i].bias = (int32_t)(number(p) | number(p + 2) << 16);
		m->pass[i].ntree = number(p + 4);
		m->pass[i].depth = number(p + 6);
		m->pass[i].tree = p + 8;
		p += 8;
		if (m->pass[i].depth > MODEL_DEPTH || m->pass[i].ntree > MODEL_TREES ||
		    (size_t)(end - p) < m->pass[i].ntree * model_tree_bytes(m->pass[i].depth))
			return false;
		p += m->pass[i].ntree * model_tree_bytes(m->pass[i].depth);
	}
	return true;
}

static int32_t
leaf_value(const unsigned char *p)
{
	return (int16_t)number(p);
}

int32_t
model_score_one(const struct pass *s, const struct page *g, size_t row)
{
	const unsigned char *p = s->tree;
	int32_t score = 0;
	unsigned t, d, leaf;

	for (t = 0; t < s->ntree; t++, p += model_tree_bytes(s->depth)) {
		for (leaf = d = 0; d < s->depth; d++) {
			const unsigned char *q = p + d * MODEL_SPLIT;

			leaf |= (unsigned)(page_column(g, q[0])[(ptrdiff_t)row + q[1] - 64] >= q[2]) << d;
		}
		score += leaf_value(p + s->depth * MODEL_SPLIT + 2 * leaf);
		score = score > INT16_MAX ? INT16_MAX : score < INT16_MIN ? INT16_MIN : score;
	}
	return s->bias + score;
}

#ifdef __SSE2__
/*
 * Sixteen units by one tree: the answers are compared as vectors, and a question
 * costs six instructions. Sums are of 16 bits, which no score leaves (a leaf is
 * some hundreds at most), saturating all the same. This machine's order of bytes is the model's.
 */
struct question {
	const uint8_t *column;
	uint32_t least; /* four times */
};

static inline __m128i
answers(const struct question *q, size_t row, unsigned depth)
{
	__m128i bits = _mm_setzero_si128(), x;
	unsigned d;

#pragma GCC unroll 8
	for (d = 0; d < depth; d++) {
		x = _mm_loadu_si128((const __m128i *)(const void *)(q[d].column + row));
		x = _mm_cmpeq_epi8(_mm_max_epu8(x, _mm_shuffle_epi32(_mm_cvtsi32_si128((int)q[d].least), 0)),
				   x);
		bits = _mm_or_si128(bits, _mm_and_si128(x, _mm_set1_epi8((char)(1 << d))));
	}
	return bits;
}

static inline int
leaf_at(const unsigned char *leaf, unsigned i)
{
	int16_t v;

	memcpy(&v, leaf + (size_t)2 * i, sizeof(v));
	return v;
}

static inline __m128i
leaves(const unsigned char *leaf, const unsigned char *at)
{
	__m128i v = _mm_cvtsi32_si128(leaf_at(leaf, at[0]));

	v = _mm_insert_epi16(v, leaf_at(leaf, at[1]), 1);
	v = _mm_insert_epi16(v, leaf_at(leaf, at[2]), 2);
	v = _mm_insert_epi16(v, leaf_at(leaf, at[3]), 3);
	v = _mm_insert_epi16(v, leaf_at(leaf, at[4]), 4);
	v = _mm_insert_epi16(v, leaf_at(leaf, at[5]), 5);
	v = _mm_insert_epi16(v, leaf_at(leaf, at[6]), 6);
	return _mm_insert_epi16(v, leaf_at(leaf, at[7]), 7);
}

static inline void
score_block(const struct pass *s, const struct question *q, size_t row, size_t n, int32_t *score,
	    unsigned depth)
{
	const unsigned char *leaf = s->tree + depth * MODEL_SPLIT;
	const size_t size = model_tree_bytes(depth);
	__m128i low = _mm_setzero_si128(), high = low;
	unsigned char at[16];
	int16_t sum[16];
	unsigned t;
	size_t k;

	for (t = 0; t < s->ntree; t++, q += depth, leaf += size) {
		_mm_storeu_si128((__m128i *)(void *)at, answers(q, row, depth));
		low = _mm_adds_epi16(low, leaves(leaf, at));
		if (n > 8)
			high = _mm_adds_epi16(high, leaves(leaf, at + 8));
	}
	_mm_storeu_si128((__m128i *)(void *)sum, low);
	_mm_storeu_si128((__m128i *)(void *)(sum + 8), high);
	for (k = 0; k < n; k++)
		score[k] += s->bias + sum[k];
}
#endif

void
model_score(const struct pass *s, struct page *g)
{
	size_t row;
#ifdef __SSE2__
	struct question question[MODEL_TREES * MODEL_DEPTH];
	const unsigned char *p = s->tree;
	unsigned t, d, n = 0;

	for (t = 0; t < s->ntree; t++, p += (size_t)2 << s->depth)
		for (d = 0; d < s->depth; d++, n++, p += MODEL_SPLIT) {
			question[n].column = page_column(g, p[0]) + (ptrdiff_t)p[1] - 64;
			question[n].least = p[2] * 0x01010101u;
		}
	for (row = 0; row < g->nunit; row += 16) {
		const size_t left = g->nunit - row < 16 ? g->nunit - row : 16;

		if (s->depth == 6)
			score_block(s, question, row, left, g->score + row, 6);
		else if (s->depth == 3)
			score_block(s, question, row, left, g->score + row, 3);
		else
			score_block(s, question, row, left, g->score + row, s->depth);
	}
#else
	for (row = 0; row < g->nunit; row++)
		g->score[row] += model_score_one(s, g, row);
#endif
}

void
model_judge(const struct model *m, struct page *g, const struct dom *dom)
{
	page_scan(g, m->stop, m->phrase);
	page_context(g);
	page_lexical(g, m->lexical);
	memset(g->score, 0, g->nunit * sizeof(*g->score));
	model_score(&m->pass[0], g);
	page_second(g);
	memcpy(g->score, g->first, g->nunit * sizeof(*g->score));
	model_score(&m->pass[1], g);
	if (dom != NULL) {
		page_html(g, dom, m->class_word);
		memcpy(g->score, g->first, g->nunit * sizeof(*g->score));
		model_score(&m->pass[2], g);
	}
}

static int32_t
all_passes(const struct model *m, const struct page *g, size_t row, bool html)
{
	int32_t s = model_score_one(&m->pass[0], g, row) + model_score_one(&m->pass[1], g, row);

	return html ? s + model_score_one(&m->pass[2], g, row) : s;
}

size_t
model_reasons(const struct model *m, struct page *g, size_t row, bool html, struct reason reason[REASONS])
{
	struct reason r;
	size_t n = 0, i;
	int c;

	for (c = 0; c < COL_COUNT; c++) {
		uint8_t *at = &page_column(g, c)[row], was = *at;

		r.column = c;
		r.weight = all_passes(m, g, row, html);
		*at = m->usual[c];
		r.weight -= all_passes(m, g, row, html);
		*at = was;
		if (r.weight == 0)
			continue;
		for (i = n < REASONS ? n++ : REASONS; i > 0; i--) {
			if (i < n && abs(reason[i - 1].weight) < abs(r.weight) && i < REASONS)
				reason[i] = reason[i - 1];
			else if (abs(reason[i - 1].weight) >= abs(r.weight))
				break;
		}
		if (i < REASONS)
			reason[i] = r;
	}
	return n;
}
