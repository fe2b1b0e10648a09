/* SPDX-License-Identifier: ISC */
/*
 * One name per thing: the gazetteer's, or else the fullest one that the document has for it.
 */
#include <stdlib.h>
#include <string.h>

#include "mentions.h"
#include "sound.h"
#include "spread.h"
#include "u8.h"
#include "vec.h"

static uint32_t
token_sound(const struct tokens *ts, const struct token *t)
{
	char fold[WORD_FOLD];
	size_t n = word_fold(ts->text + t->begin, t->end - t->begin, fold);

	return n > 0 ? word_sound(fold, n) : 0;
}

static bool
is_word(const struct token *t)
{
	return t->kind == TOKEN_NAME || t->kind == TOKEN_LOWER || t->kind == TOKEN_NUMBER;
}

/*
 * Junior and the like do not make a family name, but tell a son
 * from his father: which the token is, J, S, 2 or 3; 0 for none.
 */
static char
suffix_of(const struct tokens *ts, const struct token *t)
{
	static const char list[][4] = { "Jr", "Jr.", "Sr", "Sr.", "II", "III" };
	const uint32_t initials = 1u << ('J' & 31) | 1u << ('S' & 31) | 1u << ('I' & 31);
	char c = ts->text[t->begin];

	/* one branch for most */
	if (!((initials >> (c & 31) & 1) & (t->end - t->begin < sizeof list[0])) || !LISTED(ts, t, list))
		return '\0';
	return c == 'I' ? (char)('0' + t->end - t->begin) : c;
}

/*
 * Are the n bytes at p a name as it stands: no white space of ASCII but
 * single spaces, no & that may be an entity? More than n can be read.
 */
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

/*
 * Behind the part of an organisation's name that tells it from others: not Inc., Ltd or plc, nor the
 * word magazine; Co. and Corp. go where two words are left, or one that is no other name: Boston.
 */
static size_t
name_end(const struct tokens *ts, const struct mention *m)
{
	static const char press[][9] = { "Magazine", "magazine" };
	const struct token *first = &ts->tok[m->tok], *t = first + m->ntok - 1, *u;
	enum name_form form;

	if (m->type != MENTION_ORG)
		return m->end;
	for (; t > first; t = u) {
		form = name_form(ts, t);
		if (form == FORM_NONE ? !LISTED(ts, t, press)
				      : form == FORM_WEAK && t == first + 1 && m->hit.ntoken > 0)
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

	m->name_in = IN_TEXT;
	m->name = m->begin;
	m->name_n = (uint32_t)s.n;
	if (is_tidy(s.p, s.n))
		return;
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
	m->name_in = IN_NAMES;
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

/*
 * Is the name one of a person or place in capitals alone, for
 * it heads a dispatch or is in a line of them? Not JFK, UAE.
 */
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

/*
 * Make letters of ASCII small behind the first one of each word
 * of the name, but where a word is of consonants alone: J.B., NW.
 */
static void
hush(struct mentions *ms, struct mention *m, const char *text)
{
	char *p, *end, *q;

	if (m->name_in == IN_TEXT)
		mention_call(ms, m, mention_name(ms, m, text));
	p = ms->names.p + m->name;
	end = p + m->name_n;
	for (; p < end; p = q + (q == p)) {
		for (q = p; q < end && ascii_alpha(*q); q++)
			;
		if (q - p > 3 || (q - p > 1 && strchr("AEIOUY", p[1]) != NULL) ||
		    (q - p > 2 && strchr("AEIOUY", p[2]) != NULL) || (q - p == 2 && memcmp(p, "ST", 2) == 0))
			for (p++; p < q; p++)
				*p = (char)(*p | 0x20);
	}
}

/* Put the state behind the name of a town: Evansville, Indiana. */
static void
name_with_state(struct mentions *ms, struct mention *m, const char *text, struct span state)
{
	if (m->name_in == IN_TEXT)
		mention_call(ms, m, mention_name(ms, m, text));
	buf_put(&ms->names, ", ", 2);
	buf_span(&ms->names, state);
	m->name_n += 2 + (uint32_t)state.n;
}

/* How the last word of a person's name sounds. */
static uint32_t
sound_of(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	const struct token *t;
	struct heard *h;
	uint64_t key;

	if (m->sound == 0 && m->nword > 0) {
		t = &ts->tok[m->last_tok];
		key = word_key(ts->text + t->begin, t->end - t->begin, spread_factor);
		h = &ms->heard[key % HEARD];
		if (h->key != key)
			*h = (struct heard){ key, token_sound(ts, t) };
		m->sound = h->sound;
	}
	return m->sound;
}

/* The state that towns are placed in by the mention's words, in short or in full; or NULL. */
static const struct name_slot *
state_of(const struct mention *m)
{
	const struct name_slot *s = m->nword == 1 ? name_get(name_hash(SHORT_SALT, m->last)) : NULL;

	return s != NULL ? s : name_get(name_hash(STATE_SALT, m->whole));
}

/*
 * What the place m is by what stands beside it, or NULL: a country by its code in brackets; a state
 * behind a town or a party, Seattle, Washington; R-Ohio; or what may be a town or a state before what
 * states have, Washington Gov.
 */
static const struct name_slot *
by_place(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	static const char word[][10] = { "state",    "State",	"Gov",	  "Gov.",     "Governor",
					 "Attorney", "Sen",	"Sen.",	  "Senator",  "Rep",
					 "Rep.",     "primary", "voters", "delegates" };
	const struct token *t = &ts->tok[m->tok];
	const struct name_slot *s;
	bool state = (m->hit.bits & (NAME_REGION | NAME_CITY)) == (NAME_REGION | NAME_CITY) &&
		     LISTED(ts, t + m->ntok, word);

	if (t[-1].kind == TOKEN_MARK) {
		if (m->ntok == 1 && (s = name_code(ts, m->tok)) != NULL)
			return s;
		state |= t[-2].kind == TOKEN_NAME &&
			 (ts->text[t[-1].begin] == ',' ||
			  (t[-1].hash == MARK_HASH('-') && t[-2].shape == SHAPE_LETTER));
	}
	if (!state || (s = state_of(m)) == NULL)
		return NULL;
	m->where = IS_STATE;
	ms->nstate++;
	return s;
}

/* Letters of a word or a name, folded. */
struct folded {
	char p[WORD_FOLD];
	size_t n;
};

static struct folded
folded_of(const char *p, size_t n)
{
	struct folded l;

	l.n = word_fold(p, n, l.p);
	return l;
}

/*
 * How many hundredths of the token's letters stand in the
 * name, in that order: of Qaddafi 85 in Muammar Gaddafi.
 */
static size_t
share_in(const struct tokens *ts, const struct token *t, const struct folded *name)
{
	const struct folded word = folded_of(ts->text + t->begin, t->end - t->begin);
	const char *at = name->p, *end = name->p + name->n, *q;
	size_t i, n = 0;

	for (i = 0; i < word.n; i++)
		if ((q = memchr(at, word.p[i], (size_t)(end - at))) != NULL) {
			at = q + 1;
			n++;
		}
	return word.n > 0 ? 100 * n / word.n : 0;
}

/*
 * Is the person m, who sounds like one of that name, like him in letters too? Half of those of the
 * family name are enough, for hashes of sounds meet by chance, once in 20,000 names. A word between
 * first and family name is to be in the other one, where that has some: Mohamed Ali Mohamed is not
 * Mohamed Farah Mohamed.
 */
static bool
is_like(const struct tokens *ts, const struct mention *m, struct span name)
{
	const struct folded letters = folded_of(name.p, name.n);
	const struct token *t = &ts->tok[m->last_tok], *first = &ts->tok[m->tok];
	const char *inner = memchr(name.p, ' ', name.n);
	bool other = false; /* a word between the names that the other one has not */

	if (share_in(ts, t, &letters) < 50)
		return false;
	if (m->nword < 3 || inner == NULL ||
	    memchr(inner + 1, ' ', (size_t)(name.p + name.n - inner - 1)) == NULL)
		return true;
	while (--t > first) {
		if (t->kind != TOKEN_NAME || t->end - t->begin < 4)
			continue;
		if (share_in(ts, t, &letters) >= 75)
			return true;
		other = true;
	}
	return !other;
}

/* Are the tokens [t, end) all legal forms: Corp.; and Co. Ltd? */
static bool
is_form(const struct tokens *ts, const struct token *t, const struct token *end)
{
	static const char joints[][4] = { ",", "&", "and" };

	for (; t < end; t++)
		if (name_form(ts, t) == FORM_NONE && !LISTED(ts, t, joints))
			return false;
	return true;
}

/*
 * The gazetteer's canonical name of the mention by all of its words, a company's without its legal
 * form, as a state in short or a country's code, without the initial in the middle, by its sound;
 * or 0.
 */
static uint16_t
canon_of(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	static const uint16_t want[] = { 0, NAME_PERSON | NAME_LAST, NAME_IS_ORG | NAME_COUNTRY, NAME_IS_LOC,
					 NAME_IS_LOC };
	const struct name_hit h = m->hit;
	const struct name_slot *s, *whole;

	if (m->type == MENTION_LOC && (s = by_place(ms, ts, m)) != NULL)
		return s->canon;
	if (h.ntoken == m->ntok && h.canon != 0 && h.bits & want[m->type])
		return h.canon;
	if (m->type == MENTION_ORG && h.canon != 0 && h.bits & NAME_COMPANY && h.ntoken < m->ntok &&
	    is_form(ts, &ts->tok[m->tok + h.ntoken], &ts->tok[m->tok + m->ntok]))
		return h.canon;
	if (m->type != MENTION_PER)
		return 0;
	if (m->nword == 3 && ts->tok[m->last_tok - 1].shape == SHAPE_LETTER &&
	    (s = name_get(name_hash(name_hash(0, m->first), m->last))) != NULL && s->canon != 0 &&
	    s->bits & NAME_PERSON)
		return s->canon;
	/*
	 * of two family names the first one, where one is known by that alone: Alvaro Uribe Velez
	 */
	if (m->nword > 2 && (s = name_get(name_hash(0, ts->tok[m->tok + 1].hash))) != NULL && s->canon != 0 &&
	    s->bits & NAME_LAST &&
	    (whole = name_get(name_hash(name_hash(0, m->first), ts->tok[m->tok + 1].hash))) != NULL &&
	    whole->canon == s->canon)
		return s->canon;
	if (sound_of(ms, ts, m) == 0)
		return 0;
	s = name_get(name_hash(SOUND_SALT, m->nword > 1 ? name_hash(m->first, m->sound) : m->sound));
	return s != NULL && is_like(ts, m, name_canon(s->canon)) ? s->canon : 0;
}

/* The entry of the key, or where one is to stand: its mention is free then. */
static struct keyed *
find(const struct mentions *ms, uint32_t key)
{
	size_t i = spread(key, ms->mask);

	/* one branch: nearly always the first is it */
	while (((ms->table[i].key ^ key) & mask_if(ms->table[i].mention >= ms->before)) != 0)
		i = (i + 1) & ms->mask;
	return &ms->table[i];
}

/* A key of the document's table: what is known about a mention, and a word of it. */
static uint32_t
key_of(unsigned what, unsigned type, uint32_t word)
{
	return name_hash(what * 16 + type + 1, word);
}

enum {
	BY_LAST = 1,
	BY_SOUND,
	BY_FIRST,
	BY_INITIALS,
	BY_WHOLE,
	BY_TAIL,
	BY_DEFINITION,
	BY_CANON,
	BY_INNER,
	BY_HEAD,
	BY_WOMAN,
	BY_NO_WOMAN,
	BY_TOWN
};
enum { KEYS_ONE = 2, KEYS_TWO = 7, KEYS_MAX = 20 }; /* at most, of a mention of one token, of two, of more */

/* Enter the mention i under the key; one before it there stays. Returns which one stands there. */
static size_t
enter(struct mentions *ms, uint32_t key, size_t i)
{
	struct keyed *e = find(ms, key);
	size_t there = e->mention - ms->before; /* what is free is less than `before`, and wraps around */

	there = there < i ? there : i;
	*e = (struct keyed){ key, ms->before + (uint32_t)there };
	return there;
}

static struct mention *
look(struct mentions *ms, uint32_t key)
{
	const struct keyed *e = find(ms, key);

	return e->mention < ms->before ? NULL : &ms->m[e->mention - ms->before];
}

/*
 * What the words of a mention begin with, up to eight; the keys of the first words behind the first
 * one, of all up to each, and of what begins with each and goes on to the end.
 */
struct words {
	char initial[16 + 8];
	size_t n;
	uint32_t inner[3], head[3], tail[3];
};

/* Find the words of the mention. */
static void
read_words(struct tokens *ts, struct mention *m, struct words *w)
{
	struct token *t;
	size_t k, j;

	*w = (struct words){ .n = 0 };
	for (k = m->tok; k < m->tok + m->ntok; k++) {
		t = &ts->tok[k];
		if (!is_word(t))
			continue;
		if (m->nword > 0) {
			if (m->type == MENTION_PER && (m->suffix = suffix_of(ts, t)) != 0)
				continue;
			if (m->type == MENTION_ORG && t->hash == name_and()) /* written & as well */
				continue;
			if (m->nword <= 3 && t->kind == TOKEN_NAME && t->shape != SHAPE_LETTER)
				w->inner[m->nword - 1] = t->hash;
			for (j = 0; j < m->nword && j < 3; j++)
				w->tail[j] = name_hash(w->tail[j], t->hash);
		}
		m->last = t->hash;
		m->last_tok = (uint32_t)k;
		if (m->nword == 0)
			m->first = m->last;
		if (m->nword < 255)
			m->nword++;
		m->whole = name_hash(m->whole, m->last);
		if (m->nword > 1 && m->nword < 5)
			w->head[m->nword - 2] = m->whole;
		if (t->kind == TOKEN_NAME && w->n < 8)
			w->initial[w->n++] = ts->text[t->begin];
	}
}

/*
 * Enter a name of three words or more by what it ends with, as may stand for it in another place:
 * Lopez Obrador, Judiciary Committee. A person also by what it begins with, Wan Azizah, Ivan Duque,
 * and by an inner word, the Duque of Ivan Duque Marquez.
 */
static void
enter_parts(struct mentions *ms, const struct words *w, size_t i)
{
	const struct mention *m = &ms->m[i];
	const bool person = m->type == MENTION_PER;
	size_t k;

	for (k = 0; k < 3 && k + 2u < m->nword; k++) {
		/* the Office of the Judiciary Committee is not that */
		if (person || k == 0 || w->inner[k - 1] != 0)
			enter(ms, key_of(BY_TAIL, m->type, w->tail[k]), i);
		if (!person)
			continue;
		enter(ms, key_of(BY_HEAD, m->type, w->head[k]), i);
		if (w->inner[k] != 0)
			enter(ms, key_of(BY_INNER, m->type, w->inner[k]), i);
	}
}

/*
 * Enter the initials of all words but the first ones:
 * the FTU is the Hong Kong Federation of Trade Unions.
 */
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
is_mark(const struct token *t, char c)
{
	return t->hash == MARK_HASH((unsigned char)c);
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

	if (is_mark(t, '(') && is_acronym(t + 1) && is_mark(t + 2, ')'))
		acronym = t + 1;
	else if (is_mark(t, ')') && is_mark(t - m->ntok - 1, '(') && is_acronym(t - m->ntok - 2))
		acronym = t - m->ntok - 2;
	else
		return 0;
	if (m->nword < 2 || !stands_for(ts, acronym, m))
		return 0;
	enter(ms, key_of(BY_DEFINITION, 0, acronym->hash), i);
	return 1;
}

/*
 * The person entered under the key: of two with one name the
 * one with the suffix of m, and nobody with another suffix.
 */
static struct mention *
look_person(struct mentions *ms, const struct mention *m, uint32_t key)
{
	struct mention *f = m->suffix != 0 ? look(ms, name_hash(key, (uint32_t)m->suffix)) : NULL;

	if (f == NULL && (f = look(ms, key)) != NULL && m->suffix != 0 && f->suffix != 0)
		return NULL;
	return f;
}

/*
 * Enter the mention i of a person under the key, and under
 * that and its suffix. Returns which one stands under the key.
 */
static inline size_t
enter_person(struct mentions *ms, uint32_t key, size_t i)
{
	if (ms->m[i].suffix != 0)
		enter(ms, name_hash(key, (uint32_t)ms->m[i].suffix), i);
	return enter(ms, key, i);
}

/*
 * Enter the mention i under all of its words: one in
 * capitals, of a headline, gives way to one that is not.
 */
static void
enter_whole(struct mentions *ms, const struct tokens *ts, size_t i)
{
	uint32_t key = key_of(BY_WHOLE, ms->m[i].type, ms->m[i].whole);
	size_t there = enter_person(ms, key, i);

	if (ms->m[i].nword > 1 && there != i && !has_small(ts, &ts->tok[ms->m[there].last_tok]) &&
	    has_small(ts, &ts->tok[ms->m[i].last_tok]))
		find(ms, key)->mention = ms->before + (uint32_t)i;
}

/* Does the word stand in the name, whatever is beside it? */
static bool
is_in(struct span name, struct span word)
{
	size_t i;

	for (i = 0; i + word.n <= name.n; i++)
		if (name.p[i] == word.p[0] && memcmp(name.p + i, word.p, word.n) == 0)
			return true;
	return false;
}

/*
 * Is f another organisation than the one that the gazetteer takes the acronym m for: all of m's
 * three letters or more begin its words, of which that one's name has one at most, or lacks one that
 * is not the last? The BNP is no bank where the Bangladesh Nationalist Party is, the NPP not the New
 * Patriotic Party where the New People's Party is; a Bhartiya Janata Party is a slip of the pen.
 */
static bool
is_another(const struct tokens *ts, const struct mention *m, const struct mention *f)
{
	const char *p = ts->text + m->begin, *end = ts->text + m->end;
	const struct span canon = name_canon(m->canon);
	const struct token *t;
	size_t k, n, ncommon = 0;
	bool lacks = false;

	if (f->type != MENTION_ORG || end - p < 3 || span_eq(canon, (struct span){ p, (size_t)(end - p) }))
		return false;
	for (k = f->tok; k < f->tok + f->ntok; k++) {
		t = &ts->tok[k];
		if (t->kind != TOKEN_NAME)
			continue;
		if (p == end || *p++ != ts->text[t->begin])
			return false;
		n = t->end - t->begin;
		ncommon += is_in(canon, (struct span){ ts->text + t->begin, n });
		lacks |= p < end && !is_in(canon, (struct span){ ts->text + t->begin, n < 3 ? n : 3 });
	}
	return p == end && (ncommon < 2 || lacks);
}

static bool
has_no_name(const struct mention *m)
{
	return m->name_n == 0;
}

/*
 * The mention i, a first name, stands before "and" and a whole name: Bill and Hillary Clinton.
 * Where the gazetteer has one of both names, it is that one. Others are none: Clinton and George
 * Bush.
 */
static void
enter_couple(struct mentions *ms, const struct tokens *ts, size_t i)
{
	static const char and[][4] = { "and", "&" };
	struct mention *m = &ms->m[i];
	const struct mention *next = m + 1;
	const struct name_slot *s;

	if (m->type != MENTION_PER || !has_no_name(m) || m->nword != 1 || m->canon != 0 ||
	    next->tok != m->tok + 2 || !LISTED(ts, &ts->tok[m->tok + 1], and) ||
	    (s = name_get(name_hash(name_hash(0, m->first), next->last))) == NULL ||
	    !(s->bits & NAME_PERSON) || s->canon == 0)
		return;
	m->canon = s->canon;
	enter(ms, key_of(BY_CANON, m->type, m->canon), i);
}

/*
 * What the word before token i says of whom it names, a comma between
 * them or none: 'F' of Mrs and his wife, 'M' of Mr; 0 for nothing.
 */
static char
sex_before(const struct tokens *ts, size_t i)
{
	static const char female[][9] = { "Mrs",    "Mrs.",	"Ms",	 "Ms.",	     "Miss",
					  "Mme",    "Lady",	"Queen", "Princess", "mother",
					  "sister", "daughter", "widow", "wife" };
	static const char male[][7] = { "Mr", "Mr.", "Sir", "King", "Prince" };
	static const uint32_t initials = 1u << ('M' & 31) | 1u << ('L' & 31) | 1u << ('Q' & 31) |
					 1u << ('P' & 31) | 1u << ('S' & 31) | 1u << ('D' & 31) |
					 1u << ('W' & 31) | 1u << ('K' & 31);
	const struct token *t = &ts->tok[(ptrdiff_t)i - 1];

	if (t->kind == TOKEN_MARK)
		t--;
	if (!(initials >> (ts->text[t->begin] & 31) & 1)) /* most */
		return '\0';
	return LISTED(ts, t, female) ? 'F' : LISTED(ts, t, male) ? 'M' : '\0';
}

/* The key of the family name m ends with, among women or among the others. */
static uint32_t
family_key(const struct mention *m, bool woman)
{
	return key_of(woman ? BY_WOMAN : BY_NO_WOMAN, m->type, m->last);
}

/*
 * Where two persons have one family name, see who is said
 * to be a woman, for Mr and Mrs are to tell them apart.
 */
static void
find_sexes(struct mentions *ms, const struct tokens *ts)
{
	struct mention *m;
	size_t i;

	for (i = 0; i < ms->n; i++) {
		m = &ms->m[i];
		if (m->type != MENTION_PER || !has_no_name(m) || m->nword == 0)
			continue;
		m->sex = sex_before(ts, m->tok);
		if (m->nword > 1)
			enter(ms, family_key(m, m->sex == 'F'), i);
	}
}

/* Does the name end with the other one: Spokane, Washington? */
static bool
ends_with(struct span name, struct span end)
{
	return name.n >= end.n && memcmp(name.p + name.n - end.n, end.p, end.n) == 0;
}

/* The town that stands before the state, a comma between them, or NULL. */
static struct mention *
town_before(const struct tokens *ts, struct mention *state)
{
	struct mention *town = state - 1;

	return town->type == MENTION_LOC && has_no_name(town) && town->nword > 0 && town->where != IS_STATE &&
		       town->tok + town->ntok + 1 == state->tok &&
		       ts->text[ts->tok[state->tok - 1].begin] == ',' && state_of(town) == NULL
		   ? town
		   : NULL;
}

/*
 * See of each state if a town stands before it. The town's name is then Evansville, Indiana, in all of
 * the text; but towns that are known without a state keep theirs. What is a town as well as a state,
 * New York, is that behind a known town of another one: London, New York.
 */
static void
find_towns(struct mentions *ms, const struct tokens *ts)
{
	struct mention *town, *state;
	struct span name;
	uint32_t key;
	bool alone, own; /* known without a state; known for this one */
	size_t i;

	for (i = 1; i < ms->n; i++) {
		state = &ms->m[i];
		if (state->where != IS_STATE || (town = town_before(ts, state)) == NULL)
			continue;
		name = name_canon(state->canon);
		key = name_hash(TOWN_SALT, town->whole);
		alone = name_get(key) != NULL;
		own = ends_with(name_canon(town->canon), name) ||
		      name_get(name_hash(key, word_hash(name.p, name.n))) != NULL;
		if (!own && (alone || (town->canon != 0 && town->hit.bits & NAME_CITY)) &&
		    state->hit.ntoken == state->ntok && state->hit.bits & NAME_CITY) {
			state->where = IS_NOWHERE;
			state->canon = state->hit.canon;
		} else if (!alone && (town->hit.ntoken < town->ntok || town->hit.bits & NAME_CITY)) {
			town->where = IS_PLACED;
			if (!own)
				town->canon = 0;
			ms->ntold++;
			enter(ms, key_of(BY_TOWN, MENTION_LOC, town->whole), i - 1);
		}
	}
}

/*
 * North and South are the Koreas where the text names both, or two other countries that are called
 * so. The one that m, of one word, is, or NULL.
 */
static struct mention *
half_of(struct mentions *ms, const struct tokens *ts, const struct mention *m)
{
	static const char half[][16] = { "North", "South" };
	const struct token *t = &ts->tok[m->tok];
	const char *other;
	struct mention *f, *g;

	if (!LISTED(ts, t, half))
		return NULL;
	other = half[ts->text[t->begin] == 'N'];
	f = look(ms, key_of(BY_FIRST, m->type, m->last));
	g = look(ms, key_of(BY_FIRST, m->type, word_hash(other, 5)));
	return f != NULL && g != NULL && f->last == g->last ? f : NULL;
}

/*
 * Is the organisation one that many lands have, so that the gazetteer knows no more of it
 * than the text says: Supreme Court, Red Cross? Parties and companies go by such names.
 */
static bool
is_generic(const struct tokens *ts, const struct mention *m)
{
	return !(m->hit.bits & (NAME_PARTY | NAME_COMPANY | NAME_MEDIA)) &&
	       span_eq(name_canon(m->canon), (struct span){ ts->text + m->begin, m->end - m->begin });
}

/* The mention by which the text itself says what the acronym is or where the town is, or NULL. */
static struct mention *
told(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	struct mention *f = NULL;

	if (m->ntok == 1 && is_acronym(&ts->tok[m->tok]) &&
	    (f = look(ms, key_of(BY_DEFINITION, 0, m->last))) != NULL && f->type != MENTION_LOC)
		m->type = f->type; /* a place is hardly one */
	if (f != NULL || m->type != MENTION_LOC || m->where == IS_STATE)
		return f;
	f = m->where == IS_PLACED ? m : look(ms, key_of(BY_TOWN, m->type, m->whole));
	if (f != NULL)
		m->canon = f->canon;
	return f;
}

/* The mention of the document that says more of m than m itself, or NULL. */
static struct mention *
fuller(struct mentions *ms, const struct tokens *ts, struct mention *m)
{
	/* not of the White House, nor of the House Budget Committee, the Army Corps of Engineers */
	static const char whole[][11] = { "House",	"Senate", "Army",  "Navy",	 "Parliament",
					  "Republican", "GOP",	  "State", "Democratic", "White" };
	struct mention *f = NULL, *longer;

	if (ms->ntold > 0 && (f = told(ms, ts, m)) != NULL)
		return f;
	if (m->canon != 0 && !(m->type == MENTION_PER && m->nword == 1)) {
		if (m->type == MENTION_ORG && m->nword > 1 && is_generic(ts, m)) {
			f = look(ms, key_of(BY_TAIL, m->type, m->whole));
			return f != NULL && f->canon != 0 ? f : NULL; /* not the UK Home Office */
		}
		if (m->ntok > 1 || m->type != MENTION_ORG || ts->tok[m->tok].shape != SHAPE_UPPER)
			return NULL;
		f = look(ms, key_of(BY_INITIALS, 0, m->last));
		return f != NULL && is_another(ts, m, f) ? f : NULL;
	}
	if (m->type == MENTION_PER && m->nword == 1) {
		if (m->sex == 'F' && (f = look(ms, family_key(m, true))) != NULL)
			return f;
		/*
		 * Romney is whom everybody knows by it, where he is named in full, and not his wife
		 */
		if (m->canon != 0 && look(ms, key_of(BY_CANON, m->type, m->canon)) != NULL)
			return NULL;
		if (m->sex == 'M' && (f = look(ms, family_key(m, false))) != NULL)
			return f;
		if ((f = look_person(ms, m, key_of(BY_LAST, m->type, m->last))) == NULL &&
		    (f = look_person(ms, m, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)))) == NULL &&
		    (f = look_person(ms, m, key_of(BY_FIRST, m->type, m->last))) == NULL &&
		    (f = look(ms, key_of(BY_INNER, m->type, m->last))) > m)
			f = NULL;
	} else if (m->nword == 1) {
		if (ts->tok[m->tok].shape == SHAPE_UPPER || ts->tok[m->tok].shape == SHAPE_DOTTED)
			f = look(ms, key_of(BY_INITIALS, 0, m->last));
		if (m->type == MENTION_LOC)
			f = f != NULL ? f : half_of(ms, ts, m);
		else if (f == NULL && m->type == MENTION_ORG &&
			 ((f = look(ms, key_of(BY_FIRST, m->type, m->last))) != NULL ||
			  (f = look(ms, key_of(BY_LAST, m->type, m->last))) != NULL) &&
			 LISTED(ts, &ts->tok[m->tok], whole))
			f = NULL;
	} else if (m->type == MENTION_PER) {
		f = look_person(ms, m, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)));
		if (f != NULL && f->first != m->first)
			f = NULL;
		if (f == NULL)
			f = look(ms, key_of(BY_TAIL, m->type, m->whole));
		if (m->canon == 0 && m->suffix == 0 && (f == NULL || f->whole == m->whole) &&
		    (longer = look(ms, key_of(BY_HEAD, m->type, m->whole))) != NULL)
			f = longer;
	} else if (m->type == MENTION_ORG)
		f = look(ms, key_of(BY_TAIL, m->type, m->whole));
	if (f != NULL || m->canon != 0)
		return f;
	return look_person(ms, m, key_of(BY_WHOLE, m->type, m->whole));
}

/* What a mention is to the steps below: its type, and if it is of several tokens, or named already. */
enum { LIKE_SEVERAL = MENTION_MISC + 1, LIKE_NAMED = 2 * LIKE_SEVERAL, LIKE_N = 2 * LIKE_NAMED };

static inline unsigned
likeness(const struct mention *m)
{
	return m->type + LIKE_SEVERAL * (unsigned)(m->ntok > 1) + LIKE_NAMED * (unsigned)!has_no_name(m);
}

/*
 * List the mentions, like ones behind each other, so that branches on what they are can be
 * foretold: those of one word first, those that have a name last. Returns how many have none.
 */
static size_t
list_like(struct mentions *ms)
{
	size_t i, k, n = 0, at[LIKE_N] = { 0 };

	mentions_room(ms, ms->n);
	for (i = 0; i < ms->n; i++)
		at[likeness(&ms->m[i])]++;
	for (k = 0; k < LIKE_N; k++) {
		n += at[k];
		at[k] = n - at[k];
	}
	n = at[LIKE_NAMED];
	for (i = 0; i < ms->n; i++)
		ms->list[at[likeness(&ms->m[i])]++] = (uint32_t)i;
	return n;
}

/* An empty table for the n mentions that are listed. */
static void
table_ready(struct mentions *ms, size_t n)
{
	size_t i, nkey = 0, want;
	uint32_t ntok;

	for (i = 0; i < n; i++) {
		ntok = ms->m[ms->list[i]].ntok;
		nkey += ntok == 1 ? KEYS_ONE : ntok == 2 ? KEYS_TWO : KEYS_MAX;
	}
	for (want = 64; want <= 2 * nkey; want *= 2) /* about half of them are entered: a quarter full */
		;
	if (want > ms->table_cap || ms->before > UINT32_MAX - ms->n) {
		ms->table_cap = want > ms->table_cap ? want : ms->table_cap;
		free(ms->table);
		ms->table = mem_zeros(ms->table_cap, sizeof *ms->table);
		ms->before = 1;
	}
	ms->mask = want - 1;
}

void
mentions_canon(struct mentions *ms, struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct mention *m, *f;
	struct words words = { 0 };
	size_t i, k, n = list_like(ms);
	bool shared = false; /* two of one family name */

	table_ready(ms, n);
	ms->ntold = ms->nstate = 0;
	for (k = 0; k < n; k++) {
		i = ms->list[k];
		m = &ms->m[i];
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
		enter_whole(ms, ts, i);
		if (m->nword == 1)
			continue;
		if (m->type == MENTION_PER) {
			if (m->canon != 0)
				enter(ms, key_of(BY_CANON, m->type, m->canon), i);
			enter_person(ms, key_of(BY_SOUND, m->type, sound_of(ms, ts, m)), i);
			if (i > 0)
				enter_couple(ms, ts, i - 1);
		} else
			enter_initials(ms, &words, i);
		if (m->type == MENTION_LOC) {
			if (m->hit.bits & NAME_COUNTRY && m->nword == 2)
				enter(ms, key_of(BY_FIRST, m->type, m->first), i);
		} else {
			enter_parts(ms, &words, i);
			enter_person(ms, key_of(BY_FIRST, m->type, m->first), i);
			if (m->type == MENTION_PER || ts->tok[m->last_tok - 1].kind <= TOKEN_NAME)
				shared |= m->whole !=
					  ms->m[enter_person(ms, key_of(BY_LAST, m->type, m->last), i)].whole;
		}
		ms->ntold += enter_definition(ms, ts, i);
	}
	if (shared)
		find_sexes(ms, ts);
	if (ms->nstate > 0)
		find_towns(ms, ts);
	for (k = 0; k < n; k++) {
		m = &ms->m[ms->list[k]];
		if ((f = fuller(ms, ts, m)) == NULL || (f->canon == 0 && m->canon != 0 && f->nword < 2))
			f = m;
		m->namesake = (uint32_t)(f - ms->m);
	}
	for (i = 0; i < ms->n; i++) {
		m = &ms->m[i];
		if (!has_no_name(m))
			continue;
		f = &ms->m[m->namesake];
		if (f->canon != 0) {
			m->name_in = IN_GAZETTEER;
			m->name = names_canon_at[f->canon];
			m->name_n = names_canon_at[f->canon + 1u] - m->name;
			continue;
		}
		if (f->name_n == 0) {
			name_of_text(ms, f, ts);
			if (is_shouted(ts, f))
				hush(ms, f, ts->text);
			if (f->where == IS_PLACED)
				name_with_state(ms, f, ts->text, name_canon(f[1].canon));
		}
		m->name_in = f->name_in;
		m->name = f->name;
		m->name_n = f->name_n;
	}
	ms->before += (uint32_t)ms->n;
}
