/* SPDX-License-Identifier: ISC */
/*
 * Input comes in blocks (in.h). Each is worked on by one worker, which walks
 * its records and collects output and messages; both are written in the order of
 * the input. With one worker everything runs in the main thread. With more, a
 * ring of 2 N + 2 blocks goes round:
 *
 *     main: read -> FULL -> worker: BUSY -> DONE -> first worker to see that it
 *     is next in order: write -> FREE
 *
 * so memory is bounded by the ring, whatever the length of the stream.
 */
#include "frame.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "in.h"
#include "raw.h"
#include "sandbox.h"
#include "u8.h"

enum {
	FLUSH_SIZE = 128 * 1024,	/* bytes of output worth a write(2) */
	JOBS_MAX = 1024,
	STACK_SIZE = 1024 * 1024,	/* of a worker; tools do not recurse */
	PROGRESS_MIN = 2		/* seconds until progress shows by itself */
};

/* One block and what becomes of it. out is the first member: frame_fault finds the rest from it. */
struct work {
	struct out	 out;
	struct block	 in;
	struct buf	 line;		/* the record, where it had to be repaired */
	struct buf	 head;		/* its head, where the line has none */
	struct buf	 text;		/* its text, where it had to be decoded */
	struct buf	 message;	/* for standard error */
	uint64_t	 nrecord;
	uint64_t	 nbyte;
	uint64_t	 nfault;
	uint64_t	 nbad;		/* ill-formed parts replaced */
	uint64_t	 bad_line;	/* of the first of them */
	uint64_t	 bare_line;	/* of the first record without an id, or 0 */
	bool		 stop;		/* --strict met a fault */
};

static struct {
	const struct filter *filter;
	bool		 plain;
	bool		 progress;
	bool		 line_buffered;
	bool		 strict;
	size_t		 max_record;
	unsigned long long njob;
	const char	*encoding;
	const char	*list;
	const char	*stdin_name;
} frame = {
	.max_record = (size_t)64 << 20,
	.njob = 1,
	.stdin_name = "-"
};

/* What the run has come to; touched only by whoever writes at the moment. */
static struct {
	uint64_t	 nrecord;
	uint64_t	 nbyte;
	uint64_t	 nfault;
	uint64_t	 nbad;
	char		 bad_place[300];
	uint64_t	 size;		/* of the input where it is known */
	bool		 bare_told;
	bool		 progress_shown;
	struct timespec	 start;
	double		 progress_next;	/* seconds since start */
} run;

enum { JOBS = 'j', PLAIN = 'p', NAME = 'i', HELP = 'h', VERS = 'V', PROGRESS = 2000, LINE_BUFFERED, FILES0, ENCODING, STRICT, MAX_RECORD };

static const struct option_row shared[] = {
	{ NAME, "stdin-name", "NAME", "id of the operand -, a raw document on standard input (-)" },
	{ JOBS, "jobs", "N", "N workers at once; 0: one for each processor (1)" },
	{ PLAIN, "plain", NULL, "write the last field alone, unescaped, for people" },
	{ ENCODING, "encoding", "NAME", "of raw documents that are not UTF-8 (windows-1252)" },
	{ FILES0, "files0-from", "FILE", "operands from FILE, each ended by NUL; - is standard input" },
	{ LINE_BUFFERED, "line-buffered", NULL, "write each record at once" },
	{ MAX_RECORD, "max-record", "SIZE", "skip records over SIZE bytes; K, M, G may follow (64M)" },
	{ PROGRESS, "progress", NULL, "tell on standard error how far the run has come" },
	{ STRICT, "strict", NULL, "end with status 1 at the first fault" },
	{ HELP, "help", NULL, "print this and exit" },
	{ VERS, "version", NULL, "print the version and exit" },
	{ 0 }
};

/*
 * Records.
 */

static const char *
place_file(const struct work *w)
{
	if (w->in.line == 0 && w->in.name.n > 0)
		return w->in.name.p;
	return "stdin";
}

static void
add_message(struct work *w, uint64_t line, const char *fmt, va_list ap)
{
	size_t from = w->message.n;
	char what[1024];

	vsnprintf(what, sizeof(what), fmt, ap);
	if (line > 0)
		buf_printf(&w->message, "%s: %s:%llu: %s", msg_tool(), place_file(w), (unsigned long long)line, what);
	else
		buf_printf(&w->message, "%s: %s: %s", msg_tool(), place_file(w), what);
	msg_tame(w->message.p + from, w->message.n - from);
	buf_byte(&w->message, '\n');
}

static void
warn_at(struct work *w, uint64_t line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_message(w, line, fmt, ap);
	va_end(ap);
}

static void
fault_at(struct work *w, uint64_t line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_message(w, line, fmt, ap);
	va_end(ap);
	w->nfault++;
	w->stop = frame.strict;
}

void
frame_fault(struct out *o, const struct rec *r, const char *fmt, ...)
{
	struct work *w = (struct work *)(void *)o;
	va_list ap;

	va_start(ap, fmt);
	if (r != NULL)
		add_message(w, r->line, fmt, ap);
	else {
		char what[1024];

		vsnprintf(what, sizeof(what), fmt, ap);
		buf_printf(&w->message, "%s: %s\n", msg_tool(), what);
	}
	va_end(ap);
	w->nfault++;
	w->stop = frame.strict;
}

static void
note_bad(struct work *w, uint64_t line, size_t n)
{
	if (n == 0)
		return;
	if (w->nbad == 0)
		w->bad_line = line;
	w->nbad += n;
	if (frame.strict)
		fault_at(w, line, "ill-formed UTF-8");
}

/* A line without an id, or with an empty one, gets its number for one; carried: what follows the id, with its TABs. */
static void
number_head(struct work *w, struct rec *r, struct span carried)
{
	size_t n;

	w->head.n = 0;
	buf_number(&w->head, r->line);
	n = w->head.n;
	buf_byte(&w->head, '\t');
	buf_span(&w->head, carried);
	r->head = (struct span){ w->head.p, w->head.n };
	r->id = (struct span){ w->head.p, n };
}

/* Split a line, without its LF, into r; false when it is to be skipped. */
static bool
parse_line(struct work *w, const char *p, size_t n, struct rec *r)
{
	struct span text;
	const char *tab, *last = NULL, *from;

	if (n > 0 && p[n - 1] == '\r')
		n--;
	if (n == 0)
		return false;
	if (n > frame.max_record) {
		fault_at(w, r->line, "record of more than %zu bytes (--max-record): skipped", frame.max_record);
		return false;
	}
	if (u8_clean(p, n) < n) {
		w->line.n = 0;
		note_bad(w, r->line, u8_repair(&w->line, p, n));
		(void)buf_room(&w->line, REC_SLACK);
		memset(w->line.p + w->line.n, 0, REC_SLACK);
		p = w->line.p;
		n = w->line.n;
	}
	for (from = p; (tab = memchr(from, '\t', n - (size_t)(from - p))) != NULL; from = tab + 1) {
		if (last == NULL)
			r->id = (struct span){ p, (size_t)(tab - p) };
		last = tab;
	}
	r->head = (struct span){ p, (size_t)(from - p) };
	text = (struct span){ from, n - r->head.n };
	if (last == NULL) {
		number_head(w, r, (struct span){ p, 0 });
		if (w->bare_line == 0) {
			w->bare_line = r->line;
			if (frame.strict)
				fault_at(w, r->line, "no TAB: a text without an id");
		}
	} else if (r->id.n == 0) {
		fault_at(w, r->line, "empty id: the line's number is used");
		number_head(w, r, (struct span){ p + 1, r->head.n - 1 });
	}
	if (text.n > 0 && memchr(text.p, '\\', text.n) != NULL) {
		w->text.n = 0;
		rec_unescape(&w->text, text);
		(void)buf_room(&w->text, REC_SLACK);
		memset(w->text.p + w->text.n, 0, REC_SLACK);
		text = (struct span){ w->text.p, w->text.n };
	}
	r->text = text;
	return !w->stop;
}

/* Serial runs write as they go; workers leave it to whoever is next in order. */
static void
do_record(struct work *w, void *state, struct rec *r, bool serial)
{
	frame.filter->record(state, r, &w->out);
	w->nrecord++;
	if (serial && (w->out.whole >= FLUSH_SIZE || frame.line_buffered))
		out_flush(&w->out);
}

static void
do_document(struct work *w, void *state, bool serial)
{
	const char *p = w->in.data.p;
	size_t n = w->in.data.n, nbad, ext = w->in.name.n;
	struct rec r = { .file = place_file(w) };

	if (n > frame.max_record) {
		fault_at(w, 0, "document of more than %zu bytes (--max-record): skipped", frame.max_record);
		return;
	}
	w->text.n = 0;
	if (!raw_decode(&w->text, p, n, frame.encoding, &nbad)) {
		fault_at(w, 0, "binary file: skipped");
		return;
	}
	note_bad(w, 0, nbad);
	if (w->stop)
		return;
	if ((ext > 5 && memcmp(w->in.name.p + ext - 5, ".tsv", 5) == 0) || raw_is_records(w->text.p, w->text.n))
		warn_at(w, 0, "looks like records, read as one raw document; for records use < %s", w->in.name.p);
	(void)buf_room(&w->text, REC_SLACK);
	memset(w->text.p + w->text.n, 0, REC_SLACK);
	w->head.n = w->line.n = 0;
	u8_repair(&w->line, w->in.name.p, w->in.name.n - 1);
	rec_escape(&w->head, (struct span){ w->line.p, w->line.n });
	buf_byte(&w->head, '\t');
	r.head = (struct span){ w->head.p, w->head.n };
	r.id = (struct span){ w->head.p, w->head.n - 1 };
	r.text = (struct span){ w->text.p, w->text.n };
	do_record(w, state, &r, serial);
}

static void
do_block(struct work *w, void *state, bool serial)
{
	const char *p = w->in.data.p, *end = p + w->in.data.n, *lf;
	struct rec r = { .file = place_file(w) };
	uint64_t line = w->in.line;

	w->nbyte = w->in.data.n;
	if (line == 0) {
		do_document(w, state, serial);
		return;
	}
	for (; p < end && !w->stop; p = lf + 1, line++) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			lf = end;
		r.line = line;
		if (parse_line(w, p, (size_t)(lf - p), &r))
			do_record(w, state, &r, serial);
	}
}

/*
 * Progress.
 */

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - run.start.tv_sec) + (double)(now.tv_nsec - run.start.tv_nsec) / 1e9;
}

static void
show_progress(bool last)
{
	static int tty = -1, visible;
	double t, left, mb = (double)run.nbyte / 1e6;
	char share[64] = "";

	if (tty < 0) {
		tty = isatty(STDERR_FILENO);
		visible = frame.progress || (tty && !isatty(STDOUT_FILENO));
		run.progress_next = frame.progress ? 1 : PROGRESS_MIN;
	}
	if (!visible)
		return;
	t = seconds();
	if (t < run.progress_next && !(last && (frame.progress || run.progress_shown)))
		return;
	run.progress_next = t + (tty ? 0.5 : 10);
	if (run.size > 0 && run.nbyte > 0 && !last) {
		left = t * ((double)run.size / (double)run.nbyte - 1);
		snprintf(share, sizeof(share), ", %.0f %%, %.0f s left", 100 * mb * 1e6 / (double)run.size,
		    left > 0 ? left : 0);
	}
	fprintf(stderr, "%s%s: %llu records, %.1f MB in %.0f s, %.1f MB/s%s%s", tty ? "\r" : "", msg_tool(),
	    (unsigned long long)run.nrecord, mb, t, t > 0 ? mb / t : 0, share, tty && !last ? "\033[K" : "\n");
	fflush(stderr);
	run.progress_shown = true;
}

/*
 * Writing, in order.
 */

/* Tell and count what a block's work has come to. */
static void
settle(struct work *w)
{
	if (w->bare_line > 0 && !run.bare_told && !frame.strict) {
		msg_warn("stdin:%llu: no TAB: a text without an id; its line's number is the id (told once)",
		    (unsigned long long)w->bare_line);
		run.bare_told = true;
	}
	if (w->message.n > 0) {
		if (write(STDERR_FILENO, w->message.p, w->message.n) < 0) {
			/* nobody to tell */
		}
		w->message.n = 0;
	}
	if (w->nbad > 0 && run.nbad == 0)
		snprintf(run.bad_place, sizeof(run.bad_place), w->bad_line > 0 ? "%s:%llu" : "%s", place_file(w),
		    (unsigned long long)w->bad_line);
	run.nbad += w->nbad;
	run.nrecord += w->nrecord;
	run.nbyte += w->nbyte;
	run.nfault += w->nfault;
	if (w->stop) {
		out_flush(&w->out);
		exit(out_finish(EXIT_FAULT));
	}
	w->nbad = w->nrecord = w->nbyte = w->nfault = w->bare_line = 0;
	show_progress(false);
}

static void *
new_state(void)
{
	void *state = mem_array(NULL, 1, frame.filter->state_size);

	if (frame.filter->state_size > 0)
		memset(state, 0, frame.filter->state_size);
	return state;
}

static void
drop_state(void *state)
{
	if (frame.filter->drop != NULL)
		frame.filter->drop(state);
	free(state);
}

static void
drop_work(struct work *w)
{
	buf_free(&w->out.buf);
	buf_free(&w->in.data);
	buf_free(&w->in.name);
	buf_free(&w->line);
	buf_free(&w->head);
	buf_free(&w->text);
	buf_free(&w->message);
}

static void
run_serial(struct in *in)
{
	struct work w = { .out.plain = frame.plain };
	void *state = new_state();

	while (in_next(in, &w.in)) {
		do_block(&w, state, true);
		if (w.in.dry)	/* the input makes us wait: let go of what there is */
			out_flush(&w.out);
		settle(&w);
	}
	if (frame.filter->finish != NULL)
		frame.filter->finish(state, &w.out);
	out_flush(&w.out);
	settle(&w);
	drop_state(state);
	drop_work(&w);
}

/*
 * Workers.
 */

enum stage { FREE, FULL, BUSY, DONE };

static struct {
	pthread_mutex_t	 lock;
	pthread_cond_t	 full;		/* a block is FULL, or there are no more */
	pthread_cond_t	 freed;		/* a block is FREE */
	struct work	*ring;
	enum stage	*stage;
	size_t		 n;
	uint64_t	 taken;		/* blocks that workers have taken */
	uint64_t	 filled;	/* blocks read */
	uint64_t	 written;
	bool		 writing;
	bool		 ended;
} pool = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.full = PTHREAD_COND_INITIALIZER,
	.freed = PTHREAD_COND_INITIALIZER
};

/* Called and returns with the lock held. */
static void
write_ready(void)
{
	size_t i;

	if (pool.writing)
		return;
	pool.writing = true;
	while (pool.written < pool.filled && pool.stage[i = pool.written % pool.n] == DONE) {
		pthread_mutex_unlock(&pool.lock);
		out_flush(&pool.ring[i].out);
		settle(&pool.ring[i]);
		pthread_mutex_lock(&pool.lock);
		pool.stage[i] = FREE;
		pool.written++;
		pthread_cond_signal(&pool.freed);
	}
	pool.writing = false;
}

static void *
worker(void *unused)
{
	void *state = new_state();
	size_t i;

	(void)unused;
	pthread_mutex_lock(&pool.lock);
	for (;;) {
		while (pool.taken == pool.filled && !pool.ended)
			pthread_cond_wait(&pool.full, &pool.lock);
		if (pool.taken == pool.filled)
			break;
		i = pool.taken++ % pool.n;
		pool.stage[i] = BUSY;
		pthread_mutex_unlock(&pool.lock);
		do_block(&pool.ring[i], state, false);
		pthread_mutex_lock(&pool.lock);
		pool.stage[i] = DONE;
		write_ready();
	}
	pthread_mutex_unlock(&pool.lock);
	drop_state(state);
	return NULL;
}

static void
run_parallel(struct in *in, size_t njob)
{
	pthread_t *thread = mem_array(NULL, njob, sizeof(*thread));
	pthread_attr_t attr;
	size_t nthread, i;
	bool more = true;
	int error = 0;

	pool.n = 2 * njob + 2;
	pool.ring = mem_array(NULL, pool.n, sizeof(*pool.ring));
	pool.stage = mem_array(NULL, pool.n, sizeof(*pool.stage));
	for (i = 0; i < pool.n; i++) {
		pool.ring[i] = (struct work){ .out.plain = frame.plain };
		pool.stage[i] = FREE;
	}
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	for (nthread = 0; nthread < njob; nthread++) {
		error = pthread_create(&thread[nthread], &attr, worker, NULL);
		if (error != 0)
			break;
	}
	pthread_attr_destroy(&attr);
	if (nthread == 0)
		msg_die(EXIT_FAULT, "no worker: %s", strerror(error));
	while (more) {
		pthread_mutex_lock(&pool.lock);
		i = pool.filled % pool.n;
		while (pool.stage[i] != FREE)
			pthread_cond_wait(&pool.freed, &pool.lock);
		pthread_mutex_unlock(&pool.lock);
		more = in_next(in, &pool.ring[i].in);
		pthread_mutex_lock(&pool.lock);
		if (more) {
			pool.stage[i] = FULL;
			pool.filled++;
			pthread_cond_signal(&pool.full);
		} else {
			pool.ended = true;
			pthread_cond_broadcast(&pool.full);
		}
		pthread_mutex_unlock(&pool.lock);
	}
	for (i = 0; i < nthread; i++)
		pthread_join(thread[i], NULL);
	for (i = 0; i < pool.n; i++)
		drop_work(&pool.ring[i]);
	free(pool.ring);
	free(pool.stage);
	free(thread);
}

/*
 * Options.
 */

static void
add_rows(struct buf *b, const struct option_row *row)
{
	size_t from;

	for (; row->name != NULL; row++) {
		from = b->n;
		if (row->key < FRAME_LONG)
			buf_printf(b, "  -%c, ", row->key);
		else
			buf_printf(b, "      ");
		buf_printf(b, "--%s", row->name);
		if (row->arg != NULL)
			buf_printf(b, "=%s", row->arg);
		do
			buf_byte(b, ' ');
		while (b->n - from < 30);
		buf_printf(b, "%s\n", row->help);
	}
}

static void
print_help(void)
{
	const struct filter *f = frame.filter;
	struct buf b = { 0 };

	buf_printf(&b, "usage: %s [option ...] [file ...]\n%s\n\n", f->name, f->about);
	buf_printf(&b, "reads   %s\nwrites  %s\n", f->reads, f->writes);
	buf_printf(&b, "Each file is one raw document; without any, records come from standard input.\n\n");
	if (f->options != NULL) {
		add_rows(&b, f->options);
		buf_byte(&b, '\n');
	}
	buf_printf(&b, "shared by all copydesk filters:\n");
	add_rows(&b, shared);
	buf_printf(&b, "\nexit status: 0 all read and written, 1 something was faulty, 2 usage\n");
	buf_printf(&b, "manual pages: %s(1), copydesk(5), copydesk(7)\n", f->name);
	buf_byte(&b, '\0');
	out_print(b.p);
	buf_free(&b);
}

unsigned long long
frame_number(const char *option, const char *arg, unsigned long long min, unsigned long long max)
{
	unsigned long long v;
	unsigned shift = 0;
	char *end;

	errno = 0;
	v = strtoull(arg, &end, 10);
	switch (*end) {
	case 'G':
	case 'g':
		shift += 10;
		/* FALLTHROUGH */
	case 'M':
	case 'm':
		shift += 10;
		/* FALLTHROUGH */
	case 'K':
	case 'k':
		shift += 10;
		end++;
		break;
	default:
		break;
	}
	if (!ascii_digit(arg[0]) || *end != '\0' || errno != 0 || v > max >> shift || v << shift < min)
		msg_die(EXIT_USAGE, "--%s: %s: want a number from %llu to %llu", option, arg, min, max);
	return v << shift;
}

static void
shared_option(int key, const char *arg)
{
	switch (key) {
	case NAME:
		if (*arg == '\0')
			msg_die(EXIT_USAGE, "--stdin-name: an id cannot be empty");
		frame.stdin_name = arg;
		break;
	case JOBS:
		frame.njob = frame_number("jobs", arg, 0, JOBS_MAX);
		break;
	case PLAIN:
		frame.plain = true;
		break;
	case ENCODING:
		if (!raw_encoding_known(arg))
			msg_die(EXIT_USAGE, "--encoding: %s: not known to iconv(3); iconv -l lists the names", arg);
		frame.encoding = arg;
		break;
	case FILES0:
		frame.list = arg;
		break;
	case LINE_BUFFERED:
		frame.line_buffered = true;
		break;
	case MAX_RECORD:
		frame.max_record = (size_t)frame_number("max-record", arg, 1, SIZE_MAX / 8);
		break;
	case PROGRESS:
		frame.progress = true;
		break;
	case STRICT:
		frame.strict = true;
		break;
	}
}

static size_t
count_rows(const struct option_row *row)
{
	size_t n = 0;

	while (row != NULL && row[n].name != NULL)
		n++;
	return n;
}

/* Read the options by getopt_long, from the filter's table and the shared one. */
static void
read_options(int argc, char *argv[])
{
	const struct filter *f = frame.filter;
	size_t nown = count_rows(f->options), n = nown + count_rows(shared), i, at = 1;
	struct option *row = mem_array(NULL, n + 1, sizeof(*row));
	char *letters = mem_array(NULL, 2 * n + 2, 1);
	const struct option_row *o;
	int c;

	letters[0] = '\0';
	at = 0;
	for (i = 0; i < n; i++) {
		o = i < nown ? &f->options[i] : &shared[i - nown];
		row[i] = (struct option){ o->name, o->arg != NULL ? required_argument : no_argument, NULL, o->key };
		if (o->key < FRAME_LONG) {
			letters[at++] = (char)o->key;
			if (o->arg != NULL)
				letters[at++] = ':';
		}
	}
	letters[at] = '\0';
	row[n] = (struct option){ 0 };
	while ((c = getopt_long(argc, argv, letters, row, NULL)) != -1) {
		if (c == '?')
			msg_die(EXIT_USAGE, "see %s --help", f->name);
		if (c == HELP || c == VERS) {
			if (c == HELP)
				print_help();
			else {
				out_print(f->name);
				out_print(" (copydesk) " VERSION "\n");
			}
			exit(out_finish(EXIT_OK));
		}
		for (i = 0; i < nown && f->options[i].key != c; i++)
			;
		if (i < nown)
			f->option(c, optarg);
		else
			shared_option(c, optarg);
	}
	free(row);
	free(letters);
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

int
frame_main(const struct filter *f, int argc, char *argv[])
{
	struct in in = { 0 };
	long ncpu;

	take_descriptors();
	msg_name(argv[0]);
	argv[0] = (char *)(uintptr_t)msg_tool();	/* what getopt_long calls us */
	frame.filter = f;
	clock_gettime(CLOCK_MONOTONIC, &run.start);
	read_options(argc, argv);
	if (frame.list != NULL && optind < argc)
		msg_die(EXIT_USAGE, "%s: operands do not go with --files0-from", argv[optind]);
	if (f->ready != NULL)
		f->ready();
	if (frame.njob == 0) {
		ncpu = sysconf(_SC_NPROCESSORS_ONLN);
		frame.njob = ncpu > 0 ? (unsigned long long)ncpu : 1;
	}
	in.operand = argv + optind;
	in.noperand = (size_t)(argc - optind);
	in.list = frame.list;
	in.stdin_name = frame.stdin_name;
	in.max_record = frame.max_record;
	in.strict = frame.strict;
	in_open(&in);
	sandbox_enter(!in.records, f->dir != NULL ? *f->dir : NULL);
	run.size = in.size;
	if (frame.njob == 1 || f->in_sequence || frame.line_buffered)
		run_serial(&in);
	else
		run_parallel(&in, (size_t)frame.njob);
	show_progress(true);
	if (run.nbad > 0)
		msg_warn("%s: ill-formed UTF-8: %llu part%s replaced by U+FFFD, this was the first", run.bad_place,
		    (unsigned long long)run.nbad, run.nbad == 1 ? "" : "s");
	in_close(&in);
	return out_finish(run.nfault + in.nfault > 0 ? EXIT_FAULT : EXIT_OK);
}
