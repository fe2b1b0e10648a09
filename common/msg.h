/* SPDX-License-Identifier: ISC */
/*
 * Messages and exit status.
 *
 * A message is one line on standard error, "tool: what: what was done or to
 * do"; the place, where there is one, comes as "file:line" before the what.
 */
#ifndef MSG_H
#define MSG_H

#include <stdbool.h>
#include <stddef.h>

#define MSG_FORMAT(f, a) __attribute__((format(printf, f, a)))

enum {
	EXIT_OK = 0,	/* all input read, all output written */
	EXIT_FAULT = 1, /* something could not be read or written, or was faulty */
	EXIT_USAGE = 2	/* the command line, or a data file given on it, is wrong */
};

/* The tool's name for messages: the base name of argv0, of it at most 255 bytes. */
void msg_name(const char *argv0);
const char *msg_tool(void);

/*
 * The bytes of control characters among the n at p, which
 * come of odd file names, become '?': a message is one line.
 */
void msg_tame(char *p, size_t n);

/*
 * write(2) all n bytes, also where it is interrupted
 * or would have to wait; false: errno says why not.
 */
bool write_whole(int fd, const char *p, size_t n);

/* Write n bytes of whole lines to standard error. Where that fails there is nobody left to tell. */
void msg_write(const char *p, size_t n);

/* Show n bytes of a line, without its end, on a terminal, until something else is said. */
void msg_passing(const char *p, size_t n);

void msg_warn(const char *fmt, ...) MSG_FORMAT(1, 2);
void msg_errno(const char *fmt, ...) MSG_FORMAT(1, 2); /* adds ": " and strerror(errno) */
void msg_die(int status, const char *fmt, ...) MSG_FORMAT(2, 3) __attribute__((noreturn));

#endif
