/* SPDX-License-Identifier: ISC */
#include "patterns.h"

/*
 * The value of so many units from the day d, in units;
 * of today where it is 0, as far as that is known.
 */
static bool
unit_shift(struct phrase *w, struct day d, uint32_t unit, int shift)
{
	if (d.year == 0)
		d = w->today;
	if (d.year == 0) {
		set_text(w, shift < 0 ? "PAST_REF" : shift > 0 ? "FUTURE_REF" : "PRESENT_REF");
		return true;
	}
	switch (unit) {
	case U_DAY:
		d = day_of(day_number(d) + shift);
		set_day(w, d.year, d.month, d.day);
		return true;
	case U_WEEK:
	case U_WEEKEND:
		d = day_of(day_number(d) + 7 * shift);
		set_week(w, d, unit == U_WEEKEND ? "-WE" : "");
		return true;
	case U_MON:
		add_months(&d, shift);
		set_day(w, d.year, d.month, 0);
		return true;
	case U_YEAR:
		set_end(w, add_year(w->value, d.year + shift, ""));
		return true;
	case U_DECADE:
		set_end(w, add_digits(w->value, (unsigned)(d.year / 10 + shift), 3));
		return true;
	case U_CENTURY:
		set_end(w, add_digits(w->value, (unsigned)(d.year / 100 + shift), 2));
		return true;
	case U_QUARTER:
		add_months(&d, 3 * shift);
		set_end(w, add_digits(add_year(w->value, d.year, "-Q"), (unsigned)(d.month + 2) / 3, 1));
		return true;
	default:
		return false;
	}
}

/*
 * The last date of the text that is known well enough
 * to count such units from; year 0: there is none.
 */
static struct day
told(const struct phrase *w, uint32_t unit)
{
	return w->told[unit >= U_YEAR && unit <= U_CENTURY ? 2 : unit == U_MON || unit == U_QUARTER ? 1 : 0];
}

/*
 * The day that "the same Monday" and "the next morning"
 * are counted from: today, where the text told none.
 */
static struct day
told_day(const struct phrase *w)
{
	return w->told[0].year > 0 ? w->told[0] : w->today;
}

bool
beyond_day(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	bool before = is_text(ts, i + 1, "before") && is_text(ts, i + 2, "yesterday");

	if (!before && !(is_text(ts, i + 1, "after") && is_text(ts, i + 2, "tomorrow")))
		return false;
	return unit_shift(w, w->today, U_DAY, before ? -2 : 2) && found(w, i + 3, MENTION_DATE, true);
}

/* number_at of what is counted: of no more than what can still be told a hundred times over. */
static size_t
count_at(const struct tokens *ts, size_t i, int64_t *n)
{
	size_t used = number_at(ts, i, 0, n);

	return used > 0 && *n <= INT64_MAX / 100 ? used : 0;
}

/* The value: n thousandths of a unit, or an unknown number of them. */
static bool
found_duration(struct phrase *w, size_t end, int64_t n, bool vague, uint32_t unit)
{
	static const char *const letter[] = { "S", "M", "H", "D", "W", "M", "Y", "", "", "Q", "", "NI", "" };
	char *to = add_text(w->value, unit < U_DAY ? "PT" : "P");

	if (unit == U_DECADE || unit == U_CENTURY) {
		n *= unit == U_DECADE ? 10 : 100;
		unit = U_YEAR;
	}
	to = vague ? add_text(to, "X") : add_number(to, n);
	set_end(w, add_text(to, letter[unit]));
	return found(w, end, MENTION_DURATION, true);
}

/* The token of the century whose quarter token i is: quarter-century, of a century; or 0. */
static size_t
century_behind(const struct tokens *ts, size_t i)
{
	size_t at = i + 1;

	at += is_dash(ts, at) ? 1u : is_text(ts, at, "of") && is_indefinite(ts, at + 1) ? 2u : 0u;
	return word(ts, at) == (UNIT | U_CENTURY) ? at : 0;
}

bool
shifted(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	uint32_t s = word(ts, i), v;
	int shift = (int)(s & 255) - 8, month;
	size_t at = i + 1, used, k;
	struct day d;
	int64_t n;
	char *to;
	static const char unit_letter[] = { 'S', 'M', 'H', 'D', 'W', 'M', 'Y' };

	v = word(ts, at);
	if (shift == 0 && (v & CLASS) == SHIFT && is_text(ts, at, "past")) { /* this past week */
		shift = -1;
		s &= ~(uint32_t)LOOSE;
		v = word(ts, ++at);
	}
	if (is_fiscal(ts, at)) /* last fiscal year, by the calendar one */
		v = word(ts, ++at);
	if (v == (UNIT | U_QUARTER) && century_behind(ts, at) > 0)
		return duration(w, at);
	switch (v & CLASS) {
	case UNIT:
		if ((s & (CLASS | LOOSE | TOLD | 255)) == (SHIFT | LOOSE | 9) && v & PLURAL &&
		    (v & 255) <= U_YEAR) {
			set_text(w, "FUTURE_REF"); /* in the coming weeks */
			return found(w, at + 1, MENTION_DATE, true);
		}
		if (v & PLURAL || (v & 255) < U_DAY)
			return false;
		if ((v & 255) == U_NIGHT && (s & LOOSE || is_text(ts, i - 1, "the")))
			return false; /* the last night of the show */
		if ((v & 255) == U_NIGHT && shift <= 0) {
			unit_shift(w, w->today, U_DAY, shift);
			if (w->today.year > 0)
				set_end(w, add_text(w->value + w->value_n, "TNI"));
			return found(w, at + 1, MENTION_TIME, true);
		}
		if (s & LOOSE && shift != 0 && !is_text(ts, i - 1, "the"))
			return false;
		/* the last week of May is no week before this one */
		if (!(s & LOOSE) && shift != 0 && (v & 255) != U_YEAR && is_text(ts, at + 1, "of"))
			return false;
		/* the past week, the last decade: up to now, not the one before */
		if (shift == -1 && is_text(ts, i - 1, "the") && (v & 255) < U_FORTNIGHT &&
		    (v & 255) != U_WEEKEND && (is_text(ts, i, "past") || (v & 255) == U_DECADE))
			return found_duration(w, at + 1, 1000, false, v & 255);
		/* the next day, the same year: of what was told before */
		d = (s & TOLD || (shift > 0 && (v & 255) == U_DAY)) && is_text(ts, i - 1, "the")
			? told(w, v & 255)
			: w->today;
		if (!unit_shift(w, d, v & 255, shift))
			return false;
		return found(w, at + 1, MENTION_DATE, true);
	case WEEKDAY:
		if (shift == -1 && nth_weekday(w, at, 0)) /* the last Monday of May */
			return true;
		return weekday_date(w, at, s & TOLD ? told_day(w) : w->today, shift, true);
	case MONTH:
		if (ts->tok[at].kind != TOKEN_NAME || ts->tok[at + 1].kind == TOKEN_POSS)
			return false;
		k = at + 1 + (mark(ts, at + 1) == '.');
		if (shift == 0 && day_at(ts, k) > 0) /* This Feb. 4 story */
			return false;
		month = (int)(v & 255);
		d = w->today;
		if (d.year > 0) {
			if (shift < 0 && month >= d.month)
				d.year--;
			else if (shift > 0 && month <= d.month)
				d.year++;
		}
		set_day(w, d.year, month, 0);
		return found(w, at + 1, MENTION_DATE, true);
	case SEASON:
		set_season(w, w->today.year > 0 ? w->today.year + shift : 0, v & 255);
		return found(w, at + 1, MENTION_DATE, true);
	case DAYTIME:
		if (shift != 0 && (w->told[0].year == 0 || !(s & TOLD || shift > 0)))
			return false;
		d = s & TOLD || shift > 0 ? told_day(w) : w->today;
		if (d.year > 0) {
			d = day_of(day_number(d) + shift);
			set_day(w, d.year, d.month, d.day);
		} else
			set_text(w, "XXXX-XX-XX");
		if (!add_daytime(w, at))
			return false;
		return found(w, at + 1, MENTION_TIME, true);
	case VAGUE:
		v = word(ts, at + 1);
		if (shift == 0 || (v & CLASS) != UNIT || !(v & PLURAL) || (v & 255) > U_YEAR)
			return false;
		to = add_text(w->value, (v & 255) < U_DAY ? "PTX" : "PX");
		*to++ = unit_letter[v & 255];
		set_end(w, to);
		return found(w, at + 2, MENTION_DURATION, true);
	default:
		break;
	}
	if (shift != 0 && (used = count_at(ts, at, &n)) > 0) {
		v = word(ts, at + used);
		if ((v & CLASS) != UNIT || (v & 255) > U_DECADE)
			return false;
		to = add_text(w->value, (v & 255) < U_DAY ? "PT" : "P");
		to = add_number(to, (v & 255) == U_DECADE ? n * 10 : n);
		*to++ = (v & 255) == U_DECADE ? 'Y' : unit_letter[v & 255];
		set_end(w, to);
		return found(w, at + used + 1, MENTION_DURATION, true);
	}
	return false;
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
	static const char *const before[] = { "for",	"over",	 "than",   "nearly",
					      "almost", "about", "within", "under" };
	size_t k;

	for (k = 0; k < sizeof before / sizeof before[0]; k++)
		if (is_text(ts, i - 1, before[k]))
			return true;
	return false;
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

bool
duration(struct phrase *w, size_t i)
{
	static const int a_year[] = {
		/* has so many of them */
		[U_DAY] = 365, [U_WEEK] = 52, [U_MON] = 12, [U_YEAR] = 1, [U_QUARTER] = 4, [U_NIGHT] = 365
	};
	struct tokens *ts = w->ts;
	int64_t n = 0;
	size_t at, used;
	uint32_t v, s;
	bool vague = false, filled = false, one = false;

	v = word(ts, i);
	at = i + is_indefinite(ts, i);
	if (word(ts, at) == (UNIT | U_QUARTER) && (at = century_behind(ts, at)) > 0)
		n = 250;
	else if ((v & CLASS) == VAGUE && (v & 255) != 6 && (v & 255) != 4) {
		vague = true;
		at = i + 1;
		if ((v & 255) == 3 && is_text(ts, at, "of"))
			at++;
	} else if (is_indefinite(ts, i)) {
		at = i + 1;
		n = 1000;
		one = (word(ts, at) & CLASS) == UNIT;
		if ((word(ts, at) & CLASS) == VAGUE) {
			vague = true;
			at++;
			if (is_text(ts, at, "of"))
				at++;
		} else if ((word(ts, at) & CLASS) == SCALE) {
			if ((used = count_at(ts, i, &n)) == 0)
				return false;
			at = i + used;
		}
	} else if ((v & CLASS) == HALF) {
		at = i + 1;
		if (is_article(ts, at))
			at++;
		n = 500;
	} else {
		if ((used = count_at(ts, i, &n)) == 0)
			return false;
		at = i + used;
		if ((used = and_a_half(ts, at)) > 0) {
			n += 500;
			at += used;
		}
	}
	if (is_dash(ts, at))
		at++;
	if ((word(ts, at) & CLASS) == VAGUE && (word(ts, at) & 255) == 6) {
		filled = true;
		at++;
	}
	s = word(ts, at);
	if ((s & CLASS) != UNIT || (s & 255) == U_WEEKEND)
		return false;
	if (is_text(ts, at, "min") || is_text(ts, at, "sec"))
		if (ts->tok[i].kind != TOKEN_NUMBER)
			return false;
	if (vague && !(s & PLURAL))
		return false;
	/* in 2018, day five; its 2019 full year */
	if (!(s & PLURAL) && (filled || ((s & 255) < U_YEAR && at == i + 1)) && year_at(ts, i) > 1900)
		return false;
	at++;
	v = s & 255;
	if (n == 0 && !vague) /* zero hour */
		return false;
	if (!(s & PLURAL) && n == 1000 && (used = and_a_half(ts, at)) > 0) { /* an hour and a half */
		n += 500;
		at += used;
		one = false;
	}
	if (v == U_DAY && n == 1000 && is_some_day(ts, i, at))
		return false;
	if (v == U_QUARTER && is_share(ts, at, n))
		return false;
	/* "a year", "a day" alone are hardly durations, but "a year ago" is a date */
	if (v == U_DECADE || v == U_CENTURY) {
		n *= v == U_DECADE ? 10 : 100;
		v = U_YEAR;
	}
	if (v == U_FORTNIGHT) {
		n *= 2;
		v = U_WEEK;
	}
	if ((word(ts, at) & CLASS) == AGO || (is_text(ts, at, "later") && !vague) ||
	    (is_text(ts, at, "earlier") && !vague)) {
		bool later = is_text(ts, at, "later"), ago = is_text(ts, at, "ago");
		/* what is earlier, in a text that told no date, is so than today */
		struct day from = ago || (!later && w->told[2].year == 0) ? w->today : told(w, v);

		at++;
		if (vague || from.year == 0 || (v < U_DAY && !ago)) {
			set_text(w, later ? "FUTURE_REF" : "PAST_REF");
			return found(w, at, MENTION_DATE, true);
		}
		if (v < U_DAY) { /* today */
			unit_shift(w, from, U_DAY, 0);
			return found(w, at, MENTION_DATE, true);
		}
		/* nothing before the year 1, nor soon behind it, nor long behind today */
		if (n / 1000 > (int64_t)(later ? 1000 : from.year - 1) * a_year[v])
			return false;
		unit_shift(w, from, v == U_NIGHT ? U_DAY : v, (int)(n / 1000) * (later ? 1 : -1));
		if (v == U_NIGHT) {
			set_end(w, add_text(w->value + w->value_n, "TNI"));
			return found(w, at, MENTION_TIME, true);
		}
		return found(w, at, MENTION_DATE, true);
	}
	if (one && !is_dash(ts, at - 2) && (s & PLURAL || v == U_QUARTER || !is_counted(ts, i)))
		return false;
	/* 45-year-old, 30 years old: an age is one */
	if (v >= U_DAY && v <= U_YEAR) {
		size_t old = at + is_dash(ts, at);

		if (is_text(ts, old, "old") || (old > at && is_text(ts, old, "olds")))
			at = old + 1;
	}
	return found_duration(w, at, n, vague, v);
}

bool
glued_duration(struct phrase *w, size_t i)
{
	int64_t n;
	uint32_t v = suffix_at(w->ts, i, &n);

	return (v & CLASS) == UNIT && (v & 255) <= U_YEAR && w->ts->text[w->ts->tok[i].begin] != '0' &&
	       found_duration(w, i + 1, n, false, v & 255); /* 0530hrs is a time */
}

bool
weekend(struct phrase *w, size_t i)
{
	static const char *const before[] = { "over", "during", "on", "at", "throughout" };
	size_t k;

	if (!is_text(w->ts, i - 1, "the"))
		return false;
	for (k = 0; k < sizeof before / sizeof before[0]; k++)
		if (is_text(w->ts, i - 2, before[k]))
			break;
	if (k == sizeof before / sizeof before[0])
		return false;
	if (w->today.year == 0)
		set_text(w, "XXXX-WXX-WE");
	else /* from Monday to Friday, the one before */
		unit_shift(w, w->today, U_WEEKEND, weekday_of(day_number(w->today)) < 6 ? -1 : 0);
	return found(w, i + 1, MENTION_DATE, true);
}

bool
long_ago(struct phrase *w, size_t i)
{
	if (!(word(w->ts, i) & PLURAL) || (word(w->ts, i + 1) & CLASS) != AGO)
		return false;
	set_text(w, "PAST_REF");
	return found(w, i + 2, MENTION_DATE, true);
}

bool
that_year(struct phrase *w, size_t i)
{
	if (!is_text(w->ts, i - 1, "that") || w->told[2].year == 0)
		return false;
	w->i = i - 1;
	return unit_shift(w, w->told[2], U_YEAR, 0) && found(w, i + 1, MENTION_DATE, true);
}

bool
every(struct phrase *w, size_t i)
{
	static const char *const period[] = { "", "", "PT1H", "P1D", "P1W", "P1M", "P1Y",
					      "", "", "P3M",  "",    "P1D", "" };

	set_text(w, period[word(w->ts, i) & 255]);
	return found(w, i + 1, MENTION_SET, false);
}

bool
repeated(struct phrase *w, size_t at, unsigned n)
{
	static const struct {
		unsigned char n;
		char unit;
	} period[] = { { 1, 'S' },  { 1, 'M' },	  { 1, 'H' }, { 1, 'D' }, { 1, 'W' }, { 1, 'M' }, { 1, 'Y' },
		       { 10, 'Y' }, { 100, 'Y' }, { 3, 'M' }, { 1, 'W' }, { 1, 'D' }, { 2, 'W' } };
	uint32_t v = word(w->ts, at);
	char *to;

	if ((v & CLASS) != UNIT || (v & PLURAL && n == 1))
		return false;
	v &= 255;
	to = add_digits(add_text(w->value, v < U_DAY ? "PT" : "P"), n * period[v].n, 1);
	*to++ = period[v].unit;
	set_end(w, to);
	return found(w, at + 1, MENTION_SET, true);
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
