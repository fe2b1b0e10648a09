/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "table.h"
#include "words.h"
#include "split-sentences/abbreviations.h"
#include "split-sentences/suffixes.h"

#define LOW(n) ((UINT64_C(1) << 8 * (n)) - 1)
#define ALL (~UINT64_C(0))
const uint64_t word_mask[WORD_MAX + 9] = { 0,	   0,	   0,	   0,	   0,	   0,	   0,	   0,	0,
					   LOW(1), LOW(2), LOW(3), LOW(4), LOW(5), LOW(6), LOW(7), ALL, ALL,
					   ALL,	   ALL,	   ALL,	   ALL,	   ALL,	   ALL,	   ALL };

static inline bool
is_word(char c)
{
	return ascii_alnum(c) || (unsigned char)c >= 0xC3;
}

/* What the first 16 bytes of a word are, a bit for each. */
struct kinds {
	unsigned upper, lower, digit, stop;
};

static struct kinds
kinds_of(const char *p)
{
	vec v = vec_load(p);

	return (struct kinds){ .upper = vec_bits16(vec_in(v, 'A', 'Z')),
			       .lower = vec_bits16(vec_in(v, 'a', 'z') | v),
			       .digit = vec_bits16(vec_in(v, '0', '9')),
			       .stop = vec_bits16(vec_is(v, '.')) };
}

static unsigned
shape_of(const char *p, size_t n)
{
	unsigned mask = n < 16 ? (1u << n) - 1 : 0xFFFF;
	struct kinds s;

	if (n == 0)
		return SHAPE_NONE;
	s = kinds_of(p);
	s.upper &= mask;
	s.lower &= mask;
	if ((s.digit & mask) != 0) {
		if ((s.upper | s.lower) != 0)
			return SHAPE_ALNUM;
		return (s.stop & mask) != 0 ? SHAPE_DIGITS
		       : n <= 2		    ? SHAPE_DIGIT2
		       : n == 4		    ? SHAPE_DIGIT4
					    : SHAPE_DIGITS;
	}
	if ((s.stop & mask) != 0)
		return s.upper != 0 ? SHAPE_DOTTED : SHAPE_DOTTED_SMALL;
	/* a name of other letters may begin with a wide capital */
	if (s.upper == 0)
		return (unsigned char)p[0] > 0x7F ? SHAPE_CAPITAL
		       : n == 1			  ? SHAPE_SMALL1
		       : n <= 3			  ? SHAPE_SMALL3
						  : SHAPE_SMALL;
	if (s.upper == 1)
		return s.lower == 0 ? SHAPE_CAPITAL1 : n <= 3 ? SHAPE_CAPITAL3 : SHAPE_CAPITAL;
	if (s.lower == 0)
		return n <= 3 ? SHAPE_ALL3 : SHAPE_ALL;
	return SHAPE_MIXED;
}

/* The same of n > 0 ASCII letters of which those in the bits of upper are capitals. */
static inline unsigned
letters_shape(size_t n, unsigned upper)
{
	if (upper == 0)
		return n == 1 ? SHAPE_SMALL1 : n <= 3 ? SHAPE_SMALL3 : SHAPE_SMALL;
	if (upper == 1)
		return n == 1 ? SHAPE_CAPITAL1 : n <= 3 ? SHAPE_CAPITAL3 : SHAPE_CAPITAL;
	if (upper == (1u << n) - 1)
		return n <= 3 ? SHAPE_ALL3 : SHAPE_ALL;
	return SHAPE_MIXED;
}

/* Bytes of a word at most that are looked at, and that may be read behind it. */
enum { SEEN_MAX = 40, SEEN_SLACK = VEC };

/* The word with apostrophes as the lists have them: It's for It’s. Returns its bytes. */
static size_t
straighten(char to[SEEN_MAX + SEEN_SLACK], const char *p, size_t n)
{
	size_t i = 0, k = 0;

	while (i < n)
		if (i + 3 <= n && memcmp(p + i, "’", 3) == 0) {
			to[k++] = '\'';
			i += 3;
		} else
			to[k++] = p[i++];
	memset(to + k, 0, SEEN_SLACK);
	return k;
}

static void
look_up(struct side *s, const uint16_t *lex, const char *p, size_t n)
{
	char straight[SEEN_MAX + SEEN_SLACK];

	*s = (struct side){ .p = p, .n = n };
	if (memchr(p, 0xE2, n) != NULL) {
		n = straighten(straight, p, n);
		p = straight;
	}
	s->shape = shape_of(p, n);
	if (n == 0 || n > WORD_MAX)
		return;
	s->hash = word_hash(p, n);
	s->lex = lex_class(lex, s->hash);
}

/* The same of 0 < n < 16 ASCII letters. */
static inline void
look_up_letters(struct side *s, const uint16_t *lex, const char *p, size_t n, unsigned upper)
{
	s->p = p;
	s->n = n;
	s->shape = letters_shape(n, upper);
	s->hash = word_hash(p, n);
	s->lex = lex_class(lex, s->hash);
}

void
word_left(struct side *s, const uint16_t *lex, const char *text, size_t at, size_t start)
{
	size_t i = at, low = at - start > SEEN_MAX ? at - SEEN_MAX : start;

	/* the commonest: 1 to 15 ASCII letters behind a blank */
	if (at - start >= 16) {
		vec v = vec_load(text + at - 16);
		unsigned upper = vec_bits16(vec_in(v, 'A', 'Z'));
		size_t n = (size_t)__builtin_clz(~((upper | vec_bits16(vec_in(v, 'a', 'z'))) << 16));

		if (n > 0 && n < 16 && text[at - n - 1] == ' ') {
			look_up_letters(s, lex, text + at - n, n, upper >> (16 - n));
			return;
		}
	}
	while (i > low) {
		if (in_word(text, i - 1)) {
			i--;
		} else if ((text[i - 1] == '.' || text[i - 1] == '\'') && i < at && i - 1 > low &&
			   in_word(text, i - 2)) {
			i--;
		} else if (i >= low + 4 && i < at && memcmp(text + i - 3, "’", 3) == 0 &&
			   in_word(text, i - 4)) {
			i -= 3;
		} else
			break;
	}
	/* not in the middle of a letter */
	while (i < at && (text[i] & 0xC0) == 0x80)
		i++;
	look_up(s, lex, text + i, at - i);
}

void
word_right(struct side *s, const uint16_t *lex, const char *text, size_t at, size_t n)
{
	size_t i = at, high = n - at > SEEN_MAX ? at + SEEN_MAX : n;

	/* the commonest: ASCII letters before a blank, stop or comma */
	if (n - at > 32) {
		vec v = vec_load(text + at);
		unsigned upper = vec_bits16(vec_in(v, 'A', 'Z'));
		size_t k = (size_t)__builtin_ctz(~(upper | vec_bits16(vec_in(v, 'a', 'z'))));

		if (k > 0 && k < 16 && (text[at + k] == ' ' || text[at + k] == ',' || text[at + k] == '.')) {
			look_up_letters(s, lex, text + at, k, upper & ((1u << k) - 1));
			return;
		}
	}
	while (i < high) {
		if (is_word(text[i]) ? (unsigned char)text[i] != 0xE2 : (text[i] & 0xC0) == 0x80 && i > at) {
			i++;
		} else if (text[i] == '\'' && i > at && i + 1 < high && ascii_lower(text[i + 1])) {
			i++;
		} else if ((unsigned char)text[i] == 0xE2 && i > at && i + 3 < high &&
			   memcmp(text + i, "’", 3) == 0 && ascii_lower(text[i + 3])) {
			i += 3;
		} else
			break;
	}
	look_up(s, lex, text + at, i - at);
}

int
span_order(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

/* A key in small letters matches any case. */
static unsigned
any_case(const char *p, size_t n, bool is_small)
{
	char low[WORD_MAX];
	unsigned v;
	size_t k;

	v = table_get(&abbreviations, p, n);
	if (v != 0 || is_small)
		return v;
	for (k = 0; k < n; k++)
		low[k] = ascii_fold(p[k]);
	return table_get(&abbreviations, low, n);
}

uint16_t abbreviation_bits[1 << 11];

void
words_ready(void)
{
	const struct table_slot *slot;
	uint32_t i, h;

	for (i = 0; i <= abbreviations.mask; i++) {
		char key[2 * WORD_MAX] = "";

		slot = &abbreviations.slot[i];
		if (slot->n == 0 || slot->n > WORD_MAX)
			continue;
		memcpy(key, abbreviations.pool + slot->at, slot->n);
		h = word_hash(key, slot->n);
		abbreviation_bits[h >> 21] |= (uint16_t)(1u << (h >> 17 & 15));
	}
}

unsigned
letters_abbreviation(const char *p, size_t n)
{
	if (n > ABBREVIATION_LETTERS || !may_abbreviate(word_hash(p, n)))
		return ABBR_NONE;
	return any_case(p, n, ascii_lower(*p));
}

unsigned
abbreviation(const struct user_words *user, const struct side *s)
{
	char word[SEEN_MAX + SEEN_SLACK];
	unsigned v;
	size_t k, n;

	if (s->n == 0 || s->n > SEEN_MAX)
		return ABBR_NONE;
	if (user->n > 0 &&
	    bsearch(&(struct span){ s->p, s->n }, user->at, user->n, sizeof(*user->at), span_order) != NULL)
		return ABBR_USER;
	if (!may_abbreviate(s->hash) || (n = straighten(word, s->p, s->n)) > WORD_MAX)
		return ABBR_NONE;
	v = any_case(word, n, s->shape == SHAPE_SMALL || s->shape == SHAPE_SMALL3);
	if (v != 0 || (s->shape != SHAPE_ALL3 && s->shape != SHAPE_ALL))
		return v;
	/* DET. is Det. */
	for (k = 1; k < n; k++)
		word[k] = ascii_fold(word[k]);
	return table_get(&abbreviations, word, n);
}

unsigned
suffix_class(const char *p, size_t n)
{
	char low[SUFFIX_LETTERS];
	size_t k;

	if (n < 2 || n > SUFFIX_LETTERS)
		return 0;
	for (k = 0; k < n; k++)
		low[k] = ascii_upper(p[0]) && ascii_upper(p[1]) ? ascii_fold(p[k]) : p[k];
	return table_get(&suffixes, low, n);
}
