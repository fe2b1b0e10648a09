/* SPDX-License-Identifier: ISC */
/*
 * Gives files to a fuzzing harness without a fuzzer: each file as it is, then with one
 * to four bytes changed, N times, always in the same way.
 *
 * usage: replay N FILE...
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static uint32_t seed = 1;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)seed * below >> 32);
}

static void
replay(const char *path, long times)
{
	static uint8_t data[1 << 16], copy[1 << 16];
	FILE *f = fopen(path, "rb");
	size_t n, i;
	uint32_t k;

	if (f == NULL) {
		perror(path);
		exit(2);
	}
	n = fread(data, 1, sizeof(data), f);
	fclose(f);
	(void)LLVMFuzzerTestOneInput(data, n);
	for (; times > 0 && n > 0; times--) {
		for (i = 0; i < n; i++)
			copy[i] = data[i];
		for (k = draw(4) + 1; k > 0; k--)
			copy[draw((uint32_t)n)] = (uint8_t)draw(256);
		(void)LLVMFuzzerTestOneInput(copy, n - draw(2) * draw((uint32_t)n));
	}
}

int
main(int argc, char *argv[])
{
	int i;

	for (i = 2; i < argc; i++)
		replay(argv[i], atol(argv[1]));
	return 0;
}
