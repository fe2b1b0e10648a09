/* SPDX-License-Identifier: ISC */
/*
 * tag-entities - find who, where, which organisation and when in text.
 *
 * reads   records, copydesk(5)
 * writes  a record a mention: ... type name begin end mention
 * method  a linear-chain conditional random field over capitalised words, in two
 *         passes over a document, with a gazetteer; rules for dates and amounts
 * memory  one document; of a long one, what a window of it takes
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dates.h"
#include "embed.h"
#include "feats.h"
#include "frame.h"
#include "mentions.h"
#include "model.h"
#include "u8.h"
#include "vec.h"

#ifndef TAG_MODEL /* another one, `make tag-names` */
#define TAG_MODEL "tools/tag-entities/model.bin"
#endif
EMBED(tag_model, TAG_MODEL);

enum { OPT_DATE = OPTION_LONG, OPT_DATE_FIELD, OPT_GAZETTEER, OPT_IGNORE_CASE, OPT_ANNOTATE };

static const struct option_row options[] = {
	{ OPT_ANNOTATE, "annotate", NULL, "write the text with its mentions marked" },
	{ 'b', "bytes", NULL, "count offsets in bytes, not in code points" },
	{ OPT_DATE, "date", "YYYY-MM-DD", "the day the text is of" },
	{ OPT_DATE_FIELD, "date-field", "N", "that day is field N (1 is the id), or else that of --date" },
	{ 'g', "group", NULL, "take records of one id that follow each other for one document" },
	{ OPT_GAZETTEER, "gazetteer", "FILE", "names of your own: name TAB type TAB alias ..." },
	{ OPT_IGNORE_CASE, "ignore-case", NULL, "find these whatever their case" },
	{ 't', "types", "LIST", "only these types: PER,ORG,LOC,DATE,..." },
	{ 0, NULL, NULL, NULL }
};

static struct {
	bool bytes, annotate, colour, group;
	unsigned types;
	struct day day;
	size_t date_field;
	const char *gazetteer;
	struct user_names user;
	struct model model;
} opt = { .types = ~0u };

static char note[64]; /* what is wrong with a field of --date-field */

/* A record's part of the document that is judged: all of it, or a line or several of a group's. */
struct part {
	struct span head;
	size_t begin, end; /* bytes of its text */
};

struct state {
	struct doc doc;
	struct mentions ms;
	struct stretch *stretch; /* of the window, none before the first one */
	struct part *part;	 /* npart, the document's; none between two documents */
	size_t npart, part_cap;
	struct buf heads, text; /* of a group */
	struct day day;		/* the document's */

	size_t at;	   /* the part that is written */
	size_t first;	   /* bytes or code points before its text */
	struct buf marked; /* its text so far, with its mentions marked */
};

static void
option(int key, const char *arg)
{
	size_t n;
	int i;

	switch (key) {
	case 'b':
		opt.bytes = true;
		break;
	case 'g':
		opt.group = true;
		break;
	case 't':
		for (opt.types = 0; *arg != '\0'; arg += n + (arg[n] == ',')) {
			n = strcspn(arg, ",");
			for (i = 1; i < MENTION_NTYPE; i++)
				if (span_eq(mention_type_name[i], (struct span){ arg, n }))
					break;
			if (i == MENTION_NTYPE)
				msg_die(EXIT_USAGE,
					"--types: \"%.*s\" is not a type: want PER, ORG, LOC, MISC, DATE, "
					"TIME, DURATION, SET, MONEY, PERCENT or QUANTITY",
					n > 40 ? 40 : (int)n, arg);
			opt.types |= 1u << i;
		}
		break;
	case OPT_DATE:
		if (!day_read(span_of(arg), &opt.day))
			msg_die(EXIT_USAGE, "--date: want YYYY-MM-DD, not \"%s\"", arg);
		break;
	case OPT_DATE_FIELD:
		opt.date_field = (size_t)option_number("date-field", arg, 1, 1000);
		break;
	case OPT_GAZETTEER:
		opt.gazetteer = arg;
		break;
	case OPT_IGNORE_CASE:
		opt.user.ignore_case = true;
		break;
	case OPT_ANNOTATE:
		opt.annotate = true;
		break;
	default:
		break;
	}
}

static void
ready(void)
{
	const char *no_color;

	if (!model_open(&opt.model, tag_model, EMBED_SIZE(tag_model)))
		msg_die(EXIT_FAULT, "the model in this program is not its own");
	snprintf(note, sizeof(note), "field %zu is no date (--date-field)", opt.date_field);
	if (opt.user.ignore_case && opt.gazetteer == NULL)
		msg_die(EXIT_USAGE, "--ignore-case needs --gazetteer");
	if (opt.gazetteer != NULL)
		user_read(&opt.user, opt.gazetteer);
	no_color = getenv("NO_COLOR");
	opt.colour = opt.annotate && isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0');
}

/*
 * A text is judged in windows, so that the memory is bounded whatever the text; each is
 * as a document of its own. Few articles are longer than one.
 */
#define WINDOW ((size_t)256 << 10)

/*
 * Bytes of the window at p: up to the last line end in it,
 * or else the last space, or else the last whole character.
 */
static size_t
window(const char *p, size_t n)
{
	size_t i;

	if (n <= WINDOW)
		return n;
	for (i = WINDOW; i > WINDOW / 2; i--)
		if (p[i - 1] == '\n')
			return i;
	for (i = WINDOW; i > WINDOW / 2; i--)
		if (p[i - 1] == ' ')
			return i;
	for (i = WINDOW; ((unsigned char)p[i] & 0xC0) == 0x80; i--)
		;
	return i;
}

/*
 * A window in stretches of VEC_BLOCK bytes, for code points before any place. They are found
 * once, not once more for each mention: a third of the instructions.
 */
struct stretch {
	uint64_t inner; /* its bytes that do not begin a character, a bit each */
	size_t before;	/* code points before it */
};
#define STRETCHES (WINDOW / VEC_BLOCK + 1) /* at most */

static inline vec
is_inner(const char *p)
{
	return (vec)((vec_load(p) & vec_all((char)0xC0)) == vec_all((char)0x80));
}

/* Those of text[0, n], `before` code points before them; REC_SLACK bytes can be read behind it. */
static void
stretches_find(struct stretch *to, const char *text, size_t n, size_t before)
{
	size_t i;

	for (i = 0; i <= n; i += VEC_BLOCK, text += VEC_BLOCK, to++) {
		to->inner = vec_bits(is_inner(text), is_inner(text + VEC), is_inner(text + 2 * VEC),
				     is_inner(text + 3 * VEC));
		to->before = before;
		before += VEC_BLOCK - (size_t)__builtin_popcountll(to->inner);
	}
}

/* Code points before byte i. */
static inline size_t
code_points(const struct stretch *stretch, size_t i)
{
	const struct stretch *at = &stretch[i / VEC_BLOCK];
	size_t in = i % VEC_BLOCK;

	return at->before + in - (size_t)__builtin_popcountll(at->inner & (((uint64_t)1 << in) - 1));
}

/* Go on to the part of the document that byte `to` is in, of the window at byte `at`. */
static const struct part *
part_at(struct state *s, size_t to, size_t at)
{
	const struct part *p = &s->part[s->at], *last = s->part + s->npart - 1;

	for (; p < last && p[1].begin <= to; p++)
		s->first = opt.bytes ? p[1].begin : code_points(s->stretch, p[1].begin - at);
	s->at = (size_t)(p - s->part);
	return p;
}

/*
 * One mention: its type, its name, where it is, and its text; REC_SHORT bytes can be read of both.
 */
static void
write_mention(struct out *o, const struct part *p, enum mention_type type, struct span name, size_t begin,
	      size_t end, struct span text)
{
	char *to;

	if (o->plain || name.n - 1 >= REC_SHORT || text.n > REC_SHORT) {
		out_head(o, p->head);
		out_field(o, mention_type_name[type]);
		out_field(o, name);
		out_number(o, begin);
		out_number(o, end);
		out_text(o, text);
		return;
	}
	to = out_row(o, p->head, 6 * REC_SHORT + 2 * NUMBER_MAX);
	memcpy(to, mention_type_name[type].p, MENTION_TYPE_MAX);
	to += mention_type_name[type].n;
	*to++ = '\t';
	to = rec_escape_short(to, name);
	*to++ = '\t';
	to = put_number(to, begin);
	*to++ = '\t';
	to = put_number(to, end);
	*to++ = '\t';
	out_row_end(o, rec_escape_short(to, text));
}

/*
 * Write the mentions of the window at byte `at` of the document;
 * *ncp are the code points before it, and then those up to its end.
 */
static inline void
write_mentions(struct state *s, struct out *o, struct span w, size_t at, size_t *ncp)
{
	const struct part *p = &s->part[s->at];
	const struct mention *m;
	size_t i, begin, end;

	if (!opt.bytes) {
		if (s->stretch == NULL)
			s->stretch = mem_array(NULL, STRETCHES, sizeof *s->stretch);
		stretches_find(s->stretch, w.p, w.n, *ncp);
	}
	(void)buf_room(&s->ms.names, REC_SHORT);
	for (i = 0; i < s->ms.nlist; i++) {
		m = &s->ms.m[s->ms.list[i]];
		if (!(opt.types >> m->type & 1))
			continue;
		if (at + m->begin > p->end)
			p = part_at(s, at + m->begin, at);
		begin = opt.bytes ? at + m->begin : code_points(s->stretch, m->begin);
		end = opt.bytes ? at + m->end : code_points(s->stretch, m->end);
		write_mention(o, p, m->type, mention_name(&s->ms, m, w.p), begin - s->first, end - s->first,
			      (struct span){ w.p + m->begin, m->end - m->begin });
	}
	(void)part_at(s, at + w.n, at);
	if (!opt.bytes)
		*ncp = code_points(s->stretch, w.n);
}

#ifdef VEC_WIDE
/* Compiled twice: bits are counted by one instruction. */
VEC_WIDE __attribute__((flatten)) static void
write_mentions_wide(struct state *s, struct out *o, struct span w, size_t at, size_t *ncp)
{
	write_mentions(s, o, w, at, ncp);
}
#endif

/*
 * Add bytes [from, to) of the document to the part's text; a part that ends before `to` is written.
 */
static void
add_text(struct state *s, struct out *o, const char *text, size_t from, size_t to)
{
	const struct part *p;
	size_t end;

	for (; s->at < s->npart; s->at++) {
		p = &s->part[s->at];
		end = to < p->end ? to : p->end;
		buf_put(&s->marked, text + from, end - from);
		if (to <= p->end)
			return;
		from = p->end + 1;
		out_head(o, p->head);
		out_text(o, (struct span){ s->marked.p, s->marked.n });
		s->marked.n = 0;
	}
}

/* Add the text of the window at byte `at` with its mentions marked. */
static void
mark_mentions(struct state *s, struct out *o, const char *text, size_t at, size_t n)
{
	static const char *const colour[MENTION_NTYPE] = { "",	 "31", "34", "32", "35", "33",
							   "33", "33", "33", "36", "36", "36" };
	struct buf *b = &s->marked;
	const struct mention *m;
	size_t i, from = at;

	for (i = 0; i < s->ms.nlist; i++) {
		m = &s->ms.m[s->ms.list[i]];
		if (!(opt.types >> m->type & 1) || at + m->begin < from)
			continue;
		add_text(s, o, text, from, at + m->begin);
		if (opt.colour)
			buf_printf(b, "\033[%sm", colour[m->type]);
		else
			buf_printf(b, "[%s ", mention_type_name[m->type].p);
		buf_put(b, text + at + m->begin, m->end - m->begin);
		buf_put(b, opt.colour ? "\033[m" : "]", opt.colour ? 3 : 1);
		from = at + m->end;
	}
	add_text(s, o, text, from, at + n);
}

/* Judge the document of the parts that there are, and write what is found. */
static void
judge(struct state *s, struct span text, struct out *o)
{
	struct span w;
	size_t at, ncp = 0;

	s->at = s->first = 0;
	for (at = 0; at < text.n; at += w.n) {
		w = (struct span){ text.p + at, window(text.p + at, text.n - at) };
		s->ms.n = 0;
		s->ms.names.n = 0;
		doc_read(&s->doc, &opt.model, w.p, w.n);
		doc_tag(&s->doc);
		mentions_names(&s->ms, &s->doc, opt.gazetteer != NULL ? &opt.user : NULL);
		mentions_canon(&s->ms, &s->doc);
		/* also where none is asked for: what is a date is no name, "Monday (Jun 2)" */
		dates_find(&s->ms, &s->doc, &s->day);
		if (opt.annotate)
			mark_mentions(s, o, text.p, at, w.n);
#ifdef VEC_WIDE
		else if (vec_wide())
			write_mentions_wide(s, o, w, at, &ncp);
#endif
		else
			write_mentions(s, o, w, at, &ncp);
	}
	if (opt.annotate)
		add_text(s, o, text.p, text.n, text.n + 1);
	s->npart = 0;
}

/*
 * The day of the document that begins with the record. A field without one is told, unless --date
 * says what is to hold then, or the field says that there is none.
 */
static struct day
day_of_record(const struct rec *r, struct out *o)
{
	struct day day = opt.day;
	struct span f = { 0 };
	bool missing;

	if (opt.date_field == 0)
		return day;
	missing = rec_field(r, opt.date_field - 1, &f) && (f.n == 0 || span_eq(f, SPAN("-")));
	if (!missing && !day_read(f, &day) && day.year == 0)
		frame_note(o, r);
	return day;
}

/*
 * A document of one record is judged as it is, of others the texts are put together, a line each.
 */
static void
record(void *state, struct rec *r, struct out *o)
{
	struct state *s = state;
	struct part *p;

	if (s->npart == 0) {
		s->day = day_of_record(r, o);
		s->heads.n = s->text.n = 0;
	} else
		buf_byte(&s->text, '\n');
	s->part = mem_grow(s->part, s->npart, &s->part_cap, sizeof *s->part);
	p = &s->part[s->npart++];
	*p = (struct part){ r->head, s->text.n, s->text.n + r->text.n };
	if (opt.group) {
		buf_span(&s->heads, r->head);
		buf_span(&s->text, r->text);
	} else
		judge(s, r->text, o);
}

static void
group_end(void *state, struct out *o)
{
	struct state *s = state;
	const char *head = buf_room(&s->heads, REC_SLACK) - s->heads.n;
	size_t i;

	if (s->npart == 0)
		return;
	for (i = 0; i < s->npart; i++) {
		s->part[i].head.p = head;
		head += s->part[i].head.n;
	}
	memset(buf_room(&s->text, REC_SLACK), 0, REC_SLACK);
	judge(s, (struct span){ s->text.p, s->text.n }, o);
}

static void
drop(void *state)
{
	struct state *s = state;

	doc_free(&s->doc);
	mentions_free(&s->ms);
	buf_free(&s->heads);
	buf_free(&s->text);
	buf_free(&s->marked);
	free(s->part);
	free(s->stretch);
}

int
main(int argc, char *argv[])
{
	static const struct filter filter = {
		.name = "tag-entities",
		.about = "find the people, organisations, places, dates and amounts that a text names",
		.reads = "id ... text",
		.writes = "id ... type name begin end mention",
		.options = options,
		.option = option,
		.ready = ready,
		.note = note,
		.by_id = &opt.group,
		.group_end = group_end,
		.state_size = sizeof(struct state),
		.record = record,
		.drop = drop,
	};

	return frame_main(&filter, argc, argv);
}
