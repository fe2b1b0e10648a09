/* SPDX-License-Identifier: ISC */
/*
 * Segments: the immutable files of an index, copydesk-index(5). A segment holds
 * a run of documents and their postings, which lead from a hash to rows.
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "index.h"
#include "store.h"

enum {
	SEGMENT_NAME = 13,  /* bytes of a name, "00000001.seg" and NUL */
	SEGMENT_BLOCK = 128 /* bytes of a block of postings */
};

#define SEGMENT_GONE UINT32_MAX

#define SEGMENT_MISSING "missing" /* what is wrong */

/* Hashes of a segment, and bytes of its ids, at the most. Tests make do with fewer. */
#ifndef SEGMENT_MOST
#define SEGMENT_MOST UINT32_MAX
#endif

/* A row whose document was met again, and when. */
struct segment_met {
	uint32_t row;
	uint32_t time;
};

/* An open segment: the file is mapped, the pointers go into it. */
struct segment {
	char name[SEGMENT_NAME];
	const char *map;
	size_t nbyte;
	const char *wrong; /* what is; NULL: nothing, and only then the other fields are set */
	uint64_t check;	   /* as its footer has it */
	uint32_t ndoc;
	uint32_t nhash;
	uint32_t nid; /* bytes of ids */
	uint32_t nblock;
	uint32_t row_bits;
	uint32_t rice;
	const struct index_row *row; /* ndoc + 1: the last one has only time, hash_at and id_at */
	const uint32_t *hash;	     /* of all rows, in the order of their texts */
	const char *id;
	const uint32_t *by_whole; /* rows in the order of normal forms */
	const uint32_t *by_key;	  /* rows in the order of keys */
	const char *block;
	const uint32_t *first; /* first hash of each block */
	/*
	 * not in the file, but in the MANIFEST until the segment goes into another, where it is the
	 * rows' time
	 */
	struct segment_met *met; /* nmet that count, rising by row, and nnew as they came */
	size_t nmet;
	size_t nnew;
	size_t met_cap;
	uint64_t *doubt; /* segment_doubt: of each row, 0 where it is sound; or NULL */
};

/* Walks all postings of a segment, rising by hash, then by row. */
struct segment_cursor {
	const struct segment *s;
	uint32_t block;
	uint32_t left; /* postings of the block to come */
	size_t bit;
	uint32_t hash; /* of the posting it stands at */
	uint32_t row;
};

/* What a new segment is made of: segments, then documents. */
struct segment_plan {
	const struct segment *from;
	uint32_t *const *renumber; /* of each: new rows, or SEGMENT_GONE; NULL: all stay */
	size_t nfrom;
	const struct index_new *doc;
	size_t ndoc;
};

/*
 * Map the segment `name` of the folder, and say in it what is wrong. False, with errno: that could
 * not be found out.
 */
bool segment_open(struct segment *, int folder, const char *name);
void segment_close(struct segment *);

/* Give a commit up, or the run, since something is wrong with the segment, and say how to go on. */
void segment_die(const struct store *, const char *name, const char *wrong) __attribute__((noreturn));

/* Does the content agree with its checksum? */
bool segment_intact(const struct segment *);

/* Does it agree with its checksum and with itself? NULL, or what does not. */
const char *segment_check(const struct segment *);

/*
 * Look in a segment that is not intact for the rows that are not: whose id and normal form do not
 * make the key, or whose hashes are not those of their postings. Returns how many.
 */
uint32_t segment_doubt(struct segment *);

/* Note that the document of a row was met again. It counts when segment_settle has been called. */
void segment_meet(struct segment *, uint32_t row, uint32_t time);

/* Put in order what was met, each row once, by its last time; times before `since` are dropped. */
void segment_settle(struct segment *, uint32_t since);

/* When the row's document came, or was last met. */
uint32_t segment_time(const struct segment *, uint32_t row);

/*
 * Rows not from before `since` that hold the hash, rising, at most max of them; each has first
 * added to it.
 */
size_t segment_holders(const struct segment *, uint32_t hash, uint32_t since, uint32_t first, uint32_t *row,
		       size_t max);

/*
 * Rows with the normal form or key, rising, one a call; *at begins with 0 and is moved on.
 * SEGMENT_GONE: no more.
 */
uint32_t segment_by_whole(const struct segment *, uint64_t whole, uint32_t *at);
uint32_t segment_by_key(const struct segment *, uint32_t key, uint32_t *at);

bool cursor_next(struct segment_cursor *);

/* Write a segment as `name` and put it on disk. Ends the program when that fails. */
void segment_write(struct store *, const char *name, const struct segment_plan *);

/* Is the row's document from before `since`? With 0 none is, and no row is looked at. */
static inline bool
segment_gone(const struct segment *s, uint32_t row, uint32_t since)
{
	return since > 0 && s->row[row].time < since && segment_time(s, row) < since;
}

/* The earliest time at which half of its documents, or more, had come. */
static inline uint32_t
segment_half(const struct segment *s)
{
	return s->row[s->ndoc].time;
}

#endif
