/* SPDX-License-Identifier: ISC */
#include "normal.h"

#include <stdbool.h>

#include "entity.h"
#include "rec.h"
#include "u8.h"

/* Letters in lower case and digits as they are; 0 for what is dropped. */
static const unsigned char fold[128] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
	['7'] = '7', ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd',
	['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k',
	['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r',
	['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
	['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f',
	['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm',
	['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
	['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z'
};

static void
put_folded(struct buf *b, uint32_t cp)
{
	if (cp < 0x80) {
		if (fold[cp] != 0)
			buf_byte(b, (char)fold[cp]);
	} else
		buf_span(b, u8_fold(cp));
}

/*
 * An entity at p, behind its "&", with its semicolon. Bytes used, 0 when it is
 * none. What was escaped twice ("&amp;nbsp;") is one entity all the same.
 */
static size_t
read_entity(const char *p, size_t n, uint32_t *cp)
{
	uint32_t two[2];
	size_t i = 0, used;

	while ((used = entity_read(p + i, n - i, two)) > 0 && p[i + used - 1] == ';') {
		*cp = two[0];
		i += used;
		if (used != 4 || memcmp(p + i - 4, "amp;", 4) != 0)
			break;
	}
	return i;
}

/* Bytes of the n at p before the first that is not plain ASCII or is "&"; their folds go to *to. */
#ifdef __SSE2__
#include <emmintrin.h>

static size_t
fold_run(const char *p, size_t n, char **to)
{
	const __m128i amp = _mm_set1_epi8('&');
	const unsigned char *s;
	char *out = *to;
	size_t i = 0, j, run = 16;
	unsigned char c;
	__m128i v;
	int m;

	while (run == 16 && i < n) {
		v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		m = _mm_movemask_epi8(_mm_or_si128(v, _mm_cmpeq_epi8(v, amp)));
		s = (const unsigned char *)p + i;
		if (m == 0 && n - i >= 16) {
#define STEP(k) \
	c = fold[s[k]]; \
	*out = (char)c; \
	out += c != 0
			STEP(0);
			STEP(1);
			STEP(2);
			STEP(3);
			STEP(4);
			STEP(5);
			STEP(6);
			STEP(7);
			STEP(8);
			STEP(9);
			STEP(10);
			STEP(11);
			STEP(12);
			STEP(13);
			STEP(14);
			STEP(15);
#undef STEP
			i += 16;
			continue;
		}
		run = m == 0 ? 16 : (size_t)__builtin_ctz((unsigned)m);
		if (run > n - i)
			run = n - i;
		for (j = 0; j < run; j++) {
			c = fold[s[j]];
			*out = (char)c;
			out += c != 0;
		}
		i += run;
		if (run < 16)
			break;
	}
	*to = out;
	return i;
}
#else
static size_t
fold_run(const char *p, size_t n, char **to)
{
	char *out = *to;
	unsigned char c;
	size_t i;

	for (i = 0; i < n && (signed char)p[i] >= 0 && p[i] != '&'; i++) {
		c = fold[(unsigned char)p[i]];
		*out = (char)c;
		out += c != 0;
	}
	*to = out;
	return i;
}
#endif

void
normal_form(struct buf *b, struct span text)
{
	const char *p = text.p, *end = text.p + text.n;
	uint32_t cp = 0;
	size_t used;
	char *to;

	b->n = 0;
	for (;;) {
		to = buf_room(b, (size_t)(end - p) + NORMAL_SLACK);
		p += fold_run(p, (size_t)(end - p), &to);
		b->n = (size_t)(to - b->p);
		if (p == end)
			break;
		if (*p == '&') {
			used = read_entity(p + 1, (size_t)(end - p) - 1, &cp);
			p += 1 + used;
			if (used > 0)
				put_folded(b, cp);
			continue;
		}
		p += u8_next(p, (size_t)(end - p), &cp);
		put_folded(b, cp);
	}
	memset(b->p + b->n, 0, NORMAL_SLACK);
}
