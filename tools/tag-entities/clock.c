/* SPDX-License-Identifier: ISC */
/*
 * Times of day, as the clock names them.
 */
#include "patterns.h"

/* Two digits at p, of a number of at most max? */
static bool
is_two_digits(const char *p, int max)
{
	return ascii_digit(p[0]) && ascii_digit(p[1]) && (p[0] - '0') * 10 + p[1] - '0' <= max;
}

/* Is token i a number of so many digits? */
static bool
is_digits(const struct tokens *ts, size_t i, size_t n)
{
	return ts->tok[i].end - ts->tok[i].begin == n && whole(ts, i) >= 0;
}

/* The tokens of the zone in numbers, +02:00 or -0700, at token i; 0 where there is none. */
static size_t
offset_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];

	if ((mark(ts, i) != '+' && mark(ts, i) != '-') || (t[0].flags | t[1].flags) & TOKEN_SPACE)
		return 0;
	if (is_digits(ts, i + 1, 4))
		return 2;
	return is_digits(ts, i + 1, 2) && mark(ts, i + 2) == ':' && is_digits(ts, i + 3, 2) ? 4 : 0;
}

bool
iso_time(struct phrase *w, size_t i, long month)
{
	const struct tokens *ts = w->ts;
	const struct token *t = &ts->tok[i + 4];
	const char *p = ts->text + t->begin;
	size_t at = i + 7, n;
	char *to;

	if (year_at(ts, i) == 0 || month > 12 || t->end - t->begin != 5 || p[2] != 'T' ||
	    !is_two_digits(p, 31) || !is_two_digits(p + 3, 24) || mark(ts, i + 5) != ':' ||
	    digits(ts, i + 6, &n) < 0 || n != 2)
		return false;
	/* seconds, 00Z, go with it */
	if (mark(ts, at) == ':' && ascii_digit(ts->text[ts->tok[at + 1].begin]))
		at += 2;
	to = add_day(w->value, year_at(ts, i), (int)month, 0);
	*to++ = '-';
	memcpy(to, p, 5);
	to[5] = ':';
	memcpy(to + 6, ts->text + ts->tok[i + 6].begin, 2);
	to = add_text(to + 8, ts->text[ts->tok[at - 1].end - 1] == 'Z' ? "Z" : "");
	if ((n = offset_at(ts, at)) > 0) {
		p = ts->text + ts->tok[at].begin;
		at += n;
		n = (size_t)(ts->text + ts->tok[at - 1].end - p);
		memcpy(to, p, n);
		to += n;
	}
	set_end(w, to);
	return found(w, at, MENTION_TIME, true);
}

static bool
is_oclock(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	size_t n = t->end - t->begin;

	return (n == 7 || n == 9) && is_same(ts->text + t->begin, "o", 1) &&
	       is_same(ts->text + t->end - 5, "clock", 5);
}

/*
 * The time zone at token i, local time among them; 0
 * for none. Those of two letters are other words too.
 */
static uint32_t
zone_at(const struct tokens *ts, size_t i)
{
	uint32_t v = word(ts, i);

	if ((v & CLASS) != ZONE || (v & LOOSE && ts->tok[i].shape != SHAPE_UPPER) ||
	    ((v & 255) == 3 && !is_text(ts, i + 1, "time")))
		return 0;
	return v;
}

/* An hour as it is read. */
struct clock {
	long hour, minute;
	size_t end;   /* the token behind it */
	char half;    /* of the day, a or p; 0: not told */
	bool minutes; /* are told */
	bool seconds;
	bool oclock;
};

/* Read 10, 10:30, 10:30:05, 10.30, and what stands behind the digits in their token: the pm of 1pm. */
static bool
read_digits(const struct tokens *ts, size_t i, struct clock *c, struct span *behind)
{
	const struct token *t = &ts->tok[i];
	size_t n = 0, k;

	c->hour = digits(ts, i, &n);
	if (c->hour < 0 || n > 2)
		return false;
	*behind = (struct span){ ts->text + t->begin + n, t->end - t->begin - n };
	if (behind->n == 0 && mark(ts, i + 1) == ':' && !((t[1].flags | t[2].flags) & TOKEN_SPACE)) {
		c->minute = digits(ts, i + 2, &k);
		if (c->minute < 0 || k != 2)
			return false;
		c->minutes = true;
		*behind = (struct span){ ts->text + t[2].begin + 2, t[2].end - t[2].begin - 2 };
		c->end = i + 3;
		if (mark(ts, i + 3) == ':' && whole(ts, i + 4) >= 0) {
			c->end = i + 5;
			c->seconds = true;
		}
	} else if (behind->n >= 3 && behind->p[0] == '.' && is_two_digits(behind->p + 1, 99) &&
		   (behind->n == 5 || (behind->n == 4 && mark(ts, i + 1) == '.') ||
		    (word(ts, i + 1) & CLASS) == CLOCK || is_text(ts, i + 1, "a") ||
		    is_text(ts, i + 1, "p"))) {
		c->minute = (behind->p[1] - '0') * 10 + behind->p[2] - '0';
		c->minutes = true;
		behind->p += 3;
		behind->n -= 3;
	}
	return c->minute < 60;
}

/* Of which half of the day the letter before an m is: a, p; 0 for another letter. */
static char
half_of(char c)
{
	c |= 0x20;
	return c == 'a' || c == 'p' ? c : '\0';
}

/* Read the half of the day that stands behind an hour in words: in the morning, at night. */
static void
read_half(const struct tokens *ts, struct clock *c)
{
	size_t at = c->end;
	uint32_t v = word(ts, at + 2);

	if (is_text(ts, at, "at") && word(ts, at + 1) == (UNIT | U_NIGHT)) {
		c->half = c->hour < 6 || c->hour == 12 ? 'a' : 'p';
		c->end = at + 2;
	} else if (is_text(ts, at, "in") && is_text(ts, at + 1, "the") && (v & CLASS) == DAYTIME &&
		   (v & 255) < D_NOON) {
		c->half = (v & 255) == D_MO ? 'a' : 'p';
		c->end = at + 3;
	}
}

/* Read 10:30, 10.30 am, 5 p.m., 1pm, three o'clock, 3 o'clock in the morning, 5 alone. */
static bool
read_clock(const struct tokens *ts, size_t i, struct clock *c)
{
	struct span letters = { NULL, 0 };
	uint32_t v = word(ts, i);
	size_t at;

	*c = (struct clock){ .end = i + 1 };
	if ((v & CLASS) == NUMBER)
		c->hour = v & 255;
	else if (!read_digits(ts, i, c, &letters))
		return false;
	at = c->end;
	if (letters.n == 2 && (letters.p[1] | 0x20) == 'm')
		c->half = half_of(letters.p[0]);
	else if (letters.n == 1 && mark(ts, at) == '.' && is_text(ts, at + 1, "m")) { /* 8p.m. */
		c->half = half_of(letters.p[0]);
		at += 2;
		at += mark(ts, at) == '.' && !(ts->tok[at].flags & TOKEN_SPACE);
	} else if (letters.n == 0 && (word(ts, at) & CLASS) == CLOCK)
		c->half = half_of(ts->text[ts->tok[at++].begin]);
	else if (letters.n == 0 && mark(ts, at + 1) == '.' && is_text(ts, at + 2, "m")) { /* 8 p.m. */
		c->half = half_of(ts->text[ts->tok[at].begin]);
		at += 3;
		at += mark(ts, at) == '.' && !(ts->tok[at].flags & TOKEN_SPACE);
	} else if (is_oclock(ts, at)) {
		c->oclock = true;
		at++;
	}
	if (letters.n > 0 && c->half == 0)
		return false;
	c->end = at;
	if (c->half == 0 && c->hour <= 12 && (c->minutes || c->oclock || is_text(ts, i - 1, "at")))
		read_half(ts, c);
	return c->hour <= 24;
}

/*
 * The half of the day of the hour c at token i, where it goes on to one that tells it: 7:30-9 p.m.,
 * from 7 to 9 p.m., between 7 and 9 p.m.; 0 where it does not.
 */
static char
half_of_range(const struct tokens *ts, size_t i, const struct clock *c)
{
	struct clock to;

	if (c->hour < 1 || c->hour > 12 ||
	    !(is_dash(ts, c->end) || is_text(ts, c->end, "to") ||
	      (is_text(ts, c->end, "and") && is_text(ts, i - 1, "between"))) ||
	    !read_clock(ts, c->end + 1, &to) || to.half == 0 || to.hour > 12)
		return '\0';
	return c->hour % 12 <= to.hour % 12 ? to.half : to.half == 'a' ? 'p' : 'a';
}

/* The value and the end of an hour and a minute before token `at`, with the zone that stands there. */
static bool
found_time(struct phrase *w, size_t at, long hour, long minute)
{
	const uint32_t zone = zone_at(w->ts, at);
	char *to = add_digits(add_text(w->value, "T"), (unsigned long)hour, 2);

	to = add_digits(add_text(to, ":"), (unsigned long)minute, 2);
	set_end(w, add_text(to, zone == (ZONE | 1) ? "Z" : ""));
	return found(w, at + (zone != 0) + ((zone & 255) == 3), MENTION_TIME, true); /* local time */
}

bool
clock_time(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	uint32_t v = word(ts, i);
	struct clock c;

	if ((v & CLASS) == DAYTIME && (v & 255) >= D_NOON) {
		found_time(w, i + 1, (v & 255) == D_NOON ? 12 : 0, 0);
		w->sure = false;
		return true;
	}
	if ((mark(ts, i - 1) == ':' && !(ts->tok[i].flags & TOKEN_SPACE)) || !read_clock(ts, i, &c))
		return false;
	if (c.half == 0)
		c.half = half_of_range(ts, i, &c);
	if (c.half == 0 && !c.minutes && !c.oclock)
		return false;
	if (c.half != 0 && c.hour <= 12)
		c.hour = c.hour % 12 + (c.half == 'p' ? 12 : 0);
	if (c.seconds && c.half == 0 && zone_at(ts, c.end) == 0 && is_digits(ts, i, 1))
		return false; /* 2:04:55 is how long somebody ran */
	return found_time(w, c.end, c.hour, c.minute);
}

bool
four_digit_time(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	const long v = whole(ts, i);
	const uint32_t zone = zone_at(ts, i + 1);
	const bool hours = is_one_of(ts, i + 1, "hours", "hrs");

	if (ts->tok[i].end - ts->tok[i].begin != 4 || v < 0 || v / 100 > 24 || v % 100 > 59)
		return false;
	if ((zone == 0 || (zone & 255) > 2) && /* at 0600 */
	    (ts->text[ts->tok[i].begin] == '0') + is_text(ts, i - 1, "at") + hours < 2)
		return false;
	return found_time(w, i + 1 + hours, v / 100, v % 100);
}
