/* SPDX-License-Identifier: ISC */
/*
 * What a name is and cannot be, whatever the weights say.
 */
#include "feats.h"

#include <string.h>

#include "u8.h"

/* Is the token, as it is written, one of the n words of the list, each in `width` bytes with a NUL behind it? */
static bool
is_listed(const struct tokens *ts, const struct token *t, const char *list, size_t width, size_t n)
{
	const char *p = ts->text + t->begin, *end = list + n * width;
	size_t size = t->end - t->begin;

	for (; size < width && list < end; list += width)
		if (list[0] == p[0] && list[size] == '\0' && memcmp(p, list, size) == 0)
			return true;
	return false;
}
#define LISTED(ts, t, list) \
	is_listed(ts, t, (const char *)(list), sizeof((list)[0]), sizeof(list) / sizeof((list)[0]))

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

	if (hit.ntoken < 2)
		return i + hit.ntoken;
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

/* Is it a place in capitals that opens a line and that the marks of a dispatch or its year follow? WASHINGTON - , ST. LOUIS (Reuters), ROME 1996-08-30 */
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
		return end->end - end->begin == 4 && memchr("12", ts->text[end->begin], 2) != NULL;
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
		if (end < e->run_end && d->el[end].tok < e->tok + hit.ntoken)
			continue;
		/* what is no element goes with the name all the same: Mar-a-Lago, the Crimean peninsula (mentions_names) */
		tag_name(d, i, end, hit.bits & NAME_IS_LOC ? TYPE_LOC : TYPE_ORG);
	}
}

/* What somebody is rather than who. */
static const char *const office[] = {
	"secretary",	"general",	  "president",	     "minister",       "ministers",
	"ambassador",	"spokesman",	  "spokeswoman",     "spokesperson",   "chairman",
	"chairwoman",	"chair",	  "director",	     "manager",	       "governor",
	"senator",	"mayor",	  "chancellor",	     "premier",	       "envoy",
	"commissioner", "congressman",	  "congresswoman",   "lawmaker",       "deputy",
	"chief",	"officer",	  "coach",	     "captain",	       "editor",
	"reporter",	"professor",	  "analyst",	     "attorney",       "lawyer",
	"prosecutor",	"judge",	  "justice",	     "speaker",	       "leader",
	"commander",	"colonel",	  "lieutenant",	     "sergeant",       "major",
	"admiral",	"marshal",	  "brigadier",	     "representative", "counsel",
	"head",		"co-founder",	  "founder",	     "correspondent",  "spokesmen",
	"striker",	"midfielder",	  "defender",	     "goalkeeper",     "forward",
	"winger",	"actor",	  "actress",	     "singer",	       "author",
	"vice",		"assemblyman",	  "assemblywoman",   "councilman",     "councilwoman",
	"councillor",	"alderman",	  "sheriff",	     "detective",      "constable",
	"inspector",	"superintendent", "trooper",	     "corporal",       "archbishop",
	"bishop",	"cardinal",	  "rabbi",	     "comptroller",    "treasurer",
	"candidate",	"chairperson",	  "president-elect", "rear",	       "shadow",
	"columnist"
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

static const char rank[][5] = { "Lt",  "Cmdr", "Gen",  "Col",  "Capt", "Sgt",  "Maj",  "Adm",  "Rep",
				"Sen", "Gov",  "Dr",   "Mr",   "Mrs",  "Ms",   "Prof", "Brig", "Spc",
				"Pvt", "Cpl",  "Rev",  "Hon",  "Fr",   "Pte",  "Supt", "Insp", "Det",
				"Sir", "Dame", "Reps", "Sens", "Govs", "Gens", "Cols", "Drs",  "Pfc",
				"Sfc", "Amb",  "Pres", "Mme",  "Mlle" };
static uint8_t rank_size[26]; /* a bit for each length of those that begin with a letter */

static void __attribute__((constructor)) rank_fill(void)
{
	size_t i;

	for (i = 0; i < sizeof rank / sizeof rank[0]; i++)
		rank_size[rank[i][0] - 'A'] |= (uint8_t)(1u << strnlen(rank[i], sizeof rank[i]));
}

/* A rank or an address in short, with or without its full stop. */
static bool
is_rank_short(const char *p, size_t n)
{
	size_t i, k;

	n -= n > 0 && p[n - 1] == '.';
	if (n >= sizeof rank[0] || !ascii_upper(p[0]) || !(rank_size[p[0] - 'A'] >> n & 1))
		return false;
	for (i = 0; i < sizeof rank / sizeof rank[0]; i++)
		if (p[0] == rank[i][0] && rank[i][n] == '\0') {
			for (k = 1; k < n && (p[k] | 0x20) == rank[i][k]; k++)
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
	size_t n = t->end - t->begin;

	return ts->text[t->begin] == word[0] && strlen(word) == n &&
	       memcmp(ts->text + t->begin, word, n) == 0;
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
	struct element *e, *last = d->el + d->nel;
	size_t i;

	for (e = d->el + 1; e + 1 < last; e++) {
		if (e->is_name || ts->text[ts->tok[e->tok].begin] != '-')
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
	return e->is_name && (e->single & NAME_FIRST || t->shape == SHAPE_LETTER ||
			      t->shape == SHAPE_DOTTED || e->hit_bits & NAME_PERSON);
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

/*
 * Part names that stand in one, the elements [from, end): a rank behind a name, Minnesota Rep. ...; Vienna-based Foo
 * Systems; Prague and Bonn; what begins another sentence, Fla. But ... The gazetteer's name ends at element he. Returns whether it did.
 */
static bool __attribute__((noinline))
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
		} else if (k == he && first != TYPE_NONE && is_word(ts, &d->el[k], "and") &&
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
 * One word alone that ends a person's name elsewhere is that person: Maine said, where Doug Maine
 * is, unless a longer name of an organisation has it.
 */
static void
tag_family(struct doc *d, struct element *e)
{
	static const char saying[][8] = { "said", "says", "told", "added", "asked" };
	const uint32_t *n = d->word[e->word].ntag;

	if (n[TAG_E_PER] == 0 || n[TAG_B_ORG] + n[TAG_E_ORG] > 0)
		return;
	if (e->single & (NAME_IS_LOC | NAME_IS_ORG)
		? (n[TAG_S_PER] > 0 && n[TAG_S_PER] >= n[TAG_S_ORG] + n[TAG_S_LOC]) ||
		      (!(e->single & NAME_IS_ORG) && LISTED(&d->ts, &d->ts.tok[e->tok + 1], saying))
		: e->tag == TAG_S_ORG || n[TAG_S_PER] >= n[TAG_S_LOC])
		e->tag = TAG_S_PER;
}

/* In capitals with a colon behind, as who speaks is named in a transcript, a word that ends a person's name elsewhere: KING: Go ahead. */
static bool
is_speaker(const struct doc *d, const struct element *e)
{
	const struct token *t = &d->ts.tok[e->tok];

	return t->shape == SHAPE_UPPER && t[1].kind == TOKEN_MARK && d->ts.text[t[1].begin] == ':' &&
	       e->run + 1 == e->run_end && d->word[e->word].ntag[TAG_E_PER] > 0;
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
	    t->flags & TOKEN_DOT || t->shape == SHAPE_LETTER ||
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

/* What stands before a name, and what the name is elsewhere, tells of it. */
static void
tag_by_place(struct doc *d)
{
	const struct tokens *ts = &d->ts;
	const struct token *before;
	struct element *e, *last = d->el + d->nel;
	uint32_t storm[STORMS];
	size_t nstorm = 0;

	for (e = d->el; e < last; e++) {
		if (!e->is_name)
			continue;
		before = &ts->tok[e->tok] - 1;
		if (before->kind == TOKEN_MARK) {
			if (ts->text[before->begin] == '.')
				tag_ranked(d, (size_t)(e - d->el));
			else if ((ts->text[before->begin] == ',' || ts->text[before->begin] == '-') &&
				 e > d->el)
				tag_state(d, (size_t)(e - d->el));
		} else if (before->kind == TOKEN_NAME) {
			if (before->flags & TOKEN_DOT)
				tag_ranked(d, (size_t)(e - d->el));
			else if (nstorm < STORMS && e->single & NAME_FIRST &&
				 is_storm(d, (size_t)(e - d->el))) {
				e->tag = e[-1].tag = TAG_O;
				storm[nstorm++] = e->word;
			}
		}
		if (e->tag == TAG_S_ORG || e->tag == TAG_S_LOC)
			tag_family(d, e);
		else if (!is_tagged(e->tag) && is_speaker(d, e))
			e->tag = TAG_S_PER;
	}
	if (nstorm > 0)
		tag_storms(d, storm, nstorm);
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
	const struct element *e, *last = d->el + d->nel;
	size_t i, k, n, from, nfirm = 0;

	for (e = d->el + 1; e < last; e++) {
		if (e->tag != TAG_E_ORG || nfirm == FIRMS || name_form(ts, &ts->tok[e->tok]) == FORM_NONE)
			continue;
		i = (size_t)(e - d->el);
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
	if (d->nel == 0)
		return;
	tag_known(d);
	tag_pairs(d);
	tag_rules(d);
	tag_by_place(d);
	tag_tables(d);
	tag_firms(d);
}
