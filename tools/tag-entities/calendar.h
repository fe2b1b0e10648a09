/* SPDX-License-Identifier: ISC */
/*
 * Days of the calendar: their numbers, weekdays and ISO weeks.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>

#include "buf.h"

struct day {
	int year, month, day; /* year 0: not known */
};

/* A day written YYYY-MM-DD, whatever follows; false when it is not. */
bool day_read(struct span, struct day *);

/* Days since 1 March of year 0, and back. */
long day_number(struct day);
struct day day_of(long number);

/* 1 Monday ... 7 Sunday. */
int weekday_of(long number);

/* The number of the n-th such weekday of a month, or of its last one, 0. */
long nth_of_month(int year, int month, int weekday, int n);

void iso_week(struct day, int *year, int *week);
void add_months(struct day *, int n);

#endif
