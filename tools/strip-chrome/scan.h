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
	unsigned top;

	if (n < 8)
		return (uint8_t)(n + 1);
	top = 63 - (unsigned)__builtin_clzll(n);
	if (top > 16)
		return 63;
	top = top * 4 + (unsigned)(n >> (top - 2) & 3) - 3; /* 8 -> 9, then four a doubling */
	return (uint8_t)(top < 63 ? top : 63);
}

#endif
