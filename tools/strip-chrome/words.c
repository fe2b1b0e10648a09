/* SPDX-License-Identifier: ISC */
#include "words.h"

#include "marks.h"

/* Capitals as small letters, digits as '0'. */
static inline uint64_t
folded(unsigned char c)
{
	return byte_is[c] == BYTE_CAPITAL ? c | 0x20u : byte_is[c] == BYTE_DIGIT ? '0' : c;
}

uint32_t
read_word(const unsigned char *p, size_t n)
{
	uint64_t half[2] = { 0, 0 }, h = 0, c;
	unsigned m = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		c = folded(p[i]);
		if (p[i] == 0xE2 && i + 2 < n && p[i + 1] == 0x80 && p[i + 2] == 0x99) {
			c = '\'';
			i += 2;
		}
		half[m >> 3] |= c << 8 * (m & 7);
		if (++m == 16) {
			h = mix(h, half[0], half[1]);
			half[0] = half[1] = 0;
			m = 0;
		}
	}
	if (m > 0)
		h = mix(h, half[0], half[1]);
	return (uint32_t)h;
}

uint16_t
scan_token(const char *word, size_t n)
{
	return HASH_TOKEN(read_word((const unsigned char *)word, n));
}

uint32_t
scan_phrase(const char *words, size_t n)
{
	uint32_t all = HASH_START;
	size_t i, from = 0;

	for (i = 0; i <= n; i++)
		if (i == n || words[i] == ' ') {
			all = HASH_STEP(all, read_word((const unsigned char *)words + from, i - from));
			from = i + 1;
		}
	return all;
}

#define BIT_SET(set, i) ((set)[(i) >> 6] |= (uint64_t)1 << ((i)&63))

void
join_high(struct classes *c, const unsigned char *p, size_t len)
{
	size_t k, i, next = 0, w;
	uint64_t left;
	enum mark is;

	for (k = 0; 64 * k < len; k++)
		for (left = c->high[k]; left != 0; left &= left - 1) {
			i = 64 * k + (unsigned)__builtin_ctzll(left);
			if (i < next)
				continue;
			is = mark_at(p + i, p, &w);
			next = i + w;
			if (is == MARK_LETTER ||
			    (is == MARK_APOSTROPHE && i > 0 && SCAN_BIT(c->word, i - 1) && i + 3 < len &&
			     byte_is[p[i + 3]] == BYTE_SMALL))
				for (; i < next && i < len; i++)
					BIT_SET(c->word, i);
		}
}
