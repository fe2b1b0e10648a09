/* SPDX-License-Identifier: ISC */
/*
 * find-copies - for each document, the earliest one it copies.
 *
 * reads   records, copydesk(5): id ... sketch, or id ... sketch text
 * writes  id ... original score kind [text]
 * memory  one to two kilobytes for each article of the stream; an index is mapped
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "frame.h"
#include "index.h"
#include "score.h"
#include "seen.h"
#include "sketch.h"
#include "u8.h"

enum { THRESHOLD = 600 };	/* best F1 on the development set, and D6 (excerpts) found in nine of ten */

static struct {
	uint32_t	 threshold;
	uint32_t	 least;		/* its match */
	bool		 all;
	bool		 fresh;
	bool		 clusters;
	bool		 explain;
	bool		 unseen;
	bool		 read_only;
	bool		 dump;
	bool		 check;
	const char	*dir;
	const char	*merge;
	uint32_t	 age;		/* seconds after which documents expire, or 0 */
	uint32_t	 now;		/* seconds since 1970 */
} opt = {
	.threshold = THRESHOLD
};

struct state {
	struct seen	 seen;
	struct sketch	 sketch;
	uint32_t	 gram;		/* of the first sketch; 0: none yet */
	uint32_t	 window;
};

/* The index that -d names, or NULL. Opened before the input is read. */
static struct index *disk;

static const char *const kind_name[] = { [SEEN_EXACT] = "exact", [SEEN_NEAR] = "near", [SEEN_PART] = "part" };

static struct span
id_of(const struct seen_doc *d)
{
	return (struct span){ d->id, d->id_n };
}

/* A column that is an id as it stands in its record. */
static void
out_id(struct out *o, struct span id)
{
	if (o->plain)
		return;
	buf_span(&o->buf, id);
	buf_byte(&o->buf, '\t');
}

/* The last column, an id. */
static void
out_last_id(struct out *o, struct span id)
{
	buf_span(&o->buf, id);
	buf_byte(&o->buf, '\n');
	o->whole = o->buf.n;
}

static void
out_score(struct out *o, uint32_t score)
{
	char s[8] = { (char)('0' + score / 1000), '.', (char)('0' + score / 100 % 10),
		(char)('0' + score / 10 % 10), (char)('0' + score % 10) };

	out_field(o, (struct span){ s, 5 });
}

static void
out_extent(struct out *o, const uint32_t extent[2])
{
	struct buf b = { 0 };

	buf_printf(&b, "%u-%u", (extent[0] + 5) / 10, (extent[1] + 5) / 10);
	out_field(o, (struct span){ b.p, b.n });
	buf_free(&b);
}

/* The last column, or the one before the text. */
static void
out_last(struct out *o, const struct rec *r, bool has_text, struct span s)
{
	if (!has_text) {
		out_text(o, s);
		return;
	}
	out_field(o, s);
	out_text(o, r->text);
}

static void
out_match(struct state *s, struct out *o, const struct rec *r, bool has_text, const struct seen_match *m)
{
	struct seen_extent e;

	out_begin(o, r);
	if (m == NULL) {
		out_field(o, SPAN(""));
		out_field(o, SPAN(""));
		if (opt.explain) {
			out_field(o, SPAN(""));
			out_field(o, SPAN(""));
			out_field(o, SPAN(""));
		}
		out_last(o, r, has_text, SPAN("-"));
		return;
	}
	seen_compare(&s->seen, &s->sketch, m, &e);
	out_id(o, id_of(seen_doc(&s->seen, m->doc)));
	out_score(o, m->score);
	if (opt.explain) {
		out_number(o, e.nletter);
		out_extent(o, e.here);
		out_extent(o, e.there);
	}
	out_last(o, r, has_text, span_of(kind_name[e.kind]));
}

/* The record's sketch, taken off its head where it is not the last field. False: there is none, which was told. */
static bool
take_sketch(struct state *s, struct rec *r, struct out *o, bool *has_text)
{
	struct rec head = *r;
	struct span token;
	enum sketch_is is = SKETCH_NO;

	*has_text = false;
	if (rec_pop(&head, &token)) {
		is = sketch_read(&s->sketch, token);
		*has_text = is != SKETCH_NO;
	}
	if (is == SKETCH_NO)
		is = sketch_read(&s->sketch, r->text);
	if (*has_text)
		*r = head;
	if (is == SKETCH_NO)
		frame_fault(o, r, "no sketch, as fingerprint writes them: skipped");
	else if (is == SKETCH_OTHER)
		frame_fault(o, r, "a sketch of another format than %d: skipped", SKETCH_VERSION);
	else if (s->gram == 0) {
		s->gram = s->sketch.gram;
		s->window = s->sketch.window;
	} else if (s->sketch.gram != s->gram || s->sketch.window != s->window) {
		frame_fault(o, r, "a sketch of grams %u, window %u, where %u and %u went before: skipped",
		    s->sketch.gram, s->sketch.window, s->gram, s->window);
		return false;
	}
	return is == SKETCH_YES;
}

static void
begin(struct state *s)
{
	if (disk == NULL || s->seen.index != NULL)
		return;
	seen_begin(&s->seen, disk);
	s->gram = index_gram(disk);
	s->window = index_window(disk);
}

static void
judge_record(void *state, struct rec *r, struct out *o)
{
	struct state *s = state;
	struct seen *seen = &s->seen;
	struct seen_doc *d;
	uint32_t doc, first;
	size_t i, ndoc;
	bool has_text;

	begin(s);
	if (!take_sketch(s, r, o, &has_text))
		return;
	ndoc = seen->ndoc;
	doc = seen_judge(seen, &s->sketch, r->id, opt.least, opt.now);
	if (opt.unseen && doc < ndoc)
		return;
	d = seen_doc(seen, doc);
	if (opt.fresh) {
		if (seen->nmatch == 0) {
			out_begin(o, r);
			out_text(o, r->text);
		}
	} else if (opt.clusters) {
		first = seen_by_serial(seen, d->cluster);
		out_begin(o, r);
		out_last_id(o, id_of(first == SEEN_NONE ? d : seen_doc(seen, first)));
	} else if (opt.all && seen->nmatch > 0)
		for (i = 0; i < seen->nmatch; i++)
			out_match(s, o, r, has_text, &seen->match[i]);
	else
		out_match(s, o, r, has_text, seen->nmatch > 0 ? &seen->match[0] : NULL);
}

static void
drop(void *state)
{
	struct state *s = state;

	seen_free(&s->seen);
	sketch_free(&s->sketch);
}

/*
 * The index.
 */

/* Put the documents of this run on disk, and forget those that have expired. */
static void
commit(struct state *s)
{
	struct index_new *new, *n;
	struct seen_doc *d;
	size_t i, nnew = s->seen.ndoc - s->seen.nindex;

	new = mem_array(NULL, nnew, sizeof(*new));
	for (i = 0; i < nnew; i++) {
		n = &new[i];
		d = seen_doc(&s->seen, (uint32_t)(s->seen.nindex + i));
		*n = (struct index_new){ .hash = d->hash, .nhash = d->nhash, .id = id_of(d), .row = {
			.whole = { (uint32_t)d->whole, (uint32_t)(d->whole >> 32) },
			.key = (uint32_t)(index_key(id_of(d), d->whole) >> 32), .nletter = d->nletter,
			.serial = d->serial, .story = d->story, .cluster = d->cluster, .worth = d->worth,
			.original = d->original, .verdict = d->score * 4u + d->kind, .time = d->time
		} };
	}
	index_commit(disk, new, nnew, s->gram, s->window, opt.age > 0 && opt.age < opt.now ? opt.now - opt.age : 0);
	free(new);
}

static void
finish(void *state, struct out *o)
{
	struct state *s = state;

	begin(s);
	if (disk == NULL || opt.read_only)
		return;
	/* output first: who dies in between runs again and gets the same */
	out_flush(o);
	commit(s);
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
	k->whole = (uint64_t)r->whole[1] << 32 | r->whole[0];
	k->nhash = 0;
	hash = index_hashes(ix, doc, &n);
	for (i = 0; i < n; i++)
		sketch_add(k, hash[i]);
}

static void
dump(void)
{
	struct state s = { 0 };
	struct out o = { 0 };
	struct buf token = { 0 };
	struct seen_doc *d, *other;
	uint32_t doc, at;
	char when[32];
	struct tm tm;
	time_t t;

	begin(&s);
	for (doc = 0; doc < s.seen.nindex; doc++) {
		if (index_expired(disk, doc))
			continue;
		d = seen_doc(&s.seen, doc);
		t = (time_t)d->time;
		strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &tm));
		out_id(&o, id_of(d));
		out_field(&o, span_of(when));
		at = d->original == SEEN_NONE ? SEEN_NONE : seen_by_serial(&s.seen, d->original);
		if (at == SEEN_NONE) {
			out_field(&o, SPAN(""));
			out_field(&o, SPAN(""));
			out_field(&o, SPAN(""));
		} else {
			out_id(&o, id_of(seen_doc(&s.seen, at)));
			out_score(&o, d->score);
			out_field(&o, span_of(kind_name[d->kind]));
		}
		at = seen_by_serial(&s.seen, d->cluster);
		other = at == SEEN_NONE ? d : seen_doc(&s.seen, at);
		out_id(&o, id_of(other));
		read_sketch(disk, doc, &s.sketch);
		token.n = 0;
		sketch_write(&token, &s.sketch);
		out_text(&o, (struct span){ token.p, token.n });
		if (o.whole > 1 << 16)
			out_flush(&o);
	}
	out_flush(&o);
	buf_free(&o.buf);
	buf_free(&token);
	drop(&s);
}

/* Add the documents of another index, as if they came now, in their order. */
static void
merge(void)
{
	struct index *other = index_open(opt.merge, INDEX_READ);
	struct state s = { 0 };
	uint32_t doc;

	begin(&s);
	if (s.gram == 0) {
		s.gram = index_gram(other);
		s.window = index_window(other);
	}
	if (index_size(other) > 0 && (index_gram(other) != s.gram || index_window(other) != s.window))
		msg_die(EXIT_USAGE, "%s: sketches of grams %u, window %u, those of %s are of %u and %u", opt.merge,
		    index_gram(other), index_window(other), opt.dir, s.gram, s.window);
	for (doc = 0; doc < index_size(other); doc++) {
		if (index_expired(other, doc))
			continue;
		read_sketch(other, doc, &s.sketch);
		seen_judge(&s.seen, &s.sketch, index_id(other, doc), opt.least, index_row(other, doc)->time);
	}
	commit(&s);
	index_close(other);
	drop(&s);
}

static int
check(void)
{
	size_t nfault = index_check(disk);
	struct buf b = { 0 };

	buf_printf(&b, "%s: %u documents in %zu segments, %llu bytes: ", opt.dir, index_size(disk), index_nsegment(disk),
	    (unsigned long long)index_nbyte(disk));
	if (nfault == 0)
		buf_printf(&b, "sound\n");
	else
		buf_printf(&b, "%zu damaged\n", nfault);
	buf_byte(&b, '\0');
	out_print(b.p);
	buf_free(&b);
	return nfault == 0 ? EXIT_OK : EXIT_FAULT;
}

/*
 * Options.
 */

enum {
	ALL = 'a', CLUSTERS = 'c', DIRECTORY = 'd', EXPLAIN = 'e', NEW = 'n', READ_ONLY = 'r', LEAST = 't', UNSEEN = 'u',
	CHECK = FRAME_LONG, DUMP, EXPIRE, MERGE
};

static const struct option_row options[] = {
	{ ALL, "all", NULL, "write a line for every document it copies, not only the earliest" },
	{ CLUSTERS, "clusters", NULL, "write id and the id of the first document of its cluster" },
	{ CHECK, "check", NULL, "read no input: tell whether the index is sound" },
	{ DIRECTORY, "index", "DIR", "compare with the index in DIR too, and add to it" },
	{ DUMP, "dump", NULL, "read no input: write the index as records" },
	{ EXPLAIN, "explain", NULL, "tell how much text is shared and where it lies in both" },
	{ EXPIRE, "expire", "AGE", "forget what was added longer ago: 30d, 12h, 4w" },
	{ MERGE, "merge", "DIR", "read no input: add the documents of the index in DIR" },
	{ NEW, "new", NULL, "pass on what copies nothing, as it was before fingerprint" },
	{ READ_ONLY, "read-only", NULL, "do not add to the index" },
	{ LEAST, "threshold", "SCORE", "score from which a match is a copy, 0 to 1 (0.6)" },
	{ UNSEEN, "unseen", NULL, "leave out records whose id and text were met before" },
	{ 0 }
};

/* Seconds of an age such as 30d. */
static uint32_t
read_age(const char *arg)
{
	unsigned long v;
	uint32_t unit;
	char *end;

	v = strtoul(arg, &end, 10);
	switch (*end) {
	case 'h':
		unit = 3600;
		break;
	case 'd':
		unit = 86400;
		break;
	case 'w':
		unit = 604800;
		break;
	default:
		unit = 0;
	}
	if (!ascii_digit(arg[0]) || unit == 0 || end[1] != '\0' || v == 0 || v > UINT32_MAX / unit)
		msg_die(EXIT_USAGE, "--expire: %s: want an age such as 12h, 30d or 4w", arg);
	return (uint32_t)v * unit;
}

/* The time, or what SOURCE_DATE_EPOCH says it is. */
static uint32_t
read_clock(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end;
	unsigned long v;

	if (epoch == NULL)
		return (uint32_t)time(NULL);
	v = strtoul(epoch, &end, 10);
	if (!ascii_digit(epoch[0]) || *end != '\0' || v > UINT32_MAX)
		msg_die(EXIT_USAGE, "SOURCE_DATE_EPOCH: %s: want seconds since 1970", epoch);
	return (uint32_t)v;
}

static void
option(int key, const char *arg)
{
	char *end;
	double v;

	switch (key) {
	case ALL:
		opt.all = true;
		break;
	case CLUSTERS:
		opt.clusters = true;
		break;
	case EXPLAIN:
		opt.explain = true;
		break;
	case CHECK:
		opt.check = true;
		break;
	case DIRECTORY:
		opt.dir = arg;
		break;
	case DUMP:
		opt.dump = true;
		break;
	case EXPIRE:
		opt.age = read_age(arg);
		break;
	case MERGE:
		opt.merge = arg;
		break;
	case NEW:
		opt.fresh = true;
		break;
	case READ_ONLY:
		opt.read_only = true;
		break;
	case UNSEEN:
		opt.unseen = true;
		break;
	case LEAST:
		v = strtod(arg, &end);
		if (end == arg || *end != '\0' || !(v >= 0 && v <= 1))
			msg_die(EXIT_USAGE, "--threshold: %s: want a number from 0 to 1", arg);
		opt.threshold = (uint32_t)(v * SCORE_MAX + 0.5);
		break;
	}
}

static void
ready(void)
{
	if (opt.all + opt.fresh + opt.clusters > 1)
		msg_die(EXIT_USAGE, "--all, --new and --clusters do not go together");
	if (opt.explain && (opt.fresh || opt.clusters))
		msg_die(EXIT_USAGE, "--explain does not go with --new and --clusters");
	/* a score of 1 is for equal normal forms alone */
	opt.least = opt.threshold == SCORE_MAX ? UINT32_MAX : score_least(opt.threshold);
	if (opt.least == 0)
		opt.least = 1;
	if (opt.dir == NULL) {
		if (opt.check || opt.dump || opt.merge != NULL || opt.age > 0 || opt.read_only)
			msg_die(EXIT_USAGE, "--check, --dump, --expire, --merge and --read-only want an index, by -d");
		return;
	}
	if (opt.check + opt.dump + (opt.merge != NULL) > 1)
		msg_die(EXIT_USAGE, "--check, --dump and --merge do not go together");
	if (opt.read_only && (opt.age > 0 || opt.merge != NULL))
		msg_die(EXIT_USAGE, "--read-only does not go with --expire and --merge");
	opt.now = read_clock();
	disk = index_open(opt.dir, opt.read_only || opt.check || opt.dump ? INDEX_READ : INDEX_WRITE);
	if (opt.check)
		exit(out_finish(check()));
	if (opt.dump) {
		dump();
		exit(out_finish(EXIT_OK));
	}
	if (opt.merge != NULL) {
		merge();
		exit(out_finish(EXIT_OK));
	}
}

int
main(int argc, char *argv[])
{
	static const struct filter filter = {
		.name = "find-copies",
		.about = "find the earliest document that each one copies",
		.reads = "id ... sketch [text], from fingerprint",
		.writes = "id ... original score kind [text]",
		.options = options,
		.option = option,
		.dir = &opt.dir,
		.ready = ready,
		.state_size = sizeof(struct state),
		.record = judge_record,
		.drop = drop,
		.in_sequence = true,
		.finish = finish
	};

	return frame_main(&filter, argc, argv);
}
