/* SPDX-License-Identifier: ISC */
/*
 * Title, date, author, site, address and language of a page. Of what is said
 * several times the most trusted counts, and of equals the first: JSON-LD, then
 * meta elements, then OpenGraph, then what stands in the page.
 */
#include "meta.h"

#include "date.h"
#include "json.h"
#include "u8.h"

enum { TRUST_PAGE = 1, TRUST_GRAPH, TRUST_META, TRUST_JSON };

void
meta_begin(struct dom *d)
{
	size_t i;

	for (i = 0; i < META_COUNT; i++) {
		d->meta[i].trust = 0;
		d->meta[i].value.n = 0;
	}
}

static bool
is(struct span s, const char *word)
{
	size_t i;

	for (i = 0; i < s.n && word[i] != '\0'; i++)
		if (ascii_fold(s.p[i]) != word[i])
			return false;
	return i == s.n && word[i] == '\0';
}

static bool
starts(struct span s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && is((struct span){ s.p, n }, word);
}

/* Set a field, white space as single spaces; an address in place of a name is none. */
static void
set(struct dom *d, enum meta_field field, unsigned trust, struct span s)
{
	struct buf *b = &d->meta[field].value;
	bool gap = false;
	size_t i;

	if (trust <= d->meta[field].trust)
		return;
	while (s.n > 0 && ascii_space(*s.p)) {
		s.p++;
		s.n--;
	}
	if (field == META_DATE) {
		b->n = 0;
		if (date_put(b, s))
			d->meta[field].trust = trust;
		return;
	}
	if (field == META_ADDRESS && !starts(s, "http"))
		return;
	if (field == META_AUTHOR && starts(s, "by ")) {
		s.p += 3;
		s.n -= 3;
	}
	if (field == META_AUTHOR && (starts(s, "http:") || starts(s, "https:") || starts(s, "/")))
		return;
	b->n = 0;
	for (i = 0; i < s.n; i++) {
		if (ascii_space(s.p[i]) || s.p[i] == '\0')
			gap = b->n > 0;
		else {
			if (gap)
				buf_byte(b, ' ');
			gap = false;
			buf_byte(b, s.p[i]);
		}
	}
	if (b->n > 0)
		d->meta[field].trust = trust;
}

void
meta_tag(struct dom *d, const struct html_token *t)
{
	static const struct {
		const char *name;
		enum meta_field field;
		unsigned trust;
	} rows[] = { { "title", META_TITLE, TRUST_META },
		     { "dc.title", META_TITLE, TRUST_META },
		     { "og:title", META_TITLE, TRUST_GRAPH },
		     { "parsely-title", META_TITLE, TRUST_META },
		     { "date", META_DATE, TRUST_META },
		     { "pubdate", META_DATE, TRUST_META },
		     { "publishdate", META_DATE, TRUST_META },
		     { "publish-date", META_DATE, TRUST_META },
		     { "publish_date", META_DATE, TRUST_META },
		     { "dc.date", META_DATE, TRUST_META },
		     { "dc.date.issued", META_DATE, TRUST_META },
		     { "dcterms.date", META_DATE, TRUST_META },
		     { "parsely-pub-date", META_DATE, TRUST_META },
		     { "sailthru.date", META_DATE, TRUST_META },
		     { "datepublished", META_DATE, TRUST_META },
		     { "article:published_time", META_DATE, TRUST_GRAPH },
		     { "og:published_time", META_DATE, TRUST_GRAPH },
		     { "author", META_AUTHOR, TRUST_META },
		     { "dc.creator", META_AUTHOR, TRUST_META },
		     { "byl", META_AUTHOR, TRUST_META },
		     { "parsely-author", META_AUTHOR, TRUST_META },
		     { "sailthru.author", META_AUTHOR, TRUST_META },
		     { "article:author", META_AUTHOR, TRUST_GRAPH },
		     { "application-name", META_SITE, TRUST_META },
		     { "dc.publisher", META_SITE, TRUST_META },
		     { "og:site_name", META_SITE, TRUST_GRAPH },
		     { "og:url", META_ADDRESS, TRUST_GRAPH },
		     { "content-language", META_LANGUAGE, TRUST_META },
		     { "dc.language", META_LANGUAGE, TRUST_META },
		     { "og:locale", META_LANGUAGE, TRUST_GRAPH } };
	struct span name = { "", 0 }, content = { "", 0 }, rel = { "", 0 }, href = { "", 0 };
	size_t i;

	for (i = 0; i < t->nattr; i++) {
		const struct html_attr *a = &t->attr[i];

		if (is(a->name, "name") || is(a->name, "property") || is(a->name, "itemprop") ||
		    is(a->name, "http-equiv"))
			name = a->value;
		else if (is(a->name, "content"))
			content = a->value;
		else if (is(a->name, "rel"))
			rel = a->value;
		else if (is(a->name, "href"))
			href = a->value;
		else if (is(a->name, "datetime") && is(t->name, "time"))
			set(d, META_DATE, TRUST_PAGE, html_value(&d->decoded, a->value));
		else if (is(a->name, "lang") && is(t->name, "html"))
			set(d, META_LANGUAGE, TRUST_META, html_value(&d->decoded, a->value));
	}
	if (is(t->name, "meta") && content.n > 0) {
		name = html_value(&d->value, name);
		content = html_value(&d->decoded, content);
		for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			if (is(name, rows[i].name))
				set(d, rows[i].field, rows[i].trust, content);
	} else if (is(t->name, "link") && is(html_value(&d->value, rel), "canonical"))
		set(d, META_ADDRESS, TRUST_META, html_value(&d->decoded, href));
}

void
meta_text(struct dom *d, const struct element *e, struct span s)
{
	if ((e->own & KIND_MASK) == KIND_TITLE)
		set(d, META_TITLE, TRUST_PAGE, s);
}

/* Names: a string, an object with a name, or an array of them. */
static void
names(struct buf *b, struct span v, int depth)
{
	const char *p;
	struct span one;

	if (v.n == 0 || depth > 2)
		return;
	if (*v.p == '[') {
		p = v.p + 1;
		while (json_element(&p, v.p + v.n, &one))
			names(b, one, depth + 1);
		return;
	}
	if (*v.p == '{' && !json_find(v, "name", &v))
		return;
	if (v.n > 2 && *v.p == '"') {
		if (b->n > 0)
			buf_put(b, ", ", 2);
		json_string(b, v);
	} else if (v.n > 0 && *v.p == '[')
		names(b, v, depth + 1);
}

static void
take(struct dom *d, enum meta_field field, struct span v)
{
	d->decoded.n = 0;
	if (v.n > 0 && *v.p == '"')
		json_string(&d->decoded, v);
	else
		names(&d->decoded, v, 0);
	if (d->decoded.n > 0)
		set(d, field, TRUST_JSON, (struct span){ d->decoded.p, d->decoded.n });
}

static bool
article_type(struct span v)
{
	static const char *const types[] = { "Article", "Posting", "Report", "Review" };
	size_t i, k, n;

	for (k = 0; k < sizeof(types) / sizeof(*types); k++)
		for (n = strlen(types[k]), i = 0; i + n + 1 <= v.n; i++)
			if (memcmp(v.p + i, types[k], n) == 0 && v.p[i + n] == '"')
				return true;
	return false;
}

/*
 * Objects are looked into only where an article may be: at the top, in an array there, in "@graph".
 */
static void
walk(struct dom *d, struct span v, int depth)
{
	struct span one, key, type;
	const char *p;

	if (v.n == 0 || depth > 3)
		return;
	if (*v.p == '[') {
		p = v.p + 1;
		while (json_element(&p, v.p + v.n, &one))
			walk(d, one, depth + 1);
		return;
	}
	if (*v.p != '{')
		return;
	if (json_find(v, "@graph", &one))
		walk(d, one, depth + 1);
	if (!json_find(v, "@type", &type) || !article_type(type))
		return;
	p = v.p + 1;
	while (json_member(&p, v.p + v.n, &key, &one)) {
		if (span_eq(key, SPAN("headline")))
			take(d, META_TITLE, one);
		else if (span_eq(key, SPAN("datePublished")))
			take(d, META_DATE, one);
		else if (span_eq(key, SPAN("author")))
			take(d, META_AUTHOR, one);
		else if (span_eq(key, SPAN("publisher")))
			take(d, META_SITE, one);
		else if (span_eq(key, SPAN("inLanguage")))
			take(d, META_LANGUAGE, one);
		else if (span_eq(key, SPAN("url")))
			take(d, META_ADDRESS, one);
	}
}

void
meta_json(struct dom *d, struct span s)
{
	const char *p = json_skip(s.p, s.p + s.n);

	walk(d, (struct span){ p, (size_t)(s.p + s.n - p) }, 0);
}

void
meta_body(struct dom *d, struct span s)
{
	static const char key[] = "\"articleBody\"";
	const char *p = s.p, *end = s.p + s.n, *q;

	for (; (p = memchr(p, '"', (size_t)(end - p))) != NULL; p++) {
		if ((size_t)(end - p) < sizeof(key) || memcmp(p, key, sizeof(key) - 1) != 0)
			continue;
		p = json_skip(p + sizeof(key) - 1, end);
		if (p >= end || *p != ':')
			return;
		p = json_skip(p + 1, end);
		if (p >= end || *p != '"')
			return;
		q = json_string_end(p, end);
		if ((size_t)(q - p) > d->body.n) {
			d->body.n = 0;
			json_string(&d->body, (struct span){ p, (size_t)(q - p) });
		}
		p = q - 1;
	}
}
