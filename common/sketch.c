/* SPDX-License-Identifier: ISC */
#include "sketch.h"

#include <stdlib.h>

#include "spread.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { HEAD_MAX = 2 + 3 * 21 + 17 }; /* bytes of a token before HASHES */

static const char digit[64] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* One more than the value of a base64url digit; 0 for other bytes. */
static const unsigned char value[256] = {
	['A'] = 1,  ['B'] = 2,	['C'] = 3,  ['D'] = 4,	['E'] = 5,  ['F'] = 6,	['G'] = 7,  ['H'] = 8,
	['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
	['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
	['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
	['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
	['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
	['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
	['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['-'] = 63, ['_'] = 64
};

/* Put a hash into the table. False: it is there. */
static inline bool
note(struct sketch *s, uint32_t hash)
{
	size_t i = spread(hash, s->ntable - 1);

	for (; s->table[i] != 0; i = (i + 1) & (s->ntable - 1))
		if (s->table[i] == hash)
			return false;
	s->table[i] = hash;
	return true;
}

/* An empty table with room for n hashes. */
static void
begin_table(struct sketch *s, size_t n)
{
	for (s->ntable = 64; s->ntable < n * 2; s->ntable *= 2)
		;
	if (s->ntable > s->table_cap) {
		s->table = mem_array(s->table, s->ntable, sizeof(*s->table));
		s->table_cap = s->ntable;
	}
	memset(s->table, 0, s->ntable * sizeof(*s->table));
}

void
sketch_begin(struct sketch *s, size_t n)
{
	s->nhash = 0;
	begin_table(s, n);
}

void
sketch_add(struct sketch *s, uint32_t hash)
{
	size_t i;

	if (s->nhash * 2 >= s->ntable) {
		begin_table(s, s->nhash * 2);
		for (i = 0; i < s->nhash; i++)
			(void)note(s, s->hash[i]);
	}
	if (!note(s, hash))
		return;
	s->hash = mem_grow(s->hash, s->nhash, &s->cap, sizeof(*s->hash));
	s->hash[s->nhash++] = hash;
}

void
sketch_room(struct sketch *s, size_t n)
{
	if (s->cap < n) {
		s->cap = n;
		s->hash = mem_array(s->hash, s->cap, sizeof(*s->hash));
	}
}

static bool
all_differ(struct sketch *s)
{
	size_t i = 0;

	begin_table(s, s->nhash);
	while (i < s->nhash && note(s, s->hash[i]))
		i++;
	return i == s->nhash;
}

/* The eight digits of the lowest 48 bits. */
static inline char *
put_digits(char *to, uint64_t bits)
{
	int i;

#pragma GCC unroll 8
	for (i = 0; i < 8; i++)
		to[i] = digit[bits >> (42 - 6 * i) & 63];
	return to + 8;
}

/*
 * HASHES is a stream of bits: three hashes are 16 digits, what is left of the
 * last digit is 0.
 */
void
sketch_write(struct buf *b, const struct sketch *s)
{
	const uint32_t *h;
	size_t i;
	char *to;

	(void)buf_room(b, HEAD_MAX + (s->nhash + 2) / 3 * 16);
	buf_byte(b, 's');
	buf_number(b, SKETCH_VERSION);
	buf_byte(b, '.');
	buf_number(b, s->gram);
	buf_byte(b, '.');
	buf_number(b, s->window);
	buf_byte(b, '.');
	buf_number(b, s->nletter);
	buf_byte(b, '.');
	buf_hex(b, s->whole, 16);
	buf_byte(b, '.');
	to = b->p + b->n;
	for (i = 0; s->nhash - i >= 3; i += 3) {
		h = s->hash + i;
		to = put_digits(to, (uint64_t)h[0] << 16 | h[1] >> 16);
		to = put_digits(to, (uint64_t)h[1] << 32 | h[2]);
	}
	if (s->nhash - i == 1)
		to = put_digits(to, (uint64_t)s->hash[i] << 16) - 2;
	if (s->nhash - i == 2) {
		to = put_digits(to, (uint64_t)s->hash[i] << 16 | s->hash[i + 1] >> 16);
		to = put_digits(to, (uint64_t)s->hash[i + 1] << 32) - 5;
	}
	b->n = (size_t)(to - b->p);
}

/* A decimal number of at most max, without leading zeros, ended by a stop. */
static bool
read_number(const char **p, const char *end, uint64_t max, uint64_t *v)
{
	const char *s = *p;
	uint64_t sum = 0;

	for (; s < end && (unsigned char)(*s - '0') < 10; s++) {
		if (s - *p == 19)
			return false;
		sum = sum * 10 + (uint64_t)(*s - '0');
	}
	if (s == *p || s == end || *s != '.' || sum > max || (**p == '0' && s - *p > 1))
		return false;
	*p = s + 1;
	*v = sum;
	return true;
}

bool
sketch_hex(const char *p, size_t n, uint64_t *v)
{
	size_t i;

	for (*v = 0, i = 0; i < n; i++)
		if ((unsigned char)(p[i] - '0') < 10)
			*v = *v << 4 | (uint64_t)(p[i] - '0');
		else if ((unsigned char)(p[i] - 'a') < 6)
			*v = *v << 4 | (uint64_t)(p[i] - 'a' + 10);
		else
			return false;
	return true;
}

static bool
read_whole(const char **p, const char *end, uint64_t *v)
{
	if (end - *p < 17 || (*p)[16] != '.' || !sketch_hex(*p, 16, v))
		return false;
	*p += 17;
	return true;
}

/*
 * Eight digits are 48 bits; false where one of them is none. Seven instructions a digit, one test
 * for all of them.
 */
static bool
read_digits(const char *p, uint64_t *bits)
{
	unsigned v, all = 0;
	int i;

	*bits = 0;
#pragma GCC unroll 8
	for (i = 0; i < 8; i++) {
		v = value[(unsigned char)p[i]] - 1u;
		all |= v;
		*bits = *bits << 6 | v;
	}
	return all < 64;
}

static bool
read_hashes(struct sketch *s, const char *p, const char *end)
{
	uint64_t bits = 0, low, n = (uint64_t)(end - p) * 6;
	unsigned nbit = 0, v;
	size_t nhash = 0;
	uint32_t *h;

	s->nhash = 0;
	if (n % 32 > 5)
		return false;
	sketch_room(s, (size_t)(n / 32));
	for (; end - p >= 16; p += 16, nhash += 3) {
		if (!read_digits(p, &bits) || !read_digits(p + 8, &low))
			return false;
		h = s->hash + nhash;
		h[0] = (uint32_t)(bits >> 16);
		h[1] = (uint32_t)(bits << 16 | low >> 32);
		h[2] = (uint32_t)low;
		if (h[0] == 0 || h[1] == 0 || h[2] == 0)
			return false;
	}
	for (bits = 0; p < end; p++) {
		v = value[(unsigned char)*p];
		if (v == 0)
			return false;
		bits = bits << 6 | (v - 1);
		nbit += 6;
		if (nbit >= 32) {
			nbit -= 32;
			if ((s->hash[nhash++] = (uint32_t)(bits >> nbit)) == 0)
				return false;
		}
	}
	s->nhash = nhash;
	return (bits & ((1u << nbit) - 1)) == 0;
}

enum sketch_is
sketch_read(struct sketch *s, struct span token)
{
	const char *p = token.p, *end = token.p + token.n;
	uint64_t version, gram, window;

	s->nhash = 0;
	if (token.n < 2 || *p++ != 's' || !read_number(&p, end, 9999, &version))
		return SKETCH_NO;
	if (version != SKETCH_VERSION)
		return SKETCH_OTHER;
	if (!read_number(&p, end, SKETCH_GRAM_MAX, &gram) ||
	    !read_number(&p, end, SKETCH_WINDOW_MAX, &window) ||
	    !read_number(&p, end, UINT64_MAX, &s->nletter) || !read_whole(&p, end, &s->whole) ||
	    !read_hashes(s, p, end) || !all_differ(s) || gram == 0 || window == 0)
		return SKETCH_NO;
	s->gram = (uint32_t)gram;
	s->window = (uint32_t)window;
	return SKETCH_YES;
}

void
sketch_free(struct sketch *s)
{
	free(s->hash);
	free(s->table);
	*s = (struct sketch){ 0 };
}

uint64_t
sketch_hash(const void *p, size_t n)
{
	return XXH3_64bits(p, n);
}

uint64_t
sketch_key(struct span id, uint64_t whole)
{
	return (sketch_hash(id.p, id.n) ^ whole) * 0x9E3779B97F4A7C15u;
}
