/* SPDX-License-Identifier: ISC */
/*
 * Tokens of a document, as the tagger sees them: words without their
 * possessive 's, parts of hyphenated words, marks of punctuation, line ends.
 * Words that ran together where a space was lost are parted.
 */
#ifndef TOKENS_H
#define TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "little.h"

enum token_kind {
	TOKEN_LOWER,  /* word without an upper case letter: never part of a name but as a joint */
	TOKEN_NAME,   /* word with an upper case letter, that may be (part of) a name */
	TOKEN_NUMBER, /* begins with a digit */
	TOKEN_MARK,   /* punctuation or symbol */
	TOKEN_POSS,   /* possessive 's, or an apostrophe alone after s */
	TOKEN_LINE    /* line end or several; no name crosses it */
};

/* What a word looks like. */
enum token_shape {
	SHAPE_LOWER,   /* word */
	SHAPE_INITIAL, /* Word */
	SHAPE_UPPER,   /* WORD */
	SHAPE_LETTER,  /* W, W. */
	SHAPE_DOTTED,  /* U.S. */
	SHAPE_CAMEL,   /* McWord, YouTube */
	SHAPE_INNER,   /* eBay */
	SHAPE_MIXED,   /* letters and digits: F-16's "F16" */
	SHAPE_DIGITS
};

enum {
	TOKEN_START = 1 << 0, /* begins a sentence, or may */
	TOKEN_TITLE = 1 << 1, /* in a line of Title Case */
	TOKEN_CAPS = 1 << 2,  /* in a line of CAPITALS */
	TOKEN_GLUED = 1 << 3, /* no space before it, a word right there */
	TOKEN_SPACE = 1 << 4, /* white space before it */
	TOKEN_DOT = 1 << 5,   /* ends in a full stop of its own: Inc. */
	TOKEN_PARA = 1 << 6,  /* of a line end: a blank line follows */
	TOKEN_BARE = 1 << 7,  /* a possessive that lost its apostrophe */
	TOKEN_WIDE = 1 << 8,  /* not ASCII alone */
	TOKEN_WHEN = 1 << 9,  /* a word of dates and amounts, whose value is found by the hash */
	TOKEN_QUOTE = 1 << 10 /* an apostrophe inside */
};

struct token {
	uint32_t begin; /* bytes of the text */
	uint32_t end;
	uint32_t hash; /* of the folded letters and digits; of marks MARK_HASH */
	uint16_t flags;
	uint8_t kind;
	uint8_t shape;
};

/* The hash of a mark by its character, and the character by it. */
#define MARK_HASH(cp) ((cp) | 1u << 31)
#define MARK_CP(hash) ((hash)&0x7FFFFFFFu)

/* Tokens of one text: n of them, with TOKEN_PAD line ends before tok[0] and behind the last one. */
#define TOKEN_PAD 4

struct tokens {
	const char *text;
	size_t size;
	struct token *base; /* tok - TOKEN_PAD */
	struct token *tok;
	size_t n;
	size_t cap;
	uint32_t *when; /* numbers of the nwhen tokens that dates and amounts are made of, or may be */
	uint32_t *
	    name; /* and of the nname ones of TOKEN_NAME: to look for either took mispredicted branches, a tenth of the time */
	size_t nwhen, nname;
	size_t nlisted; /* tokens there were when the lists were made; 0: they are to be made anew */
	bool has_caps;	/* there is a line of capitals */
	bool has_title; /* of Title Case */
	bool has_camel; /* there is a word with a capital inside */
};

/* All bits where the condition holds, none where it does not: a choice without a branch. */
static inline uint64_t
mask_if(bool condition)
{
	return -(uint64_t)condition;
}

/*
 * Of a word of at most 16 letters: the first eight
 * and the others, as little64 has them, zeros behind.
 */
struct letters {
	uint64_t a, b;
};

/* Where word_hash begins: part of the model and of the gazetteer. */
#define HASH_SEED 0x2545F4914F6CDD1Du

/* word_hash of small letters. Nothing is branched on: how long a word is cannot be foretold. */
static inline uint32_t
letters_hash(struct letters l)
{
	uint64_t h = (HASH_SEED ^ l.a) * 0x9E3779B97F4A7C15u,
		 more = (h ^ h >> 29 ^ l.b) * 0x9E3779B97F4A7C15u;

	h ^= (h ^ more) & mask_if(l.b != 0);
	h ^= h >> 32;
	return (uint32_t)(h * 0xD6E8FEB86659FD93u >> 32) | 1;
}

/*
 * The value by when.tsv of the word of n bytes at p, in whatever
 * case, with REC_SLACK readable bytes behind; 0 of others.
 */
uint32_t word_what(const char *p, size_t n);

/* Cut the size bytes at text, which has REC_SLACK bytes behind it, into tokens. */
void tokens_read(struct tokens *, const char *text, size_t size);
void tokens_free(struct tokens *);

/* Find out anew whether token i is a word of dates and amounts, after its ends were changed. */
void tokens_what(struct tokens *, size_t i);

/* Make the lists of numbers anew, after tokens were changed or more of them made. */
void tokens_list(struct tokens *);

/* Room for more tokens behind the n and their padding. */
void tokens_room(struct tokens *, size_t more);

#define WORD_MAX 64 /* bytes: nothing longer is a name */
#define WORD_FOLD 136

/*
 * Put the folded letters and digits of n bytes at p into fold,
 * WORD_MAX bytes of them or one character more; returns how many.
 */
size_t word_fold(const char *p, size_t n, char fold[WORD_FOLD]);

/*
 * Hash of the folded letters and digits of n bytes at
 * p, with REC_SLACK readable bytes behind; never 0.
 */
uint32_t word_hash(const char *p, size_t n);

/*
 * Hash of n > 0 bytes at p as they stand, with REC_SLACK readable bytes behind. Words of like
 * hashes can be computed by who knows the seed.
 */
static inline uint64_t
word_key(const char *p, size_t n, uint64_t seed)
{
	uint64_t h = seed, x;

	for (; n > 8; n -= 8, p += 8) {
		x = little64(p);
		h = (h ^ x) * 0x9E3779B97F4A7C15u;
		h ^= h >> 29;
	}
	x = little64(p);
	x &= ~(uint64_t)0 >> (64 - 8 * n);
	h = (h ^ x) * 0x9E3779B97F4A7C15u;
	h ^= h >> 32;
	return h * 0xD6E8FEB86659FD93u;
}

/* One more round: the key of a name of several words from that of all but its last word. */
static inline uint32_t
name_hash(uint32_t so_far, uint32_t word)
{
	uint64_t h = (uint64_t)(so_far * 0x9E3779B1u ^ word) * 0xD6E8FEB86659FD93u;

	return (uint32_t)(h >> 32) | 1;
}

/*
 * Are the size bytes at p one of the n words of the
 * list, each in `width` bytes with a NUL behind it?
 */
static inline bool
is_listed(const char *p, size_t size, const char *list, size_t width, size_t n)
{
	const char *end = list + n * width;

	for (; size < width && list < end; list += width)
		if (list[0] == p[0] && list[size] == '\0' && memcmp(p, list, size) == 0)
			return true;
	return false;
}
#define LISTED_WORD(p, size, list) \
	is_listed(p, size, (const char *)(list), sizeof((list)[0]), sizeof(list) / sizeof((list)[0]))
/* The token as it is written. */
#define LISTED(ts, t, list) LISTED_WORD((ts)->text + (t)->begin, (t)->end - (t)->begin, list)

static inline bool
is_the(const struct tokens *ts, const struct token *t)
{
	const char *p = ts->text + t->begin;

	return t->end - t->begin == 3 && (p[0] | 0x20) == 't' && p[1] == 'h' && p[2] == 'e';
}

#endif
