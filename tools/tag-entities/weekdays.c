/* SPDX-License-Identifier: ISC */
/*
 * Weekdays: Thursday, Thursday next week, the first Monday of May.
 */
#include "patterns.h"

bool
is_future(const struct tokens *ts, size_t i)
{
	size_t k;

	for (k = 1; k < 9 && k <= i; k++) {
		if (mark(ts, i - k) == '.' || ts->tok[i - k].kind == TOKEN_LINE)
			return false;
		if (is_one_of(ts, i - k, "will", "scheduled", "until", "due", "expected", "slated",
			      "upcoming") ||
		    (is_one_of(ts, i - k, "set", "is", "are") && is_text(ts, i - k + 1, "to")))
			return true;
	}
	return false;
}

/* Good Friday, Super Tuesday: one day of the year, not of the week. */
static bool
is_named_day(const struct tokens *ts, size_t i)
{
	return ts->tok[(ptrdiff_t)i - 1].kind == TOKEN_NAME && ts->tok[i].kind == TOKEN_NAME &&
	       is_one_of(ts, i - 1, "good", "black", "super", "easter", "ash", "holy", "bloody", "cyber",
			 "palm", "giving", "fat", "maundy");
}

/*
 * The tokens of "next week", "of this week", at token i, and which one it is, counted from this
 * one; 0 for none.
 */
static size_t
week_at(const struct tokens *ts, size_t i, int *shift)
{
	size_t of = is_text(ts, i, "of");
	uint32_t v = word(ts, i + of);

	*shift = (int)(v & 255) - 8;
	return (v & CLASS) == SHIFT && !(v & LOOSE) && word(ts, i + of + 1) == (UNIT | U_WEEK) ? of + 2 : 0;
}

bool
nth_weekday(struct phrase *w, size_t i, int nth)
{
	const struct tokens *ts = w->ts;
	uint32_t v = word(ts, i), m = word(ts, i + 2);
	size_t at = i + 3;
	const int month = (int)(m & 255);
	struct day d;
	int year;

	if ((v & CLASS) != WEEKDAY || v & PLURAL || (m & CLASS) != MONTH || nth > 5 ||
	    !(is_text(ts, i + 1, "of") || is_text(ts, i + 1, "in")))
		return false;
	if ((year = year_behind(w, &at, false)) == 0 && (year = nearest_year(w, i, month, 0)) == 0)
		return false;
	d = day_of(nth_of_month(year, month, (int)(v & 255), nth));
	set_day(w, d.year, d.month, d.day);
	return found(w, at, MENTION_DATE, true);
}

/* Is token i no weekday, as short ones are only with a capital and a mark behind them: Sun, Sat? */
static bool
is_no_weekday(const struct tokens *ts, size_t i)
{
	uint32_t v = word(ts, i);

	return (v & CLASS) != WEEKDAY || is_named_day(ts, i) ||
	       (v & SHORT &&
		(ts->tok[i].kind != TOKEN_NAME ||
		 !(ts->tok[i].flags & TOKEN_DOT || mark(ts, i + 1) == ',' || mark(ts, i + 1) == '.')));
}

/* The weekday at token i, so many days behind the day, which may be not known; with a part of it. */
static bool
found_weekday(struct phrase *w, size_t i, struct day from, int days)
{
	uint32_t v = word(w->ts, i);
	size_t at = i + 1 + (v & SHORT && mark(w->ts, i + 1) == '.'); /* Wed. night */
	struct day d;

	if (from.year == 0)
		set_end(w, add_weekday(w->value, v & 255));
	else {
		d = day_of(day_number(from) + days);
		set_day(w, d.year, d.month, d.day);
	}
	if (add_daytime(w, at))
		return found(w, at + 1, MENTION_TIME, true);
	return found(w, i + 1, MENTION_DATE, true);
}

/* How many days behind the day the weekday at token i of the same week is. */
static int
days_to(const struct tokens *ts, size_t i, struct day from)
{
	return (int)(word(ts, i) & 255) - weekday_of(day_number(from));
}
/* Mondays, as a set. */
static bool
found_weekdays(struct phrase *w, size_t i)
{
	set_end(w, add_weekday(w->value, word(w->ts, i) & 255));
	return found(w, i + 1, MENTION_SET, true);
}

bool
weekday_date(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	int days, shift;
	size_t week;

	if (is_no_weekday(ts, i))
		return false;
	if (word(ts, i) & PLURAL)
		return found_weekdays(w, i);
	if (w->today.year == 0)
		return found_weekday(w, i, w->today, 0);
	days = days_to(ts, i, w->today);
	if ((week = week_at(ts, i + 1, &shift)) > 0)
		return found_weekday(w, i, w->today, days + 7 * shift) &&
		       found(w, i + 1 + week, MENTION_DATE, true);
	if (days > 0)
		days -= 7;
	if (days < 0 && is_future(ts, i))
		days += 7;
	return found_weekday(w, i, w->today, days);
}

bool
weekday_from(struct phrase *w, size_t i, struct day from, int shift, bool coming)
{
	const struct tokens *ts = w->ts;
	int days = days_to(ts, i, from);

	if (is_no_weekday(ts, i))
		return false;
	if (word(ts, i) & PLURAL)
		return found_weekdays(w, i);
	if ((shift > 0 && !(coming && days > 0)) || (shift < 0 && days >= 0))
		days += 7 * shift;
	return found_weekday(w, i, from, days);
}
