/* SPDX-License-Identifier: ISC */
#include "phrase.h"

#include "little.h"
#include "vec.h"

static const char *const season_name[] = { "SP", "SU", "FA", "WI" };
static const char *const daytime_name[] = { "MO", "AF", "EV", "NI", "", "" };

/*
 * The number that n <= 8 digits at p make, with 8 readable bytes:
 * three steps of neighbours joined, of one, two and four digits.
 */
static inline uint32_t
eight_digits(const char *p, size_t n)
{
	uint64_t v = n == 0 ? 0 : (little64(p) & 0x0F0F0F0F0F0F0F0Fu) << 8 * (8 - n);

	v = (v * 10 + (v >> 8)) & 0x00FF00FF00FF00FFu;
	v = (v * 100 + (v >> 16)) & 0x0000FFFF0000FFFFu;
	return (uint32_t)(v * 10000 + (v >> 32));
}

/* How many of the n < 16 bytes at p are digits, up to the first other one; 16 bytes are readable. */
static inline size_t
leading_digits(const char *p, size_t n)
{
	return vec_first(vec_bits16(vec_out(vec_load(p), '0', '9')) | 1u << n);
}

bool
joins_dates(const struct tokens *ts, size_t i)
{
	return is_dash(ts, i) || (ts->tok[i].kind <= TOKEN_NAME &&
				  is_one_of(ts, i, "to", "and", "or", "through", "until", "till"));
}

bool
joins_numbers(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return (mark(ts, i) == '-' || mark(ts, i) == '/') && t[-1].kind == TOKEN_NUMBER &&
	       t[1].kind == TOKEN_NUMBER && !((t[0].flags | t[1].flags) & TOKEN_SPACE);
}

long
digits(const struct tokens *ts, size_t i, size_t *n)
{
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	size_t k, len;

	if (t->kind != TOKEN_NUMBER)
		return -1;
	len = t->end - t->begin;
	*n = k = leading_digits(p, len < 9 ? len : 9);
	return k == 0 ? -1 : k <= 8 ? (long)eight_digits(p, k) : 99999999;
}

long
whole(const struct tokens *ts, size_t i)
{
	size_t n = 0;
	long v = digits(ts, i, &n);

	return v >= 0 && n == ts->tok[i].end - ts->tok[i].begin ? v : -1;
}

int
short_year_at(const struct tokens *ts, size_t i)
{
	long v = whole(ts, i);

	return v < 0 || ts->tok[i].end - ts->tok[i].begin != 2 ? 0 : (int)v + (v < 30 ? 2000 : 1900);
}

int
day_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	size_t n = 0, len = t->end - t->begin;
	const char *p;
	long v;

	if (t->kind != TOKEN_NUMBER || len > 4)
		return 0;
	v = digits(ts, i, &n);
	if (v < 1 || v > 31 || n > 2)
		return 0;
	p = ts->text + t->begin + n;
	if (len == n || (len == n + 2 && (is_same(p, "th", 2) || is_same(p, "st", 2) || is_same(p, "nd", 2) ||
					  is_same(p, "rd", 2))))
		return (int)v;
	return 0;
}

int
ordinal_at(const struct tokens *ts, size_t i, size_t *end)
{
	uint32_t w = word(ts, i), u;
	int d;

	if ((w & CLASS) == ORDINAL && !(w & FINAL)) {
		*end = i + 1;
		return (int)(w & 255);
	}
	if ((w & CLASS) == NUMBER && (w & 255) >= 20 && is_dash(ts, i + 1) &&
	    ((u = word(ts, i + 2)) & CLASS) == ORDINAL && (u & 255) < 10) {
		*end = i + 3;
		return (int)((w & 255) + (u & 255));
	}
	if ((d = day_at(ts, i)) > 0 && !ascii_digit(ts->text[ts->tok[i].end - 1])) {
		*end = i + 1;
		return d;
	}
	return 0;
}

/* The number that begins at p, 1,200.5, in thousandths. Returns its bytes. */
static size_t
plain_number(const char *p, size_t n, int64_t *value)
{
	size_t k = leading_digits(p, n < 8 ? n : 8);
	int64_t v = eight_digits(p, k), f;

	for (; k < n && (ascii_digit(p[k]) || p[k] == ',') && v < 1000000000000; k++)
		if (p[k] != ',')
			v = v * 10 + (p[k] - '0');
	v *= 1000;
	if (k < n && p[k] == '.')
		for (k++, f = 100; k < n && ascii_digit(p[k]); k++, f /= 10)
			v += f * (p[k] - '0');
	*value = v;
	return k;
}

/* Where the decimals from the fourth on stand of the number of n bytes at p; of none at an end. */
static const char *
decimals_behind(const char *p, size_t n)
{
	const char *point = memchr(p, '.', n);

	return point != NULL && p + n > point + 4 ? point + 4 : "";
}

/* The word of letters that the n bytes at p are; 0 for none. */
static uint32_t
letters_what(const char *p, size_t n)
{
	size_t k;

	for (k = 0; k < n && ascii_alpha(p[k]); k++)
		;
	return k == n && n > 0 ? word_what(p, n) : 0;
}

uint32_t
suffix_at(const struct tokens *ts, size_t i, int64_t *value)
{
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, k = plain_number(p, n, value);
	uint32_t v;

	if (k == 0 || k + 2 > n)
		return 0;
	v = letters_what(p + k, n - k);
	return (v & CLASS) != CODE || ascii_upper(p[n - 1]) ? v : 0;
}

/* scale_number, with the decimals from the fourth on, at *more, which is moved behind those used. */
static bool
scale_decimals(int64_t *value, unsigned powers, const char **more)
{
	for (; powers > 0; powers--) {
		if (*value > INT64_MAX / 10 - 1)
			return false;
		*value *= 10;
		if (ascii_digit(**more))
			*value += *(*more)++ - '0';
	}
	return true;
}

bool
scale_number(int64_t *value, unsigned powers)
{
	const char *none = "";

	return scale_decimals(value, powers, &none);
}

unsigned
scale_at(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, k;
	int64_t v;
	uint32_t w;

	if (!ascii_digit(*p))
		return 0;
	k = plain_number(p, n, &v);
	w = k < n ? letters_what(p + k, n - k) : word(ts, i + 1);
	return (w & CLASS) == SCALE ? w & 255 : 0;
}

/*
 * A half, a quarter, three quarters of one sign, of
 * the n bytes at p, in thousandths; 0 for another.
 */
static int64_t
sign_fraction(const char *p, size_t n)
{
	if (n != 2 || p[0] != '\302')
		return 0;
	return p[1] == '\275' ? 500 : p[1] == '\274' ? 250 : p[1] == '\276' ? 750 : 0;
}

/*
 * Is token i the slash of a fraction, 7/8, with no space
 * about it? Less than one, and of at most hundredths.
 */
static bool
is_fraction(const struct tokens *ts, size_t i)
{
	long over, under;

	if (mark(ts, i) != '/' || (ts->tok[i].flags | ts->tok[i + 1].flags) & TOKEN_SPACE)
		return false;
	over = whole(ts, i - 1);
	under = whole(ts, i + 1);
	return over > 0 && under > over && under <= 100;
}

/*
 * Is token `at`, behind the half at token i, what one is of: half a million, a half-mile, half a
 * percentage point, half a dollar? Of hours, half an hour, durations.c asks.
 */
static bool
is_halved(const struct tokens *ts, size_t i, size_t at)
{
	const uint32_t class = word(ts, at) & CLASS;

	return (class == SCALE || class == MEASURE || class == PERCENTAGE || class == PHRASE ||
		(class == CURRENCY && at > i + 1)) &&
	       !is_text(ts, at - 1, "the"); /* half the pounds */
}

size_t
number_at(const struct tokens *ts, size_t i, size_t skip, int64_t *value)
{
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin + skip;
	size_t n, k, at = i;
	int64_t v = 0, total = 0, group = 0, part;
	const char *more = "";
	uint32_t w;
	bool any = false;

	if (t->kind == TOKEN_NUMBER || skip > 0 || ascii_digit(*p)) {
		if (skip > 0) /* Rs1,000.50: what begins with a letter ends at a mark */
			while ((mark(ts, at + 1) == ',' || mark(ts, at + 1) == '.') &&
			       ascii_digit(ts->text[ts->tok[at + 2].begin]) &&
			       !((ts->tok[at + 1].flags | ts->tok[at + 2].flags) & TOKEN_SPACE))
				at += 2;
		n = ts->tok[at].end - t->begin - skip;
		k = plain_number(p, n, &v);
		if (k > strlen("0.123"))
			more = decimals_behind(p, k);
		if (k < n) { /* 2½; 5m, 3bn, 10k */
			if ((part = sign_fraction(p + k, n - k)) > 0)
				v += part;
			else if (((w = letters_what(p + k, n - k)) & CLASS) != SCALE ||
				 !scale_decimals(&v, w & 255, &more))
				return 0;
		}
		at++;
		group = v;
		any = true;
		if (is_fraction(ts, at)) {
			group /= whole(ts, at + 1);
			at += 2;
		} else {
			k = at + (mark(ts, at) == '-' &&
				  !((ts->tok[at].flags | ts->tok[at + 1].flags) & TOKEN_SPACE));
			if (is_fraction(ts, k + 1)) { /* 10 1/2, 10-1/2 */
				group += whole(ts, k) * 1000 / whole(ts, k + 2);
				at = k + 3;
			}
		}
	} else if ((word(ts, i) & CLASS) == HALF && is_halved(ts, i, half_end(ts, i))) {
		group = 500;
		at = half_end(ts, i);
		any = true;
	} else if (is_indefinite(ts, i) && (word(ts, i + 1) & CLASS) == SCALE) {
		group = 1000;
		at = i + 1;
		any = true;
	} else
		while (((w = word(ts, at)) & CLASS) == NUMBER && at < i + 6) {
			if (at > i && group == 0)
				break;
			if (at > i && group % 100000 != 0 &&
			    !(group % 100000 % 10000 == 0 && group % 100000 >= 20000 && (w & 255) < 10))
				break;
			group += (int64_t)(w & 255) * 1000;
			any = true;
			at++;
			if (is_dash(ts, at) && (word(ts, at + 1) & CLASS) == NUMBER)
				at++;
			else if ((word(ts, at) & CLASS) == SCALE && (word(ts, at) & 255) == 2) {
				group *= 100;
				at++;
				if (is_text(ts, at, "and") && (word(ts, at + 1) & CLASS) == NUMBER)
					at++;
			}
		}
	if (!any)
		return 0;
	while (at < i + 12) {
		k = at;
		if (is_dash(ts, k) && !(ts->tok[k].flags & TOKEN_SPACE))
			k++;
		w = word(ts, k);
		if ((w & CLASS) != SCALE || (w & SHORT && ts->tok[k].flags & TOKEN_SPACE && (w & 255) != 6))
			break;
		if (!scale_decimals(&group, w & 255, &more))
			return 0;
		at = k + 1;
		if ((word(ts, at) & (CLASS | SHORT)) == SCALE) /* 5 lakh crore */
			continue;
		if (group > INT64_MAX / 2 - total)
			return 0;
		total += group;
		group = 0;
		if ((word(ts, at) & CLASS) != NUMBER)
			break;
		group = (int64_t)(word(ts, at) & 255) * 1000;
		at++;
	}
	*value = total + group;
	return at - i;
}

bool
may_be_unit(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];

	switch (t->kind) {
	case TOKEN_LOWER:
		return t->flags & TOKEN_WHEN || t->shape == SHAPE_MIXED || is_text(ts, i, "and") ||
		       (word(ts, i + 1) & CLASS) == CURRENCY;
	case TOKEN_MARK:
		return is_dash(ts, i) || ts->text[t->begin] == '%' || ts->text[t->begin] == '$' ||
		       (signed char)ts->text[t->begin] < 0;
	case TOKEN_NAME:
		return true;
	default:
		return false;
	}
}

char *
add_number(char *to, int64_t v)
{
	if (v < 0) {
		*to++ = '-';
		v = -v;
	}
	to = add_digits(to, (uint64_t)v / 1000, 1);
	if (v % 1000 == 0)
		return to;
	*to++ = '.';
	for (to = add_digits(to, (uint64_t)v % 1000, 3); to[-1] == '0';)
		to--;
	return to;
}

char *
add_day(char *to, int year, int month, int day)
{
	to = year > 0 ? add_digits(to, (unsigned)year % 10000, 4) : add_text(to, "XXXX");
	*to++ = '-';
	to = add_digits(to, (unsigned)month, 2);
	if (day > 0) {
		*to++ = '-';
		to = add_digits(to, (unsigned)day, 2);
	}
	return to;
}

char *
add_year(char *to, int year, const char *part)
{
	to = year > 0 ? add_digits(to, (unsigned)year, 4) : add_text(to, "XXXX");
	return add_text(to, part);
}

void
set_end(struct phrase *w, const char *to)
{
	w->value_n = (size_t)(to - w->value);
}

void
set_text(struct phrase *w, const char *s)
{
	set_end(w, add_text(w->value, s));
}

void
set_day(struct phrase *w, int year, int month, int day)
{
	set_end(w, add_day(w->value, year, month, day));
}

void
set_week(struct phrase *w, struct day d, const char *part)
{
	char *to;
	int year, week;

	iso_week(d, &year, &week);
	to = add_digits(add_year(w->value, year, "-W"), (unsigned)week, 2);
	set_end(w, add_text(to, part));
}

void
set_season(struct phrase *w, int year, uint32_t season)
{
	set_end(w, add_text(add_year(w->value, year, "-"), season_name[season]));
}

char *
add_weekday(char *to, uint32_t day)
{
	return add_digits(add_text(to, "XXXX-WXX-"), day, 1);
}

void
add_night(struct phrase *w)
{
	set_end(w, add_text(w->value + w->value_n, "TNI"));
}

bool
add_daytime(struct phrase *w, size_t at)
{
	uint32_t d = word(w->ts, at);
	char *to = w->value + w->value_n;

	if ((d & CLASS) == UNIT && (d & 255) == U_NIGHT && !(d & PLURAL))
		add_night(w);
	else if ((d & CLASS) == DAYTIME && (d & 255) < D_NOON)
		set_end(w, add_text(add_text(to, "T"), daytime_name[d & 255]));
	else
		return false;
	return true;
}

bool
found(struct phrase *w, size_t end, enum mention_type type, bool sure)
{
	w->end = end;
	w->type = type;
	w->sure = sure;
	return true;
}
