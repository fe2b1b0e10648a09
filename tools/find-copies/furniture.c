/* SPDX-License-Identifier: ISC */
/*
 * furniture.bin, by furniture-train.c, is a hash table of numbers of four bytes,
 * the lowest first; its size is a power of two, 0 is a free place, and a hash is
 * at its value modulo the size or, where that is taken, in the next free place.
 */
#include "furniture.h"

#include <stddef.h>

#include "embed.h"

EMBED(furniture, "tools/find-copies/furniture.bin");

bool
furniture_has(uint32_t hash)
{
	size_t mask = ((uintptr_t)furniture_end - (uintptr_t)furniture) / 4 - 1, i = hash & mask;
	const unsigned char *p;
	uint32_t v;

	for (;; i = (i + 1) & mask) {
		p = furniture + 4 * i;
		v = (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
		if (v == hash || v == 0)
			return v != 0;
	}
}
