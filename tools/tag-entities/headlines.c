/* SPDX-License-Identifier: ISC */
/*
 * Lines of capitals and of Title Case, and texts without a capital: their words as they would be
 * written inside a sentence.
 */
#include "runs.h"

/*
 * Behind the names of several words that begin at token i, whose
 * first word the gazetteer has in s, or before it, up to `end`.
 */
static size_t
names_end(const struct tokens *ts, size_t i, const struct name_slot *s, size_t end)
{
	struct name_hit hit;

	if (s == NULL || !(s->bits & NAME_PREFIX))
		return end;
	hit = name_match_on(ts, i, s);
	return hit.ntoken > 1 && i + hit.ntoken > end ? i + hit.ntoken : end;
}

/*
 * In a line of capitals the words are written as they would be elsewhere: those
 * that are small inside sentences become small ones, but for those of a name of several words in
 * the gazetteer; the others names with an initial capital, but for short ones that are capitals in
 * the gazetteer too. The V of PAKISTAN V INDIA is small.
 */
void
undo_capitals(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct name_slot *s;
	struct token *t;
	unsigned kase;
	size_t i, q, end = 0;

	for (q = 0; q < ts->nname; q++) {
		i = ts->name[q];
		t = &ts->tok[i];
		if (!(t->flags & TOKEN_CAPS) || t->kind != TOKEN_NAME)
			continue;
		if (t->shape == SHAPE_LETTER && ts->text[t->begin] == 'V' && t->end - t->begin == 1 &&
		    t[-1].kind == TOKEN_NAME && t[1].kind == TOKEN_NAME) {
			t->kind = TOKEN_LOWER;
			t->shape = SHAPE_LOWER;
		}
		if (t->shape != SHAPE_UPPER)
			continue;
		s = name_get(name_hash(0, t->hash));
		kase = WORD_CASE(model_word(d->model, t->hash));
		if (kase < 7) /* not THE of a name */
			end = names_end(ts, i, s, end);
		if (s != NULL && s->bits & NAME_CASED && kase < 6)
			continue;
		if (kase >= 5 && i >= end) {
			t->kind = TOKEN_LOWER;
			t->shape = SHAPE_LOWER;
		} else if (kase != 0 || s != NULL || t->end - t->begin > 4)
			t->shape = SHAPE_INITIAL;
	}
}

/*
 * In a line of Title Case the words that are small everywhere else become small, but for
 * those of a name of several words in the gazetteer, and, where they are capitalised now and then,
 * those that are a name in it.
 */
void
undo_title(struct doc *d)
{
	struct tokens *ts = &d->ts;
	const struct name_slot *s;
	struct token *t;
	size_t i, q, n, end = 0;
	unsigned kase;

	for (q = 0; q < ts->nname; q++) {
		i = ts->name[q];
		t = &ts->tok[i];
		if (!(t->flags & TOKEN_TITLE) || t->kind != TOKEN_NAME)
			continue;
		s = name_get(name_hash(0, t->hash));
		end = names_end(ts, i, s, end);
		if (i < end || t->shape != SHAPE_INITIAL)
			continue;
		n = t->end - t->begin;
		kase = WORD_CASE(model_word(d->model, t->hash));
		/* approves, of approve */
		if (kase == 0 && s == NULL && n > 4 && ts->text[t->end - 1] == 's' &&
		    !(t->flags & TOKEN_WIDE))
			kase = WORD_CASE(model_word(d->model, word_hash(ts->text + t->begin, n - 1)));
		if (kase == 7 ||
		    (kase == 6 && (s == NULL || !(s->bits & NAME_CLASSES & ~(NAME_FIRST | NAME_LAST))))) {
			t->kind = TOKEN_LOWER;
			t->shape = SHAPE_LOWER;
		}
	}
}

/*
 * In a text without a capital, such as a transcript, those words get one that are seldom small
 * elsewhere, those of a name of several words in the gazetteer, and behind a given name the next
 * word that no text had.
 */
void
add_capitals(struct doc *d)
{
	static const char pronoun[][4] = { "us", "it", "who" }; /* US, IT, WHO */
	struct tokens *ts = &d->ts;
	const struct name_slot *s;
	bool given = false, cased;
	size_t i, end = 0;
	struct token *t;
	unsigned kase;

	for (i = 0; i < ts->n; i++) {
		t = &ts->tok[i];
		if (t->kind != TOKEN_LOWER) {
			given = false;
			continue;
		}
		t->hash = word_hash(ts->text + t->begin, t->end - t->begin);
		kase = WORD_CASE(model_word(d->model, t->hash));
		s = name_get(name_hash(0, t->hash));
		cased = s != NULL && s->bits & NAME_CASED;
		if (kase < 7 && !is_the(ts, t))
			end = names_end(ts, i, s, end);
		if (i < end || (kase - 1 < (cased ? 2 : 3) && !LISTED(ts, t, pronoun)) ||
		    (given && kase == 0)) {
			t->kind = TOKEN_NAME;
			t->shape = cased ? SHAPE_UPPER : SHAPE_INITIAL;
		}
		given = t->kind == TOKEN_NAME && s != NULL && s->bits & NAME_FIRST;
	}
	ts->nlisted = 0;
}
