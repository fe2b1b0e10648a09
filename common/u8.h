/* SPDX-License-Identifier: ISC */
/*
 * UTF-8 and the properties of characters.
 *
 * Nothing here depends on the locale. Properties of the basic plane stand in
 * tables made from utf8proc by the build (u8-gen.c); utf8proc answers for the
 * other planes, and only u8.c and u8-gen.c include it.
 */
#ifndef U8_H
#define U8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

#define U8_BAD 0xFFFDu /* what an ill-formed byte reads as */
#define U8_MAX 4       /* bytes of the longest sequence */

/* Bits of a character's class; a character has one of the first group at the most. */
enum {
	U8_UPPER = 1 << 0,    /* upper or title case letter */
	U8_LOWER = 1 << 1,    /* lower case letter */
	U8_CASELESS = 1 << 2, /* any other letter */
	U8_DIGIT = 1 << 3,    /* decimal digit */
	U8_NUMBER = 1 << 4,   /* another number: Roman numeral, fraction, superscript */
	U8_SPACE = 1 << 5,    /* white space, line ends and NBSP among it */
	U8_MARK = 1 << 6,     /* combining mark */
	U8_IGNORE = 1 << 7,   /* not to be seen: soft hyphen, zero-width space, BOM, controls, format */
	U8_PUNCT = 1 << 8,    /* punctuation or symbol */

	U8_OPEN = 1 << 9,   /* besides: opening bracket or quote (Ps, Pi) */
	U8_CLOSE = 1 << 10, /* besides: closing bracket or quote (Pe, Pf) */
	U8_DASH = 1 << 11,  /* besides: hyphen or dash (Pd) */

	U8_LETTER = U8_UPPER | U8_LOWER | U8_CASELESS,
	U8_WORD = U8_LETTER | U8_DIGIT | U8_NUMBER | U8_MARK
};

/*
 * Decode one character from the n > 0 bytes at p. Returns the bytes used,
 * never 0; of an ill-formed sequence the maximal part (Unicode 3.9, U+FFFD
 * per maximal subpart), with *cp U8_BAD.
 */
size_t u8_next(const char *p, size_t n, uint32_t *cp);

/*
 * Bytes of the well-formed sequence above ASCII at p, 4 bytes of which can be read; 0 for
 * any other byte. Without branches for the bytes: a third of u8_next's instructions.
 */
static inline size_t
u8_wide(const char *p)
{
	const unsigned char *s = (const unsigned char *)p;
	uint32_t v = (uint32_t)s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 | (uint32_t)s[3] << 24;

	/* lead byte and continuations, then the second byte's limits: Unicode table 3-7 */
	if ((v & 0xC0C0F0) == 0x8080E0)
		return (v & 0x200F) != 0 && (v & 0x200F) != 0x200D ? 3 : 0;
	if ((v & 0xC0E0) == 0x80C0)
		return (v & 0x1E) != 0 ? 2 : 0;
	if ((v & 0xC0C0C0F8) == 0x808080F0)
		return (v & 0x3007) != 0 && ((v & 4) == 0 || (v & 0x3003) == 0) ? 4 : 0;
	return 0;
}

/* Write cp at p, which has room for U8_MAX; returns the bytes written. */
size_t u8_put(char *p, uint32_t cp);

/* How many of the n bytes at p come before the first NUL or ill-formed sequence. */
size_t u8_clean(const char *p, size_t n);

/*
 * Append the n bytes at p to b with U+FFFD for each NUL and each maximal
 * ill-formed part; returns how many there were.
 */
size_t u8_repair(struct buf *b, const char *p, size_t n);

/* Characters in n well-formed bytes; up to 15 bytes more are read. */
size_t u8_count(const char *p, size_t n);

/* Class bits of any code point; 0 where none fits (unassigned, private use). */
unsigned u8_class(uint32_t cp);

/* Simple lower case of cp; itself where it has none. */
uint32_t u8_lower(uint32_t cp);

/*
 * The letters and digits of cp after NFKD and case folding, as UTF-8: "e" for
 * e-acute, "fi" for the ligature, "ss" for sharp s, nothing for marks, spaces,
 * punctuation and ignorables. Never more than U8_FOLD_MAX bytes; the span lives
 * as long as the program, or until the thread's next call.
 */
#define U8_FOLD_MAX 72 /* 18 characters, as of U+FDFA, the longest */
struct span u8_fold(uint32_t cp);

/* What windows-1252 has at the byte 0x80 + i; the control of that number where it has nothing. */
enum { U8_1252 = 32 };
extern const uint16_t u8_1252[U8_1252];

/* Is c an ASCII letter and so on; for bytes, whatever their sign. */
static inline bool
ascii_upper(char c)
{
	return (unsigned char)(c - 'A') < 26;
}

static inline bool
ascii_lower(char c)
{
	return (unsigned char)(c - 'a') < 26;
}

static inline bool
ascii_alpha(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool
ascii_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static inline bool
ascii_alnum(char c)
{
	return ascii_alpha(c) || ascii_digit(c);
}

static inline bool
ascii_space(char c)
{
	return c == ' ' || (unsigned char)(c - '\t') < 5;
}

static inline char
ascii_fold(char c)
{
	return ascii_upper(c) ? (char)(c | 0x20) : c;
}

#endif
