/* SPDX-License-Identifier: ISC */
/*
 * One fuzzing harness for every tool: the input's first byte says how the rest is
 * fed to the tool's filter, as a block of records (bit 0 clear) or as a raw document
 * (bit 0 set), plain output or not (bit 1), --strict or not (bit 2), with
 * an encoding or not (bit 3; which one: bits 4 and 5).
 *
 * FUZZ_OPTIONS, in the environment, are options of the tool's, parted by blanks.
 *
 * Compiled with -DTOOL_MAIN='"tools/NAME/main.c"' and all other objects of the tool;
 * the tool's main gives us its filter. With -DREFUSES a stream may be refused, as bands out of
 * order are: msg_die is ours then (ld --wrap). What must hold besides not
 * crashing: output is whole lines of well-formed UTF-8 without NUL, and the same the second
 * time (no state is left over between records of filters that have none).
 */
#define main tool_main
#define frame_main take_filter /* frame.h declares it by this name, too */
#include TOOL_MAIN
#undef frame_main
#undef main

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "option.h"
#include "u8.h"
#include "work.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#ifdef REFUSES
static jmp_buf stream_refused;

void __wrap_msg_die(int, const char *, ...) __attribute__((noreturn));

void
__wrap_msg_die(int status, const char *fmt, ...)
{
	(void)status;
	(void)fmt;
	longjmp(stream_refused, 1);
}
#endif

static struct work_rules rules = { .max_record = 1 << 20 };
static bool told_ready; /* was the filter? */

int
take_filter(const struct filter *f, int argc, char *argv[])
{
	static const struct option_row none = { 0 };
	const struct option_set set[2] = { { f->options, f->option }, { &none, NULL } };

	msg_name(argv[0]);
	rules.filter = f;
	(void)option_read(argc, argv, set);
	return EXIT_OK;
}

/* The tool's filter, with its options set. */
static void
start_tool(void)
{
	static char name[] = "harness", given[200];
	static char *argv[20] = { name };
	const char *options = getenv("FUZZ_OPTIONS");
	int argc = 1;

	snprintf(given, sizeof(given), "%s", options != NULL ? options : "");
	for (argv[argc] = strtok(given, " "); argc < 19 && argv[argc] != NULL; argv[argc] = strtok(NULL, " "))
		argc++;
	(void)tool_main(argc, argv);
}

static void
feed(struct work *w, void *state, const char *p, size_t n, unsigned how)
{
	static const char *const encoding[] = { "SHIFT_JIS", "UTF-16", "ISO-2022-JP", "GB18030" };

	w->out.plain = (how & 2) != 0;
	rules.encoding = how & 8 ? encoding[how >> 4 & 3] : NULL;
	rules.strict = (how & 4) != 0;
	w->in.data.n = w->in.name.n = 0;
	buf_put(&w->in.data, p, n);
	(void)buf_room(&w->in.data, REC_SLACK);
	memset(w->in.data.p + n, 0, REC_SLACK);
	w->in.line = how & 1 ? 0 : 1;
	if (how & 1)
		buf_put(&w->in.name, "a\tb", 4);
	work_block(w, state);
}

static void
expect(int holds, const char *what)
{
	if (!holds) {
		fprintf(stderr, "harness: %s\n", what);
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
#ifdef REFUSES
	volatile bool refused = false;
#endif
	struct work w, again;
	void *state;

	if (rules.filter == NULL)
		start_tool();
	if (n == 0)
		return 0;
	/* what is opened for a whole run of records is closed at its end */
	if (rules.filter->ready != NULL && (!told_ready || rules.filter->in_sequence))
		rules.filter->ready();
	told_ready = true;
	work_init(&w, &rules);
	work_init(&again, &rules);
	state = work_state(rules.filter);
#ifdef REFUSES
	if (setjmp(stream_refused) != 0) {
		expect(!refused, "refused twice");
		refused = true;
		w.out.buf.n = w.out.whole; /* without what was under way */
	} else
#endif
		feed(&w, state, (const char *)data + 1, n - 1, data[0]);
	expect(w.out.buf.n == w.out.whole, "output ends within a record");
	expect(w.out.whole == 0 || w.out.buf.p[w.out.whole - 1] == '\n', "output does not end with LF");
	expect(u8_clean(w.out.buf.p, w.out.buf.n) == w.out.buf.n, "output is not well-formed UTF-8");
	if (!rules.filter->in_sequence) {
		feed(&again, state, (const char *)data + 1, n - 1, data[0]);
		expect(again.out.buf.n == w.out.buf.n &&
			   (w.out.buf.n == 0 || memcmp(again.out.buf.p, w.out.buf.p, w.out.buf.n) == 0),
		       "the second time differs");
	} else if (rules.filter->finish != NULL)
		rules.filter->finish(state, &w.out);
	work_state_free(rules.filter, state);
	work_free(&w);
	work_free(&again);
	return 0;
}
