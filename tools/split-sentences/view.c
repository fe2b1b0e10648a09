/* SPDX-License-Identifier: ISC */
/*
 * Everything looked at lies within a few words of the gap, or within a bound,
 * so that the time for one does not depend on the text.
 */
#include <string.h>

#include "table.h"
#include "view.h"
#include "split-sentences/abbreviations.h"
#include "split-sentences/heads.h"
#include "split-sentences/speech.h"
#include "split-sentences/suffixes.h"

enum { TOKEN_MAX_SEEN = 48, HANDLE_MAX = 20 };

/* How many small letters end before at, of the sentence from start, up to WORD_MAX - 1. */
static inline size_t
small_letters(const char *text, size_t at, size_t start)
{
	size_t n = small_before(text, at), most = at - start < WORD_MAX - 1 ? at - start : WORD_MAX - 1;

	return n < most ? n : most;
}

/* A capitalised word of up to 5 letters, or a capital, ends before at: it may be Mr, Jan or J. */
static bool
may_be_title(const char *text, size_t at, size_t start)
{
	size_t k;

	for (k = at; k > start && at - k < 5 && ascii_lower(text[k - 1]); k--)
		;
	return k > start && ascii_upper(text[k - 1]);
}

/* How many letters end before at, of the sentence from start, up to WORD_MAX. */
static size_t
letters_before(const char *text, size_t at, size_t start)
{
	size_t k = at;

	while (k > start && at - k < WORD_MAX && ascii_alpha(text[k - 1]))
		k--;
	return at - k;
}

/* An abbreviated title ends before at. */
static bool
title_before(const char *text, size_t at, size_t start)
{
	size_t n = letters_before(text, at, start);

	return letters_abbreviation(text + at - n, n) == ABBR_TITLE;
}

/* Is text[at, end) like 2.1 or 4.1.3? */
static bool
is_section_number(const char *text, size_t at, size_t end)
{
	size_t ndot = 0;

	for (; at < end && (ascii_digit(text[at]) || text[at] == '.'); at++)
		ndot += text[at] == '.' && at + 1 < end;
	return at == end && ndot > 0;
}

/* Is text[at, end) what numbers a caption, "Figure 1."? */
static bool
is_label(const char *text, size_t at, size_t end)
{
	size_t n = letters(text + at);

	at += n;
	if (!(n == 6 && memcmp(text + at - n, "Figure", n) == 0) &&
	    !(n == 3 && memcmp(text + at - n, "Fig", n) == 0) &&
	    !(n == 5 && memcmp(text + at - n, "Table", n) == 0))
		return false;
	at += text[at] == '.';
	at += text[at] == ' ';
	while (at < end && ascii_digit(text[at]))
		at++;
	return at + 1 == end && text[at] == '.';
}

/* A closing quote or bracket ends before at, and a word or number before that. */
static bool
closes_word(const char *text, size_t at, size_t start)
{
	size_t k = (unsigned char)text[at - 1] < 0x80 ? 1 : 3;

	return at > start + k && ascii_alnum(text[at - 1 - k]) &&
	       (k == 1 || memcmp(text + at - 3, "”", 3) == 0);
}

/* A word of capitals that is no abbreviation ends before at: three or more. */
static bool
capitals_before(const char *text, size_t at, size_t start)
{
	size_t k = at;

	while (k > start && at - k < WORD_MAX && ascii_upper(text[k - 1]))
		k--;
	return at - k > 2 && (k == start || text[k - 1] == ' ' || text[k - 1] == '(') &&
	       letters_abbreviation(text + k, at - k) == ABBR_NONE;
}

/*
 * Are the one or two digits that end before at, well inside a sentence, no item's number:
 * on Jan. 8, at 79, 4-1?
 */
static bool
ends_number(const char *text, size_t at, size_t n)
{
	char before = text[at - n - 1];

	if (before == ' ')
		return n > 1 || text[at - n - 2] == '.';
	return before == '$' || before == '/' || before == '-' || before == ',';
}

/* The stop at i - 1, before a blank or line end. */
static int
plain_stop(const struct context *c, const struct gap_at *g, size_t start)
{
	const char *text = c->text;
	size_t i = g->end, j = g->next, k, n;
	unsigned abbr;
	bool known, quote, next_small;
	char b = i - start > 1 ? text[i - 2] : ' ';

	if (c->user.n > 0)
		return -1;
	/* behind opening quotes */
	quote = text[j] == '"';
	if (quote)
		j++;
	else if (wide_open(text + j, text + c->n) == 3) {
		quote = true;
		j += 3;
	}
	if (ascii_lower(text[j])) { /* the U.S. has; at 5 p.m. the; Roos Corp. said */
		if (quote || g->gap != GAP_SPACE || i - start < 4)
			return -1;
		if (text[i - 3] == '.' && ascii_alpha(b))
			return 0;
		k = i - 1 - small_letters(text, i - 1, start);
		if (k == start || !ascii_upper(text[--k]))
			return -1;
		abbr = letters_abbreviation(text + k, i - 1 - k);
		return abbr != ABBR_NONE && abbr != ABBR_ETC ? 0 : -1;
	}
	if (!ascii_upper(text[j]))
		return -1;
	if (g->gap == GAP_LINE)
		return may_be_title(text, i - 1, start) && title_before(text, i - 1, start) ? -1 : 1;
	next_small = ascii_lower(text[j + 1]);
	if (b == '"' || b == ')' || b == ']' || b == (char)0x9D) {
		if (!quote && next_small && closes_word(text, i - 1, start))
			return 1;
		return !quote && b != ']' && starts_sentences(c->lex, text + j, letters(text + j)) ? 1 : -1;
	}
	if (ascii_digit(b) && i - start < 16 &&
	    (is_section_number(text, start, i) || is_label(text, start, i)))
		return 0;
	if (ascii_digit(b)) { /* a year, and other numbers of three digits or more */
		for (n = 1; n < 4 && i - start > n + 1 && ascii_digit(text[i - 2 - n]); n++)
			;
		if (quote)
			return -1;
		if (n < 3)
			return i - start > 15 && next_small && ends_number(text, i - 1, n) ? 1 : -1;
		return (n == 4 && next_small) || starts_sentences(c->lex, text + j, letters(text + j)) ? 1
												       : -1;
	}
	n = small_letters(text, i - 1, start);
	k = i - 1 - n;
	if (k > start && ascii_upper(text[k - 1]))
		k--;
	/* Jan R. Maes, J. R. Maes */
	if (n == 0 && i - k == 2 && !quote && k > start + 2 && text[k - 1] == ' ' && next_small &&
	    (text[k - 2] == '.' ? ascii_upper(text[k - 3])
				: ascii_lower(text[k - 2]) && may_be_title(text, k - 1, start))) {
		n = letters(text + j);
		return text[j + n] != '.' && letters_class(c->lex, text + j, n) < LEX_BOTH && text[k] != 'I'
			   ? 0
			   : -1;
	}
	if (k == start && n > 0 && !quote && letters_abbreviation(text + k, i - 1 - k) == ABBR_TITLE)
		return starts_sentences(c->lex, text + j, letters(text + j)) ? -1 : 0;
	if (n == 0)
		return next_small && capitals_before(text, i - 1, start) ? 1 : -1;
	if (k == start || (text[k - 1] != ' ' && text[k - 1] != '-' && text[k - 1] != '\n'))
		return -1;
	abbr = letters_abbreviation(text + k, i - 1 - k);
	if (abbr != ABBR_NONE)
		return abbr == ABBR_TITLE && !quote && !starts_sentences(c->lex, text + j, letters(text + j))
			   ? 0
			   : -1;
	if (n < i - 1 - k) { /* a name */
		if (n > 1 && next_small)
			return 1;
		known = false;
	} else {
		known = n > 4 || letters_class(c->lex, text + k, n) >= LEX_BOTH;
		if (known && n > 2 && !g->quoted)
			return 1;
	}
	return (known || n > 2) && ((text[j + 1] == ' ' && (text[j] == 'I' || text[j] == 'A')) ||
				    starts_sentences(c->lex, text + j, letters(text + j)))
		   ? 1
		   : -1;
}

/* Is the word that ends before at a name as in @WhoWrites? */
static bool
handle_before(const char *text, size_t at, size_t start)
{
	size_t k;

	for (k = at; k > start && at - k < HANDLE_MAX && (ascii_alnum(text[k - 1]) || text[k - 1] == '_');
	     k--)
		;
	return k < at && k > start + 1 && text[k - 1] == '@' && !ascii_alnum(text[k - 2]);
}

/* A word of three letters or more that is no abbreviation ends before at, behind a blank. */
static bool
plain_word(const char *text, size_t at, size_t start)
{
	size_t n = letters_before(text, at, start), k = at - n;

	return n > 2 && k > start && text[k - 1] == ' ' && letters_abbreviation(text + k, n) == ABBR_NONE;
}

/*
 * Does the number of a note end before at: up to three
 * digits right behind a sentence, as in "they said.12 The"?
 */
static bool
is_note_number(const char *text, size_t at, size_t start)
{
	size_t k = at;

	while (k > start && at - k < 4 && ascii_digit(text[k - 1]))
		k--;
	if (at - k > 3 || k < start + 4 || text[k - 1] != '.')
		return false;
	k--;
	k -= text[k - 1] == '"' ? 1 : memcmp(text + k - 3, "”", 3) == 0 ? 3 : 0;
	return k > start + 1 && ascii_lower(text[k - 1]) && ascii_lower(text[k - 2]);
}

/*
 * An end mark between two words and no blank: two small
 * letters or more before it, a word and a blank behind.
 */
static int
plain_glue(const struct context *c, const struct gap_at *g, size_t start)
{
	const char *text = c->text;
	size_t i = g->end, j = g->next, n;

	if (i - start < 2)
		return -1;
	/* a.k.a */
	if (text[i - 1] == '.' && text[j + 1] == '.' && ascii_lower(text[j]) && ascii_lower(text[i - 2]) &&
	    (i - start == 2 || !ascii_alnum(text[i - 3])))
		return 0;
	if (ascii_alnum(text[i - 1]))
		return handle_before(text, i, start) ? 0 : -1;
	/* U.S. */
	if (text[i - 1] == '.' && ascii_upper(text[i - 2]) && text[j + 1] == '.' && ascii_upper(text[j]) &&
	    (i - start == 2 || !ascii_alnum(text[i - 3])))
		return 0;
	if ((text[i - 1] != '.' && text[i - 1] != '?') || c->user.n > 0)
		return -1;
	/* M.Sc. */
	if (ascii_upper(text[i - 2]) && ascii_upper(text[j]) && text[i - 2] != 'I' &&
	    (i - start == 2 || !ascii_alnum(text[i - 3]))) {
		n = letters(text + j);
		return n > 1 && n < 4 && ascii_lower(text[j + 1]) && text[j + n] == '.' ? 0 : -1;
	}
	if (ascii_digit(text[j]) && c->scan->nglued == 0) {
		for (n = 1; n < 4 && ascii_digit(text[j + n]); n++)
			;
		return n < 4 && j + n < c->n &&
			       (text[j + n] == ' ' ? ascii_upper(text[j + n + 1]) : text[j + n] == '\n') &&
			       is_note_number(text, j + n, start)
			   ? 0
			   : -1;
	}
	/* "..."The */
	if (text[i - 1] == '.' && (text[i - 2] == '"' || text[i - 2] == (char)0x9D) && ascii_upper(text[j]) &&
	    ascii_lower(text[j + 1]) && closes_word(text, i - 1, start))
		return 1;
	if (!ascii_lower(text[i - 2]))
		return -1;
	/* ..."The */
	if (text[j] == '"' && !g->quoted && ascii_upper(text[j + 1]) && ascii_lower(text[j + 2]))
		return plain_word(text, i - 1, start) ? 1 : -1;
	if (!ascii_upper(text[j]))
		return -1;
	n = letters(text + j);
	if (text[j + n] != ' ' || (n > 1 && !ascii_lower(text[j + 1])) ||
	    (n > 1 && n < 5 && !starts_sentences(c->lex, text + j, n)))
		return -1;
	return plain_word(text, i - 1, start) ? 1 : -1;
}

/* A dash and a small letter at p: "Why?" - a question. */
static bool
dash_goes_on(const char *p)
{
	if (*p == '-')
		p += p[1] == '-' ? 2 : 1;
	else if (memcmp(p, "–", 3) == 0 || memcmp(p, "—", 3) == 0)
		p += 3;
	else
		return false;
	return ascii_lower(p[*p == ' ']);
}

/* A blank, and no stop before it. */
static int
plain_blank(const struct context *c, const struct gap_at *g, size_t start)
{
	const char *text = c->text;
	size_t i = g->end, j = g->next, k;
	char l = text[i - 1], r = text[j];

	if (l == ',' || l == ';')
		return 0;
	if (ascii_lower(r)) {
		if (l == ':')
			return 0;
		if (ascii_alpha(l)) /* but an address may begin a line */
			return text[j + letters(text + j)] != ':' ? 0 : -1;
		return l == '-' && i - start > 1 && ascii_lower(text[i - 2]) ? 0 : -1;
	}
	if (l == ':' && i - start > 1 && ascii_upper(r) && ascii_alnum(text[i - 2]) && text[j - 1] == ' ' &&
	    j == i + 1)
		return 0;
	if (i - start < 3)
		return -1;
	if (ascii_alpha(l))
		return ascii_upper(r) && text[j - 1] == ' ' && j == i + 1 && goes_on(c->lex, text, j) ? 0
												      : -1;
	if (ascii_digit(l) || l == '%') {
		if (!ascii_upper(r))
			return -1;
		if (is_note_number(text, i, start))
			return c->scan->nglued == 0 ? 1 : -1;
		/* the number of a section: 2.1 Results */
		if (i - start < 9 && is_section_number(text, start, i))
			return 0;
		/* a number within a sentence, and a name; but a date may begin it */
		return i - start > 31 && j == i + 1 && name_within(c->lex, text + j) &&
			       !starts_sentences(c->lex, text + j, letters(text + j))
			   ? 0
			   : -1;
	}
	if (l == '&' || l == '+' || l == '/' || (l == '-' && (text[i - 2] == '-' || text[i - 2] == ' ')))
		return 0;
	if ((l == (char)0xB7 && text[i - 2] == (char)0xC2) ||
	    (l == (char)0xA2 && memcmp(text + i - 3, "•", 3) == 0))
		return 0; /* a bullet · */
	if ((l == (char)0x94 || l == (char)0x93) && text[i - 2] == (char)0x80 && text[i - 3] == (char)0xE2)
		return 0; /* — – */
	if (l == ':')
		return ascii_lower(text[i - 2]) && (r == '"' || memcmp(text + j, "“", 3) == 0) ? 0 : -1;
	if (l == ')') /* who wrote, and the date */
		return handle_before(text, i - 1, start) ? 0 : -1;
	if ((l == '"' || l == (char)0x9D || l == (char)0x99) && dash_goes_on(text + j))
		return 0;
	if (l == '?')
		return ascii_lower(text[i - 2]) && !g->quoted && ascii_upper(r) && ascii_lower(text[j + 1])
			   ? 1
			   : -1;
	if (l == (char)0x9C && i - start > 4 && memcmp(text + i - 4, " “", 4) == 0)
		return 0;
	if (l != '"' && l != (char)0x9D)
		return -1;
	k = l == '"' ? i - 1 : i - start > 4 && memcmp(text + i - 3, "”", 3) == 0 ? i - 3 : start;
	if (k < start + 2)
		return -1;
	if (text[k - 1] == ',')
		return 0;
	return text[k - 1] == '.' && ascii_lower(text[k - 2]) && ascii_upper(r) && ascii_lower(text[j + 1]) &&
		       c->user.n == 0
		   ? 1
		   : -1;
}

/* :) ;-) :( :D belong to what they stand behind. */
static bool
smiley(const char *p)
{
	p += p[1] == '-' ? 2 : 1;
	return *p == ')' || *p == '(' || ((*p == 'D' || *p == 'P') && !ascii_alnum(p[1]));
}

int
view_plain_text(const struct context *c, const struct gap_at *g, size_t start)
{
	if (g->gap == GAP_NONE)
		return plain_glue(c, g, start);
	if ((c->text[g->next] == ':' || c->text[g->next] == ';') && g->gap == GAP_SPACE &&
	    smiley(c->text + g->next))
		return 0;
	if (c->text[g->end - 1] == '.')
		return plain_stop(c, g, start);
	if (g->gap == GAP_LINE)
		return ascii_upper(c->text[g->next]) ? 1 : -1;
	return plain_blank(c, g, start);
}

static bool
is_mark(char c)
{
	return c == '.' || c == '?' || c == '!';
}

static unsigned
more_marks(unsigned mark, unsigned one)
{
	if (mark == MARK_NONE || (mark == one && one != MARK_STOP))
		return one;
	return one == MARK_STOP && (mark == MARK_STOP || mark == MARK_DOTS) ? MARK_DOTS : MARK_MIXED;
}

/* Bytes of the sign of a note that ends before at, of the sentence from start. */
static size_t
note_sign_before(const char *text, size_t at, size_t start)
{
	size_t k;

	for (k = 2; k <= 3 && k <= at - start; k++)
		if (note_sign(text + at - k, text + at) == k)
			return k;
	return 0;
}

/* Leftwards: quotes, brackets, notes, marks, and again quotes (".). Returns where the word ends. */
static size_t
look_left(struct view *v, const char *text, size_t n, size_t at, size_t start)
{
	size_t i = at, k, q, w;

	for (k = 0; k < 12 && i > start; k++) {
		unsigned before = v->mark != MARK_NONE ? CLOSE_BEFORE : 0;
		char b = text[i - 1];

		w = 1;
		switch (b) {
		case '.':
			v->mark = more_marks(v->mark, MARK_STOP);
			break;
		case '?':
			v->mark = more_marks(v->mark, MARK_QUESTION);
			break;
		case '!':
			v->mark = more_marks(v->mark, MARK_CRY);
			break;
		case '"':
		case '\'':
		case '*':
			v->close |= before | CLOSE_QUOTE;
			break;
		case ']':
			for (q = i - 1; q > start && i - q < NOTE_MAX && text[q] != '['; q--)
				;
			if (q > start && note_at(text, q, n) == i) {
				v->close |= CLOSE_NOTE;
				while (q > start && text[q - 1] == ' ')
					q--;
				w = i - q;
				break;
			}
			/* FALLTHROUGH */
		case ')':
		case '}':
			v->close |= before | CLOSE_BRACKET;
			break;
		case ' ': /* . . . and behind the mark a quote that stands by itself */
			if (i - start < 2 ||
			    (v->mark != MARK_NONE ? text[i - 2] != '.'
						  : v->close != CLOSE_QUOTE || !is_mark(text[i - 2])))
				return i;
			break;
		case ':':
		case ';':
		case ',':
		case '-':
			if (v->mark != MARK_NONE)
				return i;
			v->mark = b == ':'   ? MARK_COLON
				  : b == ';' ? MARK_SEMICOLON
				  : b == ',' ? MARK_COMMA
					     : MARK_DASH;
			return i - 1;
		default:
			if (is_wide(b) && i - start >= 3 && wide_close(text + i - 3, text + i) == 3) {
				v->close |= before | CLOSE_QUOTE;
				w = 3;
			} else if (is_wide(b) && i - start >= 2 && wide_close(text + i - 2, text + i) == 2) {
				v->close |= before | CLOSE_QUOTE;
				w = 2;
			} else if (is_wide(b) && i - start >= 3 && memcmp(text + i - 3, "…", 3) == 0) {
				v->mark = MARK_DOTS;
				w = 3;
			} else if (is_wide(b) && i - start >= 3 && ideographic_mark(text + i - 3) > 0) {
				v->mark = MARK_IDEOGRAPHIC;
				return i - 3;
			} else if (is_wide(b) && i - start >= 3 &&
				   (memcmp(text + i - 3, "—", 3) == 0 || memcmp(text + i - 3, "–", 3) == 0)) {
				v->mark = MARK_DASH;
				return i - 3;
			} else if (is_wide(b) && (w = note_sign_before(text, i, start)) > 0) {
				v->close |= before | CLOSE_NOTE;
			} else {
				if (v->mark == MARK_NONE && !in_word(text, i - 1))
					v->mark = MARK_OTHER;
				return i;
			}
		}
		i -= w;
	}
	return i;
}

static enum before
class_before(const char *text, size_t at, size_t start)
{
	while (at > start && text[at - 1] == ' ')
		at--;
	if (at == start)
		return BEFORE_NOTHING;
	switch (text[at - 1]) {
	case '.':
	case '?':
	case '!':
		return BEFORE_MARK;
	case ',':
		return BEFORE_COMMA;
	case '(':
		return BEFORE_BRACKET;
	case '"':
		return BEFORE_QUOTE;
	case ':':
		return BEFORE_COLON;
	default:
		return is_wide(text[at - 1]) ? BEFORE_WIDE : BEFORE_OTHER;
	}
}

/* The token that ends at at and goes on at next where no blank parts them. */
static void
look_token(struct view *v, const struct context *c, const struct gap_at *g, size_t start)
{
	const char *text = c->text;
	size_t low = g->end - start > TOKEN_MAX_SEEN ? g->end - TOKEN_MAX_SEEN : start, i, k;

	i = (size_t)(v->l.p - text);
	if (v->l.n == 0 || g->end - i - v->l.n > 1 || i == start || text[i - 1] != ' ')
		i = g->end;
	/* else the token is the word and its mark */
	for (; i > low && text[i - 1] != ' ' && text[i - 1] != '\n'; i--)
		if (text[i - 1] == '@')
			v->address = ADDRESS_MAIL;
		else if (text[i - 1] == '/' && v->address == ADDRESS_NONE)
			v->address = i - low >= 2 && text[i - 2] == ':' ? ADDRESS_WEB : ADDRESS_PATH;
		else if (text[i - 1] == ':' && text[i] == '/' && v->address == ADDRESS_PATH)
			v->address = ADDRESS_WEB;
	if (g->end - i > 4 && memcmp(text + i, "www.", 4) == 0)
		v->address = ADDRESS_WEB;
	if (v->gap == GAP_NONE && v->address == ADDRESS_NONE)
		for (k = g->next; k < c->n && k < g->next + 32 && (unsigned char)text[k] > ' '; k++)
			if (text[k] == '@')
				v->address = ADDRESS_MAIL;
}

/* Rightwards: over opening quotes and brackets. Returns where the word begins. */
static size_t
look_right(struct view *v, const char *text, size_t n, size_t at)
{
	const char *end = text + n;
	size_t j = at, k, w;
	unsigned o;

	for (k = 0; k < 4 && j < n; k++) {
		w = 1;
		switch (text[j]) {
		case '"':
			o = OPEN_QUOTE;
			break;
		case '\'':
		case '`':
			o = OPEN_SINGLE;
			break;
		case '(':
			o = OPEN_ROUND;
			break;
		case '[':
			o = OPEN_SQUARE;
			break;
		case '-':
			o = OPEN_DASH;
			break;
		case '*':
			o = OPEN_BULLET;
			break;
		case ' ':
			if (k == 0)
				return j;
			j++;
			continue;
		default:
			w = wide_open(text + j, end);
			if (w > 0) {
				o = text[j + w - 1] == (char)0x98 ? OPEN_SINGLE : OPEN_QUOTE;
			} else if (n - j > 3 &&
				   (memcmp(text + j, "—", 3) == 0 || memcmp(text + j, "–", 3) == 0)) {
				o = OPEN_DASH;
				w = 3;
			} else if (n - j > 3 && memcmp(text + j, "•", 3) == 0) {
				o = OPEN_BULLET;
				w = 3;
			} else {
				if (k == 0 && !is_wide(text[j]) && !ascii_alnum(text[j]))
					v->open = OPEN_OTHER;
				return j;
			}
		}
		if (v->open == OPEN_NONE)
			v->open = o;
		j += w;
	}
	return j;
}

static unsigned
what_follows(const char *text, size_t at, size_t n)
{
	switch (at < n ? text[at] : ' ') {
	case ' ':
	case '\n':
	case '\r':
		return FOLLOW_BLANK;
	case '.':
		return at + 1 < n && !ascii_space(text[at + 1]) ? FOLLOW_STOP_INSIDE : FOLLOW_STOP;
	case ',':
		return FOLLOW_COMMA;
	case ':':
		return FOLLOW_COLON;
	case '?':
	case '!':
		return FOLLOW_MARK;
	case '-':
		return FOLLOW_HYPHEN;
	case ')':
		return FOLLOW_BRACKET;
	case '/':
	case '@':
	case '_':
		return FOLLOW_ADDRESS;
	default:
		return FOLLOW_OTHER;
	}
}

/* "..." she said; "..." the old man said: which of the words from r on says so. */
static unsigned
look_speech(const struct view *v, const struct context *c)
{
	struct side s = v->r;
	unsigned k;
	size_t at;

	if ((v->close & CLOSE_QUOTE) == 0 || v->left_byte == '.' || v->left_byte == '?' ||
	    v->left_byte == '!')
		return 0;
	for (k = 1; k <= 4 && s.n > 0; k++) {
		if (s.n <= WORD_MAX && table_get(&speech, s.p, s.n) != 0)
			return k;
		at = (size_t)(s.p - c->text) + s.n;
		if (at >= c->n || c->text[at] != ' ')
			return 0;
		word_right(&s, c->lex, c->text, at + 1, c->n);
	}
	return 0;
}

/* Of the four words around, are two or more in capitals, and is none with a small letter? */
static bool
in_capitals(const struct view *v)
{
	enum {
		ALL = 1 << SHAPE_ALL3 | 1 << SHAPE_ALL,
		NO_SMALL = ALL | 1 << SHAPE_NONE | 1 << SHAPE_CAPITAL1 | 1 << SHAPE_DIGIT2 |
			   1 << SHAPE_DIGIT4 | 1 << SHAPE_DIGITS | 1 << SHAPE_DOTTED | 1 << SHAPE_ALNUM
	};
	const unsigned shape[] = { v->l2.shape, v->l.shape, v->r.shape, v->r2.shape };
	unsigned k, n = 0;

	for (k = 0; k < 4; k++) {
		if ((NO_SMALL >> shape[k] & 1) == 0)
			return false;
		n += ALL >> shape[k] & 1;
	}
	return n > 1;
}

void
view_gap(struct view *v, const struct context *c, const struct gap_at *g, size_t start)
{
	const struct scan *s = c->scan;
	const char *text = c->text;
	size_t i, j, k;

	*v = (struct view){
		.gap = g->gap, .quoted = g->quoted, .line = g->gap >= GAP_LINE, .length = g->end - start
	};
	v->left_byte = (unsigned char)text[g->end - 1];
	v->right_byte = (unsigned char)text[g->next];

	i = look_left(v, text, c->n, g->end, start);
	word_left(&v->l, c->lex, text, i, start);
	if (v->mark == MARK_STOP || v->mark == MARK_MIXED)
		v->abbr = abbreviation(&c->user, &v->l);
	k = (size_t)(v->l.p - text);
	v->start_l = k == start ? 1 : k - start <= 2 ? 2 : k - start <= 20 ? 3 : 0;
	v->before_l = class_before(text, k, start);
	v->hyphen_l = k > start && text[k - 1] == '-';
	while (k > start &&
	       (text[k - 1] == ' ' || text[k - 1] == '\n' || text[k - 1] == '\r' || text[k - 1] == '-'))
		k--;
	word_left(&v->l2, c->lex, text, k, start);
	v->item_l = v->start_l == 1 && v->mark == MARK_STOP && v->l.n > 0 &&
		    (v->l.n == 1 ? ascii_digit(*v->l.p) || ascii_lower(*v->l.p)
				 : v->l.n == 2 && ascii_digit(*v->l.p));
	look_token(v, c, g, start);

	j = look_right(v, text, c->n, g->next);
	word_right(&v->r, c->lex, text, j, c->n);
	j += v->r.n;
	v->follow = what_follows(text, j, c->n);
	if (v->gap == GAP_NONE && v->mark == MARK_STOP && v->follow != FOLLOW_HYPHEN && v->r.n <= 8)
		v->suffix = table_get(&suffixes, v->r.p, v->r.n);
	if (v->follow == FOLLOW_BLANK && j < c->n)
		word_right(&v->r2, c->lex, text, j + 1, c->n);
	else
		v->r2 = (struct side){ .p = text + c->n };
	v->speech = look_speech(v, c);
	v->capitals = in_capitals(v);

	if (v->gap == GAP_NONE && v->mark == MARK_NONE)
		v->camel = scan_camel(s, text, g->end);
	v->glued = s->nglued == 0 ? 0 : s->nglued * 8 < s->nspaced ? 1 : 2;
	v->sloppy = s->nlower > s->nspaced + s->nglued + 2 ? 2 : s->nlower * 20 > s->nspaced + s->nglued;
	v->prose = s->nspaced + s->nglued > 8 * s->nlower + 2 * s->nloose;
}

static bool
small(const struct side *s)
{
	return s->n > 0 && ascii_lower(*s->p);
}

static bool
digit(const struct side *s)
{
	return s->n > 0 && ascii_digit(*s->p);
}

static bool
capital_name(const struct side *s)
{
	return s->shape >= SHAPE_CAPITAL1 && s->shape <= SHAPE_CAPITAL;
}

/* Two or more of them. */
static bool
all_capitals(const struct side *s)
{
	return s->shape == SHAPE_ALL3 || s->shape == SHAPE_ALL;
}

/* 11, 737, S24, EV6: up to three digits, or digits behind a capital. */
static bool
model_number(const struct side *s)
{
	if (s->n == 0 || !ascii_digit(s->p[s->n - 1]))
		return false;
	return s->shape == SHAPE_DIGIT2 || (s->shape == SHAPE_DIGITS && s->n == 3 && s->p[1] != '.') ||
	       (s->shape == SHAPE_ALNUM && ascii_upper(*s->p));
}

/* J, J.R, but not Mr.Jones */
static bool
initials(const struct side *s)
{
	size_t k;

	if (s->shape != SHAPE_CAPITAL1 && s->shape != SHAPE_DOTTED)
		return false;
	for (k = 1; k < s->n; k += 2)
		if (s->p[k] != '.')
			return false;
	return true;
}

/* Does the word end in "day"? */
static bool
weekday(const struct side *s)
{
	return s->n >= 6 && s->n <= 9 && ascii_upper(*s->p) && memcmp(s->p + s->n - 3, "day", 3) == 0;
}

/* Behind the date at at, such as "Sunday, May 28, 2006"; 0 when there is none. */
static size_t
date_at(const char *text, size_t at, size_t n)
{
	size_t i = at, k;

	k = letters(text + i);
	if (!weekday(&(struct side){ .p = text + i, .n = k }) || text[i + k] != ',' || text[i + k + 1] != ' ')
		return 0;
	i += k + 2;
	k = letters(text + i);
	if (k < 3 || k > 9 || !ascii_upper(text[i]) || text[i + k] != ' ')
		return 0;
	i += k + 1;
	for (k = i; ascii_digit(text[i]) && i - k < 2; i++)
		;
	if (i == k || text[i] != ',' || text[i + 1] != ' ')
		return 0;
	i += 2;
	for (k = i; ascii_digit(text[i]) && i - k < 4; i++)
		;
	return i - k == 4 && i <= n ? i : 0;
}

/*
 * A date as some sites put it behind a headline: on its
 * own up to the line's end, or glued to what follows.
 */
static int
date_rule(const struct view *v, const struct context *c)
{
	size_t at = (size_t)(v->r.p - c->text), end, start = (size_t)(v->l.p - c->text);

	if (v->mark == MARK_NONE && v->open == OPEN_NONE && weekday(&v->r) && v->follow == FOLLOW_COMMA) {
		end = date_at(c->text, at, c->n);
		if (end > 0 &&
		    (end == c->n || ascii_space(c->text[end]) ? c->text[end] == '\n'
							      : ascii_upper(c->text[end])) &&
		    v->l.lex != LEX_SMALL_OFTEN && v->l.lex < LEX_SMALL_STARTS_OFTEN)
			return 1;
	}
	/* the sentence so far is a date, and no more */
	if (v->mark == MARK_NONE && v->l.shape == SHAPE_DIGIT4 && v->length < 32 &&
	    v->r.shape > SHAPE_SMALL && v->length >= 16 && start + v->l.n >= v->length &&
	    date_at(c->text, start + v->l.n - v->length, c->n) == start + v->l.n)
		return 1;
	return -1;
}

/*
 * A word that a name goes on with: AT&T Corp. Chairman, King Jr. Day, Ariz. Gov. Brewer, U.S. Sen.
 * Maes. But a state behind its town or party would have a comma behind it: in Aurora, Ill. Rep.
 * Foster spoke; of Jan Maes, D-Ill. Rep. Foster spoke.
 */
static int
head_rule(const struct view *v)
{
	unsigned class = v->abbr == ABBR_COUNTRY ? ABBR_PLACE : v->abbr;

	if (v->abbr == ABBR_NONE || v->open != OPEN_NONE || v->close != 0 || v->r.n > WORD_MAX ||
	    table_get(&heads, v->r.p, v->r.n) != class)
		return -1;
	return v->abbr == ABBR_PLACE && (v->before_l == BEFORE_COMMA || v->hyphen_l);
}

int
view_rule(const struct view *v, const struct context *c)
{
	const struct side *l = &v->l, *r = &v->r;
	bool starts = r->lex >= LEX_SMALL_STARTS && r->shape > SHAPE_SMALL;
	int head;

	if (v->abbr == ABBR_USER && !v->line)
		return 0;
	/* but Henry V. */
	if (v->abbr == ABBR_NEVER && !v->line && (l->n > 1 || small(l)))
		return 0;
	if (v->mark == MARK_IDEOGRAPHIC)
		return !small(r);
	/* wikiHow, LibriVox: glue would not come back */
	if (v->camel > 1)
		return 0;
	if (v->speech > 0 && !v->line) {
		if (r->shape <= SHAPE_SMALL)
			return 0;
		/* "..." I said; "...?" Mom asked; but: "...?" He asked */
		if (v->mark != MARK_STOP &&
		    ((r->n == 1 && *r->p == 'I') || (v->speech > 1 && r->lex < LEX_SMALL_STARTS)))
			return 0;
	}
	/* nothing but marks so far: "--" and "..." begin what follows */
	if (v->l.n == 0 && v->length <= 6 && !v->line && v->mark != MARK_STOP)
		return 0;
	if (date_rule(v, c) > 0)
		return 1;
	if (v->address == ADDRESS_WEB && v->gap == GAP_NONE && v->mark == MARK_COLON)
		return 0;
	if (v->suffix >= SUFFIX_FILE && small(r))
		return 0;
	if (v->address == ADDRESS_MAIL && v->gap == GAP_NONE && v->mark == MARK_STOP && small(r))
		return 0;
	/* HealthCare.gov */
	if (v->gap == GAP_NONE && v->mark == MARK_NONE && v->follow == FOLLOW_STOP_INSIDE) {
		size_t at = (size_t)(r->p - c->text) + r->n + 1;

		if (table_get(&suffixes, c->text + at, letters(c->text + at)) >= SUFFIX_FILE)
			return 0;
	}
	/* and TL;DR */
	if (v->mark == MARK_SEMICOLON &&
	    (v->gap == GAP_SPACE || (v->gap == GAP_NONE && all_capitals(l) && all_capitals(r))))
		return 0;
	/* who made it, behind a caption */
	if (v->mark <= MARK_STOP && v->gap == GAP_SPACE && v->open == OPEN_NONE &&
	    v->follow == FOLLOW_COLON && r->n == 5 &&
	    (memcmp(r->p, "Image", 5) == 0 || memcmp(r->p, "Photo", 5) == 0))
		return 1;
	/* the word "Huh?" is such a one */
	if ((v->mark == MARK_QUESTION || v->mark == MARK_CRY) && v->gap == GAP_SPACE &&
	    v->open == OPEN_NONE && v->prose && small(r))
		return 0;
	/* a title and its year: Viva Maria! (1965) */
	if ((v->mark == MARK_QUESTION || v->mark == MARK_CRY) && v->gap == GAP_SPACE &&
	    v->open == OPEN_ROUND && digit(r))
		return 0;
	/* (...) goes on; but web texts may begin with a small letter */
	if (v->mark == MARK_STOP && v->gap == GAP_SPACE && v->close == CLOSE_BRACKET && v->left_byte == ')' &&
	    !v->sloppy && small(r))
		return 0;
	/* the number of a note: Duckworth. 1 In a study */
	if (v->mark == MARK_NONE && l->shape == SHAPE_DIGIT2 && v->before_l == BEFORE_MARK &&
	    v->gap == GAP_SPACE && starts)
		return 1;
	/* iPhone 11 Pro, Kia EV6 Long Range, some 200 U.S. soldiers; but a year may end a heading */
	if (v->mark == MARK_NONE && v->gap == GAP_SPACE && v->close == 0 && v->open == OPEN_NONE &&
	    v->before_l == BEFORE_OTHER && model_number(l) && r->shape > SHAPE_SMALL)
		return 0;
	/* 200 sq. ft; but a text may be without capitals */
	if (v->mark == MARK_STOP && (v->gap == GAP_LINE || (v->gap == GAP_SPACE && v->sloppy < 2)) &&
	    v->abbr != ABBR_NONE && v->abbr != ABBR_ETC && small(r))
		return 0;
	if (v->mark == MARK_STOP && v->abbr == ABBR_TITLE && r->shape > SHAPE_SMALL &&
	    r->lex < LEX_SMALL_STARTS)
		return 0;
	/* where a report is from: JACKSON, Miss. - A; a dash behind a stop begins what follows */
	if (v->abbr == ABBR_PLACE && v->before_l == BEFORE_COMMA && v->open == OPEN_DASH && !v->line)
		return 0;
	if (v->mark == MARK_DASH && v->l.n == 0 && v->before_l == BEFORE_MARK && !v->line)
		return 0;
	/* a text without capitals, and how it writes a title and an initial: sen. j. smith */
	if (v->mark == MARK_STOP && v->gap == GAP_SPACE && small(r)) {
		if (v->abbr == ABBR_TITLE && small(l))
			return 0;
		if (v->sloppy == 2 && v->abbr == ABBR_NONE && v->start_l != 1) {
			if (l->shape == SHAPE_SMALL1)
				return *l->p == 'i';
			if (l->shape == SHAPE_SMALL3 || l->shape == SHAPE_SMALL || l->shape == SHAPE_DIGIT2 ||
			    l->shape == SHAPE_DIGIT4)
				return 1;
		}
	}
	if (v->mark == MARK_STOP && !v->line) {
		if ((v->abbr == ABBR_MONTH || v->abbr == ABBR_NUMBER) && digit(r))
			return 0;
		/* a. The first; A. We waited; U.S. President Roos spoke */
		if (v->item_l && small(l))
			return 0;
		if (v->start_l == 1 && (l->shape == SHAPE_CAPITAL1 || v->abbr == ABBR_COUNTRY))
			return 0;
		/* J. R. Smith, but not: Plan B. The; Part I. I think */
		if (v->abbr == ABBR_NONE && initials(l) && capital_name(r) && r->lex < LEX_BOTH &&
		    (r->n > 1 || v->follow != FOLLOW_BLANK) && v->open == OPEN_NONE &&
		    abbreviation(&c->user, r) != ABBR_TITLE &&
		    (l->shape == SHAPE_DOTTED || v->l2.n == 0 || capital_name(&v->l2) ||
		     v->l2.shape == SHAPE_DOTTED))
			return 0;
		/* 6 p.m. Monday */
		if (v->abbr == ABBR_TIME && weekday(r))
			return 0;
		/* 6 p.m. ET, EST, GMT */
		if (v->abbr == ABBR_TIME && all_capitals(r) && r->n <= 4 && r->p[r->n - 1] == 'T')
			return 0;
		if (v->gap == GAP_SPACE && (head = head_rule(v)) >= 0)
			return head;
		/* Mfg. Co., Tues. Nov. 3 */
		if ((v->abbr == ABBR_FIRM || v->abbr == ABBR_MONTH) &&
		    (v->follow == FOLLOW_STOP || v->follow == FOLLOW_STOP_INSIDE) &&
		    abbreviation(&c->user, r) == v->abbr)
			return 0;
		if (r->shape == SHAPE_DIGIT2 && v->follow == FOLLOW_BLANK && v->gap == GAP_SPACE &&
		    v->open == OPEN_NONE && v->r2.lex >= LEX_SMALL_STARTS && ascii_upper(*v->r2.p) &&
		    v->abbr == ABBR_NONE && l->shape > SHAPE_SMALL1)
			return 0;
	}
	/* 2022.e also accused: glue, and a word cut off */
	if (v->mark == MARK_STOP && v->gap == GAP_NONE && v->glued > 0 && r->shape == SHAPE_SMALL1 &&
	    v->follow == FOLLOW_BLANK && v->abbr == ABBR_NONE && v->address == ADDRESS_NONE &&
	    (l->shape == SHAPE_SMALL || l->shape == SHAPE_DIGIT4))
		return 1;
	if (v->gap == GAP_LINE && v->mark >= MARK_STOP && v->mark <= MARK_MIXED && !small(r))
		return 1;
	/* of a text that was split before, no sentence is split but at a mark before a capital */
	if (c->scan->alone && (v->mark < MARK_STOP || v->mark > MARK_MIXED || r->shape <= SHAPE_SMALL))
		return 0;
	return -1;
}
