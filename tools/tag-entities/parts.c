/* SPDX-License-Identifier: ISC */
/*
 * Words that ran together are parted: a space was lost (ChomskySaturday), or a possessive's
 * apostrophe (Kyivs offer).
 */
#include "runs.h"

#include <string.h>

#include "u8.h"
#include "when.h"

/* Move the tokens [from, end) n places up, where there is room for them. */
static void
move_up(struct tokens *ts, size_t from, size_t end, size_t n)
{
	memmove(&ts->tok[from + n], &ts->tok[from], (end - from) * sizeof *ts->tok);
}

/* Is the token a number in words, or a few, several? */
static bool
is_count(const struct token *t)
{
	const uint32_t class = when_entry(t->hash)->value & CLASS;

	return t->flags & TOKEN_WHEN && (class == NUMBER || class == VAGUE);
}

/* Words that go on behind a name, and not behind whose something is. */
static bool
is_behind_name(const struct tokens *ts, const struct token *t)
{
	static const char list[][8] = { "and",	"or",	 "of",	  "in",	   "on",     "at",    "to",
					"for",	"from",	 "by",	  "with",  "as",     "is",    "are",
					"was",	"were",	 "be",	  "been",  "have",   "has",   "had",
					"will", "would", "can",	  "could", "who",    "that",  "which",
					"said", "say",	 "says",  "may",   "but",    "than",  "about",
					"into", "when",	 "while", "after", "before", "until", "since",
					"did",	"do",	 "if" };

	return LISTED(ts, t, list);
}

/*
 * A word that ends in s, while the text or the gazetteer knows it without: the
 * possessive's apostrophe was lost.
 */
bool
is_bare_possessive(struct doc *d, const struct element *e)
{
	struct tokens *ts = &d->ts;
	struct token *t = &ts->tok[e->tok];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin;
	const struct name_slot *longer;
	const struct doc_word *w;
	unsigned kase, stem_kase;
	uint32_t stem, two;
	struct known k;
	bool small;
	size_t i;

	if (n < 3 || t->flags & TOKEN_WIDE ||
	    (t[1].kind != TOKEN_LOWER && t[1].kind != TOKEN_NAME && t[1].kind != TOKEN_NUMBER))
		return false;
	/* two Koreas */
	if (t[-1].kind == TOKEN_NUMBER || is_count(&t[-1]))
		return false;
	small = t[1].kind == TOKEN_LOWER;
	if (small && is_behind_name(ts, &t[1]))
		return false;
	if (t->shape == SHAPE_CAMEL) { /* GMs */
		for (i = 0; i + 1 < n; i++)
			if (!ascii_upper(p[i]))
				return false;
		stem = word_hash(p, n - 1);
		return doc_known(d, stem).bits & NAME_CASED || doc_find(d, stem) != NULL ||
		       (small && e->known == 0);
	}
	if (n < 4 || t->shape != SHAPE_INITIAL)
		return false;
	stem = word_hash(p, n - 1);
	k = doc_known(d, stem);
	w = doc_find(d, stem);
	if (n == 4 && w == NULL)
		return false;
	kase = WORD_CASE(e->known);
	stem_kase = WORD_CASE(k.word);
	/* peoples, the Obamas */
	if (k.bits & NAME_DEMONYM || (k.bits & (NAME_FIRST | NAME_LAST | NAME_PERSON) && is_the(ts, t - 1)))
		return false;
	/* no plural is written so: Partys, Bushs */
	if (strchr("sxz", p[n - 2]) != NULL || (p[n - 2] == 'h' && strchr("cs", p[n - 3]) != NULL) ||
	    (p[n - 2] == 'y' && strchr("aeiou", p[n - 3]) == NULL))
		return e->hit_bits == 0 && (w != NULL || (kase == 0 && stem_kase != 0));
	if (e->hit_bits & NAME_CLASSES)
		return small && w != NULL && e->hit_canon == 0 && k.canon != 0 &&
		       k.bits & (NAME_COUNTRY | NAME_IS_ORG);
	if (k.canon != 0 && !(k.bits & NAME_CASED) &&
	    k.bits & (NAME_COUNTRY | NAME_CITY | NAME_LAST | NAME_IS_ORG) &&
	    (kase < 4 || !(t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)) ||
	     (w != NULL && w->places & WORD_INNER)))
		return true;
	if (kase > 3)
		return false;
	/* the last word of a name of two: Saudi Arabias, but Getty Images */
	if (t[-1].kind == TOKEN_NAME) {
		two = name_hash(0, t[-1].hash);
		if (name_find(name_hash(two, t->hash))->bits & NAME_CLASSES)
			return false;
		longer = name_find(name_hash(two, stem));
		if (longer->bits & (kase == 0 ? NAME_CLASSES : NAME_IS_LOC | NAME_PERSON))
			return !(longer->bits & NAME_DEMONYM);
	}
	if (kase == 0 && small && stem_kase != 0 && stem_kase < 4)
		return true;
	return w != NULL && (kase == 0 || (stem_kase - 1 < 3 && w->places & WORD_INNER && w->ntimes > 1));
}

/*
 * Part n possessives from the words of elements whose tokens have TOKEN_BARE: tokens and, inside
 * runs, elements as they would be with the apostrophe.
 */
void
part_possessives(struct doc *d, size_t n)
{
	struct tokens *ts = &d->ts;
	struct element e;
	struct token *t;
	size_t from = d->nel, to, i, k, run, end = ts->n + TOKEN_PAD, nname = ts->nname, nwhen = ts->nwhen;

	tokens_room(ts, n);
	ts->n += n;
	if (ts->nlisted != 0)
		ts->nlisted = ts->n;
	for (to = from, k = 0; k < from; k++)
		to += ts->tok[d->el[k].tok].flags & TOKEN_BARE && k + 1 < d->el[k].run_end;
	while (d->nel < to)
		*el_add(d) = (struct element){ 0 };
	while (from-- > 0) {
		e = d->el[from];
		t = &ts->tok[e.tok];
		if (t->flags & TOKEN_BARE) {
			i = e.tok + n;
			move_up(ts, e.tok + 1, end, n);
			end = e.tok + 1;
			ts->tok[i] = (struct token){ .begin = t->end,
						     .end = t->end + 1,
						     .hash = MARK_HASH('s'),
						     .kind = TOKEN_POSS,
						     .shape = SHAPE_LOWER };
			if (from + 1 < e.run_end)
				d->el[--to] =
				    (struct element){ .tok = (uint32_t)i,
						      .run = e.run,
						      .known = model_word(d->model, ts->tok[i].hash),
						      .hit_n = NOT_LOOKED };
			while (nname > 0 && ts->name[nname - 1] > e.tok)
				ts->name[--nname] += (uint32_t)n;
			while (nwhen > 0 && ts->when[nwhen - 1] > e.tok)
				ts->when[--nwhen] += (uint32_t)n;
			n--;
		}
		e.tok += (uint32_t)n;
		d->el[--to] = e;
	}
	run = SIZE_MAX;
	for (i = k = 0; i < d->nel; i++) {
		k ^= (k ^ i) & (size_t)mask_if(d->el[i].run != run);
		run = d->el[i].run;
		d->el[i].run = (uint32_t)k;
	}
	put_run_ends(d);
}

/* Words that open sentences more often than most that are in titles now and then. */
static bool
is_opener(const char *p, size_t n)
{
	static const char list[][8] = { "What", "When", "Where", "Why",	 "Who",	 "How", "Now",
					"Here", "All",	"Also",	 "Only", "Like", "Not", "One" };

	return LISTED_WORD(p, n, list);
}

/*
 * Where a word like "ChomskySaturday" falls in two: at a capital behind a small letter, when
 * nobody knows the whole, somebody knows what follows, and one of both is a name.
 * 0 where it does not.
 */
static size_t
glue_at(struct doc *d, struct token *t)
{
	const char *p = d->ts.text + t->begin;
	size_t n = t->end - t->begin, i;
	struct known whole, left, right;
	unsigned lk, rk;

	if (t->flags & (TOKEN_WIDE | TOKEN_DOT) || n < 6 || !ascii_upper(p[0]))
		return 0;
	whole = doc_known(d, t->hash);
	if (WORD_CASE(whole.word) != 0 || whole.bits != 0)
		return 0;
	for (i = 3; i + 2 <= n; i++) {
		if (!ascii_lower(p[i - 1]) || !ascii_upper(p[i]))
			continue;
		if (i == 3 &&
		    (memcmp(p, "Mac", 3) == 0 || memcmp(p, "Van", 3) == 0 || memcmp(p, "Del", 3) == 0))
			continue;
		left = doc_known(d, word_hash(p, i));
		right = doc_known(d, word_hash(p + i, n - i));
		lk = WORD_CASE(left.word);
		rk = WORD_CASE(right.word);
		if ((rk == 0 && right.bits == 0) || (lk == 0 && left.bits == 0 && i < 4))
			continue;
		/*
		 * SkyDome, VimpelCom: the second is a plain word that
		 * opens no sentence, the first plain too, or unknown
		 */
		if ((lk >= 4 || lk == 0) && rk >= 4 && rk <= (lk == 0 ? 6 : 5) &&
		    !(right.bits & NAME_CLASSES) && !(rk == 6 && is_opener(p + i, n - i)))
			continue;
		if (left.bits != 0 || right.bits != 0 || lk - 1 < 3 || rk - 1 < 3 || rk == 7 || lk == 0)
			return i;
	}
	return 0;
}

/* Part the words that ran together. From the end, so that each token moves once. */
void
part_glued(struct doc *d)
{
	struct tokens *ts = &d->ts;
	struct token *t;
	size_t i, k, q, nwhen = ts->nwhen, extra = 0, end;

	for (i = 0; i < ts->nname; i++) {
		t = &ts->tok[ts->name[i]];
		extra += t->shape == SHAPE_CAMEL && t->kind == TOKEN_NAME && glue_at(d, t) > 0;
	}
	if (extra == 0)
		return;
	tokens_room(ts, extra);
	end = ts->n + TOKEN_PAD;
	ts->n += extra;
	q = ts->nname;
	ts->nname += extra;
	while (extra > 0) {
		i = ts->name[--q];
		ts->name[q + extra] = (uint32_t)(i + extra);
		if (ts->tok[i].shape != SHAPE_CAMEL || ts->tok[i].kind != TOKEN_NAME ||
		    (k = glue_at(d, &ts->tok[i])) == 0)
			continue;
		/* what is behind it moves by as many as are parted up to it */
		move_up(ts, i + 1, end, extra);
		end = i;
		while (nwhen > 0 && ts->when[nwhen - 1] >= i)
			ts->when[--nwhen] += (uint32_t)extra;
		ts->name[q + extra - 1] = (uint32_t)(i + extra - 1);
		t = &ts->tok[i + extra];
		*t = ts->tok[i];
		if (t->flags & TOKEN_WHEN)
			ts->nlisted = 0;
		t[-1] = *t;
		t->begin += (uint32_t)k;
		t[-1].end = t->begin;
		t->hash = word_hash(ts->text + t->begin, t->end - t->begin);
		t[-1].hash = word_hash(ts->text + t[-1].begin, k);
		t->shape = t[-1].shape = SHAPE_INITIAL;
		t->flags = (uint16_t)((t->flags & ~(unsigned)TOKEN_SPACE) | TOKEN_GLUED | TOKEN_START);
		tokens_what(ts, i + extra);
		tokens_what(ts, i + extra - 1);
		extra--;
	}
	if (ts->nlisted != 0)
		ts->nlisted = ts->n;
}
