/* SPDX-License-Identifier: ISC */
/*
 * strip-chrome - keep the article of a page and drop what the site put around it.
 *
 * reads   id ... text: the text of a whole page, or its HTML
 * writes  id ... text: the lines of the article
 * method  features of lines, two passes of boosted trees, see README.md
 * memory  one page and some 250 bytes for each of its lines, 0.2 MB of lines that came before;
 *         with --site-memory 90 MB at most
 */
#include <stdio.h>
#include <stdlib.h>

#include "cue.h"
#include "decide.h"
#include "embed.h"
#include "frame.h"
#include "memory.h"
#include "model.h"
#include "page.h"
#include "site.h"

EMBED(chrome_model, "tools/strip-chrome/model.bin");

enum { EXPLAIN = OPTION_LONG, HTML, KEEP_CAPTIONS, KEEP_HEADINGS, METADATA, SITE_FIELD, SITE_MEMORY, TEXT };

static struct {
	bool show_chrome;
	bool explain;
	bool keep_captions;
	bool drop_headings;
	bool html, text; /* forced */
	bool metadata;
	const char *memory; /* folder, or NULL */
	const char *writes; /* the folder, where it is not only read */
	size_t site_field;  /* from 0, the id */
	bool read_only;
} options;

static struct filter filter;
static struct model model;

/* Of the sites, --site-memory. While the stream is read only one worker adds to it. */
static struct memory memory;
static char note[96]; /* on records that name no site */

struct worker {
	struct page page;
	struct dom dom;
	struct buf text;
	struct recall recall;
};

static const struct option_row rows[] = {
	{ EXPLAIN, "explain", NULL, "write a record for each line: decision, score, reasons, line" },
	{ HTML, "html", NULL, "treat every text as HTML" },
	{ KEEP_CAPTIONS, "keep-captions", NULL, "keep captions of pictures inside the article" },
	{ KEEP_HEADINGS, "keep-headings", "yes|no", "keep headings of the article (yes)" },
	{ METADATA, "metadata", NULL, "add columns: title, date, author, site, address, language" },
	{ 'r', "read-only", NULL, "do not add to the site memory" },
	{ SITE_FIELD, "site-field", "N", "the site is named by field N, the id being 1 (1)" },
	{ SITE_MEMORY, "site-memory", "DIR", "remember the lines of each site's pages in DIR" },
	{ 'v', "show-chrome", NULL, "write what would be dropped instead" },
	{ TEXT, "text", NULL, "treat no text as HTML" },
	{ 0 }
};

static void
set_option(int key, const char *arg)
{
	switch (key) {
	case EXPLAIN:
		options.explain = true;
		break;
	case HTML:
		options.html = true;
		options.text = false;
		break;
	case TEXT:
		options.text = true;
		options.html = false;
		break;
	case METADATA:
		options.metadata = true;
		break;
	case KEEP_CAPTIONS:
		options.keep_captions = true;
		break;
	case KEEP_HEADINGS:
		if (strcmp(arg, "no") != 0 && strcmp(arg, "yes") != 0)
			msg_die(EXIT_USAGE, "--keep-headings: %s: want yes or no", arg);
		options.drop_headings = strcmp(arg, "no") == 0;
		break;
	case 'r':
		options.read_only = true;
		break;
	case SITE_FIELD:
		options.site_field = (size_t)option_number("site-field", arg, 1, 1000000) - 1;
		break;
	case SITE_MEMORY:
		options.memory = arg;
		break;
	case 'v':
		options.show_chrome = true;
		break;
	}
}

static void
ready(void)
{
	if (options.memory == NULL && (options.read_only || options.site_field > 0))
		msg_die(EXIT_USAGE, "--read-only and --site-field need --site-memory");
	if (!model_open(&model, chrome_model, EMBED_SIZE(chrome_model)))
		msg_die(EXIT_USAGE, "the model built in is of another version");
	cue_ready();
	if (options.memory == NULL)
		return;
	snprintf(note, sizeof(note), "field %zu names no site (--site-field), judged without the memory",
		 options.site_field + 1);
	memory_open(&memory, options.memory, !options.read_only);
	if (!options.read_only)
		options.writes = options.memory;
	/* a page is judged by those before it; where nothing is added, by itself */
	filter.in_sequence = !options.read_only;
}

/* What is to be put out next of a page's text; what adjoins is copied at once. */
struct run {
	const char *text; /* the page's, or as it is written, */
	size_t more;	  /* where this many bytes more stand for a newline */
	size_t from, to;
};

static inline void
put_run(struct buf *b, struct run *r, size_t from, size_t to)
{
	if (r->to != from) {
		buf_put(b, r->text + r->from, r->to - r->from);
		r->from = from;
	}
	r->to = to;
}

/* Where lines begin and end in the text of a run. */
static inline size_t
line_begin(const struct page *g, const struct run *r, size_t line)
{
	return g->line[line].begin + line * r->more;
}

static inline size_t
line_end(const struct page *g, const struct run *r, size_t line)
{
	const size_t end = g->line[line].end;

	return end + (line + (g->text[end - 1] == '\n')) * r->more;
}

/* Lines [from, to). */
static inline void
put_lines(struct buf *b, const struct page *g, struct run *r, size_t from, size_t to)
{
	if (from < to)
		put_run(b, r, line_begin(g, r, from), line_end(g, r, to - 1));
}

/* The line behind those of the unit before the i-th one. */
static inline size_t
line_behind(const struct page *g, size_t i)
{
	return i > 0 ? g->unit[i - 1].line + g->unit[i - 1].nline : 0;
}

/*
 * Append the kept units' lines with the blank lines between them; of those around what was dropped,
 * one run. written: the page's text with \n for each newline, p NULL if the text itself is wanted.
 */
static void
put_text(struct buf *b, const struct page *g, struct span written, bool kept)
{
	struct run r = { .text = written.p != NULL ? written.p : g->text, .more = written.p != NULL };
	size_t i, k, next = 0; /* the unit behind the last one that was put */
	unsigned bits;

	for (i = 0; i < g->nunit; i += VEC)
		for (bits = page_bits(g, vec_is(vec_load(g->keep + i), kept), i); bits != 0;
		     bits &= bits - 1) {
			const size_t at = i + vec_first(bits);
			const struct unit *u = &g->unit[at];
			const size_t end = u->line + u->nline - 1, to = g->line[end].to;
			const size_t last = end - (u->to < g->line[end].begin); /* where its text ends */

			if (next > 0 || at == 0) {
				for (k = next; k < at && line_behind(g, k) == g->unit[k].line; k++)
					;
				put_lines(b, g, &r, line_behind(g, k), g->unit[k].line);
			}
			put_run(b, &r, line_begin(g, &r, u->line),
				kept ? u->to + last * r.more : to + end * r.more);
			put_run(b, &r, to + end * r.more, line_end(g, &r, end));
			next = at + 1;
		}
	if (next > 0 && next == g->nunit)
		put_lines(b, g, &r, line_behind(g, next), g->nline);
	buf_put(b, r.text + r.from, r.to - r.from);
}

/* Is every unit kept, whole? Then so is the text, as it came. */
static bool
all_kept(const struct page *g)
{
	size_t i;

	for (i = 0; i < g->nunit && g->keep[i] && !g->unit[i].cut; i++)
		;
	return i == g->nunit && i > 0;
}

static void
put_metadata(struct worker *w, struct out *o, bool html)
{
	size_t i;

	for (i = 0; i < META_COUNT; i++) {
		const struct buf *b = &w->dom.meta[i].value;

		out_field(o, html && w->dom.meta[i].trust > 0 ? (struct span){ b->p, b->n }
							      : (struct span){ "", 0 });
	}
}

static void
explain(struct worker *w, struct rec *r, struct out *o, bool html)
{
	struct page *g = &w->page;
	const struct recall_unit *u;
	size_t i, k;

	for (i = 0; i < g->nunit; i++) {
		struct reason reason[REASONS];
		size_t n = model_reasons(&model, g, i, html, reason);
		int32_t s = g->score[i];

		out_begin(o, r);
		out_field(o, g->keep[i] ? SPAN("keep") : SPAN("drop"));
		w->text.n = 0;
		buf_printf(&w->text, "%s%d.%02d", s < 0 ? "-" : "+", abs(s) / MODEL_ONE,
			   abs(s) % MODEL_ONE * 100 / MODEL_ONE);
		out_field(o, (struct span){ w->text.p, w->text.n });
		w->text.n = 0;
		u = i < w->recall.n ? &w->recall.unit[i] : NULL;
		if (u != NULL && u->weight != 0)
			buf_printf(&w->text, "on %u of %u other pages of the site -%d.%02d%s", u->npage,
				   u->nsite, -u->weight / MODEL_ONE, -u->weight % MODEL_ONE * 100 / MODEL_ONE,
				   n > 0 ? ", " : "");
		for (k = 0; k < n; k++)
			buf_printf(&w->text, "%s%s%s%d.%02d", k > 0 ? ", " : "",
				   column_name[reason[k].column], reason[k].weight < 0 ? " -" : " +",
				   abs(reason[k].weight) / MODEL_ONE,
				   abs(reason[k].weight) % MODEL_ONE * 100 / MODEL_ONE);
		out_field(o, (struct span){ w->text.p, w->text.n });
		out_text(o, (struct span){ g->text + g->line[g->unit[i].line].from,
					   g->unit[i].to - g->line[g->unit[i].line].from });
	}
}

/* What the site's other pages say. */
static void
recall(struct worker *w, const struct rec *r, struct out *o)
{
	struct span field = { 0 };

	w->recall.n = 0;
	if (!memory.open)
		return;
	if (rec_field(r, options.site_field, &field) &&
	    site_of(field, options.site_field > 0, &w->recall.site)) {
		memory_recall(&memory, &w->recall, &w->page);
		if (!options.read_only)
			memory_learn(&memory, &w->recall);
	} else
		frame_note(o, r);
}

/* What only the elements say. */
static void
decide_html(struct page *g, const struct dom *d)
{
	size_t i, first, last;

	for (i = 0; i < g->nunit; i++) {
		unsigned kind = d->segment[g->unit[i].line].tags & KIND_MASK;

		if (kind == KIND_TITLE || (options.drop_headings && kind >= KIND_H1 && kind <= KIND_H2))
			g->keep[i] = false;
	}
	if (!options.keep_captions)
		return;
	for (first = 0; first < g->nunit && !g->keep[first]; first++)
		;
	for (last = g->nunit; last > first && !g->keep[last - 1]; last--)
		;
	for (i = first; i < last; i++)
		if (d->segment[g->unit[i].line].tags & TAG_IN_FIGURE)
			g->keep[i] = true;
}

static void
record(void *state, struct rec *r, struct out *o)
{
	struct worker *w = state;
	struct page *g = &w->page;
	bool html = !options.text && (options.html || dom_is_html(r->text.p, r->text.n));

	if (r->text.n > UINT32_MAX / 2) {
		frame_fault(o, r, "text of over 2 GB: left empty");
		r->text.n = 0;
	}
	if (html) {
		w->dom.want_meta = options.metadata;
		dom_read(&w->dom, r->text.p, r->text.n);
		page_lines(g, w->dom.text.p, w->dom.text.n, &w->dom.newlines, false);
		model_judge(&model, g, &w->dom);
		decide_elements(g, &w->dom);
		recall(w, r, o);
		decide(g, true);
		decide_html(g, &w->dom);
	} else {
		page_lines(g, r->text.p, r->text.n, r->newlines, true);
		model_judge(&model, g, NULL);
		recall(w, r, o);
		decide(g, false);
		if (options.keep_captions)
			decide_captions(g);
		if (options.drop_headings)
			decide_headings(g);
	}
	if (options.explain) {
		explain(w, r, o, html);
		return;
	}
	out_begin(o, r);
	if (options.metadata)
		put_metadata(w, o, html);
	if (!html && !options.show_chrome && all_kept(g))
		out_text(o, r->text);
	else if (!html && o->only_newlines && !o->plain) {
		put_text(&o->buf, g, o->written, !options.show_chrome);
		out_end(o);
	} else {
		w->text.n = 0;
		put_text(&w->text, g, (struct span){ 0 }, !options.show_chrome);
		if (html && w->text.n > 0 && w->text.p[w->text.n - 1] == '\n')
			w->text.n--; /* the last line's end was ours */
		out_text(o, (struct span){ w->text.p, w->text.n });
	}
}

static void
drop(void *state)
{
	struct worker *w = state;

	page_free(&w->page);
	dom_free(&w->dom);
	buf_free(&w->text);
	recall_free(&w->recall);
}

static void
finish(void *state, struct out *o)
{
	(void)state;
	if (!memory.open || options.read_only)
		return;
	/* output first: who dies in between runs again */
	frame_flush(o);
	memory_commit(&memory);
	memory_close(&memory);
}

static struct filter filter = {
	.name = "strip-chrome",
	.about = "keep the article of a page and drop what the site put around it",
	.reads = "id ... text",
	.writes = "id ... [title date author site address language] text",
	.html = true,
	.note = note,
	.options = rows,
	.option = set_option,
	.dir = &options.writes,
	.ready = ready,
	.state_size = sizeof(struct worker),
	.record = record,
	.drop = drop,
	.finish = finish,
};

int
main(int argc, char *argv[])
{
	return frame_main(&filter, argc, argv);
}
