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
 * wait. The parameters that can be given are those of the table in param-train.c.
 *
 * Words: logistic regression over hashed words, by AdaGrad. Passes: boosted
 * oblivious trees (Newton steps, histograms). Whatever a later stage is trained
 * on comes from earlier stages that have not seen the site: the word weights and
 * the first pass are trained once for each fold.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cue.h"
#include "decide.h"
#include "model.h"
#include "msg.h"
#include "rec.h"
#include "scan.h"
#include "table.h"
#include "train.h"

#include "strip-chrome/phrases.h"
#include "strip-chrome/stop.h"

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

/* The stages: each page is judged by what has not seen its site. */

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
