/* SPDX-License-Identifier: ISC */
#include "feats.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdlib.h>
#include <string.h>

#include "u8.h"

/*
 * Small words that stand inside names (1), and those that may begin one (2), of at most
 * five letters; by their bytes as a number.
 */
static const struct {
	char word[6];
	uint8_t kind;
} joint[] = { { "of", 1 },    { "the", 1 }, { "and", 1 }, { "for", 1 }, { "in", 1 },   { "on", 1 },
	      { "at", 1 },    { "de", 2 },  { "la", 1 },  { "le", 1 },	{ "du", 1 },   { "del", 1 },
	      { "da", 1 },    { "do", 1 },  { "dos", 1 }, { "das", 1 }, { "des", 1 },  { "di", 1 },
	      { "della", 1 }, { "e", 1 },   { "y", 1 },	  { "et", 1 },	{ "ten", 1 },  { "an", 1 },
	      { "und", 1 },   { "zu", 1 },  { "al", 2 },  { "el", 2 },	{ "van", 2 },  { "von", 2 },
	      { "bin", 2 },   { "ibn", 2 }, { "der", 2 }, { "den", 2 }, { "ul", 2 },   { "ur", 2 },
	      { "bint", 2 },  { "ould", 2 }, { "d", 2 },  { "ben", 2 } };
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
		word = 0;
		memcpy(&word, joint[i].word, sizeof joint[i].word);
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
	memcpy(&word, p, sizeof word);
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
	size_t i, j, k, n = ts->n, run, e;
	bool any;

	for (i = 0; i < n; i++) {
		if (ts->tok[i].kind != TOKEN_NAME || is_opening(d, i))
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
		i = j - 1;
	}
}

/* The place of a word in the index of the document's words: 1 + its number stands there, or 0. */
static uint32_t *
word_place(struct doc *d, uint32_t hash)
{
	size_t i = hash >> 1 & d->index_mask;

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
		if ((s = name_get(name_hash(0, token_hash(ts, t)))) == NULL)
			continue;
		if (e->is_name &&
		    (!(s->bits & NAME_CASED) || t->shape == SHAPE_UPPER || t->shape == SHAPE_DOTTED))
			e->single = s->bits & NAME_CLASSES;
		if (!(s->bits & NAME_PREFIX) || e->multi)
			continue;
		hit = name_match(ts, e->tok);
		if (hit.ntoken < 2)
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
	if (e->known != 0)
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
	uint32_t known;
	size_t i;

	for (i = 0; i < ts->n; i++) {
		t = &ts->tok[i];
		if (!(t->flags & TOKEN_CAPS) || t->kind != TOKEN_NAME || t->shape != SHAPE_UPPER)
			continue;
		s = name_get(name_hash(0, token_hash(ts, t)));
		known = model_word(d->model, t->hash);
		if (s != NULL && s->bits & NAME_CASED && WORD_CASE(known) < 6)
			continue;
		if (WORD_CASE(known) >= 5) {
			t->kind = TOKEN_LOWER;
			t->shape = SHAPE_LOWER;
		} else if (known != 0 || s != NULL || t->end - t->begin > 4)
			t->shape = SHAPE_INITIAL;
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
	uint32_t left, right, lk, rk;
	const struct name_slot *ls, *rs;

	if (t->flags & (TOKEN_WIDE | TOKEN_DOT) || n < 6 || !ascii_upper(p[0]))
		return 0;
	if (model_word(d->model, token_hash(&d->ts, t)) != 0 || name_get(name_hash(0, t->hash)) != NULL)
		return 0;
	for (i = 3; i + 2 <= n; i++) {
		if (!ascii_lower(p[i - 1]) || !ascii_upper(p[i]))
			continue;
		if (i == 3 &&
		    (memcmp(p, "Mac", 3) == 0 || memcmp(p, "Van", 3) == 0 || memcmp(p, "Del", 3) == 0))
			continue;
		left = word_hash(p, i);
		right = word_hash(p + i, n - i);
		lk = model_word(d->model, left);
		rk = model_word(d->model, right);
		ls = name_get(name_hash(0, left));
		rs = name_get(name_hash(0, right));
		if ((rk == 0 && rs == NULL) || (lk == 0 && ls == NULL && i < 4))
			continue;
		if (ls != NULL || rs != NULL || WORD_CASE(lk) - 1 < 3 || WORD_CASE(rk) - 1 < 3 ||
		    WORD_CASE(rk) == 7 || lk == 0)
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
		if (t->shape != SHAPE_CAMEL || t->kind != TOKEN_NAME || (k = glue_at(d, t)) == 0)
			continue;
		t[-1] = *t;
		t->begin += (uint32_t)k;
		t[-1].end = t->begin;
		t->hash = t[-1].hash = 0;
		t->shape = t[-1].shape = SHAPE_INITIAL;
		t->flags = (uint16_t)((t->flags & ~(unsigned)TOKEN_SPACE) | TOKEN_GLUED | TOKEN_START);
		to--;
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
	size_t i, want;

	d->model = m;
	d->nel = 0;
	tokens_read(ts, text, size);
	if (ts->has_caps)
		undo_capitals(d);
	if (ts->has_camel)
		part_glued(d);
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

/* What the features of an element are made of. */
struct view {
	const struct element *e, *ep, *en;
	struct token *t;
	uint32_t w, l1, r1;
	uint32_t place; /* bits: first, last of its run */
	unsigned mode, kase;
};

static inline void
view_of(struct doc *d, size_t i, struct view *v)
{
	struct tokens *ts = &d->ts;
	const struct element *e = &d->el[i];
	struct token *t = &ts->tok[e->tok];

	v->e = e;
	v->ep = i > e->run ? e - 1 : NULL;
	v->en = i + 1 < e->run_end ? e + 1 : NULL;
	v->t = t;
	v->w = context(ts, t);
	v->l1 = context(ts, t - 1);
	v->r1 = context(ts, t + 1);
	v->place = (uint32_t)(v->ep == NULL) | (uint32_t)(v->en == NULL) << 1;
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
	if ((x = WORD_CLUSTER(e->known)) != 0)
		PUT(42, x);
	return n;
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
 * Then three groups of features of few values, of which a key holds all: what the
 * gazetteer says of a word (name), what it and its neighbours look like (shape), where it stands in
 * its run and in the document (place).
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
place_id(const struct doc *d, const struct view *v)
{
	const struct element *e = v->e;
	const struct doc_word *w = &d->word[e->word];
	uint32_t run = e->run_end - e->run > 4 ? 5 : e->run_end - e->run;
	uint64_t k = v->place | (uint64_t)run << 2;

	if (e->is_name)
		k |= (uint64_t)1 << 5 | (uint64_t)v->mode << 6 | (uint64_t)v->t->shape << 8 |
		     (uint64_t)v->kase << 12 | (uint64_t)(w->ntimes > 4 ? 3 : w->ntimes > 1 ? 2 : 1) << 15 |
		     (uint64_t)(w->ninner > 0) << 17 | (uint64_t)(w->nafter > 0) << 18 |
		     (uint64_t)(w->nbefore > 0) << 19 | (uint64_t)(v->t[-1].kind == TOKEN_NAME) << 20 |
		     (uint64_t)(v->t[1].kind == TOKEN_NAME) << 21;
	return k;
}

static size_t
place_features(uint64_t k, uint32_t *out)
{
	uint32_t place = k & 3, mode = k >> 6 & 3, s0 = k >> 8 & 15, kase = k >> 12 & 7;
	size_t n = 0;

	PUT(30, place | (uint32_t)(k >> 2 & 7) << 2);
	if (!(k >> 5 & 1))
		return n;
	PUT(40, kase * 8 + mode);
	PUT(41, kase << 8 | s0 << 4 | (~place & 1) << 1 | (~place >> 1 & 1));
	PUT(60, (uint32_t)(k >> 15 & 3) << 4 | (uint32_t)(k >> 17 & 1) << 2 | mode);
	PUT(61, (uint32_t)(k >> 18 & 1) << 3 | (uint32_t)(k >> 19 & 1) << 2 |
		    (uint32_t)(k >> 20 & 1) << 1 | (uint32_t)(k >> 21 & 1));
	return n;
}

/* The word before (side 0) or behind (side 1) by itself. */
static size_t
side_features(const struct doc *d, const struct token *t, uint32_t w, uint32_t side, bool is_name,
	      uint32_t *out)
{
	size_t n = 0;

	PUT(4 + side, w);
	if (is_name)
		PUT(47 + side, t->kind == TOKEN_NUMBER ? 0 : WORD_CLUSTER(model_word(d->model, t->hash)));
	return n;
}

/* What is of two words, or of a place in the run. */
static size_t
pair_features(struct doc *d, size_t i, const struct view *v, uint32_t *out)
{
	struct tokens *ts = &d->ts;
	const struct element *e = v->e, *ep = v->ep, *en = v->en;
	uint32_t x = v->place, g = e->single;
	struct token *first, *last;
	size_t n = 0;

	PUT(8, mix(v->l1, v->w));
	PUT(9, mix(v->w, v->r1));
	first = &ts->tok[d->el[e->run].tok];
	last = &ts->tok[d->el[e->run_end - 1].tok];
	PUT(31, context(ts, first - 1) << 2 ^ x);
	PUT(32, context(ts, last + 1) << 2 ^ x);
	if (e->run_end - e->run > 1) {
		PUT(33, mix(context(ts, last), x));
		PUT(34, mix(context(ts, first), x));
		if (ep != NULL && ep > d->el + e->run && !ep->is_name)
			PUT(37, mix(context(ts, &ts->tok[ep[-1].tok]), v->w));
		if (en != NULL && !en->is_name && i + 2 < e->run_end)
			PUT(38, mix(context(ts, &ts->tok[en[1].tok]), v->w));
	}
	if (!e->is_name)
		return n;
	PUT(6, context(ts, v->t - 2));
	PUT(7, context(ts, v->t + 2));
	if (ep != NULL)
		PUT(45, WORD_CLUSTER(ep->known) << 9 | WORD_CLUSTER(e->known));
	if (en != NULL)
		PUT(46, WORD_CLUSTER(en->known) << 9 | WORD_CLUSTER(e->known));
	PUT(56, (ep != NULL ? ep->single : 0x4000u) << 15 ^ g);
	PUT(57, (en != NULL ? en->single : 0x4000u) << 15 ^ g);
	PUT(58, mix(g, v->l1));
	PUT(59, mix(g, v->r1));
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
	n += place_features(place_id(d, &v), out + n);
	if (v.e->is_name)
		n += name_features(name_id(&v), out + n);
	n += side_features(d, v.t - 1, v.l1, 0, v.e->is_name, out + n);
	n += side_features(d, v.t + 1, v.r1, 1, v.e->is_name, out + n);
	return n + pair_features(d, i, &v, out + n);
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
	unsigned mode = mode_of(t), kase = WORD_CASE(e->known);

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
	PUT(103, ((top << 2 | (uint32_t)k) << 4 | e->tag) << 3 | mode);
	PUT(104, ((top << 2 | (uint32_t)k) << 4 | e->tag) << 3 | kase);
	PUT(105, (seen << 4 | e->tag));
	for (k = 0; k < TAG_N; k++)
		if (nt[k] > 0) {
			PUT(106, (uint32_t)k);
			PUT(107, (uint32_t)k << 4 | e->tag);
			PUT(108, (uint32_t)k << 3 | bucket(nt[k]));
			PUT(109, ((uint32_t)k << 4 | t->shape) << 2 | (uint32_t)(i == e->run) << 1 |
				     (uint32_t)(i + 1 == e->run_end));
		}
	return n;
}

/*
 * Decoding. The tags of model.h stand in groups of four: one that a name ends with or none,
 * begin, inside, end. A name is begun or left out, by the first two of each group (outer tags), after
 * what ends one, from any group; it is gone on with, by the last two (inner tags), from
 * begin and inside of its own group. So of 225 pairs 81 and 14 are looked at, in a vector
 * each of the outer and of the inner tags; that took a fifth off the whole. Scores are
 * sums of 16 bits that stop at the ends of their range, on every machine.
 */
static const uint8_t outer_tag[8] = { TAG_O,	 TAG_B_PER, TAG_S_PER, TAG_B_ORG,
				      TAG_S_ORG, TAG_B_LOC, TAG_S_LOC, TAG_B_MISC };
static const uint8_t inner_tag[8] = { TAG_I_PER, TAG_E_PER, TAG_I_ORG,	TAG_E_ORG,
				      TAG_I_LOC, TAG_E_LOC, TAG_I_MISC, TAG_ROW - 1 };
static const uint8_t begin_tag[8] = { TAG_B_PER, TAG_B_PER, TAG_B_ORG,	TAG_B_ORG,
				      TAG_B_LOC, TAG_B_LOC, TAG_B_MISC, TAG_B_MISC };
/* What an outer tag may follow: the places among the outer tags (0 to 7) and the inner ones (8 to 15). */
static const uint8_t ending[TAG_ENDINGS] = { 0, 2, 4, 6, 7, 9, 11, 13, 14 };

static void
follow_read(struct follow *f, const struct model *m)
{
	const int16_t(*follow)[TAG_ROW] = m->head->follow;
	int i, k, a;

	for (k = 0; k < 8; k++) {
		for (i = 0; i < TAG_ENDINGS; i++) {
			a = ending[i] < 8 ? outer_tag[ending[i]] : inner_tag[ending[i] - 8];
			f->outer[i][k] = follow[a][outer_tag[k]];
		}
		f->begun[k] = follow[begin_tag[k]][inner_tag[k]];
		f->inside[k] = follow[inner_tag[k & 6]][inner_tag[k]];
	}
	for (a = 0; a < TAG_ROW; a++)
		for (k = 0; k < TAG_ROW; k++)
			f->before[k][a] = follow[a][k];
}

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
	inner = _mm_max_epi16(
	    _mm_adds_epi16(_mm_shufflehi_epi16(_mm_shufflelo_epi16(o, _MM_SHUFFLE(3, 3, 1, 1)),
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
			a = ending[i] < 8 ? outer_tag[ending[i]] : inner_tag[ending[i] - 8];
			s = sum16(before[a], f->outer[i][k]);
			if (s > best[outer_tag[k]])
				best[outer_tag[k]] = s;
		}
		best[inner_tag[k]] = sum16(before[begin_tag[k]], f->begun[k]);
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
	const struct follow *f = &d->follow;
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
doc_ready(struct doc *d)
{
	follow_read(&d->follow, d->model);
	if (d->score_cap < d->nel) {
		d->score_cap = d->nel + d->nel / 2;
		d->score = mem_array(d->score, d->score_cap, sizeof *d->score);
		d->best = mem_array(d->best, d->score_cap, sizeof *d->best);
	}
}

/* Ask for the places of n features, so that they are there when rows_at looks. */
static inline void
rows_ask(const struct model *m, const uint32_t *f, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		/* cppcheck-suppress uninitvar ; the caller has filled n of them */
		__builtin_prefetch(m->print[(size_t)((uint64_t)f[i] * m->head->nbucket >> 32)]);
}

/* Numbers of rows in place of the features, and ask for these. */
static inline void
rows_at(const struct model *m, uint32_t *f, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		f[i] = model_row(m, f[i]);
		__builtin_prefetch(m->row[f[i]]);
	}
}

static inline void
rows_add(const struct model *m, const uint32_t *at, size_t n, int16_t *score)
{
	size_t i;
#ifdef __SSE2__
	__m128i low = _mm_loadu_si128((const __m128i *)(const void *)score),
		high = _mm_loadu_si128((const __m128i *)(const void *)(score + 8)), r, sign;

	for (i = 0; i < n; i++) {
		r = _mm_loadu_si128((const __m128i *)(const void *)m->row[at[i]]);
		sign = _mm_cmpgt_epi8(_mm_setzero_si128(), r);
		low = _mm_add_epi16(low, _mm_unpacklo_epi8(r, sign));
		high = _mm_add_epi16(high, _mm_unpackhi_epi8(r, sign));
	}
	_mm_storeu_si128((__m128i *)(void *)score, low);
	_mm_storeu_si128((__m128i *)(void *)(score + 8), high);
#else
	int k;

	for (i = 0; i < n; i++)
		for (k = 0; k < TAG_ROW; k++)
			score[k] = (int16_t)(score[k] + m->row[at[i]][k]);
#endif
}

/* The rows of n features added to a score. */
static void
add_rows(const struct model *m, uint32_t *f, size_t n, int16_t *score)
{
	rows_ask(m, f, n);
	rows_at(m, f, n);
	rows_add(m, f, n, score);
}

/* Keys that are not hashes say in their highest bits of what they are. */
#define SUM_KIND(n) ((uint64_t)(n) << 60)
#define SUM_SHAPE SUM_KIND(1)
#define SUM_PLACE SUM_KIND(2)
#define SUM_NAME SUM_KIND(3)
#define SUM_SIDE SUM_KIND(4)
#define SUM_JOINT SUM_KIND(5)

/* The sum kept for a key (not 0); *fresh where it is still to be made. */
static inline int16_t *
sum_of(struct doc *d, uint64_t key, bool *fresh)
{
	struct sum *s = &d->sum[(key * 0x9E3779B97F4A7C15u) >> (64 - SUMS_BITS)];

	*fresh = s->key != key;
	if (*fresh) {
		s->key = key;
		memset(s->score, 0, sizeof s->score);
	}
	return s->score;
}

static inline void
add_sum(int16_t *to, const int16_t *s)
{
#ifdef __SSE2__
	__m128i *t = (__m128i *)(void *)to;
	const __m128i *f = (const __m128i *)(const void *)s;

	_mm_storeu_si128(t, _mm_add_epi16(_mm_loadu_si128(t), _mm_loadu_si128(f)));
	_mm_storeu_si128(t + 1, _mm_add_epi16(_mm_loadu_si128(t + 1), _mm_loadu_si128(f + 1)));
#else
	int k;

	for (k = 0; k < TAG_ROW; k++)
		to[k] = (int16_t)(to[k] + s[k]);
#endif
}

/*
 * The scores of an element in the first pass, from the sums; what is not in these
 * is left in rest, and how many features these are is returned.
 */
static size_t
score_first(struct doc *d, size_t i, uint32_t *rest)
{
	uint32_t f[FEATURE_MAX];
	int16_t *score = d->score[i], *s;
	size_t n;
	struct view v;
	uint64_t key;
	uint32_t side;
	bool fresh;

	view_of(d, i, &v);
	n = pair_features(d, i, &v, rest);
	rows_ask(d->model, rest, n);
	memset(score, 0, sizeof d->score[i]);
	key = shape_id(&v);
	s = sum_of(d, key | SUM_SHAPE, &fresh);
	if (fresh)
		add_rows(d->model, f, shape_features(key, f), s);
	add_sum(score, s);
	key = place_id(d, &v);
	s = sum_of(d, key | SUM_PLACE, &fresh);
	if (fresh)
		add_rows(d->model, f, place_features(key, f), s);
	add_sum(score, s);
	if (v.e->is_name) {
		key = name_id(&v);
		s = sum_of(d, key | SUM_NAME, &fresh);
		if (fresh)
			add_rows(d->model, f, name_features(key, f), s);
		add_sum(score, s);
	}
	s = sum_of(d, word_id(d, &v), &fresh);
	if (fresh)
		add_rows(d->model, f, word_features(d, &v, f), s);
	add_sum(score, s);
	for (side = 0; side < 2; side++) {
		const struct token *t = side == 0 ? v.t - 1 : v.t + 1;
		uint32_t w = side == 0 ? v.l1 : v.r1;

		s = sum_of(d,
			   (uint64_t)w << 8 | (uint64_t)(t->kind == TOKEN_NUMBER) << 2 |
			       (uint64_t)(t->kind == TOKEN_NAME) << 3 | side << 1 | v.e->is_name |
			       SUM_SIDE,
			   &fresh);
		if (fresh)
			add_rows(d->model, f, side_features(d, t, w, side, v.e->is_name, f), s);
		add_sum(score, s);
	}
	return n;
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
	uint64_t key, others;
	int16_t *s;
	bool fresh;

	if (!e->is_name)
		key = SUM_JOINT | (uint64_t)e->tag << 8 | (uint64_t)(i > 0 ? e[-1].tag : 0) << 4 |
		      (uint64_t)(i + 1 < d->nel ? e[1].tag : 0);
	else {
		others = w->tags - tag_sign[e->tag];
		key = e->tag | (t->shape == SHAPE_UPPER ? w->initials << 4 : 0) | (uint64_t)1 << 30;
		if (others != 0)
			key |= (uint64_t)mode_of(t) << 9 | (uint64_t)WORD_CASE(e->known) << 11 |
			       (uint64_t)t->shape << 14 | (uint64_t)(i == e->run) << 18 |
			       (uint64_t)(i + 1 == e->run_end) << 19;
		key = others + key * 0xD6E8FEB86659FD93u;
	}
	s = sum_of(d, key, &fresh);
	if (fresh)
		add_rows(d->model, f, doc_features2(d, i, f), s);
	add_sum(d->score[i], s);
}

#define KNOWN (NAME_PARTY | NAME_COMPANY | NAME_MEDIA | NAME_AGENCY | NAME_ORG)

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

/*
 * Organisations of facts/ that stand by themselves inside a sentence, and that both
 * passes left untagged, are tagged: these names have one meaning. A word that is often small is not
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
		if ((e->tag != TAG_O && e->tag < TAG_B_MISC) || !e->is_name ||
		    !((e->single | e->multi) & KNOWN) || t[-1].kind == TOKEN_NAME)
			continue;
		hit = name_match(ts, e->tok);
		if (hit.canon == 0 || !(hit.bits & KNOWN) ||
		    hit.bits & (NAME_DEMONYM | NAME_PERSON | NAME_LAST))
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
		tag_name(d, i, end, TYPE_ORG);
	}
}

/* What somebody is rather than who: the word is no part of a person's name that follows. */
static bool
is_office(const struct tokens *ts, const struct element *e)
{
	static const char *const list[] = {
		"secretary",	"general",     "president",	"minister",	  "ministers",
		"ambassador",	"spokesman",   "spokeswoman",	"spokesperson",	  "chairman",
		"chairwoman",	"chair",       "director",	"manager",	  "governor",
		"senator",	"mayor",       "chancellor",	"premier",	  "envoy",
		"commissioner", "congressman", "congresswoman", "lawmaker",	  "deputy",
		"chief",	"officer",     "coach",		"captain",	  "editor",
		"reporter",	"professor",   "analyst",	"attorney",	  "lawyer",
		"prosecutor",	"judge",       "justice",	"speaker",	  "leader",
		"commander",	"colonel",     "lieutenant",	"sergeant",	  "major",
		"admiral",	"marshal",     "brigadier",	"representative", "counsel",
		"head",		"co-founder",  "founder",	"correspondent",  "spokesmen",
		"striker",	"midfielder",  "defender",	"goalkeeper",	  "forward",
		"winger",	"actor",       "actress",	"singer",	  "author",
		"vice"
	};
	const struct token *t = &ts->tok[e->tok];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, i, k;

	if (!e->is_name || t->shape != SHAPE_INITIAL || n < 4)
		return false;
	for (i = 0; i < sizeof list / sizeof list[0]; i++) {
		for (k = 0; k < n && (p[k] | 0x20) == list[i][k]; k++)
			;
		if (k == n && list[i][k] == '\0')
			return true;
	}
	/* biologist, economist */
	return n > 6 && memcmp(p + n - 3, "ist", 3) == 0 && WORD_CASE(e->known) >= 5;
}

static bool
is_the(const struct tokens *ts, const struct token *t)
{
	return t->kind == TOKEN_LOWER && t->end - t->begin == 3 && memcmp(ts->text + t->begin, "the", 3) == 0;
}

/*
 * What a name cannot be, whatever the weights say: an office is not part of a person's
 * name; whose something is is another name than the thing; what the
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
		hit = name_match(ts, d->el[i].tok);
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
			    (d->el[k - 1].is_name && is_the(ts, &ts->tok[d->el[k].tok])))
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
		if (type == TYPE_PER) {
			for (k = from; k + 1 < end && is_office(ts, &d->el[k]); k++)
				;
			if (k > from && d->el[k].is_name) {
				for (; from < k; from++)
					d->el[from].tag = TAG_O;
				tag_name(d, from, end, type);
			}
		}
		/* a name of one known kind */
		if (!d->el[from].single && !d->el[from].multi)
			continue;
		hit = name_match(ts, d->el[from].tok);
		if (hit.canon == 0 || hit.ntoken != d->el[end - 1].tok + 1 - d->el[from].tok)
			continue;
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
doc_tag(struct doc *d)
{
	enum { AHEAD = 8 }; /* elements, so that their rows come from memory together */
	uint32_t f[AHEAD][FEATURE_MAX];
	size_t i, k, n[AHEAD], nel = d->nel;

	if (d->sum == NULL) {
		d->sum = mem_array(NULL, SUMS, sizeof *d->sum);
		memset(d->sum, 0, SUMS * sizeof *d->sum);
	}
	doc_ready(d);
	for (i = 0; i < nel; i += AHEAD) {
		for (k = 0; k < AHEAD && i + k < nel; k++)
			n[k] = score_first(d, i + k, f[k]);
		for (k = 0; k < AHEAD && i + k < nel; k++)
			rows_at(d->model, f[k], n[k]);
		for (k = 0; k < AHEAD && i + k < nel; k++)
			rows_add(d->model, f[k], n[k], d->score[i + k]);
	}
	for (i = 0; i < d->nel; i = d->el[i].run_end)
		doc_decode(d, i, d->el[i].run_end);
	doc_evidence(d);
	for (i = 0; i < nel; i++)
		score_second(d, i);
	for (i = 0; i < d->nel; i = d->el[i].run_end)
		doc_decode(d, i, d->el[i].run_end);
	tag_known(d);
	tag_rules(d);
}
