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
	TWICE = 12,		/* words of a line that no article says twice */
	LITTLE = 250, /* words: of one page in fourteen fewer are kept, of one in three of those too few */
	NEAR = 24,    /* units around the surest one, where more is looked for */
	LONG = 12,    /* words of a sentence among them */
	DOUBTFUL = -2 * MODEL_ONE,
	CAPTION = 6,	     /* words of a caption with its credit, at least, */
	CAPTION_BYTES = 800, /* and bytes, at most: what it says is compared with itself */
	LONE = 2,	     /* words of a line that needs better reasons to stay */
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
	SENTENCES = 8,	     /* lines in a row, of SHORT words or more, */
	SENTENCE_MOST = 50,
	/* and with no end mark */
	SENTENCE_ENDS = 1 << END_CAPITAL | 1 << END_LETTER | 1 << END_QUOTE,
	LISTED = 12, /* items of a list, of SHORT words or more; */
	MOSTLY = 9,  /* of an article's own list more tenths are kept */
	NEVER = 10,
	SURE = 2 * MODEL_ONE,
	BOX = 5,	 /* shorter lines in a row, */
	BOX_SHARE = 3,	 /* of which one in so many stands elsewhere, */
	REPEATED = 2,	 /* by its COL_REPEAT, */
	PROSE = 7,	 /* where so many tenths of the words kept are in LONG lines */
	CAPITALS = 20,	 /* COL_UPPER of six words in ten */
	SAID_SHORT = 20, /* COL_HSAID of a unit of less than three words */
	SAID_LITTLE = 14,
	SAID_MOST = 34, /* 30 and 80 hundredths of it */
	SAID_ALL = 36,	/* page.said of 85 hundredths */
	LINKED = 50,	/* COL_HLINK of 80 hundredths */
	BINS = 128,
	BIN = MODEL_ONE / 8
};

static unsigned
bin_of(int32_t score)
{
	int32_t b = BINS / 2 + score / BIN;

	return b < 0 ? 0 : b >= BINS ? BINS - 1 : (unsigned)b;
}

/* The score above which this page's units are kept. */
static int32_t
threshold(const struct page *g, bool html)
{
	const int32_t most = html ? MOST_HTML : MOST;
	uint64_t words[BINS] = { 0 }, sum = 0, body = 0, all = 0;
	int32_t t, best = INT32_MIN;
	size_t i;
	int b;

	for (i = 0; i < g->nunit; i++) {
		words[bin_of(g->score[i])] += g->unit[i].nword;
		best ^= (best ^ g->score[i]) & -(int32_t)(g->unit[i].good & (g->score[i] > best));
		body += g->unit[i].nword & -(uint32_t)(g->score[i] > 0);
		all += g->unit[i].nword;
	}
	for (b = BINS - 1; b > 0 && (sum += words[b]) <= SURE_WORDS; b--)
		;
	t = ((b - BINS / 2) * BIN + BIN / 2 - USUAL) * 3 / 10;
	t = t < LEAST ? LEAST : t > most ? most : t;
	/* hardly any chrome: somebody has cleaned this, do no harm */
	if ((all - body) * 8 < body && t > CLEANED)
		t = CLEANED;
	/* a page of one or two paragraphs among much else: rather those than nothing */
	if (best <= t && best > HOPELESS && body == 0)
		t = best - MODEL_ONE;
	return t;
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
 * Drop runs of enough units that look like headlines. Others between them break
 * a run unless it has been dense: each costs two, each like one gives one, four at most.
 * A run stays as it is if more tenths than spared of those like one are kept.
 * Returns whether any of the dropped was kept.
 */
static bool
drop_run(struct page *g, const uint8_t *like, size_t enough, unsigned spared)
{
	size_t i, j, last, n = 0, kept;
	bool dropped = false;
	int trust;

	for (i = 0; i < g->nunit; i++)
		n += like[i];
	if (n < enough) /* most pages */
		return false;
	for (i = 0; i < g->nunit; i = last + 1) {
		last = i;
		n = kept = 0;
		trust = 0;
		for (j = i; j < g->nunit && trust >= 0; j++)
			if (like[j]) {
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
		      *starts = page_column(g, COL_STARTS);
	const uint8_t *link = html ? page_column(g, COL_HLINK) : ends, least = html ? LINKED : 0;
	uint8_t *like = (uint8_t *)g->sum; /* scratch */
	int32_t *run = (int32_t *)(g->sum + g->nunit / 8 + 1);
	int32_t length = 0, longest = 0;
	bool dropped = false;
	size_t i;

	/* no branch depends on what a line is like: it would be guessed wrong at each end of a run */
	for (i = 0; i < g->nunit; i++) {
		const struct unit *u = &g->unit[i];

		length =
		    (length + 1) & -(int32_t)((unsigned)(ends[i] <= END_BRACKET) &
					      (title[i] >= HEADLINE_TITLE) & (link[i] >= least) &
					      (u->nword - HEADLINE_LEAST <= HEADLINE_MOST - HEADLINE_LEAST));
		run[i] = length;
		longest = longest > length ? longest : length;
		like[i] = (unsigned)(SENTENCE_ENDS >> ends[i] & 1) &
			  (u->nword - SHORT <= SENTENCE_MOST - SHORT) & (u->mark == 0) &
			  (starts[i] >= START_CAPITALS) & (starts[i] <= START_QUOTE) &
			  (starts[i + 1] <= START_QUOTE) & (link[i] >= least);
	}
	if (longest >= HEADLINES) {
		length = 0;
		for (i = g->nunit; i-- > 0;) {
			length = scan_greater(length, run[i]) & -(int32_t)(run[i] != 0);
			if (length >= HEADLINES)
				dropped |= drop(g, i);
		}
	}
	dropped |= drop_run(g, like, SENTENCES, NEVER);
	for (i = 0; i < g->nunit; i++)
		like[i] = g->unit[i].mark != 0 && ends[i] < END_CALL && ends[i] != END_COLON &&
			  g->unit[i].nword >= SHORT && link[i] >= least;
	return drop_run(g, like, LISTED, MOSTLY) || dropped;
}

/* Where comments have been announced, and an article stood above, comments follow. */
static void
doubt_replies(struct page *g)
{
	const uint8_t *replies = page_column(g, COL_REPLIES);
	size_t i;

	for (i = 0; i < g->nunit; i++)
		if (replies[i] >= REPLIED)
			g->score[i] -= REPLY;
}

/*
 * On whole pages long lines that end with dots, a figure or a quotation are teasers and
 * headlines, more often than the model, which has seen as many articles alone, would say.
 */
static void
doubt_unended(struct page *g)
{
	static const int32_t doubt[16] = {
		[END_DOTS] = UNENDED, [END_DIGIT] = UNENDED, [END_QUOTE] = QUOTED
	};
	const uint8_t *ends = page_column(g, COL_ENDS);
	size_t i;

	/* a table, since a branch would be guessed wrong at every other line */
	for (i = 0; i < g->nunit; i++)
		g->score[i] -= doubt[ends[i] & 15] &
			       -(int32_t)((unsigned)(g->unit[i].nword > SHORT) & !g->unit[i].flows);
}

/*
 * A word or two that are no part of a sentence: three times in four chrome, even inside
 * an article. So are figures, even with a word or two: cells of tables, counts, times.
 * What HTML says of its elements is better than that.
 */
static inline bool
lone(const struct page *g, size_t i)
{
	const struct unit *u = &g->unit[i];

	if (u->nword <= FIGURE && u->mark == 0 && page_column(g, COL_STARTS)[i] == START_DIGIT &&
	    page_column(g, COL_ENDS)[i] < END_COLON)
		return g->score[i] <= FIGURE_SCORE;
	return u->nword <= LONE && !u->flows && (i == 0 || !u[-1].flows) && g->score[i] <= LONE_SCORE;
}

/*
 * Where little is kept, sentences near the surest unit get the benefit of the doubt:
 * half of an article is worse than a line too many.
 */
static void
keep_near(struct page *g)
{
	const uint8_t *cue = page_column(g, COL_CUE);
	uint64_t words = 0;
	int64_t s, most = INT64_MIN;
	size_t i, surest = 0;

	for (i = 0; i < g->nunit; i++)
		if (g->keep[i]) {
			words += g->unit[i].nword;
			s = (int64_t)g->score[i] * (g->unit[i].nword < 60 ? g->unit[i].nword : 60);
			if (s > most) {
				most = s;
				surest = i;
			}
		}
	if (words == 0 || words >= LITTLE)
		return;
	for (i = surest > NEAR ? surest - NEAR : 0; i < g->nunit && i <= surest + NEAR; i++)
		if (g->unit[i].good && g->unit[i].nword >= LONG && g->unit[i].mark == 0 &&
		    cue[i] < CUE_CREDIT && g->score[i] > DOUBTFUL)
			g->keep[i] = true;
}

/* Drop the units [first, end) if they are a box: so many of them stand elsewhere, too. */
static void
drop_box(struct page *g, size_t first, size_t end, size_t repeated)
{
	if (end - first >= BOX && repeated * BOX_SHARE >= end - first)
		memset(g->keep + first, false, end - first);
}

/*
 * Boxes and tables among prose: lines in a row that are no sentences, of which a third
 * stand elsewhere on the page, too ("Pros", "Price"). An article's own lists do not repeat what they say.
 */
static void
drop_boxes(struct page *g)
{
	const uint8_t *ends = page_column(g, COL_ENDS), *starts = page_column(g, COL_STARTS),
		      *repeat = page_column(g, COL_REPEAT);
	uint64_t words = 0, prose = 0;
	size_t i, begin, end, first, repeated = 0;

	for (begin = 0; begin < g->nunit && !g->keep[begin]; begin++)
		;
	for (end = g->nunit; end > begin && !g->keep[end - 1]; end--)
		;
	for (i = begin; i < end; i++) {
		const uint32_t kept = g->unit[i].nword & -(uint32_t)g->keep[i];

		words += kept;
		prose += kept & -(uint32_t)(kept >= LONG);
	}
	if (prose * 10 < words * PROSE)
		return;
	for (i = first = begin; i < end; i++) {
		if (ends[i] <= END_BRACKET && starts[i] < START_SMALL && starts[i + 1] < START_SMALL &&
		    g->unit[i].mark == 0 && g->unit[i].nword - 1 < LONG - 1) {
			repeated += repeat[i] >= REPEATED;
			continue;
		}
		drop_box(g, first, i, repeated);
		first = i + 1;
		repeated = 0;
	}
	drop_box(g, first, end, repeated);
}

/* Keep what the scores say: more than t, and what stands between. */
static void
keep_likely(struct page *g, bool html, int32_t t)
{
	const uint8_t *cue = page_column(g, COL_CUE), *upper = page_column(g, COL_UPPER),
		      *stops = page_column(g, COL_STOPS), *starts = page_column(g, COL_STARTS);
	const bool text = t > CLEANED && !html;
	size_t i;

	for (i = 0; i < g->nunit; i++)
		g->keep[i] =
		    (g->score[i] > (starts[i] < START_DIGIT && t < 0 ? 0 : t) && !(text && lone(g, i))) ||
		    (g->unit[i].nword >= WHOLE && stops[i] >= RUNNING && g->score[i] > HOPELESS);
	keep_near(g);
	/*
	 * between two that are kept a page's stricter measure does not hold: crossheads; nor
	 * for what is short right behind a paragraph. Those in capitals may be somewhat less
	 * likely than not between two that are sure, and a word or two need no better reasons
	 * between paragraphs.
	 */
	for (i = 1; i + 1 < g->nunit; i++) {
		size_t above;
		bool behind, between, cross;

		if (g->keep[i] || g->score[i] <= -MODEL_ONE / 2) /* most */
			continue;
		above = i - (i > 1 && cue[i - 1] >= CUE_CREDIT ? 2 : 1);
		cross = upper[i] >= CAPITALS && g->score[above] > SURE && g->score[i + 1] > SURE;
		if (!g->keep[above] || g->score[i] <= (cross ? -MODEL_ONE / 2 : 0))
			continue;
		behind = text && g->unit[above].nword >= LONG;
		between = behind && g->unit[i + 1].nword >= LONG && starts[i] != START_DIGIT;
		if (text && lone(g, i) ? between && g->score[i + 1] > t
				       : g->score[i + 1] > t || (behind && g->unit[i].nword <= SHORT))
			g->keep[i] = true;
	}
}

static bool
space(char c)
{
	return c == ' ' || c == '\n';
}

/* Does p[at, n) begin with p[0, at), whatever the space? */
static bool
begins_anew(const char *p, size_t n, size_t at)
{
	size_t i = 0, j = at;

	for (;;) {
		for (; i < at && space(p[i]); i++)
			;
		for (; j < n && space(p[j]); j++)
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
		if (space(q[-1]) && begins_anew(p, n, (size_t)(q - p)))
			return true;
		q++;
	}
	return false;
}

/* Is it a picture's caption, by its credit or by what it says? On a page that was cleaned only by the credit, unended. */
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

void
decide(struct page *g, bool html)
{
	const uint8_t *cue = page_column(g, COL_CUE), *gap = page_column(g, COL_GAP),
		      *ends = page_column(g, COL_ENDS);
	int32_t t, rest;
	size_t i, j;

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
	for (i = 0; i < g->nunit; i++) {
		const struct unit *u = &g->unit[i];

		if (!g->keep[i] && cue[i] < CUE_CREDIT) /* most */
			continue;
		if ((u->again != 0 && u->nword >= TWICE && g->keep[u->again - 1]) ||
		    (g->keep[i] && captioned(g, i, t > CLEANED)))
			g->keep[i] = false;
		if (cue[i] < CUE_CREDIT)
			continue;
		g->keep[i] = false;
		/* what a picture shows stands right above its caption, both apart from the rest */
		if (cue[i] == CUE_CREDIT && i > 0 && gap[i] == 1 && gap[i - 1] > 1 && i + 1 < g->nunit &&
		    gap[i + 1] > 1)
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

	/* JSON-LD with the whole article in it says which lines are the article's; but links to others may be in it */
	for (i = 0; i < g->nunit && g->said >= SAID_ALL; i++)
		if (said[i] != SAID_SHORT)
			g->score[i] += said[i] >= SAID_MOST	? (link[i] < LINKED) * 3 * MODEL_ONE
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
	for (i = first; i < last; i++)
		if (!g->keep[i] && cue[i] <= CUE_CREDIT && g->unit[i].nword >= 5 &&
		    (ends[i] == END_BRACKET || ends[i] >= END_QUOTE || captioned(g, i, true)))
			g->keep[i] = true;
}

/* A heading: short, begins with a capital, ends with no mark, and the next kept unit is longer. */
void
decide_headings(struct page *g)
{
	const uint8_t *ends = page_column(g, COL_ENDS), *starts = page_column(g, COL_STARTS);
	uint32_t next = 0;
	size_t i;

	for (i = g->nunit; i-- > 0;)
		if (g->keep[i]) {
			if (g->unit[i].nword <= 16 && next > 16 && g->unit[i].mark == 0 &&
			    !g->unit[i].flows && (ends[i] < END_COLON || ends[i] == END_CALL) &&
			    starts[i] >= START_DIGIT && starts[i] < START_SMALL)
				g->keep[i] = false;
			else
				next = g->unit[i].nword;
		}
}
