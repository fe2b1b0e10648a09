/* SPDX-License-Identifier: ISC */
/*
 * A second decision on whole mentions: of which type, or none. The field (feats.h) judges word
 * by word; where it is in doubt, a multinomial logistic regression over features of the whole
 * mention judges once more, on top of the field's scores. Shared by the tagger and its trainer.
 */
#ifndef TYPING_H
#define TYPING_H

#include "feats.h"

/* The mentions of a document one after another. */
struct typing {
	size_t at, next; /* names of the document: the present one, the one behind it */
	uint32_t share
	    [TYPING_TYPES]; /* of each type among the document's mentions: 0 below an eighth, 1 below two, 2 below four, 3 */
	int score[TYPING_TYPES]; /* the field's of the present one, weighed; TYPE_NONE: no mention */
};

#define TYPING_FEATURES 64

/* Begin with a document that has its tags and scores of the second pass and the names of these. */
void typing_begin(struct typing *, const struct doc *);

/* On to the next mention of whose type the field is in doubt. */
bool typing_next(struct typing *, const struct doc *);

/* Features of the present one, into out[TYPING_FEATURES]; returns how many. */
#define TYPING_ROW(feature) ((feature) >> (32 - TYPING_BITS)) /* of weights */
size_t typing_features(const struct typing *, const struct doc *, uint32_t *out);

/* Judge all of them. */
void doc_typing(struct doc *);

#endif
