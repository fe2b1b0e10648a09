/* SPDX-License-Identifier: ISC */
/*
 * Input: the stream of records, or the raw documents named as operands, in
 * blocks for the workers.
 */
#ifndef IN_H
#define IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "rec.h"

enum { IN_BLOCK = 256 * 1024 }; /* bytes of whole records in a block, or one longer record or group */

/*
 * A group: records that follow each other with the same id, as it stands, but no more than
 * those that begin in the first IN_GROUP bytes.
 */
enum { IN_GROUP = 1 << 20 };

/*
 * Does a group that began at from, and whose last record is at line, end where the next one begins?
 */
static inline bool
in_group_ends(const char *from, const char *line, const char *next, const char *end)
{
	return next - from >= IN_GROUP || !rec_same_id(line, next, end);
}

/* What to read; set before in_open. */
struct in {
	char *const *operand; /* noperand names of raw documents; none: records on standard input */
	size_t noperand;
	const char *list;	/* file of NUL-separated names, "-" for standard input; or NULL */
	const char *stdin_name; /* id of "-" as a raw document */
	size_t max_record;	/* bytes; two more of a longer record are kept, to be seen */
	bool by_id;		/* blocks end with a group */
	bool strict;		/* the first fault ends the input */

	/* read only */
	bool records;	 /* standard input holds records */
	uint64_t nfault; /* inputs that could not be read, each told at once */
	uint64_t size;	 /* bytes of standard input when it is a regular file, else 0 */

	/* private */
	int fd;
	bool started;
	bool ended;
	struct buf carry; /* the last record's first part, and the unfinished group before it */
	uint64_t line;	  /* the carry's line */
	struct buf names; /* of the list, names_at bytes used up */
	size_t names_at;
};

/*
 * A piece of the input: whole records, or one raw document.
 * REC_SLACK bytes behind the n of data may be read.
 */
struct block {
	struct buf data;
	struct buf name; /* of the raw document, NUL-terminated */
	uint64_t line;	 /* number of the first record's line; 0: a raw document */
	bool dry;	 /* no more input was at hand at that moment */
};

void in_open(struct in *);

/* Fill the block, whose buffers are reused. False at the end. */
bool in_next(struct in *, struct block *);

void in_close(struct in *);

#endif
