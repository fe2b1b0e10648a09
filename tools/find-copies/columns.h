/* SPDX-License-Identifier: ISC */
/*
 * The columns that find-copies writes.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "out.h"
#include "seen.h"

static inline struct span
id_of(const struct seen_doc *d)
{
	return (struct span){ d->id, d->id_n };
}

/* An id, as it stands in its record. */
void out_id(struct out *, struct span id);

/* An id as the last column, which ends the record. */
void out_last_id(struct out *, struct span id);

/* A score in 1/1000. */
void out_score(struct out *, uint32_t score);

struct span kind_name(enum seen_kind);

#endif
