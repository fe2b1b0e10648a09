/* SPDX-License-Identifier: ISC */
/*
 * Names that stand in one are parted.
 */
#include "rules.h"

/* What the gazetteer's name is a name of, for sure; TYPE_NONE. */
static int
hit_type(struct name_hit hit)
{
	return hit.ntoken == 0 || hit.bits & (NAME_DEMONYM | NAME_OTHER) ? TYPE_NONE
	       : hit.bits & (NAME_COUNTRY | NAME_CITY | NAME_REGION)	 ? TYPE_LOC
	       : hit.canon == 0						 ? TYPE_NONE
	       : hit.bits & NAME_IS_ORG					 ? TYPE_ORG
	       : hit.bits & (NAME_PERSON | NAME_LAST)			 ? TYPE_PER
									 : TYPE_NONE;
}

/* The type of the elements [from, to), where the gazetteer has them as one name. */
static int
whole_type(const struct doc *d, size_t from, size_t to)
{
	struct name_hit hit;

	if (from >= to || !d->el[from].is_name)
		return TYPE_NONE;
	hit = doc_match(d, from);
	return hit_end(d, from, hit) == to ? hit_type(hit) : TYPE_NONE;
}

/* Is the word of small letters one that a hyphen puts behind whose something is: Vienna-based, Saudi-led? */
static bool
is_tail(const struct tokens *ts, const struct token *t)
{
	static const char list[][12] = { "based",  "led",	"backed",   "owned", "controlled", "held",
					 "run",	   "born",	"funded",   "era",   "style",	   "listed",
					 "area",   "sponsored", "occupied", "bound", "linked",	   "trained",
					 "allied", "made",	"built",    "only" };

	return LISTED(ts, t, list);
}

/* The first part of what a hyphen makes of two lands: Sino-American, Anglo-Irish. */
static bool
is_land_part(const struct doc *d, const struct element *e)
{
	static const char list[][8] = { "Sino", "Russo", "Anglo", "Franco", "Indo", "Afro", "Euro", "Serbo" };

	return e->single & NAME_DEMONYM || LISTED(&d->ts, &d->ts.tok[e->tok], list);
}

/* Of which party somebody is, before the state or the office. */
static bool
is_member(const struct tokens *ts, const struct element *e)
{
	static const char list[][12] = { "Republican", "Democratic", "Democrat", "GOP" };

	return LISTED(ts, &ts->tok[e->tok], list);
}

/* What is between two whose names a hyphen joins. */
static bool
is_between(const struct tokens *ts, const struct element *e)
{
	static const char list[][12] = { "War",	      "Summit",	  "Deal",     "Talks", "Border",
					 "Agreement", "Treaty",	  "Accord",   "Pact",  "Ties",
					 "Relations", "Conflict", "Ceasefire" };

	return LISTED(ts, &ts->tok[e->tok], list);
}

/* May a person's name begin here: with a given name, initials? */
static bool
is_given(const struct element *e, const struct token *t)
{
	return e->is_name && (e->single & NAME_FIRST || t->shape == SHAPE_LETTER ||
			      t->shape == SHAPE_DOTTED || e->hit_bits & NAME_PERSON);
}

/* The elements [from, at) are a name of the type, or none, those [at, next) are none, those [next, to) are one of the other type, or none. */
static bool
split_at(struct doc *d, size_t from, size_t at, int type, size_t next, size_t to, int other)
{
	untag(d, from, to);
	if (type != TYPE_NONE)
		tag_name(d, from, at, type);
	if (other != TYPE_NONE)
		tag_name(d, next, to, other);
	return true;
}

/* Foo Motors President Ann Lee; Judge Ann Lee that is no organisation; Republican Senator Lee, whose party begins: an office at element k. */
static bool
split_office(struct doc *d, size_t from, size_t k, size_t end, int type, bool member)
{
	const struct tokens *ts = &d->ts;
	size_t j = k + 1;
	int before;

	while (j < end && is_office(ts, &d->el[j]))
		j++;
	if (j == end || (k > from && !d->el[k - 1].is_name))
		return false;
	if (k == from + 1 && member)
		return split_at(d, from, k, TYPE_NONE, j, end, TYPE_PER);
	if (end - j < 2 || !is_given(&d->el[j], &ts->tok[d->el[j].tok]))
		return false;
	if (k == from)
		return end - j < 4 && WORD_CASE(d->el[end - 1].known) < 5 &&
		       split_at(d, from, from, TYPE_NONE, j, end, TYPE_PER);
	before = whole_type(d, from, k);
	if (type == TYPE_ORG ? before == TYPE_NONE || d->word[d->el[from].word].ntag[TAG_S_ORG] > 0
			     : type == TYPE_LOC && before == TYPE_NONE)
		before = type;
	return split_at(d, from, k, before, j, end, TYPE_PER);
}

/* Two that a hyphen at element k joins: San Diego-Tijuana, Israel-Hamas War, Sino-American; the name of the gazetteer ends at element he. */
static bool
split_hyphen(struct doc *d, size_t from, size_t k, size_t end, size_t he, int first)
{
	size_t j = hit_end(d, k + 1, doc_match(d, k + 1));
	int second;

	if (k == he && first != TYPE_NONE) {
		if (j + 1 != end || !is_between(&d->ts, &d->el[j]))
			j = end;
		second = whole_type(d, k + 1, j);
		if (second != TYPE_NONE) {
			untag(d, from, end);
			return split_at(d, from, k, first, k + 1, j, second);
		}
	}
	if (k != from + 1 || j != end || d->el[from].multi || !is_land_part(d, &d->el[from]))
		return false;
	if (d->el[k + 1].single & NAME_DEMONYM)
		return split_at(d, from, from, TYPE_NONE, end, end, TYPE_NONE);
	return d->el[k + 1].hit_bits & NAME_COUNTRY &&
	       split_at(d, from, from, TYPE_NONE, k + 1, end, TYPE_LOC);
}

/* A headline's words of all kinds behind a person: Putin Sacks, Obama White House; the name of the gazetteer ends at element he. */
static bool
split_title(struct doc *d, size_t from, size_t he, size_t end)
{
	size_t k;

	for (k = he + 1; k < end && whole_type(d, k, end) == TYPE_NONE; k++)
		;
	return split_at(d, from, he, TYPE_PER, k, end, whole_type(d, k, end));
}

/* Does the joint stand between two names as well as in one: Prague and Bonn, SEATTLE AT BOSTON? */
static bool
is_between_names(const struct tokens *ts, const struct token *t)
{
	const char *p = ts->text + t->begin;

	return t->end - t->begin == 3 ? (p[0] | 0x20) == 'a' && (p[1] | 0x20) == 'n' && (p[2] | 0x20) == 'd'
				      : t->end - t->begin == 2 && p[0] == 'A' && p[1] == 'T';
}

/*
 * Part names that stand in one, the elements [from, end): a rank behind a name, Minnesota Rep. ...; Vienna-based Foo
 * Systems; Prague and Bonn; what begins another sentence, Fla. But ... The gazetteer's name ends at element he. Returns whether it did.
 */
bool
split_name(struct doc *d, size_t from, size_t end, int type, struct name_hit hit, size_t he)
{
	struct tokens *ts = &d->ts;
	const struct token *t = &ts->tok[d->el[end - 1].tok];
	size_t k;
	int first;
	bool member;

	if (is_short(ts, t) && t[1].kind != TOKEN_LINE &&
	    is_rank_short(ts->text + t->begin, t->end - t->begin)) {
		for (k = end - 1; k > from && (!d->el[k - 1].is_name || is_office(ts, &d->el[k - 1])); k--)
			;
		first = whole_type(d, from, k);
		return split_at(d, from, k,
				k == from	     ? TYPE_NONE
				: first != TYPE_NONE ? first
						     : type,
				end, end, TYPE_NONE);
	}
	if (end - from < 2 || he >= end)
		return false;
	first = hit_type(hit);
	member = he == from + 1 && hit.bits & (NAME_OTHER | NAME_PARTY) && is_member(ts, &d->el[from]);
	for (k = from + (type == TYPE_PER); k + 1 < end; k++) {
		t = &ts->tok[d->el[k].tok];
		if (d->el[k].is_name) { /* a word that is never small is no office */
			if ((end - k > 2 || member) &&
			    (WORD_CASE(d->el[k].known) > 1 || t->flags & TOKEN_DOT) &&
			    is_office(ts, &d->el[k]) && split_office(d, from, k, end, type, member))
				return true;
		} else if (!d->el[k + 1].is_name)
			;
		else if (ts->text[t->begin] == '-') {
			if (split_hyphen(d, from, k, end, he, first))
				return true;
		} else if (ts->text[t[-1].begin] == '-' && k > from + 1 && is_tail(ts, t)) {
			first = whole_type(d, from, k - 1);
			return split_at(d, from, k - 1,
					first == TYPE_NONE && is_word(ts, &d->el[k], "based") ? TYPE_LOC
											      : first,
					k + 1, end, type);
		} else if (k == he && first != TYPE_NONE && is_between_names(ts, t) &&
			   first == whole_type(d, k + 1, end))
			return split_at(d, from, k, first, k + 1, end, first);
	}
	t = &ts->tok[d->el[from].tok];
	if (he == from + 1 && hit.bits & NAME_REGION && t->flags & TOKEN_DOT && d->el[he].is_name &&
	    WORD_CASE(d->el[he].known) >= 6)
		return split_at(d, from, he, TYPE_LOC, end, end, TYPE_NONE);
	if (member && whole_type(d, from + 1, end) == TYPE_LOC)
		return split_at(d, from, from, TYPE_NONE, from + 1, end, TYPE_LOC);
	return t->flags & TOKEN_TITLE && first == TYPE_PER && d->el[he].is_name &&
	       WORD_CASE(d->el[he].known) >= 5 && split_title(d, from, he, end);
}
