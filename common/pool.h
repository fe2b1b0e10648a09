/* SPDX-License-Identifier: ISC */
/*
 * Workers. A ring of 2 N + 2 blocks goes round:
 *
 *     main: read -> FULL -> worker: BUSY -> DONE -> first worker to see that it
 *     is next in order: write -> FREE
 *
 * so memory is bounded by the ring, whatever the length of the stream, and what
 * is written does not depend on N.
 */
#ifndef POOL_H
#define POOL_H

#include "work.h"

/*
 * Do all of the input with njob threads. settle is called for each block, in
 * order and by one thread at a time, when its output has been written.
 */
void pool_run(struct in *, size_t njob, const struct work_rules *, void (*settle)(struct work *));

#endif
