/* SPDX-License-Identifier: ISC */
/*
 * Growing arrays of numbers of 64 bits.
 */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "buf.h"

/* n of cap numbers at p are in use. All zero is an empty one. */
struct numbers {
	uint64_t *p;
	size_t n;
	size_t cap;
};

/* Room for n numbers in all. */
static inline uint64_t *
numbers_room(struct numbers *v, size_t n)
{
	while (v->cap < n)
		v->p = mem_double(v->p, &v->cap, sizeof(*v->p));
	return v->p;
}

static inline void
numbers_add(struct numbers *v, uint64_t number)
{
	numbers_room(v, v->n + 1)[v->n] = number;
	v->n++;
}

static inline int
numbers_compare(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static inline void
numbers_sort(struct numbers *v)
{
	if (v->n > 1)
		qsort(v->p, v->n, sizeof(*v->p), numbers_compare);
}

#endif
