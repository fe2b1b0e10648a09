/* SPDX-License-Identifier: ISC */
/*
 * The columns of a unit by itself, from one pass over its bytes. Of a long unit
 * the first SCAN_MAX bytes are looked at and the rest counted alike.
 */
#include <stdlib.h>

#include "page.h"
#include "scan.h"

enum {
	SCAN_MAX = 400,		/* bytes: more than half of all paragraphs */
	TOKEN_WORDS = 16,	/* words of a unit, from its start, that the lexical sum counts */
	VOCAB_WORDS = 40	/* of its longer words that stand for its vocabulary */
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

#define HASH_START	0x811C9DC5u
#define HASH_STEP(h, c)	(((h) ^ (uint32_t)(c)) * 0x01000193u)
#define HASH_TOKEN(h)	((uint16_t)(((h) * 0x9E3779B1u) >> 18))

uint16_t
scan_token(const char *word, size_t n)
{
	uint32_t h = HASH_START;
	size_t i;

	for (i = 0; i < n; i++)
		h = HASH_STEP(h, (unsigned char)word[i]);
	return HASH_TOKEN(h);
}

uint32_t
scan_phrase(const char *words, size_t n)
{
	uint32_t all = HASH_START, h = HASH_START;
	size_t i;

	for (i = 0; i <= n; i++)
		if (i == n || words[i] == ' ') {
			all = HASH_STEP(all, h);
			h = HASH_START;
		} else
			h = HASH_STEP(h, (unsigned char)words[i]);
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
		if (((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24) == hash)
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
		return n >= 13 && (memcmp(p + n - 12, "Getty Images", 12) == 0 || memcmp(p + n - 12, "Shutterstock", 12) == 0);
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
	return in_last(p, n, "Photo") || in_last(p, n, "Getty") || in_last(p, n, "Image") || in_last(p, n, " via ") ||
	    in_last(p, n, "Credit") || in_last(p, n, "photo") || in_last(p, n, "Courtesy");
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
			case 0x98: case 0x9A: case 0x9C: case 0x9E: case 0xB9: return W_OPEN;
			case 0x99: return W_APOSTROPHE;
			case 0x9D: case 0x9B: case 0xBA: return W_CLOSE;
			case 0x90: case 0x91: case 0x92: case 0x93: case 0x94: case 0x95: return W_DASH;
			case 0xA6: return W_DOTS;
			case 0xA2: case 0xA3: return W_SEPARATOR;
			default: return W_SPACE;
			}
		}
		if (b >= 0x86 && b <= 0xAF)	/* arrows, boxes, dingbats */
			return W_SEPARATOR;
		return b < 0x86 ? W_SIGN : W_LETTER;
	}
	if (a == 0xC2) {
		*n = 2;
		if (b == 0xA0 || b == 0xAD)
			return W_SPACE;
		if (b == 0xAB)
			return W_OPEN;
		if (b == 0xBB)	/* a quote's end, or "more" where it stands alone */
			return p == from || p[-1] == ' ' ? W_SEPARATOR : W_CLOSE;
		if (b == 0xB7)
			return W_SEPARATOR;
		return W_SIGN;
	}
	*n = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : 2;
	if (a == 0xF0 && b == 0x9F)	/* pictures */
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
	case L: return 10;
	case U: return n > 1 && kind[p[1]] == U ? 6 : 8;
	case D: return 4;
	case H:
		switch (wide(p, p, &w)) {
		case W_OPEN: case W_CLOSE: case W_APOSTROPHE: return 9;
		case W_DASH: return 5;
		case W_SEPARATOR: return 2;
		case W_SIGN: return 1;
		default: return 7;
		}
	default:
		switch (*p) {
		case '"': case '\'': return 9;
		case '(': case '[': return 3;
		case ',': case '.': case ';': case ')': case '?': case '!': case ':': return 11;
		case '-': return 5;
		case '@': case '#': return 2;
		default: return 1;
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
		case W_APOSTROPHE: case W_CLOSE:
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
		case W_DOTS: return 8;
		case W_DASH: return 9;
		case W_SEPARATOR: case W_SIGN: return 2;
		case W_OPEN: return 9;
		default: return quoted ? 11 : 5;
		}
	}
	switch (kind[p[n - 1]]) {
	case L: return quoted ? 11 : 5;
	case U: return quoted ? 11 : 4;
	case D: return quoted ? 11 : 3;
	default: break;
	}
	switch (p[n - 1]) {
	case '.':
		if (n >= 3 && p[n - 2] == '.' && p[n - 3] == '.')
			return 8;
		return quoted ? 14 : 13;
	case '?': case '!': return quoted ? 14 : 12;
	case '"': case '\'':
		if (!quoted) {
			quoted = true;
			n--;
			goto again;
		}
		return 11;
	case ':': return 7;
	case ')': case ']': return quoted ? 11 : 6;
	case ',': case ';': case '-': return quoted ? 11 : 10;
	default: return 2;
	}
}

static void
scan_unit(struct page *g, struct unit *u, size_t row, const unsigned char *stop, const unsigned char *phrase)
{
	const unsigned char *p = (const unsigned char *)g->text + u->from, *q = p, *word;
	size_t n = u->to - u->from, len = n < SCAN_MAX ? n : SCAN_MAX, w;
	const unsigned char *end;
	unsigned nword = 0, nstop = 0, ncap = 0, nlong = 0, nupper = 0, ndigit = 0, nsep = 0, nsentence = 0,
	    ncomma = 0, nquote = 0, nbracket = 0, naddress = 0, longest = 0, letters = 0;
	uint32_t h, all = HASH_START, before = 0, upper, digit, chars, ends, starts, cue;
	uint16_t *token, *vocab, t;
	bool stopped = false;

	/* do not stop inside a character */
	while (len < n && (p[len] & 0xC0) == 0x80)
		len++;
	end = p + len;
	while (g->token_cap - g->ntoken < 2 * TOKEN_WORDS + 2)
		g->token = mem_grow(g->token, g->token_cap, &g->token_cap, sizeof(*g->token));
	token = g->token + g->ntoken;
	u->lexical = (uint32_t)g->ntoken;
	while (g->vocab_cap - g->nvocab < VOCAB_WORDS)
		g->vocab = mem_grow(g->vocab, g->vocab_cap, &g->vocab_cap, sizeof(*g->vocab));
	vocab = g->vocab + g->nvocab;
	u->vocab = (uint32_t)g->nvocab;

	starts = start_kind(p, n);
	ends = end_kind(p, n);
	u->prefix = HASH_START;
	while (q < end) {
		unsigned k = kind[*q];

		if (k == S) {
			q++;
			continue;
		}
		if (k == P) {
			switch (*q) {
			case ',': ncomma++; break;
			case '.': case '?': case '!':
				stopped = true;
				break;
			case '"': nquote++; break;
			case '(': case '[': nbracket++; break;
			case '|': case '>': case '<': case '/': case '*': case '_': nsep++; break;
			case '@': case '#': case '=': case '{': naddress++; break;
			case ':':
				if (q + 2 < end && q[1] == '/' && q[2] == '/')
					naddress += 2;
				break;
			default: break;
			}
			if (nword <= 1)
				u->prefix = HASH_STEP(u->prefix, *q);
			if (nword <= 4 && (*q == ':' || *q == '|') && u->lead == 0 && nword > 0)
				u->lead = all;
			q++;
			continue;
		}
		if (k == H) {
			switch (wide(q, p, &w)) {
			case W_LETTER: break;
			case W_OPEN: case W_CLOSE: nquote++; q += w; continue;
			case W_SEPARATOR: nsep++; q += w; continue;
			case W_SIGN: nsep++; q += w; continue;
			case W_DOTS: stopped = true; q += w; continue;
			default: q += w; continue;
			}
		}
		/* a word */
		word = q;
		h = HASH_START;
		upper = digit = chars = 0;
		for (;;) {
			k = kind[*q];
			if (k == L)
				h = HASH_STEP(h, *q), q++;
			else if (k == U)
				h = HASH_STEP(h, *q | 0x20), upper++, q++;
			else if (k == D)
				h = HASH_STEP(h, '0'), digit++, q++;
			else if (k == H) {
				unsigned what = wide(q, p, &w);

				if (what == W_LETTER) {
					while (w-- > 0)
						h = HASH_STEP(h, *q), q++;
				} else if (what == W_APOSTROPHE && q + 3 < end && kind[q[3]] == L) {
					h = HASH_STEP(h, '\'');
					q += 3;
				} else
					break;
			} else if (*q == '\'' && q + 1 < end && kind[q[1]] == L)
				h = HASH_STEP(h, '\''), q++;
			else if ((*q == '.' || *q == ',') && digit > 0 && q + 1 < end && kind[q[1]] == D)
				q++;
			else
				break;
			chars++;
			if (q >= end)
				break;
		}
		t = HASH_TOKEN(h);
		if (chars == 1 && *word == 'l' && nword == 1 && u->lead == 0)
			u->lead = all;	/* an l for a bar */
		all = HASH_STEP(all, h);
		if (stopped && kind[*word] == U)
			nsentence++;
		stopped = false;
		if (nword == 0)
			u->prefix = HASH_STEP(u->prefix, h);
		letters += chars;
		if (chars > longest)
			longest = chars;
		if (nword < TOKEN_WORDS) {
			*token++ = t;
			*token++ = HASH_TOKEN(before * 31 + h);
		}
		before = h;
		nword++;
		if (digit > 0)
			ndigit++;
		if (stop[t >> 3] >> (t & 7) & 1) {
			nstop++;
			if (kind[*word] == U && nword > 1)
				nupper += upper == chars && chars > 1;
		} else if (chars >= 4) {
			if (digit == 0) {
				nlong++;
				ncap += kind[*word] == U && nword > 1;
				nupper += upper == chars;
			}
			if (vocab < g->vocab + g->nvocab + VOCAB_WORDS)
				*vocab++ = (uint16_t)(t & 4095);
		} else
			nupper += upper == chars && chars > 1;
	}
	/* the last word, once more, and how the unit ends */
	*token++ = HASH_TOKEN(before * 7 + ends);
	*token++ = (uint16_t)(HASH_TOKEN(starts * 64 + ends + 0x5000000u));
	u->nlexical = (uint32_t)((size_t)(token - g->token) - g->ntoken);
	g->ntoken = (size_t)(token - g->token);
	u->nvocab = (uint32_t)((size_t)(vocab - g->vocab) - g->nvocab);
	g->nvocab = (size_t)(vocab - g->vocab);

	u->hash = all + u->cut;		/* a summary that a feed cut repeats nothing */
	u->nword = len < n ? (uint32_t)((uint64_t)nword * n / len) : nword;
	u->good = ends >= 11 && nword >= 8 && nstop >= 2;
	cue = CUE_NONE;
	if (nword <= 16 && (phrase_bits(phrase, all) & PHRASE_LINE) != 0)
		cue = CUE_LINE;
	else if (u->lead != 0) {
		unsigned bits = phrase_bits(phrase, u->lead);

		cue = bits & PHRASE_VIDEO ? CUE_VIDEO : bits & PHRASE_LEAD ? CUE_LEAD : bits & PHRASE_HINT ? CUE_HINT : CUE_NONE;
	}
	if (cue <= CUE_HINT && ((ends >= 4 && ends <= 6 && credited(p, n, ends)) ||
	    (nword <= 16 && (in_last(p, len, "Credit:") || in_last(p, len, "Photo:")))))
		cue = CUE_CREDIT;
	u->flows = ends <= 5 || ends == 10 || ends == 9;

#define CELL(c)	(page_column(g, COL_##c)[row])
	CELL(WORDS) = scan_bin(u->nword);
	CELL(ENDS) = (uint8_t)ends;
	CELL(STARTS) = (uint8_t)(starts + 1);
	CELL(STOPS) = share(nstop, nword);
	CELL(TITLE) = share(ncap, nlong);
	CELL(MARK) = (uint8_t)(u->mark + 1);
	CELL(COMMAS) = cap(ncomma, 15);
	CELL(SENTENCES) = cap(nsentence, 12);
	CELL(DIGITS) = share(ndigit, nword);
	CELL(WORDLEN) = cap(nword == 0 ? 0 : letters * 4 / nword, 60);
	CELL(NSTOP) = cap(nstop, 40);
	CELL(UPPER) = share(nupper, nword);
	CELL(SEPARATORS) = cap(nsep, 15);
	CELL(QUOTES) = cap(nquote, 12);
	CELL(BRACKETS) = cap(nbracket, 8);
	CELL(ADDRESS) = cap(naddress, 8);
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
	memset(g->cell, 0, rows * COL_COUNT);
	g->ntoken = g->nvocab = 0;
	for (i = 0; i < g->nunit; i++)
		scan_unit(g, &g->unit[i], i, stop, phrase);
}
