/* SPDX-License-Identifier: ISC */
/*
 * VECTORS stands where sixteen bytes are looked at by one instruction of SSE2;
 * beside each such place is the plain C that says what it does, and that other
 * machines, or a build with -DVEC_PLAIN, run.
 */
#ifndef VECTORS_H
#define VECTORS_H

#if defined(__SSE2__) && !defined(VEC_PLAIN)
#define VECTORS
#include <emmintrin.h>

static inline __m128i
load_vector(const void *p)
{
	return _mm_loadu_si128(p);
}

static inline void
store_vector(void *p, __m128i v)
{
	_mm_storeu_si128(p, v);
}

/* Bits of the bytes that are from ... to. */
static inline __m128i
within(__m128i v, unsigned char from, unsigned char to)
{
	v = _mm_sub_epi8(v, _mm_set1_epi8((char)from));
	return _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8((char)(to - from))), v);
}

static inline unsigned
bits16(__m128i v)
{
	return (unsigned)_mm_movemask_epi8(v);
}
#endif

#endif
