/* SPDX-License-Identifier: ISC */
#include "normal.h"

#include <stdbool.h>

#include "entity.h"
#include "misread.h"
#include "rec.h"
#include "u8.h"
#include "vec.h"

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
 * Put the folds of n plain bytes; returns where the next one goes. No branch: what is dropped is
 * written over.
 */
static inline char *
put_plain(char *to, const char *p, size_t n)
{
	unsigned char c;
	size_t i;

#pragma GCC unroll 16
	for (i = 0; i < n; i++) {
		c = fold[(unsigned char)p[i]];
		*to = (char)c;
		to += c != 0;
	}
	return to;
}

/* Where v has what is not folded byte by byte: a character above 127, or "&". */
static inline vec
stop(vec v)
{
	return vec_is(v, '&') | v;
}

/*
 * Bytes of the n at p before the first stop; their folds go to *to. Copying runs of letters by
 * vectors instead was a sixth fewer instructions, but a fifth slower: where they end is not
 * foreseen.
 */
static size_t
fold_run(const char *p, size_t n, char **to)
{
	size_t i, j, run = VEC_BLOCK;
	vec v, w, x, y;
	uint64_t m;

	for (i = 0; run == VEC_BLOCK && i < n; i += run) {
		v = vec_load(p + i);
		w = vec_load(p + i + VEC);
		x = vec_load(p + i + 2 * VEC);
		y = vec_load(p + i + 3 * VEC);
		m = vec_bits(stop(v), stop(w), stop(x), stop(y));
		if (m != 0)
			run = vec_first(m);
		if (run > n - i)
			run = n - i;
		for (j = 0; run - j >= VEC; j += VEC)
			*to = put_plain(*to, p + i + j, VEC);
		*to = put_plain(*to, p + i + j, run - j);
	}
	return i;
}

void
normal_form(struct buf *b, struct span text)
{
	const char *p = text.p, *end = text.p + text.n;
	uint32_t cp = 0, two[2];
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
			used = entity_left(p + 1, (size_t)(end - p) - 1, two);
			p += 1 + used;
			if (used > 0)
				put_folded(b, two[0]);
			continue;
		}
		p += misread_next(p, (size_t)(end - p), &cp);
		put_folded(b, cp);
	}
	memset(b->p + b->n, 0, NORMAL_SLACK);
}
