/* SPDX-License-Identifier: ISC */
/*
 * split-sentences - one line for each sentence of a text.
 *
 * reads   records: id ... text
 * writes  id ... n sentence; with --offsets: id ... begin end n sentence
 * method  scan.c lists the places where a sentence may end, boundary.c decides
 *         each by rule or by the weights of a trained model (feature.c, model.c)
 * memory  the record, twice where character references were left in it, and some
 *         50 bytes for each such place
 */
#include <stdlib.h>
#include <string.h>

#include "boundary.h"
#include "frame.h"
#include "u8.h"

enum { ABBREVIATIONS = OPTION_LONG, KEEP_QUOTES, NEWLINE, OFFSETS };

static struct boundary_options options;
static bool offsets;
static bool offset_bytes;

/* The user's abbreviations: slices of the files, which are kept as long as the program runs. */
static struct span *user;
static size_t nuser, user_cap;

struct state {
	struct boundary b;
	struct buf joined; /* a sentence whose line breaks became spaces */
};

/* One a line, with or without the last stop; "# " begins a comment. */
static void
read_abbreviations(const char *path)
{
	size_t k, at, end, line = 0;
	const size_t before = nuser;
	struct buf text = { 0 };
	const char *nl;
	struct span s;

	option_list(&text, path);
	for (at = 0; at < text.n; at = end + 1) {
		line++;
		nl = memchr(text.p + at, '\n', text.n - at);
		end = nl != NULL ? (size_t)(nl - text.p) : text.n;
		s = (struct span){ text.p + at, end - at };
		while (s.n > 0 && ascii_space(s.p[s.n - 1]))
			s.n--;
		if (s.n > 0 && s.p[s.n - 1] == '.')
			s.n--;
		if (s.n == 0 || (s.n > 1 && s.p[0] == '#' && s.p[1] == ' '))
			continue;
		if (u8_clean(s.p, s.n) != s.n)
			msg_die(EXIT_USAGE, "%s:%zu: not UTF-8 text", path, line);
		if (s.n > WORD_MAX)
			msg_die(EXIT_USAGE, "%s:%zu: more than %d bytes in a word", path, line, WORD_MAX);
		for (k = 0; k < s.n; k++)
			if (ascii_space(s.p[k]))
				msg_die(EXIT_USAGE, "%s:%zu: more than one word", path, line);
		user = mem_grow(user, nuser, &user_cap, sizeof(*user));
		user[nuser++] = s;
	}
	if (nuser == before)
		buf_free(&text);
}

static void
option(int key, const char *arg)
{
	switch (key) {
	case ABBREVIATIONS:
		read_abbreviations(arg);
		break;
	case 'b':
		offset_bytes = true;
		break;
	case KEEP_QUOTES:
		options.keep_quotes = true;
		break;
	case NEWLINE:
		if (strcmp(arg, "auto") == 0)
			options.newline = NEWLINE_AUTO;
		else if (strcmp(arg, "paragraph") == 0)
			options.newline = NEWLINE_PARAGRAPH;
		else if (strcmp(arg, "space") == 0)
			options.newline = NEWLINE_SPACE;
		else
			msg_die(EXIT_USAGE, "--newline %s: not auto, paragraph or space", arg);
		break;
	case OFFSETS:
		offsets = true;
		break;
	}
}

static void
ready(void)
{
	if (offset_bytes && !offsets)
		msg_die(EXIT_USAGE, "--bytes needs --offsets");
	if (nuser > 0)
		qsort(user, nuser, sizeof(*user), span_order);
	options.abbreviations = (struct user_words){ user, nuser };
	words_ready();
}

/* The sentence on one line: a line break and the blanks around it become a space. */
static struct span
one_line(struct buf *b, struct span s)
{
	const char *p = s.p, *end = s.p + s.n, *nl, *stop;
	size_t n;

	b->n = 0;
	while ((nl = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		for (stop = nl; (n = blank_before(p, (size_t)(stop - p))) > 0; stop -= n)
			;
		buf_put(b, p, (size_t)(stop - p));
		buf_byte(b, ' ');
		/* a sentence does not end in a blank */
		for (p = nl; (n = blank_at(p, end)) > 0; p += n)
			;
	}
	buf_put(b, p, (size_t)(end - p));
	(void)buf_room(b, REC_SLACK);
	return (struct span){ b->p, b->n };
}

static void
write_with_offsets(struct state *s, const struct rec *r, struct out *o)
{
	const char *text = r->text.p;
	const struct sentence *t = s->b.at;
	size_t at = 0, begin, end, ncp = 0, n;

	for (n = 1; n <= s->b.n; n++, t++) {
		struct span line = { text + t->begin, t->end - t->begin };

		begin = t->begin;
		end = t->end;
		if (!offset_bytes) {
			begin = ncp + u8_count(text + at, t->begin - at);
			end = begin + u8_count(line.p, line.n);
			ncp = end;
			at = t->end;
		}
		out_begin(o, r);
		out_number(o, begin);
		out_number(o, end);
		out_number(o, n);
		out_text(o, t->broken ? one_line(&s->joined, line) : line);
	}
}

static void
record(void *state, struct rec *r, struct out *o)
{
	struct state *s = state;
	const struct sentence *t;
	const struct span head = r->head;
	const char *text = r->text.p;
	size_t n, nsentence;

	boundary_find(&s->b, r->text, &options);
	if (offsets) {
		write_with_offsets(s, r, o);
		return;
	}
	for (t = s->b.at, nsentence = s->b.n, n = 1; n <= nsentence; n++, t++) {
		struct span line = { text + t->begin, t->end - t->begin };

		out_part(o, head, n, t->broken ? one_line(&s->joined, line) : line);
	}
}

static void
drop(void *state)
{
	struct state *s = state;

	boundary_free(&s->b);
	buf_free(&s->joined);
}

static const struct option_row rows[] = {
	{ ABBREVIATIONS, "abbreviations", "FILE",
	  "words whose full stop never ends a sentence, one a line, besides the built-in ones" },
	{ 'b', "bytes", NULL, "with --offsets: count bytes, not code points" },
	{ KEEP_QUOTES, "keep-quotes", NULL, "do not split inside double quotes" },
	{ NEWLINE, "newline", "HOW",
	  "what a single newline means: paragraph, space, or auto, what the text shows (auto)" },
	{ OFFSETS, "offsets", NULL, "write begin and end of the sentence in the text before its number" },
	{ 0, NULL, NULL, NULL }
};

int
main(int argc, char *argv[])
{
	static const struct filter filter = {
		.name = "split-sentences",
		.about = "one line for each sentence of a text",
		.reads = "id ... text",
		.writes = "id ... n sentence",
		.options = rows,
		.option = option,
		.ready = ready,
		.state_size = sizeof(struct state),
		.record = record,
		.drop = drop,
	};

	return frame_main(&filter, argc, argv);
}
