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

static inline __m128i
load16(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline void
store16(char *p, __m128i v)
{
	_mm_storeu_si128((__m128i *)(void *)p, v);
}

/* Where v has a backslash or anything up to CR. */
static inline __m128i
doubt(__m128i v)
{
	return _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')),
			    _mm_cmpeq_epi8(v, _mm_min_epu8(v, _mm_set1_epi8('\r'))));
}

/* The same, a bit for each byte. */
static inline unsigned
doubtful(__m128i v)
{
	return (unsigned)_mm_movemask_epi8(doubt(v));
}

/*
 * Copy the bytes from p to end up to the first doubtful one, in step, to to; returns
 * how many. The last vector is taken from before the tail where out, the first
 * byte that was copied as it is, allows that. A third of the instructions of looking first.
 */
static inline size_t
copy_plain(char *to, const char *p, const char *end, const char *out)
{
	const char *from = p;
	unsigned m;
	__m128i v, w;

	for (; end - p >= 32; p += 32, to += 32) {
		v = load16(p);
		w = load16(p + 16);
		store16(to, v);
		store16(to + 16, w);
		if (_mm_movemask_epi8(_mm_or_si128(doubt(v), doubt(w))) != 0) {
			m = doubtful(v) | doubtful(w) << 16;
			return (size_t)(p - from) + (size_t)__builtin_ctz(m);
		}
	}
	for (; end - p >= 16; p += 16, to += 16) {
		v = load16(p);
		store16(to, v);
		m = doubtful(v);
		if (m != 0)
			return (size_t)(p - from) + (size_t)__builtin_ctz(m);
	}
	if (p < end && end - out >= 16) {
		v = load16(end - 16);
		m = doubtful(v) >> (16 - (end - p));
		if (m == 0) {
			store16(to - (16 - (end - p)), v);
			return (size_t)(end - from);
		}
	}
	for (; p < end && escape_of(*p) == 0; p++)
		*to++ = *p;
	return (size_t)(p - from);
}

/* Copy the bytes from p to end up to the first backslash; returns how many. */
static inline size_t
copy_to_backslash(char *to, const char *p, const char *end)
{
	const __m128i back = _mm_set1_epi8('\\');
	const char *from = p;
	__m128i v, w;
	unsigned m;

	for (; end - p >= 32; p += 32, to += 32) {
		v = load16(p);
		w = load16(p + 16);
		store16(to, v);
		store16(to + 16, w);
		v = _mm_cmpeq_epi8(v, back);
		w = _mm_cmpeq_epi8(w, back);
		m = (unsigned)_mm_movemask_epi8(_mm_or_si128(v, w));
		if (m != 0) {
			m = (unsigned)_mm_movemask_epi8(v) | (unsigned)_mm_movemask_epi8(w) << 16;
			return (size_t)(p - from) + (size_t)__builtin_ctz(m);
		}
	}
	for (; p < end && *p != '\\'; p++)
		*to++ = *p;
	return (size_t)(p - from);
}
#else
static inline size_t
copy_plain(char *to, const char *p, const char *end, const char *out)
{
	const char *from = p;

	(void)out;
	for (; p < end && escape_of(*p) == 0; p++)
		*to++ = *p;
	return (size_t)(p - from);
}

static inline size_t
copy_to_backslash(char *to, const char *p, const char *end)
{
	const char *back = memchr(p, '\\', (size_t)(end - p));
	size_t n = (size_t)((back != NULL ? back : end) - p);

	memcpy(to, p, n);
	return n;
}
#endif

void
rec_escape(struct buf *b, struct span s)
{
	const char *p = s.p, *end, *out = s.p;
	size_t run;
	char c;

	if (s.n == 0) /* p may be NULL */
		return;
	end = s.p + s.n;
	for (;;) {
		run = (size_t)(end - p) + 2;
		run = copy_plain(b->cap - b->n >= run ? b->p + b->n : buf_room(b, run), p, end, out);
		b->n += run;
		p += run;
		if (p == end)
			return;
		c = escape_of(*p);
		if (c != 0)
			b->p[b->n++] = '\\';
		b->p[b->n++] = c != 0 ? c : *p; /* some other control */
		out = ++p;
	}
}

/* What a backslash and c stand for, copydesk(5); 0 where the backslash is no escape. */
static inline char
escaped_by(char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case '\\':
	case '\'':
	case '"':
		return c;
	case 't':
		return '\t';
	case 'r':
		return '\r';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'v':
		return '\v';
	default:
		return 0;
	}
}

void
rec_unescape(struct buf *b, struct span s)
{
	const char *p = s.p, *end = s.p + s.n;
	char c, *to;

	if (s.n == 0 || (s.n == 2 && p[0] == '\\' && p[1] == 'N')) /* a missing value */
		return;
	/* no escape is longer than two bytes but \0, whose three are made room for */
	to = buf_room(b, s.n);
	for (;;) {
		size_t run = copy_to_backslash(to, p, end);

		to += run;
		p += run;
		if (p == end)
			break;
		if (p + 1 == end) {
			*to++ = '\\';
			break;
		}
		c = escaped_by(p[1]);
		if (c != 0) {
			*to++ = c;
			p += 2;
		} else if (p[1] == '0') {
			p += 2;
			b->n = (size_t)(to - b->p);
			buf_put(b, "\xEF\xBF\xBD", 3);
			to = buf_room(b, (size_t)(end - p));
		} else {
			*to++ = '\\';
			p++;
		}
	}
	b->n = (size_t)(to - b->p);
}
