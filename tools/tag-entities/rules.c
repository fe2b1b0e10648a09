/* SPDX-License-Identifier: ISC */
/*
 * What a name is and cannot be, whatever the weights say.
 */
#include "rules.h"

#include <string.h>

#define KNOWN (NAME_IS_LOC | NAME_PARTY | NAME_COMPANY | NAME_MEDIA | NAME_ORG)

/*
 * An organisation or a place of facts/ with one meaning that begins at element i, is untagged and
 * ends with a small word: the Democratic party. Such a word is no element; it goes with the name
 * all the same (mentions_names).
 */
static void
tag_small_end(struct doc *d, size_t i)
{
	const struct element *e = &d->el[i];
	const struct name_hit hit = doc_match(d, i);
	size_t end, k;

	if (hit.canon == 0 || hit.ntoken < 2 || d->ts.tok[e->tok + hit.ntoken - 1].kind != TOKEN_LOWER ||
	    !(hit.bits & KNOWN) ||
	    hit.bits & (NAME_DEMONYM | NAME_PERSON | NAME_LAST | NAME_FIRST | NAME_OTHER) ||
	    (hit.bits & NAME_IS_LOC && hit.bits & NAME_IS_ORG))
		return;
	end = hit_end(d, i, hit);
	for (k = i; k < end; k++)
		if (is_tagged(d->el[k].tag))
			return;
	tag_name(d, i, end, hit.bits & NAME_IS_LOC ? TYPE_LOC : TYPE_ORG);
}

/*
 * A country by its code in brackets, element i, behind a name: Ann Lee (SUI) 2:01.3. Not where it
 * is the initials of an organisation of the text.
 */
static void
tag_code(struct doc *d, size_t i)
{
	struct element *e = &d->el[i];

	if (name_code(&d->ts, e->tok) != NULL && !(d->word[e->word].initials & 1u << TYPE_ORG))
		e->tag = TAG_S_LOC;
}

/* A state in short, element i, behind the letter of a party and a hyphen: Chris Murphy (D-CT). */
static void
tag_state(struct doc *d, size_t i)
{
	static const char party[][2] = { "D", "R", "I" };
	struct element *e = &d->el[i];
	const struct token *t = &d->ts.tok[e->tok];

	if (!is_tagged(e->tag) && LISTED(&d->ts, t - 2, party) &&
	    name_get(name_hash(SHORT_SALT, t->hash)) != NULL)
		e->tag = TAG_S_LOC;
}

/*
 * One word alone, which ends a person's name elsewhere, is that person: Maine said, where Doug
 * Maine is, unless a longer name of an organisation has it.
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

/*
 * Is the word in capitals with a colon behind, as who
 * speaks is named in a transcript: KING: Go ahead?
 */
static bool
is_speaker(const struct doc *d, const struct element *e)
{
	const struct token *t = &d->ts.tok[e->tok];

	return t->shape == SHAPE_UPPER && t[1].kind == TOKEN_MARK && d->ts.text[t[1].begin] == ':' &&
	       e->run + 1 == e->run_end;
}

/*
 * Whoever is addressed or has a rank in short before element i,
 * Sen. Young, is a person, also where the weights say nothing.
 */
static void
tag_ranked(struct doc *d, size_t i)
{
	const struct tokens *ts = &d->ts;
	const struct token *t = &ts->tok[d->el[i].tok], *r = t - 1;
	size_t end;

	if (r->kind == TOKEN_MARK && ts->text[r->begin] == '.')
		r--;
	else if (!(r->flags & TOKEN_DOT))
		return;
	if (r->kind != TOKEN_NAME || tag_type(d->el[i].tag) == TYPE_PER || t->flags & TOKEN_DOT ||
	    t->shape == SHAPE_LETTER || is_addressed(ts, t) || !is_rank_short(ts, r))
		return;
	for (end = i + 1;
	     end < d->el[i].run_end && d->el[end].is_name && d->el[end].tok == d->el[end - 1].tok + 1 &&
	     d->el[end].tag == TAG_O && d->el[i].tag == TAG_O;
	     end++)
		;
	if (!is_tagged(d->el[i].tag) ? WORD_CASE(d->el[i].known) < 6 : d->el[i].tag % 4 == 0)
		tag_name(d, i, end, TYPE_PER);
}

/* Words by what the gazetteer, the rest of the document and the marks beside them say. */
static void
tag_words(struct doc *d)
{
	const struct token *before;
	struct element *e;
	bool small, bracket, hyphen, stop, family;
	size_t i;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		before = &d->ts.tok[e->tok] - 1;
		small = !is_tagged(e->tag) & ((e->multi & KNOWN) != 0) & (e->hit_canon != 0);
		bracket = before->hash == MARK_HASH('(');
		hyphen = before->hash == MARK_HASH('-');
		stop = (before->hash == MARK_HASH('.')) | ((before->flags & TOKEN_DOT) != 0);
		family = (d->word[e->word].ntag[TAG_E_PER] > 0) &
			 (!is_tagged(e->tag) | (e->tag == TAG_S_ORG) | (e->tag == TAG_S_LOC));
		/* one branch: most words have none of it */
		if (!(e->is_name & (small | bracket | hyphen | stop | family)))
			continue;
		if (small)
			tag_small_end(d, i);
		if (bracket)
			tag_code(d, i);
		else if (hyphen)
			tag_state(d, i);
		else if (stop)
			tag_ranked(d, i);
		if (d->word[e->word].ntag[TAG_E_PER] == 0)
			continue;
		if (e->tag == TAG_S_ORG || e->tag == TAG_S_LOC)
			tag_family(d, e);
		else if (!is_tagged(e->tag) && is_speaker(d, e))
			e->tag = TAG_S_PER;
	}
}

/*
 * Is the word of the element a person's family name,
 * by the gazetteer or by other places of the document?
 */
static bool
is_family(const struct doc *d, const struct element *e)
{
	const uint32_t *n = d->word[e->word].ntag;

	return e->is_name &&
	       ((e->hit_n == 1 && e->hit_canon != 0 && e->hit_bits & (NAME_LAST | NAME_PERSON)) ||
		n[TAG_E_PER] + n[TAG_S_PER] > 1);
}

/*
 * Persons with a hyphen between them are two, the Zelenskyy-Putin
 * meeting. Returns the end of the first in the name [from, end).
 */
static size_t
part_persons(struct doc *d, size_t from, size_t end)
{
	size_t k;

	for (k = from + 1; k + 1 < end; k++)
		if (d->ts.tok[d->el[k].tok].hash == MARK_HASH('-') && is_family(d, &d->el[k - 1]) &&
		    is_family(d, &d->el[k + 1])) {
			tag_name(d, from, k, TYPE_PER);
			untag(d, k, k + 1);
			tag_name(d, k + 1, end, TYPE_PER);
			return k;
		}
	return end;
}

/*
 * Places of the gazetteer with a hyphen between them, one of several words, are
 * two where they are none together, the San Diego-Tijuana border: the name [from, end).
 */
static void
part_places(struct doc *d, size_t from, size_t end)
{
	const struct name_hit first = doc_match(d, from);
	const size_t k = hit_end(d, from, first);
	struct name_hit second;

	if (!(first.bits & NAME_IS_LOC) || k + 1 >= end || d->ts.tok[d->el[k].tok].hash != MARK_HASH('-'))
		return;
	second = doc_match(d, k + 1);
	if (!(second.bits & NAME_IS_LOC) || hit_end(d, k + 1, second) != end ||
	    first.ntoken + second.ntoken < 3)
		return;
	tag_name(d, from, k, TYPE_LOC);
	untag(d, k, k + 1);
	tag_name(d, k + 1, end, TYPE_LOC);
}

/*
 * An office or a rank is not part of the person's name
 * [from, end), nor a name: Cmdr. Ann Lee, Mr. Chairman.
 */
static void
cut_office(struct doc *d, size_t from, size_t end)
{
	size_t k;

	for (k = from; k + 1 < end && is_office(&d->ts, &d->el[k]); k++)
		;
	if (k > from && d->el[k].is_name) {
		untag(d, from, k);
		tag_name(d, k, end, TYPE_PER);
	} else if (end - from <= 2 && is_addressed(&d->ts, &d->ts.tok[d->el[from].tok]))
		untag(d, from, end);
}

/* What is no part of a name, or none: FM alone is an office, Rtd. before Col. Lee a rank. */
static void
cut_names(struct doc *d)
{
	const struct doc_name *m;
	size_t from, end;

	for (m = d->name; m < d->name + d->nname; m++) {
		if (m->end - m->from == 1 && is_title_short(&d->ts, &d->ts.tok[d->el[m->from].tok]))
			untag(d, m->from, m->end);
		else if (tag_type(d->el[m->from].tag) == TYPE_PER)
			for (from = m->from; from < m->end; from = end + 1) {
				end = part_persons(d, from, m->end);
				cut_office(d, from, end);
			}
		else if (tag_type(d->el[m->from].tag) == TYPE_LOC && m->end - m->from > 3)
			part_places(d, m->from, m->end);
	}
}

void
doc_rules(struct doc *d)
{
	cut_names(d);
	tag_words(d);
	tag_tables(d);
}
