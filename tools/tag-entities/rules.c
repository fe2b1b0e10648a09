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

/*
 * What a name cannot be, whatever the weights say: an office is not part of a person's
 * name, nor are two persons with a hyphen between them one; whose something is is another name than the thing; what the
 * gazetteer knows as one kind of thing alone is of that kind.
 */
static void
tag_rules(struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct name_hit hit;
	struct token *t;
	size_t i, k, end, from;
	int type, known;

	for (i = 0; i < d->nel; i = end) {
		end = i + 1;
		if (d->el[i].tag == TAG_O || d->el[i].tag >= TAG_B_MISC)
			continue;
		end = name_stop(d, i);
		type = tag_type(d->el[i].tag);
		from = i;
		t = &ts->tok[d->el[i].tok];
		/* a space was lost behind a year: 2009United States */
		if (end - i > 1 && t->kind == TOKEN_NUMBER && t->end - t->begin == 4 &&
		    t[1].flags & TOKEN_GLUED) {
			d->el[i].tag = TAG_O;
			tag_name(d, i + 1, end, type);
			end = i + 1;
			continue;
		}
		hit = doc_match(d, i);
		k = hit_end(d, i, hit);
		if (((end - i > 1 && k < end) || is_short(ts, &ts->tok[d->el[end - 1].tok])) &&
		    split_name(d, i, end, type, hit, k)) {
			end = i;
			continue;
		}
		if (k > end)
			k = end;
		/* a place in capitals heads a dispatch: VILNIUS - , ANKARA Negotiators */
		if (t[-1].kind == TOKEN_LINE && t->shape == SHAPE_UPPER && hit.ntoken > 0 &&
		    hit.bits & NAME_IS_LOC && t->end - t->begin > 3 &&
		    t[hit.ntoken - 1].shape == SHAPE_UPPER &&
		    (k == end ? t[hit.ntoken].kind == TOKEN_MARK
			      : ts->tok[d->el[k].tok].shape == SHAPE_INITIAL) &&
		    (k == end || !(t->flags & TOKEN_TITLE))) {
			tag_name(d, i, k, TYPE_LOC);
			if (k == end)
				continue;
			if (end - k == 1 && WORD_CASE(d->el[k].known) >= 5)
				d->el[k].tag = TAG_O;
			else
				tag_name(d, k, end, type);
			continue;
		}
		/* Saudi Arabia's Civil Defense Authority, Kiev the Commission */
		for (k = i + 1; k + 1 < end; k++)
			if (ts->tok[d->el[k].tok].kind == TOKEN_POSS ||
			    (d->el[k - 1].is_name && !d->el[k].is_name && is_the(ts, &ts->tok[d->el[k].tok])))
				break;
		if (k + 1 < end) {
			known = d->el[i].tok + hit.ntoken != d->el[k].tok  ? TYPE_NONE
				: hit.bits & (NAME_COUNTRY | NAME_CITY)	   ? TYPE_LOC
				: hit.canon != 0 && hit.bits & NAME_IS_ORG ? TYPE_ORG
									   : TYPE_NONE;
			if (known == TYPE_NONE && type == TYPE_PER &&
			    ts->tok[d->el[k].tok].kind == TOKEN_POSS)
				known = TYPE_ORG;
			if (known != TYPE_NONE) {
				tag_name(d, i, k, known);
				d->el[k].tag = TAG_O;
				from = k + 1;
				tag_name(d, from, end, type);
			}
		}
		if (type == TYPE_ORG && end - from == 1 && t->shape == SHAPE_UPPER &&
		    is_office_short(ts->text + t->begin, t->end - t->begin)) {
			d->el[from].tag = TAG_O;
			continue;
		}
		/* Senate Majority Leader */
		k = end;
		if (type == TYPE_ORG && end > from + 1)
			k -= is_word(ts, &d->el[end - 1], "Leader") || is_word(ts, &d->el[end - 1], "Whip");
		if (type == TYPE_ORG && k > from + 1 &&
		    (is_word(ts, &d->el[k - 1], "Majority") || is_word(ts, &d->el[k - 1], "Minority")) &&
		    k < d->nel && (is_word(ts, &d->el[k], "Leader") || is_word(ts, &d->el[k], "Whip"))) {
			while (end >= k)
				d->el[--end].tag = TAG_O;
			tag_name(d, from, end, type);
		}
		/* Can Ukraine ... */
		if (from == i && end - from > 1 && t->flags & (TOKEN_START | TOKEN_TITLE) &&
		    is_asking(ts, t)) {
			hit = doc_match(d, from + 1);
			known = hit.canon == 0 || hit.bits & NAME_DEMONYM ||
					hit.ntoken != d->el[end - 1].tok - d->el[from].tok
				    ? TYPE_NONE
				: hit.bits & (NAME_COUNTRY | NAME_CITY) ? TYPE_LOC
				: hit.bits & (NAME_PERSON | NAME_LAST)	? TYPE_PER
				: hit.bits & NAME_IS_ORG		? TYPE_ORG
									: TYPE_NONE;
			if (known != TYPE_NONE) {
				d->el[from++].tag = TAG_O;
				tag_name(d, from, end, type = known);
			}
		}
		if (type == TYPE_PER) {
			/* the Zelenskyy-Putin meeting */
			for (k = from + 1; k + 1 < end; k++)
				if (ts->text[ts->tok[d->el[k].tok].begin] == '-' &&
				    is_family(d, &d->el[k - 1]) && is_family(d, &d->el[k + 1])) {
					tag_name(d, from, k, type);
					d->el[k].tag = TAG_O;
					from = k + 1;
					tag_name(d, from, end, type);
				}
			for (k = from; k + 1 < end && is_office(ts, &d->el[k]); k++)
				;
			if (k > from && d->el[k].is_name) {
				for (; from < k; from++)
					d->el[from].tag = TAG_O;
				tag_name(d, from, end, type);
			}
		}
		/* The Associated Press, but not of what is called so whole: The Economist */
		if (from == i && type == TYPE_ORG && end - from > 1 && d->el[from + 1].is_name &&
		    t->end - t->begin == 3 && memcmp(ts->text + t->begin, "The", 3) == 0 &&
		    !(hit.ntoken == d->el[end - 1].tok + 1 - d->el[from].tok && hit.canon != 0 &&
		      memcmp(name_canon(hit.canon).p, "The ", 4) == 0)) {
			d->el[from++].tag = TAG_O;
			tag_name(d, from, end, type);
		}
		/* Illinois Republicans, Senate Democrats */
		if (end - from > 1 && d->el[end - 1].hit_n == 1 && d->el[end - 1].hit_bits & NAME_OTHER &&
		    !(d->el[end - 1].hit_bits & ~(unsigned)(NAME_OTHER | NAME_PARTY | NAME_DEMONYM)) &&
		    !d->el[end - 1].multi) {
			hit = doc_match(d, from);
			known = hit.ntoken != d->el[end - 1].tok - d->el[from].tok    ? TYPE_NONE
				: hit.bits & (NAME_COUNTRY | NAME_CITY | NAME_REGION) ? TYPE_LOC
				: hit.bits & NAME_IS_ORG			      ? TYPE_ORG
										      : TYPE_NONE;
			if (known != TYPE_NONE) {
				d->el[--end].tag = TAG_O;
				tag_name(d, from, end, known);
				type = known;
			}
		}
		/* a name of one known kind */
		if (!d->el[from].single && !d->el[from].multi)
			continue;
		hit = doc_match(d, from);
		if (hit.canon == 0 || hit.ntoken != d->el[end - 1].tok + 1 - d->el[from].tok)
			continue;
		/* of a people or party too: Democratic, Pashtun */
		if ((hit.bits & ~(unsigned)(NAME_PARTY | NAME_DEMONYM)) == NAME_OTHER) {
			for (k = from; k < end; k++)
				d->el[k].tag = TAG_O;
			continue;
		}
		known = hit.bits & NAME_IS_ORG ? TYPE_ORG : 0;
		if (hit.bits & (NAME_COUNTRY | NAME_REGION))
			known = known ? TYPE_NONE : TYPE_LOC;
		if (hit.bits & (NAME_CITY | NAME_FIRST | NAME_LAST | NAME_DEMONYM | NAME_NATURE | NAME_PLACE))
			known = TYPE_NONE;
		if (hit.bits & NAME_PERSON)
			known = known || hit.ntoken < 2 ? TYPE_NONE : TYPE_PER;
		if (known != TYPE_NONE && known != type)
			tag_name(d, from, end, known);
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
