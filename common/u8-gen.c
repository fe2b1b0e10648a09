/* SPDX-License-Identifier: ISC */
/*
 * u8-gen - make the character tables of u8.c from utf8proc.
 *
 * writes  a C header: two-level tables over the basic plane, 256 characters a
 *         page, equal pages stored once
 *
 *   class_page, class_row   class bits of u8.h
 *   lower_page, lower_row   what to add to a character for its lower case, mod 2^16
 *   fold_page, fold_row     FOLD_NONE, FOLD_SELF, FOLD_ASK (utf8proc at run time),
 *                           or FOLD_POOL + where in fold_pool its folded form stands,
 *                           a byte with its length before it
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "u8.h"
#include "u8-props.h"

enum { PAGE = 256, NPAGE = 256 };

static uint16_t value[NPAGE * PAGE];
static unsigned char pool[1 << 16];
static size_t npool;

/* Write `value` as a two-level table. */
static void
table(const char *name)
{
	unsigned page[NPAGE], npage = 0, first[NPAGE] = { 0 }, i, j;

	for (i = 0; i < NPAGE; i++) {
		for (j = 0; j < npage; j++)
			if (memcmp(value + first[j] * PAGE, value + i * PAGE, PAGE * sizeof(*value)) == 0)
				break;
		if (j == npage)
			first[npage++] = i;
		page[i] = j;
	}
	printf("static const uint8_t %s_page[%d] = {", name, NPAGE);
	for (i = 0; i < NPAGE; i++)
		printf("%s%u,", i % 32 == 0 ? "\n\t" : "", page[i]);
	printf("\n};\nstatic const uint16_t %s_row[%u][%d] = {\n", name, npage, PAGE);
	for (i = 0; i < npage; i++) {
		printf("\t{");
		for (j = 0; j < PAGE; j++)
			printf("%u,", value[first[i] * PAGE + j]);
		printf("},\n");
	}
	printf("};\n\n");
}

static uint16_t
pooled(const char *s, size_t n)
{
	size_t at;

	for (at = 0; at < npool; at += 1u + pool[at])
		if (pool[at] == n && memcmp(pool + at + 1, s, n) == 0)
			return (uint16_t)(FOLD_POOL + at);
	if (npool + 1 + n > sizeof(pool) - FOLD_POOL) {
		fputs("u8-gen: fold pool is full\n", stderr);
		exit(1);
	}
	pool[npool] = (unsigned char)n;
	memcpy(pool + npool + 1, s, n);
	npool += 1 + n;
	return (uint16_t)(FOLD_POOL + at);
}

static uint16_t
fold_value(uint32_t cp)
{
	char folded[U8_FOLD_MAX], self[U8_MAX];
	size_t n, nself;

	if (cp >= 0xAC00 && cp <= 0xD7A3) /* Hangul: 11,172 syllables, by algorithm */
		return FOLD_ASK;
	n = props_fold(cp, folded);
	if (n == 0)
		return FOLD_NONE;
	nself = (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)self);
	if (n == nself && memcmp(folded, self, n) == 0)
		return FOLD_SELF;
	return pooled(folded, n);
}

int
main(void)
{
	uint32_t cp, lower;
	size_t i;

	puts("/* Made by u8-gen from utf8proc. */\n");
	for (cp = 0; cp < NPAGE * PAGE; cp++)
		value[cp] = (uint16_t)props_class(cp);
	table("class");
	for (cp = 0; cp < NPAGE * PAGE; cp++) {
		lower = props_lower(cp);
		value[cp] = lower > 0xFFFF ? 0 : (uint16_t)(lower - cp);
	}
	table("lower");
	for (cp = 0; cp < NPAGE * PAGE; cp++)
		value[cp] = fold_value(cp);
	table("fold");
	printf("static const char fold_pool[%zu] = {", npool);
	for (i = 0; i < npool; i++)
		printf("%s%d,", i % 24 == 0 ? "\n\t" : "", (int)(signed char)pool[i]);
	puts("\n};");
	return fflush(stdout) != 0 || ferror(stdout);
}
