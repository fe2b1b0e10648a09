/* SPDX-License-Identifier: ISC */
/*
 * What the rules' files know of one another: rules.c, which calls the others, offices.c, tables.c;
 * typing.c goes over names as they do.
 */
#ifndef RULES_H
#define RULES_H

#include "feats.h"

/* Give the elements [from, to) one name's tags. */
static inline void
tag_name(struct doc *d, size_t from, size_t to, int type)
{
	size_t k;

	for (k = from; k < to; k++)
		d->el[k].tag = (uint8_t)tag_within(type, k - from, to - from);
}

static inline void
untag(struct doc *d, size_t from, size_t to)
{
	for (; from < to; from++)
		d->el[from].tag = TAG_O;
}

/* The element behind the gazetteer's name that begins at element i, of the same run. */
static inline size_t
hit_end(const struct doc *d, size_t i, struct name_hit hit)
{
	size_t k;

	if (hit.ntoken < 2)
		return i + hit.ntoken;
	for (k = i; k < d->el[i].run_end && d->el[k].tok < d->el[i].tok + hit.ntoken; k++)
		;
	return k;
}

/* A rank or an address in short, with or without its full stop: Sen. */
bool is_rank_short(const struct tokens *, const struct token *);

/*
 * An office in short, FM, or a rank in short with its full stop, Rtd., in capitals only before who
 * speaks, SEC. PERRY: no name by itself.
 */
bool is_title_short(const struct tokens *, const struct token *);

/* Somebody is spoken to by his office: Mr. Chairman. */
bool is_addressed(const struct tokens *, const struct token *);

/* The word says what somebody is, and is no part of a person's name that follows. */
bool is_office(const struct tokens *, const struct element *);

/* Teams and countries in tables of results and standings. */
void tag_tables(struct doc *);

#endif
