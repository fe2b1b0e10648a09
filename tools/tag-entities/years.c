/* SPDX-License-Identifier: ISC */
/*
 * Years, decades, centuries and eras, and which year a date without one is of.
 */
#include "patterns.h"

#include <limits.h>

/* Is token i of the sentence of the last date of a year that was not told, and not far behind it? */
static bool
is_near_guess(const struct phrase *w, size_t i)
{
	enum { FAR = 16 }; /* tokens */
	size_t k;

	if (w->guess.year == 0 || i < w->guess_end || i - w->guess_end >= FAR)
		return false;
	for (k = w->guess_end; k < i; k++)
		if (mark(w->ts, k) == '.' || w->ts->tok[k].kind == TOKEN_LINE)
			return false;
	return true;
}

int
nearest_year(const struct phrase *w, size_t i, int month, int day)
{
	enum { A_MONTH = 31 };
	const bool near = is_near_guess(w, i);
	const struct day from = near ? w->guess : w->today;
	long days, far, nearest = LONG_MAX;
	int y, year = 0, away = month == 2 && day == 29 ? 8 : 1;
	struct day d = { 0, month, day > 0 ? day : 15 };
	bool future;

	if (w->today.year == 0)
		return 0;
	future = !near && is_future(w->ts, i);
	for (y = from.year - away; y <= from.year + away; y++) {
		d.year = y;
		days = day_number(d) - day_number(from);
		if ((away > 1 && day_of(day_number(d)).day != day) || (future && days < -A_MONTH))
			continue;
		far = days < 0 ? -2 * days : near ? 2 * days : 3 * days;
		if (far < nearest) {
			nearest = far;
			year = y;
		}
	}
	return year;
}

int
fiscal_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, k;
	int v = 0;

	if ((n != 4 && n != 6) || p[0] != 'F' || p[1] != 'Y')
		return 0;
	for (k = 2; k < n && ascii_digit(p[k]); k++)
		v = v * 10 + (p[k] - '0');
	return k < n ? 0 : n == 4 ? v + (v < 50 ? 2000 : 1900) : v;
}

/*
 * The year at token *at, which is moved behind it: 2020, fiscal
 * 2020, the financial year 2020, FY20; 0 where there is none.
 */
static int
any_year_at(const struct tokens *ts, size_t *at)
{
	size_t k = *at;
	int year;

	if (is_fiscal(ts, k))
		k += 1u + (word(ts, k + 1) == (UNIT | U_YEAR));
	if ((year = year_at(ts, k)) > 0 || (year = fiscal_at(ts, k)) > 0)
		*at = k + 1;
	return year;
}

int
year_behind(const struct phrase *w, size_t *at, bool has_day)
{
	const struct tokens *ts = w->ts;
	size_t k = *at;
	uint32_t v;
	int year;

	if (mark(ts, k) == ',' || is_one_of(ts, k, "of", "in"))
		k++;
	if ((year = any_year_at(ts, &k)) > 0) {
		*at = k;
		return year;
	}
	if (is_apostrophe(ts, k) && (year = short_year_at(ts, k + 1)) > 0) {
		*at = k + 2;
		return year;
	}
	v = word(ts, k);
	if ((v & CLASS) == SHIFT && !(v & LOOSE) && word(ts, k + 1) == (UNIT | U_YEAR) &&
	    mark(ts, *at) != ',' && !(has_day && (v & 255) == 8)) {
		*at = k + 2;
		return w->today.year > 0 ? w->today.year + (int)(v & 255) - 8 : 0;
	}
	return 0;
}

int
year_of_part(const struct phrase *w, size_t *at)
{
	const struct tokens *ts = w->ts;
	int year = any_year_at(ts, at);
	uint32_t v = word(ts, *at);

	if (year == 0 && (v & CLASS) == SHIFT && word(ts, *at + 1) == (UNIT | U_YEAR) && w->today.year > 0) {
		year = w->today.year + (int)(v & 255) - 8;
		*at += 2;
	}
	return year;
}

/* The era that token i names: -1 before Christ, 1 behind, 0 for none. */
static int
era_at(const struct tokens *ts, size_t i)
{
	if (ts->tok[(ptrdiff_t)i].shape < SHAPE_UPPER)
		return 0;
	return is_one_of(ts, i, "bc", "bce", "b.c.") ? -1 : is_one_of(ts, i, "ad", "ce", "a.d.");
}

static bool
is_century(const struct tokens *ts, size_t i)
{
	return (word(ts, i) & (CLASS | 255)) == (UNIT | U_CENTURY);
}

bool
century_date(struct phrase *w, int q, size_t end)
{
	const struct tokens *ts = w->ts;
	size_t at = end + is_dash(ts, end);
	bool own = is_century(ts, at);
	int era;

	if (!own) {
		at += joins_dates(ts, at);
		if (at == end || ordinal_at(ts, at, &at) == 0)
			return false;
		at += is_dash(ts, at);
		if (!is_century(ts, at))
			return false;
	}
	era = era_at(ts, at + 1);
	if (own)
		end = at + 1 + (era != 0);
	set_end(w, add_digits(add_text(w->value, era < 0 ? "-" : ""), (unsigned)q - 1, 2));
	return found(w, end, MENTION_DATE, true);
}

bool
era_date(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	int era = era_at(ts, i + 1);
	bool first = era == 0 && era_at(ts, i - 1) > 0; /* AD 79 */
	long v;

	if ((era == 0 && !first) || (v = whole(ts, i)) < 1 || v > 9999)
		return false;
	w->i -= first;
	set_end(w, add_digits(add_text(w->value, era < 0 ? "-" : ""), (unsigned long)v, 4));
	return found(w, i + 1 + !first, MENTION_DATE, true);
}

/*
 * Does "the" stand before token i, or before the mid- or early there: the sixties, the early 70s?
 * Those of an age or a temperature are of somebody or something else.
 */
static bool
is_behind_the(const struct tokens *ts, size_t i)
{
	i--;
	i -= is_dash(ts, i);
	i -= (word(ts, i) & CLASS) == PART;
	return is_text(ts, i, "the");
}

/* Does a word not far before token i say that the number is of the weather: lows in the mid-50s? */
static bool
is_of_weather(const struct tokens *ts, size_t i)
{
	size_t back;

	for (back = 1; back < 7 && back <= i && ts->tok[i - back].kind != TOKEN_LINE; back++)
		if (is_one_of(ts, i - back, "highs", "lows", "temperature", "temperatures"))
			return true;
	return false;
}

/* Does another decade stand before the one at token i: the 1960s and 70s? */
static bool
is_next_decade(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i - 2];

	return (is_text(ts, i - 1, "and") || is_text(ts, i - 1, "or")) && t->kind == TOKEN_NUMBER &&
	       t->end - t->begin > 2 && memcmp(ts->text + t->end - 2, "0s", 2) == 0;
}

bool
decade_date(struct phrase *w, size_t i)
{
	if (!is_behind_the(w->ts, i))
		return false;
	set_end(w, add_digits(w->value, 190 + (word(w->ts, i) & 255), 3));
	return found(w, i + 1, MENTION_DATE, true);
}

/* Is token i the number of one of many: Resolution 1701, Flight 1549? */
static bool
is_numbered(const struct tokens *ts, size_t i)
{
	return ts->tok[(ptrdiff_t)i - 1].kind == TOKEN_NAME &&
	       is_one_of(ts, i - 1, "resolution", "flight", "room", "route", "highway", "page");
}

bool
year_date(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	size_t n = 0, len = t->end - t->begin;
	long v = digits(ts, i, &n);
	uint32_t next;
	const struct token *prior = &ts->tok[(ptrdiff_t)i - 1];
	char before = mark(ts, i - 1);
	bool apostrophe = is_apostrophe(ts, i - 1);
	int y;

	if (v < 0)
		return false;
	if (len == n + 1 && p[n] == 's' && v % 10 == 0 &&
	    ((n == 4 && v >= 1000 && v < 2100) ||
	     (n == 2 &&
	      (apostrophe || ((is_behind_the(ts, i) || is_next_decade(ts, i)) && !is_of_weather(ts, i)))))) {
		if (n == 2)
			v += v < 30 ? 2000 : 1900;
		set_end(w, add_digits(w->value, (unsigned long)v / 10, 3));
		return found(w, i + 1, MENTION_DATE, true);
	}
	/* the 1930's; of 2010's it is the year's, where no article is before it */
	if (len == 4 && n == 4 && v % 10 == 0 && v >= 1400 && v < 2100 && t[1].kind == TOKEN_POSS &&
	    t[1].end - t[1].begin > 1 && (v < 2000 || is_text(ts, i - 1, "the"))) {
		set_end(w, add_digits(w->value, (unsigned long)v / 10, 3));
		return found(w, i + 2, MENTION_DATE, true);
	}
	if (apostrophe && is_text(ts, i - 2, "of") && (y = short_year_at(ts, i)) > 0) { /* the class of '99 */
		set_end(w, add_year(w->value, y, ""));
		return found(w, i + 1, MENTION_DATE, true);
	}
	if ((y = year_at(ts, i)) == 0 || y < 1400 || y > 2080 || is_numbered(ts, i))
		return false;
	if (before == '$' || before == '#' || before == '/' ||
	    (prior->kind == TOKEN_MARK && u8_class(MARK_CP(prior->hash)) == U8_PUNCT &&
	     MARK_CP(prior->hash) > 0x2022))
		return false;
	if (mark(ts, i + 1) == '%' || mark(ts, i + 1) == ':')
		return false;
	next = word(ts, i + 1);
	if (((next & CLASS) == UNIT && (next & PLURAL || (next & 255) >= U_YEAR)) ||
	    (next & CLASS) == SCALE || (next & CLASS) == MEASURE || (next & CLASS) == CURRENCY ||
	    (next & CLASS) == PERCENTAGE)
		return false;
	/* 2000 people, 1500 troops; but: in 2003 riots broke out */
	if (ts->tok[i + 1].kind == TOKEN_LOWER && (y < 1900 || y % 100 == 0) &&
	    !is_one_of(ts, i - 1, "in", "since", "of", "the", "his")) {
		const struct token *u = &ts->tok[i + 1];
		char last = ts->text[u->end - 1];

		if (u->end - u->begin > 3 && (last == 's' || is_one_of(ts, i + 1, "people", "men")))
			return false;
	}
	/* 2005-06, 1997/98, 1938-45 are one, 1995-1998 are two; 2010-12 may be a month */
	set_end(w, add_year(w->value, y, ""));
	if ((is_dash(ts, i + 1) || mark(ts, i + 1) == '/') && !(ts->tok[i + 1].flags & TOKEN_SPACE) &&
	    !(ts->tok[i + 2].flags & TOKEN_SPACE) && ts->tok[i + 2].end - ts->tok[i + 2].begin == 2 &&
	    (v = whole(ts, i + 2)) >= 0 && (v == (y + 1) % 100 || (v > y % 100 && v > 12)) &&
	    mark(ts, i + 3) != '/') { /* Directive 2006/24/EC */
		y += (int)(v - y % 100 + (v < y % 100 ? 100 : 0));
		set_end(w, add_digits(add_text(w->value + w->value_n, "/"), (unsigned)y, 4));
		return found(w, i + 3, MENTION_DATE, false);
	}
	return found(w, i + 1, MENTION_DATE, false);
}
