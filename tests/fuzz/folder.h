/* SPDX-License-Identifier: ISC */
/*
 * What the harnesses share that fuzz the files of a folder, store.h: included once in each. What is
 * refused ends the program, so msg_die is ours (ld --wrap); where it jumps to is set by each job.
 * Messages are not written, and what is lost by a crash of the machine is not tried: fsync does
 * nothing.
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "msg.h"
#include "sketch.h"

static jmp_buf refused;
static char dir[64]; /* the folder; "" before it is made */
static int first_fd; /* the first descriptor that a job may leave open */

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);
void __wrap_msg_die(int, const char *, ...) __attribute__((noreturn));
void __wrap_msg_warn(const char *, ...);
int __wrap_fsync(int);

void
__wrap_msg_die(int status, const char *fmt, ...)
{
	(void)status;
	(void)fmt;
	longjmp(refused, 1);
}

void
__wrap_msg_warn(const char *fmt, ...)
{
	(void)fmt;
}

int
__wrap_fsync(int fd)
{
	(void)fd;
	return 0;
}

/* Name the folder, and note what is open. */
static void
name_folder(const char *what)
{
	snprintf(dir, sizeof(dir), "%s/fuzz-%s-%ld", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp",
		 what, (long)getpid());
	first_fd = dup(0);
	close(first_fd);
}

/* Remove the files of a folder; with itself, the folder too. */
static void
clear(const char *path, bool itself)
{
	DIR *d = opendir(path);
	struct dirent *e;
	char name[400];

	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.') {
			snprintf(name, sizeof(name), "%s/%s", path, e->d_name);
			unlink(name);
		}
	if (d != NULL)
		closedir(d);
	if (itself)
		rmdir(path);
}

static void
close_left(void)
{
	int fd;

	for (fd = first_fd; fd < first_fd + 8; fd++)
		close(fd);
}

static int
open_file(const char *name, int flags)
{
	char path[120];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return open(path, flags, 0666);
}

static void
read_file(const char *name, struct buf *b)
{
	int fd = open_file(name, O_RDONLY);
	ssize_t got;

	while ((got = read(fd, buf_room(b, 4096), 4096)) > 0)
		b->n += (size_t)got;
	close(fd);
	if (b->n == 0)
		abort();
}

static void
write_file(const char *name, const char *p, size_t n)
{
	int fd = open_file(name, O_WRONLY | O_CREAT | O_TRUNC);

	if (fd < 0 || write(fd, p, n) != (ssize_t)n)
		abort();
	close(fd);
}

/* Lines as the MANIFEST, with their checksum behind them. */
static void
write_manifest(const char *p, size_t n)
{
	struct buf b = { 0 };

	buf_put(&b, p, n);
	if (n > 0 && p[n - 1] != '\n')
		buf_byte(&b, '\n');
	buf_printf(&b, "check %016llx\n", (unsigned long long)sketch_hash(b.p, b.n));
	write_file("MANIFEST", b.p, b.n);
	buf_free(&b);
}

/* The sound file with changes: each a place in two bytes, then the byte that goes there. */
static void
put_changed(struct buf *b, const struct buf *sound, const uint8_t *change, size_t n)
{
	size_t at = b->n, i;

	buf_put(b, sound->p, sound->n);
	for (i = 0; i + 3 <= n; i += 3)
		b->p[at + ((size_t)change[i] << 8 | change[i + 1]) % sound->n] = (char)change[i + 2];
}
