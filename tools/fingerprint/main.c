/* SPDX-License-Identifier: ISC */
/*
 * fingerprint - a sketch of each document, by which find-copies knows copies.
 *
 * reads   records, copydesk(5): id ... text
 * writes  id ... sketch, or id ... sketch text; with -b bands, sketch.h
 * memory  one document and its normal form
 */
#include "frame.h"
#include "normal.h"
#include "sketch.h"
#include "winnow.h"

/*
 * Bytes of sketch for an article of usual length: a window of w keeps a hash of
 * four bytes for every (w + 1) / 2 letters, so 256 bytes make 64 hashes of 2,432 letters.
 */
enum {
	ARTICLE = 2432,						    /* letters */
	SIZE_LEAST = 4 * 2 * ARTICLE / (SKETCH_WINDOW_MAX + 1) + 1, /* by the widest window */
	SIZE_MOST = 4 * ARTICLE					    /* by a window of one gram */
};

static struct {
	bool keep_text;
	bool bands;
	uint64_t first; /* number of the first document, of bands; 0: not said */
	uint32_t window;
} opt = { .window = SKETCH_WINDOW };

struct state {
	struct buf normal;
	struct winnow winnow;
	struct sketch sketch;
	struct buf token;
	uint64_t number; /* of the document, from 0 */
};

/* A line's KEY, of ndigit digits, and NUMBER, ended by `end`. */
static void
out_band(struct out *o, char kind, uint64_t key, size_t ndigit, uint64_t number, char end)
{
	char place[SKETCH_DIGITS];
	int i;

	for (i = SKETCH_DIGITS - 1; i >= 0; i--, number /= 10)
		place[i] = (char)('0' + number % 10);
	buf_byte(&o->buf, kind);
	buf_hex(&o->buf, key, ndigit);
	buf_byte(&o->buf, '\t');
	buf_put(&o->buf, place, SKETCH_DIGITS);
	buf_byte(&o->buf, end);
}

static void
out_bands(struct out *o, const struct rec *r, const struct sketch *k, uint64_t number)
{
	size_t i;

	out_band(o, BAND_KEY, sketch_key(r->id, k->whole), 16, number, '\n');
	if (k->nletter > 0)
		out_band(o, BAND_WHOLE, k->whole, 16, number, '\n');
	for (i = 0; i < k->nhash; i++)
		out_band(o, BAND_HASH, k->hash[i], 8, number, '\n');
	o->whole = o->buf.n;
}

static void
sketch_record(void *state, struct rec *r, struct out *o)
{
	struct state *s = state;
	const bool bands = opt.bands && !o->plain;

	if (bands && s->number > SKETCH_NUMBER_MAX - opt.first) {
		frame_fault(o, r, "more than %llu documents: skipped", (unsigned long long)SKETCH_NUMBER_MAX);
		return;
	}
	normal_form(&s->normal, r->text);
	s->sketch.gram = SKETCH_GRAM;
	s->sketch.window = opt.window;
	winnow(&s->winnow, &s->sketch, s->normal.p, s->normal.n);
	s->token.n = 0;
	sketch_write(&s->token, &s->sketch);
	if (bands)
		out_band(o, BAND_SELF, 0, 0, opt.first + s->number, '\t');
	out_begin(o, r);
	if (opt.keep_text) {
		out_field(o, (struct span){ s->token.p, s->token.n });
		out_text(o, r->text);
	} else
		out_text(o, (struct span){ s->token.p, s->token.n });
	if (bands)
		out_bands(o, r, &s->sketch, opt.first + s->number);
	s->number++;
}

static void
drop(void *state)
{
	struct state *s = state;

	buf_free(&s->normal);
	winnow_free(&s->winnow);
	sketch_free(&s->sketch);
	buf_free(&s->token);
}

enum { BANDS = 'b', KEEP_TEXT = 'k', SIZE = 's', FIRST = OPTION_LONG };

static void option(int, const char *);
static void ready(void);

static const struct option_row options[] = {
	{ BANDS, "bands", NULL, "write a line for every hash, to be sorted for find-copies --bands" },
	{ FIRST, "first", "NUMBER", "of the first document, with --bands (1)" },
	{ KEEP_TEXT, "keep-text", NULL, "write the text too, after the sketch" },
	{ SIZE, "size", "BYTES", "of sketch for an article of usual length (256)" },
	{ 0 }
};

static struct filter filter = { .name = "fingerprint",
				.about = "write a sketch of each document, for find-copies to compare",
				.reads = "id ... text",
				.writes = "id ... sketch; with -k: id ... sketch text; with -b: key number",
				.options = options,
				.option = option,
				.ready = ready,
				.state_size = sizeof(struct state),
				.record = sketch_record,
				.drop = drop };

static void
option(int key, const char *arg)
{
	unsigned long long nbyte;

	switch (key) {
	case BANDS:
		opt.bands = true;
		filter.in_sequence = true; /* documents are numbered */
		break;
	case FIRST:
		opt.first = option_number("first", arg, 1, SKETCH_NUMBER_MAX);
		break;
	case KEEP_TEXT:
		opt.keep_text = true;
		break;
	case SIZE:
		nbyte = option_number("size", arg, SIZE_LEAST, SIZE_MOST);
		opt.window = (uint32_t)(4 * 2 * ARTICLE / nbyte) - 1;
		break;
	}
}

static void
ready(void)
{
	if (opt.first > 0 && !opt.bands)
		msg_die(EXIT_USAGE, "--first is for the numbers of --bands");
	if (opt.first == 0)
		opt.first = 1;
}

int
main(int argc, char *argv[])
{
	return frame_main(&filter, argc, argv);
}
