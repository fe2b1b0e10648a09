/* SPDX-License-Identifier: ISC */
#include "raw.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "msg.h"
#include "u8.h"

enum {
	/* bytes of a page in which it names its encoding, by the HTML standard, and shows that it is one */
	DECLARED_WITHIN = 1024,
	DECLARED_NAME = 32 /* bytes of a name with NUL; longer ones are cut and so unknown */
};

static const char replacement[] = "\xEF\xBF\xBD";

/* Bytes of a UTF-8 byte order mark at p. */
static size_t
mark(const char *p, size_t n)
{
	return n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

bool
raw_encoding_known(const char *encoding)
{
	iconv_t cd;

	if (!ascii_alnum(*encoding)) /* "" and "//..." are the locale's for glibc */
		return false;
	cd = iconv_open("UTF-8", encoding);
	if (cd == (iconv_t)-1)
		return false;
	iconv_close(cd);
	return true;
}

static size_t
from_utf16(struct buf *b, const char *p, size_t n, bool big)
{
	const unsigned char *s = (const unsigned char *)p;
	uint32_t unit, next;
	size_t i, nbad = 0;
	char *to;

	for (i = 0; i + 1 < n; i += 2) {
		unit = big ? (uint32_t)s[i] << 8 | s[i + 1] : (uint32_t)s[i + 1] << 8 | s[i];
		if (unit >= 0xD800 && unit <= 0xDBFF && i + 3 < n) {
			next = big ? (uint32_t)s[i + 2] << 8 | s[i + 3] : (uint32_t)s[i + 3] << 8 | s[i + 2];
			if (next >= 0xDC00 && next <= 0xDFFF) {
				unit = 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00);
				i += 2;
			}
		}
		if (unit == 0 || (unit >= 0xD800 && unit <= 0xDFFF)) {
			unit = U8_BAD;
			nbad++;
		}
		to = buf_room(b, U8_MAX);
		b->n += u8_put(to, unit);
	}
	if (i < n) {
		buf_put(b, replacement, 3);
		nbad++;
	}
	return nbad;
}

/*
 * iconv(3) with as much room as it asks for; false at what it cannot read. With NULL it gives what
 * it holds back: the last letter, of encodings in which a mark could follow.
 */
static bool
convert(iconv_t cd, struct buf *b, char **from, size_t *nfrom)
{
	size_t room = (nfrom != NULL ? *nfrom : 0) + 16, left, done;
	char *to;

	for (;;) {
		to = buf_room(b, room);
		left = b->cap - b->n;
		done = iconv(cd, from, nfrom, &to, &left);
		b->n = (size_t)(to - b->p);
		if (done != (size_t)-1)
			return true;
		if (errno != E2BIG)
			return false;
		room = b->cap;
	}
}

/*
 * What iconv cannot read becomes U+FFFD, a byte at a time.
 * False, and nothing appended, where a NUL comes out.
 */
static bool
from_encoding(struct buf *b, const char *p, size_t n, const char *encoding, size_t *nbad)
{
	iconv_t cd = iconv_open("UTF-8", encoding);
	struct buf raw = { 0 };
	char *from = NULL;
	bool text;

	if (cd == (iconv_t)-1)
		msg_die(EXIT_USAGE, "encoding %s: not known to iconv(3)", encoding);
	memcpy(&from, &p, sizeof(from)); /* iconv takes a char **, but only reads */
	while (n > 0 && !convert(cd, &raw, &from, &n)) {
		(void)convert(cd, &raw, NULL, NULL);
		buf_put(&raw, replacement, 3);
		++*nbad;
		from++;
		n--;
	}
	(void)convert(cd, &raw, NULL, NULL);
	iconv_close(cd);
	text = memchr(raw.p, '\0', raw.n) == NULL;
	if (text)
		*nbad += u8_repair(b, raw.p, raw.n);
	buf_free(&raw);
	return text;
}

/* Count well-formed sequences above ASCII and ill-formed parts. */
static void
count_wide(const char *p, size_t n, size_t *nwide, size_t *nbad)
{
	size_t i, step;
	uint32_t cp;

	*nwide = *nbad = 0;
	for (i = 0; i < n; i += step) {
		step = u8_next(p + i, n - i, &cp);
		*nwide += step > 1 && cp != U8_BAD;
		*nbad += cp == U8_BAD;
	}
}

/* Does [p, end) begin with the letters, in whatever case? */
static bool
begins(const char *p, const char *end, const char *with)
{
	const size_t n = strlen(with);

	return (size_t)(end - p) >= n && strncasecmp(p, with, n) == 0;
}

/*
 * The encoding that a page names in its first bytes, <meta charset=...>, <meta
 * http-equiv ... content="text/html; charset=..."> or <?xml encoding=...?>, put in
 * name; false for none that iconv(3) knows. Of the names that the web uses for an
 * encoding which holds more (https://encoding.spec.whatwg.org), that one is meant.
 * UTF-8 and UTF-16 say nothing here, since the bytes were seen to be neither.
 */
static bool
declared(const char *p, size_t n, char name[DECLARED_NAME])
{
	static const char *const means[][2] = { { "us-ascii", "windows-1252" },
						{ "ascii", "windows-1252" },
						{ "latin1", "windows-1252" },
						{ "iso-8859-1", "windows-1252" },
						{ "iso-8859-9", "windows-1254" },
						{ "iso-8859-11", "cp874" },
						{ "tis-620", "cp874" },
						{ "shift_jis", "cp932" },
						{ "shift-jis", "cp932" },
						{ "x-sjis", "cp932" },
						{ "gb2312", "gb18030" },
						{ "gbk", "gb18030" },
						{ "euc-kr", "cp949" },
						{ "ks_c_5601-1987", "cp949" },
						{ "big5", "big5-hkscs" } };
	const char *end, *q = NULL, *key = NULL;
	size_t i, len = 0;

	if (n > DECLARED_WITHIN)
		n = DECLARED_WITHIN;
	for (end = p + n; q == NULL && p < end; p++) {
		if (*p == '<')
			key = begins(p, end, "<meta")	? "charset"
			      : begins(p, end, "<?xml") ? "encoding"
							: NULL;
		else if (*p == '>')
			key = NULL;
		else if (key != NULL && begins(p, end, key))
			q = p + strlen(key);
	}
	if (q == NULL)
		return false;
	while (q < end && (*q == ' ' || *q == '='))
		q++;
	while (q < end && (*q == '"' || *q == '\''))
		q++;
	for (; q < end && len + 1 < DECLARED_NAME &&
	       (ascii_alnum(*q) || *q == '-' || *q == '_' || *q == '.' || *q == ':');
	     q++)
		name[len++] = ascii_fold(*q);
	name[len] = '\0';
	if (len == 0 || strncmp(name, "utf", 3) == 0)
		return false;
	for (i = 0; i < sizeof(means) / sizeof(*means); i++)
		if (strcmp(name, means[i][0]) == 0)
			memcpy(name, means[i][1], strlen(means[i][1]) + 1);
	return raw_encoding_known(name);
}

bool
raw_is_utf16(const char *p, size_t n)
{
	return n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0);
}

bool
raw_decode(struct buf *b, const char *p, size_t n, const char *encoding, size_t *nbad)
{
	const size_t nmark = mark(p, n);
	char name[DECLARED_NAME];
	size_t nwide, nill;
	bool nul;

	*nbad = 0;
	if (nmark > 0) {
		p += nmark;
		n -= nmark;
	} else if (raw_is_utf16(p, n)) {
		*nbad = from_utf16(b, p + 2, n - 2, p[0] == '\xFE');
		return true;
	}
	nul = n > 0 && memchr(p, '\0', n) != NULL;
	if ((nul && encoding == NULL) || (n >= 5 && memcmp(p, "%PDF-", 5) == 0))
		return false;
	if (encoding == NULL && u8_clean(p, n) == n) {
		buf_put(b, p, n);
		return true;
	}
	count_wide(p, n, &nwide, &nill);
	if (nwide > nill && !nul) {
		*nbad = u8_repair(b, p, n);
		return true;
	}
	return from_encoding(b, p, n,
			     encoding != NULL	    ? encoding
			     : declared(p, n, name) ? name
						    : "WINDOWS-1252",
			     nbad);
}

bool
raw_is_records(const char *p, size_t n)
{
	const char *end, *lf, *tab;
	size_t ntab, first = 0, nline = 0;

	if (n == 0)
		return false;
	for (end = p + n; p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			lf = end;
		for (ntab = 0; p < lf && (tab = memchr(p, '\t', (size_t)(lf - p))) != NULL; p = tab + 1)
			ntab++;
		if (ntab == 0 || (nline > 0 && ntab != first))
			return false;
		first = ntab;
		nline++;
	}
	return nline > 1;
}

bool
raw_is_json(const char *p, size_t n)
{
	const size_t from = mark(p, n);
	size_t i = from;

	while (i < n && (p[i] == '[' || ascii_space(p[i])))
		i++;
	if (i < n && p[i] == '"')
		return i > from && p[i - 1] == '[';
	if (i == n || p[i++] != '{')
		return false;
	while (i < n && ascii_space(p[i]))
		i++;
	return i == n || p[i] == '"';
}

/* Does the text begin with markup, and soon has one of the tags, which end with NULL? */
static bool
has_tag(const char *p, size_t n, const char *const tag[])
{
	const char *end;
	size_t i;

	if (n == 0) /* then p may be NULL */
		return false;
	end = p + (n < DECLARED_WITHIN ? n : DECLARED_WITHIN);
	while (p < end && ascii_space(*p))
		p++;
	if (!begins(p, end, "<"))
		return false;
	for (; p != NULL; p = memchr(p + 1, '<', (size_t)(end - p) - 1))
		for (i = 0; tag[i] != NULL; i++)
			if (begins(p, end, tag[i]))
				return true;
	return false;
}

bool
raw_is_html(const char *p, size_t n)
{
	static const char *const tag[] = { "<!doctype html", "<html", NULL };

	return has_tag(p, n, tag);
}

bool
raw_is_feed(const char *p, size_t n)
{
	static const char *const tag[] = { "<rss", "<feed", "<rdf:rdf", NULL };

	return has_tag(p, n, tag);
}
