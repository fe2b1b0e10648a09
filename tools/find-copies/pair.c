/* SPDX-License-Identifier: ISC */
#include "pair.h"

#include "spread.h"

void
pair_begin(struct pair *p)
{
	p->own.n = 0;
}

/* Put the sketch's hashes into a table with their places: hash << 32 | place. */
static void
place_own(struct pair *p, const struct sketch *k)
{
	size_t i, at, cap = 64;
	uint64_t *own;

	if (p->own.n > 0)
		return;
	while (cap < k->nhash * 2)
		cap *= 2;
	own = numbers_room(&p->own, cap);
	memset(own, 0, cap * sizeof(*own));
	for (i = 0; i < k->nhash; i++) {
		at = spread(k->hash[i], cap - 1);
		while (own[at] != 0)
			at = (at + 1) & (cap - 1);
		own[at] = (uint64_t)k->hash[i] << 32 | i;
	}
	p->own.n = cap;
}

/* Places are ticked off and collected instead of sorted: a fifth of the tool's instructions. */
void
pair_compare(struct pair *p, const struct sketch *k, const uint32_t *hash, size_t nhash)
{
	const size_t ntick = k->nhash / 64 + 1;
	uint64_t *here = numbers_room(&p->here, k->nhash), *there = numbers_room(&p->there, nhash);
	uint64_t *tick = numbers_room(&p->tick, ntick), *own, bits;
	size_t i, at, n;

	p->nhere = k->nhash;
	p->nthere = nhash;
	place_own(p, k);
	own = p->own.p;
	memset(tick, 0, ntick * sizeof(*tick));
	for (i = n = 0; i < nhash; i++) {
		at = spread(hash[i], p->own.n - 1);
		while (own[at] != 0 && own[at] >> 32 != hash[i])
			at = (at + 1) & (p->own.n - 1);
		if (own[at] != 0) {
			at = (uint32_t)own[at];
			tick[at / 64] |= (uint64_t)1 << at % 64;
			there[n++] = i;
		}
	}
	p->there.n = n;
	for (i = n = 0; i < ntick; i++)
		for (bits = tick[i]; bits != 0; bits &= bits - 1)
			here[n++] = i * 64 + (unsigned)__builtin_ctzll(bits);
	p->here.n = n;
}

/* The longest run of places, of n, that are not among those of v: how many stand on either side. */
static void
find_gap(const struct numbers *v, size_t n, size_t *before, size_t *behind)
{
	size_t i, from = 0, to, longest = 0;

	*before = *behind = n;
	for (i = 0; i <= v->n; i++) {
		to = i < v->n ? (size_t)v->p[i] : n;
		if (to > from && to - from > longest) {
			longest = to - from;
			*before = from;
			*behind = n - to;
		}
		from = to + 1;
	}
}

static bool
alike(size_t a, size_t b)
{
	return (a < b ? b - a : a - b) <= 1 + (a + b) / 10;
}

unsigned
pair_frame(const struct pair *p)
{
	size_t before[2], behind[2];

	find_gap(&p->here, p->nhere, &before[0], &behind[0]);
	find_gap(&p->there, p->nthere, &before[1], &behind[1]);
	if ((before[0] + behind[0]) * 2 > p->nhere || (before[1] + behind[1]) * 2 > p->nthere ||
	    !alike(before[0], before[1]) || !alike(behind[0], behind[1]))
		return 0;
	return before[0] > 0 && behind[0] > 0 && before[1] > 0 && behind[1] > 0 ? 2 : 1;
}

/* Are the places of v, of n, one run from within? A place in between may be missing. */
static bool
is_run(const struct numbers *v, size_t n)
{
	size_t i;

	for (i = 1; i < v->n; i++)
		if (v->p[i] > v->p[i - 1] + 2)
			return false;
	return v->n * 2 <= n && v->p[0] > 0 && v->p[v->n - 1] + 1 < n;
}

bool
pair_excerpt(const struct pair *p, size_t least)
{
	return p->here.n >= least && is_run(&p->here, p->nhere) && is_run(&p->there, p->nthere);
}

/* A place in twenty at either end may be a chance meeting and does not count. */
static void
set_extent(uint32_t extent[2], const struct numbers *v, size_t n)
{
	if (v->n == 0)
		return;
	extent[0] = (uint32_t)(v->p[v->n / 20] * 1000 / n);
	extent[1] = (uint32_t)((v->p[v->n - 1 - v->n / 20] + 1) * 1000 / n);
}

void
pair_extent(const struct pair *p, uint32_t here[2], uint32_t there[2])
{
	set_extent(here, &p->here, p->nhere);
	set_extent(there, &p->there, p->nthere);
}

void
pair_free(struct pair *p)
{
	free(p->own.p);
	free(p->here.p);
	free(p->there.p);
	free(p->tick.p);
	*p = (struct pair){ 0 };
}
