/* SPDX-License-Identifier: ISC */
/*
 * Winnowing: of each window of w successive grams the one with the smallest key
 * (the rightmost of equals) is kept. The key is one half of a 64-bit hash and
 * what is kept is the other, since the smallest keys are alike and would
 * collide.
 *
 * The window slides over a deque of positions with rising keys, whose front is
 * the window's minimum. Only grams whose key is below a limit enter, NEAR of them in
 * a window on average: 4 times fewer than would without. Where a whole window
 * has none (1 in e^NEAR), it is done again with all its grams.
 */
#include "winnow.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	NEAR = 5,		/* grams of a window that enter the deque, on average */
	CHUNK = 1024,		/* grams hashed at a go */
	SHORT = 5		/* hashes that a short text has at least, where it has as many grams */
};

struct winnow_at {
	size_t		 at;
	uint32_t	 key;
};

/* One pass over the grams of a text. */
struct pass {
	struct winnow	*w;
	struct sketch	*s;
	const char	*p;
	size_t		 window;
	size_t		 head;		/* the deque is ring[head .. tail), both modulo the ring */
	size_t		 tail;
	size_t		 last;		/* gram kept last, or SIZE_MAX */
};

static inline uint64_t
load(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

/* Upper half of the product of a and b, xored with the lower. */
static inline uint64_t
fold_product(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ typedef unsigned __int128 wide;
	wide v = (wide)a * b;

	return (uint64_t)v ^ (uint64_t)(v >> 64);
#else
	uint64_t al = a & 0xFFFFFFFF, ah = a >> 32, bl = b & 0xFFFFFFFF, bh = b >> 32;
	uint64_t low = al * bl, m = ah * bl + (low >> 32), k = al * bh + (m & 0xFFFFFFFF);

	return (k << 32 | (low & 0xFFFFFFFF)) ^ (ah * bh + (m >> 32) + (k >> 32));
#endif
}

/* The hash of SKETCH_GRAM bytes: of the kind of wyhash, odd constants from the digits of pi. Part of the format. */
static inline uint64_t
gram_hash(const char *p)
{
	return fold_product(load(p) ^ 0x243F6A8885A308D3u, load(p + 8) ^ 0x13198A2E03707345u) * 0xA4093822299F31D1u;
}

static inline uint32_t
key_of(uint64_t hash)
{
	return (uint32_t)hash;
}

/* Has the sketch the hash? Puts it in the table if not. */
static bool
seen_before(struct winnow *w, uint32_t hash)
{
	size_t i = hash & (w->nseen - 1);

	for (; w->seen[i] != 0; i = (i + 1) & (w->nseen - 1))
		if (w->seen[i] == hash)
			return true;
	w->seen[i] = hash;
	return false;
}

/* A table with room for n hashes, holding those of s. */
static void
seen_room(struct winnow *w, const struct sketch *s, size_t n)
{
	size_t i;

	for (w->nseen = 64; w->nseen < n * 2; w->nseen *= 2)
		;
	if (w->nseen > w->seen_cap) {
		w->seen = mem_array(w->seen, w->nseen, sizeof(*w->seen));
		w->seen_cap = w->nseen;
	}
	memset(w->seen, 0, w->nseen * sizeof(*w->seen));
	for (i = 0; i < s->nhash; i++)
		(void)seen_before(w, s->hash[i]);
}

static void
keep(struct pass *t, size_t at)
{
	uint32_t hash;

	if (at == t->last)
		return;
	t->last = at;
	hash = (uint32_t)(gram_hash(t->p + at) >> 32);
	hash += hash == 0;
	if (t->s->nhash * 2 >= t->w->nseen)
		seen_room(t->w, t->s, t->s->nhash * 2);
	if (!seen_before(t->w, hash))
		sketch_add(t->s, hash);
}

static inline void
push(struct pass *t, size_t at, uint32_t key)
{
	struct winnow_at *ring = t->w->ring;
	size_t mask = t->w->mask;

	while (t->tail > t->head && ring[(t->tail - 1) & mask].key >= key)
		t->tail--;
	ring[t->tail++ & mask] = (struct winnow_at){ at, key };
}

/*
 * Keep the minima of the windows that end at the grams [from, to), no gram of
 * which is yet to enter the deque. Returns the first end whose window has nothing in
 * the deque, or to.
 */
static inline size_t
slide(struct pass *t, size_t from, size_t to)
{
	size_t at;

	while (from < to) {
		while (t->head < t->tail && t->w->ring[t->head & t->w->mask].at + t->window <= from)
			t->head++;
		if (t->head == t->tail)
			return from;
		at = t->w->ring[t->head & t->w->mask].at;
		keep(t, at);
		from = at + t->window;
	}
	return to;
}

/* The windows that end at the grams [from, to) and have no key below the limit. */
static void
slide_all(struct pass *t, size_t from, size_t to)
{
	size_t at;

	t->head = t->tail = 0;
	for (at = from + 1 - t->window; at < to; at++) {
		if (t->head < t->tail && t->w->ring[t->head & t->w->mask].at + t->window <= at)
			t->head++;
		push(t, at, key_of(gram_hash(t->p + at)));
		if (at >= from)
			keep(t, t->w->ring[t->head & t->w->mask].at);
	}
	t->head = t->tail = 0;
}

static void
pass_grams(struct pass *t, size_t ngram)
{
	size_t near[CHUNK], nnear, i, end, at, next;
	uint32_t limit = t->window <= NEAR ? UINT32_MAX : UINT32_MAX / (uint32_t)t->window * NEAR;

	next = t->window - 1;		/* end of the first window not yet done */
	for (at = 0; at < ngram; at = end) {
		end = ngram - at < CHUNK ? ngram : at + CHUNK;
		for (nnear = 0, i = at; i < end; i++) {
			near[nnear] = i;
			nnear += key_of(gram_hash(t->p + i)) <= limit;
		}
		for (i = 0; i < nnear; i++) {
			if (next < near[i]) {
				next = slide(t, next, near[i]);
				if (next < near[i])
					slide_all(t, next, near[i]);
				next = near[i];
			}
			while (t->head < t->tail && t->w->ring[t->head & t->w->mask].at + t->window <= near[i])
				t->head++;
			push(t, near[i], key_of(gram_hash(t->p + near[i])));
		}
	}
	if (next < ngram) {
		next = slide(t, next, ngram);
		if (next < ngram)
			slide_all(t, next, ngram);
	}
}

void
winnow(struct winnow *w, struct sketch *s, const char *p, size_t n)
{
	struct pass t = { .w = w, .s = s, .p = p, .window = s->window, .last = SIZE_MAX };
	size_t ngram, ring = 16;

	s->nletter = n;
	s->whole = sketch_hash(p, n);
	s->nhash = 0;
	if (n < SKETCH_GRAM)
		return;
	ngram = n - SKETCH_GRAM + 1;
	if (ngram / SHORT < t.window)	/* finer: what the wider window would keep is among it */
		t.window = ngram < SHORT ? 1 : ngram / SHORT;
	while (ring <= t.window)
		ring *= 2;
	if (ring > w->mask + 1 || w->ring == NULL) {
		w->ring = mem_array(w->ring, ring, sizeof(*w->ring));
		w->mask = ring - 1;
	}
	seen_room(w, s, ngram / t.window * 3 + 16);
	pass_grams(&t, ngram);
}

void
winnow_free(struct winnow *w)
{
	free(w->ring);
	free(w->seen);
	*w = (struct winnow){ 0 };
}
