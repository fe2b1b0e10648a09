/* SPDX-License-Identifier: ISC */
/*
 * What does not fit into memory: files without a name, in the folder that TMPDIR
 * names or in /tmp. A failed read or write ends the program with a message.
 */
#ifndef SPILL_H
#define SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* A file that is appended to, and read at any place. */
struct spill {
	int fd;
	uint64_t n;	 /* bytes, with those of the tail */
	struct buf tail; /* not yet written */
};

void spill_open(struct spill *);
void spill_put(struct spill *, const void *, size_t n);
void spill_get(struct spill *, uint64_t at, void *, size_t n);
void spill_close(struct spill *);

/* An array of rows of a fixed size, 0 at first, with those used last in memory. */
struct rows {
	struct spill file;
	size_t size; /* of a row */
	char *cache;
	struct rows_page *page;
};

void rows_open(struct rows *, size_t size);

/* Row i, to be read and changed until the next call. */
void *rows_at(struct rows *, uint64_t i);

void rows_close(struct rows *);

/*
 * Notes, each a key and up to SORTER_LIST numbers, which are put in any order and
 * taken in the order of their keys: sorted runs, merged at the end.
 */
enum { SORTER_LIST = 64 };

struct sorter {
	struct spill file;
	uint32_t *word; /* of the notes of this run */
	size_t nword;
	struct sorter_note *note;
	size_t nnote;
	size_t note_cap;
	struct sorter_run *run;
	size_t nrun;
	size_t run_cap;
	size_t *heap; /* runs, the one with the least key first */
	size_t nheap;
	size_t room; /* words of a run in memory, while merging */
};

void sorter_open(struct sorter *);
void sorter_put(struct sorter *, uint64_t key, const uint32_t *list, size_t n);

/* No more will be put. */
void sorter_turn(struct sorter *);

/* The next note, which stays until it is dropped; false: there is none. */
bool sorter_top(struct sorter *, uint64_t *key, const uint32_t **list, size_t *n);
void sorter_drop(struct sorter *);

void sorter_close(struct sorter *);

#endif
