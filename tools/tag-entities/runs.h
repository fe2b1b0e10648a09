/* SPDX-License-Identifier: ISC */
/*
 * What doc_read is made of: joints.c, parts.c, headlines.c, and runs.c, which calls them.
 */
#ifndef RUNS_H
#define RUNS_H

#include "feats.h"

/* Add an element; known is its model_word. */
static inline void
el_add(struct doc *d, size_t tok, size_t run, bool is_name, uint32_t known)
{
	d->el = mem_grow(d->el, d->nel, &d->el_cap, sizeof *d->el);
	d->el[d->nel++] = (struct element){ .tok = (uint32_t)tok,
					    .run = (uint32_t)run,
					    .known = known,
					    .is_name = is_name,
					    .hit_n = NOT_LOOKED };
}

/*
 * May the small word stand inside names (1), or begin one too (2)? 0 for any other.
 */
int joint_kind(const struct token *);

/* A hyphen with words right before and behind it. */
bool is_hyphen(const struct tokens *, const struct token *);

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
