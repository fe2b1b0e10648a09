/* SPDX-License-Identifier: ISC */
#ifdef __linux__
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#endif
#include "pipe.h"

#include <fcntl.h>

/* 128 such pipes stay below the limit of one user, which is 64 MB unless somebody set it. */
enum { PIPE_SIZE = 512 * 1024 };

void
pipe_widen(int fd)
{
#ifdef F_SETPIPE_SZ
	int size = fcntl(fd, F_GETPIPE_SZ);

	if (size > 0 && size < PIPE_SIZE)
		(void)fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
#else
	(void)fd;
#endif
}
