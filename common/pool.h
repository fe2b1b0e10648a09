/* SPDX-License-Identifier: ISC */
/*
 * Workers. Each of N, of which main is one, does by turns all there is to do with a
 * block, so that it stays in one processor's cache:
 *
 *     take a free one and read -> work -> if it is next in order of the input,
 *     write it and what is done behind it -> free
 *
 * There are 2 N + 2 blocks, so memory is bounded, whatever the length of the stream; and
 * what is written does not depend on N.
 */
#ifndef POOL_H
#define POOL_H

#include "work.h"

/*
 * Do all of the input with njob threads, or as many as can be had. Blocks are settled
 * and written in order, by one thread at a time.
 */
void pool_run(struct in *, size_t njob, const struct work_rules *);

#endif
