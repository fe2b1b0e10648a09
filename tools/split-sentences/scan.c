/* SPDX-License-Identifier: ISC */
/*
 * A pass stops at the bytes that can end something: end marks, newlines, colons,
 * quotes, closing brackets, the first of a run of capitals, and what is not
 * ASCII. Between them it hops, looking at 64 bytes at a time. It takes newlines
 * for ends of lines and counts those inside sentences; where they are many, a
 * second pass takes them for blanks.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "scan.h"
#include "u8.h"
#include "vec.h"
#include "words.h"

size_t
blank_wide(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] == 0xC2)
		return u[1] == 0xA0 || u[1] == 0x85 ? 2 : 0;
	if (u[0] == 0xE2 && u[1] == 0x80)
		return u[2] <= 0x8F || u[2] == 0xA8 || u[2] == 0xA9 || u[2] == 0xAF ? 3 : 0;
	if (u[0] == 0xE2 && u[1] == 0x81)
		return u[2] == 0x9F || u[2] == 0xA0 ? 3 : 0;
	if ((u[0] == 0xE3 && u[1] == 0x80 && u[2] == 0x80) ||
	    (u[0] == 0xE1 && u[1] == 0x9A && u[2] == 0x80) || (u[0] == 0xEF && u[1] == 0xBB && u[2] == 0xBF))
		return 3;
	return 0;
}

size_t
wide_blank_before(const char *p, size_t at)
{
	size_t k;

	for (k = 2; k <= 3 && k <= at; k++)
		if ((p[at - k] & 0xC0) != 0x80)
			return blank_at(p + at - k, p + at) == k ? k : 0;
	return 0;
}

/* ” ’ » › ″ 」 』 */
size_t
wide_closing(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] == 0xE2 && u[1] == 0x80)
		return u[2] == 0x9D || u[2] == 0x99 || u[2] == 0xBA || u[2] == 0xB3 ? 3 : 0;
	if (u[0] == 0xE3 && u[1] == 0x80)
		return u[2] == 0x8D || u[2] == 0x8F ? 3 : 0;
	return u[0] == 0xC2 && u[1] == 0xBB ? 2 : 0;
}

/* “ ‘ „ ‚ « ‹ 「 『 */
size_t
wide_opening(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] == 0xE2 && u[1] == 0x80)
		return u[2] == 0x9C || u[2] == 0x98 || u[2] == 0x9E || u[2] == 0x9A || u[2] == 0xB9 ? 3 : 0;
	if (u[0] == 0xE3 && u[1] == 0x80)
		return u[2] == 0x8C || u[2] == 0x8E ? 3 : 0;
	return u[0] == 0xC2 && u[1] == 0xAB ? 2 : 0;
}

size_t
foreign_mark(const char *p)
{
	static const char mark[][4] = { "。", "！", "？", "।", "؟", "۔" };
	size_t k, n;

	for (k = 0; k < sizeof(mark) / sizeof(*mark); k++) {
		n = strlen(mark[k]);
		if (memcmp(p, mark[k], n) == 0)
			return n;
	}
	return 0;
}

/* Bytes of the end mark at p: . ! ? … and those of other scripts. */
static inline size_t
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
	case 0xD8:
	case 0xDB:
	case 0xE0:
	case 0xE3:
	case 0xEF:
		return foreign_mark(p);
	default:
		return 0;
	}
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

/* The forms of list markers: 1. 1) 1.) (1) */
enum item { ITEM_NONE, ITEM_DOT, ITEM_PAREN, ITEM_DOT_PAREN, ITEM_IN_PARENS };

/* The state of a scan. */
struct walk {
	struct scan *s;
	const char *text;
	size_t n;
	size_t last; /* where the last gap ends; 0: there is none */
	bool quoted;
	bool paragraphs;    /* a single newline parts paragraphs */
	unsigned item_form; /* of the last list marker: enum item */
	unsigned item_number;
	size_t nbreak;	 /* newlines between two lines with text */
	size_t nsoft;	 /* of them, inside a sentence: no end mark before them, a small letter behind */
	size_t ncapital; /* between two capitals */
};

/* Add a gap and return it; NULL where one ends there, or further on, that was found before. */
static inline struct gap_at *
add(struct walk *w, size_t end, size_t next, uint8_t gap)
{
	struct scan *s = w->s;
	struct gap_at *g;

	if (end <= w->last)
		return NULL;
	if (s->n == s->cap)
		s->at = mem_grow(s->at, s->n, &s->cap, sizeof(*s->at));
	g = &s->at[s->n++];
	w->last = g->end = end;
	g->next = next;
	g->gap = gap;
	g->quoted = w->quoted;
	g->item = false;
	g->plain = 0;
	return g;
}

/*
 * A text is wrapped when its lines break inside sentences: a fifth or more of
 * the breaks are such. In wrapped news it is 55 to 95 of a hundred, in other
 * texts none or one.
 */
static inline bool
is_wrapped(const struct walk *w)
{
	return w->nsoft > 0 && w->nsoft * 5 >= w->nbreak;
}

/* The line that ends before end is followed by one that begins with c. */
static inline void
count_break(struct walk *w, size_t end, char c)
{
	char a = w->text[end - 1];

	w->nbreak++;
	w->nsoft += ascii_lower(c) && (ascii_alnum(a) || a == ',' || is_wide(a));
	w->ncapital += ascii_upper(a) && ascii_upper(c);
}

/*
 * Is a text of capitals wrapped? No small letter shows it, but its lines are as long as they can
 * be: at half of the breaks or more the next word had no room in a line as wide as the widest.
 * In wrapped capitals it is 70 to 100 of a hundred, in lists of headings a few; three breaks or
 * lines of 40 characters say nothing yet.
 */
static bool
is_wrapped_capitals(const struct walk *w)
{
	const struct gap_at *g, *end;
	const char *text = w->text;
	size_t width = 0, nfull = 0, at, n, k;

	if (w->nbreak < 4 || w->ncapital * 2 < w->nbreak)
		return false;
	end = w->s->at + w->s->n;
	for (at = 0, g = w->s->at; g < end; g++)
		if (g->gap >= GAP_LINE) {
			n = u8_count(text + at, g->end - at);
			width = n > width ? n : width;
			at = g->next;
		}
	for (at = 0, g = w->s->at; g < end; g++)
		if (g->gap >= GAP_LINE) {
			n = u8_count(text + at, g->end - at);
			at = g->next;
			for (k = at; k < w->n && !ascii_space(text[k]); k++)
				;
			nfull += g->gap == GAP_LINE && n + 1 + u8_count(text + at, k - at) > width;
		}
	return width > 40 && nfull * 2 >= w->nbreak;
}

/* From at over blanks; says what gap they make. */
static size_t
over_blanks(const struct walk *w, size_t at, uint8_t *gap)
{
	const char *text = w->text;
	size_t k, nline = 0, first = at;

	for (; at < w->n; at += k) {
		k = blank_at(text + at, text + w->n);
		if (k == 0)
			break;
		nline += text[at] == '\n';
	}
	*gap = nline > 1		     ? GAP_PARAGRAPH
	       : nline == 1 && w->paragraphs ? GAP_LINE
	       : at > first		     ? GAP_SPACE
					     : GAP_NONE;
	return at;
}

/*
 * Does the straight quote at i close? Its neighbours
 * say, and where they do not, whether one is open.
 */
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
static bool
list_item(struct walk *w, size_t at, bool start)
{
	unsigned form, number = 0;
	bool next;

	form = marker(w, at, &number);
	if (form == ITEM_NONE)
		return false;
	next = w->item_form == form && number == w->item_number + 1;
	if (next || start) {
		w->item_form = form;
		w->item_number = number;
	}
	return next;
}

size_t
back_over_blanks(const char *text, size_t at)
{
	size_t k;

	while ((k = blank_before(text, at)) > 0)
		at -= k;
	return at;
}

/* May a list marker begin with c? */
static inline bool
begins_marker(char c)
{
	return ascii_digit(c) || ascii_lower(c) || c == '(';
}

/* Does an abbreviation that a number belongs to end before at: Sept. 4, No. 5? */
static bool
before_number(const char *text, size_t at)
{
	size_t n = letters_before(text, at - 1, 0);

	return n > 0 && text[at - 1] == '.' && number_follows(letters_abbreviation(text + at - 1 - n, n));
}

/* Is c a visible ASCII character? */
static inline bool
is_ink(char c)
{
	return c > ' ' && c < 0x7F;
}

/* Add the gap that begins at end. Returns where it ends, or any place behind the text. */
static size_t
gap_behind(struct walk *w, size_t end, bool mark)
{
	const char *text = w->text;
	struct gap_at *g;
	uint8_t gap;
	bool item = false;
	size_t next;
	char c;

	/* the commonest first: a blank, or one newline or two */
	if (text[end] == ' ' && ascii_alpha(text[end + 1])) {
		next = end + 1;
		gap = GAP_SPACE;
	} else if (text[end] == '\n' && w->paragraphs && is_ink(text[end + 1])) {
		next = end + 1;
		gap = GAP_LINE;
	} else if (text[end] == '\n' && text[end + 1] == '\n' && is_ink(text[end + 2])) {
		next = end + 2;
		gap = GAP_PARAGRAPH;
	} else
		next = over_blanks(w, end, &gap);
	if (next >= w->n || end == 0)
		return next;
	c = text[next];
	if (mark && gap < GAP_LINE) {
		if (text[end - 1] != '.')
			w->s->nloose += gap == GAP_SPACE && ascii_lower(c);
		else if (end > 3 && ascii_lower(text[end - 2]) && ascii_lower(text[end - 3])) {
			if (gap == GAP_NONE)
				w->s->nglued +=
				    ascii_upper(c) && next + 1 < w->n && ascii_lower(text[next + 1]);
			else {
				w->s->nspaced += ascii_upper(c);
				w->s->nlower += ascii_lower(c);
			}
		}
	}
	if (gap != GAP_NONE && begins_marker(c) && !(ascii_digit(c) && before_number(text, end)))
		item = list_item(w, next, mark || gap != GAP_SPACE);
	g = add(w, end, next, gap);
	if (g != NULL) {
		g->item = item;
		if (gap == GAP_LINE)
			count_break(w, end, c);
	}
	if (gap >= GAP_LINE)
		w->quoted = false;
	return next;
}

/* A list item begins at at, behind a space. */
static void
item_at(struct walk *w, size_t at)
{
	struct gap_at *g = add(w, back_over_blanks(w->text, at), at, GAP_SPACE);

	if (g != NULL)
		g->item = true;
}

size_t
note_sign(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	if (p == end)
		return 0;
	if (u[0] == 0xC2)
		return u[1] == 0xB9 || u[1] == 0xB2 || u[1] == 0xB3 ? 2 : 0;
	if (u[0] == 0xE2 && u[1] == 0x81)
		return u[2] == 0xB0 || (u[2] >= 0xB4 && u[2] <= 0xB9) ? 3 : 0;
	return u[0] == 0xE2 && u[1] == 0x80 && (u[2] == 0xA0 || u[2] == 0xA1) ? 3 : 0;
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

/* Bytes of the “ at p, which closes: „No.“ and “No.“; 0 when there is none. Behind an end mark. */
static size_t
turned_close(const char *p, const char *end)
{
	return end - p >= 3 && memcmp(p, "“", 3) == 0 && (end - p == 3 || blank_at(p + 3, end) > 0) ? 3 : 0;
}

/* Bytes of the blank at p that is no newline; 0 when there is none. */
static size_t
blank_in_line(const char *p)
{
	return *p == ' ' ? 1 : is_wide(*p) ? blank_wide(p) : 0;
}

/*
 * Behind the closing quote at at, which blanks part from what
 * it closes and from what follows; 0 when there is none.
 */
static size_t
detached_close(const struct walk *w, size_t at)
{
	const char *text = w->text, *end = text + w->n;
	size_t k;

	if (at >= w->n)
		return 0;
	if (text[at] == '"')
		k = w->quoted ? 1 : 0;
	else
		k = text[at] == (char)0xE2 && text[at + 2] == (char)0x99 ? 0 : wide_close(text + at, end);
	return k > 0 && (at + k == w->n || blank_at(text + at + k, end) > 0) ? at + k : 0;
}

/*
 * Bytes of the end mark at i, or of what stands there and belongs to one before it: a closing
 * quote or bracket, a note; 0 where it is none of these.
 */
static inline size_t
mark_at(struct walk *w, size_t i)
{
	const char *text = w->text, *end = text + w->n;
	char c = text[i];
	size_t k, j;

	if ((k = end_mark(text + i, end)) > 0)
		return k;
	if (c == ')' || c == ']' || c == '*' || c == '}')
		return 1;
	if (c == '"') {
		if (!closes(w, i))
			return 0;
		w->quoted = false;
		w->s->ninside += text[i - 1] == '.' && text[i + 1] == ' ';
		return 1;
	}
	if (c == '\'')
		return i + 1 == w->n || !ascii_alnum(text[i + 1]);
	if ((k = wide_close(text + i, end)) > 0 || (k = turned_close(text + i, end)) > 0) {
		if (text[i + k - 1] != (char)0x99)
			w->quoted = false;
		else if (i + k < w->n && ascii_lower(text[i + k]))
			return 0;
		return k;
	}
	if ((k = note_sign(text + i, end)) > 0)
		return k;
	if (c == '[' || (c == ' ' && i + 1 < w->n && text[i + 1] == '[')) {
		j = note_at(text, i + (c == ' '), w->n);
		return j > 0 ? j - i : 0;
	}
	/* . . . */
	if (c == ' ' && i + 2 <= w->n && text[i + 1] == '.' && text[i - 1] == '.' &&
	    (i + 2 == w->n || text[i + 2] == ' ' || text[i + 2] == '.' || text[i + 2] == '\n'))
		return 2;
	if ((k = blank_in_line(text + i)) > 0 && (j = detached_close(w, i + k)) > 0) {
		w->quoted = false;
		return j - i;
	}
	return 0;
}

/* The end mark at i: over it and what belongs to it. Returns where to go on. */
static size_t
at_mark(struct walk *w, size_t i)
{
	const char *text = w->text, *end = text + w->n;
	size_t first = i, k;
	char c = text[i + 1];

	/* the commonest: one alone, and a blank */
	if (!is_wide(text[i]) && i + 1 < w->n && (c == '\n' || (c == ' ' && ascii_alnum(text[i + 2]))))
		return gap_behind(w, i + 1, true);
	for (; i < w->n && (k = mark_at(w, i)) > 0; i += k)
		;
	if (i == w->n)
		return i;
	if (blank_at(text + i, end) > 0)
		return gap_behind(w, i, true);
	c = text[i];
	if (ascii_digit(c) && first > 0 && ascii_digit(text[first - 1]) && i == first + 1)
		return i; /* 3.5 */
	if (!is_wide(c) && !ascii_alnum(c) && strchr(i == first + 1 ? "\"'([" : "\"'([-$#", c) == NULL)
		return i;
	(void)gap_behind(w, i, true);
	return i;
}

static bool
is_end(char c)
{
	return c == '.' || c == '!' || c == '?' || c == ':' || c == ';';
}

/* A list marker that ends at i, "2." or "2)" behind a blank inside a line, carries a list on. */
static void
item_before(struct walk *w, size_t i)
{
	const char *text = w->text;
	size_t j;

	for (j = i; j > 0 && i - j < 4 && (ascii_alnum(text[j - 1]) || text[j - 1] == '('); j--)
		;
	if (j < i && j > 1 && text[j - 1] == ' ' && !is_end(text[j - 2]) && list_item(w, j, false))
		item_at(w, j);
}

/*
 * The stop at i, behind nsmall small letters and before a blank and a letter: how long the
 * sentence must be for plain_decide() to end it there, 0 where that is not seen. A word
 * that is no abbreviation comes before it: a name, or one known to be normally small.
 */
static inline uint8_t
plain_bytes(const struct walk *w, size_t i, size_t nsmall)
{
	const char *text = w->text;
	const uint16_t *lex = w->s->lex;
	size_t n = nsmall;
	bool name;
	uint32_t h;

	if (!ascii_upper(text[i + 2]) || !ascii_lower(text[i + 3]) || nsmall < 2 || nsmall > 15)
		return 0;
	name = i > n && ascii_upper(text[i - n - 1]);
	n += name;
	if (i <= n || text[i - n - 1] != ' ' || (w->quoted && !name))
		return 0;
	if (n > ABBREVIATION_LETTERS)
		return name ? (uint8_t)(n + 2) : 1;
	h = word_hash(text + i - n, n);
	if (may_abbreviate(h) ||
	    (!name && (n < 3 || (n < 5 && (lex == NULL || lex_class(lex, h) < LEX_BOTH)))))
		return 0;
	/* not the first word */
	return (uint8_t)(n + 2);
}

/* Is the stop between a character and a digit one inside a number: 3.5, $.50, of .300? */
static inline bool
begins_fraction(char before)
{
	return ascii_digit(before) || before == ' ' || before == '$' || before == '=' || before == '(';
}

/*
 * The stop at i. The commonest first: a blank and a letter behind it, or a new line and a capital.
 */
static inline size_t
at_full_stop(struct walk *w, size_t i)
{
	const char *text = w->text;
	struct gap_at *g;
	char b = text[i + 1], c = text[i + 2];
	bool item = false;
	size_t next = i + 2, nsmall;

	if (ascii_digit(b) && begins_fraction(text[i - 1]))
		return i + 1;
	nsmall = small_before(text, i);
	if (w->item_form != ITEM_NONE) {
		if (i > 1)
			item_before(w, i);
		return at_mark(w, i);
	}
	if (b == ' ' && ascii_alpha(c) && next < w->n) {
		if (nsmall > 1) {
			w->s->nspaced += ascii_upper(c);
			w->s->nlower += ascii_lower(c);
		}
		if (ascii_lower(c))
			item = list_item(w, next, true);
		g = add(w, i + 1, next, GAP_SPACE);
		if (g != NULL) {
			g->item = item;
			g->plain = plain_bytes(w, i, nsmall);
		}
		return i + 3;
	}
	if (b == '\n' && w->paragraphs) {
		if (c == '\n')
			c = text[++next];
		if (ascii_upper(c) && next < w->n) {
			g = add(w, i + 1, next, next == i + 3 ? GAP_PARAGRAPH : GAP_LINE);
			if (g != NULL) {
				/* no title such as Gov */
				g->plain = nsmall >= ABBREVIATION_LETTERS ||
					   (nsmall < i && !ascii_upper(text[i - nsmall - 1]));
				w->nbreak += next == i + 2;
			}
			w->quoted = false;
			return next + 1;
		}
	}
	return at_mark(w, i);
}

/* The character above 127 that begins at i > 0. Returns where to go on, more than i. */
static size_t
at_wide(struct walk *w, size_t i)
{
	const char *text = w->text, *end = text + w->n;
	const unsigned char *u = (const unsigned char *)text + i;
	size_t k, j;
	uint32_t cp;

	/* an apostrophe inside a word, the commonest; a small letter of Latin-1 */
	if (u[0] == 0xE2 && u[1] == 0x80 && u[2] == 0x99 && ascii_lower(text[i + 3]))
		return i + 3;
	if (u[0] == 0xC3 && u[1] > 0x9E)
		return i + 2;
	if (end_mark(text + i, end) > 0)
		return at_mark(w, i);
	if ((k = wide_open(text + i, end)) > 0) {
		if (text[i + k - 1] == (char)0x98)
			return i + k;
		if (ascii_alnum(text[i - 1]) || (i > 2 && wide_close(text + i - 3, text + i) == 3))
			(void)gap_behind(w, i, false);
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
	/* bullets begin an item: • ‣ ⁃ ● ▪ */
	if (u[0] == 0xE2 && (memcmp(u, "•", 3) == 0 || memcmp(u, "‣", 3) == 0 || memcmp(u, "⁃", 3) == 0 ||
			     memcmp(u, "●", 3) == 0 || memcmp(u, "▪", 3) == 0)) {
		if (text[i - 1] == ' ')
			item_at(w, i);
		return i + 3;
	}
	/* other general punctuation; Latin-1 signs */
	if (u[0] == 0xE2 && u[1] == 0x80)
		return i + 3;
	if (u[0] == 0xC2)
		return i + 2;
	k = u8_next(text + i, w->n - i, &cp);
	if (u8_class(cp) & U8_UPPER) {
		j = back_over_blanks(text, i);
		if (j < i || ascii_lower(text[i - 1]))
			(void)gap_behind(w, j, false);
	}
	return i + k;
}

/* The capital at i > 0, the first of a run, may begin a sentence. */
static void
at_capital(struct walk *w, size_t i)
{
	const char *text = w->text;

	if (text[i - 1] == ' ') {
		(void)gap_behind(w, back_over_blanks(text, i - 1), false);
		return;
	}
	if (ascii_alnum(text[i - 1]))
		count_camel(w->s, text, i);
	(void)gap_behind(w, i, false);
}

/* The word that ends at the colon at i may begin a sentence even where a name would not. */
static void
caption_before(struct walk *w, size_t i)
{
	const char *text = w->text;
	size_t k;

	for (k = i; k > 1 && ascii_alpha(text[k - 1]); k--)
		;
	if (ascii_upper(text[k]) && text[k - 1] == ' ')
		at_capital(w, k);
}

/* A byte at i > 0 that stops() finds, and no capital. Returns where to go on, more than i. */
static inline size_t
at_stop(struct walk *w, size_t i)
{
	const char *text = w->text, *end = text + w->n;
	size_t k;
	char c = text[i], d;

	switch (c) {
	case '.':
		return at_full_stop(w, i);
	case '!':
	case '?':
		return at_mark(w, i);
	case '\n':
		k = gap_behind(w, back_over_blanks(text, i), false);
		return k > i ? k : i + 1;
	case ':':
		caption_before(w, i);
		/* FALLTHROUGH */
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
			if (ascii_alnum(text[i - 1]))
				(void)gap_behind(w, i, false);
			w->quoted = true;
		}
		return i + 1;
	case ')':
		item_before(w, i);
		return i + 1;
	default:
		return (unsigned char)c < 0x80 ? i + 1 : at_wide(w, i);
	}
}

/*
 * Of the 64 bytes at p, a bit for each that can end something: *stop those that
 * are . ! ? " : ; ) or newline, or begin a character above 127 (and some rare
 * ones that come along: * + / > and controls); *capital the capitals.
 */
static inline vec
ascii_stops(vec v)
{
	/*
	 * but for the bits of 0x35: newline * + . / : ; >
	 * ? and controls; ! " ) * are 0, 1, 8, 9 behind !
	 */
	return vec_is(v & vec_all((char)0xCA), '\n') | vec_is((v - vec_all('!')) & vec_all((char)0xF6), 0);
}

/* Only what is above 127 has its top bit set. */
static inline vec
wide_stops(vec v)
{
	return v & (vec)(v > vec_all((char)0xC1));
}

static inline void
stops(const char *p, uint64_t *stop, uint64_t *capital)
{
	vec a = vec_load(p), b = vec_load(p + VEC), c = vec_load(p + 2 * VEC), d = vec_load(p + 3 * VEC);

	*stop = vec_bits(ascii_stops(a), ascii_stops(b), ascii_stops(c), ascii_stops(d));
	*capital =
	    vec_bits(vec_in(a, 'A', 'Z'), vec_in(b, 'A', 'Z'), vec_in(c, 'A', 'Z'), vec_in(d, 'A', 'Z'));
	if (vec_bits16(a | b | c | d) != 0)
		*stop |= vec_bits(wide_stops(a), wide_stops(b), wide_stops(c), wide_stops(d));
}

/*
 * Is the capital at i > 0 one that ends nothing before
 * it: of a name, or behind a mark that is a stop itself?
 */
static bool
capital_within(const uint16_t *lex, const char *text, size_t i)
{
	char b = text[i - 1];

	if (b == ' ')
		return lex != NULL && i > 1 && goes_on(lex, text, i);
	if (b == 'c' && i > 2 && text[i - 2] == 'M' && !ascii_alnum(text[i - 3]))
		return lex != NULL; /* McCarthy */
	return !ascii_alnum(b) && b != '\'' && b != ')' && b != ']';
}

/* Places in a piece of the text, counted from its beginning. */
enum { PIECE = 2048 };
struct places {
	size_t n;
	uint16_t at[PIECE + 2]; /* some that count for nothing are written behind the n */
};

/*
 * Add the bits of 64 bytes that begin at base. The first three
 * without a branch: how many there are is hard to foresee.
 */
static inline void
put_places(struct places *p, uint64_t bits, size_t base)
{
	const uint64_t top = UINT64_C(1) << 63;

	p->at[p->n] = (uint16_t)(base + (size_t)__builtin_ctzll(bits | top));
	p->n += bits != 0;
	bits &= bits - 1;
	p->at[p->n] = (uint16_t)(base + (size_t)__builtin_ctzll(bits | top));
	p->n += bits != 0;
	bits &= bits - 1;
	p->at[p->n] = (uint16_t)(base + (size_t)__builtin_ctzll(bits | top));
	p->n += bits != 0;
	for (bits &= bits - 1; bits != 0; bits &= bits - 1)
		p->at[p->n++] = (uint16_t)(base + (size_t)__builtin_ctzll(bits));
}

/* Take off the places behind the piece's n bytes: the last 64 bytes may not be all the text's. */
static inline void
end_places(struct places *p, size_t n)
{
	while (p->n > 0 && p->at[p->n - 1] >= n)
		p->n--;
}

/*
 * Where the capital of the word at p stands behind a small
 * letter or a comma and a blank, it may be a name's.
 */
static inline unsigned
may_go_on(const char *p)
{
	unsigned before = little16(p - 2);

	return (unsigned)(before - ('a' | ' ' << 8) <= 'z' - 'a') | (before == (',' | ' ' << 8));
}

/*
 * Of the capitals of the text at p, keep those that are not known
 * as names: first by their first letters, without a branch.
 */
static inline void
drop_names(const uint16_t *lex, const char *p, struct places *capital)
{
	const uint16_t *first = lex + LEX_FIRST;
	size_t k, n = 0, at, some;

	for (k = 0; k < capital->n; k++) {
		at = capital->at[k];
		capital->at[n] = (uint16_t)at;
		n += 1 ^ (may_go_on(p + at) & !begins_like(first, little32(p + at)));
	}
	for (some = n, k = n = 0; k < some; k++) {
		at = capital->at[k];
		capital->at[n] = (uint16_t)at;
		n += !(may_go_on(p + at) && name_within(lex, p + at));
	}
	capital->n = n;
}

/*
 * Look at the capitals from the k-th on up to the place end, which
 * a gap did not take before go; returns how many are behind.
 */
static size_t __attribute__((noinline))
look_at_capitals(struct walk *w, const struct places *capital, size_t k, size_t from, size_t end, size_t go)
{
	size_t i;

	for (; k < capital->n && (i = from + capital->at[k]) < end; k++)
		if (i >= go && !capital_within(w->s->lex, w->text, i))
			at_capital(w, i);
	return k;
}

static void
scan_pass(struct walk *w)
{
	struct scan *s = w->s;
	struct places stop, capital;
	const char *text = w->text;
	size_t n = w->n, i, k, c, from, to, go = 1;
	/* no capital is looked at that has not two bytes before it */
	uint64_t m, mcap, before = 1, upper = ascii_upper(text[0]);

	s->n = s->nspaced = s->nglued = s->nlower = s->nloose = s->ninside = s->noutside = 0;
	s->any_camel = false;
	(void)list_item(w, 0, true);
	/* the first byte has none before it; it can only open a quote */
	w->quoted = text[0] == '"' || (wide_open(text, text + n) > 0 && text[2] != (char)0x98);
	for (from = 1; from < n; from = to) {
		to = n - from < PIECE ? n : from + PIECE;
		stop.n = capital.n = 0;
		for (i = from; i < to; i += 64) {
			stops(text + i, &m, &mcap);
			put_places(&stop, m, i - from);
			/*
			 * the first of a run, but what stands behind
			 * a stop and one byte is left to that stop
			 */
			put_places(&capital, mcap & ~(mcap << 1 | upper | m << 2 | before), i - from);
			upper = mcap >> 63;
			before = m >> 62;
		}
		end_places(&stop, to - from);
		end_places(&capital, to - from);
		if (s->lex != NULL)
			drop_names(s->lex, text + from, &capital);
		/* one more than any place in the piece */
		capital.at[capital.n] = PIECE;
		for (c = k = 0; k < stop.n; k++) {
			i = from + stop.at[k];
			if (capital.at[c] < stop.at[k])
				c = look_at_capitals(w, &capital, c, from, i, go);
			if (i < go)
				continue;
			go = at_stop(w, i);
			if (ascii_upper(text[i + 2]) && go < i + 3 && i + 2 < n &&
			    !ascii_upper(text[i + 1]) && !capital_within(s->lex, text, i + 2))
				at_capital(w, i + 2);
		}
		(void)look_at_capitals(w, &capital, c, from, to, go);
	}
}

void
scan_text(struct scan *s, const char *text, size_t n, enum newline newline)
{
	struct walk w = { .s = s, .text = text, .n = n, .paragraphs = newline != NEWLINE_SPACE };

	s->n = 0;
	s->wrapped = newline == NEWLINE_SPACE;
	if (n == 0)
		return;
	scan_pass(&w);
	if (newline == NEWLINE_AUTO && (is_wrapped(&w) || is_wrapped_capitals(&w))) {
		s->wrapped = true;
		w = (struct walk){ .s = s, .text = text, .n = n };
		scan_pass(&w);
	}
	s->alone = s->nspaced + s->nglued == 0 && s->nlower + s->nloose < 3 &&
		   memchr(text, '\n', back_over_blanks(text, n)) == NULL;
}

void
scan_free(struct scan *s)
{
	free(s->at);
	*s = (struct scan){ .lex = s->lex };
}
