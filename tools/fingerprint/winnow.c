/* SPDX-License-Identifier: ISC */
/*
 * Winnowing: of each window of w successive grams the one with the smallest key
 * (the rightmost of equals) is kept. The key is one half of a 64-bit hash and
 * what is kept is the other, since the smallest keys are alike and would
 * collide.
 *
 * Only grams whose key is below a limit are looked at, NEAR of them in a window
 * on average: a minimum stands until one of them is as small or until it leaves the
 * window, and then the next one is among the few that are left. Where a whole
 * window has none (1 in e^NEAR), it is done again with all its grams.
 */
#include "winnow.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "little.h"

enum {
	NEAR = 7,     /* grams of a window that are looked at, on average */
	CHUNK = 1024, /* grams hashed at a go */
	SHORT = 5     /* hashes that a short text has at least, where it has as many grams */
};

struct winnow_at {
	size_t at;
	uint32_t key;
};

/* One pass over the grams of a text. */
struct pass {
	struct winnow *w;
	struct sketch *s;
	const char *p;
	size_t window;
	size_t last;		/* gram kept last, or SIZE_MAX */
	struct winnow_at *near; /* grams looked at, in the order of the text */
	size_t nnear;
	size_t min; /* the one that is the window's minimum, or NONE */
	size_t to;  /* the first one that has not entered the window */
	size_t end; /* without a minimum: last gram of the next window */
};

#define NONE SIZE_MAX

/* Both halves of the product of a and b. */
static inline void
product(uint64_t a, uint64_t b, uint64_t *low, uint64_t *high)
{
#ifdef __SIZEOF_INT128__
	__extension__ typedef unsigned __int128 wide;
	wide v = (wide)a * b;

	*low = (uint64_t)v;
	*high = (uint64_t)(v >> 64);
#else
	uint64_t al = a & 0xFFFFFFFF, ah = a >> 32, bl = b & 0xFFFFFFFF, bh = b >> 32;
	uint64_t least = al * bl, m = ah * bl + (least >> 32), k = al * bh + (m & 0xFFFFFFFF);

	*low = k << 32 | (least & 0xFFFFFFFF);
	*high = ah * bh + (m >> 32) + (k >> 32);
#endif
}

#define MIX 0xA4093822299F31D1u

/*
 * The hash of SKETCH_GRAM bytes: of the kind of wyhash, odd constants from the digits of pi. Part
 * of the format.
 */
static inline uint64_t
gram_hash(const char *p)
{
	uint64_t low, high;

	product(little64(p) ^ 0x243F6A8885A308D3u, little64(p + 8) ^ 0x13198A2E03707345u, &low, &high);
	return (low ^ high) * MIX;
}

/*
 * Its lower half, which lower halves make. Of whole ones gcc puts the product into memory: a
 * quarter more instructions.
 */
static inline uint32_t
gram_key(const char *p)
{
	uint64_t low, high;

	product(little64(p) ^ 0x243F6A8885A308D3u, little64(p + 8) ^ 0x13198A2E03707345u, &low, &high);
	return ((uint32_t)low ^ (uint32_t)high) * (uint32_t)MIX;
}

/* Not inline: it would take registers from the loop over all grams, a tenth of the instructions. */
static void __attribute__((noinline)) keep(struct pass *t, size_t at)
{
	uint32_t hash;

	if (at == t->last)
		return;
	t->last = at;
	hash = (uint32_t)(gram_hash(t->p + at) >> 32);
	hash += hash == 0;
	sketch_add(t->s, hash);
}

/*
 * The windows that end at the grams [from, to) and have no key below the limit:
 * the minimum of each by a ring of positions with rising keys.
 */
static void
keep_far(struct pass *t, size_t from, size_t to)
{
	struct winnow_at *ring = t->w->ring;
	size_t mask = t->w->mask, head = 0, tail = 0, at;
	uint32_t key;

	for (at = from + 1 - t->window; at < to; at++) {
		if (head < tail && ring[head & mask].at + t->window <= at)
			head++;
		key = gram_key(t->p + at);
		while (tail > head && ring[(tail - 1) & mask].key >= key)
			tail--;
		ring[tail++ & mask] = (struct winnow_at){ at, key };
		if (at >= from)
			keep(t, ring[head & mask].at);
	}
}

/*
 * Keep the rightmost minimum of the window that ends at gram `end`, whose candidates begin with
 * near[from]. False: it has none.
 */
static bool
keep_least(struct pass *t, size_t from, size_t end)
{
	const struct winnow_at *near = t->near;
	size_t i, min = from;

	for (i = from; i < t->nnear && near[i].at <= end; i++)
		min = near[i].key <= near[min].key ? i : min;
	t->to = i;
	if (i == from)
		return false;
	t->min = min;
	keep(t, near[min].at);
	return true;
}

/*
 * Go on with the windows that end before gram `end`; all grams before it that are to be looked at
 * are known.
 */
static void
go_on(struct pass *t, size_t end)
{
	const struct winnow_at *near = t->near;
	uint32_t key;
	size_t out, i;

	for (;;) {
		if (t->min == NONE) {
			/* nothing before near[to] is in the window any more, or ever was */
			while (t->to < t->nnear && near[t->to].at + t->window <= t->end)
				t->to++;
			if (t->end >= end)
				return;
			if (!keep_least(t, t->to, t->end)) {
				out = t->to < t->nnear ? near[t->to].at : end;
				keep_far(t, t->end, out);
				t->end = out;
				if (out == end)
					return;
				(void)keep_least(t, t->to, out);
			}
		}
		key = near[t->min].key;
		out = near[t->min].at + t->window;
		for (i = t->to; i < t->nnear && near[i].at < out; i++)
			if (near[i].key <= key) {
				t->min = i;
				key = near[i].key;
				out = near[i].at + t->window;
				keep(t, near[i].at);
			}
		t->to = i;
		if (out >= end)
			return;
		if (!keep_least(t, t->min + 1, out)) {
			t->min = NONE;
			t->end = out;
		}
	}
}

/* Forget the grams before those that can still be in a window. */
static void
drop_left(struct pass *t)
{
	size_t n = t->min == NONE ? t->to : t->min;

	memmove(t->near, t->near + n, (t->nnear - n) * sizeof(*t->near));
	t->nnear -= n;
	t->to -= n;
	if (t->min != NONE)
		t->min = 0;
}

static void
pass_grams(struct pass *t, size_t ngram)
{
	uint32_t limit = t->window <= NEAR ? UINT32_MAX : UINT32_MAX / (uint32_t)t->window * NEAR;
	uint32_t place[CHUNK], key[CHUNK];
	struct winnow_at *to;
	size_t i, n, end, at;

	for (at = 0; at < ngram; at = end) {
		end = ngram - at < CHUNK ? ngram : at + CHUNK;
		while (t->w->near_cap < t->nnear + CHUNK)
			t->w->near = mem_double(t->w->near, &t->w->near_cap, sizeof(*t->w->near));
		t->near = t->w->near;
		/* no branch: one gram in eleven is taken, which no processor foresees */
		for (n = 0, i = at; i < end; i++) {
			place[n] = (uint32_t)(i - at);
			key[n] = gram_key(t->p + i);
			n += key[n] <= limit;
		}
		to = t->near + t->nnear;
		for (i = 0; i < n; i++)
			to[i] = (struct winnow_at){ at + place[i], key[i] };
		t->nnear += n;
		go_on(t, end);
		drop_left(t);
	}
}

void
winnow(struct winnow *w, struct sketch *s, const char *p, size_t n)
{
	struct pass t = { .w = w, .s = s, .p = p, .window = s->window, .last = SIZE_MAX, .min = NONE };
	size_t ngram, ring = 16;

	s->nletter = n;
	s->whole = sketch_hash(p, n);
	if (n < SKETCH_GRAM) {
		sketch_begin(s, 0);
		return;
	}
	ngram = n - SKETCH_GRAM + 1;
	if (ngram / SHORT < t.window) /* finer: what the wider window would keep is among it */
		t.window = ngram < SHORT ? 1 : ngram / SHORT;
	while (ring <= t.window)
		ring *= 2;
	if (ring > w->mask + 1 || w->ring == NULL) {
		w->ring = mem_array(w->ring, ring, sizeof(*w->ring));
		w->mask = ring - 1;
	}
	sketch_begin(s, ngram / t.window * 3 + 16);
	t.end = t.window - 1; /* of the first window */
	pass_grams(&t, ngram);
}

void
winnow_free(struct winnow *w)
{
	free(w->near);
	free(w->ring);
	*w = (struct winnow){ 0 };
}
