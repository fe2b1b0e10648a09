/* SPDX-License-Identifier: ISC */
#include "mentions.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define NAME(literal) { literal "\0\0\0\0\0\0\0", sizeof(literal) - 1 }
const struct span mention_type_name[MENTION_NTYPE] = {
	NAME(""), NAME("PER"), NAME("ORG"), NAME("LOC"), NAME("MISC"), NAME("DATE"), NAME("TIME"),
	NAME("DURATION"), NAME("SET"), NAME("MONEY"), NAME("PERCENT"), NAME("QUANTITY")
};
/* clang-format on */

struct mention *
mention_add(struct mentions *ms, const struct tokens *ts, size_t tok, size_t ntok, enum mention_type type)
{
	struct mention *m;

	ms->m = mem_grow(ms->m, ms->n, &ms->cap, sizeof *ms->m);
	m = &ms->m[ms->n++];
	*m = (struct mention){ .begin = ts->tok[tok].begin,
			       .end = ts->tok[tok + ntok - 1].end,
			       .tok = (uint32_t)tok,
			       .ntok = (uint32_t)ntok,
			       .type = (uint8_t)type };
	return m;
}

void
mention_call(struct mentions *ms, struct mention *m, struct span s)
{
	m->name = (uint32_t)ms->names.n;
	m->name_n = (uint32_t)s.n;
	m->name_in = IN_NAMES;
	buf_span(&ms->names, s);
}

void
mentions_room(struct mentions *ms, size_t n)
{
	if (n > ms->list_cap) {
		ms->list_cap = 2 * n;
		ms->list = mem_array(ms->list, ms->list_cap, sizeof *ms->list);
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

void
mentions_sort(struct mentions *ms)
{
	size_t i;

	for (i = 1; i < ms->n; i++)
		if (by_place(&ms->m[i - 1], &ms->m[i]) > 0) {
			qsort(ms->m, ms->n, sizeof *ms->m, by_place);
			return;
		}
}

void
mentions_free(struct mentions *ms)
{
	free(ms->m);
	free(ms->list);
	free(ms->table);
	buf_free(&ms->names);
	memset(ms, 0, sizeof *ms);
}

static void
add_user_names(struct mentions *ms, struct doc *d, const struct user_names *u)
{
	const struct tokens *ts = &d->ts;
	const struct user_entry *entry;
	struct mention *m;
	size_t i, n;

	for (i = 0; i < ts->n; i++) {
		if (ts->tok[i].kind != TOKEN_NAME && !u->ignore_case && !u->small)
			continue;
		if (ts->tok[i].kind == TOKEN_LINE || (n = user_match(u, ts, i, &entry)) == 0)
			continue;
		m = mention_add(ms, ts, i, n, entry->type);
		mention_call(ms, m, (struct span){ entry->name, entry->n });
		i += n - 1;
	}
}

/*
 * Do the tokens [tok, end) end with a saint's name, and the possessive
 * behind them with what has it: St Mary's, but not St. Petersburg's mayor?
 */
static bool
is_saints(const struct tokens *ts, size_t tok, size_t end)
{
	static const char list[][8] = { "St", "St.", "Saint" };

	return (ts->tok[end].kind == TOKEN_POSS) & (end - tok > 1) &
		   (ts->text[ts->tok[(ptrdiff_t)end - 2].begin] == 'S') && /* hardly ever */
	       ts->tok[end].end - ts->tok[end].begin > 1 &&
	       LISTED(ts, &ts->tok[end - 2], list) && name_match(ts, end - 2).ntoken < 2;
}

void
mentions_names(struct mentions *ms, struct doc *d, const struct user_names *u)
{
	static const unsigned type_bits[] = { 0, NAME_PERSON, NAME_IS_ORG, NAME_IS_LOC, 0 };
	const struct doc_name *m;
	struct name_hit hit;
	size_t i, k = 0, nuser, at = 0;
	uint32_t tok, end;
	int type;

	if (u != NULL)
		add_user_names(ms, d, u);
	nuser = ms->n;
	for (m = d->name; m < d->name + d->nname; m++) {
		if (m->end <= k) /* the one before goes so far */
			continue;
		i = m->from < k ? k : m->from;
		k = m->end;
		tok = d->el[i].tok;
		end = d->el[k - 1].tok + 1;
		/* a whole name of the gazetteer is not cut short */
		hit = doc_match(d, i);
		type = tag_type(d->el[i].tag);
		if (hit.ntoken > end - tok && hit.canon != 0 &&
		    (hit.bits & type_bits[type] || !(hit.bits & ~(unsigned)NAME_IS_ORG))) {
			type = hit.bits & type_bits[type] ? type : TYPE_ORG;
			end = tok + hit.ntoken;
			while (k < d->nel && d->el[k].tok < end)
				k++;
		} else if (is_saints(&d->ts, tok, end) && type != TYPE_PER)
			end++;
		while (at < nuser && ms->m[at].tok + ms->m[at].ntok <= tok)
			at++;
		if (at < nuser && ms->m[at].tok < end)
			continue;
		mention_add(ms, &d->ts, tok, end - tok, (enum mention_type)type)->hit = hit;
	}
	if (nuser > 0)
		mentions_sort(ms);
}
