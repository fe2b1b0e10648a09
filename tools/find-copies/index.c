/* SPDX-License-Identifier: ISC */
/*
 * A commit writes the new documents into a segment, together with those of the
 * last segments that are not much larger, so that sizes fall from segment to
 * segment and there are log2(documents) of them at the most. The segment is on
 * disk before the MANIFEST names it, and the MANIFEST is replaced by rename, store.h.
 */
#include "index.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "msg.h"
#include "segment.h"
#include "sketch.h"
#include "store.h"

enum { RETRIES = 100 };

static const struct store_kind kind = { "copydesk-index", 1, ".seg", "an index",
					"restore a backup, or make it anew" };

struct index {
	struct store store;
	uint32_t gram;
	uint32_t window;
	uint32_t generation;
	uint32_t serial;
	uint32_t since; /* documents from before this time have expired */
	bool met;	/* some of them again, since it was opened */
	struct segment *segment;
	size_t nsegment;
	size_t cap;
	bool lacks;	 /* it had damaged segments */
	uint32_t *first; /* number of the first document of each segment, and of all at the end */
};

/*
 * The MANIFEST.
 */

static void
close_segments(struct index *ix)
{
	size_t i;

	for (i = 0; i < ix->nsegment; i++)
		segment_close(&ix->segment[i]);
	ix->nsegment = 0;
}

static void
settle(struct index *ix, uint32_t since)
{
	size_t i;

	for (i = 0; i < ix->nsegment; i++)
		segment_settle(&ix->segment[i], since);
}

/* Open a segment that the MANIFEST names. */
static void
add_segment(struct index *ix, const char *name, uint32_t ndoc, uint64_t nbyte, uint64_t sum)
{
	struct segment *s;

	ix->segment = mem_grow(ix->segment, ix->nsegment, &ix->cap, sizeof(*ix->segment));
	s = &ix->segment[ix->nsegment++];
	if (!segment_open(s, ix->store.folder, name))
		msg_die(EXIT_FAULT, "%s/%s: %s", ix->store.dir, name, strerror(errno));
	if (s->wrong == NULL && (s->ndoc != ndoc || s->nbyte != nbyte || s->check != sum))
		s->wrong = "not the one that the MANIFEST means";
}

/* Note what the MANIFEST says of a row of the last segment. False: there is no such row. */
static bool
add_met(struct index *ix, uint32_t row, uint32_t time)
{
	struct segment *s = ix->nsegment > 0 ? &ix->segment[ix->nsegment - 1] : NULL;

	if (s == NULL || (s->wrong == NULL && row >= s->ndoc))
		return false;
	if (s->wrong == NULL)
		segment_meet(s, row, time);
	return true;
}

/* Read the lines of a MANIFEST and open its segments. */
static void
read_manifest(struct index *ix, struct buf *b)
{
	char *line, *next, name[SEGMENT_NAME];
	uint64_t sum, nbyte;
	uint32_t ndoc, row, v;

	for (line = b->p; *line != '\0'; line = next) {
		/* each line ends here, or every sscanf would look for the end of all of them */
		next = line + strcspn(line, "\n");
		*next++ = '\0';
		if (sscanf(line, "gram %" SCNu32, &v) == 1)
			ix->gram = v;
		else if (sscanf(line, "window %" SCNu32, &v) == 1)
			ix->window = v;
		else if (sscanf(line, "generation %" SCNu32, &v) == 1)
			ix->generation = v;
		else if (sscanf(line, "serial %" SCNu32, &v) == 1)
			ix->serial = v;
		else if (sscanf(line, "since %" SCNu32, &v) == 1)
			ix->since = v;
		else if (sscanf(line, "segment %12[0-9a-z.] %" SCNu32 " %" SCNu64 " %" SCNx64, name, &ndoc,
				&nbyte, &sum) == 4)
			add_segment(ix, name, ndoc, nbyte, sum);
		else if (sscanf(line, "met %" SCNu32 " %" SCNu32, &row, &v) != 2 || !add_met(ix, row, v))
			msg_die(EXIT_FAULT, "%s/MANIFEST: a line not understood: %.60s", ix->store.dir, line);
	}
	settle(ix, 0);
}

/* Is a segment missing, as after a commit since the MANIFEST was read? */
static bool
misses_one(const struct index *ix)
{
	size_t i;

	for (i = 0; i < ix->nsegment; i++)
		if (ix->segment[i].wrong != NULL && strcmp(ix->segment[i].wrong, SEGMENT_MISSING) == 0)
			return true;
	return false;
}

/* End the program if there is a segment that cannot be read. */
static void
need_segments(const struct index *ix)
{
	size_t i;

	for (i = 0; i < ix->nsegment; i++)
		if (ix->segment[i].wrong != NULL)
			segment_die(&ix->store, ix->segment[i].name, ix->segment[i].wrong);
}

/* Leave out the segments that cannot be read, and look for damage in the others. */
static void
sift_segments(struct index *ix)
{
	struct segment *s;
	size_t i, n = 0;

	for (i = 0; i < ix->nsegment; i++) {
		s = &ix->segment[i];
		if (s->wrong != NULL) {
			msg_warn("%s/%s: %s: its documents are left out", ix->store.dir, s->name, s->wrong);
			segment_close(s);
			ix->lacks = true;
			continue;
		}
		if (!segment_intact(s)) {
			msg_warn("%s/%s: checksum wrong: %u of its %u documents are left out", ix->store.dir,
				 s->name, segment_doubt(s), s->ndoc);
			ix->lacks = true;
		}
		ix->segment[n++] = *s;
	}
	ix->nsegment = n;
}

/* Are the parameters some that sketches can have, or those of an index without documents? */
static void
check_parameters(const struct index *ix)
{
	const bool none = ix->gram == 0 && ix->window == 0 && ix->nsegment == 0;

	if (!none && (ix->gram - 1 >= SKETCH_GRAM_MAX || ix->window - 1 >= SKETCH_WINDOW_MAX))
		msg_die(EXIT_FAULT, "%s/MANIFEST: damaged: no sketch has grams %u and window %u",
			ix->store.dir, ix->gram, ix->window);
}

static void
number_segments(struct index *ix)
{
	uint32_t n = 0;
	size_t i;

	ix->first = mem_array(ix->first, ix->nsegment + 1, sizeof(*ix->first));
	for (i = 0; i < ix->nsegment; i++) {
		ix->first[i] = n;
		if (ix->segment[i].ndoc > INDEX_NONE - 1 - n)
			msg_die(EXIT_FAULT, "%s/MANIFEST: damaged: more documents than have numbers",
				ix->store.dir);
		n += ix->segment[i].ndoc;
	}
	ix->first[i] = n;
}

static void
write_manifest(struct index *ix)
{
	const struct segment *s;
	struct buf b = { 0 };
	size_t i, j;

	buf_printf(&b, "gram %u\nwindow %u\ngeneration %u\nserial %u\nsince %u\n", ix->gram, ix->window,
		   ix->generation, ix->serial, ix->since);
	for (i = 0; i < ix->nsegment; i++) {
		s = &ix->segment[i];
		buf_printf(&b, "segment %s %u %zu %016llx\n", s->name, s->ndoc, s->nbyte,
			   (unsigned long long)s->check);
		for (j = 0; j < s->nmet; j++)
			buf_printf(&b, "met %u %u\n", s->met[j].row, s->met[j].time);
	}
	store_commit(&ix->store, &b);
	buf_free(&b);
}

/*
 * Opening.
 */

struct index *
index_open(const char *dir, enum index_mode mode)
{
	struct index *ix = mem_array(NULL, 1, sizeof(*ix));
	struct buf b = { 0 };
	int i = 0;

	*ix = (struct index){ .serial = 0 };
	store_open(&ix->store, &kind, dir, mode == INDEX_WRITE);
	do {
		close_segments(ix);
		if (store_manifest(&ix->store, &b))
			read_manifest(ix, &b);
		else if (mode != INDEX_WRITE)
			msg_die(EXIT_USAGE, "%s: not an index: it has no MANIFEST", dir);
	} while (mode != INDEX_WRITE && misses_one(ix) && ++i < RETRIES);
	buf_free(&b);
	check_parameters(ix);
	if (mode == INDEX_SOUND)
		sift_segments(ix);
	else
		need_segments(ix);
	number_segments(ix);
	return ix;
}

void
index_close(struct index *ix)
{
	if (ix == NULL)
		return;
	close_segments(ix);
	store_close(&ix->store);
	free(ix->segment);
	free(ix->first);
	free(ix);
}

/*
 * Reading.
 */

uint32_t
index_gram(const struct index *ix)
{
	return ix->gram;
}

uint32_t
index_window(const struct index *ix)
{
	return ix->window;
}

uint32_t
index_size(const struct index *ix)
{
	return ix->first[ix->nsegment];
}

uint32_t
index_serial(const struct index *ix)
{
	return ix->serial;
}

uint32_t
index_since(const struct index *ix)
{
	return ix->since;
}

size_t
index_nsegment(const struct index *ix)
{
	return ix->nsegment;
}

uint64_t
index_nbyte(const struct index *ix)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < ix->nsegment; i++)
		n += ix->segment[i].nbyte;
	return n;
}

/* The segment of a document, whose row gets its place there. */
static struct segment *
segment_of(const struct index *ix, uint32_t doc, uint32_t *row)
{
	size_t low = 0, high = ix->nsegment, mid;

	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (ix->first[mid] <= doc)
			low = mid;
		else
			high = mid;
	}
	*row = doc - ix->first[low];
	return &ix->segment[low];
}

const struct index_row *
index_row(const struct index *ix, uint32_t doc)
{
	uint32_t row;
	const struct segment *s = segment_of(ix, doc, &row);

	return &s->row[row];
}

const uint32_t *
index_hashes(const struct index *ix, uint32_t doc, size_t *n)
{
	uint32_t row, from, to;
	const struct segment *s = segment_of(ix, doc, &row);

	from = s->row[row].hash_at;
	to = s->row[row + 1].hash_at;
	if (from > to || to > s->nhash)
		segment_die(&ix->store, s->name, "damaged");
	*n = to - from;
	return s->hash + from;
}

struct span
index_id(const struct index *ix, uint32_t doc)
{
	uint32_t row, from, to;
	const struct segment *s = segment_of(ix, doc, &row);

	from = s->row[row].id_at;
	to = s->row[row + 1].id_at;
	if (from > to || to > s->nid)
		segment_die(&ix->store, s->name, "damaged");
	return (struct span){ s->id + from, to - from };
}

uint32_t
index_time(const struct index *ix, uint32_t doc)
{
	uint32_t row;
	const struct segment *s = segment_of(ix, doc, &row);

	return segment_time(s, row);
}

bool
index_expired(const struct index *ix, uint32_t doc)
{
	uint32_t row;
	const struct segment *s = segment_of(ix, doc, &row);

	return segment_gone(s, row, ix->since);
}

bool
index_sound(const struct index *ix, uint32_t doc)
{
	uint32_t row;
	const struct segment *s = segment_of(ix, doc, &row);

	return s->doubt == NULL || s->doubt[row] == 0;
}

bool
index_intact(const struct index *ix)
{
	return !ix->lacks;
}

size_t
index_holders(const struct index *ix, uint32_t hash, uint32_t *doc, size_t max)
{
	size_t i, n = 0;

	for (i = 0; i < ix->nsegment && n < max; i++)
		n += segment_holders(&ix->segment[i], hash, ix->since, ix->first[i], doc + n, max - n);
	return n;
}

uint32_t
index_by_whole(const struct index *ix, uint64_t whole, uint32_t nletter)
{
	uint32_t row, at;
	size_t i;

	for (i = 0; i < ix->nsegment; i++)
		for (at = 0; (row = segment_by_whole(&ix->segment[i], whole, &at)) != SEGMENT_GONE;)
			if (ix->segment[i].row[row].nletter == nletter &&
			    !index_expired(ix, ix->first[i] + row))
				return ix->first[i] + row;
	return INDEX_NONE;
}

uint32_t
index_by_id(const struct index *ix, struct span id, uint64_t whole)
{
	uint32_t key = (uint32_t)(sketch_key(id, whole) >> 32), row, at;
	size_t i;

	for (i = 0; i < ix->nsegment; i++)
		for (at = 0; (row = segment_by_key(&ix->segment[i], key, &at)) != SEGMENT_GONE;)
			if (row_whole(&ix->segment[i].row[row]) == whole &&
			    span_eq(index_id(ix, ix->first[i] + row), id) &&
			    !index_expired(ix, ix->first[i] + row))
				return ix->first[i] + row;
	return INDEX_NONE;
}

uint32_t
index_by_serial(const struct index *ix, uint32_t serial)
{
	uint32_t low = 0, high = index_size(ix), mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (index_row(ix, mid)->serial < serial)
			low = mid + 1;
		else
			high = mid;
	}
	return low < index_size(ix) && index_row(ix, low)->serial == serial && !index_expired(ix, low)
		   ? low
		   : INDEX_NONE;
}

size_t
index_check(const struct index *ix)
{
	const char *wrong;
	size_t i, nfault = 0;

	for (i = 0; i < ix->nsegment; i++) {
		wrong = segment_check(&ix->segment[i]);
		if (wrong != NULL) {
			msg_warn("%s/%s: %s", ix->store.dir, ix->segment[i].name, wrong);
			nfault++;
		}
	}
	return nfault;
}

/*
 * Committing.
 */

static bool
is_named(const void *arg, const char *name)
{
	const struct index *ix = arg;
	size_t i;

	for (i = 0; i < ix->nsegment && strcmp(name, ix->segment[i].name) != 0; i++)
		;
	return i < ix->nsegment;
}

/* New numbers for the rows of a segment that have not expired, from *row on; NULL when all stay. */
static uint32_t *
renumber(const struct segment *s, uint32_t since, uint32_t *row)
{
	uint32_t *v, i;

	for (i = 0; i < s->ndoc && !segment_gone(s, i, since); i++)
		;
	if (i == s->ndoc) {
		*row += s->ndoc;
		return NULL;
	}
	v = mem_array(NULL, s->ndoc, sizeof(*v));
	for (i = 0; i < s->ndoc; i++)
		v[i] = segment_gone(s, i, since) ? SEGMENT_GONE : (*row)++;
	return v;
}

/*
 * Is it time to write a segment anew? What has expired is left out of sight, and goes when half
 * came before that time; what was met again costs a line of the MANIFEST each, so these are at most
 * one in eight. No row is looked at: there are as many as documents, and commits as often as runs.
 */
static bool
is_worn(const struct segment *s, uint32_t since)
{
	return segment_half(s) < since || s->nmet > s->ndoc / 8;
}

/* Can one segment hold those from number `from` on, and the new documents? */
static bool
fits(const struct index *ix, size_t from, const struct index_new *doc, size_t n)
{
	uint64_t nhash = 0, nid = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		nhash += doc[i].nhash;
		nid += doc[i].id.n;
	}
	for (i = from; i < ix->nsegment; i++) {
		nhash += ix->segment[i].nhash;
		nid += ix->segment[i].nid;
	}
	return nhash <= SEGMENT_MOST && nid <= SEGMENT_MOST;
}

/* How many segments stay as they are: those behind them go into the new one, with n documents. */
static size_t
count_kept(const struct index *ix, const struct index_new *doc, size_t n)
{
	uint64_t total = n;
	size_t i, nkeep = 0;

	while (nkeep < ix->nsegment && !is_worn(&ix->segment[nkeep], ix->since))
		nkeep++;
	if (!fits(ix, nkeep, doc, n))
		nkeep = ix->nsegment;
	for (i = nkeep; i < ix->nsegment; i++)
		total += ix->segment[i].ndoc;
	for (; nkeep > 0 && ix->segment[nkeep - 1].ndoc < 2 * total && fits(ix, nkeep - 1, doc, n); nkeep--)
		total += ix->segment[nkeep - 1].ndoc;
	return nkeep;
}

/* Put the segment `name`, or none if that is NULL, in the place of those from `from` to `to`. */
static void
replace_segments(struct index *ix, size_t from, size_t to, const char *name)
{
	const size_t nnew = name != NULL;
	struct segment s = { 0 };
	bool can;
	size_t i;

	if (name != NULL) {
		can = segment_open(&s, ix->store.folder, name);
		if (!can || s.wrong != NULL)
			store_die(&ix->store, EXIT_FAULT, "%s/%s: %s", ix->store.dir, name,
				  can ? s.wrong : strerror(errno));
	}
	for (i = from; i < to; i++)
		segment_close(&ix->segment[i]);
	ix->segment = mem_grow(ix->segment, ix->nsegment, &ix->cap, sizeof(*ix->segment));
	memmove(ix->segment + from + nnew, ix->segment + to, (ix->nsegment - to) * sizeof(*ix->segment));
	if (name != NULL)
		ix->segment[from] = s;
	ix->nsegment += nnew - (to - from);
}

/*
 * Write the segments from number `from` to `to`, which stays, without what has expired, into one
 * that takes their place, and commit that; with n new documents, if `to` is behind the last one.
 */
static void
write_anew(struct index *ix, size_t from, size_t to, const struct index_new *doc, size_t n)
{
	struct segment_plan plan = { .nfrom = to - from, .doc = doc, .ndoc = n };
	uint32_t **number = mem_array(NULL, plan.nfrom, sizeof(*number)), row = 0;
	char name[SEGMENT_NAME];
	size_t i;

	if (plan.nfrom > 0)
		plan.from = &ix->segment[from];
	plan.renumber = number;
	for (i = 0; i < plan.nfrom; i++) {
		/* or the new checksum would say that the damage is sound */
		if (!segment_intact(&plan.from[i]))
			segment_die(&ix->store, plan.from[i].name, "checksum wrong");
		number[i] = renumber(&plan.from[i], ix->since, &row);
	}
	row += (uint32_t)n;
	ix->generation++;
	ix->serial += (uint32_t)n;
	snprintf(name, sizeof(name), "%08x.seg", ix->generation);
	if (row > 0)
		segment_write(&ix->store, name, &plan);
	for (i = 0; i < plan.nfrom; i++)
		free(number[i]);
	free(number);
	replace_segments(ix, from, to, row > 0 ? name : NULL);
	write_manifest(ix);
	store_sweep(&ix->store, is_named, ix);
}

void
index_meet(struct index *ix, uint32_t doc, uint32_t time)
{
	uint32_t row;
	struct segment *s = segment_of(ix, doc, &row);

	segment_meet(s, row, time);
	ix->met = true;
}

void
index_commit(struct index *ix, const struct index_new *doc, size_t n, uint32_t gram, uint32_t window,
	     uint32_t since)
{
	size_t i = 0;

	if (n == 0 && since == ix->since && !ix->met && ix->generation > 0)
		return;
	if (n > UINT32_MAX - 1 - ix->serial)
		msg_die(EXIT_FAULT, "%s: no serial numbers left: --dump it and make it anew", ix->store.dir);
	settle(ix, ix->since);
	/*
	 * Worn segments that cannot go into one with all behind them go by themselves. What they
	 * lose had expired before, so that this commit changes no answer.
	 */
	while (i < ix->nsegment)
		if (is_worn(&ix->segment[i], ix->since) && !fits(ix, i, doc, n))
			write_anew(ix, i, i + 1, NULL, 0);
		else
			i++;
	settle(ix, since);
	ix->gram = gram;
	ix->window = window;
	ix->since = since;
	write_anew(ix, count_kept(ix, doc, n), ix->nsegment, doc, n);
}
