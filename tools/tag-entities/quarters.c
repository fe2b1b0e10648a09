/* SPDX-License-Identifier: ISC */
/*
 * Quarters, halves and seasons of years.
 */
#include "patterns.h"

/* Is token i what a company or a land has of a quarter: Q3 revenue, first-half pre-tax profit? */
static bool
is_result(const struct tokens *ts, size_t i)
{
	if (is_text(ts, i, "pre") && is_dash(ts, i + 1) && is_text(ts, i + 2, "tax"))
		i += 3;
	i += is_one_of(ts, i, "net", "operating", "pretax", "core", "gross", "adjusted", "underlying",
		       "group");
	return is_one_of(ts, i, "revenue", "revenues", "profit", "profits", "sales", "earnings", "results",
			 "income", "loss", "losses", "gdp", "growth");
}

bool
season_date(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	size_t at = i + 1 + is_text(ts, i + 1, "of");
	int year = year_at(ts, at);

	if (year == 0) {
		if (!is_one_of(ts, i - 1, "the", "in", "during") || is_one_of(ts, i, "spring", "fall"))
			return false;
		year = w->today.year;
		at = i;
	}
	set_season(w, year, word(ts, i) & 255);
	return found(w, at + 1, MENTION_DATE, false);
}

/* The value and the end of the part: its letter, H or Q, and its number. */
static bool
found_part(struct phrase *w, int year, char letter, unsigned number, size_t end)
{
	char *to = add_year(w->value, year, "-");

	*to++ = letter;
	set_end(w, add_digits(to, number, 1));
	return found(w, end, MENTION_DATE, true);
}

/* The year of a part that has none behind it: the one right before token i, 2019's, or this one. */
static int
year_before(const struct phrase *w, size_t i)
{
	int year = year_at(w->ts, i - 1 - (w->ts->tok[(ptrdiff_t)i - 1].kind == TOKEN_POSS));

	return year > 0 ? year : w->today.year;
}

bool
ordinal_date(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	const bool final = word(ts, i) & FINAL;
	size_t at, e = i + 1;
	int year, q = final ? 4 : ordinal_at(ts, i, &e);
	uint32_t unit;

	if (q == 0)
		return false;
	if (nth_weekday(w, e, final ? 0 : q) || century_date(w, q, e))
		return true;
	e += is_dash(ts, e);
	unit = word(ts, e++);
	at = e + is_text(ts, e, "of");
	if ((unit & CLASS) == HALF && q <= 2) { /* of 2009, of profits: not of a game */
		if (is_result(ts, e))
			return found_part(w, year_before(w, i), 'H', (unsigned)q, e);
		return at > e && (year = year_of_part(w, &at)) > 0 && !joins_numbers(ts, at) && /* 1996/97 */
		       found_part(w, year, 'H', (unsigned)q, at);
	}
	if (unit != (UNIT | U_QUARTER) || q > 4)
		return false;
	year = year_of_part(w, &at);
	return found_part(w, year > 0 ? year : year_before(w, i), 'Q', (unsigned)q, year > 0 ? at : e);
}

/* The letter of the part of a year that token i is, Q1, H2, before its number; 0 for none. */
static char
part_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;

	if (t->kind != TOKEN_NAME || t->end - t->begin != 2)
		return '\0';
	return (p[0] == 'Q' && p[1] >= '1' && p[1] <= '4') || (p[0] == 'H' && (p[1] == '1' || p[1] == '2'))
		   ? p[0]
		   : '\0';
}

bool
quarter_date(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	size_t part = i, at = i + 1;
	char letter;
	int year;

	if (ts->tok[i].kind == TOKEN_NUMBER) { /* 2019-Q1, 2019 Q1 */
		part = at + (is_dash(ts, at) && !(ts->tok[at].flags & TOKEN_SPACE));
		year = year_at(ts, i);
		at = part + 1;
	} else if ((year = fiscal_at(ts, i)) > 0) {
		set_end(w, add_year(w->value, year, ""));
		return found(w, at, MENTION_DATE, true);
	}
	if ((letter = part_at(ts, part)) == '\0')
		return false;
	if (part == i) {
		size_t end = at + (mark(ts, at) == '/' || is_dash(ts, at));

		if ((year = year_behind(w, &end, false)) > 0)
			at = end;
		else if (letter != 'Q' ||
			 !((is_result(ts, at) && ts->tok[(ptrdiff_t)i - 1].kind != TOKEN_NAME) ||
			   is_one_of(ts, i - 1, "in", "of", "for", "during", "since", "until", "from", "by",
				     "this", "fiscal", "the")))
			return false;
		else
			year = w->today.year;
	}
	return found_part(w, year, letter, (unsigned)(ts->text[ts->tok[part].begin + 1] - '0'), at);
}
