/* SPDX-License-Identifier: ISC */
/*
 * Words beside a gap: how they are written, what they are known as.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "u8.h"

/* Classes of abbreviations.tsv; ABBR_USER: one that the user gave. */
enum {
	ABBR_NONE, ABBR_TITLE, ABBR_NUMBER, ABBR_MONTH, ABBR_FIRM, ABBR_PLACE, ABBR_COUNTRY,
	ABBR_TIME, ABBR_LATIN, ABBR_DEGREE, ABBR_ETC, ABBR_MEASURE, ABBR_USER
};

/* Classes of suffixes.tsv. */
enum { SUFFIX_HOST = 1, SUFFIX_FILE };

/* The class of speech.tsv. */
enum { SPEECH = 1 };

/* The classes of the model's words: as names, small, as what begins sentences. */
enum {
	LEX_NONE,		/* rare or unknown */
	LEX_NAME, LEX_NAME_OFTEN,	/* nearly always with a capital */
	LEX_MOSTLY_NAME,
	LEX_BOTH, LEX_BOTH_OFTEN,
	LEX_MOSTLY_SMALL, LEX_MOSTLY_SMALL_OFTEN,
	LEX_SMALL, LEX_SMALL_OFTEN,	/* nearly always small inside a sentence */
	LEX_SMALL_STARTS, LEX_SMALL_STARTS_OFTEN,	/* and seen at the beginning of some */
	LEX_STARTER, LEX_STARTER_OFTEN	/* and often there */
};

/* How a word is written. */
enum shape {
	SHAPE_NONE,
	SHAPE_SMALL1, SHAPE_SMALL3, SHAPE_SMALL,		/* small letters: 1, to 3, more */
	SHAPE_CAPITAL1, SHAPE_CAPITAL3, SHAPE_CAPITAL,		/* a capital and small ones, the same */
	SHAPE_ALL3, SHAPE_ALL,					/* capitals: 2 or 3, more */
	SHAPE_DIGIT2, SHAPE_DIGIT4, SHAPE_DIGITS,		/* digits: 1 or 2, 4, others */
	SHAPE_DOTTED, SHAPE_DOTTED_SMALL,			/* U.S, p.m */
	SHAPE_ALNUM, SHAPE_MIXED
};

struct side {
	const char	*p;
	size_t		 n;
	unsigned	 shape;
	uint32_t	 hash;		/* of the lower case word */
	unsigned	 lex;
};

enum { WORD_MAX = 24 };		/* bytes; longer words count as unknown */

/* A hash of the ASCII-folded word. */
uint32_t word_hash(const char *p, size_t n);

/* The class of a word in the list of LEX_SLOTS places. */
#define LEX_SLOTS	(1u << 15)
unsigned lex_class(const uint16_t *lex, uint32_t hash);

/* The word of text that ends before at and does not begin before start. */
struct side word_left(const uint16_t *lex, const char *text, size_t at, size_t start);

/* The word of text[0, n) that begins at at. */
struct side word_right(const uint16_t *lex, const char *text, size_t at, size_t n);

/* The user's abbreviations, sorted by span_order. */
struct user_words {
	const struct span	*at;
	size_t			 n;
};
int	span_order(const void *, const void *);

/* The class of the abbreviation that the word is, without its last stop. */
unsigned abbreviation(const struct user_words *, const struct side *);

/* Is the byte before at part of a letter or digit, not of a quote or dash? */
static inline bool
in_word(const char *p, size_t at)
{
	unsigned char c = (unsigned char)p[at], b;

	if (c < 0x80)
		return ascii_alnum((char)c);
	if (c >= 0xC3)
		return c != 0xE2;
	if (c >= 0xC0 || at == 0)
		return false;
	b = (unsigned char)p[at - 1];
	return b >= 0xC3 && b != 0xE2;
}

#endif
