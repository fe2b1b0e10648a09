/* SPDX-License-Identifier: ISC */
/*
 * A unit's bytes as sets of bits, which say where its words are, and its words as hashes.
 *
 * What looks at every byte is compiled twice, see vec.h (quickly: the wide one): by bit
 * instructions it takes an eighth less of them.
 */
#ifndef WORDS_H
#define WORDS_H

#include "little.h"
#include "page.h"
#include "scan.h"
#include "vec.h"

/*
 * Bytes of a unit that are looked at, with the rest of a character two words of 64 bits: 190 and
 * 400 judge no better.
 */
enum { SCAN_MAX = 124 };

#define HASH_START 0x811C9DC5u
#define HASH_STEP(h, c) (((h) ^ (uint32_t)(c)) * 0x01000193u)
/* Of one hash or of a vector of them, whose tokens are below PAGE_TOKENS. */
#define HASH_TOKENS(h) ((h)*0x9E3779B1u >> 16)
#define HASH_TOKEN(h) ((uint16_t)HASH_TOKENS(h))
_Static_assert(PAGE_TOKENS == 1 << 16, "16 bits of the hash are the token");

/* A hash as a key of a table, where 0 stands for none. */
static inline uint32_t
hash_key(uint32_t h)
{
	return h - (h == 0);
}

/* A word's hash: of its bytes folded, sixteen at a time, in two numbers, low byte first. */
static inline uint64_t
mix(uint64_t h, uint64_t low, uint64_t high)
{
	h = (h ^ low) * 0x9E3779B97F4A7C15u;
	h = (h ^ h >> 29 ^ high) * 0xBF58476D1CE4E5B9u;
	return h ^ h >> 32;
}

/* The hash of any word of n bytes. An apostrophe is the same in either form. */
uint32_t read_word(const unsigned char *p, size_t n);

/* The hash of a word of at most sixteen bytes of ASCII, as nearly all are, which are folded. */
static inline uint32_t
quick_hash(const unsigned char *word, size_t n)
{
	const unsigned char *mask = vec_mask(n);

	return (uint32_t)mix(0, little64(word) & little64(mask), little64(word + 8) & little64(mask + 8));
}

/* Of the bytes looked at, as bits: those of words, marks of ASCII, and what is beyond it. */
enum { BLOCKS = (SCAN_MAX + 3 + 63) / 64 };

struct classes {
	uint64_t word[BLOCKS + 1], mark[BLOCKS + 1], high[BLOCKS + 1];
	uint64_t small[BLOCKS + 1], upper[BLOCKS + 1], digit[BLOCKS + 1];
	unsigned char folded[64 * BLOCKS + 16];
};

/* Letters and apostrophes beyond ASCII join the words. */
void join_high(struct classes *, const unsigned char *p, size_t len);

typedef signed char signed_vec __attribute__((vector_size(16)));

/* Sets of the 64 bytes of a block that are so. */
struct block {
	uint64_t letter, small, digit; /* small: or beyond ASCII, or a mark */
	uint64_t blank, high;	       /* space or beyond ASCII; beyond ASCII */
};

/*
 * Those of 16 * nvec bytes at p, and to `folded` the bytes: capitals as small letters, digits as
 * '0'.
 */
VEC_INLINE struct block
read_block(unsigned char *folded, const unsigned char *p, unsigned nvec)
{
	struct block b = { 0 };
	unsigned i;

#pragma GCC unroll 4
	for (i = 0; i < VEC * nvec; i += VEC) {
		const vec v = vec_load(p + i), low = v | vec_all(0x20);
		const vec l = vec_in(low, 'a', 'z'), d = vec_in(v, '0', '9');

		vec_store(folded + i, (v | (l & vec_all(0x20))) & ~(d & vec_all(0x0F)));
		b.letter |= (uint64_t)vec_bits16(l) << i;
		b.small |= (uint64_t)vec_bits16((vec)(v == low)) << i;
		b.digit |= (uint64_t)vec_bits16(d) << i;
		b.high |= (uint64_t)vec_bits16(v) << i;
		b.blank |= (uint64_t)vec_bits16((vec)((signed_vec)v < (signed_vec)vec_all('!'))) << i;
	}
	return b;
}

#ifdef VEC_WIDE
/* 0xFF where the byte is one from first to last. */
VEC_WIDE static inline __m256i
wide_in(__m256i v, char first, char last)
{
	return _mm256_cmpgt_epi8(_mm256_add_epi8(v, _mm256_set1_epi8((char)(127 - last))),
				 _mm256_set1_epi8((char)(126 - (last - first))));
}

VEC_WIDE static inline uint64_t
wide_bits(__m256i v)
{
	return (uint32_t)_mm256_movemask_epi8(v);
}

VEC_WIDE static inline void
wide_done(void)
{
	_mm256_zeroupper();
}

/* The same of all 64 bytes, by vectors of 32. */
VEC_WIDE static inline struct block
read_block_wide(unsigned char *folded, const unsigned char *p)
{
	const __m256i space = _mm256_set1_epi8(0x20), figure = _mm256_set1_epi8(0x0F);
	struct block b = { 0 };
	unsigned i;

#pragma GCC unroll 2
	for (i = 0; i < 64; i += 32) {
		const __m256i v = _mm256_loadu_si256((const void *)(p + i)), low = _mm256_or_si256(v, space);
		const __m256i l = wide_in(low, 'a', 'z'), d = wide_in(v, '0', '9');

		_mm256_storeu_si256((__m256i *)(void *)(folded + i),
				    _mm256_andnot_si256(_mm256_and_si256(d, figure),
							_mm256_or_si256(v, _mm256_and_si256(l, space))));
		b.letter |= wide_bits(l) << i;
		b.small |= wide_bits(_mm256_cmpeq_epi8(v, low)) << i;
		b.digit |= wide_bits(d) << i;
		b.high |= wide_bits(v) << i;
		b.blank |= wide_bits(_mm256_cmpgt_epi8(_mm256_set1_epi8('!'), v)) << i;
	}
	return b;
}
#endif

/* p[0, len), of which 64 bytes more may be read; returns whether any is beyond ASCII. */
VEC_INLINE bool
classify(struct classes *to, const unsigned char *p, size_t len, bool quickly)
{
	uint64_t beyond = 0;
	size_t k;

	for (k = 0; 64 * k < len; k++, p += 64) {
		const size_t n = len - 64 * k;
		const uint64_t all = n < 64 ? ((uint64_t)1 << n) - 1 : ~(uint64_t)0;
		struct block b;

#ifdef VEC_WIDE
		if (quickly)
			b = read_block_wide(to->folded + 64 * k, p);
		else
#endif
			b = read_block(to->folded + 64 * k, p, n > 32 ? 4 : n > 16 ? 2 : 1);
		(void)quickly;
		to->word[k] = (b.letter | b.digit) & all;
		to->mark[k] = ~(b.letter | b.digit | b.blank) & all;
		to->high[k] = b.high & all;
		to->small[k] = b.letter & b.small & all;
		to->upper[k] = b.letter & ~b.small & all;
		to->digit[k] = b.digit & all;
		beyond |= to->high[k];
	}
#ifdef VEC_WIDE
	/* what is called from here on may be compiled for SSE2, and would wait for the upper halves */
	if (quickly)
		wide_done();
#endif
	to->word[k] = to->high[k] = to->small[k] = to->upper[k] = to->digit[k] = 0;
	return beyond != 0;
}

/*
 * Where the next word begins in the len bytes, from i on, and where one that is there ends; len if
 * it does not.
 */
VEC_INLINE size_t
next_word(const struct classes *c, size_t i, size_t len)
{
	uint64_t in;

	for (; i < len; i += 64)
		if ((in = scan_window(c->word, i)) != 0)
			return i + vec_first(in);
	return len;
}

VEC_INLINE size_t
word_end(const struct classes *c, size_t i, size_t len)
{
	uint64_t out;

	for (; i < len; i += 64)
		if ((out = ~scan_window(c->word, i)) != 0)
			return i + vec_first(out);
	return len;
}

enum { WORDS_MAX = 32 * BLOCKS }; /* of a unit */

/* The hashes of the words; returns how many there are, at most WORDS_MAX. */
VEC_INLINE unsigned
hash_words(uint32_t *hash, const struct classes *c, const unsigned char *p, size_t len)
{
	const uint32_t *const first = hash;
	uint64_t in, begins, ends, high;
	size_t i, next = 0, b, e, n;

	while (next < len) {
		/* the words that end in the next 64 bytes */
		i = next;
		in = scan_window(c->word, i);
		high = scan_window(c->high, i) & in;
		begins = in & ~(in << 1);
		ends = ~in & in << 1;
		if (ends == 0) {
			b = in == 0 ? 64 : vec_first(in);
			next = i + b;
			if (b > 0)
				continue;
			for (e = 63; i + e < len && SCAN_BIT(c->word, i + e); e++)
				;
			next = i + e;
			*hash++ = read_word(p + i, e);
		}
		if (high == 0 && ends != 0) { /* most */
			next = i + vec_last(ends);
			for (; ends != 0; ends &= ends - 1, begins &= begins - 1) {
				b = vec_first(begins);
				n = vec_first(ends) - b;
				*hash++ = n > 16 ? read_word(p + i + b, n) : quick_hash(c->folded + i + b, n);
			}
		}
		for (; ends != 0; ends &= ends - 1, begins &= begins - 1) {
			b = vec_first(begins);
			e = vec_first(ends);
			n = e - b;
			next = i + e;
			/* letters beyond ASCII take their time */
			if (n > 16 || high >> b << (64 - n) != 0)
				*hash++ = read_word(p + i + b, n);
			else
				*hash++ = quick_hash(c->folded + i + b, n);
		}
	}
	return (unsigned)(hash - first);
}

#endif
