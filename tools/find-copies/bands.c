/* SPDX-License-Identifier: ISC */
#include "bands.h"

#include <stdlib.h>

#include "furniture.h"
#include "msg.h"
#include "score.h"
#include "u8.h"

/* What is known of a document. Documents have numbers from 1, which are their serials in seen. */
struct row {
	uint64_t at; /* in the store, + 1; 0: there is no such document */
	uint64_t whole;
	uint32_t nletter;
	uint32_t known; /* an earlier document with the same id and normal form, or 0 */
	uint32_t twin;	/* the first document with the same normal form, or 0 */
	uint32_t story; /* the others as in seen_doc, once it was judged */
	uint32_t cluster;
	uint32_t worth;
	uint32_t original;
	uint16_t score;
	uint16_t kind;
};

/* A document in the store, followed by hashes, head (which begins with the id) and text. */
struct stored {
	uint64_t nletter;
	uint64_t whole;
	uint32_t number;
	uint32_t nhash;
	uint32_t id_n;
	uint32_t head_n;
	uint32_t text_n;
	uint32_t has_text;
};

/* Earlier documents that hold one of the document's hashes. */
struct bands_note {
	uint32_t hash;
	size_t from; /* in the places */
	size_t n;
};

static struct row *
row_at(struct bands *b, uint32_t number)
{
	return rows_at(&b->rows, number);
}

/*
 * Lines.
 */

static bool
read_key(struct span s, struct band *b)
{
	size_t n = 0;

	if (s.n == 0)
		return false;
	b->kind = s.p[0];
	switch (b->kind) {
	case BAND_SELF:
		n = 1;
		break;
	case BAND_KEY:
	case BAND_WHOLE:
		n = 17;
		break;
	case BAND_HASH:
		n = 9;
		break;
	}
	return s.n == n && sketch_hex(s.p + 1, n - 1, &b->key);
}

static bool
read_number(struct span s, struct band *b)
{
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < s.n && ascii_digit(s.p[i]); i++)
		v = v * 10 + (uint64_t)(s.p[i] - '0');
	if (i < s.n || s.n != SKETCH_DIGITS || v == 0 || v > SKETCH_NUMBER_MAX)
		return false;
	b->number = (uint32_t)v;
	return true;
}

/* Take KEY and NUMBER off the record. */
static bool
strip(struct rec *r)
{
	const char *end = r->head.p + r->head.n, *p = r->head.p, *tab = NULL;
	int i;

	for (i = 0; i < 2; i++, p = tab + 1) {
		tab = memchr(p, '\t', (size_t)(end - p));
		if (tab == NULL)
			return false;
	}
	tab = memchr(p, '\t', (size_t)(end - p));
	if (tab == NULL || tab == p)
		return false;
	r->head = (struct span){ p, (size_t)(end - p) };
	r->id = (struct span){ p, (size_t)(tab - p) };
	return true;
}

/* The id of a document in the store, in b->other. */
static struct span
stored_id(struct bands *b, const struct row *row)
{
	uint64_t at = row->at - 1;
	struct stored head;

	spill_get(&b->store, at, &head, sizeof(head));
	at += sizeof(head) + head.nhash * sizeof(uint32_t);
	b->other.n = 0;
	spill_get(&b->store, at, buf_room(&b->other, head.id_n), head.id_n);
	return (struct span){ b->other.p, head.id_n };
}

/* A document with the key that the documents of this group have: is it the first one, met again? */
static void
take_known(struct bands *b, uint32_t number)
{
	struct row *row = row_at(b, number);
	struct buf id = { 0 };
	uint64_t whole = row->whole;
	uint32_t nletter = row->nletter;
	struct span s;

	if (row->at == 0)
		return;
	if (b->group == 0) {
		b->group = number;
		return;
	}
	s = stored_id(b, row);
	buf_span(&id, s);
	row = row_at(b, b->group);
	if (row->whole == whole && row->nletter == nletter &&
	    span_eq(stored_id(b, row), (struct span){ id.p, id.n }))
		row_at(b, number)->known = b->group;
	buf_free(&id);
}

static void
take_whole(struct bands *b, uint32_t number)
{
	struct row *row = row_at(b, number);
	uint32_t nletter = row->nletter;

	if (row->at == 0 || row->known != 0)
		return;
	if (b->group == 0)
		b->group = number;
	else if (row_at(b, b->group)->nletter == nletter)
		row_at(b, number)->twin = b->group;
}

static bool
is_held(struct bands *b, uint32_t number)
{
	const struct row *row = row_at(b, number);

	return row->at != 0 && row->known == 0;
}

/* Nine hashes in ten have one document, of which nothing has to be looked up. */
static void
take_hash(struct bands *b, uint32_t hash, uint32_t number)
{
	if (b->group == 0) {
		b->group = number;
		return;
	}
	if (b->group != SEEN_NONE && is_held(b, b->group))
		b->holder[b->nholder++] = b->group;
	b->group = SEEN_NONE;
	if (!is_held(b, number))
		return;
	if (b->nholder > 0)
		sorter_put(&b->sorter, (uint64_t)number << 32 | hash, b->holder, b->nholder);
	if (b->nholder < SEEN_LIST)
		b->holder[b->nholder++] = number;
}

enum bands_line
bands_take(struct bands *b, struct rec *r)
{
	struct band band, last = b->last;
	struct span number = r->text;

	if (!read_key(r->id, &band) || (band.kind == BAND_SELF && !rec_field(r, 1, &number)) ||
	    !read_number(number, &band) || (band.kind == BAND_SELF && !strip(r)))
		return BANDS_NO;
	if (band.kind < last.kind ||
	    (band.kind == last.kind &&
	     (band.key < last.key || (band.key == last.key && band.number <= last.number))))
		msg_die(EXIT_FAULT,
			"stdin:%llu: bands out of order, or documents with equal numbers: sort them by "
			"LC_ALL=C sort",
			(unsigned long long)r->line);
	b->last = band;
	if (band.kind == BAND_SELF)
		return BANDS_DOC;
	if (band.kind != last.kind || band.key != last.key) {
		b->group = 0;
		b->nholder = 0;
	}
	if (band.kind == BAND_KEY)
		take_known(b, band.number);
	else if (band.kind == BAND_WHOLE)
		take_whole(b, band.number);
	else
		take_hash(b, (uint32_t)band.key, band.number);
	return BANDS_YES;
}

void
bands_add(struct bands *b, const struct sketch *k, const struct rec *r, bool has_text)
{
	struct stored head = { .nletter = k->nletter,
			       .whole = k->whole,
			       .number = b->last.number,
			       .nhash = (uint32_t)k->nhash,
			       .id_n = (uint32_t)r->id.n,
			       .head_n = (uint32_t)r->head.n,
			       .text_n = has_text ? (uint32_t)r->text.n : 0,
			       .has_text = has_text };

	*row_at(b, head.number) =
	    (struct row){ .at = b->store.n + 1, .whole = k->whole, .nletter = seen_letters(k) };
	spill_put(&b->store, &head, sizeof(head));
	spill_put(&b->store, k->hash, k->nhash * sizeof(*k->hash));
	spill_put(&b->store, r->head.p, head.head_n);
	spill_put(&b->store, r->text.p, head.text_n);
}

/*
 * Judgement.
 */

/* Begin a document of seen by its number; what is in its row is filled in. */
static void
begin_doc(struct bands *b, struct seen_doc *d, uint32_t number)
{
	const struct row *row = row_at(b, number);

	*d = (struct seen_doc){ .serial = number,
				.whole = row->whole,
				.nletter = row->nletter,
				.story = row->story,
				.cluster = row->cluster,
				.worth = row->worth,
				.original = row->original,
				.score = row->score,
				.kind = row->kind };
}

static void
load_doc(void *arg, struct seen_doc *d)
{
	struct bands *b = arg;
	uint64_t at = row_at(b, d->serial)->at - 1;
	struct stored head;
	size_t n;

	spill_get(&b->store, at, &head, sizeof(head));
	n = head.nhash * sizeof(uint32_t);
	b->other.n = 0;
	spill_get(&b->store, at + sizeof(head), buf_room(&b->other, n + head.id_n), n + head.id_n);
	d->hash = seen_store(b->seen, b->other.p, n);
	d->nhash = head.nhash;
	d->id = seen_store(b->seen, b->other.p + n, head.id_n);
	d->id_n = head.id_n;
}

/* A document that is asked for by its number: an original or the first one of a cluster. */
static uint32_t
find_doc(void *arg, uint32_t number)
{
	struct bands *b = arg;
	struct seen *s = b->seen;

	begin_doc(b, &s->doc[s->ndoc], number);
	return (uint32_t)s->ndoc++;
}

static void
add_place(struct bands *b, uint32_t number)
{
	numbers_add(&b->place, (uint64_t)number << 32 | b->place.n);
}

/* The notes of the document. */
static void
take_notes(struct bands *b)
{
	const uint32_t *list;
	uint64_t key;
	size_t i, n;

	b->nnote = b->place.n = 0;
	for (; sorter_top(&b->sorter, &key, &list, &n) && key >> 32 <= b->number; sorter_drop(&b->sorter)) {
		b->note = mem_grow(b->note, b->nnote, &b->note_cap, sizeof(*b->note));
		b->note[b->nnote++] = (struct bands_note){ (uint32_t)key, b->place.n, n };
		for (i = 0; i < n; i++)
			add_place(b, list[i]);
	}
}

/*
 * Begin seen with the documents of the places, each once and rising, and turn the places into their
 * numbers there.
 */
static void
begin_seen(struct bands *b)
{
	const uint64_t *place = b->place.p;
	uint64_t *local = numbers_room(&b->local, b->place.n);
	size_t i, n = 0;

	numbers_sort(&b->place);
	for (i = 0; i < b->place.n; i++) {
		n += i == 0 || place[i] >> 32 != place[i - 1] >> 32;
		local[(uint32_t)place[i]] = n - 1;
	}
	seen_restart(b->seen, n);
	for (i = n = 0; i < b->place.n; i++)
		if (i == 0 || place[i] >> 32 != place[i - 1] >> 32)
			begin_doc(b, &b->seen->doc[n++], (uint32_t)(place[i] >> 32));
}

/* How many stories the documents of a note belong to. */
static uint32_t
count_stories(const struct bands *b, const struct bands_note *note)
{
	uint32_t table[2 * SEEN_LIST] = { 0 }, story, n = 0;
	size_t i, at;

	for (i = 0; i < note->n; i++) {
		story = b->seen->doc[b->local.p[note->from + i]].story;
		for (at = story % (2 * SEEN_LIST); table[at] != 0 && table[at] != story;)
			at = (at + 1) % (2 * SEEN_LIST);
		n += table[at] == 0;
		table[at] = story;
	}
	return n;
}

/* What the documents share with the sketch, by the notes. Returns the sketch's own worth. */
static uint64_t
add_up(struct bands *b, const struct sketch *k)
{
	const struct bands_note *note;
	uint32_t before, worth;
	uint64_t total = 0;
	size_t i, j;

	for (i = 0; i < k->nhash; i++)
		total += score_worth(furniture_has(k->hash[i]) ? FURNITURE_STORIES : 0);
	for (j = 0; j < b->nnote; j++) {
		note = &b->note[j];
		before = furniture_has(note->hash) ? FURNITURE_STORIES : 0;
		worth = score_worth(before + count_stories(b, note));
		total -= score_worth(before) - worth;
		for (i = 0; i < note->n; i++)
			seen_share(&b->seen->sum[b->local.p[note->from + i]], worth);
	}
	return total;
}

static void
judge(struct bands *b, const struct sketch *k, uint32_t twin, uint32_t least, struct seen_doc *d)
{
	struct row *row;

	take_notes(b);
	if (twin != 0)
		add_place(b, twin);
	begin_seen(b);
	seen_weigh(b->seen, k, add_up(b, k), twin == 0 ? SEEN_NONE : (uint32_t)b->local.p[b->place.n - 1],
		   least, d);
	row = row_at(b, b->number);
	row->story = d->story;
	row->cluster = d->cluster;
	row->worth = d->worth;
	row->original = d->original;
	row->score = d->score;
	row->kind = d->kind;
}

void
bands_open(struct bands *b)
{
	*b = (struct bands){ .source = { .find = find_doc, .load = load_doc } };
	spill_open(&b->store);
	rows_open(&b->rows, sizeof(struct row));
	sorter_open(&b->sorter);
}

void
bands_turn(struct bands *b, struct seen *seen)
{
	b->seen = seen;
	b->source.arg = b;
	b->seen->source = &b->source;
	sorter_turn(&b->sorter);
}

/* Read the next document of the store: its sketch and its record. */
static void
read_stored(struct bands *b, struct sketch *k, struct bands_answer *a)
{
	struct stored head;
	const char *p;

	spill_get(&b->store, b->at, &head, sizeof(head));
	b->at += sizeof(head);
	b->number = head.number;
	k->nletter = head.nletter;
	k->whole = head.whole;
	sketch_room(k, head.nhash);
	k->nhash = head.nhash;
	spill_get(&b->store, b->at, k->hash, k->nhash * sizeof(*k->hash));
	b->at += k->nhash * sizeof(*k->hash);
	b->record.n = 0;
	spill_get(&b->store, b->at, buf_room(&b->record, (size_t)head.head_n + head.text_n + REC_SLACK),
		  (size_t)head.head_n + head.text_n);
	b->at += (uint64_t)head.head_n + head.text_n;
	p = b->record.p;
	a->rec = (struct rec){ .id = { p, head.id_n },
			       .head = { p, head.head_n },
			       .text = { p + head.head_n, head.text_n } };
	a->has_text = head.has_text != 0;
	if (!a->has_text) {
		b->token.n = 0;
		sketch_write(&b->token, k);
		a->rec.text = (struct span){ b->token.p, b->token.n };
	}
}

bool
bands_next(struct bands *b, struct sketch *k, uint32_t least, struct bands_answer *a)
{
	const struct row *row;
	uint32_t known, twin;

	if (b->at == b->store.n)
		return false;
	read_stored(b, k, a);
	row = row_at(b, b->number);
	known = row->known;
	twin = row->twin;
	a->repeated = known != 0;
	if (known != 0) {
		take_notes(b);
		seen_restart(b->seen, 0);
		begin_doc(b, &a->doc, known);
		seen_recall(b->seen, k, &a->doc);
	} else {
		a->doc = (struct seen_doc){ .serial = b->number };
		judge(b, k, twin, least, &a->doc);
	}
	return true;
}

void
bands_close(struct bands *b)
{
	spill_close(&b->store);
	rows_close(&b->rows);
	sorter_close(&b->sorter);
	buf_free(&b->record);
	buf_free(&b->token);
	buf_free(&b->other);
	free(b->note);
	free(b->place.p);
	free(b->local.p);
}
