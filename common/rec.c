/* SPDX-License-Identifier: ISC */
#include "rec.h"

bool
rec_field(const struct rec *r, size_t i, struct span *field)
{
	const char *p = r->head.p, *end = p + r->head.n, *tab;

	for (; p < end && (tab = memchr(p, '\t', (size_t)(end - p))) != NULL; p = tab + 1)
		if (i-- == 0) {
			*field = (struct span){ p, (size_t)(tab - p) };
			return true;
		}
	return false;
}

bool
rec_pop(struct rec *r, struct span *field)
{
	size_t at;

	if (r->head.n <= r->id.n + 1)
		return false;
	for (at = r->head.n - 1; r->head.p[at - 1] != '\t'; at--)
		;
	*field = (struct span){ r->head.p + at, r->head.n - 1 - at };
	r->head.n = at;
	return true;
}

/* What stands behind the backslash when c is escaped; 0 for bytes that are not. */
static inline char
escape_of(char c)
{
	switch (c) {
	case '\\':
		return '\\';
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	default:
		return 0;
	}
}

#ifdef __SSE2__
#include <emmintrin.h>

/*
 * Bytes of the n at p before the first one that is to be escaped. A vector is
 * passed over when it has no backslash and nothing up to CR, 32 bytes a step:
 * half the instructions of a copying filter went into a plain loop here.
 */
static size_t
plain_run(const char *p, size_t n)
{
	const __m128i back = _mm_set1_epi8('\\'), cr = _mm_set1_epi8('\r');
	size_t i = 0;
	__m128i v, w;
	unsigned m;

	for (; n - i >= 32; i += 32) {
		v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		w = _mm_loadu_si128((const __m128i *)(const void *)(p + i + 16));
		v = _mm_or_si128(_mm_cmpeq_epi8(v, back), _mm_cmpeq_epi8(v, _mm_min_epu8(v, cr)));
		w = _mm_or_si128(_mm_cmpeq_epi8(w, back), _mm_cmpeq_epi8(w, _mm_min_epu8(w, cr)));
		if (_mm_movemask_epi8(_mm_or_si128(v, w)) == 0)
			continue;
		m = (unsigned)_mm_movemask_epi8(v) | (unsigned)_mm_movemask_epi8(w) << 16;
		for (; m != 0; m &= m - 1)	/* among them may be other controls */
			if (escape_of(p[i + (size_t)__builtin_ctz(m)]) != 0)
				return i + (size_t)__builtin_ctz(m);
	}
	while (i < n && escape_of(p[i]) == 0)
		i++;
	return i;
}
#else
static size_t
plain_run(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && escape_of(p[i]) == 0)
		i++;
	return i;
}
#endif

void
rec_escape(struct buf *b, struct span s)
{
	size_t i, run;
	char *to;

	for (i = 0; i < s.n; i++) {
		run = plain_run(s.p + i, s.n - i);
		buf_put(b, s.p + i, run);
		i += run;
		if (i == s.n)
			break;
		to = buf_room(b, 2);
		to[0] = '\\';
		to[1] = escape_of(s.p[i]);
		b->n += 2;
	}
}

void
rec_unescape(struct buf *b, struct span s)
{
	const char *p = s.p, *end = s.p + s.n, *back;
	char c;

	if (s.n == 2 && p[0] == '\\' && p[1] == 'N')	/* a missing value */
		return;
	while (p < end) {
		back = memchr(p, '\\', (size_t)(end - p));
		if (back == NULL || back + 1 == end) {
			buf_put(b, p, (size_t)(end - p));
			return;
		}
		buf_put(b, p, (size_t)(back - p));
		c = back[1];
		p = back + 2;
		switch (c) {
		case 't':
			buf_byte(b, '\t');
			break;
		case 'n':
			buf_byte(b, '\n');
			break;
		case 'r':
			buf_byte(b, '\r');
			break;
		case 'b':
			buf_byte(b, '\b');
			break;
		case 'f':
			buf_byte(b, '\f');
			break;
		case 'v':
			buf_byte(b, '\v');
			break;
		case '0':
			buf_put(b, "\xEF\xBF\xBD", 3);
			break;
		case '\\':
		case '\'':
		case '"':
			buf_byte(b, c);
			break;
		default:
			buf_byte(b, '\\');
			p--;
		}
	}
}
