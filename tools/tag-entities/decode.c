/* SPDX-License-Identifier: ISC */
/*
 * The best tags of a run, by the scores of its elements and by what may follow what (model.h): in a
 * vector of the outer and one of the inner tags, and back by looking again which tag it was. Tag by
 * tag it took four times as many instructions. Scores are sums of 16 bits that stop at the ends of
 * their range, on every machine.
 */
#include "feats.h"
#include "vec.h"

#ifdef __SSE2__
/* The outer and the inner tags' of 16 values in the order of the tags, and back. */
#define PARTED(low, high, which) \
	_mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(low), _mm_castsi128_ps(high), which))
#define OUTER(low, high) PARTED(low, high, _MM_SHUFFLE(2, 0, 2, 0))
#define INNER(low, high) PARTED(low, high, _MM_SHUFFLE(3, 1, 3, 1))

/* Place k of a vector in all places. */
#define EACH(v, k) \
	_mm_shuffle_epi32((k) < 4 ? _mm_shufflelo_epi16(v, ((k)&3) * 0x55) \
				  : _mm_shufflehi_epi16(v, ((k)&3) * 0x55), \
			  (k) < 4 ? 0 : 0xAA)

static inline __m128i
top_of(__m128i low, __m128i high)
{
	__m128i x = _mm_max_epi16(low, high);

	x = _mm_max_epi16(x, _mm_srli_si128(x, 8));
	x = _mm_max_epi16(x, _mm_srli_si128(x, 4));
	x = _mm_max_epi16(x, _mm_srli_si128(x, 2));
	return _mm_set1_epi16((short)_mm_extract_epi16(x, 0));
}
#else
static inline int16_t
sum16(int a, int b)
{
	a += b;
	return (int16_t)(a > 32767 ? 32767 : a < -32768 ? -32768 : a);
}
#endif

/* The best scores of taggings up to an element, by its tag. */
struct front {
#ifdef __SSE2__
	__m128i outer, inner;
#else
	int16_t of[TAG_ROW];
#endif
};

/* Those of a run's first element. */
static inline void
decode_first(struct front *b, const struct follow *f, const int16_t *score)
{
#ifdef __SSE2__
	b->outer = _mm_adds_epi16(OUTER(LOAD(score), LOAD(score + 8)), LOAD(f->outer[0]));
	b->inner = _mm_set1_epi16(-32768);
#else
	int k;

	for (k = 0; k < 8; k++) {
		b->of[outer_tag[k]] = sum16(f->outer[0][k], score[outer_tag[k]]);
		b->of[inner_tag[k]] = -32768;
	}
#endif
}

/* Those of an element, from those of the one before it. */
static inline void
decode_next(struct front *b, const struct follow *f, const int16_t *score)
{
#ifdef __SSE2__
	const __m128i o = b->outer, n = b->inner;
	__m128i low, high, outer, inner;

#define FROM(i, v, k) _mm_adds_epi16(EACH(v, k), LOAD(f->outer[i]))
	outer = _mm_max_epi16(FROM(0, o, 0), FROM(1, o, 2));
	outer = _mm_max_epi16(outer, _mm_max_epi16(FROM(2, o, 4), FROM(3, o, 6)));
	outer = _mm_max_epi16(outer, _mm_max_epi16(FROM(4, o, 7), FROM(5, n, 1)));
	outer = _mm_max_epi16(outer, _mm_max_epi16(FROM(6, n, 3), FROM(7, n, 5)));
	outer = _mm_max_epi16(outer, FROM(8, n, 6));
#undef FROM
	inner =
	    _mm_max_epi16(_mm_adds_epi16(_mm_shufflehi_epi16(_mm_shufflelo_epi16(o, _MM_SHUFFLE(3, 3, 1, 1)),
							     _MM_SHUFFLE(3, 3, 1, 1)),
					 LOAD(f->begun)),
			  _mm_adds_epi16(_mm_shufflehi_epi16(_mm_shufflelo_epi16(n, _MM_SHUFFLE(2, 2, 0, 0)),
							     _MM_SHUFFLE(2, 2, 0, 0)),
					 LOAD(f->inside)));
	low = LOAD(score);
	high = LOAD(score + 8);
	b->outer = _mm_adds_epi16(outer, OUTER(low, high));
	b->inner = _mm_adds_epi16(inner, INNER(low, high));
#else
	const struct front before = *b;
	int16_t s;
	int i, k, a;

	for (k = 0; k < 8; k++) {
		b->of[outer_tag[k]] = -32768;
		for (i = 0; i < TAG_ENDINGS; i++) {
			s = sum16(before.of[ending_tag[i]], f->outer[i][k]);
			if (s > b->of[outer_tag[k]])
				b->of[outer_tag[k]] = s;
		}
		b->of[inner_tag[k]] = sum16(before.of[outer_tag[k | 1]], f->begun[k]);
		s = sum16(before.of[inner_tag[k & 6]], f->inside[k]);
		if (s > b->of[inner_tag[k]])
			b->of[inner_tag[k]] = s;
	}
	for (a = 0; a < TAG_ROW; a++)
		b->of[a] = sum16(b->of[a], score[a]);
#endif
}

/* Make the best of them all 0. */
static inline void
decode_lower(struct front *b)
{
#ifdef __SSE2__
	const __m128i top = top_of(b->outer, b->inner);

	b->outer = _mm_subs_epi16(b->outer, top);
	b->inner = _mm_subs_epi16(b->inner, top);
#else
	int16_t top = -32768;
	int a;

	for (a = 0; a < TAG_ROW; a++)
		top = b->of[a] > top ? b->of[a] : top;
	for (a = 0; a < TAG_ROW; a++)
		b->of[a] = sum16(b->of[a], -top);
#endif
}

/* Put them in the order of the tags. */
static inline void
decode_put(int16_t *to, const struct front *b)
{
#ifdef __SSE2__
	STORE(to, _mm_unpacklo_epi32(b->outer, b->inner));
	STORE(to + 8, _mm_unpackhi_epi32(b->outer, b->inner));
#else
	memcpy(to, b->of, sizeof b->of);
#endif
}

/* The tag of the best sum of a row of scores and one of weights, the first of equals. */
static inline unsigned
best_tag(const int16_t *score, const int16_t *more)
{
#ifdef __SSE2__
	__m128i low = _mm_adds_epi16(LOAD(score), LOAD(more)),
		high = _mm_adds_epi16(LOAD(score + 8), LOAD(more + 8)), top = top_of(low, high);

	return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(
	    _mm_packs_epi16(_mm_cmpeq_epi16(low, top), _mm_cmpeq_epi16(high, top))));
#else
	int16_t top = -32768, s;
	unsigned a, found = 0;

	for (a = 0; a < TAG_ROW; a++) {
		s = sum16(score[a], more[a]);
		if (s > top || a == 0) {
			top = s;
			found = a;
		}
	}
	return found;
#endif
}

static inline void
decode_run(struct doc *d, size_t from, size_t to)
{
	const struct follow *f = &d->model->follow;
	const int16_t(*score)[TAG_ROW] = (const int16_t(*)[TAG_ROW])d->score;
	int16_t(*best)[TAG_ROW] = d->best;
	struct front front;
	unsigned tag = TAG_O;
	size_t i;

	if (to - from == 1) { /* half of all runs */
		d->el[from].tag = (uint8_t)best_tag(score[from], f->alone);
		return;
	}
	decode_first(&front, f, score[from]);
	decode_put(best[from], &front);
	for (i = from + 1; i < to; i++) {
		decode_next(&front, f, score[i]);
		if ((i - from) % 4 == 0) /* so that no run is too long: an element adds some hundreds */
			decode_lower(&front);
		decode_put(best[i], &front);
	}
	for (i = to; i-- > from;) {
		tag = best_tag(best[i], f->before[tag]);
		d->el[i].tag = (uint8_t)tag;
	}
}

static inline void
decode(struct doc *d)
{
	size_t i;

	for (i = 0; i < d->nrun; i++)
		decode_run(d, d->run[i], d->el[d->run[i]].run_end);
}

#ifdef VEC_WIDE
VEC_WIDE __attribute__((flatten)) static void
decode_wide(struct doc *d)
{
	decode(d);
}
#endif

void
doc_decode(struct doc *d)
{
#ifdef VEC_WIDE
	if (vec_wide())
		decode_wide(d);
	else
#endif
		decode(d);
}
