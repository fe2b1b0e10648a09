/* SPDX-License-Identifier: ISC */
/*
 * Tables of results and standings.
 */
#include "rules.h"

#include <string.h>

/*
 * Is it a place in capitals that opens a line and that the marks of a dispatch
 * or its year follow? WASHINGTON - , ST. LOUIS (Reuters), ROME 1996-08-30
 */
static bool
heads_dispatch(const struct doc *d, size_t i)
{
	const struct tokens *ts = &d->ts;
	const struct name_hit hit = doc_match(d, i);
	const struct token *t = &ts->tok[d->el[i].tok], *end = t + hit.ntoken;

	if (hit.ntoken == 0 || !(hit.bits & NAME_IS_LOC) || end[-1].end - t->begin < 4 ||
	    end[-1].shape != SHAPE_UPPER)
		return false;
	if (end->kind == TOKEN_NUMBER)
		return end->end - end->begin == 4 &&
		       (ts->text[end->begin] == '1' || ts->text[end->begin] == '2');
	return end->kind == TOKEN_MARK &&
	       (strchr("(-", ts->text[end->begin]) != NULL || end->hash == MARK_HASH(0x2013u));
}

/*
 * Tables of results and standings: a line of names and numbers alone, each name with a number
 * behind it, two names or more, or three numbers or more behind one. What is no person there is a
 * team, but for countries.
 */
void
tag_tables(struct doc *d)
{
	const struct tokens *ts = &d->ts;
	const struct token *t, *line;
	unsigned nname, nnumber;
	size_t i, k, end;
	bool any;

	for (i = 0; i < d->nel; i = d->el[i].run_end) {
		line = &ts->tok[d->el[i].tok];
		if (line[-1].kind != TOKEN_LINE)
			continue;
		nname = nnumber = 0;
		for (t = line; t->kind == TOKEN_NAME || t->kind == TOKEN_NUMBER ||
			       (t->kind == TOKEN_MARK && strchr(".-:", ts->text[t->begin]) != NULL);
		     t++) {
			nname += t->kind == TOKEN_NUMBER && t[-1].kind == TOKEN_NAME;
			nnumber += t->kind == TOKEN_NUMBER;
		}
		if (t->kind != TOKEN_LINE || t[-1].kind == TOKEN_NAME || t - line > 16 ||
		    !(nname == 2 ? nnumber == 2 : nname == 1 && nnumber > 2) ||
		    (line->shape == SHAPE_UPPER && heads_dispatch(d, i)))
			continue;
		for (k = i; k < d->nel && d->el[k].tok < (size_t)(t - ts->tok); k = end) {
			any = false;
			for (end = k;
			     end < d->nel && d->el[end].is_name && d->el[end].tok < (size_t)(t - ts->tok) &&
			     (end == k || d->el[end].tok == d->el[end - 1].tok + 1);
			     end++)
				any |=
				    tag_type(d->el[end].tag) == TYPE_PER || WORD_CASE(d->el[end].known) > 4;
			if (end == k) {
				if (tag_type(d->el[k].tag) != TYPE_PER)
					d->el[k].tag = TAG_O;
				end++;
			} else if (!any && end - k < 4)
				tag_name(d, k, end,
					 d->el[k].hit_n == end - k && d->el[k].hit_bits & NAME_COUNTRY
					     ? TYPE_LOC
					     : TYPE_ORG);
		}
	}
}
