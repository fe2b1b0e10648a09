/* SPDX-License-Identifier: ISC */
/*
 * What a name is and cannot be, whatever the weights say.
 */
#include "feats.h"

#include <string.h>

#include "u8.h"

static bool
is_the(const struct tokens *ts, const struct token *t)
{
	const char *p = ts->text + t->begin;

	return t->end - t->begin == 3 && (p[0] | 0x20) == 't' && p[1] == 'h' && p[2] == 'e';
}

#define KNOWN (NAME_IS_LOC | NAME_PARTY | NAME_COMPANY | NAME_MEDIA | NAME_ORG)

/* Give the elements [from, to) one name's tags. */
static void
tag_name(struct doc *d, size_t from, size_t to, int type)
{
	size_t k;

	for (k = from; k < to; k++)
		d->el[k].tag = (uint8_t)(type * 4 - 3 +
					 (to - from == 1 ? 3
					  : k == from	 ? 0
					  : k + 1 == to	 ? 2
							 : 1));
}

static bool
is_tagged(int tag)
{
	return tag != TAG_O && tag < TAG_B_MISC;
}

/* Is the name not ended by an element so tagged? */
static bool
goes_on(unsigned tag)
{
	return tag != TAG_O && tag < TAG_B_MISC && (tag - 1) % 4 < 2;
}

/* The element behind the gazetteer's name that begins at element i, of the same run. */
static size_t
hit_end(const struct doc *d, size_t i, struct name_hit hit)
{
	size_t k;

	for (k = i; k < d->el[i].run_end && d->el[k].tok < d->el[i].tok + hit.ntoken; k++)
		;
	return k;
}

/* A family name of the gazetteer, and nothing else. */
static bool
is_known_person(const struct element *e)
{
	return e->hit_n == 1 && e->hit_canon != 0 && e->hit_bits & (NAME_LAST | NAME_PERSON) &&
	       !(e->hit_bits & ~(unsigned)(NAME_LAST | NAME_PERSON)) && WORD_CASE(e->known) < 4;
}

/* Is it a place in capitals that opens a line and that the marks of a dispatch follow? WASHINGTON - , ST. LOUIS (Reuters) */
static bool
heads_dispatch(const struct doc *d, size_t i)
{
	const struct tokens *ts = &d->ts;
	const struct name_hit hit = doc_match(d, i);
	const struct token *t = &ts->tok[d->el[i].tok], *end = t + hit.ntoken;

	if (hit.ntoken == 0 || !(hit.bits & NAME_IS_LOC) || end[-1].end - t->begin < 4 ||
	    end[-1].shape != SHAPE_UPPER)
		return false;
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
		if (t[-1].kind == TOKEN_LINE && t->shape == SHAPE_UPPER && (e->single | e->multi) & NAME_IS_LOC &&
		    heads_dispatch(d, i)) {
			end = hit_end(d, i, doc_match(d, i));
			tag_name(d, i, end, TYPE_LOC);
			i = end - 1;
			continue;
		}
		if (!is_tagged(e->tag) && t->flags & TOKEN_CAPS && is_known_person(e) &&
		    (i == e->run || !is_tagged(e[-1].tag)) && t[1].kind != TOKEN_NAME)
			e->tag = TAG_S_PER;
		if (is_tagged(e->tag) || !e->is_name || !((e->single | e->multi) & KNOWN) ||
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
		if (end - i != hit.ntoken)
			continue;
		tag_name(d, i, end, hit.bits & NAME_IS_LOC ? TYPE_LOC : TYPE_ORG);
	}
}

/* What somebody is rather than who. */
static const char *const office[] = {
	"secretary",	  "general",	 "president",	 "minister",	"ministers",	 "ambassador",
	"spokesman",	  "spokeswoman", "spokesperson", "chairman",	"chairwoman",	 "chair",
	"director",	  "manager",	 "governor",	 "senator",	"mayor",	 "chancellor",
	"premier",	  "envoy",	 "commissioner", "congressman", "congresswoman", "lawmaker",
	"deputy",	  "chief",	 "officer",	 "coach",	"captain",	 "editor",
	"reporter",	  "professor",	 "analyst",	 "attorney",	"lawyer",	 "prosecutor",
	"judge",	  "justice",	 "speaker",	 "leader",	"commander",	 "colonel",
	"lieutenant",	  "sergeant",	 "major",	 "admiral",	"marshal",	 "brigadier",
	"representative", "counsel",	 "head",	 "co-founder",	"founder",	 "correspondent",
	"spokesmen",	  "striker",	 "midfielder",	 "defender",	"goalkeeper",	 "forward",
	"winger",	  "actor",	 "actress",	 "singer",	"author",	 "vice",
	"assemblyman",	  "assemblywoman", "councilman",  "councilwoman", "councillor",	 "alderman",
	"sheriff",	  "detective",	 "constable",	 "inspector",	"superintendent", "trooper",
	"corporal",	  "archbishop",	 "bishop",	 "cardinal",	"rabbi",	 "comptroller",
	"treasurer",	  "candidate",	 "chairperson",	 "president-elect", "shadow",	 "columnist"
};
/* Those that begin with a letter: a bit for each length, since most words are of none; 1 + the number of the first, and of the next behind each. */
static uint32_t office_size[26];
static uint8_t office_first[26], office_next[sizeof office / sizeof office[0]];

static void __attribute__((constructor)) office_fill(void)
{
	unsigned i, letter;

	for (i = 0; i < sizeof office / sizeof office[0]; i++) {
		letter = (unsigned)office[i][0] - 'a';
		office_size[letter] |= 1u << strlen(office[i]);
		office_next[i] = office_first[letter];
		office_first[letter] = (uint8_t)(i + 1);
	}
}

/* A rank or an address in short, with or without its full stop. */
static bool
is_rank_short(const char *p, size_t n)
{
	static const char list[][5] = { "Lt",	"Cmdr", "Gen", "Col", "Capt", "Sgt", "Maj", "Adm",
					"Rep",	"Sen",	"Gov", "Dr",  "Mr",   "Mrs", "Ms",  "Prof",
					"Brig", "Spc",	"Pvt", "Cpl", "Rev",  "Hon", "Fr",  "Pte",
					"Supt", "Insp", "Det", "Sir", "Dame", "Reps",
					"Sens", "Govs", "Gens", "Cols", "Drs" };
	size_t i, k;

	n -= n > 0 && p[n - 1] == '.';
	for (i = 0; n < sizeof list[0] && i < sizeof list / sizeof list[0]; i++)
		if (p[0] == list[i][0] && list[i][n] == '\0') {
			for (k = 1; k < n && (p[k] | 0x20) == list[i][k]; k++)
				;
			if (k == n)
				return true;
		}
	return false;
}

/* An office in short. */
static bool
is_office_short(const char *p, size_t n)
{
	static const char list[][4] = { "FM", "PM", "MP", "MPs", "MEP", "CEO", "CFO", "COO", "CTO", "VP" };
	size_t i;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (p[0] == list[i][0] && strnlen(list[i], sizeof list[i]) == n && memcmp(p, list[i], n) == 0)
			return true;
	return false;
}

static bool
is_word(const struct tokens *ts, const struct element *e, const char *word)
{
	const struct token *t = &ts->tok[e->tok];
	size_t n = strlen(word);

	return t->end - t->begin == n && memcmp(ts->text + t->begin, word, n) == 0;
}

/* A word that begins a question, and a name only where more of one follows: Will Smith. */
static bool
is_asking(const struct tokens *ts, const struct token *t)
{
	static const char list[][7] = { "Can", "Will", "Should", "Could", "Would", "Does", "Did",
					"Is",  "Are",  "Was",	 "Were",  "Has",   "Have", "How",
					"Why", "What", "When",	 "Where", "Who" };
	size_t i, n = t->end - t->begin;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (strnlen(list[i], sizeof list[i]) == n && memcmp(ts->text + t->begin, list[i], n) == 0)
			return true;
	return false;
}

/* The word is no part of a person's name that follows. */
static bool
is_office(const struct tokens *ts, const struct element *e)
{
	const struct token *t = &ts->tok[e->tok];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, i, k;

	if (t->shape == SHAPE_UPPER)
		return is_office_short(p, n);
	if (!e->is_name || t->shape != SHAPE_INITIAL || n < 2)
		return false;
	if (is_rank_short(p, n))
		return true;
	if (n < 4)
		return false;
	if (n < 32 && ascii_upper(p[0]) && office_size[p[0] - 'A'] >> n & 1)
		for (i = office_first[p[0] - 'A']; i > 0; i = office_next[i - 1]) {
			for (k = 1; k < n && (p[k] | 0x20) == office[i - 1][k]; k++)
				;
			if (k == n && office[i - 1][k] == '\0')
				return true;
		}
	/* biologist, economist */
	return n > 6 && memcmp(p + n - 3, "ist", 3) == 0 && WORD_CASE(e->known) >= 5;
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
	struct element *e;
	size_t i;

	for (i = 1; i + 1 < d->nel; i++) {
		e = &d->el[i];
		if (e->is_name || ts->text[ts->tok[e->tok].begin] != '-' || e->run >= i ||
		    e->run_end <= i + 1 || !is_known_person(e - 1) || !is_known_person(e + 1))
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

/* What the gazetteer's name is a name of, for sure; TYPE_NONE. */
static int
hit_type(struct name_hit hit)
{
	return hit.ntoken == 0 || hit.bits & (NAME_DEMONYM | NAME_OTHER)   ? TYPE_NONE
	       : hit.bits & (NAME_COUNTRY | NAME_CITY | NAME_REGION)	   ? TYPE_LOC
	       : hit.canon == 0						   ? TYPE_NONE
	       : hit.bits & NAME_IS_ORG					   ? TYPE_ORG
	       : hit.bits & (NAME_PERSON | NAME_LAST)			   ? TYPE_PER
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

static void
untag(struct doc *d, size_t from, size_t to)
{
	for (; from < to; from++)
		d->el[from].tag = TAG_O;
}

/* Is the word of small letters one that a hyphen puts behind whose something is: Vienna-based, Saudi-led? */
static bool
is_tail(const struct tokens *ts, const struct token *t)
{
	static const char list[][11] = { "based",  "led",	"backed",   "owned", "controlled", "held",
					 "run",	   "born",	"funded",   "era",   "style",	   "listed",
					 "area",   "sponsored", "occupied", "bound", "linked",	   "trained",
					 "allied", "made",	"built",    "only" };
	size_t i, n = t->end - t->begin;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (strnlen(list[i], sizeof list[i]) == n && memcmp(ts->text + t->begin, list[i], n) == 0)
			return true;
	return false;
}

/* The first part of what a hyphen makes of two lands: Sino-American, Anglo-Irish. */
static bool
is_land_part(const struct doc *d, const struct element *e)
{
	static const char *const list[] = { "Sino", "Russo", "Anglo", "Franco", "Indo", "Afro", "Euro", "Serbo" };
	size_t i;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (is_word(&d->ts, e, list[i]))
			return true;
	return e->single & NAME_DEMONYM;
}

/* Of which party somebody is, before the state or the office. */
static bool
is_member(const struct tokens *ts, const struct element *e)
{
	static const char *const list[] = { "Republican", "Democratic", "Democrat", "GOP", "Freshman", "Former" };
	size_t i;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (is_word(ts, e, list[i]))
			return true;
	return false;
}

/* Does a full stop end the word, as a short form? */
static bool
is_short(const struct tokens *ts, const struct token *t)
{
	return t->flags & TOKEN_DOT || (t[1].kind == TOKEN_MARK && ts->text[t[1].begin] == '.');
}

/* May a person's name begin here: with a given name, initials? */
static bool
is_given(const struct element *e, const struct token *t)
{
	return e->is_name &&
	       (e->single & NAME_FIRST || t->shape == SHAPE_LETTER || t->shape == SHAPE_DOTTED ||
		e->hit_bits & NAME_PERSON);
}

/*
 * Names that stand in one: Vienna-based Foo Systems; Prague and Bonn; San Diego-Tijuana; Foo Motors President
 * Ann Lee; a rank behind a name, Minnesota Rep. ...; what begins another sentence, Fla. But ...; a headline's
 * words of all kinds, Putin Sacks.
 */
static void
split_name(struct doc *d, size_t from, size_t end, int type)
{
	struct tokens *ts = &d->ts;
	const struct token *t;
	struct name_hit hit;
	size_t k, j, he;
	int before;

	for (; end > from; end--) {
		t = &ts->tok[d->el[end - 1].tok];
		if (t->end - t->begin > 5 || !d->el[end - 1].is_name || t[1].kind == TOKEN_LINE ||
		    !is_rank_short(ts->text + t->begin, t->end - t->begin) || !is_short(ts, t))
			break;
		d->el[end - 1].tag = TAG_O;
		while (end - 1 > from && !d->el[end - 2].is_name)
			d->el[--end - 1].tag = TAG_O;
		before = end - 1 > from ? whole_type(d, from, end - 1) : TYPE_NONE;
		if (end - 1 > from)
			tag_name(d, from, end - 1, type = before != TYPE_NONE ? before : type);
	}
	if (end - from < 2)
		return;
	hit = doc_match(d, from);
	he = hit_end(d, from, hit);
	if (he >= end)
		return;
	for (k = from; k < end; k++) {
		t = &ts->tok[d->el[k].tok];
		if (d->el[k].is_name) {
			if (!is_office(ts, &d->el[k]) || (k > from && !d->el[k - 1].is_name))
				continue;
			for (j = k + 1; j < end && is_office(ts, &d->el[j]); j++)
				;
			if (end - j < 2 ? j == end || k == from || !is_member(ts, &d->el[from])
					: !is_given(&d->el[j], &ts->tok[d->el[j].tok]) ||
						  (k == from && (type == TYPE_PER || end - j > 3 ||
								 WORD_CASE(d->el[end - 1].known) > 4)))
				continue;
			before = whole_type(d, from, k);
			if ((before == TYPE_NONE && type != TYPE_PER) ||
			    (type == TYPE_ORG && d->word[d->el[from].word].ntag[TAG_S_ORG] > 0))
				before = type;
			if (k > from && is_member(ts, &d->el[from]) && k == from + 1)
				before = TYPE_NONE;
			untag(d, from, j);
			if (before != TYPE_NONE)
				tag_name(d, from, k, before);
			tag_name(d, j, end, TYPE_PER);
			if (k > from + 1)
				split_name(d, from, k, before);
			return;
		}
		/* Vienna-based */
		if (t->kind == TOKEN_LOWER && k > from + 1 && k + 1 < end && ts->text[t[-1].begin] == '-' &&
		    d->el[k + 1].is_name && is_tail(ts, t)) {
			before = whole_type(d, from, k - 1);
			if (before == TYPE_NONE && t->end - t->begin == 5 && is_word(ts, &d->el[k], "based"))
				before = TYPE_LOC;
			untag(d, from, k + 1);
			if (before != TYPE_NONE)
				tag_name(d, from, k - 1, before);
			tag_name(d, k + 1, end, type);
			split_name(d, k + 1, end, type);
			return;
		}
		if (t->kind == TOKEN_LOWER && k == he && is_word(ts, &d->el[k], "and")) {
			before = hit_type(hit);
			if (before != TYPE_NONE && before == whole_type(d, k + 1, end)) {
				tag_name(d, from, k, before);
				d->el[k].tag = TAG_O;
				tag_name(d, k + 1, end, before);
				return;
			}
		}
		/* two places, or a place and whose */
		if (t->kind == TOKEN_MARK && ts->text[t->begin] == '-' && k + 1 < end && d->el[k + 1].is_name) {
			before = k == he ? hit_type(hit) : TYPE_NONE;
			j = hit_end(d, k + 1, doc_match(d, k + 1));
			if (before == TYPE_LOC && whole_type(d, k + 1, end) == TYPE_LOC) {
				tag_name(d, from, k, before);
				d->el[k].tag = TAG_O;
				tag_name(d, k + 1, end, TYPE_LOC);
				return;
			}
			if (k == from + 1 && before == TYPE_NONE && is_land_part(d, &d->el[from]) && j == end &&
			    d->el[k + 1].hit_bits & NAME_COUNTRY) {
				untag(d, from, k + 1);
				tag_name(d, k + 1, end, TYPE_LOC);
				return;
			}
			if (k == from + 1 && end == k + 2 && is_land_part(d, &d->el[from]) &&
			    d->el[k + 1].single & NAME_DEMONYM && !d->el[from].multi) { /* Anglo-Swedish */
				untag(d, from, end);
				return;
			}
		}
	}
	t = &ts->tok[d->el[from].tok];
	/* the end of a sentence: Fla. But Republicans */
	if (he == from + 1 && hit.bits & NAME_REGION && t->flags & TOKEN_DOT && d->el[he].is_name &&
	    WORD_CASE(d->el[he].known) >= 6) {
		untag(d, from, end);
		tag_name(d, from, he, TYPE_LOC);
		return;
	}
	if (is_member(ts, &d->el[from]) && whole_type(d, from + 1, end) == TYPE_LOC) {
		d->el[from].tag = TAG_O;
		tag_name(d, from + 1, end, TYPE_LOC);
		return;
	}
	/* Putin Sacks Minister */
	before = hit_type(hit);
	if (t->flags & TOKEN_TITLE && before == TYPE_PER && d->el[he].is_name &&
	    WORD_CASE(d->el[he].known) >= 5) {
		untag(d, from, end);
		tag_name(d, from, he, before);
		for (k = he + 1; k < end; k++)
			if ((before = whole_type(d, k, end)) != TYPE_NONE)
				break;
		if (k < end)
			tag_name(d, k, end, before);
	}
}

/* The element behind the name that element i begins. */
static size_t
name_stop(const struct doc *d, size_t i)
{
	size_t end = i + 1;

	while (d->el[end - 1].tag % 4 != 0 && d->el[end - 1].tag % 4 != 3 && end < d->el[i].run_end)
		end++;
	return end;
}

static void
tag_split(struct doc *d)
{
	size_t i, end;

	for (i = 0; i < d->nel; i = end) {
		end = i + 1;
		if (!is_tagged(d->el[i].tag))
			continue;
		end = name_stop(d, i);
		split_name(d, i, end, tag_type(d->el[i].tag));
	}
}

/* Is the token one of the small words behind which a place stands? */
static bool
is_where(const struct tokens *ts, const struct token *t)
{
	static const char list[][8] = { "in", "of", "from", "near", "at", "outside" };
	size_t i, n = t->end - t->begin;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (strnlen(list[i], sizeof list[i]) == n && memcmp(ts->text + t->begin, list[i], n) == 0)
			return true;
	return false;
}

/*
 * States in short, which stand behind a party or a town: Ann Lee, R-Texas; (D-CT); Athens, Ga. And towns that
 * a state behind them shows to be one, and no person: of Henderson, Nevada; CAYCE, S.C. (Reuters).
 */
static void
tag_states(struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct token *t, *u;
	const struct element *e;
	struct name_hit hit;
	size_t i, k, from, end;
	bool state;

	for (i = 1; i < d->nel; i++) {
		e = &d->el[i];
		t = &ts->tok[e->tok];
		if (t[-1].kind != TOKEN_MARK || !e->is_name)
			continue;
		end = i + 1;
		hit = (struct name_hit){ 0, 0, 0 };
		if ((e->single | e->multi) & (NAME_REGION | NAME_COUNTRY)) {
			hit = doc_match(d, i);
			end = hit_end(d, i, hit);
			state = end > i && hit.bits & (NAME_REGION | NAME_COUNTRY);
		} else
			state = (t->shape == SHAPE_UPPER || is_short(ts, t)) && t->end - t->begin < 6 &&
				name_get(name_hash(SHORT_SALT, token_hash(ts, t))) != NULL;
		if (!state)
			continue;
		if (ts->text[t[-1].begin] == '-' && !(t->flags & TOKEN_SPACE) && t[-2].end - t[-2].begin == 1 &&
		    strchr("RDI", ts->text[t[-2].begin]) != NULL) {
			for (k = i; k > 0 && d->el[k - 1].tok + 2 >= e->tok; k--)
				d->el[k - 1].tag = TAG_O;
			tag_name(d, i, end, TYPE_LOC);
			continue;
		}
		if (ts->text[t[-1].begin] != ',' || d->el[i - 1].tok + 2 != e->tok || !d->el[i - 1].is_name)
			continue;
		for (from = i - 1; from > d->el[i - 1].run && goes_on(d->el[from - 1].tag); from--)
			;
		u = &ts->tok[d->el[from].tok];
		if (is_tagged(d->el[from].tag) ? tag_type(d->el[from].tag) == TYPE_LOC
					       : u->shape != SHAPE_UPPER || from + 1 < i) {
			if (is_tagged(d->el[from].tag) && !is_tagged(e->tag))
				tag_name(d, i, end, TYPE_LOC);
			continue;
		}
		if (i - from > 2)
			continue;
		u--;
		if (u->kind == TOKEN_LINE ? ts->tok[d->el[end - 1].tok + 1].kind == TOKEN_MARK
					  : is_tagged(d->el[from].tag) && is_where(ts, u) &&
						    !(hit.bits & NAME_COUNTRY)) {
			tag_name(d, from, i, TYPE_LOC);
			tag_name(d, i, end, TYPE_LOC);
		}
	}
}

/* Who says something is somebody. */
static bool
is_saying(const struct tokens *ts, const struct token *t)
{
	static const char list[][6] = { "said", "says", "told", "added", "asked" };
	size_t i, n = t->end - t->begin;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (strnlen(list[i], sizeof list[i]) == n && memcmp(ts->text + t->begin, list[i], n) == 0)
			return true;
	return false;
}

/*
 * One word alone that ends a person's name elsewhere is that person: Maine said, where Doug Maine is, unless
 * a longer name of an organisation has it.
 */
static void
tag_family(struct doc *d)
{
	const struct tokens *ts = &d->ts;
	const uint32_t *n;
	struct element *e;
	size_t i;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		if (e->tag != TAG_S_ORG && e->tag != TAG_S_LOC)
			continue;
		n = d->word[e->word].ntag;
		if (n[TAG_E_PER] == 0 || n[TAG_B_ORG] + n[TAG_E_ORG] > 0)
			continue;
		if (e->single & (NAME_IS_LOC | NAME_IS_ORG)
			? n[TAG_S_PER] >= n[TAG_S_ORG] + n[TAG_S_LOC] || is_saying(ts, &ts->tok[e->tok + 1])
			: e->tag == TAG_S_ORG || n[TAG_S_PER] >= n[TAG_S_LOC])
			e->tag = TAG_S_PER;
	}
}

/* Storms are no persons, here and wherever the name stands alone: Hurricane Elsa, Elsa. */
static void
tag_storms(struct doc *d)
{
	static const char *const kind[] = { "Hurricane", "Typhoon", "Cyclone", "Superstorm", "Storm" };
	uint32_t storm[8];
	size_t i, k, n = 0;
	struct element *e;

	for (i = 1; i < d->nel && n < sizeof storm / sizeof storm[0]; i++) {
		e = &d->el[i];
		if (i == e->run || !e->is_name || !(e->single & NAME_FIRST) || d->el[i - 1].tok + 1 != e->tok)
			continue;
		for (k = 0; k < 5 && !is_word(&d->ts, e - 1, kind[k]); k++)
			;
		/* Storm Daniels, but Tropical Storm Elsa */
		if (k == 5 || (k == 4 && (i - 1 == e->run || !is_word(&d->ts, e - 2, "Tropical"))))
			continue;
		if (is_tagged(e->tag) && e->tag % 4 != 0 && e->tag % 4 != 3)
			continue;
		e->tag = e[-1].tag = TAG_O;
		storm[n++] = e->word;
	}
	for (i = 0; n > 0 && i < d->nel; i++)
		if (d->el[i].tag == TAG_S_PER || d->el[i].tag == TAG_S_LOC)
			for (k = 0; k < n; k++)
				if (d->el[i].word == storm[k] && d->word[storm[k]].ntag[TAG_E_PER] +
								     d->word[storm[k]].ntag[TAG_B_PER] == 0)
					d->el[i].tag = TAG_O;
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
		hit = doc_match(d, i);
		for (k = i; k < end && d->el[k].tok < d->el[i].tok + hit.ntoken; k++)
			;
		/* a place in capitals heads a dispatch: VILNIUS - , ANKARA Negotiators */
		if (hit.ntoken > 0 && hit.bits & NAME_IS_LOC && t->shape == SHAPE_UPPER &&
		    t->end - t->begin > 3 && t[-1].kind == TOKEN_LINE &&
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
		if (hit.bits == NAME_OTHER) {
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

/* Whoever is addressed or has a rank, Sen. KERRY, is a person, also where the weights say nothing. */
static void
tag_ranked(struct doc *d)
{
	const struct tokens *ts = &d->ts;
	const struct token *t, *r;
	size_t i, end;
	bool dot;

	for (i = 0; i < d->nel; i++) {
		t = &ts->tok[d->el[i].tok];
		r = t - 1;
		dot = r->flags & TOKEN_DOT;
		if (r->kind == TOKEN_MARK && ts->text[r->begin] == '.') {
			dot = true;
			r--;
		}
		if (r->kind != TOKEN_NAME || !dot || r->end - r->begin > 5 || !d->el[i].is_name ||
		    tag_type(d->el[i].tag) == TYPE_PER || t->flags & TOKEN_DOT || t->shape == SHAPE_LETTER ||
		    !is_rank_short(ts->text + r->begin, r->end - r->begin))
			continue;
		for (end = i + 1; end < d->el[i].run_end && d->el[end].is_name &&
				  d->el[end].tok == d->el[end - 1].tok + 1 && d->el[end].tag == TAG_O &&
				  d->el[i].tag == TAG_O;
		     end++)
			;
		if (!is_tagged(d->el[i].tag) ? WORD_CASE(d->el[i].known) < 6 : d->el[i].tag % 4 == 0)
			tag_name(d, i, end, TYPE_PER);
	}
}

/*
 * Tables of results and standings: a line of names and numbers alone, each name with a number behind
 * it, two names or more, or three numbers or more behind one. What is no person there is a team,
 * but for countries.
 */
static void
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
		    !(nname == 2 ? nnumber == 2 : nname == 1 && nnumber > 2))
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

/* What is Ventritex Inc. in one place is no place and nobody in another, whatever the weights say. */
static void
tag_firms(struct doc *d)
{
	const struct tokens *ts = &d->ts;
	struct firm firm[FIRMS];
	size_t i, k, n, from, nfirm = 0;

	for (i = 1; i < d->nel && nfirm < FIRMS; i++) {
		if (d->el[i].tag != TAG_E_ORG || name_form(ts, &ts->tok[d->el[i].tok]) == FORM_NONE)
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

void
doc_rules(struct doc *d)
{
	tag_known(d);
	tag_pairs(d);
	tag_split(d);
	tag_rules(d);
	tag_states(d);
	tag_family(d);
	tag_storms(d);
	tag_ranked(d);
	tag_tables(d);
	tag_firms(d);
}
