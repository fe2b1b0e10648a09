/* SPDX-License-Identifier: ISC */
/*
 * Everything looked at lies within a few words of the gap, or within a bound,
 * so that the time for one does not depend on the text.
 */
#include <string.h>

#include "table.h"
#include "view.h"
#include "split-sentences/speech.h"

/* Bytes of a token, and marks and quotes of a gap, that are looked at. */
enum { TOKEN_MAX_SEEN = 48, MARKS_MAX_SEEN = 12 };

static bool
is_mark(char c)
{
	return c == '.' || c == '?' || c == '!';
}

static unsigned
more_marks(unsigned mark, unsigned one)
{
	if (mark == MARK_NONE || (mark == one && one != MARK_STOP))
		return one;
	return one == MARK_STOP && (mark == MARK_STOP || mark == MARK_DOTS) ? MARK_DOTS : MARK_MIXED;
}

/* Does the blank at at part what belongs together: . . . or a mark and the quotes behind it, .’ ” */
static bool
blank_within(const struct view *v, const char *text, size_t at, size_t start)
{
	if (at <= start)
		return false;
	if (v->mark != MARK_NONE)
		return text[at - 1] == '.';
	return v->close == CLOSE_QUOTE && (is_mark(text[at - 1]) || text[at - 1] == '\'' ||
					   (at - start >= 3 && wide_close(text + at - 3, text + at) == 3));
}

/*
 * The character above 127 that ends before at, as one of the marks and quotes of a gap: its bytes,
 * 0 when it is none of them. *last: no more are to be looked for.
 */
static size_t
look_at_wide(struct view *v, const char *text, size_t at, size_t start, bool *last)
{
	const char *p, *end = text + at;
	size_t w;

	for (w = 1; w < 4 && w < at - start && (end[-(ptrdiff_t)w] & 0xC0) == 0x80; w++)
		;
	p = end - w;
	if (wide_close(p, end) == w || (w == 3 && w < at - start && memcmp(p, "“", 3) == 0 && is_mark(p[-1])))
		v->close |= (v->mark != MARK_NONE ? CLOSE_BEFORE : 0) | CLOSE_QUOTE;
	else if (note_sign(p, end) == w)
		v->close |= (v->mark != MARK_NONE ? CLOSE_BEFORE : 0) | CLOSE_NOTE;
	else if (w == 3 && memcmp(p, "…", 3) == 0)
		v->mark = MARK_DOTS;
	else if (foreign_mark(p) == w || (w == 3 && (memcmp(p, "—", 3) == 0 || memcmp(p, "–", 3) == 0))) {
		v->mark = foreign_mark(p) == w ? MARK_FOREIGN : MARK_DASH;
		*last = true;
	} else if (blank_wide(p) != w || !blank_within(v, text, at - w, start))
		return 0;
	return w;
}

/* Leftwards: quotes, brackets, notes, marks, and again quotes (".). Returns where the word ends. */
static size_t
look_left(struct view *v, const char *text, size_t n, size_t at, size_t start)
{
	size_t i = at, k, q, w;
	bool last = false;

	for (k = 0; k < MARKS_MAX_SEEN && i > start; k++) {
		unsigned before = v->mark != MARK_NONE ? CLOSE_BEFORE : 0;
		char b = text[i - 1];

		w = 1;
		switch (b) {
		case '.':
			v->mark = more_marks(v->mark, MARK_STOP);
			break;
		case '?':
			v->mark = more_marks(v->mark, MARK_QUESTION);
			break;
		case '!':
			v->mark = more_marks(v->mark, MARK_CRY);
			break;
		case '"':
		case '\'':
		case '*':
			v->close |= before | CLOSE_QUOTE;
			break;
		case ']':
			for (q = i - 1; q > start && i - q < NOTE_MAX && text[q] != '['; q--)
				;
			if (q > start && note_at(text, q, n) == i) {
				v->close |= CLOSE_NOTE;
				while (q > start && text[q - 1] == ' ')
					q--;
				w = i - q;
				break;
			}
			/* FALLTHROUGH */
		case ')':
		case '}':
			v->close |= before | CLOSE_BRACKET;
			break;
		case ' ':
			if (!blank_within(v, text, i - 1, start))
				return i;
			break;
		case ':':
		case ';':
		case ',':
		case '-':
			if (v->mark != MARK_NONE)
				return i;
			v->mark = b == ':'   ? MARK_COLON
				  : b == ';' ? MARK_SEMICOLON
				  : b == ',' ? MARK_COMMA
					     : MARK_DASH;
			return i - 1;
		default:
			w = is_wide(b) ? look_at_wide(v, text, i, start, &last) : 0;
			if (w == 0 && v->mark == MARK_NONE && !in_word(text, i - 1))
				v->mark = MARK_OTHER;
			if (w == 0 || last)
				return i - w;
		}
		i -= w;
	}
	return i;
}

static enum before
class_before(const char *text, size_t at, size_t start)
{
	while (at > start && text[at - 1] == ' ')
		at--;
	if (at == start)
		return BEFORE_NOTHING;
	switch (text[at - 1]) {
	case '.':
	case '?':
	case '!':
		return BEFORE_MARK;
	case ',':
		return BEFORE_COMMA;
	case '(':
		return BEFORE_BRACKET;
	case '"':
		return BEFORE_QUOTE;
	case ':':
		return BEFORE_COLON;
	default:
		if (at - start >= 2 && memcmp(text + at - 2, "©", 2) == 0)
			return BEFORE_COPYRIGHT;
		return is_wide(text[at - 1]) ? BEFORE_WIDE : BEFORE_OTHER;
	}
}

/* The token that ends at at and goes on at next where no blank parts them. */
static void
look_token(struct view *v, const struct context *c, const struct gap_at *g, size_t start)
{
	const char *text = c->text;
	size_t low = g->end - start > TOKEN_MAX_SEEN ? g->end - TOKEN_MAX_SEEN : start, i, k;

	i = (size_t)(v->l.p - text);
	if (v->l.n == 0 || g->end - i - v->l.n > 1 || i == start || text[i - 1] != ' ')
		i = g->end;
	/* else the token is the word and its mark */
	for (; i > low && text[i - 1] != ' ' && text[i - 1] != '\n'; i--)
		if (text[i - 1] == '@')
			v->address = ADDRESS_MAIL;
		else if (text[i - 1] == '/' && v->address == ADDRESS_NONE)
			v->address = i - low >= 2 && text[i - 2] == ':' ? ADDRESS_WEB : ADDRESS_PATH;
		else if (text[i - 1] == ':' && text[i] == '/' && v->address == ADDRESS_PATH)
			v->address = ADDRESS_WEB;
	if (g->end - i > 4 && memcmp(text + i, "www.", 4) == 0)
		v->address = ADDRESS_WEB;
	if (v->gap == GAP_NONE && v->address == ADDRESS_NONE)
		for (k = g->next; k < c->n && k < g->next + 32 && (unsigned char)text[k] > ' '; k++)
			if (text[k] == '@')
				v->address = ADDRESS_MAIL;
}

/* Rightwards: over opening quotes and brackets. Returns where the word begins. */
static size_t
look_right(struct view *v, const char *text, size_t n, size_t at)
{
	const char *end = text + n;
	size_t j = at, k, w;
	unsigned o;

	for (k = 0; k < 4 && j < n; k++) {
		w = 1;
		switch (text[j]) {
		case '"':
			o = OPEN_QUOTE;
			break;
		case '\'':
		case '`':
			o = OPEN_SINGLE;
			break;
		case '(':
			o = OPEN_ROUND;
			break;
		case '[':
			o = OPEN_SQUARE;
			break;
		case '-':
			o = OPEN_DASH;
			break;
		case '*':
			o = OPEN_BULLET;
			break;
		case ' ':
			if (k == 0)
				return j;
			j++;
			continue;
		default:
			w = wide_open(text + j, end);
			if (w > 0) {
				o = text[j + w - 1] == (char)0x98 ? OPEN_SINGLE : OPEN_QUOTE;
			} else if (n - j > 3 &&
				   (memcmp(text + j, "—", 3) == 0 || memcmp(text + j, "–", 3) == 0)) {
				o = OPEN_DASH;
				w = 3;
			} else if (n - j > 3 && memcmp(text + j, "•", 3) == 0) {
				o = OPEN_BULLET;
				w = 3;
			} else {
				if (k == 0 && !is_wide(text[j]) && !ascii_alnum(text[j]))
					v->open = OPEN_OTHER;
				return j;
			}
		}
		if (v->open == OPEN_NONE)
			v->open = o;
		j += w;
	}
	return j;
}

static unsigned
what_follows(const char *text, size_t at, size_t n)
{
	switch (at < n ? text[at] : ' ') {
	case ' ':
	case '\n':
	case '\r':
		return FOLLOW_BLANK;
	case '.':
		return at + 1 < n && !ascii_space(text[at + 1]) ? FOLLOW_STOP_INSIDE : FOLLOW_STOP;
	case ',':
		return FOLLOW_COMMA;
	case ':':
		return FOLLOW_COLON;
	case '?':
	case '!':
		return FOLLOW_MARK;
	case '-':
		return FOLLOW_HYPHEN;
	case ')':
		return FOLLOW_BRACKET;
	case '/':
	case '@':
	case '_':
		return FOLLOW_ADDRESS;
	default:
		return FOLLOW_OTHER;
	}
}

/* "..." she said; "..." the old man said: which of the words from r on says so. */
static unsigned
look_speech(const struct view *v, const struct context *c)
{
	struct side s = v->r;
	unsigned k;
	size_t at;

	if ((v->close & CLOSE_QUOTE) == 0 || v->left_byte == '.' || v->left_byte == '?' ||
	    v->left_byte == '!')
		return 0;
	for (k = 1; k <= 4 && s.n > 0; k++) {
		if (s.n <= WORD_MAX && table_get(&speech, s.p, s.n) != 0)
			return k;
		at = (size_t)(s.p - c->text) + s.n;
		if (at >= c->n || c->text[at] != ' ')
			return 0;
		word_right(&s, c->lex, c->text, at + 1, c->n);
	}
	return 0;
}

/* Of the four words around, are two or more in capitals, and is none with a small letter? */
static bool
in_capitals(const struct view *v)
{
	enum {
		ALL = 1 << SHAPE_ALL3 | 1 << SHAPE_ALL,
		NO_SMALL = ALL | 1 << SHAPE_NONE | 1 << SHAPE_CAPITAL1 | 1 << SHAPE_DIGIT2 |
			   1 << SHAPE_DIGIT4 | 1 << SHAPE_DIGITS | 1 << SHAPE_DOTTED | 1 << SHAPE_ALNUM
	};
	const unsigned shape[] = { v->l2.shape, v->l.shape, v->r.shape, v->r2.shape };
	unsigned k, n = 0;

	for (k = 0; k < 4; k++) {
		if ((NO_SMALL >> shape[k] & 1) == 0)
			return false;
		n += ALL >> shape[k] & 1;
	}
	return n > 1;
}

void
view_gap(struct view *v, const struct context *c, const struct gap_at *g, size_t start)
{
	const struct scan *s = c->scan;
	const char *text = c->text;
	size_t i, j, k;

	*v = (struct view){
		.gap = g->gap, .quoted = g->quoted, .line = g->gap >= GAP_LINE, .length = g->end - start
	};
	v->left_byte = (unsigned char)text[g->end - 1];
	v->right_byte = (unsigned char)text[g->next];

	i = look_left(v, text, c->n, g->end, start);
	word_left(&v->l, c->lex, text, i, start);
	if (v->mark == MARK_STOP || v->mark == MARK_MIXED)
		v->abbr = abbreviation(&c->user, &v->l);
	k = (size_t)(v->l.p - text);
	v->start_l = k == start ? 1 : k - start <= 2 ? 2 : k - start <= 20 ? 3 : 0;
	v->before_l = class_before(text, k, start);
	v->hyphen_l = k > start && text[k - 1] == '-';
	while (k > start &&
	       (text[k - 1] == ' ' || text[k - 1] == '\n' || text[k - 1] == '\r' || text[k - 1] == '-'))
		k--;
	word_left(&v->l2, c->lex, text, k, start);
	v->item_l = v->start_l == 1 && v->mark == MARK_STOP && v->l.n > 0 &&
		    (v->l.n == 1 ? ascii_digit(*v->l.p) || ascii_lower(*v->l.p)
				 : v->l.n == 2 && ascii_digit(*v->l.p));
	look_token(v, c, g, start);

	j = look_right(v, text, c->n, g->next);
	word_right(&v->r, c->lex, text, j, c->n);
	j += v->r.n;
	v->follow = what_follows(text, j, c->n);
	if (v->gap == GAP_NONE && v->mark == MARK_STOP && v->follow != FOLLOW_HYPHEN)
		v->suffix = suffix_class(v->r.p, v->r.n);
	if (v->follow == FOLLOW_BLANK && j < c->n)
		word_right(&v->r2, c->lex, text, j + 1, c->n);
	else
		v->r2 = (struct side){ .p = text + c->n };
	v->speech = look_speech(v, c);
	v->capitals = in_capitals(v);

	if (v->gap == GAP_NONE && v->mark == MARK_NONE)
		v->camel = scan_camel(s, text, g->end);
	v->glued = s->nglued == 0 ? 0 : s->nglued * 8 < s->nspaced ? 1 : 2;
	v->sloppy = s->nlower > s->nspaced + s->nglued + 2 ? 2 : s->nlower * 20 > s->nspaced + s->nglued;
	v->prose = s->nspaced + s->nglued > 8 * s->nlower + 2 * s->nloose;
}
