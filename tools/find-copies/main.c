/* SPDX-License-Identifier: ISC */
/*
 * find-copies - for each document, the earliest one it copies.
 *
 * reads   records, copydesk(5): id ... sketch, or id ... sketch text
 * writes  id ... original score kind [text]
 * memory  about 1,300 bytes for each article seen
 */
#include <stdlib.h>

#include "frame.h"
#include "score.h"
#include "seen.h"
#include "sketch.h"
#include "u8.h"

enum { THRESHOLD = 600 };	/* best F1 on the development set, and D6 (excerpts) found in nine of ten */

static struct {
	uint32_t	 threshold;
	uint32_t	 least;		/* its match */
	bool		 all;
	bool		 fresh;
	bool		 clusters;
	bool		 explain;
} opt = {
	.threshold = THRESHOLD
};

struct state {
	struct seen	 seen;
	struct sketch	 sketch;
	uint32_t	 gram;		/* of the first sketch; 0: none yet */
	uint32_t	 window;
};

/* A column that is an id as it stands in its record. */
static void
out_id(struct out *o, struct span id)
{
	if (o->plain)
		return;
	buf_span(&o->buf, id);
	buf_byte(&o->buf, '\t');
}

static void
out_score(struct out *o, uint32_t score)
{
	char s[8] = { (char)('0' + score / 1000), '.', (char)('0' + score / 100 % 10),
		(char)('0' + score / 10 % 10), (char)('0' + score % 10) };

	out_field(o, (struct span){ s, 5 });
}

static void
out_extent(struct out *o, const uint32_t extent[2])
{
	struct buf b = { 0 };

	buf_printf(&b, "%u-%u", (extent[0] + 5) / 10, (extent[1] + 5) / 10);
	out_field(o, (struct span){ b.p, b.n });
	buf_free(&b);
}

/* The last column, or the one before the text. */
static void
out_last(struct out *o, const struct rec *r, bool has_text, struct span s)
{
	if (!has_text) {
		out_text(o, s);
		return;
	}
	out_field(o, s);
	out_text(o, r->text);
}

static void
out_match(struct state *s, struct out *o, const struct rec *r, bool has_text, const struct seen_match *m)
{
	static const char *const name[] = { [SEEN_EXACT] = "exact", [SEEN_NEAR] = "near", [SEEN_PART] = "part" };
	struct seen_extent e;

	out_begin(o, r);
	if (m == NULL) {
		out_field(o, SPAN(""));
		out_field(o, SPAN(""));
		if (opt.explain) {
			out_field(o, SPAN(""));
			out_field(o, SPAN(""));
			out_field(o, SPAN(""));
		}
		out_last(o, r, has_text, SPAN("-"));
		return;
	}
	seen_compare(&s->seen, &s->sketch, m, &e);
	out_id(o, seen_id(&s->seen, m->doc));
	out_score(o, m->score);
	if (opt.explain) {
		out_number(o, e.nletter);
		out_extent(o, e.here);
		out_extent(o, e.there);
	}
	out_last(o, r, has_text, span_of(name[e.kind]));
}

/* The record's sketch, taken off its head where it is not the last field. False: there is none, which was told. */
static bool
take_sketch(struct state *s, struct rec *r, struct out *o, bool *has_text)
{
	struct rec head = *r;
	struct span token;
	enum sketch_is is = SKETCH_NO;

	*has_text = false;
	if (rec_pop(&head, &token)) {
		is = sketch_read(&s->sketch, token);
		*has_text = is != SKETCH_NO;
	}
	if (is == SKETCH_NO)
		is = sketch_read(&s->sketch, r->text);
	if (*has_text)
		*r = head;
	if (is == SKETCH_NO)
		frame_fault(o, r, "no sketch, as fingerprint writes them: skipped");
	else if (is == SKETCH_OTHER)
		frame_fault(o, r, "a sketch of another format than %d: skipped", SKETCH_VERSION);
	else if (s->gram == 0) {
		s->gram = s->sketch.gram;
		s->window = s->sketch.window;
	} else if (s->sketch.gram != s->gram || s->sketch.window != s->window) {
		frame_fault(o, r, "a sketch of grams %u, window %u, where %u and %u went before: skipped",
		    s->sketch.gram, s->sketch.window, s->gram, s->window);
		return false;
	}
	return is == SKETCH_YES;
}

static void
judge_record(void *state, struct rec *r, struct out *o)
{
	struct state *s = state;
	struct seen *seen = &s->seen;
	uint32_t self = (uint32_t)seen->ndoc;
	bool has_text;
	size_t i;

	if (!take_sketch(s, r, o, &has_text))
		return;
	seen_judge(seen, &s->sketch, r->id, opt.least);
	if (opt.fresh) {
		if (seen->nmatch == 0) {
			out_begin(o, r);
			out_text(o, r->text);
		}
	} else if (opt.clusters) {
		out_begin(o, r);
		out_text(o, seen_id(seen, seen->doc[self].cluster));
	} else if (opt.all && seen->nmatch > 0)
		for (i = 0; i < seen->nmatch; i++)
			out_match(s, o, r, has_text, &seen->match[i]);
	else
		out_match(s, o, r, has_text, seen->nmatch > 0 ? &seen->match[0] : NULL);
}

static void
drop(void *state)
{
	struct state *s = state;

	seen_free(&s->seen);
	sketch_free(&s->sketch);
}

enum { ALL = 'a', CLUSTERS = 'c', EXPLAIN = 'e', NEW = 'n', LEAST = 't' };

static const struct option_row options[] = {
	{ ALL, "all", NULL, "write a line for every document it copies, not only the earliest" },
	{ CLUSTERS, "clusters", NULL, "write id and the id of the first document of its story" },
	{ EXPLAIN, "explain", NULL, "tell how much text is shared and where it lies in both" },
	{ NEW, "new", NULL, "pass on what copies nothing, as it was before fingerprint" },
	{ LEAST, "threshold", "SCORE", "score from which a match is a copy, 0 to 1 (0.6)" },
	{ 0 }
};

static void
option(int key, const char *arg)
{
	char *end;
	double v;

	switch (key) {
	case ALL:
		opt.all = true;
		break;
	case CLUSTERS:
		opt.clusters = true;
		break;
	case EXPLAIN:
		opt.explain = true;
		break;
	case NEW:
		opt.fresh = true;
		break;
	case LEAST:
		v = strtod(arg, &end);
		if (end == arg || *end != '\0' || !(v >= 0 && v <= 1))
			msg_die(EXIT_USAGE, "--threshold: %s: want a number from 0 to 1", arg);
		opt.threshold = (uint32_t)(v * SCORE_MAX + 0.5);
		break;
	}
}

static void
ready(void)
{
	if (opt.all + opt.fresh + opt.clusters > 1)
		msg_die(EXIT_USAGE, "--all, --new and --clusters do not go together");
	if (opt.explain && (opt.fresh || opt.clusters))
		msg_die(EXIT_USAGE, "--explain does not go with --new and --clusters");
	/* a score of 1 is for equal normal forms alone */
	opt.least = opt.threshold == SCORE_MAX ? UINT32_MAX : score_least(opt.threshold);
	if (opt.least == 0)
		opt.least = 1;
}

int
main(int argc, char *argv[])
{
	static const struct filter filter = {
		.name = "find-copies",
		.about = "find the earliest document that each one copies",
		.reads = "id ... sketch [text], from fingerprint",
		.writes = "id ... original score kind [text]",
		.options = options,
		.option = option,
		.ready = ready,
		.state_size = sizeof(struct state),
		.record = judge_record,
		.drop = drop,
		.in_sequence = true
	};

	return frame_main(&filter, argc, argv);
}
