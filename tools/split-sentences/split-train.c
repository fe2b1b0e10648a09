/* SPDX-License-Identifier: ISC */
/*
 * split-train - make split-sentences' model.
 *
 * reads   DATA/sentences (texts and gold sentences), DATA/copies/docs.tsv (news
 *         text, for how words are written)
 * writes  the model
 * method  words are counted small, with a capital inside and at the beginning of
 *         sentences; the weights are those of a logistic regression over the
 *         hashed features, trained by AdaGrad with a fixed order of examples
 *
 * With --folds N it trains N times without an N-th of the documents, in all
 * their conditions, and prints the figures for those left out: what may be
 * expected of texts never seen. --folds corpora leaves one corpus out at a time:
 * what may be expected of texts of another kind. Nothing is written then, nor with
 * --rules, which prints what the rules come to without a model. --errors, as the
 * last argument, prints each gap that is judged wrongly.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "feature.h"
#include "msg.h"
#include "plain.h"
#include "rec.h"
#include "rule.h"
#include "scan.h"
#include "u8.h"

struct example {
	uint32_t first; /* in the array of features */
	uint16_t n;
	bool boundary;
	bool marked; /* an end mark stands before it */
	int8_t rule; /* what a rule says of it; -1: none does */
	uint32_t doc;
	struct gap_at gap;
};

struct doc {
	struct span id;
	struct span text;
	unsigned set; /* corpus and condition */
	unsigned fold;
	bool news;
	size_t gold;   /* boundaries inside it */
	size_t beyond; /* of them, at no gap that is looked at */
	size_t hit, false_hit;
};

struct set {
	const char *corpus, *condition;
	float weight;
	bool capitals; /* it is read in capitals */
};

static const struct set sets[] = {
	{ "brown", "clean", 1, false },	    { "brown", "glued", 1, false },
	{ "brown", "stripped", 1, false },  { "brown", "wrapped", 1, false },
	{ "brown", "clean", 0.1f, true },   { "brown", "glued", 0.1f, true },
	{ "ewt", "clean", 1, false },	    { "ewt", "glued", 1, false },
	{ "ewt", "stripped", 1, false },    { "ewt", "wrapped", 1, false },
	{ "ewt", "clean", 0.1f, true },	    { "ewt", "glued", 0.1f, true },
	{ "golden", "clean", 2, false },    { "gum", "clean", 1, false },
	{ "gum", "glued", 1, false },	    { "gum", "stripped", 1, false },
	{ "gum", "wrapped", 1, false },	    { "gum", "clean", 0.1f, true },
	{ "gum", "glued", 0.1f, true },	    { "partut", "clean", 0.1f, false },
	{ "partut", "glued", 0.1f, false }, { "pud", "clean", 1, false },
	{ "pud", "glued", 1, false },	    { "pud", "stripped", 1, false },
	{ "pud", "wrapped", 1, false },	    { "pud", "clean", 0.1f, true },
	{ "pud", "glued", 0.1f, true },	    { "seeds", "asis", 1, false },
};
enum { SETS = sizeof(sets) / sizeof(*sets) };

static uint16_t lex[LEX_SIZE];
static struct doc *docs;
static size_t ndoc, capdoc;
static struct example *ex;
static size_t nex, capex;
static uint32_t *feat;
static size_t nfeat, capfeat;

static struct span
read_all(const char *path)
{
	struct buf b = { 0 };
	FILE *f = fopen(path, "rb");
	size_t k;

	if (f == NULL)
		msg_die(EXIT_USAGE, "%s: %s", path, strerror(errno));
	do {
		k = fread(buf_room(&b, 1 << 20), 1, 1 << 20, f);
		b.n += k;
	} while (k > 0);
	fclose(f);
	memset(buf_room(&b, REC_SLACK), 0, REC_SLACK);
	return (struct span){ b.p, b.n };
}

/* Take the next line off s. */
static bool
line(struct span *s, struct span *l)
{
	const char *nl;

	if (s->n == 0)
		return false;
	nl = memchr(s->p, '\n', s->n);
	*l = (struct span){ s->p, nl != NULL ? (size_t)(nl - s->p) : s->n };
	s->p += l->n + (nl != NULL);
	s->n -= l->n + (nl != NULL);
	return true;
}

/* In a buffer of its own, and with its small letters as capitals where these are wanted. */
static struct span
unescaped(struct span s, bool capitals)
{
	struct buf b = { 0 };
	size_t k;

	(void)buf_room(&b, s.n + REC_SLACK);
	rec_unescape(&b, s);
	for (k = 0; capitals && k < b.n; k++)
		if (ascii_lower(b.p[k]))
			b.p[k] = (char)(b.p[k] - 'a' + 'A');
	memset(buf_room(&b, REC_SLACK), 0, REC_SLACK);
	return (struct span){ b.p, b.n };
}

/* How often a word was seen small inside a sentence, with a capital there, and at a beginning. */
struct count {
	char word[WORD_MAX + 4];
	uint32_t small, capital, begin;
};
enum { COUNTS = 1 << 20 };
static struct count *counts;

static void
count_words(struct span text)
{
	size_t i = 0, j;

	while (i < text.n) {
		struct count *c;
		char low[WORD_MAX + 1] = "";
		uint32_t at;
		char b1, b2;

		if (!ascii_alpha(text.p[i])) {
			i++;
			continue;
		}
		for (j = i; j < text.n && (ascii_alpha(text.p[j]) || (text.p[j] == '\'' && j + 1 < text.n &&
								      ascii_lower(text.p[j + 1])));
		     j++)
			;
		b1 = i > 0 ? text.p[i - 1] : '\n';
		b2 = i > 1 ? text.p[i - 2] : '\n';
		if (j - i > WORD_MAX || (b1 != ' ' && b1 != '\n' && b1 != '"')) {
			i = j;
			continue;
		}
		for (at = 0; at < j - i; at++)
			low[at] = ascii_fold(text.p[i + at]);
		low[j - i] = '\0';
		at = word_hash(low, j - i) & (COUNTS - 1);
		while (counts[at].word[0] != '\0' && strcmp(counts[at].word, low) != 0)
			at = (at + 1) & (COUNTS - 1);
		c = &counts[at];
		if (c->word[0] == '\0')
			memcpy(c->word, low, j - i + 1);
		if (ascii_lower(text.p[i]))
			c->small++;
		else if (j - i == 1 || !ascii_upper(text.p[i + 1])) {
			if (b1 == ' ' && (ascii_lower(b2) || b2 == ','))
				c->capital++;
			else if ((b1 == ' ' && b2 == '.' && i > 3 && ascii_lower(text.p[i - 3]) &&
				  ascii_lower(text.p[i - 4])) ||
				 b1 == '\n')
				c->begin++;
		}
		i = j;
	}
}

static unsigned
class_of(const struct count *c)
{
	uint32_t n = c->small + c->capital;
	uint32_t permille;
	bool often;

	if (c->small + c->capital + c->begin < 6)
		return LEX_NONE;
	permille = n > 0 ? c->small * 1000 / n : 500;
	if (n == 0)
		return LEX_NONE;
	often = n >= 200;
	if (permille < 60)
		return n >= 60 ? LEX_NAME_OFTEN : LEX_NAME;
	if (permille < 300)
		return LEX_MOSTLY_NAME;
	if (permille < 750)
		return often ? LEX_BOTH_OFTEN : LEX_BOTH;
	if (permille < 930)
		return often ? LEX_MOSTLY_SMALL_OFTEN : LEX_MOSTLY_SMALL;
	often = n >= 400;
	if (c->begin * 12 >= n && c->begin >= 6)
		return often ? LEX_STARTER_OFTEN : LEX_STARTER;
	if (c->begin * 50 >= n && c->begin >= 3)
		return often ? LEX_SMALL_STARTS_OFTEN : LEX_SMALL_STARTS;
	return often ? LEX_SMALL_OFTEN : LEX_SMALL;
}

static int
by_count(const void *a, const void *b)
{
	const struct count *x = a, *y = b;
	uint32_t n = x->small + x->capital, m = y->small + y->capital;

	return n != m ? (n < m) - (n > m) : strcmp(x->word, y->word);
}

/*
 * Mark how the word begins: one of three letters, one of
 * two and whatever follows, or one and what may follow "I".
 */
static void
mark_first(const char *word)
{
	static const char behind_one[] = " '\xE2\n";
	char p[4] = { word[0], word[1], word[2], 0 };
	size_t n = strlen(word), i, k;

	for (i = 0; i < (n == 1 ? sizeof(behind_one) - 1 : 1); i++)
		for (k = 0; k < (n < 3 ? 32 : 1); k++) {
			unsigned bit;

			if (n == 1)
				p[1] = behind_one[i];
			if (n < 3)
				p[2] = (char)k;
			bit = first_three(little32(p));
			lex[LEX_FIRST + (bit >> 4)] |= (uint16_t)(1u << (bit & 15));
		}
}

static void
make_lex(const char *data)
{
	static const char *const weekday[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	struct buf path = { 0 };
	struct span s, l;
	size_t k, nword = 0;

	counts = calloc(COUNTS, sizeof(*counts));
	if (counts == NULL)
		msg_die(EXIT_FAULT, "no memory");
	buf_printf(&path, "%s/copies/docs.tsv%c", data, '\0');
	s = read_all(path.p);
	while (line(&s, &l)) {
		const char *tab = memchr(l.p, '\t', l.n);
		struct span text;

		if (tab == NULL)
			continue;
		text = unescaped((struct span){ tab + 1, (size_t)(l.p + l.n - tab) - 1 }, false);
		count_words(text);
		free((void *)(uintptr_t)text.p);
	}
	qsort(counts, COUNTS, sizeof(*counts), by_count);
	for (k = 0; k < COUNTS && nword < LEX_SLOTS * 6 / 10; k++) {
		unsigned class = class_of(&counts[k]);
		uint32_t h = word_hash(counts[k].word, strlen(counts[k].word)), at = h & (LEX_SLOTS - 1),
			 tries;

		if (class == LEX_NONE)
			continue;
		for (tries = 0; tries < LEX_TRIES && lex[at] != 0; tries++, at = (at + 1) & (LEX_SLOTS - 1))
			if (lex[at] >> 4 == (uint16_t)(h >> 20))
				break;
		if (tries == LEX_TRIES || lex[at] != 0)
			continue;
		lex[at] = (uint16_t)((h >> 20) << 4 | class);
		if (class >= LEX_SMALL_STARTS)
			lex[LEX_SLOTS + (h >> 21)] |= (uint16_t)(1u << (h >> 17 & 15));
		if (class >= LEX_STARTER)
			mark_first(counts[k].word);
		nword++;
	}
	for (k = 0; k < sizeof(weekday) / sizeof(*weekday); k++)
		mark_first(weekday[k]);
	fprintf(stderr, "%zu words\n", nword);
	free(counts);
}

static bool
counted(const char *p, size_t *k)
{
	const unsigned char *u = (const unsigned char *)p;

	*k = blank_at(p, p + 4);
	if (*k > 0)
		return false;
	*k = u[0] < 0x80 ? 1 : u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
	return !(u[0] == 0xC2 && u[1] == 0xAD);
}

static size_t
count_chars(struct span s)
{
	size_t i = 0, k, n = 0;

	while (i < s.n) {
		n += counted(s.p + i, &k);
		i += k;
	}
	return n;
}

/* The examples of a document. gold: where its sentences end, in characters that are not blank. */
static void
add_doc(const struct doc *d, uint32_t number, const size_t *gold, size_t ngold, struct scan *scan,
	size_t *beyond)
{
	struct context c = { .text = d->text.p, .n = d->text.n, .lex = lex, .scan = scan };
	size_t i, at = 0, n = 0, g = 0, start = 0, k;
	struct view v;

	scan_text(scan, d->text.p, d->text.n, NEWLINE_AUTO);
	*beyond = 0;
	for (i = 0; i < scan->n; i++) {
		struct gap_at *p = &scan->at[i];
		struct example e = { .first = (uint32_t)nfeat, .doc = number, .gap = *p };

		while (at < p->end) {
			n += counted(d->text.p + at, &k);
			at += k;
		}
		while (g < ngold && gold[g] < n) {
			g++;
			++*beyond;
		}
		if (n == 0)
			continue;
		if (g < ngold && gold[g] == n) {
			e.boundary = true;
			g++;
		}
		if (nfeat + FEATURES > capfeat) {
			capfeat = capfeat == 0 ? 1 << 20 : capfeat * 2;
			feat = mem_array(feat, capfeat, sizeof(*feat));
		}
		e.rule = (int8_t)plain_decide(&c, p, start);
		view_gap(&v, &c, p, start);
		if (e.rule < 0)
			e.rule = (int8_t)rule_decide(&v, &c);
		e.marked = v.mark >= MARK_STOP && v.mark <= MARK_MIXED;
		e.n = (uint16_t)features(&v, feat + nfeat);
		nfeat += e.n;
		if (nex == capex)
			ex = mem_grow(ex, nex, &capex, sizeof(*ex));
		ex[nex++] = e;
		if (e.boundary)
			start = p->next;
	}
	*beyond += ngold - g;
}

static uint32_t
id_hash(struct span s)
{
	uint32_t h = 2166136261u;
	size_t k;

	for (k = 0; k < s.n; k++)
		h = (h ^ (unsigned char)s.p[k]) * 16777619u;
	return h ^ h >> 15;
}

static bool by_corpus; /* a fold is a corpus */

/* Which of the corpora the set is of; the sets of one stand together. */
static unsigned
corpus_number(unsigned set)
{
	unsigned k, n = 0;

	for (k = 1; k <= set; k++)
		n += strcmp(sets[k].corpus, sets[k - 1].corpus) != 0;
	return n;
}

static void
load_set(const char *data, unsigned set, unsigned nfold)
{
	struct buf path = { 0 };
	struct span text, gold, l, g = { NULL, 0 };
	const char *tab, *tab2;
	/* in capitals every word would be a gap: names are left out, as they are in use */
	struct scan scan = { .lex = sets[set].capitals ? lex : NULL };
	size_t *end = NULL, nend, capend = 0;
	bool have;

	buf_printf(&path, "%s/sentences/%s/%s.tsv%c", data, sets[set].corpus, sets[set].condition, '\0');
	text = read_all(path.p);
	path.n = 0;
	buf_printf(&path, "%s/sentences/%s/gold%s.tsv%c", data, sets[set].corpus,
		   strcmp(sets[set].condition, "stripped") == 0 ? ".stripped" : "", '\0');
	gold = read_all(path.p);
	have = line(&gold, &g);
	while (line(&text, &l)) {
		struct doc d = { .set = set };
		size_t n = 0;

		tab = memchr(l.p, '\t', l.n);
		d.id = (struct span){ l.p, (size_t)(tab - l.p) };
		d.text =
		    unescaped((struct span){ tab + 1, (size_t)(l.p + l.n - tab) - 1 }, sets[set].capitals);
		tab2 = memchr(d.id.p, ':', d.id.n);
		d.news = tab2 != NULL && strncmp(tab2, ":news", 5) == 0;
		d.fold = by_corpus ? corpus_number(set) : id_hash(d.id) % nfold;
		nend = 0;
		for (; have && g.n > d.id.n && memcmp(g.p, d.id.p, d.id.n) == 0 && g.p[d.id.n] == '\t';
		     have = line(&gold, &g)) {
			struct span s;

			tab2 = memchr(g.p + d.id.n + 1, '\t', g.n - d.id.n - 1);
			s = unescaped((struct span){ tab2 + 1, (size_t)(g.p + g.n - tab2) - 1 }, false);
			n += count_chars(s);
			free((void *)(uintptr_t)s.p);
			if (nend == capend)
				end = mem_grow(end, nend, &capend, sizeof(*end));
			end[nend++] = n;
		}
		if (nend == 0)
			msg_die(EXIT_USAGE, "%.*s: no gold", (int)d.id.n, d.id.p);
		if (n != count_chars(d.text))
			msg_die(EXIT_USAGE, "%.*s: gold differs", (int)d.id.n, d.id.p);
		d.gold = nend - 1;
		add_doc(&d, (uint32_t)ndoc, end, nend - 1, &scan, &d.beyond);
		if (ndoc == capdoc)
			docs = mem_grow(docs, ndoc, &capdoc, sizeof(*docs));
		docs[ndoc++] = d;
	}
	scan_free(&scan);
	free(end);
}

static float weight[WEIGHTS], square[WEIGHTS];
static int8_t whole[WEIGHTS];

/*
 * Each chosen by the figures of --folds. SCALE: steps of a weight per unit;
 * 127 steps hold all but a few. DROP: how often a feature is left out of a step, in
 * 65536ths, so that none is relied on alone.
 */
enum { SCALE = 24, ROUNDS = 40, DROP = 39322 };
static const float rate = 0.1f;

static uint64_t seed;
static uint32_t
random32(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33);
}

/* Train on all documents but those of one fold. */
static void
train(unsigned without)
{
	uint32_t *order = mem_array(NULL, nex, sizeof(*order));
	size_t k, n = 0, i, t;
	unsigned round;

	for (k = 0; k < nex; k++)
		if (docs[ex[k].doc].fold != without)
			order[n++] = (uint32_t)k;
	memset(weight, 0, sizeof(weight));
	for (k = 0; k < WEIGHTS; k++)
		square[k] = 1.0f;
	seed = 1;
	for (round = 0; round < ROUNDS; round++) {
		for (k = n - 1; k > 0; k--) {
			size_t q = random32() % (k + 1);
			uint32_t o = order[k];

			order[k] = order[q];
			order[q] = o;
		}
		for (i = 0; i < n; i++) {
			const struct example *e = &ex[order[i]];
			const uint32_t *f = feat + e->first;
			float sum = 0, p, gr, w = sets[docs[e->doc].set].weight;
			bool keep[FEATURES];

			for (t = 0; t < e->n; t++) {
				keep[t] = (random32() & 0xFFFF) >= DROP;
				if (keep[t])
					sum += weight[f[t]];
			}
			sum /= 1.0f - DROP / 65536.0f;
			p = 1.0f / (1.0f + expf(-sum));
			gr = (p - (e->boundary ? 1.0f : 0.0f)) * w;
			for (t = 0; t < e->n; t++)
				if (keep[t]) {
					square[f[t]] += gr * gr;
					weight[f[t]] -= rate * gr / sqrtf(square[f[t]]);
				}
		}
	}
	for (k = 0; k < WEIGHTS; k++) {
		float v = roundf(weight[k] * SCALE);

		whole[k] = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
	}
	free(order);
}

/* An error in its place, with the sum. */
static void
show(const struct doc *d, const struct gap_at *g, int32_t sum)
{
	size_t a = g->end > 50 ? g->end - 50 : 0, b = g->next + 40 < d->text.n ? g->next + 40 : d->text.n, i;

	printf("%s %s/%s %.*s %d\t", sum > 0 ? "false" : "missed", sets[d->set].corpus,
	       sets[d->set].condition, (int)d->id.n, d->id.p, sum);
	for (i = a; i < b; i++) {
		if (i == g->end)
			printf(" ||| ");
		putchar(d->text.p[i] == '\n' ? '~' : d->text.p[i]);
	}
	putchar('\n');
}

static bool show_errors;
static bool rules_alone; /* where no rule holds: an end mark and no small letter, or a line's end */

static void
test(unsigned fold)
{
	size_t k, t;

	for (k = 0; k < nex; k++) {
		struct doc *d = &docs[ex[k].doc];
		int32_t sum = ex[k].rule > 0 ? INT16_MAX : INT16_MIN;

		if (d->fold != fold)
			continue;
		if (ex[k].rule < 0 && rules_alone)
			sum = ex[k].gap.gap >= GAP_LINE ||
				      (ex[k].marked && !ascii_lower(d->text.p[ex[k].gap.next]))
				  ? 1
				  : -1;
		else if (ex[k].rule < 0)
			for (sum = 0, t = 0; t < ex[k].n; t++)
				sum += whole[feat[ex[k].first + t]];
		if (show_errors && (sum > 0) != ex[k].boundary)
			show(d, &ex[k].gap, sum);
		if (sum > 0 && ex[k].boundary)
			d->hit++;
		else if (sum > 0)
			d->false_hit++;
	}
}

static void
figures(void)
{
	unsigned s, news;
	size_t k;

	for (s = 0; s < SETS; s++)
		for (news = 0; news < 2; news++) {
			size_t gold = 0, hit = 0, wrong = 0, beyond = 0, nd = 0;
			double p, r;

			for (k = 0; k < ndoc; k++)
				if (docs[k].set == s && (news == 0 || docs[k].news)) {
					nd++;
					gold += docs[k].gold;
					hit += docs[k].hit;
					wrong += docs[k].false_hit;
					beyond += docs[k].beyond;
				}
			if (nd == 0)
				continue;
			p = (double)hit / (double)(hit + wrong);
			r = (double)hit / (double)gold;
			printf("%s\t%s%s\t%s\tP %.2f R %.2f F1 %.2f\tmissed %zu (%zu nowhere)\tfalse %zu\n",
			       sets[s].corpus, sets[s].condition, sets[s].capitals ? ", capitals" : "",
			       news ? "news" : "all", 100 * p, 100 * r, 200 * p * r / (p + r), gold - hit,
			       beyond, wrong);
		}
}

/* The figures of all news but the seeds, which are too few. */
static void
news_figures(void)
{
	static const char *const condition[] = { "clean", "glued", "stripped", "wrapped" };
	size_t c, k;

	for (c = 0; c < 4; c++) {
		size_t gold = 0, hit = 0, wrong = 0;
		double p, r;

		for (k = 0; k < ndoc; k++)
			if (docs[k].news && !sets[docs[k].set].capitals &&
			    strcmp(sets[docs[k].set].condition, condition[c]) == 0) {
				gold += docs[k].gold;
				hit += docs[k].hit;
				wrong += docs[k].false_hit;
			}
		p = (double)hit / (double)(hit + wrong);
		r = (double)hit / (double)gold;
		printf("all\t%s\tnews\tP %.2f R %.2f F1 %.2f\n", condition[c], 100 * p, 100 * r,
		       200 * p * r / (p + r));
	}
}

int
main(int argc, char *argv[])
{
	unsigned nfold = 0, k;
	const char *data, *path;
	bool folds;
	FILE *f;

	msg_name(argv[0]);
	show_errors = argc > 3 && strcmp(argv[argc - 1], "--errors") == 0;
	argc -= show_errors;
	folds = argc == 4 && strcmp(argv[2], "--folds") == 0;
	by_corpus = folds && strcmp(argv[3], "corpora") == 0;
	if (folds)
		nfold = by_corpus ? corpus_number(SETS - 1) + 1 : (unsigned)atoi(argv[3]);
	rules_alone = argc == 3 && strcmp(argv[2], "--rules") == 0;
	if (folds ? nfold < 2 || nfold > 1000 : argc != 3 || (argv[2][0] == '-' && !rules_alone))
		msg_die(EXIT_USAGE, "usage: split-train DATA MODEL | DATA --folds N [--errors] |"
				    " DATA --folds corpora [--errors] | DATA --rules [--errors]");
	data = argv[1];
	path = argv[2];
	words_ready();
	make_lex(data);
	for (k = 0; k < SETS; k++)
		load_set(data, k, nfold > 0 ? nfold : 1);
	fprintf(stderr, "%zu documents, %zu gaps\n", ndoc, nex);
	if (nfold > 0) {
		for (k = 0; k < nfold; k++) {
			train(k);
			test(k);
		}
		figures();
		news_figures();
		return 0;
	}
	if (!rules_alone)
		train(1);
	test(0);
	figures();
	news_figures();
	if (rules_alone)
		return 0;
	f = fopen(path, "wb");
	if (f == NULL || fwrite(lex, sizeof(lex), 1, f) != 1 || fwrite(whole, sizeof(whole), 1, f) != 1 ||
	    fclose(f) != 0)
		msg_die(EXIT_FAULT, "%s: %s", path, strerror(errno));
	return 0;
}
