/* SPDX-License-Identifier: ISC */
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "msg.h"

enum {
	FIRST_WANTED = 1, /* seconds until it shows when it was asked for */
	FIRST = 2	  /* ... and when it was not */
};

static struct {
	bool wanted;
	bool visible;
	bool shown;
	bool tty;
	uint64_t size;
	struct timespec start;
	double next; /* seconds since the start */
} run;

void
progress_start(bool wanted, uint64_t size)
{
	run.wanted = wanted;
	run.size = size;
	run.tty = isatty(STDERR_FILENO) == 1;
	run.visible = wanted || (run.tty && isatty(STDOUT_FILENO) != 1);
	run.next = wanted ? FIRST_WANTED : FIRST;
	clock_gettime(CLOCK_MONOTONIC, &run.start);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - run.start.tv_sec) + (double)(now.tv_nsec - run.start.tv_nsec) / 1e9;
}

void
progress_show(uint64_t nrecord, uint64_t nbyte, bool last)
{
	double t, left, done = (double)nbyte;
	char share[64] = "", line[512];
	int n;

	if (!run.visible)
		return;
	t = seconds();
	if (t < run.next && !(last && (run.wanted || run.shown)))
		return;
	run.next = t + (run.tty ? 0.5 : 10);
	if (run.size > 0 && nbyte > 0 && !last) {
		left = t * ((double)run.size / done - 1);
		snprintf(share, sizeof(share), ", %.0f %%, %.0f s left", 100 * done / (double)run.size,
			 left > 0 ? left : 0);
	}
	n = snprintf(line, sizeof(line), "%s: %llu records, %.1f MB in %.0f s, %.1f MB/s%s\n", msg_tool(),
		     (unsigned long long)nrecord, done / 1e6, t, t > 0 ? done / 1e6 / t : 0, share);
	if (run.tty && !last)
		msg_passing(line, (size_t)n - 1);
	else
		msg_write(line, (size_t)n);
	run.shown = true;
}
