/* SPDX-License-Identifier: ISC */
/*
 * The patterns of dates and amounts, a file for each thing that they are about. A pattern is of what
 * begins at token i, and true where it found one: its end, type and value are then in the phrase.
 */
#ifndef PATTERNS_H
#define PATTERNS_H

#include "phrase.h"

typedef bool pattern(struct phrase *w, size_t i);

/* days.c: days and months of the calendar */
/* "Month 5[th][, 2020]", "Month 2020", "Month", "5 Month 2020", with a weekday before */
pattern month_date;
pattern number_date; /* 2007-06-10, 10.6.2007, 7/8/07, each of one token sort only */
pattern glued_date;  /* Dec31: of one token */

/* weekdays.c */
/* Thursday, Wed. night, Thursdays, Thursday next week, counted from today */
pattern weekday_date;
/*
 * The same of last, this, next Thursday, -1, 0, 1, which is counted from a day;
 * the coming Thursday may be in the same week, the next one is not.
 */
bool weekday_from(struct phrase *w, size_t i, struct day from, int shift, bool coming);
/* Does what stands before token i say that the day there is still to come? */
bool is_future(const struct tokens *ts, size_t i);
/* The n-th Monday of May [2020], or the last one, 0: i is of the weekday. */
bool nth_weekday(struct phrase *w, size_t i, int nth);

/* feasts.c */
pattern feast_date; /* Christmas Eve, Easter 2024, last Thanksgiving: i is of a word of it */

/* quarters.c: parts of years */
pattern season_date;  /* summer of 2012, autumn 2022, in winter */
pattern quarter_date; /* Q1 2019, 2019-Q1, H1 of 2019, in Q1; FY24 */
/* first quarter of 2009; first half of 2024; 19th century; the first Monday of May */
pattern ordinal_date;

/* years.c: years, decades, centuries, eras */
pattern year_date;   /* 2012, 1990s, the '90s */
pattern era_date;    /* 500 BC, 79 AD, AD 79 */
pattern decade_date; /* the sixties: i is behind the article */
/*
 * The q-th century, its ordinal ending before token `end`: 19th-century; 18th
 * and 19th centuries, 18th- and 19th-century, of which the first is without the word.
 */
bool century_date(struct phrase *w, int q, size_t end);

/*
 * Which year the month and day at token i, without one, are of: the nearest to today, though what is
 * past may be half as far again, for news are of that; of the next one where the text says so. Behind
 * another such one of the sentence, the nearest to that. 0: today is not known.
 */
int nearest_year(const struct phrase *w, size_t i, int month, int day);
/* The fiscal year of one token, FY2024, FY25, by the calendar year it goes by; 0 for none. */
int fiscal_at(const struct tokens *ts, size_t i);
/*
 * The year behind a month or a day at token *at, which is moved behind it: 2020; ", 2020"; of 2020;
 * in 2020; '20; last year, of next year; behind a day, "this year" is a date of its own. 0 where
 * there is none, or where today is not known.
 */
int year_behind(const struct phrase *w, size_t *at, bool has_day);
/*
 * The year that a part is of, at token *at, which is moved
 * behind it: 2020, fiscal 2020, last year; 0 where there is none.
 */
int year_of_part(const struct phrase *w, size_t *at);

/* clock.c: times of day */
/* 10:30, 10.30 am, 5 p.m., 1pm, three o'clock in the morning, the 7 of 7-9 p.m., noon */
pattern clock_time;
pattern four_digit_time; /* 0800 UTC, 0530 hours, at 0600 */
/* 2025-05-14T10:30:00Z: the year at token i, the month, which is given, the day and the hour in one */
bool iso_time(struct phrase *w, size_t i, long month);

/* relative.c: what is counted from today, or from what the text told before */
pattern today_date; /* today, tomorrow morning, tonight */
/* last week, this year, next March, last Thursday, the past few months, coming weeks */
pattern shifted;
/* that year, the day before yesterday, the week before, over the weekend, years ago: i is of the unit */
pattern bare_unit;
/*
 * The value of so many units from the day d, in units;
 * of today where it is 0, as far as that is known.
 */
bool unit_shift(struct phrase *w, struct day d, uint32_t unit, int shift);
/*
 * The last date of the text that is known well enough
 * to count such units from; year 0: there is none.
 */
struct day told(const struct phrase *w, uint32_t unit);

/* durations.c */
pattern duration;	/* three years, 30-day, half an hour, a quarter of a century, two weeks ago */
pattern glued_duration; /* 30min, 3.5years: of one token */
/* The value: n thousandths of a unit, or an unknown number of them. */
bool found_duration(struct phrase *w, size_t end, int64_t n, bool vague, uint32_t unit);
/* number_at of what is counted: of no more than what can still be told a hundred times over. */
size_t count_at(const struct tokens *ts, size_t i, int64_t *n);
/* The token of the century whose quarter token i is: quarter-century, of a century; or 0. */
size_t century_behind(const struct tokens *ts, size_t i);
/* The tokens of "and a half", "-and-a-half", at token `at`; 0: it is something else. */
size_t and_a_half(const struct tokens *ts, size_t at);

/* sets.c: sets of times */
pattern every; /* daily, weekly */
pattern each;  /* every week, each Monday, every other day, every morning */
/* once a week, three times an hour: i is of the article, what is before it tells how often */
pattern times_a_unit;

/* amounts.c: money, per cent, quantities */
pattern amount;
pattern glued_amount; /* 5km, 115USD, USD50: of one token */

#endif
