/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "table.h"
#include "words.h"
#include "split-sentences/abbreviations.h"

uint32_t
word_hash(const char *p, size_t n)
{
	uint32_t h = 2166136261u;
	size_t k;

	for (k = 0; k < n; k++)
		h = (h ^ (unsigned char)ascii_fold(p[k])) * 16777619u;
	return h ^ h >> 15;
}

/* 12 bits of the hash beside 4 of class, open addressing in a table that is never full */
unsigned
lex_class(const uint16_t *lex, uint32_t hash)
{
	uint32_t at = hash & (LEX_SLOTS - 1), tag = hash >> 20;
	unsigned k;

	for (k = 0; k < 16; k++, at = (at + 1) & (LEX_SLOTS - 1)) {
		if (lex[at] == 0)
			return LEX_NONE;
		if ((uint32_t)lex[at] >> 4 == tag)
			return lex[at] & 15;
	}
	return LEX_NONE;
}

static inline bool
is_word(char c)
{
	return ascii_alnum(c) || (unsigned char)c >= 0xC3;
}

static unsigned
shape_of(const char *p, size_t n)
{
	size_t k, nup = 0, nlow = 0, ndig = 0, ndot = 0;

	for (k = 0; k < n; k++) {
		if (ascii_upper(p[k]))
			nup++;
		else if (ascii_lower(p[k]) || p[k] < 0)
			nlow++;
		else if (ascii_digit(p[k]))
			ndig++;
		else if (p[k] == '.')
			ndot++;
	}
	if (n == 0)
		return SHAPE_NONE;
	if (ndot > 0 && ndig == 0)
		return nup > 0 ? SHAPE_DOTTED : SHAPE_DOTTED_SMALL;
	if (ndig > 0)
		return nup + nlow > 0 ? SHAPE_ALNUM : ndig <= 2 && ndot == 0 ? SHAPE_DIGIT2 :
		    ndig == 4 && ndot == 0 ? SHAPE_DIGIT4 : SHAPE_DIGITS;
	if (nup == 0)
		return nlow == 1 ? SHAPE_SMALL1 : nlow <= 3 ? SHAPE_SMALL3 : SHAPE_SMALL;
	if (ascii_upper(p[0]) && nup == 1)
		return nlow == 0 ? SHAPE_CAPITAL1 : nlow <= 2 ? SHAPE_CAPITAL3 : SHAPE_CAPITAL;
	if (nlow == 0)
		return nup <= 3 ? SHAPE_ALL3 : SHAPE_ALL;
	/* a name of other letters begins with a wide capital */
	if (p[0] < 0 && nup == 0)
		return SHAPE_CAPITAL;
	return SHAPE_MIXED;
}

static void
look_up(struct side *s, const uint16_t *lex)
{
	s->shape = shape_of(s->p, s->n);
	s->hash = s->n <= WORD_MAX ? word_hash(s->p, s->n) : 0;
	s->lex = s->n > 0 && s->n <= WORD_MAX ? lex_class(lex, s->hash) : LEX_NONE;
}

struct side
word_left(const uint16_t *lex, const char *text, size_t at, size_t start)
{
	size_t i = at, low = at - start > 40 ? at - 40 : start;
	struct side s;

	while (i > low) {
		if (in_word(text, i - 1)) {
			i--;
		} else if ((text[i - 1] == '.' || text[i - 1] == '\'') && i < at && i - 1 > low && in_word(text, i - 2)) {
			i--;
		} else if (i >= low + 4 && i < at && memcmp(text + i - 3, "’", 3) == 0 && in_word(text, i - 4)) {
			i -= 3;
		} else
			break;
	}
	/* not in the middle of a letter */
	while (i < at && (text[i] & 0xC0) == 0x80)
		i++;
	s = (struct side){ .p = text + i, .n = at - i };
	look_up(&s, lex);
	return s;
}

struct side
word_right(const uint16_t *lex, const char *text, size_t at, size_t n)
{
	size_t i = at, high = n - at > 40 ? at + 40 : n;
	struct side s;

	while (i < high) {
		if (is_word(text[i]) ? (unsigned char)text[i] != 0xE2 : (text[i] & 0xC0) == 0x80 && i > at) {
			i++;
		} else if (text[i] == '\'' && i > at && i + 1 < high && ascii_lower(text[i + 1])) {
			i++;
		} else if ((unsigned char)text[i] == 0xE2 && i > at && i + 3 < high && memcmp(text + i, "’", 3) == 0 &&
		    ascii_lower(text[i + 3])) {
			i += 3;
		} else
			break;
	}
	s = (struct side){ .p = text + at, .n = i - at };
	look_up(&s, lex);
	return s;
}

int
span_order(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

/* A key in small letters matches any case. */
unsigned
abbreviation(const struct user_words *user, const struct side *s)
{
	char low[WORD_MAX];
	unsigned v;
	size_t k;

	if (s->n == 0 || s->n > WORD_MAX)
		return ABBR_NONE;
	if (user->n > 0 && bsearch(&(struct span){ s->p, s->n }, user->at, user->n, sizeof(*user->at), span_order) != NULL)
		return ABBR_USER;
	v = table_get(&abbreviations, s->p, s->n);
	if (v != 0 || s->shape == SHAPE_SMALL || s->shape == SHAPE_SMALL3)
		return v;
	for (k = 0; k < s->n; k++)
		low[k] = ascii_fold(s->p[k]);
	return table_get(&abbreviations, low, s->n);
}
