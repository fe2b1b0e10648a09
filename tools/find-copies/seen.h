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
#include "sketch.h"

#define SEEN_NONE	UINT32_MAX

enum {
	SEEN_LIST = 64		/* documents remembered for a hash: the earliest ones */
};

enum seen_kind {
	SEEN_EXACT,		/* same normal form */
	SEEN_NEAR,		/* one as a whole is like the other as a whole */
	SEEN_PART		/* a part of one is like a part, or the whole, of the other */
};

/* A document that was seen. */
struct seen_doc {
	uint64_t	 whole;		/* of its sketch */
	uint64_t	 nletter;
	size_t		 id_at;		/* in seen.id */
	size_t		 hash_at;	/* in seen.hash */
	uint32_t	 id_n;
	uint32_t	 nhash;
	uint32_t	 story;		/* number of the story's first document */
	uint32_t	 cluster;	/* number of the cluster's first document */
	uint32_t	 worth;		/* of its hashes, at the time it came */
};

/* A match of the new document with an earlier one. */
struct seen_match {
	uint32_t	 doc;
	uint32_t	 nshared;	/* hashes in common */
	uint64_t	 shared;	/* their worth */
	uint32_t	 match;		/* score_match */
	uint32_t	 score;		/* 0 to SCORE_MAX */
	bool		 exact;
};

/* Where the shared text lies, of a match: parts in 1/1000 of each document. */
struct seen_extent {
	uint32_t	 here[2];	/* in the new document: begin, end */
	uint32_t	 there[2];	/* in the earlier one */
	uint64_t	 nletter;	/* letters shared, about */
	enum seen_kind	 kind;
};

/* Keys to documents: of normal forms, of ids. */
struct seen_map {
	struct seen_key	*key;
	size_t		 n;
	size_t		 cap;		/* 0 or a power of two */
};

struct seen_numbers {
	uint64_t	*p;
	size_t		 n;
	size_t		 cap;
};

struct seen {
	struct seen_doc	*doc;
	size_t		 ndoc;
	size_t		 doc_cap;
	struct buf	 id;
	uint32_t	*hash;
	size_t		 nhash;
	size_t		 hash_cap;

	struct seen_slot *slot;		/* hash -> documents that hold it */
	size_t		 nslot;
	size_t		 slot_cap;
	struct seen_list *list;
	size_t		 nlist;
	size_t		 list_cap;
	uint32_t	*pool;		/* of the lists */
	size_t		 npool;
	size_t		 pool_cap;
	struct seen_map	 by_whole;	/* first document with a normal form */

	/* of the document being judged */
	struct seen_sum	*sum;		/* one for each document, 0 between records */
	size_t		 sum_cap;
	uint32_t	*touched;
	size_t		 touched_cap;
	struct seen_match *match;	/* rising by document */
	size_t		 nmatch;
	size_t		 match_cap;

	/* of the pair being compared */
	struct seen_numbers own;	/* hashes of the new document with their places, sorted */
	struct seen_numbers here;	/* places of the shared ones in it */
	struct seen_numbers there;	/* and in the earlier document */
};

/*
 * Find the earlier documents that match a sketch with at least the given match,
 * then add it under the id. The matches stand in seen.match.
 */
void	seen_judge(struct seen *, const struct sketch *, struct span id, uint32_t least);

/* Compare a sketch with an earlier document that matches it. */
void	seen_compare(struct seen *, const struct sketch *, const struct seen_match *, struct seen_extent *);

struct span seen_id(const struct seen *, uint32_t doc);

void	seen_free(struct seen *);

#endif
