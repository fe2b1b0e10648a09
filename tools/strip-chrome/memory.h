/* SPDX-License-Identifier: ISC */
/*
 * The memory of sites: which lines were seen on how many pages of one site, kept
 * in a folder from run to run, copydesk-sites(5).
 *
 * Of a line its letters are remembered by a hash of 64 bits that the site is part of, so that a
 * site is known by its name alone. Pages whose article was seen before teach nothing: an
 * article that is met again, changed or under another id, does not turn into chrome.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "page.h"
#include "store.h"

/*
 * Lines remembered. Half of the room is for lines seen on one page only, so that neither
 * kind can crowd the other out; those not seen for the longest time go first.
 */
#define MEMORY_LINES (1u << 20)

/* As in the file: five numbers of 32 bits. A site's own row counts the pages that taught. */
struct memory_row {
	uint32_t key[2]; /* hash of site and line, lower half first */
	uint32_t npage;	 /* pages that had it */
	uint32_t since;	 /* which page of the site was the first, from 1; of a site's own row 0 */
	uint32_t last;	 /* page.serial when it was last seen */
};

struct memory {
	struct store store;
	bool open;
	bool changed; /* since it was opened */
	uint32_t generation;
	uint32_t serial; /* pages met so far, whatever their site */
	struct memory_row *row;
	size_t nrow, row_cap;
	uint32_t *slot; /* of a row, plus one; 0: free */
	size_t nslot;	/* a power of two */
};

/* Of one unit of a page. */
struct recall_unit {
	uint64_t key;	/* 0: not remembered */
	uint32_t npage; /* other pages of the site that had it */
	uint32_t nsite; /* of how many, since it was first seen */
	int32_t weight; /* what that adds to its score */
	bool headline;	/* of the article: adds nothing */
};

/* What a memory says of one page; zero at first, one for each worker. */
struct recall {
	struct buf site;
	uint64_t key;
	bool seen; /* its article was, or it has none */
	size_t n;
	struct recall_unit *unit;
	size_t cap;
	struct buf line;  /* scratch: letters of a line */
	struct buf title; /* those of the first one */
};

/*
 * Open the memory in dir; with write it is made where it is missing, and locked until memory_close.
 */
void memory_open(struct memory *, const char *dir, bool write);

/*
 * What the memory says of the page's units, whose scores the weights are added to. The page is of
 * recall.site.
 */
void memory_recall(const struct memory *, struct recall *, struct page *);

/* Remember the page. */
void memory_learn(struct memory *, const struct recall *);

/* Put it on disk. */
void memory_commit(struct memory *);

void memory_close(struct memory *);
void recall_free(struct recall *);

#endif
