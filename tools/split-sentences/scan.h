/* SPDX-License-Identifier: ISC */
/*
 * Where a sentence may end: the gaps of a text that are worth a decision.
 *
 * Nothing is decided here. A gap is a place between two characters that are
 * not blank; all others are never boundaries.
 */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "u8.h"

/* What a single newline means; a blank line always parts paragraphs. */
enum newline { NEWLINE_AUTO, NEWLINE_PARAGRAPH, NEWLINE_SPACE };

/* What stands in a gap. */
enum gap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH };

/* A gap of text: blanks, if any, are text[end, next). */
struct gap_at {
	size_t end;
	size_t next;
	uint8_t gap;	/* enum gap */
	uint8_t quoted; /* it is inside double quotes */
	uint8_t item;	/* a list's marker begins at next, and follows on from the one before it */
	uint8_t plain;	/* bytes up to end of a sentence that plain_decide() would end here; 0: not known */
};

struct scan {
	const uint16_t *lex; /* given: names within sentences are no gaps; NULL: all are wanted */

	struct gap_at *at;
	size_t n;
	size_t cap;

	/* the document: how much of it is as it should be */
	size_t nspaced; /* end marks before blank and capital */
	size_t nglued;	/* end marks right before a capital */
	size_t nlower;	/* stops before blank and small letter */
	size_t nloose;	/* other end marks before blank and small letter */
	size_t ninside; /* end marks before a closing quote (."), and behind one (".) */
	size_t noutside;
	bool wrapped; /* single newlines are blanks */
	bool alone;   /* one line, no sentence is seen to end in it: it may be one */

	/* words with a capital inside them, counted by a hash: a name comes back, glue does not */
	bool any_camel;
	uint8_t camel[1024];
};

/* Find the gaps of the well-formed text. */
void scan_text(struct scan *, const char *text, size_t n, enum newline);
void scan_free(struct scan *);

/*
 * How often, up to 3, the word with a capital at at, behind its first letter, stands in the text.
 */
unsigned scan_camel(const struct scan *, const char *text, size_t at);

/*
 * Behind the note in brackets at at, such as [12], [...], [citation needed]; 0 when there is none.
 */
enum { NOTE_MAX = 32 };
size_t note_at(const char *text, size_t at, size_t n);

/* Bytes of the sign of a note at p, one of ⁰ to ⁹ † ‡; 0 when there is none. */
size_t note_sign(const char *p, const char *end);

/*
 * Bytes of the blank at p, 0 when there is none; of one that is not ASCII; and of
 * the one that ends before at. Blanks are white space of any script, and the marks
 * without width that pages have in its stead: U+200B to U+200F, U+2060, U+FEFF.
 */
size_t blank_wide(const char *p);
size_t wide_blank_before(const char *p, size_t at);

static inline size_t
blank_at(const char *p, const char *end)
{
	if (p == end)
		return 0;
	return (unsigned char)*p < 0x80 ? ascii_space(*p) : blank_wide(p);
}

static inline size_t
blank_before(const char *p, size_t at)
{
	if (at == 0)
		return 0;
	return (unsigned char)p[at - 1] < 0x80 ? ascii_space(p[at - 1]) : wide_blank_before(p, at);
}

/* Where the blanks that end before at begin. */
size_t back_over_blanks(const char *text, size_t at);

/* Is c part of a character that is not ASCII? */
static inline bool
is_wide(char c)
{
	return (unsigned char)c > 0x7F;
}

/* Bytes of the end mark of another script at p, one of 。 ！ ？ । ؟ ۔; 0 when there is none. */
size_t foreign_mark(const char *p);

/*
 * Bytes of the closing quote or bracket at p that is
 * not ASCII, 0 for none; the same for opening ones.
 */
size_t wide_closing(const char *p);
size_t wide_opening(const char *p);

static inline size_t
wide_close(const char *p, const char *end)
{
	return p < end && is_wide(*p) ? wide_closing(p) : 0;
}

static inline size_t
wide_open(const char *p, const char *end)
{
	return p < end && is_wide(*p) ? wide_opening(p) : 0;
}

#endif
