/* SPDX-License-Identifier: ISC */
/*
 * A page: what strip-chrome judges.
 *
 * A page is lines of text; a unit is what is kept or dropped together: a line,
 * or, where the page was wrapped to a width, the lines of one block. All that is
 * known of a unit is a row of small numbers, one byte each, stored by column, so
 * that a column shifted by one is the same fact of the next unit, and sixteen
 * units are judged by one vector instruction.
 *
 *   page_lines               text into lines, lines into units
 *   page_weigh               columns of the units by themselves
 *   page_context, _wording   columns of the page around them
 *   page_second              columns made of the first pass's scores
 *   page_html                columns of the elements around a unit, for HTML's pass
 *
 * All memory is kept from page to page; page_free gives it back.
 */
#ifndef PAGE_H
#define PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "rec.h"
#include "vec.h"

/* A line: text[begin, end) with its line end, text[from, to) without the space around it. */
struct line {
	uint32_t begin, end;
	uint32_t from, to; /* equal in a blank line */
	uint16_t width;	   /* characters up to `to`, where the page may be wrapped */
};

struct unit {
	uint32_t line, nline; /* its lines */
	uint32_t from, to;    /* its text, from its first line's to its last line's */
	/* up to `replies` in the order of struct seen, so that they are copied at once */
	uint32_t nword;
	uint32_t hash;	 /* of its letters and digits, not 0 */
	uint32_t prefix; /* of its first word and the marks behind it, not 0 */
	uint16_t style;	 /* what it is like by length, begin and end: below STYLES */
	bool good;	 /* long, ends like a sentence, has function words */
	bool replies;	 /* announces comments */
	/* 1 + the number of the first unit of its hash; 0: it is that, or below PAGE_TWICE */
	uint32_t again;
	uint32_t slot;		/* scratch: of the prefix, or of HTML's sums */
	uint32_t vocab, nvocab; /* page.vocab[vocab, + nvocab): its words that are no function words */
	uint32_t lexical;	/* page.token[lexical, + nlexical): what the lexical sum is of */
	uint32_t nlexical;
	uint8_t mark; /* list mark: 0 none, else its kind */
	uint8_t indent;
	uint8_t gap; /* blank lines before, at most 4 */
	bool cut;    /* an invitation at its end was left out */
};

/*
 * The columns: name for C, name for people. Zero is "no such unit" in every one.
 * SECOND ones are for the second pass; of those before, the first NEAR ones are
 * looked at in the units around, too.
 */
#define PAGE_COLUMNS(X) \
	X(WORDS, "words") \
	X(LEXICAL, "wording") \
	X(ENDS, "end") \
	X(STARTS, "start") \
	X(STOPS, "function words") \
	X(TITLE, "capitals") \
	X(GAP, "blank lines before") \
	X(MARK, "list mark") \
	X(REPEAT, "repeated") \
	X(COMMAS, "commas") \
	X(DIGITS, "digits") \
	X(OVERLAP, "vocabulary of long lines") \
	X(NSTOP, "number of function words") \
	X(UPPER, "all capitals") \
	X(INDENT, "indent") \
	X(FLOWEND, "end of the sentence") \
	X(PREFIX, "beginning shared") \
	X(WORDPLACE, "words before") \
	X(FROMSTART, "units from start") \
	X(FROMEND, "units to end") \
	X(PAGEWRAP, "page is wrapped") \
	X(GOOD10, "long lines within 10") \
	X(LASTGOOD, "since the last long line") \
	X(SEGMENT, "inside the longest run") \
	X(SEGAFTER, "after the longest run") \
	X(SHORTRUN, "run of short lines") \
	X(CUE, "known phrase") \
	X(LEXMEAN, "wording within 5") \
	X(ENDSHARE, "full sentences within 8") \
	X(CAPSHARE, "capitals within 8") \
	X(LEXMIN, "worst wording within 4") \
	X(REPEATMAX, "repeated within 4") \
	X(DIGITSHORT, "short lines with digits within 8") \
	X(REPLIES, "comments announced above") \
	X(SCORE, "first score") \
	X(SCORE2, "first score within 2") \
	X(SCORE15, "first score within 15") \
	X(STYLE, "score of its like") \
	X(STYLECOUNT, "number of its like") \
	X(PREFIXSCORE, "score of its beginning") \
	X(LASTBODY, "since the last body line") \
	X(NEXTBODY, "to the next body line") \
	X(BODYBEFORE, "body words before") \
	X(BODYSEGFAR, "outside the body run by") \
	X(BODYVOCAB, "vocabulary of the body") \
	X(BODYLIKE, "length against the body's") \
	X(FLOWSCORE, "first score of the sentence") \
	X(ANCHORNEG, "chrome lines up to the anchor") \
	X(ANCHORRUN, "chrome run up to the anchor") \
	X(ANCHORLEX, "wording up to the anchor") \
	X(ANCHORWORDS, "body words up to the anchor") \
	X(HSCORE, "score of the text") \
	X(HSCORE2, "score of the text within 2") \
	X(HKIND, "element") \
	X(HLINK, "linked") \
	X(HCLASS, "class words") \
	X(HCLASSOWN, "class words of its own") \
	X(HPLACE, "inside nav, aside, footer or the like") \
	X(HCLASSMIN, "worst class word") \
	X(HSAID, "in the article's JSON-LD") \
	X(HABOUT, "known class words") \
	X(HNEAR, "known class words of its own") \
	X(HAUTHOR, "author, lead or caption by class") \
	X(HARTICLE, "inside article or main") \
	X(HLIST, "inside list, table or quote") \
	X(HPARENT, "body words of its parent") \
	X(HPARENTMEAN, "score of its parent") \
	X(HGRAND, "body words of its grandparent") \
	X(HGRANDMEAN, "score of its grandparent") \
	X(HPATH, "body words of its path") \
	X(HPATHMEAN, "score of its path")

enum column {
#define X(name, text) COL_##name,
	PAGE_COLUMNS(X)
#undef X
	    COL_COUNT,
	COL_NEAR = COL_OVERLAP + 1,	/* columns before this one are looked at in neighbours */
	COL_SECOND = COL_SCORE,		/* columns from this one on are the second pass's */
	COL_HTML = COL_HSCORE,		/* and from this one on those of HTML's pass */
	COL_HTML_NEAR = COL_HPLACE + 1, /* those before are looked at in neighbours */
	COL_FLOWS = COL_COUNT,		/* no model's: 1 if a unit goes on in the next one, else 0 */
	COL_ALL
};

extern const char *const column_name[COL_COUNT];

/*
 * The columns that a unit has by itself, as a row: the first PAGE_OWN of all but those of the page
 * around it, and COL_CUE for the last.
 */
enum { PAGE_OWN = 16 };
_Static_assert((int)PAGE_OWN == (int)VEC && COL_INDENT == PAGE_OWN - 2, "they are turned at once");

/* Values of COL_STARTS: what a unit begins with. */
enum start {
	START_NONE = 2, /* nothing, or a mark that stands for no word */
	START_SIGN,	/* @, #, arrows and the like */
	START_BRACKET,
	START_DIGIT,
	START_DASH,
	START_CAPITALS, /* two of them */
	START_LETTER,	/* beyond ASCII */
	START_CAPITAL,
	START_QUOTE,
	START_SMALL, /* a small letter; from here on it goes on with a sentence begun before */
	START_INNER  /* a comma, a full stop: what no sentence begins with */
};

/*
 * Values of COL_ENDS: what it ends with. Up to END_BRACKET no mark ends it; from END_QUOTE on it
 * may be a sentence's end.
 */
enum end {
	END_NONE = 1, /* nothing */
	END_SIGN,     /* an arrow, a bar and the like */
	END_DIGIT,
	END_CAPITAL,
	END_LETTER, /* a small one, or beyond ASCII */
	END_BRACKET,
	END_COLON,
	END_DOTS,	/* three of them */
	END_DASH,	/* a long one, or a quotation mark that opens */
	END_COMMA,	/* or a semicolon or hyphen */
	END_QUOTE,	/* closed, without a full stop in it */
	END_CALL,	/* ? or ! */
	END_STOP,	/* a full stop */
	END_QUOTED_STOP /* a full stop, ? or ! in the quotation that ends here */
};

enum {
	PAGE_VOCAB = 4096,     /* numbers of words in a page's vocabulary, and one for none */
	PAGE_VOCAB_STEP = 8,   /* of which each unit has a multiple, the rest none */
	STYLES = 5 * 8 * 4 * 2 /* by length, end, start, list mark */
};

enum { PAGE_TWICE = 11 }; /* COL_WORDS of twelve words: a line of so many no article says twice */

#define PAGE_PAD 16 /* rows of zero before the first unit and behind the last */

/* Units that are like one another. */
struct style {
	int64_t sum; /* of their scores */
	uint32_t n;
	uint8_t bin, count; /* of their mean score and of n */
};

/*
 * Counts by hash: eight slots are tried, and what does not find room shares the last one
 * tried, so that hostile lines cost no more than others.
 */
struct slots {
	uint32_t *key, *count; /* key 0: free; one array */
	size_t n;
};

/* Sums over the units of a slot. */
struct total {
	int64_t sum;   /* of their scores */
	uint64_t body; /* words of those that score above zero */
};

/*
 * Which share of a text a page's JSON-LD has, of COL_HSAID and page.said: so much of so much; NOTHING
 * where it has no articleBody; SHORT of units of less than three words, and of no others.
 */
enum { SAID_NOTHING = 1, SAID_LEAST, SAID_SHORT = 20, SAID_MOST = 42 };
#define SAID_SHARE(part, all) (SAID_LEAST + (part) * (SAID_MOST - SAID_LEAST) / (all))

struct page {
	const char *text;
	size_t n;
	bool wrapped; /* lines are broken to a width */
	unsigned width;

	struct line *line;
	size_t nline, line_cap;
	struct newlines newlines; /* scratch: the text's, where nobody has looked for them */
	struct unit *unit;
	size_t nunit, unit_cap;
	uint16_t *vocab;
	size_t nvocab, vocab_cap;
	uint16_t *token;
	size_t ntoken, token_cap;
	struct seen *seen; /* seen.h: lines that came before, on this page or another one */

	/*
	 * COL_ALL columns of stride bytes; the rows of units begin with a line of the cache, lest
	 * vectors lie across two
	 */
	uint8_t *cell;
	size_t stride, cell_cap; /* multiples of MEM_LINE */
	/* scratch: where a pass's questions are answered, while the cells stand where they stood */
	struct asked {
		unsigned pass; /* its number, 0: none */
		const uint8_t *cell;
		size_t stride;
		const uint8_t **column;
	} asked[3];
	int32_t *score; /* by unit, of the last pass */
	int32_t *first; /* by unit, of the first pass; for HTML's pass html_first of the text's */
	uint8_t said;	/* share of the text's body that its JSON-LD has, or SAID_NOTHING. Of HTML */
	bool *open;	/* by sixteen units: the first pass leaves it open what they are */
	void *sum;	/* scratch: two numbers of 64 bits a unit, */
	void *scratch;	/* and four of 32 bits, of which page_context leaves the first one (page_words) */
	bool *keep;
	size_t row_cap;
	struct slots slots;  /* scratch */
	struct total *total; /* scratch: sums by slot */
	size_t slot_cap;
	struct style style[STYLES]; /* scratch: no sum and no number when it is not used */
	uint8_t *bin;		    /* scan_bin of the numbers from nbin - 1 down to 0, and up from 0 */
	size_t nbin;
	uint8_t count[PAGE_VOCAB +
		      1]; /* scratch: words of the page, 0, 1 or more; all zero when it is not used */
};

/* Column c; rows -PAGE_PAD ... nunit + PAGE_PAD - 1 may be read. */
static inline uint8_t *
page_column(const struct page *g, int c)
{
	return g->cell + (size_t)c * g->stride + MEM_LINE;
}

/* Words of the units, by page_context, and PAGE_PAD zeros. */
static inline const uint32_t *
page_words(const struct page *g)
{
	return (const uint32_t *)g->scratch + PAGE_PAD;
}

/* 0xFF in the bytes of the sixteen units from i on that are before `end`. */
static inline vec
page_before(size_t end, size_t i)
{
	const size_t n = end > i ? end - i : 0;

	return vec_load(vec_mask(n < VEC ? n : VEC));
}

/* Of the sixteen units from i on those for which `are` is 0xFF, as bits: none can be guessed. */
static inline unsigned
page_bits(const struct page *g, vec are, size_t i)
{
	return vec_bits16(are & page_before(g->nunit, i));
}

/* What HTML's pass begins with, of the text's score. */
static inline int32_t
html_first(int32_t score)
{
	return score / 2;
}

/*
 * The text's lines and units; each line a unit, if not wrappable. The text is not copied. newlines:
 * where it has them, or NULL.
 */
void page_lines(struct page *, const char *text, size_t n, const struct newlines *, bool wrappable);

/* Phrases by the hash of their words. */
#define PHRASE_SLOTS 1024
enum {
	PHRASE_LINE = 1,    /* as a whole line: chrome */
	PHRASE_LEAD = 2,    /* before a colon or bar: chrome */
	PHRASE_HINT = 4,    /* before a colon or bar: may be chrome */
	PHRASE_VIDEO = 8,   /* with PHRASE_LEAD: a title and a summary may follow */
	PHRASE_REPLIES = 16 /* with PHRASE_LINE: comments follow */
};

/* Values of COL_CUE. */
enum { CUE_NONE = 1, CUE_HINT, CUE_CREDIT, CUE_LEAD, CUE_VIDEO, CUE_LINE };

/*
 * What is known of words, by token: in the lowest bit whether they are function
 * words, in the others how much more they are of articles than not.
 */
#define PAGE_TOKENS 65536
#define PAGE_FUNCTION 1

/*
 * Leave out of the units' texts the invitations at their ends (cue.h), and fill the
 * columns of the units by themselves, LEXICAL among them. phrase: PHRASE_SLOTS of five
 * bytes, hash and bits, linear probing. html: room for HTML's columns, too. word and phrase are
 * always the same: lines that came before are not looked at again.
 */
void page_weigh(struct page *, const signed char *word, const unsigned char *phrase, bool html);

/*
 * The first half of it for the trainer, who wants to know the units' texts before; more than once
 * does no harm.
 */
void page_cut(struct page *);

/*
 * The same for the trainer, without LEXICAL, which page_lexical makes: of word only PAGE_FUNCTION
 * bits are looked at.
 */
void page_scan(struct page *, const signed char *word, const unsigned char *phrase, bool html);

/*
 * The other columns before COL_SCORE, but those of the LEXICAL ones around, which page_wording
 * makes.
 */
void page_context(struct page *);

void page_wording(struct page *);

/* LEXICAL from the weights of the words, and page_wording. */
void page_lexical(struct page *, const signed char *word);

/*
 * page.open, and, for sixteen units at a time that are open, the columns from COL_SCORE on, from
 * page.score of the first pass; those of the others may be anything. False: none is open. all: they
 * all are.
 */
bool page_second(struct page *, bool all);

/*
 * HTML's columns, from page.score of the second pass, which is lost; each line is a segment.
 * weight: DOM_TOKENS.
 */
struct dom;
void page_html(struct page *, const struct dom *, const signed char *weight);

void page_free(struct page *);

#endif
