/* SPDX-License-Identifier: ISC */
/*
 * The states of the standard's tokenizer, folded: runs of characters that
 * change no state are stepped over at once. Names in comments are the
 * standard's.
 */
#include "html.h"

#include "entity.h"
#include "u8.h"
#include "vec.h"

/* What a byte may be: looked up, since which of them it is cannot be guessed. */
enum { ENDS_NAME = 1, ENDS_ATTRIBUTE = 2, BEGINS_MARKUP = 4, SPACE = 8 };
#define M BEGINS_MARKUP
static const unsigned char byte_kind[256] = {
	[' '] = 11, ['\n'] = 11, ['\t'] = 11, ['\f'] = 11, ['\r'] = 11, ['>'] = 3, ['/'] = 3 | M,
	['='] = 2,  ['!'] = M,	 ['?'] = M,   ['A'] = M,   M,		M,	   M,
	M,	    M,		 M,	      M,	   M,		M,	   M,
	M,	    M,		 M,	      M,	   M,		M,	   M,
	M,	    M,		 M,	      M,	   M,		M,	   M,
	M,	    ['a'] = M,	 M,	      M,	   M,		M,	   M,
	M,	    M,		 M,	      M,	   M,		M,	   M,
	M,	    M,		 M,	      M,	   M,		M,	   M,
	M,	    M,		 M,	      M,	   M,		M
};
#undef M

static inline bool
space(char c)
{
	return (byte_kind[(unsigned char)c] & SPACE) != 0;
}

/* How many of the 16 bytes at p, from the first one on, are what names in lower case are of. */
static inline unsigned
usual(const char *p)
{
	const vec v = vec_load(p);

	return (unsigned)__builtin_ctz(
	    ~vec_bits16(vec_in(v, 'a', 'z') | vec_in(v, '0', '9') | vec_is(v, '-')));
}

/*
 * The first byte from p to end that ends a name: space, / or >, or = where equals; end if there
 * is none. *plain: the name is in lower case and has no NUL.
 */
static inline const char *
name_end(const char *p, const char *end, bool equals, bool *plain)
{
	const unsigned stops = equals ? ENDS_ATTRIBUTE : ENDS_NAME;

	*plain = true;
	/* 64 readable bytes follow; most names are of these and short */
	for (p += usual(p); p < end && (byte_kind[(unsigned char)*p] & stops) == 0; p++)
		*plain &= *p != '\0' && !ascii_upper(*p);
	return p < end ? p : end;
}

/* Has p[0, n) a NUL, a CR or an ampersand? */
static bool
unsettled(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i += VEC) {
		const vec v = vec_load(p + i);
		const unsigned m = vec_bits16(vec_is(v, '&') | vec_is(v, 0) | vec_is(v, '\r'));

		if (m != 0 && i + (unsigned)__builtin_ctz(m) < n)
			return true;
	}
	return false;
}

static void
put_code(struct buf *b, uint32_t cp)
{
	char *to = buf_room(b, U8_MAX);

	b->n += u8_put(to, cp);
}

/* The reference at p, which begins with &: appended to b. Returns its bytes, 0 if it is none. */
static size_t
reference(struct buf *b, const char *p, const char *end, bool in_attribute)
{
	uint32_t cp[2];
	const size_t n = entity_read(p + 1, (size_t)(end - p) - 1, cp);

	if (n == 0)
		return 0;
	/* in an address, "&copy=2" is no sign */
	if (in_attribute && p[1] != '#' && p[n] != ';' && p + 1 + n < end &&
	    (p[1 + n] == '=' || ascii_alnum(p[1 + n])))
		return 0;
	put_code(b, cp[0]);
	if (cp[1] != 0)
		put_code(b, cp[1]);
	return n + 1;
}

void
html_decode(struct buf *b, struct span text, bool refs, bool in_attribute)
{
	const char *p = text.p, *end, *q = p;
	size_t n;

	if (text.n == 0) /* p may be NULL */
		return;
	(void)buf_room(b, text.n);
	end = p + text.n;
	while (q < end) {
		if (*q == '&' && refs) {
			buf_put(b, p, (size_t)(q - p));
			n = reference(b, q, end, in_attribute);
			p = q;
			if (n > 0)
				p += n;
			q += n > 0 ? n : 1;
		} else if (*q == '\r') {
			buf_put(b, p, (size_t)(q - p));
			buf_byte(b, '\n');
			q++;
			if (q < end && *q == '\n')
				q++;
			p = q;
		} else
			q++;
	}
	buf_put(b, p, (size_t)(q - p));
}

enum html_content
html_content(struct span name)
{
	static const struct {
		struct span name;
		enum html_content content;
	} rows[] = { { { "xmp", 3 }, HTML_RAWTEXT },	    { { "title", 5 }, HTML_RCDATA },
		     { { "style", 5 }, HTML_RAWTEXT },	    { { "script", 6 }, HTML_SCRIPT },
		     { { "iframe", 6 }, HTML_RAWTEXT },	    { { "noembed", 7 }, HTML_RAWTEXT },
		     { { "textarea", 8 }, HTML_RCDATA },    { { "noframes", 8 }, HTML_RAWTEXT },
		     { { "plaintext", 9 }, HTML_PLAINTEXT } };
	size_t i;

	if (name.n < rows[0].name.n) /* half of all */
		return HTML_DATA;
	for (i = 0; i < sizeof(rows) / sizeof(*rows) && rows[i].name.n <= name.n; i++)
		if (*rows[i].name.p == *name.p && span_eq(rows[i].name, name))
			return rows[i].content;
	return HTML_DATA;
}

struct html_end
html_end(struct span name)
{
	struct html_end e = { .bytes = 1 };
	char tag[8] = "</";

	if (name.n + 3 > sizeof(tag))
		return e;
	memcpy(tag + 2, name.p, name.n);
	tag[2 + name.n] = '>';
	e.n = name.n + 3;
	e.mask = ~(uint64_t)0 >> 8 * (sizeof(tag) - e.n);
	e.bytes = little64(tag);
	return e;
}

void
html_begin(struct html *h, const char *p, size_t n)
{
	h->p = p;
	h->end = p + n;
	h->content = HTML_DATA;
	h->token.name.n = 0;
	h->token.attr = h->attr;
}

void
html_free(struct html *h)
{
	buf_free(&h->scratch);
}

/* Append to scratch with NUL as U+FFFD, CR LF as LF and, if asked, in lower case. */
static void
clean(struct buf *b, const char *p, size_t n, bool lower)
{
	size_t i;

	for (i = 0; i < n; i++) {
		char c = p[i];

		if (c == '\0')
			buf_put(b, "\xef\xbf\xbd", 3);
		else if (c == '\r') {
			if (i + 1 == n || p[i + 1] != '\n')
				buf_byte(b, '\n');
		} else
			buf_byte(b, lower ? ascii_fold(c) : c);
	}
}

/* An end tag that fits at p, which begins "</"? */
static bool
appropriate(const struct html *h, const char *p)
{
	const struct span name = h->token.name; /* of the open tag before */
	const char *q = p + 2;
	size_t i;

	if (name.n == 0 || (size_t)(h->end - q) < name.n + 1)
		return false;
	for (i = 0; i < name.n; i++)
		if (ascii_fold(q[i]) != name.p[i])
			return false;
	return space(q[i]) || q[i] == '/' || q[i] == '>';
}

static bool
script_at(const char *p, const char *end)
{
	static const char name[] = "script";
	size_t i;

	if (end - p < 7)
		return false;
	for (i = 0; i < 6; i++)
		if (ascii_fold(p[i]) != name[i])
			return false;
	return space(p[6]) || p[6] == '/' || p[6] == '>';
}

/* Where script data ends: its end tag outside the doubly escaped state, or the input's end. */
static const char *
script_end(const struct html *h, const char *p)
{
	enum { PLAIN, ESCAPED, DOUBLE } state = PLAIN;
	const char *end = h->end;

	for (;; p++) {
		if (state == PLAIN) {
			p = memchr(p, '<', (size_t)(end - p));
			if (p == NULL)
				return end;
		} else
			while (p < end && *p != '<' && *p != '-')
				p++;
		if (p >= end)
			return end;
		if (*p == '-') { /* escaped dash dash */
			if (end - p >= 3 && p[1] == '-' && p[2] == '>') {
				state = PLAIN;
				p += 2;
			}
			continue;
		}
		if (state != DOUBLE && end - p >= 2 && p[1] == '/' && appropriate(h, p))
			return p;
		if (state == PLAIN && end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
			state = ESCAPED;
			p += 1; /* its own dashes may end it */
		} else if (state == ESCAPED && script_at(p + 1, end))
			state = DOUBLE;
		else if (state == DOUBLE && end - p >= 2 && p[1] == '/' && script_at(p + 2, end))
			state = ESCAPED;
	}
}

/* A text token of what comes before `to`. */
static inline bool
text(struct html *h, const char *to, bool refs)
{
	h->token.type = HTML_TEXT;
	h->token.text = (struct span){ h->p, (size_t)(to - h->p) };
	h->token.refs = refs;
	h->p = to;
	return true;
}

/* A comment of text[from, to); the input goes on at next. */
static bool
comment(struct html *h, const char *from, const char *to, const char *next)
{
	h->token.type = HTML_COMMENT;
	h->scratch.n = 0;
	if (memchr(from, '\0', (size_t)(to - from)) == NULL &&
	    memchr(from, '\r', (size_t)(to - from)) == NULL)
		h->token.text = (struct span){ from, (size_t)(to - from) };
	else {
		clean(&h->scratch, from, (size_t)(to - from), false);
		h->token.text = (struct span){ h->scratch.p, h->scratch.n };
	}
	h->p = next;
	return true;
}

static bool
bogus_comment(struct html *h, const char *from)
{
	const char *to = memchr(from, '>', (size_t)(h->end - from));

	return comment(h, from, to != NULL ? to : h->end, to != NULL ? to + 1 : h->end);
}

/* "<!--" stands before p. */
static bool
real_comment(struct html *h, const char *p)
{
	const char *q, *end = h->end;
	size_t n;

	if (p < end && *p == '>')
		return comment(h, p, p, p + 1);
	if (end - p >= 2 && p[0] == '-' && p[1] == '>')
		return comment(h, p, p, p + 2);
	for (q = p; (q = memchr(q, '-', (size_t)(end - q))) != NULL && q + 2 < end; q++)
		if (q[1] == '-') {
			if (q[2] == '>')
				return comment(h, p, q, q + 3);
			if (q[2] == '!' && q + 3 < end && q[3] == '>')
				return comment(h, p, q, q + 4);
		}
	n = (size_t)(end - p);
	if (n >= 3 && memcmp(end - 3, "--!", 3) == 0)
		n -= 3;
	else if (n >= 2 && memcmp(end - 2, "--", 2) == 0)
		n -= 2;
	else if (n >= 1 && end[-1] == '-')
		n -= 1;
	return comment(h, p, p + n, end);
}

static bool
word_at(const char *p, const char *end, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		if (p + i >= end || ascii_fold(p[i]) != word[i])
			return false;
	return true;
}

static const char *
skip_space(const char *p, const char *end)
{
	while (p < end && space(*p))
		p++;
	return p;
}

/* A quoted identifier at p; moves *p behind it. False where > or the end cut it short. */
static bool
identifier(struct html *h, const char **p, size_t *at, size_t *n)
{
	const char *q = *p + 1;
	const char quote = **p;

	while (q < h->end && *q != quote && *q != '>')
		q++;
	*at = h->scratch.n;
	clean(&h->scratch, *p + 1, (size_t)(q - *p - 1), false);
	*n = h->scratch.n - *at;
	if (q < h->end && *q == quote) {
		*p = q + 1;
		return true;
	}
	*p = q;
	return false;
}

/* "<!doctype" stands before p. */
static bool
doctype(struct html *h, const char *p)
{
	struct html_token *t = &h->token;
	const char *end = h->end, *q;
	size_t name, nname, at[2] = { 0, 0 }, n[2] = { 0, 0 };
	bool ok = true, over = false;

	t->type = HTML_DOCTYPE;
	t->quirks = t->has_public = t->has_system = false;
	h->scratch.n = 0;
	(void)buf_room(&h->scratch, 1); /* an empty name stands there, too */
	p = skip_space(p, end);
	for (q = p; q < end && !space(*q) && *q != '>'; q++)
		;
	name = h->scratch.n;
	clean(&h->scratch, p, (size_t)(q - p), true);
	nname = h->scratch.n - name;
	t->quirks = nname == 0;
	p = skip_space(q, end);
	if (p < end && *p != '>') {
		bool is_public = word_at(p, end, "public"), is_system = word_at(p, end, "system");

		if (is_public || is_system) {
			p = skip_space(p + 6, end);
			if (p < end && (*p == '"' || *p == '\'')) {
				int which = is_system;

				if (which == 0)
					t->has_public = true;
				else
					t->has_system = true;
				ok = identifier(h, &p, &at[which], &n[which]);
				if (ok) {
					p = skip_space(p, end);
					if (is_public && p < end && (*p == '"' || *p == '\'')) {
						t->has_system = true;
						ok = identifier(h, &p, &at[1], &n[1]);
						if (ok)
							p = skip_space(p, end);
					} else if (is_public && p < end && *p != '>')
						ok = false;
					/* behind the system identifier nothing is a fault */
					over = ok && t->has_system && p < end && *p != '>';
				}
			} else
				ok = false;
		} else
			ok = false;
		if (!ok)
			t->quirks = true;
	}
	while (p < end && *p != '>')
		p++;
	if (p == end && !over)
		t->quirks = true;
	h->p = p < end ? p + 1 : end;
	t->name = (struct span){ h->scratch.p + name, nname };
	t->public_id = (struct span){ h->scratch.p + at[0], n[0] };
	t->system_id = (struct span){ h->scratch.p + at[1], n[1] };
	return true;
}

/* The name p[0, n) as it stands, or changed in scratch: then its p is NULL, and *at is where. */
static inline struct span
settle_name(struct html *h, const char *p, size_t n, bool plain, size_t *at)
{
	*at = h->scratch.n;
	if (plain)
		return (struct span){ p, n };
	clean(&h->scratch, p, n, true);
	return (struct span){ NULL, h->scratch.n - *at };
}

struct span
html_value(struct buf *b, struct span raw)
{
	if (!unsettled(raw.p, raw.n))
		return raw;
	b->n = 0;
	if (memchr(raw.p, '&', raw.n) == NULL)
		clean(b, raw.p, raw.n, false);
	else if (memchr(raw.p, '\0', raw.n) == NULL)
		html_decode(b, raw, true, true);
	else {
		struct buf whole = { 0 };

		clean(&whole, raw.p, raw.n, false);
		html_decode(b, (struct span){ whole.p, whole.n }, true, true);
		buf_free(&whole);
	}
	memset(buf_room(b, VEC_BLOCK), 0, VEC_BLOCK);
	return (struct span){ b->p, b->n };
}

/* A tag was read; the input goes on at next. */
static inline void
ends(struct html *h, const char *next, bool close)
{
	h->token.type = (enum html_type)(HTML_OPEN + close);
	h->p = next;
	h->content = HTML_DATA;
}

/*
 * The attribute at p, however it is written; *plain: its name is in lower case and has no NUL.
 * Returns what is behind it, NULL where the input ends before.
 */
static const char *__attribute__((noinline))
attribute(const char *p, const char *end, struct html_attr *a, bool *plain)
{
	const char *q = name_end(p + 1, end, true, plain); /* an = may begin a name */

	*plain &= *p != '\0' && !ascii_upper(*p);
	a->name = (struct span){ p, (size_t)(q - p) };
	a->value = (struct span){ q, 0 };
	p = skip_space(q, end);
	if (p >= end)
		return NULL;
	if (*p != '=')
		return p;
	p = skip_space(p + 1, end);
	if (p >= end)
		return NULL;
	if (*p == '>')
		return p;
	if (*p == '"' || *p == '\'') {
		q = vec_find(p + 1, end, *p);
		if (q == NULL)
			return NULL;
		a->value = (struct span){ p + 1, (size_t)(q - p) - 1 };
		return q + 1;
	}
	for (q = p; q < end && !space(*q) && *q != '>'; q++)
		;
	a->value = (struct span){ p, (size_t)(q - p) };
	return q < end ? q : NULL;
}

/* The same, as most are written: name="value". */
static inline const char *
quick_attribute(const char *p, const char *end, struct html_attr *a, bool *plain)
{
	const char *q;

	if (memcmp(p, "href=\"", 6) == 0)
		q = p + 4;
	else if (memcmp(p, "class=\"", 7) == 0)
		q = p + 5;
	else
		q = p + usual(p);
	if (q == p || *q != '=' || (q[1] != '"' && q[1] != '\'') || q + 2 >= end)
		return attribute(p, end, a, plain);
	*plain = true;
	a->name = (struct span){ p, (size_t)(q - p) };
	p = vec_find(q + 2, end, q[1]);
	if (p == NULL)
		return NULL;
	a->value = (struct span){ q + 2, (size_t)(p - q) - 2 };
	return p + 1;
}

/* Settle the name of attribute n. False: another one before it has that name. at: as in read_tag. */
static inline bool
settle_attribute(struct html *h, size_t n, bool plain, size_t at[])
{
	const size_t was = h->scratch.n;
	struct span name = settle_name(h, h->attr[n].name.p, h->attr[n].name.n, plain, &at[n]);
	size_t i;

	h->attr[n].name = name;
	if (name.p == NULL)
		name.p = h->scratch.p + at[n];
	for (i = 0; i < n; i++) {
		struct span other = h->attr[i].name;

		if (other.p == NULL)
			other.p = h->scratch.p + at[i];
		if (span_eq(other, name)) {
			h->scratch.n = was;
			return false;
		}
	}
	return true;
}

/* What follows the name p[0, q) of a tag. False: the input ends inside it, and nothing is left. */
static bool __attribute__((noinline))
read_tag(struct html *h, const char *p, const char *q, bool plain, bool close)
{
	struct html_token *t = &h->token;
	/* where in scratch the names are that do not stand in the input, the tag's last */
	size_t at[HTML_ATTRS + 1], i, nattr = 0;
	const char *end = h->end;

	h->scratch.n = 0;
	t->name = settle_name(h, p, (size_t)(q - p), plain, &at[HTML_ATTRS]);
	t->closes_itself = false;
	for (p = q;;) {
		p = skip_space(p, end);
		if (p >= end || *p == '>')
			break;
		if (*p == '/') {
			p++;
			t->closes_itself = p < end && *p == '>';
			continue;
		}
		p = quick_attribute(p, end, &h->attr[nattr], &plain);
		if (p == NULL)
			break;
		/* the first of a name counts */
		if (nattr < HTML_ATTRS && settle_attribute(h, nattr, plain, at))
			nattr++;
	}
	if (p == NULL || p >= end) {
		h->p = end;
		return false;
	}
	if (h->scratch.n > 0) {
		(void)buf_room(&h->scratch, HTML_NAME);
		for (i = 0; i < nattr; i++)
			if (h->attr[i].name.p == NULL)
				h->attr[i].name.p = h->scratch.p + at[i];
		if (t->name.p == NULL)
			t->name.p = h->scratch.p + at[HTML_ATTRS];
	}
	t->nattr = nattr;
	ends(h, p + 1, close);
	return true;
}

/* A tag whose name begins at p; false as above. */
static inline bool
tag(struct html *h, const char *p, bool close)
{
	const char *q;
	bool plain;

	q = name_end(p, h->end, false, &plain);
	return read_tag(h, p, q, plain, close);
}

/* The next token of what is no HTML_DATA; p is before the end. */
static bool __attribute__((noinline)) next_special(struct html *h, const char *p)
{
	const char *q, *end = h->end;

	switch (h->content) {
	case HTML_PLAINTEXT:
		return text(h, end, false);
	case HTML_CDATA:
		for (q = p; (q = memchr(q, ']', (size_t)(end - q))) != NULL; q++)
			if (end - q >= 3 && q[1] == ']' && q[2] == '>')
				break;
		if (q == NULL)
			return text(h, end, false);
		if (q > p)
			return text(h, q, false);
		h->p = q + 3;
		h->content = HTML_DATA;
		return html_next(h);
	case HTML_SCRIPT:
		q = script_end(h, p);
		if (q > p)
			return text(h, q, false);
		return tag(h, p + 2, true);
	case HTML_RCDATA:
	case HTML_RAWTEXT:
		for (q = p; (q = memchr(q, '<', (size_t)(end - q))) != NULL; q++)
			if (end - q >= 2 && q[1] == '/' && appropriate(h, q))
				break;
		if (q == NULL)
			q = end;
		if (q > p)
			return text(h, q, h->content == HTML_RCDATA);
		return tag(h, p + 2, true);
	case HTML_DATA:
		break;
	}
	return false;
}

/* What stands at p, which begins markup other than a tag. */
static bool __attribute__((noinline)) next_rare(struct html *h, const char *p)
{
	const char *end = h->end;

	if (p[1] == '?')
		return bogus_comment(h, p + 1);
	if (p[1] != '!')
		return bogus_comment(h, p + 2);
	p += 2;
	if (end - p >= 2 && p[0] == '-' && p[1] == '-')
		return real_comment(h, p + 2);
	if (word_at(p, end, "doctype"))
		return doctype(h, p + 7);
	return bogus_comment(h, p);
}

/* Where the next < from p on is, NULL: nowhere; *refs: there is an ampersand before it. */
static inline const char *
text_end(const char *p, const char *end, bool *refs)
{
	vec at[4];
	uint64_t bits;
	size_t k;

	for (; p < end; p += VEC_BLOCK) {
#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const vec v = vec_load(p + k * VEC);

			at[k] = vec_is(v, '<') | vec_is(v, '&');
		}
		bits = vec_bits(at[0], at[1], at[2], at[3]);
		if (bits == 0)
			continue;
		p += vec_first(bits);
		if (p >= end)
			return NULL;
		if (*p == '<')
			return p;
		*refs = true;
		return vec_find(p, end, '<');
	}
	return NULL;
}

/*
 * html_next of what it does not read itself. Calls of what is rare stay calls, lest html_next saves
 * registers for it.
 */
static bool __attribute__((noinline)) read_token(struct html *h)
{
	const char *p = h->p, *q, *end = h->end;
	bool refs = false;

	h->token.type = HTML_END;
	if (p >= end)
		return false;
	if (h->content != HTML_DATA)
		return next_special(h, p);
	while (*p == '<') {
		const bool close = p[1] == '/';

		if (p + 1 + close >= end)
			break;
		if (ascii_alpha(p[1 + close]))
			return tag(h, p + 1 + close, close);
		if (!close && p[1] != '!' && p[1] != '?')
			break;
		if (!close || p[2] != '>')
			return next_rare(h, p);
		h->p = p += 3; /* </> is nothing */
		if (p >= end)
			return false;
	}
	for (q = p; (q = text_end(q, end, &refs)) != NULL; q++) {
		const char c = q + 1 < end ? q[1] : '\0';

		if ((byte_kind[(unsigned char)c] & BEGINS_MARKUP) != 0 && (c != '/' || q + 2 < end))
			return text(h, q, refs);
	}
	return text(h, end, refs);
}

static inline vec
text_stop(const char *p)
{
	const vec v = vec_load(p);

	return vec_is(v, '<') | vec_is(v, '&');
}

/*
 * Tags as they are most often written and texts of up to 64 bytes, which are most of all tokens,
 * are read here.
 */
bool
html_next(struct html *h)
{
	struct html_token *t = &h->token;
	const char *p = h->p;

	if (h->content != HTML_DATA)
		return read_token(h);
	if (*p == '<') {
		const bool close = p[1] == '/';
		const char *name = p + 1 + close;
		const size_t n = name[1] == ' ' ? 1 : usual(name);

		if (ascii_lower(*name) && name + n < h->end) {
			if (name[n] == '>') {
				t->nattr = 0;
				t->closes_itself = false;
				t->name = (struct span){ name, n };
				ends(h, name + n + 1, close);
				return true;
			}
			if (name[n] == ' ')
				return read_tag(h, name, name + n, true, close);
		}
	} else {
		const char *q = p + 1;

		if (*q != '<') { /* between tags there is most often one byte */
			const uint64_t stop = vec_bits(text_stop(p), text_stop(p + VEC),
						       text_stop(p + 2 * VEC), text_stop(p + 3 * VEC));

			q = stop != 0 ? p + vec_first(stop) : p;
		}
		if (*q == '<' && (ascii_alpha(q[1]) || q[1] == '/') && q + 2 < h->end)
			return text(h, q, false);
	}
	return read_token(h);
}
