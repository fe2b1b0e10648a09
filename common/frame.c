/* SPDX-License-Identifier: ISC */
/*
 * From the command line to the exit status: options (option.h), input in blocks
 * (in.h), each worked on by one worker (work.h), alone or among others (pool.h),
 * output and messages in the order of the input.
 */
#include "frame.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "in.h"
#include "pipe.h"
#include "pool.h"
#include "progress.h"
#include "raw.h"
#include "sandbox.h"
#include "spread.h"
#include "work.h"

enum { JOBS_MAX = 1024 };

/*
 * Bytes of a record; three times as many, should each
 * byte become U+FFFD, are still counted by 32 bits.
 */
enum { RECORD_MAX = 1 << 30 };

/* What the command line says. */
static struct work_rules rules = { .max_record = (size_t)64 << 20 };
static unsigned long long njob = 1;
static const char *stdin_name = "-";
static const char *list; /* of operands, or NULL */
static size_t noperand;
static bool progress;

/* What the blocks have counted. */
struct sum {
	uint64_t n;
	char place[300]; /* of the first */
};

/* What the run has come to; touched only by whoever writes at the moment. */
static struct {
	uint64_t nrecord;
	uint64_t nbyte;
	uint64_t nfault;
	struct sum bad, noted;
	bool bare_told;
} run;

enum {
	JOBS = 'j',
	PLAIN = 'p',
	NAME = 'i',
	HELP = 'h',
	VERS = 'V',
	PROGRESS = 2 * OPTION_LONG, /* filters' own begin at OPTION_LONG */
	LINE_BUFFERED,
	FILES0,
	ENCODING,
	STRICT,
	MAX_RECORD
};

static const struct option_row shared[] = {
	{ NAME, "stdin-name", "NAME", "id of the operand -, a raw document on standard input (-)" },
	{ JOBS, "jobs", "N", "N workers at once; 0: one for each processor (1)" },
	{ PLAIN, "plain", NULL, "write the last field alone, unescaped, for people" },
	{ ENCODING, "encoding", "NAME",
	  "of raw documents that are not UTF-8 (what they declare, or windows-1252)" },
	{ FILES0, "files0-from", "FILE", "operands from FILE, each ended by NUL; - is standard input" },
	{ LINE_BUFFERED, "line-buffered", NULL, "write each record at once" },
	{ MAX_RECORD, "max-record", "SIZE", "skip records over SIZE bytes; K, M, G may follow (64M)" },
	{ PROGRESS, "progress", NULL, "report progress on standard error" },
	{ STRICT, "strict", NULL, "end with status 1 at the first fault" },
	{ HELP, "help", NULL, "print this and exit" },
	{ VERS, "version", NULL, "print the version and exit" },
	{ 0 }
};

static void
print_help(void)
{
	const struct filter *f = rules.filter;
	struct buf b = { 0 };

	buf_printf(&b, "usage: %s [option ...] [file ...]\n%s\n\n", f->name, f->about);
	buf_printf(&b, "reads   %s\nwrites  %s\n", f->reads, f->writes);
	buf_printf(&b, "Each file is one raw document; without any, records come from standard input.\n\n");
	if (f->options != NULL) {
		option_help(&b, f->options);
		buf_byte(&b, '\n');
	}
	buf_printf(&b, "shared by all copydesk filters:\n");
	option_help(&b, shared);
	buf_printf(&b, "\nexit status: 0 all read and written, 1 something was faulty, 2 usage\n");
	buf_printf(&b, "manual pages: %s(1), copydesk(5), copydesk(7)\n", f->name);
	buf_byte(&b, '\0');
	out_print(b.p);
	buf_free(&b);
	exit(out_finish(EXIT_OK));
}

static void
print_version(void)
{
	out_print(rules.filter->name);
	out_print(" (copydesk) " VERSION "\n");
	exit(out_finish(EXIT_OK));
}

static void
shared_option(int key, const char *arg)
{
	switch (key) {
	case NAME:
		stdin_name = arg;
		break;
	case JOBS:
		njob = option_number("jobs", arg, 0, JOBS_MAX);
		break;
	case PLAIN:
		rules.plain = true;
		break;
	case ENCODING:
		if (!raw_encoding_known(arg))
			msg_die(EXIT_USAGE, "--encoding: %s: not known to iconv(3); iconv -l lists the names",
				arg);
		rules.encoding = arg;
		break;
	case FILES0:
		list = arg;
		break;
	case LINE_BUFFERED:
		rules.write_each = true;
		break;
	case MAX_RECORD:
		rules.max_record = (size_t)option_number("max-record", arg, 1, RECORD_MAX);
		break;
	case PROGRESS:
		progress = true;
		break;
	case STRICT:
		rules.strict = true;
		break;
	case HELP:
		print_help();
		break;
	case VERS:
		print_version();
		break;
	}
}

/* Add what a block's work has counted. */
static void
add(struct sum *s, const struct work *w, struct tally *t)
{
	if (s->n == 0 && t->n > 0)
		snprintf(s->place, sizeof(s->place), t->line > 0 ? "%s:%llu" : "%s", work_file(w),
			 (unsigned long long)t->line);
	s->n += t->n;
	t->n = 0;
}

/* Tell what was counted, under the name of one of them; done: what was done, or "". */
static void
tell(const struct sum *s, const char *what, const char *one, const char *done)
{
	if (s->n > 0)
		msg_warn("%s: %s: %llu %s%s%s, this was the first", s->place, what, (unsigned long long)s->n,
			 one, s->n == 1 ? "" : "s", done);
}

/* Tell and count what a block's work has come to. */
static void
settle(struct work *w)
{
	size_t told = 0;

	if (w->bare_line > 0 && !run.bare_told && !w->rules->strict) {
		told = w->bare_at;
		msg_write(w->message.p, told);
		msg_warn(
		    "stdin:%llu: no TAB: a text without an id; its line's number is the id (told once); %s",
		    (unsigned long long)w->bare_line,
		    w->bare_json ? JSON_TO_RECORDS : "the operand - takes the input for one document");
		run.bare_told = true;
	}
	if (w->message.n > told)
		msg_write(w->message.p + told, w->message.n - told);
	w->message.n = 0;
	add(&run.bad, w, &w->bad);
	add(&run.noted, w, &w->noted);
	run.nrecord += w->nrecord;
	run.nbyte += w->nbyte;
	run.nfault += w->nfault;
	if (w->stop) {
		out_flush(&w->out);
		exit(out_finish(EXIT_FAULT));
	}
	w->nrecord = w->nbyte = w->nfault = w->bare_line = 0;
	progress_show(run.nrecord, run.nbyte, false);
}

static void
run_serial(struct in *in)
{
	const struct filter *f = rules.filter;
	void *state = work_state(f);
	struct work w;

	work_init(&w, &rules);
	while (in_next(in, &w.in)) {
		work_block(&w, state);
		settle(&w);
		if (w.in.dry) /* the input makes us wait: let go of what there is */
			out_flush(&w.out);
	}
	if (f->finish != NULL)
		f->finish(state, &w.out);
	frame_flush(&w.out);
	work_state_free(f, state);
	work_free(&w);
}

/*
 * A closed descriptor 0, 1 or 2 is taken, so that no file we open gets its number;
 * opened the wrong way round, so that its use still fails.
 */
static void
take_descriptors(void)
{
	int fd;

	for (fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
			_exit(EXIT_FAULT);
}

bool
frame_has_operands(void)
{
	return list != NULL || noperand > 0;
}

int
frame_main(const struct filter *f, int argc, char *argv[])
{
	const struct option_set set[2] = { { f->options, f->option }, { shared, shared_option } };
	struct in in = { 0 };
	int first, status;
	long ncpu;

	take_descriptors();
	spread_draw();
	msg_name(argv[0]);
	argv[0] = (char *)(uintptr_t)msg_tool(); /* what getopt_long calls us */
	rules.filter = f;
	rules.settle = settle;
	first = option_read(argc, argv, set);
	noperand = (size_t)(argc - first);
	if (list != NULL && noperand > 0)
		msg_die(EXIT_USAGE, "%s: operands do not go with --files0-from", argv[first]);
	if (f->ready != NULL)
		f->ready();
	if (njob == 0) {
		ncpu = sysconf(_SC_NPROCESSORS_ONLN);
		njob = ncpu > 0 ? (unsigned long long)ncpu : 1;
	}
	in.operand = argv + first;
	in.noperand = noperand;
	in.list = list;
	in.stdin_name = stdin_name;
	in.max_record = rules.max_record;
	in.strict = rules.strict;
	in.by_id = rules.by_id = f->by_id != NULL && *f->by_id;
	in_open(&in);
	if (in.records)
		pipe_widen(STDIN_FILENO);
	pipe_widen(STDOUT_FILENO);
	sandbox_enter(!in.records, f->dir != NULL ? *f->dir : NULL);
	if (f->alone != NULL && (status = f->alone()) >= 0)
		return out_finish(status);
	progress_start(progress, in.size);
	rules.write = njob == 1 || f->in_sequence || rules.write_each;
	if (rules.write)
		run_serial(&in);
	else
		pool_run(&in, (size_t)njob, &rules);
	progress_show(run.nrecord, run.nbyte, true);
	tell(&run.bad, "ill-formed UTF-8", "part", " replaced by U+FFFD");
	tell(&run.noted, f->note, "record", "");
	in_close(&in);
	return out_finish(run.nfault + in.nfault > 0 ? EXIT_FAULT : EXIT_OK);
}
