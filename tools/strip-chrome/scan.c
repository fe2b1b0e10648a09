/* SPDX-License-Identifier: ISC */
/*
 * The columns of a unit by itself, from one pass over its bytes. Of a long unit
 * the first SCAN_MAX bytes are looked at and the rest counted alike.
 */
#include <stdlib.h>

#include "little.h"
#include "page.h"
#include "scan.h"
#include "vec.h"

enum {
	SCAN_MAX =
	    124, /* bytes, with the rest of a character two words of 64 bits: 190 and 400 judge no better */
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
#define HASH_TOKEN(h) ((uint16_t)(((h)*0x9E3779B1u) >> 18))

/* A word's hash: of its bytes folded, sixteen at a time, which stand in two numbers, low byte first. */
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

/* The hash of a word of at most sixteen bytes of ASCII, which nearly all are, from its folded bytes. */
static inline uint32_t
quick_hash(const unsigned char *word, size_t n)
{
	static const unsigned char ones[32] = { 255, 255, 255, 255, 255, 255, 255, 255,
						255, 255, 255, 255, 255, 255, 255, 255 };

	return (uint32_t)mix(0, little64(word) & little64(ones + 16 - n),
			     little64(word + 8) & little64(ones + 24 - n));
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

	if (ends == 5 || ends == 4)
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
static uint8_t
share(unsigned n, unsigned of)
{
	return (uint8_t)(of == 0 ? 1 : 1 + n * 32 / of);
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

static uint8_t
start_kind(const unsigned char *p, size_t n)
{
	size_t w;

	if (n == 0)
		return 1;
	switch (kind[*p]) {
	case L:
		return 10;
	case U:
		return n > 1 && kind[p[1]] == U ? 6 : 8;
	case D:
		return 4;
	case H:
		switch (wide(p, p, &w)) {
		case W_OPEN:
		case W_CLOSE:
		case W_APOSTROPHE:
			return 9;
		case W_DASH:
			return 5;
		case W_SEPARATOR:
			return 2;
		case W_SIGN:
			return 1;
		default:
			return 7;
		}
	default:
		switch (*p) {
		case '"':
		case '\'':
			return 9;
		case '(':
		case '[':
			return 3;
		case ',':
		case '.':
		case ';':
		case ')':
		case '?':
		case '!':
		case ':':
			return 11;
		case '-':
			return 5;
		case '@':
		case '#':
			return 2;
		default:
			return 1;
		}
	}
}

static uint8_t
end_kind(const unsigned char *p, size_t n)
{
	bool quoted = false;
	size_t w = 0;

again:
	while (n > 0 && p[n - 1] == ' ')
		n--;
	if (n == 0)
		return quoted ? 11 : 1;
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
			return 11;
		case W_SPACE:
			if (n > w) {
				n -= w;
				goto again;
			}
			return 1;
		case W_DOTS:
			return 8;
		case W_DASH:
			return 9;
		case W_SEPARATOR:
		case W_SIGN:
			return 2;
		case W_OPEN:
			return 9;
		default:
			return quoted ? 11 : 5;
		}
	}
	switch (kind[p[n - 1]]) {
	case L:
		return quoted ? 11 : 5;
	case U:
		return quoted ? 11 : 4;
	case D:
		return quoted ? 11 : 3;
	default:
		break;
	}
	switch (p[n - 1]) {
	case '.':
		if (n >= 3 && p[n - 2] == '.' && p[n - 3] == '.')
			return 8;
		return quoted ? 14 : 13;
	case '?':
	case '!':
		return quoted ? 14 : 12;
	case '"':
	case '\'':
		if (!quoted) {
			quoted = true;
			n--;
			goto again;
		}
		return 11;
	case ':':
		return 7;
	case ')':
	case ']':
		return quoted ? 11 : 6;
	case ',':
	case ';':
	case '-':
		return quoted ? 11 : 10;
	default:
		return 2;
	}
}

/* Of the bytes looked at, as bits: those of words, marks of ASCII, and what is beyond it. */
enum { BLOCKS = (SCAN_MAX + 3 + 63) / 64 };

struct classes {
	uint64_t word[BLOCKS + 1], mark[BLOCKS + 1], wide[BLOCKS + 1];
	uint64_t small[BLOCKS + 1], upper[BLOCKS + 1], digit[BLOCKS + 1];
	unsigned char folded[64 * BLOCKS + 16];
};

/* Each byte of p[0, len), and folded: capitals as small letters, digits as '0'. 64 bytes more may be read. */
static inline void
classify(struct classes *to, const unsigned char *p, size_t len)
{
	size_t k, i;

	for (k = 0; 64 * k < len; k++) {
		const size_t n = len - 64 * k < 64 ? len - 64 * k : 64;
		const uint64_t all = n < 64 ? ((uint64_t)1 << n) - 1 : ~(uint64_t)0;
		uint64_t letter = 0, small = 0, digit = 0, blank = 0, high = 0;
		for (i = 0; i < n; i += VEC) {
			const vec v = vec_load(p + 64 * k + i), low = v | vec_all(0x20);
			const vec l = vec_in(low, 'a', 'z'), d = vec_in(v, '0', '9');

			vec_store(to->folded + 64 * k + i, (v | (l & vec_all(0x20))) & ~(d & vec_all(0x0F)));
			letter |= (uint64_t)vec_bits16(l) << i;
			small |= (uint64_t)vec_bits16((vec)(v == low)) << i;
			digit |= (uint64_t)vec_bits16(d) << i;
			high |= (uint64_t)vec_bits16(v) << i;
			blank |= (uint64_t)vec_bits16(v | vec_to(v, ' ')) << i;
		}
		to->word[k] = (letter | digit) & all;
		to->mark[k] = ~(letter | digit | blank) & all;
		to->wide[k] = high & all;
		to->small[k] = letter & small;
		to->upper[k] = letter & ~small;
		to->digit[k] = digit;
	}
	to->word[k] = to->wide[k] = to->small[k] = to->upper[k] = to->digit[k] = 0;
}

#define BIT(set, i) ((set)[(i) >> 6] >> ((i)&63) & 1)
#define BIT_SET(set, i) ((set)[(i) >> 6] |= (uint64_t)1 << ((i)&63))

struct marks {
	unsigned comma;
	bool colon, bar;
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
			if (is == W_LETTER || (is == W_APOSTROPHE && i > 0 && BIT(c->word, i - 1) &&
					       i + 3 < len && kind[p[i + 3]] == L))
				for (; i < next && i < len; i++)
					BIT_SET(c->word, i);
		}
}

/* Marks of ASCII; those inside of a number and apostrophes join the words. */
static void
count_marks(struct classes *c, const unsigned char *p, size_t len, struct marks *m)
{
	size_t k, i;
	uint64_t left;

	for (k = 0; 64 * k < len; k++)
		for (left = c->mark[k]; left != 0; left &= left - 1) {
			i = 64 * k + (unsigned)__builtin_ctzll(left);
			switch (p[i]) {
			case '\'':
				if (i > 0 && i + 1 < len && BIT(c->word, i - 1) && kind[p[i + 1]] == L)
					BIT_SET(c->word, i);
				break;
			case ',':
			case '.':
				if (i > 0 && i + 1 < len && kind[p[i - 1]] == D && kind[p[i + 1]] == D)
					BIT_SET(c->word, i);
				else
					m->comma += p[i] == ',';
				break;
			case ':':
				m->colon = true;
				break;
			case '|':
				m->bar = true;
				break;
			default:
				break;
			}
		}
}

/* Where words begin and end, in turn; returns how many words. at has room for all. */
static unsigned
find_words(const struct classes *c, size_t len, uint16_t *at)
{
	unsigned n = 0;
	uint64_t carry = 0, edges;
	size_t k;

	for (k = 0; 64 * k <= len; k++) {
		edges = c->word[k] ^ (c->word[k] << 1 | carry);
		carry = c->word[k] >> 63;
		for (; edges != 0; edges &= edges - 1)
			at[n++] = (uint16_t)(64 * k + (unsigned)__builtin_ctzll(edges));
	}
	return n / 2;
}

struct forms {
	unsigned longer;  /* words of four bytes or more that begin with a letter */
	unsigned capital; /* of those, the ones with a capital first, but the unit's first word */
	unsigned upper;	  /* words of two bytes or more, all capitals */
	unsigned figure;  /* words with a digit in them */
};

static inline unsigned
count_bits(uint64_t v)
{
	v -= v >> 1 & 0x5555555555555555u;
	v = (v & 0x3333333333333333u) + (v >> 2 & 0x3333333333333333u);
	return (unsigned)(((v + (v >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/*
 * What words look like, by bits, all of 64 bytes at once. A sum of capitals and
 * first capitals carries through every run of capitals to the byte behind it.
 */
static void
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
			f->longer += count_bits(four);
		if (upper != 0 || carry != 0) {
			f->capital += count_bits(four & upper);
			carry = sum < carry;
			sum += two & upper;
			carry |= sum < (two & upper);
			f->upper += count_bits(sum & ~upper & ~w);
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

/* The bits of set from i on, sixteen at least. */
static inline unsigned
bits_from(const uint64_t *set, size_t i)
{
	return (unsigned)(set[i >> 6] >> (i & 63) | set[(i >> 6) + 1] << 1 << (63 - (i & 63)));
}

/* Hashes of the words; those with letters beyond ASCII, and long ones, take their time. */
static void
hash_words(const struct classes *c, const unsigned char *p, const uint16_t *at, unsigned nword,
	   uint32_t *hash)
{
	unsigned k, from, size;
	uint64_t wide = 0;

	for (k = 0; k < BLOCKS && 64 * k < (nword > 0 ? at[2 * nword - 1] : 0u); k++)
		wide |= c->wide[k] & c->word[k];
	for (k = 0; k < nword; k++) {
		from = at[2 * k];
		size = at[2 * k + 1] - from;
		if (size > 16 || (wide != 0 && (bits_from(c->wide, from) & ((1u << size) - 1)) != 0))
			hash[k] = read_word(p + from, size);
		else
			hash[k] = quick_hash(c->folded + from, size);
	}
}

/*
 * The hash of the words before a colon or a bar among the first four, 0 if there is none;
 * an l that stands alone behind the first word is taken for a bar.
 */
static uint32_t
lead_of(const unsigned char *p, size_t len, const uint16_t *at, unsigned nword, const uint32_t *hash)
{
	uint32_t all = HASH_START;
	unsigned k;
	size_t i, next;

	for (k = 0; k < 4 && k < nword; k++) {
		if (k == 1 && at[3] == at[2] + 1 && p[at[2]] == 'l')
			return all;
		all = HASH_STEP(all, hash[k]);
		next = k + 1 < nword ? at[2 * k + 2] : len;
		for (i = at[2 * k + 1]; i < next; i++)
			if (p[i] == ':' || p[i] == '|')
				return all;
	}
	return 0;
}

/* The hash of the first word and of the marks up to the second one. */
static uint32_t
prefix_of(const unsigned char *p, size_t len, const uint16_t *at, unsigned nword, uint32_t first)
{
	const size_t begin = nword > 0 ? at[0] : len, end = nword > 0 ? at[1] : len,
		     next = nword > 1 ? at[2] : len;
	uint32_t h = HASH_START;
	size_t i;

	for (i = 0; i < begin; i++)
		if (kind[p[i]] == P)
			h = HASH_STEP(h, p[i]);
	if (nword > 0)
		h = HASH_STEP(h, first);
	for (i = end; i < next; i++)
		if (kind[p[i]] == P)
			h = HASH_STEP(h, p[i]);
	return h;
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

static unsigned
cue_of(const unsigned char *p, size_t n, size_t len, const struct unit *u, const struct marks *m,
       unsigned nword, unsigned ends, unsigned line_bits, const unsigned char *phrase)
{
	unsigned cue = CUE_NONE;

	if ((line_bits & PHRASE_LINE) != 0)
		return CUE_LINE;
	if (u->lead != 0) {
		const unsigned bits = phrase_bits(phrase, u->lead);

		cue = bits & PHRASE_VIDEO  ? CUE_VIDEO
		      : bits & PHRASE_LEAD ? CUE_LEAD
		      : bits & PHRASE_HINT ? CUE_HINT
					   : CUE_NONE;
	}
	if (cue <= CUE_HINT && ((u->nword <= CAPTION && ends >= 4 && ends <= 6 && credited(p, n, ends)) ||
				(m->colon && nword <= 16 && credits(p, len))))
		cue = CUE_CREDIT;
	return cue;
}

static void
scan_unit(struct page *g, struct unit *u, size_t row, const signed char *word, const unsigned char *phrase)
{
	const unsigned char *p = (const unsigned char *)g->text + u->from;
	size_t n = u->to - u->from, len = n < SCAN_MAX ? n : SCAN_MAX;
	unsigned nword, nstop = 0, ends, starts, k;
	uint32_t all = HASH_START, before = 0, hash[32 * BLOCKS + 1];
	uint16_t *token, *vocab, at[64 * BLOCKS + 2];
	struct marks m = { 0 };
	struct forms f = { 0 };
	struct classes c;

	/* do not stop inside a character */
	while (len < n && (p[len] & 0xC0) == 0x80)
		len++;
	starts = start_kind(p, n);
	ends = end_kind(p, n);
	classify(&c, p, len);
	join_wide(&c, p, len);
	count_marks(&c, p, len, &m);
	count_forms(&c, len, &f);
	nword = find_words(&c, len, at);
	hash_words(&c, p, at, nword, hash);

	token = g->token + g->ntoken;
	vocab = g->vocab + g->nvocab;
	for (k = 0; k < nword; k++) {
		const uint16_t t = HASH_TOKEN(hash[k]);
		const unsigned function = word[t] & PAGE_FUNCTION;

		if (k < TOKEN_WORDS) {
			*token++ = t;
			*token++ = HASH_TOKEN(before * 31 + hash[k]);
		}
		before = hash[k];
		all = HASH_STEP(all, before);
		nstop += function;
		*vocab = (uint16_t)(t % PAGE_VOCAB);
		vocab += function ^ 1;
	}
	/* the last word, once more, and how the unit ends */
	*token++ = HASH_TOKEN(before * 7 + ends);
	*token++ = (uint16_t)(HASH_TOKEN(starts * 64 + ends + 0x5000000u));
	u->lexical = (uint32_t)g->ntoken;
	u->nlexical = (uint32_t)(token - g->token) - u->lexical;
	g->ntoken += u->nlexical;
	u->vocab = (uint32_t)g->nvocab;
	u->nvocab = (uint32_t)(vocab - g->vocab) - u->vocab;
	g->nvocab += u->nvocab;

	u->prefix = prefix_of(p, len, at, nword, nword > 0 ? hash[0] : 0);
	u->hash = all + u->cut; /* a summary that a feed cut repeats nothing */
	u->lead = m.colon || m.bar || (nword > 1 && p[at[2]] == 'l') ? lead_of(p, len, at, nword, hash) : 0;
	u->nword = len < n ? (uint32_t)((uint64_t)nword * n / len) : nword;
	u->good = ends >= 11 && nword >= 8 && nstop >= 2;
	k = nword <= 16 ? phrase_bits(phrase, all) : 0;
	u->replies = (k & PHRASE_REPLIES) != 0 && u->mark == 0; /* in a list it is a link to them */
	u->flows = ends <= 5 || ends == 10 || ends == 9;

	{
		uint8_t *cell = page_column(g, 0) + row;
		const size_t stride = g->stride;

#define CELL(c) cell[(size_t)COL_##c * stride]
		CELL(CUE) = (uint8_t)cue_of(p, n, len, u, &m, nword, ends, k, phrase);
		CELL(WORDS) = scan_bin(u->nword);
		CELL(ENDS) = (uint8_t)ends;
		CELL(STARTS) = (uint8_t)(starts + 1);
		CELL(STOPS) = share(nstop, nword);
		CELL(TITLE) = share(f.capital, f.longer);
		CELL(MARK) = (uint8_t)(u->mark + 1);
		CELL(COMMAS) = cap(m.comma, 15);
		CELL(DIGITS) = share(f.figure < nword ? f.figure : nword, nword);
		CELL(NSTOP) = cap(nstop, 40);
		CELL(UPPER) = share(f.upper, nword);
		CELL(INDENT) = (uint8_t)(u->indent + 1);
	}
}

void
page_scan(struct page *g, const signed char *word, const unsigned char *phrase, bool html)
{
	size_t i, rows = g->nunit + 2 * PAGE_PAD + 16;

	rows = (rows + 63) / 64 * 64; /* most pages have the same */
	g->stride = rows;
	if (rows * COL_COUNT > g->cell_cap) {
		g->cell_cap = 2 * rows * COL_COUNT;
		g->cell = mem_array(g->cell, g->cell_cap, 1);
	}
	if (rows > g->row_cap) {
		g->row_cap = 2 * rows;
		g->score = mem_array(g->score, g->row_cap, sizeof(*g->score));
		g->first = mem_array(g->first, g->row_cap, sizeof(*g->first));
		g->sum = mem_array(g->sum, g->row_cap + 1, 2 * sizeof(*g->sum));
		g->open = mem_array(g->open, g->row_cap / 16 + 1, sizeof(*g->open));
		g->keep = mem_array(g->keep, g->row_cap, sizeof(*g->keep));
	}
	/* the rows of the units are all written, by this or by later steps; HTML's are no neighbours of text's */
	for (i = 0; i < (html ? COL_COUNT : COL_HTML); i++) {
		memset(g->cell + i * rows, 0, PAGE_PAD);
		memset(g->cell + i * rows + PAGE_PAD + g->nunit, 0, rows - PAGE_PAD - g->nunit);
	}
	g->ntoken = g->nvocab = 0;
	for (i = 0; i < g->nunit; i++) {
		while (g->token_cap - g->ntoken < 2 * TOKEN_WORDS + 2)
			g->token = mem_grow(g->token, g->token_cap, &g->token_cap, sizeof(*g->token));
		while (g->vocab_cap - g->nvocab < SCAN_MAX)
			g->vocab = mem_grow(g->vocab, g->vocab_cap, &g->vocab_cap, sizeof(*g->vocab));
		scan_unit(g, &g->unit[i], i, word, phrase);
	}
}
