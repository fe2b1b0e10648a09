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
 * wait. The parameters that can be given are those of the table below.
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

enum {
	FOLDS = 5, /* of the sites; as a fold to leave out: none */
	PATH_SIZE = 4096,
	BINS = 64,    /* values of a column */
	FARTHEST = 4, /* units that a column may be shifted by */
	SHIFTS = 2 * FARTHEST + 1
};

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

static double
param(const char *name)
{
	return find_param(name)->value;
}

/* name=number, whose = is lost. */
static void
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

/* The last three are made of what is there, and weigh by parameters of their names. */
enum rendition { BLK, NOD, LYN, NP4, RJS, BPI, GLD, TRM, HTM, RENDITIONS };
static const char *const renditions[] = { "blk", "nod", "lyn", "np4", "rjs", "bpi", "gld", "trm", "htm" };

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

static struct gold *golds;
static size_t ngold, gold_cap;

struct doc {
	const struct gold *gold;
	enum rendition rendition;
	double weight;
	struct buf text;
	struct page page;
	struct dom *dom; /* NULL: no HTML */
	signed char
	    *label; /* by unit: of enum label, and | BODY with DOUBTFUL; when all is read BODY or not */
	float *row_weight; /* by unit; 0: leave out */
	size_t row;	   /* of its first unit in the matrix */
};

static struct doc *docs;
static size_t ndoc, doc_cap;

static bool
is_news(const struct gold *g)
{
	return strncmp(g->id, "wcx", 3) != 0;
}

static int
by_hash(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Is byte i a word's? Characters that begin with C2 or E2 are signs. */
static bool
in_word(const char *p, size_t i)
{
	const unsigned char c = (unsigned char)p[i], before = i > 0 ? (unsigned char)p[i - 1] : 0;

	if (c < 0x80)
		return ascii_alnum(p[i]) || c == '_';
	return c != 0xC2 && c != 0xE2 && before != 0xC2 && before != 0xE2 &&
	       (i < 2 || (unsigned char)p[i - 2] != 0xE2);
}

/* Hashes of runs of four words, of which n bytes have fewer than n / 2 + 1. Returns how many. */
static size_t
grams(const char *p, size_t n, uint64_t *to, unsigned *nword)
{
	enum { RUN = 4 };
	const uint64_t begin = 14695981039346656037u;
	uint64_t h = begin, w[RUN] = { 0 };
	size_t i, k, words = 0, out = 0;

	for (i = 0; i <= n; i++) {
		if (i < n && in_word(p, i)) {
			h = (h ^ (unsigned char)p[i]) * 1099511628211u;
			continue;
		}
		if (i == 0 || !in_word(p, i - 1))
			continue;
		w[words++ % RUN] = h;
		h = begin;
		if (words < RUN)
			continue;
		to[out] = 0;
		for (k = 0; k < RUN; k++)
			to[out] = to[out] * 0x9E3779B97F4A7C15u + w[(words + k) % RUN];
		out++;
	}
	if (nword != NULL)
		*nword = (unsigned)words;
	return out;
}

/* How many runs of four words a text has; *known: that the article has, too. */
static size_t
known_grams(const struct gold *g, const char *p, size_t n, size_t *known)
{
	uint64_t *gram = mem_array(NULL, n / 2 + 1, sizeof(*gram));
	const size_t all = grams(p, n, gram, NULL);
	size_t i;

	for (*known = i = 0; i < all; i++)
		*known += bsearch(&gram[i], g->gram, g->ngram, sizeof(*gram), by_hash) != NULL;
	free(gram);
	return all;
}

static void
path_of(char to[PATH_SIZE], const char *dir, const char *begin, const char *name, const char *end)
{
	if (snprintf(to, PATH_SIZE, "%s/%s%s%s", dir, begin, name, end) >= PATH_SIZE)
		msg_die(EXIT_FAULT, "%.80s...: too long a name", to);
}

/* Zeros behind a text, which may be read and are not counted. */
static void
pad(struct buf *b)
{
	memset(buf_room(b, REC_SLACK), 0, REC_SLACK);
}

/* A file, unpacked. Its name is told by the environment, in which nothing is a command. */
static struct buf
slurp(const char *path)
{
	enum { SOME = 1 << 16 };
	struct buf b = { 0 };
	FILE *f = NULL;
	size_t got;

	if (setenv("FILE", path, 1) == 0)
		f = popen("exec gzip -cdf <\"$FILE\"", "r");
	if (f == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	while ((got = fread(buf_room(&b, SOME), 1, SOME, f)) > 0)
		b.n += got;
	if (pclose(f) != 0)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	pad(&b);
	return b;
}

/* Calls fn for each line with its first field and all behind it; both stay. */
static void
each_line(const char *path, void (*fn)(char *id, char *value, enum rendition), enum rendition r)
{
	const struct buf b = slurp(path);
	char *p = b.p, *const end = b.p + b.n, *q, *tab;
	size_t n = 0;

	for (; p < end; p = q + 1) {
		n++;
		q = memchr(p, '\n', (size_t)(end - p));
		if (q == NULL)
			q = end;
		*q = '\0';
		tab = strchr(p, '\t');
		if (tab == NULL)
			msg_die(EXIT_FAULT, "%s:%zu: 1 field, want 2", path, n);
		*tab = '\0';
		fn(p, tab + 1, r);
	}
}

static void
add_gold(char *id, char *value, enum rendition r)
{
	struct gold *g;

	(void)r;
	golds = mem_grow(golds, ngold, &gold_cap, sizeof(*golds));
	g = &golds[ngold++];
	*g = (struct gold){ .id = id, .fold = FOLDS };
	rec_unescape(&g->text, span_of(value));
	g->gram = mem_array(NULL, g->text.n / 2 + 1, sizeof(*g->gram));
	g->ngram = grams(g->text.p, g->text.n, g->gram, &g->nword);
	qsort(g->gram, g->ngram, sizeof(*g->gram), by_hash);
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
add_meta(char *id, char *value, enum rendition r)
{
	struct gold *g = gold_of(id);
	char *domain = strchr(value, '\t');
	uint32_t h = 2166136261u;

	(void)r;
	if (g == NULL || domain == NULL)
		return;
	for (domain++; *domain != '\t' && *domain != '\0'; domain++)
		h = (h ^ (unsigned char)*domain) * 16777619u;
	g->fold = (h >> 16) % FOLDS;
}

static struct doc *
add_doc(const struct gold *g, enum rendition r)
{
	struct doc *d;

	docs = mem_grow(docs, ndoc, &doc_cap, sizeof(*docs));
	d = &docs[ndoc++];
	*d = (struct doc){ .gold = g, .rendition = r, .weight = is_news(g) ? 1 : param("wcx") };
	if (r == GLD || r == TRM || r == HTM)
		d->weight *= param(renditions[r]);
	return d;
}

/* The units of a text; they have no label yet. */
static void
cut_units(struct doc *d, const struct buf *text, bool wrappable)
{
	page_lines(&d->page, text->p, text->n, NULL, wrappable);
	page_cut(&d->page);
	d->label = mem_array(NULL, d->page.nunit + 1, 1);
	memset(d->label, UNKNOWN, d->page.nunit + 1);
	d->row_weight = mem_array(NULL, d->page.nunit + 1, sizeof(*d->row_weight));
}

static void
add_page(char *id, char *value, enum rendition r)
{
	const struct gold *g = gold_of(id);
	struct doc *d;

	if (g == NULL)
		return;
	d = add_doc(g, r);
	rec_unescape(&d->text, span_of(value));
	pad(&d->text);
	cut_units(d, &d->text, true);
	if (r == GLD)
		memset(d->label, BODY, d->page.nunit);
}

/* What most of a unit's labelled bytes are, by a letter a line; else what the gold has of it. */
static signed char
label_of(const struct doc *d, const struct unit *u, const char *letters, size_t nletter)
{
	enum { MOST = 4096 }; /* bytes: what is longer and has no letter is left out */
	size_t l, body = 0, chrome = 0, all, known;

	for (l = u->line; l < u->line + u->nline && l < nletter; l++) {
		const size_t n = d->page.line[l].to - d->page.line[l].from;

		body += letters[l] == 'C' ? n : 0;
		chrome += letters[l] == 'X' ? n : 0;
	}
	if (body + chrome > 0)
		return body > chrome ? BODY : CHROME;
	if (u->to - u->from >= MOST)
		return UNKNOWN;
	all = known_grams(d->gold, d->text.p + u->from, u->to - u->from, &known);
	return (signed char)(DOUBTFUL | (known * 2 > all));
}

static void
add_labels(char *id, char *value, enum rendition r)
{
	const size_t n = strlen(value);
	size_t i, k;

	for (i = 0; i < ndoc; i++) {
		struct doc *d = &docs[i];

		if (d->rendition == r && strcmp(d->gold->id, id) == 0)
			for (k = 0; k < d->page.nunit; k++)
				d->label[k] = label_of(d, &d->page.unit[k], value, n);
	}
}

/*
 * A page as another extractor leaves it: of the block rendition the lines from
 * somewhat before the body to somewhat behind it, or to the page's end, or all, for
 * the most part with blank lines between them. There, what is chrome must be seen
 * without a page around it, and blank lines say nothing.
 */
static void
add_trimmed(size_t whole)
{
	const double shape = rnd(), blank = rnd();
	const size_t gap = blank < 0.2 ? 1 : blank < 0.65 ? 2 : 3;
	const struct doc *d = &docs[whole];
	const struct unit *unit = d->page.unit;
	const size_t n = d->page.nunit;
	struct buf text = { 0 }, label = { 0 }; /* by line */
	size_t from, to, above, k;
	struct doc *t;

	if (d->rendition != BLK)
		return;
	for (from = 0; from < n && (d->label[from] != BODY || unit[from].to - unit[from].from < 40); from++)
		;
	for (to = n; to > from && d->label[to - 1] != BODY; to--)
		;
	above = (size_t)(rnd() * 4);
	from = from > above && shape < 0.7 ? from - above : 0;
	to += (size_t)(rnd() * 6);
	if (to > n || shape > 0.4)
		to = n;
	for (k = from; k < to; k++) {
		const signed char l = d->label[k];
		const char *p = d->text.p + unit[k].from, *const end = d->text.p + unit[k].to;

		buf_put(&text, p, (size_t)(end - p));
		buf_put(&text, "\n\n\n", gap);
		for (; p != NULL; p = memchr(p + 1, '\n', (size_t)(end - p - 1)))
			buf_byte(&label, (char)(l == BODY || l == CHROME ? l : DOUBTFUL | (l & BODY)));
		buf_put(&label, (char[]){ UNKNOWN, UNKNOWN }, gap - 1);
	}
	text.n -= text.n > 0 ? gap : 0;
	pad(&text);
	t = add_doc(d->gold, TRM);
	t->text = text;
	cut_units(t, &t->text, true);
	for (k = 0; k < t->page.nunit; k++)
		t->label[k] = (signed char)label.p[t->page.unit[k].line];
	buf_free(&label);
}

/* Is the text a line of the gold? */
static bool
is_line(const struct gold *g, const char *text, size_t n)
{
	const char *p = g->text.p, *const end = p + g->text.n, *q;

	for (; p < end; p = q + 1) {
		q = memchr(p, '\n', (size_t)(end - p));
		if (q == NULL)
			q = end;
		if ((size_t)(q - p) == n && memcmp(p, text, n) == 0)
			return true;
	}
	return false;
}

/* What a unit of HTML is, by how much of it the gold has. */
static signed char
label_by_gold(const struct gold *g, const char *text, size_t n)
{
	size_t known;
	const size_t all = known_grams(g, text, n, &known);

	if (all == 0) /* under four words */
		return is_line(g, text, n) ? BODY : CHROME;
	return known * 10 >= all * 6   ? BODY
	       : known * 10 <= all * 3 ? CHROME
				       : (signed char)(DOUBTFUL | (known * 2 > all));
}

/* One of the pages whose HTML is there; its labels come from the gold. */
static void
add_html(const char *dir, const struct gold *g)
{
	char path[PATH_SIZE];
	struct buf html;
	struct doc *d;
	size_t k;

	path_of(path, dir, "html/", g->id, ".html.gz");
	if (access(path, R_OK) != 0)
		return;
	html = slurp(path);
	d = add_doc(g, HTM);
	buf_put(&d->text, html.p, u8_clean(html.p, html.n));
	if (d->text.n < html.n)
		u8_repair(&d->text, html.p + d->text.n, html.n - d->text.n);
	buf_free(&html);
	pad(&d->text);
	d->dom = mem_zeros(1, sizeof(*d->dom));
	dom_read(d->dom, d->text.p, d->text.n);
	cut_units(d, &d->dom->text, false);
	for (k = 0; k < d->page.nunit; k++) {
		const struct unit *u = &d->page.unit[k];

		d->label[k] = label_by_gold(g, d->dom->text.p + u->from, u->to - u->from);
	}
}

/* What the units of a page weigh; their labels are BODY or not from here on. */
static void
weigh_units(struct doc *d)
{
	const double plus = param("plus"), most = param("most"), line = param("line"), doubt = param("doubt");
	double total = 0;
	size_t k;

	for (k = 0; k < d->page.nunit; k++) {
		const struct unit *u = &d->page.unit[k];
		double w = d->weight;

		d->row_weight[k] = 0;
		if (d->label[k] == UNKNOWN)
			continue;
		if (d->label[k] >= DOUBTFUL)
			w *= doubt;
		d->label[k] &= BODY;
		/* words are counted later, by the scan; bytes / 6 are near enough */
		w *= line + fmin(most, 100.0 * (u->to - u->from) / 6 / (d->gold->nword + plus));
		d->row_weight[k] = (float)w;
		total += w;
	}
	/* a page counts by its share of what is right, however long the rest */
	total /= d->weight * param("page");
	for (k = 0; total > 1 && k < d->page.nunit; k++)
		d->row_weight[k] = (float)(d->row_weight[k] / total);
}

static void
load(const char *dir)
{
	char path[PATH_SIZE];
	enum rendition r;
	size_t i, n;

	path_of(path, dir, "gold", "", ".tsv.gz");
	each_line(path, add_gold, GLD);
	path_of(path, dir, "meta", "", ".tsv");
	each_line(path, add_meta, GLD);
	for (i = 0; i < ngold; i++)
		if (golds[i].fold == FOLDS)
			msg_die(EXIT_FAULT, "%s: no domain of %s", path, golds[i].id);
	for (r = BLK; r < TRM; r++) {
		if (r == GLD)
			path_of(path, dir, "gold", "", ".tsv.gz");
		else
			path_of(path, dir, "pages-", renditions[r], ".tsv.gz");
		each_line(path, add_page, r);
		if (r == GLD)
			continue;
		path_of(path, dir, "labels-", renditions[r], ".tsv");
		each_line(path, add_labels, r);
	}
	rnd_start(DRAW_TRIM, 0, 0);
	for (i = 0, n = ndoc; i < n; i++)
		add_trimmed(i);
	for (i = 0; i < ngold; i++)
		add_html(dir, &golds[i]);
	for (i = 0; i < ndoc; i++)
		weigh_units(&docs[i]);
	fprintf(stderr, "%zu pages\n", ndoc);
}

/* --- words --------------------------------------------------------------- */

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

/* Weights of words, from the pages outside a fold; PAGE_FUNCTION bits stay. */
static void
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

/* Weights of class words, from the HTML pages outside a fold. */
static void
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

/* --- trees --------------------------------------------------------------- */

static uint8_t *matrix[COL_COUNT]; /* all pages' columns, padding and all */
static size_t nrow;
static float *row_f; /* what the trees so far say */
static float *row_w; /* 0: it is not looked at */
static signed char *row_label;
static uint8_t *row_fold;

static void
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

/*
 * The columns as they are, and the units that a pass is trained on: the second of text on what the
 * first left open, HTML's on HTML.
 */
static void
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

/* Bytes of one pass, in the model's form, appended to out. */
static void
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

/* --- what was learned ---------------------------------------------------- */

/* Loss and weighted error of the news pages' units by rendition, from page.score. */
static void
report(const char *what)
{
	double loss[RENDITIONS] = { 0 }, wrong[RENDITIONS] = { 0 }, total[RENDITIONS] = { 0 };
	enum rendition r;
	size_t i, k;

	for (i = 0; i < ndoc; i++)
		for (k = 0; k < docs[i].page.nunit && is_news(docs[i].gold); k++) {
			double f = docs[i].page.score[k] / (double)MODEL_ONE, w = docs[i].row_weight[k];

			r = docs[i].rendition;
			total[r] += w;
			loss[r] += w * log1p(exp(docs[i].label[k] == BODY ? -f : f));
			wrong[r] += w * ((f > 0) != (docs[i].label[k] == BODY));
		}
	fprintf(stderr, "%s:", what);
	for (r = 0; r < RENDITIONS; r++)
		fprintf(stderr, " %s %.4f/%.2f%%", renditions[r], loss[r] / total[r],
			100 * wrong[r] / total[r]);
	fprintf(stderr, "\n");
}

/* Append the record of what is kept of a page. */
static void
put_kept(struct buf *out, struct doc *d)
{
	struct page *g = &d->page;
	struct buf text = { 0 };
	size_t k, l;

	for (k = 0; k < g->nunit; k++)
		g->score[k] -= (int32_t)(param("threshold") * MODEL_ONE);
	if (d->dom != NULL)
		decide_elements(g, d->dom);
	decide(g, d->dom != NULL);
	for (k = 0; k < g->nunit; k++)
		for (l = g->unit[k].line; g->keep[k] && l < g->unit[k].line + g->unit[k].nline; l++)
			buf_put(&text, g->text + g->line[l].begin, g->line[l].end - g->line[l].begin);
	buf_put(out, d->gold->id, strlen(d->gold->id));
	buf_byte(out, '\t');
	rec_escape(out, (struct span){ text.p, text.n });
	buf_byte(out, '\n');
	buf_free(&text);
}

static FILE *
open_file(const char *path, const char *how)
{
	FILE *f = fopen(path, how);

	if (f == NULL)
		msg_die(EXIT_USAGE, "%s: cannot be opened", path);
	return f;
}

static void
write_file(FILE *f, const char *path, const void *p, size_t n)
{
	if (fwrite(p, 1, n, f) != n)
		msg_die(EXIT_FAULT, "%s: cannot be written", path);
}

static void
close_file(FILE *f, const char *path)
{
	if (fclose(f) != 0)
		msg_die(EXIT_FAULT, "%s: cannot be written", path);
}

static void
write_kept(const char *dir)
{
	enum rendition r;
	size_t i;

	for (r = 0; r < RENDITIONS; r++) {
		struct buf out = { 0 };
		char path[PATH_SIZE];
		FILE *f;

		path_of(path, dir, "cv-", renditions[r], ".tsv");
		f = open_file(path, "w");
		for (i = 0; i < ndoc; i++)
			if (docs[i].rendition == r)
				put_kept(&out, &docs[i]);
		write_file(f, path, out.p, out.n);
		close_file(f, path);
		buf_free(&out);
	}
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
		write_file(f, path, docs[i].page.score, docs[i].page.nunit * sizeof(int32_t));
}

static void
read_scores(FILE *f, const char *path, bool last)
{
	size_t i;

	for (i = 0; i < ndoc; i++)
		if (fread(docs[i].page.score, sizeof(int32_t), docs[i].page.nunit, f) != docs[i].page.nunit)
			msg_die(EXIT_USAGE, "%s: of other data", path);
	if (last && fgetc(f) != EOF)
		msg_die(EXIT_USAGE, "%s: of other data", path);
}

/* What is no weight in a model, but comes of the tables. */
struct facts {
	unsigned char phrase[5 * PHRASE_SLOTS]; /* as page_weigh wants them */
	signed char word[PAGE_TOKENS];		/* PAGE_FUNCTION bits */
};

static void
gather_facts(struct facts *f)
{
	size_t i, k, c;
	uint32_t h;

	for (i = 0; i <= stop.mask; i++)
		if (stop.slot[i].n > 0)
			f->word[scan_token(stop.pool + stop.slot[i].at, stop.slot[i].n)] |= PAGE_FUNCTION;
	for (i = 0; i <= phrases.mask; i++) {
		if (phrases.slot[i].n == 0)
			continue;
		h = scan_phrase(phrases.pool + phrases.slot[i].at, phrases.slot[i].n);
		for (k = h >> 7; f->phrase[5 * (k % PHRASE_SLOTS) + 4] != 0; k++)
			;
		k %= PHRASE_SLOTS;
		for (c = 0; c < 4; c++)
			f->phrase[5 * k + c] = (unsigned char)(h >> 8 * c);
		f->phrase[5 * k + 4] = (unsigned char)phrases.slot[i].value;
	}
}

/* A usual value of a column: its mean. */
static unsigned char
usual(size_t column)
{
	double sum = 0, n = 1;
	size_t i, k;

	for (i = 0; i < ndoc; i++) {
		const struct doc *d = &docs[i];

		for (k = 0; k < d->page.nunit && (column < COL_HTML || d->dom != NULL); k++) {
			sum += d->row_weight[k] * page_column(&d->page, (int)column)[k];
			n += d->row_weight[k];
		}
	}
	return (unsigned char)(sum / n + 0.5);
}

/* The model, as model.c has it: what was trained on all pages, and the passes. */
static void
write_model(FILE *f, const char *path, struct facts *facts, const struct buf *passes)
{
	static signed char class_weight[DOM_TOKENS];
	unsigned char head[12] = { "chrome3\n" }, column[COL_COUNT];
	size_t c;

	head[8] = COL_COUNT;
	train_words(facts->word, FOLDS);
	train_classes(class_weight, FOLDS);
	for (c = 0; c < COL_COUNT; c++)
		column[c] = usual(c);
	write_file(f, path, head, sizeof(head));
	write_file(f, path, facts->phrase, sizeof(facts->phrase));
	write_file(f, path, facts->word, sizeof(facts->word));
	write_file(f, path, class_weight, sizeof(class_weight));
	write_file(f, path, column, sizeof(column));
	write_file(f, path, passes->p, passes->n);
	close_file(f, path);
}

/* --- stages: each page is judged by what has not seen its site ------------ */

static void
judge_words(const struct facts *facts)
{
	static signed char weight[PAGE_TOKENS];
	unsigned fold;
	size_t i, k;

	memcpy(weight, facts->word, sizeof(weight));
	for (fold = 0; fold < FOLDS; fold++) {
		train_words(weight, fold);
		for (i = 0; i < ndoc; i++) {
			struct page *g = &docs[i].page;

			if (docs[i].gold->fold != fold)
				continue;
			page_lexical(g, weight);
			for (k = 0; k < g->nunit; k++)
				g->score[k] = (page_column(g, COL_LEXICAL)[k] - 32) * MODEL_ONE / 4;
		}
	}
	report("words");
}

static void
judge_classes(void)
{
	static signed char weight[DOM_TOKENS];
	unsigned fold;
	size_t i;

	for (fold = 0; fold < FOLDS; fold++) {
		train_classes(weight, fold);
		for (i = 0; i < ndoc; i++)
			if (docs[i].dom != NULL && docs[i].gold->fold == fold)
				page_html(&docs[i].page, docs[i].dom, weight);
	}
}

static void
judge_pass(unsigned pass)
{
	static const char *const name[PASSES] = { "first pass", "second pass", "HTML's pass" };
	struct buf part = { 0 };
	struct pass s;
	unsigned fold;
	size_t i;

	for (fold = 0; fold < FOLDS; fold++) {
		part.n = 0;
		train_pass(&part, pass, fold);
		if (pass_open(&s, (const unsigned char *)part.p, part.n) == 0)
			msg_die(EXIT_FAULT, "what was trained is no pass of a model");
		for (i = 0; i < ndoc; i++) {
			struct page *g = &docs[i].page;

			if (docs[i].gold->fold != fold || (pass == 2 && docs[i].dom == NULL))
				continue;
			if (pass == 0)
				memset(g->score, 0, g->nunit * sizeof(*g->score));
			else
				memcpy(g->score, g->first, g->nunit * sizeof(*g->score));
			model_score(&s, g, pass == 1);
		}
		pass_close(&s);
	}
	buf_free(&part);
	report(name[pass]);
}

static struct {
	const char *cv, *cache, *model; /* -c, -k, -o, or NULL */
	const char *data;
} options;

static void
read_options(int argc, char *argv[])
{
	static const char usage[] =
	    "usage: chrome-train [-c dir] [-k file] [-o model] [name=number ...] DATA/chrome";
	int opt;

	while ((opt = getopt(argc, argv, "c:k:o:")) != -1)
		switch (opt) {
		case 'c':
			options.cv = optarg;
			break;
		case 'k':
			options.cache = optarg;
			break;
		case 'o':
			options.model = optarg;
			break;
		default:
			exit(EXIT_USAGE); /* getopt has said why */
		}
	for (; optind + 1 < argc; optind++)
		set_param(argv[optind]);
	if (optind + 1 != argc)
		msg_die(EXIT_USAGE, "%s", usage);
	options.data = argv[optind];
	if (options.model != NULL)
		options.cache = NULL;
}

int
main(int argc, char *argv[])
{
	static struct facts facts;
	struct buf passes = { 0 };
	FILE *model = NULL, *scores = NULL; /* those of the first two passes, */
	bool kept = false;		    /* made by an earlier run */
	unsigned pass;
	size_t i;

	msg_name(argv[0]);
	read_options(argc, argv);
	/* what cannot be written is told before the work */
	if (options.model != NULL)
		model = open_file(options.model, "w");
	if (options.cv != NULL && access(options.cv, W_OK) != 0)
		msg_die(EXIT_USAGE, "%s: cannot be written", options.cv);
	if (options.cache != NULL) {
		kept = access(options.cache, R_OK) == 0;
		scores = open_file(options.cache, kept ? "r" : "w");
	}
	gather_facts(&facts);
	cue_ready();
	load(options.data);
	for (i = 0; i < ndoc; i++) {
		page_scan(&docs[i].page, facts.word, facts.phrase, true);
		page_context(&docs[i].page);
	}
	judge_words(&facts);
	make_matrix();
	for (pass = 0; pass < PASSES; pass++) {
		if (pass == 2)
			judge_classes();
		fill_matrix(pass);
		if (pass < 2 && kept)
			read_scores(scores, options.cache, pass == 1);
		else if (pass < 2 || options.cv != NULL)
			judge_pass(pass);
		if (pass < 2 && scores != NULL && !kept)
			write_scores(scores, options.cache);
		if (model != NULL)
			train_pass(&passes, pass, FOLDS);
		if (pass == 0)
			for (i = 0; i < ndoc; i++)
				(void)page_second(&docs[i].page, docs[i].dom != NULL);
	}
	if (scores != NULL)
		close_file(scores, options.cache);
	if (options.cv != NULL)
		write_kept(options.cv);
	if (model != NULL)
		write_model(model, options.model, &facts, &passes);
	return EXIT_OK;
}
