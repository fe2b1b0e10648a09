/* SPDX-License-Identifier: ISC */
#ifndef SCAN_H
#define SCAN_H

#include <stddef.h>
#include <stdint.h>

/* The number below PAGE_TOKENS of a lower-case word. */
uint16_t scan_token(const char *word, size_t n);

/* What page_scan calls the words of a phrase: lower case, parted by single spaces. */
uint32_t scan_phrase(const char *words, size_t n);

/* COL_LEXICAL of the sum of n tokens' weights; n is at most 39. */
static inline uint8_t
scan_lexical(int32_t sum, unsigned n)
{
	/* 4096 / sqrt(n) */
	static const uint16_t root[40] = { 4096, 4096, 2896, 2365, 2048, 1832, 1672, 1548, 1448, 1365,
					   1295, 1235, 1182, 1136, 1095, 1058, 1024, 993,  965,	 940,
					   916,	 894,  873,  854,  836,	 819,  803,  788,  774,	 761,
					   748,	 736,  724,  713,  702,	 692,  683,  673,  664,	 656 };

	sum = 32 + sum * root[n] / 4096 / 4;
	return (uint8_t)(sum < 1 ? 1 : sum > 63 ? 63 : sum);
}

/* A bit of a set, and the 64 of them from i on: a set has one number more than its bits take. */
#define SCAN_BIT(set, i) ((set)[(i) >> 6] >> ((i)&63) & 1)

static inline uint64_t
scan_window(const uint64_t *set, size_t i)
{
	return set[i >> 6] >> (i & 63) | set[(i >> 6) + 1] << 1 << (63 - (i & 63));
}

enum { SCAN_PARTS = 64 };

/* part * of / whole, 0 if the whole is 0; part * of below 2^14, whole at most SCAN_PARTS. */
static inline uint32_t
scan_parts(uint32_t part, uint32_t of, uint32_t whole)
{
	/* 2^20 / n: exact for so little */
#define R(n) ((1 << 20) / (n) + 1)
	static const uint32_t reciprocal[SCAN_PARTS + 1] = {
		0,     R(1),  R(2),  R(3),  R(4),  R(5),  R(6),	 R(7),	R(8),  R(9),  R(10), R(11), R(12),
		R(13), R(14), R(15), R(16), R(17), R(18), R(19), R(20), R(21), R(22), R(23), R(24), R(25),
		R(26), R(27), R(28), R(29), R(30), R(31), R(32), R(33), R(34), R(35), R(36), R(37), R(38),
		R(39), R(40), R(41), R(42), R(43), R(44), R(45), R(46), R(47), R(48), R(49), R(50), R(51),
		R(52), R(53), R(54), R(55), R(56), R(57), R(58), R(59), R(60), R(61), R(62), R(63), R(64)
	};
#undef R

	return part * of * reciprocal[whole] >> 20;
}

/* A count in 1..63: exact below 8, then four steps a doubling. */
static inline uint8_t
scan_bin(uint64_t n)
{
	static const uint8_t small[64] = { 1,  2,  3,  4,  5,  6,  7,  8,  9,  9,  10, 10, 11, 11, 12, 12,
					   13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15, 16, 16, 16, 16,
					   17, 17, 17, 17, 17, 17, 17, 17, 18, 18, 18, 18, 18, 18, 18, 18,
					   19, 19, 19, 19, 19, 19, 19, 19, 20, 20, 20, 20, 20, 20, 20, 20 };
	unsigned top;

	if (n < 64)
		return small[n];
	top = 63 - (unsigned)__builtin_clzll(n);
	if (top > 16)
		return 63;
	top = top * 4 + (unsigned)(n >> (top - 2) & 3) - 3;
	return (uint8_t)(top < 63 ? top : 63);
}

#endif
