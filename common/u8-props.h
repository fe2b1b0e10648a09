/* SPDX-License-Identifier: ISC */
/*
 * What u8.h says of a character, asked of utf8proc. For u8-gen.c, which makes
 * tables of it, and u8.c, which asks for what the tables leave out.
 */
#ifndef U8_PROPS_H
#define U8_PROPS_H

#include <utf8proc.h>

#include "u8.h"

enum { FOLD_NONE, FOLD_SELF, FOLD_ASK, FOLD_POOL };

static inline unsigned
props_class(uint32_t cp)
{
	if ((cp >= '\t' && cp <= '\r') || cp == 0x85)
		return U8_SPACE;
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LT:
		return U8_UPPER;
	case UTF8PROC_CATEGORY_LL:
		return U8_LOWER;
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return U8_CASELESS;
	case UTF8PROC_CATEGORY_ND:
		return U8_DIGIT;
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return U8_NUMBER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return utf8proc_get_property((utf8proc_int32_t)cp)->ignorable ? U8_IGNORE : U8_MARK;
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return U8_SPACE;
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
		return U8_IGNORE;
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PI:
		return U8_PUNCT | U8_OPEN;
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PF:
		return U8_PUNCT | U8_CLOSE;
	case UTF8PROC_CATEGORY_PD:
		return U8_PUNCT | U8_DASH;
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PO:
	case UTF8PROC_CATEGORY_SM:
	case UTF8PROC_CATEGORY_SC:
	case UTF8PROC_CATEGORY_SK:
	case UTF8PROC_CATEGORY_SO:
		return U8_PUNCT;
	default:
		return 0;
	}
}

static inline uint32_t
props_lower(uint32_t cp)
{
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

/* The folded form of cp into to, which has room for U8_FOLD_MAX bytes; returns its bytes. */
static inline size_t
props_fold(uint32_t cp, char *to)
{
	utf8proc_int32_t part[U8_FOLD_MAX / U8_MAX];
	utf8proc_ssize_t n, i;
	size_t used = 0;
	int boundary = 0;

	n = utf8proc_decompose_char(
	    (utf8proc_int32_t)cp, part, U8_FOLD_MAX / U8_MAX,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, &boundary);
	if (n > U8_FOLD_MAX / U8_MAX)
		n = U8_FOLD_MAX / U8_MAX;
	for (i = 0; i < n; i++)
		if (props_class((uint32_t)part[i]) & (U8_LETTER | U8_DIGIT | U8_NUMBER))
			used += (size_t)utf8proc_encode_char(part[i], (utf8proc_uint8_t *)to + used);
	return used;
}

#endif
