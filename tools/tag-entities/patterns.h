/* SPDX-License-Identifier: ISC */
/*
 * The patterns of dates and amounts, by what they are about. Each is of what begins at
 * token i, and true where it found one: its end, type and value are then in the phrase.
 */
#ifndef PATTERNS_H
#define PATTERNS_H

#include "phrase.h"

/* days.c: days, months, parts of years, years and times of day, as the calendar and the clock name them */
/* "Month 5[th][, 2020]", "Month 2020", "Month", "5 Month 2020", with a weekday before. */
bool month_date(struct phrase *w, size_t i);
/* 2007-06-10, 10.6.2007, 7/8/07, each of one token sort only */
bool number_date(struct phrase *w, size_t i);
bool weekday_date(struct phrase *w, size_t i, int shift, bool shifted);
/* summer of 2012, autumn 2022; first quarter of 2009; 19th century; Q1 2009 */
bool part_of_year(struct phrase *w, size_t i);
/* 2012, 1990s, the '90s */
bool year_date(struct phrase *w, size_t i);
/* 10:30, 10.30 am, 5 p.m., 1pm, noon */
bool clock_time(struct phrase *w, size_t i);

/* spans.c: what is counted from today, and durations */
/* last week, this year, next March, last Thursday, next three days, the past few months */
bool shifted(struct phrase *w, size_t i);
/* three years, 30-day, two weeks ago, half an hour */
bool duration(struct phrase *w, size_t i);

/* amounts.c: money, per cent, quantities */
bool amount(struct phrase *w, size_t i);

#endif
