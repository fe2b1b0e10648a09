/* SPDX-License-Identifier: ISC */
#include "typing.h"

#include "little.h"
#include "rules.h"
#include "vec.h"

/*
 * What the field's scores count beside the weights, in eighths; and how much worse its second
 * choice may be for it to be in doubt: e^3 times less likely, by its own reckoning.
 */
#define FIELD_WEIGHT 5
#define DOUBT (3 * (int)MODEL_SCALE)

void
typing_begin(struct typing *t, const struct doc *d)
{
	uint32_t share;
	size_t i;
	int k;

	memset(t, 0, sizeof *t);
	for (i = 0; i < d->nname; i++)
		t->share[d->name[i].type]++;
	for (k = 0; k < TYPING_TYPES; k++) {
		share = t->share[k] * 8 / (uint32_t)(d->nname + 1);
		t->share[k] = share > 3 ? 3 : share > 1 ? 2 : share;
	}
}

/*
 * The field's scores of the present mention as one of each type,
 * or as none; whether the best of the others comes near its own.
 */
static bool
is_doubtful(struct typing *t, const struct doc *d)
{
	const struct follow *f = &d->model->follow;
	const struct doc_name *m = &d->name[t->at];
	const int16_t(*follow)[TAG_ROW] = d->model->head->follow;
	const struct element *e = &d->el[m->from], *end = &d->el[m->end];
	/*
	 * is there an element of the run before it, behind
	 * it? Their tags; without a branch, as the rest
	 */
	bool inner = m->from > e->run, more = m->end < e->run_end;
	const int16_t *before = follow[e[-inner].tag & mask_if(inner)];
	const int16_t *behind = f->before[end[more - 1].tag & mask_if(more)];
	const int16_t *s = d->score[m->from];
	unsigned place = TAG_B_PER + (e->tag - 1u) % 4, next; /* the tag, were it a person's */
	int none, per, org, loc, type, least, near = 0;

	/* the tags of the other types are 4 and 8 further on */
	none = before[TAG_O] + s[TAG_O] + behind[TAG_O];
	per = before[place] + s[place];
	org = before[place + 4] + s[place + 4];
	loc = before[place + 8] + s[place + 8];
	while (++e < end) {
		next = TAG_B_PER + (e->tag - 1u) % 4;
		s = d->score[e - d->el];
		none += follow[TAG_O][TAG_O] + s[TAG_O];
		per += follow[place][next] + s[next];
		org += follow[place + 4][next + 4] + s[next + 4];
		loc += follow[place + 8][next + 8] + s[next + 8];
		place = next;
	}
	t->score[TYPE_NONE] = none;
	t->score[TYPE_PER] = per + behind[place];
	t->score[TYPE_ORG] = org + behind[place + 4];
	t->score[TYPE_LOC] = loc + behind[place + 8];
	least = t->score[m->type] - DOUBT;
	for (type = 0; type < TYPING_TYPES; type++)
		near += t->score[type] >= least;
	if (near == 1) /* its own */
		return false;
	for (type = 0; type < TYPING_TYPES; type++)
		t->score[type] = t->score[type] * FIELD_WEIGHT / 8;
	return true;
}

bool
typing_next(struct typing *t, const struct doc *d)
{
	while (t->next < d->nname) {
		t->at = t->next++;
		if (is_doubtful(t, d))
			return true;
	}
	return false;
}

/*
 * How often a word ends, or begins, names of a type by the
 * first pass: without the present one, as one of five.
 */
static uint32_t
elsewhere(uint32_t n, bool is_one)
{
	n -= n > 0 && is_one;
	return n > 8 ? 4 : n > 3 ? 3 : n > 1 ? 2 : n;
}

static uint32_t
cluster_of(const struct doc *d, const struct token *t)
{
	return t->kind == TOKEN_NUMBER ? 0 : WORD_CLUSTER(model_word(d->model, t->hash));
}

/* Words between name i of the document and the next one, at most 8. */
static uint32_t
words_behind(const struct doc *d, size_t i)
{
	const struct doc_name *m = &d->name[i];
	uint32_t n = d->el[m[1].from].tok - d->el[m->end - 1].tok - 1;

	return n < 8 ? n : 8;
}

/* The same where there is no next one. */
#define NO_NAME 9

#define PUT(id, v) (out[n++] = feature_put((id), (v)))
#define PUT_CLUSTER(id, c) (PUT(id, c), PUT((id) + 1, (c) >> 3), PUT((id) + 2, (c) >> 6))

size_t
typing_features(const struct typing *t, const struct doc *d, uint32_t *out)
{
	const struct doc_name *m = &d->name[t->at];
	const struct element *first = &d->el[m->from], *last = &d->el[m->end - 1];
	const struct token *a = &d->ts.tok[first->tok], *z = &d->ts.tok[last->tok], *q;
	const uint32_t *tags;
	uint32_t type = (uint32_t)m->type, len = m->end - m->from > 3 ? 3 : (uint32_t)(m->end - m->from);
	uint32_t head = WORD_CLUSTER(last->known);
	uint32_t left = feature_word(a - 1), right = feature_word(z + 1);
	uint32_t cl = cluster_of(d, a - 1), cr = cluster_of(d, z + 1), gap, beside, k;
	struct name_hit hit = doc_match(d, m->from);
	uint32_t whole = 0;
	size_t n = 0;

	if (hit.ntoken == last->tok + 1 - first->tok)
		whole = (uint32_t)(hit.bits & NAME_CLASSES) << 1 | (hit.canon != 0);
	/* the mention by itself */
	PUT(200, type);
	PUT_CLUSTER(201, head);
	PUT(206, whole);
	PUT(207, whole << 2 | type);
	PUT(208, (uint32_t)z->shape | (uint32_t)a->shape << 4 | len << 8);
	PUT(209, (uint32_t)last->single << 18 | (uint32_t)first->single << 4 | len);
	/* with the words beside it, and those a few words away */
	PUT(210, left);
	PUT(211, right);
	PUT_CLUSTER(212, cl);
	PUT_CLUSTER(215, cr);
	PUT(218, head << 12 | cl >> 3);
	PUT(219, head << 12 | cr >> 3);
	for (q = a - 1, k = 1; k < 6 && q->kind != TOKEN_LINE; k++, q--)
		if (k > 1)
			PUT(220, cluster_of(d, q) >> 3);
	for (q = z + 1, k = 1; k < 6 && q->kind != TOKEN_LINE; k++, q++)
		if (k > 1)
			PUT(221, cluster_of(d, q) >> 3);
	/* the mentions before and behind it */
	beside = t->at > 0 ? (uint32_t)m[-1].type : TYPE_NONE;
	gap = t->at > 0 ? words_behind(d, t->at - 1) : NO_NAME;
	PUT(222, beside << 4 | gap);
	if (gap == 1)
		PUT(223, left << 2 ^ beside);
	beside = t->next < d->nname ? (uint32_t)m[1].type : TYPE_NONE;
	gap = t->next < d->nname ? words_behind(d, t->at) : NO_NAME;
	PUT(224, beside << 4 | gap);
	if (gap == 1)
		PUT(225, right << 2 ^ beside);
	/* the rest of the document */
	for (k = TYPE_PER; k < TYPING_TYPES; k++) {
		PUT(226, k << 4 | t->share[k]);
		tags = d->word[last->word].ntag + k * 4 - 3;
		PUT(227, type << 8 | k << 4 | elsewhere(tags[2] + tags[3], k == type));
		tags = d->word[first->word].ntag + k * 4 - 3;
		PUT(228, type << 8 | k << 4 | elsewhere(tags[0] + tags[3], k == type));
	}
	features_mix(out, n);
	return n;
}

/*
 * Is the mention a name, whatever the weights say? One word is, where a longer name of the same
 * type ends with it elsewhere; several are, or the rules will find one in them, where facts/ knows
 * one there.
 */
static bool
is_name(const struct doc_name *m, const struct doc *d)
{
	const unsigned sure = NAME_PERSON | NAME_LAST | NAME_IS_ORG | NAME_IS_LOC;
	struct name_hit hit;
	size_t i;

	if (m->end - m->from == 1)
		return d->word[d->el[m->from].word].ntag[m->type * 4 - 1] > 0;
	for (i = m->from; i < m->end; i++) {
		hit = doc_match(d, i);
		if (hit.canon != 0 && hit.bits & sure && !(hit.bits & NAME_CLASSES & ~sure) &&
		    d->el[i].tok + hit.ntoken <= d->el[m->end - 1].tok + 1)
			return true;
	}
	return false;
}

static inline void
type_all(struct doc *d)
{
	typedef int8_t weights __attribute__((vector_size(TYPING_TYPES)));
	typedef int16_t sums __attribute__((vector_size(TYPING_TYPES * sizeof(int16_t))));
	uint32_t f[TYPING_FEATURES];
	const struct doc_name *m;
	struct typing t;
	weights w;
	sums sum;
	size_t i, n;
	int k, best;

	for (typing_begin(&t, d); typing_next(&t, d);) {
		n = typing_features(&t, d, f);
		for (i = 0, sum = (sums){ 0 }; i < n; i++) {
			memcpy(&w, d->model->typing[TYPING_ROW(f[i])], sizeof w);
			sum += __builtin_convertvector(w, sums);
		}
		for (best = 0, k = 0; k < TYPING_TYPES; k++) {
			t.score[k] += sum[k];
			if (t.score[k] > t.score[best])
				best = k;
		}
		m = &d->name[t.at];
		if (best == TYPE_NONE && is_name(m, d))
			continue;
		if (best == TYPE_NONE)
			untag(d, m->from, m->end);
		else if (best != m->type)
			tag_name(d, m->from, m->end, best);
	}
}

#ifdef VEC_WIDE
VEC_WIDE __attribute__((flatten)) static void
type_all_wide(struct doc *d)
{
	type_all(d);
}
#endif

void
doc_typing(struct doc *d)
{
#ifdef VEC_WIDE
	if (vec_wide())
		type_all_wide(d);
	else
#endif
		type_all(d);
}
