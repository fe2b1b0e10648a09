/* SPDX-License-Identifier: ISC */
/*
 * Words beside a gap: how they are written, what they are known as.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "little.h"
#include "u8.h"
#include "vec.h"

/* Classes of abbreviations.tsv; ABBR_USER: one that the user gave. */
enum {
	ABBR_NONE,
	ABBR_TITLE,
	ABBR_NUMBER,
	ABBR_MONTH,
	ABBR_FIRM,
	ABBR_PLACE,
	ABBR_COUNTRY,
	ABBR_TIME,
	ABBR_LATIN,
	ABBR_DEGREE,
	ABBR_ETC,
	ABBR_MEASURE,
	ABBR_NEVER,
	ABBR_USER
};

/* Classes of suffixes.tsv, and the letters of its longest word at most. */
enum { SUFFIX_HOST = 1, SUFFIX_FILE, SUFFIX_SURE };
enum { SUFFIX_LETTERS = 8 };

/* The class of speech.tsv. */
enum { SPEECH = 1 };

/* The classes of the model's words: as names, small, as what begins sentences. */
enum {
	LEX_NONE, /* rare or unknown */
	LEX_NAME,
	LEX_NAME_OFTEN, /* nearly always with a capital */
	LEX_MOSTLY_NAME,
	LEX_BOTH,
	LEX_BOTH_OFTEN,
	LEX_MOSTLY_SMALL,
	LEX_MOSTLY_SMALL_OFTEN,
	LEX_SMALL,
	LEX_SMALL_OFTEN, /* nearly always small inside a sentence */
	LEX_SMALL_STARTS,
	LEX_SMALL_STARTS_OFTEN, /* and seen at the beginning of some */
	LEX_STARTER,
	LEX_STARTER_OFTEN /* and often there */
};

/* How a word is written. */
enum shape {
	SHAPE_NONE,
	SHAPE_SMALL1,
	SHAPE_SMALL3,
	SHAPE_SMALL, /* small letters: 1, to 3, more */
	SHAPE_CAPITAL1,
	SHAPE_CAPITAL3,
	SHAPE_CAPITAL, /* a capital and small ones, the same */
	SHAPE_ALL3,
	SHAPE_ALL, /* capitals: 2 or 3, more */
	SHAPE_DIGIT2,
	SHAPE_DIGIT4,
	SHAPE_DIGITS, /* digits: 1 or 2, 4, others */
	SHAPE_DOTTED,
	SHAPE_DOTTED_SMALL, /* U.S, p.m */
	SHAPE_ALNUM,
	SHAPE_MIXED
};

struct side {
	const char *p;
	size_t n;
	unsigned shape;
	uint32_t hash; /* of the lower case word */
	unsigned lex;
};

enum { WORD_MAX = 16 }; /* bytes; longer words count as unknown */

/* word_mask[n] keeps the first n - 8 of 8 bytes, none or all where there are not so many. */
extern const uint64_t word_mask[WORD_MAX + 9];

/*
 * A hash of the ASCII-folded word of n bytes, 0 < n <= WORD_MAX; WORD_MAX bytes
 * at p may be read.
 */
static inline uint32_t
word_hash(const char *p, size_t n)
{
	uint64_t a = little64(p), b = little64(p + 8);

	/* without a branch: lengths cannot be foreseen */
	a &= word_mask[n + 8];
	b &= word_mask[n];
	a = (a | 0x2020202020202020u) * 0x9E3779B97F4A7C15u;
	b = (a ^ a >> 32 ^ (b | 0x2020202020202020u)) * 0xD6E8FEB86659FD93u;
	return (uint32_t)(b >> 32);
}

/*
 * The class of a word in the list: LEX_SLOTS places with 12 bits of the hash
 * beside 4 of class, open addressing, never full. Behind them stands a bit for
 * each of the 32768 values of the hash's top 15 bits: a word of class
 * LEX_SMALL_STARTS or more has it. The next 32768 bits are for the first three
 * letters of the words that name_within() looks for: few names share them.
 */
#define LEX_SLOTS (1u << 13)
#define LEX_FIRST (LEX_SLOTS + (1u << 11))
#define LEX_SIZE (LEX_FIRST + (1u << 11))
enum { LEX_TRIES = 16 };

static inline unsigned
lex_class(const uint16_t *lex, uint32_t hash)
{
	uint32_t at = hash & (LEX_SLOTS - 1), tag = hash >> 20;
	unsigned k;

	for (k = 0; k < LEX_TRIES && lex[at] != 0; k++, at = (at + 1) & (LEX_SLOTS - 1))
		if ((uint32_t)little16(lex + at) >> 4 == tag)
			return little16(lex + at) & 15;
	return LEX_NONE;
}

/*
 * The bit of three letters, the first the lowest byte,
 * whatever their case: a hash that few of them share.
 */
static inline unsigned
first_three(uint32_t letters)
{
	return (letters & 0x1F1F1F) * 0x165667B1u >> 17;
}

/*
 * May the word of these first letters be one that name_within() looks for? first: lex + LEX_FIRST.
 */
static inline unsigned
begins_like(const uint16_t *first, uint32_t letters)
{
	unsigned bit = first_three(letters);

	return little32(first + (bit >> 5 << 1)) >> (bit & 31) & 1;
}

/* The length of the word of ASCII letters at p, up to WORD_MAX + 1; so many bytes may be read. */
static inline size_t
letters(const char *p)
{
	unsigned m = vec_bits16(vec_in(vec_load(p) | vec_all(0x20), 'a', 'z'));
	size_t k = VEC;

	if (m != 0xFFFF)
		return (size_t)__builtin_ctz(~m);
	while (k <= WORD_MAX && ascii_alpha(p[k]))
		k++;
	return k;
}

static inline unsigned
letters_class(const uint16_t *lex, const char *p, size_t n)
{
	return n > 0 && n <= WORD_MAX ? lex_class(lex, word_hash(p, n)) : LEX_NONE;
}

/*
 * Is the word of n letters at p one that begins
 * sentences: of class least, LEX_SMALL_STARTS, or more?
 */
static inline bool
starts_as(const uint16_t *lex, const char *p, size_t n, unsigned least)
{
	uint32_t h;

	if (n == 0 || n > WORD_MAX)
		return false;
	h = word_hash(p, n);
	return (little16(lex + LEX_SLOTS + (h >> 21)) >> (h >> 17 & 15) & 1) != 0 &&
	       lex_class(lex, h) >= least;
}

static inline bool
starts_sentences(const uint16_t *lex, const char *p, size_t n)
{
	return starts_as(lex, p, n, LEX_SMALL_STARTS);
}

/* Look at the word of text that ends before at and does not begin before start. */
void word_left(struct side *, const uint16_t *lex, const char *text, size_t at, size_t start);

/* Look at the word of text[0, n) that begins at at. */
void word_right(struct side *, const uint16_t *lex, const char *text, size_t at, size_t n);

/* The user's abbreviations, sorted by span_order. */
struct user_words {
	const struct span *at;
	size_t n;
};
int span_order(const void *, const void *);

/* Letters of the longest abbreviation without a stop or other sign in it. */
enum { ABBREVIATION_LETTERS = 6 };

/* Once, before any thread looks for abbreviations. */
void words_ready(void);

/*
 * A bit for each value of the top 15 bits of a word's
 * hash: few words that are no abbreviations have it.
 */
extern uint16_t abbreviation_bits[1 << 11];

static inline bool
may_abbreviate(uint32_t hash)
{
	return (abbreviation_bits[hash >> 21] >> (hash >> 17 & 15) & 1) != 0;
}

/* The class of the abbreviation that the word is, without its last stop. */
unsigned abbreviation(const struct user_words *, const struct side *);

/* The same of n > 0 letters at p, of which the first may be a capital; the user's words aside. */
unsigned letters_abbreviation(const char *p, size_t n);

/* The class of the word as the end of a host's or file's name, in small letters or in capitals; 0: none. */
unsigned suffix_class(const char *p, size_t n);

/* Is it the class of what stands before a number: Sept. 4, No. 5? */
static inline bool
number_follows(unsigned abbr)
{
	return abbr == ABBR_MONTH || abbr == ABBR_NUMBER;
}

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

/*
 * Is the capitalised word at p, behind another and a blank, a name that goes on
 * with the sentence? But not a dateline or caption (Tuesday, Image:).
 */
static inline bool
name_within(const uint16_t *lex, const char *p)
{
	size_t n = letters(p);

	return !starts_as(lex, p, n, LEX_STARTER) && p[n] != ':' &&
	       (p[n] != ',' || n < 6 || memcmp(p + n - 3, "day", 3) != 0);
}

/* How many letters end before at, and not before start, up to WORD_MAX. */
static inline size_t
letters_before(const char *text, size_t at, size_t start)
{
	size_t k = at;

	while (k > start && at - k < WORD_MAX && ascii_alpha(text[k - 1]))
		k--;
	return at - k;
}

/* How many small letters end before at, up to 16. */
static inline size_t
small_before(const char *text, size_t at)
{
	size_t n = 0;

	if (at >= VEC)
		return (size_t)__builtin_clz(
		    ~(vec_bits16(vec_in(vec_load(text + at - VEC), 'a', 'z')) << VEC));
	while (n < at && ascii_lower(text[at - n - 1]))
		n++;
	return n;
}

/* Does a word that is normally small end before at, behind a blank? */
static inline bool
small_word_before(const uint16_t *lex, const char *text, size_t at)
{
	size_t n = small_before(text, at);

	if (n < at)
		n += ascii_upper(text[at - n - 1]);
	return (n == at || text[at - n - 1] == ' ' || text[at - n - 1] == '\n') &&
	       letters_class(lex, text + at - n, n) >= LEX_MOSTLY_SMALL;
}

/* Does a word of two to five capitals end before at, inside a sentence: of FBI; (WBD) CEO? */
static inline bool
acronym_before(const char *text, size_t at)
{
	size_t k;

	for (k = at; k > 0 && at - k < 6 && ascii_upper(text[k - 1]); k--)
		;
	return at - k > 1 && at - k < 6 && k > 1 && text[k - 1] == ' ' &&
	       (ascii_lower(text[k - 2]) || text[k - 2] == ')' || text[k - 2] == ',');
}

/*
 * Does the sentence go on with the capitalised word at i, behind a letter or
 * comma and a blank? Behind a comma or a small letter a name does, behind a
 * capital a word of capitals, behind FBI a name, behind a known small word all do.
 */
static inline bool
goes_on(const uint16_t *lex, const char *text, size_t i)
{
	char a = text[i - 2];

	if (ascii_upper(a))
		return ascii_upper(text[i + 1]) ||
		       (acronym_before(text, i - 1) && name_within(lex, text + i));
	if (a == ',')
		return name_within(lex, text + i);
	return ascii_lower(a) && (name_within(lex, text + i) || small_word_before(lex, text, i - 1));
}

#endif
