/* SPDX-License-Identifier: ISC */
/*
 * furniture.bin, by furniture-train.c, is a hash table of numbers of four bytes,
 * the lowest first; its size is a power of two, 0 is a free place, and a hash is
 * at its value modulo the size or, where that is taken, in the next free place.
 */
#include "furniture.h"

#include "embed.h"
#include "little.h"

EMBED(furniture, "tools/find-copies/furniture.bin");

bool
furniture_has(uint32_t hash)
{
	const size_t mask = EMBED_SIZE(furniture) / 4 - 1;
	size_t i = hash & mask;
	uint32_t v;

	for (;; i = (i + 1) & mask) {
		v = little32(furniture + 4 * i);
		if (v == hash || v == 0)
			return v != 0;
	}
}
