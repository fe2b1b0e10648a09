/* SPDX-License-Identifier: ISC */
/*
 * What doc_read is made of: joints.c, parts.c, headlines.c, and runs.c, which calls them.
 */
#ifndef RUNS_H
#define RUNS_H

#include "feats.h"

/*
 * Room for one more element, all of which is to be written: a copy of one put together on the
 * stack is read before its parts are stored, which took 2 % of the time.
 */
static inline struct element *
el_add(struct doc *d)
{
	d->el = mem_grow(d->el, d->nel, &d->el_cap, sizeof *d->el);
	return &d->el[d->nel++];
}

/* Find out what is known of the word, and keep it. */
void known_make(struct known *, const struct model *, uint32_t hash);

/* Where it is kept. */
static inline struct known *
known_place(struct doc *d, uint32_t hash)
{
	return &d->known[(hash * 0x9E3779B1u) >> (32 - KNOWN_BITS)];
}

/*
 * What is known of the word. Four of five words of news stood in the text not long before, nearly
 * all of the feed: to look them up in the model and the gazetteer took 3 % of the instructions.
 */
static inline struct known
doc_known(struct doc *d, uint32_t hash)
{
	struct known *k = known_place(d, hash);

	if (k->hash != hash)
		known_make(k, d->model, hash);
	return *k;
}

/*
 * May the small word stand inside names (1), or begin one too (2)? 0 for any other.
 */
int joint_kind(const struct token *);

/* A hyphen with words right before and behind it. */
bool is_hyphen(const struct token *);

/*
 * Is the token one that no run goes on with, as nearly all behind a name are? Told without a
 * branch; what stands behind a name that is none of these is for is_joint.
 */
bool ends_run(const struct token *);

/* Can the token stand between two capitalised words of one name? */
int is_joint(const struct tokens *, const struct token *);

/* Tell all elements where their runs, which are known, end. */
void put_run_ends(struct doc *);

/* In a line of CAPITALS, in one of Title Case: what is small inside sentences becomes small. */
void undo_capitals(struct doc *);
void undo_title(struct doc *);

/* In a text without a capital: what is a name elsewhere gets one. */
void add_capitals(struct doc *);

/* Part the words that ran together. */
void part_glued(struct doc *);

/* Does the word end with a possessive that lost its apostrophe? */
bool is_bare_possessive(struct doc *, const struct element *);

/* Part the possessives from the n words of elements whose tokens have TOKEN_BARE. */
void part_possessives(struct doc *, size_t n);

#endif
