/* SPDX-License-Identifier: ISC */
/*
 * One pass over the newlines says what a newline means, a second one stops at
 * the bytes that can end something: end marks, newlines, colons, quotes,
 * closing brackets, the first of a run of capitals, and what is not ASCII.
 * Between them it hops, looking at 64 bytes at a time.
 */
#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "buf.h"
#include "scan.h"
#include "u8.h"
#include "words.h"

size_t
blank_at(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;
	size_t left = (size_t)(end - p);

	if (left == 0)
		return 0;
	if (u[0] < 0x80)
		return ascii_space(*p);
	if (u[0] == 0xC2)
		return u[1] == 0xA0 || u[1] == 0x85 ? 2 : 0;
	if (u[0] == 0xE2 && u[1] == 0x80)
		return u[2] <= 0x8A || u[2] == 0xA8 || u[2] == 0xA9 || u[2] == 0xAF ? 3 : 0;
	if (u[0] == 0xE3 && u[1] == 0x80 && u[2] == 0x80)
		return 3;
	if ((u[0] == 0xE2 && u[1] == 0x81 && u[2] == 0x9F) || (u[0] == 0xE1 && u[1] == 0x9A && u[2] == 0x80))
		return 3;
	return 0;
}

size_t
blank_before(const char *p, size_t at)
{
	size_t k;

	if (at == 0)
		return 0;
	if ((unsigned char)p[at - 1] < 0x80)
		return ascii_space(p[at - 1]);
	for (k = 2; k <= 3 && k <= at; k++)
		if ((p[at - k] & 0xC0) != 0x80)
			return blank_at(p + at - k, p + at) == k ? k : 0;
	return 0;
}

/* ” ’ » › ″ */
size_t
wide_close(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	if (p == end)
		return 0;
	if (u[0] == 0xE2 && u[1] == 0x80)
		return u[2] == 0x9D || u[2] == 0x99 || u[2] == 0xBA || u[2] == 0xB3 ? 3 : 0;
	return u[0] == 0xC2 && u[1] == 0xBB ? 2 : 0;
}

/* “ ‘ „ ‚ « ‹ */
size_t
wide_open(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	if (p == end)
		return 0;
	if (u[0] == 0xE2 && u[1] == 0x80)
		return u[2] == 0x9C || u[2] == 0x98 || u[2] == 0x9E || u[2] == 0x9A || u[2] == 0xB9 ? 3 : 0;
	return u[0] == 0xC2 && u[1] == 0xAB ? 2 : 0;
}

/* Bytes of the end mark at p: . ! ? … 。 ！ ？ */
static size_t
end_mark(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	if (p == end)
		return 0;
	switch (u[0]) {
	case '.':
	case '!':
	case '?':
		return 1;
	case 0xE2:
		return u[1] == 0x80 && u[2] == 0xA6 ? 3 : 0;
	case 0xE3:
		return u[1] == 0x80 && u[2] == 0x82 ? 3 : 0;
	case 0xEF:
		return u[1] == 0xBC && (u[2] == 0x81 || u[2] == 0x9F) ? 3 : 0;
	default:
		return 0;
	}
}

static void
add(struct scan *s, struct gap_at g)
{
	if (s->n > 0 && s->at[s->n - 1].end >= g.end)
		return;
	if (s->n == s->cap)
		s->at = mem_grow(s->at, s->n, &s->cap, sizeof(*s->at));
	s->at[s->n++] = g;
}

/* The slot of the word around at, which a letter precedes: its 8 letters on either side. */
static size_t
camel_slot(const char *text, size_t at)
{
	uint32_t h = 2166136261u;
	size_t i, k;

	for (i = at; i > 0 && at - i < 8 && ascii_alnum(text[i - 1]); i--)
		;
	/* readable behind the text: REC_SLACK */
	for (k = i; k < at + 8 && ascii_alnum(text[k]); k++)
		h = (h ^ (unsigned char)text[k]) * 16777619u;
	return (h ^ h >> 16) & (sizeof(((struct scan *)0)->camel) - 1);
}

static void
count_camel(struct scan *s, const char *text, size_t at)
{
	size_t slot = camel_slot(text, at);

	if (!s->any_camel)
		memset(s->camel, 0, sizeof(s->camel));
	s->any_camel = true;
	if (s->camel[slot] < 3)
		s->camel[slot]++;
}

unsigned
scan_camel(const struct scan *s, const char *text, size_t at)
{
	return s->any_camel ? s->camel[camel_slot(text, at)] : 0;
}

/*
 * A text is wrapped when its lines break inside sentences: of the breaks
 * between two lines with text, a fifth or more have no end mark before them
 * and a small letter behind. In wrapped news it is 55 to 95 of a hundred, in
 * other texts none or one.
 */
static bool
is_wrapped(const char *text, size_t n)
{
	const char *end = text + n, *p, *nl, *q;
	size_t nbreak = 0, nsoft = 0;

	for (p = text; (nl = memchr(p, '\n', (size_t)(end - p))) != NULL; p = nl + 1) {
		for (q = nl; q > p && (q[-1] == ' ' || q[-1] == '\r' || q[-1] == '\t'); q--)
			;
		if (q == p)
			continue;
		p = nl + 1;
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
		if (p == end || *p == '\n' || *p == '\r')
			continue;
		nbreak++;
		nsoft += ascii_lower(*p) && (ascii_alnum(q[-1]) || q[-1] == ',' || q[-1] < 0);
	}
	return nsoft > 0 && nsoft * 5 >= nbreak;
}

/* The state of a scan. */
struct walk {
	struct scan *s;
	const char *text;
	size_t n;
	bool quoted;
	bool paragraphs;    /* a single newline parts paragraphs */
	unsigned item_form; /* of the last list marker */
	unsigned item_number;
};

/* From at over blanks; says what gap they make. */
static size_t
over_blanks(const struct walk *w, size_t at, uint8_t *gap)
{
	const char *end = w->text + w->n;
	size_t k, nline = 0, first = at;

	while (at < w->n) {
		if (w->text[at] == ' ') {
			at++;
			continue;
		}
		k = blank_at(w->text + at, end);
		if (k == 0)
			break;
		nline += w->text[at] == '\n';
		at += k;
	}
	*gap = nline > 1		     ? GAP_PARAGRAPH
	       : nline == 1 && w->paragraphs ? GAP_LINE
	       : at > first		     ? GAP_SPACE
					     : GAP_NONE;
	return at;
}

/* Does the straight quote at i close? Its neighbours say, and where they do not, whether one is open. */
static bool
closes(const struct walk *w, size_t i)
{
	const char *end = w->text + w->n;
	char before = i > 0 ? w->text[i - 1] : ' ';
	char after = i + 1 < w->n ? w->text[i + 1] : ' ';
	bool blank_l = before == ' ' || before == '(' || before == '[' || blank_before(w->text, i) > 0;
	bool blank_r = after == ' ' || after == ',' || after == '.' || after == ';' || after == ')' ||
		       after == '?' || after == '!' || blank_at(w->text + i + 1, end) > 0;

	if (blank_l != blank_r)
		return blank_r;
	/* ."X: in a text that writes ". the quote opens */
	if (!blank_l && before == '.' && w->s->noutside > 2 * w->s->ninside + 1)
		return false;
	return w->quoted;
}

/* A list marker that begins at at: its form and number; 0 for none. */
static unsigned
marker(const struct walk *w, size_t at, unsigned *number)
{
	const char *p = w->text + at, *end = w->text + w->n;
	bool open = false;
	unsigned v = 0, nd = 0;

	if (p < end && *p == '(') {
		open = true;
		p++;
	}
	while (p < end && ascii_digit(*p) && nd < 3) {
		v = v * 10 + (unsigned)(*p++ - '0');
		nd++;
	}
	if (nd == 0 && p < end && ascii_lower(*p)) {
		v = (unsigned)(*p++ - 'a') + 1001;
		nd = 1;
	}
	if (nd == 0 || nd == 3 || p == end)
		return ITEM_NONE;
	*number = v;
	if (open)
		return *p == ')' ? ITEM_IN_PARENS : ITEM_NONE;
	if (*p == ')')
		return ITEM_PAREN;
	if (*p != '.')
		return ITEM_NONE;
	p++;
	if (p < end && *p == ')')
		return ITEM_DOT_PAREN;
	return p < end && *p == ' ' ? ITEM_DOT : ITEM_NONE;
}

/*
 * The text at at begins a line or sentence, or follows a blank: is there a
 * list marker that begins a list (at the start only) or carries it on?
 */
static unsigned
list_item(struct walk *w, size_t at, bool start)
{
	unsigned form, number = 0;

	form = marker(w, at, &number);
	if (form == ITEM_NONE)
		return ITEM_NONE;
	if (w->item_form == form && number == w->item_number + 1) {
		w->item_number = number;
		return form;
	}
	if (start) {
		w->item_form = form;
		w->item_number = number;
	}
	return ITEM_NONE;
}

/* Back over the blanks that end before at. */
static size_t
back_over_blanks(const char *text, size_t at)
{
	size_t k;

	while ((k = blank_before(text, at)) > 0)
		at -= k;
	return at;
}

/* Add the gap that begins at end. */
static size_t
gap_behind(struct walk *w, size_t end, bool mark)
{
	struct gap_at g = { .end = end, .mark = mark, .quoted = w->quoted };
	char c;

	if (w->text[end] == ' ' && ascii_alpha(w->text[end + 1])) {
		g.next = end + 1;
		g.gap = GAP_SPACE;
	} else
		g.next = over_blanks(w, end, &g.gap);
	if (g.next == w->n || end == 0)
		return g.next;
	c = w->text[g.next];
	if (mark && g.gap == GAP_SPACE && w->text[end - 1] != '.')
		w->s->nloose += ascii_lower(c);
	if (mark && end > 3 && w->text[end - 1] == '.' && ascii_lower(w->text[end - 2]) &&
	    ascii_lower(w->text[end - 3])) {
		if (g.gap == GAP_NONE)
			w->s->nglued +=
			    ascii_upper(c) && g.next + 1 < w->n && ascii_lower(w->text[g.next + 1]);
		else if (g.gap == GAP_SPACE) {
			w->s->nspaced += ascii_upper(c);
			w->s->nlower += ascii_lower(c);
		}
	}
	if (g.gap != GAP_NONE && !ascii_upper(c))
		g.item = (uint8_t)list_item(w, g.next, mark || g.gap != GAP_SPACE);
	add(w->s, g);
	if (g.gap == GAP_PARAGRAPH || g.gap == GAP_LINE)
		w->quoted = false;
	return g.next;
}

/* A list item begins at at, behind a space. */
static void
item_at(struct walk *w, size_t at, unsigned form)
{
	struct gap_at g = { .end = back_over_blanks(w->text, at),
			    .next = at,
			    .gap = GAP_SPACE,
			    .quoted = w->quoted,
			    .item = (uint8_t)form };

	if (g.end > 0)
		add(w->s, g);
}

size_t
note_at(const char *text, size_t at, size_t n)
{
	size_t k;

	if (at >= n || text[at] != '[')
		return 0;
	for (k = at + 1; k < n && k - at < NOTE_MAX &&
			 (ascii_lower(text[k]) || ascii_digit(text[k]) || text[k] == ' ' || text[k] == '.');
	     k++)
		;
	return k < n && text[k] == ']' && k > at + 1 ? k + 1 : 0;
}

/* The end mark at i: over it and what belongs to it. Returns where to go on. */
static size_t
at_mark(struct walk *w, size_t i)
{
	const char *text = w->text, *end = text + w->n;
	size_t first = i, k, j;
	bool wide;
	char c;

	/* the commonest: a word behind it */
	if (text[i + 1] == ' ' && i + 2 < w->n && ascii_alpha(text[i + 2]))
		return gap_behind(w, i + 1, true);
	for (;;) {
		if ((k = end_mark(text + i, end)) > 0) {
			i += k;
			continue;
		}
		if (i == w->n)
			break;
		c = text[i];
		if (c == ')' || c == ']' || c == '*' || c == '}') {
			i++;
		} else if (c == '"') {
			if (!closes(w, i))
				break;
			w->quoted = false;
			w->s->ninside += i > 0 && text[i - 1] == '.' && i + 1 < w->n && text[i + 1] == ' ';
			i++;
		} else if (c == '\'') {
			c = i + 1 < w->n ? text[i + 1] : ' ';
			if (ascii_alnum(c))
				break;
			i++;
		} else if ((k = wide_close(text + i, end)) > 0) {
			wide = text[i + k - 1] != (char)0x99;
			if (!wide && i + k < w->n && ascii_lower(text[i + k]))
				break;
			if (wide)
				w->quoted = false;
			i += k;
		} else if (c == '[' || (c == ' ' && i + 1 < w->n && text[i + 1] == '[')) {
			/* a note belongs to what stands before it */
			j = note_at(text, i + (c == ' '), w->n);
			if (j == 0)
				break;
			i = j;
		} else if (c == ' ' && i + 2 <= w->n && text[i + 1] == '.' && text[i - 1] == '.' &&
			   (i + 2 == w->n || text[i + 2] == ' ' || text[i + 2] == '.' ||
			    text[i + 2] == '\n')) {
			i += 2; /* . . . */
		} else
			break;
	}
	if (i == w->n)
		return i;
	if (blank_at(text + i, end) > 0)
		return gap_behind(w, i, true);
	c = text[i];
	if (ascii_digit(c) && first > 0 && ascii_digit(text[first - 1]) && i == first + 1)
		return i; /* 3.5 */
	if (c >= 0 && !ascii_alnum(c) && strchr(i == first + 1 ? "\"'([" : "\"'([-$#", c) == NULL)
		return i;
	(void)gap_behind(w, i, true);
	return i;
}

static bool
is_end(char c)
{
	return c == '.' || c == '!' || c == '?' || c == ':' || c == ';';
}

/* The commonest: a stop, a blank and a letter. */
static inline size_t
at_plain_stop(struct walk *w, size_t i)
{
	struct gap_at g = {
		.end = i + 1, .next = i + 2, .gap = GAP_SPACE, .mark = true, .quoted = w->quoted
	};
	const char *text = w->text;
	char c = text[i + 2];

	if (i > 2 && ascii_lower(text[i - 1]) && ascii_lower(text[i - 2])) {
		w->s->nspaced += ascii_upper(c);
		w->s->nlower += ascii_lower(c);
	}
	if (!ascii_upper(c))
		g.item = (uint8_t)list_item(w, g.next, true);
	add(w->s, g);
	return i + 2;
}

/* A stop at i. Returns where to go on, more than i. */
static size_t
at_stop(struct walk *w, size_t i)
{
	const char *text = w->text, *end = text + w->n;
	unsigned form;
	size_t k, j;
	uint32_t cp;
	char c = text[i], d;

	if (c == '.' && text[i + 1] == ' ' && ascii_alpha(text[i + 2]) && i + 2 < w->n && w->item_form == 0)
		return at_plain_stop(w, i);
	/* an apostrophe inside a word */
	if (c == (char)0xE2 && text[i + 1] == (char)0x80 && text[i + 2] == (char)0x99 &&
	    ascii_lower(text[i + 3]))
		return i + 3;
	switch (c) {
	case '.':
	case '!':
	case '?':
		/* a marker "2." inside a line carries a list on */
		if (c == '.' && i >= 2 && w->item_form != 0) {
			for (j = i; j > 0 && i - j < 3 && ascii_alnum(text[j - 1]); j--)
				;
			if (j < i && j > 1 && text[j - 1] == ' ' && !is_end(text[j - 2]) &&
			    (form = list_item(w, j, false)) != 0) {
				item_at(w, j, form);
			}
		}
		return at_mark(w, i);
	case '\n':
		k = gap_behind(w, back_over_blanks(text, i), false);
		return k > i ? k : i + 1;
	case ':':
	case ';':
		if (i + 1 == w->n)
			return i + 1;
		d = text[i + 1];
		if (blank_at(text + i + 1, end) > 0 || ascii_upper(d) || (d == '"' && !closes(w, i + 1)) ||
		    wide_open(text + i + 1, end) > 0) {
			k = gap_behind(w, i + 1, false);
			return k > i ? k : i + 1;
		}
		return i + 1;
	case '"':
		if (closes(w, i)) {
			w->quoted = false;
			w->s->noutside += i + 1 < w->n && text[i + 1] == '.';
			if (i + 1 < w->n && (ascii_upper(text[i + 1]) || text[i + 1] == '"'))
				(void)gap_behind(w, i + 1, false);
		} else {
			if (i > 0 && ascii_alnum(text[i - 1]))
				(void)gap_behind(w, i, false);
			w->quoted = true;
		}
		return i + 1;
	case ')':
		/* a marker "2)" inside a line carries a list on */
		for (j = i; j > 0 && i - j < 4 && (ascii_alnum(text[j - 1]) || text[j - 1] == '('); j--)
			;
		if (j < i && j > 1 && text[j - 1] == ' ' && !is_end(text[j - 2]) &&
		    (form = list_item(w, j, false)) != 0)
			item_at(w, j, form);
		return i + 1;
	default:
		break;
	}
	if (ascii_upper(c)) {
		d = text[i - 1];
		if (d == ' ' && i > 1 && text[i - 2] > ' ') {
			add(w->s, (struct gap_at){
				      .end = i - 1, .next = i, .gap = GAP_SPACE, .quoted = w->quoted });
		} else if (d == ' ') {
			(void)gap_behind(w, back_over_blanks(text, i - 1), false);
		} else {
			if (ascii_alnum(d))
				count_camel(w->s, text, i);
			(void)gap_behind(w, i, false);
		}
		return i + 1;
	}
	if (c >= 0)
		return i + 1;
	if (end_mark(text + i, end) > 0)
		return at_mark(w, i);
	if ((k = wide_open(text + i, end)) > 0) {
		if (((i > 0 && ascii_alnum(text[i - 1])) ||
		     (i > 2 && wide_close(text + i - 3, text + i) == 3)) &&
		    text[i + k - 1] != (char)0x98)
			(void)gap_behind(w, i, false);
		if (text[i + k - 1] != (char)0x98)
			w->quoted = true;
		return i + k;
	}
	if ((k = wide_close(text + i, end)) > 0) {
		if (text[i + k - 1] != (char)0x99)
			w->quoted = false;
		if (i + k < w->n && ascii_upper(text[i + k]))
			(void)gap_behind(w, i + k, false);
		return i + k;
	}
	/* other general punctuation; Latin-1 signs */
	if (((unsigned char)c == 0xE2 && text[i + 1] == (char)0x80 && text[i + 2] != (char)0xA2 &&
	     text[i + 2] != (char)0xA3) ||
	    (unsigned char)c == 0xC2)
		return i + ((unsigned char)c == 0xE2 ? 3 : 2);
	/* bullets begin an item: • ‣ ⁃ ● ▪ */
	if ((unsigned char)c == 0xE2 && (memcmp(text + i, "•", 3) == 0 || memcmp(text + i, "‣", 3) == 0 ||
					 memcmp(text + i, "⁃", 3) == 0 || memcmp(text + i, "●", 3) == 0 ||
					 memcmp(text + i, "▪", 3) == 0)) {
		if (i > 0 && text[i - 1] == ' ')
			item_at(w, i, ITEM_BULLET);
		return i + 3;
	}
	k = u8_next(text + i, w->n - i, &cp);
	if (u8_class(cp) & U8_UPPER) {
		j = back_over_blanks(text, i);
		if (j < i || ascii_lower(text[i - 1]))
			(void)gap_behind(w, j, false);
	}
	return i + k;
}

/*
 * Of the 16 bytes at p, a bit for each that can end something: . ! ? " : ; )
 * newline, capitals, and what begins a character above 127. (* < = > @ come along:
 * they make for fewer ranges.) *high: those that are '@' or more, of ASCII.
 */
#ifdef __SSE2__
static inline __m128i
between(__m128i v, unsigned char low, unsigned char high)
{
	/* the range moved down to the least signed numbers */
	return _mm_cmplt_epi8(_mm_sub_epi8(v, _mm_set1_epi8((char)(low ^ 0x80))),
			      _mm_set1_epi8((char)(0x80 + high - low + 1)));
}

static inline unsigned
stops(const char *p, unsigned *high)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i m;

	*high = (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(v, _mm_set1_epi8('@')));
	/* without their bit 0x24 both . and newline are newline */
	m = _mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8((char)0xDB)), _mm_set1_epi8('\n'));
	m = _mm_or_si128(m, _mm_or_si128(between(v, '!', '"'), between(v, ':', 'Z')));
	m = _mm_or_si128(m, _mm_cmpeq_epi8(v, _mm_set1_epi8(')')));
	/* bytes above 127 are negative */
	m = _mm_or_si128(m, _mm_and_si128(v, _mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xC1))));
	return (unsigned)_mm_movemask_epi8(m);
}
#else
static inline unsigned
stops(const char *p, unsigned *high)
{
	unsigned m = 0, k;

	*high = 0;
	for (k = 0; k < 16; k++) {
		char c = p[k];

		if (c == '.' || c == '!' || c == '"' || c == '\n' || c == ')' || (c >= ':' && c <= 'Z') ||
		    (unsigned char)c > 0xC1)
			m |= 1u << k;
		if (c > '@')
			*high |= 1u << k;
	}
	return m;
}
#endif

/*
 * Is the capital at i > 0 one that ends nothing before it: of a name, or behind
 * a mark that is a stop itself? stop: the bits of the stops from i on.
 */
static inline bool
capital_within(const uint16_t *lex, const char *text, size_t i, uint64_t stop)
{
	char b = text[i - 1], a;
	unsigned bit;

	if (b == ' ') {
		if (lex == NULL || i < 2)
			return false;
		a = text[i - 2];
		bit = first_three(text + i);
		/* most words are known as names by three letters; a colon behind may make it more */
		if ((little16(lex + LEX_FIRST + (bit >> 4)) >> (bit & 15) & 1) == 0 &&
		    (ascii_lower(a) || a == ',') && stop != 0 &&
		    text[i + (size_t)__builtin_ctzll(stop)] != ':')
			return true;
		return goes_on(lex, text, i);
	}
	if (b == 'c' && i > 2 && text[i - 2] == 'M' && !ascii_alnum(text[i - 3]))
		return lex != NULL; /* McCarthy */
	return !ascii_alnum(b) && b != '\'' && b != ')' && b != ']';
}

void
scan_text(struct scan *s, const char *text, size_t n, enum newline newline)
{
	struct walk w = { .s = s, .text = text, .n = n };
	size_t i, k, go = 1;
	unsigned c0, c1, c2, c3, bit;
	uint64_t m, capital, rest;

	s->n = s->nspaced = s->nglued = s->nlower = s->nloose = s->ninside = s->noutside = 0;
	s->any_camel = false;
	s->wrapped = newline == NEWLINE_SPACE || (newline == NEWLINE_AUTO && is_wrapped(text, n));
	w.paragraphs = !s->wrapped;
	if (n == 0)
		return;
	(void)list_item(&w, 0, true);
	/* the first byte has none before it; it can only open a quote */
	w.quoted = text[0] == '"' || (wide_open(text, text + n) > 0 && text[2] != (char)0x98);
	for (i = 1; i < n; i += 64) {
		m = stops(text + i, &c0) | (uint64_t)stops(text + i + 16, &c1) << 16 |
		    (uint64_t)stops(text + i + 32, &c2) << 32 | (uint64_t)stops(text + i + 48, &c3) << 48;
		/* of capitals, the first of a run; and most of those begin a name */
		capital = m & (c0 | (uint64_t)c1 << 16 | (uint64_t)c2 << 32 | (uint64_t)c3 << 48);
		m ^= capital;
		capital &= ~(capital << 1 | ascii_upper(text[i - 1]));
		for (rest = capital; rest != 0; rest &= rest - 1) {
			bit = (unsigned)__builtin_ctzll(rest);
			/* of the last ones in the block, it is not known what follows */
			if (capital_within(s->lex, text, i + bit,
					   m >> bit | (uint64_t)(bit < 64 - WORD_MAX) << 63 >> bit))
				capital &= ~(rest & -rest);
		}
		m |= capital;
		if (n - i < 64)
			m &= ~(~UINT64_C(0) << (n - i));
		if (go > i)
			m = go - i < 64 ? m & ~UINT64_C(0) << (go - i) : 0;
		while (m != 0) {
			k = i + (size_t)__builtin_ctzll(m);
			m &= m - 1;
			go = at_stop(&w, k);
			if (go > k + 1)
				m = go - i < 64 ? m & ~UINT64_C(0) << (go - i) : 0;
		}
		/* far over blanks or marks */
		if (go > i + 128)
			i += (go - i) / 64 * 64 - 64;
	}
}

void
scan_free(struct scan *s)
{
	free(s->at);
	*s = (struct scan){ .lex = s->lex };
}
