/* SPDX-License-Identifier: ISC */
/*
 * strip-chrome - keep the article of a page and drop what the site put around it.
 *
 * reads   id ... text: the text of a whole page, or its HTML
 * writes  id ... text: the lines of the article
 * method  features of lines, two passes of boosted trees, see README.md
 * memory  one page and some 200 bytes for each of its lines
 */
#include <stdlib.h>

#include "cue.h"
#include "decide.h"
#include "embed.h"
#include "frame.h"
#include "model.h"
#include "page.h"

EMBED(chrome_model, "tools/strip-chrome/model.bin");

enum { EXPLAIN = FRAME_LONG, KEEP_CAPTIONS, KEEP_HEADINGS };

static struct {
	bool	show_chrome;
	bool	explain;
	bool	keep_captions;
	bool	drop_headings;
} options;

static struct model model;

struct worker {
	struct page	page;
	struct buf	text;
};

static const struct option_row rows[] = {
	{ EXPLAIN, "explain", NULL, "write a record for each line: decision, score, reasons, line" },
	{ KEEP_CAPTIONS, "keep-captions", NULL, "keep captions of pictures inside the article" },
	{ KEEP_HEADINGS, "keep-headings", "yes|no", "keep headings of the article (yes)" },
	{ 'v', "show-chrome", NULL, "write what would be dropped instead" },
	{ 0 }
};

static void
set_option(int key, const char *arg)
{
	switch (key) {
	case EXPLAIN:
		options.explain = true;
		break;
	case KEEP_CAPTIONS:
		options.keep_captions = true;
		break;
	case KEEP_HEADINGS:
		if (strcmp(arg, "no") != 0 && strcmp(arg, "yes") != 0)
			msg_die(EXIT_USAGE, "--keep-headings: %s: want yes or no", arg);
		options.drop_headings = strcmp(arg, "no") == 0;
		break;
	case 'v':
		options.show_chrome = true;
		break;
	}
}

static void
ready(void)
{
	if (!model_open(&model, chrome_model, (size_t)(chrome_model_end - chrome_model)))
		msg_die(EXIT_USAGE, "the model built in is of another version");
}

/* Lines [from, to), which are blank. */
static void
put_lines(struct buf *b, const struct page *g, size_t from, size_t to)
{
	if (from < to)
		buf_put(b, g->text + g->line[from].begin, g->line[to - 1].end - g->line[from].begin);
}

/* The kept units' lines with the blank lines between them; of those around what was dropped, one run. */
static void
put_text(struct buf *b, const struct page *g, bool kept)
{
	size_t i, last = 0;	/* the line behind the last unit's */
	size_t blank_from = 0, blank_to = 0;
	bool any = false;

	b->n = 0;
	for (i = 0; i < g->nunit; i++) {
		const struct unit *u = &g->unit[i];

		if (g->keep[i] == kept) {
			const struct line *l = &g->line[u->line + u->nline - 1];
			size_t cut = kept ? cue_cut(g->text + l->from, l->to - l->from) : l->to - l->from;

			if (blank_from == blank_to) {
				blank_from = last;
				blank_to = u->line;
			}
			if (any || last == 0 || i == 0 || g->keep[i - 1] == kept)
				put_lines(b, g, blank_from, blank_to);
			put_lines(b, g, u->line, u->line + u->nline - 1);
			buf_put(b, g->text + l->begin, l->from + cut - l->begin);
			buf_put(b, g->text + l->to, l->end - l->to);
			any = true;
			blank_from = blank_to = 0;
		} else if (blank_from == blank_to) {
			blank_from = last;
			blank_to = u->line;
		}
		last = u->line + u->nline;
	}
	if (any && g->nunit > 0 && g->keep[g->nunit - 1] == kept)
		put_lines(b, g, last, g->nline);
}

static void
explain(struct worker *w, struct rec *r, struct out *o)
{
	struct page *g = &w->page;
	size_t i, k;

	for (i = 0; i < g->nunit; i++) {
		struct reason reason[REASONS];
		size_t n = model_reasons(&model, g, i, reason);
		int32_t s = g->score[i];

		out_begin(o, r);
		out_field(o, g->keep[i] ? SPAN("keep") : SPAN("drop"));
		w->text.n = 0;
		buf_printf(&w->text, "%s%d.%02d", s < 0 ? "-" : "+", abs(s) / MODEL_ONE, abs(s) % MODEL_ONE * 100 / MODEL_ONE);
		out_field(o, (struct span){ w->text.p, w->text.n });
		w->text.n = 0;
		for (k = 0; k < n; k++)
			buf_printf(&w->text, "%s%s%s%d.%02d", k > 0 ? ", " : "", column_name[reason[k].column],
			    reason[k].weight < 0 ? " -" : " +", abs(reason[k].weight) / MODEL_ONE,
			    abs(reason[k].weight) % MODEL_ONE * 100 / MODEL_ONE);
		out_field(o, (struct span){ w->text.p, w->text.n });
		out_text(o, (struct span){ g->text + g->line[g->unit[i].line].from, g->unit[i].to - g->line[g->unit[i].line].from });
	}
}

static void
record(void *state, struct rec *r, struct out *o)
{
	struct worker *w = state;
	struct page *g = &w->page;

	page_lines(g, r->text.p, r->text.n);
	model_judge(&model, g);
	decide(g);
	if (options.keep_captions)
		decide_captions(g);
	if (options.drop_headings)
		decide_headings(g);
	if (options.explain) {
		explain(w, r, o);
		return;
	}
	put_text(&w->text, g, !options.show_chrome);
	out_begin(o, r);
	out_text(o, (struct span){ w->text.p, w->text.n });
}

static void
drop(void *state)
{
	struct worker *w = state;

	page_free(&w->page);
	buf_free(&w->text);
}

static const struct filter filter = {
	.name = "strip-chrome",
	.about = "keep the article of a page and drop what the site put around it",
	.reads = "id ... text",
	.writes = "id ... text",
	.options = rows,
	.option = set_option,
	.ready = ready,
	.state_size = sizeof(struct worker),
	.record = record,
	.drop = drop,
};

int
main(int argc, char *argv[])
{
	return frame_main(&filter, argc, argv);
}
