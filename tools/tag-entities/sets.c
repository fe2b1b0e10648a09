/* SPDX-License-Identifier: ISC */
/*
 * Sets of times: daily, every week, three times a year.
 */
#include "patterns.h"

/* The value: every n of the unit. */
static bool
found_set(struct phrase *w, size_t end, unsigned n, uint32_t unit)
{
	static const struct {
		unsigned char n;
		char unit;
	} period[] = { { 1, 'S' },  { 1, 'M' },	  { 1, 'H' }, { 1, 'D' }, { 1, 'W' }, { 1, 'M' }, { 1, 'Y' },
		       { 10, 'Y' }, { 100, 'Y' }, { 3, 'M' }, { 1, 'W' }, { 1, 'D' }, { 2, 'W' } };
	char *to = add_digits(add_text(w->value, unit < U_DAY ? "PT" : "P"), n * period[unit].n, 1);

	*to++ = period[unit].unit;
	set_end(w, to);
	return found(w, end, MENTION_SET, true);
}

bool
every(struct phrase *w, size_t i)
{
	const struct token *t = &w->ts->tok[i];

	if (t->kind != TOKEN_LOWER && !(t->flags & TOKEN_START))
		return false;
	found_set(w, i + 1, 1, word(w->ts, i) & 255);
	w->sure = false;
	return true;
}

/* The n-fold unit at token `at` as the time between. */
static bool
repeated(struct phrase *w, size_t at, unsigned n)
{
	uint32_t v = word(w->ts, at);

	return (v & CLASS) == UNIT && !(v & PLURAL && n == 1) && found_set(w, at + 1, n, v & 255);
}

bool
each(struct phrase *w, size_t i)
{
	size_t at = i + 1 + is_text(w->ts, i + 1, "other"), used;
	uint32_t v = word(w->ts, at);
	int64_t n;

	if (repeated(w, at, at > i + 1 ? 2 : 1))
		return true;
	if ((used = count_at(w->ts, at, &n)) > 0) /* every two weeks */
		return n % 1000 == 0 && n >= 2000 && n < 1000000 &&
		       repeated(w, at + used, (unsigned)(n / 1000));
	w->value_n = 0;
	if ((v & CLASS) == WEEKDAY) {
		set_end(w, add_weekday(w->value, v & 255));
		at += add_daytime(w, at + 1);
	} else if (!add_daytime(w, at))
		return false;
	return found(w, at + 1, MENTION_SET, true);
}

/* The tokens before token i that say how often: once, twice, three times, several times; or 0. */
static size_t
times_before(const struct tokens *ts, size_t i)
{
	uint32_t class = word(ts, i - 2) & CLASS;

	if (is_text(ts, i - 1, "once") || is_text(ts, i - 1, "twice"))
		return 1;
	return is_text(ts, i - 1, "times") &&
		       (class == NUMBER || class == VAGUE || ts->tok[(ptrdiff_t)i - 2].kind == TOKEN_NUMBER)
		   ? 2
		   : 0;
}

bool
times_a_unit(struct phrase *w, size_t i)
{
	size_t times = times_before(w->ts, i);

	if (times == 0 || !repeated(w, i + 1, 1))
		return false;
	w->i = i - times;
	return true;
}
