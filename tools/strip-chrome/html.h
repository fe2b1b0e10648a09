/* SPDX-License-Identifier: ISC */
/*
 * HTML into tokens, by the standard (https://html.spec.whatwg.org/#tokenization).
 *
 * A token at a time; each byte of the input is looked at a bounded number of
 * times. The input is UTF-8 with 64 readable bytes behind it.
 */
#ifndef HTML_H
#define HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "little.h"

enum html_type { HTML_END, HTML_TEXT, HTML_OPEN, HTML_CLOSE, HTML_COMMENT, HTML_DOCTYPE };

/* How text is read; the reader of the tokens sets it after an open tag, html_content says which. */
enum html_content {
	HTML_DATA,
	HTML_RCDATA,  /* title, textarea: character references, no tags */
	HTML_RAWTEXT, /* style and the like */
	HTML_SCRIPT,
	HTML_PLAINTEXT,
	HTML_CDATA
};

struct html_attr {
	struct span name;  /* in lower case */
	struct span value; /* as it stands in the input */
};

enum {
	HTML_ATTRS = 64, /* of one tag; more are dropped */
	HTML_NAME = 8	 /* bytes that can be read of a tag's name, however short it is */
};

struct html_token {
	enum html_type type;
	bool refs; /* text may have character references: it has an ampersand, or is RCDATA */
	bool closes_itself;
	bool quirks; /* doctype */
	bool has_public, has_system;
	struct span text; /* text as it stands in the input, comment */
	struct span name; /* tag, in lower case; doctype */
	struct span public_id, system_id;
	struct html_attr *attr;
	size_t nattr;
};

struct html {
	const char *p, *end;
	enum html_content content;
	struct buf scratch;		       /* of the token: what had to be changed */
	struct html_attr attr[HTML_ATTRS + 1]; /* the last one: scratch, of one more */
	struct html_token token; /* its name stays until the next tag: it is what ends RCDATA and the like */
};

void html_begin(struct html *, const char *p, size_t n);
void html_free(struct html *);

/* The next token is html.token; its spans live until the next call. False at the end. */
bool html_next(struct html *);

/* An end tag as it is most often written; of names longer than five letters there is none. */
struct html_end {
	uint64_t bytes, mask; /* as little64 reads them, and which of them count */
	size_t n;
};

struct html_end html_end(struct span name);

/*
 * Read the end tag, if it comes next; no token is made of it. Its length is not found in its bytes,
 * so what follows is looked at without waiting for them.
 */
static inline bool
html_ends(struct html *h, const struct html_end *e)
{
	if (((little64(h->p) & e->mask) != e->bytes) || h->content != HTML_DATA ||
	    (size_t)(h->end - h->p) < e->n)
		return false;
	h->p += e->n;
	return true;
}

/* Is what comes next a line end before a bracket? */
static inline bool
html_newline(const struct html *h)
{
	return h->p[0] == '\n' && h->p[1] == '<' && h->content == HTML_DATA && h->p < h->end;
}

/* What text follows the open tag of this name. */
enum html_content html_content(struct span name);

/*
 * An attribute's value, its character references decoded: the raw one where nothing is to be
 * changed, else what b then holds. 64 readable bytes follow it, as they follow the raw one.
 */
struct span html_value(struct buf *b, struct span raw);

/*
 * Append text with its character references decoded (where refs) and CR and
 * CR LF as LF. In an attribute's value some references stay as they are.
 */
void html_decode(struct buf *, struct span text, bool refs, bool in_attribute);

#endif
