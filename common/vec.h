/* SPDX-License-Identifier: ISC */
/*
 * Sixteen bytes at a time, in the vectors of gcc and clang: SSE2 on x86-64, NEON on
 * arm64, plain registers elsewhere. What those have no word for is the bits of a
 * comparison: that is written thrice here, and nowhere else.
 */
#ifndef VEC_H
#define VEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(VEC_PLAIN)
#include <emmintrin.h>
#elif defined(__aarch64__) && !defined(VEC_PLAIN)
#include <arm_neon.h>
#endif

/*
 * What looks at every byte may be compiled twice: as it is, and with the vectors of 32 bytes and
 * the bit instructions that nearly all of today's x86-64 have. VEC_WIDE makes a function the
 * latter, which is called where vec_wide says so; VEC_INLINE is what both are made of.
 */
#define VEC_INLINE static inline __attribute__((always_inline))
#if defined(__SSE2__) && defined(__x86_64__) && defined(__GNUC__) && !defined(VEC_PLAIN)
#include <immintrin.h>
#define VEC_WIDE __attribute__((target("avx2,bmi,bmi2")))
#endif

static inline bool
vec_wide(void)
{
#ifdef VEC_WIDE
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("bmi2");
#else
	return false;
#endif
}

typedef unsigned char vec __attribute__((vector_size(16)));
typedef int32_t vec4 __attribute__((vector_size(16))); /* four numbers */

enum {
	VEC = sizeof(vec),
	VEC_BLOCK = 4 * VEC
}; /* bytes of a vector; of four, one for each bit of vec_bits */

static inline vec
vec_load(const void *p)
{
	vec v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static inline void
vec_store(void *p, vec v)
{
	memcpy(p, &v, sizeof(v));
}

/* c in every byte. */
static inline vec
vec_all(char c)
{
	vec v;

	memset(&v, c, sizeof(v));
	return v;
}

/* A block of which the first n bytes are 0xFF and the others 0. */
static inline const unsigned char *
vec_mask(size_t n)
{
#define ONES 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
	static const unsigned char ones[2 * VEC_BLOCK] = { ONES, ONES, ONES, ONES };
#undef ONES

	return ones + VEC_BLOCK - n;
}

/* 0xFF where the byte is c, and where it is at most c; else 0. */
static inline vec
vec_is(vec v, char c)
{
	return (vec)(v == vec_all(c));
}

static inline vec
vec_to(vec v, char c)
{
	return (vec)(v <= vec_all(c));
}

/* The greater and the lesser of two bytes. */
static inline vec
vec_max(vec a, vec b)
{
#if defined(__SSE2__) && !defined(VEC_PLAIN)
	return (vec)_mm_max_epu8((__m128i)a, (__m128i)b);
#else
	vec m = (vec)(a > b);

	return (a & m) | (b & ~m);
#endif
}

static inline vec
vec_min(vec a, vec b)
{
#if defined(__SSE2__) && !defined(VEC_PLAIN)
	return (vec)_mm_min_epu8((__m128i)a, (__m128i)b);
#else
	vec m = (vec)(a > b);

	return (b & m) | (a & ~m);
#endif
}

/* Sixteen numbers as bytes: those below 0 as 0, those over 255 as 255; any number will do. */
static inline vec
vec_narrow(const vec4 n[4])
{
#if defined(__SSE2__) && !defined(VEC_PLAIN)
	return (vec)_mm_packus_epi16(_mm_packs_epi32((__m128i)n[0], (__m128i)n[1]),
				     _mm_packs_epi32((__m128i)n[2], (__m128i)n[3]));
#else
	vec v = vec_all(0);
	size_t i;

	for (i = 0; i < VEC; i++) {
		const int32_t one = n[i / 4][i % 4];

		v[i] = (unsigned char)(one < 0 ? 0 : one > 255 ? 255 : one);
	}
	return v;
#endif
}

/* Bytes as sixteen numbers. */
static inline void
vec_widen(vec v, vec4 n[4])
{
#if defined(__SSE2__) && !defined(VEC_PLAIN)
	const __m128i zero = _mm_setzero_si128(), low = _mm_unpacklo_epi8((__m128i)v, zero),
		      high = _mm_unpackhi_epi8((__m128i)v, zero);

	n[0] = (vec4)_mm_unpacklo_epi16(low, zero);
	n[1] = (vec4)_mm_unpackhi_epi16(low, zero);
	n[2] = (vec4)_mm_unpacklo_epi16(high, zero);
	n[3] = (vec4)_mm_unpackhi_epi16(high, zero);
#else
	size_t i;

	for (i = 0; i < VEC; i++)
		n[i / 4][i % 4] = v[i];
#endif
}

/*
 * Products of numbers of 16 bits, of which those of
 * b are not below 0: SSE2 multiplies no longer ones.
 */
static inline vec4
vec_times(vec4 a, vec4 b)
{
#if defined(__SSE2__) && !defined(VEC_PLAIN)
	return (vec4)_mm_madd_epi16((__m128i)a, (__m128i)b);
#else
	return a * b;
#endif
}

/* 0xFF where the byte is one from first to last, all of them ASCII. */
static inline vec
vec_in(vec v, char first, char last)
{
	typedef signed char signed_vec __attribute__((vector_size(16)));

	/* moved to the greatest signed values: one comparison does for both ends */
	return (vec)((signed_vec)(v + vec_all((char)(127 - last))) >
		     (signed_vec)vec_all((char)(126 - (last - first))));
}

/* 0xFF where it is none of them: cheaper than to turn the bits of vec_in. */
static inline vec
vec_out(vec v, char first, char last)
{
	typedef signed char signed_vec __attribute__((vector_size(16)));

	return (vec)((signed_vec)(v - vec_all((char)(first - 128))) >
		     (signed_vec)vec_all((char)(last - first - 128)));
}

/* vec_bits in plain C, for machines without it and for the tests. */
static inline uint64_t
vec_bits_plain(vec a, vec b, vec c, vec d)
{
	unsigned char byte[VEC_BLOCK];
	uint64_t bits = 0, eight;
	size_t i, j;

	memcpy(byte, &a, VEC);
	memcpy(byte + VEC, &b, VEC);
	memcpy(byte + 2 * VEC, &c, VEC);
	memcpy(byte + 3 * VEC, &d, VEC);
	for (i = 0; i < VEC_BLOCK; i += 8) {
		for (eight = 0, j = 0; j < 8; j++)
			eight |= (uint64_t)(byte[i + j] >> 7) << j;
		bits |= eight << i;
	}
	return bits;
}

/* The top bits of 64 bytes, that of a's first byte the lowest. */
static inline uint64_t
vec_bits(vec a, vec b, vec c, vec d)
{
#if defined(VEC_PLAIN)
	return vec_bits_plain(a, b, c, d);
#elif defined(__SSE2__)
	uint64_t low = (unsigned)_mm_movemask_epi8((__m128i)a) | (unsigned)_mm_movemask_epi8((__m128i)b)
								     << 16;
	uint64_t high = (unsigned)_mm_movemask_epi8((__m128i)c) | (unsigned)_mm_movemask_epi8((__m128i)d)
								      << 16;

	return low | high << 32;
#elif defined(__aarch64__)
	/* each byte's own bit of eight, added up by pairs: as in simdjson */
	static const vec own = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
	uint8x16_t w, x, y, z;

	w = vandq_u8(vcltzq_s8(vreinterpretq_s8_u8((uint8x16_t)a)), (uint8x16_t)own);
	x = vandq_u8(vcltzq_s8(vreinterpretq_s8_u8((uint8x16_t)b)), (uint8x16_t)own);
	y = vandq_u8(vcltzq_s8(vreinterpretq_s8_u8((uint8x16_t)c)), (uint8x16_t)own);
	z = vandq_u8(vcltzq_s8(vreinterpretq_s8_u8((uint8x16_t)d)), (uint8x16_t)own);
	w = vpaddq_u8(vpaddq_u8(w, x), vpaddq_u8(y, z));
	w = vpaddq_u8(w, w);
	return vgetq_lane_u64(vreinterpretq_u64_u8(w), 0);
#else
	return vec_bits_plain(a, b, c, d);
#endif
}

/* The top bits of 16 bytes, that of the first the lowest. */
static inline unsigned
vec_bits16(vec v)
{
#if defined(__SSE2__) && !defined(VEC_PLAIN)
	return (unsigned)_mm_movemask_epi8((__m128i)v);
#else
	return (unsigned)vec_bits(v, vec_all(0), vec_all(0), vec_all(0));
#endif
}

/* Number of the lowest bit; bits is not 0. */
static inline size_t
vec_first(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

/* Number of the highest bit; bits is not 0. */
static inline size_t
vec_last(uint64_t bits)
{
	return 63u - (unsigned)__builtin_clzll(bits);
}

/* Sixteen rows of sixteen bytes as columns: column[c]'s byte r is row[r]'s byte c. */
static inline void
vec_turn(const unsigned char row[VEC][VEC], vec column[VEC])
{
#if defined(__SSE2__) && !defined(VEC_PLAIN)
	vec other[VEC], *from = column, *to = other, *was;
	size_t i, step;

#pragma GCC unroll 16
	for (i = 0; i < VEC; i++)
		column[i] = vec_load(row[i]);
#pragma GCC unroll 4 /* each step doubles the bytes of a column that stand together */
	for (step = 0; step < 4; step++) {
#pragma GCC unroll 8
		for (i = 0; i < VEC / 2; i++) {
			to[2 * i] = (vec)_mm_unpacklo_epi8((__m128i)from[i], (__m128i)from[i + VEC / 2]);
			to[2 * i + 1] = (vec)_mm_unpackhi_epi8((__m128i)from[i], (__m128i)from[i + VEC / 2]);
		}
		was = from;
		from = to;
		to = was;
	}
#else
	unsigned char turned[VEC];
	size_t i, k;

	for (i = 0; i < VEC; i++) {
		for (k = 0; k < VEC; k++)
			turned[k] = row[k][i];
		column[i] = vec_load(turned);
	}
#endif
}

/* memchr of [p, end), of which a block more can be read: what is near is found without a call. */
static inline const char *
vec_find(const char *p, const char *end, char c)
{
	const uint64_t bits = vec_bits(vec_is(vec_load(p), c), vec_is(vec_load(p + VEC), c),
				       vec_is(vec_load(p + 2 * VEC), c), vec_is(vec_load(p + 3 * VEC), c));

	if (bits != 0)
		return (size_t)(end - p) > vec_first(bits) ? p + vec_first(bits) : NULL;
	return end - p > VEC_BLOCK ? memchr(p + VEC_BLOCK, c, (size_t)(end - p - VEC_BLOCK)) : NULL;
}

/* Copy n bytes, a block at a time: up to VEC_BLOCK - 1 more are read and written. */
static inline void
vec_copy(char *to, const char *p, size_t n)
{
	const char *end;

	for (end = p + n; p < end; p += VEC_BLOCK, to += VEC_BLOCK)
		memcpy(to, p, VEC_BLOCK);
}

#endif
