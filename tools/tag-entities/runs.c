/* SPDX-License-Identifier: ISC */
/*
 * From tokens to runs of elements: what may be (part of) a name, with what the document
 * and the gazetteer say of each.
 */
#include "runs.h"

#include <stdlib.h>
#include <string.h>

#include "spread.h"

/*
 * A capitalised word that only opens a sentence: small everywhere else,
 * and no capitalised word follows. A third of all capitalised words; nothing is spent on them.
 */
static inline bool
is_opening(const struct token *t, uint32_t known)
{
	const unsigned shapes = 1u << SHAPE_LOWER | 1u << SHAPE_INITIAL | 1u << SHAPE_LETTER;

	return ((t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)) == TOKEN_START) & shapes >> t->shape &
	       ((t[1].kind == TOKEN_LOWER) | (t[1].kind == TOKEN_MARK)) & (WORD_CASE(known) >= 6);
}

/* Of those with an apostrophe, where it is lost. */
static const char bare[][16] = { "Heres", "Theres", "Thats", "Whats",  "Wheres", "Hows", "Whos",  "Lets",
				 "Dont",  "Doesnt", "Didnt", "Isnt",   "Wasnt",	 "Cant", "Wont",  "Its",
				 "Hes",	  "Shes",   "Youre", "Theyre", "Weve",	 "Ive",	 "Youve", "Im" };
enum { BARE = sizeof bare / sizeof bare[0] };
static uint32_t bare_hash[BARE];

static void __attribute__((constructor)) bare_fill(void)
{
	size_t i;

	for (i = 0; i < BARE; i++)
		bare_hash[i] = word_hash(bare[i], strlen(bare[i]));
}

/* I'll, You're; those that lost their apostrophe, at the beginning of a sentence. */
static bool __attribute__((noinline)) is_short_form(const struct tokens *ts, const struct token *t)
{
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, i;

	if (n > 7 || t->shape == SHAPE_UPPER)
		return false;
	if (t->flags & TOKEN_START)
		for (i = 0; i < BARE; i++)
			if (strlen(bare[i]) == n && memcmp(bare[i], p, n) == 0)
				return true;
	if (!(t->flags & TOKEN_QUOTE))
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

/* A capitalised word that begins no name: a short form, the US of US$. */
static inline bool
is_no_name(const struct tokens *ts, const struct token *t, const struct known *k)
{
	if (t[1].hash == MARK_HASH('$') && t[1].kind == TOKEN_MARK && !(t[1].flags & TOKEN_SPACE))
		return true;
	return t->flags & (TOKEN_QUOTE | k->bare) && is_short_form(ts, t);
}

void
known_make(struct known *k, const struct model *m, uint32_t hash)
{
	const struct name_slot *s = name_find(name_hash(0, hash));
	unsigned is_bare = 0;
	size_t i;

	for (i = 0; i < BARE; i++)
		is_bare |= hash == bare_hash[i];
	*k = (struct known){ .hash = hash,
			     .word = model_word(m, hash),
			     .bits = s->bits,
			     .canon = s->canon,
			     .bare = (uint16_t)(is_bare * TOKEN_START) };
}

/*
 * The hyphen at t and the small word behind it may be the rest of a
 * given name, as in Kim Jong-un, Lam Cheuk-ting or Wong Pik-wan Helena.
 */
static bool
is_syllable(const struct token *t)
{
	return is_hyphen(t) && t[1].kind == TOKEN_LOWER && t[1].end - t[1].begin < 7 &&
	       t[-1].kind == TOKEN_NAME && (t[-2].kind == TOKEN_NAME || t[2].kind == TOKEN_NAME);
}

/* Begin to fetch from memory what is to be found out of the word: most of it is far away. */
static inline void
fetch_known(struct doc *d, uint32_t hash)
{
	if (known_place(d, hash)->hash == hash)
		return;
	__builtin_prefetch(word_slot(d->model, hash));
	name_fetch(name_hash(0, hash));
}

/*
 * Is token j a number with a hyphen and then the names from i on
 * behind it, the place somebody is set or came in at: 3-Jana Holm?
 */
static bool
is_seed(const struct tokens *ts, size_t j, size_t i)
{
	return ts->tok[j].kind == TOKEN_NUMBER && i - j == 2 && ts->tok[j].end - ts->tok[j].begin < 3 &&
	       ts->tok[i].shape == SHAPE_INITIAL && ts->tok[i + 1].kind == TOKEN_NAME &&
	       ts->tok[i + 1].shape == SHAPE_INITIAL;
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

/* An empty table for up to n words. */
static void
words_clear(struct doc *d, size_t n)
{
	size_t want;

	for (want = 256; want < 4 * n + 2; want *= 2)
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
}

/* Add a word, a joint too; what the gazetteer says of it alone is for find_names. */
static inline struct element *
add_word(struct doc *d, size_t tok, size_t run, const struct known *k)
{
	struct element *e = el_add(d);

	e->tok = (uint32_t)tok;
	e->word = 0;
	e->run = (uint32_t)run;
	e->known = k->word;
	e->single = e->multi = 0;
	e->place = e->is_name = e->tag = 0;
	e->hit_n = NOT_LOOKED;
	e->hit_bits = k->bits;
	e->hit_canon = k->canon;
	return e;
}

static inline void
add_name(struct doc *d, size_t tok, size_t run, const struct known *k)
{
	const struct token *t = &d->ts.tok[tok];
	struct element *e = add_word(d, tok, run, k);

	name_fetch(name_hash(name_hash(0, t->hash), t[1].hash));
	e->is_name = true;
	e->word = word_add(d, t->hash);
}

static void
add_joint(struct doc *d, size_t tok, size_t run)
{
	const struct known k = doc_known(d, d->ts.tok[tok].hash);

	(void)add_word(d, tok, run, &k);
}

void
put_run_ends(struct doc *d)
{
	size_t run, end, e;

	for (run = end = e = d->nel; e-- > 0;) {
		end ^= (end ^ (e + 1)) & (size_t)mask_if(d->el[e].run != run);
		run = d->el[e].run;
		d->el[e].run_end = (uint32_t)end;
	}
}

/* May the token stand before the first capitalised word of a name: a number, or a particle? */
static inline bool
begins_run(const struct token *t)
{
	return (t->kind == TOKEN_NUMBER) | ((t->kind == TOKEN_LOWER) & (joint_kind(t) == 2));
}

static void
find_runs(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct token *t;
	size_t i, j, k, q, n = ts->n, run;
	struct known known;
	bool any;

	for (q = 0; q < ts->nname; q++)
		fetch_known(d, ts->tok[ts->name[q]].hash);
	for (q = 0; q < ts->nname;) {
		i = ts->name[q++];
		known = doc_known(d, ts->tok[i].hash);
		if (is_opening(&ts->tok[i], known.word) || is_no_name(ts, &ts->tok[i], &known))
			continue;
		run = d->nel;
		/* a particle or a number before the first word */
		t = &ts->tok[i] - 1;
		if (t->hash == MARK_HASH('-') && i > 1 && is_joint(ts, t))
			t--;
		if (begins_run(t) && (run == 0 || d->el[run - 1].tok + 1 < i)) {
			j = (size_t)(t - ts->tok);
			if (!is_seed(ts, j, i))
				for (; j < i; j++)
					add_joint(d, j, run);
		}
		add_name(d, i, run, &known);
		for (j = i + 1; j < n; j++) {
			if (ts->tok[j].flags &
			    TOKEN_GLUED) /* a space was lost, and likely the end of a sentence */
				break;
			if (ts->tok[j].kind == TOKEN_NAME) {
				if (ts->text[ts->tok[j].end] == '$') /* GM's US$27 billion */
					break;
				known = doc_known(d, ts->tok[ts->name[q++]].hash);
				add_name(d, j, run, &known);
				continue;
			}
			if (ends_run(&ts->tok[j]))
				break;
			if (is_syllable(&ts->tok[j])) {
				add_joint(d, j, run);
				add_joint(d, ++j, run);
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
				if (ts->tok[j].kind == TOKEN_NUMBER)
					add_joint(d, j, run);
				else if (j + 1 < n && ts->tok[j].hash == MARK_HASH('-') &&
					 is_joint(ts, &ts->tok[j]) && ts->tok[j + 1].kind == TOKEN_NUMBER) {
					add_joint(d, j, run);
					add_joint(d, j + 1, run);
				}
				break;
			}
			for (; j < k; j++)
				add_joint(d, j, run);
			j--;
		}
	}
	put_run_ends(d);
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
	const unsigned cased = 1u << SHAPE_UPPER | 1u << SHAPE_DOTTED;
	const struct tokens *ts = &d->ts;
	const struct token *t;
	struct name_hit hit;
	struct element *e;
	unsigned bits, canon;
	bool alone;
	size_t i, k;

	for (i = 0; i < d->nel; i++) {
		e = &d->el[i];
		t = &ts->tok[e->tok];
		bits = e->hit_bits;
		canon = e->hit_canon;
		if (!e->is_name && (t->kind != TOKEN_LOWER || t[1].kind == TOKEN_LOWER)) {
			e->hit_bits = e->hit_canon = 0;
			continue;
		}
		alone = e->is_name & (((bits & NAME_CASED) == 0) | (cased >> t->shape & 1));
		e->single = (uint16_t)(bits & NAME_CLASSES & mask_if(alone));
		hit = name_match_on(ts, e->tok, bits, canon);
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

void
doc_read(struct doc *d, const struct model *m, const char *text, size_t size)
{
	struct tokens *ts = &d->ts;
	struct known known;
	struct doc_word *w;
	struct element *e;
	struct token *t;
	unsigned inner, after, ahead;
	size_t i, n;

	if (d->known == NULL)
		d->known = mem_zeros((size_t)1 << KNOWN_BITS, sizeof *d->known);
	d->model = m;
	d->nel = 0;
	tokens_read(ts, text, size);
	if (ts->has_caps)
		undo_capitals(d);
	if (ts->has_title)
		undo_title(d);
	if (ts->has_camel)
		part_glued(d);
	if (ts->nname == 0)
		add_capitals(d);
	if (ts->has_caps || ts->has_title || ts->nlisted == 0)
		tokens_list(ts);
	words_clear(d, ts->nname);
	find_runs(d);
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
			known = doc_known(d, t->hash);
			e->known = known.word;
			e->hit_bits = known.bits;
			e->hit_canon = known.canon;
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
	free(d->name);
	free(d->run);
	free(d->word);
	free(d->index);
	free(d->score);
	free(d->best);
	free(d->known);
	free(d->few);
	free(d->sum);
	memset(d, 0, sizeof *d);
}
