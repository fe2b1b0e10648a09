/* SPDX-License-Identifier: ISC */
#include "spread.h"

#include <time.h>
#include <unistd.h>

uint64_t spread_factor = 0x9E3779B97F4A7C15u;

/*
 * From what nobody knows who wrote before: the nanosecond, the process, where the stack lies; mixed
 * as in splitmix64.
 */
void
spread_draw(void)
{
	struct timespec now = { 0 };
	uint64_t v;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	v = (uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec ^ (uint64_t)getpid() << 40 ^ (uintptr_t)&now;
	v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
	v = (v ^ v >> 27) * 0x94D049BB133111EBu;
	spread_factor = (v ^ v >> 31) | 1;
}
