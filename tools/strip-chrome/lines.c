/* SPDX-License-Identifier: ISC */
/*
 * Text into lines, lines into units.
 *
 * A page whose lines were broken to a width (lynx -dump, mail, old news feeds)
 * is recognised by the fit: nearly every line is as long as it could be, since
 * the first word of the next one would not have fitted any more. There, a line
 * belongs to the unit of the line above when that holds for the two of them.
 */
#include <stdlib.h>

#include "page.h"
#include "vec.h"

enum {
	WIDTH_MIN = 40,
	WIDTH_MAX = 110, /* bytes beyond the widest wrap in use; lynx's is 80 */
	PAIRS_MIN = 4	 /* pairs of lines that must bear witness */
};

/* Kind of list mark at p, and in *n its bytes with the space behind it; 0 for none. */
static unsigned __attribute__((noinline)) read_mark(const char *p, size_t len, size_t *n)
{
	size_t i = 0;

	*n = 0;
	if (len >= 2 && p[1] == ' ' &&
	    (*p == '*' || *p == '+' || *p == '-' || *p == '#' || *p == 'o' || *p == '@' || *p == '=')) {
		*n = 2;
		return *p == '*' ? 2 : *p == '-' ? 3 : *p == '#' ? 5 : 4;
	}
	if (len >= 4 && memcmp(p, "\xe2\x80\xa2", 3) == 0) { /* bullet */
		*n = p[3] == ' ' ? 4 : 3;
		return 3;
	}
	while (i < len && i < 3 && p[i] >= '0' && p[i] <= '9')
		i++;
	if (i > 0 && i + 1 < len && (p[i] == '.' || p[i] == ')') && p[i + 1] == ' ') {
		*n = i + 2;
		return 6;
	}
	return 0;
}

/* The same: what most lines begin with begins no mark. */
static inline unsigned
list_mark(const char *p, size_t len, size_t *n)
{
	static const bool begins[256] = {
		['*'] = true, ['+'] = true, ['-'] = true, ['#'] = true, ['o'] = true, ['@'] = true,
		['='] = true, ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
		['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, [0xE2] = true
	};

	*n = 0;
	return begins[(unsigned char)*p] ? read_mark(p, len, n) : 0;
}

/* Characters of p[0, n), which is UTF-8. */
static unsigned
characters(const char *p, size_t n)
{
	uint64_t inside; /* bytes inside of a character */
	unsigned count = 0;
	vec v[4];
	size_t i, k;

	/* 64 readable bytes follow */
	for (i = 0; i < n; i += VEC_BLOCK) {
#pragma GCC unroll 4
		for (k = 0; k < 4; k++)
			v[k] = vec_to(vec_load(p + i + k * VEC) ^ vec_all((char)0x80), 0x3F);
		inside = vec_bits(v[0], v[1], v[2], v[3]);
		inside &= n - i < VEC_BLOCK ? ((uint64_t)1 << (n - i)) - 1 : ~(uint64_t)0;
		if (inside != 0)
			count += (unsigned)__builtin_popcountll(inside);
	}
	return (unsigned)n - count;
}

static unsigned
first_word(const struct page *g, const struct line *l)
{
	const char *p = g->text + l->from, *end = g->text + l->to, *q = vec_find(p, end, ' ');

	return characters(p, (size_t)((q != NULL ? q : end) - p));
}

/* Lines i and i + 1, neither blank: was the break put there by the width? */
static bool
broken_by_width(const struct page *g, size_t i, unsigned width)
{
	const struct line *a = &g->line[i], *b = a + 1;
	size_t na, nb;

	if (list_mark(g->text + b->from, b->to - b->from, &nb) != 0)
		return false;
	if (list_mark(g->text + a->from, a->to - a->from, &na) == 0)
		na = 0;
	if (b->from - b->begin + 1 < a->from - a->begin + na)
		return false;
	return a->width + 1 + first_word(g, b) > width;
}

/* The width that the lines, each a unit by now, were broken to; false if there is none. */
static bool
find_width(struct page *g)
{
	const size_t some = g->nunit;
	unsigned count[WIDTH_MAX + 1] = { 0 }, w, widest, pairs = 0, fit = 0, above = 0;
	size_t i, wide = 0;

	/* those that may be too long: most pages end here */
	for (i = 0; i < g->nline; i++) {
		struct line *l = &g->line[i];
		const size_t n = l->to - l->begin, head = n < 2 * VEC_BLOCK ? n : 2 * VEC_BLOCK;

		if (n <= WIDTH_MAX || l->from == l->to)
			continue;
		w = WIDTH_MAX + 1; /* a character has four bytes at most */
		if (n <= 4 * WIDTH_MAX && characters(g->text + l->begin, head) <= WIDTH_MAX)
			w = characters(g->text + l->begin, n);
		l->width = (uint16_t)w;
		if (w > WIDTH_MAX && ++wide * 50 > some)
			return false;
	}
	for (i = 0; i < g->nline; i++) {
		struct line *l = &g->line[i];

		if (l->from == l->to)
			continue;
		if (l->to - l->begin <= WIDTH_MAX)
			l->width = (uint16_t)characters(g->text + l->begin, l->to - l->begin);
		if (l->width <= WIDTH_MAX)
			count[l->width]++;
	}
	for (widest = WIDTH_MAX; widest > WIDTH_MIN; widest--)
		if ((above += count[widest]) * 100 > some) /* a hundredth may be wider: not wrapped at all */
			break;
	if (widest <= WIDTH_MIN)
		return false;
	for (i = 0; i + 1 < g->nline; i++) {
		const struct line *a = &g->line[i], *b = a + 1;
		size_t nb;

		if (a->from == a->to || b->from == b->to || a->width * 10u < widest * 7 ||
		    a->width > widest || list_mark(g->text + b->from, b->to - b->from, &nb) != 0 ||
		    b->from - b->begin > a->from - a->begin + 6)
			continue;
		pairs++;
		fit += a->width + 1 + first_word(g, b) >= widest;
	}
	g->width = widest;
	return pairs >= PAIRS_MIN && fit * 10 >= pairs * 8;
}

static inline bool
blank(char c)
{
	return c == ' ' || (unsigned char)(c - '\t') < 5;
}

/* text[*from, *to) without the space around it, no-break spaces among it. */
static inline void
trim(const char *text, size_t *from, size_t *to)
{
	static const bool is[256] = { [' '] = true,  ['\t'] = true, ['\n'] = true, ['\v'] = true,
				      ['\f'] = true, ['\r'] = true, [0xA0] = true, [0xC2] = true };
	size_t a = *from, b = *to;

	/* most lines have none: neither begins a space beyond ASCII nor ends one */
	if (a == b || !(is[(unsigned char)text[a]] | is[(unsigned char)text[b - 1]]))
		return;
	/* how far a line is indented cannot be guessed; 64 readable bytes follow */
	while (a < b) {
		const vec v = vec_load(text + a);
		const unsigned other = ~vec_bits16(vec_is(v, ' ') | vec_in(v, '\t', '\r')) & 0xFFFF;

		a += other != 0 ? (unsigned)__builtin_ctz(other) : VEC;
		if (other == 0)
			continue;
		if (a + 2 > b || text[a] != '\xc2' || text[a + 1] != '\xa0')
			break;
		a += 2;
	}
	a = a < b ? a : b;
	while (a < b)
		if (blank(text[b - 1]))
			b--;
		else if (text[b - 1] == '\xa0' && b - a >= 2 && text[b - 2] == '\xc2')
			b -= 2;
		else
			break;
	*from = a;
	*to = b;
}

/*
 * A unit of the i-th line, text[from, to), which is not blank, has so many bytes of space before
 * it, and stands behind `gap` blank ones.
 */
static inline void
put_unit(struct unit *u, const char *text, uint32_t from, uint32_t to, size_t indent, size_t i, size_t gap)
{
	size_t nmark;
	const unsigned mark = list_mark(text + from, to - from, &nmark);

	memset(u, 0, sizeof(*u));
	u->line = (uint32_t)i;
	u->nline = 1;
	u->gap = (uint8_t)(gap < 4 ? gap : 4);
	u->mark = (uint8_t)mark;
	u->indent = (uint8_t)(indent < 60 ? indent : 60);
	u->from = mark == 0 ? from : nmark < to - from ? from + (uint32_t)nmark : to;
	u->to = to;
}

/* The lines of a unit that were broken by the page's width. */
static void
join_lines(struct page *g)
{
	struct unit *u = g->unit;
	size_t i;

	for (i = 0; i < g->nunit; i++) {
		const struct unit *next = &g->unit[i];

		if (i > 0 && next->gap == 0 && broken_by_width(g, next->line - 1, g->width)) {
			u[-1].nline++;
			u[-1].to = g->line[next->line].to;
		} else
			*u++ = *next;
	}
	g->nunit = (size_t)(u - g->unit);
}

/* Look for the newlines of a text, of which 64 readable bytes more follow. */
static void
find_newlines(struct newlines *to, const char *text, size_t n)
{
	size_t i;

	to->n = 0;
	for (i = 0; i < n; i += VEC_BLOCK) {
		const char *p = text + i;
		uint64_t bits =
		    vec_bits(vec_is(vec_load(p), '\n'), vec_is(vec_load(p + VEC), '\n'),
			     vec_is(vec_load(p + 2 * VEC), '\n'), vec_is(vec_load(p + 3 * VEC), '\n'));

		bits &= n - i < VEC_BLOCK ? ((uint64_t)1 << (n - i)) - 1 : ~(uint64_t)0;
		if (bits == 0)
			continue;
		while (to->cap - to->n < VEC_BLOCK)
			to->at = mem_double(to->at, &to->cap, sizeof(*to->at));
		for (; bits != 0; bits &= bits - 1)
			to->at[to->n++] = (uint32_t)(i + vec_first(bits));
	}
}

void
page_lines(struct page *g, const char *text, size_t n, const struct newlines *newlines, bool wrappable)
{
	const uint32_t *at;
	size_t i, from = 0, gap = 0, nline, nend;
	struct line *l;
	struct unit *u;

	if (newlines == NULL) {
		find_newlines(&g->newlines, text, n);
		newlines = &g->newlines;
	}
	at = newlines->at;
	nend = newlines->n;
	g->text = text;
	g->n = n;
	g->nline = nline = newlines->n + (n > 0 && text[n - 1] != '\n'); /* the last line may have no end */
	while (g->line_cap < nline)
		g->line = mem_double(g->line, &g->line_cap, sizeof(*g->line));
	while (g->unit_cap < nline)
		g->unit = mem_double(g->unit, &g->unit_cap, sizeof(*g->unit));
	l = g->line;
	u = g->unit;
	for (i = 0; i < nline; i++, l++) {
		const bool ended = i < nend;
		const size_t begin = from, end = ended ? at[i] : n, next = end + ended;
		size_t to = end;

		l->begin = (uint32_t)begin;
		l->end = (uint32_t)next;
		trim(text, &from, &to);
		l->from = (uint32_t)from;
		l->to = (uint32_t)to;
		if (from == to)
			gap++;
		else {
			put_unit(u++, text, (uint32_t)from, (uint32_t)to, from - begin, i, gap);
			gap = 0;
		}
		from = next;
	}
	g->nunit = (size_t)(u - g->unit);
	g->wrapped = wrappable && find_width(g);
	if (g->wrapped)
		join_lines(g);
}

void
page_free(struct page *g)
{
	size_t i;

	free(g->line);
	free(g->newlines.at);
	free(g->unit);
	free(g->vocab);
	free(g->token);
	free(g->seen);
	free(g->cell);
	free(g->score);
	free(g->first);
	free(g->sum);
	free(g->scratch);
	free(g->keep);
	free(g->open);
	for (i = 0; i < sizeof(g->asked) / sizeof(*g->asked); i++)
		free(g->asked[i].column);
	free(g->bin);
	free(g->slots.key);
	free(g->total);
}
