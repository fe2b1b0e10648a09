/* SPDX-License-Identifier: ISC */
/*
 * Dates, times, durations, sets of times, and amounts, with values in the manner
 * of TIMEX3 (ISO 8601 with what is not known left open): 2025-05-12, 2022-05,
 * 2025-W20, 2010-07-16TMO, P3Y, XXXX-WXX-4; and "EUR 1200000000", "15 %", "30 kilometre".
 *
 * A small grammar by hand: at every token that can begin an expression the
 * patterns are tried, longest first. Words are looked up in when.tsv.
 */
#include "dates.h"

#include "patterns.h"
#include "vec.h"

/*
 * USA Today, CBS This Morning: a capital that no
 * sentence and no headline gave it, behind another one.
 */
static bool
is_in_name(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return t->kind == TOKEN_NAME && !(t->flags & (TOKEN_START | TOKEN_TITLE | TOKEN_CAPS)) &&
	       t[-1].kind == TOKEN_NAME;
}

/* May a number before token i be an hour: 5:30, 5 p.m., 5 o'clock, 5 to 7 p.m., 5 in the morning? */
static bool
may_follow_hour(const struct tokens *ts, size_t i)
{
	switch (ts->text[ts->tok[i].begin] | 0x20) {
	case 'a':
	case 'i':
	case 'o':
	case 'p':
	case 't':
	case ':':
		return true;
	default:
		return is_dash(ts, i);
	}
}

/* A number: only what its form and the next token allow is tried. */
static bool
figures(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	size_t n = 0, len = ts->tok[i].end - ts->tok[i].begin;
	long v = digits(ts, i, &n);
	bool day = v >= 1 && v <= 31 && n <= 2, whole_number = n == len;
	uint32_t next = word(ts, i + 1) & CLASS;
	bool unit = next != 0 || may_be_unit(ts, i + 1) || mark(ts, i + 1) == '/' || mark(ts, i + 2) == '/';

	if (!whole_number && ascii_alpha(ts->text[ts->tok[i].end - 1]) &&
	    (glued_amount(w, i) || glued_duration(w, i)))
		return true;
	if (n == 4 && whole_number && (quarter_date(w, i) || four_digit_time(w, i)))
		return true;
	/* 5 per cent, 3.5 km: the most there is; of eight bytes or more may be 10.6.2007 */
	if (next >= PERCENTAGE && next <= PHRASE && len < 8 && amount(w, i))
		return true;
	return ((!whole_number || mark(ts, i + 1) == '-' || mark(ts, i + 1) == '/') && number_date(w, i)) ||
	       (day && (unit || is_text(ts, i + 1, "of")) && month_date(w, i)) ||
	       (v >= 0 && v <= 24 && n <= 2 && (!whole_number || may_follow_hour(ts, i + 1)) &&
		clock_time(w, i)) ||
	       (unit && amount(w, i)) || (whole_number && era_date(w, i)) ||
	       (day && !whole_number && ordinal_date(w, i)) || (unit && duration(w, i)) ||
	       ((n == 4 || len == 3 || (len == 2 && is_apostrophe(ts, i - 1))) && year_date(w, i));
}

/* A number, a sign, a word of no class. */
static bool
other(struct phrase *w, size_t i)
{
	const struct token *t = &w->ts->tok[i];

	return t->kind == TOKEN_NUMBER ? figures(w, i)
	       : t->kind == TOKEN_MARK ? amount(w, i)
				       : t->shape == SHAPE_MIXED &&
					     (glued_date(w, i) || quarter_date(w, i) || glued_amount(w, i));
}

static bool
weekday(struct phrase *w, size_t i)
{
	return month_date(w, i) || weekday_date(w, i) || feast_date(w, i);
}

static bool
month(struct phrase *w, size_t i)
{
	return (word(w->ts, i + 1) == (UNIT | U_DAY) && feast_date(w, i)) || month_date(w, i);
}

/* one, half: of what can be counted */
static bool
counted(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	const bool half = (word(ts, i) & CLASS) == HALF;

	if (!half && ts->text[ts->tok[i + 1].begin] == 'o' && clock_time(w, i)) /* three o'clock */
		return true;
	return (may_be_unit(ts, i + 1) || is_text(ts, i + 1, "of") || (half && is_article(ts, i + 1))) &&
	       ((is_dash(ts, i + 1) && month_date(w, i)) || amount(w, i) || duration(w, i));
}

/* a week ago, a few days, once a week, a million: what is counted by the article before token i */
static bool
counted_one(struct phrase *w, size_t i)
{
	const uint32_t class = word(w->ts, i--) & CLASS;

	if (!is_indefinite(w->ts, i))
		return false;
	w->i = i;
	if ((class == UNIT && times_a_unit(w, i)) || (class == SCALE && amount(w, i)) || duration(w, i))
		return true;
	w->i = i + 1;
	return false;
}

static bool
vague(struct phrase *w, size_t i)
{
	return counted_one(w, i) || duration(w, i);
}

static bool
unit(struct phrase *w, size_t i)
{
	if (counted_one(w, i))
		return true;
	return word(w->ts, i) == (UNIT | U_QUARTER)
		   ? duration(w, i)
		   : bare_unit(w, i) || (word(w->ts, i) == (UNIT | U_DAY) && feast_date(w, i));
}

static bool
ordinal(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;

	return (((word(ts, i + 1) & CLASS) == MONTH || is_text(ts, i + 1, "of") || is_dash(ts, i + 1)) &&
		month_date(w, i)) ||
	       ordinal_date(w, i);
}

static bool
today(struct phrase *w, size_t i)
{
	return !is_in_name(w->ts, i) && today_date(w, i);
}

static bool
shift(struct phrase *w, size_t i)
{
	return !is_in_name(w->ts, i) && shifted(w, i);
}

static bool
noon(struct phrase *w, size_t i)
{
	return (word(w->ts, i) & 255) >= D_NOON && clock_time(w, i);
}

static bool
code(struct phrase *w, size_t i)
{
	return !(word(w->ts, i) & SHORT) && amount(w, i);
}

static bool expression(struct phrase *w, size_t i);

/* mid-2011, late last year, the late 1990s, earlier today: the part goes with what it is of */
static bool
part(struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	const size_t at = i + 1 + is_dash(ts, i + 1);
	const uint32_t which = word(ts, i) & 255, v = word(ts, at), class = v & CLASS;
	const int year = year_at(ts, at);
	const struct token *t = &ts->tok[at];

	if (which == 3 && year > 0) {
		set_day(w, year, 6, 0);
		return found(w, at + 1, MENTION_DATE, true);
	}
	if (which > 5 || t->kind == TOKEN_LINE)
		return false;
	if (!(class == DEICTIC || (class == SHIFT && ((v & 255) <= 8 || !(v & LOOSE))) ||
	      (which <= 3 &&
	       (class == MONTH || class == SEASON || class == ORDINAL || class == DECADES || year > 0 ||
		(t->kind == TOKEN_NUMBER && ascii_alpha(ts->text[t->end - 1])))))) /* 1990s, 20th */
		return false;
	if (!expression(w, at) || w->type != MENTION_DATE)
		return false;
	w->i = i;
	return true;
}

/* What about a token that is listed can make it the first of an expression. */
enum {
	ALONE = 1 << 0,	 /* that it is there */
	NEAR = 1 << 1,	 /* the one listed next is at most the third behind it */
	JOINED = 1 << 2, /* what is behind it begins like "and", "of", "o'clock", a dash, %, a degree */
	BEHIND = 1 << 3, /* what is before it begins like "a", "the", "that" */
	CAPITAL = 1 << 4
};

/*
 * What words begin, by their class: how that is read, and what it takes, any one of these.
 * No expression begins with a word whose class is not here.
 */
static const struct start {
	pattern *read;
	uint8_t takes;
} starts[32] = {
	[0] = { other, ALONE },
	[MONTH >> 8] = { month, ALONE },
	[WEEKDAY >> 8] = { weekday, ALONE },
	[NUMBER >> 8] = { counted, NEAR | JOINED },
	[HALF >> 8] = { counted, NEAR | JOINED },
	[SCALE >> 8] = { counted_one, BEHIND },
	[VAGUE >> 8] = { vague, NEAR },
	[UNIT >> 8] = { unit, JOINED | BEHIND | CAPITAL },
	[ORDINAL >> 8] = { ordinal, NEAR },
	[DEICTIC >> 8] = { today, ALONE },
	[SHIFT >> 8] = { shift, NEAR },
	[PART >> 8] = { part, NEAR },
	[SEASON >> 8] = { season_date, ALONE },
	[DAYTIME >> 8] = { noon, ALONE },
	[EVERY >> 8] = { every, ALONE },
	[EACH >> 8] = { each, NEAR },
	[DECADES >> 8] = { decade_date, ALONE },
	[FEAST >> 8] = { feast_date, ALONE },
	[CODE >> 8] = { code, NEAR },
};

static const struct start *
start_of(const struct tokens *ts, size_t i)
{
	return &starts[word(ts, i) >> 8 & 31];
}

/* One expression that begins at token i, or at the article before it. */
static bool
expression(struct phrase *w, size_t i)
{
	const struct token *t = &w->ts->tok[i];
	pattern *read = start_of(w->ts, i)->read;

	w->i = i;
	if (w->ts->text[t->end] == '$' && t->kind == TOKEN_NAME)
		return amount(w, i);
	return read != NULL && read(w, i);
}

/* Two digits of the value from byte k on, behind a hyphen; 0 where they are none. */
static int
two_digits(const struct phrase *w, size_t k)
{
	const char *p = w->value + k;

	return k + 2 <= w->value_n && p[-1] == '-' && ascii_digit(p[0]) && ascii_digit(p[1])
		   ? (p[0] - '0') * 10 + p[1] - '0'
		   : 0;
}

/*
 * Keep the phrase's day, month and year for "two days
 * later"; what is of today, a dateline, is not told on.
 */
static void
tell(struct phrase *w)
{
	const size_t n = vec_first(vec_bits16(vec_out(vec_load(w->value), '0', '9')) | 1u << 5);
	struct day d = { 0 };
	size_t k;

	if (n < 4 || w->value_n < 4 || w->value[0] == '0' || (w->value_n > 4 && w->value[4] != '-'))
		return;
	for (k = 0; k < 4; k++)
		d.year = d.year * 10 + (w->value[k] - '0');
	if ((d.month = two_digits(w, 5)) > 0)
		d.day = two_digits(w, 8);
	if (d.day > 0 && d.day == w->today.day && d.month == w->today.month && d.year == w->today.year)
		return;
	w->told[2] = d;
	if (d.month > 0)
		w->told[1] = d;
	if (d.day > 0)
		w->told[0] = d;
}

/*
 * Is the date from token i on, w->end being behind it, that of
 * something else than the text: on May 5, (May 5), born: May 5?
 */
static bool
is_of_another(const struct phrase *w, size_t i)
{
	const struct tokens *ts = w->ts;
	const struct token *t = &ts->tok[(ptrdiff_t)i - 1];

	if (mark(ts, w->end) == ')' || (mark(ts, i - 1) == ':' && is_text(ts, i - 2, "born")))
		return true;
	return t->kind == TOKEN_LOWER && !is_text(ts, i - 1, "published") && !is_text(ts, i - 1, "updated") &&
	       !is_text(ts, i - 1, "posted");
}

/*
 * List those of the nname names from number `at` on that end before
 * token `end` or there. Returns the number of the next one.
 */
static size_t
list_until(struct mentions *ms, size_t at, size_t nname, size_t end)
{
	for (; at < nname && ms->m[at].tok + ms->m[at].ntok <= end; at++) {
		ms->list[ms->nlist] = (uint32_t)at;
		ms->nlist += ms->m[at].type != MENTION_NONE;
	}
	return at;
}

/* Does the token begin with one of the letters of a set of bits? */
static inline unsigned
begins_with(const struct tokens *ts, const struct token *t, uint32_t letters)
{
	return letters >> (ts->text[t->begin] & 31) & 1;
}

/*
 * May an expression begin at token i, or at the article before it? `next` is the token
 * listed behind it. Hardly half of those listed do; no branch is taken on it.
 */
static inline bool
may_begin(const struct tokens *ts, size_t i, size_t next)
{
#define LETTER(c) (1u << ((c)&31))
	const struct token *t = &ts->tok[(ptrdiff_t)i];
	unsigned by =
	    ALONE | (unsigned)(next - i <= 3) << 1 |
	    begins_with(ts, &t[1], LETTER('a') | LETTER('o') | LETTER('-') | LETTER('%') | LETTER('\302'))
		<< 2 |
	    begins_with(ts, &t[-1], LETTER('a') | LETTER('t')) << 3 | (unsigned)(t->kind == TOKEN_NAME) << 4;
#undef LETTER

	return (start_of(ts, i)->takes & by) != 0;
}

/*
 * The time of the last two dates that were added, where the other one is a day right beside
 * it, is of that day: 5 p.m. Monday, 5 p.m., on May 5, Monday at noon.
 */
static void
join_day(struct mentions *ms, const struct tokens *ts)
{
	enum { DAY = 10 }; /* bytes of YYYY-MM-DD */
	struct mention *m = &ms->m[ms->n - 2], *time, *day;
	const bool time_first = m[0].type == MENTION_TIME;
	size_t end, i;
	bool comma, joint;
	char *to;

	time = &m[!time_first];
	day = &m[time_first];
	if (time->type != MENTION_TIME || day->type != MENTION_DATE || day->name_n != DAY)
		return;
	end = m[0].tok + m[0].ntok;
	i = m[1].tok;
	comma = mark(ts, end) == ',';
	joint = is_text(ts, i - 1, time_first ? "on" : "at");
	if (end + comma + joint != i || (comma && !joint && !time_first))
		return;
	to = buf_room(&ms->names, DAY + time->name_n);
	if (ms->names.p[time->name] != 'T' || ms->names.p[day->name + 4] != '-')
		return; /* it is of another day already; PAST_REF */
	memcpy(to, ms->names.p + day->name, DAY);
	memcpy(to + DAY, ms->names.p + time->name, time->name_n);
	time->name = (uint32_t)ms->names.n;
	time->name_n += DAY;
	ms->names.n += time->name_n;
}

/* Where a whole date heads a text, and how long one is at most: tokens. */
enum { HEAD = 120, WHOLE = 16 };

/* May the token be the year of a whole date, or one in figures: 2020, '20, 5/12/20, 10.6.2007? */
static bool
may_be_year(const struct token *t)
{
	size_t n = t->end - t->begin;

	return (t->kind == TOKEN_NUMBER) & ((n == 4) | (n > 7) | ((n == 2) & (t[-1].kind == TOKEN_MARK)));
}

void
dates_find(struct mentions *ms, struct doc *doc, struct day *today)
{
	struct tokens *ts = &doc->ts;
	size_t i, j, k, n, from, nname = ms->n, at = 0;
	struct phrase w = { .ts = ts, .today = *today };
	struct mention *m;

	if (ts->nlisted == 0)
		tokens_list(ts);
	ts->when[ts->nwhen] = UINT32_MAX; /* an end behind all of them */
	/*
	 * A whole date that heads the text is its day, where none is given, unless it is that of
	 * something else.
	 */
	for (j = k = 0; ts->when[k] < HEAD + WHOLE; k++) {
		if (!may_be_year(&ts->tok[ts->when[k]]))
			continue;
		for (; j <= k && w.today.year == 0 && (i = ts->when[j]) < HEAD; j++)
			if (ts->when[k] < i + WHOLE && (number_date(&w, i) || month_date(&w, i)) &&
			    w.value_n == 10 && w.value[0] != 'X' && !is_of_another(&w, i))
				(void)day_read((struct span){ w.value, w.value_n }, &w.today);
	}
	*today = w.today;

	for (j = n = 0; j < ts->nwhen; j++) { /* without a branch: what passes cannot be foretold */
		i = ts->when[j];
		ts->when[n] = (uint32_t)i;
		n += may_begin(ts, i, ts->when[j + 1]);
	}
	ts->nwhen = n;
	mentions_room(ms, nname + n);
	ms->nlist = 0;
	for (j = from = 0; j < ts->nwhen; j++) {
		i = ts->when[j];
		if (i < from || !expression(&w, i) || w.i < from)
			continue;
		from = w.end;
		/*
		 * what is part of a longer name is not a
		 * date; a name that is part of a date is none
		 */
		at = list_until(ms, at, nname, w.i);
		k = at;
		if (k < nname && ms->m[k].tok < w.end) {
			if (ms->m[k].tok < w.i || ms->m[k].tok + ms->m[k].ntok > w.end || !w.sure)
				continue;
			for (; k < nname && ms->m[k].tok < w.end; k++)
				ms->m[k].type = MENTION_NONE;
		}
		ms->list[ms->nlist++] = (uint32_t)ms->n;
		m = mention_add(ms, ts, w.i, w.end - w.i, w.type);
		m->name = (uint32_t)ms->names.n;
		m->name_n = (uint32_t)w.value_n;
		/* all of the room: in so many steps as the compiler knows */
		memcpy(buf_room(&ms->names, sizeof w.value), w.value, sizeof w.value);
		ms->names.n += w.value_n;
		tell(&w);
		if (ms->n >= nname + 2)
			join_day(ms, ts);
	}
	(void)list_until(ms, at, nname, ts->n);
}
