/* SPDX-License-Identifier: ISC */
#include "spill.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "msg.h"

enum {
	TAIL = 64 * 1024,      /* bytes worth a write(2) */
	PAGE_ROWS = 64,	       /* rows read at a time */
	NPAGE = 1024,	       /* pages in memory, a power of two */
	RUN_WORDS = 2 << 20,   /* words of a run of notes: 8 MB */
	MERGE_WORDS = 2 << 20, /* words in memory while runs are merged, */
	MERGE_LEAST = 1024,    /* but so many for each */
	HEAD = 3	       /* words of a note before its list: two halves of the key, length */
};

struct rows_page {
	uint64_t number; /* + 1; 0: none */
	bool changed;	 /* perhaps: whoever got a row may have changed it */
};

struct sorter_note {
	uint64_t key;
	size_t at;
};

struct sorter_run {
	uint64_t next; /* byte in the file to be read next */
	uint64_t end;
	uint32_t *word;
	size_t at;
	size_t n;
};

/*
 * Files.
 */

void
spill_open(struct spill *f)
{
	const char *dir = getenv("TMPDIR");
	struct buf name = { 0 };

	buf_printf(&name, "%s/find-copies.XXXXXX", dir != NULL && *dir != '\0' ? dir : "/tmp");
	buf_byte(&name, '\0');
	*f = (struct spill){ .fd = mkstemp(name.p) };
	if (f->fd < 0 || unlink(name.p) != 0)
		msg_die(EXIT_FAULT, "%s: %s", name.p, strerror(errno));
	buf_free(&name);
}

static void
write_at(int fd, uint64_t at, const char *p, size_t n)
{
	ssize_t did;

	for (; n > 0; p += did, at += (uint64_t)did, n -= (size_t)did) {
		did = pwrite(fd, p, n, (off_t)at);
		if (did < 0 && errno == EINTR)
			did = 0;
		else if (did <= 0)
			msg_die(EXIT_FAULT, "temporary file: %s (TMPDIR tells where it is)", strerror(errno));
	}
}

/* As much as there is of n bytes. */
static size_t
read_at(int fd, uint64_t at, char *p, size_t n)
{
	size_t sum = 0;
	ssize_t did;

	while (sum < n && (did = pread(fd, p + sum, n - sum, (off_t)(at + sum))) != 0)
		if (did > 0)
			sum += (size_t)did;
		else if (errno != EINTR)
			msg_die(EXIT_FAULT, "temporary file: %s", strerror(errno));
	return sum;
}

static void
flush(struct spill *f)
{
	write_at(f->fd, f->n - f->tail.n, f->tail.p, f->tail.n);
	f->tail.n = 0;
}

void
spill_put(struct spill *f, const void *p, size_t n)
{
	buf_put(&f->tail, p, n);
	f->n += n;
	if (f->tail.n >= TAIL)
		flush(f);
}

void
spill_get(struct spill *f, uint64_t at, void *p, size_t n)
{
	if (at + n > f->n - f->tail.n)
		flush(f);
	if (read_at(f->fd, at, p, n) < n)
		msg_die(EXIT_FAULT, "temporary file: shorter than it was written");
}

void
spill_close(struct spill *f)
{
	close(f->fd);
	buf_free(&f->tail);
}

/*
 * Rows.
 */

void
rows_open(struct rows *r, size_t size)
{
	spill_open(&r->file);
	r->size = size;
	r->cache = mem_array(NULL, (size_t)NPAGE * PAGE_ROWS, size);
	r->page = mem_array(NULL, NPAGE, sizeof(*r->page));
	memset(r->page, 0, NPAGE * sizeof(*r->page));
}

void *
rows_at(struct rows *r, uint64_t i)
{
	uint64_t number = i / PAGE_ROWS;
	struct rows_page *page = &r->page[number % NPAGE];
	size_t n = r->size * PAGE_ROWS, did;
	char *p = r->cache + number % NPAGE * n;

	if (page->number != number + 1) {
		if (page->changed)
			write_at(r->file.fd, (page->number - 1) * n, p, n);
		did = read_at(r->file.fd, number * n, p, n);
		memset(p + did, 0, n - did);
		page->number = number + 1;
	}
	page->changed = true;
	return p + i % PAGE_ROWS * r->size;
}

void
rows_close(struct rows *r)
{
	spill_close(&r->file);
	free(r->cache);
	free(r->page);
}

/*
 * Notes. In the file a note is its key, the higher half first, the length of its
 * list, and the list.
 */

void
sorter_open(struct sorter *s)
{
	spill_open(&s->file);
	s->word = mem_array(NULL, RUN_WORDS, sizeof(*s->word));
}

static int
by_key(const void *a, const void *b)
{
	const struct sorter_note *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static void
end_run(struct sorter *s)
{
	const uint32_t *w;
	size_t i;

	if (s->nnote == 0)
		return;
	qsort(s->note, s->nnote, sizeof(*s->note), by_key);
	s->run = mem_grow(s->run, s->nrun, &s->run_cap, sizeof(*s->run));
	s->run[s->nrun] = (struct sorter_run){ .next = s->file.n };
	for (i = 0; i < s->nnote; i++) {
		w = s->word + s->note[i].at;
		spill_put(&s->file, w, (HEAD + w[HEAD - 1]) * sizeof(*w));
	}
	s->run[s->nrun++].end = s->file.n;
	s->nnote = s->nword = 0;
}

void
sorter_put(struct sorter *s, uint64_t key, const uint32_t *list, size_t n)
{
	uint32_t *w;

	if (RUN_WORDS - s->nword < HEAD + n)
		end_run(s);
	s->note = mem_grow(s->note, s->nnote, &s->note_cap, sizeof(*s->note));
	s->note[s->nnote++] = (struct sorter_note){ key, s->nword };
	w = s->word + s->nword;
	w[0] = (uint32_t)(key >> 32);
	w[1] = (uint32_t)key;
	w[2] = (uint32_t)n;
	memcpy(w + HEAD, list, n * sizeof(*list));
	s->nword += HEAD + n;
}

static uint64_t
run_key(const struct sorter *s, size_t run)
{
	const uint32_t *w = s->run[run].word + s->run[run].at;

	return (uint64_t)w[0] << 32 | w[1];
}

/* See that the run's next note is in memory as a whole; false: it has no more. */
static bool
run_fill(struct sorter *s, struct sorter_run *r)
{
	size_t left = r->n - r->at, n;

	if (left < HEAD || left < HEAD + (size_t)r->word[r->at + HEAD - 1]) {
		memmove(r->word, r->word + r->at, left * sizeof(*r->word));
		n = s->room - left;
		if (n > (r->end - r->next) / sizeof(*r->word))
			n = (size_t)((r->end - r->next) / sizeof(*r->word));
		spill_get(&s->file, r->next, r->word + left, n * sizeof(*r->word));
		r->next += n * sizeof(*r->word);
		r->at = 0;
		r->n = left + n;
	}
	return r->at < r->n;
}

/* Put heap[i] in its place below. */
static void
sink(struct sorter *s, size_t i)
{
	size_t run = s->heap[i], child;
	uint64_t key = run_key(s, run);

	for (; (child = 2 * i + 1) < s->nheap; i = child) {
		if (child + 1 < s->nheap && run_key(s, s->heap[child + 1]) < run_key(s, s->heap[child]))
			child++;
		if (run_key(s, s->heap[child]) >= key)
			break;
		s->heap[i] = s->heap[child];
	}
	s->heap[i] = run;
}

void
sorter_turn(struct sorter *s)
{
	struct sorter_run *r;
	size_t i;

	end_run(s);
	free(s->note);
	s->note = NULL;
	s->room = MERGE_WORDS / (s->nrun + 1);
	if (s->room < MERGE_LEAST)
		s->room = MERGE_LEAST;
	s->word = mem_array(s->word, s->room, s->nrun * sizeof(*s->word));
	s->heap = mem_array(NULL, s->nrun, sizeof(*s->heap));
	for (i = 0; i < s->nrun; i++) {
		r = &s->run[i];
		r->word = s->word + i * s->room;
		if (run_fill(s, r))
			s->heap[s->nheap++] = i;
	}
	for (i = s->nheap / 2; i-- > 0;)
		sink(s, i);
}

bool
sorter_top(struct sorter *s, uint64_t *key, const uint32_t **list, size_t *n)
{
	const struct sorter_run *r;

	if (s->nheap == 0)
		return false;
	r = &s->run[s->heap[0]];
	*key = run_key(s, s->heap[0]);
	*n = r->word[r->at + HEAD - 1];
	*list = r->word + r->at + HEAD;
	return true;
}

void
sorter_drop(struct sorter *s)
{
	struct sorter_run *r = &s->run[s->heap[0]];

	r->at += HEAD + r->word[r->at + HEAD - 1];
	if (!run_fill(s, r))
		s->heap[0] = s->heap[--s->nheap];
	if (s->nheap > 0)
		sink(s, 0);
}

void
sorter_close(struct sorter *s)
{
	spill_close(&s->file);
	free(s->word);
	free(s->note);
	free(s->run);
	free(s->heap);
}
