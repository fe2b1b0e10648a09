/* SPDX-License-Identifier: ISC */
/*
 * Counts of numbers that units have, by hash: see struct slots in page.h.
 */
#ifndef SLOTS_H
#define SLOTS_H

#include "column.h"

enum { SLOT_TRIES = 8 }; /* slots that are tried for a key; as many stand behind the n */

/*
 * The number of a key's slot, with n more in it; no key is 0. The first four are tried at once:
 * which of them it is cannot be guessed. They are written as they are read: a load of what was just
 * stored in parts would have to wait.
 */
static inline uint32_t
slot_add(struct slots s, uint32_t key, uint32_t n)
{
	static const vec32 only[4] = {
		{ ~0u, 0, 0, 0 }, { 0, ~0u, 0, 0 }, { 0, 0, ~0u, 0 }, { 0, 0, 0, ~0u }
	};
	size_t i = (size_t)((uint64_t)(key * 0x9E3779B1u) * s.n >> 32);
	const vec32 wanted = { key, key, key, key }, keys = (vec32)vec_load(s.key + i);
	const unsigned bits = vec_bits16((vec)(keys == wanted) | (vec)(keys == 0));
	const size_t last = i + SLOT_TRIES - 1;

	if (bits != 0) {
		const size_t at = (unsigned)__builtin_ctz(bits) / 4; /* four bits a slot */

		vec_store(s.key + i, (vec)(keys | (wanted & only[at])));
		i += at;
	} else {
		for (i += 4; i < last && s.key[i] != 0 && s.key[i] != key; i++)
			;
		if (s.key[i] == 0)
			s.key[i] = key;
	}
	s.count[i] += n;
	return (uint32_t)i;
}

/* Empty slots for the page's units. The totals are left as they are. */
static inline struct slots
slots_clear(struct page *g)
{
	struct slots *s = &g->slots;
	size_t all;

	s->n = g->nunit * 2 + 16;
	all = s->n + SLOT_TRIES;
	if (all > g->slot_cap) {
		g->slot_cap = 2 * all;
		s->key = mem_array(s->key, g->slot_cap, 2 * sizeof(*s->key));
		g->total = mem_array(g->total, g->slot_cap, sizeof(*g->total));
	}
	s->count = s->key + all;
	memset(s->key, 0, all * 2 * sizeof(*s->key));
	return *s;
}

#endif
