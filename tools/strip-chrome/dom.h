/* SPDX-License-Identifier: ISC */
/*
 * HTML into segments: the lines of text that a reader would see, each with what
 * is known of the elements it stands in.
 */
#ifndef DOM_H
#define DOM_H

#include "html.h"
#include "page.h"

enum kind {
	KIND_OTHER = 1,
	KIND_TITLE,
	KIND_ROW,
	KIND_CELL,
	KIND_TABLE,
	KIND_LIST,
	KIND_LI,
	KIND_CAPTION,
	KIND_FIGURE,
	KIND_ADDRESS,
	KIND_DIV,
	KIND_H1,
	KIND_H4,
	KIND_H3,
	KIND_H2,
	KIND_PRE,
	KIND_QUOTE,
	KIND_P,
	/* of what is no text */
	KIND_FOREIGN, /* a block begins outside of it */
	KIND_SELECT,  /* the next of its name ends it, */
	KIND_BUTTON,  /* and what has no end tag is text */
	KIND_MASK = 31
};

enum {
	TAG_BLOCK = 1 << 5,
	TAG_VOID = 1 << 6,
	TAG_SKIP = 1 << 7,
	TAG_BREAK = 1 << 8,
	TAG_PRE = 1 << 9,
	TAG_HEAD = 1 << 10,
	TAG_ENDS_P = 1 << 11,
	/* of the element or one around it */
	TAG_IN_ARTICLE = 1 << 12,
	TAG_IN_MAIN = 1 << 13,
	TAG_IN_HEADER = 1 << 14,
	TAG_IN_FOOTER = 1 << 15,
	TAG_IN_NAV = 1 << 16,
	TAG_IN_ASIDE = 1 << 17,
	TAG_IN_FORM = 1 << 18,
	TAG_IN_FIGURE = 1 << 19,
	TAG_IN_QUOTE = 1 << 20,
	TAG_IN_LIST = 1 << 21,
	TAG_IN_TABLE = 1 << 22,
	TAG_IN_LINK = 1 << 23,
	TAG_IN_TIME = 1 << 24,
	TAG_HIDDEN = 1 << 25,
	TAG_BODY = 1 << 26 /* itemprop=articleBody and the like */
};

/* What class words say; the first group in the order of how surely what is inside is chrome. */
enum {
	CLASS_COMMENT = 1 << 0,
	CLASS_RELATED = 1 << 1,
	CLASS_PROMO = 1 << 2,
	CLASS_SHARE = 1 << 3,
	CLASS_SIDE = 1 << 4,
	CLASS_CAPTION = 1 << 5,
	CLASS_AUTHOR = 1 << 6,
	CLASS_LEAD = 1 << 7,
	CLASS_EMBED = 1 << 8,
	CLASS_OF = 1 << 9,
	CLASS_TEXT = 1 << 10,
	CLASS_FIRST = CLASS_OF - 1
};

/* Class and id words are numbered by hash. */
#define DOM_TOKENS 8192
/* Of them a segment, at most: all of an element, from the nearest outwards. */
enum { DOM_WORDS = 40 };

struct segment {
	uint32_t from, to; /* in the text */
	uint32_t tags;	   /* TAG_ bits and kind */
	uint32_t path;	   /* hash of the names of its elements and the nearest class */
	uint32_t parent;   /* number of the block element's parent, */
	uint32_t grand;	   /* and of its parent */
	uint32_t linked;   /* bytes of text in links */
	uint32_t token, ntoken,
	    nown; /* dom.token[]: class words; the first nown of the nearest element that has any */
	uint16_t about, near; /* CLASS_ bits of all its elements; of the nearest that has any */
	uint8_t narticle;     /* article elements it is in */
	uint64_t shape;	      /* segments of one shape differ in nothing but place, links, parent and grand */
};

struct element {
	struct html_end end;
	uint32_t name; /* hash */
	uint32_t tags; /* its own and those it is in */
	uint32_t own;  /* its own */
	uint32_t path;
	uint32_t number;
	uint16_t token, ntoken; /* dom.class_token[] */
	uint16_t about, near;	/* as in a segment */
	uint16_t depth;		/* its place in dom.open */
	uint16_t block;		/* depth of the nearest one, itself or around it, that is a block, */
	uint16_t classed;	/* and of the nearest that has tokens; 0: none */
	uint16_t outer;		/* block of the one around it */
	uint8_t narticle;	/* as in a segment, at most 9 */
	bool in_p;		/* a p may be open that a block ends */
};

/*
 * Of the element that last stood at a depth. One of the same name there, whose attributes say
 * nothing either, around which all is as it was, is like it but for its number: so are most of a
 * list.
 */
struct likeness {
	uint64_t name;	 /* key of its name; none's, if its attributes said something */
	uint64_t around; /* shape of the one around it */
	uint64_t shape;	 /* its own: the number of the first that was like it, counted over all pages */
};

/* What is known of an element's name; those of up to eight bytes are kept by them. */
enum { NAME_MEMOS = 64 };
struct name_memo {
	uint64_t key;  /* its bytes; 0: none */
	uint32_t hash; /* not 0 */
	uint32_t tags; /* of the table of elements, KIND_OTHER where that lacks it */
	enum html_content content;
	struct html_end end;
};

/* Class and id words of a value, kept by its hash. */
enum { CLASS_WORDS = 8, CLASS_MEMOS = 256 };
struct class_memo {
	uint64_t key; /* 0: none */
	uint16_t token[CLASS_WORDS];
	uint16_t n, about;
};

enum { DOM_DEPTH = 512 }; /* elements open at once; deeper ones are not told apart */

/* What --metadata tells; spans into dom.meta. */
enum meta_field { META_TITLE, META_DATE, META_AUTHOR, META_SITE, META_ADDRESS, META_LANGUAGE, META_COUNT };

struct dom {
	struct html html;
	struct buf text;	  /* segments, each ended by LF, */
	struct newlines newlines; /* which stand here */
	struct segment *segment;
	size_t nsegment, segment_cap;
	uint16_t *token;
	size_t ntoken, token_cap;

	struct element open[DOM_DEPTH + 1]; /* the first is none, around all others */
	struct element *top;		    /* the innermost */
	struct likeness likeness[DOM_DEPTH + 1];
	uint64_t nshape;
	size_t too_deep;
	uint16_t class_token[DOM_DEPTH * 8];
	struct class_memo memo[CLASS_MEMOS];
	struct name_memo name[NAME_MEMOS + 1]; /* the last one: scratch, of a long name */
	uint32_t number;
	size_t begin; /* of the segment under way in text */
	uint32_t linked;
	bool gap;		   /* white space is due */
	struct buf decoded, value; /* scratch: a text or an attribute's value; another value */

	struct {
		unsigned trust; /* of what was found: higher wins; 0: nothing */
		struct buf value;
	} meta[META_COUNT];
	struct buf body;	  /* the longest articleBody of its JSON-LD */
	unsigned char gram[4096]; /* bits: runs of three words that it has */
	bool want_meta;
	bool in_json;
};

/* Is the text HTML? By a doctype, or known tags in its first part. */
bool dom_is_html(const char *text, size_t n);

/* How many runs of three words are in text; *known: that the page's articleBody has, too. */
unsigned dom_known(const struct dom *, struct span text, unsigned *known);

/* Fill text and segments (and meta, where wanted). */
void dom_read(struct dom *, const char *html, size_t n);

void dom_free(struct dom *);

#endif
