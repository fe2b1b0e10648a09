/* SPDX-License-Identifier: ISC */
/*
 * A posting is a hash and a row. They are sorted, and packed in blocks of 128 bytes
 * that can be read one without another: a count, the first row, and then for each
 * posting the distance to the hash before in a Rice code, and its row. 27 bits a
 * posting in a segment of a million documents, where eight bytes would be plain.
 */
#include "segment.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "little.h"
#include "msg.h"
#include "numbers.h"
#include "sketch.h"

enum {
	VERSION_READ = 1,
	ORDER = 0x01020304,
	QUOTIENT_MAX = 31, /* of a Rice code; a longer distance begins a block */
	RICE_MAX = 25,
	COUNT_MAX = 255,
	BLOCK_BITS = SEGMENT_BLOCK * 8
};

#define MAGIC "cdindex\n"

struct header {
	char magic[8];
	uint32_t version;
	uint32_t order;
};

struct footer {
	uint32_t ndoc;
	uint32_t nhash;
	uint32_t nid;
	uint32_t nblock;
	uint32_t row_bits;
	uint32_t rice;
	uint64_t check; /* of all bytes before the footer, see store_check */
	uint64_t own;	/* XXH3 of the footer so far */
	char magic[8];
};

/*
 * Reading. Strings of bits are the same on every machine, the numbers of the other parts are the
 * machine's own.
 */

/* What is wrong with the ends of a mapped file, or NULL; the footer is read into foot. */
static const char *
check_ends(const struct segment *s, struct footer *foot)
{
	struct header head;
	uint64_t want;

	memcpy(&head, s->map, sizeof(head));
	memcpy(foot, s->map + s->nbyte - sizeof(*foot), sizeof(*foot));
	if (memcmp(head.magic, MAGIC, 8) != 0)
		return "not a segment";
	if (head.order != ORDER)
		return "of another byte order";
	if (head.version != VERSION_READ)
		return "of another version";
	if (memcmp(foot->magic, MAGIC, 8) != 0 ||
	    foot->own != sketch_hash(foot, offsetof(struct footer, own)))
		return "cut short or damaged";
	want = sizeof(head) + ((uint64_t)foot->ndoc + 1) * sizeof(struct index_row) +
	       (uint64_t)foot->nhash * 4 + ((uint64_t)foot->nid + 3) / 4 * 4 + (uint64_t)foot->ndoc * 8 +
	       (uint64_t)foot->nblock * (SEGMENT_BLOCK + 4) + sizeof(*foot);
	if (want != s->nbyte || foot->row_bits > 31 || foot->rice > RICE_MAX)
		return "of another length than it says";
	return NULL;
}

/* Every section begins at a multiple of four bytes. */
static void
find_sections(struct segment *s, const struct footer *foot)
{
	const char *p = s->map + sizeof(struct header);

	s->check = foot->check;
	s->ndoc = foot->ndoc;
	s->nhash = foot->nhash;
	s->nid = foot->nid;
	s->nblock = foot->nblock;
	s->row_bits = foot->row_bits;
	s->rice = foot->rice;
	s->row = (const struct index_row *)(const void *)p;
	p += ((size_t)s->ndoc + 1) * sizeof(struct index_row);
	s->hash = (const uint32_t *)(const void *)p;
	p += (size_t)s->nhash * 4;
	s->id = p;
	p += ((size_t)s->nid + 3) / 4 * 4;
	s->by_whole = (const uint32_t *)(const void *)p;
	s->by_key = s->by_whole + s->ndoc;
	p += (size_t)s->ndoc * 8;
	s->block = p;
	p += (size_t)s->nblock * SEGMENT_BLOCK;
	s->first = (const uint32_t *)(const void *)p;
}

bool
segment_open(struct segment *s, int folder, const char *name)
{
	struct footer foot;
	void *map;
	int fd;

	*s = (struct segment){ .wrong = SEGMENT_MISSING };
	memcpy(s->name, name, SEGMENT_NAME - 1);
	fd = store_get(folder, name, &s->nbyte);
	if (fd < 0)
		return errno == ENOENT;
	if (s->nbyte < sizeof(struct header) + sizeof(foot)) {
		close(fd);
		s->wrong = "cut short";
		return true;
	}
	map = mmap(NULL, s->nbyte, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return false;
	s->map = map;
	s->wrong = check_ends(s, &foot);
	if (s->wrong == NULL)
		find_sections(s, &foot);
	return true;
}

void
segment_close(struct segment *s)
{
	if (s->map != NULL)
		munmap((void *)(uintptr_t)s->map, s->nbyte);
	free(s->met);
	free(s->doubt);
	*s = (struct segment){ 0 };
}

void
segment_die(const struct store *store, const char *name, const char *wrong)
{
	store_die(store, EXIT_FAULT, "%s/%s: %s: " INDEX_MEND, store->dir, name, wrong, store->dir);
}

/*
 * When documents were met again.
 */

void
segment_meet(struct segment *s, uint32_t row, uint32_t time)
{
	s->met = mem_grow(s->met, s->nmet + s->nnew, &s->met_cap, sizeof(*s->met));
	s->met[s->nmet + s->nnew++] = (struct segment_met){ row, time };
}

static int
by_row(const void *a, const void *b)
{
	const struct segment_met *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->time < y->time ? -1 : x->time > y->time;
}

void
segment_settle(struct segment *s, uint32_t since)
{
	const struct segment_met *m = s->met;
	size_t i, n = s->nmet + s->nnew;

	if (s->nnew > 0)
		qsort(s->met, n, sizeof(*s->met), by_row);
	s->nmet = s->nnew = 0;
	for (i = 0; i < n; i++)
		if ((i + 1 == n || m[i + 1].row != m[i].row) && m[i].time >= since)
			s->met[s->nmet++] = m[i];
}

uint32_t
segment_time(const struct segment *s, uint32_t row)
{
	size_t low = 0, high = s->nmet, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (s->met[mid].row < row)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->nmet && s->met[low].row == row ? s->met[low].time : s->row[row].time;
}

/*
 * Postings and orders.
 */

static void
cursor_at(struct segment_cursor *c, const struct segment *s, uint32_t block)
{
	*c = (struct segment_cursor){ .s = s, .block = block };
}

/*
 * Damage cannot lead it out of the file: it stops behind a block's last bit, from where
 * a load of eight bytes still ends before the footer does.
 */
bool
cursor_next(struct segment_cursor *c)
{
	const struct segment *s = c->s;
	const char *p;
	uint64_t v;
	unsigned q;

	for (;;) {
		if (c->left == 0) {
			if (c->block == s->nblock)
				return false;
			p = s->block + (size_t)c->block * SEGMENT_BLOCK;
			c->left = (unsigned char)p[0];
			c->hash = s->first[c->block++];
			c->bit = 8;
			if (c->left == 0)
				continue;
		} else {
			p = s->block + (size_t)(c->block - 1) * SEGMENT_BLOCK;
			v = little64(p + c->bit / 8) >> c->bit % 8;
			q = v == 0 ? 63 : (unsigned)__builtin_ctzll(v);
			c->hash += q << s->rice | ((uint32_t)(v >> 1 >> q) & ((1u << s->rice) - 1));
			c->bit += q + 1 + s->rice;
		}
		if (c->bit > BLOCK_BITS) {
			c->left = 0;
			continue;
		}
		c->row = (uint32_t)(little64(p + c->bit / 8) >> c->bit % 8) & ((1u << s->row_bits) - 1);
		c->bit += s->row_bits;
		c->left--;
		if (c->row < s->ndoc)
			return true;
	}
}

/*
 * The first block whose first hash is not below the hash. Hashes are spread evenly, so the search
 * begins near its place.
 */
static uint32_t
find_block(const struct segment *s, uint32_t hash)
{
	uint32_t low = 0, high = s->nblock, guess, step = 1;

	if (high == 0)
		return 0;
	guess = (uint32_t)((uint64_t)hash * high >> 32);
	if (s->first[guess] < hash) {
		for (low = guess + 1; guess + step < high && s->first[guess + step] < hash; step *= 2)
			low = guess + step + 1;
		if (guess + step < high)
			high = guess + step;
	} else {
		for (high = guess; step <= guess && s->first[guess - step] >= hash; step *= 2)
			high = guess - step;
		if (step <= guess)
			low = guess - step + 1;
	}
	while (low < high) {
		guess = low + (high - low) / 2;
		if (s->first[guess] < hash)
			low = guess + 1;
		else
			high = guess;
	}
	return low;
}

size_t
segment_holders(const struct segment *s, uint32_t hash, uint32_t since, uint32_t first, uint32_t *row,
		size_t max)
{
	struct segment_cursor c;
	uint32_t block = find_block(s, hash);
	size_t n = 0;

	cursor_at(&c, s, block > 0 ? block - 1 : 0);
	while (n < max && cursor_next(&c) && c.hash <= hash)
		if (c.hash == hash && !segment_gone(s, c.row, since))
			row[n++] = first + c.row;
	return n;
}

/* What the two orders go by. */
static inline uint64_t
key_of(const struct index_row *r)
{
	return r->key;
}

/*
 * The next row in an order of the segment by what `of` says, from place *at on, for which it says
 * `value`. The first such place is sought where *at is 0.
 */
static inline uint32_t
find_row(const struct segment *s, const uint32_t *order, uint64_t (*of)(const struct index_row *),
	 uint64_t value, uint32_t *at)
{
	uint32_t low = 0, high = s->ndoc, mid, row;

	while (*at == 0 && low < high) {
		mid = low + (high - low) / 2;
		row = order[mid];
		if (row < s->ndoc && of(&s->row[row]) < value)
			low = mid + 1;
		else
			high = mid;
	}
	if (*at == 0)
		*at = low;
	if (*at >= s->ndoc || (row = order[*at]) >= s->ndoc || of(&s->row[row]) != value)
		return SEGMENT_GONE;
	++*at;
	return row;
}

uint32_t
segment_by_whole(const struct segment *s, uint64_t whole, uint32_t *at)
{
	return find_row(s, s->by_whole, row_whole, whole, at);
}

uint32_t
segment_by_key(const struct segment *s, uint32_t key, uint32_t *at)
{
	return find_row(s, s->by_key, key_of, key, at);
}

bool
segment_intact(const struct segment *s)
{
	return store_check(s->map, s->nbyte - sizeof(struct footer)) == s->check;
}

const char *
segment_check(const struct segment *s)
{
	struct segment_cursor c;
	uint32_t i, last_hash = 0, last_row = 0;
	uint64_t n = 0, sum = 0, have = 0;

	if (!segment_intact(s))
		return "checksum wrong";
	for (i = 0; i < s->ndoc; i++)
		if (s->row[i].hash_at > s->row[i + 1].hash_at || s->row[i].id_at > s->row[i + 1].id_at ||
		    (i > 0 && s->row[i].serial <= s->row[i - 1].serial) || s->by_whole[i] >= s->ndoc ||
		    s->by_key[i] >= s->ndoc)
			return "rows out of order";
	if (s->row[s->ndoc].hash_at != s->nhash || s->row[s->ndoc].id_at != s->nid)
		return "rows and sections of different lengths";
	for (cursor_at(&c, s, 0); cursor_next(&c); n++) {
		if (n > 0 && (c.hash < last_hash || (c.hash == last_hash && c.row < last_row)))
			return "postings out of order";
		last_hash = c.hash;
		last_row = c.row;
		sum += (uint64_t)c.hash * (2 * (uint64_t)c.row + 1);
	}
	for (i = 0; i < s->ndoc; i++)
		for (last_row = s->row[i].hash_at; last_row < s->row[i + 1].hash_at; last_row++)
			have += (uint64_t)s->hash[last_row] * (2 * (uint64_t)i + 1);
	return n == s->nhash && sum == have ? NULL : "postings and sketches differ";
}

/* Do the hashes and the id of a row lie in their sections? */
static bool
row_fits(const struct segment *s, uint32_t row)
{
	const struct index_row *r = &s->row[row];

	return r[0].hash_at <= r[1].hash_at && r[1].hash_at <= s->nhash && r[0].id_at <= r[1].id_at &&
	       r[1].id_at <= s->nid;
}

uint32_t
segment_doubt(struct segment *s)
{
	struct segment_cursor c;
	const struct index_row *r;
	struct span id;
	uint32_t i, j, n = 0;

	/* of each row the sum of its postings, less that of its hashes */
	s->doubt = mem_array(s->doubt, s->ndoc, sizeof(*s->doubt));
	memset(s->doubt, 0, s->ndoc * sizeof(*s->doubt));
	for (cursor_at(&c, s, 0); cursor_next(&c);)
		s->doubt[c.row] += c.hash;
	for (i = 0; i < s->ndoc; i++) {
		r = &s->row[i];
		if (row_fits(s, i)) {
			for (j = r[0].hash_at; j < r[1].hash_at; j++)
				s->doubt[i] -= s->hash[j];
			id = (struct span){ s->id + r[0].id_at, r[1].id_at - r[0].id_at };
			if ((uint32_t)(sketch_key(id, row_whole(r)) >> 32) != r->key)
				s->doubt[i] = 1;
		} else
			s->doubt[i] = 1;
		n += s->doubt[i] != 0;
	}
	return n;
}

/*
 * Writing.
 */

/* One row of the new segment, wherever it comes from. */
struct made {
	const struct index_row *row;
	uint32_t time; /* instead of the row's */
	const uint32_t *hash;
	uint32_t nhash;
	struct span id;
};

struct order {
	uint64_t key;
	uint32_t row;
};

struct rows {
	struct store_file *f;
	uint64_t nhash;
	uint64_t nid;
	uint32_t n;
	struct order *order;
};

/* Calls fn for each row of the plan, in order. */
static void
each_row(const struct segment_plan *plan, void (*fn)(struct rows *, const struct made *), struct rows *w)
{
	const struct segment *s;
	const struct index_row *r;
	struct made m;
	uint32_t j;
	size_t i;

	for (i = 0; i < plan->nfrom; i++) {
		s = &plan->from[i];
		for (j = 0; j < s->ndoc; j++) {
			if (plan->renumber[i] != NULL && plan->renumber[i][j] == SEGMENT_GONE)
				continue;
			r = &s->row[j];
			if (!row_fits(s, j))
				segment_die(w->f->store, s->name, "damaged");
			m = (struct made){ r,
					   segment_time(s, j),
					   s->hash + r->hash_at,
					   r[1].hash_at - r->hash_at,
					   { s->id + r->id_at, r[1].id_at - r->id_at } };
			fn(w, &m);
		}
	}
	for (i = 0; i < plan->ndoc; i++) {
		m = (struct made){ &plan->doc[i].row, plan->doc[i].row.time, plan->doc[i].hash,
				   (uint32_t)plan->doc[i].nhash, plan->doc[i].id };
		fn(w, &m);
	}
}

static void
count_row(struct rows *w, const struct made *m)
{
	w->n++;
	w->nhash += m->nhash;
	w->nid += m->id.n;
}

static void
write_row(struct rows *w, const struct made *m)
{
	struct index_row r = *m->row;

	r.time = m->time;
	r.hash_at = (uint32_t)w->nhash;
	r.id_at = (uint32_t)w->nid;
	store_put(w->f, &r, sizeof(r));
	w->nhash += m->nhash;
	w->nid += m->id.n;
}

static void
write_hashes(struct rows *w, const struct made *m)
{
	store_put(w->f, m->hash, m->nhash * sizeof(*m->hash));
}

static void
write_id(struct rows *w, const struct made *m)
{
	store_put(w->f, m->id.p, m->id.n);
}

static void
note_whole(struct rows *w, const struct made *m)
{
	w->order[w->n] = (struct order){ row_whole(m->row), w->n };
	w->n++;
}

static void
note_key(struct rows *w, const struct made *m)
{
	w->order[w->n] = (struct order){ m->row->key, w->n };
	w->n++;
}

static void
note_time(struct rows *w, const struct made *m)
{
	w->order[w->n] = (struct order){ m->time, w->n };
	w->n++;
}

static int
by_order(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static void
sort_rows(struct rows *w, const struct segment_plan *plan, void (*note)(struct rows *, const struct made *))
{
	w->n = 0;
	each_row(plan, note, w);
	qsort(w->order, w->n, sizeof(*w->order), by_order);
}

static void
write_order(struct rows *w, const struct segment_plan *plan, void (*note)(struct rows *, const struct made *))
{
	uint32_t i;

	sort_rows(w, plan, note);
	for (i = 0; i < w->n; i++)
		store_put(w->f, &w->order[i].row, 4);
}

/* See segment_half. */
static uint32_t
half_time(struct rows *w, const struct segment_plan *plan)
{
	sort_rows(w, plan, note_time);
	return w->n == 0 ? 0 : (uint32_t)w->order[(w->n - 1) / 2].key;
}

/* A block being filled. */
struct packer {
	struct store_file *f;
	struct buf first; /* first hashes of the blocks */
	unsigned char block[SEGMENT_BLOCK + 16];
	size_t bit;
	unsigned count;
	uint32_t hash; /* of the last posting */
	uint32_t row_bits;
	uint32_t rice;
};

static void
pack_bits(struct packer *k, uint64_t v, unsigned n)
{
	char *p = (char *)k->block + k->bit / 8;

	little64_put(p, little64(p) | v << k->bit % 8);
	k->bit += n;
}

static void
pack_flush(struct packer *k)
{
	if (k->count == 0)
		return;
	k->block[0] = (unsigned char)k->count;
	store_put(k->f, k->block, SEGMENT_BLOCK);
	memset(k->block, 0, sizeof(k->block));
	k->bit = 8;
	k->count = 0;
}

static void
pack(struct packer *k, uint32_t hash, uint32_t row)
{
	uint32_t delta = hash - k->hash, q = delta >> k->rice;

	if (k->count > 0 && (q > QUOTIENT_MAX || k->count == COUNT_MAX ||
			     k->bit + q + 1 + k->rice + k->row_bits > BLOCK_BITS))
		pack_flush(k);
	if (k->count == 0)
		buf_put(&k->first, (const char *)&hash, 4);
	else
		pack_bits(k, ((uint64_t)(delta & ((1u << k->rice) - 1)) << 1 | 1) << q, q + 1 + k->rice);
	pack_bits(k, row, k->row_bits);
	k->hash = hash;
	k->count++;
}

/* Postings of the new documents, whose rows begin with `row`, sorted: hash << 32 | row. */
static void
new_postings(struct numbers *v, const struct segment_plan *plan, uint32_t row)
{
	size_t i, j, n = 0;

	for (i = 0; i < plan->ndoc; i++)
		n += plan->doc[i].nhash;
	v->p = mem_array(NULL, n, sizeof(*v->p));
	for (i = 0; i < plan->ndoc; i++, row++)
		for (j = 0; j < plan->doc[i].nhash; j++)
			v->p[v->n++] = (uint64_t)plan->doc[i].hash[j] << 32 | row;
	numbers_sort(v);
}

/* The cursor's next posting that stays, as hash << 32 | new row; UINT64_MAX at the end. */
static uint64_t
next_kept(struct segment_cursor *c, const uint32_t *renumber, uint32_t first)
{
	uint32_t row;

	while (cursor_next(c)) {
		row = renumber == NULL ? first + c->row : renumber[c->row];
		if (row != SEGMENT_GONE)
			return (uint64_t)c->hash << 32 | row;
	}
	return UINT64_MAX;
}

/* Merge the postings of the segments, whose rows follow one another, and of the new documents. */
static void
write_postings(struct packer *k, const struct segment_plan *plan)
{
	struct segment_cursor *c = mem_array(NULL, plan->nfrom, sizeof(*c));
	uint64_t *head = mem_array(NULL, plan->nfrom + 1, sizeof(*head)), least;
	uint32_t *first = mem_array(NULL, plan->nfrom, sizeof(*first)), row = 0, j;
	struct numbers fresh = { 0 };
	size_t i, min, at = 0;

	for (i = 0; i < plan->nfrom; i++) {
		cursor_at(&c[i], &plan->from[i], 0);
		first[i] = row;
		if (plan->renumber[i] == NULL)
			row += plan->from[i].ndoc;
		else
			for (j = 0; j < plan->from[i].ndoc; j++)
				row += plan->renumber[i][j] != SEGMENT_GONE;
		head[i] = next_kept(&c[i], plan->renumber[i], first[i]);
	}
	new_postings(&fresh, plan, row);
	head[plan->nfrom] = fresh.n > 0 ? fresh.p[0] : UINT64_MAX;
	for (;;) {
		for (min = 0, i = 1; i <= plan->nfrom; i++)
			if (head[i] < head[min])
				min = i;
		least = head[min];
		if (least == UINT64_MAX)
			break;
		pack(k, (uint32_t)(least >> 32), (uint32_t)least);
		if (min < plan->nfrom)
			head[min] = next_kept(&c[min], plan->renumber[min], first[min]);
		else
			head[min] = ++at < fresh.n ? fresh.p[at] : UINT64_MAX;
	}
	pack_flush(k);
	free(c);
	free(head);
	free(fresh.p);
	free(first);
}

void
segment_write(struct store *store, const char *name, const struct segment_plan *plan)
{
	static const char zero[4];
	struct header head = { .magic = MAGIC, .version = VERSION_READ, .order = ORDER };
	struct footer foot = { .magic = MAGIC };
	struct index_row end = { 0 };
	struct store_file f;
	struct rows w = { .f = &f };
	struct packer k = { .f = &f, .bit = 8 };

	store_create(&f, store, name);
	each_row(plan, count_row, &w);
	if (w.nhash > SEGMENT_MOST || w.nid > SEGMENT_MOST)
		store_die(store, EXIT_FAULT, "%s/%s: a segment cannot hold %llu hashes and %llu bytes of ids",
			  store->dir, name, (unsigned long long)w.nhash, (unsigned long long)w.nid);
	foot.ndoc = w.n;
	foot.nhash = (uint32_t)w.nhash;
	foot.nid = (uint32_t)w.nid;
	while (foot.row_bits < 31 && foot.ndoc > 1u << foot.row_bits)
		foot.row_bits++;
	while (foot.rice < RICE_MAX && foot.nhash > 0 && (UINT32_MAX / foot.nhash) >> foot.rice > 1)
		foot.rice++;
	store_put(&f, &head, sizeof(head));
	w.nhash = w.nid = 0;
	each_row(plan, write_row, &w);
	w.order = mem_array(NULL, foot.ndoc, sizeof(*w.order));
	end.time = half_time(&w, plan);
	end.hash_at = foot.nhash;
	end.id_at = foot.nid;
	store_put(&f, &end, sizeof(end));
	each_row(plan, write_hashes, &w);
	each_row(plan, write_id, &w);
	store_put(&f, zero, (4 - foot.nid % 4) % 4);
	write_order(&w, plan, note_whole);
	write_order(&w, plan, note_key);
	free(w.order);
	k.row_bits = foot.row_bits;
	k.rice = foot.rice;
	write_postings(&k, plan);
	foot.nblock = (uint32_t)(k.first.n / 4);
	store_put(&f, k.first.p, k.first.n);
	buf_free(&k.first);
	foot.check = store_sum(&f);
	foot.own = sketch_hash(&foot, offsetof(struct footer, own));
	store_put(&f, &foot, sizeof(foot));
	store_end(&f);
}
