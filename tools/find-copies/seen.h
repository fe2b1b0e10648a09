/* SPDX-License-Identifier: ISC */
/*
 * The documents seen so far, in the order of the stream, and which of them a
 * new one copies.
 *
 * A document joins the story of the best of its matches when that is a strong
 * one, else it begins a story. Stories are what a hash's worth is counted by
 * (score.h), and nothing else: thirty sites that carry one agency's text are one
 * story, thirty articles of one site with the same menu are thirty.
 */
#ifndef SEEN_H
#define SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "index.h"
#include "numbers.h"
#include "pair.h"
#include "sketch.h"

#define SEEN_NONE UINT32_MAX

enum {
	SEEN_LIST = 64 /* documents remembered for a hash: the earliest ones */
};

enum seen_kind {
	SEEN_EXACT, /* same normal form */
	SEEN_NEAR,  /* one as a whole is like the other as a whole */
	SEEN_PART   /* a part of one is like a part, or the whole, of the other */
};

/* A document that was seen. Those of an index are filled in when they are first asked for. */
struct seen_doc {
	const char *id; /* NULL: not yet filled in */
	const uint32_t *hash;
	uint64_t whole;	  /* of its sketch */
	uint32_t nletter; /* UINT32_MAX: so many or more, told apart by the hash alone */
	uint32_t id_n;
	uint32_t nhash;
	uint32_t serial;   /* the number it keeps in an index; without one, its number */
	uint32_t story;	   /* serial of the story's first document */
	uint32_t cluster;  /* serial of the cluster's first document */
	uint32_t worth;	   /* of its hashes, at the time it came */
	uint32_t original; /* serial of the earliest document it copies, or SEEN_NONE */
	uint32_t time;	   /* when it came, or was last met, seconds since 1970 */
	uint16_t score;	   /* of the match with the original */
	uint16_t kind;
};

/* What a document shares with the new one. */
struct seen_sum {
	uint32_t nshared; /* hashes */
	uint32_t shared;  /* their worth */
};

/* A match of the new document with an earlier one. */
struct seen_match {
	uint32_t doc;
	uint32_t nshared; /* hashes in common */
	uint64_t shared;  /* their worth */
	uint32_t match;	  /* score_match */
	uint32_t score;	  /* 0 to SCORE_MAX */
	bool exact;
};

/* Where the shared text lies, of a match: parts in 1/1000 of each document. */
struct seen_extent {
	uint32_t here[2];  /* in the new document: begin, end */
	uint32_t there[2]; /* in the earlier one */
	uint64_t nletter;  /* letters shared, about */
	enum seen_kind kind;
};

/* Keys to documents: of normal forms, of ids. */
struct seen_map {
	struct seen_key *key;
	size_t n;
	size_t cap; /* 0 or a power of two */
};

/*
 * Documents that are kept elsewhere, bands.h. find gives the number of the one
 * with a serial; load fills in the id, the hashes and the form of one that has a serial.
 */
struct seen_source {
	uint32_t (*find)(void *arg, uint32_t serial);
	void (*load)(void *arg, struct seen_doc *);
	void *arg;
};

struct seen {
	struct index *index;		  /* documents of earlier runs, or NULL */
	const struct seen_source *source; /* or NULL */
	size_t nindex;			  /* how many; they come first */
	uint32_t again;			  /* seen_begin */
	struct seen_doc *doc;
	size_t ndoc;
	size_t doc_cap;
	struct seen_chunk *chunk; /* memory of the ids and hashes; never moves */
	size_t nchunk;
	size_t chunk_cap;

	struct seen_slot *slot; /* hash -> documents that hold it */
	size_t nslot;
	size_t slot_cap;
	struct seen_list *list;
	size_t nlist;
	size_t list_cap;
	uint32_t *pool; /* of the lists */
	size_t npool;
	size_t pool_cap;
	struct seen_map by_whole; /* first document with a normal form, of this run */
	struct seen_map by_id;	  /* first document with an id and a normal form, of this run */

	/* the worth that two documents share at least for a match of `least` */
	struct {
		uint32_t least;
		uint32_t window; /* of such sketches; 0: not known yet */
		uint32_t worth;
	} floor;

	/* of the document being judged */
	struct seen_sum *sum; /* one for each document, 0 between records */
	size_t sum_cap;
	uint32_t *touched;
	size_t touched_cap;
	struct seen_match *match; /* rising by document */
	size_t nmatch;
	size_t match_cap;
	struct numbers met; /* slots of its hashes that others have, too */
	struct pair pair;
};

/*
 * Begin with the documents of an index, which stays the caller's. For a seen that is all zero.
 * One of them that is met again, `again` seconds after it came or later, counts as come then.
 */
void seen_begin(struct seen *, struct index *, uint32_t again);

/*
 * Find the earlier documents that match a sketch with at least the given match,
 * then add it under the id; returns its number. The matches stand in seen.match.
 *
 * A document that was added before, with the same id and the same normal form, is
 * not added again: its number comes back, and its one match is the original that was
 * found then, with the score of then.
 */
uint32_t seen_judge(struct seen *, const struct sketch *, struct span id, uint32_t least, uint32_t time);

/*
 * The judgement alone, for one who has looked up himself which documents share
 * hashes: sum has what the first ndoc ones share with the sketch, whose worth is
 * total; twin is the first one with its normal form, or SEEN_NONE. d is the new
 * document, whose serial is set: what was found is filled in.
 */
void seen_weigh(struct seen *, const struct sketch *, uint64_t total, uint32_t twin, uint32_t least,
		struct seen_doc *d);

/* Match the original that was found for d, which has the sketch, when it came. */
void seen_recall(struct seen *, const struct sketch *, const struct seen_doc *d);

/*
 * Forget all documents, and begin with n others from the source, whose serials are to be filled in;
 * two more can follow.
 */
void seen_restart(struct seen *, size_t n);

/* The sketch's letters, as many as a seen_doc can tell. */
uint32_t seen_letters(const struct sketch *);

/* n bytes that stay where they are until then, aligned for hashes. */
void *seen_store(struct seen *, const void *, size_t n);

/* Compare a sketch with an earlier document that matches it. */
void seen_compare(struct seen *, const struct sketch *, const struct seen_match *, struct seen_extent *);

/* What an index keeps of a document. */
struct index_row seen_row(const struct seen_doc *);

/* A document by its number, or by its serial; SEEN_NONE where it has expired. */
struct seen_doc *seen_doc(struct seen *, uint32_t doc);
uint32_t seen_by_serial(const struct seen *, uint32_t serial);

/* Add a shared hash. Sums stop at a quarter of a million hashes. */
static inline void
seen_share(struct seen_sum *sum, uint32_t worth)
{
	sum->nshared++;
	if (sum->shared < 1u << 30)
		sum->shared += worth;
}

void seen_free(struct seen *);

#endif
