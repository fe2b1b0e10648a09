/* SPDX-License-Identifier: ISC */
#include "msg.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char tool[256] = "copydesk"; /* a longer name is cut: who calls us chooses it */
static atomic_bool passing;	    /* a terminal shows a line that is not ended */

void
msg_name(const char *argv0)
{
	const char *slash;

	if (argv0 != NULL && *argv0 != '\0') {
		slash = strrchr(argv0, '/');
		snprintf(tool, sizeof(tool), "%s", slash == NULL ? argv0 : slash + 1);
	}
}

const char *
msg_tool(void)
{
	return tool;
}

void
msg_tame(char *p, size_t n)
{
	const unsigned char *s = (const unsigned char *)p;
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] == 0x7F)
			p[i] = '?';
		else if (s[i] == 0xC2 && i + 1 < n && s[i + 1] >= 0x80 && s[i + 1] < 0xA0)
			p[i] = p[i + 1] = '?'; /* U+0080 to U+009F */
}

bool
write_whole(int fd, const char *p, size_t n)
{
	struct pollfd ready = { .fd = fd, .events = POLLOUT };
	ssize_t done;

	while (n > 0) {
		done = write(fd, p, n);
		if (done >= 0) {
			p += done;
			n -= (size_t)done;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			if (poll(&ready, 1, -1) < 0 && errno != EINTR)
				return false;
		} else if (errno != EINTR)
			return false;
	}
	return true;
}

void
msg_write(const char *p, size_t n)
{
	if (atomic_exchange(&passing, false))
		(void)write_whole(STDERR_FILENO, "\r\033[K", 4);
	(void)write_whole(STDERR_FILENO, p, n);
}

void
msg_passing(const char *p, size_t n)
{
	msg_write(p, n);
	passing = true;
}

/* One write(2) for the whole line, so that the messages of a pipe's tools do not mix. */
static void
say(const char *fmt, va_list ap, const char *why)
{
	char line[2048];
	int n;

	n = snprintf(line, sizeof(line), "%s: ", tool);
	n += vsnprintf(line + n, sizeof(line) - (size_t)n, fmt, ap);
	if (n > (int)sizeof(line) - 1)
		n = (int)sizeof(line) - 1;
	if (why != NULL)
		n += snprintf(line + n, sizeof(line) - (size_t)n, ": %s", why);
	if (n > (int)sizeof(line) - 2)
		n = (int)sizeof(line) - 2;
	msg_tame(line, (size_t)n);
	line[n++] = '\n';
	msg_write(line, (size_t)n);
}

void
msg_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, NULL);
	va_end(ap);
}

void
msg_errno(const char *fmt, ...)
{
	const char *why = strerror(errno);
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, why);
	va_end(ap);
}

void
msg_die(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, NULL);
	va_end(ap);
	_exit(status);
}
