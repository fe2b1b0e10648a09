/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "plain.h"

/*
 * Bytes at most of a @Handle, of a caption's or section's label and its stop, of
 * a section's number, and of a date with its weekday.
 */
enum { HANDLE_MAX = 20, LABEL_MAX = 15, SECTION_MAX = 8, DATE_MAX = 31 };

/* How many small letters end before at, of the sentence from start, up to WORD_MAX - 1. */
static inline size_t
small_letters(const char *text, size_t at, size_t start)
{
	size_t n = small_before(text, at), most = at - start < WORD_MAX - 1 ? at - start : WORD_MAX - 1;

	return n < most ? n : most;
}

/* A capitalised word that is no longer than abbreviations, or a capital, ends before at: Mr, Jan, J. */
static bool
may_be_title(const char *text, size_t at, size_t start)
{
	size_t k;

	for (k = at; k > start && at - k < ABBREVIATION_LETTERS - 1 && ascii_lower(text[k - 1]); k--)
		;
	return k > start && ascii_upper(text[k - 1]);
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

/* Does the word at at begin sentences? */
static inline bool
starts_at(const struct context *c, size_t at)
{
	return starts_sentences(c->lex, c->text + at, letters(c->text + at));
}

/* The stop at i - 1, a blank and a small letter: the U.S. has; at 5 p.m. the; Roos Corp. said. */
static int
stop_before_small(const char *text, size_t i, size_t start)
{
	unsigned abbr;
	size_t k;

	if (i - start < 4)
		return -1;
	if (text[i - 3] == '.' && ascii_alpha(text[i - 2]))
		return 0;
	k = i - 1 - small_letters(text, i - 1, start);
	if (k == start || !ascii_upper(text[--k]))
		return -1;
	abbr = letters_abbreviation(text + k, i - 1 - k);
	return abbr != ABBR_NONE && abbr != ABBR_ETC ? 0 : -1;
}

/* The stop at i - 1 behind a quote or bracket, and a capital at j. */
static int
stop_behind_close(const struct context *c, size_t i, size_t j, size_t start)
{
	if (ascii_lower(c->text[j + 1]) && closes_word(c->text, i - 1, start))
		return 1;
	return c->text[i - 2] != ']' && starts_at(c, j) ? 1 : -1;
}

/* The stop at i - 1 behind a digit, and a capital at j. */
static int
stop_behind_digit(const struct context *c, size_t i, size_t j, size_t start)
{
	const char *text = c->text;
	bool next_small = ascii_lower(text[j + 1]);
	size_t n;

	for (n = 1; n < 4 && i - start > n + 1 && ascii_digit(text[i - 2 - n]); n++)
		;
	if (n < 3)
		return i - start > LABEL_MAX && next_small && ends_number(text, i - 1, n) ? 1 : -1;
	/* a year, and other numbers of three digits or more */
	return (n == 4 && next_small) || starts_at(c, j) ? 1 : -1;
}

/* The stop at i - 1 behind a letter, and a capital at j, behind a quote or not. */
static int
stop_behind_word(const struct context *c, size_t i, size_t j, size_t start, bool quote, bool quoted)
{
	const char *text = c->text;
	size_t n = small_letters(text, i - 1, start), k = i - 1 - n;
	bool known, next_small = ascii_lower(text[j + 1]);
	unsigned abbr;

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
		return starts_at(c, j) ? -1 : 0;
	if (n == 0)
		return next_small && capitals_before(text, i - 1, start) ? 1 : -1;
	if (k == start || (text[k - 1] != ' ' && text[k - 1] != '-' && text[k - 1] != '\n'))
		return -1;
	abbr = letters_abbreviation(text + k, i - 1 - k);
	if (abbr != ABBR_NONE)
		return abbr == ABBR_TITLE && !quote && !starts_at(c, j) ? 0 : -1;
	if (n < i - 1 - k) { /* a name */
		if (n > 1 && next_small)
			return 1;
		known = false;
	} else {
		known = n > 4 || letters_class(c->lex, text + k, n) >= LEX_BOTH;
		if (known && n > 2 && !quoted)
			return 1;
	}
	return (known || n > 2) &&
		       ((text[j + 1] == ' ' && (text[j] == 'I' || text[j] == 'A')) || starts_at(c, j))
		   ? 1
		   : -1;
}

/* The stop at i - 1, before a blank or line end. */
static int
plain_stop(const struct context *c, const struct gap_at *g, size_t start)
{
	const char *text = c->text;
	size_t i = g->end, j = g->next, n;
	char b = i - start > 1 ? text[i - 2] : ' ';

	if (c->user.n > 0)
		return -1;
	/* behind opening quotes */
	n = text[j] == '"' ? 1 : wide_open(text + j, text + c->n) == 3 ? 3 : 0;
	j += n;
	if (ascii_lower(text[j]))
		return n > 0 || g->gap != GAP_SPACE ? -1 : stop_before_small(text, i, start);
	if (!ascii_upper(text[j]))
		return -1;
	if (g->gap == GAP_LINE)
		return may_be_title(text, i - 1, start) && title_before(text, i - 1, start) ? -1 : 1;
	if (b == '"' || b == ')' || b == ']' || b == (char)0x9D)
		return n > 0 ? -1 : stop_behind_close(c, i, j, start);
	if (!ascii_digit(b))
		return stop_behind_word(c, i, j, start, n > 0, g->quoted);
	if (i - start <= LABEL_MAX && (is_section_number(text, start, i) || is_label(text, start, i)))
		return 0;
	return n > 0 ? -1 : stop_behind_digit(c, i, j, start);
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

/* Does the text at p go on as in the firm's, or firms where the apostrophe was lost? */
static bool
possessive(const char *p)
{
	p += *p == '\'' ? 1 : memcmp(p, "’", 3) == 0 ? 3 : 0;
	return *p == 's' && !ascii_alnum(p[1]);
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
	bool initial;

	if (i - start < 2)
		return -1;
	/* a.k.a */
	if (text[i - 1] == '.' && text[j + 1] == '.' && ascii_lower(text[j]) && ascii_lower(text[i - 2]) &&
	    (i - start == 2 || !ascii_alnum(text[i - 3])))
		return 0;
	if (ascii_alnum(text[i - 1]))
		return handle_before(text, i, start) ? 0 : -1;
	initial =
	    text[i - 1] == '.' && ascii_upper(text[i - 2]) && (i - start == 2 || !ascii_alnum(text[i - 3]));
	/* U.S., B.A.T's, the G.O.P.'s */
	if (initial) {
		n = ascii_upper(text[j]);
		if ((n == 1 && text[j + 1] == '.') || possessive(text + j + n))
			return 0;
	}
	if ((text[i - 1] != '.' && text[i - 1] != '?') || c->user.n > 0)
		return -1;
	/* M.Sc. */
	if (initial && ascii_upper(text[j]) && text[i - 2] != 'I') {
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

/* A blank behind a digit or %, and a capital at j. */
static int
blank_behind_number(const struct context *c, size_t i, size_t j, size_t start)
{
	const char *text = c->text;

	if (is_note_number(text, i, start))
		return c->scan->nglued == 0 ? 1 : -1;
	/* 2.1 Results */
	if (i - start <= SECTION_MAX && is_section_number(text, start, i))
		return 0;
	/* a number within a sentence, and a name; but a date may begin it */
	return i - start > DATE_MAX && j == i + 1 && name_within(c->lex, text + j) && !starts_at(c, j) ? 0
												       : -1;
}

/* A blank behind what is no letter, digit, comma or semicolon, and no small letter at j. */
static int
blank_behind_sign(const struct context *c, size_t i, size_t j, size_t start, bool quoted)
{
	const char *text = c->text;
	char l = text[i - 1], r = text[j];
	size_t k;

	if (l == '&' || l == '+' || l == '/' || (l == '-' && (text[i - 2] == '-' || text[i - 2] == ' ')))
		return 0;
	if (memcmp(text + i - 2, "·", 2) == 0 || memcmp(text + i - 3, "•", 3) == 0)
		return 0;
	if (memcmp(text + i - 3, "—", 3) == 0 || memcmp(text + i - 3, "–", 3) == 0)
		return 0;
	if (l == ':')
		return ascii_lower(text[i - 2]) && (r == '"' || memcmp(text + j, "“", 3) == 0) ? 0 : -1;
	if (l == ')') /* who wrote, and the date */
		return handle_before(text, i - 1, start) ? 0 : -1;
	if ((l == '"' || l == (char)0x9D || l == (char)0x99) && dash_goes_on(text + j))
		return 0;
	if (l == '?')
		return ascii_lower(text[i - 2]) && !quoted && ascii_upper(r) && ascii_lower(text[j + 1]) ? 1
													 : -1;
	if (i - start > 4 && memcmp(text + i - 4, " “", 4) == 0)
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

/* A blank, and no stop before it. */
static int
plain_blank(const struct context *c, const struct gap_at *g, size_t start)
{
	const char *text = c->text;
	size_t i = g->end, j = g->next;
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
	if (ascii_digit(l) || l == '%')
		return ascii_upper(r) ? blank_behind_number(c, i, j, start) : -1;
	return blank_behind_sign(c, i, j, start, g->quoted);
}

/* :) ;-) :( :D belong to what they stand behind. */
static bool
smiley(const char *p)
{
	p += p[1] == '-' ? 2 : 1;
	return *p == ')' || *p == '(' || ((*p == 'D' || *p == 'P') && !ascii_alnum(p[1]));
}

int
plain_decide_text(const struct context *c, const struct gap_at *g, size_t start)
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
