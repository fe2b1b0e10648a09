/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rule.h"
#include "table.h"
#include "split-sentences/heads.h"

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
 * A date as some sites put it behind a headline: on its own up to the line's end, or glued to
 * what follows. No mark stands before the gap.
 */
static bool
parts_date(const struct view *v, const struct context *c)
{
	size_t at = (size_t)(v->r.p - c->text), end, start = (size_t)(v->l.p - c->text);

	if (v->open == OPEN_NONE && weekday(&v->r) && v->follow == FOLLOW_COMMA) {
		end = date_at(c->text, at, c->n);
		if (end > 0 &&
		    (end == c->n || ascii_space(c->text[end]) ? c->text[end] == '\n'
							      : ascii_upper(c->text[end])) &&
		    v->l.lex != LEX_SMALL_OFTEN && v->l.lex < LEX_SMALL_STARTS_OFTEN)
			return true;
	}
	/* the sentence so far is a date, and no more */
	return v->l.shape == SHAPE_DIGIT4 && v->length < 32 && v->r.shape > SHAPE_SMALL && v->length >= 16 &&
	       start + v->l.n >= v->length &&
	       date_at(c->text, start + v->l.n - v->length, c->n) == start + v->l.n;
}

/* Is it a word that a name goes on with behind an abbreviation of the class? */
static bool
follows_as(const struct side *s, unsigned abbr)
{
	return s->n <= WORD_MAX && table_get(&heads, s->p, s->n) == abbr;
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

	if (v->abbr == ABBR_NONE || v->open != OPEN_NONE || v->close != 0 || !follows_as(&v->r, class))
		return -1;
	return v->abbr == ABBR_PLACE && (v->before_l == BEFORE_COMMA || v->hyphen_l);
}

/* Who made a picture, behind its caption. */
static bool
credit_follows(const struct view *v)
{
	return v->gap == GAP_SPACE && v->open == OPEN_NONE && v->follow == FOLLOW_COLON && v->r.n == 5 &&
	       (memcmp(v->r.p, "Image", 5) == 0 || memcmp(v->r.p, "Photo", 5) == 0);
}

/* The class of the abbreviation that a blank parts from the word behind it. */
static unsigned
abbreviation_before(const struct context *c, const struct side *s)
{
	size_t at = (size_t)(s->p - c->text);
	struct side before;

	if (at < 3 || s->p[-1] != ' ' || s->p[-2] != '.')
		return ABBR_NONE;
	word_left(&before, c->lex, c->text, at - 2, 0);
	return abbreviation(&c->user, &before);
}

/* Is the word the year of "© 2019" or "Copyright 2019"? */
static bool
copyright_year(const struct view *v)
{
	return v->l.shape == SHAPE_DIGIT4 &&
	       (v->before_l == BEFORE_COPYRIGHT ||
		(v->l2.n >= 9 && memcmp(v->l2.p + v->l2.n - 9, "Copyright", 9) == 0));
}

static int
unmarked_rule(const struct view *v, const struct context *c)
{
	const struct side *l = &v->l, *r = &v->r;

	/* wikiHow, LibriVox: glue would not come back */
	if (v->camel > 1)
		return 0;
	if (parts_date(v, c))
		return 1;
	/* HealthCare.gov */
	if (v->gap == GAP_NONE && v->follow == FOLLOW_STOP_INSIDE) {
		size_t at = (size_t)(r->p - c->text) + r->n + 1;

		if (suffix_class(c->text + at, letters(c->text + at)) >= SUFFIX_FILE)
			return 0;
	}
	if (credit_follows(v))
		return 1;
	/* (CNN) The */
	if (v->close == CLOSE_BRACKET && v->left_byte == ')' && v->start_l == 2 && l->n > 1 &&
	    ascii_upper(*l->p) && !v->line)
		return 0;
	if (v->gap != GAP_SPACE)
		return -1;
	/* at $75 Thursday, 7 AM Eastern, Copyright 2019 The Roos Press */
	if ((ascii_digit((char)v->left_byte) && weekday(r)) || copyright_year(v) ||
	    (l->n == 2 && l->p[1] == 'M' && follows_as(r, ABBR_TIME)))
		return 0;
	/* the number of a note: Duckworth. 1 In a study; but: Feb. 21 The */
	if (l->shape == SHAPE_DIGIT2 && v->before_l == BEFORE_MARK && r->lex >= LEX_SMALL_STARTS &&
	    r->shape > SHAPE_SMALL)
		return !number_follows(abbreviation_before(c, l));
	/* iPhone 11 Pro, Kia EV6 Long Range, some 200 U.S. soldiers; but a year may end a heading */
	if (v->close == 0 && v->open == OPEN_NONE && v->before_l == BEFORE_OTHER && model_number(l) &&
	    r->shape > SHAPE_SMALL)
		return 0;
	return -1;
}

/* Behind a question mark or an exclamation mark. */
static int
cry_rule(const struct view *v, const struct context *c)
{
	const struct side *r = &v->r;

	/* example.com/events?id=25 */
	if (v->address == ADDRESS_WEB && v->gap == GAP_NONE && small(r))
		return 0;
	if (v->gap != GAP_SPACE)
		return -1;
	/* E! News, Avant! Corp. */
	if (v->mark == MARK_CRY && v->open == OPEN_NONE && v->close == 0 &&
	    ((v->l.shape == SHAPE_CAPITAL1 && *v->l.p != 'I' && capital_name(r) &&
	      r->lex < LEX_SMALL_STARTS) ||
	     abbreviation(&c->user, r) == ABBR_FIRM))
		return 0;
	/* Who pays? They do; "No!" "Yes!" */
	if (capital_name(r) && (v->open == OPEN_NONE ? v->close == 0 && r->lex >= LEX_STARTER
						     : v->open == OPEN_QUOTE && v->close == CLOSE_QUOTE))
		return 1;
	/* the word "Huh?" is such a one */
	if (v->open == OPEN_NONE && v->prose && small(r))
		return 0;
	/* a title and its year: Viva Maria! (1965) */
	if (v->open == OPEN_ROUND && digit(r))
		return 0;
	return -1;
}

/* Behind two dots or more, the first of them at a word. */
static int
dots_rule(const struct view *v)
{
	const char *dots = v->l.p + v->l.n;

	if (v->l.n == 0 || v->gap != GAP_SPACE || v->open != OPEN_NONE || v->close != 0 ||
	    !capital_name(&v->r))
		return -1;
	/* a stop, and what was left out: It rained. ... He, It rained.... He; its key hit twice: It rained.. He */
	if (*dots == '.' &&
	    (dots[1] == ' ' || memcmp(dots + 1, ". ", 2) == 0 || memcmp(dots + 1, "...", 3) == 0))
		return 1;
	return v->r.n > 1 && v->r.lex >= LEX_STARTER ? 1 : -1;
}

/* A stop before a small letter. */
static int
small_rule(const struct view *v)
{
	const struct side *l = &v->l, *r = &v->r;

	if (v->gap == GAP_NONE) {
		if (v->address == ADDRESS_MAIL)
			return 0;
		/* 2022.e also accused: glue, and a word cut off */
		if (v->glued > 0 && r->shape == SHAPE_SMALL1 && v->follow == FOLLOW_BLANK &&
		    v->abbr == ABBR_NONE && v->address == ADDRESS_NONE &&
		    (l->shape == SHAPE_SMALL || l->shape == SHAPE_DIGIT4))
			return 1;
		return -1;
	}
	/* 200 sq. ft; but a text may be without capitals */
	if ((v->line || v->sloppy < 2) && v->abbr != ABBR_NONE && v->abbr != ABBR_ETC)
		return 0;
	if (v->line)
		return -1;
	/* (...) goes on; but web texts may begin with a small letter */
	if (v->close == CLOSE_BRACKET && v->left_byte == ')' && !v->sloppy)
		return 0;
	/* a text without capitals, and how it writes a title and an initial: sen. j. smith */
	if (v->abbr == ABBR_TITLE && small(l))
		return 0;
	if (v->sloppy == 2 && v->abbr == ABBR_NONE && v->start_l != 1) {
		if (l->shape == SHAPE_SMALL1)
			return *l->p == 'i';
		if (l->shape == SHAPE_SMALL3 || l->shape == SHAPE_SMALL || l->shape == SHAPE_DIGIT2 ||
		    l->shape == SHAPE_DIGIT4)
			return 1;
	}
	return -1;
}

static int
stop_rule(const struct view *v, const struct context *c)
{
	const struct side *l = &v->l, *r = &v->r;
	int rule;

	if (v->suffix >= SUFFIX_FILE)
		return 0;
	if (small(r) && (rule = small_rule(v)) >= 0)
		return rule;
	if (credit_follows(v))
		return 1;
	if (v->abbr == ABBR_TITLE && r->shape > SHAPE_SMALL && r->lex < LEX_SMALL_STARTS)
		return 0;
	if (v->line)
		return -1;
	/* where a report is from: JACKSON, Miss. - A; (AP) - A */
	if (v->abbr == ABBR_PLACE && v->before_l == BEFORE_COMMA &&
	    (v->open == OPEN_DASH || (v->open == OPEN_ROUND && v->follow == FOLLOW_BRACKET)))
		return 0;
	if (number_follows(v->abbr) && digit(r))
		return 0;
	/* at 9 a.m. (0800 GMT), (Central time) */
	if (v->abbr == ABBR_TIME && v->open == OPEN_ROUND && (digit(r) || follows_as(r, ABBR_TIME)))
		return 0;
	if (v->gap == GAP_NONE && l->n == 3 && (memcmp(l->p, "www", 3) == 0 || memcmp(l->p, "WWW", 3) == 0))
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
	    (l->shape == SHAPE_DOTTED || v->l2.n == 0 || capital_name(&v->l2) || v->l2.shape == SHAPE_DOTTED))
		return 0;
	/* 6 p.m. Monday; 6 p.m. ET, EST, GMT */
	if (v->abbr == ABBR_TIME && (weekday(r) || (all_capitals(r) && r->n <= 4 && r->p[r->n - 1] == 'T')))
		return 0;
	if (v->gap == GAP_SPACE && (rule = head_rule(v)) >= 0)
		return rule;
	/* Ford Motor Co. Monday said; Apple Inc. AAPL 2.52% */
	if (v->abbr == ABBR_FIRM && v->follow == FOLLOW_BLANK &&
	    (weekday(r) ? small(&v->r2) : all_capitals(r) && (v->r2.n == 0 || digit(&v->r2))))
		return 0;
	/* Mfg. Co., Tues. Nov. 3 */
	if ((v->abbr == ABBR_FIRM || v->abbr == ABBR_MONTH) &&
	    (v->follow == FOLLOW_STOP || v->follow == FOLLOW_STOP_INSIDE) &&
	    abbreviation(&c->user, r) == v->abbr)
		return 0;
	/* at 5 p.m. The; in Charles County, Md. But */
	if ((v->abbr == ABBR_TIME || v->abbr == ABBR_MONTH || v->abbr == ABBR_PLACE ||
	     v->abbr == ABBR_DEGREE) &&
	    v->gap == GAP_SPACE && v->open == OPEN_NONE && capital_name(r) && r->lex >= LEX_STARTER)
		return 1;
	/* the number of a note: she wrote. 1 In the study */
	if (r->shape == SHAPE_DIGIT2 && v->follow == FOLLOW_BLANK && v->gap == GAP_SPACE &&
	    v->open == OPEN_NONE && v->r2.lex >= LEX_SMALL_STARTS && ascii_upper(*v->r2.p) &&
	    v->abbr == ABBR_NONE && l->shape > SHAPE_SMALL1)
		return 0;
	return -1;
}

/* Whatever mark stands before a gap inside a line. */
static int
common_rule(const struct view *v)
{
	const struct side *l = &v->l, *r = &v->r;

	if (v->abbr == ABBR_USER)
		return 0;
	/* but Henry V. */
	if (v->abbr == ABBR_NEVER && (l->n > 1 || small(l)))
		return 0;
	if (v->speech > 0) {
		if (r->shape <= SHAPE_SMALL)
			return 0;
		/* "..." I said; "...?" Mom asked; but: "...?" He asked */
		if (v->mark != MARK_STOP &&
		    ((r->n == 1 && *r->p == 'I') || (v->speech > 1 && r->lex < LEX_SMALL_STARTS)))
			return 0;
	}
	/* nothing but marks so far: "--" and "..." begin what follows */
	return l->n == 0 && v->length <= 6 && v->mark != MARK_STOP ? 0 : -1;
}

static int
mark_rule(const struct view *v, const struct context *c)
{
	switch (v->mark) {
	case MARK_NONE:
		return unmarked_rule(v, c);
	case MARK_STOP:
		return stop_rule(v, c);
	case MARK_QUESTION:
	case MARK_CRY:
		return cry_rule(v, c);
	case MARK_DOTS:
		return dots_rule(v);
	case MARK_COLON: /* https://example.com; he said: 'Yes.' */
		return (v->address == ADDRESS_WEB && v->gap == GAP_NONE) ||
			       (v->gap == GAP_SPACE && v->open == OPEN_SINGLE)
			   ? 0
			   : -1;
	case MARK_SEMICOLON: /* and TL;DR */
		return v->gap == GAP_SPACE ||
			       (v->gap == GAP_NONE && all_capitals(&v->l) && all_capitals(&v->r))
			   ? 0
			   : -1;
	case MARK_DASH: /* one behind a stop begins what follows */
		return v->l.n == 0 && v->before_l == BEFORE_MARK && !v->line ? 0 : -1;
	case MARK_FOREIGN:
		return !small(&v->r);
	default:
		return -1;
	}
}

int
rule_decide(const struct view *v, const struct context *c)
{
	bool ends = v->mark >= MARK_STOP && v->mark <= MARK_MIXED;
	int rule = v->line ? -1 : common_rule(v);

	if (rule < 0)
		rule = mark_rule(v, c);
	if (rule >= 0)
		return rule;
	if (v->gap == GAP_LINE && ends && !small(&v->r))
		return 1;
	/* of a text that was split before, no sentence is split but at a mark before a capital */
	return c->scan->alone && (!ends || v->r.shape <= SHAPE_SMALL) ? 0 : -1;
}
