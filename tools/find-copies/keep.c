/* SPDX-License-Identifier: ISC */
#include "keep.h"

#include <stdlib.h>
#include <time.h>

#include "columns.h"
#include "msg.h"
#include "out.h"
#include "sketch.h"

void
keep_commit(struct seen *s, uint32_t gram, uint32_t window, uint32_t since)
{
	struct index_new *new, *n;
	struct seen_doc *d;
	size_t i, nnew = s->ndoc - s->nindex;

	new = mem_array(NULL, nnew, sizeof(*new));
	for (i = 0; i < nnew; i++) {
		n = &new[i];
		d = seen_doc(s, (uint32_t)(s->nindex + i));
		*n = (struct index_new){
			.row = seen_row(d), .hash = d->hash, .nhash = d->nhash, .id = id_of(d)
		};
	}
	index_commit(s->index, new, nnew, gram, window, since);
	free(new);
}

/* Documents of an index as sketches, in their order. */
static void
read_sketch(const struct index *ix, uint32_t doc, struct sketch *k)
{
	const struct index_row *r = index_row(ix, doc);
	const uint32_t *hash;
	size_t i, n;

	k->gram = index_gram(ix);
	k->window = index_window(ix);
	k->nletter = r->nletter;
	k->whole = row_whole(r);
	hash = index_hashes(ix, doc, &n);
	sketch_begin(k, n);
	for (i = 0; i < n; i++)
		sketch_add(k, hash[i]);
}

/* What was found of a document, of which what has expired since is left out. */
static void
out_found(struct out *o, struct seen *s, const struct seen_doc *d)
{
	uint32_t original = d->original == SEEN_NONE ? SEEN_NONE : seen_by_serial(s, d->original);
	uint32_t first = seen_by_serial(s, d->cluster);

	if (original == SEEN_NONE) {
		out_field(o, SPAN(""));
		out_field(o, SPAN(""));
		out_field(o, SPAN(""));
	} else {
		out_id(o, id_of(seen_doc(s, original)));
		out_score(o, d->score);
		out_field(o, kind_name((enum seen_kind)d->kind));
	}
	out_id(o, id_of(first == SEEN_NONE ? d : seen_doc(s, first)));
}

static void
out_time(struct out *o, uint32_t time)
{
	const time_t t = (time_t)time;
	char when[32];
	struct tm tm;

	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &tm));
	out_field(o, span_of(when));
}

void
keep_dump(struct index *ix)
{
	struct seen s = { 0 };
	struct sketch k = { 0 };
	struct out o = { 0 };
	struct buf token = { 0 };
	const struct seen_doc *d;
	uint32_t doc;

	seen_begin(&s, ix, 0);
	for (doc = 0; doc < s.nindex; doc++) {
		if (index_expired(ix, doc))
			continue;
		d = seen_doc(&s, doc);
		out_id(&o, id_of(d));
		out_time(&o, d->time);
		out_found(&o, &s, d);
		read_sketch(ix, doc, &k);
		token.n = 0;
		sketch_write(&token, &k);
		out_text(&o, (struct span){ token.p, token.n });
		if (o.whole > 1 << 16)
			out_flush(&o);
	}
	out_flush(&o);
	buf_free(&o.buf);
	buf_free(&token);
	sketch_free(&k);
	seen_free(&s);
}

int
keep_merge(struct index *ix, struct index *other, const char *from, uint32_t least)
{
	struct seen s = { 0 };
	struct sketch k = { 0 };
	uint32_t doc, gram = index_gram(ix), window = index_window(ix);
	const int status = index_intact(other) ? EXIT_OK : EXIT_FAULT;

	seen_begin(&s, ix, 0);
	if (gram == 0) {
		gram = index_gram(other);
		window = index_window(other);
	}
	if (index_size(other) > 0 && (index_gram(other) != gram || index_window(other) != window))
		msg_die(EXIT_USAGE, "%s: sketches of grams %u, window %u, where the index has %u and %u",
			from, index_gram(other), index_window(other), gram, window);
	for (doc = 0; doc < index_size(other); doc++) {
		if (!index_sound(other, doc) || index_expired(other, doc))
			continue;
		read_sketch(other, doc, &k);
		seen_judge(&s, &k, index_id(other, doc), least, index_time(other, doc));
	}
	keep_commit(&s, gram, window, index_since(ix));
	index_close(other);
	sketch_free(&k);
	seen_free(&s);
	return status;
}

int
keep_check(const struct index *ix, const char *dir)
{
	size_t nfault = index_check(ix);
	struct buf b = { 0 };

	buf_printf(&b, "%s: %u documents in %zu segments, %llu bytes: ", dir, index_size(ix),
		   index_nsegment(ix), (unsigned long long)index_nbyte(ix));
	if (nfault == 0)
		buf_printf(&b, "sound\n");
	else
		buf_printf(&b, "%zu damaged: " INDEX_MEND "\n", nfault, dir);
	buf_byte(&b, '\0');
	out_print(b.p);
	buf_free(&b);
	return nfault == 0 ? EXIT_OK : EXIT_FAULT;
}
