/* SPDX-License-Identifier: ISC */
/*
 * A block of input and what becomes of it: the frame's unit of work. A worker
 * walks the block's records or its document, calls the filter for each, and collects
 * output, messages and counts; whoever is next in order of the input writes them.
 */
#ifndef WORK_H
#define WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"
#include "in.h"

struct work;

/* What is counted, and told at the end with the place of the first. */
struct tally {
	uint64_t n;
	uint64_t line; /* of the first; 0: a raw document */
};

/* What is the same for all blocks of a run. */
struct work_rules {
	const struct filter *filter;
	bool plain;
	bool strict;	      /* the first fault is the last thing done */
	bool by_id;	      /* records are judged by groups */
	bool write;	      /* write as output comes, not at the block's end */
	bool write_each;      /* ... each record */
	size_t max_record;    /* bytes */
	const char *encoding; /* of raw documents, raw.h */

	/* Tell and count what the work has come to, but for its output. */
	void (*settle)(struct work *);
};

/*
 * out is the first member: frame_fault finds the rest
 * from it. Buffers are kept from block to block.
 */
struct work {
	struct out out;
	struct block in;
	const struct work_rules *rules;
	struct buf line;	  /* the record, where it had to be repaired */
	struct buf head;	  /* its head, where the line has none */
	struct buf text;	  /* its text, where it had to be decoded, */
	struct newlines newlines; /* and where that has newlines */
	struct buf message;	  /* for standard error: whole lines */
	uint64_t nrecord;
	uint64_t nbyte;
	uint64_t nfault;
	struct tally bad;   /* ill-formed parts replaced */
	struct tally noted; /* records, frame_note */
	uint64_t bare_line; /* of the first record without an id, or 0 */
	bool bare_json;	    /* its text begins as JSON does */
	size_t bare_at;	    /* where among the messages that is to be told */
	bool stop;	    /* a fault under strict: nothing more is to be done */
};

void work_init(struct work *, const struct work_rules *);
void work_free(struct work *);

/* Do all of w->in. */
void work_block(struct work *w, void *state);

/* The input's name for messages. */
const char *work_file(const struct work *);

/* A worker's state, zero at first; and its end. */
void *work_state(const struct filter *);
void work_state_free(const struct filter *, void *state);

#endif
