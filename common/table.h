/* SPDX-License-Identifier: ISC */
/*
 * Read-only tables of words, made by the build from the .tsv files of the
 * tools (table-gen.c): a hash of short keys to numbers.
 *
 * A file tools/NAME/WORDS.tsv becomes the header NAME/WORDS.h in the build's
 * gen folder, which defines `static const struct table words`. A line is a key,
 * a TAB and a C constant expression of at most 32 bits ("MR | TITLE"), after which a further
 * TAB may begin a remark. Lines that begin with "# " are comments.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>
#include <stdint.h>

struct table_slot {
	uint32_t hash; /* upper half of the key's hash */
	uint32_t at;   /* of the key in the pool */
	uint32_t n;    /* its bytes; 0: the slot is free */
	uint32_t value;
};

struct table {
	const struct table_slot *slot; /* mask + 1 of them, a power of two, linear probing */
	uint32_t mask;
	const char *pool;
	uint32_t longest; /* bytes of the longest key */
};

/* The value of the n bytes at key, or 0 where the table lacks them. Keys are compared as bytes. */
uint32_t table_get(const struct table *, const char *key, size_t n);

#endif
