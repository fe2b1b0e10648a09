/* SPDX-License-Identifier: ISC */
/*
 * fingerprint - a sketch of each document, by which find-copies knows copies.
 *
 * reads   records, copydesk(5): id ... text
 * writes  id ... sketch, or id ... sketch text
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
	ARTICLE = 2432,
	SIZE_USUAL = 4 * 2 * ARTICLE / (SKETCH_WINDOW + 1),
	SIZE_MIN = 4 * 2 * ARTICLE / (SKETCH_WINDOW_MAX + 1) + 1,
	SIZE_MAX_ = 4 * ARTICLE
};

static struct {
	bool		 keep_text;
	uint32_t	 window;
} opt = {
	.window = SKETCH_WINDOW
};

struct state {
	struct buf	 normal;
	struct winnow	 winnow;
	struct sketch	 sketch;
	struct buf	 token;
};

static void
sketch_record(void *state, struct rec *r, struct out *o)
{
	struct state *s = state;

	normal_form(&s->normal, r->text);
	s->sketch.gram = SKETCH_GRAM;
	s->sketch.window = opt.window;
	winnow(&s->winnow, &s->sketch, s->normal.p, s->normal.n);
	s->token.n = 0;
	sketch_write(&s->token, &s->sketch);
	out_begin(o, r);
	if (opt.keep_text) {
		out_field(o, (struct span){ s->token.p, s->token.n });
		out_text(o, r->text);
	} else
		out_text(o, (struct span){ s->token.p, s->token.n });
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

enum { KEEP_TEXT = 'k', SIZE = 's' };

static const struct option_row options[] = {
	{ KEEP_TEXT, "keep-text", NULL, "write the text too, after the sketch" },
	{ SIZE, "size", "BYTES", "of sketch for an article of usual length (256)" },
	{ 0 }
};

static void
option(int key, const char *arg)
{
	unsigned long long nbyte;

	switch (key) {
	case KEEP_TEXT:
		opt.keep_text = true;
		break;
	case SIZE:
		nbyte = option_number("size", arg, SIZE_MIN, SIZE_MAX_);
		opt.window = (uint32_t)(4 * 2 * ARTICLE / nbyte) - 1;
		break;
	}
}

int
main(int argc, char *argv[])
{
	static const struct filter filter = {
		.name = "fingerprint",
		.about = "write a sketch of each document, by which find-copies knows its copies",
		.reads = "id ... text",
		.writes = "id ... sketch; with -k: id ... sketch text",
		.options = options,
		.option = option,
		.state_size = sizeof(struct state),
		.record = sketch_record,
		.drop = drop
	};

	return frame_main(&filter, argc, argv);
}
