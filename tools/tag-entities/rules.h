/* SPDX-License-Identifier: ISC */
/*
 * What the rules' files know of one another: rules.c, which calls them all, offices.c, split.c,
 * before.c, tables.c, firms.c; typing.c goes over names as they do.
 */
#ifndef RULES_H
#define RULES_H

#include <string.h>

#include "feats.h"

static inline bool
is_word(const struct tokens *ts, const struct element *e, const char *word)
{
	const struct token *t = &ts->tok[e->tok];
	size_t n = t->end - t->begin;

	return ts->text[t->begin] == word[0] && strlen(word) == n &&
	       memcmp(ts->text + t->begin, word, n) == 0;
}

/* Does a full stop end the word, as a short form? */
static inline bool
is_short(const struct tokens *ts, const struct token *t)
{
	return t->flags & TOKEN_DOT || (t[1].kind == TOKEN_MARK && ts->text[t[1].begin] == '.');
}

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

static inline bool
is_tagged(int tag)
{
	return tag != TAG_O && tag < TAG_B_MISC;
}

/* Is the name not ended by an element so tagged? */
static inline bool
goes_on(unsigned tag)
{
	return tag != TAG_O && tag < TAG_B_MISC && (tag - 1) % 4 < 2;
}

/* The element behind the name that element i begins. */
static inline size_t
name_stop(const struct doc *d, size_t i)
{
	size_t end = i + 1;

	while (d->el[end - 1].tag % 4 != 0 && d->el[end - 1].tag % 4 != 3 && end < d->el[i].run_end)
		end++;
	return end;
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

/* A rank or an address in short, with or without its full stop; an office in short: Sen., PM. */
bool is_rank_short(const char *p, size_t n);
bool is_office_short(const char *p, size_t n);

/* Somebody is spoken to by his office: Mr. Chairman. */
bool is_addressed(const struct tokens *, const struct token *);

/* The word says what somebody is, and is no part of a person's name that follows. */
bool is_office(const struct tokens *, const struct element *);

/*
 * Part names that stand in one, the elements [from, end), of the type; the gazetteer's name, hit, ends at element he.
 * Returns whether it did.
 */
bool split_name(struct doc *, size_t from, size_t end, int type, struct name_hit hit, size_t he);

/* What stands before a name, and what the name is elsewhere, tells of it. */
void tag_by_place(struct doc *);

/* Is it a place in capitals that opens a line and that the marks of a dispatch or its year follow? WASHINGTON - , ST. LOUIS (Reuters), ROME 1996-08-30 */
bool heads_dispatch(const struct doc *, size_t i);

/* Teams and countries in tables of results and standings. */
void tag_tables(struct doc *);

/* What a legal form shows to be a company in one place is one in all of the text. */
void tag_firms(struct doc *);

#endif
