/* SPDX-License-Identifier: ISC */
/*
 * Boosted oblivious trees, by Newton steps on histograms.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "msg.h"
#include "train.h"

enum {
	BINS = 64, /* values of a column */
	SHIFTS = 2 * FARTHEST + 1
};

static uint8_t *matrix[COL_COUNT]; /* all pages' columns, padding and all */
static size_t nrow;
static float *row_f; /* what the trees so far say */
static float *row_w; /* 0: it is not looked at */
static signed char *row_label;
static uint8_t *row_fold;

void
make_matrix(void)
{
	size_t i, k, c;

	for (i = 0; i < ndoc; i++) {
		docs[i].row = nrow + PAGE_PAD;
		nrow += docs[i].page.nunit + 2 * PAGE_PAD;
	}
	for (c = 0; c < COL_COUNT; c++)
		matrix[c] = mem_array(NULL, nrow, 1);
	row_f = mem_array(NULL, nrow, sizeof(*row_f));
	row_w = mem_zeros(nrow, sizeof(*row_w));
	row_label = mem_zeros(nrow, 1);
	row_fold = mem_zeros(nrow, 1);
	for (i = 0; i < ndoc; i++)
		for (k = 0; k < docs[i].page.nunit; k++) {
			row_label[docs[i].row + k] = docs[i].label[k];
			row_fold[docs[i].row + k] = (uint8_t)docs[i].gold->fold;
		}
}

void
fill_matrix(unsigned pass)
{
	size_t i, k, c;

	for (i = 0; i < ndoc; i++) {
		const struct doc *d = &docs[i];
		const struct page *g = &d->page;

		for (c = 0; c < COL_COUNT; c++)
			memcpy(matrix[c] + d->row - PAGE_PAD, page_column(g, (int)c) - PAGE_PAD,
			       g->nunit + 2 * PAGE_PAD);
		for (k = 0; k < g->nunit; k++) {
			const bool seen = pass == 0 || (pass == 1 ? g->open[k / 16] : d->dom != NULL);

			row_w[d->row + k] = seen ? d->row_weight[k] : 0;
		}
	}
}

/* What a question may ask of: a column of the unit so many places on. */
struct candidate {
	int column, shift;
};

/* A tree under way, and the units drawn for it. */
struct tree {
	struct candidate split[MODEL_DEPTH];
	unsigned threshold[MODEL_DEPTH];
	int value[MODEL_LEAVES];
	int scale;

	size_t n;
	uint32_t *row;
	uint8_t *leaf;
	float (*gh)[2]; /* first and second derivative of the loss */
};

struct settings {
	unsigned ntree, depth;
	double rate, lambda, rows;
	unsigned leave_out; /* fold */
	struct candidate candidate[COL_COUNT * SHIFTS];
	size_t ncandidate;
};

/*
 * HTML's pass looks at its own columns alone: its pages are
 * too few for it to learn from the others what a page is not.
 */
static size_t
candidates(struct candidate *to, unsigned pass)
{
	const int end = pass == 0 ? COL_SECOND : pass == 1 ? COL_HTML : COL_COUNT;
	int c, s, near = (int)param("near"), n = 0;

	for (c = pass == 2 ? COL_HTML : 0; c < end; c++)
		for (s = -FARTHEST; s <= FARTHEST; s++)
			if (s == 0 || (pass < 2 ? (c < COL_NEAR && abs(s) <= near) || c == COL_SCORE
						: c < COL_HTML_NEAR && abs(s) <= 2))
				to[n++] = (struct candidate){ c, s };
	return (size_t)n;
}

static void
settle(struct settings *s, unsigned pass, unsigned leave_out)
{
	const bool html = pass == 2;

	s->ntree = (unsigned)param(pass == 0 ? "trees1" : pass == 1 ? "trees2" : "trees3");
	s->depth = (unsigned)param(html ? "depth3" : "depth");
	s->rate = param(html ? "rate3" : "rate");
	s->lambda = param(html ? "lambda3" : "lambda");
	s->rows = param(html ? "rows3" : "rows");
	s->leave_out = leave_out;
	s->ncandidate = candidates(s->candidate, pass);
}

/* What is known before the first tree is, in row_f; returns the model's bias. */
static int32_t
begin_scores(unsigned pass, double total, double positive)
{
	double bias;
	size_t i, k;

	if (pass > 0) {
		for (i = 0; i < ndoc; i++)
			for (k = 0; k < docs[i].page.nunit; k++)
				row_f[docs[i].row + k] = (float)docs[i].page.first[k] / MODEL_ONE;
		return 0;
	}
	if (positive <= 0 || positive >= total)
		msg_die(EXIT_FAULT, "there is no body or no chrome to learn from");
	bias = rint(log(positive / (total - positive)) * MODEL_ONE);
	for (i = 0; i < nrow; i++)
		row_f[i] = (float)(bias / MODEL_ONE);
	return (int32_t)bias;
}

/* Units for a tree. One is taken with probability w / cut, at most 0.7. */
static void
draw_rows(struct tree *t, unsigned leave_out, double cut)
{
	size_t i;

	t->n = 0;
	for (i = 0; i < nrow; i++) {
		double p, y, w = row_w[i];

		if (w <= 0 || row_fold[i] == leave_out)
			continue;
		p = w / cut;
		if (p < 1) {
			if (rnd() >= p)
				continue;
			w = cut;
		} else if (rnd() >= 0.7)
			continue;
		y = 1 / (1 + exp(-row_f[i]));
		t->gh[t->n][0] = (float)(w * (row_label[i] - y));
		t->gh[t->n][1] = (float)(w * (y * (1 - y) + 1e-4));
		t->leaf[t->n] = 0;
		t->row[t->n++] = (uint32_t)i;
	}
}

/* What a question would gain, by its threshold. */
static void
find_gains(const struct tree *t, const struct candidate *c, unsigned d, double lambda, double gain[BINS])
{
	static float sum[MODEL_LEAVES][BINS][2];
	const uint8_t *x = matrix[c->column];
	unsigned l, b;
	size_t i;

	memset(sum, 0, ((size_t)1 << d) * sizeof(*sum));
	for (i = 0; i < t->n; i++) {
		float *s = sum[t->leaf[i]][x[(ptrdiff_t)t->row[i] + c->shift] % BINS];

		s[0] += t->gh[i][0];
		s[1] += t->gh[i][1];
	}
	memset(gain, 0, BINS * sizeof(*gain));
	for (l = 0; l < 1u << d; l++) {
		double g = 0, h = 0, low_g = 0, low_h = 0;

		for (b = 0; b < BINS; b++) {
			g += sum[l][b][0];
			h += sum[l][b][1];
		}
		for (b = 1; b < BINS; b++) {
			low_g += sum[l][b - 1][0];
			low_h += sum[l][b - 1][1];
			gain[b] += low_g * low_g / (low_h + lambda) +
				   (g - low_g) * (g - low_g) / (h - low_h + lambda);
		}
	}
}

/* Is the answer to the tree's question d yes? */
static inline bool
answer(const struct tree *t, unsigned d, size_t row)
{
	return matrix[t->split[d].column][(ptrdiff_t)row + t->split[d].shift] >= t->threshold[d];
}

/* The best of some questions, asked of every unit. */
static void
ask(struct tree *t, unsigned d, const struct settings *s)
{
	const size_t tries = (size_t)param("cands");
	double best = -1, gain[BINS];
	size_t i, k;
	unsigned b;

	for (k = 0; k < tries; k++) {
		const struct candidate *c = &s->candidate[(size_t)(rnd() * (double)s->ncandidate)];

		find_gains(t, c, d, s->lambda, gain);
		for (b = 1; b < BINS; b++)
			if (gain[b] > best) {
				best = gain[b];
				t->split[d] = *c;
				t->threshold[d] = b;
			}
	}
	for (i = 0; i < t->n; i++)
		t->leaf[i] = (uint8_t)(t->leaf[i] << 1 | answer(t, d, t->row[i]));
}

/* Newton steps, as bytes and what they count. */
static void
fit_leaves(struct tree *t, const struct settings *s)
{
	double g[MODEL_LEAVES] = { 0 }, h[MODEL_LEAVES] = { 0 }, most = 0;
	size_t i;

	for (i = 0; i < t->n; i++) {
		g[t->leaf[i]] += t->gh[i][0];
		h[t->leaf[i]] += t->gh[i][1];
	}
	for (i = 0; i < MODEL_LEAVES; i++) {
		g[i] = fmax(-8000, fmin(8000, s->rate * g[i] / (h[i] + s->lambda) * MODEL_ONE));
		most = fmax(most, fabs(g[i]));
	}
	t->scale = (int)fmax(1, ceil(most / 127));
	for (i = 0; i < MODEL_LEAVES; i++)
		t->value[i] = (int)rint(g[i] / t->scale);
}

static void
put_tree(struct buf *out, const struct tree *t, unsigned depth)
{
	unsigned d, l;

	/* what is not asked is answered by yes */
	for (d = depth; d < MODEL_DEPTH; d++)
		buf_put(out, (char[]){ 0, 64, 0 }, MODEL_QUESTION);
	for (d = 0; d < depth; d++) {
		buf_byte(out, (char)t->split[d].column);
		buf_byte(out, (char)(t->split[d].shift + 64));
		buf_byte(out, (char)t->threshold[d]);
	}
	buf_byte(out, (char)t->scale);
	for (l = 0; l < MODEL_LEAVES; l++)
		buf_byte(out, (char)t->value[l & ((1u << depth) - 1)]);
}

/* Add what a tree says to what those before it say. */
static void
add_tree(const struct tree *t, unsigned depth)
{
	size_t i;
	unsigned d, leaf;

	for (i = 0; i < nrow; i++) {
		if (row_w[i] <= 0)
			continue;
		for (leaf = d = 0; d < depth; d++)
			leaf = leaf << 1 | answer(t, d, i);
		row_f[i] += (float)(t->value[leaf] * t->scale) / MODEL_ONE;
	}
}

static void
put_number_low(struct buf *out, uint32_t n, unsigned nbyte)
{
	for (; nbyte > 0; nbyte--, n >>= 8)
		buf_byte(out, (char)n);
}

void
train_pass(struct buf *out, unsigned pass, unsigned leave_out)
{
	static struct settings s;
	struct tree t = { .row = mem_array(NULL, nrow, sizeof(*t.row)),
			  .leaf = mem_array(NULL, nrow, sizeof(*t.leaf)),
			  .gh = mem_array(NULL, nrow, sizeof(*t.gh)) };
	double total = 0, positive = 0;
	unsigned tree, d;
	size_t i;

	settle(&s, pass, leave_out);
	rnd_start(DRAW_PASS, pass, leave_out);
	for (i = 0; i < nrow; i++)
		if (row_fold[i] != leave_out) {
			total += row_w[i];
			positive += row_label[i] * row_w[i];
		}
	put_number_low(out, (uint32_t)begin_scores(pass, total, positive), 4);
	put_number_low(out, s.ntree, 2);
	for (tree = 0; tree < s.ntree; tree++) {
		draw_rows(&t, leave_out, total / s.rows);
		for (d = 0; d < s.depth; d++)
			ask(&t, d, &s);
		fit_leaves(&t, &s);
		put_tree(out, &t, s.depth);
		add_tree(&t, s.depth);
	}
	free(t.row);
	free(t.leaf);
	free(t.gh);
}
