/* SPDX-License-Identifier: ISC */
/*
 * Companies, which a legal form tells: Inc.
 */
#include "rules.h"

/* Elements [first, first + n) name a company, which is told by a legal form behind them. */
struct firm {
	size_t first, n;
};
enum { FIRMS = 32 };

/* The company's name, or its beginning, that begins at element i: how many elements, or 0. */
static size_t
firm_at(const struct doc *d, const struct firm *f, size_t i)
{
	const struct element *e = &d->el[i];
	size_t n;

	for (n = 0; n < f->n && i + n < e->run_end && d->el[i + n].word == d->el[f->first + n].word; n++)
		;
	if (n == 0 || (n == 1 && f->n > 1))
		return 0;
	/* one word may be a place as well, or somebody's family name: Ford Motor Co., Henry Ford */
	if (n == 1 && (e->single & (NAME_COUNTRY | NAME_REGION | NAME_CITY | NAME_DEMONYM) ||
		       WORD_CASE(e->known) > 3 || d->word[e->word].ntag[TAG_E_PER] > 0))
		return 0;
	return d->el[i + n - 1].is_name ? n : 0;
}

/*
 * A legal form that is no name's end, element i, ends the name that the words before it are: Holm Holding AG, also where Holm
 * is a place. Not what may be another thing: Texas AG, Reno NV, the AG.
 */
static void
tag_form(struct doc *d, size_t i)
{
	const struct tokens *ts = &d->ts;
	const struct element *e = &d->el[i];
	size_t from = i;

	if (ts->tok[e->tok + 1].kind == TOKEN_NAME) /* so no word is gone over twice */
		return;
	while (from > e->run && d->el[from - 1].is_name && !is_tagged(d->el[from - 1].tag) &&
	       d->el[from - 1].tok + 1 == d->el[from].tok)
		from--;
	if (from > e->run && d->el[from - 1].tok + 1 == d->el[from].tok &&
	    (d->el[from - 1].tag == TAG_S_ORG || (d->el[from - 1].tag == TAG_S_LOC && from < i)))
		from--;
	else
		while (from < i && WORD_CASE(d->el[from].known) > 4)
			from++;
	if (from < i)
		tag_name(d, from, i + 1, TYPE_ORG);
}

/* What is Ventritex Inc. in one place is no place and nobody in another, whatever the weights say. */
void
tag_firms(struct doc *d)
{
	const struct tokens *ts = &d->ts;
	struct firm firm[FIRMS];
	const struct element *e, *last = d->el + d->nel;
	size_t i, k, n, from, nfirm = 0;
	enum name_form form;

	for (e = d->el + 1; e < last; e++) {
		form = name_form(ts, &ts->tok[e->tok]);
		if (form == FORM_NONE)
			continue;
		i = (size_t)(e - d->el);
		if (form == FORM_LEGAL && e->run < i && e[-1].is_name &&
		    (e->tag == TAG_S_ORG || !is_tagged(e->tag)))
			tag_form(d, i);
		if (e->tag != TAG_E_ORG || nfirm == FIRMS)
			continue;
		for (from = i - 1; d->el[from].tag == TAG_I_ORG; from--)
			;
		for (n = i - from; n > 0 && (!d->el[from + n - 1].is_name ||
					     name_form(ts, &ts->tok[d->el[from + n - 1].tok]) != FORM_NONE);
		     n--)
			;
		if (n > 0)
			firm[nfirm++] = (struct firm){ from, n };
	}
	for (i = 0; nfirm > 0 && i < d->nel; i += n) {
		n = 1;
		if (!d->el[i].is_name || (i > d->el[i].run && goes_on(d->el[i - 1].tag)))
			continue;
		for (k = 0; k < nfirm && (n = firm_at(d, &firm[k], i)) == 0; k++)
			;
		if (k == nfirm)
			n = 1;
		else if (!goes_on(d->el[i + n - 1].tag))
			tag_name(d, i, i + n, TYPE_ORG);
	}
}
