/* SPDX-License-Identifier: ISC */
#include "mentions.h"

#include <stdlib.h>
#include <string.h>

#include "sound.h"
#include "spread.h"
#include "u8.h"
#include "vec.h"

/* clang-format off */
#define NAME(literal) { literal "\0\0\0\0\0\0\0", sizeof(literal) - 1 }
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

/* Do the tokens [tok, end) end with a saint's name, and the possessive behind them with what has it: St Mary's, but not St. Petersburg's mayor? */
static bool
is_saints(const struct tokens *ts, size_t tok, size_t end)
{
	static const char list[][8] = { "St", "St.", "Saint" };

	return end - tok > 1 && ts->tok[end].kind == TOKEN_POSS &&
	       ts->tok[end].end - ts->tok[end].begin > 1 && LISTED(ts, &ts->tok[end - 2], list) &&
	       name_match(ts, end - 2).ntoken < 2;
}

void
mentions_names(struct mentions *ms, struct doc *d, const struct user_names *u)
{
	static const unsigned type_bits[] = { 0, NAME_PERSON, NAME_IS_ORG, NAME_IS_LOC, 0 };
	const struct doc_name *m;
	struct name_hit hit;
	size_t i, k = 0, nuser, at = 0;
	uint32_t tok, end;
	int type;

	if (u != NULL)
		add_user_names(ms, d, u);
	nuser = ms->n;
	for (m = d->name; m < d->name + d->nname; m++) {
		if (m->end <= k) /* the one before goes so far */
			continue;
		i = m->from < k ? k : m->from;
		k = m->end;
		tok = d->el[i].tok;
		end = d->el[k - 1].tok + 1;
		/* a whole name of the gazetteer is not cut short */
		hit = doc_match(d, i);
		type = tag_type(d->el[i].tag);
		if (hit.canon != 0 && hit.ntoken > end - tok &&
		    (hit.bits & type_bits[type] || !(hit.bits & ~(unsigned)NAME_IS_ORG))) {
			type = hit.bits & type_bits[type] ? type : TYPE_ORG;
			end = tok + hit.ntoken;
			while (k < d->nel && d->el[k].tok < end)
				k++;
		} else if (type != TYPE_PER && is_saints(&d->ts, tok, end))
			end++;
		while (at < nuser && ms->m[at].tok + ms->m[at].ntok <= tok)
			at++;
		if (at < nuser && ms->m[at].tok < end)
			continue;
		mention_add(ms, &d->ts, tok, end - tok, (enum mention_type)type)->hit = hit;
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
	static const char list[][4] = { "Jr", "Jr.", "Sr", "Sr.", "II", "III" };

	return LISTED(ts, t, list);
}

/* Are the n bytes at p a name as it stands: no white space of ASCII but single spaces, no & that may be an entity? More than n can be read. */
static bool
is_tidy(const char *p, size_t n)
{
	size_t i;
	unsigned bad;
	vec v;

	for (i = 0; i < n; i += VEC) {
		v = vec_load(p + i);
		bad = vec_bits16(vec_in(v, '\t', '\r') | vec_is(v, '&') |
				 (vec_is(v, ' ') & vec_is(vec_load(p + i + 1), ' ')));
		if (n - i < VEC)
			bad &= (1u << (n - i)) - 1;
		if (bad != 0)
			return false;
	}
	return true;
}

static bool
is_one_of(const struct tokens *ts, const struct token *t, const char *const *list, size_t nlist)
{
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin - (ts->text[t->end - 1] == '.'), k;

	for (k = 0; k < nlist; k++)
		if (list[k][0] == p[0] && strlen(list[k]) == n && memcmp(list[k], p, n) == 0)
			return true;
	return false;
}

/*
 * Behind the part of an organisation's name that tells it from others: not Inc., Ltd or plc, nor the
 * word magazine; Co. and Corp. go where two words are left.
 */
static size_t
name_end(const struct tokens *ts, const struct mention *m)
{
	static const char *const press[] = { "Magazine", "magazine" };
	const struct token *first = &ts->tok[m->tok], *t = first + m->ntok - 1, *u;
	enum name_form form;

	if (m->type != MENTION_ORG)
		return m->end;
	for (; t > first; t = u) {
		form = name_form(ts, t);
		if (form == FORM_NONE ? !is_one_of(ts, t, press, 2) : form == FORM_WEAK && t == first + 1)
			break;
		u = t - 1 - (ts->text[t[-1].begin] == ',' && t - 1 > first);
		if (u->kind != TOKEN_NAME && u->kind != TOKEN_NUMBER) /* Smith & Co. */
			break;
	}
	return t == first + m->ntok - 1 ? m->end : t->end;
}

/* Words of the mention joined by one space, hyphens and apostrophes kept, &amp; read as &. */
static void
name_of_text(struct mentions *ms, struct mention *m, const struct tokens *ts)
{
	const struct span s = { ts->text + m->begin, name_end(ts, m) - m->begin };
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
		if (s.p[i] == '&' && s.n - i > 4 && memcmp(s.p + i, "&amp;", 5) == 0)
			i += 4;
	}
	m->name = (uint32_t)at;
	m->name_n = (uint32_t)(ms->names.n - at);
}

/* Has the token a small letter of ASCII? In a line of capitals its shape does not tell. */
static bool
has_small(const struct tokens *ts, const struct token *t)
{
	uint32_t i;

	for (i = t->begin; i < t->end && !ascii_lower(ts->text[i]); i++)
		;
	return i < t->end;
}

/* Is the name one of a person or place in capitals alone, for it heads a dispatch or is in a line of them? Not JFK, UAE. */
static bool
is_shouted(const struct tokens *ts, const struct mention *m)
{
	const struct token *t = &ts->tok[m->tok], *end = t + m->ntok;
	bool line = t->flags & TOKEN_CAPS || t[-1].kind == TOKEN_LINE, any = false;

	if (m->type == MENTION_ORG || (!line && m->ntok == 1))
		return false;
	for (; t < end; t++) {
		if (t->kind == TOKEN_NAME && has_small(ts, t))
			return false;
		any |= t->kind == TOKEN_NAME && t->shape != SHAPE_DOTTED && t->end - t->begin > 3;
	}
	return any;
}

/* Make letters of ASCII small behind the first one of each word of the name, but where a word is of consonants alone: J.B., NW. */
static void
hush(struct mentions *ms, const struct mention *m)
{
	char *p = ms->names.p + m->name, *end = p + m->name_n, *q;

	for (; p < end; p = q + (q == p)) {
		for (q = p; q < end && ascii_alpha(*q); q++)
			;
		if (q - p > 3 || (q - p > 1 && strchr("AEIOUY", p[1]) != NULL) ||
		    (q - p > 2 && strchr("AEIOUY", p[2]) != NULL) || (q - p == 2 && memcmp(p, "ST", 2) == 0))
			for (p++; p < q; p++)
				*p = (char)(*p | 0x20);
	}
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

/* Does a town or a party stand before the token: Seattle, Washington; R-Ohio? There it is a state. */
static bool
is_behind_town(const struct tokens *ts, const struct token *t)
{
	if (t[-1].kind != TOKEN_MARK || t[-2].kind != TOKEN_NAME)
		return false;
	return ts->text[t[-1].begin] == ',' || (ts->text[t[-1].begin] == '-' && t[-2].shape == SHAPE_LETTER);
}

/* The gazetteer's canonical name of the mention by all of its words, as a state in short or a country's code, without the initial in the middle, by its sound; or 0. */
static uint16_t
canon_of(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	const struct name_hit h = m->hit;
	unsigned want = m->type == MENTION_PER	 ? NAME_PERSON | NAME_LAST
			: m->type == MENTION_ORG ? NAME_IS_ORG | NAME_COUNTRY
						 : NAME_IS_LOC;
	const struct name_slot *s;
	bool both; /* a town and a region: Washington */

	if (m->type == MENTION_LOC && m->ntok == 1 && is_behind_town(ts, &ts->tok[m->tok])) {
		both = h.bits & NAME_REGION && h.bits & NAME_CITY;
		if ((s = name_get(name_hash(SHORT_SALT, m->last))) != NULL)
			return s->canon;
		if (both)
			return 0;
	}
	if (m->type == MENTION_LOC && m->ntok == 1 && (s = name_code(ts, m->tok)) != NULL)
		return s->canon;
	if (h.ntoken == m->ntok && h.canon != 0 && h.bits & want)
		return h.canon;
	if (m->type != MENTION_PER)
		return 0;
	if (m->nword == 3 && ts->tok[m->last_tok - 1].shape == SHAPE_LETTER &&
	    (s = name_get(name_hash(name_hash(0, m->first), m->last))) != NULL && s->canon != 0 &&
	    s->bits & NAME_PERSON)
		return s->canon;
	if (sound_of(ms, ts, m) == 0)
		return 0;
	s = name_get(name_hash(SOUND_SALT, m->nword > 1 ? name_hash(m->first, m->sound) : m->sound));
	return s != NULL ? s->canon : 0;
}

static size_t
find(const struct mentions *ms, uint32_t key)
{
	size_t i = spread(key, ms->mask);

	while ((ms->table[2 * i] != 0) &
	       (ms->table[2 * i] != key)) /* one branch: nearly always the first is it */
		i = (i + 1) & ms->mask;
	return i;
}

/* A key of the document's table: what is known about a mention, and a word of it. */
static uint32_t
key_of(unsigned what, unsigned type, uint32_t word)
{
	return name_hash(what * 16 + type + 1, word);
}

enum { BY_LAST = 1, BY_SOUND, BY_FIRST, BY_INITIALS, BY_WHOLE, BY_TAIL, BY_DEFINITION, BY_CANON };
#define KEYS_MAX 7 /* of one mention */

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

/* What the words of a mention begin with, up to eight; the key of its last two words. */
struct words {
	char initial[16 + 8];
	size_t n;
	uint32_t tail;
};

/* Find the words of the mention. */
static void
read_words(struct tokens *ts, struct mention *m, struct words *w)
{
	struct token *t;
	size_t k;

	memset(w, 0, sizeof *w);

	for (k = m->tok; k < m->tok + m->ntok; k++) {
		t = &ts->tok[k];
		if (!is_word(t) || (m->type == MENTION_PER && m->nword > 0 && is_suffix(ts, t)))
			continue;
		w->tail = name_hash(name_hash(0, m->last), t->hash);
		m->last = t->hash;
		m->last_tok = (uint32_t)k;
		if (m->nword == 0)
			m->first = m->last;
		if (m->nword < 255)
			m->nword++;
		m->whole = name_hash(m->whole, m->last);
		if (t->kind == TOKEN_NAME && w->n < 8)
			w->initial[w->n++] = ts->text[t->begin];
	}
}

/* Enter the initials of all words but the first ones: the FTU is the Hong Kong Federation of Trade Unions. */
static void
enter_initials(struct mentions *ms, const struct words *w, size_t i)
{
	size_t k;

	for (k = 0; k < 3 && w->n > k + (k == 0 ? 1 : 2); k++)
		enter(ms, key_of(BY_INITIALS, 0, word_hash(w->initial + k, w->n - k)), i);
}

static bool
is_acronym(const struct token *t)
{
	return t->kind == TOKEN_NAME && t->shape != SHAPE_INITIAL && t->shape != SHAPE_LETTER &&
	       t->end - t->begin < 12;
}

static bool
is_mark(const struct tokens *ts, const struct token *t, char c)
{
	return t->kind == TOKEN_MARK && ts->text[t->begin] == c;
}

/* Are the acronym's letters in the name, in that order, the first one a word's? */
static bool
stands_for(const struct tokens *ts, const struct token *acronym, const struct mention *m)
{
	const char *p = ts->text + acronym->begin, *end = ts->text + acronym->end, *q,
		   *stop = ts->text + m->end;
	size_t k;

	for (k = m->tok, q = stop; k < m->tok + m->ntok; k++) {
		q = ts->text + ts->tok[k].begin;
		if (is_word(&ts->tok[k]) && ascii_fold(*q) == ascii_fold(*p))
			break;
	}
	if (k == m->tok + m->ntok)
		return false;
	for (; q < stop && p < end; q++)
		if (ascii_fold(*q) == ascii_fold(*p))
			for (p++; p < end && !ascii_alpha(*p); p++)
				;
	return p == end;
}

/*
 * Enter what the text says itself: the Democratic Alliance of Hong Kong (DAB), DAB (Democratic
 * Alliance). Returns how many.
 */
static size_t
enter_definition(struct mentions *ms, struct tokens *ts, size_t i)
{
	const struct mention *m = &ms->m[i];
	struct token *t = &ts->tok[m->tok + m->ntok], *acronym;

	if (is_mark(ts, t, '(') && is_acronym(t + 1) && is_mark(ts, t + 2, ')'))
		acronym = t + 1;
	else if (is_mark(ts, t, ')') && is_mark(ts, t - m->ntok - 1, '(') && is_acronym(t - m->ntok - 2))
		acronym = t - m->ntok - 2;
	else
		return 0;
	if (m->nword < 2 || !stands_for(ts, acronym, m))
		return 0;
	enter(ms, key_of(BY_DEFINITION, 0, acronym->hash), i);
	return 1;
}

/* The mention of the document that says more of m than m itself, or NULL. */
static struct mention *
fuller(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	/* not of the White House, nor of the House Budget Committee, the Army Corps of Engineers */
	static const char *const whole[] = { "House",	   "Senate", "Army",  "Navy",	    "Parliament",
					     "Republican", "GOP",    "State", "Democratic", "White" };
	struct mention *f = NULL;

	if (ms->ndefinition > 0 && m->ntok == 1 && is_acronym(&ts->tok[m->tok]) &&
	    (f = look(ms, key_of(BY_DEFINITION, 0, m->last))) != NULL)
		return f;
	if (m->canon != 0 && !(m->type == MENTION_PER && m->nword == 1))
		return NULL;
	if (m->type == MENTION_PER && m->nword == 1) {
		/* Romney is whom everybody knows by it, where he is named in full, and not his wife */
		if (m->canon != 0 && look(ms, key_of(BY_CANON, m->type, m->canon)) != NULL)
			return NULL;
		if ((f = look(ms, key_of(BY_LAST, m->type, m->last))) == NULL &&
		    (f = look(ms, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)))) == NULL)
			f = look(ms, key_of(BY_FIRST, m->type, m->last));
	} else if (m->nword == 1) {
		if (ts->tok[m->tok].shape == SHAPE_UPPER || ts->tok[m->tok].shape == SHAPE_DOTTED)
			f = look(ms, key_of(BY_INITIALS, 0, m->last));
		if (f == NULL && m->type == MENTION_ORG &&
		    !is_one_of(ts, &ts->tok[m->tok], whole, sizeof whole / sizeof whole[0]) &&
		    (f = look(ms, key_of(BY_FIRST, m->type, m->last))) == NULL)
			f = look(ms, key_of(BY_LAST, m->type, m->last));
	} else if (m->type == MENTION_PER) {
		f = look(ms, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)));
		if (f != NULL && f->first != m->first)
			f = NULL;
		if (f == NULL && m->nword == 2)
			f = look(ms, key_of(BY_TAIL, m->type, m->whole));
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
	struct words words = { 0 };
	size_t i, nkey = 0, want;

	for (i = 0; i < ms->n; i++)
		nkey += ms->m[i].ntok > 1 ? KEYS_MAX : 1;
	for (want = 64; want < 3 * nkey; want *= 2)
		;
	if (want > ms->table_cap) {
		ms->table = mem_array(ms->table, 2 * want, sizeof *ms->table);
		ms->table_cap = want;
	}
	ms->mask = want - 1; /* of this document: not to clear what a long one needed */
	memset(ms->table, 0, 2 * (ms->mask + 1) * sizeof *ms->table);
	memset(ms->heard, 0, sizeof ms->heard);
	ms->ndefinition = 0;

	for (i = 0; i < ms->n; i++) {
		m = &ms->m[i];
		if (!has_no_name(m))
			continue;
		if (m->ntok > 1)
			read_words(ts, m, &words);
		else if (is_word(&ts->tok[m->tok])) {
			m->nword = 1;
			m->last_tok = m->tok;
			m->first = m->last = ts->tok[m->tok].hash;
			m->whole = name_hash(0, m->last);
		}
		if (m->nword == 0)
			continue;
		m->canon = canon_of(ms, ts, m);
		enter(ms, key_of(BY_WHOLE, m->type, m->whole), i);
		if (m->nword == 1)
			continue;
		if (m->type == MENTION_PER) {
			if (m->canon != 0)
				enter(ms, key_of(BY_CANON, m->type, m->canon), i);
			enter(ms, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)), i);
			if (m->nword > 2)
				enter(ms, key_of(BY_TAIL, m->type, words.tail), i);
		} else
			enter_initials(ms, &words, i);
		if (m->type != MENTION_LOC) {
			enter(ms, key_of(BY_FIRST, m->type, m->first), i);
			if (m->type == MENTION_PER || ts->tok[m->last_tok - 1].kind <= TOKEN_NAME)
				enter(ms, key_of(BY_LAST, m->type, m->last), i);
		}
		ms->ndefinition += enter_definition(ms, ts, i);
	}
	for (i = 0; i < ms->n; i++) {
		m = &ms->m[i];
		if (!has_no_name(m))
			continue;
		f = m->canon == 0 || ms->ndefinition > 0 || (m->type == MENTION_PER && m->nword == 1)
			? fuller(ms, ts, m)
			: NULL;
		if (f == NULL || (f->canon == 0 && m->canon != 0 && f->nword < 2))
			f = m;
		if (f->canon != 0)
			mention_name(ms, m, name_canon(f->canon));
		else {
			if (f->name_n == 0) {
				name_of_text(ms, f, ts);
				if (is_shouted(ts, f))
					hush(ms, f);
			}
			m->name = f->name;
			m->name_n = f->name_n;
		}
	}
}
