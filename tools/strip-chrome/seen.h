/* SPDX-License-Identifier: ISC */
/*
 * Lines that a site puts on every page are not scanned every time: what a short one came to is
 * kept beside its bytes, in sets of two by a hash of them.
 */
#ifndef SEEN_H
#define SEEN_H

#include <stdlib.h>

#include "page.h"
#include "vec.h"
#include "vocab.h"

enum { SEEN_BITS = 9, SEEN_SETS = 1 << SEEN_BITS, SEEN_BYTES = 107, SEEN_VOCAB = 24 };
struct seen {
	uint32_t key;  /* of the line's hash */
	uint16_t form; /* line_form of its text; 0: none */
	uint8_t kept;  /* bytes of it that are no invitation */
	uint8_t nvocab;
	/* as they stand in a unit: they are copied at once */
	uint32_t nword, hash, prefix;
	uint16_t style;
	bool good, replies;
	bool second; /* of a set's first one: the other one was needed last */
	uint8_t cell[PAGE_OWN];
	unsigned char text[SEEN_BYTES]; /* and what follows is not looked at */
	uint16_t vocab[SEEN_VOCAB];
};
_Static_assert(SEEN_BYTES + sizeof(uint16_t[SEEN_VOCAB]) >= 2 * VEC_BLOCK, "text may be copied by blocks");

typedef uint64_t long2 __attribute__((vector_size(16)));

/* Bytes of a line that may be kept, and its list mark; no line's is 0. */
static inline uint16_t
line_form(size_t n, const struct unit *u)
{
	return (uint16_t)(n << 8 | u->mark);
}

/* A line's hash, better in its upper half: of its form, the first and the last of its n bytes. */
static inline uint64_t
line_hash(const unsigned char *p, size_t n, uint16_t form)
{
	const size_t size = n < VEC ? n : VEC;
	const vec mask = vec_load(vec_mask(size));
	const long2 first = (long2)(vec_load(p) & mask), last = (long2)(vec_load(p + n - size) & mask),
		    both = first ^ last << 9;

	return ((form ^ both[0]) * 0x9E3779B97F4A7C15u ^ both[1]) * 0xBF58476D1CE4E5B9u;
}

/* Does p[0, n) stand in text? Four vectors are compared at once: most lines have no more. */
static inline bool
is_same(const unsigned char *text, const unsigned char *p, size_t n)
{
	const unsigned char *mask = vec_mask(n < VEC_BLOCK ? n : VEC_BLOCK);
	vec differ = vec_all(0);
	size_t i;

#pragma GCC unroll 4
	for (i = 0; i < VEC_BLOCK; i += VEC)
		differ |= (vec_load(p + i) ^ vec_load(text + i)) & vec_load(mask + i);
	for (; i < n; i += VEC)
		differ |=
		    (vec_load(p + i) ^ vec_load(text + i)) & vec_load(vec_mask(n - i < VEC ? n - i : VEC));
	return vec_bits16((vec)(differ != vec_all(0))) == 0;
}

#ifdef VEC_WIDE
/* The same, by vectors of twice the length. */
VEC_WIDE static inline bool
is_same_wide(const unsigned char *text, const unsigned char *p, size_t n)
{
	const unsigned char *mask = vec_mask(n < VEC_BLOCK ? n : VEC_BLOCK);
	__m256i differ[2];
	size_t k;

#pragma GCC unroll 2
	for (k = 0; k < 2; k++)
		differ[k] =
		    _mm256_and_si256(_mm256_xor_si256(_mm256_loadu_si256((const void *)(p + 32 * k)),
						      _mm256_loadu_si256((const void *)(text + 32 * k))),
				     _mm256_loadu_si256((const void *)(mask + 32 * k)));
	differ[0] = _mm256_or_si256(differ[0], differ[1]);
	return _mm256_testz_si256(differ[0], differ[0]) &&
	       (n <= VEC_BLOCK || is_same(text + VEC_BLOCK, p + VEC_BLOCK, n - VEC_BLOCK));
}
#endif

VEC_INLINE bool
stands(const unsigned char *text, const unsigned char *p, size_t n, bool quickly)
{
#ifdef VEC_WIDE
	if (quickly)
		return is_same_wide(text, p, n);
#endif
	(void)quickly;
	return is_same(text, p, n);
}

/* Where a line may be kept: the set and the key of its hash; its form. No set: it is too long. */
struct place {
	struct seen *set;
	uint32_t key;
	uint16_t form;
};

/* That of a unit as it stands on the page; it is soon looked into, so it is fetched. */
static inline void
seen_place(struct place *at, struct seen *seen, const char *text, const struct unit *u)
{
	const size_t n = u->to - u->from;
	const char *set;
	uint64_t h;

	at->set = NULL;
	if (n - 1 >= SEEN_BYTES)
		return;
	at->form = line_form(n, u);
	h = line_hash((const unsigned char *)text + u->from, n, at->form);
	at->set = seen + 2 * (h >> (64 - SEEN_BITS));
	at->key = (uint32_t)(h >> (32 - SEEN_BITS));
	set = (const char *)at->set;
	__builtin_prefetch(set);
	__builtin_prefetch(set + 64);
	__builtin_prefetch(set + sizeof(struct seen));
}

/* What the unit came to before, if it is there. */
VEC_INLINE bool
seen_take(struct page *g, struct unit *u, const struct place *at, uint8_t *cell, bool quickly)
{
	const unsigned char *p = (const unsigned char *)g->text + u->from;
	const size_t n = at->form >> 8;
	const bool second = at->set->key != at->key;
	const struct seen *e = at->set + second;

	if (e->form == at->form && stands(e->text, p, n, quickly)) {
		/* all of it is read before any is written, which might be the same */
		const uint32_t nword = e->nword, hash = e->hash, prefix = e->prefix;
		const uint16_t style = e->style;
		const bool good = e->good, replies = e->replies;

		at->set->second = second;
		memcpy(cell, e->cell, PAGE_OWN);
		memcpy(g->vocab + g->nvocab, e->vocab, sizeof(e->vocab));
		u->vocab = (uint32_t)g->nvocab;
		u->nvocab = e->nvocab;
		g->nvocab += vocab_room(e->nvocab);
		if (e->kept != n) { /* few */
			u->to = u->from + e->kept;
			u->cut = true;
		}
		u->nword = nword;
		u->hash = hash;
		u->prefix = prefix;
		u->style = style;
		u->good = good;
		u->replies = replies;
		return true;
	}
	return false;
}

/*
 * Keep what it came to, unless it has too many words: in place of that one of its set that was not
 * needed last.
 */
static inline void
seen_keep(const struct page *g, const struct unit *u, const struct place *at, const uint8_t *cell)
{
	struct seen *e;

	if (u->nvocab > SEEN_VOCAB)
		return;
	at->set->second = !at->set->second;
	e = at->set + at->set->second;
	e->key = at->key;
	e->form = at->form;
	e->kept = (uint8_t)(u->to - u->from);
	e->nvocab = (uint8_t)u->nvocab;
	e->nword = u->nword;
	e->hash = u->hash;
	e->prefix = u->prefix;
	e->style = u->style;
	e->good = u->good;
	e->replies = u->replies;
	memcpy(e->cell, cell, PAGE_OWN);
	/*
	 * somewhat more, which vocab is put over: memcpy of so few bytes is compiled to rep movs,
	 * which begins slowly
	 */
	vec_copy((char *)e->text, g->text + u->from, at->form >> 8);
	memcpy(e->vocab, g->vocab + u->vocab, sizeof(e->vocab));
}

#endif
