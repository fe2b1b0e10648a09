/* SPDX-License-Identifier: ISC */
/*
 * The patterns of dates and amounts, by what they are about. Each is of what begins at
 * token i, and true where it found one: its end, type and value are then in the phrase.
 */
#ifndef PATTERNS_H
#define PATTERNS_H

#include "phrase.h"

/*
 * days.c: days, months, parts of years, years and times
 * of day, as the calendar and the clock name them
 */
/* "Month 5[th][, 2020]", "Month 2020", "Month", "5 Month 2020", with a weekday before. */
bool month_date(struct phrase *w, size_t i);
/* 2007-06-10, 10.6.2007, 7/8/07, each of one token sort only */
bool number_date(struct phrase *w, size_t i);
/* The n-th Monday of May [2020], or the last one, 0: i is of the weekday. */
bool nth_weekday(struct phrase *w, size_t i, int nth);
/* A weekday, as counted from a day; Thursday next week. */
bool weekday_date(struct phrase *w, size_t i, struct day from, int shift, bool shifted);
/* summer of 2012, autumn 2022; first quarter of 2009; 19th century; the first Monday of May */
bool part_of_year(struct phrase *w, size_t i);
/* 500 BC, 79 AD, AD 79 */
bool era_date(struct phrase *w, size_t i);
/* 2012, 1990s, the '90s */
bool year_date(struct phrase *w, size_t i);
/* Q1 2019, 2019-Q1, H1 of 2019, in Q1 */
bool part_date(struct phrase *w, size_t i);
/* Dec31: of one token */
bool glued_date(struct phrase *w, size_t i);
/* the sixties: i is behind the article */
bool decade_date(struct phrase *w, size_t i);
/* 0800 UTC, 0530 hours, at 0600 */
bool four_digit_time(struct phrase *w, size_t i);
/* 10:30, 10.30 am, 5 p.m., 1pm, three o'clock in the morning, the 7 of 7-9 p.m., noon */
bool clock_time(struct phrase *w, size_t i);

/*
 * The year behind a month or a day at token *at, which is moved behind it: 2020; ", 2020"; of 2020;
 * '20; last year, of next year; behind a day, "this year" is a date of its own. 0 where there is
 * none, or where today is not known.
 */
int year_behind(const struct phrase *w, size_t *at, bool has_day);

/* feasts.c */
/* Christmas Eve, Easter 2024, last Thanksgiving: i is of a word of it */
bool feast_date(struct phrase *w, size_t i);

/* spans.c: what is counted from today, and durations */
/* last week, this year, next March, last Thursday, next three days, the past few months, coming weeks */
bool shifted(struct phrase *w, size_t i);
/* three years, 30-day, two weeks ago, half an hour, a quarter of a century */
bool duration(struct phrase *w, size_t i);
/* The tokens of "and a half", "-and-a-half", at token `at`; 0: it is something else. */
size_t and_a_half(const struct tokens *ts, size_t at);
/* 30min, 3.5years: of one token */
bool glued_duration(struct phrase *w, size_t i);
/* the day before yesterday: i is of the day */
bool beyond_day(struct phrase *w, size_t i);
/* years ago: how many is not said */
bool long_ago(struct phrase *w, size_t i);
/* that year: i is of the year */
bool that_year(struct phrase *w, size_t i);
/* daily, weekly */
bool every(struct phrase *w, size_t i);
/* every week, each Monday, every other day, every morning */
bool each(struct phrase *w, size_t i);
/* the n-fold unit at token `at` as the time between */
bool repeated(struct phrase *w, size_t at, unsigned n);
/* weekend: over it, during it */
bool weekend(struct phrase *w, size_t i);

/* amounts.c: money, per cent, quantities */
bool amount(struct phrase *w, size_t i);
/* 5km, 115USD, USD50: of one token */
bool glued_amount(struct phrase *w, size_t i);

#endif
