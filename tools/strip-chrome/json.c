/* SPDX-License-Identifier: ISC */
#include "json.h"

#include "html.h"
#include "u8.h"

const char *
json_skip(const char *p, const char *end)
{
	while (p < end && ascii_space(*p))
		p++;
	return p;
}

const char *
json_string_end(const char *p, const char *end)
{
	for (p++; p < end && *p != '"'; p++)
		if (*p == '\\' && p + 1 < end)
			p++;
	return p < end ? p + 1 : end;
}

/* Behind the value at p, of however many others. */
static const char *
value_end(const char *p, const char *end)
{
	int depth = 0;

	do {
		p = json_skip(p, end);
		if (p >= end)
			return end;
		if (*p == '"')
			p = json_string_end(p, end);
		else if (*p == '{' || *p == '[') {
			depth++;
			p++;
		} else if (*p == '}' || *p == ']') {
			depth--;
			p++;
		} else if (*p == ',' || *p == ':')
			p++;
		else
			while (p < end && *p != ',' && *p != '}' && *p != ']' && !ascii_space(*p))
				p++;
	} while (depth > 0 && p < end);
	return p;
}

bool
json_member(const char **p, const char *end, struct span *key, struct span *value)
{
	const char *q = json_skip(*p, end);

	if (q < end && *q == ',')
		q = json_skip(q + 1, end);
	if (q >= end || *q != '"')
		return false;
	*p = json_string_end(q, end);
	*key = (struct span){ q + 1, (size_t)(*p - q) < 2 ? 0 : (size_t)(*p - q) - 2 };
	q = json_skip(*p, end);
	if (q >= end || *q != ':')
		return false;
	q = json_skip(q + 1, end);
	*p = value_end(q, end);
	*value = (struct span){ q, (size_t)(*p - q) };
	return true;
}

bool
json_find(struct span object, const char *name, struct span *value)
{
	const char *p = object.p + 1, *end = object.p + object.n;
	struct span key;

	if (object.n == 0 || *object.p != '{')
		return false;
	while (json_member(&p, end, &key, value))
		if (key.n == strlen(name) && memcmp(key.p, name, key.n) == 0)
			return true;
	return false;
}

bool
json_element(const char **p, const char *end, struct span *value)
{
	const char *q = json_skip(*p, end);

	if (q < end && *q == ',')
		q = json_skip(q + 1, end);
	if (q >= end || *q == ']')
		return false;
	*p = value_end(q, end);
	*value = (struct span){ q, (size_t)(*p - q) };
	return *p > q;
}

/* The number of the four hexadecimal digits at p; U8_BAD where there are less: *n of them. */
static uint32_t
hex4(const char *p, size_t *n)
{
	uint32_t v = 0;
	size_t i;
	int c;

	for (i = 0; i < 4; i++) {
		c = ascii_digit(p[i]) ? p[i] - '0' : ascii_alpha(p[i]) ? (p[i] | 0x20) - 'a' + 10 : 16;
		if (c > 15)
			break;
		v = v * 16 + (uint32_t)c;
	}
	*n = i;
	return i < 4 ? U8_BAD : v;
}

bool
json_string(struct buf *b, struct span s)
{
	struct buf raw = { 0 };
	size_t i, n, end;

	if (s.n < 2 || *s.p != '"')
		return false;
	end = s.n - (s.p[s.n - 1] == '"'); /* one that the page's end cuts has no second quotation mark */
	for (i = 1; i < end; i++) {
		uint32_t cp;
		char *to;

		if (s.p[i] != '\\') {
			buf_byte(&raw, s.p[i]);
			continue;
		}
		if (++i == s.n)
			break;
		switch (s.p[i]) {
		case 'u':
			if (i + 5 >= s.n)
				break;
			cp = hex4(s.p + i + 1, &n);
			i += n;
			if (cp >= 0xD800 && cp < 0xDC00 && i + 7 < s.n && s.p[i + 1] == '\\' &&
			    s.p[i + 2] == 'u') {
				uint32_t low = hex4(s.p + i + 3, &n);

				if (low >= 0xDC00 && low < 0xE000) {
					cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
					i += 6;
				}
			}
			if (cp == 0 || (cp >= 0xD800 && cp < 0xE000))
				cp = U8_BAD;
			to = buf_room(&raw, U8_MAX);
			raw.n += u8_put(to, cp);
			break;
		case 'n':
		case 'r':
		case 't':
		case 'b':
		case 'f':
			buf_byte(&raw, ' ');
			break;
		default:
			buf_byte(&raw, s.p[i]);
		}
	}
	html_decode(b, (struct span){ raw.p, raw.n }, true, false);
	buf_free(&raw);
	return true;
}
