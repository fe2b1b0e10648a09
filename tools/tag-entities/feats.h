/* SPDX-License-Identifier: ISC */
/*
 * From tokens to what the tagger judges: runs of elements (runs.c), the features of
 * an element and its scores by their weights (feats.c), the best tags (decode.c), types of mentions
 * (typing.c) and rules. Shared by the tagger and its trainer.
 *
 * A run is a stretch of capitalised words with the joints between them ("of",
 * "and", "de", a hyphen, a possessive, a number); its elements are tagged
 * together. What is outside runs is never (part of) a name.
 */
#ifndef FEATS_H
#define FEATS_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "model.h"
#include "names.h"
#include "tokens.h"

#ifdef __SSE2__
#define LOAD(p) _mm_loadu_si128((const __m128i *)(const void *)(p))
#define STORE(p, v) _mm_storeu_si128((__m128i *)(void *)(p), (v))
#endif

struct element {
	uint32_t tok;	  /* its token */
	uint32_t word;	  /* its place in the table of the document's words */
	uint32_t run;	  /* first element of its run */
	uint32_t run_end; /* behind the last one */
	uint32_t known;	  /* model_word of it */
	uint16_t single;  /* classes of the word alone as a name */
	uint16_t multi;	  /* classes of the longest name of several words it is in */
	uint8_t place;	  /* its place there: 1 first, 2 inside, 3 last */
	uint8_t is_name;  /* not a joint */
	uint8_t tag;	  /* given to it */
	uint8_t hit_n;	  /* the longest name that begins with it, see doc_match */
	uint16_t hit_bits, hit_canon;
};

enum {
	WORD_INNER = 1 << 2,  /* somewhere it does not begin a sentence */
	WORD_BEFORE = 1 << 8, /* somewhere it stands right before another capitalised word */
	WORD_AFTER = 1 << 9   /* or after one */
};

/* A capitalised word of the document and what is known of it from all its places. */
struct doc_word {
	uint32_t hash;
	uint32_t ntimes;
	uint32_t places;      /* bits: WORD_INNER ... */
	uint32_t initials;    /* bits of the types of names it is the initials of */
	uint64_t tags;	      /* ntag as one number, tag_sign */
	uint32_t ntag[TAG_N]; /* times it was given each tag */
};

/* A name as the tags of the elements [from, end) have it, of a type that is written. */
struct doc_name {
	uint32_t from, end;
	int type; /* TYPE_PER, TYPE_ORG or TYPE_LOC */
};

/*
 * What the model and the gazetteer say of a word, by its hash alone: the same whatever the
 * document, so it is kept from one to the next. A word drives out another one that has its place.
 */
struct known {
	uint32_t hash; /* 0: nothing stands here */
	uint32_t word; /* model_word of it */
	uint16_t bits; /* of its entry in the gazetteer; 0: it has none */
	uint16_t canon;
	uint16_t bare; /* TOKEN_START of one that may have lost its apostrophe: no name, where it is that */
};
#define KNOWN_BITS 13

struct doc {
	struct tokens ts;
	const struct model *model;
	struct element *el;
	size_t nel, el_cap;
	struct doc_name *name; /* in order */
	uint32_t *run;	       /* the first elements of the runs, the shortest ones first */
	size_t nname, nrun;
	struct doc_word *word; /* from number 1 on; 0 is none */
	size_t nword, word_cap;
	uint32_t *index; /* hash table of the numbers of words */
	size_t index_mask, index_cap;
	int16_t (*score)[TAG_ROW]; /* of each element's tags, from the model */
	int16_t (*best)[TAG_ROW];  /* best scores of a run's taggings up to an element, by its tag */
	size_t score_cap;
	struct known *known; /* 1 << KNOWN_BITS places */
	struct few *few;     /* rows of features of few values */
	struct sum *sum;     /* summed rows of groups of features, SUMS + SUMS_FEW of them by their key */
};

/*
 * The rows of features of a word, or of a shape, summed: they come again and again. What stands
 * in the place of a key is a matter of chance, what is found for a key is not.
 */
struct sum {
	uint64_t key;
	int16_t score[TAG_ROW];
};
#define SUMS_BITS 14
#define SUMS ((size_t)1 << SUMS_BITS)
#define SUMS_FEW_BITS 12
#define SUMS_FEW ((size_t)1 << SUMS_FEW_BITS)

#define NOT_LOOKED 255 /* hit_n of an element that was not looked up */

#define FEATURE_MAX 96

/*
 * Feature template id with the value v, before it is mixed. Features are mixed
 * four at a time: all of the n at f, which has room for three more.
 */
static inline uint32_t
feature_put(uint32_t id, uint32_t v)
{
	return v ^ id * 0x9E3779B1u;
}

static inline void
features_mix4(uint32_t f[4])
{
	typedef uint32_t four __attribute__((vector_size(16)));
	four h;

	memcpy(&h, f, sizeof h);
	h *= 0x85EBCA6Bu;
	h ^= h >> 15;
	h *= 0xC2B2AE35u;
	h ^= h >> 13;
	memcpy(f, &h, sizeof h);
}

static inline void
features_mix(uint32_t *f, size_t n)
{
	size_t i;

	memset(f + n, 0, 3 * sizeof *f);
	for (i = 0; i < n; i += 4)
		features_mix4(f + i);
}

/* What a neighbour is to the features: words by their letters and case, numbers by their kind. */
static inline uint32_t
feature_word(const struct token *t)
{
	if (t->kind == TOKEN_NUMBER)
		return 5 - (t->end - t->begin == 4);
	return t->hash + (t->kind == TOKEN_NAME);
}

/* Cut the text into tokens, find the runs and count the words. */
void doc_read(struct doc *, const struct model *, const char *text, size_t size);
void doc_free(struct doc *);

/*
 * The longest name of the built-in table that begins
 * at element i: name_match, once for all who ask.
 */
struct name_hit doc_match(const struct doc *, size_t i);

/* A word of the document by its hash, or NULL. */
struct doc_word *doc_find(struct doc *, uint32_t hash);

/* Features of element i, into out[FEATURE_MAX]; returns how many. */
size_t doc_features(struct doc *, size_t i, uint32_t *out);

/*
 * Count the tags that the elements have been given,
 * after doc_names; then the features of the second pass.
 */
void doc_evidence(struct doc *);
size_t doc_features2(struct doc *, size_t i, uint32_t *out);

/* List the names that the elements' tags make. */
void doc_names(struct doc *);

/* Make room for the elements' scores and the names, and list the runs. */
void doc_room(struct doc *);

/* Best tags of all elements by their scores. */
void doc_decode(struct doc *);

/* Change the tags of the names that cannot be (rules.c); the list of names is old then. */
void doc_rules(struct doc *);

/* Both passes, types and rules: afterwards every element has its tag, and the names are listed. */
void doc_tag(struct doc *);

/* Of a name that is written. */
static inline bool
is_tagged(int tag)
{
	return tag != TAG_O && tag < TAG_B_MISC;
}

#endif
