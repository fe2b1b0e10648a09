/* SPDX-License-Identifier: ISC */
/*
 * Days and months of the calendar: May 12, 2025; the fifth of May; 10.6.2007; in March.
 */
#include "patterns.h"

/*
 * The year of a month and day without one, before token `at`, by the date that it goes on to: May
 * 3-June 4, 2019; from 5 to 9 May 2019; December to January 2020. 0 where that has none.
 */
static int
year_of_range(const struct phrase *w, size_t at, int month)
{
	const struct tokens *ts = w->ts;
	uint32_t v;
	int year;
	bool day;

	if (!joins_dates(ts, at))
		return 0;
	day = day_at(ts, ++at) > 0;
	at += day;
	v = word(ts, at);
	if ((v & CLASS) == MONTH)
		at += 1u + (v & SHORT && mark(ts, at + 1) == '.');
	else if (day)
		v = (uint32_t)month;
	else
		return 0;
	day |= day_at(ts, at) > 0;
	at += day_at(ts, at) > 0;
	year = year_behind(w, &at, day);
	return year > 0 ? year - ((int)(v & 255) < month) : 0;
}

/*
 * The date of the phrase from token i up to token `at`. Without a year it is of that of the
 * date it goes on to, "that June" of the one that was told last, others of the nearest.
 */
static void
set_date(struct phrase *w, size_t i, size_t at, int year, int month, int day)
{
	if (year == 0)
		year = year_of_range(w, at, month);
	if (year == 0 && is_text(w->ts, i - 1, "that"))
		year = w->told[2].year;
	if (year == 0) {
		year = nearest_year(w, i, month, day);
		w->guess = (struct day){ year, month, day > 0 ? day : 15 };
		w->guess_end = at;
	}
	set_day(w, year, month, day);
}

/*
 * A month without day or year: is the word one? May, March and
 * others are names and more; what stands before them tells.
 */
static bool
is_month_alone(const struct tokens *ts, size_t i, int month)
{
	uint32_t v = word(ts, i - 1);

	return month < 3 || month == 7 || month > 8 ||
	       is_one_of(ts, i - 1, "in", "since", "of", "until", "till", "by", "from", "during", "and", "to",
			 "after", "before", "through", "between") ||
	       (month != 5 && is_one_of(ts, i - 1, "for", "that")) || (v & CLASS) == SHIFT ||
	       (v & CLASS) == PART || is_dash(ts, i - 1) || (word(ts, i - 2) & CLASS) == MONTH;
}

/*
 * A month in small letters, with a day and a year or without,
 * may be another word: may, march, august; dec, sep, mar.
 */
static bool
is_small_month(uint32_t v, int day, int year)
{
	const uint32_t month = v & 255;

	if (month == 3 || month == 5)
		return day > 0 && year > 0;
	return v & SHORT || month == 8 ? day > 0 || (year > 0 && !(v & SHORT)) : true;
}

bool
month_date(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	size_t at = i, k, e;
	uint32_t v = word(ts, at), m;
	int day = 0, year = 0, month = 0;
	bool weekday = false, cap = ts->tok[i].kind == TOKEN_NAME, bracket = false, hyphens;

	if ((v & CLASS) == WEEKDAY && !(v & PLURAL)) {
		k = at + 1;
		if (v & SHORT && mark(ts, k) == '.' && mark(ts, k + 1) == ',') /* Mon., May 12 */
			k++;
		bracket = mark(ts, k) == '(';
		if (mark(ts, k) == ',' || bracket)
			k++;
		if (is_text(ts, k, "the"))
			k++;
		m = word(ts, k);
		if ((m & CLASS) == MONTH ||
		    (day_at(ts, k) > 0 && ((word(ts, k + 1) & CLASS) == MONTH || is_text(ts, k + 1, "of")))) {
			weekday = true;
			at = k;
			v = m;
		} else
			return false;
	}
	if ((v & CLASS) == MONTH) {
		bool small = ts->tok[at].kind != TOKEN_NAME;

		month = (int)(v & 255);
		k = at + 1;
		if (mark(ts, k) == '.' && v & SHORT && !(ts->tok[k].flags & TOKEN_SPACE))
			k++;
		if (is_text(ts, k, "the"))
			k++;
		day = day_at(ts, k);
		if (day == 0)
			day = ordinal_at(ts, k, &e);
		if (mark(ts, k + 1) == ':' && whole(ts, k + 2) >= 0) /* a time */
			day = 0;
		if (day > 0) {
			at = k + 1;
			/* 12-14 */
			if (is_dash(ts, at) && day_at(ts, at + 1) > day && (word(ts, at + 2) & CLASS) != UNIT)
				at += 2;
			year = year_behind(w, &at, true);
		} else {
			k = ++at;
			year = year_behind(w, &at, false);
			if (at == k && ((v & SHORT && !(ts->tok[at - 1].flags & TOKEN_DOT)) ||
					(!weekday && !is_month_alone(ts, i, month))))
				return false;
		}
		if (small && !is_small_month(v, day, year))
			return false;
		set_date(w, i, at, year, month, day);
		at += bracket && mark(ts, at) == ')'; /* Monday (June 2) */
		return found(w, at, MENTION_DATE, day > 0 || year > 0 || cap);
	}
	/* 5 May 2020, fifth of May, 05-May-2020; not of runs and wickets, 448-6 dec */
	if (joins_numbers(ts, i - 1))
		return false;
	if ((day = day_at(ts, at)) > 0)
		k = at + 1;
	else if ((day = ordinal_at(ts, at, &e)) > 0)
		k = e;
	else
		return false;
	if (is_dash(ts, k) && day_at(ts, k + 1) > 0)
		k += 2;
	hyphens = is_dash(ts, k) && is_dash(ts, k + 2) && year_at(ts, k + 3) > 0;
	if (is_text(ts, k, "of") || hyphens)
		k++;
	m = word(ts, k);
	if ((m & CLASS) != MONTH)
		return false;
	month = (int)(m & 255);
	at = k + 1 + hyphens;
	year = year_behind(w, &at, true);
	if (ts->tok[k].kind != TOKEN_NAME && !is_small_month(m, day, year) && !is_text(ts, k - 1, "of"))
		return false;
	set_date(w, i, at, year, month, day);
	at += bracket && mark(ts, at) == ')';
	return found(w, at, MENTION_DATE, true);
}

bool
number_date(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	long a = whole(ts, i), b, c;
	char sep;
	size_t k, e;
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	int y;

	/* 10.6.2007 is one token: stops stand inside numbers */
	if (a < 0 && t->kind == TOKEN_NUMBER) {
		long v[3] = { 0 };

		if (t->end - t->begin < strlen("1.6.2007"))
			return false;
		for (k = 0, e = 0; e < t->end - t->begin && k < 3; e++) {
			if (ascii_digit(p[e]))
				v[k] = v[k] < 10000 ? v[k] * 10 + (p[e] - '0') : 10000;
			else if (p[e] == '.')
				k++;
			else
				return false;
		}
		if (k != 2 || v[0] < 1 || v[0] > 31 || v[1] < 1 || v[1] > 12 || v[2] < 1900 || v[2] > 2100)
			return false;
		set_day(w, (int)v[2], (int)v[1], (int)v[0]);
		return found(w, i + 1, MENTION_DATE, true);
	}
	if (a < 0)
		return false;
	sep = mark(ts, i + 1);
	if ((sep != '-' && sep != '/') || ts->tok[i + 1].flags & TOKEN_SPACE ||
	    ts->tok[i + 2].flags & TOKEN_SPACE)
		return false;
	b = whole(ts, i + 2);
	if (b < 1)
		return false;
	if (a == 9 && b == 11 && sep == '/' && mark(ts, i + 3) != '/' && is_text(ts, i, "9")) {
		set_text(w, "2001-09-11"); /* the attacks of that day go by it */
		return found(w, i + 3, MENTION_DATE, true);
	}
	if (mark(ts, i + 3) == '-' && iso_time(w, i, b))
		return true;
	if (mark(ts, i + 3) == sep && (c = whole(ts, i + 4)) >= 0) {
		if (joins_numbers(ts, i - 1) || joins_numbers(ts, i + 5)) /* figures of a bowler, 17-4-45-2 */
			return false;
		if (year_at(ts, i) > 0 && b <= 12 && c >= 1 && c <= 31)
			set_day(w, (int)a, (int)b, (int)c);
		else {
			y = year_at(ts, i + 4);
			if (y == 0 && ts->tok[i + 4].end - ts->tok[i + 4].begin == 2)
				y = (int)c + (c > 50 ? 1900 : 2000);
			if (y == 0 || a < 1)
				return false;
			if (a <= 12 && b <= 31)
				set_day(w, y, (int)a, (int)b);
			else if (a <= 31 && b <= 12)
				set_day(w, y, (int)b, (int)a);
			else
				return false;
		}
		return found(w, i + 5, MENTION_DATE, true);
	}
	return false;
}

bool
glued_date(struct phrase *w, size_t i)
{
	const struct token *t = &w->ts->tok[i];
	const char *p = w->ts->text + t->begin;
	size_t n = t->end - t->begin, k, at = i + 1;
	uint32_t v;
	int day = 0, year;

	for (k = 0; k < n && ascii_alpha(p[k]); k++)
		;
	if (k + 2 < n || k == n || ((v = word_what(p, k)) & CLASS) != MONTH)
		return false;
	for (; k < n && ascii_digit(p[k]); k++)
		day = day * 10 + (p[k] - '0');
	if (k < n || day < 1 || day > 31)
		return false;
	year = year_behind(w, &at, true);
	set_date(w, i, at, year, (int)(v & 255), day);
	return found(w, at, MENTION_DATE, true);
}
