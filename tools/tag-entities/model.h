/* SPDX-License-Identifier: ISC */
/*
 * The trained model: what is known of words, and the weights of features.
 *
 * Layout of model.bin, little-endian: struct model_head; word slots (nword + 64
 * of 32 bits); fingerprints (4 of 16 bits a bucket); rows (4 of 16 signed bytes
 * a bucket, and one of zeros); weights of types of mentions (1 << TYPING_BITS times 4
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
	const int8_t (*row)[TAG_ROW];
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

/* Begin to fetch the fingerprint of the feature from memory: its row is asked for soon. */
static inline void
model_fetch(const struct model *m, uint32_t feature)
{
	__builtin_prefetch(m->print[(uint64_t)feature * m->head->nbucket >> 32]);
}

/*
 * The number of a feature's row; that of the row of zeros behind them all where it has none.
 * Four prints are compared at once, and nothing is branched on: which features have rows cannot be
 * foretold.
 */
static inline uint32_t
model_row(const struct model *m, uint32_t feature)
{
	uint32_t b = (uint32_t)((uint64_t)feature * m->head->nbucket >> 32), none = m->head->nbucket * 4;
#ifdef __SSE2__
	__m128i each = _mm_shufflelo_epi16(_mm_cvtsi32_si128((int)feature), 0),
		four = _mm_loadl_epi64((const __m128i *)(const void *)m->print[b]);
	unsigned same = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi16(four, each)) & 0xFF;

	b = b * 4 + (unsigned)__builtin_ctz(same | 0x100) / 2;
	return none ^ ((b ^ none) & (0u - (uint32_t)(same != 0)));
#else
	uint32_t k;

	for (k = 0; k < 4; k++)
		if (little16(&m->print[b][k]) == (feature & 0xFFFF))
			return b * 4 + k;
	return none;
#endif
}

#endif
