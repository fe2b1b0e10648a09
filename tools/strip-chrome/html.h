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
#include "u8.h"
#include "vec.h"

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
	struct buf scratch; /* of the token: what had to be changed */
	struct html_attr attr[HTML_ATTRS];
	struct html_token token; /* its name stays until the next tag: it is what ends RCDATA and the like */
};

void html_begin(struct html *, const char *p, size_t n);
void html_free(struct html *);

/* How many of the 16 bytes at p, from the first one on, are what names in lower case are of. */
static inline unsigned
html_usual(const char *p)
{
	const vec v = vec_load(p);

	return (unsigned)__builtin_ctz(
	    ~vec_bits16(vec_in(v, 'a', 'z') | vec_in(v, '0', '9') | vec_is(v, '-')));
}

/* html_next of anything. */
bool html_read(struct html *);

/*
 * html_next of a tag, behind its name [p, q); plain: that is in lower case and has no NUL. False: the input ends inside
 * the tag, and nothing is left.
 */
bool html_tag(struct html *, const char *p, const char *q, bool plain, bool close);

static inline vec
text_stop(const char *p)
{
	const vec v = vec_load(p);

	return vec_is(v, '<') | vec_is(v, '&');
}

/*
 * The next token is html.token; its spans live until the next call. False at the end. Tags without attributes and short
 * texts, which are most of all tokens, are read here, where the reader is told at once which kind they are.
 */
static inline bool
html_next(struct html *h)
{
	struct html_token *t = &h->token;
	const char *p = h->p;

	if (h->content != HTML_DATA)
		return html_read(h);
	if (*p == '<') {
		const bool close = p[1] == '/';
		const char *name = p + 1 + close;
		const size_t n = html_usual(name);

		if (ascii_lower(*name) && name + n < h->end) {
			if (name[n] == '>') {
				t->type = close ? HTML_CLOSE : HTML_OPEN;
				t->name = (struct span){ name, n };
				t->nattr = 0;
				t->closes_itself = false;
				h->p = name + n + 1;
				return true;
			}
			if (name[n] == ' ')
				return html_tag(h, name, name + n, true, close);
		}
	} else {
		const char *q = p + 1;

		if (*q != '<') {
			const uint64_t stop = vec_bits(text_stop(p), text_stop(p + VEC),
						       text_stop(p + 2 * VEC), text_stop(p + 3 * VEC));

			q = stop != 0 ? p + vec_first(stop) : p;
		}
		if (*q == '<' && (ascii_alpha(q[1]) || q[1] == '/') && q + 2 < h->end) {
			t->type = HTML_TEXT;
			t->text = (struct span){ p, (size_t)(q - p) };
			t->refs = false;
			h->p = q;
			return true;
		}
	}
	return html_read(h);
}

/* An end tag as it is most often written; of names longer than five letters there is none. */
struct html_end {
	uint64_t bytes, mask; /* as little64 reads them, and which of them count */
	size_t n;
};

struct html_end html_end(struct span name);

/* Read the end tag, if it comes next: no token is made of it. Where it ends is known before its bytes, so nothing waits for them. */
static inline bool
html_ends(struct html *h, const struct html_end *e)
{
	if (((little64(h->p) & e->mask) != e->bytes) || h->content != HTML_DATA ||
	    (size_t)(h->end - h->p) < e->n)
		return false;
	h->p += e->n;
	return true;
}

/* What text follows the open tag of this name. */
enum html_content html_content(struct span name);

/*
 * An attribute's value, its character references decoded: the raw one where nothing is to be
 * changed, else what b then holds. 64 readable bytes follow the raw one.
 */
struct span html_value(struct buf *b, struct span raw);

/*
 * Append text with its character references decoded (where refs) and CR and
 * CR LF as LF. In an attribute's value some references stay as they are.
 */
void html_decode(struct buf *, struct span text, bool refs, bool in_attribute);

#endif
