/* SPDX-License-Identifier: ISC */
/*
 * From tokens to runs of elements: what may be (part of) a name, with what the document
 * and the gazetteer say of each.
 */
#include "feats.h"

#include <stdlib.h>
#include <string.h>

#include "little.h"
#include "spread.h"
#include "u8.h"
#include "when.h"

/*
 * Small words that stand inside names (1), and those that may begin one (2), of at most
 * five letters; by their bytes as a number.
 */
static const struct {
	char word[8]; /* NULs behind it */
	uint8_t kind;
} joint[] = { { "of", 1 },    { "the", 1 },   { "and", 1 }, { "for", 1 }, { "in", 1 },	  { "on", 1 },
	      { "at", 1 },    { "de", 2 },    { "la", 1 },  { "le", 1 },  { "du", 1 },	  { "del", 1 },
	      { "da", 1 },    { "do", 1 },    { "dos", 1 }, { "das", 1 }, { "des", 1 },	  { "di", 1 },
	      { "della", 1 }, { "e", 1 },     { "y", 1 },   { "et", 1 },  { "ten", 1 },	  { "an", 1 },
	      { "und", 1 },   { "zu", 1 },    { "al", 2 },  { "el", 2 },  { "van", 2 },	  { "von", 2 },
	      { "bin", 2 },   { "ibn", 2 },   { "der", 2 }, { "den", 2 }, { "ul", 2 },	  { "ur", 2 },
	      { "bint", 2 },  { "ould", 2 },  { "d", 2 },   { "ben", 2 }, { "i", 1 },	  { "las", 1 },
	      { "los", 1 },   { "les", 1 },   { "lo", 1 },  { "es", 1 },  { "ap", 1 },	  { "arap", 1 },
	      { "binti", 2 }, { "binte", 2 }, { "wa", 1 },  { "ya", 1 },  { "sur", 1 },	  { "dei", 1 },
	      { "ter", 2 },   { "af", 2 },    { "nad", 1 }, { "bei", 1 }, { "dello", 1 }, { "degli", 1 },
	      { "delle", 1 }, { "dell", 1 },  { "dal", 1 }, { "sul", 1 }, { "ng", 1 },	  { "og", 1 },
	      { "och", 1 },   { "aan", 1 },   { "zum", 1 }, { "zur", 1 }, { "vom", 1 },	  { "sous", 1 },
	      { "pod", 1 },   { "na", 1 },    { "n", 1 },   { "im", 1 },  { "pour", 1 },  { "para", 1 },
	      { "con", 1 } };
#define JOINT_BITS 8
static struct joint_slot {
	uint64_t word; /* 0: free */
	int kind;
} joint_slot[1 << JOINT_BITS];

static inline struct joint_slot *
joint_find(uint64_t word)
{
	size_t i = (size_t)((word * 0x9E3779B97F4A7C15u) >> (64 - JOINT_BITS));

	while ((joint_slot[i].word != 0) & (joint_slot[i].word != word))
		i = (i + 1) & ((1u << JOINT_BITS) - 1);
	return &joint_slot[i];
}

static void __attribute__((constructor)) joint_fill(void)
{
	uint64_t word;
	size_t i;

	for (i = 0; i < sizeof joint / sizeof joint[0]; i++) {
		word = little64(joint[i].word);
		*joint_find(word) = (struct joint_slot){ word, joint[i].kind };
	}
}

/* 0 for any other word; p has REC_SLACK readable bytes behind. */
static int
joint_kind(const char *p, size_t n)
{
	uint64_t word = little64(p) | 0x2020202020u; /* OF, in a line of capitals */

	/* a longer one is looked up with its first eight letters; of how many it is cannot be foretold */
	return joint_find(word & ~(uint64_t)0 >> (n < 8 ? 64 - 8 * n : 0))->kind;
}

/* A hyphen with words right before and behind it. */
static bool
is_hyphen(const struct tokens *ts, const struct token *t)
{
	return t->kind == TOKEN_MARK && ts->text[t->begin] == '-' && !((t->flags | t[1].flags) & TOKEN_SPACE);
}

static bool
is_and(const struct tokens *ts, const struct token *t)
{
	return t->kind == TOKEN_LOWER && t->end - t->begin == 3 && memcmp(ts->text + t->begin, "and", 3) == 0;
}

/* Does the list of names that goes on at t say what a part of a government or of a school is for: Ministry of Agriculture, ...? */
static bool
is_field(const struct tokens *ts, const struct token *t)
{
	static const char list[][12] = { "Ministry",	"Department", "Dept",	 "Bureau",    "Office",
					 "Committee",	"Commission", "Council", "Institute", "Agency",
					 "Directorate", "Faculty",    "School",	 "Board",     "Division" };
	const struct token *least = t - ts->tok < 12 ? ts->tok : t - 12;

	for (t--; t > least && (t->kind == TOKEN_NAME || is_and(ts, t) || ts->text[t->begin] == ','); t--)
		;
	return t > least && t->kind == TOKEN_LOWER &&
	       joint_kind(ts->text + t->begin, t->end - t->begin) == 1 && LISTED(ts, t - 1, list);
}

/*
 * Is the comma at t, with a name behind it, part of a name that is a list: Squire, Harmon & Gantz;
 * Ministry of Agriculture, Fisheries and Food?
 */
static bool
is_list_comma(const struct tokens *ts, const struct token *t)
{
	enum { ITEMS = 5, WORDS = 3 }; /* at most, of the list and of one item */
	const struct token *u = t;
	unsigned items, words;

	for (items = 0; items < ITEMS && u->kind == TOKEN_MARK && ts->text[u->begin] == ','; items++) {
		for (words = 0, u++; u->kind == TOKEN_NAME && words < WORDS; u++)
			words++;
		if (words == 0 && items == 0)
			return false;
		if (u->kind == TOKEN_MARK && ts->text[u->begin] == '&')
			return u[1].kind == TOKEN_NAME;
		if (is_and(ts, u))
			return u[1].kind == TOKEN_NAME && is_field(ts, t);
	}
	return false;
}

static bool
is_quote(const struct token *t)
{
	return t->kind == TOKEN_MARK && (t->hash == ('"' | 1u << 31) || t->hash == ('\'' | 1u << 31));
}

/* Is t the first or the second of the quotation marks around one word or two inside a name: Robert "Steve" Miller, Toys "R" Us? */
static bool
is_nickname(const struct token *t)
{
	const struct token *end;

	if (!(t->flags & TOKEN_SPACE)) /* the second */
		t -= is_quote(t - 2) ? 2 : 3;
	end = t + (t[2].kind == TOKEN_NAME ? 3 : 2);
	return is_quote(t) && t->flags & TOKEN_SPACE && t[-1].kind == TOKEN_NAME && t[1].kind == TOKEN_NAME &&
	       !(t[1].flags & TOKEN_SPACE) && is_quote(end) && !(end->flags & TOKEN_SPACE) &&
	       end[1].kind == TOKEN_NAME && end[1].flags & TOKEN_SPACE;
}

/* Can the token stand between two capitalised words of one name? */
static int
is_joint(const struct tokens *ts, const struct token *t)
{
	char c = ts->text[t->begin];

	switch (t->kind) {
	case TOKEN_LOWER: /* Stoke-by-Nayland */
		return is_hyphen(ts, t - 1) && is_hyphen(ts, t + 1)
			   ? 1
			   : joint_kind(ts->text + t->begin, t->end - t->begin);
	case TOKEN_MARK:
		if (c == '&')
			return 1;
		if (is_quote(t))
			return is_nickname(t);
		if (c == ',') /* Washington, D.C.; Sandoval, Inc.; Squire, Harmon & Gantz; but not Reno, NV */
			return (t[1].shape == SHAPE_DOTTED && memcmp(ts->text + t[1].begin, "D.C", 3) == 0) ||
			       (t[1].end - t[1].begin > 2 && name_form(ts, &t[1]) == FORM_LEGAL) ||
			       is_list_comma(ts, t);
		return is_hyphen(ts, t);
	case TOKEN_POSS:
	case TOKEN_NUMBER:
		return 1;
	default:
		return 0;
	}
}

static inline void
el_add(struct doc *d, size_t tok, size_t run, bool is_name)
{
	d->el = mem_grow(d->el, d->nel, &d->el_cap, sizeof *d->el);
	d->el[d->nel++] = (struct element){
		.tok = (uint32_t)tok, .run = (uint32_t)run, .is_name = is_name, .hit_n = NOT_LOOKED
	};
}

/*
 * A capitalised word that only opens a sentence: small everywhere else,
 * and no capitalised word follows. A third of all capitalised words; nothing is spent on them.
 */
static bool
is_opening(struct doc *d, size_t i)
{
	struct token *t = &d->ts.tok[i];

	const unsigned shapes = 1u << SHAPE_LOWER | 1u << SHAPE_INITIAL | 1u << SHAPE_LETTER;

	return ((t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)) == TOKEN_START) & shapes >> t->shape &
		   ((t[1].kind == TOKEN_LOWER) | (t[1].kind == TOKEN_MARK)) &&
	       WORD_CASE(model_word(d->model, t->hash)) >= 6;
}

/* Is one of eight bytes c? */
static inline unsigned
has_byte(uint64_t eight, char c)
{
	uint64_t each = 0x0101010101010101u;

	eight ^= (unsigned char)c * each;
	return ((eight - each) & ~eight & each << 7) != 0;
}

/*
 * A capitalised word that begins no name: I'll, You're; those that lost their apostrophe, at the
 * beginning of a sentence; the US of US$.
 */
static bool
is_no_name(const struct tokens *ts, const struct token *t)
{
	static const char bare[][8] = { "Heres", "Theres", "Thats", "Whats",  "Wheres", "Hows",
					"Whos",	 "Lets",   "Dont",  "Doesnt", "Didnt",	"Isnt",
					"Wasnt", "Cant",   "Wont",  "Its",    "Hes",	"Shes",
					"Youre", "Theyre", "Weve",  "Ive",    "Youve",	"Im" };
	const uint32_t last = 1u << ('s' & 31) | 1u << ('t' & 31) | 1u << ('e' & 31) | 1u << ('m' & 31);
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, i;
	uint64_t letters;
	bool fits = (n - 2 < 6) & (t->shape != SHAPE_UPPER), quote;

	if (t[1].hash == ('$' | 1u << 31) && t[1].kind == TOKEN_MARK && !(t[1].flags & TOKEN_SPACE))
		return true;
	letters = little64(p) & ~(uint64_t)0 >> ((64 - 8 * n) & 63);
	quote = has_byte(letters, '\'') | has_byte(letters, '\xE2');
	/* all of the bare ones end so */
	if (!(fits & (quote | (t->flags & last >> (p[n - 1] & 31) & 1))))
		return false;
	if (t->flags & TOKEN_START)
		for (i = 0; i < sizeof bare / sizeof bare[0]; i++)
			if (little64(bare[i]) == letters)
				return true;
	if (!quote)
		return false;
	for (i = 1; i + 1 < n; i++)
		if (p[i] == '\'' || (i + 3 < n && memcmp(p + i, "\xE2\x80\x99", 3) == 0)) {
			i += p[i] == '\'' ? 1 : 3;
			return (n - i == 2 && (memcmp(p + i, "ll", 2) == 0 || memcmp(p + i, "re", 2) == 0 ||
					       memcmp(p + i, "ve", 2) == 0)) ||
			       (n - i == 1 && (p[i] == 'm' || p[i] == 'd' || p[i] == 't'));
		}
	return false;
}

/* The hyphen at t and the small word behind it may be the rest of a given name, as in Kim Jong-un, Lam Cheuk-ting or Wong Pik-wan Helena. */
static bool
is_syllable(const struct tokens *ts, const struct token *t)
{
	return is_hyphen(ts, t) && t[1].kind == TOKEN_LOWER && t[1].end - t[1].begin < 7 &&
	       t[-1].kind == TOKEN_NAME && (t[-2].kind == TOKEN_NAME || t[2].kind == TOKEN_NAME);
}

/* So many capitalised words ahead are what is known of one, and its names, fetched from memory. */
#define AHEAD 8

static inline void
fetch_word(struct doc *d, size_t i)
{
	uint32_t hash = d->ts.tok[i].hash;

	__builtin_prefetch(word_slot(d->model, hash));
	name_fetch(name_hash(0, hash));
}

/* Is token j a number with a hyphen and then the names from i on behind it, the place somebody is set or came in at: 3-Jana Holm? */
static bool
is_seed(const struct tokens *ts, size_t j, size_t i)
{
	return ts->tok[j].kind == TOKEN_NUMBER && i - j == 2 && ts->tok[j].end - ts->tok[j].begin < 3 &&
	       ts->tok[i].shape == SHAPE_INITIAL && ts->tok[i + 1].kind == TOKEN_NAME &&
	       ts->tok[i + 1].shape == SHAPE_INITIAL;
}

static void
find_runs(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct token *t;
	size_t i, j, k, q, from, n = ts->n, run, end, e;
	bool any;

	for (q = 0; q < AHEAD && q < ts->nname; q++)
		fetch_word(d, ts->name[q]);
	for (q = from = 0; q < ts->nname; q++) {
		i = ts->name[q];
		if (q + AHEAD < ts->nname)
			fetch_word(d, ts->name[q + AHEAD]);
		if (i < from || is_opening(d, i) || is_no_name(ts, &ts->tok[i]))
			continue;
		run = d->nel;
		/* a particle or a number before the first word */
		if (i > 0 && ts->tok[i - 1].kind != TOKEN_POSS && (run == 0 || d->el[run - 1].tok + 1 < i)) {
			j = i - 1;
			if (ts->text[ts->tok[j].begin] == '-' && j > 0 && is_joint(ts, &ts->tok[j]))
				j--;
			t = &ts->tok[j];
			if ((t->kind == TOKEN_NUMBER) |
				((t->kind == TOKEN_LOWER) &
				 (joint_kind(ts->text + t->begin, t->end - t->begin) == 2)) &&
			    !is_seed(ts, j, i))
				for (; j < i; j++)
					el_add(d, j, run, false);
		}
		el_add(d, i, run, true);
		for (j = i + 1; j < n; j++) {
			if (ts->tok[j].flags &
			    TOKEN_GLUED) /* a space was lost, and likely the end of a sentence */
				break;
			if (ts->tok[j].kind == TOKEN_NAME) {
				if (ts->text[ts->tok[j].end] == '$') /* GM's US$27 billion */
					break;
				el_add(d, j, run, true);
				continue;
			}
			if (is_syllable(ts, &ts->tok[j])) {
				el_add(d, j, run, false);
				el_add(d, ++j, run, false);
				continue;
			}
			any = false;
			for (k = j; k < n && k < j + 6; k++) {
				if (ts->tok[k].kind == TOKEN_NAME) {
					any = k > j && ts->text[ts->tok[k].end] != '$';
					break;
				}
				if (!is_joint(ts, &ts->tok[k]))
					break;
			}
			if (!any) {
				if (ts->tok[j].kind == TOKEN_NUMBER) {
					el_add(d, j, run, false);
					j++;
				} else if (j + 1 < n && ts->text[ts->tok[j].begin] == '-' &&
					   is_joint(ts, &ts->tok[j]) && ts->tok[j + 1].kind == TOKEN_NUMBER) {
					el_add(d, j, run, false);
					el_add(d, j + 1, run, false);
					j += 2;
				}
				break;
			}
			for (; j < k; j++)
				el_add(d, j, run, false);
			j--;
		}
		from = j;
	}
	for (run = end = e = d->nel; e-- > 0;) {
		end ^= (end ^ (e + 1)) & (size_t)mask_if(d->el[e].run != run);
		run = d->el[e].run;
		d->el[e].run_end = (uint32_t)end;
	}
}

/* The place of a word in the index of the document's words: its number stands there, or 0. */
static inline uint32_t *
word_place(struct doc *d, uint32_t hash)
{
	size_t i = spread(hash, d->index_mask);

	while ((d->index[i] != 0) &
	       (d->word[d->index[i]].hash != hash)) /* one branch: nearly always the first is it */
		i = (i + 1) & d->index_mask;
	return &d->index[i];
}

struct doc_word *
doc_find(struct doc *d, uint32_t hash)
{
	uint32_t i = *word_place(d, hash);

	return i == 0 ? NULL : &d->word[i];
}

static uint32_t
word_add(struct doc *d, uint32_t hash)
{
	uint32_t *place = word_place(d, hash);

	if (*place == 0) {
		d->word = mem_grow(d->word, d->nword, &d->word_cap, sizeof *d->word);
		d->word[d->nword] = d->word[0]; /* zeros */
		d->word[d->nword].hash = hash;
		*place = (uint32_t)d->nword++;
	}
	return *place;
}

struct name_hit
doc_match(const struct doc *d, size_t i)
{
	const struct element *e = &d->el[i];

	if (e->hit_n == NOT_LOOKED)
		return name_match(&d->ts, e->tok);
	return (struct name_hit){ e->hit_n, e->hit_bits, e->hit_canon };
}

/* Mark what names of the gazetteer the elements are in. */
static void
find_names(struct doc *d)
{
	const struct name_slot *s;
	struct tokens *ts = &d->ts;
	struct name_hit hit;
	struct element *e;
	struct token *t;
	size_t i, k;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		if (!e->is_name && ts->tok[e->tok].kind != TOKEN_LOWER)
			continue;
		if (!e->is_name && e->tok + 1 < ts->n && ts->tok[e->tok + 1].kind == TOKEN_LOWER)
			continue;
		t = &ts->tok[e->tok];
		e->hit_n = 0;
		if ((s = name_get(name_hash(0, t->hash))) == NULL)
			continue;
		if (e->is_name &&
		    (!(s->bits & NAME_CASED) || t->shape == SHAPE_UPPER || t->shape == SHAPE_DOTTED))
			e->single = s->bits & NAME_CLASSES;
		hit = name_match_on(ts, e->tok, s);
		e->hit_n = (uint8_t)hit.ntoken;
		e->hit_bits = hit.bits;
		e->hit_canon = hit.canon;
		if (hit.ntoken < 2 || e->multi)
			continue;
		for (k = i; k < d->nel && d->el[k].tok < e->tok + hit.ntoken; k++) {
			d->el[k].multi = hit.bits;
			d->el[k].place = k == i ? 1 : d->el[k].tok + 1 == e->tok + hit.ntoken ? 3 : 2;
		}
	}
}

/* Move the tokens [from, end) n places up, where there is room for them. */
static void
move_up(struct tokens *ts, size_t from, size_t end, size_t n)
{
	memmove(&ts->tok[from + n], &ts->tok[from], (end - from) * sizeof *ts->tok);
	memmove(&ts->what[from + n], &ts->what[from], (end - from) * sizeof *ts->what);
}

/* Words that go on behind a name, and not behind whose something is. */
static bool
is_behind_name(const struct tokens *ts, const struct token *t)
{
	static const char list[][8] = { "and",	"or",	 "of",	  "in",	   "on",     "at",    "to",
					"for",	"from",	 "by",	  "with",  "as",     "is",    "are",
					"was",	"were",	 "be",	  "been",  "have",   "has",   "had",
					"will", "would", "can",	  "could", "who",    "that",  "which",
					"said", "say",	 "says",  "may",   "but",    "than",  "about",
					"into", "when",	 "while", "after", "before", "until", "since",
					"did",	"do",	 "if" };

	return LISTED(ts, t, list);
}

/*
 * A word that ends in s, while the text or the gazetteer knows it without: the
 * possessive's apostrophe was lost.
 */
static bool __attribute__((noinline)) is_bare_possessive(struct doc *d, const struct element *e)
{
	struct tokens *ts = &d->ts;
	struct token *t = &ts->tok[e->tok];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin;
	const struct name_slot *s, *own;
	const struct doc_word *w;
	unsigned kase, stem_kase;
	uint32_t stem, two;
	bool small;
	size_t i;

	if (n < 3 || t->flags & TOKEN_WIDE ||
	    (t[1].kind != TOKEN_LOWER && t[1].kind != TOKEN_NAME && t[1].kind != TOKEN_NUMBER))
		return false;
	/* two Koreas */
	if (t[-1].kind == TOKEN_NUMBER ||
	    (e->tok > 0 && t[-1].flags & TOKEN_WHEN &&
	     ((ts->what[e->tok - 1] & CLASS) == NUMBER || (ts->what[e->tok - 1] & CLASS) == VAGUE)))
		return false;
	small = t[1].kind == TOKEN_LOWER;
	if (small && is_behind_name(ts, &t[1]))
		return false;
	if (t->shape == SHAPE_CAMEL) { /* GMs */
		for (i = 0; i + 1 < n; i++)
			if (!ascii_upper(p[i]))
				return false;
		stem = word_hash(p, n - 1);
		s = name_get(name_hash(0, stem));
		return (s != NULL && s->bits & NAME_CASED) || doc_find(d, stem) != NULL ||
		       (small && e->known == 0);
	}
	if (n < 4 || t->shape != SHAPE_INITIAL)
		return false;
	stem = word_hash(p, n - 1);
	s = name_get(name_hash(0, stem));
	own = name_get(name_hash(0, t->hash));
	w = doc_find(d, stem);
	if (n == 4 && w == NULL)
		return false;
	kase = WORD_CASE(e->known);
	stem_kase = WORD_CASE(model_word(d->model, stem));
	/* peoples, the Obamas */
	if (s != NULL && (s->bits & NAME_DEMONYM ||
			  (s->bits & (NAME_FIRST | NAME_LAST | NAME_PERSON) && is_the(ts, t - 1))))
		return false;
	/* no plural is written so: Partys, Bushs */
	if (strchr("sxz", p[n - 2]) != NULL || (p[n - 2] == 'h' && strchr("cs", p[n - 3]) != NULL) ||
	    (p[n - 2] == 'y' && strchr("aeiou", p[n - 3]) == NULL))
		return own == NULL && (w != NULL || (kase == 0 && stem_kase != 0));
	if (own != NULL && own->bits & NAME_CLASSES)
		return small && w != NULL && own->canon == 0 && s != NULL && s->canon != 0 &&
		       s->bits & (NAME_COUNTRY | NAME_IS_ORG);
	if (s != NULL && s->canon != 0 && !(s->bits & NAME_CASED) &&
	    s->bits & (NAME_COUNTRY | NAME_CITY | NAME_LAST | NAME_IS_ORG) &&
	    (kase < 4 || !(t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)) ||
	     (w != NULL && w->places & WORD_INNER)))
		return true;
	if (kase > 3)
		return false;
	/* the last word of a name of two: Saudi Arabias, but Getty Images */
	if (t[-1].kind == TOKEN_NAME) {
		two = name_hash(0, t[-1].hash);
		if ((own = name_get(name_hash(two, t->hash))) != NULL && own->bits & NAME_CLASSES)
			return false;
		if ((s = name_get(name_hash(two, stem))) != NULL &&
		    s->bits & (kase == 0 ? NAME_CLASSES : NAME_IS_LOC | NAME_PERSON))
			return !(s->bits & NAME_DEMONYM);
	}
	if (kase == 0 && small && stem_kase != 0 && stem_kase < 4)
		return true;
	return w != NULL && (kase == 0 || (stem_kase - 1 < 3 && w->places & WORD_INNER && w->ntimes > 1));
}

/*
 * Part n possessives from the words of elements whose tokens have TOKEN_BARE: tokens and, inside
 * runs, elements as they would be with the apostrophe.
 */
static void __attribute__((noinline)) part_possessives(struct doc *d, size_t n)
{
	struct tokens *ts = &d->ts;
	struct element e;
	struct token *t;
	size_t from = d->nel, to, i, k, run, end = ts->n + TOKEN_PAD, nname = ts->nname, nwhen = ts->nwhen;

	tokens_room(ts, n);
	ts->n += n;
	if (ts->nlisted != 0)
		ts->nlisted = ts->n;
	for (to = from, k = 0; k < from; k++)
		to += ts->tok[d->el[k].tok].flags & TOKEN_BARE && k + 1 < d->el[k].run_end;
	while (d->nel < to)
		el_add(d, 0, 0, false);
	while (from-- > 0) {
		e = d->el[from];
		t = &ts->tok[e.tok];
		if (t->flags & TOKEN_BARE) {
			i = e.tok + n;
			move_up(ts, e.tok + 1, end, n);
			end = e.tok + 1;
			ts->tok[i] = (struct token){ .begin = t->end,
						     .end = t->end + 1,
						     .hash = 's' | 1u << 31,
						     .kind = TOKEN_POSS,
						     .shape = SHAPE_LOWER };
			ts->what[i] = 0;
			if (from + 1 < e.run_end)
				d->el[--to] =
				    (struct element){ .tok = (uint32_t)i,
						      .run = e.run,
						      .known = model_word(d->model, ts->tok[i].hash),
						      .hit_n = NOT_LOOKED };
			while (nname > 0 && ts->name[nname - 1] > e.tok)
				ts->name[--nname] += (uint32_t)n;
			while (nwhen > 0 && ts->when[nwhen - 1] > e.tok)
				ts->when[--nwhen] += (uint32_t)n;
			n--;
		}
		e.tok += (uint32_t)n;
		d->el[--to] = e;
	}
	for (i = 0; i < d->nel; i = k) {
		run = d->el[i].run;
		for (k = i; k < d->nel && d->el[k].run == run; k++)
			;
		for (run = i; i < k; i++) {
			d->el[i].run = (uint32_t)run;
			d->el[i].run_end = (uint32_t)k;
		}
	}
}

/* Behind the names of several words that begin at token i, whose first word the gazetteer has in s, or before it, up to `end`. */
static size_t
names_end(const struct tokens *ts, size_t i, const struct name_slot *s, size_t end)
{
	struct name_hit hit;

	if (s == NULL || !(s->bits & NAME_PREFIX))
		return end;
	hit = name_match_on(ts, i, s);
	return hit.ntoken > 1 && i + hit.ntoken > end ? i + hit.ntoken : end;
}

/*
 * In a line of capitals the words are written as they would be elsewhere: those
 * that are small inside sentences become small ones, but for those of a name of several words in the gazetteer; the others names
 * with an initial capital, but for short ones that are capitals in the gazetteer too. The V of PAKISTAN V INDIA is small.
 */
static void
undo_capitals(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct name_slot *s;
	struct token *t;
	unsigned kase;
	size_t i, q, end = 0;

	for (q = 0; q < ts->nname; q++) {
		i = ts->name[q];
		t = &ts->tok[i];
		if (!(t->flags & TOKEN_CAPS) || t->kind != TOKEN_NAME)
			continue;
		if (t->shape == SHAPE_LETTER && ts->text[t->begin] == 'V' && t->end - t->begin == 1 &&
		    t[-1].kind == TOKEN_NAME && t[1].kind == TOKEN_NAME) {
			t->kind = TOKEN_LOWER;
			t->shape = SHAPE_LOWER;
		}
		if (t->shape != SHAPE_UPPER)
			continue;
		s = name_get(name_hash(0, t->hash));
		kase = WORD_CASE(model_word(d->model, t->hash));
		if (kase < 7) /* not THE of a name */
			end = names_end(ts, i, s, end);
		if (s != NULL && s->bits & NAME_CASED && kase < 6)
			continue;
		if (kase >= 5 && i >= end) {
			t->kind = TOKEN_LOWER;
			t->shape = SHAPE_LOWER;
		} else if (kase != 0 || s != NULL || t->end - t->begin > 4)
			t->shape = SHAPE_INITIAL;
	}
}

/*
 * In a line of Title Case the words that are small everywhere else become small, but for
 * those of a name of several words in the gazetteer, and, where they are capitalised now and then,
 * those that are a name in it.
 */
static void
undo_title(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct name_slot *s;
	struct token *t;
	size_t i, q, n, end = 0;
	unsigned kase;

	for (q = 0; q < ts->nname; q++) {
		i = ts->name[q];
		t = &ts->tok[i];
		if (!(t->flags & TOKEN_TITLE) || t->kind != TOKEN_NAME)
			continue;
		s = name_get(name_hash(0, t->hash));
		end = names_end(ts, i, s, end);
		if (i < end || t->shape != SHAPE_INITIAL)
			continue;
		n = t->end - t->begin;
		kase = WORD_CASE(model_word(d->model, t->hash));
		/* approves, of approve */
		if (kase == 0 && s == NULL && n > 4 && ts->text[t->end - 1] == 's' &&
		    !(t->flags & TOKEN_WIDE))
			kase = WORD_CASE(model_word(d->model, word_hash(ts->text + t->begin, n - 1)));
		if (kase == 7 ||
		    (kase == 6 && (s == NULL || !(s->bits & NAME_CLASSES & ~(NAME_FIRST | NAME_LAST))))) {
			t->kind = TOKEN_LOWER;
			t->shape = SHAPE_LOWER;
		}
	}
}

/* Words that open sentences more often than most that are in titles now and then. */
static bool
is_opener(const char *p, size_t n)
{
	static const char list[][8] = { "What", "When", "Where", "Why",	 "Who",	 "How", "Now",
					"Here", "All",	"Also",	 "Only", "Like", "Not", "One" };
	size_t i;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (strlen(list[i]) == n && memcmp(list[i], p, n) == 0)
			return true;
	return false;
}

/*
 * Where a word like "ChomskySaturday" falls in two: at a capital behind a small letter, when
 * nobody knows the whole, somebody knows what follows, and one of both is a name.
 * 0 where it does not.
 */
static size_t
glue_at(const struct doc *d, struct token *t)
{
	const char *p = d->ts.text + t->begin;
	size_t n = t->end - t->begin, i;
	uint32_t left, right;
	unsigned lk, rk;
	const struct name_slot *ls, *rs;

	if (t->flags & (TOKEN_WIDE | TOKEN_DOT) || n < 6 || !ascii_upper(p[0]))
		return 0;
	if (WORD_CASE(model_word(d->model, t->hash)) != 0 || name_get(name_hash(0, t->hash)) != NULL)
		return 0;
	for (i = 3; i + 2 <= n; i++) {
		if (!ascii_lower(p[i - 1]) || !ascii_upper(p[i]))
			continue;
		if (i == 3 &&
		    (memcmp(p, "Mac", 3) == 0 || memcmp(p, "Van", 3) == 0 || memcmp(p, "Del", 3) == 0))
			continue;
		left = word_hash(p, i);
		right = word_hash(p + i, n - i);
		lk = WORD_CASE(model_word(d->model, left));
		rk = WORD_CASE(model_word(d->model, right));
		ls = name_get(name_hash(0, left));
		rs = name_get(name_hash(0, right));
		if ((rk == 0 && rs == NULL) || (lk == 0 && ls == NULL && i < 4))
			continue;
		/* SkyDome, VimpelCom: the second is a plain word that opens no sentence, the first plain too, or unknown */
		if ((lk >= 4 || lk == 0) && rk >= 4 && rk <= (lk == 0 ? 6 : 5) &&
		    (rs == NULL || !(rs->bits & NAME_CLASSES)) && !(rk == 6 && is_opener(p + i, n - i)))
			continue;
		if (ls != NULL || rs != NULL || lk - 1 < 3 || rk - 1 < 3 || rk == 7 || lk == 0)
			return i;
	}
	return 0;
}

/* Part the words that ran together. From the end, so that each token moves once. */
static void
part_glued(struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct token *t;
	size_t i, k, q, nwhen = ts->nwhen, extra = 0, end;

	for (i = 0; i < ts->nname; i++) {
		t = &ts->tok[ts->name[i]];
		extra += t->shape == SHAPE_CAMEL && t->kind == TOKEN_NAME && glue_at(d, t) > 0;
	}
	if (extra == 0)
		return;
	tokens_room(ts, extra);
	end = ts->n + TOKEN_PAD;
	ts->n += extra;
	q = ts->nname;
	ts->nname += extra;
	while (extra > 0) {
		i = ts->name[--q];
		ts->name[q + extra] = (uint32_t)(i + extra);
		if (ts->tok[i].shape != SHAPE_CAMEL || ts->tok[i].kind != TOKEN_NAME ||
		    (k = glue_at(d, &ts->tok[i])) == 0)
			continue;
		/* what is behind it moves by as many as are parted up to it */
		move_up(ts, i + 1, end, extra);
		end = i;
		while (nwhen > 0 && ts->when[nwhen - 1] >= i)
			ts->when[--nwhen] += (uint32_t)extra;
		ts->name[q + extra - 1] = (uint32_t)(i + extra - 1);
		t = &ts->tok[i + extra];
		*t = ts->tok[i];
		if (t->flags & TOKEN_WHEN)
			ts->nlisted = 0;
		t[-1] = *t;
		t->begin += (uint32_t)k;
		t[-1].end = t->begin;
		t->hash = word_hash(ts->text + t->begin, t->end - t->begin);
		t[-1].hash = word_hash(ts->text + t[-1].begin, k);
		t->shape = t[-1].shape = SHAPE_INITIAL;
		t->flags = (uint16_t)((t->flags & ~(unsigned)TOKEN_SPACE) | TOKEN_GLUED | TOKEN_START);
		tokens_what(ts, i + extra);
		tokens_what(ts, i + extra - 1);
		extra--;
	}
	if (ts->nlisted != 0)
		ts->nlisted = ts->n;
}

void
doc_read(struct doc *d, const struct model *m, const char *text, size_t size)
{
	struct tokens *ts = &d->ts;
	struct doc_word *w;
	struct element *e;
	struct token *t;
	unsigned inner, after, ahead;
	size_t i, want, n;

	d->model = m;
	d->nel = 0;
	tokens_read(ts, text, size);
	if (ts->has_caps)
		undo_capitals(d);
	if (ts->has_title)
		undo_title(d);
	if (ts->has_camel)
		part_glued(d);
	if (ts->has_caps || ts->has_title || ts->nlisted == 0)
		tokens_list(ts);
	find_runs(d);
	for (want = 256; want < 2 * d->nel + 2; want *= 2)
		;
	if (want > d->index_cap) {
		d->index = mem_array(d->index, want, sizeof *d->index);
		d->index_cap = want;
	}
	d->index_mask = want - 1;
	memset(d->index, 0, want * sizeof *d->index);
	d->word = mem_grow(d->word, 0, &d->word_cap, sizeof *d->word);
	memset(&d->word[0], 0, sizeof *d->word);
	d->nword = 1;
	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		e->known = model_word(m, ts->tok[e->tok].hash);
		if (e->is_name)
			e->word = word_add(d, ts->tok[e->tok].hash);
	}
	for (i = n = 0; i < d->nel; i++) {
		e = &d->el[i];
		if (!e->is_name)
			continue;
		t = &ts->tok[e->tok];
		if (text[t->end - 1] == 's' && is_bare_possessive(d, e)) {
			t->end--;
			t->flags |= TOKEN_BARE;
			t->shape = t->shape == SHAPE_CAMEL ? SHAPE_UPPER : t->shape;
			t->hash = word_hash(ts->text + t->begin, t->end - t->begin);
			tokens_what(ts, e->tok);
			e->known = model_word(m, t->hash);
			e->word = word_add(d, t->hash);
			n++;
		}
		w = &d->word[e->word];
		w->ntimes++;
		inner = (t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)) == 0;
		after = (t[-1].kind == TOKEN_NAME) & ((t[-1].flags & TOKEN_BARE) == 0);
		ahead = (t[1].kind == TOKEN_NAME) & ((t->flags & TOKEN_BARE) == 0);
		w->places |= inner * WORD_INNER | after * WORD_AFTER | ahead * WORD_BEFORE;
	}
	if (n > 0)
		part_possessives(d, n);
	find_names(d);
}

void
doc_free(struct doc *d)
{
	tokens_free(&d->ts);
	free(d->el);
	free(d->word);
	free(d->index);
	free(d->score);
	free(d->best);
	free(d->sum);
	memset(d, 0, sizeof *d);
}
