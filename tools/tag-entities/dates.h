/* SPDX-License-Identifier: ISC */
/*
 * Dates, times, durations and amounts, with their values.
 */
#ifndef DATES_H
#define DATES_H

#include "feats.h"
#include "mentions.h"

struct day {
	int year, month, day; /* year 0: not known */
};

/* A day written YYYY-MM-DD, whatever follows; false when it is not. */
bool day_read(struct span, struct day *);

/*
 * Add the dates and amounts of the document to its mentions, which stay sorted;
 * what overlaps a name is left out. Where today is not known, a whole date
 * that heads the text stands for it, and is left in *today.
 */
void dates_find(struct mentions *, struct doc *, struct day *today);

#endif
