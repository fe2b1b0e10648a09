/* SPDX-License-Identifier: ISC */
/*
 * Words of a text.
 *
 * A word is a run of letters, digits and marks, with apostrophes (' and U+2019)
 * and hyphens inside it where a letter or digit stands on both sides, full stops
 * inside initials and numbers ("U.S", "3.5"), and commas inside numbers
 * ("50,000"). Everything else parts words.
 */
#ifndef WORD_H
#define WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/* Bits of what a word is made of. */
enum {
	WORD_INITIAL = 1 << 0, /* its first letter is upper case */
	WORD_UPPER = 1 << 1,   /* has an upper case letter */
	WORD_LOWER = 1 << 2,   /* has a lower case (or caseless) letter */
	WORD_DIGIT = 1 << 3,   /* has a digit */
	WORD_INNER = 1 << 4,   /* has an apostrophe, hyphen, stop or comma inside */
	WORD_WIDE = 1 << 5     /* has a byte above 127 */
};

/* text[begin, end) in bytes */
struct word {
	size_t begin;
	size_t end;
	unsigned shape;
};

/*
 * The next word at or after byte *at of the well-formed
 * text; moves *at behind it. False at the end.
 */
bool word_next(struct span text, size_t *at, struct word *);

#endif
