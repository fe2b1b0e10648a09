/* SPDX-License-Identifier: ISC */
/*
 * From tokens to runs of elements: what may be (part of) a name, with what the document
 * and the gazetteer say of each.
 */
#include "runs.h"

#include <stdlib.h>
#include <string.h>

#include "little.h"
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

/*
 * The hyphen at t and the small word behind it may be the rest of a
 * given name, as in Kim Jong-un, Lam Cheuk-ting or Wong Pik-wan Helena.
 */
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

/* The token of name number *q, which is gone on from. */
static inline size_t
next_name(struct doc *d, size_t *q)
{
	const struct tokens *ts = &d->ts;
	const size_t ahead = *q + AHEAD < ts->nname ? *q + AHEAD : ts->nname - 1;

	fetch_word(d, ts->name[ahead]);
	return ts->name[(*q)++];
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

/* Add a word of a name, known being its model_word, or a joint. */
static void
add_name(struct doc *d, size_t tok, size_t run, uint32_t known)
{
	el_add(d, tok, run, true, known);
	d->el[d->nel - 1].word = word_add(d, d->ts.tok[tok].hash);
}

static void
add_joint(struct doc *d, size_t tok, size_t run)
{
	el_add(d, tok, run, false, model_word(d->model, d->ts.tok[tok].hash));
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

static void
find_runs(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct token *t;
	size_t i, j, k, q, n = ts->n, run;
	uint32_t known;
	bool any;

	for (q = 0; q < AHEAD && q < ts->nname; q++)
		fetch_word(d, ts->name[q]);
	for (q = 0; q < ts->nname;) {
		i = next_name(d, &q);
		known = model_word(d->model, ts->tok[i].hash);
		if (is_opening(&ts->tok[i], known) || is_no_name(ts, &ts->tok[i]))
			continue;
		run = d->nel;
		/* a particle or a number before the first word */
		if (i > 0 && ts->tok[i - 1].kind != TOKEN_POSS && (run == 0 || d->el[run - 1].tok + 1 < i)) {
			j = i - 1;
			if (ts->text[ts->tok[j].begin] == '-' && j > 0 && is_joint(ts, &ts->tok[j]))
				j--;
			t = &ts->tok[j];
			if ((t->kind == TOKEN_NUMBER) | ((t->kind == TOKEN_LOWER) & (joint_kind(t) == 2)) &&
			    !is_seed(ts, j, i))
				for (; j < i; j++)
					add_joint(d, j, run);
		}
		add_name(d, i, run, known);
		for (j = i + 1; j < n; j++) {
			if (ts->tok[j].flags &
			    TOKEN_GLUED) /* a space was lost, and likely the end of a sentence */
				break;
			if (ts->tok[j].kind == TOKEN_NAME) {
				if (ts->text[ts->tok[j].end] == '$') /* GM's US$27 billion */
					break;
				add_name(d, next_name(d, &q), run, model_word(d->model, ts->tok[j].hash));
				continue;
			}
			if (ends_run(&ts->tok[j]))
				break;
			if (is_syllable(ts, &ts->tok[j])) {
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
				else if (j + 1 < n && ts->text[ts->tok[j].begin] == '-' &&
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

/*
 * The entry of the word of element i, or NULL. The longer name that it may begin is fetched from
 * memory meanwhile: most of these are far away.
 */
static const struct name_slot *
find_word(struct doc *d, size_t i)
{
	const struct token *t = &d->ts.tok[d->el[i].tok];
	const uint32_t key = name_hash(0, t->hash);

	if (!d->el[i].is_name && (t->kind != TOKEN_LOWER || t[1].kind == TOKEN_LOWER))
		return NULL;
	d->el[i].hit_n = 0;
	name_fetch(name_hash(key, t[1].hash));
	return name_get(key);
}

/* Mark what names of the gazetteer the elements are in. */
static void
find_names(struct doc *d)
{
	const struct name_slot *slot[AHEAD], *s;
	struct tokens *ts = &d->ts;
	struct name_hit hit;
	struct element *e;
	struct token *t;
	size_t i, k;

	for (i = 0; i < AHEAD && i < d->nel; i++)
		slot[i] = find_word(d, i);
	for (i = 0; i < d->nel; i++) {
		s = slot[i % AHEAD];
		if (i + AHEAD < d->nel)
			slot[i % AHEAD] = find_word(d, i + AHEAD);
		if (s == NULL)
			continue;
		e = &d->el[i];
		t = &ts->tok[e->tok];
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

void
doc_read(struct doc *d, const struct model *m, const char *text, size_t size)
{
	struct tokens *ts = &d->ts;
	struct doc_word *w;
	struct element *e;
	struct token *t;
	unsigned inner, after, ahead;
	size_t i, n;

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
	free(d->name);
	free(d->run);
	free(d->word);
	free(d->index);
	free(d->score);
	free(d->best);
	free(d->few);
	free(d->sum);
	memset(d, 0, sizeof *d);
}
