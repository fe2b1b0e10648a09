/* SPDX-License-Identifier: ISC */
/*
 * The columns of a unit by itself, from one pass over its bytes. Of a long unit
 * the first SCAN_MAX bytes are looked at and the rest counted alike.
 */
#include <stdlib.h>

#include "page.h"
#include "scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
	SCAN_MAX = 190,	  /* bytes, three vectors of 64: 400 judge no better */
	TOKEN_WORDS = 16, /* words of a unit, from its start, that the lexical sum counts */
	VOCAB_WORDS = 40  /* of its longer words that stand for its vocabulary */
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

struct word {
	uint32_t hash;
	unsigned chars;
	bool capital;  /* its first letter */
	bool capitals; /* all of them */
	bool digit;    /* any */
	bool odd;      /* capitals or digits are in it */
};

/* Any word of n bytes. An apostrophe is the same in either form. */
static struct word
read_word(const unsigned char *p, size_t n)
{
	struct word w = { 0, 0, kind[*p] == U, true, false, true };
	uint64_t half[2] = { 0, 0 }, h = 0, c;
	unsigned m = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		c = folded(p[i]);
		if (p[i] == 0xE2 && i + 2 < n && p[i + 1] == 0x80 && p[i + 2] == 0x99) {
			c = '\'';
			i += 2;
		}
		w.chars += (p[i] & 0xC0) != 0x80 || c == '\'';
		w.capitals &= kind[p[i]] == U;
		w.digit |= kind[p[i]] == D;
		half[m >> 3] |= c << 8 * (m & 7);
		if (++m == 16) {
			h = mix(h, half[0], half[1]);
			half[0] = half[1] = 0;
			m = 0;
		}
	}
	if (m > 0)
		h = mix(h, half[0], half[1]);
	w.hash = (uint32_t)h;
	return w;
}

#ifdef __SSE2__
static inline __m128i
within(__m128i v, unsigned char from, unsigned char to)
{
	v = _mm_sub_epi8(v, _mm_set1_epi8((char)from));
	return _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8((char)(to - from))), v);
}

/* The same for words of at most sixteen bytes of ASCII, which nearly all are: a third of the time. */
static inline struct word
quick_word(const unsigned char *p, size_t n)
{
	static const unsigned char ones[32] = { 255, 255, 255, 255, 255, 255, 255, 255,
						255, 255, 255, 255, 255, 255, 255, 255 };
	struct word w = { 0, (unsigned)n, false, false, false, false };
	__m128i v, capital, digit;
	unsigned up, all;

	if (n > 16)
		return read_word(p, n);
	all = (1u << n) - 1;
	v = _mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)p),
			  _mm_loadu_si128((const __m128i *)(const void *)(ones + 16 - n)));
	if ((unsigned)_mm_movemask_epi8(within(v, 'a', 'z')) != all) { /* one word in five */
		if (_mm_movemask_epi8(v) != 0)
			return read_word(p, n);
		capital = within(v, 'A', 'Z');
		digit = within(v, '0', '9');
		up = (unsigned)_mm_movemask_epi8(capital);
		w.odd = true;
		w.capital = up & 1;
		w.capitals = up == all;
		w.digit = _mm_movemask_epi8(digit) != 0;
		v = _mm_or_si128(v, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
		v = _mm_or_si128(_mm_andnot_si128(digit, v), _mm_and_si128(digit, _mm_set1_epi8('0')));
	}
	w.hash = (uint32_t)mix(0, (uint64_t)_mm_cvtsi128_si64(v),
			       (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(v, v)));
	return w;
}
#else
#define quick_word read_word
#endif

uint16_t
scan_token(const char *word, size_t n)
{
	return HASH_TOKEN(read_word((const unsigned char *)word, n).hash);
}

uint32_t
scan_phrase(const char *words, size_t n)
{
	uint32_t all = HASH_START;
	size_t i, from = 0;

	for (i = 0; i <= n; i++)
		if (i == n || words[i] == ' ') {
			all = HASH_STEP(all, read_word((const unsigned char *)words + from, i - from).hash);
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
enum { BLOCKS = (SCAN_MAX + 4 + 63) / 64 + 1 };

struct classes {
	uint64_t word[BLOCKS], mark[BLOCKS], wide[BLOCKS];
};

static void
classify(struct classes *to, const unsigned char *p, size_t len)
{
	size_t k, i;

	for (k = 0; 64 * k < len; k++) {
		uint64_t word = 0, mark = 0, high = 0,
			 all = len - 64 * k >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (len - 64 * k)) - 1;
#ifdef __SSE2__
		for (i = 0; i < 64; i += 16) {
			__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + 64 * k + i)), w;

			w = _mm_or_si128(within(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 'z'),
					 within(v, '0', '9'));
			word |= (uint64_t)_mm_movemask_epi8(w) << i;
			high |= (uint64_t)_mm_movemask_epi8(v) << i;
			w = _mm_or_si128(
			    w, _mm_cmplt_epi8(v, _mm_set1_epi8(0x21))); /* space, and what is beyond ASCII */
			mark |= (uint64_t)(~_mm_movemask_epi8(w) & 0xFFFF) << i;
		}
#else
		for (i = 0; i < 64 && 64 * k + i < len; i++) {
			unsigned char c = p[64 * k + i];

			word |= (uint64_t)(kind[c] == L || kind[c] == U || kind[c] == D) << i;
			high |= (uint64_t)(kind[c] == H) << i;
			mark |= (uint64_t)(kind[c] == P || c == 0x7F) << i;
		}
#endif
		to->word[k] = word & all;
		to->mark[k] = mark & all;
		to->wide[k] = high & all;
	}
	to->word[k] = 0;
}

#define BIT(set, i) ((set)[(i) >> 6] >> ((i)&63) & 1)
#define BIT_SET(set, i) ((set)[(i) >> 6] |= (uint64_t)1 << ((i)&63))

struct marks {
	unsigned sep, sentence, comma, quote, bracket, address;
};

/* Does a word with a capital come first behind the stop that ends at i? */
static unsigned
sentence_begins(const unsigned char *p, size_t i, size_t len)
{
	size_t end = i + 8 < len ? i + 8 : len;

	for (; i < end; i++) {
		if (kind[p[i]] == U)
			return 1;
		if (kind[p[i]] == L || kind[p[i]] == D || p[i] == '.' || p[i] == '?' || p[i] == '!')
			break;
	}
	return 0;
}

/* Letters and marks beyond ASCII; letters and apostrophes join the words. */
static void
count_wide(struct classes *c, const unsigned char *p, size_t len, struct marks *m)
{
	size_t k, i, next = 0, w;
	uint64_t left;

	for (k = 0; 64 * k < len; k++)
		for (left = c->wide[k]; left != 0; left &= left - 1) {
			i = 64 * k + (unsigned)__builtin_ctzll(left);
			if (i < next)
				continue;
			switch (wide(p + i, p, &w)) {
			case W_APOSTROPHE:
				if (i == 0 || !BIT(c->word, i - 1) || i + 3 >= len || kind[p[i + 3]] != L)
					break;
				/* FALLTHROUGH */
			case W_LETTER:
				for (next = i; next < i + w && next < len; next++)
					BIT_SET(c->word, next);
				break;
			case W_OPEN:
			case W_CLOSE:
				m->quote++;
				break;
			case W_SEPARATOR:
			case W_SIGN:
				m->sep++;
				break;
			case W_DOTS:
				m->sentence += sentence_begins(p, i + 3, len);
				break;
			default:
				break;
			}
			next = i + w;
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
				if (i > 0 && i + 1 < len && kind[p[i - 1]] == D && kind[p[i + 1]] == D) {
					BIT_SET(c->word, i);
					break;
				}
				if (p[i] == ',')
					m->comma++;
				else
					m->sentence += sentence_begins(p, i + 1, len);
				break;
			case '?':
			case '!':
				m->sentence += sentence_begins(p, i + 1, len);
				break;
			case '"':
				m->quote++;
				break;
			case '(':
			case '[':
				m->bracket++;
				break;
			case '|':
			case '>':
			case '<':
			case '/':
			case '*':
			case '_':
				m->sep++;
				break;
			case '@':
			case '#':
			case '=':
			case '{':
				m->address++;
				break;
			case ':':
				if (i + 2 < len && p[i + 1] == '/' && p[i + 2] == '/')
					m->address += 2;
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

static void
scan_unit(struct page *g, struct unit *u, size_t row, const unsigned char *stop, const unsigned char *phrase)
{
	const unsigned char *p = (const unsigned char *)g->text + u->from;
	size_t n = u->to - u->from, len = n < SCAN_MAX ? n : SCAN_MAX, i, next;
	unsigned nword, nstop = 0, ncap = 0, nlong, nfigure = 0, nupper = 0, ndigit = 0, longest = 0,
			letters = 0, k;
	uint32_t all = HASH_START, before = 0, ends, starts, cue;
	uint16_t *token, *vocab, *vocab_end, t, at[64 * BLOCKS + 2];
	struct marks m = { 0 };
	struct classes c;

	/* do not stop inside a character */
	while (len < n && (p[len] & 0xC0) == 0x80)
		len++;
	while (g->token_cap - g->ntoken < 2 * TOKEN_WORDS + 2)
		g->token = mem_grow(g->token, g->token_cap, &g->token_cap, sizeof(*g->token));
	token = g->token + g->ntoken;
	u->lexical = (uint32_t)g->ntoken;
	while (g->vocab_cap - g->nvocab < SCAN_MAX)
		g->vocab = mem_grow(g->vocab, g->vocab_cap, &g->vocab_cap, sizeof(*g->vocab));
	vocab = g->vocab + g->nvocab;
	vocab_end = vocab + VOCAB_WORDS;
	u->vocab = (uint32_t)g->nvocab;

	starts = start_kind(p, n);
	ends = end_kind(p, n);
	classify(&c, p, len);
	count_wide(&c, p, len, &m);
	count_marks(&c, p, len, &m);
	nword = find_words(&c, len, at);

	/* the first word and the marks up to the second one */
	u->prefix = HASH_START;
	next = nword > 1 ? at[2] : len;
	for (i = 0; i < next; i++) {
		if (nword > 0 && i == at[0]) {
			u->prefix = HASH_STEP(u->prefix, quick_word(p + i, (size_t)at[1] - at[0]).hash);
			i = (size_t)at[1] - 1;
		} else if (kind[p[i]] == P)
			u->prefix = HASH_STEP(u->prefix, p[i]);
	}
	for (k = 0; k < nword; k++) {
		const struct word w = quick_word(p + at[2 * k], (size_t)at[2 * k + 1] - at[2 * k]);
		unsigned function, content;

		t = HASH_TOKEN(w.hash);
		if (k < 4 && u->lead == 0) {
			/* the words before a colon or a bar, or an l for a bar */
			if (k == 1 && w.chars == 1 && p[at[2]] == 'l')
				u->lead = all;
			next = k + 1 < nword ? at[2 * k + 2] : len;
			for (i = at[2 * k + 1]; i < next && u->lead == 0; i++)
				if (p[i] == ':' || p[i] == '|')
					u->lead = HASH_STEP(all, w.hash);
		}
		if (k < TOKEN_WORDS) {
			*token++ = t;
			*token++ = HASH_TOKEN(before * 31 + w.hash);
		}
		all = HASH_STEP(all, w.hash);
		letters += w.chars;
		longest = w.chars > longest ? w.chars : longest;
		before = w.hash;
		function = stop[t >> 3] >> (t & 7) & 1;
		content = (function ^ 1) & (w.chars >= 4);
		nstop += function;
		if (w.odd) { /* one in six: what follows costs the others nothing */
			ndigit += w.digit;
			nupper += w.capitals & (w.chars > 1) & (!function | (k > 0));
			nfigure += content & w.digit;
			ncap += content & !w.digit & w.capital & (k > 0);
		}
		*vocab = (uint16_t)(t & 4095);
		vocab += content;
	}
	nlong = (unsigned)((size_t)(vocab - g->vocab) - g->nvocab) - nfigure;
	if (vocab > vocab_end)
		vocab = vocab_end;
	/* the last word, once more, and how the unit ends */
	*token++ = HASH_TOKEN(before * 7 + ends);
	*token++ = (uint16_t)(HASH_TOKEN(starts * 64 + ends + 0x5000000u));
	u->nlexical = (uint32_t)((size_t)(token - g->token) - g->ntoken);
	g->ntoken = (size_t)(token - g->token);
	u->nvocab = (uint32_t)((size_t)(vocab - g->vocab) - g->nvocab);
	g->nvocab = (size_t)(vocab - g->vocab);

	u->hash = all + u->cut; /* a summary that a feed cut repeats nothing */
	u->nword = len < n ? (uint32_t)((uint64_t)nword * n / len) : nword;
	u->good = ends >= 11 && nword >= 8 && nstop >= 2;
	cue = CUE_NONE;
	k = nword <= 16 ? phrase_bits(phrase, all) : 0;
	u->replies = (k & PHRASE_REPLIES) != 0 && u->mark == 0; /* in a list it is a link to them */
	if ((k & PHRASE_LINE) != 0)
		cue = CUE_LINE;
	else if (u->lead != 0) {
		unsigned bits = phrase_bits(phrase, u->lead);

		cue = bits & PHRASE_VIDEO  ? CUE_VIDEO
		      : bits & PHRASE_LEAD ? CUE_LEAD
		      : bits & PHRASE_HINT ? CUE_HINT
					   : CUE_NONE;
	}
	if (cue <= CUE_HINT && ((ends >= 4 && ends <= 6 && credited(p, n, ends)) ||
				(nword <= 16 && (in_last(p, len, "Credit:") || in_last(p, len, "Photo:")))))
		cue = CUE_CREDIT;
	u->flows = ends <= 5 || ends == 10 || ends == 9;

#define CELL(c) (page_column(g, COL_##c)[row])
	CELL(WORDS) = scan_bin(u->nword);
	CELL(ENDS) = (uint8_t)ends;
	CELL(STARTS) = (uint8_t)(starts + 1);
	CELL(STOPS) = share(nstop, nword);
	CELL(TITLE) = share(ncap, nlong);
	CELL(MARK) = (uint8_t)(u->mark + 1);
	CELL(COMMAS) = cap(m.comma, 15);
	CELL(SENTENCES) = cap(m.sentence, 12);
	CELL(DIGITS) = share(ndigit, nword);
	CELL(WORDLEN) = cap(nword == 0 ? 0 : letters * 4 / nword, 60);
	CELL(NSTOP) = cap(nstop, 40);
	CELL(UPPER) = share(nupper, nword);
	CELL(SEPARATORS) = cap(m.sep, 15);
	CELL(QUOTES) = cap(m.quote, 12);
	CELL(BRACKETS) = cap(m.bracket, 8);
	CELL(ADDRESS) = cap(m.address, 8);
	CELL(INDENT) = (uint8_t)(u->indent + 1);
	CELL(CUE) = (uint8_t)cue;
	CELL(LONGEST) = cap(longest, 40);
}

void
page_scan(struct page *g, const unsigned char *stop, const unsigned char *phrase)
{
	size_t i, rows = g->nunit + 2 * PAGE_PAD + 16;

	rows = (rows + 15) / 16 * 16;
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
		g->keep = mem_array(g->keep, g->row_cap, sizeof(*g->keep));
	}
	/* the rows of the units are all written, by this or by later steps */
	for (i = 0; i < COL_COUNT; i++) {
		memset(g->cell + i * rows, 0, PAGE_PAD);
		memset(g->cell + i * rows + PAGE_PAD + g->nunit, 0, rows - PAGE_PAD - g->nunit);
	}
	g->ntoken = g->nvocab = 0;
	for (i = 0; i < g->nunit; i++)
		scan_unit(g, &g->unit[i], i, stop, phrase);
}
