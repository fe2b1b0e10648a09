/* SPDX-License-Identifier: ISC */
#include "date.h"

#include "u8.h"

/* The number of these n digits; 0 if others are among them. */
static unsigned
digits(const char *p, size_t n)
{
	unsigned v = 0;

	for (; n > 0; n--, p++) {
		if (!ascii_digit(*p))
			return 0;
		v = v * 10 + (unsigned)(*p - '0');
	}
	return v;
}

static bool
digit_at(struct span s, size_t i)
{
	return i < s.n && ascii_digit(s.p[i]);
}

/* Does s begin with the word, which is in lower case? */
static bool
begins(struct span s, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		if (i >= s.n || ascii_fold(s.p[i]) != word[i])
			return false;
	return true;
}

static void
skip(struct span *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

/* A zone: Z, UTC, GMT, +03, +0300, +03:00 or UTC+03:00. */
static void
put_zone(struct buf *b, struct span s)
{
	const size_t named = begins(s, "z") ? 1 : begins(s, "utc") || begins(s, "gmt") ? 3 : 0;

	skip(&s, named);
	if (s.n == 0 || (*s.p != '+' && *s.p != '-')) {
		if (named > 0 && (s.n == 0 || !ascii_alpha(*s.p)))
			buf_byte(b, 'Z');
		return;
	}
	if (!digit_at(s, 1) || !digit_at(s, 2))
		return;
	buf_put(b, s.p, 3);
	skip(&s, 3);
	if (begins(s, ":"))
		skip(&s, 1);
	if (digit_at(s, 0) && digit_at(s, 1)) {
		buf_byte(b, ':');
		buf_put(b, s.p, 2);
	}
}

/* 2025-06-02, which s is long enough for, and a time behind a T or a blank. */
static bool
put_iso(struct buf *b, struct span s)
{
	const unsigned month = digits(s.p + 5, 2), day = digits(s.p + 8, 2);

	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	buf_put(b, s.p, 10);
	skip(&s, 10);
	if ((!begins(s, "t") && !begins(s, " ")) || !digit_at(s, 1) || !digit_at(s, 2) || s.n < 6 ||
	    s.p[3] != ':')
		return true;
	buf_byte(b, 'T');
	for (skip(&s, 1); s.n > 0 && (ascii_digit(*s.p) || *s.p == ':' || *s.p == '.'); skip(&s, 1))
		buf_byte(b, *s.p);
	if (begins(s, " "))
		skip(&s, 1);
	put_zone(b, s);
	return true;
}

/* The bytes of the number that s begins with, and of those joined to it by marks, as in 10:30. */
static size_t
number_length(struct span s)
{
	size_t i;

	for (i = 1; digit_at(s, i) || (i < s.n && (s.p[i] == ':' || s.p[i] == '.') && digit_at(s, i + 1));
	     i++)
		;
	return i;
}

/* Is what stands before s an hour? */
static bool
is_noon(struct span s)
{
	if (begins(s, " "))
		skip(&s, 1);
	return begins(s, "am") || begins(s, "pm") || begins(s, "a.m") || begins(s, "p.m");
}

/* A month by its name, with a day and a year in any order. */
static bool
put_words(struct buf *b, struct span s)
{
	enum { FAR = 60 }; /* bytes: what follows is no date but a text */
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
					      "jul", "aug", "sep", "oct", "nov", "dec" };
	unsigned year = 0, month = 0, day = 0, m, v;
	const char *const far = s.n > FAR ? s.p + FAR : s.p + s.n;
	size_t n;

	while (s.p < far && (year == 0 || month == 0 || day == 0)) {
		n = 1;
		if (ascii_alpha(*s.p)) {
			for (m = 0; month == 0 && m < 12; m++)
				month = begins(s, months[m]) ? m + 1 : 0;
			while (n < s.n && ascii_alpha(s.p[n]))
				n++;
		} else if (ascii_digit(*s.p)) {
			n = number_length(s);
			v = n <= 4 ? digits(s.p, n) : 0;
			if (n == 4 && year == 0 && v > 1000)
				year = v;
			else if (n <= 2 && day == 0 && v <= 31 && !is_noon((struct span){ s.p + n, s.n - n }))
				day = v;
		}
		skip(&s, n);
	}
	if (year == 0 || month == 0 || day == 0)
		return false;
	buf_printf(b, "%04u-%02u-%02u", year, month, day);
	return true;
}

bool
date_put(struct buf *b, struct span said)
{
	if (said.n >= 10 && digits(said.p, 4) > 1000 && said.p[4] == '-' && said.p[7] == '-')
		return put_iso(b, said);
	return put_words(b, said);
}
