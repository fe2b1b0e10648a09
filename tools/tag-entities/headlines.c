/* SPDX-License-Identifier: ISC */
/*
 * Lines of capitals and of Title Case, and texts without a capital: their words as they would be
 * written inside a sentence.
 */
#include "runs.h"

/* Behind the name of several words that begins at token i, or `end`, what is farther on. */
static size_t
names_end(const struct tokens *ts, size_t i, const struct known *k, size_t end)
{
	const struct name_hit hit = name_match_on(ts, i, k->bits, k->canon);

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
	struct known k;
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
		k = doc_known(d, t->hash);
		kase = WORD_CASE(k.word);
		if (kase < 7) /* not THE of a name */
			end = names_end(ts, i, &k, end);
		if (k.bits & NAME_CASED && kase < 6)
			continue;
		if (kase >= 5 && i >= end) {
			t->kind = TOKEN_LOWER;
			t->shape = SHAPE_LOWER;
		} else if (kase != 0 || k.bits != 0 || t->end - t->begin > 4)
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
	struct known k;
	struct token *t;
	size_t i, q, n, end = 0;
	unsigned kase;

	for (q = 0; q < ts->nname; q++) {
		i = ts->name[q];
		t = &ts->tok[i];
		if (!(t->flags & TOKEN_TITLE) || t->kind != TOKEN_NAME)
			continue;
		k = doc_known(d, t->hash);
		end = names_end(ts, i, &k, end);
		if (i < end || t->shape != SHAPE_INITIAL)
			continue;
		n = t->end - t->begin;
		kase = WORD_CASE(k.word);
		/* approves, of approve */
		if (kase == 0 && k.bits == 0 && n > 4 && ts->text[t->end - 1] == 's' &&
		    !(t->flags & TOKEN_WIDE))
			kase = WORD_CASE(model_word(d->model, word_hash(ts->text + t->begin, n - 1)));
		if (kase == 7 || (kase == 6 && !(k.bits & NAME_CLASSES & ~(NAME_FIRST | NAME_LAST)))) {
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
	struct known k;
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
		k = doc_known(d, t->hash);
		kase = WORD_CASE(k.word);
		cased = k.bits & NAME_CASED;
		if (kase < 7 && !is_the(ts, t))
			end = names_end(ts, i, &k, end);
		if (i < end || (kase - 1 < (cased ? 2 : 3) && !LISTED(ts, t, pronoun)) ||
		    (given && kase == 0)) {
			t->kind = TOKEN_NAME;
			t->shape = cased ? SHAPE_UPPER : SHAPE_INITIAL;
		}
		given = t->kind == TOKEN_NAME && k.bits & NAME_FIRST;
	}
	ts->nlisted = 0;
}
