/* SPDX-License-Identifier: ISC */
/*
 * What a name is and cannot be, whatever the weights say.
 */
#include "rules.h"

#include <string.h>

#define KNOWN (NAME_IS_LOC | NAME_PARTY | NAME_COMPANY | NAME_MEDIA | NAME_ORG)

/* A family name of the gazetteer, and nothing else. */
static bool
is_known_person(const struct element *e)
{
	return e->hit_n == 1 && e->hit_canon != 0 && e->hit_bits & (NAME_LAST | NAME_PERSON) &&
	       !(e->hit_bits & ~(unsigned)(NAME_LAST | NAME_PERSON)) && WORD_CASE(e->known) < 4;
}

bool
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
	if (end->kind != TOKEN_MARK) /* the dash was lost */
		return end->kind == TOKEN_NAME && end->shape == SHAPE_INITIAL && !(t->flags & TOKEN_CAPS) &&
		       hit.canon != 0 && !goes_on(d->el[hit_end(d, i, hit) - 1].tag);
	return strchr("(-", ts->text[end->begin]) != NULL || end->hash == (0x2013u | 1u << 31);
}

/*
 * Organisations and places of facts/ that stand by themselves inside a sentence, and that both
 * passes left untagged, are tagged, and family names in a line of capitals: these names have one meaning. A word that is often small is not
 * sure enough, nor is one beside other capitalised words.
 */
static void
tag_known(struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct name_hit hit;
	struct element *e;
	struct token *t;
	size_t i, end;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		t = &ts->tok[e->tok];
		if (t[-1].kind == TOKEN_LINE && t->shape == SHAPE_UPPER &&
		    (e->single | e->multi) & NAME_IS_LOC && heads_dispatch(d, i)) {
			end = hit_end(d, i, doc_match(d, i));
			tag_name(d, i, end, TYPE_LOC);
			i = end - 1;
			continue;
		}
		if (t->flags & TOKEN_CAPS && !is_tagged(e->tag) && is_known_person(e) &&
		    (i == e->run || !is_tagged(e[-1].tag)) && t[1].kind != TOKEN_NAME)
			e->tag = TAG_S_PER;
		if (is_tagged(e->tag) | !e->is_name | !((e->single | e->multi) & KNOWN) ||
		    (t[-1].kind == TOKEN_NAME && !is_the(ts, t - 1)))
			continue;
		hit = doc_match(d, i);
		if (hit.canon == 0 || !(hit.bits & KNOWN) ||
		    hit.bits & (NAME_DEMONYM | NAME_PERSON | NAME_LAST | NAME_FIRST | NAME_OTHER) ||
		    (hit.bits & NAME_IS_LOC && hit.bits & NAME_IS_ORG))
			continue;
		if (hit.ntoken == 1 && (WORD_CASE(e->known) > 3 || t->flags & (TOKEN_TITLE | TOKEN_CAPS)))
			continue;
		t += hit.ntoken;
		if (t->kind == TOKEN_NAME || t->kind == TOKEN_NUMBER ||
		    (t->kind == TOKEN_MARK && ts->text[t->begin] == '-'))
			continue;
		for (end = i; end < e->run_end && d->el[end].tok < e->tok + hit.ntoken; end++)
			if (d->el[end].tag != TAG_O && d->el[end].tag < TAG_B_MISC)
				break;
		if (end < e->run_end && d->el[end].tok < e->tok + hit.ntoken)
			continue;
		/* what is no element goes with the name all the same: Mar-a-Lago, the Crimean peninsula (mentions_names) */
		tag_name(d, i, end, hit.bits & NAME_IS_LOC ? TYPE_LOC : TYPE_ORG);
	}
}

/* A word that begins a question, and a name only where more of one follows: Will Smith. */
static bool
is_asking(const struct tokens *ts, const struct token *t)
{
	static const char list[][8] = { "Can", "Will", "Should", "Could", "Would", "Does", "Did",
					"Is",  "Are",  "Was",	 "Were",  "Has",   "Have", "How",
					"Why", "What", "When",	 "Where", "Who" };

	return LISTED(ts, t, list);
}

/* Is the word of the element a person's family name, by the gazetteer or by other places of the document? */
static bool
is_family(const struct doc *d, const struct element *e)
{
	const uint32_t *n = d->word[e->word].ntag;

	return e->is_name &&
	       ((e->hit_n == 1 && e->hit_canon != 0 && e->hit_bits & (NAME_LAST | NAME_PERSON)) ||
		n[TAG_E_PER] + n[TAG_S_PER] > 1);
}

/* Two such with a hyphen between them are two persons, whatever the weights say: Zelenskyy-Putin. */
static void
tag_pairs(struct doc *d)
{
	const struct tokens *ts = &d->ts;
	struct element *e, *last = d->el + d->nel;
	size_t i;

	for (e = d->el + 1; e + 1 < last; e++) {
		if (ts->text[ts->tok[e->tok].begin] != '-' || e->is_name)
			continue;
		i = (size_t)(e - d->el);
		if (e->run >= i || e->run_end <= i + 1 || !is_known_person(e - 1) || !is_known_person(e + 1))
			continue;
		/* begun before them or gone on with behind them it is a longer name, but for an article */
		if (goes_on(e[1].tag))
			continue;
		if (i - 1 > e->run && goes_on(e[-2].tag)) {
			if (!is_the(ts, &ts->tok[e[-2].tok]) && ts->tok[e[-2].tok].shape != SHAPE_LETTER)
				continue;
			e[-2].tag = TAG_O;
		}
		tag_name(d, i - 1, i, TYPE_PER);
		e->tag = TAG_O;
		tag_name(d, i + 1, i + 2, TYPE_PER);
	}
}

/* A name to be put right: the elements [from, end), tagged as one of the type. */
struct name {
	size_t from, end;
	int type;
};

static inline void
retag(struct doc *d, const struct name *n, int type)
{
	tag_name(d, n->from, n->end, type);
}

/* The elements before `from` are none of the name. */
static void
cut_front(struct doc *d, struct name *n, size_t from)
{
	untag(d, n->from, from);
	n->from = from;
	retag(d, n, n->type);
}

/* Does the gazetteer's name reach to the end of this one, which it begins with? */
static bool
is_whole(const struct doc *d, const struct name *n, struct name_hit hit)
{
	return hit.ntoken == d->el[n->end - 1].tok + 1 - d->el[n->from].tok;
}

/* A space was lost behind a year: 2009United States. */
static bool
is_behind_year(const struct doc *d, const struct name *n)
{
	const struct token *t = &d->ts.tok[d->el[n->from].tok];

	return n->end - n->from > 1 && t->kind == TOKEN_NUMBER && t->end - t->begin == 4 &&
	       t[1].flags & TOKEN_GLUED;
}

/* A place in capitals heads a dispatch: VILNIUS - , ANKARA Negotiators; the gazetteer's name ends at element he. Returns whether it did. */
static bool
put_dispatch(struct doc *d, const struct name *n, struct name_hit hit, size_t he)
{
	const struct token *t = &d->ts.tok[d->el[n->from].tok];
	const bool whole = he == n->end;

	if (t[-1].kind != TOKEN_LINE || t->shape != SHAPE_UPPER || hit.ntoken == 0 ||
	    !(hit.bits & NAME_IS_LOC) || t->end - t->begin < 4 || t[hit.ntoken - 1].shape != SHAPE_UPPER)
		return false;
	if (whole ? t[hit.ntoken].kind != TOKEN_MARK
		  : d->ts.tok[d->el[he].tok].shape != SHAPE_INITIAL || t->flags & TOKEN_TITLE)
		return false;
	tag_name(d, n->from, he, TYPE_LOC);
	if (n->end - he == 1 && WORD_CASE(d->el[he].known) >= 5)
		d->el[he].tag = TAG_O;
	else if (!whole)
		tag_name(d, he, n->end, n->type);
	return true;
}

/* Whose something is is a name of its own: Saudi Arabia's Civil Defense Authority; Kiev the Commission. */
static void
put_owner(struct doc *d, struct name *n, struct name_hit hit)
{
	const struct tokens *ts = &d->ts;
	bool possessive;
	size_t k;
	int type;

	for (k = n->from + 1; k + 1 < n->end; k++)
		if (ts->tok[d->el[k].tok].kind == TOKEN_POSS ||
		    (d->el[k - 1].is_name && !d->el[k].is_name && is_the(ts, &ts->tok[d->el[k].tok])))
			break;
	if (k + 1 >= n->end)
		return;
	possessive = ts->tok[d->el[k].tok].kind == TOKEN_POSS;
	type = d->el[n->from].tok + hit.ntoken != d->el[k].tok ? TYPE_NONE
	       : hit.bits & (NAME_COUNTRY | NAME_CITY)	       ? TYPE_LOC
	       : hit.canon != 0 && hit.bits & NAME_IS_ORG      ? TYPE_ORG
							       : TYPE_NONE;
	if (type == TYPE_NONE && n->type == TYPE_PER && possessive)
		type = TYPE_ORG;
	if (type == TYPE_NONE)
		return;
	tag_name(d, n->from, k, type);
	n->from = k;
	cut_front(d, n, k + 1);
}

/* Senate Majority Leader: his office begins behind the organisation. */
static void
put_leader(struct doc *d, struct name *n)
{
	const struct tokens *ts = &d->ts;
	size_t k = n->end;

	if (n->type != TYPE_ORG)
		return;
	if (k > n->from + 1)
		k -= is_word(ts, &d->el[k - 1], "Leader") || is_word(ts, &d->el[k - 1], "Whip");
	if (k < n->from + 2 || k >= d->nel ||
	    !(is_word(ts, &d->el[k - 1], "Majority") || is_word(ts, &d->el[k - 1], "Minority")) ||
	    !(is_word(ts, &d->el[k], "Leader") || is_word(ts, &d->el[k], "Whip")))
		return;
	untag(d, k - 1, n->end);
	n->end = k - 1;
	retag(d, n, n->type);
}

/* Can Ukraine ... */
static void
put_question(struct doc *d, struct name *n)
{
	const struct token *t = &d->ts.tok[d->el[n->from].tok];
	struct name_hit hit;
	int type;

	if (n->end - n->from < 2 || !(t->flags & (TOKEN_START | TOKEN_TITLE)) || !is_asking(&d->ts, t))
		return;
	hit = doc_match(d, n->from + 1);
	if (hit.canon == 0 || hit.bits & NAME_DEMONYM ||
	    hit.ntoken != d->el[n->end - 1].tok - d->el[n->from].tok)
		return;
	type = hit.bits & (NAME_COUNTRY | NAME_CITY)  ? TYPE_LOC
	       : hit.bits & (NAME_PERSON | NAME_LAST) ? TYPE_PER
	       : hit.bits & NAME_IS_ORG		      ? TYPE_ORG
						      : TYPE_NONE;
	if (type == TYPE_NONE)
		return;
	n->type = type;
	cut_front(d, n, n->from + 1);
}

/* Persons with a hyphen between them are two, the Zelenskyy-Putin meeting; an office is not part of a person's name, nor one. */
static void
put_person(struct doc *d, struct name *n)
{
	const struct tokens *ts = &d->ts;
	size_t k;

	/* FM Lavrov */
	if (n->type == TYPE_ORG && n->end - n->from == 2 && is_office(ts, &d->el[n->from]) &&
	    is_known_person(&d->el[n->end - 1]))
		n->type = TYPE_PER;
	if (n->type != TYPE_PER)
		return;
	for (k = n->from + 1; k + 1 < n->end; k++)
		if (ts->text[ts->tok[d->el[k].tok].begin] == '-' && is_family(d, &d->el[k - 1]) &&
		    is_family(d, &d->el[k + 1])) {
			tag_name(d, n->from, k, TYPE_PER);
			n->from = k;
			cut_front(d, n, k + 1);
		}
	for (k = n->from; k + 1 < n->end && is_office(ts, &d->el[k]); k++)
		;
	if (k > n->from && d->el[k].is_name)
		cut_front(d, n, k);
	if (n->end - n->from == 1 && is_addressed(ts, &ts->tok[d->el[n->from].tok]))
		untag(d, n->from, n->end);
}

/* Is element i "The", and what begins with it and ends with the name an organisation that is called so whole: The Economist? */
static bool
is_article_part(const struct doc *d, size_t i, const struct name *n)
{
	struct name_hit hit;

	if (!is_word(&d->ts, &d->el[i], "The"))
		return false;
	hit = doc_match(d, i);
	return hit.ntoken == d->el[n->end - 1].tok + 1 - d->el[i].tok && hit.canon != 0 &&
	       hit.bits & NAME_IS_ORG && memcmp(name_canon(hit.canon).p, "The ", 4) == 0;
}

/* The article is no part of The Associated Press, but of The Economist. */
static void
put_article(struct doc *d, struct name *n)
{
	if (n->type != TYPE_ORG)
		return;
	if (n->from > d->el[n->from].run && d->el[n->from - 1].tag == TAG_O &&
	    is_article_part(d, n->from - 1, n)) {
		n->from--;
		retag(d, n, TYPE_ORG);
	} else if (n->end - n->from > 1 && d->el[n->from + 1].is_name &&
		   is_word(&d->ts, &d->el[n->from], "The") && !is_article_part(d, n->from, n))
		cut_front(d, n, n->from + 1);
}

/* Illinois Republicans, Senate Democrats. */
static void
put_members(struct doc *d, struct name *n)
{
	const struct element *last = &d->el[n->end - 1];
	struct name_hit hit;
	int type;

	if (n->end - n->from < 2 || last->hit_n != 1 || last->multi || !(last->hit_bits & NAME_OTHER) ||
	    last->hit_bits & ~(unsigned)(NAME_OTHER | NAME_PARTY | NAME_DEMONYM))
		return;
	hit = doc_match(d, n->from);
	if (hit.ntoken != last->tok - d->el[n->from].tok)
		return;
	type = hit.bits & (NAME_COUNTRY | NAME_CITY | NAME_REGION) ? TYPE_LOC
	       : hit.bits & NAME_IS_ORG				   ? TYPE_ORG
								   : TYPE_NONE;
	if (type == TYPE_NONE)
		return;
	d->el[--n->end].tag = TAG_O;
	n->type = type;
	retag(d, n, type);
}

/* What the gazetteer knows as one kind of thing alone is of that kind, or no name. */
static void
put_known(struct doc *d, const struct name *n)
{
	struct name_hit hit;
	int type;

	if (!d->el[n->from].single && !d->el[n->from].multi)
		return;
	hit = doc_match(d, n->from);
	if (hit.canon == 0 || !is_whole(d, n, hit))
		return;
	/* of a people or party too: Democratic, Pashtun */
	if ((hit.bits & ~(unsigned)(NAME_PARTY | NAME_DEMONYM)) == NAME_OTHER) {
		untag(d, n->from, n->end);
		return;
	}
	type = hit.bits & NAME_IS_ORG ? TYPE_ORG : TYPE_NONE;
	if (hit.bits & (NAME_COUNTRY | NAME_REGION))
		type = type == TYPE_NONE ? TYPE_LOC : TYPE_NONE;
	if (hit.bits & (NAME_CITY | NAME_FIRST | NAME_LAST | NAME_DEMONYM | NAME_NATURE | NAME_PLACE))
		type = TYPE_NONE;
	if (hit.bits & NAME_PERSON)
		type = type != TYPE_NONE || hit.ntoken < 2 ? TYPE_NONE : TYPE_PER;
	if (type != TYPE_NONE && type != n->type)
		retag(d, n, type);
}

/* What a name cannot be, whatever the weights say; name by name. */
static void
tag_rules(struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct name_hit hit;
	struct token *t;
	struct name n;
	size_t i, he;

	for (i = 0; i < d->nel;) {
		if (!is_tagged(d->el[i].tag)) {
			i++;
			continue;
		}
		n = (struct name){ i, name_stop(d, i), tag_type(d->el[i].tag) };
		if (is_behind_year(d, &n)) {
			cut_front(d, &n, ++i);
			continue;
		}
		hit = doc_match(d, i);
		he = hit_end(d, i, hit);
		if (((n.end - i > 1 && he < n.end) || is_short(ts, &ts->tok[d->el[n.end - 1].tok])) &&
		    split_name(d, i, n.end, n.type, hit, he))
			continue;
		i = n.end;
		if (put_dispatch(d, &n, hit, he < n.end ? he : n.end))
			continue;
		put_owner(d, &n, hit);
		t = &ts->tok[d->el[n.from].tok];
		if (n.type == TYPE_ORG && n.end - n.from == 1 && t->shape == SHAPE_UPPER &&
		    is_office_short(ts->text + t->begin, t->end - t->begin)) {
			d->el[n.from].tag = TAG_O;
			continue;
		}
		put_leader(d, &n);
		put_question(d, &n);
		put_person(d, &n);
		put_article(d, &n);
		put_members(d, &n);
		put_known(d, &n);
	}
}

void
doc_rules(struct doc *d)
{
	if (d->nel == 0)
		return;
	tag_known(d);
	tag_pairs(d);
	tag_rules(d);
	tag_by_place(d);
	tag_tables(d);
	tag_firms(d);
}
