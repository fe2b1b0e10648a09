/* SPDX-License-Identifier: ISC */
/*
 * A date, a time or an amount as it is read: the tokens and words of it, and its
 * value as that is put together.
 */
#ifndef PHRASE_H
#define PHRASE_H

#include <stddef.h>
#include <string.h>

#include "calendar.h"
#include "little.h"
#include "mentions.h"
#include "tokens.h"
#include "u8.h"
#include "when.h"

struct phrase {
	struct tokens *ts;
	struct day today; /* what relative dates count from; year 0: not known */
	struct day told
	    [3]; /* the last day, month and year that the text had, what "the next day" counts from; 0: none */
	struct day guess; /* the last month or day whose year was not told; year 0: none */
	size_t guess_end; /* behind it */
	size_t i;	  /* where the expression begins */
	size_t end;	  /* behind it */
	enum mention_type type;
	char value[80];
	size_t value_n;
	bool sure; /* more likely a date than (part of) a name */
};

/* ---------------------------------------------------------------- words */

/*
 * What token i is of when.tsv, 0 for nothing. The tokens before the
 * first are padding, tokens.h: i may be -1 or -2 here and below.
 */
static inline uint32_t
word(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return when_entry(t->hash)->value & (uint32_t)mask_if(t->flags & TOKEN_WHEN);
}

static inline char
mark(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return (char)(ts->text[t->begin] & (char)mask_if((t->kind == TOKEN_MARK) & (t->end - t->begin == 1)));
}

static inline bool
is_same(const char *p, const char *s, size_t n)
{
	size_t k;

	for (k = 0; k < n && ascii_fold(p[k]) == s[k]; k++)
		;
	return k == n;
}

/* The n letters of s, at most eight, as little64 has them. */
static inline __attribute__((always_inline)) uint64_t
eight_letters(const char *s, size_t n)
{
#define LETTER(k) ((uint64_t)(n > (k) ? (unsigned char)s[k] : 0) << 8 * (k))
	return LETTER(0) | LETTER(1) | LETTER(2) | LETTER(3) | LETTER(4) | LETTER(5) | LETTER(6) | LETTER(7);
#undef LETTER
}

/*
 * Is token i the word s, of small letters? A short one that the
 * compiler knows is compared at once, on one branch, which is hardly ever taken.
 */
static inline __attribute__((always_inline)) bool
is_text(const struct tokens *ts, size_t i, const char *s)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];
	const char *p = ts->text + t->begin;
	size_t n = strlen(s);

	if (__builtin_constant_p(n) && n <= 8)
		return (t->end - t->begin == n) & (((little64(p) | 0x2020202020202020u) &
						    ~(uint64_t)0 >> 8 * (8 - n)) == eight_letters(s, n));
	return t->end - t->begin == n && is_same(p, s, n);
}

/* Is token i one of the words? As they are known, each is compared like that. */
#define is_one_of(ts, i, ...) \
	is_text_of(ts, i, (const char *const[]){ __VA_ARGS__ }, \
		   sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))
static inline __attribute__((always_inline)) bool
is_text_of(const struct tokens *ts, size_t i, const char *const words[], size_t n)
{
	bool is = false;
	size_t k;

	for (k = 0; k < n; k++)
		is |= is_text(ts, i, words[k]);
	return is;
}

/* a, an: of letters alone, and too many to be looked up */
static inline bool
is_indefinite(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];
	size_t n = t->end - t->begin - (t->flags & TOKEN_DOT ? 1 : 0);

	const char *p = ts->text + t->begin;

	return (t->kind <= TOKEN_NAME) & (n - 1 < 2) & ((p[0] | 0x20) == 'a') &
	       ((n == 1) | ((p[1] | 0x20) == 'n'));
}

static inline bool
is_article(const struct tokens *ts, size_t i)
{
	return is_indefinite(ts, i) || is_text(ts, i, "the");
}

/* A dash between two tokens: hyphen, en dash, em dash. */
static inline bool
is_dash(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return (t->hash == MARK_HASH('-')) | (t->hash == MARK_HASH(0x2013u));
}

/* The same without spaces. */
static inline bool
is_tight_dash(const struct tokens *ts, size_t i)
{
	return is_dash(ts, i) && !((ts->tok[i].flags | ts->tok[i + 1].flags) & TOKEN_SPACE);
}

/* Behind the half at token i and what goes with it: half a, half-a-, half-. */
static inline size_t
half_end(const struct tokens *ts, size_t i)
{
	const size_t dash = i + 1 + is_tight_dash(ts, i + 1);

	return is_article(ts, dash) ? dash + 1 + is_tight_dash(ts, dash + 1) : dash;
}

/* An apostrophe or a single quotation mark: the curly ones have the straight one's hash. */
static inline bool
is_apostrophe(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return t->kind == TOKEN_MARK && t->hash == MARK_HASH('\'');
}

/* Does token i stand between two dates or two parts of one: from 5 to 9 May, 18th and 19th? */
bool joins_dates(const struct tokens *ts, size_t i);

/* Does a hyphen or slash at token i stand between two numbers, without spaces? */
bool joins_numbers(const struct tokens *ts, size_t i);

/*
 * A plain whole number in a token, and where its first nine digits
 * end in it; of more than eight only that it is large. -1: none.
 */
long digits(const struct tokens *ts, size_t i, size_t *n);

/* The same of a token that is nothing else. */
long whole(const struct tokens *ts, size_t i);

/* Is token i what makes a year or a part of it a company's own: fiscal 2024? */
static inline bool
is_fiscal(const struct tokens *ts, size_t i)
{
	return is_text(ts, i, "fiscal") || is_text(ts, i, "financial");
}

/* A year of four digits. */
static inline int
year_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];
	long v;

	if (t->kind != TOKEN_NUMBER || t->end - t->begin != 4)
		return 0;
	v = whole(ts, i);
	return v >= 1000 && v < 2200 ? (int)v : 0;
}

/* A year of two digits: of this century up to 2030, of the last one else; 0 for no such number. */
int short_year_at(const struct tokens *ts, size_t i);

/* A day of the month: 5, 05, 5th; 0 for none. */
int day_at(const struct tokens *ts, size_t i);

/* A spelled day: fifth, twenty-first, 5th; 0 for none, else *end is behind it. */
int ordinal_at(const struct tokens *ts, size_t i, size_t *end);

/* Make the number greater by so many powers of ten; false where it is too large for that. */
bool scale_number(int64_t *value, unsigned powers);

/*
 * By how many powers of ten the number that token i is
 * is scaled, in it or by the next word: 5bn, 5 billion.
 */
unsigned scale_at(const struct tokens *ts, size_t i);

/*
 * A number in thousandths from token i on, of which `skip` bytes are passed over: 1,200.5;
 * twenty-five; two hundred thousand; 1.2 billion; half a million. Returns tokens used, 0 for none.
 */
size_t number_at(const struct tokens *ts, size_t i, size_t skip, int64_t *value);

/*
 * The word of two letters or more behind the number of one token,
 * and that in thousandths: 5km, 30min, 115USD; 0 for none.
 */
uint32_t suffix_at(const struct tokens *ts, size_t i, int64_t *value);

/*
 * Can a month, or what months, amounts and durations
 * go on with, stand behind a number? Most often not.
 */
bool may_be_unit(const struct tokens *ts, size_t i);

/* ---------------------------------------------------------------- values */

/* Add to the value, at `to`; each returns behind what it added. */

/* v, with zeros before it up to a width of at most four; four bytes or more are written */
static inline char *
add_digits(char *to, uint64_t v, unsigned width)
{
	return put_padded(to, v, width);
}

/* thousandths, as a number */
char *add_number(char *to, int64_t v);

/* a short text; one that the compiler knows is stored at once */
static inline __attribute__((always_inline)) char *
add_text(char *to, const char *s)
{
	if (__builtin_constant_p(strlen(s))) {
		memcpy(to, s, strlen(s));
		return to + strlen(s);
	}
	while (*s != '\0')
		*to++ = *s++;
	return to;
}

/*
 * YYYY-MM-DD; four digits of the year, or XXXX where
 * it is not known; the day left out where it is 0
 */
char *add_day(char *to, int year, int month, int day);

/* a year with what follows it: -W, -Q, - */
char *add_year(char *to, int year, const char *part);

/* the day of a week that is not known */
char *add_weekday(char *to, uint32_t day);

/* The value ends at `to`; or it is all of that. */
void set_end(struct phrase *w, const char *to);
void set_text(struct phrase *w, const char *s);
void set_day(struct phrase *w, int year, int month, int day);
void set_week(struct phrase *w, struct day d, const char *part);
void set_season(struct phrase *w, int year, uint32_t season);

/* The night put behind the value, which is a day. */
void add_night(struct phrase *w);

/*
 * The part of a day at token `at` put behind the value, which is a day; false where there is none.
 */
bool add_daytime(struct phrase *w, size_t at);

/* The expression ends before token `end`. Always true. */
bool found(struct phrase *w, size_t end, enum mention_type type, bool sure);

#endif
