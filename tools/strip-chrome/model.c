/* SPDX-License-Identifier: ISC */
/*
 * The model's bytes: "chrome3\n", the columns of a pass (two bytes), zero (two bytes), phrases
 * (PHRASE_SLOTS of five), words (PAGE_TOKENS), class words (DOM_TOKENS), usual values (COL_COUNT),
 * and for each pass: bias (4), trees (2), the trees. Numbers are low byte first.
 */
#include "model.h"

#include <stdlib.h>

#include "vec.h"

/*
 * GCC and Clang compile a function for more than the base of x86-64, to be called where the
 * processor has it.
 */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(VEC_PLAIN)
#define PASS_VECTORS __attribute__((target("ssse3")))
#endif

/*
 * Two trees side by side: what is asked and what is answered, each sixteen times, one for each unit
 * of a block. It is asked whether a threshold is above: so the columns need not be loaded first,
 * and the leaves stand the other way round.
 */
struct pair {
	uint8_t least[MODEL_DEPTH][2][16]; /* thresholds: by question, of either tree */
	int8_t leaf[2][MODEL_LEAVES];	   /* the last one first */
	uint8_t scale[16];		   /* of the one, of the other, in turn */
};

static unsigned
number(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

size_t
pass_open(struct pass *s, const unsigned char *p, size_t n)
{
	static unsigned opened;
	unsigned t, q, i;

	if (n < MODEL_HEAD)
		return 0;
	s->number = ++opened;
	s->bias = (int32_t)(number(p) | number(p + 2) << 16);
	s->ntree = number(p + 4);
	s->tree = p += MODEL_HEAD;
	s->pair = NULL;
	if (s->ntree > MODEL_TREES || s->ntree % 2 != 0 || (n - MODEL_HEAD) / MODEL_TREE < s->ntree)
		return 0;
	for (t = 0; t < s->ntree; t++) {
		for (q = 0; q < MODEL_DEPTH; q++)
			if (p[t * MODEL_TREE + q * MODEL_QUESTION] >= COL_COUNT ||
			    (unsigned)(p[t * MODEL_TREE + q * MODEL_QUESTION + 1] - 64 + PAGE_PAD) >
				2 * PAGE_PAD)
				return 0;
		if (p[t * MODEL_TREE + MODEL_DEPTH * MODEL_QUESTION] > 127)
			return 0;
	}
	s->pair = mem_array(NULL, s->ntree / 2 + 1, sizeof(*s->pair));
	for (t = 0; t < s->ntree; t++, p += MODEL_TREE) {
		struct pair *two = &s->pair[t / 2];
		const unsigned char *leaf = p + MODEL_DEPTH * MODEL_QUESTION;

		for (q = 0; q < MODEL_DEPTH; q++)
			memset(two->least[q][t % 2], p[q * MODEL_QUESTION + 2], 16);
		for (i = 0; i < 8; i++)
			two->scale[2 * i + t % 2] = *leaf;
		for (i = 0; i < MODEL_LEAVES; i++)
			two->leaf[t % 2][i] = (int8_t)leaf[MODEL_LEAVES - i];
	}
	return MODEL_HEAD + (size_t)s->ntree * MODEL_TREE;
}

void
pass_close(struct pass *s)
{
	free(s->pair);
	s->pair = NULL;
}

bool
model_open(struct model *m, const unsigned char *p, size_t n)
{
	const unsigned char *end = p + n;
	size_t i, used;

	if (n < 12 + 5 * PHRASE_SLOTS + PAGE_TOKENS + DOM_TOKENS + COL_COUNT ||
	    memcmp(p, "chrome3\n", 8) != 0 || number(p + 8) != COL_COUNT)
		return false;
	p += 12;
	m->phrase = p;
	p += 5 * PHRASE_SLOTS;
	m->word = (const signed char *)p;
	p += PAGE_TOKENS;
	m->class_word = (const signed char *)p;
	p += DOM_TOKENS;
	m->usual = p;
	p += COL_COUNT;
	for (i = 0; i < PASSES; i++) {
		used = pass_open(&m->pass[i], p, (size_t)(end - p));
		if (used == 0)
			return false;
		p += used;
	}
	return true;
}

static int32_t
saturated(int32_t n)
{
	return n > INT16_MAX ? INT16_MAX : n < INT16_MIN ? INT16_MIN : n;
}

int32_t
model_score_one(const struct pass *s, const struct page *g, size_t row)
{
	const unsigned char *p = s->tree;
	int32_t score = 0, two = 0;
	unsigned t, d, leaf;

	for (t = 0; t < s->ntree; t++, p += MODEL_TREE) {
		for (leaf = d = 0; d < MODEL_DEPTH; d++) {
			const unsigned char *q = p + d * MODEL_QUESTION;

			leaf = leaf << 1 | (page_column(g, q[0])[(ptrdiff_t)row + q[1] - 64] >= q[2]);
		}
		two += p[MODEL_DEPTH * MODEL_QUESTION] * (int8_t)p[MODEL_DEPTH * MODEL_QUESTION + 1 + leaf];
		if (t % 2 == 1) {
			score = saturated(score + two);
			two = 0;
		}
	}
	return s->bias + score;
}

#ifdef PASS_VECTORS
/*
 * The answers of sixteen units to one tree's questions. No column is over 63, so signed bytes
 * compare rightly.
 */
PASS_VECTORS static inline __m128i
answers(const uint8_t *const column[], const uint8_t (*least)[2][16], unsigned which, size_t row)
{
	__m128i bits = _mm_setzero_si128(), x;
	unsigned d;

#pragma GCC unroll 4
	for (d = 0; d < MODEL_DEPTH; d++) {
		x = _mm_loadu_si128((const __m128i *)(const void *)least[d][which]);
		x = _mm_cmpgt_epi8(x, _mm_loadu_si128((const __m128i *)(const void *)(column[d] + row)));
		bits = _mm_sub_epi8(_mm_add_epi8(bits, bits), x);
	}
	return bits;
}

/*
 * Sixteen units by two trees at once: a tree's leaves are one shuffle, and a multiplication
 * scales and sums the two. Saturating as model_score_one: 127 * 127 * 2 is below 2^15, so only
 * the sums can. 24 instructions a tree, where SSE2, which cannot look up by bytes, takes 60.
 */
PASS_VECTORS static void
score_vectors(const struct pass *s, const uint8_t *const column[], size_t row, int16_t sum[16])
{
	__m128i low = _mm_setzero_si128(), high = low;
	unsigned t;

	for (t = 0; t < s->ntree / 2; t++, column += 2 * MODEL_DEPTH) {
		const struct pair *two = &s->pair[t];
		const __m128i a =
		    _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)two->leaf[0]),
				     answers(column, two->least, 0, row));
		const __m128i b =
		    _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)two->leaf[1]),
				     answers(column + MODEL_DEPTH, two->least, 1, row));
		const __m128i scale = _mm_loadu_si128((const __m128i *)(const void *)two->scale);

		low = _mm_adds_epi16(low, _mm_maddubs_epi16(scale, _mm_unpacklo_epi8(a, b)));
		high = _mm_adds_epi16(high, _mm_maddubs_epi16(scale, _mm_unpackhi_epi8(a, b)));
	}
	_mm_storeu_si128((__m128i *)(void *)sum, low);
	_mm_storeu_si128((__m128i *)(void *)(sum + 8), high);
}

/* The 16 bytes at p, in both halves. */
VEC_WIDE static inline __m256i
twice(const void *p)
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128(p));
}

/*
 * The same of 32 units, for which AVX2 has the same instructions, or of 64: where thresholds and
 * columns stand, is loaded once.
 */
VEC_WIDE static inline __attribute__((always_inline)) void
score_wide(const struct pass *s, const uint8_t *const column[], size_t row, int16_t *sum, const unsigned n)
{
	const __m256i eight = _mm256_set1_epi8(MODEL_LEAVES / 2);
	__m256i low[2], high[2], leaves[2][2], above[MODEL_DEPTH][2];
	unsigned t, d, i, k;

	for (k = 0; k < n; k++)
		low[k] = high[k] = _mm256_setzero_si256();
	for (t = 0; t < s->ntree / 2; t++) {
		const struct pair *two = &s->pair[t];
		const __m256i scale = twice(two->scale);

#pragma GCC unroll 2
		for (i = 0; i < 2; i++) {
			const __m256i leaf = twice(two->leaf[i]);

#pragma GCC unroll 4
			for (d = 0; d < MODEL_DEPTH; d++) {
				const uint8_t *at = *column++ + row;
				const __m256i least = twice(two->least[d][i]);

#pragma GCC unroll 2
				for (k = 0; k < n; k++)
					above[d][k] = _mm256_cmpgt_epi8(
					    least,
					    _mm256_loadu_si256((const __m256i *)(const void *)(at + 32 * k)));
			}
			/* what is above, is -1: four bits from the first one down */
#pragma GCC unroll 2
			for (k = 0; k < n; k++) {
				__m256i rest = above[1][k];

#pragma GCC unroll 2
				for (d = 2; d < MODEL_DEPTH; d++)
					rest = _mm256_add_epi8(_mm256_add_epi8(rest, rest), above[d][k]);
				leaves[i][k] = _mm256_shuffle_epi8(
				    leaf, _mm256_sub_epi8(_mm256_and_si256(above[0][k], eight), rest));
			}
		}
#pragma GCC unroll 2
		for (k = 0; k < n; k++) {
			low[k] = _mm256_adds_epi16(
			    low[k],
			    _mm256_maddubs_epi16(scale, _mm256_unpacklo_epi8(leaves[0][k], leaves[1][k])));
			high[k] = _mm256_adds_epi16(
			    high[k],
			    _mm256_maddubs_epi16(scale, _mm256_unpackhi_epi8(leaves[0][k], leaves[1][k])));
		}
	}
#pragma GCC unroll 2
	for (k = 0; k < n; k++, sum += 32) {
		_mm256_storeu_si256((__m256i *)(void *)sum, _mm256_permute2x128_si256(low[k], high[k], 0x20));
		_mm256_storeu_si256((__m256i *)(void *)(sum + 16),
				    _mm256_permute2x128_si256(low[k], high[k], 0x31));
	}
}

VEC_WIDE static void
score_32(const struct pass *s, const uint8_t *const column[], size_t row, int16_t sum[32])
{
	score_wide(s, column, row, sum, 1);
}

VEC_WIDE static void
score_64(const struct pass *s, const uint8_t *const column[], size_t row, int16_t sum[64])
{
	score_wide(s, column, row, sum, 2);
}

/* The same of sixteen units, a block's rest, with a tree in each half of the vectors. */
VEC_WIDE static void
score_halves(const struct pass *s, const uint8_t *const column[], size_t row, int16_t sum[16])
{
	__m128i low = _mm_setzero_si128(), high = low;
	unsigned t, d;

	for (t = 0; t < s->ntree / 2; t++, column += 2 * MODEL_DEPTH) {
		const struct pair *two = &s->pair[t];
		__m256i bits = _mm256_setzero_si256(), x;
		__m128i a, b, scale = _mm_loadu_si128((const __m128i *)(const void *)two->scale);

#pragma GCC unroll 4
		for (d = 0; d < MODEL_DEPTH; d++) {
			x = _mm256_inserti128_si256(
			    _mm256_castsi128_si256(
				_mm_loadu_si128((const __m128i *)(const void *)(column[d] + row))),
			    _mm_loadu_si128((const __m128i *)(const void *)(column[MODEL_DEPTH + d] + row)),
			    1);
			x = _mm256_cmpgt_epi8(
			    _mm256_loadu_si256((const __m256i *)(const void *)two->least[d]), x);
			bits = _mm256_sub_epi8(_mm256_add_epi8(bits, bits), x);
		}
		bits =
		    _mm256_shuffle_epi8(_mm256_loadu_si256((const __m256i *)(const void *)two->leaf), bits);
		a = _mm256_castsi256_si128(bits);
		b = _mm256_extracti128_si256(bits, 1);
		low = _mm_adds_epi16(low, _mm_maddubs_epi16(scale, _mm_unpacklo_epi8(a, b)));
		high = _mm_adds_epi16(high, _mm_maddubs_epi16(scale, _mm_unpackhi_epi8(a, b)));
	}
	_mm_storeu_si128((__m128i *)(void *)sum, low);
	_mm_storeu_si128((__m128i *)(void *)(sum + 8), high);
}

/* Where the answers to each question of the pass stand: made anew when the page's cells move. */
static const uint8_t *const *
ask(const struct pass *s, struct page *g)
{
	struct asked *a = g->asked;
	const unsigned char *p = s->tree;
	unsigned t, d, n = 0;

	while (a->pass != 0 && a->pass != s->number && a + 1 < g->asked + sizeof(g->asked) / sizeof(*a))
		a++;
	if (a->pass == s->number && a->cell == g->cell && a->stride == g->stride)
		return a->column;
	a->pass = s->number;
	a->cell = g->cell;
	a->stride = g->stride;
	a->column = mem_array(a->column, (size_t)s->ntree * MODEL_DEPTH, sizeof(*a->column));
	for (t = 0; t < s->ntree; t++, p += MODEL_TREE)
		for (d = 0; d < MODEL_DEPTH; d++, n++)
			a->column[n] =
			    page_column(g, p[d * MODEL_QUESTION]) + (ptrdiff_t)p[d * MODEL_QUESTION + 1] - 64;
	return a->column;
}

/* Are the i-th sixteen units there, and to be judged? */
static inline bool
wanted(const struct page *g, size_t i, bool open)
{
	return 16 * i < g->nunit && (!open || g->open[i]);
}

typedef int16_t short4 __attribute__((vector_size(8)));

/* Add the sums of sixteen units; those behind the last one are nobody's. */
static inline void
add_scores(const struct pass *s, struct page *g, size_t i, const int16_t sum[16])
{
	int32_t *score = g->score + 16 * i;
	short4 four;
	size_t k;

#pragma GCC unroll 4
	for (k = 0; k < 16; k += 4) {
		memcpy(&four, sum + k, sizeof(four));
		vec_store(score + k,
			  (vec)((vec4)vec_load(score + k) + __builtin_convertvector(four, vec4) + s->bias));
	}
}

static void
score_blocks(const struct pass *s, struct page *g, bool open)
{
	const uint8_t *const *column = ask(s, g);
	const bool wide = vec_wide();
	const size_t most = wide ? 4 : 1;
	int16_t sum[64];
	size_t i, k, n;

	for (i = 0; 16 * i < g->nunit; i += n + (n == 0)) {
		for (n = 0; n < most && wanted(g, i + n, open); n++)
			;
		if (n == 0)
			continue;
		/* what is not wanted of four is nobody's */
		(n > 2	  ? score_64
		 : n == 2 ? score_32
		 : wide	  ? score_halves
			  : score_vectors)(s, column, 16 * i, sum);
		for (k = 0; k < n; k++)
			add_scores(s, g, i + k, sum + 16 * k);
	}
}
#endif

void
model_score(const struct pass *s, struct page *g, bool open)
{
	size_t row;

#ifdef PASS_VECTORS
	if (__builtin_cpu_supports("ssse3")) {
		score_blocks(s, g, open);
		return;
	}
#endif
	for (row = 0; row < g->nunit; row++)
		if (!open || g->open[row / 16])
			g->score[row] += model_score_one(s, g, row);
}

void
model_judge(const struct model *m, struct page *g, const struct dom *dom)
{
	bool any;

	page_weigh(g, m->word, m->phrase, dom != NULL);
	page_context(g);
	page_wording(g);
	memset(g->score, 0, g->nunit * sizeof(*g->score));
	model_score(&m->pass[0], g, false);
	any = page_second(g, dom != NULL);
	memcpy(g->score, g->first, g->nunit * sizeof(*g->score));
	if (any)
		model_score(&m->pass[1], g, true);
	if (dom != NULL) {
		page_html(g, dom, m->class_word);
		memcpy(g->score, g->first, g->nunit * sizeof(*g->score));
		model_score(&m->pass[2], g, false);
	}
}

static int32_t
all_passes(const struct model *m, const struct page *g, size_t row, bool html)
{
	int32_t s = model_score_one(&m->pass[0], g, row);

	if (g->open[row / 16])
		s += model_score_one(&m->pass[1], g, row);
	return html ? html_first(s) + model_score_one(&m->pass[2], g, row) : s;
}

size_t
model_reasons(const struct model *m, struct page *g, size_t row, bool html, struct reason reason[REASONS])
{
	const int32_t whole = all_passes(m, g, row, html);
	struct reason r;
	size_t n = 0, i;
	int c;

	for (c = 0; c < (html ? COL_COUNT : COL_HTML); c++) {
		uint8_t *at = &page_column(g, c)[row], was = *at;

		r.column = c;
		*at = m->usual[c];
		r.weight = whole - all_passes(m, g, row, html);
		*at = was;
		if (r.weight == 0)
			continue;
		if (n < REASONS)
			n++;
		else if (abs(reason[n - 1].weight) >= abs(r.weight))
			continue;
		for (i = n - 1; i > 0 && abs(reason[i - 1].weight) < abs(r.weight); i--)
			reason[i] = reason[i - 1];
		reason[i] = r;
	}
	return n;
}
