/* SPDX-License-Identifier: ISC */
/*
 * Dates, times, durations, sets of times, and amounts, with values in the manner
 * of TIMEX3 (ISO 8601 with what is not known left open): 2025-05-12, 2022-05,
 * 2025-W20, 2010-07-16TMO, P3Y, XXXX-WXX-4; and "EUR 1200000000", "15 %", "30 kilometre".
 *
 * A small grammar by hand: at every token that can begin an expression the
 * patterns are tried, longest first. Words are looked up in when.tsv.
 */
#include "dates.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "little.h"
#include "u8.h"
#include "vec.h"
#include "when.h"

static const char *const currency_name[] = { "AED", "AUD", "AZN", "BDT", "BGN", "BRL", "BTC", "CAD", "CHF",
					     "CNY", "CZK", "DEM", "DKK", "EGP", "EUR", "GBP", "GBp", "GEL",
					     "GRD", "HKD", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "JPY",
					     "KES", "KRW", "KWD", "KZT", "MXN", "MYR", "NGN", "NOK", "NZD",
					     "PKR", "PLN", "RON", "RUB", "SAR", "SEK", "SGD", "THB", "TRY",
					     "TWD", "UAH", "USD", "USc", "VND", "ZAR" };
static const char *const measure_name[] = {
	"metre",    "kilometre", "centimetre", "millimetre", "mile",	  "foot",     "inch",	  "yard",
	"gram",	    "kilogram",	 "tonne",      "pound",	     "ounce",	  "litre",    "gallon",	  "barrel",
	"acre",	    "hectare",	 "degree",     "megawatt",   "kilowatt",  "gigawatt", "volt",	  "mph",
	"kph",	    "knot",	 "light-year", "microgram",  "milligram", "megabyte", "gigabyte", "terabyte",
	"kilobyte", "hertz",	 "megahertz",  "gigahertz"
};
static const char *const season_name[] = { "SP", "SU", "FA", "WI" };
static const char *const daytime_name[] = { "MO", "AF", "EV", "NI", "", "" };

struct work {
	struct mentions *ms;
	struct tokens *ts;
	struct day today; /* what relative dates count from; year 0: not known */
	size_t i;	  /* where the expression begins */
	size_t end;	  /* behind it */
	enum mention_type type;
	char value[80];
	size_t value_n;
	bool sure; /* more likely a date than (part of) a name */
};

bool
day_read(struct span s, struct day *d)
{
	int v[3] = { 0 }, i, k;
	size_t at = 0;

	if (s.n < 10)
		return false;
	for (i = 0; i < 3; i++) {
		for (k = i == 0 ? 4 : 2; k > 0; k--, at++) {
			if (!ascii_digit(s.p[at]))
				return false;
			v[i] = v[i] * 10 + (s.p[at] - '0');
		}
		if (i < 2 && s.p[at++] != '-')
			return false;
	}
	if (v[0] < 1 || v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31)
		return false;
	*d = (struct day){ v[0], v[1], v[2] };
	return true;
}

/* ---------------------------------------------------------------- the calendar */

/* Days since 1 March of year 0, and back (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
static long
day_number(struct day d)
{
	long y = d.month <= 2 ? d.year - 1 : d.year, era = y / 400, yoe = y - era * 400;
	long doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy;
}

static struct day
day_of(long n)
{
	long era = n / 146097, doe = n - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, y = yoe + era * 400;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	struct day d;

	d.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	d.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	d.year = (int)(d.month <= 2 ? y + 1 : y);
	return d;
}

/* 1 Monday ... 7 Sunday; day 0 was a Wednesday. */
static int
weekday_of(long n)
{
	return (int)((n + 2) % 7) + 1;
}

static void
iso_week(struct day d, int *year, int *week)
{
	long n = day_number(d), thursday = n - weekday_of(n) + 4;
	struct day t = day_of(thursday);

	*year = t.year;
	*week = (int)((thursday - day_number((struct day){ t.year, 1, 1 })) / 7) + 1;
}

static void
add_months(struct day *d, int n)
{
	int m = d->year * 12 + d->month - 1 + n;

	d->year = m / 12;
	d->month = m % 12 + 1;
}

/* ---------------------------------------------------------------- words */

/* What token i is of when.tsv, 0 for nothing. The tokens before the first are padding, tokens.h: i may be -1 or -2 here and below. */
static inline uint32_t
word(const struct tokens *ts, size_t i)
{
	return ts->tok[(ptrdiff_t)i].flags & TOKEN_WHEN ? ts->what[i] : 0;
}

static inline char
mark(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return t->kind == TOKEN_MARK && t->end - t->begin == 1 ? ts->text[t->begin] : '\0';
}

static bool
is_same(const char *p, const char *s, size_t n)
{
	size_t k;

	for (k = 0; k < n && ascii_fold(p[k]) == s[k]; k++)
		;
	return k == n;
}

/* Is token i the word s? Most are not of its length. */
static inline __attribute__((always_inline)) bool
is_text(const struct tokens *ts, size_t i, const char *s)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];
	size_t n = strlen(s);

	return t->end - t->begin == n && is_same(ts->text + t->begin, s, n);
}

/* a, an: of letters alone, and too many to be looked up */
static inline bool
is_indefinite(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];
	size_t n = t->end - t->begin - (t->flags & TOKEN_DOT ? 1 : 0);

	return t->kind <= TOKEN_NAME && n - 1 < 2 && is_same(ts->text + t->begin, "an", n);
}

static inline bool
is_article(const struct tokens *ts, size_t i)
{
	return is_indefinite(ts, i) || is_text(ts, i, "the");
}

/* A dash between two tokens: hyphen, en dash, em dash. */
static bool
is_dash(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return t->kind == TOKEN_MARK && (ts->text[t->begin] == '-' || t->hash == (0x2013u | 1u << 31));
}

/* The number that n <= 8 digits at p make, with 8 readable bytes: three steps of neighbours joined, of one, two and four digits. */
static inline uint32_t
eight_digits(const char *p, size_t n)
{
	uint64_t v = n == 0 ? 0 : (little64(p) & 0x0F0F0F0F0F0F0F0Fu) << 8 * (8 - n);

	v = (v * 10 + (v >> 8)) & 0x00FF00FF00FF00FFu;
	v = (v * 100 + (v >> 16)) & 0x0000FFFF0000FFFFu;
	return (uint32_t)(v * 10000 + (v >> 32));
}

/* A plain whole number in a token, and where its first nine digits end in it; of more than eight only that it is large. -1: none. */
static long
digits(const struct tokens *ts, size_t i, size_t *n)
{
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	size_t k;

	if (t->kind != TOKEN_NUMBER)
		return -1;
	k = vec_first(vec_bits16(vec_out(vec_load(p), '0', '9')) | 1u << 9);
	if (k > t->end - t->begin)
		k = t->end - t->begin;
	*n = k;
	return k == 0 ? -1 : k <= 8 ? (long)eight_digits(p, k) : 99999999;
}

static long
whole(const struct tokens *ts, size_t i)
{
	size_t n = 0;
	long v = digits(ts, i, &n);

	return v >= 0 && n == ts->tok[i].end - ts->tok[i].begin ? v : -1;
}

/* A year of four digits. */
static inline int
year_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	long v;

	if (t->kind != TOKEN_NUMBER || t->end - t->begin != 4)
		return 0;
	v = whole(ts, i);
	return v >= 1000 && v < 2200 ? (int)v : 0;
}

/* A day of the month: 5, 05, 5th. */
static inline int
day_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	size_t n = 0, len = t->end - t->begin;
	const char *p;
	long v;

	if (t->kind != TOKEN_NUMBER || len > 4)
		return 0;
	v = digits(ts, i, &n);
	if (v < 1 || v > 31 || n > 2)
		return 0;
	p = ts->text + t->begin + n;
	if (len == n)
		return (int)v;
	if (len == n + 2 && (memcmp(p, "th", 2) == 0 || memcmp(p, "st", 2) == 0 || memcmp(p, "nd", 2) == 0 ||
			     memcmp(p, "rd", 2) == 0))
		return (int)v;
	return 0;
}

/* A spelled day: fifth, twenty-first. */
static int
ordinal_at(const struct tokens *ts, size_t i, size_t *end)
{
	uint32_t w = word(ts, i), u;
	int d;

	if ((w & CLASS) == ORDINAL && !(w & FINAL)) {
		*end = i + 1;
		return (int)(w & 255);
	}
	if ((w & CLASS) == NUMBER && (w & 255) >= 20 && is_dash(ts, i + 1) &&
	    ((u = word(ts, i + 2)) & CLASS) == ORDINAL && (u & 255) < 10) {
		*end = i + 3;
		return (int)((w & 255) + (u & 255));
	}
	if ((d = day_at(ts, i)) > 0 && !ascii_digit(ts->text[ts->tok[i].end - 1])) {
		*end = i + 1;
		return d;
	}
	return 0;
}

/*
 * A number in thousandths from token i on: 1,200.5; twenty-five; two hundred
 * thousand; 1.2 billion; half a million. Returns tokens used, 0 for none.
 */
static size_t
number_at(const struct tokens *ts, size_t i, int64_t *value)
{
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, k, at = i;
	int64_t v = 0, total = 0, group = 0, f;
	uint32_t w;
	bool any = false;
	int e;

	if (t->kind == TOKEN_NUMBER) {
		for (k = 0; k < n && (ascii_digit(p[k]) || p[k] == ',') && v < 1000000000000; k++)
			if (p[k] != ',')
				v = v * 10 + (p[k] - '0');
		v *= 1000;
		if (k < n && p[k] == '.')
			for (k++, f = 100; k < n && ascii_digit(p[k]); k++, f /= 10)
				v += f * (p[k] - '0');
		if (k < n) { /* 5m, 3bn, 10k */
			if (k + 1 == n && (p[k] == 'm' || p[k] == 'M'))
				v = v < 9000000000000 ? v * 1000000 : v;
			else if (k + 2 == n && (p[k] | 0x20) == 'b' && (p[k + 1] | 0x20) == 'n')
				v = v < 9000000000 ? v * 1000000000 : v;
			else if (k + 1 == n && (p[k] == 'k' || p[k] == 'K'))
				v = v < 9000000000000000 ? v * 1000 : v;
			else
				return 0;
		}
		at = i + 1;
		group = v;
		any = true;
	} else if (((w = word(ts, i)) & CLASS) == HALF && is_article(ts, i + 1) &&
		   (word(ts, i + 2) & CLASS) == SCALE) {
		group = 500;
		at = i + 2;
		any = true;
	} else if (is_indefinite(ts, i) && (word(ts, i + 1) & CLASS) == SCALE) {
		group = 1000;
		at = i + 1;
		any = true;
	} else
		while (((w = word(ts, at)) & CLASS) == NUMBER && at < i + 6) {
			if (at > i && group % 100000 != 0 &&
			    !(group % 100000 % 10000 == 0 && group % 100000 >= 20000 && (w & 255) < 10))
				break;
			group += (int64_t)(w & 255) * 1000;
			any = true;
			at++;
			if (is_dash(ts, at) && (word(ts, at + 1) & CLASS) == NUMBER)
				at++;
			else if ((word(ts, at) & CLASS) == SCALE && (word(ts, at) & 255) == 2) {
				group *= 100;
				at++;
				if (is_text(ts, at, "and") && (word(ts, at + 1) & CLASS) == NUMBER)
					at++;
			}
		}
	if (!any)
		return 0;
	while (at < i + 12) {
		k = at;
		if (is_dash(ts, k) && !(ts->tok[k].flags & TOKEN_SPACE))
			k++;
		w = word(ts, k);
		if ((w & CLASS) != SCALE || (w & SHORT && ts->tok[k].flags & TOKEN_SPACE && (w & 255) == 3))
			break;
		for (e = (int)(w & 255); e > 0; e--) {
			if (group > INT64_MAX / 10)
				return 0;
			group *= 10;
		}
		if (group > INT64_MAX / 2 - total)
			return 0;
		total += group;
		group = 0;
		at = k + 1;
		if ((word(ts, at) & CLASS) != NUMBER)
			break;
		group = (int64_t)(word(ts, at) & 255) * 1000;
		at++;
	}
	*value = total + group;
	return at - i;
}

/* Add v at `to`, with zeros before it up to a width; returns the end. */
static char *
add_digits(char *to, uint64_t v, int width)
{
	char digit[20];
	int n = 0;

	do
		digit[n++] = (char)('0' + v % 10);
	while ((v /= 10) > 0);
	while (n < width)
		digit[n++] = '0';
	while (n > 0)
		*to++ = digit[--n];
	return to;
}

/* Add thousandths as a number. */
static char *
add_number(char *to, int64_t v)
{
	to = add_digits(to, (uint64_t)v / 1000, 1);
	if (v % 1000 == 0)
		return to;
	*to++ = '.';
	for (to = add_digits(to, (uint64_t)v % 1000, 3); to[-1] == '0';)
		to--;
	return to;
}

static char *
add_text(char *to, const char *s)
{
	while (*s != '\0')
		*to++ = *s++;
	return to;
}

/* YYYY-MM-DD; four digits of the year, or XXXX where it is not known; the day left out where it is 0. */
static char *
add_day(char *to, int year, int month, int day)
{
	to = year > 0 ? add_digits(to, (unsigned)year % 10000, 4) : add_text(to, "XXXX");
	*to++ = '-';
	to = add_digits(to, (unsigned)month, 2);
	if (day > 0) {
		*to++ = '-';
		to = add_digits(to, (unsigned)day, 2);
	}
	return to;
}

/* A year with what follows it: -W, -Q, -, and a number, or a text. */
static char *
add_year(char *to, int year, const char *part)
{
	to = year > 0 ? add_digits(to, (unsigned)year, 4) : add_text(to, "XXXX");
	return add_text(to, part);
}

/* The value ends at `to`. */
static void
set_end(struct work *w, const char *to)
{
	w->value_n = (size_t)(to - w->value);
}

static void
set_text(struct work *w, const char *s)
{
	set_end(w, add_text(w->value, s));
}

static void
set_day(struct work *w, int year, int month, int day)
{
	set_end(w, add_day(w->value, year, month, day));
}

static void
set_week(struct work *w, struct day d, const char *part)
{
	char *to;
	int year, week;

	iso_week(d, &year, &week);
	to = add_digits(add_year(w->value, year, "-W"), (unsigned)week, 2);
	set_end(w, add_text(to, part));
}

static void
set_season(struct work *w, int year, uint32_t season)
{
	set_end(w, add_text(add_year(w->value, year, "-"), season_name[season]));
}

/* The day of a week that is not known. */
static char *
add_weekday(char *to, uint32_t day)
{
	return add_digits(add_text(to, "XXXX-WXX-"), day, 1);
}

static bool
found(struct work *w, size_t end, enum mention_type type, bool sure)
{
	w->end = end;
	w->type = type;
	w->sure = sure;
	return true;
}

/* ---------------------------------------------------------------- dates */

/* Which year a month and day without one is of: the nearest to today. */
static int
nearest_year(const struct work *w, int month, int day)
{
	long t, best = 1 << 30, n;
	int y, year = 0;

	if (w->today.year == 0)
		return 0;
	t = day_number(w->today);
	for (y = w->today.year - 1; y <= w->today.year + 1; y++) {
		n = labs(day_number((struct day){ y, month, day > 0 ? day : 15 }) - t);
		if (n < best) {
			best = n;
			year = y;
		}
	}
	return year;
}

static void
set_date(struct work *w, int year, int month, int day)
{
	set_day(w, year > 0 ? year : nearest_year(w, month, day), month, day);
}

/* The part of a day at token `at` put behind the value, which is a day. */
static bool
add_daytime(struct work *w, size_t at)
{
	uint32_t d = word(w->ts, at);
	char *to = w->value + w->value_n;

	if ((d & CLASS) == UNIT && (d & 255) == U_NIGHT && !(d & PLURAL))
		set_end(w, add_text(to, "TNI"));
	else if ((d & CLASS) == DAYTIME && (d & 255) < D_NOON)
		set_end(w, add_text(add_text(to, "T"), daytime_name[d & 255]));
	else
		return false;
	return true;
}

/* "Month 5[th][, 2020]", "Month 2020", "Month", "5 Month 2020", with a weekday before. */
static bool
month_date(struct work *w, size_t i)
{
	struct tokens *ts = w->ts;
	size_t at = i, k, e;
	uint32_t v = word(ts, at), m;
	int day = 0, year = 0, month = 0;
	bool weekday = false, cap = ts->tok[i].kind == TOKEN_NAME;

	if ((v & CLASS) == WEEKDAY && !(v & PLURAL)) {
		k = at + 1;
		if (mark(ts, k) == ',' || mark(ts, k) == '(')
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
	if ((v & CLASS) == MONTH && ts->tok[at].kind == TOKEN_NAME) {
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
			k = at;
			if (mark(ts, k) == ',')
				k++;
			if ((year = year_at(ts, k)) > 0)
				at = k + 1;
		} else {
			at++;
			k = at;
			if (mark(ts, k) == ',' || is_text(ts, k, "of"))
				k++;
			if ((year = year_at(ts, k)) > 0)
				at = k + 1;
			else if (v & SHORT && !(w->ts->tok[at - 1].flags & TOKEN_DOT))
				return false;
			else {
				/* May, March and August are other things too */
				k = i;
				if (!weekday &&
				    (month == 3 || month == 5 || month == 8 || month == 4 || month == 6)) {
					m = word(ts, k - 1);
					if (!(is_text(ts, k - 1, "in") || is_text(ts, k - 1, "since") ||
					      is_text(ts, k - 1, "of") || is_text(ts, k - 1, "until") ||
					      is_text(ts, k - 1, "till") || is_text(ts, k - 1, "by") ||
					      is_text(ts, k - 1, "from") || is_text(ts, k - 1, "during") ||
					      is_text(ts, k - 1, "and") || is_text(ts, k - 1, "to") ||
					      is_text(ts, k - 1, "after") || is_text(ts, k - 1, "before") ||
					      is_text(ts, k - 1, "through") ||
					      (is_text(ts, k - 1, "for") && month != 5) ||
					      (m & CLASS) == SHIFT || (m & CLASS) == PART ||
					      is_dash(ts, k - 1) || (word(ts, k - 2) & CLASS) == MONTH))
						return false;
				}
			}
		}
		set_date(w, year, month, day);
		return found(w, at, MENTION_DATE, day > 0 || year > 0 || cap);
	}
	/* 5 May 2020, fifth of May */
	if ((day = day_at(ts, at)) > 0)
		k = at + 1;
	else if ((day = ordinal_at(ts, at, &e)) > 0)
		k = e;
	else
		return false;
	if (is_dash(ts, k) && day_at(ts, k + 1) > 0)
		k += 2;
	if (is_text(ts, k, "of"))
		k++;
	m = word(ts, k);
	if ((m & CLASS) != MONTH || (ts->tok[k].kind != TOKEN_NAME && m & SHORT))
		return false;
	month = (int)(m & 255);
	k++;
	at = k;
	if (mark(ts, k) == ',' || is_text(ts, k, "of"))
		k++;
	if ((year = year_at(ts, k)) > 0)
		at = k + 1;
	set_date(w, year, month, day);
	return found(w, at, MENTION_DATE, true);
}

/* 2007-06-10, 10.6.2007, 7/8/07, each of one token sort only */
static bool
number_date(struct work *w, size_t i)
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
	if (mark(ts, i + 3) == sep && (c = whole(ts, i + 4)) >= 0) {
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
is_future(const struct work *w, size_t i)
{
	size_t k;

	for (k = 1; k < 9 && k <= i; k++) {
		if (mark(w->ts, i - k) == '.' || w->ts->tok[i - k].kind == TOKEN_LINE)
			return false;
		if (is_text(w->ts, i - k, "will") || is_text(w->ts, i - k, "scheduled") ||
		    is_text(w->ts, i - k, "until"))
			return true;
	}
	return false;
}

static bool
weekday_date(struct work *w, size_t i, int shift, bool shifted)
{
	uint32_t v = word(w->ts, i);
	struct day d;
	long n;
	int k;

	if ((v & CLASS) != WEEKDAY || w->ts->tok[i].kind != TOKEN_NAME)
		return false;
	if (v & SHORT && !(w->ts->tok[i].flags & TOKEN_DOT) && mark(w->ts, i + 1) != ',' &&
	    mark(w->ts, i + 1) != '.')
		return false;
	if (v & PLURAL) {
		set_end(w, add_weekday(w->value, v & 255));
		return found(w, i + 1, MENTION_SET, true);
	}
	if (w->today.year == 0)
		set_end(w, add_weekday(w->value, v & 255));
	else {
		n = day_number(w->today);
		k = (int)(v & 255) - weekday_of(n); /* days from today, in this week */
		if (!shifted) {
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
	if (add_daytime(w, i + 1))
		return found(w, i + 2, MENTION_TIME, true);
	return found(w, i + 1, MENTION_DATE, true);
}

static bool
unit_shift(struct work *w, uint32_t unit, int shift)
{
	struct day d = w->today;

	if (d.year == 0) {
		set_text(w, shift < 0 ? "PAST_REF" : shift > 0 ? "FUTURE_REF" : "PRESENT_REF");
		return true;
	}
	switch (unit) {
	case U_DAY:
		d = day_of(day_number(d) + shift);
		set_day(w, d.year, d.month, d.day);
		return true;
	case U_WEEK:
	case U_WEEKEND:
		d = day_of(day_number(d) + 7 * shift);
		set_week(w, d, unit == U_WEEKEND ? "-WE" : "");
		return true;
	case U_MON:
		add_months(&d, shift);
		set_day(w, d.year, d.month, 0);
		return true;
	case U_YEAR:
		set_end(w, add_year(w->value, d.year + shift, ""));
		return true;
	case U_DECADE:
		set_end(w, add_digits(w->value, (unsigned)(d.year / 10 + shift), 3));
		return true;
	case U_CENTURY:
		set_end(w, add_digits(w->value, (unsigned)(d.year / 100 + shift), 2));
		return true;
	case U_QUARTER:
		add_months(&d, 3 * shift);
		set_end(w, add_digits(add_year(w->value, d.year, "-Q"), (unsigned)(d.month + 2) / 3, 1));
		return true;
	default:
		return false;
	}
}

/* last week, this year, next March, last Thursday, next three days, the past few months */
static bool
shifted(struct work *w, size_t i)
{
	struct tokens *ts = w->ts;
	uint32_t s = word(ts, i), v;
	int shift = (int)(s & 255) - 8, month;
	size_t at = i + 1, used;
	struct day d;
	int64_t n;
	char *to;
	static const char unit_letter[] = { 'S', 'M', 'H', 'D', 'W', 'M', 'Y' };

	v = word(ts, at);
	switch (v & CLASS) {
	case UNIT:
		if (v & PLURAL || (v & 255) < U_DAY)
			return false;
		if ((v & 255) == U_NIGHT && shift <= 0) {
			unit_shift(w, U_DAY, shift);
			if (w->today.year > 0)
				set_end(w, add_text(w->value + w->value_n, "TNI"));
			return found(w, at + 1, MENTION_TIME, true);
		}
		if (s & LOOSE && shift != 0 && !is_text(ts, i - 1, "the"))
			return false;
		if (!unit_shift(w, v & 255, shift))
			return false;
		return found(w, at + 1, MENTION_DATE, true);
	case WEEKDAY:
		return weekday_date(w, at, shift, true);
	case MONTH:
		if (ts->tok[at].kind != TOKEN_NAME)
			return false;
		month = (int)(v & 255);
		d = w->today;
		if (d.year > 0) {
			if (shift < 0 && month >= d.month)
				d.year--;
			else if (shift > 0 && month <= d.month)
				d.year++;
		}
		set_day(w, d.year, month, 0);
		return found(w, at + 1, MENTION_DATE, true);
	case SEASON:
		set_season(w, w->today.year > 0 ? w->today.year + shift : 0, v & 255);
		return found(w, at + 1, MENTION_DATE, true);
	case DAYTIME:
		if (shift != 0)
			return false;
		if (w->today.year > 0)
			set_day(w, w->today.year, w->today.month, w->today.day);
		else
			set_text(w, "XXXX-XX-XX");
		if (!add_daytime(w, at))
			return false;
		return found(w, at + 1, MENTION_TIME, true);
	case VAGUE:
		v = word(ts, at + 1);
		if (shift == 0 || (v & CLASS) != UNIT || !(v & PLURAL) || (v & 255) > U_YEAR)
			return false;
		to = add_text(w->value, (v & 255) < U_DAY ? "PTX" : "PX");
		*to++ = unit_letter[v & 255];
		set_end(w, to);
		return found(w, at + 2, MENTION_DURATION, true);
	default:
		break;
	}
	if (shift != 0 && (used = number_at(ts, at, &n)) > 0) {
		v = word(ts, at + used);
		if ((v & CLASS) != UNIT || (v & 255) > U_DECADE)
			return false;
		to = add_text(w->value, (v & 255) < U_DAY ? "PT" : "P");
		to = add_number(to, (v & 255) == U_DECADE ? n * 10 : n);
		*to++ = (v & 255) == U_DECADE ? 'Y' : unit_letter[v & 255];
		set_end(w, to);
		return found(w, at + used + 1, MENTION_DURATION, true);
	}
	return false;
}

/* three years, 30-day, two weeks ago, half an hour */
static bool
duration(struct work *w, size_t i)
{
	static const char *const letter[] = { "S", "M", "H", "D", "W", "M", "Y", "", "", "Q", "", "NI", "" };
	struct tokens *ts = w->ts;
	int64_t n = 0;
	size_t at, used;
	uint32_t v, s;
	struct day d;
	char *to;
	bool vague = false, half = false;

	v = word(ts, i);
	if ((v & CLASS) == VAGUE && (v & 255) != 6 && (v & 255) != 4) {
		vague = true;
		at = i + 1;
		if ((v & 255) == 3 && is_text(ts, at, "of"))
			at++;
	} else if (is_indefinite(ts, i)) {
		at = i + 1;
		n = 1000;
		if ((word(ts, at) & CLASS) == VAGUE) {
			vague = true;
			at++;
			if (is_text(ts, at, "of"))
				at++;
		} else if ((word(ts, at) & CLASS) == SCALE) {
			if ((used = number_at(ts, i, &n)) == 0)
				return false;
			at = i + used;
		}
	} else if ((v & CLASS) == HALF) {
		at = i + 1;
		if (is_article(ts, at))
			at++;
		n = 500;
	} else {
		if ((used = number_at(ts, i, &n)) == 0)
			return false;
		at = i + used;
		if (is_text(ts, at, "and") && is_text(ts, at + 1, "a") &&
		    (word(ts, at + 2) & CLASS) == HALF) {
			n += 500;
			at += 3;
			half = true;
		}
	}
	if (is_dash(ts, at) && !half)
		at++;
	if ((word(ts, at) & CLASS) == VAGUE && (word(ts, at) & 255) == 6)
		at++;
	s = word(ts, at);
	if ((s & CLASS) != UNIT || (s & 255) == U_WEEKEND)
		return false;
	if (is_text(ts, at, "min") || is_text(ts, at, "sec"))
		if (ts->tok[i].kind != TOKEN_NUMBER)
			return false;
	if (vague && !(s & PLURAL))
		return false;
	at++;
	v = s & 255;
	/* "a year", "a day" alone are hardly durations, but "a year ago" is a date */
	if (v == U_DECADE || v == U_CENTURY) {
		n *= v == U_DECADE ? 10 : 100;
		v = U_YEAR;
	}
	if (v == U_FORTNIGHT) {
		n *= 2;
		v = U_WEEK;
	}
	if ((word(ts, at) & CLASS) == AGO || (is_text(ts, at, "later") && !vague) ||
	    (is_text(ts, at, "earlier") && !vague)) {
		bool later = is_text(ts, at, "later");

		at++;
		if (vague || w->today.year == 0 || !is_text(ts, at - 1, "ago")) {
			if (is_text(ts, at - 1, "ago"))
				set_text(w, "PAST_REF");
			else
				set_text(w, later ? "FUTURE_REF" : "PAST_REF");
			return found(w, at, MENTION_DATE, true);
		}
		d = w->today;
		switch (v) {
		case U_DAY:
			d = day_of(day_number(d) - (long)(n / 1000));
			set_day(w, d.year, d.month, d.day);
			break;
		case U_WEEK:
			set_week(w, day_of(day_number(d) - 7 * (long)(n / 1000)), "");
			break;
		case U_MON:
			add_months(&d, -(int)(n / 1000));
			set_day(w, d.year, d.month, 0);
			break;
		case U_YEAR:
			if (n / 1000 >= d.year)
				return false;
			set_end(w, add_year(w->value, d.year - (int)(n / 1000), ""));
			break;
		default:
			set_day(w, d.year, d.month, d.day);
			break;
		}
		return found(w, at, MENTION_DATE, true);
	}
	if (is_indefinite(ts, i) && !vague && !is_dash(ts, at - 2))
		return false;
	to = add_text(w->value, v < U_DAY ? "PT" : "P");
	to = vague ? add_text(to, "X") : add_number(to, n);
	set_end(w, add_text(to, letter[v]));
	/* 45-year-old, 30 years old: an age is not a duration that news counts, but is one */
	return found(w, at, MENTION_DURATION, true);
}

/* 10:30, 10.30 am, 5 p.m., 1pm, noon */
static bool
clock_time(struct work *w, size_t i)
{
	struct tokens *ts = w->ts;
	const struct token *t = &ts->tok[i];
	const char *p;
	size_t n = 0, at, k;
	long h, m = 0;
	bool minutes = false, half = false;
	uint32_t v;
	char zone = '\0', *to;

	v = word(ts, i);
	if ((v & CLASS) == DAYTIME && (v & 255) >= D_NOON) {
		set_text(w, (v & 255) == D_NOON ? "T12:00" : "T00:00");
		return found(w, i + 1, MENTION_TIME, false);
	}
	h = digits(ts, i, &n);
	if (h < 0 || h > 24 || n > 2)
		return false;
	at = i + 1;
	p = ts->text + t->begin + n;
	if (n == t->end - t->begin) {
		if (mark(ts, at) == ':' && !(ts->tok[at].flags & TOKEN_SPACE) &&
		    !(ts->tok[at + 1].flags & TOKEN_SPACE)) {
			m = digits(ts, at + 1, &k);
			if (m < 0 || m > 59 || k != 2)
				return false;
			minutes = true;
			p = ts->text + ts->tok[at + 1].begin + 2;
			n = (size_t)(ts->text + ts->tok[at + 1].end - p);
			at += 2;
			if (mark(ts, at) == ':' && whole(ts, at + 1) >= 0)
				at += 2;
		} else
			n = 0;
	} else if (t->end - t->begin == n + 3 && p[0] == '.' && ascii_digit(p[1]) && ascii_digit(p[2]) &&
		   ((word(ts, at) & CLASS) == CLOCK || is_text(ts, at, "a") || is_text(ts, at, "p"))) {
		m = (p[1] - '0') * 10 + p[2] - '0';
		minutes = true;
		n = 0;
	} else
		n = t->end - t->begin - n;
	/* am, pm: right behind the number, or as a word, or a.m. in tokens */
	if (n == 2 && (p[1] | 0x20) == 'm' && ((p[0] | 0x20) == 'a' || (p[0] | 0x20) == 'p')) {
		half = true;
		h = h % 12 + ((p[0] | 0x20) == 'p' ? 12 : 0);
	} else if (n != 0)
		return false;
	else if (((v = word(ts, at)) & CLASS) == CLOCK) {
		half = true;
		h = h % 12 + ((v & 255) == 2 ? 12 : 0);
		at++;
	} else if ((is_text(ts, at, "a") || is_text(ts, at, "p")) && mark(ts, at + 1) == '.' &&
		   is_text(ts, at + 2, "m")) {
		half = true;
		h = h % 12 + (is_text(ts, at, "p") ? 12 : 0);
		at += 3;
		if (mark(ts, at) == '.' && !(ts->tok[at].flags & TOKEN_SPACE))
			at++;
	}
	if (!half && !minutes) {
		if (!is_text(ts, at, "o'clock") &&
		    !(is_text(ts, at, "o") && mark(ts, at + 1) == '\'' && is_text(ts, at + 2, "clock")))
			return false;
		at += is_text(ts, at, "o'clock") ? 1 : 3;
	}
	if ((word(ts, at) & CLASS) == ZONE && ((word(ts, at) & 255) != 3 || is_text(ts, at + 1, "time"))) {
		zone = (word(ts, at) & 255) == 1 ? 'Z' : '\0';
		at += (word(ts, at) & 255) == 3 ? 2 : 1;
	}
	if (h > 24)
		return false;
	to = add_digits(add_text(w->value, "T"), (unsigned long)h, 2);
	to = add_digits(add_text(to, ":"), (unsigned long)m, 2);
	set_end(w, add_text(to, zone ? "Z" : ""));
	return found(w, at, MENTION_TIME, true);
}

/* 2012, 1990s, the '90s */
static bool
year_date(struct work *w, size_t i)
{
	struct tokens *ts = w->ts;
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	size_t n = 0, len = t->end - t->begin;
	long v = digits(ts, i, &n);
	uint32_t next;
	const struct token *prior = &ts->tok[(ptrdiff_t)i - 1];
	char before = mark(ts, i - 1);
	int y;

	if (v < 0)
		return false;
	if (len == n + 1 && p[n] == 's' && v % 10 == 0 &&
	    (n == 4 || (n == 2 && (before == '\'' || is_text(ts, i - 1, "the"))))) {
		if (n == 2)
			v += v < 30 ? 2000 : 1900;
		set_end(w, add_digits(w->value, (unsigned long)v / 10, 3));
		return found(w, i + 1, MENTION_DATE, true);
	}
	if ((y = year_at(ts, i)) == 0 || y < 1400 || y > 2080)
		return false;
	if (before == '$' || before == '#' || before == '/' ||
	    (prior->kind == TOKEN_MARK && u8_class(prior->hash & 0x7FFFFFFF) == U8_PUNCT &&
	     (prior->hash & 0x7FFFFFFF) > 0x2022))
		return false;
	if (mark(ts, i + 1) == '%' || mark(ts, i + 1) == ':')
		return false;
	next = word(ts, i + 1);
	if ((next & CLASS) == UNIT || (next & CLASS) == SCALE || (next & CLASS) == MEASURE ||
	    (next & CLASS) == CURRENCY || (next & CLASS) == PERCENTAGE)
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
	/* 2005-06, 1995-1998 stay one and two */
	set_end(w, add_year(w->value, y, ""));
	if (is_dash(ts, i + 1) && !(ts->tok[i + 1].flags & TOKEN_SPACE) &&
	    ts->tok[i + 1].end - ts->tok[i + 1].begin >= 1 &&
	    (whole(ts, i + 2) == (y + 1) % 100 && ts->tok[i + 2].end - ts->tok[i + 2].begin == 2)) {
		set_end(w, add_digits(add_year(w->value, y, "/"), (unsigned)y + 1, 4));
		return found(w, i + 3, MENTION_DATE, false);
	}
	return found(w, i + 1, MENTION_DATE, false);
}

/* summer of 2012, autumn 2022; first quarter of 2009; 19th century; Q1 2009 */
static bool
part_of_year(struct work *w, size_t i)
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
	if (is_dash(ts, e))
		e++;
	u = word(ts, e);
	if ((u & CLASS) != UNIT || u & PLURAL)
		return false;
	if ((u & 255) == U_CENTURY) {
		set_end(w, add_digits(w->value, (unsigned)q - 1, 2));
		return found(w, e + 1, MENTION_DATE, true);
	}
	if ((u & 255) == U_QUARTER && q <= 4) {
		at = e + 1;
		if (is_text(ts, at, "of"))
			at++;
		if ((year = year_at(ts, at)) > 0)
			at++;
		else if ((word(ts, at) & CLASS) == SHIFT && (word(ts, at + 1) & CLASS) == UNIT &&
			 (word(ts, at + 1) & 255) == U_YEAR && w->today.year > 0) {
			year = w->today.year + (int)(word(ts, at) & 255) - 8;
			at += 2;
		} else {
			at = e + 1;
			year = w->today.year;
		}
		set_end(w, add_digits(add_year(w->value, year, "-Q"), (unsigned)q, 1));
		return found(w, at, MENTION_DATE, true);
	}
	return false;
}

/* Whose pounds, dollars, francs, pesos or crowns: the land's adjective before them decides. XXX where it is not known. */
static const char *
currency_of(const struct tokens *ts, size_t i, const char *bare)
{
	static const struct {
		const char *land, *bare, *code;
	} list[] = {
		{ "us", "USD", "USD" },		{ "u.s.", "USD", "USD" },     { "american", "USD", "USD" },
		{ "australian", "USD", "AUD" }, { "canadian", "USD", "CAD" }, { "singapore", "USD", "SGD" },
		{ "kong", "USD", "HKD" },	{ "hong", "USD", "HKD" },     { "zealand", "USD", "NZD" },
		{ "taiwan", "USD", "TWD" },	{ "jamaican", "USD", "JMD" }, { "namibian", "USD", "NAD" },
		{ "british", "GBP", "GBP" },	{ "uk", "GBP", "GBP" },	      { "sterling", "GBP", "GBP" },
		{ "sudanese", "GBP", "SDG" },	{ "egyptian", "GBP", "EGP" }, { "syrian", "GBP", "SYP" },
		{ "lebanese", "GBP", "LBP" },	{ "cypriot", "GBP", "CYP" },  { "irish", "GBP", "IEP" },
	};
	size_t k;

	for (k = 0; k < sizeof list / sizeof list[0]; k++)
		if (strcmp(bare, list[k].bare) == 0 && is_text(ts, i, list[k].land))
			return list[k].code;
	return strcmp(bare, "USD") == 0 || strcmp(bare, "GBP") == 0 ? "XXX" : bare;
}

/* An amount: what stands before the number, or else the one or two words (last not NULL) behind it. */
static bool
found_amount(struct work *w, size_t end, enum mention_type type, const char *before, int64_t num,
	     const char *behind, const char *last)
{
	char *to = w->value;

	if (before != NULL)
		to = add_number(add_text(add_text(to, before), " "), num);
	else
		to = add_text(add_text(add_number(to, num), " "), behind);
	if (last != NULL)
		to = add_text(add_text(to, " "), last);
	set_end(w, to);
	return found(w, end, type, true);
}

static bool
amount(struct work *w, size_t i)
{
	struct tokens *ts = w->ts;
	const char *p = ts->text + ts->tok[i].begin;
	size_t n = ts->tok[i].end - ts->tok[i].begin, at = i, used;
	const char *unit = NULL;
	uint32_t v;
	int64_t num;

	/* a currency's sign before the number, a country's letters before the sign */
	if (ts->tok[i].kind == TOKEN_NAME && mark(ts, i + 1) == '$' && n <= 4 &&
	    ts->tok[i].shape != SHAPE_INITIAL) {
		unit = p[0] == 'C' || is_text(ts, i, "ca") ? "CAD"
		       : p[0] == 'A'			   ? "AUD"
		       : p[0] == 'N'			   ? "NZD"
		       : p[0] == 'H'			   ? "HKD"
		       : p[0] == 'S'			   ? "SGD"
							   : "USD";
		at = i + 2;
	} else if (ts->tok[i].kind == TOKEN_MARK) {
		switch (ts->tok[i].hash & 0x7FFFFFFF) {
		case '$':
			unit = "USD";
			break;
		case 0x20AC:
			unit = "EUR";
			break;
		case 0xA3:
			unit = "GBP";
			break;
		case 0xA5:
			unit = "JPY";
			break;
		case 0x20B9:
			unit = "INR";
			break;
		case 0x20BD:
			unit = "RUB";
			break;
		case 0x20B4:
			unit = "UAH";
			break;
		case 0x20BA:
			unit = "TRY";
			break;
		case 0x20A9:
			unit = "KRW";
			break;
		case 0x20AA:
			unit = "ILS";
			break;
		default:
			return false;
		}
		at = i + 1;
	} else if (((v = word(ts, i)) & CLASS) == CODE && ts->tok[i].shape == SHAPE_UPPER) {
		unit = currency_name[v & 255];
		at = i + 1;
	}
	if (unit != NULL) {
		if (ts->tok[at].kind != TOKEN_NUMBER || (used = number_at(ts, at, &num)) == 0)
			return false;
		at += used;
		if ((word(ts, at) & CLASS) == CURRENCY && strcmp(unit, "USD") == 0)
			at++;
		return found_amount(w, at, MENTION_MONEY, unit, num, "", NULL);
	}
	if ((used = number_at(ts, i, &num)) == 0)
		return false;
	at = i + used;
	if (mark(ts, at) == '%')
		return found_amount(w, at + 1, MENTION_PERCENT, NULL, num, "%", NULL);
	if (is_dash(ts, at) && !(ts->tok[at].flags & TOKEN_SPACE))
		at++;
	v = word(ts, at);
	if ((v & CLASS) == PERCENTAGE || is_text(ts, at, "percentage") ||
	    (is_text(ts, at, "per") && is_text(ts, at + 1, "cent"))) {
		at += is_text(ts, at, "per") ? 2 : 1;
		if (is_text(ts, at, "points") || is_text(ts, at, "point"))
			at++;
		else if (is_text(ts, at - 1, "percentage"))
			return false;
		return found_amount(w, at, MENTION_PERCENT, NULL, num, "%", NULL);
	}
	if (((v & CLASS) == CODE && ts->tok[at].shape == SHAPE_UPPER) ||
	    ((v & CLASS) == CURRENCY && !(v & LOOSE)))
		return found_amount(w, at + 1, MENTION_MONEY, currency_name[v & 255], num, "", NULL);
	/* 20 US dollars, 5 million Canadian dollars, 3 billion Swiss francs */
	if (ts->tok[at].kind == TOKEN_NAME && (word(ts, at + 1) & CLASS) == CURRENCY) {
		v = word(ts, at + 1);
		unit = currency_of(ts, at, currency_name[v & 255]);
		return found_amount(w, at + 2, MENTION_MONEY, unit, num, "", NULL);
	}
	if (is_text(ts, at, "square") || is_text(ts, at, "sq") || is_text(ts, at, "cubic") ||
	    is_text(ts, at, "nautical")) {
		v = word(ts, at + 1);
		if ((v & CLASS) != MEASURE)
			return false;
		return found_amount(w, at + 2, MENTION_QUANTITY, NULL, num,
				    is_text(ts, at, "cubic")	  ? "cubic"
				    : is_text(ts, at, "nautical") ? "nautical"
								  : "square",
				    measure_name[v & 255]);
	}
	if ((v & CLASS) == MEASURE &&
	    (ts->tok[i].kind == TOKEN_NUMBER || ts->tok[at].end - ts->tok[at].begin > 2))
		return found_amount(w, at + 1, MENTION_QUANTITY, NULL, num, measure_name[v & 255], NULL);
	return false;
}

/* Can a month, or what months, amounts and durations go on with, stand behind a number? Most often not. */
static bool
may_be_unit(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];

	switch (t->kind) {
	case TOKEN_LOWER:
		return t->flags & TOKEN_WHEN || is_text(ts, i, "and");
	case TOKEN_MARK:
		return is_dash(ts, i) || ts->text[t->begin] == '%';
	case TOKEN_NAME:
		return true;
	default:
		return false;
	}
}

/* What begins with a number: only what its form and the next token allow is tried. */
static bool
number(struct work *w, size_t i)
{
	struct tokens *ts = w->ts;
	size_t n = 0, len = ts->tok[i].end - ts->tok[i].begin;
	long v = digits(ts, i, &n);
	bool day = v >= 1 && v <= 31 && n <= 2, whole_number = n == len;
	bool unit = may_be_unit(ts, i + 1);

	return (!(whole_number && ts->tok[i + 1].kind != TOKEN_MARK) && number_date(w, i)) ||
	       (day && (unit || is_text(ts, i + 1, "of")) && month_date(w, i)) ||
	       (v >= 0 && v <= 24 && n <= 2 && clock_time(w, i)) || (unit && amount(w, i)) ||
	       (day && !whole_number && part_of_year(w, i)) || (unit && duration(w, i)) ||
	       ((n == 4 || len == 3) && year_date(w, i));
}

/* One expression that begins at token i. */
static bool
expression(struct work *w, size_t i)
{
	struct tokens *ts = w->ts;
	const struct token *t = &ts->tok[i];
	uint32_t v;
	struct day d;

	w->i = i;
	if (t->kind == TOKEN_NUMBER)
		return number(w, i);
	if (t->kind == TOKEN_MARK)
		return amount(w, i);
	if (t->kind != TOKEN_LOWER && t->kind != TOKEN_NAME)
		return false;
	if (t->kind == TOKEN_NAME && mark(ts, i + 1) == '$')
		return amount(w, i);
	if ((v = word(ts, i)) == 0)
		return false;
	switch (v & CLASS) {
	case WEEKDAY:
		return month_date(w, i) || weekday_date(w, i, 0, false);
	case MONTH:
		return month_date(w, i);
	case NUMBER:
	case HALF:
	case VAGUE:
		return (may_be_unit(ts, i + 1) || is_text(ts, i + 1, "of") ||
			((v & CLASS) == HALF && is_article(ts, i + 1))) &&
		       (month_date(w, i) || amount(w, i) || duration(w, i));
	case ORDINAL:
		return month_date(w, i) || part_of_year(w, i);
	case SEASON:
		return part_of_year(w, i);
	case DEICTIC:
		if (w->today.year == 0) {
			set_text(w, (v & 255) < 8   ? "PAST_REF"
				    : (v & 255) > 8 ? "FUTURE_REF"
						    : "PRESENT_REF");
			return found(w, i + 1, v & NIGHT ? MENTION_TIME : MENTION_DATE, true);
		}
		d = day_of(day_number(w->today) + (long)(v & 255) - 8);
		set_day(w, d.year, d.month, d.day);
		if (v & NIGHT)
			set_end(w, add_text(w->value + w->value_n, "TNI"));
		else if (add_daytime(w, i + 1))
			return found(w, i + 2, MENTION_TIME, true);
		return found(w, i + 1, v & NIGHT ? MENTION_TIME : MENTION_DATE, true);
	case SHIFT:
		return shifted(w, i);
	case PART:
		/* mid-2011, early 2009, late last year: the part goes with what it is of */
		if ((v & 255) > 5)
			return false;
		{
			size_t at = i + 1;

			if (is_dash(ts, at))
				at++;
			if ((v & 255) == 3 && (year_at(ts, at) > 0)) {
				set_day(w, year_at(ts, at), 6, 0);
				return found(w, at + 1, MENTION_DATE, true);
			}
			if ((v & 255) > 3 && (word(ts, at) & CLASS) != SHIFT &&
			    (word(ts, at) & CLASS) != DEICTIC)
				return false;
			if (((word(ts, at) & CLASS) == SHIFT && (word(ts, at) & 255) <= 8) ||
			    (word(ts, at) & CLASS) == MONTH || (word(ts, at) & CLASS) == DEICTIC ||
			    year_at(ts, at) > 0)
				if (ts->tok[at].kind != TOKEN_LINE && expression(w, at) &&
				    w->type == MENTION_DATE) {
					w->i = i;
					return true;
				}
			return false;
		}
	case EVERY:
		if (t->kind == TOKEN_NAME && !(t->flags & TOKEN_START))
			return false;
		{
			static const char *const p[] = { "", "", "PT1H", "P1D", "P1W", "P1M", "P1Y",
							 "", "", "P3M",	 "",	"P1D", "" };

			set_text(w, p[v & 255]);
		}
		return found(w, i + 1, MENTION_SET, false);
	case EACH: {
		static const char *const p[] = { "PT1S", "PT1M",  "PT1H", "P1D", "P1W", "P1M", "P1Y",
						 "P10Y", "P100Y", "P3M",  "P1W", "P1D", "P2W" };
		uint32_t u = word(ts, i + 1);

		if ((u & CLASS) == UNIT && !(u & PLURAL)) {
			set_text(w, p[u & 255]);
			return found(w, i + 2, MENTION_SET, true);
		}
		if ((u & CLASS) == WEEKDAY) {
			set_end(w, add_weekday(w->value, u & 255));
			return found(w, i + 2, MENTION_SET, true);
		}
		return false;
	}
	case DAYTIME:
		return (v & 255) >= D_NOON && clock_time(w, i);
	case CODE:
		return amount(w, i);
	default:
		return false;
	}
}

/* a week ago, a few days, an hour: with the article at token i */
static bool
counted_one(struct work *w, size_t i)
{
	uint32_t class = word(w->ts, i + 1) & CLASS;

	if ((class != SCALE && class != UNIT && class != VAGUE) || !is_indefinite(w->ts, i))
		return false;
	w->i = i;
	return (class == SCALE && amount(w, i)) || duration(w, i);
}

/* The mentions before nname and those from the place date on, both in order, made one list in order. */
static void
merge(struct mentions *ms, size_t nname, size_t date)
{
	size_t ndate = ms->n - date, to = nname + ndate, at;

	if (ndate == 0) {
		ms->n = nname;
		return;
	}
	/* a copy of the dates goes behind all of them */
	while (ms->cap < to + ndate)
		ms->m = mem_grow(ms->m, ms->cap, &ms->cap, sizeof *ms->m);
	memmove(ms->m + to, ms->m + date, ndate * sizeof *ms->m);
	ms->n = to;
	for (at = to + ndate; at > ms->n;)
		ms->m[--to] =
		    nname > 0 && ms->m[nname - 1].begin > ms->m[at - 1].begin ? ms->m[--nname] : ms->m[--at];
}

#define HEAD 120 /* tokens */

void
dates_find(struct mentions *ms, struct doc *doc, struct day *today)
{
	struct tokens *ts = &doc->ts;
	size_t i, j, k, from, nname = ms->n, at = 0, out;
	struct work w = { .ms = ms, .ts = ts, .today = *today };
	struct mention *m;

	if (ts->nlisted == 0)
		tokens_list(ts);
	/*
	 * A whole date that heads the text is its day, where none is given. One that a word like
	 * "on" or "until" stands before is the day of something else.
	 */
	for (j = 0; w.today.year == 0 && j < ts->nwhen && (i = ts->when[j]) < HEAD; j++)
		if (!(ts->tok[(ptrdiff_t)i - 1].kind == TOKEN_LOWER && !is_text(ts, i - 1, "published") &&
		      !is_text(ts, i - 1, "updated") && !is_text(ts, i - 1, "posted")) &&
		    (number_date(&w, i) || month_date(&w, i)) && w.value_n == 10 && w.value[0] != 'X')
			(void)day_read((struct span){ w.value, w.value_n }, &w.today);
	*today = w.today;

	for (j = from = 0; j < ts->nwhen; j++) {
		i = ts->when[j];
		if (i < from || (!(i > from && counted_one(&w, i - 1)) && !expression(&w, i)))
			continue;
		from = w.end;
		/* what is part of a longer name is not a date; a name that is part of a date is none */
		while (at < nname && ms->m[at].tok + ms->m[at].ntok <= w.i)
			at++;
		k = at;
		if (k < nname && ms->m[k].tok < w.end) {
			if (ms->m[k].tok < w.i || ms->m[k].tok + ms->m[k].ntok > w.end || !w.sure)
				continue;
			for (; k < nname && ms->m[k].tok < w.end; k++)
				ms->m[k].type = MENTION_NONE;
		}
		m = mention_add(ms, ts, w.i, w.end - w.i, w.type);
		mention_name(ms, m, (struct span){ w.value, w.value_n });
	}
	for (out = 0; out < nname && ms->m[out].type != MENTION_NONE; out++)
		;
	for (i = out; i < nname; i++)
		if (ms->m[i].type != MENTION_NONE)
			ms->m[out++] = ms->m[i];
	merge(ms, out, nname);
}
