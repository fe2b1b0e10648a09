/* SPDX-License-Identifier: ISC */
/*
 * Features of the elements, and the scores of their tags by these.
 */
#include "feats.h"

#include <string.h>

#include "little.h"
#include "spread.h"
#include "typing.h"
#include "u8.h"
#include "vec.h"

#define LETTER(i) ((unsigned char)p[i] | (ascii_upper(p[i]) ? fold : 0))
#define PUT(id, v) (out[n++] = feature_put((id), (v)))

/*
 * Where the word stands: 3 in capitals in a line of them,
 * 2 in Title Case, 1 at the beginning of a sentence.
 */
static inline unsigned
mode_of(const struct token *t)
{
	static const uint8_t mode[8] = { 0, 1, 2, 2, 0, 0, 0, 0 };

	return mode[t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)] |
	       (t->shape == SHAPE_UPPER && t->flags & TOKEN_CAPS ? 3 : 0);
}

/*
 * Features id, id + 1 and id + 2 of a word's cluster, its group
 * and the group of that, with more of what goes with them.
 */
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
	uint32_t w;
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
	v->w = feature_word(t);
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

/* A token's kind with its shape behind it is read as one number. */
_Static_assert(offsetof(struct token, shape) == offsetof(struct token, kind) + 1, "kind and shape");

/*
 * What the features of the word are made of, in a key. Sums outlive the document: by the run's own
 * seed, lest somebody writes a word that has the key of another one and says what is found of that
 * in the next documents.
 */
static inline uint64_t
word_id(const struct doc *d, const struct view *v)
{
	const struct token *t = v->t;
	uint64_t k = v->mode | (uint64_t)v->e->is_name << 2 | (uint64_t)little16(&t->kind) << 3 |
		     (uint64_t)(t->flags & TOKEN_CAPS) << 20 | (uint64_t)t->hash << 32;

	return (k + 1) * 0xD6E8FEB86659FD93u ^
	       word_key(d->ts.text + t->begin, t->end - t->begin, spread_factor);
}

/*
 * Then groups of features of few values, of which a key holds all: what the gazetteer says
 * of a word (name), what it and its neighbours look like (shape).
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

	return v->mode | (uint64_t)v->e->is_name << 2 | (uint64_t)little16(&t->kind) << 3 |
	       (uint64_t)little16(&t[-1].kind) << 19 | (uint64_t)little16(&t[1].kind) << 35;
}

static size_t
shape_features(uint64_t k, uint32_t *out)
{
	uint32_t mode = k & 3, kind = k >> 3 & 7, s0 = k >> 11 & 15;
	uint32_t left = (uint32_t)(k >> 19), right = (uint32_t)(k >> 35);
	uint32_t sl = (left >> 8 & 15) | (left & 7) << 4, sr = (right >> 8 & 15) | (right & 7) << 4;
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

/*
 * Features of so few values that the rows of all of them are at hand, by the value: where the word
 * stands in a run of what length (30), its case and shape and whether others stand before and
 * behind it there (41), how often it stands in the document, and where (60), with what beside it
 * (61).
 */
#define RUN_VALUES (1u << 5)
#define LOOK_VALUES (1u << 9)
#define TIMES_VALUES (1u << 6)
#define BESIDE_VALUES (1u << 4)

static inline uint32_t
run_value(const struct view *v)
{
	uint32_t run = v->e->run_end - v->e->run;

	return v->place | (run > 4 ? 5 : run) << 2;
}

static inline uint32_t
look_value(const struct view *v)
{
	return v->kase << 6 | (uint32_t)v->t->shape << 2 | (~v->place & 1) << 1 | (~v->place >> 1 & 1);
}

/* It is trained with two bits more, that are 0. */
static inline uint32_t
look_feature(uint32_t value)
{
	return feature_put(41, (value & ~3u) << 2 | (value & 3));
}

static inline uint32_t
times_value(const struct doc_word *w, const struct view *v)
{
	return (1u + (w->ntimes > 1) + (w->ntimes > 4)) << 4 | (w->places & WORD_INNER) | v->mode;
}

static inline uint32_t
beside_value(const struct doc_word *w, const struct view *v)
{
	return (w->places & (WORD_BEFORE | WORD_AFTER)) >> 6 | (uint32_t)(v->t[-1].kind == TOKEN_NAME) << 1 |
	       (uint32_t)(v->t[1].kind == TOKEN_NAME);
}

/* The word before (side 0) or behind (side 1). */
static inline const struct token *
beside(const struct view *v, uint32_t side)
{
	return v->t - 1 + 2 * (size_t)side;
}

static inline __attribute__((always_inline)) size_t
side_features(const struct doc *d, const struct view *v, uint32_t side, uint32_t *out)
{
	const struct token *t = beside(v, side);
	uint32_t w = feature_word(t);
	size_t n = 0;

	PUT(4 + side, w);
	if (v->e->is_name)
		n += cluster_features(t->kind == TOKEN_NUMBER ? 0 : model_word(d->model, t->hash),
				      22 + 3 * side, t->kind == TOKEN_NAME, out + n);
	return n;
}

static inline uint64_t
side_id(const struct view *v, uint32_t side)
{
	const struct token *t = beside(v, side);
	uint64_t w = feature_word(t);

	return w << 8 | (uint64_t)t->kind << 5 | side << 1 | v->e->is_name;
}

/* The words beside the run, and those two away, which are of names alone: into out[4]. */
static inline void
far_features(const struct doc *d, const struct view *v, uint32_t *out)
{
	const struct tokens *ts = &d->ts;

	out[0] = feature_put(31, feature_word(&ts->tok[d->el[v->e->run].tok] - 1) << 2 ^ v->place);
	out[1] = feature_put(32, feature_word(&ts->tok[d->el[v->e->run_end - 1].tok] + 1) << 2 ^ v->place);
	out[2] = feature_put(6, feature_word(v->t - 2));
	out[3] = feature_put(7, feature_word(v->t + 2));
}

size_t
doc_features(struct doc *d, size_t i, uint32_t *out)
{
	uint32_t far[4], side;
	struct view v;
	size_t n;

	view_of(d, i, &v);
	n = word_features(d, &v, out);
	n += shape_features(shape_id(&v), out + n);
	PUT(30, run_value(&v));
	if (v.e->is_name) {
		out[n++] = look_feature(look_value(&v));
		n += name_features(name_id(&v), out + n);
		PUT(60, times_value(&d->word[v.e->word], &v));
		PUT(61, beside_value(&d->word[v.e->word], &v));
	}
	/* in the order that the shipped model was trained in, which makes the same one from the same data */
	far_features(d, &v, far);
	for (side = 0; side < 2; side++) {
		n += side_features(d, &v, side, out + n);
		if (v.place >> side & 1)
			out[n++] = far[side];
	}
	for (side = 0; side < 2; side++)
		if (!(v.place >> side & 1))
			out[n++] = far[side];
	if (v.e->is_name) {
		out[n++] = far[2];
		out[n++] = far[3];
	}
	features_mix(out, n);
	return n;
}

/* Numbers without order: a sum of them, each so many times, tells how many of each. */
static const uint64_t tag_sign[TAG_N] = {
	0xA0761D6478BD642Fu, 0xE7037ED1A0B428DBu, 0x8EBC6AF09C88C6E3u, 0x589965CC75374CC3u,
	0x1D8E4E27C47D124Fu, 0xEB44ACCAB455D165u, 0x9FB21C651E98DF25u, 0xC2B2AE3D27D4EB4Fu,
	0x165667B19E3779F9u, 0x27D4EB2F165667C5u, 0x85EBCA77C2B2AE63u, 0xFF51AFD7ED558CCDu,
	0xC4CEB9FE1A85EC53u, 0xBF58476D1CE4E5B9u, 0x94D049BB133111EBu,
};

/* By tag: its name may go on behind it; is one that is written, begins, ends with it; its type. */
enum { OPEN = 1, WRITTEN = 2, BEGINS = 4, ENDS = 8, TYPE = 16 };
#define OF(type) \
	(TYPE * (type)) | OPEN | WRITTEN | BEGINS, (TYPE * (type)) | OPEN | WRITTEN, \
	    (TYPE * (type)) | WRITTEN | ENDS, (TYPE * (type)) | WRITTEN | BEGINS | ENDS
static const uint8_t kind[TAG_ROW] = { 0, OF(TYPE_PER), OF(TYPE_ORG), OF(TYPE_LOC), OPEN, OPEN };
#undef OF

/*
 * Where names begin and end cannot be foretold, so nothing is branched on: what is written of
 * one holds once it is counted.
 */
void
doc_names(struct doc *d)
{
	const struct element *e;
	struct doc_name *m = d->name;
	unsigned inside = 0, open = 0, begins, k;
	uint32_t i;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		k = kind[e->tag];
		open &= inside & (e->run < i);
		inside = open | (k / WRITTEN & 1);
		begins = inside & ~open;
		open = k;
		m->from = i;
		m->type = (int)(k / TYPE);
		m += begins;
		m[-(ptrdiff_t)inside].end = i + 1;
	}
	d->nname = (size_t)(m - d->name);
}

/*
 * The same for the tags as they are decoded, of which every name is whole;
 * or those of several elements alone.
 */
static inline void
names_decoded(struct doc *d, bool several)
{
	const unsigned ends = several ? ENDS | BEGINS : ENDS;
	struct doc_name *m = d->name;
	uint32_t i, from = 0;
	unsigned k;

	for (i = 0; i < d->nel; i++) {
		k = kind[d->el[i].tag];
		from = k & BEGINS ? i : from;
		*m = (struct doc_name){ from, i + 1, (int)(k / TYPE) };
		m += (k & ends) == ENDS;
	}
	d->nname = (size_t)(m - d->name);
}

void
doc_evidence(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct doc_name *m;
	struct doc_word *w;
	struct element *e;
	char acronym[64 + 16];
	size_t i, n;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		w = &d->word[e->word];
		w->ntag[e->tag] += e->is_name;
		w->tags += tag_sign[e->tag] & mask_if(e->is_name);
	}
	/* initials of names of several words, up to seven */
	memset(acronym, 0, sizeof acronym);
	for (m = d->name; m < d->name + d->nname; m++) {
		for (i = m->from, n = 0; i < m->end && n < 8; i++)
			if (d->el[i].is_name)
				acronym[n++] = ts->text[ts->tok[d->el[i].tok].begin];
		if (n - 2 < 6 && (w = doc_find(d, word_hash(acronym, n))) != NULL)
			w->initials |= 1u << m->type;
	}
}

static inline unsigned
bucket(uint32_t n)
{
	return n > 4 ? 4 : n > 2 ? 3 : n;
}

static size_t
second_features(const struct doc *d, size_t i, uint32_t *out)
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

size_t
doc_features2(struct doc *d, size_t i, uint32_t *out)
{
	const size_t n = second_features(d, i, out);

	features_mix(out, n);
	return n;
}

void
doc_room(struct doc *d)
{
	enum { LONG = 7 };
	size_t i, at, len, end[LONG + 1] = { 0 };

	if (d->score_cap <= d->nel) {
		d->score_cap = d->nel + d->nel / 2 + 1;
		d->score = mem_array(d->score, d->score_cap, sizeof *d->score);
		d->best = mem_array(d->best, d->score_cap, sizeof *d->best);
		d->name = mem_array(d->name, d->score_cap, sizeof *d->name);
		d->run = mem_array(d->run, d->score_cap, sizeof *d->run);
	}
	/* how long the next one is could not be foretold in the order of the text */
#define LENGTH(e) ((e).run_end - (e).run < LONG ? (e).run_end - (e).run : LONG)
	for (i = 0; i < d->nel; i = d->el[i].run_end)
		end[LENGTH(d->el[i])]++;
	for (at = 0, len = 1; len <= LONG; len++) {
		at += end[len];
		end[len] = at - end[len];
	}
	d->nrun = at;
	for (i = 0; i < d->nel; i = d->el[i].run_end)
		d->run[end[LENGTH(d->el[i])]++] = (uint32_t)i;
}

/* Scores of all tags, while they are added up. */
typedef int16_t scores __attribute__((vector_size(TAG_ROW * sizeof(int16_t))));

/*
 * Of functions that take or return scores: how these are handed over differs between what is
 * compiled with AVX2 and what is not, so none may be called.
 */
#define SCORES_INLINE static inline __attribute__((always_inline))

SCORES_INLINE scores
scores_get(const int16_t *from)
{
	scores s;

	memcpy(&s, from, sizeof s);
	return s;
}

SCORES_INLINE void
scores_put(int16_t *to, scores s)
{
	memcpy(to, &s, sizeof s);
}

SCORES_INLINE scores
scores_sum(scores s, const int16_t *more)
{
	return s + scores_get(more);
}

SCORES_INLINE void
add_row_plain(scores *s, const int8_t *row)
{
	typedef int8_t bytes __attribute__((vector_size(TAG_ROW)));
	bytes r;

	memcpy(&r, row, sizeof r);
	*s += __builtin_convertvector(r, scores);
}

#ifdef VEC_WIDE
/* By one instruction, for which gcc 12 makes five of the above; by pointers, as it may be called. */
VEC_WIDE static inline void
add_row_wide(scores *s, const int8_t *row)
{
	*s += (scores)_mm256_cvtepi8_epi16(LOAD(row));
}
#else
#define add_row_wide add_row_plain
#endif

SCORES_INLINE void
add_row(scores *s, const int8_t *row, bool wide)
{
	if (wide)
		add_row_wide(s, row);
	else
		add_row_plain(s, row);
}

static const int16_t no_score[TAG_ROW];

/* Into `to` the sum of the rows of n features, which are not mixed yet; f has room for three more. */
SCORES_INLINE void
sum_rows(int16_t *to, const struct model *m, uint32_t *f, size_t n, bool wide)
{
	uint32_t bucket[4];
	int32_t row[4];
	scores s = scores_get(no_score);
	size_t i, k;

	memset(f + n, 0, 3 * sizeof *f);
	for (i = 0; i < n; i += 4) {
		features_mix4(f + i);
		model_buckets(m, f + i, bucket);
		model_rows(m, f + i, bucket, row);
#pragma GCC unroll 4
		for (k = 0; k < 4; k++)
			add_row(&s, m->no_row + row[k], wide);
	}
	scores_put(to, s);
}

#ifdef VEC_WIDE
/* For those who make sums, which tag_wide does not take in. */
VEC_WIDE __attribute__((flatten)) static void
sum_rows_wide(int16_t *to, const struct model *m, uint32_t *f, size_t n)
{
	sum_rows(to, m, f, n, true);
}
#endif

static void
sum_rows_fast(int16_t *to, const struct model *m, uint32_t *f, size_t n)
{
#ifdef VEC_WIDE
	if (vec_wide())
		sum_rows_wide(to, m, f, n);
	else
#endif
		sum_rows(to, m, f, n, false);
}

/* Keys that are not hashes say in their highest bits of what they are. */
#define SUM_KIND(n) ((uint64_t)(n) << 60)
#define SUM_SHAPE SUM_KIND(1)
#define SUM_NAME SUM_KIND(2)
#define SUM_SIDE SUM_KIND(3)
#define SUM_JOINT SUM_KIND(4)

/*
 * Where the sum of a key (not 0) is kept: those of words
 * are many, and would drive out those of few values.
 */
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

/*
 * Make the sum of a key, of n features. Those of few values are seldom made: whoever asks for one
 * has all that it takes apart from its own way, in functions that are not inlined.
 */
static inline void
sum_make(struct sum *s, uint64_t key, const struct model *m, uint32_t *f, size_t n)
{
	s->key = key;
	sum_rows_fast(s->score, m, f, n);
}

static void __attribute__((noinline)) make_few(struct sum *s, uint64_t key, const struct model *m)
{
	uint32_t f[FEATURE_MAX];

	sum_make(s, key, m, f, key >> 60 == SUM_SHAPE >> 60 ? shape_features(key, f) : name_features(key, f));
}

static void __attribute__((noinline)) make_second(struct sum *s, uint64_t key, struct doc *d, size_t i)
{
	uint32_t f[FEATURE_MAX];

	sum_make(s, key, d->model, f, second_features(d, i, f));
}

SCORES_INLINE scores
add_few(scores score, const struct doc *d, uint64_t key)
{
	struct sum *s = sum_few(d, key);

	if (s->key != key)
		make_few(s, key, d->model);
	return scores_sum(score, s->score);
}

/* Rows of features of few values. */
struct few {
	int16_t run[RUN_VALUES][TAG_ROW];
	int16_t look[LOOK_VALUES][TAG_ROW];
	int16_t times[TIMES_VALUES][TAG_ROW];
	int16_t beside[BESIDE_VALUES][TAG_ROW];
};

/* The rows of n features, which are not mixed yet, each by itself; n is a multiple of four. */
static void
few_rows(int16_t (*to)[TAG_ROW], const struct model *m, uint32_t *f, size_t n)
{
	uint32_t bucket[4];
	int32_t row[4];
	scores s;
	size_t i, k;

	for (i = 0; i < n; i += 4) {
		features_mix4(f + i);
		model_buckets(m, f + i, bucket);
		model_rows(m, f + i, bucket, row);
		for (k = 0; k < 4; k++) {
			s = scores_get(no_score);
			add_row(&s, m->no_row + row[k], false);
			scores_put(to[i + k], s);
		}
	}
}

static struct few *
few_make(const struct model *m)
{
	struct few *few = mem_array(NULL, 1, sizeof *few);
	uint32_t f[LOOK_VALUES], v;

	for (v = 0; v < RUN_VALUES; v++)
		f[v] = feature_put(30, v);
	few_rows(few->run, m, f, RUN_VALUES);
	for (v = 0; v < LOOK_VALUES; v++)
		f[v] = look_feature(v);
	few_rows(few->look, m, f, LOOK_VALUES);
	for (v = 0; v < TIMES_VALUES; v++)
		f[v] = feature_put(60, v);
	few_rows(few->times, m, f, TIMES_VALUES);
	for (v = 0; v < BESIDE_VALUES; v++)
		f[v] = feature_put(61, v);
	few_rows(few->beside, m, f, BESIDE_VALUES);
	return few;
}

/*
 * What the scores of an element are summed of: keys of sums, and rows that no sum is of. All this
 * stands far apart in memory, so it is found for some elements at once and fetched meanwhile: first
 * sums and fingerprints, then rows.
 */
struct parts {
	uint64_t shape, name;
	uint64_t key[3];		   /* of the word, of those before and behind it */
	struct sum *sum[3];		   /* where their sums are kept */
	uint16_t run, look, times, beside; /* values of features of few */
	uint32_t far[4];
	uint32_t bucket[4];
	int32_t row[4]; /* of these */
};
#define AT_ONCE 16 /* so many elements */

static inline void
parts_find(struct doc *d, size_t i, struct parts *p)
{
	struct view v;
	uint32_t k;

	view_of(d, i, &v);
	p->shape = shape_id(&v) | SUM_SHAPE;
	p->run = (uint16_t)run_value(&v);
	p->look = (uint16_t)look_value(&v);
	p->times = (uint16_t)times_value(&d->word[v.e->word], &v);
	p->beside = (uint16_t)beside_value(&d->word[v.e->word], &v);
	p->name = name_id(&v) | SUM_NAME;
	p->key[0] = word_id(d, &v);
	p->key[1] = side_id(&v, 0) | SUM_SIDE;
	p->key[2] = side_id(&v, 1) | SUM_SIDE;
#pragma GCC unroll 3
	for (k = 0; k < 3; k++) {
		p->sum[k] = sum_word(d, p->key[k]);
		__builtin_prefetch(p->sum[k]);
	}
	far_features(d, &v, p->far);
	features_mix4(p->far);
	model_buckets(d->model, p->far, p->bucket);
#pragma GCC unroll 4
	for (k = 0; k < 4; k++)
		__builtin_prefetch(d->model->print[p->bucket[k]]);
}

static inline void
parts_rows(const struct doc *d, struct parts *p)
{
	size_t k;

	model_rows(d->model, p->far, p->bucket, p->row);
#pragma GCC unroll 4
	for (k = 0; k < 4; k++)
		__builtin_prefetch(d->model->no_row + p->row[k]);
}

/* Features of a word and of a neighbour, 0 behind the last one: numbers that are known need no branch. */
#define WANT_WORD 12
#define WANT_SIDE 4

/*
 * A sum of these that is not kept and has to be made. What it takes is as far away, so those of
 * the same elements are made together, step by step, each step fetching what the next one reads:
 * one after the other they took 15 % of the time on news, 8 % of it waiting.
 */
struct want {
	struct sum *sum;
	uint64_t key;
	size_t i;      /* the element that it is of */
	uint32_t side; /* a neighbour's */
	uint32_t feature[WANT_WORD], bucket[WANT_WORD];
	int32_t row[WANT_WORD];
};

/* Is the sum of the parts' key k wanted? Nobody could foretell, so w is written in any case. */
static inline bool
want_begin(struct want *w, size_t i, const struct parts *p, uint32_t k)
{
	w->sum = p->sum[k];
	w->key = p->key[k];
	w->i = i;
	w->side = k - 1;
	return w->sum->key != w->key;
}

/* Begin to fetch the entry of the neighbour's word. */
static inline void
want_cluster(const struct want *w, const struct doc *d)
{
	const struct token *t = &d->ts.tok[d->el[w->i].tok];

	__builtin_prefetch(word_slot(d->model, t[w->side == 0 ? -1 : 1].hash));
}

static inline __attribute__((always_inline)) void
want_features(struct want *w, struct doc *d, size_t n)
{
	const struct model *m = d->model;
	struct view v;
	size_t k;

	memset(w->feature, 0, n * sizeof *w->feature);
	view_of(d, w->i, &v);
	if (n == WANT_WORD)
		word_features(d, &v, w->feature);
	else
		side_features(d, &v, w->side, w->feature);
#pragma GCC unroll 3
	for (k = 0; k < n; k += 4) {
		features_mix4(w->feature + k);
		model_buckets(m, w->feature + k, w->bucket + k);
	}
#pragma GCC unroll 12
	for (k = 0; k < n; k++)
		__builtin_prefetch(m->print[w->bucket[k]]);
}

static inline __attribute__((always_inline)) void
want_rows(struct want *w, const struct model *m, size_t n)
{
	size_t k;

#pragma GCC unroll 3
	for (k = 0; k < n; k += 4)
		model_rows(m, w->feature + k, w->bucket + k, w->row + k);
#pragma GCC unroll 12
	for (k = 0; k < n; k++)
		__builtin_prefetch(m->no_row + w->row[k]);
}

SCORES_INLINE void
want_sum(const struct want *w, const struct model *m, size_t n, bool wide)
{
	scores s = scores_get(no_score);
	size_t k;

#pragma GCC unroll 12
	for (k = 0; k < n; k++)
		add_row(&s, m->no_row + w->row[k], wide);
	w->sum->key = w->key;
	scores_put(w->sum->score, s);
}

/* Make nwant sums, each of n features. */
static inline __attribute__((always_inline)) void
make_sums(struct want *w, size_t nwant, struct doc *d, size_t n, bool wide)
{
	size_t i;

	for (i = 0; i < nwant && n == WANT_SIDE; i++)
		want_cluster(&w[i], d);
	for (i = 0; i < nwant; i++)
		want_features(&w[i], d, n);
	for (i = 0; i < nwant; i++)
		want_rows(&w[i], d->model, n);
	for (i = 0; i < nwant; i++)
		want_sum(&w[i], d->model, n, wide);
}

/* Make a sum whose place was taken since: as good as never. */
static void __attribute__((noinline)) make_again(struct doc *d, size_t i, const struct parts *p, uint32_t k)
{
	struct want w;

	want_begin(&w, i, p, k);
	make_sums(&w, 1, d, k == 0 ? WANT_WORD : WANT_SIDE, false);
}

/* The scores of an element in the first pass. */
SCORES_INLINE void
score_first(struct doc *d, size_t i, const struct parts *p, bool wide)
{
	const int8_t *no_row = d->model->no_row;
	const struct few *few = d->few;
	scores score = scores_get(few->run[p->run]);
	uint32_t k;

	add_row(&score, no_row + p->row[0], wide);
	add_row(&score, no_row + p->row[1], wide);
	score = add_few(score, d, p->shape);
	if (d->el[i].is_name) {
		add_row(&score, no_row + p->row[2], wide);
		add_row(&score, no_row + p->row[3], wide);
		score = add_few(score, d, p->name);
		score = scores_sum(score, few->look[p->look]);
		score = scores_sum(score, few->times[p->times]);
		score = scores_sum(score, few->beside[p->beside]);
	}
#pragma GCC unroll 3
	for (k = 0; k < 3; k++) {
		if (p->sum[k]->key != p->key[k])
			make_again(d, i, p, k);
		score = scores_sum(score, p->sum[k]->score);
	}
	scores_put(d->score[i], score);
}

/*
 * The same for the second pass, all of it from the sums: of a word's other places what
 * matters is how often it got which tag, and in a document most of them agree.
 */
static inline void
score_second(struct doc *d, size_t i)
{
	const struct element *e = &d->el[i];
	const struct doc_word *w;
	uint64_t key;
	struct sum *s;

	if (!e->is_name)
		key = SUM_JOINT | (uint64_t)e->tag << 8 | (uint64_t)(i > 0 ? e[-1].tag : 0) << 4 |
		      (uint64_t)(i + 1 < d->nel ? e[1].tag : 0);
	else {
		w = &d->word[e->word];
		key = e->tag | (uint64_t)1 << 30;
		if (w->initials != 0 && d->ts.tok[e->tok].shape == SHAPE_UPPER)
			key |= w->initials << 4;
		key = w->tags - tag_sign[e->tag] + key * 0xD6E8FEB86659FD93u;
	}
	s = sum_few(d, key);
	if (s->key != key)
		make_second(s, key, d, i);
	scores_put(d->score[i], scores_sum(scores_get(d->score[i]), s->score));
}

SCORES_INLINE void
tag(struct doc *d, bool wide)
{
	struct parts parts[AT_ONCE];
	struct want word[AT_ONCE + 1], side[AT_ONCE * 2 + 1];
	size_t i, from, n, nword, nside;

	doc_room(d);
	for (from = 0; from < d->nel; from += n) {
		n = d->nel - from < AT_ONCE ? d->nel - from : AT_ONCE;
		for (i = 0; i < n; i++)
			parts_find(d, from + i, &parts[i]);
		for (nword = nside = i = 0; i < n; i++) {
			parts_rows(d, &parts[i]);
			nword += want_begin(&word[nword], from + i, &parts[i], 0);
			nside += want_begin(&side[nside], from + i, &parts[i], 1);
			nside += want_begin(&side[nside], from + i, &parts[i], 2);
		}
		make_sums(word, nword, d, WANT_WORD, wide);
		make_sums(side, nside, d, WANT_SIDE, wide);
		for (i = 0; i < n; i++)
			score_first(d, from + i, &parts[i], wide);
	}
	doc_decode(d);
	names_decoded(d, true);
	doc_evidence(d);
	for (i = 0; i < d->nel; i++)
		score_second(d, i);
	doc_decode(d);
	names_decoded(d, false);
}

#ifdef VEC_WIDE
/* Compiled twice: a vector of AVX2 holds the scores of all tags. */
VEC_WIDE __attribute__((flatten)) static void
tag_wide(struct doc *d)
{
	tag(d, true);
}
#endif

void
doc_tag(struct doc *d)
{
	if (d->few == NULL) {
		d->few = few_make(d->model);
		d->sum = mem_zeros(SUMS + SUMS_FEW, sizeof *d->sum);
	}
#ifdef VEC_WIDE
	if (vec_wide())
		tag_wide(d);
	else
#endif
		tag(d, false);
	doc_typing(d);
	doc_rules(d);
	doc_names(d);
}
