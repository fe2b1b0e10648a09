/* SPDX-License-Identifier: ISC */
#include "rec.h"

#include "u8.h"
#include "vec.h"

_Static_assert(REC_SLACK >= VEC_BLOCK, "a block can be read from any byte of a record");

bool
rec_field(const struct rec *r, size_t i, struct span *field)
{
	const char *p = r->head.p, *end = p + r->head.n, *tab;

	for (; p < end && (tab = memchr(p, '\t', (size_t)(end - p))) != NULL; p = tab + 1)
		if (i-- == 0) {
			*field = (struct span){ p, (size_t)(tab - p) };
			return true;
		}
	return false;
}

bool
rec_pop(struct rec *r, struct span *field)
{
	size_t at;

	if (r->head.n <= r->id.n + 1)
		return false;
	for (at = r->head.n - 1; r->head.p[at - 1] != '\t'; at--)
		;
	*field = (struct span){ r->head.p + at, r->head.n - 1 - at };
	r->head.n = at;
	return true;
}

bool
rec_same_id(const char *line, const char *next, const char *end)
{
	const char *tab = memchr(line, '\t', (size_t)(next - line));
	size_t n;

	if (tab == NULL || tab == line)
		return false;
	n = (size_t)(tab - line) + 1;
	return n <= (size_t)(end - next) && memcmp(line, next, n) == 0;
}

/* What stands behind the backslash when c is escaped; 0 for bytes that are not. */
static inline char
escape_of(char c)
{
	static const char of[256] = { ['\\'] = '\\', ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r' };

	return of[(unsigned char)c];
}

/*
 * Put at `to` what a backslash and c stand for, copydesk(5):
 * up to 3 bytes; 0 where the backslash is no escape.
 */
static inline size_t
unescape(char *to, char c)
{
	static const char by[256] = { ['\\'] = '\\', ['t'] = '\t', ['n'] = '\n',  ['r'] = '\r', ['b'] = '\b',
				      ['f'] = '\f',  ['v'] = '\v', ['\''] = '\'', ['"'] = '"' };

	if (c == '0') {
		memcpy(to, "\xEF\xBF\xBD", 3);
		return 3;
	}
	*to = by[(unsigned char)c];
	return *to != 0;
}

/* A missing value, as PostgreSQL writes it. */
static inline bool
is_missing(struct span s)
{
	return s.n == 2 && s.p[0] == '\\' && s.p[1] == 'N';
}

/*
 * Append the bytes from p to end, escaped, while a whole block of what ends at
 * `last` can be read; returns where that stopped. Each block is copied as it is
 * looked at, and behind a byte that is escaped the next one begins anew.
 */
static const char *
escape_blocks(struct buf *b, const char *p, const char *end, const char *last)
{
	char *to = buf_room(b, 2 * (size_t)(end - p) + VEC_BLOCK);
	vec v, w, x, y;
	uint64_t m;
	size_t n;

	while (p < end && last - p >= VEC_BLOCK) {
		v = vec_load(p);
		w = vec_load(p + VEC);
		x = vec_load(p + 2 * VEC);
		y = vec_load(p + 3 * VEC);
		vec_store(to, v);
		vec_store(to + VEC, w);
		vec_store(to + 2 * VEC, x);
		vec_store(to + 3 * VEC, y);
		m = vec_bits(rec_doubt(v), rec_doubt(w), rec_doubt(x), rec_doubt(y));
		n = m != 0 ? vec_first(m) : VEC_BLOCK;
		if ((size_t)(end - p) <= n) {
			to += end - p;
			p = end;
			break;
		}
		p += n;
		to += n;
		if (m == 0)
			continue;
		do { /* line ends come in pairs */
			if (escape_of(*p) != 0) {
				*to++ = '\\';
				*to++ = escape_of(*p);
			} else
				*to++ = *p; /* another control */
		} while (++p < end && escape_of(*p) != 0);
	}
	b->n = (size_t)(to - b->p);
	return p;
}

char *
rec_escape_bytes(char *to, struct span s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		const char c = escape_of(s.p[i]);

		*to = '\\';
		to += c != 0;
		*to++ = c != 0 ? c : s.p[i];
	}
	return to;
}

static inline size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Has p[0, n) no doubtful byte? n is VEC to VEC_BLOCK. */
static inline bool
is_clean(const char *p, size_t n)
{
	const size_t last = n - VEC, second = least(VEC, last), third = least(2 * VEC, last);

	return vec_bits16(rec_doubt(vec_load(p)) | rec_doubt(vec_load(p + second)) |
			  rec_doubt(vec_load(p + third)) | rec_doubt(vec_load(p + last))) == 0;
}

void
rec_escape(struct buf *b, struct span s)
{
	char rest[2 * VEC_BLOCK], room[REC_SHORT];
	const char *p = s.p, *end;
	size_t n;

	if (s.n <= REC_SHORT) { /* p may be NULL; the fields of a line of many are as short as this */
		memset(room, ' ', sizeof room);
		if (s.n > 0)
			memcpy(room, s.p, s.n);
		b->n =
		    (size_t)(rec_escape_short(buf_room(b, 2 * REC_SHORT), (struct span){ room, s.n }) - b->p);
		return;
	}
	end = s.p + s.n;
	if (s.n >= VEC_BLOCK)
		p = escape_blocks(b, p, end, end);
	n = (size_t)(end - p);
	if (n == 0)
		return;
	/*
	 * the last bytes are most often none that is escaped;
	 * with what comes before them a vector can be read
	 */
	if (n < VEC ? is_clean(end - VEC, VEC) : is_clean(p, n)) {
		buf_put(b, p, n);
		return;
	}
	memset(rest, 0, sizeof(rest));
	memcpy(rest, p, n);
	(void)escape_blocks(b, rest, rest + n, rest + sizeof(rest));
}

void
rec_unescape(struct buf *b, struct span s)
{
	const char *p = s.p, *end, *back;
	size_t n;

	if (s.n == 0 || is_missing(s))
		return;
	for (end = p + s.n; p < end && (back = memchr(p, '\\', (size_t)(end - p))) != NULL;) {
		buf_put(b, p, (size_t)(back - p));
		n = back + 1 < end ? unescape(buf_room(b, 3), back[1]) : 0;
		b->n += n;
		p = back + 1 + (n > 0);
		if (n == 0)
			buf_byte(b, '\\');
	}
	buf_put(b, p, (size_t)(end - p));
}

/* The same where the top bit of a byte is set, and of those above 127. */
static inline vec
mark(vec v)
{
	return (v - vec_all('\r' + 1)) | v | vec_is(v, '\\');
}

/*
 * Look at a block and, where `to` is not NULL, copy it
 * there: a bit for each of its bytes that has a mark.
 */
static inline uint64_t
look(const char *p, char *to)
{
	const vec a = vec_load(p), b = vec_load(p + VEC), c = vec_load(p + 2 * VEC),
		  d = vec_load(p + 3 * VEC);

	if (to != NULL) {
		vec_store(to, a);
		vec_store(to + VEC, b);
		vec_store(to + 2 * VEC, c);
		vec_store(to + 3 * VEC, d);
	}
	return vec_bits(mark(a), mark(b), mark(c), mark(d));
}

/*
 * The same by 32 bytes at a time, where the processor
 * has them: a sixth of rec_read's instructions less.
 */
#ifdef VEC_WIDE
VEC_WIDE static inline uint32_t
wide_marks(__m256i v)
{
	const __m256i low = _mm256_sub_epi8(v, _mm256_set1_epi8('\r' + 1)),
		      back = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\'));

	return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(low, v), back));
}

VEC_WIDE static inline uint64_t
look_wide(const char *p, char *to)
{
	const __m256i a = _mm256_loadu_si256((const void *)p),
		      b = _mm256_loadu_si256((const void *)(p + VEC_BLOCK / 2));

	if (to != NULL) {
		_mm256_storeu_si256((void *)to, a);
		_mm256_storeu_si256((void *)(to + VEC_BLOCK / 2), b);
	}
	return wide_marks(a) | (uint64_t)wide_marks(b) << 32;
}
#else
#define look_wide look
#endif

/*
 * Bytes of room that a block wants: two of an escape
 * may come to three, and behind each a block is copied.
 */
enum { BLOCK_ROOM = 3 * VEC_BLOCK };

/*
 * One walk finds the fields and the line's end, sees that all is well-formed, and undoes the
 * escapes; only bytes with a mark are looked at, one in eighty of news. A search of its own for
 * each of LF, TAB, ill-formed bytes and backslashes was 0.7 instructions a byte more.
 *
 * From a field's first escape on, what is walked over is copied: each block as it is looked at, and
 * behind an escape once more what follows it. A byte at[k] goes to text->p[to + k]; to may be less
 * than 0 (modulo SIZE_MAX + 1) where the field began inside the block.
 */
VEC_INLINE bool
read_by(struct rec *r, struct rec_line *l, struct buf *text, struct newlines *newlines, const char *p,
	const char *end, bool wide)
{
	const char *at = p, *field = p, *q; /* the block, the field, the byte */
	bool same = true, only_newlines = true, copying = false;
	uint32_t *newline = NULL; /* newlines->at */
	size_t i, n, step, to = 0, nnewline = 0, head = 0;
	uint64_t m = (wide ? look_wide : look)(at, NULL);

	r->id = (struct span){ p, 0 };
	for (;;) {
		while (m == 0) {
			at += VEC_BLOCK;
			to += VEC_BLOCK;
			if (copying && to + BLOCK_ROOM > text->cap) {
				text->n = to;
				(void)buf_room(text, BLOCK_ROOM);
			}
			m = (wide ? look_wide : look)(at, copying ? text->p + to : NULL);
		}
		i = vec_first(m);
		q = at + i;
		step = 1;
		if (*q == '\\') {
			if (!copying) {
				const size_t before = (size_t)(q - field);

				text->n = 0;
				vec_copy(buf_room(text, before + BLOCK_ROOM), field, before);
				to = before - i;
				copying = true;
				newline = newlines->at;
				nnewline = 0;
			}
			if (newlines->cap - nnewline < 2)
				newline = newlines->at =
				    mem_double(newlines->at, &newlines->cap, sizeof(*newlines->at));
			if (q[1] == 'n') { /* most; they come in pairs */
				n = 1 + (memcmp(q + 2, "\\n", 2) == 0);
				step = 2 * n;
				newline[nnewline] = (uint32_t)(to + i);
				newline[nnewline + 1] = newline[nnewline] + 1;
				memset(text->p + (to + i), '\n', 2);
				nnewline += n;
			} else {
				char *c = text->p + (to + i);

				n = unescape(c, q[1]);
				same &= n == 1 && escape_of(*c) == q[1];
				only_newlines = false;
				step = 1 + (n > 0);
				if (n == 0) {
					*c = '\\';
					n = 1;
				}
			}
			to += n - step;
			(void)(wide ? look_wide : look)(q + step, text->p + (to + i + step));
		} else if ((signed char)*q < 0) {
			step = u8_wide(q);
			if (step == 0)
				return false;
		} else if (*q == '\t') {
			if (head == 0)
				r->id.n = (size_t)(q - p);
			field = q + 1;
			head = (size_t)(field - p);
			copying = false;
			same = only_newlines = true;
		} else if (*q == '\n' || q == end || (*q == '\r' && (q + 1 == end || q[1] == '\n')))
			break;
		else if (*q == '\0')
			return false;
		else if (*q == '\r')
			same = only_newlines = false;
		i += step;
		if (i < VEC_BLOCK)
			m &= ~(uint64_t)0 << i;
		else { /* the next block begins behind it */
			if (copying && (signed char)*q < 0)
				memcpy(text->p + (to + VEC_BLOCK), at + VEC_BLOCK, U8_MAX);
			at += i - VEC_BLOCK;
			to += i - VEC_BLOCK;
			m = 0;
		}
	}
	l->n = (size_t)(q - p);
	l->next = q + (q < end && *q == '\r');
	l->next += l->next < end;
	r->head = (struct span){ p, head };
	r->text = (struct span){ field, (size_t)(q - field) };
	l->written = same ? r->text : (struct span){ 0 };
	l->only_newlines = only_newlines;
	newlines->n = copying ? nnewline : 0;
	r->newlines = newlines;
	if (is_missing(r->text))
		r->text.n = 0;
	else if (copying) {
		text->n = to + i;
		memset(text->p + text->n, 0, REC_SLACK);
		r->text = (struct span){ text->p, text->n };
	}
	return true;
}

#ifdef VEC_WIDE
VEC_WIDE static bool
read_wide(struct rec *r, struct rec_line *l, struct buf *text, struct newlines *newlines, const char *p,
	  const char *end)
{
	return read_by(r, l, text, newlines, p, end, true);
}
#endif

bool
rec_read(struct rec *r, struct rec_line *l, struct buf *text, struct newlines *newlines, const char *p,
	 const char *end)
{
#ifdef VEC_WIDE
	if (vec_wide())
		return read_wide(r, l, text, newlines, p, end);
#endif
	return read_by(r, l, text, newlines, p, end, false);
}
