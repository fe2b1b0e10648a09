/* SPDX-License-Identifier: ISC */
/*
 * The scan lists the gaps; here each is decided, from left to right: by rule
 * where there is nothing to weigh, by the model's sum of weights elsewhere.
 */
#include <stdlib.h>
#include <string.h>

#include "boundary.h"
#include "model.h"
#include "plain.h"
#include "rule.h"

static bool
is_boundary(const struct context *c, const struct gap_at *g, size_t start, bool keep_quotes)
{
	uint32_t f[FEATURES];
	struct view v;
	int rule;

	if (keep_quotes && g->quoted && g->gap < GAP_LINE)
		return false;
	rule = plain_decide(c, g, start);
	if (rule >= 0)
		return rule > 0;
	view_gap(&v, c, g, start);
	rule = rule_decide(&v, c);
	if (rule >= 0)
		return rule > 0;
	return model_score(f, features(&v, f)) > 0;
}

/* The text without the blanks around it: where it begins; *end is where it ends. */
static size_t
trim(struct span text, size_t *end)
{
	size_t begin = 0, k;

	while ((k = blank_at(text.p + begin, text.p + text.n)) > 0)
		begin += k;
	*end = back_over_blanks(text.p, text.n);
	return begin;
}

static void
find(struct boundary *b, struct span text, const struct boundary_options *o)
{
	struct context c = {
		.text = text.p, .n = text.n, .lex = model_lex(), .scan = &b->scan, .user = o->abbreviations
	};
	const struct gap_at *g;
	struct sentence *s;
	size_t begin, end, left;
	bool broken, wrapped;

	b->n = 0;
	begin = trim(text, &end);
	if (begin >= end)
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

/*
 * The sentences of the decoded text become those of the text. A reference to a blank between two
 * of them is no blank there: it stays with the first.
 */
static void
place(struct boundary *b, struct span text)
{
	const struct shift *shift = b->decode.at, *behind = shift + b->decode.n;
	struct sentence *s = b->at, *last = s + b->n - 1;
	size_t by = 0;

	for (s->begin = trim(text, &last->end); s < last; s++) {
		for (; shift < behind && shift->at <= s[1].begin; shift++)
			by = shift->by;
		s[1].begin += by;
		s->end = back_over_blanks(text.p, s[1].begin);
		s->broken = true;
	}
	s->broken = true;
}

void
boundary_find(struct boundary *b, struct span text, const struct boundary_options *o)
{
	if (!decode_text(&b->decode, text)) {
		find(b, text, o);
		return;
	}
	find(b, (struct span){ b->decode.text.p, b->decode.text.n }, o);
	place(b, text);
}

void
boundary_free(struct boundary *b)
{
	scan_free(&b->scan);
	decode_free(&b->decode);
	free(b->at);
	*b = (struct boundary){ 0 };
}
