/* SPDX-License-Identifier: ISC */
#include "feats.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdlib.h>
#include <string.h>

#include "u8.h"

/* Small words that stand inside names, and those that may begin one. */
static int
joint_kind(const char *p, size_t n)
{
	static const char *const inside[] = { "of", "the", "and", "for", "in", "on", "at", "de", "la", "le", "du", "del", "da", "do",
	    "dos", "das", "des", "di", "della", "e", "y", "et", "ten", "an", "und", "zu" };
	static const char *const first[] = { "al", "el", "van", "von", "bin", "ibn", "der", "den", "ul", "ur", "bint", "ould", "d", "ben" };
	size_t i;

	if (n > 5)
		return 0;
	for (i = 0; i < sizeof inside / sizeof inside[0]; i++)
		if (p[0] == inside[i][0] && strlen(inside[i]) == n && memcmp(inside[i], p, n) == 0)
			return p[0] == 'd' && n == 2 && p[1] == 'e' ? 2 : 1;
	for (i = 0; i < sizeof first / sizeof first[0]; i++)
		if (p[0] == first[i][0] && strlen(first[i]) == n && memcmp(first[i], p, n) == 0)
			return 2;
	return 0;
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

	return (t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)) == TOKEN_START && t->shape <= SHAPE_LETTER && t->shape != SHAPE_UPPER &&
	    (t[1].kind == TOKEN_LOWER || t[1].kind == TOKEN_MARK) && WORD_CASE(model_word(d->model, token_hash(&d->ts, t))) >= 6;
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
			    (ts->tok[j].kind == TOKEN_LOWER && joint_kind(ts->text + ts->tok[j].begin, ts->tok[j].end - ts->tok[j].begin) == 2))
				for (; j < i; j++)
					el_add(d, j, false);
		}
		el_add(d, i, true);
		for (j = i + 1; j < n; j++) {
			if (ts->tok[j].flags & TOKEN_GLUED)	/* a space was lost, and likely the end of a sentence */
				break;
			if (ts->tok[j].kind == TOKEN_NAME) {
				el_add(d, j, true);
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
				} else if (j + 1 < n && ts->text[ts->tok[j].begin] == '-' && is_joint(ts, &ts->tok[j]) && ts->tok[j + 1].kind == TOKEN_NUMBER) {
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
		if (e->is_name && (!(s->bits & NAME_CASED) || t->shape == SHAPE_UPPER || t->shape == SHAPE_DOTTED))
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

	if (n < 3 || p[n - 1] != 's' || p[n - 2] == 's' || t->flags & TOKEN_WIDE || (t[1].kind != TOKEN_LOWER && t[1].kind != TOKEN_NAME))
		return false;
	if (t->shape == SHAPE_CAMEL) {		/* GMs */
		for (i = 0; i + 1 < n; i++)
			if (!ascii_upper(p[i]))
				return false;
		stem = word_hash(p, n - 1);
		s = name_get(name_hash(0, stem));
		return (s != NULL && s->bits & NAME_CASED) || word_find(d, stem) != NULL;
	}
	if (n < 5 || t->shape != SHAPE_INITIAL || name_get(name_hash(0, t->hash)) != NULL || WORD_CASE(e->known) > 3)
		return false;
	stem = word_hash(p, n - 1);
	s = name_get(name_hash(0, stem));
	if (s != NULL && s->bits & NAME_DEMONYM)
		return false;
	if (s != NULL && s->canon != 0 && !(s->bits & NAME_CASED) && s->bits & (NAME_COUNTRY | NAME_CITY | NAME_LAST | NAME_COMPANY))
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
		if (i == 3 && (memcmp(p, "Mac", 3) == 0 || memcmp(p, "Van", 3) == 0 || memcmp(p, "Del", 3) == 0))
			continue;
		left = word_hash(p, i);
		right = word_hash(p + i, n - i);
		lk = model_word(d->model, left);
		rk = model_word(d->model, right);
		ls = name_get(name_hash(0, left));
		rs = name_get(name_hash(0, right));
		if ((rk == 0 && rs == NULL) || (lk == 0 && ls == NULL && i < 4))
			continue;
		if (ls != NULL || rs != NULL || WORD_CASE(lk) - 1 < 3 || WORD_CASE(rk) - 1 < 3 || WORD_CASE(rk) == 7 || lk == 0)
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
		if (ts->tok[i].shape == SHAPE_CAMEL && ts->tok[i].kind == TOKEN_NAME && glue_at(d, &ts->tok[i]) > 0)
			extra++;
	if (extra == 0)
		return;
	tokens_room(ts, extra);
	to = ts->n + extra + TOKEN_PAD;
	for (i = ts->n + TOKEN_PAD; i-- > 0 && extra > 0; ) {
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
	free(d->from);
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

#define LETTER(i)	((unsigned char)p[i] | (ascii_upper(p[i]) ? fold : 0))
#define PUT(id, v)	(out[n++] = mix((id), (v)))

static unsigned
mode_of(const struct token *t)
{
	return t->flags & TOKEN_CAPS ? t->shape == SHAPE_UPPER ? 3 : 0 : t->flags & TOKEN_TITLE ? 2 : t->flags & TOKEN_START ? 1 : 0;
}

size_t
doc_features(struct doc *d, size_t i, uint32_t *out)
{
	struct tokens *ts = &d->ts;
	const struct element *e = &d->el[i];
	const struct element *ep = i > e->run ? e - 1 : NULL, *en = i + 1 < e->run_end ? e + 1 : NULL;
	const struct doc_word *dw = &d->word[e->word];
	struct token *t = &ts->tok[e->tok];
	const char *p = ts->text + t->begin;
	size_t n = 0, len = t->end - t->begin;
	struct token *first, *last;
	uint32_t w, l1, l2, r1, r2, mode, x, g, rl, rr, cl, cr, fold;
	unsigned kase, s0, sl, sr;

	w = context(ts, t);
	l1 = context(ts, t - 1);
	l2 = context(ts, t - 2);
	r1 = context(ts, t + 1);
	r2 = context(ts, t + 2);
	mode = mode_of(t);
	kase = WORD_CASE(e->known);
	s0 = t->shape;
	sl = t[-1].shape + 16u * t[-1].kind;
	sr = t[1].shape + 16u * t[1].kind;

	PUT(1, mode * 8 + t->kind);
	PUT(2, w);
	PUT(3, w + mode);
	PUT(4, l1);
	PUT(5, r1);
	PUT(8, mix(l1, w));
	PUT(9, mix(w, r1));
	PUT(16, (s0 << 8 | sl) << 8 | sr);

	/* the element in its run */
	first = &ts->tok[d->el[e->run].tok];
	last = &ts->tok[d->el[e->run_end - 1].tok];
	rl = context(ts, first - 1);
	rr = context(ts, last + 1);
	x = (uint32_t)(i == e->run) | (uint32_t)(i + 1 == e->run_end) << 1;
	PUT(30, x | (e->run_end - e->run > 4 ? 5u : e->run_end - e->run) << 2);
	PUT(31, rl << 2 ^ x);
	PUT(32, rr << 2 ^ x);
	if (e->run_end - e->run > 1) {
		PUT(33, mix(context(ts, last), x));
		PUT(34, mix(context(ts, first), x));
		if (ep != NULL && ep > d->el + e->run && !ep->is_name)
			PUT(37, mix(context(ts, &ts->tok[ep[-1].tok]), w));
		if (en != NULL && !en->is_name && i + 2 < e->run_end)
			PUT(38, mix(context(ts, &ts->tok[en[1].tok]), w));
	}
	if (!e->is_name)
		return n;
	PUT(6, l2);
	PUT(7, r2);
	PUT(10, mix(l2, l1));
	PUT(11, mix(r1, r2));
	PUT(12, mix(l1, r1));
	PUT(13, s0 * 8 + mode);
	PUT(14, s0 << 8 | sl);
	PUT(15, s0 << 8 | sr);

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

	/* how the word is written elsewhere, and its kind of word */
	PUT(40, kase * 8 + mode);
	PUT(41, (uint32_t)kase << 8 | (uint32_t)s0 << 4 | (uint32_t)(ep != NULL) << 1 | (uint32_t)(en != NULL));
	if ((x = WORD_CLUSTER(e->known)) != 0) {
		PUT(42, x);
		PUT(43, mix(x, l1));
		PUT(44, mix(x, r1));
	}
	cl = WORD_CLUSTER(model_word(d->model, t[-1].hash));
	cr = WORD_CLUSTER(model_word(d->model, t[1].hash));
	PUT(47, cl);
	PUT(48, cr);
	PUT(49, cl << 9 | cr);
	PUT(63, cl << 9 | WORD_CLUSTER(e->known));
	PUT(64, cr << 9 | WORD_CLUSTER(e->known));
	if (ep != NULL)
		PUT(45, WORD_CLUSTER(ep->known) << 9 | WORD_CLUSTER(e->known));
	if (en != NULL)
		PUT(46, WORD_CLUSTER(en->known) << 9 | WORD_CLUSTER(e->known));

	/* the gazetteer */
	g = e->single;
	PUT(50, g);
	PUT(51, g << 3 | mode);
	PUT(52, g << 3 | kase);
	PUT(53, g << 14 | e->multi);
	if (e->multi != 0) {
		PUT(54, (uint32_t)e->multi << 2 | e->place);
		PUT(55, (uint32_t)e->place << 5 | mode << 2 | (uint32_t)((e->multi & NAME_IS_LOC) != 0) << 1 | (uint32_t)((e->multi & NAME_IS_ORG) != 0));
	}
	PUT(56, (ep != NULL ? ep->single : 0x4000u) << 15 ^ g);
	PUT(57, (en != NULL ? en->single : 0x4000u) << 15 ^ g);
	PUT(58, mix(g, l1));
	PUT(59, mix(g, r1));

	/* the document */
	x = dw->ntimes > 4 ? 3 : dw->ntimes > 1 ? 2 : 1;
	PUT(60, x << 4 | (uint32_t)(dw->ninner > 0) << 2 | mode);
	PUT(61, (uint32_t)(dw->nafter > 0) << 3 | (uint32_t)(dw->nbefore > 0) << 2 | (uint32_t)(t[-1].kind == TOKEN_NAME) << 1 | (t[1].kind == TOKEN_NAME));
	return n;
}

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
		d->word[e->word].ntag[e->tag]++;
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
	for (k = 0; k < TAG_N; k++) {
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
			PUT(109, ((uint32_t)k << 4 | t->shape) << 2 | (uint32_t)(i == e->run) << 1 | (uint32_t)(i + 1 == e->run_end));
		}
	return n;
}

/* Tags that may stand before each tag (tag_follows), ended by TAG_N. */
#define CLOSED	{ TAG_O, TAG_E_PER, TAG_S_PER, TAG_E_ORG, TAG_S_ORG, TAG_E_LOC, TAG_S_LOC, TAG_B_MISC, TAG_I_MISC, TAG_N }
static const uint8_t before[TAG_N][10] = {
	[TAG_O] = CLOSED, [TAG_B_PER] = CLOSED, [TAG_S_PER] = CLOSED, [TAG_B_ORG] = CLOSED, [TAG_S_ORG] = CLOSED,
	[TAG_B_LOC] = CLOSED, [TAG_S_LOC] = CLOSED, [TAG_B_MISC] = CLOSED,
	[TAG_I_PER] = { TAG_B_PER, TAG_I_PER, TAG_N }, [TAG_E_PER] = { TAG_B_PER, TAG_I_PER, TAG_N },
	[TAG_I_ORG] = { TAG_B_ORG, TAG_I_ORG, TAG_N }, [TAG_E_ORG] = { TAG_B_ORG, TAG_I_ORG, TAG_N },
	[TAG_I_LOC] = { TAG_B_LOC, TAG_I_LOC, TAG_N }, [TAG_E_LOC] = { TAG_B_LOC, TAG_I_LOC, TAG_N },
	[TAG_I_MISC] = { TAG_B_MISC, TAG_I_MISC, TAG_N }
};

void
doc_decode(struct doc *d, size_t from, size_t to)
{
	const int16_t (*follow)[TAG_ROW] = d->model->head->follow;
	int32_t best[TAG_N], next[TAG_N], s;
	const uint8_t *p;
	size_t i;
	int b, tag = TAG_O;

	for (b = 0; b < TAG_N; b++)
		best[b] = follow[TAG_O][b] + d->score[from][b];
	for (i = from + 1; i < to; i++) {
		for (b = 0; b < TAG_N; b++) {
			next[b] = INT32_MIN;
			for (p = before[b]; *p != TAG_N; p++) {
				s = best[*p] + follow[*p][b];
				if (s > next[b]) {
					next[b] = s;
					d->from[i][b] = *p;
				}
			}
			next[b] += d->score[i][b];
		}
		memcpy(best, next, sizeof best);
	}
	s = INT32_MIN;
	for (b = 0; b < TAG_N; b++)
		if (best[b] + follow[b][TAG_O] > s) {
			s = best[b] + follow[b][TAG_O];
			tag = b;
		}
	for (i = to; i-- > from; tag = d->from[i][tag])
		d->el[i].tag = (uint8_t)tag;
}

static void
add_rows(const struct model *m, const uint32_t *f, size_t n, int16_t *score)
{
	const int8_t *row;
	size_t i;
#ifdef __SSE2__
	__m128i low = _mm_loadu_si128((const __m128i *)(const void *)score), high = _mm_loadu_si128((const __m128i *)(const void *)(score + 8)), r, sign;

	for (i = 0; i < n; i++)
		__builtin_prefetch(m->print[(size_t)((uint64_t)f[i] * m->head->nbucket >> 32)]);
	for (i = 0; i < n; i++)
		if ((row = model_row(m, f[i])) != NULL) {
			r = _mm_load_si128((const __m128i *)(const void *)row);
			sign = _mm_cmpgt_epi8(_mm_setzero_si128(), r);
			low = _mm_add_epi16(low, _mm_unpacklo_epi8(r, sign));
			high = _mm_add_epi16(high, _mm_unpackhi_epi8(r, sign));
		}
	_mm_storeu_si128((__m128i *)(void *)score, low);
	_mm_storeu_si128((__m128i *)(void *)(score + 8), high);
#else
	int k;

	for (i = 0; i < n; i++)
		if ((row = model_row(m, f[i])) != NULL)
			for (k = 0; k < TAG_ROW; k++)
				score[k] = (int16_t)(score[k] + row[k]);
#endif
}

#define KNOWN	(NAME_PARTY | NAME_COMPANY | NAME_MEDIA | NAME_AGENCY | NAME_ORG)

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
	size_t i, k, end;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		t = &ts->tok[e->tok];
		if ((e->tag != TAG_O && e->tag < TAG_B_MISC) || !e->is_name || !((e->single | e->multi) & KNOWN) || t[-1].kind == TOKEN_NAME)
			continue;
		hit = name_match(ts, e->tok);
		if (hit.canon == 0 || !(hit.bits & KNOWN) || hit.bits & (NAME_DEMONYM | NAME_PERSON | NAME_LAST))
			continue;
		if (hit.ntoken == 1 && (WORD_CASE(e->known) > 3 || t->flags & (TOKEN_TITLE | TOKEN_CAPS)))
			continue;
		t += hit.ntoken;
		if (t->kind == TOKEN_NAME || t->kind == TOKEN_NUMBER || (t->kind == TOKEN_MARK && ts->text[t->begin] == '-'))
			continue;
		for (end = i; end < e->run_end && d->el[end].tok < e->tok + hit.ntoken; end++)
			if (d->el[end].tag != TAG_O && d->el[end].tag < TAG_B_MISC)
				break;
		if (end - i != hit.ntoken)
			continue;
		for (k = i; k < end; k++)
			d->el[k].tag = (uint8_t)(TYPE_ORG * 4 - 3 + (end - i == 1 ? 3 : k == i ? 0 : k + 1 == end ? 2 : 1));
	}
}

void
doc_tag(struct doc *d)
{
	uint32_t f[FEATURE_MAX];
	size_t i;

	if (d->score_cap < d->nel) {
		d->score_cap = d->nel + d->nel / 2;
		d->score = mem_array(d->score, d->score_cap, sizeof *d->score);
		d->from = mem_array(d->from, d->score_cap, sizeof *d->from);
	}
	for (i = 0; i < d->nel; i++) {
		memset(d->score[i], 0, sizeof d->score[i]);
		add_rows(d->model, f, doc_features(d, i, f), d->score[i]);
	}
	for (i = 0; i < d->nel; i = d->el[i].run_end)
		doc_decode(d, i, d->el[i].run_end);
	doc_evidence(d);
	for (i = 0; i < d->nel; i++)
		add_rows(d->model, f, doc_features2(d, i, f), d->score[i]);
	for (i = 0; i < d->nel; i = d->el[i].run_end)
		doc_decode(d, i, d->el[i].run_end);
	tag_known(d);
}
