/* SPDX-License-Identifier: ISC */
/*
 * The scan lists the gaps; here each is decided, from left to right: by rule
 * where there is nothing to weigh, by the model's sum of weights elsewhere.
 */
#include <stdlib.h>
#include <string.h>

#include "boundary.h"
#include "model.h"

static bool
is_boundary(const struct context *c, const struct gap_at *g, size_t start, bool keep_quotes)
{
	uint32_t f[FEATURES];
	struct view v;
	int rule;

	if (keep_quotes && g->quoted && g->gap < GAP_LINE)
		return false;
	rule = view_plain(c, g, start);
	if (rule >= 0)
		return rule > 0;
	view_gap(&v, c, g, start);
	rule = view_rule(&v, c);
	if (rule >= 0)
		return rule > 0;
	return model_score(f, features(&v, f)) > 0;
}

void
boundary_find(struct boundary *b, struct span text, const struct boundary_options *o)
{
	struct context c = {
		.text = text.p, .n = text.n, .lex = model_lex(), .scan = &b->scan, .user = o->abbreviations
	};
	const struct gap_at *g;
	struct sentence *s;
	size_t begin, end, k, left;
	bool broken, wrapped;

	b->n = 0;
	for (begin = 0; (k = blank_at(text.p + begin, text.p + text.n)) > 0; begin += k)
		;
	for (end = text.n; end > begin && (k = blank_before(text.p, end)) > 0; end -= k)
		;
	if (begin == end)
		return;
	b->scan.lex = c.lex;
	scan_text(&b->scan, text.p, text.n, o->newline);
	if (b->cap <= b->scan.n) {
		b->cap = b->scan.cap + 1;
		b->at = mem_array(b->at, b->cap, sizeof(*b->at));
	}
	broken = wrapped = b->scan.wrapped;
	s = b->at;
	for (g = b->scan.at, left = b->scan.n; left > 0; g++, left--) {
		if (g->end <= begin || g->next >= end || !is_boundary(&c, g, begin, o->keep_quotes)) {
			broken |= g->gap == GAP_LINE;
			continue;
		}
		*s++ = (struct sentence){ begin, g->end, broken };
		begin = g->next;
		broken = wrapped;
	}
	*s++ = (struct sentence){ begin, end, broken };
	b->n = (size_t)(s - b->at);
}

void
boundary_free(struct boundary *b)
{
	scan_free(&b->scan);
	free(b->at);
	*b = (struct boundary){ 0 };
}
