/* SPDX-License-Identifier: ISC */
/*
 * Dates, times, durations and amounts, with their values.
 */
#ifndef DATES_H
#define DATES_H

#include "calendar.h"
#include "feats.h"
#include "mentions.h"

/*
 * Add the dates and amounts of the document to its mentions, which stay sorted;
 * what overlaps a name is left out. Where today is not known, a whole date
 * that heads the text stands for it, and is left in *today.
 */
void dates_find(struct mentions *, struct doc *, struct day *today);

#endif
