/* SPDX-License-Identifier: ISC */
/*
 * The index: documents seen by earlier runs, in a directory, copydesk-index(5).
 *
 * Its documents are numbered from 0 in the order they came. A run maps the
 * segments it finds and sees no later commit. A failure of the disk, or a
 * file that is damaged, ends the program with a message and status 1; a
 * directory that is no index of ours with status 2.
 */
#ifndef INDEX_H
#define INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

#define INDEX_NONE UINT32_MAX

/* What helps a folder with a damaged segment. */
#define INDEX_MEND "\"find-copies -d NEW --merge %s\" makes a new index of what is sound"

/* A document, as it stands in a segment: 13 numbers of 32 bits. */
struct index_row {
	uint32_t whole[2]; /* XXH3 of the normal form, lower half first */
	uint32_t key;	   /* upper half of sketch_key */
	uint32_t nletter;  /* bytes of the normal form; UINT32_MAX: that many or more */
	uint32_t serial;   /* rises from document to document, is never used again */
	uint32_t story;	   /* serial of the story's first document */
	uint32_t cluster;  /* serial of the cluster's first document */
	uint32_t worth;	   /* of its hashes when it came, in 1/4096 */
	uint32_t original; /* serial, or INDEX_NONE */
	uint32_t verdict;  /* score in 1/1000 * 4 + kind */
	uint32_t time;	   /* when it came, seconds since 1970; but see index_time */
	uint32_t hash_at;  /* of its first hash; they end where the next row's begin */
	uint32_t id_at;	   /* of its id; it ends where the next row's begins */
};

static inline uint64_t
row_whole(const struct index_row *r)
{
	return (uint64_t)r->whole[1] << 32 | r->whole[0];
}

/* A document to be added. */
struct index_new {
	struct index_row row; /* hash_at and id_at are of no matter */
	const uint32_t *hash;
	size_t nhash;
	struct span id;
};

struct index;

enum index_mode {
	INDEX_READ,
	INDEX_SOUND, /* only read; what is damaged is told, and to be left out by index_sound */
	INDEX_WRITE  /* made where it is missing; waits for another writer to end */
};

struct index *index_open(const char *dir, enum index_mode);

/* Parameters of its sketches; 0 in an index without documents. */
uint32_t index_gram(const struct index *);
uint32_t index_window(const struct index *);

uint32_t index_size(const struct index *);   /* documents, expired ones among them */
uint32_t index_serial(const struct index *); /* of the next document */
uint32_t index_since(const struct index *);  /* documents from before this time have expired */

const struct index_row *index_row(const struct index *, uint32_t doc);
const uint32_t *index_hashes(const struct index *, uint32_t doc, size_t *n);
struct span index_id(const struct index *, uint32_t doc);
uint32_t index_time(const struct index *, uint32_t doc); /* when it came, or was last met */
bool index_expired(const struct index *, uint32_t doc);

/* The documents that hold a hash, rising, at most max of them. */
size_t index_holders(const struct index *, uint32_t hash, uint32_t *doc, size_t max);

/*
 * The first document with the normal form; the first with the id and the normal form; the one of a
 * serial; or INDEX_NONE.
 */
uint32_t index_by_whole(const struct index *, uint64_t whole, uint32_t nletter);
uint32_t index_by_id(const struct index *, struct span id, uint64_t whole);
uint32_t index_by_serial(const struct index *, uint32_t serial);

/* Note that a document was met again at the time. It counts after the next commit. */
void index_meet(struct index *, uint32_t doc, uint32_t time);

/*
 * Add n documents, and forget those from before the time `since`. When this returns, they are on
 * disk, and the index is only to be closed; until then, it is what it was.
 */
void index_commit(struct index *, const struct index_new *, size_t n, uint32_t gram, uint32_t window,
		  uint32_t since);

/* Compare everything with its checksums and with itself. Returns the number of faults told. */
size_t index_check(const struct index *);

/* Files in use, bytes in all. */
size_t index_nsegment(const struct index *);
uint64_t index_nbyte(const struct index *);

/* Of INDEX_SOUND: is what is kept of the document to be trusted, was everything of the index? */
bool index_sound(const struct index *, uint32_t doc);
bool index_intact(const struct index *);

void index_close(struct index *);

#endif
