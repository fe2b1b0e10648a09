/* SPDX-License-Identifier: ISC */
/*
 * What a byte is, what a mark beyond ASCII is, and what a unit begins and ends with.
 */
#ifndef MARKS_H
#define MARKS_H

#include <stddef.h>
#include <stdint.h>

#include "page.h"

enum { BYTE_MARK, BYTE_SMALL, BYTE_CAPITAL, BYTE_DIGIT, BYTE_SPACE, BYTE_HIGH /* beyond ASCII */ };

extern const uint8_t byte_is[256];

/* What characters beyond ASCII are; quotation marks open or close. */
enum mark {
	MARK_LETTER,
	MARK_SPACE,
	MARK_OPEN,
	MARK_CLOSE,
	MARK_APOSTROPHE,
	MARK_DASH,
	MARK_DOTS,
	MARK_SEPARATOR,
	MARK_SIGN
};

/* That at p, beyond ASCII, of which *n is made the bytes; the unit begins at from. */
enum mark mark_at(const unsigned char *p, const unsigned char *from, size_t *n);

/* start_kind and end_kind of what is rare. */
enum start other_start(const unsigned char *p, size_t n);
enum end other_end(const unsigned char *p, size_t n);

/* What p[0, n) begins with. */
static inline enum start
start_kind(const unsigned char *p, size_t n)
{
	static const uint8_t start[] = {
		[BYTE_SMALL] = START_SMALL, [BYTE_CAPITAL] = START_CAPITAL, [BYTE_DIGIT] = START_DIGIT
	};
	const unsigned is = byte_is[*p];

	if (n == 0 || is - BYTE_SMALL > BYTE_DIGIT - BYTE_SMALL)
		return other_start(p, n);
	return is == BYTE_CAPITAL && n > 1 && byte_is[p[1]] == BYTE_CAPITAL ? START_CAPITALS
									    : (enum start)start[is];
}

/* What p[0, n) ends with: most often a letter, a digit, or a full stop behind a letter. */
static inline enum end
end_kind(const unsigned char *p, size_t n)
{
	static const uint8_t end[] = {
		[BYTE_SMALL] = END_LETTER, [BYTE_CAPITAL] = END_CAPITAL, [BYTE_DIGIT] = END_DIGIT
	};
	unsigned is;

	if (n < 2)
		return other_end(p, n);
	is = byte_is[p[n - 1]];
	if (is - BYTE_SMALL <= BYTE_DIGIT - BYTE_SMALL)
		return (enum end)end[is];
	return p[n - 1] == '.' && byte_is[p[n - 2]] == BYTE_SMALL ? END_STOP : other_end(p, n);
}

#endif
