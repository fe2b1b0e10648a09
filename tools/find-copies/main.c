/* SPDX-License-Identifier: ISC */
/*
 * find-copies - for each document, the earliest one it copies.
 *
 * reads   records, copydesk(5): id ... sketch, or id ... sketch text; with -b bands, sketch.h
 * writes  id ... original score kind [text]
 * memory  one to two kilobytes for each article of the stream; an index is mapped. With -b
 *         25 MB, and temporary files
 */
#include <stdlib.h>
#include <time.h>

#include "bands.h"
#include "columns.h"
#include "frame.h"
#include "index.h"
#include "keep.h"
#include "score.h"
#include "seen.h"
#include "sketch.h"
#include "u8.h"

enum { OUT_MUCH = 128 * 1024 }; /* bytes of output worth a write(2) */

enum { SKIPS_TOLD = 10 }; /* by their lines; the others by their number */

/*
 * With --expire, a document that is met again counts as come then when this part of the age has
 * passed: not each time, since for each one the index has a line to write.
 */
enum { MET_PART = 4 };

/* Best F1 on the development set, and D6 (excerpts) found in nine of ten. */
enum { THRESHOLD = 600 };

static struct {
	uint32_t threshold;
	uint32_t least; /* its match */
	bool all;
	bool bands;
	bool fresh;
	bool clusters;
	bool explain;
	bool unseen;
	bool read_only;
	bool dump;
	bool check;
	const char *dir;
	const char *writes; /* the same, where it is not only read */
	const char *merge;
	uint32_t age; /* seconds after which documents expire, or 0 */
	uint32_t now; /* seconds since 1970 */
} opt = { .threshold = THRESHOLD };

struct state {
	struct seen seen;
	struct sketch sketch;
	uint32_t gram; /* of the first sketch; 0: none yet */
	uint32_t window;
	uint64_t nskipped; /* faulty records */
};

/* The files that -b wants, opened before the input is read. */
static struct bands bands;

/* The indexes that -d and --merge name, or NULL. Opened before the input is read. */
static struct index *disk, *other;

/* Begin and end, in per cent. */
static void
out_extent(struct out *o, const uint32_t extent[2])
{
	char s[2 * NUMBER_MAX + 1], *to;

	to = put_number(s, (extent[0] + 5) / 10);
	*to++ = '-';
	to = put_number(to, (extent[1] + 5) / 10);
	out_field(o, (struct span){ s, (size_t)(to - s) });
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
	out_last(o, r, has_text, kind_name(e.kind));
}

/* One more record is skipped: is it told by its line? In a stream that has no sketches all are. */
static bool
skip(struct state *s)
{
	return s->nskipped++ < SKIPS_TOLD;
}

/*
 * The record's sketch, taken off its head where it is not the last field. False: there is none,
 * which was told.
 */
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
	if (is == SKETCH_YES && s->gram == 0) {
		s->gram = s->sketch.gram;
		s->window = s->sketch.window;
	}
	if (is == SKETCH_YES && s->sketch.gram == s->gram && s->sketch.window == s->window)
		return true;
	if (!skip(s))
		return false;
	if (is == SKETCH_NO)
		frame_fault(o, r, "no sketch, as fingerprint writes them: skipped");
	else if (is == SKETCH_OTHER)
		frame_fault(o, r, "a sketch of another format than %d: skipped", SKETCH_VERSION);
	else
		frame_fault(o, r, "a sketch of grams %u, window %u, where %u and %u went before: skipped",
			    s->sketch.gram, s->sketch.window, s->gram, s->window);
	return false;
}

static void
begin(struct state *s)
{
	if (disk == NULL || s->seen.index != NULL)
		return;
	seen_begin(&s->seen, disk, opt.age > 0 ? opt.age / MET_PART : UINT32_MAX);
	s->gram = index_gram(disk);
	s->window = index_window(disk);
}

/*
 * What was found of a record; d is its document, or the one with its id and normal form that was
 * met before.
 */
static void
out_answer(struct state *s, struct out *o, const struct rec *r, bool has_text, const struct seen_doc *d)
{
	struct seen *seen = &s->seen;
	uint32_t first;
	size_t i;

	if (opt.fresh) {
		if (seen->nmatch == 0) {
			out_begin(o, r);
			out_text(o, r->text);
		}
	} else if (opt.clusters) {
		first = d->cluster == d->serial ? SEEN_NONE : seen_by_serial(seen, d->cluster);
		out_begin(o, r);
		out_last_id(o, first == SEEN_NONE ? r->id : id_of(seen_doc(seen, first)));
	} else if (opt.all && seen->nmatch > 0)
		for (i = 0; i < seen->nmatch; i++)
			out_match(s, o, r, has_text, &seen->match[i]);
	else
		out_match(s, o, r, has_text, seen->nmatch > 0 ? &seen->match[0] : NULL);
}

static void
take_line(struct state *s, struct rec *r, struct out *o)
{
	const enum bands_line line = bands_take(&bands, r);
	bool has_text;

	if (line == BANDS_NO && skip(s))
		frame_fault(o, r, "no band, as fingerprint --bands writes them: skipped");
	else if (line == BANDS_DOC && take_sketch(s, r, o, &has_text))
		bands_add(&bands, &s->sketch, r, has_text);
}

static void
judge_record(void *state, struct rec *r, struct out *o)
{
	struct state *s = state;
	uint32_t doc;
	size_t ndoc;
	bool has_text;

	if (opt.bands) {
		take_line(s, r, o);
		return;
	}
	begin(s);
	if (!take_sketch(s, r, o, &has_text))
		return;
	ndoc = s->seen.ndoc;
	doc = seen_judge(&s->seen, &s->sketch, r->id, opt.least, opt.now);
	if (!opt.unseen || doc >= ndoc)
		out_answer(s, o, r, has_text, seen_doc(&s->seen, doc));
}

/* The documents of the bands, when all were read. */
static void
judge_bands(struct state *s, struct out *o)
{
	struct bands_answer a;

	bands_turn(&bands, &s->seen);
	s->sketch.gram = s->gram;
	s->sketch.window = s->window;
	while (bands_next(&bands, &s->sketch, opt.least, &a)) {
		if (!opt.unseen || !a.repeated)
			out_answer(s, o, &a.rec, a.has_text, &a.doc);
		if (o->whole >= OUT_MUCH)
			frame_flush(o);
	}
	bands_close(&bands);
}

static void
drop(void *state)
{
	struct state *s = state;

	seen_free(&s->seen);
	sketch_free(&s->sketch);
}

/*
 * The time before which documents are forgotten. What was forgotten stays so, unless that time lies
 * ahead: then a clock was wrong, and all that is added now would be forgotten at once.
 */
static uint32_t
forget_before(void)
{
	const uint32_t was = index_since(disk) <= opt.now ? index_since(disk) : 0;
	const uint32_t since = opt.age > 0 && opt.age < opt.now ? opt.now - opt.age : 0;

	return since > was ? since : was;
}

static void
finish(void *state, struct out *o)
{
	struct state *s = state;

	if (s->nskipped > SKIPS_TOLD)
		frame_fault(o, NULL, "%llu more lines like these: skipped",
			    (unsigned long long)s->nskipped - SKIPS_TOLD);
	if (opt.bands)
		judge_bands(s, o);
	begin(s);
	if (disk == NULL || opt.read_only)
		return;
	/* output first: who dies in between runs again and gets the same */
	frame_flush(o);
	keep_commit(&s->seen, s->gram, s->window, forget_before());
}

/*
 * Options.
 */

enum {
	ALL = 'a',
	BANDS = 'b',
	CLUSTERS = 'c',
	DIRECTORY = 'd',
	EXPLAIN = 'e',
	NEW = 'n',
	READ_ONLY = 'r',
	LEAST = 't',
	UNSEEN = 'u',
	CHECK = OPTION_LONG,
	DUMP,
	EXPIRE,
	MERGE
};

static const struct option_row options[] = {
	{ ALL, "all", NULL, "write a line for every document it copies, not only the earliest" },
	{ BANDS, "bands", NULL, "read sorted bands, from fingerprint --bands, in constant memory" },
	{ CLUSTERS, "clusters", NULL, "write id and the id of the first document of its cluster" },
	{ CHECK, "check", NULL, "read no input: tell whether the index is sound" },
	{ DIRECTORY, "index", "DIR", "compare with the index in DIR too, and add to it" },
	{ DUMP, "dump", NULL, "read no input: write the index as records" },
	{ EXPLAIN, "explain", NULL, "tell how much text is shared and where it lies in both" },
	{ EXPIRE, "expire", "AGE", "forget what was not met for so long: 30d, 12h, 4w" },
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
	unsigned long long v;
	char *end;

	if (epoch == NULL)
		return (uint32_t)time(NULL);
	v = strtoull(epoch, &end, 10);
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
	case BANDS:
		opt.bands = true;
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

/* What does not go together is told, not left out without a word. */
static void
check_options(void)
{
	const int nalone = opt.check + opt.dump + (opt.merge != NULL);

	if (opt.all + opt.fresh + opt.clusters > 1)
		msg_die(EXIT_USAGE, "--all, --new and --clusters do not go together");
	if (opt.explain && (opt.fresh || opt.clusters))
		msg_die(EXIT_USAGE, "--explain does not go with --new and --clusters");
	if (opt.bands && opt.dir != NULL)
		msg_die(EXIT_USAGE, "--bands and --index do not go together");
	if (opt.dir == NULL && (nalone > 0 || opt.age > 0 || opt.read_only))
		msg_die(EXIT_USAGE, "--check, --dump, --expire, --merge and --read-only need --index");
	if (nalone > 1)
		msg_die(EXIT_USAGE, "--check, --dump and --merge do not go together");
	if (nalone > 0 && frame_has_operands())
		msg_die(EXIT_USAGE, "--check, --dump and --merge read no input: no operands");
	if (nalone > 0 && opt.all + opt.fresh + opt.clusters + opt.explain + opt.unseen > 0)
		msg_die(EXIT_USAGE, "-a, -c, -e, -n and -u do not go with --check, --dump and --merge");
	if (nalone > 0 && opt.age > 0)
		msg_die(EXIT_USAGE, "--expire does not go with --check, --dump and --merge");
	if (opt.read_only && (opt.age > 0 || opt.merge != NULL))
		msg_die(EXIT_USAGE, "--read-only does not go with --expire and --merge");
}

static void
ready(void)
{
	check_options();
	/* a score of 1 is for equal normal forms alone */
	opt.least = opt.threshold == SCORE_MAX ? UINT32_MAX : score_least(opt.threshold);
	if (opt.least == 0)
		opt.least = 1;
	if (opt.bands)
		bands_open(&bands);
	if (opt.dir == NULL)
		return;
	opt.now = read_clock();
	opt.writes = opt.read_only || opt.check || opt.dump ? NULL : opt.dir;
	/* first, since one that is not there should not leave an empty one behind */
	if (opt.merge != NULL)
		other = index_open(opt.merge, INDEX_SOUND);
	disk = index_open(opt.dir, opt.writes == NULL ? INDEX_READ : INDEX_WRITE);
}

/* What is done with an index alone. */
static int
alone(void)
{
	if (opt.check)
		return keep_check(disk, opt.dir);
	if (opt.merge != NULL)
		return keep_merge(disk, other, opt.merge, opt.least);
	if (!opt.dump)
		return -1;
	keep_dump(disk);
	return EXIT_OK;
}

int
main(int argc, char *argv[])
{
	static const struct filter filter = { .name = "find-copies",
					      .about = "find the earliest document that each one copies",
					      .reads = "id ... sketch [text], from fingerprint",
					      .writes = "id ... original score kind [text]",
					      .options = options,
					      .option = option,
					      .dir = &opt.writes,
					      .ready = ready,
					      .alone = alone,
					      .state_size = sizeof(struct state),
					      .record = judge_record,
					      .drop = drop,
					      .in_sequence = true,
					      .finish = finish };

	return frame_main(&filter, argc, argv);
}
