/* SPDX-License-Identifier: ISC */
#include "misread.h"

enum {
	TIMES = 2,  /* thrice was not met */
	LOST = 0x9D /* of a closing quote; windows-1252 has nothing there, and a control may be dropped */
};

/* The byte, 0x80 to 0xBF, that windows-1252 reads as cp; 0 for none. */
static unsigned char
byte_of(uint32_t cp)
{
	unsigned i;

	if (cp == U8_BAD)
		return LOST;
	if (cp >= 0x80 && cp < 0xC0)
		return (unsigned char)cp;
	for (i = 0; i < U8_1252 && u8_1252[i] != cp; i++)
		;
	return i < U8_1252 ? (unsigned char)(0x80 + i) : 0;
}

/* How many bytes follow one that reads as cp, at the beginning of a character or inside of one. */
static size_t
followers(uint32_t cp, bool inside)
{
	if (!inside && !misread_begins(cp))
		return 0;
	return cp >= 0xC2 && cp < 0xE0 ? 1 : cp >= 0xE0 && cp < 0xF0 ? 2 : 0;
}

/*
 * The character at p, which may have been misread so many times: characters that may have been so
 * once less are read, and where they stand for the bytes of one, that one is meant. inside: this is
 * done to read one of them, and then what it begins with does not matter.
 */
static size_t
next(const char *p, size_t n, int times, bool inside, uint32_t *cp)
{
	size_t used, at, step, i, more;
	unsigned char byte[3] = { 0 };
	uint32_t c;

	if (times == 0)
		return u8_next(p, n, cp);
	used = at = next(p, n, times - 1, inside, cp);
	more = followers(*cp, inside);
	byte[0] = (unsigned char)*cp;
	for (i = 1; i <= more && at < n; i++, at += step) {
		step = next(p + at, n - at, times - 1, true, &c);
		byte[i] = byte_of(c);
		if (byte[i] == 0)
			break;
	}
	if (more == 2 && i == 2 && byte[1] == 0x80) /* the third one was dropped */
		byte[i++] = LOST;
	if (more == 0 || i <= more || u8_next((char *)byte, i, &c) < i || c == U8_BAD)
		return used;
	*cp = c;
	return at;
}

size_t
misread_whole(const char *p, size_t n, uint32_t *cp)
{
	return next(p, n, TIMES, false, cp);
}
