/* SPDX-License-Identifier: ISC */
/*
 * The columns of HTML's pass: what the elements around a unit say, and the text's scores by
 * element.
 */
#include "column.h"
#include "dom.h"
#include "slots.h"

/*
 * Divisions by one number, which is not 0: by its reciprocal, where it and what is divided are
 * small enough to be exact.
 */
struct divider {
	uint64_t of, by;
};

static inline struct divider
divider(uint64_t of)
{
	return (struct divider){ of, of < 1 << 16 ? ((uint64_t)1 << 40) / of + 1 : 0 };
}

/* n is below 2^24 where the divisor is below 2^16. */
static inline uint64_t
divided(uint64_t n, struct divider d)
{
	return d.by != 0 ? n * d.by >> 40 : n / d.of;
}

/* n/of in 1..62 */
static uint8_t
share(uint64_t n, uint64_t of)
{
	if (of == 0)
		return 1;
	if (of < UINT32_MAX / 64 && n < UINT32_MAX / 64) /* divisions of 32 bits are quicker */
		return (uint8_t)(1 + (uint32_t)n * 61 / (uint32_t)of);
	return (uint8_t)(1 + n * 61 / of);
}

/* The member of a segment, a number, that stands at its byte `at`. */
static inline uint32_t
key_of(const struct segment *s, size_t at)
{
	uint32_t key;

	memcpy(&key, (const char *)s + at, sizeof(key));
	return key;
}

typedef double double4 __attribute__((vector_size(32)));

/*
 * The bin of the mean by word of each unit's sum and words but its own, 63 if there are no others.
 * Exact: the numbers are far below 2^53.
 */
static inline void
put_means_by_word(uint8_t *to, const double *sum, const double *own, const int32_t *others, size_t n)
{
	vec4 mean[4], alone[4];
	size_t i, k;

	for (i = 0; i < n; i += VEC) {
#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const vec4 words = four(others + i + 4 * k), none = words == 0;
			double4 a, b;

			memcpy(&a, sum + i + 4 * k, sizeof(a));
			memcpy(&b, own + i + 4 * k, sizeof(b));
			alone[k] = none & 63;
			mean[k] =
			    __builtin_convertvector(
				(a - b) / (192 * __builtin_convertvector(words - none, double4)), vec4) +
			    32;
		}
		vec_store(to + i, in_bins16(mean) | vec_narrow(alone));
	}
}

/*
 * Sums by hash over the units: of words in units that score above zero, and of scores by word. What
 * most units have in common with the one before is looked up once.
 */
static inline void
html_sums(struct page *g, const struct dom *d, size_t key_at, enum column share_to, enum column mean_to,
	  uint64_t body)
{
	uint8_t *to = page_column(g, (int)share_to), *mean = page_column(g, (int)mean_to);
	const struct divider by_body = divider(body + (body == 0));
	const uint32_t *word = numbers(g, 0), *positive = numbers(g, 1);
	uint32_t *end = numbers(g, 2), *slot = numbers(g, 3); /* of the units that have a key in common */
	double *const score = g->sum;			      /* by words */
	double *sum = score + g->row_cap;		      /* of scores, */
	int32_t *others = g->score; /* and words but its own, of all that have a unit's key */
	const size_t n = g->nunit;
	const struct slots slots = slots_clear(g);
	size_t i, j, k, nrun = 0;

	for (i = 0; i < n; nrun++) {
		const struct segment *s = &d->segment[g->unit[i].line];
		const uint32_t key = key_of(s, key_at);
		struct total *t;
		uint64_t in = 0;
		uint32_t w = 0;
		double all = 0;

		do {
			w += word[i] + 1;
			all += score[i];
			in += positive[i];
			if (++i == n)
				break;
			s = &d->segment[g->unit[i].line];
		} while (key == key_of(s, key_at));
		end[nrun] = (uint32_t)i;
		slot[nrun] = slot_add(slots, key - (key == 0), w);
		t = &g->total[slot[nrun]];
		if (slots.count[slot[nrun]] == w)
			*t = (struct total){ 0, 0 };
		t->sum += (int64_t)all;
		t->body += in;
	}
	for (i = k = 0; k < nrun; k++) {
		const struct total t = g->total[slot[k]];
		const uint32_t words = slots.count[slot[k]];
		const vec part = vec_all((char)(1 + divided(t.body * 61, by_body)));
		const double all = (double)t.sum;
		const double4 whole = { all, all, all, all };

		/* beyond the run, too: what is there is the next one's, or nobody's */
		for (j = i; j < end[k]; j += VEC)
			vec_store(to + j, part);
		for (; i < end[k]; i += 4) {
			vec_store(others + i, (vec)((int32_t)words - 1 - four(word + i)));
			memcpy(sum + i, &whole, sizeof(whole));
		}
		i = end[k];
	}
	put_means_by_word(mean, sum, score, others, n);
}

#define CELL(c) cell[COL_##c - COL_HKIND]
enum { FACTS = 16 }; /* bytes of a row of what elements say */
_Static_assert((int)FACTS == (int)VEC && (int)COL_HLIST - (int)COL_HKIND < (int)FACTS,
	       "they are turned at once");

/* What most of a page's body has around it, as in a segment. */
struct common {
	unsigned about;
	uint32_t tags;
};

/*
 * What a line's elements say, but its links, its class words and what is common: by columns from
 * COL_HKIND on.
 */
static inline void
html_facts(const struct segment *s, struct common common, uint8_t *cell)
{
	const uint32_t t = s->tags & ~common.tags;
	const unsigned about = s->about & ~common.about;

	CELL(HKIND) = (uint8_t)(t & KIND_MASK);
	CELL(HPLACE) = t & TAG_HIDDEN	   ? 1
		       : t & TAG_IN_NAV	   ? 2
		       : t & TAG_IN_FORM   ? 3
		       : t & TAG_IN_FOOTER ? 4
		       : t & TAG_IN_ASIDE  ? 5
		       : t & TAG_IN_FIGURE ? 6
		       : t & TAG_IN_HEADER ? 7
		       : t & TAG_IN_TIME   ? 8
					   : 9;
	CELL(HABOUT) = (uint8_t)(about != 0 ? 1 + __builtin_ctz(about) : 12);
	CELL(HNEAR) = (uint8_t)(s->near != 0 ? 1 + __builtin_ctz(s->near) : t & TAG_BODY ? 13 : 12);
	CELL(HAUTHOR) =
	    (uint8_t)(1 + ((about & CLASS_CAPTION) != 0 ? 1 : 0) + ((about & CLASS_AUTHOR) != 0 ? 2 : 0) +
		      ((about & CLASS_LEAD) != 0 ? 4 : 0));
	CELL(HARTICLE) = s->narticle > 1      ? 1
			 : t & TAG_BODY	      ? 6
			 : t & TAG_IN_ARTICLE ? (t & TAG_IN_MAIN ? 5 : 4)
			 : t & TAG_IN_MAIN    ? 3
					      : 2;
	CELL(HLIST) = t & TAG_IN_TABLE ? 1 : t & TAG_IN_LIST ? 2 : t & TAG_IN_QUOTE ? 3 : 4;
}

/* What its class words say. */
static inline void
html_classes(const struct dom *d, const struct segment *s, const signed char *weight, uint8_t *cell)
{
	int32_t all = 0, own = 0, worst = 127;
	size_t k;

	for (k = 0; k < s->ntoken; k++) {
		int32_t w = weight[d->token[s->token + k]];

		all += w;
		if (k < s->nown)
			own += w;
		if (w < worst)
			worst = w;
	}
	all = 32 + all / 8;
	own = 32 + own / 4;
	CELL(HCLASS) = (uint8_t)(all < 1 ? 1 : all > 63 ? 63 : all);
	CELL(HCLASSOWN) = (uint8_t)(own < 1 ? 1 : own > 63 ? 63 : own);
	CELL(HCLASSMIN) = (uint8_t)(s->ntoken == 0 ? 63 : 32 + worst / 5);
}

/*
 * CLASS_ bits around more than half of the body, and TAG_IN_FORM, if a form is, as on servers that
 * put a page into one: what is around all says nothing of a line.
 */
static inline struct common
find_common(const struct page *g, const struct dom *d, const uint32_t *positive, uint64_t body)
{
	uint64_t words[16] = { 0 }, form = 0;
	struct common c = { 0 };
	unsigned bits;
	size_t i;

	for (i = 0; i < g->nunit; i++) {
		const struct segment *s = &d->segment[g->unit[i].line];

		if (positive[i] == 0)
			continue;
		form += s->tags & TAG_IN_FORM ? positive[i] : 0;
		for (bits = s->about; bits != 0; bits &= bits - 1) {
			const unsigned bit = (unsigned)__builtin_ctz(bits);

			words[bit] += positive[i];
			c.about |= (unsigned)(words[bit] * 2 > body) << bit;
		}
	}
	c.tags = form * 2 > body ? TAG_IN_FORM : 0;
	return c;
}

/*
 * The text's score, page.score, no more than MOST of it: its bins; page.first, which is html_first
 * of it; by_words, times the unit's words; positive, the words of the units where it is above zero.
 * Floats are exact, since scores are small.
 */
static inline void
put_scores(struct page *g, uint8_t *to, uint32_t *positive, double *by_words)
{
	enum { MOST = 8000 };
	const uint32_t *words = numbers(g, 0);
	const size_t n = g->nunit;
	size_t i, k;

	for (i = 0; i < n; i += VEC) {
		vec4 bin[4];

#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			int32_t *score = g->score + i + 4 * k;
			const vec4 s = within(four(score), MOST), w = four(words + i + 4 * k);
			const double4 by =
			    __builtin_convertvector(s, double4) * __builtin_convertvector(w + 1, double4);

			vec_store(score, (vec)s);
			vec_store(g->first + i + 4 * k, (vec)((s - (s < 0)) >> 1));
			vec_store(positive + i + 4 * k, (vec)(w & (s > 0)));
			memcpy(by_words + i + 4 * k, &by, sizeof(by));
			bin[k] = __builtin_convertvector(__builtin_convertvector(s, vec4f) / 192, vec4) + 32;
		}
		vec_store(to + i, in_bins16(bin));
	}
}

/* What elements say of each unit, and which share of it is linked. */
static inline void
put_facts(struct page *g, const struct dom *d, const signed char *weight, struct common common)
{
	COLUMN(HLINK);
	const struct segment none = { 0 }, *was = &none; /* of which the facts are: no line's, at first */
	uint8_t row[FACTS][FACTS], facts[FACTS] = { 0 }, link[FACTS];
	vec said = vec_all(0); /* the facts */
	vec column[FACTS];
	const size_t n = g->nunit;
	size_t i, k;

	for (i = 0; i < n; i += VEC) {
		const size_t end = least(n - i, FACTS);

		for (k = 0; k < end; k++) {
			const struct segment *s = &d->segment[g->unit[i + k].line];
			const uint32_t size = s->to - s->from;

			if (s->shape != was->shape) {
				html_facts(s, common, facts);
				html_classes(d, s, weight, facts);
				said = vec_load(facts);
				was = s;
			}
			vec_store(row[k], said);
			link[k] = share(least(s->linked, size), size);
		}
		for (; k < FACTS; k++) { /* neighbours that are none */
			vec_store(row[k], vec_all(0));
			link[k] = 0;
		}
		vec_turn((const unsigned char(*)[FACTS])row, column);
		for (k = 0; k <= COL_HLIST - COL_HKIND; k++)
			vec_store(page_column(g, COL_HKIND + (int)k) + i, column[k]);
		memcpy(HLINK + i, link, FACTS);
	}
}

/*
 * If the JSON-LD has an articleBody, which share of a unit's runs of words that has (page.h).
 * And page.said.
 */
static inline void
put_said(struct page *g, const struct dom *d, const uint32_t *positive)
{
	COLUMN(HSAID);
	const size_t n = g->nunit;
	uint64_t in = 0, of = 0;
	size_t i;

	memset(HSAID, SAID_NOTHING, n);
	g->said = SAID_NOTHING;
	if (d->body.n == 0)
		return;
	for (i = 0; i < n; i++) {
		const struct unit *u = &g->unit[i];
		unsigned known, part;
		const unsigned all =
		    dom_known(d, (struct span){ g->text + u->from, u->to - u->from }, &known);

		part = all == 0 ? 0 : SAID_SHARE(known, all);
		HSAID[i] = (uint8_t)(all == 0 ? SAID_SHORT : part + (part == SAID_SHORT));
		if (positive[i] > 0) {
			in += known;
			of += all;
		}
	}
	g->said = (uint8_t)(of == 0 ? SAID_LEAST : SAID_SHARE(in, of));
}

static inline void
html(struct page *g, const struct dom *d, const signed char *weight)
{
	COLUMN(HSCORE);
	COLUMN(HSCORE2);
	const size_t n = g->nunit;
	/* words of the units of the body, and the scores before each unit */
	uint32_t *positive = numbers(g, 1), *sums = numbers(g, 2);
	uint64_t body = 0;
	uint32_t sum = 0;
	size_t i;

	put_scores(g, HSCORE, positive, g->sum);
	for (i = 0; i < n; i++) {
		sums[i] = sum;
		sum += (uint32_t)g->score[i];
		body += positive[i];
	}
	pad_sums(sums, n, sum);
	vec_store(HSCORE + n, vec_all(0)); /* they are looked at in neighbours */
	put_means(HSCORE2, sums, n, 2);
	vec_store(HSCORE2 + n, vec_all(0));
	put_facts(g, d, weight, find_common(g, d, positive, body));
	put_said(g, d, positive);
	html_sums(g, d, offsetof(struct segment, parent), COL_HPARENT, COL_HPARENTMEAN, body);
	html_sums(g, d, offsetof(struct segment, grand), COL_HGRAND, COL_HGRANDMEAN, body);
	html_sums(g, d, offsetof(struct segment, path), COL_HPATH, COL_HPATHMEAN, body);
}

#ifdef VEC_WIDE
COLUMN_WIDE static void
html_wide(struct page *g, const struct dom *d, const signed char *weight)
{
	html(g, d, weight);
}
#endif

void
page_html(struct page *g, const struct dom *d, const signed char *weight)
{
	TWICE(html, g, d, weight);
}
