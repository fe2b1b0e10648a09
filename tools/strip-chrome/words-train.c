/* SPDX-License-Identifier: ISC */
/*
 * Weights of words and of class words, by logistic regression.
 */
#include <math.h>
#include <stdlib.h>

#include "model.h"
#include "train.h"

/* Logistic regression over sums of tokens' weights, by AdaGrad (Duchi, Hazan and Singer 2011). */
struct regression {
	float *weight;
	float *past; /* by token: sum of its gradients' squares, and one */
	double rate;
	double l2;
};

enum { EPOCHS = 4 };

static struct regression
regression_begin(size_t ntoken, double rate, double l2)
{
	struct regression r = { .rate = rate, .l2 = l2 };
	size_t i;

	r.weight = mem_zeros(ntoken, sizeof(*r.weight));
	r.past = mem_array(NULL, ntoken, sizeof(*r.past));
	for (i = 0; i < ntoken; i++)
		r.past[i] = 1;
	return r;
}

/* One step: the sum of these tokens, times norm, should say what the label says. */
static void
regression_step(struct regression *r, const uint16_t *token, size_t n, double norm, signed char label,
		double weight)
{
	double z = 0, g;
	size_t t;

	for (t = 0; t < n; t++)
		z += r->weight[token[t]];
	g = (1 / (1 + exp(-z * norm)) - label) * weight * norm;
	for (t = 0; t < n; t++) {
		const double of = g + r->l2 * r->weight[token[t]];

		r->past[token[t]] += (float)(of * of);
		r->weight[token[t]] -= (float)(r->rate * of / sqrt(r->past[token[t]]));
	}
}

static void
regression_end(struct regression *r)
{
	free(r->weight);
	free(r->past);
}

/* A weight as a whole number of at most `most`. */
static signed char
whole(double weight, double most)
{
	return (signed char)fmax(-most, fmin(most, rint(weight)));
}

void
train_words(signed char *weight, unsigned leave_out)
{
	struct regression r = regression_begin(PAGE_TOKENS, param("lexrate"), param("lexl2"));
	size_t *order = mem_array(NULL, ndoc, sizeof(*order)), i, k, epoch;

	rnd_start(DRAW_WORDS, 0, leave_out);
	for (i = 0; i < ndoc; i++)
		order[i] = i;
	for (epoch = 0; epoch < EPOCHS; epoch++) {
		for (i = ndoc; i-- > 1;) {
			size_t j = (size_t)(rnd() * (double)(i + 1)), swap = order[i];

			order[i] = order[j];
			order[j] = swap;
		}
		for (i = 0; i < ndoc; i++) {
			const struct doc *d = &docs[order[i]];

			for (k = 0; k < d->page.nunit && d->gold->fold != leave_out; k++) {
				const struct unit *u = &d->page.unit[k];

				if (d->row_weight[k] > 0)
					regression_step(&r, d->page.token + u->lexical, u->nlexical,
							1 / sqrt(u->nlexical + 1e-9), d->label[k],
							d->row_weight[k]);
			}
		}
	}
	for (i = 0; i < PAGE_TOKENS; i++)
		weight[i] = (signed char)(2 * whole(r.weight[i] * 8, 63) + (weight[i] & PAGE_FUNCTION));
	regression_end(&r);
	free(order);
}

void
train_classes(signed char *weight, unsigned leave_out)
{
	struct regression r = regression_begin(DOM_TOKENS, 0.1, 1e-3);
	size_t i, k, epoch;

	for (epoch = 0; epoch < EPOCHS; epoch++)
		for (i = 0; i < ndoc; i++) {
			const struct doc *d = &docs[i];

			if (d->dom == NULL || d->gold->fold == leave_out)
				continue;
			for (k = 0; k < d->page.nunit; k++) {
				const struct segment *s = &d->dom->segment[d->page.unit[k].line];

				if (d->row_weight[k] > 0)
					regression_step(&r, d->dom->token + s->token, s->ntoken, 1,
							d->label[k], d->row_weight[k]);
			}
		}
	for (i = 0; i < DOM_TOKENS; i++)
		weight[i] = whole(r.weight[i] * 40, 127);
	regression_end(&r);
}
