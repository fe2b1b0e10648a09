/* SPDX-License-Identifier: ISC */
/*
 * Rows lie in an array in the order they came, and are found by a table with open
 * addressing; the file has them in the order of their keys. All of it is in memory:
 * 20 bytes a row, 8 to 16 of the table, and 20 while rows are sorted.
 */
#define _GNU_SOURCE /* memmem */
#include "memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "model.h"
#include "msg.h"
#include "sketch.h"
#include "spread.h"
#include "u8.h"

enum {
	ORDER = 0x01020304,
	RETRIES = 100,
	LETTERS_MIN = 3,    /* bytes of a line's letters: "by", "and" and numbers are nobody's */
	PAGE_ENDS = 1024,   /* units at either end of a page that are remembered */
	ARTICLE_WORDS = 40, /* a page with fewer new ones has no article */
	TITLE_MAX = 512,    /* bytes of letters of a title that are looked at */
	HEADLINE_MIN = 16,  /* and of a headline */
	FRAGMENT_WORDS = 4, /* a piece of a sentence this short may recur by chance */
	USUAL = 3,	    /* pages from which on a line that most pages have is no part of an article */
	ALWAYS = 9,	    /* and from which on it is no headline either */
};

#define MAGIC "cdsites\n"

/* Rows in memory: what is forgotten at once, and one more page. */
#define ROWS_FORGET (MEMORY_LINES + MEMORY_LINES / 2)
#define ROWS_MAX (ROWS_FORGET + 2 * PAGE_ENDS + 2)

struct header {
	char magic[8];
	uint32_t order;
	uint32_t nrow;
};

static const struct store_kind kind = { "copydesk-sites", 1, ".row", "a memory of sites",
					"remove the folder to begin anew" };

/*
 * The table.
 */

static uint64_t
key_of(const struct memory_row *r)
{
	return (uint64_t)r->key[1] << 32 | r->key[0];
}

static void
fill_slots(struct memory *m)
{
	size_t i, at;

	while (m->nslot < 2 * (m->row_cap + 1))
		m->nslot = m->nslot == 0 ? 1024 : 2 * m->nslot;
	m->slot = mem_array(m->slot, m->nslot, sizeof(*m->slot));
	memset(m->slot, 0, m->nslot * sizeof(*m->slot));
	for (i = 0; i < m->nrow; i++) {
		for (at = spread(key_of(&m->row[i]), m->nslot - 1); m->slot[at] != 0;
		     at = (at + 1) & (m->nslot - 1))
			;
		m->slot[at] = (uint32_t)i + 1;
	}
}

/* The slot of a key, or the free one where it belongs. */
static size_t
slot_of(const struct memory *m, uint64_t key)
{
	size_t at = spread(key, m->nslot - 1);

	while (m->slot[at] != 0 && key_of(&m->row[m->slot[at] - 1]) != key)
		at = (at + 1) & (m->nslot - 1);
	return at;
}

static struct memory_row *
find(const struct memory *m, uint64_t key)
{
	uint32_t at = m->slot[slot_of(m, key)];

	return at == 0 ? NULL : &m->row[at - 1];
}

static struct memory_row *
find_or_add(struct memory *m, uint64_t key, bool *added)
{
	size_t at = slot_of(m, key);
	struct memory_row *r;
	bool full;

	*added = m->slot[at] == 0;
	if (!*added)
		return &m->row[m->slot[at] - 1];
	full = m->nrow == m->row_cap;
	if (full) {
		m->row_cap = m->row_cap < 256 ? 512 : m->row_cap > ROWS_MAX / 2 ? ROWS_MAX : 2 * m->row_cap;
		m->row = mem_array(m->row, m->row_cap, sizeof(*m->row));
	}
	r = &m->row[m->nrow++];
	*r = (struct memory_row){ .key = { (uint32_t)key, (uint32_t)(key >> 32) } };
	if (full)
		fill_slots(m);
	else
		m->slot[at] = (uint32_t)m->nrow;
	return r;
}

/* Last seen first; then by key, so that the order is one. */
static int
by_last(const void *a, const void *b)
{
	const struct memory_row *x = a, *y = b;

	if (x->last != y->last)
		return x->last > y->last ? -1 : 1;
	return key_of(x) < key_of(y) ? -1 : key_of(x) > key_of(y);
}

static int
by_key(const void *a, const void *b)
{
	uint64_t x = key_of(a), y = key_of(b);

	return x < y ? -1 : x > y;
}

/* Forget down to MEMORY_LINES. */
static void
forget(struct memory *m)
{
	size_t often = 0, once = 0, i, n = 0;

	if (m->nrow <= MEMORY_LINES)
		return;
	for (i = 0; i < m->nrow; i++)
		often += m->row[i].npage > 1;
	once = m->nrow - often;
	if (often > MEMORY_LINES / 2)
		often = once > MEMORY_LINES / 2 ? MEMORY_LINES / 2 : MEMORY_LINES - once;
	once = MEMORY_LINES - often;
	qsort(m->row, m->nrow, sizeof(*m->row), by_last);
	for (i = 0; i < m->nrow; i++)
		if (m->row[i].npage > 1 ? often > 0 && often-- : once > 0 && once--)
			m->row[n++] = m->row[i];
	m->nrow = n;
	fill_slots(m);
}

/*
 * The folder.
 */

static void
damaged(const struct memory *m, const char *name, const char *what)
{
	msg_die(EXIT_FAULT, "%s/%s: %s: %s", m->store.dir, name, what, kind.remedy);
}

static void
read_rows(struct memory *m, const char *name, const struct buf *b, uint32_t nrow, uint64_t check)
{
	struct header head;
	size_t i;

	if (nrow > MEMORY_LINES)
		damaged(m, name, "more lines than there may be");
	if (b->n != sizeof(head) + (size_t)nrow * sizeof(*m->row))
		damaged(m, name, "cut short");
	memcpy(&head, b->p, sizeof(head));
	if (memcmp(head.magic, MAGIC, sizeof(head.magic)) != 0 || head.nrow != nrow)
		damaged(m, name, "not the file that the MANIFEST means");
	if (head.order != ORDER)
		damaged(m, name, "of another byte order");
	if (store_check(b->p, b->n) != check)
		damaged(m, name, "damaged: its checksum is wrong");
	m->nrow = nrow;
	m->row_cap = nrow;
	m->row = mem_array(m->row, m->row_cap, sizeof(*m->row));
	memcpy(m->row, b->p + sizeof(head), (size_t)nrow * sizeof(*m->row));
	for (i = 1; i < nrow; i++)
		if (key_of(&m->row[i - 1]) >= key_of(&m->row[i]))
			damaged(m, name, "damaged: its rows are out of order");
}

/* False: the file is gone, as after a commit in between. */
static bool
read_all(struct memory *m, const struct buf *manifest)
{
	struct buf b = { 0 };
	char name[STORE_NAME];
	uint32_t nrow;
	uint64_t check;

	if (sscanf(manifest->p,
		   "generation %" SCNu32 "\nserial %" SCNu32 "\nlines %13[0-9a-z.] %" SCNu32 " %" SCNx64 "\n",
		   &m->generation, &m->serial, name, &nrow, &check) != 5)
		damaged(m, "MANIFEST", "lines not understood");
	if (!store_read(&m->store, name, &b))
		return false;
	read_rows(m, name, &b, nrow, check);
	buf_free(&b);
	return true;
}

void
memory_open(struct memory *m, const char *dir, bool write)
{
	struct buf b = { 0 };
	int i;

	*m = (struct memory){ .open = true };
	store_open(&m->store, &kind, dir, write);
	for (i = 0; store_manifest(&m->store, &b); i++) {
		if (read_all(m, &b))
			break;
		if (write || i == RETRIES)
			damaged(m, "MANIFEST", "the file it names is missing");
	}
	if (b.n == 0 && !write)
		msg_die(EXIT_USAGE, "%s: not a memory of sites: it has no MANIFEST", dir);
	buf_free(&b);
	fill_slots(m);
}

static bool
is_named(const void *arg, const char *name)
{
	return strcmp(arg, name) == 0;
}

void
memory_commit(struct memory *m)
{
	struct header head = { .magic = MAGIC, .order = ORDER };
	char name[STORE_NAME];
	struct buf lines = { 0 };
	struct store_file f;
	uint64_t check;

	if (!m->changed && m->generation > 0)
		return;
	forget(m);
	if (m->nrow > 0) /* else row may be NULL */
		qsort(m->row, m->nrow, sizeof(*m->row), by_key);
	m->generation++;
	head.nrow = (uint32_t)m->nrow;
	snprintf(name, sizeof(name), "%08x.row", m->generation);
	store_create(&f, &m->store, name);
	store_put(&f, &head, sizeof(head));
	store_put(&f, m->row, m->nrow * sizeof(*m->row));
	check = store_sum(&f);
	store_end(&f);
	buf_printf(&lines, "generation %u\nserial %u\nlines %s %u %016llx\n", m->generation, m->serial, name,
		   head.nrow, (unsigned long long)check);
	store_commit(&m->store, &lines);
	store_sweep(&m->store, is_named, name);
	buf_free(&lines);
}

void
memory_close(struct memory *m)
{
	if (!m->open)
		return;
	store_close(&m->store);
	free(m->row);
	free(m->slot);
	*m = (struct memory){ 0 };
}

/*
 * A page.
 */

/*
 * A line's letters in lower case, each number a 0: "Posted 3 hours ago (12)" is "posted0hoursago0".
 */
static uint64_t
line_key(struct recall *c, const char *p, size_t n)
{
	struct buf *b = &c->line;
	size_t i, from, letters = 0;
	uint64_t key;
	uint32_t cp;
	char *to;

	b->n = 0;
	if (n == 0)
		return 0;
	to = buf_room(b, n);
	for (i = 0; i < n;)
		if (ascii_alpha(p[i])) {
			*to++ = ascii_fold(p[i++]);
			letters++;
		} else if (ascii_digit(p[i])) {
			*to++ = '0';
			while (++i < n && ascii_digit(p[i]))
				;
		} else if ((unsigned char)p[i] < 0x80)
			i++;
		else {
			i += u8_next(p + i, n - i, &cp);
			from = b->n = (size_t)(to - b->p);
			buf_span(b, u8_fold(cp));
			letters += b->n - from;
			(void)buf_room(b, n - i);
			to = b->p + b->n;
		}
	b->n = (size_t)(to - b->p);
	if (letters < LETTERS_MIN)
		return 0;
	key = sketch_key((struct span){ b->p, b->n }, c->key);
	return key + (key == 0);
}

/*
 * What the odds of a line lose when n other pages had it of m that the site has taught since.
 * On block dumps of the development pages one line in 180 that one other page of its site has is
 * body, and one in 75 that two or three have: crossheads of reviews. One other page is no proof
 * all the same: it does not outweigh what looks like a paragraph (+3 and more). And each halving of
 * the share of pages takes something off again: stories that go on for weeks tell what went
 * before in the same words.
 */
static int32_t
weight_of(uint32_t n, uint32_t m)
{
	/*
	 * in quarters; a lower ladder (1.5, 3, 3.75 ...) lost 0.004 of F1 on lyn, a higher one (3,
	 * 4, 5 ...) won nothing
	 */
	static const uint8_t quarters[] = { 0, 9, 14, 18, 20, 20, 22, 22, 22, 24 };
	int32_t w = quarters[n < 9 ? n : 9] * (MODEL_ONE / 4);

	for (; n < m / 2; m /= 2)
		w -= MODEL_ONE / 2;
	return w > 0 ? -w : 0;
}

/* Have most pages had it since it was first seen, n of them at least? */
static bool
is_usual(const struct recall_unit *v, uint32_t n)
{
	return v->npage >= n && v->npage * (uint64_t)2 > v->nsite;
}

/*
 * Is unit i, whose letters are in c->line, the article's headline, which other pages tease? It
 * stands in the page's first line, its title, too, or is that line where the text is the article
 * alone.
 */
static bool
is_headline(const struct recall *c, size_t i)
{
	const struct buf *title = &c->title, *b = &c->line;

	if (i == 0)
		return !is_usual(&c->unit[i], ALWAYS);
	return b->n >= HEADLINE_MIN && memmem(title->p, title->n, b->p, b->n) != NULL;
}

void
memory_recall(const struct memory *m, struct recall *c, struct page *g)
{
	const struct memory_row *site, *r;
	const uint8_t *flows = page_column(g, COL_FLOWS);
	uint64_t body = 0, known = 0;
	bool again;
	size_t i;

	c->key = sketch_hash(c->site.p, c->site.n);
	c->key += c->key == 0;
	c->n = g->nunit;
	if (c->n > c->cap) {
		c->cap = c->n + c->n / 8 + 64;
		c->unit = mem_array(c->unit, c->cap, sizeof(*c->unit));
	}
	site = find(m, c->key);
	for (i = 0; i < c->n; i++) {
		const struct unit *u = &g->unit[i];
		struct recall_unit *v = &c->unit[i];

		*v = (struct recall_unit){ .key = 0 };
		if (i >= PAGE_ENDS && i + PAGE_ENDS < c->n)
			continue;
		v->key = line_key(c, g->text + u->from, u->to - u->from);
		r = v->key == 0 || site == NULL ? NULL : find(m, v->key);
		if (i == 0) {
			c->title.n = 0;
			buf_put(&c->title, c->line.p, c->line.n < TITLE_MAX ? c->line.n : TITLE_MAX);
		}
		if (r != NULL) {
			v->npage = r->npage;
			v->nsite = site->npage >= r->since ? site->npage - r->since + 1 : r->npage;
			if (v->nsite < r->npage)
				v->nsite = r->npage;
		}
		v->headline = r != NULL && g->score[i] > 0 && is_headline(c, i);
		/* what most pages have is no part of an article, whatever it looks like */
		if (g->score[i] <= 0 || is_usual(v, USUAL))
			continue;
		body += u->nword;
		known += v->npage > 0 ? u->nword : 0;
	}
	again = known * 2 > body;
	c->seen = again || body - known < ARTICLE_WORDS;
	for (i = 0; i < c->n; i++) {
		struct recall_unit *v = &c->unit[i];

		/* one of those pages is this one */
		if (again && v->npage > 0) {
			v->npage--;
			v->nsite--;
		}
		if (v->npage == 0 || v->headline)
			continue;
		v->weight = weight_of(v->npage, v->nsite);
		/* text nodes: every site says "and" between two links */
		if (g->unit[i].nword <= FRAGMENT_WORDS && (flows[i] | flows[(ptrdiff_t)i - 1]) != 0)
			v->weight /= 4;
		g->score[i] += v->weight;
		g->unit[i].good &= v->weight >= 0; /* gets no benefit of the doubt */
	}
}

void
memory_learn(struct memory *m, const struct recall *c)
{
	struct memory_row *r;
	uint32_t page;
	bool added;
	size_t i;

	m->changed = true;
	if (m->serial < UINT32_MAX)
		m->serial++;
	r = find_or_add(m, c->key, &added);
	r->npage += !c->seen;
	r->last = m->serial;
	page = r->npage;
	for (i = 0; i < c->n; i++) {
		if (c->unit[i].key == 0)
			continue;
		r = find_or_add(m, c->unit[i].key, &added);
		if (added) {
			r->npage = 1;
			r->since = page;
		} else if (r->last != m->serial)
			r->npage += !c->seen;
		r->last = m->serial;
	}
	if (m->nrow > ROWS_FORGET)
		forget(m);
}

void
recall_free(struct recall *c)
{
	buf_free(&c->site);
	buf_free(&c->line);
	buf_free(&c->title);
	free(c->unit);
}
