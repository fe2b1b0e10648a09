/* SPDX-License-Identifier: ISC */
/*
 * What is counted from today, or from what the text told last: last week, next Thursday, the day
 * after tomorrow, that year.
 */
#include "patterns.h"

bool
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

struct day
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

/* A word of last, this, next and the like: what it says. */
static int
shift_of(uint32_t s)
{
	return (int)(s & 255) - 8;
}

/* The unit at token `at`, behind the word s at token i: last week, the coming months, next night. */
static bool
shifted_unit(struct phrase *w, size_t i, uint32_t s, size_t at)
{
	const struct tokens *ts = w->ts;
	const uint32_t v = word(ts, at), unit = v & 255;
	const int shift = shift_of(s);
	const bool the = is_text(ts, i - 1, "the");
	struct day from;

	if (v & PLURAL) { /* in the coming weeks */
		if (!(s & LOOSE) || s & TOLD || shift < 1 || unit > U_YEAR)
			return false;
		set_text(w, "FUTURE_REF");
		return found(w, at + 1, MENTION_DATE, true);
	}
	if (unit < U_DAY || (shift == -1 && unit == U_DAY && !(s & LOOSE))) /* his last day at school */
		return false;
	if (unit == U_NIGHT && (s & LOOSE || the))
		return false; /* the last night of the show */
	if (unit == U_NIGHT && shift <= 0) {
		unit_shift(w, w->today, U_DAY, shift);
		if (w->today.year > 0)
			add_night(w);
		return found(w, at + 1, MENTION_TIME, true);
	}
	if (s & LOOSE && shift != 0 && !the)
		return false;
	/* the last week of May is no week before this one */
	if (!(s & LOOSE) && shift != 0 && unit != U_YEAR && is_text(ts, at + 1, "of"))
		return false;
	/* the past week, the last decade: up to now, not the one before */
	if (shift == -1 && the && unit < U_FORTNIGHT && unit != U_WEEKEND &&
	    (is_text(ts, i, "past") || unit == U_DECADE))
		return found_duration(w, at + 1, 1000, false, unit);
	/* the next day, the same year: of what was told before */
	from = (s & TOLD || (shift > 0 && unit == U_DAY)) && (the || is_text(ts, i - 1, "that"))
		   ? told(w, unit)
		   : w->today;
	return unit_shift(w, from, unit, shift) && found(w, at + 1, MENTION_DATE, true);
}

/* The month at token `at`, behind a word that shifts it so far. */
static bool
shifted_month(struct phrase *w, int shift, size_t at)
{
	const struct tokens *ts = w->ts;
	const int month = (int)(word(ts, at) & 255);
	int year = w->today.year;

	if (ts->tok[at].kind != TOKEN_NAME || ts->tok[at + 1].kind == TOKEN_POSS)
		return false;
	if (shift == 0 && day_at(ts, at + 1 + (mark(ts, at + 1) == '.')) > 0) /* This Feb. 4 story */
		return false;
	if (year > 0)
		year += (shift > 0 && month <= w->today.month) - (shift < 0 && month >= w->today.month);
	set_day(w, year, month, 0);
	return found(w, at + 1, MENTION_DATE, true);
}

/* The part of a day at token `at`, behind the word s: this morning, the following evening. */
static bool
shifted_daytime(struct phrase *w, uint32_t s, size_t at)
{
	const int shift = shift_of(s);
	const bool is_told = s & TOLD || shift > 0;
	struct day d;

	if (shift != 0 && (w->told[0].year == 0 || !is_told))
		return false;
	d = is_told ? told_day(w) : w->today;
	if (d.year > 0) {
		d = day_of(day_number(d) + shift);
		set_day(w, d.year, d.month, d.day);
	} else
		set_text(w, "XXXX-XX-XX");
	return add_daytime(w, at) && found(w, at + 1, MENTION_TIME, true);
}

/* So many units, at token `at`, behind last or next: the next three days, the past few months. */
static bool
shifted_count(struct phrase *w, size_t at)
{
	const struct tokens *ts = w->ts;
	const bool vague = (word(ts, at) & CLASS) == VAGUE;
	int64_t n = 0;
	size_t used = vague ? 1 : count_at(ts, at, &n);
	uint32_t v = word(ts, at + used);

	return used > 0 && (v & CLASS) == UNIT && (v & 255) <= U_DECADE && (!vague || v & PLURAL) &&
	       found_duration(w, at + used + 1, n, vague, v & 255);
}

bool
shifted(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	uint32_t s = word(ts, i), v = word(ts, i + 1);
	size_t at = i + 1;

	if (shift_of(s) == 0 && (v & CLASS) == SHIFT && is_text(ts, at, "past")) { /* this past week */
		s = SHIFT | 7;
		v = word(ts, ++at);
	}
	if (is_fiscal(ts, at)) /* last fiscal year, by the calendar one */
		v = word(ts, ++at);
	if (v == (UNIT | U_QUARTER) && century_behind(ts, at) > 0)
		return duration(w, at);
	switch (v & CLASS) {
	case UNIT:
		return shifted_unit(w, i, s, at);
	case WEEKDAY:
		if (shift_of(s) == -1 && nth_weekday(w, at, 0)) /* the last Monday of May */
			return true;
		return weekday_from(w, at, s & TOLD ? told_day(w) : w->today, shift_of(s), s & LOOSE);
	case MONTH:
		return shifted_month(w, shift_of(s), at);
	case SEASON:
		set_season(w, w->today.year > 0 ? w->today.year + shift_of(s) : 0, v & 255);
		return found(w, at + 1, MENTION_DATE, true);
	case DAYTIME:
		return shifted_daytime(w, s, at);
	default:
		return shift_of(s) != 0 && shifted_count(w, at);
	}
}

bool
today_date(struct phrase *w, size_t i)
{
	const uint32_t v = word(w->ts, i);
	size_t end = i + 1;

	unit_shift(w, w->today, U_DAY, shift_of(v));
	if (w->today.year > 0) {
		if (v & NIGHT)
			add_night(w);
		else
			end += add_daytime(w, end);
	}
	return found(w, end, v & NIGHT || end > i + 1 ? MENTION_TIME : MENTION_DATE, true);
}

/* weekend: over it, during it */
static bool
weekend(struct phrase *w, size_t i)
{
	if (!is_text(w->ts, i - 1, "the") ||
	    !is_one_of(w->ts, i - 2, "over", "during", "on", "at", "throughout"))
		return false;
	if (w->today.year == 0)
		set_text(w, "XXXX-WXX-WE");
	else /* from Monday to Friday, the one before */
		unit_shift(w, w->today, U_WEEKEND, weekday_of(day_number(w->today)) < 6 ? -1 : 0);
	return found(w, i + 1, MENTION_DATE, true);
}

/* the day before yesterday: i is of the day */
static bool
beyond_day(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	bool before = is_text(ts, i + 1, "before") && is_text(ts, i + 2, "yesterday");

	if (!before && !(is_text(ts, i + 1, "after") && is_text(ts, i + 2, "tomorrow")))
		return false;
	return unit_shift(w, w->today, U_DAY, before ? -2 : 2) && found(w, i + 3, MENTION_DATE, true);
}

/*
 * That day, the week before, the year after: counted from what was told, where that is known. Behind
 * "before" is a mark: it is not said before what.
 */
static bool
told_date(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	const uint32_t v = word(ts, i), unit = v & 255;
	const uint8_t behind = ts->tok[i + 2].kind;
	int shift = 0;

	if (!is_one_of(ts, i - 1, "the", "that") || v & PLURAL ||
	    (unit != U_NIGHT && (unit < U_DAY || unit > U_YEAR)) || is_dash(ts, i + 1))
		return false;
	if (is_text(ts, i - 1, "the") && (behind == TOKEN_MARK || behind == TOKEN_LINE))
		shift = is_text(ts, i + 1, "after") - is_text(ts, i + 1, "before");
	if (shift == 0 && !is_text(ts, i - 1, "that"))
		return false;
	if (told(w, unit).year == 0)
		return false;
	w->i = i - 1;
	unit_shift(w, told(w, unit), unit == U_NIGHT ? U_DAY : unit, shift);
	if (unit == U_NIGHT)
		add_night(w);
	return found(w, i + 1 + (shift != 0), unit == U_NIGHT ? MENTION_TIME : MENTION_DATE, true);
}

bool
bare_unit(struct phrase *w, size_t i)
{
	const uint32_t v = word(w->ts, i);

	if (v & PLURAL && (word(w->ts, i + 1) & CLASS) == AGO) { /* how many is not said */
		set_text(w, "PAST_REF");
		return found(w, i + 2, MENTION_DATE, true);
	}
	return v == (UNIT | U_WEEKEND) ? weekend(w, i)
				       : (v == (UNIT | U_DAY) && beyond_day(w, i)) || told_date(w, i);
}
