/* SPDX-License-Identifier: ISC */
/*
 * Sketches: what is kept of a document to know its copies again.
 *
 * A document's normal form is its letters and digits, folded (u8_fold), without
 * anything between them. Of the hashes of its grams (runs of `gram` bytes) the
 * sketch holds those that winnowing picks in windows of `window` grams, so that
 * every shared run of gram + window - 1 bytes leaves a shared hash
 * (Schleimer, Wilkerson, Aiken 2003, "Winnowing").
 *
 * A sketch is written as one printable token,
 *
 *     s1.GRAM.WINDOW.NLETTER.WHOLE.HASHES
 *
 * where 1 is the version of the format, GRAM, WINDOW and NLETTER are decimal,
 * WHOLE is 16 hexadecimal digits and HASHES is base64url (RFC 4648, no padding) of
 * the hashes, four bytes each, the highest first. One sketch has one spelling.
 */
#ifndef SKETCH_H
#define SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum {
	SKETCH_VERSION = 1,
	SKETCH_GRAM = 16,   /* bytes of a gram: the best F1 of 12, 14, 16, 18, 20 */
	SKETCH_WINDOW = 75, /* grams: 64 hashes for an article of 2,430 letters */
	SKETCH_GRAM_MAX = 255,
	SKETCH_WINDOW_MAX = 4095
};

struct sketch {
	uint32_t gram; /* parameters: only sketches that agree in both can be compared */
	uint32_t window;
	uint64_t nletter; /* bytes of the normal form */
	uint64_t whole;	  /* XXH3 of the normal form */
	uint32_t *hash;	  /* in the order of the text, none twice, none 0 */
	size_t nhash;
	size_t cap;
	uint32_t *table; /* scratch: the same by spread.h, 0 is a free place */
	size_t ntable;	 /* a power of two */
	size_t table_cap;
};

enum sketch_is {
	SKETCH_NO,    /* not a sketch at all */
	SKETCH_OTHER, /* of a format this program does not read */
	SKETCH_YES
};

/* Begin with no hashes, where about n will be added. The other fields are the caller's to set. */
void sketch_begin(struct sketch *, size_t n);

/* Add one hash, unless it is there. */
void sketch_add(struct sketch *, uint32_t hash);

/* Room for n hashes in all, which are the caller's to fill in; those that are there stay. */
void sketch_room(struct sketch *, size_t n);

/* Append the token. */
void sketch_write(struct buf *, const struct sketch *);

/*
 * Read a token; the hash array is reused. Unless SKETCH_YES is returned, the sketch is to be taken
 * for empty.
 */
enum sketch_is sketch_read(struct sketch *, struct span token);

void sketch_free(struct sketch *);

/* Read n hexadecimal digits, at most 16, in lower case. False where one of them is none. */
bool sketch_hex(const char *p, size_t n, uint64_t *v);

/* XXH3, 64 bits: of normal forms, of ids, of the index's files. */
uint64_t sketch_hash(const void *p, size_t n);

/* Of an id and the hash of a normal form: documents with the same key are one, met twice. */
uint64_t sketch_key(struct span id, uint64_t whole);

/*
 * Bands: lines by which equal hashes meet when they are sorted.
 *
 *     KEY TAB NUMBER
 *
 * NUMBER, of SKETCH_DIGITS digits, is the document's place in the stream, from 1.
 * KEY is the kind of the band and, but for the document itself, what it is
 * grouped by, in hexadecimal. The kinds sort in the order in which they are wanted.
 */
enum {
	SKETCH_DIGITS = 10,
	BAND_SELF = '0',  /* the document: NUMBER is followed by a TAB and its record */
	BAND_KEY = '1',	  /* sketch_key */
	BAND_WHOLE = '2', /* hash of the normal form; none where it is empty */
	BAND_HASH = '3'	  /* one of the sketch's hashes, 8 digits; the others have 16 */
};

#define SKETCH_NUMBER_MAX (UINT32_MAX - 1)

#endif
