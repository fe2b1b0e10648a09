/* SPDX-License-Identifier: ISC */
/*
 * A gap with what stands around it.
 */
#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "context.h"

/* The last character before a gap that is not a quote or bracket. */
enum mark {
	MARK_NONE,
	MARK_STOP,
	MARK_QUESTION,
	MARK_CRY,
	MARK_DOTS,
	MARK_MIXED,
	MARK_COLON,
	MARK_SEMICOLON,
	MARK_COMMA,
	MARK_DASH,
	MARK_OTHER,
	MARK_FOREIGN /* foreign_mark() */
};

/* Quotes, brackets and notes around the end mark, in bits; CLOSE_BEFORE: some stand before it. */
enum { CLOSE_QUOTE = 1, CLOSE_BRACKET = 2, CLOSE_BEFORE = 4, CLOSE_NOTE = 8 };

/* What the text behind the gap begins with, before its first word. */
enum open { OPEN_NONE, OPEN_QUOTE, OPEN_SINGLE, OPEN_ROUND, OPEN_SQUARE, OPEN_DASH, OPEN_BULLET, OPEN_OTHER };

/* What stands right behind a word. */
enum follow {
	FOLLOW_BLANK,
	FOLLOW_STOP,
	FOLLOW_COMMA,
	FOLLOW_COLON,
	FOLLOW_MARK,
	FOLLOW_HYPHEN,
	FOLLOW_BRACKET,
	FOLLOW_ADDRESS,
	FOLLOW_OTHER,
	FOLLOW_STOP_INSIDE
};

/*
 * What stands before a word, blanks left out: BEFORE_WIDE a character that is
 * not ASCII, BEFORE_COPYRIGHT the sign of copyright, BEFORE_NOTHING the sentence begins.
 */
enum before {
	BEFORE_OTHER,
	BEFORE_MARK,
	BEFORE_COMMA,
	BEFORE_BRACKET,
	BEFORE_QUOTE,
	BEFORE_COLON,
	BEFORE_WIDE,
	BEFORE_NOTHING,
	BEFORE_COPYRIGHT
};

enum address { ADDRESS_NONE, ADDRESS_MAIL, ADDRESS_PATH, ADDRESS_WEB };

struct view {
	unsigned gap; /* enum gap */
	bool line;    /* a line ends there */
	unsigned mark;
	unsigned close;
	unsigned open;
	struct side l, l2; /* the word before the mark, and the one before that */
	struct side r, r2; /* the word behind, and the next one where only a blank is between */
	unsigned abbr;	   /* class of l, where a stop follows it */
	unsigned before_l; /* what l follows: enum before */
	unsigned start_l;  /* l begins 1: the sentence, 2: behind a character, 3: within 20 bytes */
	bool hyphen_l;	   /* l is the end of a hyphenated word */
	bool item_l;	   /* l may number a list item: it begins the sentence */
	unsigned follow;   /* behind r */
	unsigned suffix;   /* class of r as the end of a host's or file's name */
	unsigned address;  /* the token before the gap is part of one */
	unsigned speech;   /* behind a quotation: the how manieth word tells who spoke; 0 none */
	unsigned camel;	   /* how often the word with this capital inside stands in the text */
	unsigned left_byte, right_byte; /* on either side of the gap */
	size_t length;			/* of the sentence so far */
	bool quoted;
	unsigned glued;	 /* the document lost blanks: 0 no, 1 some, 2 many */
	unsigned sloppy; /* it begins sentences with small letters: 0 no, 1 some, 2 most */
	bool prose;	 /* it is long and does not at all */
	bool capitals;	 /* the words around are in capitals: the next one's says nothing */
};

/* Look at a gap of the sentence that begins at start. */
void view_gap(struct view *, const struct context *, const struct gap_at *, size_t start);

#endif
