/* SPDX-License-Identifier: ISC */
/*
 * Train the tagger.
 *
 *   tag-train [-x CORPUS]... [-p CORPUS]... [-o MODEL] TOOL ENTITIES [TEXT.tsv ...]
 *
 * TOOL is this folder: clusters.txt, which clusters.py writes, written/, corpora of texts with
 * their names marked, and labels/, where names stand in texts that are not here. ENTITIES holds a
 * folder for each other corpus (docs.tsv, gold.tsv); TEXT.tsv are more records, which labels may be
 * of and from which the words' spelling is learned. -x leaves a corpus out; -p prints what the
 * trained model finds in one, as lines for the scorer: id, begin, end (bytes), type, nothing,
 * mention.
 *
 * A linear-chain conditional random field over the elements of each run
 * (feats.h), trained by AdaGrad on the likelihood of all taggings that the
 * labels allow: where labels are partial, unlabelled words may be anything. The
 * second pass is a second, small field on top of the first one's scores, trained on
 * what the first pass says of documents it has not seen (jackknife over FOLDS parts). So are the
 * weights by which mentions are judged once more (typing.h), on what both passes say of these
 * documents.
 *
 * Everything runs in one fixed order with one seed: the model is the same, bit
 * for bit, on every run of one build.
 */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "rec.h"
#include "typing.h"
#include "u8.h"

enum {
	FOLDS = 2,
	EPOCHS = 4,
	EPOCHS2 = 3,
	EPOCHS3 = 4,
	AGAIN = 4,     /* add_headlines */
	MIN_COUNT = 2, /* documents' elements with a feature, for it to get weights */
	NWORD = 196608,
	NBUCKET = 12288
};
/*
 * Rates and rounds that did best on the corpora left out:
 * small steps and few rounds, more of either overfits.
 */
#define RATE 0.02f
#define RATE2 0.1f
#define RATE3 0.02f
#define AGAIN_WEIGHT 0.5f /* of documents learned from a second time, beside their corpus's */
#define WRITTEN \
	"written/" /* before the names of the corpora of the tool's folder, and where they are there */
#define WRITTEN_WEIGHT 2
#define LABELS "labels/" /* the same of labels alone */
#define LABELS_WEIGHT 2
#define EASE 1.0f /* added to the summed squares: rare features learn slowly */

struct gold {
	uint32_t begin, end;
	int type; /* TYPE_*, or the two below */
};
enum { GOLD_OTHER = -1, GOLD_UNKNOWN = -2 };

struct corpus {
	char *name;
	bool partial; /* labels are partial */
	bool misc;    /* other names are labelled too */
	bool held;    /* not to be trained on */
	bool print;
	float weight;
};

struct document {
	char *id, *text;
	size_t size;
	struct gold *gold;
	size_t ngold, gold_cap;
	struct corpus *corpus;
	size_t run, nrun; /* its runs */
	float weight;	  /* of these, beside the corpus's */
};

/* One run as an example: its elements' features are feat[at[el]] ... feat[at[el + 1]]. */
struct run {
	uint32_t el, n;
	float weight; /* 0: not to be trained on */
};

static struct corpus *corpora;
static size_t ncorpus, corpus_cap;
static struct document *docs;
static size_t ndoc, doc_cap;
static struct model model;
static unsigned char *blob;
static size_t blob_size;
static struct doc doc;

/* examples of the first and second pass */
struct examples {
	struct run *run;
	size_t nrun, run_cap;
	uint32_t *feat;
	size_t nfeat, feat_cap;
	size_t *at;
	size_t nel, at_cap;
	uint16_t *allow; /* tags an element may have */
	size_t allow_cap;
	float (*base)[TAG_ROW]; /* second pass: scores of the first */
	size_t base_cap;

	/* features: hash table to rows */
	uint32_t *key, *count, *row;
	size_t mask, nkey;
	size_t nrow;
};

typedef float weights[TAG_ROW];

/* ---------------------------------------------------------------- reading */

static char *
slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	struct buf b = { 0 };
	size_t got;

	if (f == NULL)
		return NULL;
	while ((got = fread(buf_room(&b, 1 << 20), 1, 1 << 20, f)) > 0)
		b.n += got;
	fclose(f);
	*n = b.n;
	buf_byte(&b, '\0');
	return b.p;
}

static char *
text_of(const char *p, size_t n, size_t *size)
{
	struct buf b = { 0 };

	rec_unescape(&b, (struct span){ p, n });
	*size = b.n;
	memset(buf_room(&b, REC_SLACK), 0, REC_SLACK);
	return b.p;
}

static int
type_of(const char *s)
{
	static const char *const name[] = { "", "PER", "ORG", "LOC", "MISC" };
	int i;

	for (i = 1; i < 5; i++)
		if (strcmp(name[i], s) == 0)
			return i;
	return strcmp(s, "UNK") == 0 ? GOLD_UNKNOWN : GOLD_OTHER;
}

static int
by_id(const void *a, const void *b)
{
	return strcmp(((const struct document *)a)->id, ((const struct document *)b)->id);
}

static int
by_place(const void *a, const void *b)
{
	const struct gold *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

static struct document *
new_document(struct corpus *c)
{
	struct document *d;

	docs = mem_grow(docs, ndoc, &doc_cap, sizeof *docs);
	d = &docs[ndoc++];
	memset(d, 0, sizeof *d);
	d->corpus = c;
	d->weight = 1;
	return d;
}

static void
add_gold(struct document *d, size_t begin, size_t end, int type)
{
	d->gold = mem_grow(d->gold, d->ngold, &d->gold_cap, sizeof *d->gold);
	d->gold[d->ngold++] = (struct gold){ (uint32_t)begin, (uint32_t)end, type };
}

static void
read_corpus(const char *folder, struct corpus *c)
{
	struct document *first, *d, key;
	char path[4096], *all, *p, *line, *f[6];
	size_t n, i, from = ndoc;

	snprintf(path, sizeof path, "%s/%s/docs.tsv", folder, c->name);
	if ((all = slurp(path, &n)) == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	for (p = all; (line = strsep(&p, "\n")) != NULL && *line;) {
		d = new_document(c);
		d->id = strsep(&line, "\t");
		d->text = text_of(line, strlen(line), &d->size);
	}
	first = docs + from;
	qsort(first, ndoc - from, sizeof *docs, by_id);
	snprintf(path, sizeof path, "%s/%s/gold.tsv", folder, c->name);
	if ((all = slurp(path, &n)) == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	for (p = all; (line = strsep(&p, "\n")) != NULL && *line;) {
		for (i = 0; i < 4; i++)
			if ((f[i] = strsep(&line, "\t")) == NULL)
				msg_die(EXIT_FAULT, "%s: short line", path);
		key.id = f[0];
		if ((d = bsearch(&key, first, ndoc - from, sizeof *docs, by_id)) != NULL)
			add_gold(d, (size_t)atol(f[1]), (size_t)atol(f[2]), type_of(f[3]));
	}
	for (d = first; d < docs + ndoc; d++)
		qsort(d->gold, d->ngold, sizeof *d->gold, by_place);
}

/* A text with its names marked, "[LOC Kyiv] said", becomes the document's. */
static void
read_marked(struct document *d, const char *text, size_t n)
{
	struct buf b = { 0 };
	const char *p, *end = text + n, *close;
	char type[4] = "";

	for (p = text; p < end; p++) {
		if (*p != '[') {
			buf_byte(&b, *p);
			continue;
		}
		close = memchr(p, ']', (size_t)(end - p));
		memcpy(type, p + 1, 3);
		if (close == NULL || p[4] != ' ' || type_of(type) <= 0)
			msg_die(EXIT_FAULT, "%s: not a mark: %.20s", d->id, p);
		add_gold(d, b.n, b.n + (size_t)(close - p) - 5, type_of(type));
		buf_put(&b, p + 5, (size_t)(close - p) - 5);
		p = close;
	}
	d->size = b.n;
	memset(buf_room(&b, REC_SLACK), 0, REC_SLACK);
	d->text = b.p;
}

/* A file of marked texts, an empty line between two. */
static void
read_written(const char *folder, struct corpus *c)
{
	struct document *d;
	char path[4096], id[300], *all, *p, *end;
	size_t n, k;

	snprintf(path, sizeof path, "%s/%s.txt", folder, c->name);
	if ((all = slurp(path, &n)) == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	for (p = all, k = 1; *p != '\0'; p = end + strspn(end, "\n"), k++) {
		if ((end = strstr(p, "\n\n")) == NULL)
			end = p + strlen(p);
		d = new_document(c);
		snprintf(id, sizeof id, "%s:%zu", c->name, k);
		d->id = strdup(id);
		read_marked(d, p, (size_t)(end - p));
	}
	free(all);
}

/* The records of TEXT.tsv, sorted by id. */
static struct text {
	char *id, *text;
	size_t size;
} * texts;
static size_t ntext, text_cap;

static int
text_by_id(const void *a, const void *b)
{
	return strcmp(((const struct text *)a)->id, ((const struct text *)b)->id);
}

static void
read_texts(const char *path)
{
	char *all, *p, *line, *t;
	struct text *x;
	size_t n;

	if ((all = slurp(path, &n)) == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	for (p = all; (line = strsep(&p, "\n")) != NULL && *line;) {
		if ((t = strrchr(line, '\t')) == NULL)
			msg_die(EXIT_FAULT, "%s: short line", path);
		texts = mem_grow(texts, ntext, &text_cap, sizeof *texts);
		x = &texts[ntext++];
		x->text = text_of(t + 1, strlen(t + 1), &x->size);
		x->id = strsep(&line, "\t");
	}
}

/*
 * A file of labels: the id of a text, its bytes and, behind a TAB each, its names' types, first
 * bytes and the ones behind the last: "PER 12 17". UNK may be of any type, or no name. Texts that
 * are not there are passed over.
 */
static void
read_labels(const char *folder, struct corpus *c)
{
	struct document *d;
	struct text key = { 0 }, *x;
	char path[4096], type[5], *all, *p, *line, *f;
	unsigned long begin, end;
	size_t n;

	snprintf(path, sizeof path, "%s/%s.tsv", folder, c->name);
	if ((all = slurp(path, &n)) == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	for (p = all; (line = strsep(&p, "\n")) != NULL && *line;) {
		key.id = strsep(&line, "\t");
		if ((x = bsearch(&key, texts, ntext, sizeof *texts, text_by_id)) == NULL)
			continue;
		d = new_document(c);
		d->id = x->id;
		d->text = x->text;
		d->size = x->size;
		if ((f = strsep(&line, "\t")) == NULL || (size_t)atol(f) != d->size)
			msg_die(EXIT_FAULT, "%s: %s: of another text", path, d->id);
		while ((f = strsep(&line, "\t")) != NULL) {
			if (sscanf(f, "%4s %lu %lu", type, &begin, &end) != 3 ||
			    type_of(type) == GOLD_OTHER || begin >= end || end > d->size)
				msg_die(EXIT_FAULT, "%s: %s: not a label: %s", path, d->id, f);
			add_gold(d, begin, end, type_of(type));
		}
	}
	free(all);
}

/*
 * The line p[0, n) as a headline is written: in CAPITALS,
 * or Each Word with one, the short ones too or not.
 */
static void
headline(char *p, size_t n, bool capitals, size_t least)
{
	size_t i, end;

	for (i = 0; i < n; i = end + 1) {
		for (end = i; end < n && (ascii_alpha(p[end]) || (signed char)p[end] < 0); end++)
			if (capitals && ascii_lower(p[end]))
				p[end] = (char)(p[end] & ~0x20);
		if (end - i >= least && ascii_lower(p[i]) && !(i > 0 && p[i - 1] == '\''))
			p[i] = (char)(p[i] & ~0x20);
	}
}

/*
 * Every AGAIN-th document of the corpora to be trained
 * on once more, about half of its lines as headlines.
 */
static void
add_headlines(void)
{
	struct document *d;
	size_t i, k, end, n = ndoc;
	uint32_t style;

	for (i = AGAIN / 2; i < n; i += AGAIN) {
		if (docs[i].corpus->held)
			continue;
		docs = mem_grow(docs, ndoc, &doc_cap, sizeof *docs);
		d = &docs[ndoc++];
		*d = docs[i];
		d->weight = AGAIN_WEIGHT;
		d->text = memcpy(mem_array(NULL, d->size + REC_SLACK, 1), docs[i].text, d->size + REC_SLACK);
		for (k = 0, style = (uint32_t)i; k < d->size; k = end + 1) {
			for (end = k; end < d->size && d->text[end] != '\n'; end++)
				;
			style = style * 1664525 + 1013904223;
			if (style >> 31)
				headline(d->text + k, end - k, style >> 30 & 1, style >> 29 & 1 ? 1 : 4);
		}
	}
}

/* ---------------------------------------------------------------- words */

struct spelling {
	uint32_t hash, small, big;
	uint32_t cluster;
};
static struct spelling *spelling;
static size_t nspelling, spelling_mask = (1u << 21) - 1;

static struct spelling *
spelling_of(uint32_t hash)
{
	size_t i = hash * 0x9E3779B1u >> 11;

	for (;; i = (i + 1) & spelling_mask)
		if (spelling[i].hash == hash || spelling[i].hash == 0)
			return &spelling[i];
}

static void
count_words(const char *text, size_t size)
{
	static struct tokens ts;
	struct spelling *s;
	struct token *t;
	size_t i;

	tokens_read(&ts, text, size);
	for (i = 0; i < ts.n; i++) {
		t = &ts.tok[i];
		if (t->kind != TOKEN_LOWER && t->kind != TOKEN_NAME)
			continue;
		if (t->kind == TOKEN_NAME && t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS))
			continue;
		s = spelling_of(t->hash);
		if (s->hash == 0) {
			if (++nspelling > spelling_mask / 4 * 3)
				msg_die(EXIT_FAULT, "too many words");
			s->hash = t->hash;
		}
		if (t->kind == TOKEN_LOWER)
			s->small++;
		else
			s->big++;
	}
}

static int
by_count(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;
	uint32_t m = x->small + x->big, n = y->small + y->big;

	if (m != n)
		return m > n ? -1 : 1;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static uint32_t
word_case(const struct spelling *s)
{
	uint32_t all = s->small + s->big;

	if (s->small == 0)
		return 1;
	if (s->big == 0)
		return all > 9 ? 7 : 6;
	if (s->small * 20 < all)
		return 2;
	if (s->small * 3 < all)
		return 3;
	if (s->small * 3 < all * 2)
		return 4;
	if (s->big * 20 > all)
		return 5;
	return s->big * 200 > all ? 6 : 7;
}

/*
 * Clusters of words: line n of the file holds the words of cluster CLUSTER_FIRST + n, with a
 * space between them. A word that stands twice, but for case and accents, is of the first.
 */
#define CLUSTER_FIRST 64

static void
read_clusters(const char *folder)
{
	char path[4096], *all, *p, *line, *w, room[64 + REC_SLACK];
	uint32_t cluster = CLUSTER_FIRST;
	struct spelling *s;
	size_t n;

	snprintf(path, sizeof path, "%s/clusters.txt", folder);
	if ((all = slurp(path, &n)) == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	for (p = all; (line = strsep(&p, "\n")) != NULL; cluster++)
		while ((w = strsep(&line, " ")) != NULL) {
			if ((n = strlen(w)) == 0 || n > 64)
				continue;
			memset(room, 0, sizeof room);
			memcpy(room, w, n);
			s = spelling_of(word_hash(room, n));
			if (s->hash == 0) {
				if (++nspelling > spelling_mask / 4 * 3)
					msg_die(EXIT_FAULT, "too many words");
				s->hash = word_hash(room, n);
			}
			if (s->cluster == 0)
				s->cluster = cluster;
		}
	free(all);
}

static void
make_words(uint32_t *slot)
{
	struct spelling *s;
	size_t i, j, n, m;

	for (i = n = 0; i <= spelling_mask; i++)
		if (spelling[i].hash != 0 &&
		    (spelling[i].cluster != 0 || spelling[i].small + spelling[i].big > 2))
			spelling[n++] = spelling[i];
	qsort(spelling, n, sizeof *spelling, by_count);
	for (m = 0; m < n && spelling[m].small + spelling[m].big > 2; m++)
		;
	if (n > NWORD * 85 / 100)
		msg_die(EXIT_FAULT, "too many words for the model: %zu", n);
	for (i = 0; i < n; i++) {
		s = &spelling[i];
		for (j = (size_t)((uint64_t)s->hash * NWORD >> 32); slot[j] != 0; j++)
			;
		if (j < NWORD + 63)
			slot[j] = ((s->hash * 0x9E3779B1u) & WORD_PRINT) | (i < m ? word_case(s) << 12 : 0) |
				  s->cluster;
	}
	fprintf(stderr, "words: %zu, %zu of them with their spelling\n", n, m);
}

/* ---------------------------------------------------------------- labels */

#define ALL_TAGS ((1u << TAG_N) - 1)
#define MISC_TAGS (1u << TAG_B_MISC | 1u << TAG_I_MISC)

/*
 * What tags the elements of the document in doc may have; 0 where the labels do not fit the tokens.
 */
static void
label(const struct document *d, uint16_t *allow)
{
	const struct corpus *c = d->corpus;
	unsigned none = c->partial ? ALL_TAGS : c->misc ? 1u << TAG_O : 1u << TAG_O | MISC_TAGS;
	struct tokens *ts = &doc.ts;
	const struct gold *g;
	size_t i, k, first, last;
	uint32_t done = 0, begin;
	unsigned classes;
	int type;

	for (i = 0; i < doc.nel; i++)
		allow[i] = (uint16_t)none;
	for (g = d->gold, i = 0; g < d->gold + d->ngold; g++) {
		if (g->begin < done)
			continue;
		done = g->end;
		while (i < doc.nel && ts->tok[doc.el[i].tok].end <= g->begin)
			i++;
		begin = g->begin;
		for (first = last = i; last < doc.nel && ts->tok[doc.el[last].tok].begin < g->end; last++)
			;
		if (first == last)
			continue;
		type = g->type;
		if (type == GOLD_UNKNOWN) {
			for (k = first; k < last; k++)
				allow[k] = ALL_TAGS;
			continue;
		}
		if (type == GOLD_OTHER) {
			for (k = first; k < last; k++)
				allow[k] = 1u << TAG_O;
			continue;
		}
		if (type == TYPE_MISC) {
			for (k = first; k < last; k++)
				allow[k] = (uint16_t)(c->misc ? MISC_TAGS : MISC_TAGS | 1u << TAG_O);
			continue;
		}
		/* western Darfur, the United States: of the name from its first capital on */
		for (k = doc.el[first].tok; type != TYPE_PER && k > 0 && ts->tok[k - 1].begin >= begin &&
					    ts->tok[k - 1].kind == TOKEN_LOWER;
		     k--)
			;
		if (ts->tok[k].begin == begin)
			begin = ts->tok[doc.el[first].tok].begin;
		if (ts->tok[doc.el[first].tok].begin != begin ||
		    (ts->tok[doc.el[last - 1].tok].end != g->end &&
		     !(ts->text[g->end] == '.' && ts->tok[doc.el[last - 1].tok].end == g->end + 1) &&
		     !(ts->tok[doc.el[last - 1].tok].end + 1 == g->end && ts->text[g->end - 1] == '.')) ||
		    doc.el[last - 1].tok - doc.el[first].tok != last - 1 - first ||
		    doc.el[first].run != doc.el[last - 1].run) {
			for (k = first; k < last; k++)
				allow[k] = 0;
			continue;
		}
		classes = last - first == 1					    ? doc.el[first].single
			  : doc.el[first].place == 1 && doc.el[last - 1].place == 3 ? doc.el[first].multi
										    : 0;
		if (type == TYPE_LOC && classes & NAME_DEMONYM && !(classes & NAME_IS_LOC)) {
			allow[first] = (uint16_t)(MISC_TAGS | 1u << TAG_O);
			continue;
		}
		if (type == TYPE_ORG && classes & NAME_COUNTRY)
			type = TYPE_LOC;
		for (k = first; k < last; k++)
			allow[k] = (uint16_t)(1u << tag_within(type, k - first, last - first));
	}
}

/* ---------------------------------------------------------------- features */

static size_t
key_slot(const struct examples *x, uint32_t key)
{
	size_t i = key & x->mask;

	while (x->key[i] != 0 && x->key[i] != key)
		i = (i + 1) & x->mask;
	return i;
}

static void
add_example(struct examples *x, const uint32_t *f, size_t n, unsigned allow)
{
	size_t i, s;

	if (x->key == NULL) {
		x->mask = (1u << 24) - 1;
		x->key = calloc(x->mask + 1, sizeof *x->key);
		x->count = calloc(x->mask + 1, sizeof *x->count);
		x->row = calloc(x->mask + 1, sizeof *x->row);
	}
	x->at = mem_grow(x->at, x->nel + 1, &x->at_cap, sizeof *x->at);
	x->allow = mem_grow(x->allow, x->nel, &x->allow_cap, sizeof *x->allow);
	x->at[x->nel] = x->nfeat;
	x->allow[x->nel++] = (uint16_t)allow;
	for (i = 0; i < n; i++) {
		s = key_slot(x, f[i] ? f[i] : 1);
		if (x->key[s] == 0) {
			if (++x->nkey > x->mask / 4 * 3)
				msg_die(EXIT_FAULT, "too many features");
			x->key[s] = f[i] ? f[i] : 1;
		}
		x->count[s]++;
		x->feat = mem_grow(x->feat, x->nfeat, &x->feat_cap, sizeof *x->feat);
		x->feat[x->nfeat++] = (uint32_t)s;
	}
	x->at[x->nel] = x->nfeat;
}

/* Give rows to features seen often enough; drop the others from the examples. */
static void
assign_rows(struct examples *x)
{
	size_t i, e, k, out = 0, from;

	for (i = 0; i <= x->mask; i++)
		if (x->key[i] != 0 && x->count[i] >= MIN_COUNT)
			x->row[i] = (uint32_t)++x->nrow;
	for (e = 0, from = 0; e < x->nel; e++) {
		k = from;
		from = x->at[e + 1];
		x->at[e] = out;
		for (; k < from; k++)
			if (x->row[x->feat[k]] != 0)
				x->feat[out++] = x->row[x->feat[k]] - 1;
	}
	x->at[x->nel] = out;
	fprintf(stderr, "%zu runs, %zu elements, %zu features seen, %zu kept, %.1f an element\n", x->nrun,
		x->nel, x->nkey, x->nrow, (double)out / (double)x->nel);
}

/* ---------------------------------------------------------------- the field */

#define RUN_MAX 64

struct field {
	weights *w, *g; /* rows of weights, and their summed squared gradients */
	float follow[TAG_ROW][TAG_ROW], gfollow[TAG_ROW][TAG_ROW];
	bool fixed; /* follow is not to be changed */
};

static void
score_of(const struct examples *x, const struct field *f, size_t e, float *s)
{
	size_t k;
	int b;

	if (x->base != NULL)
		memcpy(s, x->base[e], sizeof(weights));
	else
		memset(s, 0, sizeof(weights));
	for (k = x->at[e]; k < x->at[e + 1]; k++)
		for (b = 0; b < TAG_ROW; b++)
			s[b] += f->w[x->feat[k]][b];
}

/*
 * Posteriors of tags p[i] and pairs pp (summed) of a run under its scores, among the allowed tags.
 */
static double
posterior(float (*ef)[TAG_ROW], float (*es)[TAG_ROW], const uint16_t *allow, size_t n, float (*p)[TAG_ROW],
	  float (*pp)[TAG_ROW])
{
	static float fw[RUN_MAX][TAG_ROW], bw[RUN_MAX][TAG_ROW];
	float tmp[TAG_ROW], pair[TAG_ROW];
	double logz = 0;
	float sum, z;
	size_t i;
	int a, b;

	memset(pp, 0, sizeof(float) * TAG_ROW * TAG_ROW);
	for (i = 0; i < n; i++) {
		memset(tmp, 0, sizeof tmp);
		if (i == 0)
			memcpy(tmp, ef[TAG_O], sizeof tmp);
		else
			for (a = 0; a < TAG_N; a++)
				if (fw[i - 1][a] > 0)
					for (b = 0; b < TAG_ROW; b++)
						tmp[b] += fw[i - 1][a] * ef[a][b];
		for (b = 0, sum = 0; b < TAG_N; b++) {
			z = allow[i] >> b & 1 ? tmp[b] * es[i][b] : 0;
			if (i + 1 == n)
				z *= ef[b][TAG_O];
			fw[i][b] = z;
			sum += z;
		}
		if (!(sum > 0))
			return -1;
		for (b = 0; b < TAG_N; b++)
			fw[i][b] /= sum;
		logz += log((double)sum);
	}
	for (b = 0; b < TAG_N; b++)
		bw[n - 1][b] = allow[n - 1] >> b & 1 ? 1 : 0;
	for (i = n; i-- > 0;) {
		for (b = 0, z = 0; b < TAG_N; b++)
			z += p[i][b] = fw[i][b] * bw[i][b];
		for (b = 0; b < TAG_N; b++)
			p[i][b] /= z;
		if (i == 0)
			break;
		memset(tmp, 0, sizeof tmp);
		for (b = 0, z = 0; b < TAG_N; b++) {
			tmp[b] = bw[i][b] * es[i][b] * (i + 1 == n ? ef[b][TAG_O] : 1);
			if (!(allow[i] >> b & 1))
				tmp[b] = 0;
			z += tmp[b];
		}
		for (b = 0; b < TAG_N; b++)
			tmp[b] /= z;
		sum = 0;
		for (a = 0; a < TAG_N; a++) {
			bw[i - 1][a] = 0;
			if (fw[i - 1][a] == 0)
				continue;
			for (b = 0; b < TAG_ROW; b++)
				pair[b] = ef[a][b] * tmp[b];
			for (b = 0; b < TAG_N; b++)
				bw[i - 1][a] += pair[b];
			sum += fw[i - 1][a] * bw[i - 1][a];
		}
		for (a = 0; a < TAG_N; a++)
			if (fw[i - 1][a] > 0)
				for (b = 0; b < TAG_ROW; b++)
					pp[a][b] += fw[i - 1][a] * ef[a][b] * tmp[b] / sum;
	}
	return logz;
}

static uint64_t seed;

static uint32_t
random_below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * n >> 32);
}

static void
train(const struct examples *x, struct field *f, int epochs, float rate, const uint8_t *fold_of_run,
      int without, const char *what)
{
	static float s[RUN_MAX][TAG_ROW], p[RUN_MAX][TAG_ROW], q[RUN_MAX][TAG_ROW], pp[TAG_ROW][TAG_ROW],
	    qq[TAG_ROW][TAG_ROW];
	static uint16_t any[RUN_MAX];
	float ef[TAG_ROW][TAG_ROW] = { 0 }, max, d, *w, *g;
	uint32_t *order, n, i, j, t;
	const struct run *r;
	double loss, za, zb;
	size_t e, k;
	int epoch, a, b;

	f->w = calloc(x->nrow + 1, sizeof *f->w);
	f->g = calloc(x->nrow + 1, sizeof *f->g);
	order = mem_array(NULL, x->nrun, sizeof *order);
	for (i = n = 0; i < x->nrun; i++)
		if (x->run[i].weight > 0 && (fold_of_run == NULL || fold_of_run[i] != without))
			order[n++] = i;
	for (i = 0; i < RUN_MAX; i++)
		any[i] = ALL_TAGS;
	seed = 1;
	for (epoch = 0; epoch < epochs; epoch++) {
		for (i = n; i > 1; i--) {
			j = random_below(i);
			t = order[i - 1];
			order[i - 1] = order[j];
			order[j] = t;
		}
		loss = 0;
		for (i = 0; i < n; i++) {
			r = &x->run[order[i]];
			if (i % 8 == 0)
				for (a = 0; a < TAG_N; a++)
					for (b = 0; b < TAG_N; b++)
						ef[a][b] = tag_follows(a, b) ? expf(f->follow[a][b]) : 0;
			for (e = 0; e < r->n; e++) {
				score_of(x, f, r->el + e, s[e]);
				for (max = s[e][0], b = 1; b < TAG_N; b++)
					if (s[e][b] > max)
						max = s[e][b];
				for (b = 0; b < TAG_N; b++)
					s[e][b] = expf(s[e][b] - max);
			}
			za = posterior(ef, s, x->allow + r->el, r->n, p, pp);
			if (za == -1)
				continue;
			zb = posterior(ef, s, any, r->n, q, qq);
			loss += zb - za;
			for (e = 0; e < r->n; e++) {
				for (b = 0, max = 0; b < TAG_N; b++) {
					q[e][b] = (q[e][b] - p[e][b]) * r->weight;
					max += fabsf(q[e][b]);
				}
				q[e][TAG_N] = 0;
				if (max < 1e-3f)
					continue;
				for (k = x->at[r->el + e]; k < x->at[r->el + e + 1]; k++) {
					w = f->w[x->feat[k]];
					g = f->g[x->feat[k]];
					for (b = 0; b < TAG_ROW; b++) {
						d = q[e][b];
						g[b] += d * d;
						w[b] -= rate * d / sqrtf(g[b] + EASE);
					}
				}
			}
			if (!f->fixed)
				for (a = 0; a < TAG_N; a++)
					for (b = 0; b < TAG_N; b++)
						if ((d = (qq[a][b] - pp[a][b]) * r->weight) != 0) {
							f->gfollow[a][b] += d * d;
							f->follow[a][b] -=
							    rate * d / sqrtf(f->gfollow[a][b] + EASE);
						}
		}
		fprintf(stderr, "%s epoch %d: loss %.4f a run\n", what, epoch + 1, loss / n);
	}
	free(order);
	free(f->g);
	f->g = NULL;
}

/* ---------------------------------------------------------------- the model file */

static int16_t
rounded(float v, float limit)
{
	v *= MODEL_SCALE;
	return (int16_t)lrintf(v > limit ? limit : v < -limit ? -limit : v);
}

static void
set_follow(const struct field *f)
{
	struct model_head *h = (struct model_head *)(void *)blob;
	int a, b;

	for (a = 0; a < TAG_ROW; a++)
		for (b = 0; b < TAG_ROW; b++)
			h->follow[a][b] = a < TAG_N && b < TAG_N && tag_follows(a, b)
					      ? rounded(f->follow[a][b], 20000)
					      : -30000;
	(void)model_open(&model, blob, blob_size);
}

struct ranked {
	float worth;
	uint32_t key;
	const float *w;
};

static int
by_worth(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->worth != y->worth)
		return x->worth > y->worth ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

static void
put_rows(const struct examples *x, const struct field *f, float bonus)
{
	uint16_t(*print)[4] = (uint16_t(*)[4])(uintptr_t)model.print;
	int8_t(*row)[TAG_ROW] = (int8_t(*)[TAG_ROW])(uintptr_t)model.no_row - NBUCKET * 4;
	struct ranked *list = mem_array(NULL, x->nrow, sizeof *list);
	size_t i, n = 0, bucket, put = 0;
	float top;
	int b, k;

	for (i = 0; i <= x->mask; i++) {
		if (x->row[i] == 0)
			continue;
		list[n].w = f->w[x->row[i] - 1];
		for (top = 0, b = 0; b < TAG_N; b++)
			if (fabsf(list[n].w[b]) > top)
				top = fabsf(list[n].w[b]);
		if (top * MODEL_SCALE < 1)
			continue;
		list[n].key = x->key[i];
		list[n++].worth = bonus + top * logf(1 + (float)x->count[i]);
	}
	qsort(list, n, sizeof *list, by_worth);
	for (i = 0; i < n; i++) {
		bucket = (size_t)((uint64_t)list[i].key * NBUCKET >> 32);
		for (k = 0; k < 4 && (print[bucket][k] != 0); k++)
			if (print[bucket][k] == (uint16_t)list[i].key)
				break;
		if (k == 4 || print[bucket][k] != 0 || (uint16_t)list[i].key == 0)
			continue;
		print[bucket][k] = (uint16_t)list[i].key;
		for (b = 0; b < TAG_N; b++)
			row[bucket * 4 + (size_t)k][b] = (int8_t)rounded(list[i].w[b], 127);
		put++;
	}
	fprintf(stderr, "rows: %zu with weight, %zu kept\n", n, put);
	free(list);
}

static void
make_blob(void)
{
	struct model_head *h;

	blob_size = sizeof *h + (NWORD + 64) * sizeof(uint32_t) + NBUCKET * 4 * (sizeof(uint16_t) + TAG_ROW) +
		    TAG_ROW + (sizeof *model.typing << TYPING_BITS);
	blob = calloc(1, blob_size);
	h = (struct model_head *)(void *)blob;
	h->magic = MODEL_MAGIC;
	h->nword = NWORD;
	h->nbucket = NBUCKET;
	if (!model_open(&model, blob, blob_size))
		msg_die(EXIT_FAULT, "model layout");
	make_words((uint32_t *)(uintptr_t)model.word);
}

/* ---------------------------------------------------------------- all of it */

static void
first_examples(struct examples *x)
{
	static uint16_t *allow;
	static size_t allow_cap;
	uint32_t f[FEATURE_MAX];
	struct document *d;
	struct run *r;
	size_t bad = 0, i, k, end;
	unsigned all, some;

	for (d = docs; d < docs + ndoc; d++) {
		d->run = x->nrun;
		d->nrun = 0;
		if (d->corpus->held)
			continue;
		doc_read(&doc, &model, d->text, d->size);
		if (doc.nel > allow_cap) {
			allow_cap = doc.nel * 2;
			allow = mem_array(allow, allow_cap, sizeof *allow);
		}
		label(d, allow);
		for (i = 0; i < doc.nel; i = end) {
			end = doc.el[i].run_end;
			x->run = mem_grow(x->run, x->nrun, &x->run_cap, sizeof *x->run);
			r = &x->run[x->nrun++];
			r->el = (uint32_t)x->nel;
			r->n = (uint32_t)(end - i);
			r->weight = d->corpus->weight * d->weight;
			for (all = ALL_TAGS, some = ALL_TAGS, k = i; k < end; k++) {
				all &= allow[k];
				if (allow[k] == 0)
					some = 0;
			}
			if (some == 0)
				bad++;
			if (some == 0 || all == ALL_TAGS || r->n > RUN_MAX)
				r->weight = 0;
			for (k = i; k < end; k++)
				add_example(x, f, r->weight > 0 ? doc_features(&doc, k, f) : 0, allow[k]);
		}
		d->nrun = x->nrun - d->run;
	}
	fprintf(stderr, "labels that do not fit: %zu runs\n", bad);
}

/*
 * What the first pass, trained without them, says of
 * the documents of a fold; and examples for the second.
 */
static void
second_examples(struct examples *x, const struct examples *x1, const struct field *f, int fold)
{
	uint32_t feat[FEATURE_MAX];
	weights s;
	struct document *d;
	struct run r;
	size_t i, k, e, slot, n, m;
	int b;

	for (d = docs + fold; d < docs + ndoc; d += FOLDS) {
		if (d->corpus->held || d->nrun == 0)
			continue;
		doc_read(&doc, &model, d->text, d->size);
		doc_room(&doc);
		for (i = 0; i < doc.nel; i++) {
			memset(s, 0, sizeof s);
			n = doc_features(&doc, i, feat);
			for (k = 0; k < n; k++) {
				slot = key_slot(x1, feat[k] ? feat[k] : 1);
				if (x1->key[slot] != 0 && (m = x1->row[slot]) != 0)
					for (b = 0; b < TAG_N; b++)
						s[b] += f->w[m - 1][b];
			}
			for (b = 0; b < TAG_ROW; b++)
				doc.score[i][b] = b < TAG_N ? rounded(s[b], 15000) : 0;
		}
		doc_decode(&doc);
		doc_names(&doc);
		doc_evidence(&doc);
		e = x1->run[d->run].el;
		for (k = 0; k < d->nrun; k++) {
			r = x1->run[d->run + k];
			i = r.el - e;
			r.el = (uint32_t)x->nel;
			x->run = mem_grow(x->run, x->nrun, &x->run_cap, sizeof *x->run);
			x->run[x->nrun++] = r;
			for (n = 0; n < r.n; n++, i++) {
				x->base = mem_grow(x->base, x->nel, &x->base_cap, sizeof *x->base);
				for (b = 0; b < TAG_ROW; b++)
					x->base[x->nel][b] = (float)doc.score[i][b] / MODEL_SCALE;
				add_example(x, feat, doc_features2(&doc, i, feat), x1->allow[e + i]);
			}
		}
	}
}

/* ---------------------------------------------------------------- types of mentions */

/*
 * Mentions to learn from: what the field says of its
 * types, the right one, the numbers of its features.
 */
struct question {
	size_t at; /* of its first feature */
	float score[TYPING_TYPES];
	int type;
	float weight;
};
static struct question *question;
static size_t nquestion, question_cap;
static uint32_t *question_feature;
static size_t nquestion_feature, question_feature_cap;

/*
 * The right type of the elements [0, n) that allow[] labels: TYPE_NONE
 * where no name is; -1 where it is unknown or its ends are others.
 */
static int
right_type(const uint16_t *allow, size_t n)
{
	size_t i;
	int type;

	if (!(allow[0] & ~(1u << TAG_O | MISC_TAGS))) {
		for (i = 1; i < n; i++)
			if (allow[i] != allow[0] && allow[i] != 1u << TAG_O)
				return -1;
		return TYPE_NONE;
	}
	for (type = TYPE_PER; type < TYPING_TYPES; type++) {
		for (i = 0; i < n; i++)
			if (allow[i] != 1u << tag_within(type, i, n))
				break;
		if (i == n)
			return type;
	}
	return -1;
}

/*
 * Mentions in doubt, of documents that the first pass
 * had not seen, in the order of second_examples.
 */
static void
add_questions(const struct examples *x, const struct field *f)
{
	uint32_t feature[TYPING_FEATURES];
	struct question *q;
	struct document *d;
	struct typing t;
	size_t i, e, n, run = 0;
	weights s;
	int fold, type, b;

	for (fold = 0; fold < FOLDS; fold++)
		for (d = docs + fold; d < docs + ndoc; d += FOLDS) {
			if (d->corpus->held || d->nrun == 0)
				continue;
			e = x->run[run].el;
			run += d->nrun;
			doc_read(&doc, &model, d->text, d->size);
			doc_room(&doc);
			for (i = 0; i < doc.nel; i++) {
				score_of(x, f, e + i, s);
				for (b = 0; b < TAG_ROW; b++)
					doc.score[i][b] = b < TAG_N ? rounded(s[b], 15000) : 0;
			}
			doc_decode(&doc);
			doc_names(&doc);
			for (typing_begin(&t, &doc); typing_next(&t, &doc);) {
				type = right_type(x->allow + e + doc.name[t.at].from,
						  doc.name[t.at].end - doc.name[t.at].from);
				if (type == -1)
					continue;
				question = mem_grow(question, nquestion, &question_cap, sizeof *question);
				q = &question[nquestion++];
				q->type = type;
				q->weight = d->corpus->weight * d->weight;
				for (b = 0; b < TYPING_TYPES; b++)
					q->score[b] = (float)t.score[b] / MODEL_SCALE;
				q->at = nquestion_feature;
				n = typing_features(&t, &doc, feature);
				for (i = 0; i < n; i++) {
					question_feature =
					    mem_grow(question_feature, nquestion_feature,
						     &question_feature_cap, sizeof *question_feature);
					question_feature[nquestion_feature++] = TYPING_ROW(feature[i]);
				}
			}
		}
}

/* Multinomial logistic regression by AdaGrad, into the model. */
static void
train_typing(void)
{
	float(*w)[TYPING_TYPES] = calloc((size_t)1 << TYPING_BITS, sizeof *w);
	float(*g)[TYPING_TYPES] = calloc((size_t)1 << TYPING_BITS, sizeof *g);
	int8_t(*out)[TYPING_TYPES] = (int8_t(*)[TYPING_TYPES])(uintptr_t)model.typing;
	uint32_t *order = mem_array(NULL, nquestion, sizeof *order), i, j, swap;
	float s[TYPING_TYPES], max, sum, d;
	const struct question *q;
	size_t k, end, right;
	int epoch, b, best;
	double loss;

	for (i = 0; i < nquestion; i++)
		order[i] = i;
	seed = 1;
	for (epoch = 0; epoch < EPOCHS3; epoch++) {
		for (i = (uint32_t)nquestion; i > 1; i--) {
			j = random_below(i);
			swap = order[i - 1];
			order[i - 1] = order[j];
			order[j] = swap;
		}
		for (loss = 0, right = 0, i = 0; i < nquestion; i++) {
			q = &question[order[i]];
			end = q + 1 < question + nquestion ? q[1].at : nquestion_feature;
			memcpy(s, q->score, sizeof s);
			for (k = q->at; k < end; k++)
				for (b = 0; b < TYPING_TYPES; b++)
					s[b] += w[question_feature[k]][b];
			for (best = 0, b = 1; b < TYPING_TYPES; b++)
				if (s[b] > s[best])
					best = b;
			right += best == q->type;
			max = s[best];
			for (sum = 0, b = 0; b < TYPING_TYPES; b++)
				sum += s[b] = expf(s[b] - max);
			loss -= log((double)(s[q->type] / sum));
			for (b = 0; b < TYPING_TYPES; b++)
				s[b] = (s[b] / sum - (float)(b == q->type)) * q->weight;
			for (k = q->at; k < end; k++)
				for (b = 0; b < TYPING_TYPES; b++) {
					d = s[b];
					g[question_feature[k]][b] += d * d;
					w[question_feature[k]][b] -=
					    RATE3 * d / sqrtf(g[question_feature[k]][b] + EASE);
				}
		}
		fprintf(stderr, "types epoch %d: loss %.4f a mention in doubt, %.2f %% of %zu right\n",
			epoch + 1, loss / (double)nquestion, 100 * (double)right / (double)nquestion,
			nquestion);
	}
	for (i = 0; i < 1u << TYPING_BITS; i++)
		for (b = 0; b < TYPING_TYPES; b++)
			out[i][b] = (int8_t)rounded(w[i][b], 127);
	free(order);
	free(w);
	free(g);
}

static void
print_found(const struct corpus *c)
{
	static const char *const name[] = { "", "PER", "ORG", "LOC", "MISC" };
	const struct doc_name *m;
	struct document *d;
	uint32_t a, b;

	for (d = docs; d < docs + ndoc; d++) {
		if (d->corpus != c)
			continue;
		doc_read(&doc, &model, d->text, d->size);
		doc_tag(&doc);
		for (m = doc.name; m < doc.name + doc.nname; m++) {
			a = doc.ts.tok[doc.el[m->from].tok].begin;
			b = doc.ts.tok[doc.el[m->end - 1].tok].end;
			printf("%s\t%s\t%u\t%u\t%s\t\t%.*s\n", c->name, d->id, a, b,
			       name[tag_type(doc.el[m->from].tag)], (int)(b - a), doc.ts.text + a);
		}
	}
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct corpus *)a)->name, ((const struct corpus *)b)->name);
}

static bool
listed(const char *name, char *const *list, size_t n)
{
	while (n-- > 0)
		if (strcmp(list[n], name) == 0)
			return true;
	return false;
}

/* Names of corpora to be left out, and to be tagged. */
static char **left_out, **printed;
static size_t nleft_out, nprinted;

/* One more corpus, unless it is held back and not to be tagged either. */
static void
add_corpus(struct corpus c)
{
	c.held = c.weight == 0 || listed(c.name, left_out, nleft_out);
	c.print = listed(c.name, printed, nprinted);
	if (c.held && !c.print)
		return;
	corpora = mem_grow(corpora, ncorpus, &corpus_cap, sizeof *corpora);
	corpora[ncorpus++] = c;
}

/* The files of a folder of the tool's, "written/" or "labels/": what in it ends in `suffix`. */
static void
add_folder(const char *tool, const char *folder, const char *suffix, float weight)
{
	const size_t tail = strlen(suffix);
	char path[4096], name[300];
	struct dirent *e;
	size_t n;
	DIR *dir;

	snprintf(path, sizeof path, "%s/%s", tool, folder);
	if ((dir = opendir(path)) == NULL)
		msg_die(EXIT_FAULT, "%s: cannot be read", path);
	while ((e = readdir(dir)) != NULL) {
		n = strlen(e->d_name);
		if (n <= tail || strcmp(e->d_name + n - tail, suffix) != 0)
			continue;
		snprintf(name, sizeof name, "%s%.*s", folder, (int)(n - tail), e->d_name);
		add_corpus((struct corpus){ .name = strdup(name), .weight = weight });
	}
	closedir(dir);
}

static bool
is_in(const struct corpus *c, const char *folder)
{
	return strncmp(c->name, folder, strlen(folder)) == 0;
}

int
main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		bool partial, misc;
		float weight;
	} known[] = {
		{ "crossner-politics", false, true, 1 },
		{ "fewnerd-partial", true, true, 1.5f },
		{ "gum-news", false, false, 1.5f },
		{ "gum-other", false, false, 1.5f },
		{ "meantime", false, false, 1.5f },
		{ "re3d", false, false, 1.5f },
		{ "redocred", false, true, 1 },
		{ "uner-ewt", false, false, 1 },
		{ "wikigold", false, true, 1 },
		{ "gum-news-damaged", false, false, 0.5f },
		{ "meantime-damaged", false, false, 0.5f },
		{ "re3d-damaged", false, false, 0.5f },
		{ "wnut17", false, false, 0 },
		{ "geovirus", false, false, 0 },
		{ "wiki-fair", false, false, 0 },
	};
	static struct examples x1, x2;
	static struct field full, part, second;

	char *out = NULL;
	size_t i;
	uint8_t *fold;
	FILE *f;
	int c, k;

	msg_name(argv[0]);
	/* no more of either than there are arguments */
	left_out = mem_array(NULL, (size_t)argc, sizeof *left_out);
	printed = mem_array(NULL, (size_t)argc, sizeof *printed);
	while ((c = getopt(argc, argv, "x:p:o:")) != -1)
		switch (c) {
		case 'x':
			left_out[nleft_out++] = optarg;
			break;
		case 'p':
			printed[nprinted++] = optarg;
			break;
		case 'o':
			out = optarg;
			break;
		default:
			return EXIT_USAGE;
		}
	if (optind + 1 >= argc)
		msg_die(EXIT_USAGE, "want the folder of the tool and that of the corpora");

	spelling = calloc(spelling_mask + 1, sizeof *spelling);
	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		add_corpus((struct corpus){ .name = strdup(known[i].name),
					    .partial = known[i].partial,
					    .misc = known[i].misc,
					    .weight = known[i].weight });
	add_folder(argv[optind], WRITTEN, ".txt", WRITTEN_WEIGHT);
	add_folder(argv[optind], LABELS, ".tsv", LABELS_WEIGHT);
	qsort(corpora, ncorpus, sizeof *corpora, by_name);
	for (k = optind + 2; k < argc; k++)
		read_texts(argv[k]);
	qsort(texts, ntext, sizeof *texts, text_by_id);
	for (i = 0; i < ntext; i++)
		count_words(texts[i].text, texts[i].size);
	for (i = 0; i < ncorpus; i++)
		if (is_in(&corpora[i], WRITTEN))
			read_written(argv[optind], &corpora[i]);
		else if (is_in(&corpora[i], LABELS))
			read_labels(argv[optind], &corpora[i]);
		else
			read_corpus(argv[optind + 1], &corpora[i]);
	for (i = 0; i < ndoc; i++)
		if (!docs[i].corpus->held && !is_in(docs[i].corpus, LABELS))
			count_words(docs[i].text, docs[i].size);
	read_clusters(argv[optind]);
	make_blob();
	add_headlines();

	first_examples(&x1);
	assign_rows(&x1);
	fold = calloc(x1.nrun, 1);
	for (i = 0; i < ndoc; i++)
		memset(fold + docs[i].run, (int)(i % FOLDS), docs[i].nrun);
	train(&x1, &full, EPOCHS, RATE, NULL, 0, "first pass");
	for (c = 0; c < FOLDS; c++) {
		memset(&part, 0, sizeof part);
		train(&x1, &part, EPOCHS, RATE, fold, c, "part");
		set_follow(&part);
		second_examples(&x2, &x1, &part, c);
		free(part.w);
	}
	assign_rows(&x2);
	memcpy(second.follow, full.follow, sizeof full.follow);
	second.fixed = true;
	train(&x2, &second, EPOCHS2, RATE2, NULL, 0, "second pass");
	set_follow(&full);
	add_questions(&x2, &second);
	train_typing();
	put_rows(&x2, &second, 1000);
	put_rows(&x1, &full, 0);
	if (out != NULL) {
		if ((f = fopen(out, "wb")) == NULL || fwrite(blob, 1, blob_size, f) != blob_size ||
		    fclose(f) != 0)
			msg_die(EXIT_FAULT, "%s: cannot write", out);
	}
	for (i = 0; i < ncorpus; i++)
		if (corpora[i].print)
			print_found(&corpora[i]);
	return EXIT_OK;
}
