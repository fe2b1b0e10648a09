/* SPDX-License-Identifier: ISC */
#include "word.h"

#include <stdint.h>

#include "u8.h"

/* What a character does to words. */
enum kind { PART, UPPER, LOWER, DIGIT, MARK, APOSTROPHE, STOP, COMMA };

static enum kind
kind_of(uint32_t cp)
{
	unsigned class;

	switch (cp) {
	case '\'':
	case 0x2019: /* right single quotation mark */
	case '-':
	case 0x2010: /* hyphen */
	case 0x2011: /* non-breaking hyphen */
		return APOSTROPHE;
	case '.':
		return STOP;
	case ',':
		return COMMA;
	}
	class = u8_class(cp);
	if (class & U8_UPPER)
		return UPPER;
	if (class & (U8_LOWER | U8_CASELESS))
		return LOWER;
	if (class & (U8_DIGIT | U8_NUMBER))
		return DIGIT;
	if (class & U8_MARK)
		return MARK;
	return PART;
}

static inline enum kind
kind_at(struct span text, size_t at, size_t *step)
{
	uint32_t cp;

	if (at >= text.n) {
		*step = 0;
		return PART;
	}
	if ((signed char)text.p[at] >= 0) {
		*step = 1;
		if (ascii_lower(text.p[at]))
			return LOWER;
		return kind_of((unsigned char)text.p[at]);
	}
	*step = u8_next(text.p + at, text.n - at, &cp);
	return kind_of(cp);
}

static inline bool
is_letter(enum kind k)
{
	return k == UPPER || k == LOWER;
}

bool
word_next(struct span text, size_t *at, struct word *w)
{
	size_t i = *at, step, next_step, past;
	enum kind k, last, next;
	unsigned shape;
	size_t run; /* letters since the last mark inside */
	bool joins;

	for (;; i += step) {
		k = kind_at(text, i, &step);
		if (step == 0) {
			*at = i;
			return false;
		}
		if (is_letter(k) || k == DIGIT)
			break;
	}
	w->begin = i;
	shape = k == UPPER ? WORD_INITIAL : 0;
	last = k;
	run = 0;
	for (;;) {
		switch (k) {
		case UPPER:
			shape |= WORD_UPPER;
			break;
		case LOWER:
			shape |= WORD_LOWER;
			break;
		case DIGIT:
			shape |= WORD_DIGIT;
			break;
		default:
			break;
		}
		if (k != MARK) {
			last = k;
			run++;
		}
		if ((signed char)text.p[i] < 0)
			shape |= WORD_WIDE;
		i += step;
		k = kind_at(text, i, &step);
		if (is_letter(k) || k == DIGIT || k == MARK)
			continue;
		if (k == PART)
			break;
		next = kind_at(text, i + step, &next_step);
		if (k == APOSTROPHE)
			joins = is_letter(next) || next == DIGIT;
		else if (last == DIGIT && next == DIGIT)
			joins = true;
		else { /* a stop between initials: one letter before it, and after it one alone */
			joins = k == STOP && is_letter(last) && run == 1 && is_letter(next);
			if (joins)
				joins = !is_letter(kind_at(text, i + step + next_step, &past));
		}
		if (!joins)
			break;
		if ((signed char)text.p[i] < 0)
			shape |= WORD_WIDE;
		shape |= WORD_INNER;
		i += step;
		k = next;
		step = next_step;
		run = 0;
	}
	w->end = i;
	w->shape = shape;
	*at = i;
	return true;
}
