/* SPDX-License-Identifier: ISC */
/*
 * From scores to what is kept. A unit is kept if it is more likely body than
 * not, by a page's own measure: where the surest part of a page is very sure,
 * what is hardly more likely than not is most often another article's teaser or a
 * comment, and where nothing is sure, more is given the benefit of the doubt.
 */
#include "decide.h"

#include "cue.h"
#include "model.h"
#include "scan.h"
#include "u8.h"
#include "vec.h"

enum {
	SURE_WORDS = 150,	   /* the surest words of a page whose score is the page's measure */
	USUAL = 5 * MODEL_ONE / 2, /* their usual score, and somewhat less */
	LEAST = -MODEL_ONE / 3,
	MOST = 2 * MODEL_ONE / 3,
	MOST_HTML = MODEL_ONE / 5, /* its elements tell teasers and comments from the body already */
	CLEANED = -MODEL_ONE / 2,  /* where hardly anything is to be dropped */
	HOPELESS = -4 * MODEL_ONE,
	DROPPED = 2 * HOPELESS, /* below any threshold */
	WHOLE = 400,		/* words of a line that is a whole article: chrome has none of that length */
	RUNNING = 7,		/* COL_STOPS of running text: two function words in ten */
	LITTLE = 250, /* words: of one page in fourteen fewer are kept, of one in three of those too few */
	NEAR = 24,    /* units around the surest one, where more is looked for */
	LONG = 12,    /* words of a sentence among them */
	DOUBTFUL = -2 * MODEL_ONE,
	SHOWN = 18,		/* words of what a picture shows; more that are SURE are a paragraph */
	DENIED = MODEL_ONE / 2, /* score of a line that looks like a credit and is none */
	CAPTION = 6,		/* words of a caption with its credit, at least, */
	CAPTION_BYTES = 800,	/* and bytes, at most: what it says is compared with itself */
	LONE = 2,		/* words of a line that needs better reasons to stay */
	LONE_SCORE = 5 * MODEL_ONE / 4,
	FIGURE = 3, /* words of one that begins with a figure */
	FIGURE_SCORE = 5 * MODEL_ONE / 2,
	SHORT = 8,		     /* words of a line that may be a heading or a name */
	UNENDED = 5 * MODEL_ONE / 4, /* what the score of a longer one is too high by, */
	QUOTED = MODEL_ONE,	     /* and of one that ends with a quotation */
	REPLIED = 8,		     /* COL_REPLIES: announced behind 120 words of long lines */
	REPLY = 3 * MODEL_ONE,
	HEADLINES = 4,	    /* lines in a row, */
	HEADLINE_LEAST = 3, /* of so many words, */
	HEADLINE_MOST = 20,
	HEADLINE_TITLE = 20, /* and COL_TITLE: of their longer words six in ten have capitals */
	SENTENCES = 8,	     /* lines in a row, of SHORT words or more and with no end mark */
	SENTENCE_MOST = 50,
	LISTED = 12, /* items of a list, of SHORT words or more; */
	MOSTLY = 9,  /* of an article's own list more tenths are kept */
	NEVER = 10,
	SURE = 2 * MODEL_ONE,
	BOX = 5,       /* shorter lines in a row, */
	BOX_SHARE = 3, /* of which one in so many stands elsewhere, */
	REPEATED = 2,  /* by its COL_REPEAT, */
	PROSE = 7,     /* where so many tenths of the words kept are in LONG lines */
	CAPITALS = 20, /* COL_UPPER of six words in ten */
	SAID_LITTLE = SAID_SHARE(30, 100),
	SAID_MUCH = SAID_SHARE(80, 100),
	SAID_ALL = SAID_SHARE(85, 100), /* page.said */
	SUMMARY = 3,			/* units around one that was cut, which may say it in full */
	LINKED = 50,			/* COL_HLINK of 80 hundredths */
	BINS = 64,
	BIN = MODEL_ONE / 8
};

/* 0xFF for those of sixteen units whose score is more than t. */
static inline vec
above(const int32_t *score, int32_t t)
{
	const vec4 than = { t, t, t, t };
	vec4 is[4];
	size_t k;

#pragma GCC unroll 4
	for (k = 0; k < 4; k++)
		is[k] = ((vec4)vec_load(score + 4 * k) > than) & 255;
	return vec_narrow(is);
}

/* Words of sixteen units, at most 255. */
static inline vec
few_words(const uint32_t *words)
{
	vec4 n[4];
	size_t k;

#pragma GCC unroll 4
	for (k = 0; k < 4; k++)
		n[k] = (vec4)vec_load(words + 4 * k);
	return vec_narrow(n);
}

/* The score above which this page's units are kept. */
static int32_t
threshold(const struct page *g, bool html)
{
	const int32_t most = html ? MOST_HTML : MOST;
	const uint32_t *words = page_words(g);
	uint32_t sure[BINS] = { 0 }, sum = 0, body = 0; /* words */
	vec4 all = { 0, 0, 0, 0 };
	int32_t t, best = INT32_MIN;
	unsigned bits, b;
	size_t i, k;

	for (i = 0; i < g->nunit; i += VEC) {
		for (k = 0; k < VEC; k += 4)
			all += (vec4)vec_load(words + i + k);
		for (bits = page_bits(g, above(g->score + i, 0), i); bits != 0; bits &= bits - 1) {
			k = i + vec_first(bits);
			b = (uint32_t)g->score[k] / BIN;
			sure[b < BINS ? b : BINS - 1] += words[k];
			body += words[k];
		}
	}
	for (b = BINS - 1; b > 0 && (sum += sure[b]) <= SURE_WORDS; b--)
		;
	t = ((int32_t)b * BIN + BIN / 2 - USUAL) * 3 / 10;
	t = t < LEAST ? LEAST : t > most ? most : t;
	/* hardly any chrome: somebody has cleaned this, do no harm */
	sum = (uint32_t)(all[0] + all[1] + all[2] + all[3]);
	if ((uint64_t)(sum - body) * 8 < body && t > CLEANED)
		t = CLEANED;
	/* a page of one or two paragraphs among much else: rather those than nothing */
	if (body > 0)
		return t;
	for (i = 0; i < g->nunit; i++)
		if (g->unit[i].good && g->score[i] > best)
			best = g->score[i];
	return best <= t && best > HOPELESS ? best - MODEL_ONE : t;
}

/* Drop a unit, whatever its score; returns whether it was kept. */
static bool
drop(struct page *g, size_t i)
{
	const bool was = g->keep[i];

	g->keep[i] = false;
	g->score[i] = g->score[i] < DROPPED ? g->score[i] : DROPPED;
	return was;
}

/*
 * The next run in a set of a page's units, of at least so many, from *end on: [*begin, *end).
 * False: there is none.
 */
static bool
next_run(const struct page *g, const uint64_t *set, size_t least, size_t *begin, size_t *end)
{
	uint64_t in;
	size_t i, k;

	for (i = *end; i < g->nunit; i += 65 - least) {
		in = scan_window(set, i);
		for (k = 1; k < least; k++)
			in &= in >> 1;
		if (in == 0)
			continue;
		*begin = i += vec_first(in);
		while ((in = ~scan_window(set, i)) == 0)
			i += 64;
		*end = i + vec_first(in);
		return true;
	}
	return false;
}

/* Put the bits of the sixteen units from i on, which are put in turn, into a set. */
static inline void
put_bits(uint64_t *set, size_t i, unsigned bits)
{
	set[i / 64] = (i % 64 == 0 ? 0 : set[i / 64]) | (uint64_t)bits << i % 64;
	set[i / 64 + 1] = 0;
}

/*
 * Drop runs of enough units that look like headlines. Others between them break
 * a run unless it has been dense: each costs two, each like one gives one, four at most.
 * A run stays as it is if more tenths than spared of those like one are kept.
 * Returns whether any of the dropped was kept.
 */
static bool
drop_run(struct page *g, const uint64_t *like, size_t enough, unsigned spared)
{
	size_t i, j, last, n = 0, kept, end = 0;
	bool dropped = false;
	int trust;

	for (i = 0; i < g->nunit; i += 64)
		n += (unsigned)__builtin_popcountll(like[i / 64]);
	if (n < enough) /* most pages */
		return false;
	for (; next_run(g, like, 1, &i, &end); end = last + 1) {
		last = i;
		n = kept = 0;
		trust = 0;
		for (j = i; j < g->nunit && trust >= 0; j++)
			if (SCAN_BIT(like, j)) {
				last = j;
				n++;
				kept += g->keep[j];
				trust += trust < 4;
			} else
				trust -= 2;
		if (n >= enough && kept * 10 <= n * spared)
			for (j = i; j <= last; j++)
				dropped |= drop(g, j);
	}
	return dropped;
}

/*
 * Headlines one below the other: an article has no four lines in title case in a
 * row, no eight whole sentences without an end mark, and no twelve list items of a
 * sentence's length without one, but where it is a checklist: then nearly all are kept.
 * In HTML they are links. Returns whether any that was kept is dropped.
 */
static bool
headline_runs(struct page *g, bool html)
{
	const uint8_t *ends = page_column(g, COL_ENDS), *title = page_column(g, COL_TITLE),
		      *starts = page_column(g, COL_STARTS), *mark = page_column(g, COL_MARK),
		      *link = page_column(g, COL_HLINK);
	const uint32_t *words = page_words(g);
	/* sets of units */
	uint64_t *headline = g->sum, *sentence = headline + g->nunit / 64 + 2,
		 *item = sentence + g->nunit / 64 + 2;
	bool dropped = false;
	size_t i, begin, end = 0;

	for (i = 0; i < g->nunit; i += VEC) {
		const vec e = vec_load(ends + i), s = vec_load(starts + i), w = few_words(words + i),
			  unmarked = vec_is(vec_load(mark + i), 1);
		vec may = page_before(g->nunit, i);

		if (html)
			may &= ~vec_to(vec_load(link + i), LINKED - 1);
		put_bits(headline, i,
			 vec_bits16(may & vec_to(e, END_BRACKET) &
				    ~vec_to(vec_load(title + i), HEADLINE_TITLE - 1) &
				    vec_to(w - vec_all(HEADLINE_LEAST), HEADLINE_MOST - HEADLINE_LEAST)));
		may &= ~vec_to(w, SHORT - 1);
		put_bits(sentence, i,
			 vec_bits16(may & unmarked & vec_to(w, SENTENCE_MOST) &
				    (vec_is(e, END_CAPITAL) | vec_is(e, END_LETTER) | vec_is(e, END_QUOTE)) &
				    vec_to(s - vec_all(START_CAPITALS), START_QUOTE - START_CAPITALS) &
				    vec_to(vec_load(starts + i + 1), START_QUOTE)));
		put_bits(item, i,
			 vec_bits16(may & ~unmarked & vec_to(e, END_CALL - 1) & ~vec_is(e, END_COLON)));
	}
	while (next_run(g, headline, HEADLINES, &begin, &end))
		for (i = begin; i < end; i++)
			dropped |= drop(g, i);
	dropped |= drop_run(g, sentence, SENTENCES, NEVER);
	return drop_run(g, item, LISTED, MOSTLY) || dropped;
}

/* Where comments have been announced, and an article stood above, comments follow. */
static void
doubt_replies(struct page *g)
{
	const uint8_t *replies = page_column(g, COL_REPLIES);
	unsigned bits;
	size_t i;

	for (i = 0; i < g->nunit; i += VEC)
		for (bits = page_bits(g, ~vec_to(vec_load(replies + i), REPLIED - 1), i); bits != 0;
		     bits &= bits - 1)
			g->score[i + vec_first(bits)] -= REPLY;
}

/*
 * On whole pages long lines that end with dots, a figure or a quotation are teasers and
 * headlines, more often than the model, which has seen as many articles alone, would say.
 */
static void
doubt_unended(struct page *g)
{
	const uint8_t *ends = page_column(g, COL_ENDS), *flows = page_column(g, COL_FLOWS);
	const uint32_t *words = page_words(g);
	unsigned bits;
	size_t i;

	for (i = 0; i < g->nunit; i += VEC) {
		const vec e = vec_load(ends + i), quoted = vec_is(e, END_QUOTE);

		bits = page_bits(g,
				 (vec_is(e, END_DOTS) | vec_is(e, END_DIGIT) | quoted) &
				     ~vec_to(few_words(words + i), SHORT) & vec_is(vec_load(flows + i), 0),
				 i);
		for (; bits != 0; bits &= bits - 1) {
			const size_t k = i + vec_first(bits);

			g->score[k] -= ends[k] == END_QUOTE ? QUOTED : UNENDED;
		}
	}
}

/*
 * A word or two that are no part of a sentence: three times in four chrome, even inside
 * an article. So are figures, even with a word or two: cells of tables, counts, times.
 * What HTML says of its elements is better than that.
 */
static inline vec
lone(const struct page *g, size_t i)
{
	const uint8_t *flows = page_column(g, COL_FLOWS) + i;
	const vec w = few_words(page_words(g) + i),
		  figure = vec_to(w, FIGURE) & vec_is(vec_load(page_column(g, COL_MARK) + i), 1) &
			   vec_is(vec_load(page_column(g, COL_STARTS) + i), START_DIGIT) &
			   vec_to(vec_load(page_column(g, COL_ENDS) + i), END_COLON - 1),
		  word = vec_to(w, LONE) & vec_is(vec_load(flows) | vec_load(flows - 1), 0);

	return (figure & ~above(g->score + i, FIGURE_SCORE)) | (word & ~above(g->score + i, LONE_SCORE));
}

/* Those of the sixteen units from i on that are kept, as bits. */
static inline unsigned
kept(const struct page *g, size_t i)
{
	return page_bits(g, ~vec_is(vec_load(g->keep + i), 0), i);
}

/*
 * Where little is kept, sentences near the surest unit get the benefit of the doubt:
 * half of an article is worse than a line too many.
 */
static void
keep_near(struct page *g)
{
	const uint8_t *cue = page_column(g, COL_CUE);
	const uint32_t *words = page_words(g);
	uint32_t sum = 0;
	int64_t s, most = INT64_MIN;
	size_t i, surest = 0;
	unsigned bits;

	for (i = 0; i < g->nunit; i += VEC)
		for (bits = kept(g, i); bits != 0; bits &= bits - 1)
			if ((sum += words[i + vec_first(bits)]) >= LITTLE)
				return;
	if (sum == 0)
		return;
	for (i = 0; i < g->nunit; i++) {
		s = (int64_t)g->score[i] * (words[i] < 60 ? words[i] : 60);
		if (g->keep[i] && s > most) {
			most = s;
			surest = i;
		}
	}
	for (i = surest > NEAR ? surest - NEAR : 0; i < g->nunit && i <= surest + NEAR; i++)
		if (g->unit[i].good && words[i] >= LONG && g->unit[i].mark == 0 && cue[i] < CUE_CREDIT &&
		    g->score[i] > DOUBTFUL)
			g->keep[i] = true;
}

/*
 * Boxes and tables among prose: lines in a row that are no sentences, of which a third stand
 * elsewhere on the page, too ("Pros", "Price"). An article's own lists do not repeat what they say.
 */
static void
drop_boxes(struct page *g)
{
	const uint8_t *ends = page_column(g, COL_ENDS), *starts = page_column(g, COL_STARTS),
		      *repeat = page_column(g, COL_REPEAT), *mark = page_column(g, COL_MARK);
	const uint32_t *words = page_words(g);
	uint64_t *box = g->sum; /* a set of units: lines of boxes between the first and the last kept one */
	uint64_t all = 0, prose = 0;
	size_t i, first = g->nunit, last = 0, begin, end = 0;
	unsigned bits;

	for (i = 0; i < g->nunit; i += VEC)
		for (bits = kept(g, i); bits != 0; bits &= bits - 1) {
			last = i + vec_first(bits);
			first = first < last ? first : last;
			all += words[last];
			prose += words[last] & -(uint32_t)(words[last] >= LONG);
		}
	if (prose * 10 < all * PROSE)
		return;
	for (i = 0; i < g->nunit; i += VEC)
		put_bits(box, i,
			 vec_bits16(page_before(last + 1, i) & ~page_before(first, i) &
				    vec_to(vec_load(ends + i), END_BRACKET) &
				    vec_to(vec_load(starts + i), START_SMALL - 1) &
				    vec_to(vec_load(starts + i + 1), START_SMALL - 1) &
				    vec_is(vec_load(mark + i), 1) &
				    vec_to(few_words(words + i) - vec_all(1), LONG - 2)));
	while (next_run(g, box, BOX, &begin, &end)) {
		size_t repeated = 0;

		for (i = begin; i < end; i++)
			repeated += repeat[i] >= REPEATED;
		if (repeated * BOX_SHARE >= end - begin)
			memset(g->keep + begin, false, end - begin);
	}
}

/* Keep what the scores say: more than t, and what stands between. */
static void
keep_likely(struct page *g, bool html, int32_t t)
{
	const uint8_t *cue = page_column(g, COL_CUE), *upper = page_column(g, COL_UPPER),
		      *stops = page_column(g, COL_STOPS), *starts = page_column(g, COL_STARTS);
	const uint32_t *words = page_words(g);
	const bool text = t > CLEANED && !html;
	uint8_t *alone = g->sum; /* scratch: those that are lone, of text */
	unsigned bits;
	size_t i, k;

	for (i = 0; i < g->nunit; i += VEC) {
		vec keep = above(g->score + i, t), is = vec_all(0);

		if (t < 0)
			keep &= above(g->score + i, 0) | ~vec_to(vec_load(starts + i), START_DIGIT - 1);
		if (text)
			is = lone(g, i);
		vec_store(alone + i, is);
		vec_store(g->keep + i, keep & ~is & vec_all(1));
		for (bits = page_bits(g, vec_is(few_words(words + i), (char)255), i); bits != 0;
		     bits &= bits - 1) {
			k = i + vec_first(bits);
			g->keep[k] |= words[k] >= WHOLE && stops[k] >= RUNNING && g->score[k] > HOPELESS;
		}
	}
	keep_near(g);
	/*
	 * between two that are kept a page's stricter measure does not hold: crossheads; nor
	 * for what is short right behind a paragraph. Those in capitals may be somewhat less
	 * likely than not between two that are sure, and a word or two need no better reasons
	 * between paragraphs.
	 */
	for (i = 0; i < g->nunit; i += VEC)
		for (bits = page_bits(
			 g, vec_is(vec_load(g->keep + i), 0) & above(g->score + i, -MODEL_ONE / 2), i);
		     bits != 0; bits &= bits - 1) {
			size_t over;
			bool behind, between, cross;

			k = i + vec_first(bits);
			if (k == 0 || k + 1 == g->nunit)
				continue;
			over = k - (k > 1 && cue[k - 1] >= CUE_CREDIT ? 2 : 1);
			cross = upper[k] >= CAPITALS && g->score[over] > SURE && g->score[k + 1] > SURE;
			if (!g->keep[over] || g->score[k] <= (cross ? -MODEL_ONE / 2 : 0))
				continue;
			behind = text && words[over] >= LONG;
			between = behind && words[k + 1] >= LONG && starts[k] != START_DIGIT;
			if (alone[k] != 0 ? between && g->score[k + 1] > t
					  : g->score[k + 1] > t || (behind && words[k] <= SHORT))
				g->keep[k] = true;
		}
}

/* Does p[at, n) begin with p[0, at), whatever the space? */
static bool
begins_anew(const char *p, size_t n, size_t at)
{
	size_t i = 0, j = at;

	for (;;) {
		for (; i < at && ascii_space(p[i]); i++)
			;
		for (; j < n && ascii_space(p[j]); j++)
			;
		if (i == at || j == n || p[i] != p[j])
			return i == at;
		i++;
		j++;
	}
}

/* A text that stands twice on end, with little behind it: what a picture shows, and its caption. */
static bool
says_twice(const char *p, size_t n)
{
	const char *q = p + n * 3 / 10, *end = p + n / 2 + 2;

	while (q < end && (q = vec_find(q, end, *p)) != NULL) {
		if (ascii_space(q[-1]) && begins_anew(p, n, (size_t)(q - p)))
			return true;
		q++;
	}
	return false;
}

/*
 * Is it a picture's caption, by its credit or by what it says? On a page that was cleaned only by
 * the credit, unended.
 */
static inline bool
captioned(const struct page *g, size_t i, bool whole)
{
	const struct unit *u = &g->unit[i];
	const bool ended = page_column(g, COL_ENDS)[i] > END_BRACKET;
	const char *text = g->text + u->from;
	const size_t n = u->to - u->from;

	return (whole || !ended) && u->nword >= CAPTION && n <= CAPTION_BYTES &&
	       (cue_credit(text, n, ended) || (whole && says_twice(text, n)));
}

/* The next letter or digit of *s, which moves behind it, in lower case. 0: there is none. */
static uint32_t
next_letter(struct span *s)
{
	uint32_t cp;

	while (s->n > 0) {
		const size_t n = u8_next(s->p, s->n, &cp);

		*s = (struct span){ s->p + n, s->n - n };
		if (u8_class(cp) & U8_WORD)
			return u8_lower(cp);
	}
	return 0;
}

/*
 * Does the line before it that is of its hash say all that this one says, whatever the case, space
 * and marks? Of one hash are also lines that only begin alike, or differ in their figures.
 */
static bool __attribute__((noinline)) said_before(const struct page *g, const struct unit *u)
{
	const struct unit *v = &g->unit[u->again - 1];
	struct span before = { g->text + v->from, v->to - v->from },
		    s = { g->text + u->from, u->to - u->from };
	uint32_t c;

	do
		c = next_letter(&s);
	while (c != 0 && c == next_letter(&before));
	return c == 0;
}

/*
 * Is it a feed's summary, cut off from its invitation to read on, of which a kept line beside it
 * says as much?
 */
static bool
summarises(const struct page *g, size_t i)
{
	const struct unit *u = &g->unit[i], *v;
	const size_t n = u->to - u->from;
	size_t k = i > SUMMARY ? i - SUMMARY : 0;

	if (page_column(g, COL_WORDS)[i] < PAGE_TWICE)
		return false;
	for (; k <= i + SUMMARY && k < g->nunit; k++) {
		v = &g->unit[k];
		if (k != i && g->keep[k] && v->to - v->from == n &&
		    memcmp(g->text + v->from, g->text + u->from, n) == 0)
			return true;
	}
	return false;
}

/* Are all words of the line hashtags, two or more? One may be a line of a program, or a heading of Markdown. */
static bool
is_tags(struct span line)
{
	const char *p = line.p, *end = p + line.n;
	size_t n = 0;

	/* readable bytes follow the line */
	for (; p < end && *p == '#' && ascii_alpha(p[1]); n++) {
		while (p < end && !ascii_space(*p))
			p++;
		while (p < end && ascii_space(*p))
			p++;
	}
	return p == end && n > 1;
}

void
decide(struct page *g, bool html)
{
	const uint8_t *cue = page_column(g, COL_CUE), *gap = page_column(g, COL_GAP),
		      *ends = page_column(g, COL_ENDS);
	unsigned bits;
	int32_t t, rest;
	size_t i, j, k;

	if (g->nunit == 0)
		return;
	doubt_replies(g);
	t = threshold(g, html);
	if (t > CLEANED)
		doubt_unended(g);
	keep_likely(g, html, t);
	/* what was dropped for a list of headlines was no measure of the rest */
	if (headline_runs(g, html) && (rest = threshold(g, html)) < t) {
		keep_likely(g, html, rest);
		headline_runs(g, html);
	}
	for (k = 0; k < g->nunit; k += VEC)
		for (bits = kept(g, k) | page_bits(g, ~vec_to(vec_load(cue + k), CUE_CREDIT - 1), k);
		     bits != 0; bits &= bits - 1) {
			const struct unit *u;
			struct span s;

			i = k + vec_first(bits);
			u = &g->unit[i];
			s = (struct span){ g->text + u->from, u->to - u->from };
			if ((u->again != 0 && g->keep[u->again - 1] && said_before(g, u)) ||
			    (g->keep[i] &&
			     (captioned(g, i, t > CLEANED) || cue_opening(s.p, s.n) != 0 || is_tags(s))))
				g->keep[i] = false;
			if (u->cut && g->keep[i] && summarises(g, i))
				g->keep[i] = false;
			/* what looks like a credit or a lead may be none, "(Pub/Sub)": the rest of the line tells */
			if (cue[i] < CUE_CREDIT || (cue[i] <= CUE_LEAD && g->score[i] > DENIED))
				continue;
			g->keep[i] = false;
			/*
			 * what a picture shows stands above its caption, both apart from the rest; but so may
			 * a paragraph
			 */
			if (cue[i] == CUE_CREDIT && i > 0 && gap[i] == 1 && gap[i - 1] > 1 &&
			    i + 1 < g->nunit && gap[i + 1] > 1 &&
			    (u[-1].nword <= SHOWN || g->score[i - 1] <= SURE))
				g->keep[i - 1] = false;
			/* "Related stories" and a list of them */
			for (j = i + 1; cue[i] == CUE_LINE && j < g->nunit && g->unit[j].mark != 0 &&
					ends[j] < END_QUOTE && cue[j] != CUE_LINE;
			     j++)
				g->keep[j] = false;
			/* a video's title, and what is told of it */
			if (cue[i] == CUE_VIDEO && i + 1 < g->nunit && ends[i + 1] <= END_LETTER &&
			    g->unit[i + 1].nword <= 16) {
				g->keep[i + 1] = false;
				if (i + 2 < g->nunit && g->unit[i + 2].nword >= 8)
					g->keep[i + 2] = false;
			}
		}
	if (t > CLEANED && !html)
		drop_boxes(g);
}

/* Comments by their class, captions, and what is not shown. */
static bool
plainly_chrome(const struct page *g, const struct dom *d, size_t i)
{
	const struct segment *s = &d->segment[g->unit[i].line];

	return s->about & CLASS_COMMENT || s->tags & (TAG_IN_FIGURE | TAG_HIDDEN);
}

/*
 * Comments read like an article, and there may be more of them than of it. So what
 * is plainly chrome is dropped, if something like a paragraph stands elsewhere:
 * else those elements are used for something other here.
 */
void
decide_elements(struct page *g, const struct dom *d)
{
	const uint8_t *said = page_column(g, COL_HSAID), *link = page_column(g, COL_HLINK);
	uint64_t in = 0, out = 0;
	size_t i;

	/*
	 * JSON-LD with the whole article in it says which lines are the article's; but links to
	 * others may be in it
	 */
	for (i = 0; i < g->nunit && g->said >= SAID_ALL; i++)
		if (said[i] != SAID_SHORT)
			g->score[i] += said[i] >= SAID_MUCH	? (link[i] < LINKED) * 3 * MODEL_ONE
				       : said[i] <= SAID_LITTLE ? -3 * MODEL_ONE
								: 0;
	for (i = 0; i < g->nunit; i++) {
		if (g->score[i] < -3 * MODEL_ONE || !g->unit[i].good)
			continue;
		if (plainly_chrome(g, d, i))
			in += g->unit[i].nword;
		else
			out += g->unit[i].nword;
	}
	if (in == 0 || out < 30 || out * 40 < in)
		return;
	for (i = 0; i < g->nunit; i++)
		if (plainly_chrome(g, d, i))
			g->score[i] -= 8 * MODEL_ONE;
}

void
decide_captions(struct page *g)
{
	const uint8_t *ends = page_column(g, COL_ENDS), *cue = page_column(g, COL_CUE);
	size_t i, first, last;

	for (first = 0; first < g->nunit && !g->keep[first]; first++)
		;
	for (last = g->nunit; last > first && !g->keep[last - 1]; last--)
		;
	for (i = first; i < last; i++) {
		const struct unit *u = &g->unit[i];
		unsigned opening;

		if (g->keep[i] || cue[i] > CUE_CREDIT || u->nword < 5)
			continue;
		opening = cue_opening(g->text + u->from, u->to - u->from);
		g->keep[i] = opening == OPENING_CAPTION ||
			     (opening == 0 &&
			      (ends[i] == END_BRACKET || ends[i] >= END_QUOTE || captioned(g, i, true)));
	}
}

/* A heading: short, begins with a capital, ends with no mark, and the next kept unit is longer. */
void
decide_headings(struct page *g)
{
	const uint8_t *ends = page_column(g, COL_ENDS), *starts = page_column(g, COL_STARTS),
		      *flows = page_column(g, COL_FLOWS);
	uint32_t next = 0;
	size_t i;

	for (i = g->nunit; i-- > 0;)
		if (g->keep[i]) {
			if (g->unit[i].nword <= 16 && next > 16 && g->unit[i].mark == 0 && flows[i] == 0 &&
			    (ends[i] < END_COLON || ends[i] == END_CALL) && starts[i] >= START_DIGIT &&
			    starts[i] < START_SMALL)
				g->keep[i] = false;
			else
				next = g->unit[i].nword;
		}
}
