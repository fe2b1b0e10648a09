/* SPDX-License-Identifier: ISC */
/*
 * How far a run has come, on standard error: rewritten in place on a terminal,
 * else a line now and then. Without being asked it shows only on a terminal that the
 * output does not go to, and only after some seconds.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* The run begins; size is the input's bytes where they are known, else 0. */
void progress_start(bool wanted, uint64_t size);

/* So many records and bytes are done; last: all are. */
void progress_show(uint64_t nrecord, uint64_t nbyte, bool last);

#endif
