/* SPDX-License-Identifier: ISC */
/*
 * Fuzzes a tool with a list of the user's on top of the record: what stands before the
 * first form feed is the file, the rest goes to the filter as in harness.c.
 *
 * TOOL_MAIN  the tool's main.c
 * LIST       the option that names the file
 * FORGET     a statement that drops the list read before
 *
 * A list that is refused ends the program, so msg_die is ours (ld --wrap).
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LLVMFuzzerTestOneInput fuzz_record
#include "harness.c"
#undef LLVMFuzzerTestOneInput

static jmp_buf refused;
static char path[64];

void __wrap_msg_die(int, const char *, ...) __attribute__((noreturn));
int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

void
__wrap_msg_die(int status, const char *fmt, ...)
{
	(void)status;
	(void)fmt;
	longjmp(refused, 1);
}

static void
forget_file(void)
{
	unlink(path);
}

static void
read_list(const uint8_t *data, size_t n)
{
	const struct option_row *o;
	FILE *f;

	if (path[0] == '\0') {
		snprintf(path, sizeof(path), "/tmp/fuzz-list-%ld", (long)getpid());
		atexit(forget_file);
		start_tool();
		told_ready = true; /* here, for each list */
	}
	f = fopen(path, "wb");
	if (f == NULL || (n > 0 && fwrite(data, n, 1, f) != 1) || fclose(f) != 0)
		abort();
	FORGET;
	for (o = rules.filter->options; strcmp(o->name, LIST) != 0; o++)
		;
	rules.filter->option(o->key, path);
	rules.filter->ready();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *cut = n > 0 ? memchr(data, '\f', n) : NULL;
	size_t nlist = cut != NULL ? (size_t)(cut - data) : n;

	if (setjmp(refused) == 0)
		read_list(data, nlist);
	else
		FORGET;
	if (nlist + 1 < n)
		(void)fuzz_record(data + nlist + 1, n - nlist - 1);
	return 0;
}
