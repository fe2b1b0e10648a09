/* SPDX-License-Identifier: ISC */
/*
 * Numbers out of bytes, the least first, on every machine: those of the models,
 * and words of text that are hashed or looked at eight bytes at a time.
 */
#ifndef LITTLE_H
#define LITTLE_H

#include <stdint.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LITTLE_ORDER(swap, v) swap(v)
#else
#define LITTLE_ORDER(swap, v) (v)
#endif

static inline uint16_t
little16(const void *p)
{
	uint16_t v;

	memcpy(&v, p, sizeof(v));
	return LITTLE_ORDER(__builtin_bswap16, v);
}

static inline uint32_t
little32(const void *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return LITTLE_ORDER(__builtin_bswap32, v);
}

static inline uint64_t
little64(const void *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return LITTLE_ORDER(__builtin_bswap64, v);
}

static inline void
little32_put(void *p, uint32_t v)
{
	const uint32_t bytes = LITTLE_ORDER(__builtin_bswap32, v);

	memcpy(p, &bytes, sizeof(bytes));
}

static inline void
little64_put(void *p, uint64_t v)
{
	const uint64_t bytes = LITTLE_ORDER(__builtin_bswap64, v);

	memcpy(p, &bytes, sizeof(bytes));
}

#endif
