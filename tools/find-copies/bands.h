/* SPDX-License-Identifier: ISC */
/*
 * The documents of a stream that does not fit into memory, from their sorted
 * bands (sketch.h): the same answers as those of seen.h, by files instead of tables.
 *
 * Bands that stand together tell of each hash which documents hold it. That is
 * noted for each of these documents, with the earlier ones, and the notes are sorted by
 * document. Then the documents are judged in their order, each with its notes and what
 * is kept of earlier documents: a row of fixed size, and the record with its sketch.
 */
#ifndef BANDS_H
#define BANDS_H

#include <stdbool.h>
#include <stdint.h>

#include "rec.h"
#include "seen.h"
#include "sketch.h"
#include "spill.h"

/* A line that was read. */
struct band {
	char kind; /* BAND_...; 0: none yet */
	uint64_t key;
	uint32_t number;
};

struct bands {
	struct spill store;   /* records with their sketches, in the order of the documents */
	struct rows rows;     /* of what is known of each document, by its number */
	struct sorter sorter; /* number << 32 | hash -> earlier documents that hold it */
	struct band last;
	uint32_t group;		    /* first document of the key; 0: none */
	uint32_t holder[SEEN_LIST]; /* of the hash: the earliest documents */
	size_t nholder;

	/* of the document being judged */
	uint64_t at; /* where the next one is in the store */
	uint32_t number;
	struct buf record; /* head and text */
	struct buf token;  /* its sketch as it was written, where that is the last field */
	struct buf other;  /* hashes and id of an earlier document */
	struct bands_note *note;
	size_t nnote;
	size_t note_cap;
	struct numbers place; /* document << 32 | place in the lists of the notes */
	struct numbers local; /* of these places, the document's number in seen */
	struct seen_source source;
	struct seen *seen;
};

/* A document and what was found of it. */
struct bands_answer {
	struct rec rec;
	bool has_text;
	bool repeated; /* its id and normal form were met before */
	struct seen_doc doc;
};

/* Before the input is read. */
void bands_open(struct bands *);

enum bands_line {
	BANDS_NO,  /* the line is no band */
	BANDS_YES, /* it is one, and was taken */
	BANDS_DOC  /* a document: bands_add is to be called unless it is faulty */
};

/* Take a line. Of a document, key and number are taken off r. */
enum bands_line bands_take(struct bands *, struct rec *r);
void bands_add(struct bands *, const struct sketch *, const struct rec *, bool has_text);

/* All lines were taken. The documents will be judged in seen, which is empty. */
void bands_turn(struct bands *, struct seen *);

/*
 * Judge the next document, whose sketch is put into k (gram and window are set); false: there is
 * none. The matches stand in seen.
 */
bool bands_next(struct bands *, struct sketch *k, uint32_t least, struct bands_answer *);

void bands_close(struct bands *);

#endif
