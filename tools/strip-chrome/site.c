/* SPDX-License-Identifier: ISC */
#include "site.h"

#include "u8.h"

/* "example.org": labels of letters, digits and hyphens, two or more, the last one of letters. */
static bool
is_host(const char *p, size_t n)
{
	size_t i, label = 0, nlabel = 0;
	bool letters = true;

	for (i = 0; i < n; i++)
		if (p[i] == '.') {
			if (label == 0)
				return false;
			nlabel++;
			label = 0;
			letters = true;
		} else if (ascii_alnum(p[i]) || p[i] == '-' || (unsigned char)p[i] >= 0x80) {
			label++;
			letters = letters && !ascii_digit(p[i]) && p[i] != '-';
		} else
			return false;
	return nlabel > 0 && label > 1 && letters;
}

/* The host of what stands behind "://". */
static struct span
host_of(const char *p, size_t n)
{
	size_t end = 0, from = 0, i;

	while (end < n && strchr("/?#\\", p[end]) == NULL)
		end++;
	for (i = 0; i < end; i++)
		if (p[i] == '@')
			from = i + 1;
	for (i = end; i > from && ascii_digit(p[i - 1]); i--)
		;
	if (i > from && p[i - 1] == ':')
		end = i - 1;
	while (end > from && p[end - 1] == '.')
		end--;
	return (struct span){ p + from, end - from };
}

static struct span
named_by(struct span f, bool names_site)
{
	size_t i, from = 0;

	for (i = 1; i + 2 < f.n; i++)
		if (f.p[i] == ':' && f.p[i + 1] == '/' && f.p[i + 2] == '/')
			return host_of(f.p + i + 3, f.n - i - 3);
	for (i = 0; i < f.n; i++)
		if (f.p[i] == '/') {
			if (is_host(f.p + from, i - from))
				return (struct span){ f.p + from, i - from };
			from = i + 1;
		}
	return names_site ? f : (struct span){ f.p, 0 };
}

bool
site_of(struct span field, bool names_site, struct buf *b)
{
	struct span s;
	size_t i;

	b->n = 0;
	if (field.n == 0 || span_eq(field, SPAN("-")))
		return false;
	s = named_by(field, names_site);
	for (i = 0; i < s.n; i++)
		buf_byte(b, ascii_fold(s.p[i]));
	if (b->n > 4 && memcmp(b->p, "www.", 4) == 0) {
		b->n -= 4;
		memmove(b->p, b->p + 4, b->n);
	}
	return b->n > 0;
}
