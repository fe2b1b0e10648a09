/* SPDX-License-Identifier: ISC */
/*
 * Slices and growing buffers.
 *
 * Memory that cannot be had ends the program with a message and status 1, so
 * no function here reports failure.
 */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "little.h"

/* n bytes at p, owned by somebody else; no final NUL, and NUL may be among them. */
struct span {
	const char *p;
	size_t n;
};

/* A growing buffer: n of cap bytes at p are in use. All zero is an empty one. */
struct buf {
	char *p;
	size_t n;
	size_t cap;
};

/* realloc for n things of size bytes each, checked for overflow; never NULL. */
void *mem_array(void *p, size_t n, size_t size);

/* New ones, all zero: where they are many, the system makes them so as they are used. */
void *mem_zeros(size_t n, size_t size);

/* n bytes, a multiple of MEM_LINE, that begin with a line of the cache. */
enum { MEM_LINE = 64 };
void *mem_lines(size_t n);

/* Twice the room of an array of *cap elements. */
void *mem_double(void *p, size_t *cap, size_t size);

/* Room for one more element in an array of *cap elements, n in use: doubles *cap as needed. */
static inline void *
mem_grow(void *p, size_t n, size_t *cap, size_t size)
{
	return n < *cap ? p : mem_double(p, cap, size);
}

#define NUMBER_MAX 20 /* digits of 64 bits */

/* Make room for n more bytes behind those in use; returns where they go. */
char *buf_room(struct buf *, size_t n);

void buf_free(struct buf *);
void buf_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_large(struct buf *, uint64_t);		     /* buf_number of any number */
void buf_hex(struct buf *, uint64_t, size_t ndigit); /* the lowest digits, at most 16, in lower case */
char *put_large(char *to, uint64_t);		     /* put_number of one of five digits or more */

/* The four digits of v < 10000, a byte each, the first one lowest. */
static inline uint32_t
four_digits(uint32_t v)
{
	const uint32_t hundreds = v / 100, pairs = hundreds | (v - 100 * hundreds) << 16,
		       tens = pairs * 103 >> 10 & 0x000F000F; /* a tenth of each, up to 99 */

	return tens | (pairs - 10 * tens) << 8;
}

/*
 * Put the decimal digits of v at `to`, with zeros before them up to a width of at most four.
 * Four bytes or more are written, at most NUMBER_MAX. Returns behind the digits.
 */
static inline char *
put_padded(char *to, uint64_t v, unsigned width)
{
	uint32_t digits;
	unsigned skip;

	if (v >= 10000)
		return put_large(to, v);
	digits = four_digits((uint32_t)v);
	skip = (unsigned)__builtin_ctz(digits | 1u << (32 - 8 * width)) & 24; /* bits of zeros */
	little32_put(to, (digits | 0x30303030) >> skip);
	return to + 4 - skip / 8;
}

static inline char *
put_number(char *to, uint64_t v)
{
	return put_padded(to, v, 1);
}

static inline void
buf_put(struct buf *b, const char *p, size_t n)
{
	char *to;

	if (n > 0) {
		to = b->cap - b->n >= n ? b->p + b->n : buf_room(b, n);
		memcpy(to, p, n);
		b->n += n;
	}
}

static inline void
buf_span(struct buf *b, struct span s)
{
	buf_put(b, s.p, s.n);
}

static inline void
buf_byte(struct buf *b, char c)
{
	if (b->n == b->cap)
		(void)buf_room(b, 1);
	b->p[b->n++] = c;
}

/* Append the decimal digits. Nearly all numbers are small. */
static inline void
buf_number(struct buf *b, uint64_t v)
{
	unsigned ten;

	if (v > 99 || b->cap - b->n < 2) {
		buf_large(b, v);
		return;
	}
	ten = (unsigned)v / 10;
	b->p[b->n] = (char)('0' + ten);
	b->n += ten > 0;
	b->p[b->n++] = (char)('0' + ((unsigned)v - 10 * ten));
}

/* A string literal as a span. */
#define SPAN(literal) ((struct span){ (literal), sizeof(literal) - 1 })

static inline struct span
span_of(const char *s)
{
	return (struct span){ s, strlen(s) };
}

static inline int
span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

#endif
