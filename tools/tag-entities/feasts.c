/* SPDX-License-Identifier: ISC */
/*
 * Feasts that are one day of each year: of the calendar, the n-th weekday of a month, or
 * so many days from Easter.
 */
#include "patterns.h"

#include <limits.h>
#include <stdlib.h>

static const struct feast {
	char word[4][14];  /* without possessives; a name that is part of another one stands behind it */
	signed char month; /* 0: counted from Easter Sunday */
	signed char day;   /* of the month, or from Easter; the n-th of a weekday, 0 the last one */
	signed char weekday;
} feasts[] = {
	{ { "christmas", "eve" }, 12, 24, 0 },
	{ { "christmas", "day" }, 12, 25, 0 },
	{ { "christmas" }, 12, 25, 0 },
	{ { "boxing", "day" }, 12, 26, 0 },
	{ { "new", "year", "eve" }, 12, 31, 0 },
	{ { "new", "year", "day" }, 1, 1, 0 },
	{ { "halloween" }, 10, 31, 0 },
	{ { "valentine", "day" }, 2, 14, 0 },
	{ { "st", "patrick", "day" }, 3, 17, 0 },
	{ { "international", "women", "day" }, 3, 8, 0 },
	{ { "women", "day" }, 3, 8, 0 },
	{ { "may", "day" }, 5, 1, 0 },
	{ { "earth", "day" }, 4, 22, 0 },
	{ { "anzac", "day" }, 4, 25, 0 },
	{ { "australia", "day" }, 1, 26, 0 },
	{ { "canada", "day" }, 7, 1, 0 },
	{ { "bastille", "day" }, 7, 14, 0 },
	{ { "armistice", "day" }, 11, 11, 0 },
	{ { "veteran", "day" }, 11, 11, 0 },
	{ { "martin", "luther", "king", "day" }, 1, 3, 1 },
	{ { "president", "day" }, 2, 3, 1 },
	{ { "memorial", "day" }, 5, 0, 1 },
	{ { "labor", "day" }, 9, 1, 1 },
	{ { "columbus", "day" }, 10, 2, 1 },
	{ { "thanksgiving", "day" }, 11, 4, 4 },
	{ { "thanksgiving" }, 11, 4, 4 },
	{ { "ash", "wednesday" }, 0, -46, 0 },
	{ { "palm", "sunday" }, 0, -7, 0 },
	{ { "maundy", "thursday" }, 0, -3, 0 },
	{ { "good", "friday" }, 0, -2, 0 },
	{ { "easter", "sunday" }, 0, 0, 0 },
	{ { "easter", "monday" }, 0, 1, 0 },
	{ { "easter" }, 0, 0, 0 },
};

/* Easter Sunday of the Gregorian calendar: Meeus, Jones and Butcher. */
static long
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;

	return day_number((struct day){ year, n / 31, n % 31 + 1 });
}

static long
day_of_feast(const struct feast *f, int year)
{
	if (f->month == 0)
		return easter(year) + f->day;
	if (f->weekday > 0)
		return nth_of_month(year, f->month, f->weekday, f->day);
	return day_number((struct day){ year, f->month, f->day });
}

/* Are the token i and those behind it the feast's name? Then *end is behind it. */
static bool
is_named(const struct tokens *ts, size_t i, const struct feast *f, size_t *end)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];
	size_t k, n;
	char more;

	for (k = 0; k < 4 && f->word[k][0] != '\0'; k++, t++) {
		n = strlen(f->word[k]);
		if (t->kind != TOKEN_NAME || t->end - t->begin - n > 1 ||
		    !is_same(ts->text + t->begin, f->word[k], n))
			return false;
		more = ts->text[t->end - 1]; /* St., New Years Eve */
		if (t->end - t->begin > n && more != '.' && ascii_fold(more) != 's')
			return false;
		t += t[1].kind == TOKEN_POSS;
	}
	*end = (size_t)(t - ts->tok);
	return true;
}

/* The feast whose name token i is part of, from *from up to *end; NULL: of none. */
static const struct feast *
feast_at(const struct tokens *ts, size_t i, size_t *from, size_t *end)
{
	size_t k, back;

	if (ts->tok[i].kind != TOKEN_NAME)
		return NULL;
	for (back = 4; back-- > 0;) /* New Year's Eve is found by its last word, the fourth token */
		for (k = 0; k < sizeof feasts / sizeof feasts[0]; k++)
			if (is_named(ts, i - back, &feasts[k], end) && *end > i) {
				*from = i - back;
				return &feasts[k];
			}
	return NULL;
}

/* Does the word before token i tell that a feast is meant as a day: at Christmas, before Easter? */
static bool
is_told(const struct tokens *ts, size_t i)
{
	return is_one_of(ts, i - 1, "at", "by", "on", "before", "after", "until", "since", "over", "around",
			 "during", "near", "past");
}

/* The year of the last feast before today, -1, of the next one, 1, or of the nearest, 0. */
static int
year_of(const struct feast *f, struct day today, int shift)
{
	long n, best = LONG_MAX;
	int y, year = 0;

	for (y = today.year - 1; y <= today.year + 1; y++) {
		n = day_of_feast(f, y) - day_number(today);
		if (shift != 0 && shift * n <= 0)
			continue;
		if (labs(n) < best) {
			best = labs(n);
			year = y;
		}
	}
	return year;
}

bool
feast_date(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	size_t from, at;
	const struct feast *f = feast_at(ts, i, &from, &at);
	uint32_t s;
	int year, shift = 0;
	struct day d;

	/* the Good Friday Agreement, Easter Island */
	if (f == NULL || ((f->month == 0 || f->word[1][0] == '\0') && ts->tok[at].kind == TOKEN_NAME))
		return false;
	s = word(ts, from - 1);
	year = year_behind(w, &at, true);
	if (year == 0 && (s & CLASS) == SHIFT) {
		shift = (int)(s & 255) - 8;
		year = shift == 0 ? w->today.year : 0;
		from--;
	} else if (year == 0 && f->word[1][0] == '\0' && !is_told(ts, from))
		return false;
	if (year == 0 && w->today.year > 0)
		year = year_of(f, w->today, shift);
	if (year > 0)
		d = day_of(day_of_feast(f, year));
	else if (f->month > 0 && f->weekday == 0)
		d = (struct day){ 0, f->month, f->day };
	else
		return false;
	w->i = from;
	set_day(w, d.year, d.month, d.day);
	return found(w, at, MENTION_DATE, true);
}
