/* SPDX-License-Identifier: ISC */
/*
 * The columns of a unit by itself, from one pass over its bytes. Of a long unit
 * the first SCAN_MAX bytes are looked at and the rest counted alike.
 */
#include <stdlib.h>

#include "cue.h"
#include "little.h"
#include "page.h"
#include "scan.h"
#include "vec.h"

enum {
	SCAN_MAX =
	    124, /* bytes, with the rest of a character two words of 64 bits: 190 and 400 judge no better */
	CUT_MIN = 60,	 /* bytes of a unit that may have an invitation at its end */
	CAPTION = 100,	 /* words of the longest caption of a picture */
	TOKEN_WORDS = 16 /* words of a unit, from its start, that the lexical sum counts */
};

/* What a byte is. */
enum { P = 0, L = 1, U = 2, D = 3, S = 4, H = 5 };

static const uint8_t kind[256] = {
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
	P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P,
	P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H
};

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

/* Capitals as small letters, digits as '0'. */
static inline uint64_t
folded(unsigned char c)
{
	return kind[c] == U ? c | 0x20u : kind[c] == D ? '0' : c;
}

/* The hash of any word of n bytes. An apostrophe is the same in either form. */
static uint32_t
read_word(const unsigned char *p, size_t n)
{
	uint64_t half[2] = { 0, 0 }, h = 0, c;
	unsigned m = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		c = folded(p[i]);
		if (p[i] == 0xE2 && i + 2 < n && p[i + 1] == 0x80 && p[i + 2] == 0x99) {
			c = '\'';
			i += 2;
		}
		half[m >> 3] |= c << 8 * (m & 7);
		if (++m == 16) {
			h = mix(h, half[0], half[1]);
			half[0] = half[1] = 0;
			m = 0;
		}
	}
	if (m > 0)
		h = mix(h, half[0], half[1]);
	return (uint32_t)h;
}

/* From below + VEC_BLOCK - n on: a mask of n bytes. */
#define ONES 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255
static const unsigned char below[2 * VEC_BLOCK] = { ONES, ONES, ONES, ONES };
static const unsigned char *const ones = below + VEC_BLOCK - VEC;

/* The hash of a word of at most sixteen bytes of ASCII, as nearly all are, which are folded. */
static inline uint32_t
quick_hash(const unsigned char *word, size_t n)
{
	const unsigned char *mask = ones + VEC - n;

	return (uint32_t)mix(0, little64(word) & little64(mask), little64(word + 8) & little64(mask + 8));
}

uint16_t
scan_token(const char *word, size_t n)
{
	return HASH_TOKEN(read_word((const unsigned char *)word, n));
}

uint32_t
scan_phrase(const char *words, size_t n)
{
	uint32_t all = HASH_START;
	size_t i, from = 0;

	for (i = 0; i <= n; i++)
		if (i == n || words[i] == ' ') {
			all = HASH_STEP(all, read_word((const unsigned char *)words + from, i - from));
			from = i + 1;
		}
	return all;
}

static unsigned
phrase_bits(const unsigned char *phrase, uint32_t hash)
{
	size_t i;

	for (i = hash >> 7 & (PHRASE_SLOTS - 1);; i = (i + 1) & (PHRASE_SLOTS - 1)) {
		const unsigned char *p = phrase + 5 * i;

		if (p[4] == 0)
			return 0;
		if (((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24) ==
		    hash)
			return p[4];
	}
}

static bool
in_last(const unsigned char *p, size_t n, const char *word)
{
	size_t m = strlen(word), i;

	for (i = 0; i + m <= n; i++)
		if (p[i] == (unsigned char)*word && memcmp(p + i, word, m) == 0)
			return true;
	return false;
}

/* Does the line end by naming the maker of a picture: "(Jane Roe/Agency)"? */
static bool
credited(const unsigned char *p, size_t n, unsigned ends)
{
	size_t from = n > 100 ? n - 100 : 0, i;

	if (ends == END_LETTER || ends == END_CAPITAL)
		return n >= 13 && (memcmp(p + n - 12, "Getty Images", 12) == 0 ||
				   memcmp(p + n - 12, "Shutterstock", 12) == 0);
	for (i = n; i > from && p[i - 1] != '('; i--)
		;
	if (i == from || n - i < 4)
		return false;
	p += i;
	n -= i;
	for (i = 1; i + 1 < n; i++)
		if (p[i] == '/' && (kind[p[i - 1]] == L || kind[p[i - 1]] == U || p[i - 1] == ' ') &&
		    (kind[p[i + 1]] == U || p[i + 1] == ' '))
			return true;
	return in_last(p, n, "Photo") || in_last(p, n, "Getty") || in_last(p, n, "Image") ||
	       in_last(p, n, " via ") || in_last(p, n, "Credit") || in_last(p, n, "photo") ||
	       in_last(p, n, "Courtesy");
}

/* share n/of in 1..33 */
static inline uint8_t
share(unsigned n, unsigned of)
{
	return (uint8_t)(1 + scan_parts(n, 32, of));
}

static uint8_t
cap(unsigned n, unsigned most)
{
	return (uint8_t)(1 + (n < most ? n : most));
}

/* Marks beyond ASCII: U+2018 and the like. Bytes in *n; the unit begins at from. */
enum { W_LETTER, W_SPACE, W_OPEN, W_CLOSE, W_APOSTROPHE, W_DASH, W_DOTS, W_SEPARATOR, W_SIGN };

static unsigned
wide(const unsigned char *p, const unsigned char *from, size_t *n)
{
	unsigned char a = p[0], b = p[1], c = p[2];

	if (a == 0xE2) {
		*n = 3;
		if (b == 0x80) {
			switch (c) {
			case 0x98:
			case 0x9A:
			case 0x9C:
			case 0x9E:
			case 0xB9:
				return W_OPEN;
			case 0x99:
				return W_APOSTROPHE;
			case 0x9D:
			case 0x9B:
			case 0xBA:
				return W_CLOSE;
			case 0x90:
			case 0x91:
			case 0x92:
			case 0x93:
			case 0x94:
			case 0x95:
				return W_DASH;
			case 0xA6:
				return W_DOTS;
			case 0xA2:
			case 0xA3:
				return W_SEPARATOR;
			default:
				return W_SPACE;
			}
		}
		if (b >= 0x86 && b <= 0xAF) /* arrows, boxes, dingbats */
			return W_SEPARATOR;
		return b < 0x86 ? W_SIGN : W_LETTER;
	}
	if (a == 0xC2) {
		*n = 2;
		if (b == 0xA0 || b == 0xAD)
			return W_SPACE;
		if (b == 0xAB)
			return W_OPEN;
		if (b == 0xBB) /* a quote's end, or "more" where it stands alone */
			return p == from || p[-1] == ' ' ? W_SEPARATOR : W_CLOSE;
		if (b == 0xB7)
			return W_SEPARATOR;
		return W_SIGN;
	}
	*n = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : 2;
	if (a == 0xF0 && b == 0x9F) /* pictures */
		return W_SEPARATOR;
	if (a == 0xEF && (b == 0xB8 || b == 0xBB))
		return W_SPACE;
	return W_LETTER;
}

/* What p[0, n) begins with, if that is no letter or digit of ASCII. */
static enum start
other_start(const unsigned char *p, size_t n)
{
	size_t w;

	if (n == 0)
		return START_NONE;
	switch (kind[*p]) {
	case H:
		switch (wide(p, p, &w)) {
		case W_OPEN:
		case W_CLOSE:
		case W_APOSTROPHE:
			return START_QUOTE;
		case W_DASH:
			return START_DASH;
		case W_SEPARATOR:
			return START_SIGN;
		case W_SIGN:
			return START_NONE;
		default:
			return START_LETTER;
		}
	default:
		switch (*p) {
		case '"':
		case '\'':
			return START_QUOTE;
		case '(':
		case '[':
			return START_BRACKET;
		case ',':
		case '.':
		case ';':
		case ')':
		case '?':
		case '!':
		case ':':
			return START_INNER;
		case '-':
			return START_DASH;
		case '@':
		case '#':
			return START_SIGN;
		default:
			return START_NONE;
		}
	}
}

/* What it begins with. */
static inline enum start
start_kind(const unsigned char *p, size_t n)
{
	static const uint8_t start[] = { [L] = START_SMALL, [U] = START_CAPITAL, [D] = START_DIGIT };
	const unsigned is = kind[*p];

	if (n == 0 || is - L > D - L)
		return other_start(p, n);
	return is == U && n > 1 && kind[p[1]] == U ? START_CAPITALS : (enum start)start[is];
}

static enum end
other_end(const unsigned char *p, size_t n)
{
	bool quoted = false;
	size_t w = 0;

again:
	while (n > 0 && p[n - 1] == ' ')
		n--;
	if (n == 0)
		return quoted ? END_QUOTE : END_NONE;
	if (kind[p[n - 1]] == H) {
		for (w = 1; w < n && w < 4 && (p[n - w] & 0xC0) == 0x80; w++)
			;
		switch (wide(p + n - w, p, &w)) {
		case W_APOSTROPHE:
		case W_CLOSE:
			if (!quoted) {
				quoted = true;
				n -= w;
				goto again;
			}
			return END_QUOTE;
		case W_SPACE:
			if (n > w) {
				n -= w;
				goto again;
			}
			return END_NONE;
		case W_DOTS:
			return END_DOTS;
		case W_DASH:
			return END_DASH;
		case W_SEPARATOR:
		case W_SIGN:
			return END_SIGN;
		case W_OPEN:
			return END_DASH;
		default:
			return quoted ? END_QUOTE : END_LETTER;
		}
	}
	switch (kind[p[n - 1]]) {
	case L:
		return quoted ? END_QUOTE : END_LETTER;
	case U:
		return quoted ? END_QUOTE : END_CAPITAL;
	case D:
		return quoted ? END_QUOTE : END_DIGIT;
	default:
		break;
	}
	switch (p[n - 1]) {
	case '.':
		if (n >= 3 && p[n - 2] == '.' && p[n - 3] == '.')
			return END_DOTS;
		return quoted ? END_QUOTED_STOP : END_STOP;
	case '?':
	case '!':
		return quoted ? END_QUOTED_STOP : END_CALL;
	case '"':
	case '\'':
		if (!quoted) {
			quoted = true;
			n--;
			goto again;
		}
		return END_QUOTE;
	case ':':
		return END_COLON;
	case ')':
	case ']':
		return quoted ? END_QUOTE : END_BRACKET;
	case ',':
	case ';':
	case '-':
		return quoted ? END_QUOTE : END_COMMA;
	default:
		return END_SIGN;
	}
}

/* What p[0, n) ends with: most often a letter, a digit, or a full stop behind a letter. */
static inline enum end
end_kind(const unsigned char *p, size_t n)
{
	static const uint8_t end[] = { [L] = END_LETTER, [U] = END_CAPITAL, [D] = END_DIGIT };
	unsigned is;

	if (n < 2)
		return other_end(p, n);
	is = kind[p[n - 1]];
	if (is - L <= D - L)
		return (enum end)end[is];
	return p[n - 1] == '.' && kind[p[n - 2]] == L ? END_STOP : other_end(p, n);
}

/*
 * Scanning is compiled twice, see vec.h (quickly: the wide one): by bit instructions it takes an
 * eighth less of them.
 */
#ifdef VEC_WIDE
VEC_WIDE static inline __m256i
wide_load(const void *p)
{
	return _mm256_loadu_si256(p);
}
#endif

/* Of the bytes looked at, as bits: those of words, marks of ASCII, and what is beyond it. */
enum { BLOCKS = (SCAN_MAX + 3 + 63) / 64 };

struct classes {
	uint64_t word[BLOCKS + 1], mark[BLOCKS + 1], wide[BLOCKS + 1];
	uint64_t small[BLOCKS + 1], upper[BLOCKS + 1], digit[BLOCKS + 1];
	unsigned char folded[64 * BLOCKS + 16];
};

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
		const __m256i v = wide_load(p + i), low = _mm256_or_si256(v, space);
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
		to->wide[k] = b.high & all;
		to->small[k] = b.letter & b.small & all;
		to->upper[k] = b.letter & ~b.small & all;
		to->digit[k] = b.digit & all;
		beyond |= to->wide[k];
	}
#ifdef VEC_WIDE
	if (quickly) /* what is called from here on may be compiled for SSE2, and would wait for the upper halves */
		wide_done();
#endif
	to->word[k] = to->wide[k] = to->small[k] = to->upper[k] = to->digit[k] = 0;
	return beyond != 0;
}

#define BIT_SET(set, i) ((set)[(i) >> 6] |= (uint64_t)1 << ((i)&63))

struct marks {
	unsigned comma;
	unsigned kinds; /* MARK_ bits of what there is */
};

/* Letters and apostrophes beyond ASCII join the words. */
static void
join_wide(struct classes *c, const unsigned char *p, size_t len)
{
	size_t k, i, next = 0, w;
	uint64_t left;
	unsigned is;

	for (k = 0; 64 * k < len; k++)
		for (left = c->wide[k]; left != 0; left &= left - 1) {
			i = 64 * k + (unsigned)__builtin_ctzll(left);
			if (i < next)
				continue;
			is = wide(p + i, p, &w);
			next = i + w;
			if (is == W_LETTER || (is == W_APOSTROPHE && i > 0 && SCAN_BIT(c->word, i - 1) &&
					       i + 3 < len && kind[p[i + 3]] == L))
				for (; i < next && i < len; i++)
					BIT_SET(c->word, i);
		}
}

enum { MARK_COMMA = 1, MARK_POINT = 2, MARK_APOSTROPHE = 4, MARK_COLON = 8, MARK_BAR = 16 };

/* The bits of set, each moved to the next byte's place or the one before's. */
static inline uint64_t
behind(const uint64_t *set, size_t k)
{
	return set[k] << 1 | (k > 0 ? set[k - 1] >> 63 : 0);
}

static inline uint64_t
before(const uint64_t *set, size_t k)
{
	return set[k] >> 1 | set[k + 1] << 63;
}

/*
 * Marks of ASCII; those inside of a number and apostrophes join the words. No branch depends on
 * which they are.
 */
VEC_INLINE void
count_marks(struct classes *c, const unsigned char *p, size_t len, struct marks *m)
{
	static const uint8_t is[128] = { [','] = MARK_COMMA,
					 ['.'] = MARK_POINT,
					 ['\''] = MARK_APOSTROPHE,
					 [':'] = MARK_COLON,
					 ['|'] = MARK_BAR };
	size_t k;
	uint64_t left;

	for (k = 0; 64 * k < len; k++) {
		uint64_t comma = 0, point = 0, apostrophe = 0, inside;

		for (left = c->mark[k]; left != 0; left &= left - 1) {
			const uint64_t bit = left & -left;
			const unsigned kinds = is[p[64 * k + (unsigned)__builtin_ctzll(left)]];

			m->kinds |= kinds;
			comma |= bit & -(uint64_t)(kinds & 1);
			point |= bit & -(uint64_t)(kinds >> 1 & 1);
			apostrophe |= bit & -(uint64_t)(kinds >> 2 & 1);
		}
		if ((comma | point | apostrophe) == 0)
			continue;
		inside = (comma | point) & behind(c->digit, k) & before(c->digit, k);
		m->comma += (unsigned)__builtin_popcountll(comma & ~inside);
		c->word[k] |= inside | (apostrophe & behind(c->word, k) & before(c->small, k));
	}
}

struct forms {
	unsigned longer;  /* words of four bytes or more that begin with a letter */
	unsigned capital; /* of those, the ones with a capital first, but the unit's first word */
	unsigned upper;	  /* words of two bytes or more, all capitals */
	unsigned figure;  /* words with a digit in them */
};

/*
 * What words look like, by bits, all of 64 bytes at once. A sum of capitals and
 * first capitals carries through every run of capitals to the byte behind it.
 */
VEC_INLINE void
count_forms(const struct classes *c, size_t len, struct forms *f)
{
	uint64_t before = 0, carry = 0, first = 1;
	size_t k;

	for (k = 0; 64 * k < len; k++) {
		const uint64_t w = c->word[k], next = c->word[k + 1], upper = c->upper[k] & w;
		const uint64_t begin = w & ~(w << 1 | before), two = begin & (w >> 1 | next << 63);
		const uint64_t four = two & (w >> 2 | next << 62) & (w >> 3 | next << 61) & ~c->digit[k];
		uint64_t digit = c->digit[k] & w, sum = upper + carry, rest;

		before = w >> 63;
		if (four != 0)
			f->longer += (unsigned)__builtin_popcountll(four);
		if (upper != 0 || carry != 0) {
			f->capital += (unsigned)__builtin_popcountll(four & upper);
			carry = sum < carry;
			sum += two & upper;
			carry |= sum < (two & upper);
			f->upper += (unsigned)__builtin_popcountll(sum & ~upper & ~w);
		}
		if (first != 0 && begin != 0) {
			f->capital -= (begin & -begin & four & upper) != 0;
			first = 0;
		}
		while (digit != 0) {
			const unsigned i = (unsigned)__builtin_ctzll(digit);

			f->figure++;
			rest = ~w >> i; /* the word's end, if it ends here */
			digit = rest == 0 ? 0 : digit & ~(uint64_t)0 << i << __builtin_ctzll(rest);
		}
	}
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

/*
 * The hash of the words before a colon or a bar among the first four, 0 if there is none;
 * an l that stands alone behind the first word is taken for a bar.
 */
static uint32_t
lead_of(const struct classes *c, const unsigned char *p, size_t len, unsigned nword, const uint32_t *hash)
{
	uint32_t all = HASH_START;
	size_t i = next_word(c, 0, len), next;
	unsigned k;

	for (k = 0; k < 4 && k < nword; k++) {
		next = word_end(c, i, len);
		if (k == 1 && next == i + 1 && p[i] == 'l')
			return all;
		all = HASH_STEP(all, hash[k]);
		i = next;
		for (next = next_word(c, i, len); i < next; i++)
			if (p[i] == ':' || p[i] == '|')
				return all;
	}
	return 0;
}

/* The hash of the first word, p[begin, end) with *hash, and of the marks up to the second one. */
VEC_INLINE uint32_t
prefix_of(const unsigned char *p, size_t begin, size_t end, size_t second, const uint32_t *hash)
{
	uint32_t h = HASH_START;
	size_t i;

	for (i = 0; i < begin; i++)
		if (kind[p[i]] == P)
			h = HASH_STEP(h, p[i]);
	if (begin < end)
		h = HASH_STEP(h, *hash);
	for (i = end; i < second; i++)
		if (kind[p[i]] == P)
			h = HASH_STEP(h, p[i]);
	return hash_key(h);
}

/* Does a line say "Credit:" or "Photo:"? */
static bool
credits(const unsigned char *p, size_t n)
{
	const unsigned char *q = p, *end = p + n;

	while ((q = memchr(q, ':', (size_t)(end - q))) != NULL) {
		if ((q - p >= 6 && memcmp(q - 6, "Credit", 6) == 0) ||
		    (q - p >= 5 && memcmp(q - 5, "Photo", 5) == 0))
			return true;
		q++;
	}
	return false;
}

VEC_INLINE unsigned
cue_of(const unsigned char *p, size_t n, size_t len, const struct unit *u, const struct marks *m,
       uint32_t lead, unsigned nword, unsigned ends, unsigned line_bits, const unsigned char *phrase)
{
	unsigned cue = CUE_NONE;

	if ((line_bits & PHRASE_LINE) != 0)
		return CUE_LINE;
	if (lead != 0) {
		const unsigned bits = phrase_bits(phrase, lead);

		cue = bits & PHRASE_VIDEO  ? CUE_VIDEO
		      : bits & PHRASE_LEAD ? CUE_LEAD
		      : bits & PHRASE_HINT ? CUE_HINT
					   : CUE_NONE;
	}
	if (cue <= CUE_HINT &&
	    ((u->nword <= CAPTION && ends >= END_CAPITAL && ends <= END_BRACKET && credited(p, n, ends)) ||
	     ((m->kinds & MARK_COLON) != 0 && nword <= 16 && credits(p, len))))
		cue = CUE_CREDIT;
	return cue;
}

static inline uint16_t
style_of(uint32_t nword, unsigned ends, unsigned starts, bool marked)
{
	static const uint8_t end_group[16] = {
		[END_DIGIT] = 1, [END_CAPITAL] = 1, [END_LETTER] = 2, [END_BRACKET] = 3,
		[END_COLON] = 4, [END_DOTS] = 5,    [END_DASH] = 5,   [END_COMMA] = 5,
		[END_QUOTE] = 6, [END_CALL] = 6,    [END_STOP] = 7,   [END_QUOTED_STOP] = 7
	};
	static const uint8_t start_group[16] = {
		[START_CAPITALS] = 1, [START_LETTER] = 1, [START_CAPITAL] = 1,
		[START_QUOTE] = 2,    [START_SMALL] = 3,  [START_INNER] = 3
	};
	static const uint8_t size[32] = { 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2,
					  3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 };

	return (uint16_t)(((size[nword & 31] * 8u + end_group[ends & 15]) * 4 + start_group[starts & 15]) *
			      2 +
			  marked + (nword >= 32 ? (4u - size[nword & 31]) * 64 : 0));
}

/*
 * A unit's columns by itself: the first OWN of all but those of the page around it, and COL_CUE for
 * the last.
 */
enum { OWN = 16 };
_Static_assert((int)OWN == (int)VEC && COL_INDENT == OWN - 2, "the columns of a unit by itself come first");

enum { WORDS_MAX = 32 * BLOCKS }; /* of a unit */
_Static_assert((int)WORDS_MAX <= (int)SCAN_PARTS && (int)PAGE_UNIT_VOCAB <= (int)SCAN_PARTS,
	       "shares of them are made");

/* The hashes of the words; returns how many there are, at most WORDS_MAX. */
VEC_INLINE unsigned
hash_words(uint32_t *hash, const struct classes *c, const unsigned char *p, size_t len)
{
	const uint32_t *const first = hash;
	uint64_t in, begins, ends, wide;
	size_t i, next = 0, b, e, n;

	while (next < len) {
		/* the words that end in the next 64 bytes */
		i = next;
		in = scan_window(c->word, i);
		wide = scan_window(c->wide, i) & in;
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
		if (wide == 0 && ends != 0) { /* most */
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
			if (n > 16 || wide >> b << (64 - n) != 0)
				*hash++ = read_word(p + i + b, n);
			else
				*hash++ = quick_hash(c->folded + i + b, n);
		}
	}
	return (unsigned)(hash - first);
}

/* What is made of the n words. */
struct sums {
	uint32_t all;  /* the hash of them all */
	uint32_t last; /* of the last one */
	int32_t sum;   /* of the weights of the tokens of the first TOKEN_WORDS */
	unsigned nvocab;
};

typedef uint32_t hash4 __attribute__((vector_size(16)));

/*
 * Returns the weight of the word of this hash and token; its number goes to *vocab, if it is no
 * function word.
 */
VEC_INLINE int32_t
add_word(struct sums *s, uint16_t **vocab, uint32_t hash, uint32_t token, const signed char *word)
{
	const int32_t weight = word[token];

	s->all = HASH_STEP(s->all, hash);
	**vocab = (uint16_t)(token % PAGE_VOCAB);
	*vocab += (weight & PAGE_FUNCTION) ^ 1;
	return weight;
}

/*
 * word: weights and PAGE_FUNCTION bits; the numbers of those that are no function words go to
 * vocab. hash[-1] is 0; what follows the last one may be anything.
 */
VEC_INLINE struct sums
sum_words(const uint32_t *hash, unsigned n, const signed char *word, uint16_t *vocab)
{
	const unsigned nlexical = n < TOKEN_WORDS ? n : TOKEN_WORDS;
	const uint16_t *const first = vocab;
	struct sums s = { .all = HASH_START, .last = hash[(int)n - 1] };
	uint32_t token[WORDS_MAX + 4], pair[TOKEN_WORDS + 4];
	unsigned k;

	for (k = 0; k < n; k += 4) {
		const hash4 own = (hash4)vec_load(hash + k);

		vec_store(token + k, (vec)HASH_TOKENS(own));
	}
	for (k = 0; k < nlexical; k += 4) {
		const hash4 own = (hash4)vec_load(hash + k), before = (hash4)vec_load(hash + (int)k - 1);

		vec_store(pair + k, (vec)HASH_TOKENS(before * 31 + own));
	}
	for (k = 0; k < nlexical; k++)
		s.sum += word[pair[k]] + add_word(&s, &vocab, hash[k], token[k], word);
	for (; k < n; k++)
		(void)add_word(&s, &vocab, hash[k], token[k], word);
	s.nvocab = (unsigned)(vocab - first);
	return s;
}

/* The tokens that the lexical sum is of: for the trainer, which weighs them later. */
static void
put_tokens(struct page *g, struct unit *u, const uint32_t *hash, unsigned nword, unsigned starts,
	   unsigned ends)
{
	uint32_t last = 0;
	uint16_t *token;
	unsigned k;

	while (g->token_cap - g->ntoken < 2 * TOKEN_WORDS + 2)
		g->token = mem_grow(g->token, g->token_cap, &g->token_cap, sizeof(*g->token));
	token = g->token + g->ntoken;
	for (k = 0; k < nword && k < TOKEN_WORDS; k++) {
		*token++ = HASH_TOKEN(hash[k]);
		*token++ = HASH_TOKEN(last * 31 + hash[k]);
		last = hash[k];
	}
	*token++ = HASH_TOKEN((nword > 0 ? hash[nword - 1] : 0) * 7 + ends);
	*token++ = HASH_TOKEN((starts - 1) * 64 + ends + 0x5000000u);
	u->lexical = (uint32_t)g->ntoken;
	u->nlexical = (uint32_t)(token - g->token) - u->lexical;
	g->ntoken += u->nlexical;
}

/* What n words of the vocabulary take in page.vocab. */
static inline size_t
vocab_room(size_t n)
{
	return (n + PAGE_VOCAB_STEP - 1) / PAGE_VOCAB_STEP * PAGE_VOCAB_STEP;
}

/* Fill u and its columns by itself; weigh: COL_LEXICAL too, else the tokens for it. */
VEC_INLINE void
fill_unit(struct page *g, struct unit *u, uint8_t *cell, const signed char *word, const unsigned char *phrase,
	  bool weigh, bool quickly)
{
	const unsigned char *p = (const unsigned char *)g->text + u->from;
	size_t n = u->to - u->from, len = n < SCAN_MAX ? n : SCAN_MAX, begin, end, second;
	static const uint16_t none[PAGE_VOCAB_STEP] = { PAGE_VOCAB, PAGE_VOCAB, PAGE_VOCAB, PAGE_VOCAB,
							PAGE_VOCAB, PAGE_VOCAB, PAGE_VOCAB, PAGE_VOCAB };
	struct marks m = { 0 };
	struct forms f = { 0 };
	unsigned nword, nstop, ends, starts, k;
	uint32_t hashes[WORDS_MAX + 8], *const hash = hashes + 4, lead = 0;
	struct classes c;
	struct sums s;

	/* do not stop inside a character */
	while (len < n && (p[len] & 0xC0) == 0x80)
		len++;
	starts = start_kind(p, n);
	ends = end_kind(p, n);
	if (classify(&c, p, len, quickly))
		join_wide(&c, p, len);
	count_marks(&c, p, len, &m);
	count_forms(&c, len, &f);
	hash[-1] = 0;
	nword = hash_words(hash, &c, p, len);
	s = sum_words(hash, nword, word, g->vocab + g->nvocab);
	if (weigh) {
		/* the last word, once more, and how the unit ends */
		s.sum += word[HASH_TOKEN(s.last * 7 + ends)] +
			 word[HASH_TOKEN((starts - 1) * 64 + ends + 0x5000000u)];
		cell[COL_LEXICAL] = scan_lexical(s.sum, 2 * (nword < TOKEN_WORDS ? nword : TOKEN_WORDS) + 2);
	} else
		put_tokens(g, u, hash, nword, starts, ends);
	u->vocab = (uint32_t)g->nvocab;
	u->nvocab = s.nvocab;
	memcpy(g->vocab + g->nvocab + s.nvocab, none, sizeof(none));
	g->nvocab += vocab_room(s.nvocab);
	nstop = nword - u->nvocab;

	begin = next_word(&c, 0, len);
	end = word_end(&c, begin, len);
	second = next_word(&c, end, len);
	u->prefix = prefix_of(p, begin, end, second, hash);
	u->hash = hash_key(s.all + u->cut); /* a summary that a feed cut repeats nothing */
	if ((m.kinds & (MARK_COLON | MARK_BAR)) != 0 || (nword > 1 && p[second] == 'l'))
		lead = lead_of(&c, p, len, nword, hash);
	u->nword = len < n ? (uint32_t)((uint64_t)nword * n / len) : nword;
	u->good = ends >= END_QUOTE && nword >= 8 && nstop >= 2;
	k = nword <= 16 ? phrase_bits(phrase, s.all) : 0;
	u->replies = (k & PHRASE_REPLIES) != 0 && u->mark == 0; /* in a list it is a link to them */
	u->style = style_of(u->nword, ends, starts, u->mark != 0);

	cell[OWN - 1] = (uint8_t)cue_of(p, n, len, u, &m, lead, nword, ends, k, phrase);
	cell[COL_WORDS] = scan_bin(u->nword);
	cell[COL_ENDS] = (uint8_t)ends;
	cell[COL_STARTS] = (uint8_t)starts;
	cell[COL_STOPS] = share(nstop, nword);
	cell[COL_TITLE] = share(f.capital, f.longer);
	cell[COL_MARK] = (uint8_t)(u->mark + 1);
	cell[COL_COMMAS] = cap(m.comma, 15);
	cell[COL_DIGITS] = share(f.figure < nword ? f.figure : nword, nword);
	cell[COL_NSTOP] = cap(nstop, 40);
	cell[COL_UPPER] = share(f.upper, nword);
}

/* What a unit says ends before an invitation to read on elsewhere. */
static inline void
cut_unit(const struct page *g, struct unit *u)
{
	const struct line *l = &g->line[u->line + u->nline - 1];
	const size_t from = u->nline == 1 ? u->from : l->from;
	size_t cut;

	if (u->to - u->from < CUT_MIN)
		return;
	cut = from + cue_cut(g->text + from, l->to - from);
	if (cut >= u->from + CUT_MIN / 2 && cut < u->to) {
		u->to = cut > from ? (uint32_t)cut : l[-1].to; /* it may be all of the last line */
		u->cut = true;
	}
}

void
page_cut(struct page *g)
{
	size_t i;

	for (i = 0; i < g->nunit; i++)
		cut_unit(g, &g->unit[i]);
}

#ifdef VEC_WIDE
VEC_WIDE static void __attribute__((noinline))
fill_wide(struct page *g, struct unit *u, uint8_t *cell, const signed char *word, const unsigned char *phrase)
{
	fill_unit(g, u, cell, word, phrase, true, true);
}
#endif

static void __attribute__((noinline))
fill_narrow(struct page *g, struct unit *u, uint8_t *cell, const signed char *word,
	    const unsigned char *phrase, bool weigh)
{
	fill_unit(g, u, cell, word, phrase, weigh, false);
}

VEC_INLINE void
scan_unit(struct page *g, struct unit *u, uint8_t *cell, const signed char *word, const unsigned char *phrase,
	  bool weigh, bool quickly)
{
	cut_unit(g, u);
#ifdef VEC_WIDE
	if (quickly) {
		fill_wide(g, u, cell, word, phrase);
		return;
	}
#endif
	(void)quickly;
	fill_narrow(g, u, cell, word, phrase, weigh);
}

/*
 * Lines that a site puts on every page are not scanned every time: what a short one came to is
 * kept beside its bytes, in sets of two by a hash of them.
 */
enum { SEEN_BITS = 9, SEEN_SETS = 1 << SEEN_BITS, SEEN_BYTES = 107, SEEN_VOCAB = 24 };
struct seen {
	uint32_t key;  /* of the line's hash */
	uint16_t form; /* line_form of its text; 0: none */
	uint8_t kept;  /* bytes of it that are no invitation */
	uint8_t nvocab;
	/* as they stand in a unit: they are copied at once */
	uint32_t nword, hash, prefix;
	uint16_t style;
	bool good, replies;
	bool second; /* of a set's first one: the other one was needed last */
	uint8_t cell[OWN];
	unsigned char text[SEEN_BYTES]; /* and what follows is not looked at */
	uint16_t vocab[SEEN_VOCAB];
};
_Static_assert(SEEN_BYTES + sizeof(uint16_t[SEEN_VOCAB]) >= 2 * VEC_BLOCK, "text may be copied by blocks");

typedef uint64_t long2 __attribute__((vector_size(16)));

/* Bytes of a line that may be kept, and its list mark; no line's is 0. */
static inline uint16_t
line_form(size_t n, const struct unit *u)
{
	return (uint16_t)(n << 8 | u->mark);
}

/* A line's hash, better in its upper half: of its form, the first and the last of its n bytes. */
static inline uint64_t
line_hash(const unsigned char *p, size_t n, uint16_t form)
{
	const size_t size = n < VEC ? n : VEC;
	const vec mask = vec_load(ones + VEC - size);
	const long2 first = (long2)(vec_load(p) & mask), last = (long2)(vec_load(p + n - size) & mask),
		    both = first ^ last << 9;

	return ((form ^ both[0]) * 0x9E3779B97F4A7C15u ^ both[1]) * 0xBF58476D1CE4E5B9u;
}

/* Does p[0, n) stand in text? Four vectors are compared at once: most lines have no more. */
static inline bool
is_same(const unsigned char *text, const unsigned char *p, size_t n)
{
	const unsigned char *mask = below + VEC_BLOCK - (n < VEC_BLOCK ? n : VEC_BLOCK);
	vec differ = vec_all(0);
	size_t i;

#pragma GCC unroll 4
	for (i = 0; i < VEC_BLOCK; i += VEC)
		differ |= (vec_load(p + i) ^ vec_load(text + i)) & vec_load(mask + i);
	for (; i < n; i += VEC)
		differ |= (vec_load(p + i) ^ vec_load(text + i)) &
			  vec_load(below + VEC_BLOCK - (n - i < VEC ? n - i : VEC));
	return vec_bits16((vec)(differ != vec_all(0))) == 0;
}

#ifdef VEC_WIDE
/* The same, by vectors of twice the length. */
VEC_WIDE static inline bool
is_same_wide(const unsigned char *text, const unsigned char *p, size_t n)
{
	const unsigned char *mask = below + VEC_BLOCK - (n < VEC_BLOCK ? n : VEC_BLOCK);
	__m256i differ[2];
	size_t k;

#pragma GCC unroll 2
	for (k = 0; k < 2; k++)
		differ[k] =
		    _mm256_and_si256(_mm256_xor_si256(wide_load(p + 32 * k), wide_load(text + 32 * k)),
				     wide_load(mask + 32 * k));
	differ[0] = _mm256_or_si256(differ[0], differ[1]);
	return _mm256_testz_si256(differ[0], differ[0]) &&
	       (n <= VEC_BLOCK || is_same(text + VEC_BLOCK, p + VEC_BLOCK, n - VEC_BLOCK));
}
#endif

VEC_INLINE bool
stands(const unsigned char *text, const unsigned char *p, size_t n, bool quickly)
{
#ifdef VEC_WIDE
	if (quickly)
		return is_same_wide(text, p, n);
#endif
	(void)quickly;
	return is_same(text, p, n);
}

/* Where a line may be kept: the set and the key of its hash; its form. No set: it is too long. */
struct place {
	struct seen *set;
	uint32_t key;
	uint16_t form;
};

/* scan_unit of a line that may have come before. */
VEC_INLINE void
look_unit(struct page *g, struct unit *u, struct place at, uint8_t *cell, const signed char *word,
	  const unsigned char *phrase, bool quickly)
{
	const unsigned char *p = (const unsigned char *)g->text + u->from;
	const uint16_t form = at.form;
	const size_t n = form >> 8;
	struct seen *e;
	bool second;

	if (at.set == NULL) {
		scan_unit(g, u, cell, word, phrase, true, quickly);
		return;
	}
	second = at.set->key != at.key;
	e = at.set + second;
	if (e->form == form && stands(e->text, p, n, quickly)) {
		const uint32_t nword = e->nword, hash = e->hash, prefix = e->prefix;
		const uint16_t style = e->style;
		const bool good = e->good, replies = e->replies;

		at.set->second = second;
		memcpy(cell, e->cell, OWN);
		memcpy(g->vocab + g->nvocab, e->vocab, sizeof(e->vocab));
		u->vocab = (uint32_t)g->nvocab;
		u->nvocab = e->nvocab;
		g->nvocab += vocab_room(e->nvocab);
		if (e->kept != n) { /* few */
			u->to = u->from + e->kept;
			u->cut = true;
		}
		u->nword = nword;
		u->hash = hash;
		u->prefix = prefix;
		u->style = style;
		u->good = good;
		u->replies = replies;
		return;
	}
	scan_unit(g, u, cell, word, phrase, true, quickly);
	if (u->nvocab > SEEN_VOCAB)
		return;
	at.set->second = !at.set->second;
	e = at.set + at.set->second;
	e->key = at.key;
	e->form = form;
	e->kept = (uint8_t)(u->to - u->from);
	e->nvocab = (uint8_t)u->nvocab;
	e->nword = u->nword;
	e->hash = u->hash;
	e->prefix = u->prefix;
	e->style = u->style;
	e->good = u->good;
	e->replies = u->replies;
	memcpy(e->cell, cell, OWN);
	/*
	 * somewhat more, which vocab is put over: memcpy of so few bytes is compiled to rep movs,
	 * which begins slowly
	 */
	vec_copy((char *)e->text, (const char *)p, n);
	memcpy(e->vocab, g->vocab + u->vocab, sizeof(e->vocab));
}

/* Zero into the rows before a column's first unit and behind its last. */
static void
clear_pads(struct page *g, int c)
{
	uint8_t *column = page_column(g, c);
	size_t i;

	vec_store(column - PAGE_PAD, vec_all(0));
	for (i = g->nunit; i < g->nunit + 2 * PAGE_PAD; i += VEC)
		vec_store(column + i, vec_all(0));
}

static void
make_room(struct page *g, bool html)
{
	/* a multiple of VEC, so that vectors of numbers are aligned */
	size_t i, rows = (MEM_LINE + g->nunit + PAGE_PAD + 16 + VEC - 1) / VEC * VEC;

	/*
	 * kept while it is not much too wide, and page.asked with it; by half a step, lest columns
	 * share a cache's sets
	 */
	if (rows > g->stride || rows < g->stride / 4)
		g->stride = (rows + rows / 4 + 127) / 128 * 128 + 64;
	if (g->stride * COL_ALL > g->cell_cap) {
		g->cell_cap = 2 * g->stride * COL_ALL;
		free(g->cell);
		g->cell = mem_lines(g->cell_cap);
	}
	if (rows > g->row_cap) {
		g->row_cap = 2 * rows;
		g->score = mem_array(g->score, g->row_cap, sizeof(*g->score));
		g->first = mem_array(g->first, g->row_cap, sizeof(*g->first));
		g->sum = mem_array(g->sum, g->row_cap + 1, 2 * sizeof(uint64_t));
		g->scratch = mem_array(g->scratch, g->row_cap, 16);
		g->open = mem_array(g->open, g->row_cap / 16 + 1, sizeof(*g->open));
		g->keep = mem_array(g->keep, g->row_cap, sizeof(*g->keep));
	}
	/*
	 * the rows of the units are all written, by this or by later steps; those around are read
	 * of some columns alone
	 */
	for (i = 0; i < COL_NEAR; i++)
		clear_pads(g, (int)i);
	clear_pads(g, COL_SCORE);
	clear_pads(g, COL_FLOWS);
	for (i = COL_HTML; html && i < COL_HTML_NEAR; i++)
		clear_pads(g, (int)i);
	g->ntoken = g->nvocab = 0;
}

VEC_INLINE void
scan_page(struct page *g, const signed char *word, const unsigned char *phrase, bool html, bool weigh,
	  bool quickly)
{
	uint8_t row[OWN][OWN];
	struct place at[VEC];
	vec column[OWN];
	struct seen *seen;
	uint8_t *to;
	size_t i, k, n, stride, longest; /* that is kept, in bytes */

	make_room(g, html);
	if (weigh && g->seen == NULL)
		g->seen = calloc((size_t)2 * SEEN_SETS, sizeof(*g->seen));
	seen = g->seen;
	longest = seen != NULL ? SEEN_BYTES : 0;
	stride = g->stride;
	memset(row, 0, sizeof(row)); /* columns that later steps fill */
	for (i = 0; i < g->nunit; i += VEC) {
		struct unit *u = &g->unit[i];

		n = g->nunit - i < VEC ? g->nunit - i : VEC;
		while (g->vocab_cap - g->nvocab < VEC * SCAN_MAX)
			g->vocab = mem_double(g->vocab, &g->vocab_cap, sizeof(*g->vocab));
		/* looked for first, so that what was kept is near when it is compared */
		for (k = 0; weigh && k < n; k++) {
			const size_t bytes = u[k].to - u[k].from;
			const char *set;
			uint64_t h;

			at[k].set = NULL;
			if (bytes - 1 >= longest)
				continue;
			at[k].form = line_form(bytes, &u[k]);
			h = line_hash((const unsigned char *)g->text + u[k].from, bytes, at[k].form);
			at[k].set = seen + 2 * (h >> (64 - SEEN_BITS));
			at[k].key = (uint32_t)(h >> (32 - SEEN_BITS));
			set = (const char *)at[k].set;
			__builtin_prefetch(set);
			__builtin_prefetch(set + 64);
			__builtin_prefetch(set + sizeof(struct seen));
		}
		for (k = 0; k < n; k++, u++) {
			if (weigh)
				look_unit(g, u, at[k], row[k], word, phrase, quickly);
			else
				scan_unit(g, u, row[k], word, phrase, false, false);
			row[k][COL_INDENT] = (uint8_t)(u->indent + 1);
			row[k][COL_GAP] = (uint8_t)(u->gap + 1);
		}
		for (; k < VEC; k++)
			memset(row[k], 0, OWN);
		vec_turn(row, column);
		to = page_column(g, 0) + i;
#pragma GCC unroll 16
		for (k = 0; k < OWN - 1; k++, to += stride)
			vec_store(to, column[k]);
		vec_store(page_column(g, COL_CUE) + i, column[k]);
	}
}

void
page_scan(struct page *g, const signed char *word, const unsigned char *phrase, bool html)
{
	scan_page(g, word, phrase, html, false, false);
}

#ifdef VEC_WIDE
VEC_WIDE static void
weigh_quickly(struct page *g, const signed char *word, const unsigned char *phrase, bool html)
{
	scan_page(g, word, phrase, html, true, true);
}
#endif

void
page_weigh(struct page *g, const signed char *word, const unsigned char *phrase, bool html)
{
#ifdef VEC_WIDE
	if (vec_wide()) {
		weigh_quickly(g, word, phrase, html);
		return;
	}
#endif
	scan_page(g, word, phrase, html, true, false);
}
