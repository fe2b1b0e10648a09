/* SPDX-License-Identifier: ISC */
/*
 * chrome-train - train strip-chrome's model.
 *
 * usage: chrome-train [-c dir] [-k file] [-o model] [name=number ...] DATA/chrome
 *
 * Reads the pages, gold bodies, line labels and sites of DATA/chrome. -o writes
 * the model trained on all of it; -c trains on four fifths of the sites and
 * judges the pages of the last fifth, five times, and writes what was kept to
 * dir/cv-RENDITION.tsv for score/chrome.py. -k, where no model is written, keeps the scores
 * of the first two passes in file, or takes them from there, so that work on HTML's pass need not
 * wait.
 *
 * Words: logistic regression over hashed words, by AdaGrad. Passes: boosted
 * oblivious trees (Newton steps, histograms). Whatever a later stage is trained
 * on comes from earlier stages that have not seen the site: the word weights and
 * the first pass are trained once for each fold.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cue.h"
#include "decide.h"
#include "model.h"
#include "msg.h"
#include "page.h"
#include "rec.h"
#include "scan.h"
#include "table.h"
#include "u8.h"

#include "strip-chrome/phrases.h"
#include "strip-chrome/stop.h"

enum { FOLDS = 5, SETS = 8 };

static struct params {
	const char *name;
	double value;
} params[] = { { "depth", 4 },	   { "trees1", 120 },  { "trees2", 200 },   { "rate", 0.12 },
	       { "lambda", 8 },	   { "rows", 80000 },  { "cands", 60 },	    { "wcx", 0.5 },
	       { "doubt", 0.4 },   { "line", 0.25 },   { "lexrate", 0.15 }, { "lexl2", 1e-5 },
	       { "near", 3 },	   { "exclude", 1 },   { "seed", 1 },	    { "gld", 0.5 },
	       { "trm", 0.9 },	   { "htm", 0.7 },     { "trees3", 120 },   { "depth3", 4 },
	       { "rate3", 0.12 },  { "rows3", 30000 }, { "lambda3", 20 },   { "page", 250 },
	       { "threshold", 0 }, { "most", 8 },      { "plus", 200 } };

static double
param(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(params) / sizeof(*params); i++)
		if (strcmp(params[i].name, name) == 0)
			return params[i].value;
	msg_die(EXIT_USAGE, "no parameter %s", name);
}

struct doc {
	char *id;
	unsigned fold;
	unsigned rendition;
	double weight;
	struct buf text;
	struct page page;
	struct dom *dom;
	signed char *label; /* by unit: 1 body, 0 chrome, -1 leave out */
	float *row_weight;
	size_t row; /* of its first unit in the matrix */
};

static const char *const renditions[] = { "blk", "nod", "lyn", "np4", "rjs", "bpi", "gld", "trm", "htm" };
enum { RENDITIONS = 9, GLD = 6, TRM = 7, HTM = 8 };

static struct doc *docs;
static size_t ndoc, doc_cap;

static uint64_t rng_state;

/*
 * Every stage draws from a start of its own, so that what is
 * left out or done besides changes nothing in the others.
 */
enum { DRAW_TRIM = 1, DRAW_WORDS, DRAW_PASS };

static void
rnd_start(unsigned stage, unsigned pass, unsigned fold)
{
	unsigned i;

	rng_state = ((uint64_t)param("seed") << 24 | stage << 16 | pass << 8 | fold) * 0x9E3779B97F4A7C15u;
	for (i = 0; i < 8; i++) { /* starts alike part ways */
		rng_state ^= rng_state >> 31;
		rng_state *= 0xBF58476D1CE4E5B9u;
	}
}

static double
rnd(void)
{
	rng_state ^= rng_state << 13;
	rng_state ^= rng_state >> 7;
	rng_state ^= rng_state << 17;
	return (double)(rng_state >> 11) / 9007199254740992.0;
}

/* --- data ---------------------------------------------------------------- */

struct gold {
	char *id;
	unsigned fold;
	unsigned nword;
	struct buf text;
	uint64_t *gram; /* sorted hashes of four words */
	size_t ngram;
};

static struct gold *golds;
static size_t ngold, gold_cap;

static int
by_hash(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Hashes of runs of four words (all there are, if fewer); to may be NULL. */
static size_t
grams(const char *p, size_t n, uint64_t *to, unsigned *nword)
{
	uint64_t h = 14695981039346656037u, w[4] = { 0 };
	size_t i, words = 0, out = 0;
	bool in = false;

	for (i = 0; i <= n; i++) {
		unsigned char c = i < n ? (unsigned char)p[i] : ' ';
		bool wordly =
		    (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' ||
		    (c >= 0x80 && c != 0xE2 && c != 0xC2 && !(i > 0 && (unsigned char)p[i - 1] == 0xE2) &&
		     !(i > 1 && (unsigned char)p[i - 2] == 0xE2) &&
		     !(i > 0 && (unsigned char)p[i - 1] == 0xC2));

		if (wordly) {
			h = (h ^ c) * 1099511628211u;
			in = true;
		} else if (in) {
			w[words++ & 3] = h;
			h = 14695981039346656037u;
			in = false;
			if (words >= 4) {
				uint64_t g = 0;
				size_t k;

				for (k = 0; k < 4; k++)
					g = g * 0x9E3779B97F4A7C15u + w[(words + k) & 3];
				if (to != NULL)
					to[out] = g;
				out++;
			}
		}
	}
	if (nword != NULL)
		*nword = (unsigned)words;
	return out;
}

static char *
slurp(const char *path, size_t *n)
{
	struct buf b = { 0 };
	char cmd[4096];
	FILE *f;
	size_t got;

	snprintf(cmd, sizeof(cmd), "case '%s' in *.gz) exec zcat '%s';; *) exec cat '%s';; esac", path, path,
		 path);
	f = popen(cmd, "r");
	if (f == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	while ((got = fread(buf_room(&b, 1 << 16), 1, 1 << 16, f)) > 0)
		b.n += got;
	if (pclose(f) != 0)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	memset(buf_room(&b, 64), 0, 64);
	*n = b.n;
	return b.p;
}

/* Calls fn for each line with its first two fields. */
static void
each_line(const char *path, void (*fn)(char *id, char *value, void *), void *arg)
{
	size_t n;
	char *p = slurp(path, &n), *end = p + n, *q, *tab;

	for (; p < end; p = q + 1) {
		q = memchr(p, '\n', (size_t)(end - p));
		if (q == NULL)
			q = end;
		*q = '\0';
		tab = strchr(p, '\t');
		if (tab == NULL)
			continue;
		*tab = '\0';
		fn(p, tab + 1, arg);
	}
}

static void
add_gold(char *id, char *value, void *arg)
{
	struct buf text = { 0 };
	struct gold *g;

	(void)arg;
	golds = mem_grow(golds, ngold, &gold_cap, sizeof(*golds));
	g = &golds[ngold++];
	memset(g, 0, sizeof(*g));
	g->id = id;
	rec_unescape(&text, span_of(value));
	g->ngram = grams(text.p, text.n, NULL, &g->nword);
	g->gram = mem_array(NULL, g->ngram + 1, sizeof(*g->gram));
	grams(text.p, text.n, g->gram, NULL);
	qsort(g->gram, g->ngram, sizeof(*g->gram), by_hash);
	g->text = text;
}

static struct gold *
gold_of(const char *id)
{
	size_t i;

	for (i = 0; i < ngold; i++)
		if (strcmp(golds[i].id, id) == 0)
			return &golds[i];
	return NULL;
}

/* meta.tsv: page-id, set, domain, ... : the fold is the domain's */
static void
add_meta(char *id, char *value, void *arg)
{
	struct gold *g = gold_of(id);
	char *domain = strchr(value, '\t');
	uint32_t h = 2166136261u;

	(void)arg;
	if (g == NULL || domain == NULL)
		return;
	for (domain++; *domain != '\t' && *domain != '\0'; domain++)
		h = (h ^ (unsigned char)*domain) * 16777619u;
	g->fold = (h >> 16) % FOLDS;
}

static void
add_page(char *id, char *value, void *arg)
{
	struct doc *d;
	struct gold *g = gold_of(id);

	if (g == NULL)
		return;
	docs = mem_grow(docs, ndoc, &doc_cap, sizeof(*docs));
	d = &docs[ndoc++];
	memset(d, 0, sizeof(*d));
	d->id = id;
	d->fold = g->fold;
	d->rendition = *(unsigned *)arg;
	rec_unescape(&d->text, span_of(value));
	memset(buf_room(&d->text, REC_SLACK), 0, REC_SLACK);
	page_lines(&d->page, d->text.p, d->text.n, NULL, true);
	page_cut(&d->page);
	d->label = mem_array(NULL, d->page.nunit + 1, 1);
	memset(d->label, -1, d->page.nunit + 1);
	d->row_weight = mem_array(NULL, d->page.nunit + 1, sizeof(*d->row_weight));
	d->weight = strncmp(id, "wcx", 3) == 0 ? param("wcx") : 1;
	if (d->rendition == TRM)
		d->weight *= param("trm");
	if (d->rendition == GLD) {
		d->weight *= param("gld");
		memset(d->label, 1, d->page.nunit);
	}
}

static void
add_labels(char *id, char *value, void *arg)
{
	size_t i, k, n = strlen(value);

	for (i = 0; i < ndoc; i++) {
		struct doc *d = &docs[i];
		struct gold *gold;
		uint64_t gram[4096];

		if (d->rendition != *(unsigned *)arg || strcmp(d->id, id) != 0)
			continue;
		gold = gold_of(id);
		for (k = 0; k < d->page.nunit; k++) {
			const struct unit *u = &d->page.unit[k];
			size_t l, c = 0, x = 0, in = 0, ng;

			for (l = u->line; l < u->line + u->nline && l < n; l++) {
				size_t w = d->page.line[l].to - d->page.line[l].from;

				c += value[l] == 'C' ? w : 0;
				x += value[l] == 'X' ? w : 0;
			}
			if (c + x > 0)
				d->label[k] = c > x;
			else if (u->to - u->from < 4096) {
				ng = grams(d->text.p + u->from, u->to - u->from, gram, NULL);
				for (l = 0; l < ng; l++)
					in += bsearch(&gram[l], gold->gram, gold->ngram, sizeof(uint64_t),
						      by_hash) != NULL;
				d->label[k] = (signed char)(2 | (ng > 0 && in * 2 > ng)); /* doubtful */
			}
		}
	}
}

/*
 * Pages as another extractor leaves them: of the block rendition the lines from
 * somewhat before the body to somewhat behind it, or to the page's end, or all, for
 * the most part with blank lines between them. There, what is chrome must be seen
 * without a page around it, and blank lines say nothing.
 */
static void
add_trimmed(void)
{
	const size_t n = ndoc;
	unsigned r = TRM;
	size_t i, k, from, to, w;

	rnd_start(DRAW_TRIM, 0, 0);
	for (i = 0; i < n; i++) {
		struct doc *d = &docs[i], *t;
		struct buf text = { 0 }, label = { 0 }, lines = { 0 };
		const double shape = rnd(), blank = rnd();
		const size_t gap = blank < 0.2 ? 1 : blank < 0.65 ? 2 : 3;

		if (d->rendition != 0)
			continue;
		for (from = 0; from < d->page.nunit &&
			       (d->label[from] != 1 || d->page.unit[from].to - d->page.unit[from].from < 40);
		     from++)
			;
		for (to = d->page.nunit; to > from && d->label[to - 1] != 1; to--)
			;
		w = (size_t)(rnd() * 4);
		from = from > w && shape < 0.7 ? from - w : 0;
		to += (size_t)(rnd() * 6);
		if (to > d->page.nunit || shape > 0.4)
			to = d->page.nunit;
		for (k = from; k < to; k++) {
			buf_put(&text, d->text.p + d->page.unit[k].from,
				d->page.unit[k].to - d->page.unit[k].from);
			buf_byte(&label, d->label[k] == 1 ? 'C' : d->label[k] == 0 ? 'X' : '?');
			if (k + 1 < to) {
				buf_put(&text, "\n\n\n", gap);
				buf_put(&label, "--", gap - 1);
			}
		}
		rec_escape(&lines, (struct span){ text.p, text.n });
		buf_byte(&lines, '\0');
		add_page(d->id, lines.p, &r);
		t = &docs[ndoc - 1];
		for (k = 0; k < t->page.nunit; k++) {
			char l = label.p[t->page.unit[k].line];

			t->label[k] = (signed char)(l == 'C'   ? 1
						    : l == 'X' ? 0
							       : 2 | (docs[i].label[from + k] & 1));
		}
		buf_free(&text);
		buf_free(&label);
		buf_free(&lines);
	}
}

/* One of the pages whose HTML is there; its labels come from the gold. */
static void
add_html(const char *dir, const struct gold *gold)
{
	static uint64_t gram[1 << 16];
	char path[4096];
	struct doc *d;
	size_t n, k, i, ng, in;
	char *p;

	snprintf(path, sizeof(path), "%s/html/%s.html.gz", dir, gold->id);
	if (access(path, R_OK) != 0)
		return;
	p = slurp(path, &n);
	docs = mem_grow(docs, ndoc, &doc_cap, sizeof(*docs));
	d = &docs[ndoc++];
	memset(d, 0, sizeof(*d));
	d->id = gold->id;
	d->fold = gold->fold;
	d->rendition = HTM;
	buf_put(&d->text, p, u8_clean(p, n));
	if (d->text.n < n)
		u8_repair(&d->text, p + d->text.n, n - d->text.n);
	memset(buf_room(&d->text, REC_SLACK), 0, REC_SLACK);
	d->dom = mem_array(NULL, 1, sizeof(*d->dom));
	memset(d->dom, 0, sizeof(*d->dom));
	dom_read(d->dom, d->text.p, d->text.n);
	page_lines(&d->page, d->dom->text.p, d->dom->text.n, NULL, false);
	page_cut(&d->page);
	d->label = mem_array(NULL, d->page.nunit + 1, 1);
	d->row_weight = mem_array(NULL, d->page.nunit + 1, sizeof(*d->row_weight));
	d->weight = (strncmp(d->id, "wcx", 3) == 0 ? param("wcx") : 1) * param("htm");
	for (k = 0; k < d->page.nunit; k++) {
		const struct unit *u = &d->page.unit[k];
		const char *text = d->dom->text.p + u->from;
		size_t len = u->to - u->from;

		if (len > 60000)
			len = 60000;
		ng = grams(text, len, gram, NULL);
		for (in = i = 0; i < ng; i++)
			in += bsearch(&gram[i], gold->gram, gold->ngram, sizeof(uint64_t), by_hash) != NULL;
		if (ng == 0) { /* under four words: a line of the gold, or not */
			size_t g = 0;
			const char *q = gold->text.p;

			for (; q < gold->text.p + gold->text.n && g == 0; q++) {
				const char *nl = memchr(q, '\n', (size_t)(gold->text.p + gold->text.n - q));

				if (nl == NULL)
					nl = gold->text.p + gold->text.n;
				g = (size_t)(nl - q) == len && memcmp(q, text, len) == 0;
				q = nl;
			}
			d->label[k] = (signed char)g;
		} else if (in * 10 >= ng * 6)
			d->label[k] = 1;
		else if (in * 10 <= ng * 3)
			d->label[k] = 0;
		else
			d->label[k] = (signed char)(2 | (in * 2 > ng));
	}
	free(p);
}

static void
load(const char *dir)
{
	char path[4096];
	unsigned r;
	size_t i, k;

	snprintf(path, sizeof(path), "%s/gold.tsv.gz", dir);
	each_line(path, add_gold, NULL);
	snprintf(path, sizeof(path), "%s/meta.tsv", dir);
	each_line(path, add_meta, NULL);
	for (r = 0; r < TRM; r++) {
		if (r == GLD)
			snprintf(path, sizeof(path), "%s/gold.tsv.gz", dir);
		else
			snprintf(path, sizeof(path), "%s/pages-%s.tsv.gz", dir, renditions[r]);
		each_line(path, add_page, &r);
		if (r == GLD)
			continue;
		snprintf(path, sizeof(path), "%s/labels-%s.tsv", dir, renditions[r]);
		each_line(path, add_labels, &r);
	}
	add_trimmed();
	for (i = 0; i < ngold; i++)
		add_html(dir, &golds[i]);
	for (i = 0; i < ndoc; i++) {
		double total = 0;

		for (k = 0; k < docs[i].page.nunit; k++) {
			struct doc *d = &docs[i];
			double w;

			d->row_weight[k] = 0;
			if (d->label[k] < 0)
				continue;
			w = d->weight;
			if (d->label[k] >= 2)
				w *= param("doubt");
			d->label[k] &= 1;
			/* words are counted later, by the scan; bytes / 6 are near enough */
			w *= param("line") +
			     fmin(param("most"), 100.0 * (d->page.unit[k].to - d->page.unit[k].from) / 6 /
						     (gold_of(d->id)->nword + param("plus")));
			d->row_weight[k] = (float)w;
			total += w;
		}
		/* a page counts by its share of what is right, however long the rest */
		total /= docs[i].weight * param("page");
		for (k = 0; total > 1 && k < docs[i].page.nunit; k++)
			docs[i].row_weight[k] = (float)(docs[i].row_weight[k] / total);
	}
}

/* --- words --------------------------------------------------------------- */

static void
train_words(signed char *weight, unsigned leave_out)
{
	static float w[PAGE_TOKENS], h[PAGE_TOKENS];
	size_t *order, i, k, t, epoch;
	const double rate = param("lexrate"), l2 = param("lexl2");

	rnd_start(DRAW_WORDS, 0, leave_out);
	memset(w, 0, sizeof(w));
	for (i = 0; i < PAGE_TOKENS; i++)
		h[i] = 1;
	order = mem_array(NULL, ndoc, sizeof(*order));
	for (i = 0; i < ndoc; i++)
		order[i] = i;
	for (epoch = 0; epoch < 4; epoch++) {
		for (i = ndoc; i-- > 1;) {
			size_t j = (size_t)(rnd() * (double)(i + 1)), swap = order[i];

			order[i] = order[j];
			order[j] = swap;
		}
		for (i = 0; i < ndoc; i++) {
			struct doc *d = &docs[order[i]];

			if (d->fold == leave_out)
				continue;
			for (k = 0; k < d->page.nunit; k++) {
				const struct unit *u = &d->page.unit[k];
				const uint16_t *token = d->page.token + u->lexical;
				double z = 0, g, norm = 1 / sqrt(u->nlexical + 1e-9);

				if (d->row_weight[k] <= 0)
					continue;
				for (t = 0; t < u->nlexical; t++)
					z += w[token[t]];
				g = (1 / (1 + exp(-z * norm)) - d->label[k]) * d->row_weight[k] * norm;
				for (t = 0; t < u->nlexical; t++) {
					double gt = g + l2 * w[token[t]];

					h[token[t]] += (float)(gt * gt);
					w[token[t]] -= (float)(rate * gt / sqrt(h[token[t]]));
				}
			}
		}
	}
	for (i = 0; i < PAGE_TOKENS; i++) {
		const double v = rint(w[i] * 8);

		weight[i] = (signed char)(2 * (v > 63	 ? 63
					       : v < -63 ? -63
							 : v) +
					  (weight[i] & PAGE_FUNCTION));
	}
	free(order);
}

/* Weights of class words, from the HTML pages outside a fold. */
static void
train_classes(signed char *weight, unsigned leave_out)
{
	static float w[DOM_TOKENS], h[DOM_TOKENS];
	size_t i, k, t, epoch;

	memset(w, 0, sizeof(w));
	for (i = 0; i < DOM_TOKENS; i++)
		h[i] = 1;
	for (epoch = 0; epoch < 4; epoch++)
		for (i = 0; i < ndoc; i++) {
			struct doc *d = &docs[i];

			if (d->dom == NULL || d->fold == leave_out)
				continue;
			for (k = 0; k < d->page.nunit; k++) {
				const struct segment *s = &d->dom->segment[d->page.unit[k].line];
				const uint16_t *token = d->dom->token + s->token;
				double z = 0, g;

				if (d->row_weight[k] <= 0)
					continue;
				for (t = 0; t < s->ntoken; t++)
					z += w[token[t]];
				g = (1 / (1 + exp(-z)) - d->label[k]) * d->row_weight[k];
				for (t = 0; t < s->ntoken; t++) {
					double gt = g + 1e-3 * w[token[t]];

					h[token[t]] += (float)(gt * gt);
					w[token[t]] -= (float)(0.1 * gt / sqrt(h[token[t]]));
				}
			}
		}
	for (i = 0; i < DOM_TOKENS; i++) {
		double v = rint(w[i] * 40);

		weight[i] = (signed char)(v > 127 ? 127 : v < -127 ? -127 : v);
	}
}

/* --- trees --------------------------------------------------------------- */

static uint8_t *matrix[COL_COUNT]; /* all pages' columns, padding and all */
static size_t nrow;
static float *row_f; /* what the trees so far say */
static float *row_w;
static signed char *row_label;
static uint8_t *row_fold;

static void
make_matrix(void)
{
	size_t i, k, c;

	if (nrow == 0) {
		for (i = 0; i < ndoc; i++) {
			docs[i].row = nrow + PAGE_PAD;
			nrow += docs[i].page.nunit + 2 * PAGE_PAD;
		}
		for (c = 0; c < COL_COUNT; c++)
			matrix[c] = mem_array(NULL, nrow, 1);
		row_f = mem_array(NULL, nrow, sizeof(*row_f));
		row_w = mem_array(NULL, nrow, sizeof(*row_w));
		row_label = mem_array(NULL, nrow, 1);
		row_fold = mem_array(NULL, nrow, 1);
		memset(row_w, 0, nrow * sizeof(*row_w));
		for (i = 0; i < ndoc; i++)
			for (k = 0; k < docs[i].page.nunit; k++) {
				row_w[docs[i].row + k] = docs[i].row_weight[k];
				row_label[docs[i].row + k] = docs[i].label[k];
				row_fold[docs[i].row + k] = (uint8_t)docs[i].fold;
			}
	}
	for (i = 0; i < ndoc; i++)
		for (c = 0; c < COL_COUNT; c++)
			memcpy(matrix[c] + docs[i].row - PAGE_PAD,
			       page_column(&docs[i].page, (int)c) - PAGE_PAD,
			       docs[i].page.nunit + 2 * PAGE_PAD);
}

struct candidate {
	int column, shift;
};

/* Columns that are left out of an experiment. */
static bool
excluded(int c)
{
	const int x = (int)param("exclude");

	return ((x & 2) && (c == COL_WORDPLACE || c == COL_FROMSTART || c == COL_FROMEND)) ||
	       ((x & 4) && (c == COL_STYLECOUNT || c == COL_BODYBEFORE)) ||
	       ((x & 8) &&
		(c == COL_ANCHORNEG || c == COL_ANCHORRUN || c == COL_ANCHORLEX || c == COL_ANCHORWORDS));
}

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
		for (s = -4; s <= 4 && !excluded(c); s++)
			if (s == 0 || (pass < 2 ? (c < COL_NEAR && abs(s) <= near) || c == COL_SCORE
						: c < COL_HTML_NEAR && abs(s) <= 2))
				to[n++] = (struct candidate){ c, s };
	return (size_t)n;
}

/* Bytes of one pass, in the model's form, appended to out. */
static void
train_pass(struct buf *out, unsigned pass, unsigned leave_out)
{
	static struct candidate all[COL_COUNT * 9];
	const size_t nall = candidates(all, pass);
	const unsigned depth = (unsigned)param(pass == 2 ? "depth3" : "depth"),
		       ntree = (unsigned)param(pass == 0   ? "trees1"
					       : pass == 1 ? "trees2"
							   : "trees3");
	const double rate = param(pass == 2 ? "rate3" : "rate"),
		     lambda = param(pass == 2 ? "lambda3" : "lambda");
	const size_t want = (size_t)param("cands");
	uint32_t *rows = mem_array(NULL, nrow, sizeof(*rows));
	uint8_t *leaf = mem_array(NULL, nrow, 1);
	float(*gh)[2] = mem_array(NULL, nrow, sizeof(*gh)), (*hist)[2];
	double total = 0, pos = 0, bias, t0;
	unsigned tree, d;
	size_t i, k;

	rnd_start(DRAW_PASS, pass, leave_out);
	if (pass == 1) /* the second pass, on what is open alone */
		for (i = 0; i < ndoc; i++)
			for (k = 0; k < docs[i].page.nunit; k++)
				if (!docs[i].page.open[k / 16])
					row_w[docs[i].row + k] = 0;
	if (pass == 2) /* HTML's pass is trained on HTML alone */
		for (i = 0; i < ndoc; i++)
			if (docs[i].dom == NULL)
				memset(row_w + docs[i].row, 0, docs[i].page.nunit * sizeof(*row_w));
	hist = mem_array(NULL, (size_t)64 << MODEL_DEPTH, sizeof(*hist));
	for (i = 0; i < nrow; i++)
		if (row_w[i] > 0 && row_fold[i] != leave_out) {
			total += row_w[i];
			pos += row_label[i] * row_w[i];
		}
	bias = rint(log(pos / (total - pos)) * MODEL_ONE) / MODEL_ONE;
	for (i = 0; i < nrow; i++)
		row_f[i] = (float)bias;
	if (pass > 0) {
		bias = 0;
		for (i = 0; i < ndoc; i++)
			for (k = 0; k < docs[i].page.nunit; k++)
				row_f[docs[i].row + k] = (float)docs[i].page.first[k] / MODEL_ONE;
	}
	{
		int32_t b = (int32_t)(bias * MODEL_ONE);

		for (i = 0; i < 4; i++)
			buf_byte(out, (char)((uint32_t)b >> 8 * i));
		buf_byte(out, (char)ntree);
		buf_byte(out, (char)(ntree >> 8));
	}
	/* sampling: a row is taken with probability w / cut, at most 1 */
	t0 = total / param(pass == 2 ? "rows3" : "rows");
	for (tree = 0; tree < ntree; tree++) {
		size_t n = 0;
		double leaf_g[1 << MODEL_DEPTH] = { 0 }, leaf_h[1 << MODEL_DEPTH] = { 0 };
		struct candidate split[MODEL_DEPTH];
		unsigned threshold[MODEL_DEPTH];
		double value[MODEL_LEAVES], most = 0;
		int scale;

		for (i = 0; i < nrow; i++) {
			double p, y, w;

			if (row_w[i] <= 0 || row_fold[i] == leave_out)
				continue;
			p = row_w[i] / t0;
			w = row_w[i];
			if (p < 1) {
				if (rnd() >= p)
					continue;
				w = t0;
			} else if (rnd() >= 0.7)
				continue;
			y = 1 / (1 + exp(-row_f[i]));
			gh[n][0] = (float)(w * (row_label[i] - y));
			gh[n][1] = (float)(w * (y * (1 - y) + 1e-4));
			leaf[n] = 0;
			rows[n++] = (uint32_t)i;
		}
		for (d = 0; d < depth; d++) {
			double best = -1;
			size_t c;

			for (c = 0; c < want; c++) {
				const struct candidate *ca = &all[(size_t)(rnd() * (double)nall)];
				const uint8_t *x = matrix[ca->column];
				const ptrdiff_t shift = ca->shift;
				unsigned l, b;
				double gain[64] = { 0 };

				memset(hist, 0, ((size_t)64 << d) * sizeof(*hist));
				for (i = 0; i < n; i++) {
					float *h =
					    hist[(size_t)leaf[i] << 6 | (x[(ptrdiff_t)rows[i] + shift] & 63)];

					h[0] += gh[i][0];
					h[1] += gh[i][1];
				}
				for (l = 0; l < 1u << d; l++) {
					double g = 0, h = 0, gl = 0, hl = 0;

					for (b = 0; b < 64; b++) {
						g += hist[l << 6 | b][0];
						h += hist[l << 6 | b][1];
					}
					for (b = 1; b < 64; b++) {
						gl += hist[l << 6 | (b - 1)][0];
						hl += hist[l << 6 | (b - 1)][1];
						gain[b] += gl * gl / (hl + lambda) +
							   (g - gl) * (g - gl) / (h - hl + lambda);
					}
				}
				for (b = 1; b < 64; b++)
					if (gain[b] > best) {
						best = gain[b];
						split[d] = *ca;
						threshold[d] = b;
					}
			}
			for (i = 0; i < n; i++)
				leaf[i] =
				    (uint8_t)(leaf[i] << 1 |
					      (matrix[split[d].column][(ptrdiff_t)rows[i] + split[d].shift] >=
					       threshold[d]));
		}
		for (i = 0; i < n; i++) {
			leaf_g[leaf[i]] += gh[i][0];
			leaf_h[leaf[i]] += gh[i][1];
		}
		for (k = 0; k < 1u << depth; k++) {
			value[k] = rate * leaf_g[k] / (leaf_h[k] + lambda) * MODEL_ONE;
			value[k] = fmax(-8000, fmin(8000, value[k]));
			most = fmax(most, fabs(value[k]));
		}
		scale = (int)fmax(1, ceil(most / 127));
		for (k = 0; k < 1u << depth; k++)
			value[k] = rint(value[k] / scale);
		/* what is not asked is answered by yes */
		for (d = depth; d < MODEL_DEPTH; d++)
			buf_put(out, (char[]){ 0, 64, 0 }, MODEL_QUESTION);
		for (d = 0; d < depth; d++) {
			buf_byte(out, (char)split[d].column);
			buf_byte(out, (char)(split[d].shift + 64));
			buf_byte(out, (char)threshold[d]);
		}
		buf_byte(out, (char)scale);
		for (k = 0; k < MODEL_LEAVES; k++)
			buf_byte(out, (char)value[k & ((1u << depth) - 1)]);
		for (i = PAGE_PAD; i + PAGE_PAD < nrow; i++) {
			unsigned l = 0;

			if (row_w[i] <= 0)
				continue;
			for (d = 0; d < depth; d++)
				l = l << 1 |
				    (matrix[split[d].column][(ptrdiff_t)i + split[d].shift] >= threshold[d]);
			row_f[i] += (float)(value[l] * scale) / MODEL_ONE;
		}
	}
	free(rows);
	free(leaf);
	free(gh);
	free(hist);
}

/* Loss and weighted error of the news pages' units by rendition, from page.score. */
static void
report(const char *what)
{
	double loss[RENDITIONS] = { 0 }, wrong[RENDITIONS] = { 0 }, total[RENDITIONS] = { 0 };
	size_t i, k;
	unsigned r;

	for (i = 0; i < ndoc; i++)
		for (k = 0; k < docs[i].page.nunit && strncmp(docs[i].id, "wcx", 3) != 0; k++) {
			double f = docs[i].page.score[k] / (double)MODEL_ONE, w = docs[i].row_weight[k];

			r = docs[i].rendition;
			total[r] += w;
			loss[r] += w * log1p(exp(docs[i].label[k] == 1 ? -f : f));
			wrong[r] += w * ((f > 0) != (docs[i].label[k] == 1));
		}
	fprintf(stderr, "%s:", what);
	for (r = 0; r < RENDITIONS; r++)
		fprintf(stderr, " %s %.4f/%.2f%%", renditions[r], loss[r] / total[r],
			100 * wrong[r] / total[r]);
	fprintf(stderr, "\n");
}

static void
write_kept(const char *dir)
{
	struct buf out = { 0 }, text = { 0 };
	unsigned r;
	size_t i, k, l;

	for (r = 0; r < RENDITIONS; r++) {
		char path[4096];
		FILE *f;

		out.n = 0;
		for (i = 0; i < ndoc; i++) {
			struct doc *d = &docs[i];

			if (d->rendition != r)
				continue;
			buf_put(&out, d->id, strlen(d->id));
			buf_byte(&out, '\t');
			text.n = 0;
			for (k = 0; k < d->page.nunit; k++)
				d->page.score[k] -= (int32_t)(param("threshold") * MODEL_ONE);
			if (d->dom != NULL)
				decide_elements(&d->page, d->dom);
			decide(&d->page, d->dom != NULL);
			for (k = 0; k < d->page.nunit; k++)
				if (d->page.keep[k])
					for (l = 0; l < d->page.unit[k].nline; l++) {
						const struct line *line =
						    &d->page.line[d->page.unit[k].line + l];

						buf_put(&text, d->page.text + line->begin,
							line->end - line->begin);
					}
			rec_escape(&out, (struct span){ text.p, text.n });
			buf_byte(&out, '\n');
		}
		snprintf(path, sizeof(path), "%s/cv-%s.tsv", dir, renditions[r]);
		f = fopen(path, "w");
		if (f == NULL || fwrite(out.p, 1, out.n, f) != out.n || fclose(f) != 0)
			msg_die(EXIT_FAULT, "%s: cannot be written", path);
	}
	buf_free(&out);
	buf_free(&text);
}

/*
 * Scores of the first two passes by unit, one after the other, so that experiments with
 * the third need not wait for them.
 */
static void
write_scores(FILE *f, const char *path)
{
	size_t i;

	for (i = 0; i < ndoc; i++)
		if (fwrite(docs[i].page.score, sizeof(int32_t), docs[i].page.nunit, f) != docs[i].page.nunit)
			msg_die(EXIT_FAULT, "%s: cannot be written", path);
}

static void
read_scores(FILE *f, const char *path)
{
	size_t i;

	for (i = 0; i < ndoc; i++)
		if (fread(docs[i].page.score, sizeof(int32_t), docs[i].page.nunit, f) != docs[i].page.nunit)
			msg_die(EXIT_USAGE, "%s: of other data", path);
}

int
main(int argc, char *argv[])
{
	static unsigned char phrase[5 * PHRASE_SLOTS], usual[COL_COUNT];
	static signed char weight[PAGE_TOKENS], class_weight[DOM_TOKENS];
	const char *cv = NULL, *model = NULL, *cache = NULL;
	unsigned fold, pass;
	struct buf out = { 0 }, part = { 0 };
	struct pass ps;
	FILE *scores = NULL; /* of the first two passes, */
	bool kept = false;   /* made by an earlier run */
	size_t i, k, c;
	int opt;

	msg_name(argv[0]);
	while ((opt = getopt(argc, argv, "c:k:o:")) != -1)
		switch (opt) {
		case 'c':
			cv = optarg;
			break;
		case 'k':
			cache = optarg;
			break;
		case 'o':
			model = optarg;
			break;
		default:
			return EXIT_USAGE;
		}
	for (; optind + 1 < argc; optind++) {
		char *eq = strchr(argv[optind], '='), *end = NULL;
		const double value = eq != NULL ? strtod(eq + 1, &end) : 0;

		if (eq == NULL || end == eq + 1 || *end != '\0')
			msg_die(EXIT_USAGE, "%s: want name=number", argv[optind]);
		*eq = '\0';
		(void)param(argv[optind]);
		for (i = 0; i < sizeof(params) / sizeof(*params); i++)
			if (strcmp(params[i].name, argv[optind]) == 0)
				params[i].value = value;
	}
	if (optind + 1 != argc)
		msg_die(EXIT_USAGE,
			"usage: chrome-train [-c dir] [-k file] [-o model] [name=number ...] DATA/chrome");
	for (i = 0; i <= stop.mask; i++)
		if (stop.slot[i].n > 0)
			weight[scan_token(stop.pool + stop.slot[i].at, stop.slot[i].n)] |= PAGE_FUNCTION;
	for (i = 0; i <= phrases.mask; i++)
		if (phrases.slot[i].n > 0) {
			uint32_t h = scan_phrase(phrases.pool + phrases.slot[i].at, phrases.slot[i].n);

			for (k = h >> 7 & (PHRASE_SLOTS - 1); phrase[5 * k + 4] != 0;
			     k = (k + 1) & (PHRASE_SLOTS - 1))
				;
			for (c = 0; c < 4; c++)
				phrase[5 * k + c] = (unsigned char)(h >> 8 * c);
			phrase[5 * k + 4] = (unsigned char)phrases.slot[i].value;
		}
	cue_ready();
	if (cache != NULL && model == NULL) {
		kept = access(cache, R_OK) == 0;
		scores = fopen(cache, kept ? "r" : "w");
		if (scores == NULL)
			msg_die(EXIT_USAGE, "%s: cannot be opened", cache);
	}
	load(argv[optind]);
	for (i = 0; i < ndoc; i++) {
		page_scan(&docs[i].page, weight, phrase, true);
		page_context(&docs[i].page);
	}
	fprintf(stderr, "%zu pages\n", ndoc);

	/* what later stages see: each page judged by what has not seen its site */
	for (fold = 0; fold < FOLDS; fold++) {
		train_words(weight, fold);
		for (i = 0; i < ndoc; i++)
			if (docs[i].fold == fold) {
				page_lexical(&docs[i].page, weight);
				for (k = 0; k < docs[i].page.nunit; k++)
					docs[i].page.score[k] =
					    (page_column(&docs[i].page, COL_LEXICAL)[k] - 32) * MODEL_ONE / 4;
			}
	}
	report("words");
	for (pass = 0; pass < PASSES; pass++) {
		if (pass == 2)
			for (fold = 0; fold < FOLDS; fold++) {
				train_classes(class_weight, fold);
				for (i = 0; i < ndoc; i++)
					if (docs[i].dom != NULL && docs[i].fold == fold)
						page_html(&docs[i].page, docs[i].dom, class_weight);
			}
		if (pass < 2 && kept)
			read_scores(scores, cache);
		else
			make_matrix();
		if (!(pass < 2 && kept) && (pass + 1 < PASSES || cv != NULL)) {
			for (fold = 0; fold < FOLDS; fold++) {
				part.n = 0;
				train_pass(&part, pass, fold);
				pass_open(&ps, (const unsigned char *)part.p, part.n);
				for (i = 0; i < ndoc; i++)
					if (docs[i].fold == fold && (pass < 2 || docs[i].dom != NULL)) {
						struct page *g = &docs[i].page;

						if (pass == 0)
							memset(g->score, 0, g->nunit * sizeof(*g->score));
						else
							memcpy(g->score, g->first,
							       g->nunit * sizeof(*g->score));
						model_score(&ps, g, pass == 1);
					}
				pass_close(&ps);
			}
			report(pass == 0 ? "first pass" : pass == 1 ? "second pass" : "HTML's pass");
		}
		if (pass < 2 && scores != NULL && !kept)
			write_scores(scores, cache);
		if (model != NULL)
			train_pass(&out, pass, FOLDS);
		if (pass == 0)
			for (i = 0; i < ndoc; i++)
				(void)page_second(&docs[i].page, docs[i].dom != NULL);
	}
	if (scores != NULL && fclose(scores) != 0)
		msg_die(EXIT_FAULT, "%s: cannot be written", cache);
	if (cv != NULL)
		write_kept(cv);
	if (model != NULL) {
		FILE *f = fopen(model, "w");
		unsigned char head[12] = { "chrome3\n" };

		head[8] = COL_COUNT;
		train_words(weight, FOLDS);
		train_classes(class_weight, FOLDS);
		for (c = 0; c < COL_COUNT; c++) {
			double sum = 0, n = 1;

			for (i = 0; i < ndoc; i++)
				for (k = 0; k < docs[i].page.nunit && (c < COL_HTML || docs[i].dom != NULL);
				     k++) {
					sum += docs[i].row_weight[k] * page_column(&docs[i].page, (int)c)[k];
					n += docs[i].row_weight[k];
				}
			usual[c] = (unsigned char)(sum / n + 0.5);
		}
		if (f == NULL || fwrite(head, 1, 12, f) != 12 ||
		    fwrite(phrase, 1, sizeof(phrase), f) != sizeof(phrase) ||
		    fwrite(weight, 1, sizeof(weight), f) != sizeof(weight) ||
		    fwrite(class_weight, 1, sizeof(class_weight), f) != sizeof(class_weight) ||
		    fwrite(usual, 1, sizeof(usual), f) != sizeof(usual) ||
		    fwrite(out.p, 1, out.n, f) != out.n || fclose(f) != 0)
			msg_die(EXIT_FAULT, "%s: cannot be written", model);
	}
	return EXIT_OK;
}
