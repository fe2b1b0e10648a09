/* SPDX-License-Identifier: ISC */
#include "u8.h"

#include "u8-props.h"
#include "u8-tables.h"
#include "vec.h"

#define BASIC_PLANE 0x10000u

const uint16_t u8_1252[U8_1252] = { 0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
				    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
				    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
				    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178 };

size_t
u8_next(const char *p, size_t n, uint32_t *cp)
{
	const unsigned char *s = (const unsigned char *)p;
	unsigned char low = 0x80, high = 0xBF; /* what the second byte may be, Unicode table 3-7 */
	uint32_t c = s[0];
	size_t need, i;

	*cp = c;
	if (c < 0x80)
		return 1;
	*cp = U8_BAD;
	if (c >= 0xC2 && c <= 0xDF) {
		need = 2;
		c &= 0x1F;
	} else if (c >= 0xE0 && c <= 0xEF) {
		need = 3;
		if (c == 0xE0)
			low = 0xA0;
		if (c == 0xED)
			high = 0x9F;
		c &= 0x0F;
	} else if (c >= 0xF0 && c <= 0xF4) {
		need = 4;
		if (c == 0xF0)
			low = 0x90;
		if (c == 0xF4)
			high = 0x8F;
		c &= 0x07;
	} else
		return 1;
	for (i = 1; i < need; i++) {
		if (i == n || s[i] < low || s[i] > high)
			return i;
		c = c << 6 | (s[i] & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	*cp = c;
	return need;
}

size_t
u8_put(char *p, uint32_t cp)
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)p);
}

/*
 * Bytes of the n at p before the first NUL or byte above 127,
 * by whole blocks: up to VEC_BLOCK - 1 may be left over.
 */
static size_t
ascii_run(const char *p, size_t n)
{
	vec v, w, x, y;
	uint64_t m;
	size_t i;

	for (i = 0; n - i >= VEC_BLOCK; i += VEC_BLOCK) {
		v = vec_load(p + i);
		w = vec_load(p + i + VEC);
		x = vec_load(p + i + 2 * VEC);
		y = vec_load(p + i + 3 * VEC);
		m = vec_bits(vec_is(v, 0) | v, vec_is(w, 0) | w, vec_is(x, 0) | x, vec_is(y, 0) | y);
		if (m != 0)
			return i + vec_first(m);
	}
	return i;
}

size_t
u8_clean(const char *p, size_t n)
{
	size_t i = 0, step;
	uint32_t cp;

	while (i < n) {
		i += ascii_run(p + i, n - i);
		while (i < n && (signed char)p[i] > 0 && n - i < VEC_BLOCK)
			i++;
		if (i == n || p[i] == '\0')
			break;
		while (n - i >= U8_MAX && (step = u8_wide(p + i)) > 0)
			i += step;
		if (i == n || (signed char)p[i] >= 0)
			continue;
		step = u8_next(p + i, n - i, &cp);
		if (cp == U8_BAD && !(step == 3 && memcmp(p + i, "\xEF\xBF\xBD", 3) == 0))
			break;
		i += step;
	}
	return i;
}

size_t
u8_repair(struct buf *b, const char *p, size_t n)
{
	size_t i = 0, run, nbad = 0;
	uint32_t cp;

	for (;;) {
		run = u8_clean(p + i, n - i);
		buf_put(b, p + i, run);
		i += run;
		if (i == n)
			return nbad;
		i += u8_next(p + i, n - i, &cp);
		buf_put(b, "\xEF\xBF\xBD", 3);
		nbad++;
	}
}

size_t
u8_count(const char *p, size_t n)
{
	size_t i, inner = 0;
	unsigned m;

	for (i = 0; i < n; i += VEC) {
		m = vec_bits16((vec)((vec_load(p + i) & vec_all((char)0xC0)) == vec_all((char)0x80)));
		if (n - i < VEC)
			m &= (1u << (n - i)) - 1;
		if (m != 0)
			inner += (unsigned)__builtin_popcount(m);
	}
	return n - inner;
}

unsigned
u8_class(uint32_t cp)
{
	return cp < BASIC_PLANE ? class_row[class_page[cp >> 8]][cp & 0xFF] : props_class(cp);
}

uint32_t
u8_lower(uint32_t cp)
{
	return cp < BASIC_PLANE ? (cp + lower_row[lower_page[cp >> 8]][cp & 0xFF]) & 0xFFFF : props_lower(cp);
}

struct span
u8_fold(uint32_t cp)
{
	static _Thread_local char here[U8_FOLD_MAX];
	unsigned v = cp < BASIC_PLANE ? fold_row[fold_page[cp >> 8]][cp & 0xFF] : FOLD_ASK;

	switch (v) {
	case FOLD_NONE:
		return (struct span){ here, 0 };
	case FOLD_SELF:
		return (struct span){ here, u8_put(here, cp) };
	case FOLD_ASK:
		return (struct span){ here, props_fold(cp, here) };
	default:
		v -= FOLD_POOL;
		return (struct span){ fold_pool + v + 1, (unsigned char)fold_pool[v] };
	}
}
