/* SPDX-License-Identifier: ISC */
/*
 * What stands before a name, and what the name is elsewhere, tells of it.
 */
#include "rules.h"

#include <string.h>

/*
 * A state at element i, behind a party or a town: Ann Lee, R-Texas; (D-CT); Athens, Ga. And a town that
 * a state behind it shows to be one, and no person: of Henderson, Nevada; CAYCE, S.C. (Reuters).
 */
static void
tag_state(struct doc *d, size_t i)
{
	static const char where[][8] = { "in", "of", "from", "near", "at", "outside" };
	struct tokens *ts = &d->ts;
	const struct element *e = &d->el[i];
	struct token *t = &ts->tok[e->tok];
	const struct token *u;
	struct name_hit hit = { 0, 0, 0 };
	size_t from, end = i + 1;

	if ((e->single | e->multi) & (NAME_REGION | NAME_COUNTRY)) {
		hit = doc_match(d, i);
		end = hit_end(d, i, hit);
		if (!(hit.bits & (NAME_REGION | NAME_COUNTRY)))
			return;
	} else if ((t->shape != SHAPE_UPPER && !is_short(ts, t)) || t->end - t->begin > 5 ||
		   name_get(name_hash(SHORT_SALT, t->hash)) == NULL)
		return;
	if (ts->text[t[-1].begin] == '-') {
		if (t->flags & TOKEN_SPACE || t[-2].end - t[-2].begin != 1 ||
		    strchr("RDI", ts->text[t[-2].begin]) == NULL)
			return;
		for (from = i; from > 0 && d->el[from - 1].tok + 2 >= e->tok; from--)
			;
		untag(d, from, i);
		tag_name(d, i, end, TYPE_LOC);
		return;
	}
	if (d->el[i - 1].tok + 2 != e->tok || !d->el[i - 1].is_name)
		return;
	for (from = i - 1; from > d->el[i - 1].run && goes_on(d->el[from - 1].tag); from--)
		;
	u = &ts->tok[d->el[from].tok];
	if (tag_type(d->el[from].tag) == TYPE_LOC) {
		if (!is_tagged(e->tag))
			tag_name(d, i, end, TYPE_LOC);
	} else if (i - from < 3 && (is_tagged(d->el[from].tag) || u->shape == SHAPE_UPPER) &&
		   (u[-1].kind == TOKEN_LINE ? ts->tok[d->el[end - 1].tok + 1].kind == TOKEN_MARK
					     : is_tagged(d->el[from].tag) && !(hit.bits & NAME_COUNTRY) &&
						   LISTED(ts, u - 1, where))) {
		tag_name(d, from, i, TYPE_LOC);
		tag_name(d, i, end, TYPE_LOC);
	}
}

/*
 * A country by its code in brackets, element i, behind a name: Ann Lee (SUI) 2:01.3. Not where it is the
 * initials of an organisation of the text.
 */
static void
tag_code(struct doc *d, size_t i)
{
	struct element *e = &d->el[i];

	if (name_code(&d->ts, e->tok) != NULL && !(d->word[e->word].initials & 1u << TYPE_ORG))
		e->tag = TAG_S_LOC;
}

/*
 * One word alone, which ends a person's name elsewhere, is that person: Maine said, where Doug Maine
 * is, unless a longer name of an organisation has it.
 */
static void
tag_family(struct doc *d, struct element *e)
{
	static const char saying[][8] = { "said", "says", "told", "added", "asked" };
	const uint32_t *n = d->word[e->word].ntag;

	if (n[TAG_B_ORG] + n[TAG_E_ORG] > 0)
		return;
	if (e->single & (NAME_IS_LOC | NAME_IS_ORG)
		? (n[TAG_S_PER] > 0 && n[TAG_S_PER] >= n[TAG_S_ORG] + n[TAG_S_LOC]) ||
		      (!(e->single & NAME_IS_ORG) && LISTED(&d->ts, &d->ts.tok[e->tok + 1], saying))
		: e->tag == TAG_S_ORG || n[TAG_S_PER] >= n[TAG_S_LOC])
		e->tag = TAG_S_PER;
}

/* Is the word in capitals with a colon behind, as who speaks is named in a transcript: KING: Go ahead? */
static bool
is_speaker(const struct doc *d, const struct element *e)
{
	const struct token *t = &d->ts.tok[e->tok];

	return t->shape == SHAPE_UPPER && t[1].kind == TOKEN_MARK && d->ts.text[t[1].begin] == ':' &&
	       e->run + 1 == e->run_end;
}

/* Whoever is addressed or has a rank before element i, Sen. KERRY, is a person, also where the weights say nothing. */
static void
tag_ranked(struct doc *d, size_t i)
{
	const struct tokens *ts = &d->ts;
	const struct token *t = &ts->tok[d->el[i].tok], *r = t - 1;
	size_t end;

	if (r->kind == TOKEN_MARK)
		r--;
	else if (!(r->flags & TOKEN_DOT))
		return;
	if (r->kind != TOKEN_NAME || r->end - r->begin > 5 || tag_type(d->el[i].tag) == TYPE_PER ||
	    t->flags & TOKEN_DOT || t->shape == SHAPE_LETTER || is_addressed(ts, t) ||
	    !is_rank_short(ts->text + r->begin, r->end - r->begin))
		return;
	for (end = i + 1;
	     end < d->el[i].run_end && d->el[end].is_name && d->el[end].tok == d->el[end - 1].tok + 1 &&
	     d->el[end].tag == TAG_O && d->el[i].tag == TAG_O;
	     end++)
		;
	if (!is_tagged(d->el[i].tag) ? WORD_CASE(d->el[i].known) < 6 : d->el[i].tag % 4 == 0)
		tag_name(d, i, end, TYPE_PER);
}

/* The initials before element i are the person's, who is one by them if the word is no other name: S. Holm, N. Korea. */
static void
tag_initials(struct doc *d, size_t i)
{
	const struct element *e = &d->el[i];
	const struct tokens *ts = &d->ts;
	size_t from = i;

	if (ts->tok[e->tok].shape == SHAPE_LETTER) /* one more of them; so none is gone over twice */
		return;
	while (from > e->run && ts->tok[d->el[from - 1].tok].shape == SHAPE_LETTER &&
	       ts->tok[d->el[from - 1].tok].flags & TOKEN_DOT && !is_tagged(d->el[from - 1].tag))
		from--;
	if (from == i || !(ts->tok[d->el[from].tok].flags & TOKEN_SPACE) ||
	    (i + 1 < e->run_end && d->el[i + 1].is_name))
		return;
	if (e->tag == TAG_S_PER ||
	    (!is_tagged(e->tag) && WORD_CASE(e->known) < 4 && ts->tok[e->tok].shape == SHAPE_INITIAL &&
	     !(e->single & (NAME_IS_LOC | NAME_IS_ORG | NAME_DEMONYM | NAME_OTHER))))
		tag_name(d, from, i + 1, TYPE_PER);
}

/* Is the given name of element i one of a storm, behind its kind? Storm alone is none, for Storm may be a name too; Tropical Storm is. */
static bool
is_storm(const struct doc *d, size_t i)
{
	static const char list[][12] = { "Hurricane", "Typhoon", "Cyclone", "Superstorm", "Storm" };
	const struct token *kind = &d->ts.tok[d->el[i].tok] - 1;

	return i > d->el[i].run && !goes_on(d->el[i].tag) && LISTED(&d->ts, kind, list) &&
	       (d->ts.text[kind->begin + 2] != 'o' ||
		(i > d->el[i].run + 1 && is_word(&d->ts, &d->el[i - 2], "Tropical")));
}

enum { STORMS = 8 };

/* Storms are no persons, wherever their names stand alone, unless a person has one too. */
static void
tag_storms(struct doc *d, const uint32_t *storm, size_t n)
{
	const struct doc_word *w;
	size_t i, k;

	for (i = 0; i < d->nel; i++)
		for (k = 0; k < n && (d->el[i].tag == TAG_S_PER || d->el[i].tag == TAG_S_LOC); k++) {
			w = &d->word[storm[k]];
			if (d->el[i].word == storm[k] && w->ntag[TAG_E_PER] + w->ntag[TAG_B_PER] == 0)
				d->el[i].tag = TAG_O;
		}
}

void
tag_by_place(struct doc *d)
{
	const struct tokens *ts = &d->ts;
	const struct token *before;
	struct element *e, *last = d->el + d->nel;
	uint32_t storm[STORMS];
	size_t nstorm = 0, i;
	char c;

	for (e = d->el; e < last; e++) {
		if (!e->is_name)
			continue;
		i = (size_t)(e - d->el);
		before = &ts->tok[e->tok] - 1;
		c = ts->text[before->begin];
		/* most words have none of these before them: one branch, that seldom goes the other way */
		if ((before->kind == TOKEN_MARK) & ((c == '.') | (c == ',') | (c == '-') | (c == '('))) {
			if (c == '.')
				tag_ranked(d, i);
			else if (c == '(')
				tag_code(d, i);
			else if (i > 0)
				tag_state(d, i);
		} else if ((before->kind == TOKEN_NAME) &
			   ((before->shape == SHAPE_LETTER) | ((before->flags & TOKEN_DOT) != 0) |
			    ((e->single & NAME_FIRST) != 0))) {
			if (before->shape == SHAPE_LETTER)
				tag_initials(d, i);
			else if (before->flags & TOKEN_DOT)
				tag_ranked(d, i);
			else if (nstorm < STORMS && is_storm(d, i)) {
				e->tag = e[-1].tag = TAG_O;
				storm[nstorm++] = e->word;
			}
		}
		if (d->word[e->word].ntag[TAG_E_PER] == 0)
			continue;
		if (e->tag == TAG_S_ORG || e->tag == TAG_S_LOC)
			tag_family(d, e);
		else if (!is_tagged(e->tag) && is_speaker(d, e))
			e->tag = TAG_S_PER;
	}
	if (nstorm > 0)
		tag_storms(d, storm, nstorm);
}
