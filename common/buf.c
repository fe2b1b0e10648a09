/* SPDX-License-Identifier: ISC */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "msg.h"

void *
mem_array(void *p, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		msg_die(EXIT_FAULT, "out of memory: %zu things of %zu bytes", n, size);
	n *= size;
	p = realloc(p, n > 0 ? n : 1);
	if (p == NULL)
		msg_die(EXIT_FAULT, "out of memory: %zu bytes wanted", n);
	return p;
}

void *
mem_zeros(size_t n, size_t size)
{
	void *p = calloc(n > 0 ? n : 1, size);

	if (p == NULL)
		msg_die(EXIT_FAULT, "out of memory: %zu things of %zu bytes", n, size);
	return p;
}

void *
mem_lines(size_t n)
{
	void *p = aligned_alloc(MEM_LINE, n);

	if (p == NULL)
		msg_die(EXIT_FAULT, "out of memory: %zu bytes wanted", n);
	return p;
}

void *
mem_double(void *p, size_t *cap, size_t size)
{
	*cap = *cap < 16 ? 16 : *cap * 2;
	return mem_array(p, *cap, size);
}

char *
buf_room(struct buf *b, size_t n)
{
	size_t cap;

	if (b->cap - b->n < n) {
		if (n > SIZE_MAX / 2 - b->n)
			msg_die(EXIT_FAULT, "out of memory: %zu bytes wanted", n);
		cap = b->cap < 256 ? 256 : b->cap * 2;
		if (cap < b->n + n)
			cap = b->n + n;
		b->p = mem_array(b->p, cap, 1);
		b->cap = cap;
	}
	return b->p + b->n;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n <= 0)
		return;
	(void)buf_room(b, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

char *
put_large(char *to, uint64_t v)
{
	to = put_number(to, v / 10000);
	little32_put(to, four_digits((uint32_t)(v % 10000)) | 0x30303030);
	return to + 4;
}

void
buf_large(struct buf *b, uint64_t v)
{
	b->n = (size_t)(put_number(buf_room(b, NUMBER_MAX), v) - b->p);
}

void
buf_hex(struct buf *b, uint64_t v, size_t ndigit)
{
	char *to = b->cap - b->n >= ndigit ? b->p + b->n : buf_room(b, ndigit);

	b->n += ndigit;
	while (ndigit-- > 0) {
		to[ndigit] = "0123456789abcdef"[v & 15];
		v >>= 4;
	}
}
