/* SPDX-License-Identifier: ISC */
#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "msg.h"

void
out_field(struct out *o, struct span s)
{
	if (o->plain)
		return;
	if (s.n == 0)
		buf_byte(&o->buf, '-');
	else
		rec_escape(&o->buf, s);
	buf_byte(&o->buf, '\t');
}

/* A text that goes on as it came is copied: no escape is made of what was one. */
void
out_text(struct out *o, struct span s)
{
	if (o->plain)
		buf_span(&o->buf, s);
	else if (o->written.p != NULL && s.p == o->text.p && s.n == o->text.n)
		buf_span(&o->buf, o->written);
	else
		rec_escape(&o->buf, s);
	out_end(o);
}

/*
 * A write to a pipe of more than PIPE_BUF bytes may be cut by another process's.
 * Where several share one pipe (xargs -P), a record lock on it keeps them apart;
 * where the system has no locks on pipes, nothing is lost but that.
 */
static void
lock_pipe(bool take)
{
	static int is_pipe = -1;
	struct flock lock = { .l_type = take ? F_WRLCK : F_UNLCK, .l_whence = SEEK_SET };
	struct stat st;

	if (is_pipe < 0)
		is_pipe = fstat(STDOUT_FILENO, &st) == 0 && S_ISFIFO(st.st_mode);
	if (is_pipe && fcntl(STDOUT_FILENO, F_SETLKW, &lock) != 0 && errno != EINTR)
		is_pipe = 0;
}

static void
print(const char *p, size_t n)
{
	if (write_whole(STDOUT_FILENO, p, n))
		return;
	if (errno != EPIPE)
		msg_errno("standard output");
	_exit(EXIT_FAULT);
}

void
out_flush(struct out *o)
{
	if (o->whole == 0)
		return;
	lock_pipe(true);
	print(o->buf.p, o->whole);
	lock_pipe(false);
	o->buf.n -= o->whole;
	if (o->buf.n > 0)
		memmove(o->buf.p, o->buf.p + o->whole, o->buf.n);
	o->whole = 0;
}

void
out_print(const char *s)
{
	print(s, strlen(s));
}

int
out_finish(int status)
{
	if (close(STDOUT_FILENO) != 0 && errno != EINTR && errno != EBADF) {
		msg_errno("standard output");
		status = EXIT_FAULT;
	}
	return status;
}
