/* SPDX-License-Identifier: ISC */
#include "work.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "raw.h"
#include "u8.h"

enum { FLUSH_SIZE = 128 * 1024 }; /* bytes of output worth a write(2) */

const char *
work_file(const struct work *w)
{
	if (w->in.line == 0 && w->in.name.n > 0)
		return w->in.name.p;
	return "stdin";
}

/* A message on a line of the input, on the input as a whole (line 0), or on neither (no place). */
static void
add_message(struct work *w, bool place, uint64_t line, const char *fmt, va_list ap)
{
	size_t from = w->message.n;
	char what[1024];

	vsnprintf(what, sizeof(what), fmt, ap);
	buf_printf(&w->message, "%s: ", msg_tool());
	if (place)
		buf_printf(&w->message, "%s:", work_file(w));
	if (place && line > 0)
		buf_printf(&w->message, "%llu:", (unsigned long long)line);
	buf_printf(&w->message, "%s%s", place ? " " : "", what);
	msg_tame(w->message.p + from, w->message.n - from);
	buf_byte(&w->message, '\n');
}

static void
warn_at(struct work *w, uint64_t line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_message(w, true, line, fmt, ap);
	va_end(ap);
}

/* The same, of a fault: counted, and under strict the last thing done. */
static void
add_fault(struct work *w, bool place, uint64_t line, const char *fmt, va_list ap)
{
	add_message(w, place, line, fmt, ap);
	w->nfault++;
	w->stop = w->rules->strict;
}

static void
fault_at(struct work *w, uint64_t line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_fault(w, true, line, fmt, ap);
	va_end(ap);
}

/* The work whose output o is. */
static struct work *
work_of(struct out *o)
{
	return (struct work *)(void *)o;
}

void
frame_fault(struct out *o, const struct rec *r, const char *fmt, ...)
{
	struct work *w = work_of(o);
	va_list ap;

	va_start(ap, fmt);
	add_fault(w, r != NULL, r != NULL ? r->line : 0, fmt, ap);
	va_end(ap);
}

static void
count(struct tally *t, uint64_t line, uint64_t n)
{
	if (t->n == 0)
		t->line = line;
	t->n += n;
}

void
frame_note(struct out *o, const struct rec *r)
{
	count(&work_of(o)->noted, r->line, 1);
}

static void
note_bad(struct work *w, uint64_t line, size_t n)
{
	if (n == 0)
		return;
	count(&w->bad, line, n);
	if (w->rules->strict)
		fault_at(w, line, "ill-formed UTF-8");
}

/*
 * A line without an id, or with an empty one, gets its number
 * for one; carried: what follows the id, with its TABs.
 */
static void
number_head(struct work *w, struct rec *r, struct span carried)
{
	size_t n;

	w->head.n = 0;
	buf_number(&w->head, r->line);
	n = w->head.n;
	buf_byte(&w->head, '\t');
	buf_span(&w->head, carried);
	(void)buf_room(&w->head, REC_SLACK);
	r->head = (struct span){ w->head.p, w->head.n };
	r->id = (struct span){ w->head.p, n };
}

/* Is the text of a line without TABs a string as jq writes it without -r, with an escaped one in it? */
static bool
is_string(struct span s)
{
	return s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"' && memchr(s.p, '\t', s.n) != NULL;
}

/* Does it look as sfeed(1) writes an item: time title link content type id author enclosure category? */
static bool
is_item(const struct rec *r)
{
	struct span time, type, f;
	size_t i = 0;

	if (!rec_field(r, 7, &f) || rec_field(r, 8, &f) || !rec_field(r, 4, &type) || !rec_field(r, 0, &time))
		return false;
	while (i < time.n && ascii_digit(time.p[i]))
		i++;
	return i == time.n && (type.n == 0 || span_eq(type, SPAN("html")) || span_eq(type, SPAN("plain")));
}

/*
 * Read the record whose line begins at *p, which moves
 * to the next one; false when it is to be skipped.
 */
static bool
read_record(struct work *w, struct rec *r, const char **p, const char *end)
{
	const char *from = *p, *lf;
	struct rec_line l;
	bool clean = rec_read(r, &l, &w->text, &w->newlines, from, end);

	if (!clean) {
		lf = memchr(from, '\n', (size_t)(end - from));
		l.n = (size_t)((lf != NULL ? lf : end) - from);
		l.next = lf != NULL ? lf + 1 : end;
		l.n -= l.n > 0 && from[l.n - 1] == '\r';
	}
	*p = l.next;
	if (l.n == 0)
		return false;
	if (l.n > w->rules->max_record) {
		fault_at(w, r->line, "record of more than %zu bytes (--max-record): skipped",
			 w->rules->max_record);
		return false;
	}
	if (!clean) {
		w->line.n = 0;
		note_bad(w, r->line, u8_repair(&w->line, from, (size_t)(l.next - from)));
		(void)buf_room(&w->line, REC_SLACK);
		memset(w->line.p + w->line.n, 0, REC_SLACK);
		(void)rec_read(r, &l, &w->text, &w->newlines, w->line.p, w->line.p + w->line.n);
	}
	w->out.text = r->text;
	w->out.written = l.written;
	w->out.only_newlines = l.only_newlines;
	if (r->line == 1 && is_item(r))
		warn_at(w, 1, "looks like items of sfeed, whose last field is no text; " FEED_TO_RECORDS);
	if (r->head.n == 0) {
		number_head(w, r, r->head);
		if (w->bare_line == 0) {
			w->bare_line = r->line;
			w->bare_json = raw_is_json(r->text.p, r->text.n) || is_string(r->text);
			w->bare_at = w->message.n;
			if (w->rules->strict)
				fault_at(w, r->line, "no TAB: a text without an id");
		}
	} else if (r->id.n == 0) {
		fault_at(w, r->line, "empty id: the line's number is used");
		number_head(w, r, (struct span){ r->head.p + 1, r->head.n - 1 });
	}
	return !w->stop;
}

void
frame_flush(struct out *o)
{
	struct work *w = work_of(o);

	w->rules->settle(w);
	out_flush(o);
}

/* Let go of what a record or a group came to. */
static void
let_go(struct work *w)
{
	if (w->rules->write && (w->out.whole >= FLUSH_SIZE || w->rules->write_each))
		frame_flush(&w->out);
}

static void
do_record(struct work *w, void *state, struct rec *r)
{
	w->rules->filter->record(state, r, &w->out);
	w->nrecord++;
	let_go(w);
}

static void
end_group(struct work *w, void *state)
{
	w->rules->filter->group_end(state, &w->out);
	let_go(w);
}

static void
do_document(struct work *w, void *state)
{
	const char *p = w->in.data.p;
	size_t n = w->in.data.n, nbad, ext = w->in.name.n;
	struct rec r = { 0 };

	if ((ext > 5 && memcmp(w->in.name.p + ext - 5, ".tsv", 5) == 0) || raw_is_records(p, n))
		warn_at(w, 0, "looks like records, but an operand is one raw document; for records use <");
	else if (raw_is_json(p, n))
		warn_at(w, 0, "looks like JSON, but an operand is one raw document; " JSON_TO_RECORDS);
	if (n > w->rules->max_record) {
		fault_at(w, 0, "document of more than %zu bytes (--max-record): skipped",
			 w->rules->max_record);
		return;
	}
	w->text.n = 0;
	if (!raw_decode(&w->text, p, n, w->rules->encoding, &nbad)) {
		fault_at(w, 0, "binary file: skipped");
		return;
	}
	note_bad(w, 0, nbad);
	if (w->stop)
		return;
	if (raw_is_html(w->text.p, w->text.n)) {
		if (!w->rules->filter->html)
			warn_at(w, 0, "looks like an HTML page, whose tags are read as text");
	} else if (raw_is_feed(w->text.p, w->text.n))
		warn_at(w, 0, "looks like a feed, but an operand is one raw document; " FEED_TO_RECORDS);
	(void)buf_room(&w->text, REC_SLACK);
	memset(w->text.p + w->text.n, 0, REC_SLACK);
	w->head.n = w->line.n = 0;
	u8_repair(&w->line, w->in.name.p, w->in.name.n - 1);
	rec_escape(&w->head, (struct span){ w->line.p, w->line.n });
	buf_byte(&w->head, '\t');
	(void)buf_room(&w->head, REC_SLACK);
	r.head = (struct span){ w->head.p, w->head.n };
	r.id = (struct span){ w->head.p, w->head.n - 1 };
	r.text = (struct span){ w->text.p, w->text.n };
	do_record(w, state, &r);
}

void
work_block(struct work *w, void *state)
{
	const char *p = w->in.data.p, *end = p + w->in.data.n, *line_at = p, *group = p;
	struct rec r = { 0 };
	uint64_t line = w->in.line;

	w->nbyte = w->in.data.n;
	if (line == 0)
		do_document(w, state);
	else
		for (; p < end && !w->stop; line++) {
			if (w->rules->by_id && p > line_at && in_group_ends(group, line_at, p, end)) {
				end_group(w, state);
				group = p;
			}
			line_at = p;
			r.line = line;
			if (read_record(w, &r, &p, end))
				do_record(w, state, &r);
		}
	if (w->rules->by_id)
		end_group(w, state);
	w->out.written = (struct span){ 0 }; /* its bytes may go now */
	w->out.only_newlines = false;
}

void
work_init(struct work *w, const struct work_rules *rules)
{
	*w = (struct work){ .out.plain = rules->plain, .rules = rules };
	(void)buf_room(&w->out.buf, (size_t)2 * FLUSH_SIZE); /* what it comes to anyway, by ten copies */
}

void
work_free(struct work *w)
{
	buf_free(&w->out.buf);
	buf_free(&w->in.data);
	buf_free(&w->in.name);
	buf_free(&w->line);
	buf_free(&w->head);
	buf_free(&w->text);
	free(w->newlines.at);
	buf_free(&w->message);
}

void *
work_state(const struct filter *f)
{
	void *state = mem_array(NULL, 1, f->state_size);

	if (f->state_size > 0)
		memset(state, 0, f->state_size);
	return state;
}

void
work_state_free(const struct filter *f, void *state)
{
	if (f->drop != NULL)
		f->drop(state);
	free(state);
}
