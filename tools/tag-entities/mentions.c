/* SPDX-License-Identifier: ISC */
#include "mentions.h"

#include <stdlib.h>
#include <string.h>

#include "sound.h"
#include "spread.h"
#include "u8.h"
#include "vec.h"

/* clang-format off */
#define NAME(literal) { literal, sizeof(literal) - 1 }
const struct span mention_type_name[MENTION_NTYPE] = {
	NAME(""), NAME("PER"), NAME("ORG"), NAME("LOC"), NAME("MISC"), NAME("DATE"), NAME("TIME"),
	NAME("DURATION"), NAME("SET"), NAME("MONEY"), NAME("PERCENT"), NAME("QUANTITY")
};
/* clang-format on */

struct mention *
mention_add(struct mentions *ms, const struct tokens *ts, size_t tok, size_t ntok, enum mention_type type)
{
	struct mention *m;

	ms->m = mem_grow(ms->m, ms->n, &ms->cap, sizeof *ms->m);
	m = &ms->m[ms->n++];
	memset(m, 0, sizeof *m);
	m->begin = ts->tok[tok].begin;
	m->end = ts->tok[tok + ntok - 1].end;
	m->tok = (uint32_t)tok;
	m->ntok = (uint32_t)ntok;
	m->type = (uint8_t)type;
	return m;
}

void
mention_name(struct mentions *ms, struct mention *m, struct span s)
{
	m->name = (uint32_t)ms->names.n;
	m->name_n = (uint32_t)s.n;
	buf_span(&ms->names, s);
}

static int
by_place(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;

	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

void
mentions_sort(struct mentions *ms)
{
	size_t i;

	for (i = 1; i < ms->n; i++)
		if (by_place(&ms->m[i - 1], &ms->m[i]) > 0) {
			qsort(ms->m, ms->n, sizeof *ms->m, by_place);
			return;
		}
}

void
mentions_free(struct mentions *ms)
{
	free(ms->m);
	free(ms->table);
	buf_free(&ms->names);
	memset(ms, 0, sizeof *ms);
}

static void
add_user_names(struct mentions *ms, struct doc *d, const struct user_names *u)
{
	const struct tokens *ts = &d->ts;
	const struct user_entry *entry;
	struct mention *m;
	size_t i, n;

	for (i = 0; i < ts->n; i++) {
		if (ts->tok[i].kind != TOKEN_NAME && !u->ignore_case && !u->small)
			continue;
		if (ts->tok[i].kind == TOKEN_LINE || (n = user_match(u, ts, i, &entry)) == 0)
			continue;
		m = mention_add(ms, ts, i, n, entry->type);
		mention_name(ms, m, (struct span){ entry->name, entry->n });
		i += n - 1;
	}
}

void
mentions_names(struct mentions *ms, struct doc *d, const struct user_names *u)
{
	static const unsigned type_bits[] = { 0, NAME_PERSON, NAME_IS_ORG, NAME_IS_LOC, 0 };
	struct name_hit hit;
	size_t i, k, nuser, at = 0;
	uint32_t tok, end;

	if (u != NULL)
		add_user_names(ms, d, u);
	nuser = ms->n;
	for (i = 0; i < d->nel; i = k) {
		k = i + 1;
		if (d->el[i].tag == TAG_O || d->el[i].tag >= TAG_B_MISC)
			continue;
		while (d->el[k - 1].tag % 4 != 0 && d->el[k - 1].tag % 4 != 3 && k < d->el[i].run_end)
			k++;
		tok = d->el[i].tok;
		end = d->el[k - 1].tok + 1;
		/* a whole name of the gazetteer is not cut short */
		hit = doc_match(d, i);
		if (hit.canon != 0 && hit.ntoken > end - tok &&
		    hit.bits & type_bits[tag_type(d->el[i].tag)]) {
			end = tok + hit.ntoken;
			while (k < d->nel && d->el[k].tok < end)
				k++;
		}
		while (at < nuser && ms->m[at].tok + ms->m[at].ntok <= tok)
			at++;
		if (at < nuser && ms->m[at].tok < end)
			continue;
		mention_add(ms, &d->ts, tok, end - tok, (enum mention_type)tag_type(d->el[i].tag))->hit = hit;
	}
	if (nuser > 0)
		mentions_sort(ms);
}

/* ---------------------------------------------------------------- one name per thing */

static uint32_t
token_sound(const struct tokens *ts, const struct token *t)
{
	char fold[64 + U8_FOLD_MAX];
	const char *p = ts->text + t->begin;
	size_t i, n = t->end - t->begin, out = 0, step;
	struct span s;
	uint32_t cp;

	for (i = 0; i < n && out < 60; i += step) {
		step = 1;
		if ((signed char)p[i] >= 0) {
			if (ascii_alnum(p[i]))
				fold[out++] = ascii_fold(p[i]);
			continue;
		}
		step = u8_next(p + i, n - i, &cp);
		s = u8_fold(cp);
		memcpy(fold + out, s.p, s.n);
		out += s.n;
	}
	return out > 0 ? word_sound(fold, out) : 0;
}

static bool
is_word(const struct token *t)
{
	return t->kind == TOKEN_NAME || t->kind == TOKEN_LOWER || t->kind == TOKEN_NUMBER;
}

/* Junior and the like do not make a family name. */
static bool
is_suffix(const struct tokens *ts, const struct token *t)
{
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin;

	return (n >= 2 && (memcmp(p, "Jr", 2) == 0 || memcmp(p, "Sr", 2) == 0)) ||
	       (n == 2 && memcmp(p, "II", 2) == 0) || (n == 3 && memcmp(p, "III", 3) == 0);
}

/* Is there no white space of ASCII in the n bytes at p but single spaces? More than n can be read. */
static bool
is_tidy(const char *p, size_t n)
{
	size_t i;
	unsigned bad;
	vec v;

	for (i = 0; i < n; i += VEC) {
		v = vec_load(p + i);
		bad = vec_bits16(vec_in(v, '\t', '\r') | (vec_is(v, ' ') & vec_is(vec_load(p + i + 1), ' ')));
		if (n - i < VEC)
			bad &= (1u << (n - i)) - 1;
		if (bad != 0)
			return false;
	}
	return true;
}

/* Words of the mention joined by one space, hyphens and apostrophes kept. */
static void
name_of_text(struct mentions *ms, struct mention *m, const char *text)
{
	const struct span s = { text + m->begin, m->end - m->begin };
	size_t i, at = ms->names.n;
	bool space = false;

	if (is_tidy(s.p, s.n)) {
		mention_name(ms, m, s);
		return;
	}
	for (i = 0; i < s.n; i++) {
		if (ascii_space(s.p[i])) {
			space = true;
			continue;
		}
		if (space)
			buf_byte(&ms->names, ' ');
		space = false;
		buf_byte(&ms->names, s.p[i]);
	}
	m->name = (uint32_t)at;
	m->name_n = (uint32_t)(ms->names.n - at);
}

/* How the last word of a person's name sounds. */
static uint32_t
sound_of(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	struct heard *h = &ms->heard[m->last % HEARD];

	if (m->sound == 0) {
		if (h->hash != m->last)
			*h = (struct heard){ m->last, token_sound(ts, &ts->tok[m->last_tok]) };
		m->sound = h->sound;
	}
	return m->sound;
}

static uint16_t
canon_of(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	const struct name_hit h = m->hit;
	unsigned want = m->type == MENTION_PER	 ? NAME_PERSON | NAME_LAST
			: m->type == MENTION_ORG ? NAME_IS_ORG | NAME_COUNTRY
						 : NAME_IS_LOC;
	const struct name_slot *s;

	if (h.ntoken == m->ntok && h.canon != 0 && h.bits & want)
		return h.canon;
	if (m->type != MENTION_PER || sound_of(ms, ts, m) == 0)
		return 0;
	s = name_get(name_hash(SOUND_SALT, m->nword > 1 ? name_hash(m->first, m->sound) : m->sound));
	return s != NULL ? s->canon : 0;
}

static size_t
find(const struct mentions *ms, uint32_t key)
{
	size_t i = spread(key, ms->mask);

	while (ms->table[2 * i] != 0 && ms->table[2 * i] != key)
		i = (i + 1) & ms->mask;
	return i;
}

/* A key of the document's table: what is known about a mention, and a word of it. */
static uint32_t
key_of(unsigned what, unsigned type, uint32_t word)
{
	return name_hash(what * 16 + type + 1, word);
}

enum { BY_LAST = 1, BY_SOUND, BY_FIRST, BY_INITIALS, BY_WHOLE };

/* Enter the mention i under the key; a better one there stays. */
static void
enter(struct mentions *ms, uint32_t key, size_t i)
{
	size_t at = find(ms, key);

	if (ms->table[2 * at] == 0) {
		ms->table[2 * at] = key;
		ms->table[2 * at + 1] = (uint32_t)i + 1;
	}
}

static struct mention *
look(struct mentions *ms, uint32_t key)
{
	size_t at = find(ms, key);

	return ms->table[2 * at] == 0 ? NULL : &ms->m[ms->table[2 * at + 1] - 1];
}

/* Find the words of the mention; the hash of their initials where it is of several, else 0. */
static uint32_t
read_words(struct tokens *ts, struct mention *m)
{
	char room[16 + 8] = { 0 };
	struct token *t;
	size_t k, n = 0;

	for (k = m->tok; k < m->tok + m->ntok; k++) {
		t = &ts->tok[k];
		if (!is_word(t) || (m->type == MENTION_PER && m->nword > 0 && is_suffix(ts, t)))
			continue;
		m->last = token_hash(ts, t);
		m->last_tok = (uint32_t)k;
		if (m->nword == 0)
			m->first = m->last;
		if (m->nword < 255)
			m->nword++;
		m->whole = name_hash(m->whole, m->last);
		if (t->kind == TOKEN_NAME && n < 8)
			room[n++] = ts->text[t->begin];
	}
	return m->nword > 1 && n > 1 && m->type != MENTION_PER ? word_hash(room, n) : 0;
}

/* The mention of the document that says more of m than m itself, or NULL. */
static struct mention *
fuller(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	struct mention *f = NULL;

	if (m->type == MENTION_PER && m->nword == 1) {
		if ((f = look(ms, key_of(BY_LAST, m->type, m->last))) == NULL &&
		    (f = look(ms, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)))) == NULL)
			f = look(ms, key_of(BY_FIRST, m->type, m->last));
	} else if (m->nword == 1) {
		if (ts->tok[m->tok].shape == SHAPE_UPPER || ts->tok[m->tok].shape == SHAPE_DOTTED)
			f = look(ms, key_of(BY_INITIALS, 0, m->last));
		if (f == NULL && m->type == MENTION_ORG)
			f = look(ms, key_of(BY_FIRST, m->type, m->last));
	} else if (m->type == MENTION_PER) {
		f = look(ms, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)));
		if (f != NULL && f->first != m->first)
			f = NULL;
	}
	return f == NULL && m->canon == 0 ? look(ms, key_of(BY_WHOLE, m->type, m->whole)) : f;
}

static bool
has_no_name(const struct mention *m)
{
	return m->name_n == 0 && m->type <= MENTION_MISC;
}

void
mentions_canon(struct mentions *ms, struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct mention *m, *f;
	uint32_t initials;
	size_t i, nkey = 0, want;

	for (i = 0; i < ms->n; i++)
		nkey += ms->m[i].ntok > 1 ? 4 : 1;
	for (want = 64; want < nkey + nkey / 2; want *= 2)
		;
	if (want > ms->table_cap) {
		ms->table = mem_array(ms->table, 2 * want, sizeof *ms->table);
		ms->table_cap = want;
	}
	ms->mask = want - 1; /* of this document: not to clear what a long one needed */
	memset(ms->table, 0, 2 * (ms->mask + 1) * sizeof *ms->table);
	memset(ms->heard, 0, sizeof ms->heard);

	for (i = 0; i < ms->n; i++) {
		m = &ms->m[i];
		if (!has_no_name(m))
			continue;
		initials = 0;
		if (m->ntok > 1)
			initials = read_words(ts, m);
		else if (is_word(&ts->tok[m->tok])) {
			m->nword = 1;
			m->last_tok = m->tok;
			m->first = m->last = token_hash(ts, &ts->tok[m->tok]);
			m->whole = name_hash(0, m->last);
		}
		if (m->nword == 0)
			continue;
		m->canon = canon_of(ms, ts, m);
		enter(ms, key_of(BY_WHOLE, m->type, m->whole), i);
		if (m->nword == 1)
			continue;
		if (m->type == MENTION_PER) {
			enter(ms, key_of(BY_LAST, m->type, m->last), i);
			enter(ms, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)), i);
		}
		if (m->type != MENTION_LOC)
			enter(ms, key_of(BY_FIRST, m->type, m->first), i);
		if (initials != 0)
			enter(ms, key_of(BY_INITIALS, 0, initials), i);
	}
	for (i = 0; i < ms->n; i++) {
		m = &ms->m[i];
		if (!has_no_name(m))
			continue;
		f = m->canon == 0 || (m->type == MENTION_PER && m->nword == 1) ? fuller(ms, ts, m) : NULL;
		if (f == NULL || (f->canon == 0 && m->canon != 0 && f->nword < 2))
			f = m;
		if (f->canon != 0)
			mention_name(ms, m, name_canon(f->canon));
		else {
			if (f->name_n == 0)
				name_of_text(ms, f, ts->text);
			m->name = f->name;
			m->name_n = f->name_n;
		}
	}
}
