/* SPDX-License-Identifier: ISC */
#include "marks.h"

#include <stdbool.h>

#define P BYTE_MARK
#define L BYTE_SMALL
#define U BYTE_CAPITAL
#define D BYTE_DIGIT
#define S BYTE_SPACE
#define H BYTE_HIGH
/* clang-format off */
const uint8_t byte_is[256] = {
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
	P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P,
	P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H
};
/* clang-format on */
#undef P
#undef L
#undef U
#undef D
#undef S
#undef H

enum mark
mark_at(const unsigned char *p, const unsigned char *from, size_t *n)
{
	unsigned char a = p[0], b = p[1], c = p[2];

	if (a == 0xE2) {
		*n = 3;
		if (b == 0x80) {
			switch (c) {
			case 0x98:
			case 0x9A:
			case 0x9C:
			case 0x9E:
			case 0xB9:
				return MARK_OPEN;
			case 0x99:
				return MARK_APOSTROPHE;
			case 0x9D:
			case 0x9B:
			case 0xBA:
				return MARK_CLOSE;
			case 0x90:
			case 0x91:
			case 0x92:
			case 0x93:
			case 0x94:
			case 0x95:
				return MARK_DASH;
			case 0xA6:
				return MARK_DOTS;
			case 0xA2:
			case 0xA3:
				return MARK_SEPARATOR;
			default:
				return MARK_SPACE;
			}
		}
		if (b >= 0x86 && b <= 0xAF) /* arrows, boxes, dingbats */
			return MARK_SEPARATOR;
		return b < 0x86 ? MARK_SIGN : MARK_LETTER;
	}
	if (a == 0xC2) {
		*n = 2;
		if (b == 0xA0 || b == 0xAD)
			return MARK_SPACE;
		if (b == 0xAB)
			return MARK_OPEN;
		if (b == 0xBB) /* a quote's end, or "more" where it stands alone */
			return p == from || p[-1] == ' ' ? MARK_SEPARATOR : MARK_CLOSE;
		if (b == 0xB7)
			return MARK_SEPARATOR;
		return MARK_SIGN;
	}
	*n = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : 2;
	if (a == 0xF0 && b == 0x9F) /* pictures */
		return MARK_SEPARATOR;
	if (a == 0xEF && (b == 0xB8 || b == 0xBB))
		return MARK_SPACE;
	return MARK_LETTER;
}

enum start
other_start(const unsigned char *p, size_t n)
{
	size_t w;

	if (n == 0)
		return START_NONE;
	switch (byte_is[*p]) {
	case BYTE_HIGH:
		switch (mark_at(p, p, &w)) {
		case MARK_OPEN:
		case MARK_CLOSE:
		case MARK_APOSTROPHE:
			return START_QUOTE;
		case MARK_DASH:
			return START_DASH;
		case MARK_SEPARATOR:
			return START_SIGN;
		case MARK_SIGN:
			return START_NONE;
		default:
			return START_LETTER;
		}
	default:
		switch (*p) {
		case '"':
		case '\'':
			return START_QUOTE;
		case '(':
		case '[':
			return START_BRACKET;
		case ',':
		case '.':
		case ';':
		case ')':
		case '?':
		case '!':
		case ':':
			return START_INNER;
		case '-':
			return START_DASH;
		case '@':
		case '#':
			return START_SIGN;
		default:
			return START_NONE;
		}
	}
}

/* What the last character of p[0, n), not empty, says; *w: its bytes. A space says END_NONE. */
static enum end
last_end(const unsigned char *p, size_t n, size_t *w)
{
	*w = 1;
	switch (byte_is[p[n - 1]]) {
	case BYTE_SMALL:
		return END_LETTER;
	case BYTE_CAPITAL:
		return END_CAPITAL;
	case BYTE_DIGIT:
		return END_DIGIT;
	case BYTE_HIGH:
		while (*w < n && *w < 4 && (p[n - *w] & 0xC0) == 0x80)
			++*w;
		switch (mark_at(p + n - *w, p, w)) {
		case MARK_LETTER:
			return END_LETTER;
		case MARK_SPACE:
			return END_NONE;
		case MARK_CLOSE:
		case MARK_APOSTROPHE:
			return END_QUOTE;
		case MARK_OPEN:
		case MARK_DASH:
			return END_DASH;
		case MARK_DOTS:
			return END_DOTS;
		case MARK_SEPARATOR:
		case MARK_SIGN:
			break;
		}
		return END_SIGN;
	}
	switch (p[n - 1]) {
	case ' ':
		return END_NONE;
	case '.':
		return n >= 3 && p[n - 2] == '.' && p[n - 3] == '.' ? END_DOTS : END_STOP;
	case '?':
	case '!':
		return END_CALL;
	case '"':
	case '\'':
		return END_QUOTE;
	case ':':
		return END_COLON;
	case ')':
	case ']':
		return END_BRACKET;
	case ',':
	case ';':
	case '-':
		return END_COMMA;
	default:
		return END_SIGN;
	}
}

enum end
other_end(const unsigned char *p, size_t n)
{
	enum end end = END_NONE;
	bool quoted = false;
	size_t w;

	/* a quotation mark, and what stands before it */
	for (; n > 0; n -= w) {
		end = last_end(p, n, &w);
		if (end == END_QUOTE && !quoted)
			quoted = true;
		else if (end != END_NONE)
			break;
	}
	if (n == 0)
		return quoted ? END_QUOTE : END_NONE;
	if (!quoted || end == END_SIGN || end == END_COLON || end == END_DOTS || end == END_DASH)
		return end;
	return end == END_STOP || end == END_CALL ? END_QUOTED_STOP : END_QUOTE;
}
