/* SPDX-License-Identifier: ISC */
/*
 * A hash leads to its documents by open addressing. Nine hashes in ten have one
 * document, whose number stands in the slot itself; the others have a list.
 */
#include "seen.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "furniture.h"
#include "msg.h"
#include "score.h"
#include "spread.h"

/* A document joins a story by a match of JOIN with JOIN_SHARE of the smaller one's worth shared. */
enum {
	JOIN = 1200,	 /* of score_match's 1024ths */
	JOIN_SHARE = 35, /* per cent */
	CLUSTER = 1200	 /* best ARI of 950 to 1300 */
};

/* 1/1000 of a document from the first shared hash to the last that make it near as a whole. */
enum { WHOLE = 600 };

/*
 * A match below CERTAIN that is a frame counts FRAME tenths, FRAME_BOTH where it has two ends:
 * furniture not yet met often enough to be known by it.
 */
enum { CERTAIN = 3072, FRAME = 7, FRAME_BOTH = 4 };

/*
 * A match that is an excerpt counts EXCERPT tenths, but never makes a story or a cluster: furniture
 * stands at the ends, and what stories of one event have in common is in several places.
 */
enum {
	EXCERPT_RUN = 7, /* hashes */
	EXCERPT = 13
};

#define IS_LIST 0x80000000u

/*
 * The table of hashes grows fourfold up to so many: every page of it costs a fault, and each size
 * before the last is thrown away.
 */
enum { SLOT_MANY = 1 << 20 };

struct seen_slot {
	uint32_t hash;
	uint32_t ref; /* 0: free; document + 1; IS_LIST | list */
};

struct seen_list {
	size_t at; /* in the pool */
	uint16_t n;
	uint16_t cap;
	uint16_t nstory; /* of the n documents */
};

struct seen_key {
	uint64_t key;
	uint32_t doc; /* + 1; 0: free */
};

struct seen_chunk {
	char *p;
	size_t n;
	size_t cap;
};

enum { CHUNK = 4 << 20 }; /* bytes of a chunk, at least */

/*
 * n bytes, in large pages where there are so many: each page costs a fault, and each look at random
 * into a table of small ones two misses.
 */
static void *
large_array(size_t n)
{
	const size_t page = 2 << 20;
	void *p;

	if (n < 2 * page || n % page != 0)
		return mem_array(NULL, n, 1);
	p = aligned_alloc(page, n);
	if (p == NULL)
		msg_die(EXIT_FAULT, "out of memory: %zu bytes wanted", n);
#ifdef MADV_HUGEPAGE
	(void)madvise(p, n, MADV_HUGEPAGE);
#endif
	return p;
}

/*
 * Documents.
 */

void *
seen_store(struct seen *s, const void *p, size_t n)
{
	struct seen_chunk *c = s->nchunk > 0 ? &s->chunk[s->nchunk - 1] : NULL;
	char *to;

	if (c == NULL || c->cap - c->n < n + 4) {
		s->chunk = mem_grow(s->chunk, s->nchunk, &s->chunk_cap, sizeof(*s->chunk));
		c = &s->chunk[s->nchunk++];
		*c = (struct seen_chunk){ .cap = n + 4 > CHUNK ? n + 4 : CHUNK };
		c->p = mem_array(NULL, c->cap, 1);
	}
	to = c->p + c->n;
	if (n > 0)
		memcpy(to, p, n);
	c->n += (n + 3) / 4 * 4;
	return to;
}

struct seen_doc *
seen_doc(struct seen *s, uint32_t doc)
{
	struct seen_doc *d = &s->doc[doc];
	const struct index_row *r;
	struct span id;
	size_t n;

	if (d->id != NULL)
		return d;
	if (s->source != NULL) {
		s->source->load(s->source->arg, d);
		return d;
	}
	r = index_row(s->index, doc);
	id = index_id(s->index, doc);
	*d = (struct seen_doc){ .id = id.p,
				.id_n = (uint32_t)id.n,
				.whole = row_whole(r),
				.nletter = r->nletter,
				.serial = r->serial,
				.story = r->story,
				.cluster = r->cluster,
				.worth = r->worth,
				.original = r->original,
				.time = index_time(s->index, doc),
				.score = (uint16_t)(r->verdict / 4 > SCORE_MAX ? SCORE_MAX : r->verdict / 4),
				.kind = (uint16_t)(r->verdict % 4 > SEEN_PART ? SEEN_PART : r->verdict % 4) };
	d->hash = index_hashes(s->index, doc, &n);
	d->nhash = (uint32_t)n;
	return d;
}

struct index_row
seen_row(const struct seen_doc *d)
{
	const uint64_t key = sketch_key((struct span){ d->id, d->id_n }, d->whole);

	return (struct index_row){ .whole = { (uint32_t)d->whole, (uint32_t)(d->whole >> 32) },
				   .key = (uint32_t)(key >> 32),
				   .nletter = d->nletter,
				   .serial = d->serial,
				   .story = d->story,
				   .cluster = d->cluster,
				   .worth = d->worth,
				   .original = d->original,
				   .verdict = d->score * 4u + d->kind,
				   .time = d->time };
}

uint32_t
seen_by_serial(const struct seen *s, uint32_t serial)
{
	uint32_t first = s->index == NULL ? 0 : index_serial(s->index);

	if (s->source != NULL)
		return s->source->find(s->source->arg, serial);
	if (serial >= first)
		return serial - first < s->ndoc - s->nindex ? (uint32_t)s->nindex + serial - first
							    : SEEN_NONE;
	return index_by_serial(s->index, serial);
}

/* Room for n documents; sums that are new are 0. */
static void
docs_room(struct seen *s, size_t n)
{
	const size_t cap = s->sum_cap;

	while (s->doc_cap < n)
		s->doc = mem_double(s->doc, &s->doc_cap, sizeof(*s->doc));
	while (s->sum_cap < n)
		s->sum = mem_double(s->sum, &s->sum_cap, sizeof(*s->sum));
	if (s->sum_cap > cap)
		memset(s->sum + cap, 0, (s->sum_cap - cap) * sizeof(*s->sum));
}

void
seen_begin(struct seen *s, struct index *ix, uint32_t again)
{
	s->index = ix;
	s->again = again;
	s->nindex = s->ndoc = index_size(ix);
	/* from calloc, since an index is large and little of it is asked for */
	s->doc_cap = s->sum_cap = s->ndoc + 1024;
	s->doc = calloc(s->doc_cap, sizeof(*s->doc));
	s->sum = calloc(s->sum_cap, sizeof(*s->sum));
	if (s->doc == NULL || s->sum == NULL)
		msg_die(EXIT_FAULT, "out of memory: an index of %zu documents", s->ndoc);
}

/*
 * Keys.
 */

static struct seen_key *
map_find(const struct seen_map *m, uint64_t key)
{
	size_t i = spread(key, m->cap - 1);

	while (m->key[i].doc != 0 && m->key[i].key != key)
		i = (i + 1) & (m->cap - 1);
	return &m->key[i];
}

static uint32_t
map_get(const struct seen_map *m, uint64_t key)
{
	return m->cap == 0 ? SEEN_NONE : map_find(m, key)->doc - 1;
}

/* The first document of a key stays. */
static void
map_put(struct seen_map *m, uint64_t key, uint32_t doc)
{
	struct seen_map wide = { 0 };
	struct seen_key *k;
	size_t i;

	if ((m->n + 1) * 4 > m->cap * 3) {
		wide.cap = m->cap == 0 ? 1024 : m->cap * 2;
		wide.key = mem_array(NULL, wide.cap, sizeof(*wide.key));
		memset(wide.key, 0, wide.cap * sizeof(*wide.key));
		for (i = 0; i < m->cap; i++)
			if (m->key[i].doc != 0)
				*map_find(&wide, m->key[i].key) = m->key[i];
		wide.n = m->n;
		free(m->key);
		*m = wide;
	}
	k = map_find(m, key);
	if (k->doc == 0) {
		*k = (struct seen_key){ key, doc + 1 };
		m->n++;
	}
}

/*
 * Hashes.
 */

/* The slot of a hash; a free one where it has none. */
static inline struct seen_slot *
slot_find(const struct seen *s, uint32_t hash)
{
	size_t i = spread(hash, s->slot_cap - 1);

	while (s->slot[i].ref != 0 && s->slot[i].hash != hash)
		i = (i + 1) & (s->slot_cap - 1);
	return &s->slot[i];
}

static void
slot_room(struct seen *s, size_t n)
{
	struct seen_slot *old = s->slot;
	size_t i, cap = s->slot_cap;

	if ((s->nslot + n) * 4 <= cap * 3)
		return;
	if (s->slot_cap == 0)
		s->slot_cap = 16384;
	while ((s->nslot + n) * 4 > s->slot_cap * 3)
		s->slot_cap *= s->slot_cap < SLOT_MANY ? 4 : 2;
	s->slot = large_array(s->slot_cap * sizeof(*s->slot));
	memset(s->slot, 0, s->slot_cap * sizeof(*s->slot));
	for (i = 0; i < cap; i++)
		if (old[i].ref != 0)
			*slot_find(s, old[i].hash) = old[i];
	free(old);
}

/* The documents of a slot that is taken, rising; *df gets the number of their stories. */
static const uint32_t *
slot_docs(const struct seen *s, const struct seen_slot *slot, uint32_t *one, size_t *n, uint32_t *df)
{
	const struct seen_list *l;

	if ((slot->ref & IS_LIST) == 0) {
		*one = slot->ref - 1;
		*n = *df = 1;
		return one;
	}
	l = &s->list[slot->ref & ~IS_LIST];
	*n = l->n;
	*df = l->nstory;
	return s->pool + l->at;
}

static void
list_widen(struct seen *s, struct seen_list *l)
{
	size_t cap = l->cap == 0 ? 4 : (size_t)l->cap * 4;

	while (s->pool_cap - s->npool < cap)
		s->pool = mem_double(s->pool, &s->pool_cap, sizeof(*s->pool));
	if (l->n > 0)
		memcpy(s->pool + s->npool, s->pool + l->at, l->n * sizeof(*s->pool));
	l->at = s->npool;
	l->cap = (uint16_t)cap;
	s->npool += cap;
}

/* Note that the document, whose story is set, holds the hash of a slot that is taken. */
static void
slot_share(struct seen *s, struct seen_slot *slot, uint32_t doc)
{
	struct seen_list *l;
	const uint32_t *p;
	size_t i;

	if ((slot->ref & IS_LIST) == 0) {
		if (slot->ref - 1 == doc)
			return;
		if (s->nlist == IS_LIST)
			msg_die(EXIT_FAULT,
				"%zu hashes of several documents: no more can be compared at once", s->nlist);
		s->list = mem_grow(s->list, s->nlist, &s->list_cap, sizeof(*s->list));
		l = &s->list[s->nlist];
		*l = (struct seen_list){ .nstory = 1 };
		list_widen(s, l);
		s->pool[l->at] = slot->ref - 1;
		l->n = 1;
		slot->ref = IS_LIST | (uint32_t)s->nlist++;
	}
	l = &s->list[slot->ref & ~IS_LIST];
	if (l->n == SEEN_LIST || s->pool[l->at + l->n - 1] == doc)
		return;
	if (l->n == l->cap)
		list_widen(s, l);
	p = s->pool + l->at;
	for (i = 0; i < l->n && seen_doc(s, p[i])->story != s->doc[doc].story; i++)
		;
	if (i == l->n)
		l->nstory++;
	s->pool[l->at + l->n++] = doc;
}

static inline void
slot_add(struct seen *s, struct seen_slot *slot, uint32_t hash, uint32_t doc)
{
	if (slot->ref == 0) {
		*slot = (struct seen_slot){ hash, doc + 1 };
		s->nslot++;
	} else
		slot_share(s, slot, doc);
}

/* What the index knows of a hash that is met first. */
static void
slot_learn(struct seen *s, struct seen_slot *slot, uint32_t hash)
{
	uint32_t doc[SEEN_LIST];
	size_t i, n = index_holders(s->index, hash, doc, SEEN_LIST);

	for (i = 0; i < n; i++) {
		(void)seen_doc(s, doc[i]);
		slot_add(s, slot, hash, doc[i]);
	}
}

/*
 * Judgement.
 */

/* Tenths that a match of the pair counts. */
static uint32_t
frame_tenths(const struct pair *p)
{
	static const uint32_t tenths[] = { 10, FRAME, FRAME_BOTH };

	return tenths[pair_frame(p)];
}

static uint32_t
excerpt_match(uint32_t match)
{
	return match >= JOIN - 1 ? match : match / 10 * EXCERPT < JOIN - 1 ? match / 10 * EXCERPT : JOIN - 1;
}

static int
by_doc(const void *a, const void *b)
{
	const struct seen_match *x = a, *y = b;

	return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/*
 * Sum up what the documents that share hashes with the sketch share. Returns the sketch's own
 * worth. Free slots of its hashes become its own, for it will be added; met gets the others.
 */
static uint64_t
add_up(struct seen *s, const struct sketch *k, size_t *ntouched)
{
	uint64_t *met = numbers_room(&s->met, k->nhash);
	const uint32_t doc = (uint32_t)s->ndoc;
	struct seen_slot *slot;
	const uint32_t *p;
	uint32_t one, df, worth, before;
	uint64_t total = 0;
	size_t i, j, n;

	s->met.n = 0;
	for (i = 0; i < k->nhash; i++)
		__builtin_prefetch(&s->slot[spread(k->hash[i], s->slot_cap - 1)]);
	for (i = 0; i < k->nhash; i++) {
		slot = slot_find(s, k->hash[i]);
		if (slot->ref == 0 && s->nindex > 0)
			slot_learn(s, slot, k->hash[i]);
		before = furniture_has(k->hash[i]) ? FURNITURE_STORIES : 0;
		if (slot->ref == 0) {
			slot_add(s, slot, k->hash[i], doc);
			total += score_worth(before);
			continue;
		}
		met[s->met.n++] = (uint64_t)(slot - s->slot);
		p = slot_docs(s, slot, &one, &n, &df);
		worth = score_worth(before + df);
		total += worth;
		for (j = 0; j < n; j++) {
			if (s->sum[p[j]].nshared == 0) {
				s->touched =
				    mem_grow(s->touched, *ntouched, &s->touched_cap, sizeof(*s->touched));
				s->touched[(*ntouched)++] = p[j];
			}
			seen_share(&s->sum[p[j]], worth);
		}
	}
	return total;
}

uint32_t
seen_letters(const struct sketch *k)
{
	return k->nletter > UINT32_MAX ? UINT32_MAX : (uint32_t)k->nletter;
}

/* The first document with the sketch's normal form. A text without letters has none. */
static uint32_t
find_twin(struct seen *s, const struct sketch *k)
{
	uint32_t doc = SEEN_NONE;

	if (k->nletter == 0)
		return SEEN_NONE;
	if (s->nindex > 0)
		doc = index_by_whole(s->index, k->whole, seen_letters(k));
	if (doc == SEEN_NONE)
		doc = map_get(&s->by_whole, k->whole);
	return doc != SEEN_NONE && seen_doc(s, doc)->nletter == seen_letters(k) ? doc : SEEN_NONE;
}

/* The worth to be shared for a match of `least`, where the smaller document is worth no more. */
static uint32_t
least_worth(struct seen *s, uint32_t least, uint32_t window)
{
	uint32_t low = 0, high = UINT32_MAX, mid;

	if (s->floor.least == least && s->floor.window == window)
		return s->floor.worth;
	while (low < high) {
		mid = low + (high - low) / 2;
		if (excerpt_match(score_match(mid, mid, window)) < least)
			low = mid + 1;
		else
			high = mid;
	}
	s->floor.least = least;
	s->floor.window = window;
	return s->floor.worth = low;
}

static void
add_match(struct seen *s, struct seen_match m)
{
	s->match = mem_grow(s->match, s->nmatch, &s->match_cap, sizeof(*s->match));
	s->match[s->nmatch++] = m;
}

/* How well the document of m, which shares m->shared, matches the sketch, which is worth total. */
static void
weigh(struct seen *s, const struct sketch *k, uint64_t total, uint32_t least, struct seen_match *m)
{
	const struct seen_doc *d = seen_doc(s, m->doc);
	uint32_t excerpt, tenths = 10;

	m->exact = d->whole == k->whole && d->nletter == seen_letters(k);
	m->match = score_match(m->shared, d->worth < total ? d->worth : total, k->window);
	if (m->exact) {
		m->score = SCORE_MAX;
		return;
	}
	excerpt = excerpt_match(m->match);
	if (m->match < CERTAIN && (m->match >= least || excerpt >= least)) {
		pair_compare(&s->pair, k, d->hash, d->nhash);
		if (m->match >= least)
			tenths = frame_tenths(&s->pair);
		if (tenths < 10)
			m->match = m->match / 10 * tenths;
		else if (excerpt >= least && excerpt != m->match && pair_excerpt(&s->pair, EXCERPT_RUN))
			m->match = excerpt;
	}
	m->score = score_of(m->match);
}

static void
find_matches(struct seen *s, const struct sketch *k, uint64_t total, uint32_t twin, size_t ntouched,
	     uint32_t least)
{
	const uint32_t floor = least_worth(s, least, k->window);
	struct seen_match m;
	struct seen_sum *sum;
	bool twin_met = false;
	size_t i;

	s->nmatch = 0;
	pair_begin(&s->pair);
	for (i = 0; i < ntouched; i++) {
		sum = &s->sum[s->touched[i]];
		m = (struct seen_match){ .doc = s->touched[i],
					 .nshared = sum->nshared,
					 .shared = sum->shared };
		*sum = (struct seen_sum){ 0 };
		if (twin == SEEN_NONE && m.shared < floor)
			continue;
		weigh(s, k, total, least, &m);
		if (!m.exact && m.match < least)
			continue;
		twin_met |= m.doc == twin;
		add_match(s, m);
	}
	if (twin != SEEN_NONE && !twin_met)
		add_match(s, (struct seen_match){ .doc = twin,
						  .nshared = (uint32_t)k->nhash,
						  .match = UINT32_MAX,
						  .score = SCORE_MAX,
						  .exact = true });
	if (s->nmatch > 1)
		qsort(s->match, s->nmatch, sizeof(*s->match), by_doc);
}

/* The story that a document with the matches found belongs to; itself where there is none. */
static uint32_t
story_of(const struct seen *s, uint64_t total, uint32_t self)
{
	const struct seen_match *m, *best = NULL;
	uint64_t least;

	for (m = s->match; m != NULL && m < s->match + s->nmatch; m++) {
		least = s->doc[m->doc].worth < total ? s->doc[m->doc].worth : total;
		if ((m->exact || (m->match >= JOIN && m->shared * 100 >= least * JOIN_SHARE)) &&
		    (best == NULL ||
		     (m->exact ? UINT32_MAX : m->match) > (best->exact ? UINT32_MAX : best->match)))
			best = m;
	}
	return best == NULL ? self : s->doc[best->doc].story;
}

/*
 * The cluster is the best match's. Furniture and quotations that look like a copy
 * now and then must not make a cluster of two, so it wants a stronger match than
 * the threshold, which stands for one pair.
 */
static uint32_t
cluster_of(const struct seen *s, uint32_t self)
{
	const struct seen_match *m, *best = NULL;

	for (m = s->match; m != NULL && m < s->match + s->nmatch; m++)
		if ((m->exact || m->match >= CLUSTER) && (best == NULL || m->match > best->match))
			best = m;
	return best == NULL ? self : s->doc[best->doc].cluster;
}

/* What find_matches found, put down in d and narrowed to matches of at least `least`. */
static void
conclude(struct seen *s, const struct sketch *k, uint64_t total, uint32_t least, struct seen_doc *d)
{
	struct seen_extent e;
	size_t i, n;

	d->whole = k->whole;
	d->nletter = seen_letters(k);
	d->nhash = (uint32_t)k->nhash;
	d->worth = total > UINT32_MAX ? UINT32_MAX : (uint32_t)total;
	d->story = story_of(s, d->worth, d->serial);
	d->cluster = cluster_of(s, d->serial);
	d->original = SEEN_NONE;
	for (i = n = 0; i < s->nmatch; i++)
		if (s->match[i].exact || s->match[i].match >= least)
			s->match[n++] = s->match[i];
	s->nmatch = n;
	if (n > 0) {
		seen_compare(s, k, &s->match[0], &e);
		d->original = s->doc[s->match[0].doc].serial;
		d->score = (uint16_t)s->match[0].score;
		d->kind = (uint16_t)e.kind;
	}
}

void
seen_weigh(struct seen *s, const struct sketch *k, uint64_t total, uint32_t twin, uint32_t least,
	   struct seen_doc *d)
{
	size_t ntouched = 0;
	uint32_t doc;

	for (doc = 0; doc < s->ndoc; doc++)
		if (s->sum[doc].nshared > 0) {
			s->touched = mem_grow(s->touched, ntouched, &s->touched_cap, sizeof(*s->touched));
			s->touched[ntouched++] = doc;
		}
	find_matches(s, k, total, twin, ntouched, least < JOIN ? least : JOIN);
	conclude(s, k, total, least, d);
}

void
seen_restart(struct seen *s, size_t n)
{
	while (s->nchunk > 1)
		free(s->chunk[--s->nchunk].p);
	if (s->nchunk > 0)
		s->chunk[0].n = 0;
	docs_room(s, n + 2);
	s->ndoc = n;
	s->nmatch = 0;
	pair_begin(&s->pair);
}

/* Add a document that has been judged, under its number. */
static void
add(struct seen *s, const struct sketch *k, struct span id, struct seen_doc *d)
{
	uint32_t doc = (uint32_t)s->ndoc;
	size_t i;

	d->id = seen_store(s, id.p, id.n);
	d->id_n = (uint32_t)id.n;
	d->hash = seen_store(s, k->hash, k->nhash * sizeof(*k->hash));
	for (i = 0; i < s->met.n; i++)
		slot_share(s, &s->slot[s->met.p[i]], doc);
	map_put(&s->by_whole, k->whole, doc);
	map_put(&s->by_id, sketch_key(id, k->whole), doc);
	s->ndoc++;
}

/* The document that was added with the same id and normal form, or SEEN_NONE. */
static uint32_t
find_known(struct seen *s, const struct sketch *k, struct span id)
{
	uint32_t doc = SEEN_NONE;
	struct seen_doc *d;

	if (s->nindex > 0)
		doc = index_by_id(s->index, id, k->whole);
	if (doc == SEEN_NONE)
		doc = map_get(&s->by_id, sketch_key(id, k->whole));
	if (doc == SEEN_NONE)
		return SEEN_NONE;
	d = seen_doc(s, doc);
	return d->whole == k->whole && d->nletter == seen_letters(k) &&
		       span_eq((struct span){ d->id, d->id_n }, id)
		   ? doc
		   : SEEN_NONE;
}

void
seen_recall(struct seen *s, const struct sketch *k, const struct seen_doc *d)
{
	uint32_t doc = d->original == SEEN_NONE ? SEEN_NONE : seen_by_serial(s, d->original);

	s->nmatch = 0;
	pair_begin(&s->pair);
	if (doc == SEEN_NONE)
		return;
	add_match(s, (struct seen_match){ .doc = doc,
					  .nshared = (uint32_t)k->nhash,
					  .match = UINT32_MAX,
					  .score = d->score,
					  .exact = d->kind == SEEN_EXACT });
}

static void
meet_again(struct seen *s, uint32_t doc, uint32_t time)
{
	struct seen_doc *d = seen_doc(s, doc);

	if (doc >= s->nindex || time <= d->time || time - d->time < s->again)
		return;
	d->time = time;
	index_meet(s->index, doc, time);
}

uint32_t
seen_judge(struct seen *s, const struct sketch *k, struct span id, uint32_t least, uint32_t time)
{
	size_t ntouched = 0;
	uint32_t doc = find_known(s, k, id);
	struct seen_doc *d;
	uint64_t total;

	if (doc != SEEN_NONE) {
		meet_again(s, doc, time);
		seen_recall(s, k, seen_doc(s, doc));
		return doc;
	}
	if (s->ndoc >= IS_LIST - 2)
		msg_die(EXIT_FAULT, "%zu documents: no more can be compared at once", s->ndoc);
	slot_room(s, k->nhash);
	docs_room(s, s->ndoc + 1);
	doc = (uint32_t)s->ndoc;
	d = &s->doc[doc];
	*d = (struct seen_doc){ .serial = doc, .time = time };
	if (s->index != NULL)
		d->serial = index_serial(s->index) + (uint32_t)(s->ndoc - s->nindex);
	total = add_up(s, k, &ntouched);
	find_matches(s, k, total, find_twin(s, k), ntouched, least < JOIN ? least : JOIN);
	conclude(s, k, total, least, d);
	add(s, k, id, d);
	return doc;
}

void
seen_compare(struct seen *s, const struct sketch *k, const struct seen_match *m, struct seen_extent *e)
{
	const struct seen_doc *d = seen_doc(s, m->doc);

	*e = (struct seen_extent){
		.here = { 0, 1000 }, .there = { 0, 1000 }, .nletter = k->nletter, .kind = SEEN_EXACT
	};
	if (m->exact)
		return;
	pair_compare(&s->pair, k, d->hash, d->nhash);
	pair_extent(&s->pair, e->here, e->there);
	/* no hashes: an id and a normal form that came before, with a sketch cut short */
	e->nletter = k->nhash > 0 ? s->pair.here.n * k->nletter / k->nhash : 0;
	e->kind =
	    e->here[1] - e->here[0] >= WHOLE && e->there[1] - e->there[0] >= WHOLE ? SEEN_NEAR : SEEN_PART;
}

void
seen_free(struct seen *s)
{
	size_t i;

	for (i = 0; i < s->nchunk; i++)
		free(s->chunk[i].p);
	free(s->chunk);
	free(s->doc);
	free(s->slot);
	free(s->list);
	free(s->pool);
	free(s->by_whole.key);
	free(s->by_id.key);
	free(s->sum);
	free(s->touched);
	free(s->match);
	free(s->met.p);
	pair_free(&s->pair);
	*s = (struct seen){ 0 };
}
