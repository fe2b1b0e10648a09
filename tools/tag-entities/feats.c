/* SPDX-License-Identifier: ISC */
#include "feats.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdlib.h>
#include <string.h>

#include "little.h"
#include "spread.h"
#include "u8.h"

/*
 * Small words that stand inside names (1), and those that may begin one (2), of at most
 * five letters; by their bytes as a number.
 */
static const struct {
	char word[8]; /* NULs behind it */
	uint8_t kind;
} joint[] = { { "of", 1 },    { "the", 1 },  { "and", 1 }, { "for", 1 }, { "in", 1 },  { "on", 1 },
	      { "at", 1 },    { "de", 2 },   { "la", 1 },  { "le", 1 },	 { "du", 1 },  { "del", 1 },
	      { "da", 1 },    { "do", 1 },   { "dos", 1 }, { "das", 1 }, { "des", 1 }, { "di", 1 },
	      { "della", 1 }, { "e", 1 },    { "y", 1 },   { "et", 1 },	 { "ten", 1 }, { "an", 1 },
	      { "und", 1 },   { "zu", 1 },   { "al", 2 },  { "el", 2 },	 { "van", 2 }, { "von", 2 },
	      { "bin", 2 },   { "ibn", 2 },  { "der", 2 }, { "den", 2 }, { "ul", 2 },  { "ur", 2 },
	      { "bint", 2 },  { "ould", 2 }, { "d", 2 },   { "ben", 2 } };
#define JOINT_BITS 8
static struct joint_slot {
	uint64_t word; /* 0: free */
	int kind;
} joint_slot[1 << JOINT_BITS];

static inline struct joint_slot *
joint_find(uint64_t word)
{
	size_t i = (size_t)((word * 0x9E3779B97F4A7C15u) >> (64 - JOINT_BITS));

	while (joint_slot[i].word != 0 && joint_slot[i].word != word)
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
	uint64_t word;

	if (n - 1 > 4)
		return 0;
	word = little64(p);
	return joint_find(word & ~(uint64_t)0 >> (64 - 8 * n))->kind;
}

/* Can the token stand between two capitalised words of one name? */
static int
is_joint(const struct tokens *ts, const struct token *t)
{
	char c = ts->text[t->begin];

	switch (t->kind) {
	case TOKEN_LOWER:
		return joint_kind(ts->text + t->begin, t->end - t->begin);
	case TOKEN_MARK:
		if (c == '&')
			return 1;
		if (c == ',' && t[1].shape == SHAPE_DOTTED && memcmp(ts->text + t[1].begin, "D.C", 3) == 0)
			return 1;
		return c == '-' && !(t->flags & TOKEN_SPACE) && !(t[1].flags & TOKEN_SPACE);
	case TOKEN_POSS:
	case TOKEN_NUMBER:
		return 1;
	default:
		return 0;
	}
}

static struct element *
el_add(struct doc *d, size_t tok, bool is_name)
{
	struct element *e;

	d->el = mem_grow(d->el, d->nel, &d->el_cap, sizeof *d->el);
	e = &d->el[d->nel++];
	memset(e, 0, sizeof *e);
	e->tok = (uint32_t)tok;
	e->is_name = is_name;
	e->hit_n = NOT_LOOKED;
	return e;
}

/*
 * A capitalised word that only opens a sentence: small everywhere else,
 * and no capitalised word follows. A third of all capitalised words; nothing is spent on them.
 */
static bool
is_opening(struct doc *d, size_t i)
{
	struct token *t = &d->ts.tok[i];

	return (t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)) == TOKEN_START &&
	       t->shape <= SHAPE_LETTER && t->shape != SHAPE_UPPER &&
	       (t[1].kind == TOKEN_LOWER || t[1].kind == TOKEN_MARK) &&
	       WORD_CASE(model_word(d->model, token_hash(&d->ts, t))) >= 6;
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
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, i;

	if (t[1].kind == TOKEN_MARK && ts->text[t[1].begin] == '$' && !(t[1].flags & TOKEN_SPACE))
		return true;
	if (n > 7 || n < 2 || t->shape == SHAPE_UPPER)
		return false;
	if (t->flags & TOKEN_START)
		for (i = 0; i < sizeof bare / sizeof bare[0]; i++)
			if (p[0] == bare[i][0] && strlen(bare[i]) == n && memcmp(p, bare[i], n) == 0)
				return true;
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
	return t->kind == TOKEN_MARK && ts->text[t->begin] == '-' && !(t->flags & TOKEN_SPACE) &&
	       t[1].kind == TOKEN_LOWER && !(t[1].flags & TOKEN_SPACE) && t[1].end - t[1].begin < 7 &&
	       t[-1].kind == TOKEN_NAME && (t[-2].kind == TOKEN_NAME || t[2].kind == TOKEN_NAME);
}

static void
find_runs(struct doc *d)
{
	struct tokens *ts = &d->ts;
	size_t i, j, k, q, from, n = ts->n, run, e;
	bool any;

	for (q = from = 0; q < ts->nname; q++) {
		i = ts->name[q];
		if (i < from || is_opening(d, i) || is_no_name(ts, &ts->tok[i]))
			continue;
		run = d->nel;
		/* a particle or a number before the first word */
		if (i > 0 && ts->tok[i - 1].kind != TOKEN_POSS && (run == 0 || d->el[run - 1].tok + 1 < i)) {
			j = i - 1;
			if (ts->text[ts->tok[j].begin] == '-' && j > 0 && is_joint(ts, &ts->tok[j]))
				j--;
			if (ts->tok[j].kind == TOKEN_NUMBER ||
			    (ts->tok[j].kind == TOKEN_LOWER &&
			     joint_kind(ts->text + ts->tok[j].begin, ts->tok[j].end - ts->tok[j].begin) == 2))
				for (; j < i; j++)
					el_add(d, j, false);
		}
		el_add(d, i, true);
		for (j = i + 1; j < n; j++) {
			if (ts->tok[j].flags &
			    TOKEN_GLUED) /* a space was lost, and likely the end of a sentence */
				break;
			if (ts->tok[j].kind == TOKEN_NAME) {
				el_add(d, j, true);
				continue;
			}
			if (is_syllable(ts, &ts->tok[j])) {
				el_add(d, j, false);
				el_add(d, ++j, false);
				continue;
			}
			any = false;
			for (k = j; k < n && k < j + 4; k++) {
				if (ts->tok[k].kind == TOKEN_NAME) {
					any = k > j;
					break;
				}
				if (!is_joint(ts, &ts->tok[k]))
					break;
			}
			if (!any) {
				if (ts->tok[j].kind == TOKEN_NUMBER) {
					el_add(d, j, false);
					j++;
				} else if (j + 1 < n && ts->text[ts->tok[j].begin] == '-' &&
					   is_joint(ts, &ts->tok[j]) && ts->tok[j + 1].kind == TOKEN_NUMBER) {
					el_add(d, j, false);
					el_add(d, j + 1, false);
					j += 2;
				}
				break;
			}
			for (; j < k; j++)
				el_add(d, j, false);
			j--;
		}
		for (e = run; e < d->nel; e++) {
			d->el[e].run = (uint32_t)run;
			d->el[e].run_end = (uint32_t)d->nel;
		}
		from = j;
	}
}

/* The place of a word in the index of the document's words: 1 + its number stands there, or 0. */
static uint32_t *
word_place(struct doc *d, uint32_t hash)
{
	size_t i = spread(hash, d->index_mask);

	while (d->index[i] != 0 && d->word[d->index[i] - 1].hash != hash)
		i = (i + 1) & d->index_mask;
	return &d->index[i];
}

static struct doc_word *
word_find(struct doc *d, uint32_t hash)
{
	uint32_t i = *word_place(d, hash);

	return i == 0 ? NULL : &d->word[i - 1];
}

static uint32_t
word_add(struct doc *d, uint32_t hash)
{
	uint32_t *place = word_place(d, hash);

	if (*place == 0) {
		d->word = mem_grow(d->word, d->nword, &d->word_cap, sizeof *d->word);
		memset(&d->word[d->nword], 0, sizeof *d->word);
		d->word[d->nword++].hash = hash;
		*place = (uint32_t)d->nword;
	}
	return *place - 1;
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
		if ((s = name_get(name_hash(0, token_hash(ts, t)))) == NULL)
			continue;
		if (e->is_name &&
		    (!(s->bits & NAME_CASED) || t->shape == SHAPE_UPPER || t->shape == SHAPE_DOTTED))
			e->single = s->bits & NAME_CLASSES;
		hit = (struct name_hit){ 0, 0, 0 };
		if (s->bits & NAME_PREFIX)
			hit = name_match(ts, e->tok);
		else if (name_ends(s, t))
			hit = (struct name_hit){ 1, s->bits & NAME_CLASSES, s->canon };
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

/*
 * A word that ends in s, while the text or the gazetteer knows it without: the
 * possessive's apostrophe was lost. Its token is cut.
 */
static bool
is_bare_possessive(struct doc *d, struct element *e)
{
	struct tokens *ts = &d->ts;
	struct token *t = &ts->tok[e->tok];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin;
	const struct name_slot *s;
	uint32_t stem;
	size_t i;

	if (n < 3 || p[n - 1] != 's' || p[n - 2] == 's' || t->flags & TOKEN_WIDE ||
	    (t[1].kind != TOKEN_LOWER && t[1].kind != TOKEN_NAME))
		return false;
	if (t->shape == SHAPE_CAMEL) { /* GMs */
		for (i = 0; i + 1 < n; i++)
			if (!ascii_upper(p[i]))
				return false;
		stem = word_hash(p, n - 1);
		s = name_get(name_hash(0, stem));
		return (s != NULL && s->bits & NAME_CASED) || word_find(d, stem) != NULL;
	}
	if (n < 5 || t->shape != SHAPE_INITIAL || name_get(name_hash(0, t->hash)) != NULL ||
	    WORD_CASE(e->known) > 3)
		return false;
	stem = word_hash(p, n - 1);
	s = name_get(name_hash(0, stem));
	if (s != NULL && s->bits & NAME_DEMONYM)
		return false;
	if (s != NULL && s->canon != 0 && !(s->bits & NAME_CASED) &&
	    s->bits & (NAME_COUNTRY | NAME_CITY | NAME_LAST | NAME_IS_ORG))
		return true;
	if (WORD_CASE(e->known) != 0)
		return false;
	return word_find(d, stem) != NULL;
}

/*
 * In a line of capitals the words are written as they would be elsewhere: those
 * that are small inside sentences become small ones, the others names with an initial
 * capital, but for short ones that are capitals in the gazetteer too.
 */
static void
undo_capitals(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct name_slot *s;
	struct token *t;
	unsigned kase;
	size_t i;

	for (i = 0; i < ts->n; i++) {
		t = &ts->tok[i];
		if (!(t->flags & TOKEN_CAPS) || t->kind != TOKEN_NAME || t->shape != SHAPE_UPPER)
			continue;
		s = name_get(name_hash(0, token_hash(ts, t)));
		kase = WORD_CASE(model_word(d->model, t->hash));
		if (s != NULL && s->bits & NAME_CASED && kase < 6)
			continue;
		if (kase >= 5) {
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
	struct name_hit hit;
	struct token *t;
	size_t i, n, end = 0;
	unsigned kase;

	for (i = 0; i < ts->n; i++) {
		t = &ts->tok[i];
		if (!(t->flags & TOKEN_TITLE) || t->kind != TOKEN_NAME)
			continue;
		if ((s = name_get(name_hash(0, token_hash(ts, t)))) != NULL && s->bits & NAME_PREFIX) {
			hit = name_match(ts, i);
			if (hit.ntoken > 1 && i + hit.ntoken > end)
				end = i + hit.ntoken;
		}
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
	if (WORD_CASE(model_word(d->model, token_hash(&d->ts, t))) != 0 ||
	    name_get(name_hash(0, t->hash)) != NULL)
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
	size_t i, k, extra = 0, to;

	for (i = 0; i < ts->n; i++)
		if (ts->tok[i].shape == SHAPE_CAMEL && ts->tok[i].kind == TOKEN_NAME &&
		    glue_at(d, &ts->tok[i]) > 0)
			extra++;
	if (extra == 0)
		return;
	tokens_room(ts, extra);
	to = ts->n + extra + TOKEN_PAD;
	for (i = ts->n + TOKEN_PAD; i-- > 0 && extra > 0;) {
		t = &ts->tok[--to];
		*t = ts->tok[i];
		ts->what[to] = ts->what[i];
		if (t->shape != SHAPE_CAMEL || t->kind != TOKEN_NAME || (k = glue_at(d, t)) == 0)
			continue;
		t[-1] = *t;
		t->begin += (uint32_t)k;
		t[-1].end = t->begin;
		t->hash = t[-1].hash = 0;
		t->shape = t[-1].shape = SHAPE_INITIAL;
		t->flags = (uint16_t)((t->flags & ~(unsigned)TOKEN_SPACE) | TOKEN_GLUED | TOKEN_START);
		tokens_what(ts, to);
		tokens_what(ts, --to);
		extra--;
		ts->n++;
	}
}

void
doc_read(struct doc *d, const struct model *m, const char *text, size_t size)
{
	struct tokens *ts = &d->ts;
	struct doc_word *w;
	struct element *e;
	struct token *t;
	size_t i, want, n;

	d->model = m;
	d->nel = 0;
	tokens_read(ts, text, size);
	n = ts->n;
	if (ts->has_caps)
		undo_capitals(d);
	if (ts->has_title)
		undo_title(d);
	if (ts->has_camel)
		part_glued(d);
	if (ts->has_caps || ts->has_title || ts->n != n)
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
	d->nword = 0;
	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		e->known = model_word(m, token_hash(ts, &ts->tok[e->tok]));
		if (e->is_name)
			e->word = word_add(d, ts->tok[e->tok].hash);
	}
	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		if (!e->is_name)
			continue;
		t = &ts->tok[e->tok];
		if (is_bare_possessive(d, e)) {
			t->end--;
			t->flags |= TOKEN_BARE;
			t->hash = 0;
			tokens_what(ts, e->tok);
			e->known = model_word(m, token_hash(ts, t));
			e->word = word_add(d, t->hash);
		}
		w = &d->word[e->word];
		w->ntimes++;
		w->ninner += !(t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS));
		w->nafter += t[-1].kind == TOKEN_NAME;
		w->nbefore += t[1].kind == TOKEN_NAME;
	}
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

static inline uint32_t
mix(uint32_t id, uint32_t v)
{
	uint32_t h = v ^ id * 0x9E3779B1u;

	h *= 0x85EBCA6Bu;
	h ^= h >> 15;
	h *= 0xC2B2AE35u;
	return h ^ h >> 13;
}

/* What a neighbour is to the features: words by their letters and case, numbers by their kind. */
static inline uint32_t
context(struct tokens *ts, struct token *t)
{
	if (t->kind == TOKEN_NUMBER)
		return t->end - t->begin == 4 ? 4 : 5;
	return token_hash(ts, t) + (t->kind == TOKEN_NAME);
}

#define LETTER(i) ((unsigned char)p[i] | (ascii_upper(p[i]) ? fold : 0))
#define PUT(id, v) (out[n++] = mix((id), (v)))

static unsigned
mode_of(const struct token *t)
{
	return t->flags & TOKEN_CAPS	? t->shape == SHAPE_UPPER ? 3 : 0
	       : t->flags & TOKEN_TITLE ? 2
	       : t->flags & TOKEN_START ? 1
					: 0;
}

/* Features id, id + 1 and id + 2 of a word's cluster, its group and the group of that, with more of what goes with them. */
static inline size_t
cluster_features(uint32_t known, uint32_t id, uint32_t more, uint32_t *out)
{
	uint32_t c = WORD_CLUSTER(known);
	size_t n = 0;

	PUT(id, c << 2 | more);
	PUT(id + 1, c >> 3 << 2 | more);
	PUT(id + 2, c >> 6 << 2 | more);
	return n;
}

/* What the features of an element are made of. */
struct view {
	const struct element *e;
	struct token *t;
	uint32_t w, l1, r1;
	uint32_t place; /* bits: first, last of its run */
	unsigned mode, kase;
};

static inline __attribute__((always_inline)) void
view_of(struct doc *d, size_t i, struct view *v)
{
	struct tokens *ts = &d->ts;
	const struct element *e = &d->el[i];
	struct token *t = &ts->tok[e->tok];

	v->e = e;
	v->t = t;
	v->w = context(ts, t);
	v->l1 = context(ts, t - 1);
	v->r1 = context(ts, t + 1);
	v->place = (uint32_t)(i == e->run) | (uint32_t)(i + 1 == e->run_end) << 1;
	v->mode = mode_of(t);
	v->kase = WORD_CASE(e->known);
}

/* The word by itself: its letters and cluster. */
static size_t
word_features(const struct doc *d, const struct view *v, uint32_t *out)
{
	const struct element *e = v->e;
	const struct token *t = v->t;
	const char *p = d->ts.text + t->begin;
	size_t n = 0, len = t->end - t->begin;
	uint32_t x, fold;

	PUT(2, v->w);
	PUT(3, v->w + v->mode);
	if (!e->is_name)
		return n;
	/* letters: of ASCII ones those of a line of capitals are made small but for the first */
	fold = t->flags & TOKEN_CAPS && t->shape == SHAPE_INITIAL ? 0x20 : 0;
	x = (uint32_t)LETTER(len - 1) | (uint32_t)(len > 1 ? LETTER(len - 2) : 0) << 8;
	PUT(17, x);
	if (len > 3) {
		x |= (uint32_t)LETTER(len - 3) << 16;
		PUT(18, x);
		x |= (uint32_t)LETTER(len - 4) << 24;
		PUT(19, x);
		x = (unsigned char)p[0] | (uint32_t)LETTER(1) << 8 | (uint32_t)LETTER(2) << 16;
		PUT(20, x);
		PUT(21, x | (uint32_t)LETTER(3) << 24);
	}
	return n + cluster_features(e->known, 42,
				    t->shape == SHAPE_INITIAL ? 0
				    : t->shape == SHAPE_UPPER ? 1
							      : 2,
				    out + n);
}

/* What the features of the word are made of, in a key. */
static inline uint64_t
word_id(const struct doc *d, const struct view *v)
{
	const struct token *t = v->t;
	uint64_t k = v->mode | (uint64_t)t->kind << 2 | (uint64_t)v->e->is_name << 5 |
		     (uint64_t)(t->flags & TOKEN_CAPS && t->shape == SHAPE_INITIAL) << 6;

	return (k + 1) * 0xD6E8FEB86659FD93u ^ word_key(d->ts.text + t->begin, t->end - t->begin);
}

/*
 * Then groups of features of few values, of which a key holds all: what the gazetteer says
 * of a word (name), what it and its neighbours look like (shape), where it stands in its run
 * (place), how often it stands in the document (times).
 */
static inline uint64_t
name_id(const struct view *v)
{
	return v->mode | (uint64_t)v->kase << 2 | (uint64_t)v->e->place << 5 | (uint64_t)v->e->single << 7 |
	       (uint64_t)v->e->multi << 23;
}

static size_t
name_features(uint64_t k, uint32_t *out)
{
	uint32_t mode = k & 3, kase = k >> 2 & 7, place = k >> 5 & 3, g = k >> 7 & 0xFFFF,
		 multi = k >> 23 & 0xFFFF;
	size_t n = 0;

	PUT(40, kase * 8 + mode);
	PUT(50, g);
	PUT(51, g << 3 | mode);
	PUT(52, g << 3 | kase);
	PUT(53, g << 14 | multi);
	if (multi != 0) {
		PUT(54, multi << 2 | place);
		PUT(55, place << 5 | mode << 2 | (uint32_t)((multi & NAME_IS_LOC) != 0) << 1 |
			    (uint32_t)((multi & NAME_IS_ORG) != 0));
	}
	return n;
}

static inline uint64_t
shape_id(const struct view *v)
{
	const struct token *t = v->t;

	return v->mode | (uint64_t)v->e->is_name << 2 | (uint64_t)t->kind << 3 | (uint64_t)t->shape << 6 |
	       (uint64_t)t[-1].shape << 10 | (uint64_t)t[-1].kind << 14 | (uint64_t)t[1].shape << 17 |
	       (uint64_t)t[1].kind << 21;
}

static size_t
shape_features(uint64_t k, uint32_t *out)
{
	uint32_t mode = k & 3, kind = k >> 3 & 7, s0 = k >> 6 & 15, sl = k >> 10 & 127, sr = k >> 17 & 127;
	size_t n = 0;

	PUT(1, mode * 8 + kind);
	PUT(16, (s0 << 8 | sl) << 8 | sr);
	if (!(k >> 2 & 1))
		return n;
	PUT(13, s0 * 8 + mode);
	PUT(14, s0 << 8 | sl);
	PUT(15, s0 << 8 | sr);
	return n;
}

static inline uint64_t
place_id(const struct view *v)
{
	const struct element *e = v->e;
	uint32_t run = e->run_end - e->run > 4 ? 5 : e->run_end - e->run;

	return v->place | (uint64_t)run << 2 |
	       (e->is_name ? 1u << 5 | (uint64_t)v->t->shape << 6 | (uint64_t)v->kase << 10 : 0);
}

static size_t
place_features(uint64_t k, uint32_t *out)
{
	uint32_t place = k & 3, s0 = k >> 6 & 15, kase = k >> 10 & 7;
	size_t n = 0;

	PUT(30, place | (uint32_t)(k >> 2 & 7) << 2);
	if (k >> 5 & 1)
		PUT(41, kase << 8 | s0 << 4 | (~place & 1) << 1 | (~place >> 1 & 1));
	return n;
}

static inline uint64_t
times_id(const struct doc *d, const struct view *v)
{
	const struct doc_word *w = &d->word[v->e->word];

	return (uint64_t)(w->ntimes > 4	  ? 3
			  : w->ntimes > 1 ? 2
					  : 1)
		   << 4 |
	       (uint64_t)(w->ninner > 0) << 2 | v->mode | (uint64_t)(w->nafter > 0) << 9 |
	       (uint64_t)(w->nbefore > 0) << 8 | (uint64_t)(v->t[-1].kind == TOKEN_NAME) << 7 |
	       (uint64_t)(v->t[1].kind == TOKEN_NAME) << 6;
}

static size_t
times_features(uint64_t k, uint32_t *out)
{
	size_t n = 0;

	PUT(60, k & 63);
	PUT(61, (uint32_t)(k >> 6));
	return n;
}

/* The word before (side 0) or behind (side 1): by itself, and as the one beside the run. */
static size_t
side_features(const struct doc *d, const struct view *v, uint32_t side, uint32_t *out)
{
	const struct token *t = side == 0 ? v->t - 1 : v->t + 1;
	uint32_t w = side == 0 ? v->l1 : v->r1;
	size_t n = 0;

	PUT(4 + side, w);
	if (v->e->is_name)
		n += cluster_features(t->kind == TOKEN_NUMBER ? 0 : model_word(d->model, t->hash),
				      22 + 3 * side, t->kind == TOKEN_NAME, out + n);
	if (v->place >> side & 1)
		PUT(31 + side, w << 2 ^ v->place);
	return n;
}

static inline uint64_t
side_id(const struct view *v, uint32_t side)
{
	const struct token *t = side == 0 ? v->t - 1 : v->t + 1;
	uint64_t w = side == 0 ? v->l1 : v->r1;

	return w << 8 | (uint64_t)(t->kind == TOKEN_NUMBER) << 5 | (uint64_t)(t->kind == TOKEN_NAME) << 4 |
	       v->place << 2 | side << 1 | v->e->is_name;
}

/* The words beside the run, where they are not the element's own, and those two away. */
static inline size_t
far_features(struct doc *d, const struct view *v, uint32_t *out)
{
	struct tokens *ts = &d->ts;
	size_t n = 0;

	if (!(v->place & 1))
		PUT(31, context(ts, &ts->tok[d->el[v->e->run].tok] - 1) << 2 ^ v->place);
	if (!(v->place & 2))
		PUT(32, context(ts, &ts->tok[d->el[v->e->run_end - 1].tok] + 1) << 2 ^ v->place);
	if (v->e->is_name) {
		PUT(6, context(ts, v->t - 2));
		PUT(7, context(ts, v->t + 2));
	}
	return n;
}

size_t
doc_features(struct doc *d, size_t i, uint32_t *out)
{
	struct view v;
	size_t n;

	view_of(d, i, &v);
	n = word_features(d, &v, out);
	n += shape_features(shape_id(&v), out + n);
	n += place_features(place_id(&v), out + n);
	if (v.e->is_name) {
		n += name_features(name_id(&v), out + n);
		n += times_features(times_id(d, &v), out + n);
	}
	n += side_features(d, &v, 0, out + n);
	n += side_features(d, &v, 1, out + n);
	return n + far_features(d, &v, out + n);
}

/* Numbers without order: a sum of them, each so many times, tells how many of each. */
static const uint64_t tag_sign[TAG_N] = {
	0xA0761D6478BD642Fu, 0xE7037ED1A0B428DBu, 0x8EBC6AF09C88C6E3u, 0x589965CC75374CC3u,
	0x1D8E4E27C47D124Fu, 0xEB44ACCAB455D165u, 0x9FB21C651E98DF25u, 0xC2B2AE3D27D4EB4Fu,
	0x165667B19E3779F9u, 0x27D4EB2F165667C5u, 0x85EBCA77C2B2AE63u, 0xFF51AFD7ED558CCDu,
	0xC4CEB9FE1A85EC53u, 0xBF58476D1CE4E5B9u, 0x94D049BB133111EBu,
};

void
doc_evidence(struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct doc_word *w;
	struct element *e;
	char acronym[16];
	size_t i, n = 0;
	int pos;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		if (!e->is_name)
			continue;
		w = &d->word[e->word];
		w->ntag[e->tag]++;
		w->tags += tag_sign[e->tag];
	}
	memset(acronym, 0, sizeof acronym);
	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		pos = e->tag == TAG_O || e->tag >= TAG_B_MISC ? 3 : (e->tag - 1) & 3;
		if (pos == 0)
			n = 0;
		if (pos < 3 && e->is_name && n < 8)
			acronym[n++] = ts->text[ts->tok[e->tok].begin];
		if (pos == 2 && n >= 2 && n < 8) {
			char room[64 + 16];

			memset(room, 0, sizeof room);
			memcpy(room, acronym, n);
			if ((w = word_find(d, word_hash(room, n))) != NULL)
				w->initials |= 1u << tag_type(e->tag);
		}
	}
}

static inline unsigned
bucket(uint32_t n)
{
	return n > 4 ? 4 : n > 2 ? 3 : n;
}

size_t
doc_features2(struct doc *d, size_t i, uint32_t *out)
{
	const struct element *e = &d->el[i];
	const struct doc_word *w = &d->word[e->word];
	const struct token *t = &d->ts.tok[e->tok];
	uint32_t ntype[5] = { 0 }, nt[TAG_N], all = 0, top = 0, ntop = 0, seen = 0;
	size_t n = 0, k;

	PUT(99, e->tag);
	if (!e->is_name) {
		PUT(98, (e > d->el ? e[-1].tag : 0u) << 4 | (i + 1 < d->nel ? e[1].tag : 0u));
		return n;
	}
	/* what stands once has no other places */
	for (k = 0; w->ntimes > 1 && k < TAG_N; k++) {
		nt[k] = w->ntag[k] - (k == e->tag);
		ntype[tag_type((int)k)] += nt[k];
		all += nt[k];
		if (nt[k] > 0)
			seen |= 1u << k;
	}
	PUT(100, bucket(all) << 4 | e->tag);
	if (w->initials && t->shape == SHAPE_UPPER)
		PUT(101, w->initials);
	if (all == 0)
		return n;
	for (k = 0; k < 5; k++)
		if (ntype[k] > ntop) {
			ntop = ntype[k];
			top = (uint32_t)k;
		}
	k = ntop == all ? 3 : ntop * 3 > all * 2 ? 2 : ntop * 2 > all ? 1 : 0;
	PUT(102, (top << 2 | (uint32_t)k) << 4 | bucket(all));
	PUT(105, (seen << 4 | e->tag));
	for (k = 0; k < TAG_N; k++)
		if (nt[k] > 0) {
			PUT(106, (uint32_t)k);
			PUT(107, (uint32_t)k << 4 | e->tag);
			PUT(108, (uint32_t)k << 3 | bucket(nt[k]));
		}
	return n;
}

/*
 * Decoding, by what may follow what (model.h), in a vector of the outer and one of the inner
 * tags, and back by looking again which tag it was. Tag by tag it took four times as many instructions.
 * Scores are sums of 16 bits that stop at the ends of their range, on every machine.
 */
#ifdef __SSE2__
#define LOAD(p) _mm_loadu_si128((const __m128i *)(const void *)(p))
#define STORE(p, v) _mm_storeu_si128((__m128i *)(void *)(p), (v))

/* The outer and the inner tags' of 16 values in the order of the tags, and back. */
#define PARTED(low, high, which) \
	_mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(low), _mm_castsi128_ps(high), which))
#define OUTER(low, high) PARTED(low, high, _MM_SHUFFLE(2, 0, 2, 0))
#define INNER(low, high) PARTED(low, high, _MM_SHUFFLE(3, 1, 3, 1))

/* Place k of a vector in all places. */
#define EACH(v, k) \
	_mm_shuffle_epi32((k) < 4 ? _mm_shufflelo_epi16(v, ((k)&3) * 0x55) \
				  : _mm_shufflehi_epi16(v, ((k)&3) * 0x55), \
			  (k) < 4 ? 0 : 0xAA)

static inline __m128i
top_of(__m128i low, __m128i high)
{
	__m128i x = _mm_max_epi16(low, high);

	x = _mm_max_epi16(x, _mm_srli_si128(x, 8));
	x = _mm_max_epi16(x, _mm_srli_si128(x, 4));
	x = _mm_max_epi16(x, _mm_srli_si128(x, 2));
	return _mm_set1_epi16((short)_mm_extract_epi16(x, 0));
}
#else
static inline int16_t
sum16(int a, int b)
{
	a += b;
	return (int16_t)(a > 32767 ? 32767 : a < -32768 ? -32768 : a);
}
#endif

/* The best scores of a run's first tag. */
static inline void
decode_first(const struct follow *f, const int16_t *score, int16_t *best)
{
#ifdef __SSE2__
	__m128i none = _mm_set1_epi16(-32768), low = LOAD(score), high = LOAD(score + 8), outer;

	outer = _mm_adds_epi16(OUTER(low, high), LOAD(f->outer[0]));
	STORE(best, _mm_unpacklo_epi32(outer, none));
	STORE(best + 8, _mm_unpackhi_epi32(outer, none));
#else
	int k;

	for (k = 0; k < 8; k++) {
		best[outer_tag[k]] = sum16(f->outer[0][k], score[outer_tag[k]]);
		best[inner_tag[k]] = -32768;
	}
#endif
}

/* The best scores of the tags of an element, from those of the one before it; the best of them all is made 0, so that no run is too long. */
static inline void
decode_next(const struct follow *f, const int16_t *before, const int16_t *score, int16_t *best)
{
#ifdef __SSE2__
	__m128i low = LOAD(before), high = LOAD(before + 8), top;
	__m128i o = OUTER(low, high), n = INNER(low, high), outer, inner;

#define FROM(i, v, k) _mm_adds_epi16(EACH(v, k), LOAD(f->outer[i]))
	outer = _mm_max_epi16(FROM(0, o, 0), FROM(1, o, 2));
	outer = _mm_max_epi16(outer, _mm_max_epi16(FROM(2, o, 4), FROM(3, o, 6)));
	outer = _mm_max_epi16(outer, _mm_max_epi16(FROM(4, o, 7), FROM(5, n, 1)));
	outer = _mm_max_epi16(outer, _mm_max_epi16(FROM(6, n, 3), FROM(7, n, 5)));
	outer = _mm_max_epi16(outer, FROM(8, n, 6));
#undef FROM
	inner =
	    _mm_max_epi16(_mm_adds_epi16(_mm_shufflehi_epi16(_mm_shufflelo_epi16(o, _MM_SHUFFLE(3, 3, 1, 1)),
							     _MM_SHUFFLE(3, 3, 1, 1)),
					 LOAD(f->begun)),
			  _mm_adds_epi16(_mm_shufflehi_epi16(_mm_shufflelo_epi16(n, _MM_SHUFFLE(2, 2, 0, 0)),
							     _MM_SHUFFLE(2, 2, 0, 0)),
					 LOAD(f->inside)));
	low = LOAD(score);
	high = LOAD(score + 8);
	outer = _mm_adds_epi16(outer, OUTER(low, high));
	inner = _mm_adds_epi16(inner, INNER(low, high));
	top = top_of(outer, inner);
	outer = _mm_subs_epi16(outer, top);
	inner = _mm_subs_epi16(inner, top);
	STORE(best, _mm_unpacklo_epi32(outer, inner));
	STORE(best + 8, _mm_unpackhi_epi32(outer, inner));
#else
	int16_t top = -32768, s;
	int i, k, a;

	for (k = 0; k < 8; k++) {
		best[outer_tag[k]] = -32768;
		for (i = 0; i < TAG_ENDINGS; i++) {
			s = sum16(before[ending_tag[i]], f->outer[i][k]);
			if (s > best[outer_tag[k]])
				best[outer_tag[k]] = s;
		}
		best[inner_tag[k]] = sum16(before[outer_tag[k | 1]], f->begun[k]);
		s = sum16(before[inner_tag[k & 6]], f->inside[k]);
		if (s > best[inner_tag[k]])
			best[inner_tag[k]] = s;
	}
	for (a = 0; a < TAG_ROW; a++) {
		best[a] = sum16(best[a], score[a]);
		if (best[a] > top)
			top = best[a];
	}
	for (a = 0; a < TAG_ROW; a++)
		best[a] = sum16(best[a], -top);
#endif
}

/* The best tag, the first of equals, before the tag that follows. */
static inline unsigned
decode_back(const struct follow *f, const int16_t *best, unsigned tag)
{
#ifdef __SSE2__
	__m128i low = _mm_adds_epi16(LOAD(best), LOAD(f->before[tag])),
		high = _mm_adds_epi16(LOAD(best + 8), LOAD(f->before[tag] + 8)), top = top_of(low, high);

	return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(
	    _mm_packs_epi16(_mm_cmpeq_epi16(low, top), _mm_cmpeq_epi16(high, top))));
#else
	int16_t top = -32768, s;
	unsigned a, found = 0;

	for (a = 0; a < TAG_ROW; a++) {
		s = sum16(best[a], f->before[tag][a]);
		if (s > top || a == 0) {
			top = s;
			found = a;
		}
	}
	return found;
#endif
}

void
doc_decode(struct doc *d, size_t from, size_t to)
{
	const struct follow *f = &d->model->follow;
	unsigned tag = TAG_O;
	size_t i;

	decode_first(f, d->score[from], d->best[from]);
	for (i = from + 1; i < to; i++)
		decode_next(f, d->best[i - 1], d->score[i], d->best[i]);
	for (i = to; i-- > from;) {
		tag = decode_back(f, d->best[i], tag);
		d->el[i].tag = (uint8_t)tag;
	}
}

void
doc_room(struct doc *d)
{
	if (d->score_cap < d->nel) {
		d->score_cap = d->nel + d->nel / 2;
		d->score = mem_array(d->score, d->score_cap, sizeof *d->score);
		d->best = mem_array(d->best, d->score_cap, sizeof *d->best);
	}
}

/* Scores of all tags, while they are added up. */
#ifdef __SSE2__
struct scores {
	__m128i low, high;
};

static inline struct scores
scores_get(const int16_t *from)
{
	return (struct scores){ LOAD(from), LOAD(from + 8) };
}

static inline void
scores_put(int16_t *to, struct scores s)
{
	STORE(to, s.low);
	STORE(to + 8, s.high);
}

static inline struct scores
scores_sum(struct scores s, const int16_t *more)
{
	return (struct scores){ _mm_add_epi16(s.low, LOAD(more)), _mm_add_epi16(s.high, LOAD(more + 8)) };
}

static inline struct scores
scores_row(struct scores s, const int8_t *row)
{
	__m128i r = LOAD(row), sign = _mm_cmpgt_epi8(_mm_setzero_si128(), r);

	return (struct scores){ _mm_add_epi16(s.low, _mm_unpacklo_epi8(r, sign)),
				_mm_add_epi16(s.high, _mm_unpackhi_epi8(r, sign)) };
}
#else
struct scores {
	int16_t of[TAG_ROW];
};

static inline struct scores
scores_get(const int16_t *from)
{
	struct scores s;

	memcpy(s.of, from, sizeof s.of);
	return s;
}

static inline void
scores_put(int16_t *to, struct scores s)
{
	memcpy(to, s.of, sizeof s.of);
}

static inline struct scores
scores_sum(struct scores s, const int16_t *more)
{
	int k;

	for (k = 0; k < TAG_ROW; k++)
		s.of[k] = (int16_t)(s.of[k] + more[k]);
	return s;
}

static inline struct scores
scores_row(struct scores s, const int8_t *row)
{
	int k;

	for (k = 0; k < TAG_ROW; k++)
		s.of[k] = (int16_t)(s.of[k] + row[k]);
	return s;
}
#endif

static const int16_t no_score[TAG_ROW];

/* The rows of n features added. Nothing is branched on, so that the rows come from memory together. */
static inline struct scores
scores_rows(struct scores s, const struct model *m, const uint32_t *f, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		/* cppcheck-suppress uninitvar ; the caller has filled n of them */
		s = scores_row(s, m->row[model_row(m, f[i])]);
	return s;
}

/* Keys that are not hashes say in their highest bits of what they are. */
#define SUM_KIND(n) ((uint64_t)(n) << 60)
#define SUM_SHAPE SUM_KIND(1)
#define SUM_PLACE SUM_KIND(2)
#define SUM_NAME SUM_KIND(3)
#define SUM_SIDE SUM_KIND(4)
#define SUM_TIMES SUM_KIND(5)
#define SUM_JOINT SUM_KIND(6)

/* Where the sum of a key (not 0) is kept: those of words are many, and would drive out those of few values. */
static inline struct sum *
sum_word(const struct doc *d, uint64_t key)
{
	return &d->sum[(key * 0x9E3779B97F4A7C15u) >> (64 - SUMS_BITS)];
}

static inline struct sum *
sum_few(const struct doc *d, uint64_t key)
{
	return &d->sum[SUMS + ((key * 0x9E3779B97F4A7C15u) >> (64 - SUMS_FEW_BITS))];
}

/* Make the sum of a key, of n features. */
static void __attribute__((noinline))
sum_make(struct sum *s, uint64_t key, const struct model *m, const uint32_t *f, size_t n)
{
	s->key = key;
	scores_put(s->score, scores_rows(scores_get(no_score), m, f, n));
}

/* The scores of an element in the first pass. */
static void
score_first(struct doc *d, size_t i)
{
	const struct model *m = d->model;
	uint32_t f[FEATURE_MAX];
	struct scores score;
	struct view v;
	struct sum *s;
	uint64_t key;
	uint32_t side;

	view_of(d, i, &v);
	score = scores_rows(scores_get(no_score), m, f, far_features(d, &v, f));
	key = shape_id(&v) | SUM_SHAPE;
	s = sum_few(d, key);
	if (s->key != key)
		sum_make(s, key, m, f, shape_features(key, f));
	score = scores_sum(score, s->score);
	key = place_id(&v) | SUM_PLACE;
	s = sum_few(d, key);
	if (s->key != key)
		sum_make(s, key, m, f, place_features(key, f));
	score = scores_sum(score, s->score);
	if (v.e->is_name) {
		key = name_id(&v) | SUM_NAME;
		s = sum_few(d, key);
		if (s->key != key)
			sum_make(s, key, m, f, name_features(key, f));
		score = scores_sum(score, s->score);
		key = times_id(d, &v) | SUM_TIMES;
		s = sum_few(d, key);
		if (s->key != key)
			sum_make(s, key, m, f, times_features(key, f));
		score = scores_sum(score, s->score);
	}
	key = word_id(d, &v);
	s = sum_word(d, key);
	if (s->key != key)
		sum_make(s, key, m, f, word_features(d, &v, f));
	score = scores_sum(score, s->score);
	for (side = 0; side < 2; side++) {
		key = side_id(&v, side) | SUM_SIDE;
		s = sum_word(d, key);
		if (s->key != key)
			sum_make(s, key, m, f, side_features(d, &v, side, f));
		score = scores_sum(score, s->score);
	}
	scores_put(d->score[i], score);
}

/*
 * The same for the second pass, all of it from the sums: of a word's other places what
 * matters is how often it got which tag, and in a document most of them agree.
 */
static void
score_second(struct doc *d, size_t i)
{
	const struct element *e = &d->el[i];
	const struct doc_word *w = &d->word[e->word];
	const struct token *t = &d->ts.tok[e->tok];
	uint32_t f[FEATURE_MAX];
	uint64_t key;
	struct sum *s;

	if (!e->is_name)
		key = SUM_JOINT | (uint64_t)e->tag << 8 | (uint64_t)(i > 0 ? e[-1].tag : 0) << 4 |
		      (uint64_t)(i + 1 < d->nel ? e[1].tag : 0);
	else {
		key = e->tag | (t->shape == SHAPE_UPPER ? w->initials << 4 : 0) | (uint64_t)1 << 30;
		key = w->tags - tag_sign[e->tag] + key * 0xD6E8FEB86659FD93u;
	}
	s = sum_few(d, key);
	if (s->key != key)
		sum_make(s, key, d->model, f, doc_features2(d, i, f));
	scores_put(d->score[i], scores_sum(scores_get(d->score[i]), s->score));
}

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

/* A family name of the gazetteer, and nothing else. */
static bool
is_known_person(const struct element *e)
{
	return e->hit_n == 1 && e->hit_canon != 0 && e->hit_bits & (NAME_LAST | NAME_PERSON) &&
	       !(e->hit_bits & ~(unsigned)(NAME_LAST | NAME_PERSON)) && WORD_CASE(e->known) < 4;
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

/* What somebody is rather than who, and a bit for each length of those that begin with a letter: most words are of none. */
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
	"winger",	  "actor",	 "actress",	 "singer",	"author",	 "vice"
};
static uint32_t office_size[26];

static void __attribute__((constructor)) office_fill(void)
{
	size_t i;

	for (i = 0; i < sizeof office / sizeof office[0]; i++)
		office_size[office[i][0] - 'a'] |= 1u << strlen(office[i]);
}

/* A rank or an address in short, with or without its full stop. */
static bool
is_rank_short(const char *p, size_t n)
{
	static const char list[][5] = { "Lt",	"Cmdr", "Gen", "Col", "Capt", "Sgt", "Maj", "Adm",
					"Rep",	"Sen",	"Gov", "Dr",  "Mr",   "Mrs", "Ms",  "Prof",
					"Brig", "Spc",	"Pvt", "Cpl", "Rev",  "Hon", "Fr",  "Pte",
					"Supt", "Insp", "Det", "Sir", "Dame" };
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
		for (i = 0; i < sizeof office / sizeof office[0]; i++) {
			for (k = 0; k < n && (p[k] | 0x20) == office[i][k]; k++)
				;
			if (k == n && office[i][k] == '\0')
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

/* Is the name not ended by an element so tagged? */
static bool
goes_on(unsigned tag)
{
	return tag != TAG_O && tag < TAG_B_MISC && (tag - 1) % 4 < 2;
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
		while (d->el[end - 1].tag % 4 != 0 && d->el[end - 1].tag % 4 != 3 && end < d->el[i].run_end)
			end++;
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
		k = end - is_word(ts, &d->el[end - 1], "Leader") - is_word(ts, &d->el[end - 1], "Whip");
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
		/* Ukraine-Russia talks, but Guinea-Bissau */
		if (type != TYPE_PER && end - from == 3 &&
		    ts->text[ts->tok[d->el[from + 1].tok].begin] == '-' && hit.ntoken == 1 &&
		    hit.canon != 0 && hit.bits & (NAME_COUNTRY | NAME_CITY) && d->el[end - 1].hit_n == 1 &&
		    d->el[end - 1].hit_canon != 0 && d->el[end - 1].hit_bits & (NAME_COUNTRY | NAME_CITY)) {
			tag_name(d, from, from + 1, TYPE_LOC);
			d->el[from + 1].tag = TAG_O;
			from += 2;
			tag_name(d, from, end, type = TYPE_LOC);
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

void
doc_tag(struct doc *d)
{
	size_t i;

	if (d->sum == NULL) {
		d->sum = mem_array(NULL, SUMS + SUMS_FEW, sizeof *d->sum);
		memset(d->sum, 0, (SUMS + SUMS_FEW) * sizeof *d->sum);
	}
	doc_room(d);
	for (i = 0; i < d->nel; i++)
		score_first(d, i);
	for (i = 0; i < d->nel; i = d->el[i].run_end)
		doc_decode(d, i, d->el[i].run_end);
	doc_evidence(d);
	for (i = 0; i < d->nel; i++)
		score_second(d, i);
	for (i = 0; i < d->nel; i = d->el[i].run_end)
		doc_decode(d, i, d->el[i].run_end);
	tag_known(d);
	tag_pairs(d);
	tag_rules(d);
	tag_ranked(d);
	tag_tables(d);
}
