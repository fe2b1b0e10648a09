/* SPDX-License-Identifier: ISC */
#include "raw.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>

#include "msg.h"
#include "u8.h"

static const char replacement[] = "\xEF\xBF\xBD";

bool
raw_encoding_known(const char *encoding)
{
	iconv_t cd = iconv_open("UTF-8", encoding);

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

/* Converted piece by piece, as iconv asks for more room; what it cannot read becomes U+FFFD, a byte at a time. */
static size_t
from_encoding(struct buf *b, const char *p, size_t n, const char *encoding)
{
	iconv_t cd = iconv_open("UTF-8", encoding);
	struct buf raw = { 0 };
	char *from = NULL, *to;
	size_t nfrom = n, nto, nbad = 0;

	if (cd == (iconv_t)-1)
		msg_die(EXIT_USAGE, "encoding %s: not known to iconv(3)", encoding);
	memcpy(&from, &p, sizeof(from));	/* iconv takes a char **, but only reads */
	for (;;) {
		to = buf_room(&raw, nfrom + 16);
		nto = raw.cap - raw.n;
		if (iconv(cd, nfrom > 0 ? &from : NULL, &nfrom, &to, &nto) != (size_t)-1) {
			raw.n = (size_t)(to - raw.p);
			break;
		}
		raw.n = (size_t)(to - raw.p);
		if (errno == E2BIG)
			(void)buf_room(&raw, raw.cap);
		else {
			buf_put(&raw, replacement, 3);
			nbad++;
			if (nfrom > 0) {
				from++;
				nfrom--;
			}
			if (nfrom == 0)
				break;
			iconv(cd, NULL, NULL, NULL, NULL);
		}
	}
	iconv_close(cd);
	nbad += u8_repair(b, raw.p, raw.n);
	buf_free(&raw);
	return nbad;
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

bool
raw_decode(struct buf *b, const char *p, size_t n, const char *encoding, size_t *nbad)
{
	size_t nwide, nill;

	*nbad = 0;
	if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
		p += 3;
		n -= 3;
	} else if (n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0)) {
		*nbad = from_utf16(b, p + 2, n - 2, p[0] == '\xFE');
		return true;
	}
	if (encoding == NULL) {
		if (n > 0 && (memchr(p, '\0', n) != NULL || (n >= 5 && memcmp(p, "%PDF-", 5) == 0)))
			return false;
		if (u8_clean(p, n) == n) {
			buf_put(b, p, n);
			return true;
		}
	}
	count_wide(p, n, &nwide, &nill);
	if (nwide > nill)
		*nbad = u8_repair(b, p, n);
	else
		*nbad = from_encoding(b, p, n, encoding == NULL ? "WINDOWS-1252" : encoding);
	return true;
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
