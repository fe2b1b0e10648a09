/* SPDX-License-Identifier: ISC */
/*
 * What find-copies does with an index besides judging by it.
 */
#ifndef KEEP_H
#define KEEP_H

#include "index.h"
#include "seen.h"

/* Put the documents seen in this run on disk, and forget those from before the time `since`. */
void keep_commit(struct seen *, uint32_t gram, uint32_t window, uint32_t since);

/* Write the index as records on standard output: id time original score kind first sketch. */
void keep_dump(struct index *);

/*
 * Add the documents of another index, which `from` names in messages, as if they came now, in their
 * order, but with the times that they have; copies by matches of `least` or more. The other one is
 * closed. Returns the exit status: what of it is damaged, and left out, is a fault.
 */
int keep_merge(struct index *, struct index *other, const char *from, uint32_t least);

/* Tell on standard output whether the index of the directory is sound; returns the exit status. */
int keep_check(const struct index *, const char *dir);

#endif
