/* SPDX-License-Identifier: ISC */
/*
 * From a text to its sentences.
 */
#ifndef BOUNDARY_H
#define BOUNDARY_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "decode.h"
#include "scan.h"
#include "words.h"

struct boundary_options {
	enum newline newline;		 /* what a single newline means */
	bool keep_quotes;		 /* no boundary inside double quotes */
	struct user_words abbreviations; /* the user's */
};

/* text[begin, end): a sentence without blanks around it. */
struct sentence {
	size_t begin;
	size_t end;
	bool broken; /* newlines may stand in it */
};

/* A worker's memory; all zero is an empty one. */
struct boundary {
	struct sentence *at;
	size_t n;
	size_t cap;
	struct scan scan;
	struct decode decode;
};

/* Find the sentences of the well-formed text, in b->at[0, b->n). A text of blanks has none. */
void boundary_find(struct boundary *b, struct span text, const struct boundary_options *);
void boundary_free(struct boundary *b);

#endif
