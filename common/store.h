/* SPDX-License-Identifier: ISC */
/*
 * A folder that outlives the run: files that are never changed once written, and
 * a small text, the MANIFEST, that says which of them count.
 *
 * Who adds to it holds a lock from store_open to store_close, writes a new file,
 * puts it on disk, and then replaces the MANIFEST by rename: whoever is killed at
 * any point leaves the old state or the new one. Readers need no lock. Files that no
 * MANIFEST names are removed by the commit that fails, or by the next one's store_sweep.
 *
 * The MANIFEST is lines of ASCII: "WORD VERSION", what the owner writes, and "check"
 * with the XXH3 of all lines before, as 16 hexadecimal digits.
 *
 * A failure of the disk, and damage, end the program with a message and status 1, a
 * folder that is something else with status 2.
 */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum { STORE_NAME = 16 }; /* bytes of a file's name, NUL among them */

/* What the folder is. */
struct store_kind {
	const char *word; /* first of its MANIFEST */
	unsigned version;
	const char *suffix; /* of its files, whose names begin with eight hexadecimal digits */
	const char *what;   /* for messages, with its article: "an index" */
	const char *remedy; /* what to do when it is damaged or of another version */
};

struct store {
	const struct store_kind *kind;
	char *dir; /* for messages */
	int folder;
	int lock;		/* -1: only read */
	char fresh[STORE_NAME]; /* written, and not yet named by the MANIFEST; "": none */
};

/*
 * With write the folder is made where it is missing, its name put on disk, and another writer's end
 * waited for; one that holds other things is refused. The kind must outlive the store.
 */
void store_open(struct store *, const struct store_kind *, const char *dir, bool write);
void store_close(struct store *);

/*
 * The MANIFEST's lines between the first and the check, and a NUL. False: there is none. Whoever
 * writes is told then of files that a lost one must have named: 00000001 alone may be left by a
 * first commit.
 */
bool store_manifest(const struct store *, struct buf *);

/*
 * Open a file for reading; -1 with errno where that cannot be done, also because it is no regular
 * file, for which one might wait, or read, for ever. Its bytes go to *nbyte.
 */
int store_get(int folder, const char *name, size_t *nbyte);

/* The file's bytes. False: it is missing. */
bool store_read(const struct store *, const char *name, struct buf *);

/*
 * A new file. Its checksum is the XXH3 of the XXH3s of each 64 KiB, so that it can be known while
 * it is written.
 */
struct store_file {
	struct store *store;
	int fd;
	struct buf out; /* not yet written, less than 64 KiB between calls */
	struct buf sums;
	uint64_t nbyte;
};

void store_create(struct store_file *, struct store *, const char *name);
void store_put(struct store_file *, const void *, size_t n);
uint64_t store_sum(struct store_file *); /* of all so far; what comes after begins a new piece */
void store_end(struct store_file *);	 /* all of it is on disk then */

/* store_sum of the n bytes at p. */
uint64_t store_check(const char *p, size_t n);

/* Replace the MANIFEST by one with these lines. When this returns, the commit is on disk. */
void store_commit(struct store *, const struct buf *lines);

/* Remove the store's files but those that named says yes to. */
void store_sweep(const struct store *, bool (*named)(const void *arg, const char *name), const void *arg);

/* Give a commit up: remove the fresh file, then as msg_die. */
void store_die(const struct store *, int status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4), noreturn));

#endif
