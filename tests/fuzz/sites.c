/* SPDX-License-Identifier: ISC */
/*
 * Fuzzes the memory of sites of strip-chrome: one of a few pages is made once; then each
 * input is, by its first byte,
 *
 *   0  the lines of its MANIFEST, which gets the right checksum
 *   1  its rows' file
 *   2  changes to a sound one: a place in two bytes, then the byte that goes there
 *   3  what names a site
 *
 * with the right checksums, and the memory is asked about a page and learns it. What is refused ends the
 * program, so msg_die is ours (ld --wrap).
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"
#include "msg.h"
#include "sketch.h"
#include "site.h"

enum { FOOT = 24 }; /* bytes of "check 0123456789abcdef\n" and one more */

static jmp_buf refused;
static char dir[64];
static int first_fd;
static struct buf rows, manifest;
static struct memory memory;
static struct recall recall;
static struct page page;

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

/* What is lost by a crash of the machine is not tried here. */
int
__wrap_fsync(int fd)
{
	(void)fd;
	return 0;
}

static void
clear(void)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char name[400];

	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.') {
			snprintf(name, sizeof(name), "%s/%s", dir, e->d_name);
			unlink(name);
		}
	if (d != NULL)
		closedir(d);
}

static void
clear_all(void)
{
	clear();
	rmdir(dir);
}

/* A page of twenty lines, half of which all pages have. */
static void
make_page(unsigned which)
{
	static struct buf text;
	size_t i;

	text.n = 0;
	for (i = 0; i < 20; i++)
		buf_printf(&text, "line %c is of %s\n", (char)('a' + i),
			   i % 2 == 0	? "all"
			   : which == 0 ? "zero"
			   : which == 1 ? "one"
					: "two");
	page_lines(&page, text.p, text.n, false);
	if (page.cell == NULL) {
		page.stride = page.nunit + 2 * PAGE_PAD;
		page.cell = mem_array(NULL, COL_COUNT, page.stride);
		memset(page.cell, 0, COL_COUNT * page.stride);
		page.score = mem_array(NULL, page.nunit, sizeof(*page.score));
	}
	for (i = 0; i < page.nunit; i++) {
		page.unit[i].nword = 10;
		page.score[i] = (int32_t)(i * 300) - 2000;
	}
}

static void
use(bool write)
{
	unsigned which;

	memory_open(&memory, dir, write);
	for (which = 0; which < 3; which++) {
		make_page(which);
		recall.site.n = 0;
		buf_put(&recall.site, "example.org", 11);
		memory_recall(&memory, &recall, &page);
		if (write)
			memory_learn(&memory, &recall);
	}
	if (write)
		memory_commit(&memory);
	memory_close(&memory);
}

static void
read_file(const char *name, struct buf *b)
{
	char path[100];
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_RDONLY);
	while ((got = read(fd, buf_room(b, 4096), 4096)) > 0)
		b->n += (size_t)got;
	close(fd);
	if (b->n == 0)
		abort();
}

static void
write_file(const char *name, const char *p, size_t n)
{
	char path[100];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (fd < 0 || write(fd, p, n) != (ssize_t)n)
		abort();
	close(fd);
}

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

static void
set_up(void)
{
	snprintf(dir, sizeof(dir), "%s/fuzz-sites-%ld", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp",
		 (long)getpid());
	atexit(clear_all);
	if (setjmp(refused) != 0)
		abort();
	use(true);
	read_file("00000001.row", &rows);
	read_file("MANIFEST", &manifest);
	manifest.n -= FOOT - 1;
	first_fd = dup(0);
	close(first_fd);
}

static void
put_files(const uint8_t *data, size_t n)
{
	struct buf f = { 0 }, m = { 0 };
	size_t i;

	clear();
	if (data[0] % 4 == 1)
		buf_put(&f, (const char *)data + 1, n - 1);
	else
		buf_put(&f, rows.p, rows.n);
	for (i = 1; data[0] % 4 == 2 && i + 3 <= n; i += 3)
		f.p[((size_t)data[i] << 8 | data[i + 1]) % f.n] = (char)data[i + 2];
	write_file("00000001.row", f.n > 0 ? f.p : "", f.n);
	if (data[0] % 4 == 0)
		buf_put(&m, (const char *)data + 1, n - 1);
	else
		buf_printf(&m, "copydesk-sites 1\ngeneration 1\nserial 3\nlines 00000001.row %zu %016llx\n",
			   f.n > 16 ? (f.n - 16) / 20 : 0, (unsigned long long)store_check(f.p, f.n));
	write_manifest(m.p, m.n);
	buf_free(&f);
	buf_free(&m);
}

static void
job(bool write)
{
	int fd;

	if (setjmp(refused) == 0)
		use(write);
	else {
		free(memory.row);
		free(memory.slot);
		free(memory.store.dir);
	}
	for (fd = first_fd; fd < first_fd + 4; fd++)
		close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct span field;

	if (dir[0] == '\0')
		set_up();
	if (n == 0)
		return 0;
	if (data[0] % 4 == 3) {
		field = (struct span){ (const char *)data + 1, n - 1 };
		if (site_of(field, true, &recall.site) && recall.site.n > field.n)
			abort();
		(void)site_of(field, false, &recall.site);
		return 0;
	}
	put_files(data, n);
	job(false);
	job(true);
	return 0;
}
