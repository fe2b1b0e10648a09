/* SPDX-License-Identifier: ISC */
/*
 * Characters of a text that was UTF-8, was read as windows-1252, and written as UTF-8 again, once
 * or twice over: "â€™" or "Ã¢â‚¬â„¢" for an apostrophe, "Ã©" for e-acute.
 */
#ifndef MISREAD_H
#define MISREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "u8.h"

/* u8_next, but of a character that was misread the one that was meant. */
size_t misread_whole(const char *p, size_t n, uint32_t *cp);

/*
 * Does a character that was misread begin with cp? So do quotes, dashes, and the letters of western
 * Europe. Behind another capital with an accent a quote may be meant: "CAFÉ’S".
 */
static inline bool
misread_begins(uint32_t cp)
{
	return cp == 0xC2 || cp == 0xC3 || cp == 0xE2;
}

static inline size_t
misread_next(const char *p, size_t n, uint32_t *cp)
{
	const size_t used = u8_next(p, n, cp);

	return misread_begins(*cp) ? misread_whole(p, n, cp) : used;
}

#endif
