/* SPDX-License-Identifier: ISC */
/*
 * Durations, ages, and what is so long ago or later.
 */
#include "patterns.h"

size_t
count_at(const struct tokens *ts, size_t i, int64_t *n)
{
	size_t used = number_at(ts, i, 0, n);

	return used > 0 && *n <= INT64_MAX / 100 ? used : 0;
}

/* Units that ISO 8601 has no letter for are told in others; *n is how many there are. */
static uint32_t
told_unit(uint32_t unit, int64_t *n)
{
	switch (unit) {
	case U_DECADE:
		*n *= 10;
		return U_YEAR;
	case U_CENTURY:
		*n *= 100;
		return U_YEAR;
	case U_FORTNIGHT:
		*n *= 2;
		return U_WEEK;
	default:
		return unit;
	}
}

bool
found_duration(struct phrase *w, size_t end, int64_t n, bool vague, uint32_t unit)
{
	static const char *const letter[] = {
		[U_SECOND] = "S", [U_MINUTE] = "M", [U_HOUR] = "H",    [U_DAY] = "D",	[U_WEEK] = "W",
		[U_MON] = "M",	  [U_YEAR] = "Y",   [U_QUARTER] = "Q", [U_NIGHT] = "NI"
	};
	char *to = add_text(w->value, unit < U_DAY ? "PT" : "P");

	unit = told_unit(unit, &n);
	to = vague ? add_text(to, "X") : add_number(to, n);
	set_end(w, add_text(to, letter[unit]));
	return found(w, end, MENTION_DURATION, true);
}

size_t
century_behind(const struct tokens *ts, size_t i)
{
	size_t at = i + 1;

	at += is_dash(ts, at) ? 1u : is_text(ts, at, "of") && is_indefinite(ts, at + 1) ? 2u : 0u;
	return word(ts, at) == (UNIT | U_CENTURY) ? at : 0;
}

size_t
and_a_half(const struct tokens *ts, size_t at)
{
	size_t k = at + is_dash(ts, at);

	if (!is_text(ts, k, "and"))
		return 0;
	k += 1u + is_dash(ts, k + 1);
	if (!is_indefinite(ts, k))
		return 0;
	k += 1u + is_dash(ts, k + 1);
	return (word(ts, k) & CLASS) == HALF ? k + 1 - at : 0;
}

/*
 * One day he will come: the day at token i that opens a
 * sentence and is not counted from, token `at` being behind it.
 */
static bool
is_some_day(const struct tokens *ts, size_t i, size_t at)
{
	return is_text(ts, i, "one") && ts->tok[i].flags & TOKEN_START && ts->tok[i].kind == TOKEN_NAME &&
	       !is_dash(ts, at - 2) && (word(ts, at) & CLASS) != AGO && (word(ts, at) & CLASS) != PART &&
	       !is_text(ts, at, "after") && !is_text(ts, at, "before");
}

/*
 * Does what stands before tell that a year, a week are
 * counted? for a year, over a decade, less than a week
 */
static bool
is_counted(const struct tokens *ts, size_t i)
{
	return is_one_of(ts, i - 1, "for", "over", "than", "nearly", "almost", "about", "within", "under");
}

/*
 * Are the n thousandths of quarters before token `at` a share, of
 * anything but a year: three quarters of voters, three-quarters?
 */
static bool
is_share(const struct tokens *ts, size_t at, int64_t n)
{
	size_t k;

	if (n != 1000 && n != 3000)
		return false;
	if (is_dash(ts, at - 2) && word(ts, at - 1) & PLURAL)
		return true;
	if (!is_text(ts, at, "of"))
		return false;
	for (k = at + 1; k < at + 4; k++)
		if (year_at(ts, k) > 0 || ((word(ts, k) & CLASS) == UNIT && (word(ts, k) & 255) == U_YEAR))
			return false;
	return true;
}

/* How many units there are, as it is read. */
struct count {
	int64_t n;  /* thousandths; 0 where it is vague */
	size_t end; /* the token behind it */
	bool vague; /* a few, several */
	bool one;   /* an article alone: a year */
};

/* Read three, two and a half, a few, a couple of, a hundred, half an, quarter of a century. */
static bool
read_count(const struct tokens *ts, size_t i, struct count *c)
{
	const uint32_t v = word(ts, i);
	const bool indefinite = is_indefinite(ts, i);
	size_t used;

	*c = (struct count){ .end = i + 1 };
	if (word(ts, i + indefinite) == (UNIT | U_QUARTER) &&
	    (used = century_behind(ts, i + indefinite)) > 0) {
		c->n = 250;
		c->end = used;
		return true;
	}
	if ((v & CLASS) == VAGUE && (v & 255) != 6 && (v & 255) != 4) {
		c->vague = true;
		c->end += (v & 255) == 3 && is_text(ts, c->end, "of");
		return true;
	}
	if (indefinite && (word(ts, i + 1) & CLASS) == VAGUE) {
		c->vague = true;
		c->end = i + 2 + is_text(ts, i + 2, "of");
		return true;
	}
	if (indefinite && (word(ts, i + 1) & CLASS) != SCALE) {
		c->n = 1000;
		c->one = (word(ts, i + 1) & CLASS) == UNIT;
		return true;
	}
	if ((v & CLASS) == HALF) {
		c->n = 500;
		c->end = half_end(ts, i);
		return true;
	}
	if ((used = count_at(ts, i, &c->n)) == 0)
		return false;
	c->end = i + used;
	if (!indefinite && (used = and_a_half(ts, c->end)) > 0) {
		c->n += 500;
		c->end += used;
	}
	return true;
}

static bool
is_from_now(const struct tokens *ts, size_t i)
{
	return is_text(ts, i, "from") && is_text(ts, i + 1, "now");
}

/* Does token i make so many units a date: two years ago, three days later, a week from now? */
static bool
is_since(const struct tokens *ts, size_t i, bool vague)
{
	return (word(ts, i) & CLASS) == AGO || is_from_now(ts, i) ||
	       (!vague && is_one_of(ts, i, "later", "earlier"));
}

/* The date n thousandths of a unit ago, earlier, later or from now, as token `at` says. */
static bool
date_since(struct phrase *w, size_t at, int64_t n, bool vague, uint32_t unit)
{
	static const int a_year[] = {
		/* has so many of them */
		[U_DAY] = 365, [U_WEEK] = 52, [U_MON] = 12, [U_YEAR] = 1, [U_QUARTER] = 4, [U_NIGHT] = 365
	};
	const bool now = is_from_now(w->ts, at), later = now || is_text(w->ts, at, "later"),
		   ago = now || is_text(w->ts, at, "ago"); /* counted from today */
	/* what is earlier, in a text that told no date, is so than today */
	const struct day from = ago || (!later && w->told[2].year == 0) ? w->today : told(w, unit);

	at += 1u + now;
	if (vague || from.year == 0 || (unit < U_DAY && !ago)) {
		set_text(w, later ? "FUTURE_REF" : "PAST_REF");
		return found(w, at, MENTION_DATE, true);
	}
	if (unit < U_DAY) /* today */
		return unit_shift(w, from, U_DAY, 0) && found(w, at, MENTION_DATE, true);
	/* nothing before the year 1, nor soon behind it, nor long behind today */
	if (n / 1000 > (int64_t)(later ? 1000 : from.year - 1) * a_year[unit])
		return false;
	unit_shift(w, from, unit == U_NIGHT ? U_DAY : unit, (int)(n / 1000) * (later ? 1 : -1));
	if (unit == U_NIGHT)
		add_night(w);
	return found(w, at, unit == U_NIGHT ? MENTION_TIME : MENTION_DATE, true);
}

bool
duration(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	struct count c;
	size_t at, half, old;
	uint32_t s, unit;
	bool filled;

	if (!read_count(ts, i, &c))
		return false;
	at = c.end + is_dash(ts, c.end);
	filled = word(ts, at) == (VAGUE | 6); /* three straight days */
	at += filled;
	s = word(ts, at);
	if ((s & CLASS) != UNIT || (s & 255) == U_WEEKEND || (c.vague && !(s & PLURAL)) ||
	    (c.n == 0 && !c.vague)) /* zero hour */
		return false;
	if (ts->tok[i].kind != TOKEN_NUMBER && is_one_of(ts, at, "min", "sec"))
		return false;
	/* in 2018, day five; its 2019 full year */
	if (!(s & PLURAL) && (filled || ((s & 255) < U_YEAR && at == i + 1)) && year_at(ts, i) > 1900)
		return false;
	at++;
	if (!(s & PLURAL) && c.n == 1000 && (half = and_a_half(ts, at)) > 0) { /* an hour and a half */
		c.n += 500;
		at += half;
		c.one = false;
	}
	if ((s & 255) == U_DAY && c.n == 1000 && is_some_day(ts, i, at))
		return false;
	if ((s & 255) == U_QUARTER && is_share(ts, at, c.n))
		return false;
	unit = told_unit(s & 255, &c.n);
	if (is_since(ts, at, c.vague))
		return date_since(w, at, c.n, c.vague, unit);
	/* "a year", "a day" alone are hardly durations */
	if (c.one && !is_dash(ts, at - 2) && (s & PLURAL || unit == U_QUARTER || !is_counted(ts, i)))
		return false;
	/* 45-year-old, 30 years old: an age is one */
	old = at + is_dash(ts, at);
	if (unit >= U_DAY && unit <= U_YEAR &&
	    (is_text(ts, old, "old") || (old > at && is_text(ts, old, "olds"))))
		at = old + 1;
	return found_duration(w, at, c.n, c.vague, unit);
}

bool
glued_duration(struct phrase *w, size_t i)
{
	int64_t n;
	uint32_t v = suffix_at(w->ts, i, &n);

	return (v & CLASS) == UNIT && (v & 255) <= U_YEAR && w->ts->text[w->ts->tok[i].begin] != '0' &&
	       found_duration(w, i + 1, n, false, v & 255); /* 0530hrs is a time */
}
