/* SPDX-License-Identifier: ISC */
#include "table.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

uint32_t
table_get(const struct table *t, const char *key, size_t n)
{
	const struct table_slot *s;
	uint64_t hash;
	uint32_t i;

	if (n == 0 || n > t->longest)
		return 0;
	hash = XXH3_64bits(key, n);
	for (i = (uint32_t)hash & t->mask; (s = &t->slot[i])->n > 0; i = (i + 1) & t->mask)
		if (s->hash == (uint32_t)(hash >> 32) && s->n == n && memcmp(t->pool + s->at, key, n) == 0)
			return s->value;
	return 0;
}
