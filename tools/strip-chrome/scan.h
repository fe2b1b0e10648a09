/* SPDX-License-Identifier: ISC */
#ifndef SCAN_H
#define SCAN_H

#include <stddef.h>
#include <stdint.h>

/* The number below PAGE_TOKENS of a lower-case word. */
uint16_t scan_token(const char *word, size_t n);

/* What page_scan calls the words of a phrase: lower case, parted by single spaces. */
uint32_t scan_phrase(const char *words, size_t n);

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
