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
uint8_t	scan_bin(uint64_t n);

#endif
