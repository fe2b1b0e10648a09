/* SPDX-License-Identifier: ISC */
#include "patterns.h"

#include <stdlib.h>

/* Which year a month and day without one is of: the nearest to today. */
static int
nearest_year(const struct phrase *w, int month, int day)
{
	long t, best = 1 << 30, n;
	int y, year = 0, away = month == 2 && day == 29 ? 8 : 1;

	if (w->today.year == 0)
		return 0;
	t = day_number(w->today);
	for (y = w->today.year - away; y <= w->today.year + away; y++) {
		n = day_number((struct day){ y, month, day > 0 ? day : 15 });
		if (away > 1 && day_of(n).day != day)
			continue;
		n = labs(n - t);
		if (n < best) {
			best = n;
			year = y;
		}
	}
	return year;
}

/* The fiscal year of one token, FY2024, FY25, by the calendar year it goes by; 0 for none. */
static int
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

	if (mark(ts, k) == ',' || is_text(ts, k, "of"))
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

/* Does token i stand between two dates or two parts of one: from 5 to 9 May, 18th and 19th? */
static bool
is_joint(const struct tokens *ts, size_t i)
{
	return is_dash(ts, i) || is_text(ts, i, "to") || is_text(ts, i, "and") || is_text(ts, i, "or") ||
	       is_text(ts, i, "through") || is_text(ts, i, "until") || is_text(ts, i, "till");
}

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

	if (!is_joint(ts, at))
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
	set_day(w, year > 0 ? year : nearest_year(w, month, day), month, day);
}

/*
 * A month without day or year: is the word one? May, March and
 * others are names and more; what stands before them tells.
 */
static bool
is_month_alone(const struct tokens *ts, size_t i, int month)
{
	static const char *const before[] = {
		"in",	  "since", "of", "until", "till",   "by",      "from",
		"during", "and",   "to", "after", "before", "through", "between"
	};
	uint32_t v = word(ts, i - 1);
	size_t k;

	if (month < 3 || month == 7 || month > 8)
		return true;
	for (k = 0; k < sizeof before / sizeof before[0]; k++)
		if (is_text(ts, i - 1, before[k]))
			return true;
	return ((is_text(ts, i - 1, "for") || is_text(ts, i - 1, "that")) && month != 5) ||
	       (v & CLASS) == SHIFT || (v & CLASS) == PART || is_dash(ts, i - 1) ||
	       (word(ts, i - 2) & CLASS) == MONTH;
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

/* Does a hyphen or slash at token i stand between two numbers, without spaces? */
static bool
joins_numbers(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return (mark(ts, i) == '-' || mark(ts, i) == '/') && t[-1].kind == TOKEN_NUMBER &&
	       t[1].kind == TOKEN_NUMBER && !((t[0].flags | t[1].flags) & TOKEN_SPACE);
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

/* Two digits at p, of a number of at most max? */
static bool
is_two_digits(const char *p, int max)
{
	return ascii_digit(p[0]) && ascii_digit(p[1]) && (p[0] - '0') * 10 + p[1] - '0' <= max;
}

/* Is token i a number of so many digits? */
static bool
is_digits(const struct tokens *ts, size_t i, size_t n)
{
	return ts->tok[i].end - ts->tok[i].begin == n && whole(ts, i) >= 0;
}

/* The tokens of the zone in numbers, +02:00 or -0700, at token i; 0 where there is none. */
static size_t
offset_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];

	if ((mark(ts, i) != '+' && mark(ts, i) != '-') || (t[0].flags | t[1].flags) & TOKEN_SPACE)
		return 0;
	if (is_digits(ts, i + 1, 4))
		return 2;
	return is_digits(ts, i + 1, 2) && mark(ts, i + 2) == ':' && is_digits(ts, i + 3, 2) ? 4 : 0;
}

/*
 * 2025-05-14T10:30:00Z: the year at token i, the month,
 * which is given, and the day and the hour in one token.
 */
static bool
iso_time(struct phrase *w, size_t i, long month)
{
	const struct tokens *ts = w->ts;
	const struct token *t = &ts->tok[i + 4];
	const char *p = ts->text + t->begin;
	size_t at = i + 7, n;
	char *to;

	if (year_at(ts, i) == 0 || month > 12 || t->end - t->begin != 5 || p[2] != 'T' ||
	    !is_two_digits(p, 31) || !is_two_digits(p + 3, 24) || mark(ts, i + 5) != ':' ||
	    digits(ts, i + 6, &n) < 0 || n != 2)
		return false;
	/* seconds, 00Z, go with it */
	if (mark(ts, at) == ':' && ascii_digit(ts->text[ts->tok[at + 1].begin]))
		at += 2;
	to = add_day(w->value, year_at(ts, i), (int)month, 0);
	*to++ = '-';
	memcpy(to, p, 5);
	to[5] = ':';
	memcpy(to + 6, ts->text + ts->tok[i + 6].begin, 2);
	to = add_text(to + 8, ts->text[ts->tok[at - 1].end - 1] == 'Z' ? "Z" : "");
	if ((n = offset_at(ts, at)) > 0) {
		p = ts->text + ts->tok[at].begin;
		at += n;
		n = (size_t)(ts->text + ts->tok[at - 1].end - p);
		memcpy(to, p, n);
		to += n;
	}
	set_end(w, to);
	return found(w, at, MENTION_TIME, true);
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

/* Does what stands before say that the weekday is still to come? */
static bool
is_future(const struct phrase *w, size_t i)
{
	static const char *const list[] = { "will",	"scheduled", "until",	"due",
					    "expected", "slated",    "upcoming" };
	size_t k, j;

	for (k = 1; k < 9 && k <= i; k++) {
		if (mark(w->ts, i - k) == '.' || w->ts->tok[i - k].kind == TOKEN_LINE)
			return false;
		for (j = 0; j < sizeof list / sizeof list[0]; j++)
			if (is_text(w->ts, i - k, list[j]))
				return true;
		if (is_text(w->ts, i - k, "set") && is_text(w->ts, i - k + 1, "to"))
			return true;
	}
	return false;
}

/* Good Friday, Super Tuesday: one day of the year, not of the week. */
static bool
is_named_day(const struct tokens *ts, size_t i)
{
	static const char *const list[] = { "good",   "black", "super", "easter", "ash", "holy",
					    "bloody", "cyber", "palm",	"giving", "fat", "maundy" };
	size_t k;

	if (ts->tok[(ptrdiff_t)i - 1].kind != TOKEN_NAME || ts->tok[i].kind != TOKEN_NAME)
		return false;
	for (k = 0; k < sizeof list / sizeof list[0]; k++)
		if (is_text(ts, i - 1, list[k]))
			return true;
	return false;
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
	if ((year = year_behind(w, &at, false)) == 0 && (year = nearest_year(w, month, 0)) == 0)
		return false;
	d = day_of(nth_of_month(year, month, (int)(v & 255), nth));
	set_day(w, d.year, d.month, d.day);
	return found(w, at, MENTION_DATE, true);
}

bool
weekday_date(struct phrase *w, size_t i, struct day from, int shift, bool shifted)
{
	uint32_t v = word(w->ts, i);
	struct day d;
	size_t at, week = 0;
	long n;
	int k;

	if ((v & CLASS) != WEEKDAY || (w->ts->tok[i].kind != TOKEN_NAME && v & SHORT) ||
	    is_named_day(w->ts, i))
		return false;
	if (v & SHORT && !(w->ts->tok[i].flags & TOKEN_DOT) && mark(w->ts, i + 1) != ',' &&
	    mark(w->ts, i + 1) != '.')
		return false;
	if (v & PLURAL) {
		set_end(w, add_weekday(w->value, v & 255));
		return found(w, i + 1, MENTION_SET, true);
	}
	if (from.year == 0)
		set_end(w, add_weekday(w->value, v & 255));
	else {
		n = day_number(from);
		k = (int)(v & 255) - weekday_of(n); /* days from today, in this week */
		if (!shifted && (week = week_at(w->ts, i + 1, &shift)) > 0)
			k += 7 * shift;
		else if (!shifted) {
			if (k > 0)
				k -= 7;
			if (is_future(w, i) && k < 0)
				k += 7;
		} else if (shift < 0) {
			if (k >= 0)
				k -= 7;
		} else if (shift > 0)
			k += k <= 0 || !(v & LOOSE) ? 7 : 0;
		d = day_of(n + k);
		set_day(w, d.year, d.month, d.day);
	}
	if (week > 0)
		return found(w, i + 1 + week, MENTION_DATE, true);
	at = i + 1 + (v & SHORT && mark(w->ts, i + 1) == '.'); /* Wed. night */
	if (add_daytime(w, at))
		return found(w, at + 1, MENTION_TIME, true);
	return found(w, i + 1, MENTION_DATE, true);
}

/*
 * The year that a part is of, at token *at, which is moved
 * behind it: 2020, fiscal 2020, last year; 0 where there is none.
 */
static int
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
	if (is_text(ts, i, "bc") || is_text(ts, i, "bce") || is_text(ts, i, "b.c."))
		return -1;
	return is_text(ts, i, "ad") || is_text(ts, i, "ce") || is_text(ts, i, "a.d.");
}

static bool
is_century(const struct tokens *ts, size_t i)
{
	return (word(ts, i) & (CLASS | 255)) == (UNIT | U_CENTURY);
}

/*
 * The q-th century, its ordinal ending before token `end`: 19th-century; 18th
 * and 19th centuries, 18th- and 19th-century, of which the first is without the word.
 */
static bool
century_date(struct phrase *w, int q, size_t end)
{
	const struct tokens *ts = w->ts;
	size_t at = end + is_dash(ts, end);
	bool own = is_century(ts, at);
	int era;

	if (!own) {
		at += is_joint(ts, at);
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

/* Is token i what a company or a land has of a quarter: Q3 revenue, first-half pre-tax profit? */
static bool
is_result(const struct tokens *ts, size_t i)
{
	static const char *const what[] = { "revenue", "revenues", "profit", "profits", "sales", "earnings",
					    "results", "income",   "loss",   "losses",	"gdp",	 "growth" };
	static const char *const which[] = { "net",   "operating", "pretax",	 "core",
					     "gross", "adjusted",  "underlying", "group" };
	size_t k;

	if (is_text(ts, i, "pre") && is_dash(ts, i + 1) && is_text(ts, i + 2, "tax"))
		i += 3;
	for (k = 0; k < sizeof which / sizeof which[0]; k++)
		if (is_text(ts, i, which[k])) {
			i++;
			break;
		}
	for (k = 0; k < sizeof what / sizeof what[0]; k++)
		if (is_text(ts, i, what[k]))
			return true;
	return false;
}

bool
part_of_year(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	uint32_t v = word(ts, i), u;
	size_t at, e = i;
	int year = 0, q;

	if ((v & CLASS) == SEASON) {
		at = i + 1;
		if (is_text(ts, at, "of"))
			at++;
		if ((year = year_at(ts, at)) == 0) {
			if (!(is_text(ts, i - 1, "the") || is_text(ts, i - 1, "in") ||
			      is_text(ts, i - 1, "during")) ||
			    is_text(ts, i, "spring") || is_text(ts, i, "fall"))
				return false;
			set_season(w, w->today.year, v & 255);
			return found(w, i + 1, MENTION_DATE, false);
		}
		set_season(w, year, v & 255);
		return found(w, at + 1, MENTION_DATE, false);
	}
	q = ordinal_at(ts, i, &e);
	if ((v & CLASS) == ORDINAL && v & FINAL) {
		q = 4;
		e = i + 1;
	}
	if (q == 0)
		return false;
	if (nth_weekday(w, e, v & FINAL ? 0 : q) || century_date(w, q, e))
		return true;
	if (is_dash(ts, e))
		e++;
	u = word(ts, e);
	if ((u & CLASS) == HALF && q <= 2) { /* of 2009, of profits: not of a game */
		at = e + 1;
		if (is_result(ts, at))
			year = w->today.year;
		else if (!is_text(ts, at++, "of") || (year = year_of_part(w, &at)) == 0 ||
			 joins_numbers(ts, at)) /* 1996/97 */
			return false;
		set_end(w, add_digits(add_year(w->value, year, "-H"), (unsigned)q, 1));
		return found(w, at, MENTION_DATE, true);
	}
	if ((u & CLASS) != UNIT || u & PLURAL)
		return false;
	if ((u & 255) == U_QUARTER && q <= 4) {
		at = e + 1 + is_text(ts, e + 1, "of");
		if ((year = year_of_part(w, &at)) == 0) {
			at = e + 1;
			year = w->today.year;
		}
		set_end(w, add_digits(add_year(w->value, year, "-Q"), (unsigned)q, 1));
		return found(w, at, MENTION_DATE, true);
	}
	return false;
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
	static const char *const list[] = { "highs", "lows", "temperature", "temperatures" };
	size_t back, k;

	for (back = 1; back < 7 && back <= i && ts->tok[i - back].kind != TOKEN_LINE; back++)
		for (k = 0; k < sizeof list / sizeof list[0]; k++)
			if (is_text(ts, i - back, list[k]))
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

/* Is token i the number of one of many: Resolution 1701, Flight 1549? */
static bool
is_numbered(const struct tokens *ts, size_t i)
{
	static const char *const list[] = { "resolution", "flight", "room", "route", "highway", "page" };
	size_t k;

	for (k = 0; k < sizeof list / sizeof list[0] && ts->tok[(ptrdiff_t)i - 1].kind == TOKEN_NAME; k++)
		if (is_text(ts, i - 1, list[k]))
			return true;
	return false;
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
	    (prior->kind == TOKEN_MARK && u8_class(prior->hash & 0x7FFFFFFF) == U8_PUNCT &&
	     (prior->hash & 0x7FFFFFFF) > 0x2022))
		return false;
	if (mark(ts, i + 1) == '%' || mark(ts, i + 1) == ':')
		return false;
	next = word(ts, i + 1);
	if (((next & CLASS) == UNIT && (next & PLURAL || (next & 255) >= U_YEAR)) ||
	    (next & CLASS) == SCALE || (next & CLASS) == MEASURE || (next & CLASS) == CURRENCY ||
	    (next & CLASS) == PERCENTAGE)
		return false;
	/* 2000 people, 1500 troops; but: in 2003 riots broke out */
	if (ts->tok[i + 1].kind == TOKEN_LOWER && !is_text(ts, i - 1, "in") && !is_text(ts, i - 1, "since") &&
	    !is_text(ts, i - 1, "of") && !is_text(ts, i - 1, "the") && !is_text(ts, i - 1, "his") &&
	    (y < 1900 || y % 100 == 0)) {
		const struct token *u = &ts->tok[i + 1];
		char last = ts->text[u->end - 1];

		if (u->end - u->begin > 3 &&
		    (last == 's' || is_text(ts, i + 1, "people") || is_text(ts, i + 1, "men")))
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

static bool
is_oclock(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	size_t n = t->end - t->begin;

	return (n == 7 || n == 9) && is_same(ts->text + t->begin, "o", 1) &&
	       is_same(ts->text + t->end - 5, "clock", 5);
}

/*
 * The time zone at token i, local time among them; 0
 * for none. Those of two letters are other words too.
 */
static uint32_t
zone_at(const struct tokens *ts, size_t i)
{
	uint32_t v = word(ts, i);

	if ((v & CLASS) != ZONE || (v & LOOSE && ts->tok[i].shape != SHAPE_UPPER) ||
	    ((v & 255) == 3 && !is_text(ts, i + 1, "time")))
		return 0;
	return v;
}

/* An hour as it is read. */
struct clock {
	long hour, minute;
	size_t end;   /* the token behind it */
	char half;    /* of the day, a or p; 0: not told */
	bool minutes; /* are told */
	bool seconds;
	bool oclock;
};

/* Read 10, 10:30, 10:30:05, 10.30, and what stands behind the digits in their token: the pm of 1pm. */
static bool
read_digits(const struct tokens *ts, size_t i, struct clock *c, struct span *behind)
{
	const struct token *t = &ts->tok[i];
	size_t n = 0, k;

	c->hour = digits(ts, i, &n);
	if (c->hour < 0 || n > 2)
		return false;
	*behind = (struct span){ ts->text + t->begin + n, t->end - t->begin - n };
	if (behind->n == 0 && mark(ts, i + 1) == ':' && !((t[1].flags | t[2].flags) & TOKEN_SPACE)) {
		c->minute = digits(ts, i + 2, &k);
		if (c->minute < 0 || k != 2)
			return false;
		c->minutes = true;
		*behind = (struct span){ ts->text + t[2].begin + 2, t[2].end - t[2].begin - 2 };
		c->end = i + 3;
		if (mark(ts, i + 3) == ':' && whole(ts, i + 4) >= 0) {
			c->end = i + 5;
			c->seconds = true;
		}
	} else if (behind->n >= 3 && behind->p[0] == '.' && is_two_digits(behind->p + 1, 99) &&
		   (behind->n == 5 || (behind->n == 4 && mark(ts, i + 1) == '.') ||
		    (word(ts, i + 1) & CLASS) == CLOCK || is_text(ts, i + 1, "a") ||
		    is_text(ts, i + 1, "p"))) {
		c->minute = (behind->p[1] - '0') * 10 + behind->p[2] - '0';
		c->minutes = true;
		behind->p += 3;
		behind->n -= 3;
	}
	return c->minute < 60;
}

/* Of which half of the day the letter before an m is: a, p; 0 for another letter. */
static char
half_of(char c)
{
	c |= 0x20;
	return c == 'a' || c == 'p' ? c : '\0';
}

/* Read the half of the day that stands behind an hour in words: in the morning, at night. */
static void
read_half(const struct tokens *ts, struct clock *c)
{
	size_t at = c->end;
	uint32_t v = word(ts, at + 2);

	if (is_text(ts, at, "at") && word(ts, at + 1) == (UNIT | U_NIGHT)) {
		c->half = c->hour < 6 || c->hour == 12 ? 'a' : 'p';
		c->end = at + 2;
	} else if (is_text(ts, at, "in") && is_text(ts, at + 1, "the") && (v & CLASS) == DAYTIME &&
		   (v & 255) < D_NOON) {
		c->half = (v & 255) == D_MO ? 'a' : 'p';
		c->end = at + 3;
	}
}

/* Read 10:30, 10.30 am, 5 p.m., 1pm, three o'clock, 3 o'clock in the morning, 5 alone. */
static bool
read_clock(const struct tokens *ts, size_t i, struct clock *c)
{
	struct span letters = { NULL, 0 };
	uint32_t v = word(ts, i);
	size_t at;

	*c = (struct clock){ .end = i + 1 };
	if ((v & CLASS) == NUMBER)
		c->hour = v & 255;
	else if (!read_digits(ts, i, c, &letters))
		return false;
	at = c->end;
	if (letters.n == 2 && (letters.p[1] | 0x20) == 'm')
		c->half = half_of(letters.p[0]);
	else if (letters.n == 1 && mark(ts, at) == '.' && is_text(ts, at + 1, "m")) { /* 8p.m. */
		c->half = half_of(letters.p[0]);
		at += 2;
		at += mark(ts, at) == '.' && !(ts->tok[at].flags & TOKEN_SPACE);
	} else if (letters.n == 0 && (word(ts, at) & CLASS) == CLOCK)
		c->half = half_of(ts->text[ts->tok[at++].begin]);
	else if (letters.n == 0 && mark(ts, at + 1) == '.' && is_text(ts, at + 2, "m")) { /* 8 p.m. */
		c->half = half_of(ts->text[ts->tok[at].begin]);
		at += 3;
		at += mark(ts, at) == '.' && !(ts->tok[at].flags & TOKEN_SPACE);
	} else if (is_oclock(ts, at)) {
		c->oclock = true;
		at++;
	}
	if (letters.n > 0 && c->half == 0)
		return false;
	c->end = at;
	if (c->half == 0 && c->hour <= 12 && (c->minutes || c->oclock || is_text(ts, i - 1, "at")))
		read_half(ts, c);
	return c->hour <= 24;
}

/*
 * The half of the day of the hour c at token i, where it goes on to one that tells it: 7:30-9 p.m.,
 * from 7 to 9 p.m., between 7 and 9 p.m.; 0 where it does not.
 */
static char
half_of_range(const struct tokens *ts, size_t i, const struct clock *c)
{
	struct clock to;

	if (c->hour < 1 || c->hour > 12 ||
	    !(is_dash(ts, c->end) || is_text(ts, c->end, "to") ||
	      (is_text(ts, c->end, "and") && is_text(ts, i - 1, "between"))) ||
	    !read_clock(ts, c->end + 1, &to) || to.half == 0 || to.hour > 12)
		return '\0';
	return c->hour % 12 <= to.hour % 12 ? to.half : to.half == 'a' ? 'p' : 'a';
}

bool
clock_time(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	uint32_t v = word(ts, i), zone;
	struct clock c;
	size_t at;
	char *to;

	if ((v & CLASS) == DAYTIME && (v & 255) >= D_NOON) {
		set_text(w, (v & 255) == D_NOON ? "T12:00" : "T00:00");
		return found(w, i + 1, MENTION_TIME, false);
	}
	if ((mark(ts, i - 1) == ':' && !(ts->tok[i].flags & TOKEN_SPACE)) || !read_clock(ts, i, &c))
		return false;
	if (c.half == 0)
		c.half = half_of_range(ts, i, &c);
	if (c.half == 0 && !c.minutes && !c.oclock)
		return false;
	if (c.half != 0 && c.hour <= 12)
		c.hour = c.hour % 12 + (c.half == 'p' ? 12 : 0);
	at = c.end;
	zone = zone_at(ts, at);
	if (c.seconds && c.half == 0 && zone == 0 && is_digits(ts, i, 1))
		return false; /* 2:04:55 is how long somebody ran */
	if (zone != 0)
		at += (zone & 255) == 3 ? 2 : 1;
	to = add_digits(add_text(w->value, "T"), (unsigned long)c.hour, 2);
	to = add_digits(add_text(to, ":"), (unsigned long)c.minute, 2);
	set_end(w, add_text(to, zone == (ZONE | 1) ? "Z" : ""));
	return found(w, at, MENTION_TIME, true);
}

/* The quarter or half of a year at token i: Q1, H2; 0 for none. */
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

static bool
found_part(struct phrase *w, size_t part, int year, size_t end)
{
	char *to = add_year(w->value, year, "-");

	memcpy(to, w->ts->text + w->ts->tok[part].begin, 2);
	set_end(w, to + 2);
	return found(w, end, MENTION_DATE, true);
}

bool
part_date(struct phrase *w, size_t i)
{
	static const char *const before[] = { "in",   "of", "for",  "during", "since", "until",
					      "from", "by", "this", "fiscal", "the" };
	const struct tokens *ts = w->ts;
	size_t at = i + 1, k;
	int year;

	if (ts->tok[i].kind == TOKEN_NUMBER) { /* 2019-Q1, 2019 Q1 */
		at += is_dash(ts, at) && !(ts->tok[at].flags & TOKEN_SPACE);
		return part_at(ts, at) != '\0' && found_part(w, at, year_at(ts, i), at + 1);
	}
	if ((year = fiscal_at(ts, i)) > 0) {
		set_end(w, add_year(w->value, year, ""));
		return found(w, at, MENTION_DATE, true);
	}
	if (part_at(ts, i) == '\0')
		return false;
	if (mark(ts, at) == '/' || is_dash(ts, at))
		at++;
	if ((year = year_behind(w, &at, false)) > 0)
		return found_part(w, i, year, at);
	if (part_at(ts, i) == 'Q' && is_result(ts, i + 1) && ts->tok[(ptrdiff_t)i - 1].kind != TOKEN_NAME)
		return found_part(w, i, w->today.year, i + 1);
	for (k = 0; k < sizeof before / sizeof before[0] && part_at(ts, i) == 'Q'; k++)
		if (is_text(ts, i - 1, before[k]))
			return found_part(w, i, w->today.year, i + 1);
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

bool
four_digit_time(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	long v = whole(ts, i);
	uint32_t zone = zone_at(ts, i + 1);
	bool named;
	char *to;

	if (ts->tok[i].end - ts->tok[i].begin != 4 || v < 0 || v / 100 > 24 || v % 100 > 59)
		return false;
	named = is_text(ts, i + 1, "hours") || is_text(ts, i + 1, "hrs");
	if (zone != 0 && (zone & 255) < 3)
		named = true;
	else if ((ts->text[ts->tok[i].begin] == '0') + is_text(ts, i - 1, "at") + named < 2) /* at 0600 */
		return false;
	to = add_digits(add_text(w->value, "T"), (unsigned long)v / 100, 2);
	to = add_digits(add_text(to, ":"), (unsigned long)v % 100, 2);
	set_end(w, add_text(to, zone == (ZONE | 1) ? "Z" : ""));
	return found(w, i + 1 + named, MENTION_TIME, true);
}

bool
decade_date(struct phrase *w, size_t i)
{
	if (!is_behind_the(w->ts, i))
		return false;
	set_end(w, add_digits(w->value, 190 + (word(w->ts, i) & 255), 3));
	return found(w, i + 1, MENTION_DATE, true);
}
