/* SPDX-License-Identifier: ISC */
/*
 * The trained model: words' weights, and for each pass a sum of oblivious trees.
 *
 * An oblivious tree asks the same four questions of every unit ("is column c of
 * the unit s places on at least t?"); the answers, as bits, are the number of
 * its leaf. A score is the sum of the leaves and a bias, in units of 1/1024 of
 * log-odds; all numbers are whole. The model is bytes, in the form that
 * chrome-train writes and model_open reads: see there.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dom.h"
#include "page.h"

#define MODEL_ONE 1024	 /* a score of one: odds of e to 1 */
#define MODEL_DEPTH 4	 /* questions of a tree */
#define MODEL_LEAVES 16	 /* 2^MODEL_DEPTH */
#define MODEL_TREES 1024 /* most trees of a pass */
enum { PASSES = 3 };	 /* the last one is HTML's */
#define MODEL_QUESTION 3 /* bytes of a question: column, shift + 64, threshold */

/*
 * Bytes of a tree: its questions, the first one's answer being the leaf's highest bit; its
 * scale, 1 to 127; its leaves, of 8 bits, which count scale times.
 */
#define MODEL_TREE (MODEL_DEPTH * MODEL_QUESTION + 1 + MODEL_LEAVES)
#define MODEL_HEAD 6 /* bytes before a pass's trees: bias (4), trees (2) */

struct pass {
	unsigned number; /* no two opened have the same */
	int32_t bias;
	unsigned ntree; /* even */
	const unsigned char *tree;
	struct pair *pair; /* trees by two, laid out for vectors */
};

struct model {
	const unsigned char *phrase;   /* PHRASE_SLOTS of five bytes */
	const signed char *word;       /* PAGE_TOKENS weights and PAGE_FUNCTION bits */
	const signed char *class_word; /* DOM_TOKENS weights */
	const unsigned char *usual;    /* COL_COUNT: a usual value of each column, for --explain */
	struct pass pass[PASSES];
};

/* The model in the n bytes at p, which are kept. False: not of this version. */
bool model_open(struct model *, const unsigned char *p, size_t n);

/*
 * A pass in the n bytes at p, which are kept; returns how many it takes, 0 if they are none.
 * pass_close gives back what it took besides.
 */
size_t pass_open(struct pass *, const unsigned char *p, size_t n);
void pass_close(struct pass *);

/* Add to page.score what one pass says; open: of the units that page.open has alone. */
void model_score(const struct pass *, struct page *, bool open);

/* What one pass says of one unit. */
int32_t model_score_one(const struct pass *, const struct page *, size_t row);

/*
 * All passes: page.score is the last one's. The page has its lines; dom, if not NULL, its segments.
 */
void model_judge(const struct model *, struct page *, const struct dom *dom);

/* The columns that moved the unit's score most, greatest first; returns how many. */
enum { REASONS = 3 };
struct reason {
	int column;
	int32_t weight; /* what the score is more for its value than for a usual one */
};
size_t model_reasons(const struct model *, struct page *, size_t row, bool html, struct reason[REASONS]);

#endif
