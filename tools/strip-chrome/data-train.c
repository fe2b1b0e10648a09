/* SPDX-License-Identifier: ISC */
/*
 * The trainer's data: pages, gold bodies, line labels and sites, and what units weigh.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "msg.h"
#include "rec.h"
#include "train.h"
#include "u8.h"

const char *const renditions[] = { "blk", "nod", "lyn", "np4", "rjs", "bpi", "gld", "trm", "htm" };

bool
is_news(const struct gold *g)
{
	return strncmp(g->id, "wcx", 3) != 0;
}

static struct gold *golds;
static size_t ngold, gold_cap;

struct doc *docs;
size_t ndoc;
static size_t doc_cap;

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

void
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

void
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
