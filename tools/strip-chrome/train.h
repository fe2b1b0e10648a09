/* SPDX-License-Identifier: ISC */
/*
 * What the parts of chrome-train have in common.
 */
#ifndef TRAIN_H
#define TRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "dom.h"
#include "page.h"

enum {
	FOLDS = 5,    /* of the sites; as a fold to leave out: none */
	FARTHEST = 4, /* units that a column may be shifted by */
	PATH_SIZE = 4096
};

/* --- param-train.c -------------------------------------------------------- */

double param(const char *name);

/* name=number, whose = is lost. */
void set_param(char *arg);

/*
 * Every stage draws from a start of its own, so that what is
 * left out or done besides changes nothing in the others.
 */
enum draw { DRAW_TRIM = 1, DRAW_WORDS, DRAW_PASS };
void rnd_start(enum draw, unsigned pass, unsigned fold);
double rnd(void); /* in [0, 1) */

/* --- data-train.c --------------------------------------------------------- */

/* The last three are made of what is there, and weigh by parameters of their names. */
enum rendition { BLK, NOD, LYN, NP4, RJS, BPI, GLD, TRM, HTM, RENDITIONS };
extern const char *const renditions[];

/* What a unit is; in doubt, whichever is more likely. */
enum label { UNKNOWN = -1, CHROME, BODY, DOUBTFUL };

/* An article, of which there are several renditions. */
struct gold {
	char *id;
	unsigned fold;
	unsigned nword;
	struct buf text;
	uint64_t *gram; /* sorted hashes of four words */
	size_t ngram;
};

struct doc {
	const struct gold *gold;
	enum rendition rendition;
	double weight;
	struct buf text;
	struct page page;
	struct dom *dom; /* NULL: no HTML */
	/* by unit: of enum label, with DOUBTFUL | BODY, too; when all is read, BODY or not */
	signed char *label;
	float *row_weight; /* by unit; 0: leave out */
	size_t row;	   /* of its first unit in the matrix */
};

extern struct doc *docs;
extern size_t ndoc;

bool is_news(const struct gold *);

/* dir/beginNAMEend */
void path_of(char to[PATH_SIZE], const char *dir, const char *begin, const char *name, const char *end);

/* Read DATA/chrome into docs. */
void load(const char *dir);

/* --- words-train.c -------------------------------------------------------- */

/* Weights of words, from the pages outside a fold; PAGE_FUNCTION bits stay. */
void train_words(signed char *weight, unsigned leave_out);

/* Weights of class words, from the HTML pages outside a fold. */
void train_classes(signed char *weight, unsigned leave_out);

/* --- trees-train.c -------------------------------------------------------- */

/* Room for the columns of all pages. */
void make_matrix(void);

/*
 * The columns as they are, and the units that a pass is trained on: the second of text on what the
 * first left open, HTML's on HTML.
 */
void fill_matrix(unsigned pass);

/* Bytes of one pass, in the model's form, appended to out. */
void train_pass(struct buf *out, unsigned pass, unsigned leave_out);

#endif
