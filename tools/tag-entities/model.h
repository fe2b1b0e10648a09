/* SPDX-License-Identifier: ISC */
/*
 * The trained model: what is known of words, and the weights of features.
 *
 * Layout of model.bin, little-endian: struct model_head; word slots (nword + 64
 * of 32 bits); fingerprints (4 of 16 bits a bucket, 0 where there is no row); rows (4 of 16
 * signed bytes a bucket, and one of zeros); weights of types of mentions (1 << TYPING_BITS times 4
 * signed bytes). tagger-train.c writes it; the build embeds it.
 */
#ifndef MODEL_H
#define MODEL_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include "little.h"

/*
 * Tags of the elements of a run: outside, and for persons, organisations and
 * places the begin, inside, end and single one; other names have begin and
 * inside only.
 */
enum {
	TAG_O,
	TAG_B_PER,
	TAG_I_PER,
	TAG_E_PER,
	TAG_S_PER,
	TAG_B_ORG,
	TAG_I_ORG,
	TAG_E_ORG,
	TAG_S_ORG,
	TAG_B_LOC,
	TAG_I_LOC,
	TAG_E_LOC,
	TAG_S_LOC,
	TAG_B_MISC,
	TAG_I_MISC,
	TAG_N,
	TAG_ROW = 16
};

enum { TYPE_NONE, TYPE_PER, TYPE_ORG, TYPE_LOC, TYPE_MISC };

static inline int
tag_type(int tag)
{
	return tag == TAG_O ? TYPE_NONE : (tag + 3) / 4;
}

/* The tag of element k of the n of a name of the type. */
static inline int
tag_within(int type, size_t k, size_t n)
{
	return type * 4 - 3 + (n == 1 ? 3 : k == 0 ? 0 : k + 1 == n ? 2 : 1);
}

/* May tag b follow tag a within a run? The run's ends count as TAG_O. */
static inline int
tag_follows(int a, int b)
{
	int open = a != TAG_O && a < TAG_B_MISC && ((a - 1) & 3) < 2; /* B or I: not ended */
	int inner = b != TAG_O && b < TAG_B_MISC && (((b - 1) & 3) == 1 || ((b - 1) & 3) == 2);

	if (open || inner)
		return open && inner && tag_type(a) == tag_type(b);
	return b != TAG_I_MISC || a == TAG_B_MISC || a == TAG_I_MISC;
}

/*
 * Types that typing.h chooses from, and the number of
 * its rows of weights, which features share by chance.
 */
#define TYPING_TYPES 4
#define TYPING_BITS 15

#define MODEL_MAGIC 0x34544E45u /* "ENT4" */
#define MODEL_SCALE 32.0f	/* a weight of 1 is this much in the rows */

struct model_head {
	uint32_t magic;
	uint32_t nword;
	uint32_t nbucket;
	uint32_t unused;
	int16_t follow[TAG_ROW][TAG_ROW]; /* weight of tag b after tag a, -30000 where it may not */
};

/*
 * The weights of the head once more, in vectors. The tags stand in groups of four: one that a
 * name ends with or none, begin, inside, end. By the first two of each group (outer tags) a name is
 * begun or left out, after what ends one, of any group; by the last two (inner tags)
 * it is gone on with, after begin and inside of its own group. So of 225 pairs 81 and 14 may be.
 */
#define TAG_ENDINGS 9
struct follow {
	int16_t outer[TAG_ENDINGS][8];	  /* weights of the outer tags after each ending_tag */
	int16_t begun[8], inside[8];	  /* of the inner tags after begin and inside of their group */
	int16_t before[TAG_ROW][TAG_ROW]; /* of tag a before tag b, by b */
	int16_t alone[TAG_ROW];		  /* of a tag with nothing on either side */
};
extern const uint8_t outer_tag[8], inner_tag[8], ending_tag[TAG_ENDINGS];

struct model {
	const struct model_head *head;
	const uint32_t *word;
	const uint16_t (*print)[4];
	const int8_t *no_row; /* of zeros, behind all others */
	const int8_t (*typing)[TYPING_TYPES];
	struct follow follow;
};

/* The embedded model, or the one at p; false when it is not one of this program. */
int model_open(struct model *, const void *p, size_t size);

/*
 * A word slot: 17 bits of the hash, how the word is written (WORD_CASE), and its
 * cluster, whose number without its last three bits is that of a group of clusters, and without
 * three more that of a group of groups. 0 where the word is not known, each of both too.
 */
#define WORD_PRINT 0xFFFF8000u
#define WORD_CASE(w) ((w) >> 12 & 7) /* 1: never small inside a sentence ... 7: never capitalised */
#define WORD_CLUSTER(w) ((w)&0xFFF)

static inline const uint32_t *
word_slot(const struct model *m, uint32_t hash)
{
	return m->word + (size_t)((uint64_t)hash * m->head->nword >> 32);
}

/* Eight slots at once: one at a time, where the search ends could not be foretold. */
static inline uint32_t
model_word(const struct model *m, uint32_t hash)
{
	const uint32_t *w = word_slot(m, hash);
	uint32_t print = (hash * 0x9E3779B1u) & WORD_PRINT;
#ifdef __SSE2__
	__m128i each = _mm_set1_epi32((int)print), mask = _mm_set1_epi32((int)WORD_PRINT),
		none = _mm_setzero_si128(), a, b;
	unsigned ends;

	for (;; w += 8) {
		a = _mm_loadu_si128((const __m128i *)(const void *)w);
		b = _mm_loadu_si128((const __m128i *)(const void *)(w + 4));
		a = _mm_or_si128(_mm_cmpeq_epi32(a, none), _mm_cmpeq_epi32(_mm_and_si128(a, mask), each));
		b = _mm_or_si128(_mm_cmpeq_epi32(b, none), _mm_cmpeq_epi32(_mm_and_si128(b, mask), each));
		ends = (unsigned)_mm_movemask_epi8(_mm_packs_epi32(a, b));
		if (ends != 0)
			return w[(unsigned)__builtin_ctz(ends) / 2] & ~WORD_PRINT;
	}
#else
	for (; *w != 0; w++)
		if ((little32(w) & WORD_PRINT) == print)
			return little32(w) & ~WORD_PRINT;
	return 0;
#endif
}

/*
 * Features are looked up four at a time: their buckets, whose fingerprints may be fetched from
 * memory meanwhile, then their rows.
 */
static inline void
model_buckets(const struct model *m, const uint32_t feature[4], uint32_t bucket[4])
{
	const uint32_t n = m->head->nbucket;
#ifdef __SSE2__
	const __m128i f = _mm_loadu_si128((const __m128i *)(const void *)feature),
		      by = _mm_set1_epi32((int)n), even = _mm_srli_epi64(_mm_mul_epu32(f, by), 32),
		      odd = _mm_mul_epu32(_mm_srli_epi64(f, 32), by);

	_mm_storeu_si128((__m128i *)(void *)bucket,
			 _mm_or_si128(even, _mm_and_si128(odd, _mm_set_epi32(-1, 0, -1, 0))));
#else
	int i;

	for (i = 0; i < 4; i++)
		bucket[i] = (uint32_t)((uint64_t)feature[i] * n >> 32);
#endif
}

/*
 * Where the rows of the features stand, in bytes from the row of zeros behind them all, into row,
 * which may be where the features are: 0 for one that has none. The feature 0 has none, or a free
 * slot's, which is of zeros too. Nothing is branched on: which features have rows cannot be foretold.
 */
static inline void
model_rows(const struct model *m, const uint32_t feature[4], const uint32_t bucket[4], int32_t row[4])
{
	const uint32_t n = m->head->nbucket;
#ifdef __SSE2__
#define PRINTS(i) _mm_loadl_epi64((const __m128i *)(const void *)m->print[bucket[i]])
#define EVERY_OTHER(from) \
	_mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b), \
					_MM_SHUFFLE(2 + (from), from, 2 + (from), from)))
	const __m128i f = _mm_loadu_si128((const __m128i *)(const void *)feature),
		      buckets = _mm_loadu_si128((const __m128i *)(const void *)bucket),
		      places = _mm_set_epi16(64, 48, 32, 16, 64, 48, 32, 16),
		      zeros = _mm_set1_epi32((int)(n * 64));
	/* the lowest 16 bits of each, four times, and the fingerprints of its bucket */
	__m128i a = _mm_shuffle_epi32(_mm_unpacklo_epi16(f, f), _MM_SHUFFLE(2, 2, 0, 0)),
		b = _mm_shuffle_epi32(_mm_unpackhi_epi16(f, f), _MM_SHUFFLE(2, 2, 0, 0)), place, found;

	a = _mm_and_si128(_mm_cmpeq_epi16(a, _mm_unpacklo_epi64(PRINTS(0), PRINTS(1))), places);
	b = _mm_and_si128(_mm_cmpeq_epi16(b, _mm_unpacklo_epi64(PRINTS(2), PRINTS(3))), places);
	/* one of four is the place and the others 0; the sum is over 64 where several slots are free */
	a = _mm_madd_epi16(a, _mm_set1_epi16(1));
	b = _mm_madd_epi16(b, _mm_set1_epi16(1));
	place = _mm_add_epi32(_mm_add_epi32(EVERY_OTHER(0), EVERY_OTHER(1)), _mm_set1_epi32(-16));
	found = _mm_cmpeq_epi32(_mm_and_si128(place, _mm_set1_epi32(~48)), _mm_setzero_si128());
	place = _mm_add_epi32(place, _mm_sub_epi32(_mm_slli_epi32(buckets, 6), zeros));
	_mm_storeu_si128((__m128i *)(void *)row, _mm_and_si128(place, found));
#undef PRINTS
#undef EVERY_OTHER
#else
	int32_t at;
	int i, k;

	for (i = 0; i < 4; i++) {
		for (at = 0, k = 0; k < 4; k++)
			if (little16(&m->print[bucket[i]][k]) == (feature[i] & 0xFFFF))
				at = ((int32_t)(bucket[i] - n) * 4 + k) * TAG_ROW;
		row[i] = at;
	}
#endif
}

#endif
