/* SPDX-License-Identifier: ISC */
#include "in.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "msg.h"
#include "raw.h"
#include "rec.h"

/* Count a fault that was told. */
static void
count_fault(struct in *in)
{
	in->nfault++;
	if (in->strict)
		in->ended = true;
}

static void
fault(struct in *in, const char *name)
{
	msg_errno("%s", name);
	count_fault(in);
}

/* read(2) of up to n bytes behind b's own, with REC_SLACK to spare; 0 at the end, -1 on errors. */
static ssize_t
read_more(int fd, struct buf *b, size_t n)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	ssize_t got;

	(void)buf_room(b, n + REC_SLACK);
	for (;;) {
		got = read(fd, b->p + b->n, n);
		if (got >= 0) {
			b->n += (size_t)got;
			memset(b->p + b->n, 0, REC_SLACK);
			return got;
		}
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			if (poll(&ready, 1, -1) < 0 && errno != EINTR)
				return -1;
		} else if (errno != EINTR)
			return -1;
	}
}

static bool
at_hand(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	return poll(&ready, 1, 0) > 0;
}

void
in_open(struct in *in)
{
	struct stat st;

	in->fd = STDIN_FILENO;
	in->line = 1;
	in->records = in->list == NULL && in->noperand == 0;
	if (in->list != NULL) {
		if (strcmp(in->list, "-") != 0) {
			in->fd = open(in->list, O_RDONLY | O_CLOEXEC);
			if (in->fd < 0)
				msg_die(EXIT_USAGE, "%s: %s", in->list, strerror(errno));
		}
	} else if (in->records && fstat(STDIN_FILENO, &st) == 0 && S_ISREG(st.st_mode))
		in->size = (uint64_t)st.st_size;
}

/* Bytes of the n of whole lines at p, where a group begins, that are groups known to be whole. */
static size_t
whole_groups(const char *p, size_t n)
{
	const char *from = p, *line = p, *end = p + n, *lf;

	while ((lf = memchr(line, '\n', (size_t)(end - line))) != NULL) {
		if (lf + 1 < end ? in_group_ends(from, line, lf + 1, end) : lf + 1 - from >= IN_GROUP)
			from = lf + 1;
		line = lf + 1;
	}
	return (size_t)(from - p);
}

static uint64_t
count_lines(const char *p, size_t n)
{
	const char *end = p + n;
	uint64_t nline = 0;

	for (; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		nline++;
	return nline;
}

/*
 * Take a byte order mark off the first bytes of the input. False: whether they are one is not to be
 * seen yet.
 */
static bool
begin_records(struct in *in, struct buf *d)
{
	static const char mark[] = "\xEF\xBB\xBF";

	if (d->n < 3 && memcmp(d->p, mark, d->n) == 0)
		return false;
	in->started = true;
	if (raw_is_utf16(d->p, d->n))
		msg_warn("stdin: looks like UTF-16; iconv -f UTF-16 -t UTF-8 makes records of it");
	if (d->n >= 3 && memcmp(d->p, mark, 3) == 0) {
		d->n -= 3;
		memmove(d->p, d->p + 3, d->n + REC_SLACK);
	}
	return true;
}

/*
 * The input ends with what is in d, or, where got is less than 0, cannot be read any further: then
 * its last record may be cut, and is dropped.
 */
static void
end_records(struct in *in, struct buf *d, ssize_t got)
{
	in->ended = true;
	if (got == 0)
		return;
	fault(in, "standard input");
	while (d->n > 0 && d->p[d->n - 1] != '\n')
		d->n--;
}

/*
 * Records: read until the block is full or the input dry, and leave what stands
 * behind the last LF, or behind the last whole group, for the next block. A record over max_record
 * is cut two bytes behind that (one could be the CR of its end), the rest dropped as it is read.
 */
static bool
next_records(struct in *in, struct block *b)
{
	struct buf *d = &b->data;
	uint64_t nline = 0;
	size_t part = 0; /* where the unfinished record begins */
	size_t from = 0; /* where no LF was looked for yet */
	size_t want, whole;
	const char *lf;
	ssize_t got;

	d->n = 0;
	b->dry = false;
	b->line = in->line;
	buf_put(d, in->carry.p, in->carry.n);
	in->carry.n = 0;
	for (;;) {
		want = d->n < IN_BLOCK ? IN_BLOCK - d->n : d->n;
		got = read_more(in->fd, d, want);
		if (got <= 0) {
			end_records(in, d, got);
			part = d->n;
			break;
		}
		if (!in->started && !begin_records(in, d))
			continue;
		while (from < d->n && (lf = memchr(d->p + from, '\n', d->n - from)) != NULL) {
			nline++;
			part = from = (size_t)(lf - d->p) + 1;
		}
		from = d->n;
		if (d->n - part > in->max_record + 1)
			from = d->n = part + in->max_record + 2;
		b->dry = (size_t)got < want && !at_hand(in->fd);
		if (part == 0 || (d->n < IN_BLOCK && !b->dry))
			continue;
		if (!in->by_id)
			break;
		whole = whole_groups(d->p, part);
		if (whole > 0) {
			nline -= count_lines(d->p + whole, part - whole);
			part = whole;
			break;
		}
	}
	buf_put(&in->carry, d->p + part, d->n - part);
	d->n = part;
	in->line += nline;
	return d->n > 0;
}

/* The next name of the list into b; false at its end. */
static bool
next_listed(struct in *in, struct buf *name)
{
	struct buf *l = &in->names;
	const char *nul = NULL;
	size_t seen = in->names_at;
	ssize_t got;

	for (;;) {
		if (l->n > seen)
			nul = memchr(l->p + seen, '\0', l->n - seen);
		if (nul != NULL || in->started)
			break;
		if (in->names_at > 0) {
			l->n -= in->names_at;
			memmove(l->p, l->p + in->names_at, l->n);
			in->names_at = 0;
		}
		seen = l->n;
		got = read_more(in->fd, l, IN_BLOCK);
		if (got < 0) {
			fault(in, in->list);
			l->n = 0; /* what came of the next name */
		}
		if (got <= 0)
			in->started = true; /* no more to come */
	}
	if (nul == NULL && in->names_at == l->n)
		return false;
	seen = nul != NULL ? (size_t)(nul - l->p) : l->n;
	name->n = 0;
	buf_put(name, l->p + in->names_at, seen - in->names_at);
	buf_byte(name, '\0');
	in->names_at = nul != NULL ? seen + 1 : seen;
	return true;
}

static bool
next_name(struct in *in, struct buf *name)
{
	if (in->list != NULL)
		return next_listed(in, name);
	if (in->noperand == 0)
		return false;
	name->n = 0;
	buf_put(name, *in->operand, strlen(*in->operand) + 1);
	in->operand++;
	in->noperand--;
	return true;
}

/* Read the raw document that b names; false when that cannot be done, which is told. */
static bool
read_document(struct in *in, struct block *b)
{
	const char *path = b->name.p;
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = STDIN_FILENO;
	struct stat st;
	ssize_t got = 1;

	b->data.n = 0;
	if (is_stdin && in->list != NULL && strcmp(in->list, "-") == 0) {
		msg_warn("--files0-from: - cannot be in a list that is read from standard input itself");
		count_fault(in);
		return false;
	}
	if (*path == '\0') {
		msg_warn("%san empty name: skipped", in->list != NULL ? "--files0-from: " : "");
		count_fault(in);
		return false;
	}
	if (!is_stdin && (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
		fault(in, path);
		if (in->list != NULL && strchr(path, '\n') != NULL)
			msg_warn("--files0-from: names end with NUL, as find -print0 does it, not with LF");
		return false;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    (uint64_t)st.st_size <= in->max_record)
		(void)buf_room(&b->data, (size_t)st.st_size + 1 + REC_SLACK);
	while (got > 0 && b->data.n <= in->max_record) {
		size_t room = b->data.cap - b->data.n;

		got = read_more(fd, &b->data, room > REC_SLACK + 4096 ? room - REC_SLACK : IN_BLOCK);
	}
	if (got < 0)
		fault(in, is_stdin ? in->stdin_name : path);
	if (fd != STDIN_FILENO)
		close(fd);
	if (is_stdin) {
		b->name.n = 0;
		buf_put(&b->name, in->stdin_name, strlen(in->stdin_name) + 1);
	}
	b->dry = in->list != NULL && in->names_at == in->names.n && !at_hand(in->fd);
	b->line = 0;
	return got >= 0;
}

bool
in_next(struct in *in, struct block *b)
{
	if (in->records)
		return !in->ended && next_records(in, b);
	while (!in->ended && next_name(in, &b->name))
		if (read_document(in, b))
			return true;
	return false;
}

void
in_close(struct in *in)
{
	if (in->fd != STDIN_FILENO)
		close(in->fd);
	buf_free(&in->carry);
	buf_free(&in->names);
}
