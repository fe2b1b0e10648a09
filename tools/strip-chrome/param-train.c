/* SPDX-License-Identifier: ISC */
/*
 * The trainer's parameters and its random numbers.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "msg.h"
#include "train.h"

static struct param {
	const char *name;
	double value, least, most;
	double step; /* values are multiples of it; 0: any */
} params[] = {
	{ "seed", 1, 0, 65535, 1 }, /* another start of the random numbers */
	/* what a page weighs beside a page of news as it is: */
	{ "wcx", 0.5, 0, 100, 0 },  /* one that is no news, */
	{ "gld", 0.5, 0, 100, 0 },  /* its body alone, */
	{ "trm", 0.9, 0, 100, 0 },  /* cut to somewhat more than the body, */
	{ "htm", 0.7, 0, 100, 0 },  /* its HTML; */
	{ "page", 250, 1, 1e9, 0 }, /* its units together weigh at most so many times that */
	/* what a unit weighs: */
	{ "line", 0.25, 0, 100, 0 }, /* this, and for its words: */
	{ "plus", 200, 1, 1e6, 0 },  /* their hundredths of the body's and so many more words, */
	{ "most", 8, 0, 1e6, 0 },    /* up to so many; */
	{ "doubt", 0.4, 0, 1, 0 },   /* of which so much, where its label is doubtful */
	/* word weights: step, and what draws them to zero */
	{ "lexrate", 0.15, 0, 10, 0 },
	{ "lexl2", 1e-5, 0, 1, 0 },
	/* passes: HTML's own have a 3, if they differ */
	{ "trees1", 120, 0, MODEL_TREES, 2 },
	{ "trees2", 200, 0, MODEL_TREES, 2 },
	{ "trees3", 120, 0, MODEL_TREES, 2 },
	{ "depth", 4, 1, MODEL_DEPTH, 1 }, /* questions of a tree */
	{ "depth3", 4, 1, MODEL_DEPTH, 1 },
	{ "rate", 0.12, 0, 1, 0 }, /* of each Newton step */
	{ "rate3", 0.12, 0, 1, 0 },
	{ "lambda", 8, 1e-6, 1e9, 0 }, /* draws leaves to zero */
	{ "lambda3", 20, 1e-6, 1e9, 0 },
	{ "rows", 80000, 1, 1e9, 0 }, /* units drawn for a tree, about */
	{ "rows3", 30000, 1, 1e9, 0 },
	{ "cands", 60, 1, 1e6, 1 },	 /* columns and shifts tried for a question */
	{ "near", 3, 0, FARTHEST, 1 },	 /* units around one that a text's passes look at */
	{ "threshold", 0, -100, 100, 0 } /* -c: taken from the scores, before it is decided what is kept */
};

static struct param *
find_param(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(params) / sizeof(*params); i++)
		if (strcmp(params[i].name, name) == 0)
			return &params[i];
	msg_die(EXIT_USAGE, "no parameter %s", name);
}

double
param(const char *name)
{
	return find_param(name)->value;
}

void
set_param(char *arg)
{
	char *eq = strchr(arg, '='), *end = NULL;
	const double value = eq != NULL ? strtod(eq + 1, &end) : 0;
	struct param *p;

	if (eq == NULL || end == eq + 1 || *end != '\0')
		msg_die(EXIT_USAGE, "%s: want name=number", arg);
	*eq = '\0';
	p = find_param(arg);
	if (!(value >= p->least && value <= p->most))
		msg_die(EXIT_USAGE, "%s: %s: want %g to %g", arg, eq + 1, p->least, p->most);
	if (p->step > 0 && fmod(value, p->step) != 0)
		msg_die(EXIT_USAGE, "%s: %s: want a multiple of %g", arg, eq + 1, p->step);
	p->value = value;
}

static uint64_t rng_state;

void
rnd_start(enum draw stage, unsigned pass, unsigned fold)
{
	unsigned i;

	rng_state = ((uint64_t)param("seed") << 24 | stage << 16 | pass << 8 | fold) * 0x9E3779B97F4A7C15u;
	for (i = 0; i < 8; i++) { /* starts alike part ways */
		rng_state ^= rng_state >> 31;
		rng_state *= 0xBF58476D1CE4E5B9u;
	}
}

double
rnd(void)
{
	rng_state ^= rng_state << 13;
	rng_state ^= rng_state >> 7;
	rng_state ^= rng_state << 17;
	return (double)(rng_state >> 11) / 9007199254740992.0;
}
