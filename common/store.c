/* SPDX-License-Identifier: ISC */
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "msg.h"
#include "sketch.h"

enum { PIECE = 65536 }; /* bytes that get a checksum of their own */

/* How a file of the folder is made. A link in its place, which could lead anywhere, is refused. */
enum { MAKE = O_CREAT | O_NOFOLLOW | O_CLOEXEC };

void
store_die(const struct store *s, int status, const char *fmt, ...)
{
	char what[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	/* what the MANIFEST does not name yet is of no use to anybody */
	if (s->fresh[0] != '\0')
		(void)unlinkat(s->folder, s->fresh, 0);
	msg_die(status, "%s", what);
}

static void
sync_folder(struct store *s, int folder)
{
	if (fsync(folder) != 0 && errno != EINVAL)
		store_die(s, EXIT_FAULT, "%s: %s", s->dir, strerror(errno));
}

/*
 * A folder is on disk when its name is, which stands in the folder around it: that is seen to until
 * there is a MANIFEST. One around it that may not be read cannot be synced by us.
 */
static void
sync_name(struct store *s)
{
	int around;

	if (faccessat(s->folder, "MANIFEST", F_OK, 0) == 0)
		return;
	around = openat(s->folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (around < 0)
		return;
	sync_folder(s, around);
	close(around);
}

static void
take_lock(struct store *s)
{
	s->lock = openat(s->folder, "lock", O_RDWR | MAKE, 0666);
	if (s->lock >= 0 && flock(s->lock, LOCK_EX | LOCK_NB) == 0)
		return;
	if (s->lock >= 0 && errno == EWOULDBLOCK) {
		msg_warn("%s: another process adds to it: waiting for its end", s->dir);
		do
			if (flock(s->lock, LOCK_EX) == 0)
				return;
		while (errno == EINTR);
	}
	msg_die(EXIT_FAULT, "%s/lock: %s", s->dir, strerror(errno));
}

int
store_get(int folder, const char *name, size_t *nbyte)
{
	int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC), error = 0;
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) != 0)
		error = errno;
	else if (!S_ISREG(st.st_mode))
		error = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	else if ((uint64_t)st.st_size > SIZE_MAX / 2)
		error = EFBIG;
	if (error == 0) {
		*nbyte = (size_t)st.st_size;
		return fd;
	}
	close(fd);
	errno = error;
	return -1;
}

bool
store_read(const struct store *s, const char *name, struct buf *b)
{
	size_t nbyte;
	int fd = store_get(s->folder, name, &nbyte);
	ssize_t got = 1;

	b->n = 0;
	if (fd < 0) {
		if (errno == ENOENT)
			return false;
		msg_die(EXIT_FAULT, "%s/%s: %s", s->dir, name, strerror(errno));
	}
	while (got > 0) {
		got = read(fd, buf_room(b, PIECE), PIECE);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got < 0)
			msg_die(EXIT_FAULT, "%s/%s: %s", s->dir, name, strerror(errno));
		else
			b->n += (size_t)got;
	}
	close(fd);
	return true;
}

/* The files of a folder, in no order. NULL where it cannot be read again: then there are none. */
static DIR *
files_open(const struct store *s)
{
	int fd = openat(s->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? NULL : fdopendir(fd);
}

/*
 * The name of the next one that is one of the store's files, or that is not, until the next call;
 * NULL: no more, d is closed.
 */
static const char *
files_next(const struct store *s, DIR *d, bool own)
{
	struct dirent *e;

	if (d == NULL)
		return NULL;
	while ((e = readdir(d)) != NULL)
		if (own == (strspn(e->d_name, "0123456789abcdef") == 8 &&
			    strcmp(e->d_name + 8, s->kind->suffix) == 0))
			return e->d_name;
	closedir(d);
	return NULL;
}

/* The MANIFEST, as it is. False: there is none. That of another kind or version ends the program. */
static bool
read_manifest(const struct store *s, struct buf *b)
{
	const struct store_kind *kind = s->kind;
	const size_t nword = strlen(kind->word);
	unsigned version;

	if (!store_read(s, "MANIFEST", b))
		return false;
	buf_byte(b, '\0');
	b->n--;
	if (strncmp(b->p, kind->word, nword) != 0 || sscanf(b->p + nword, " %u\n", &version) != 1)
		msg_die(EXIT_USAGE, "%s: not %s", s->dir, kind->what);
	if (version != kind->version)
		msg_die(EXIT_USAGE, "%s: %s version %u, this program reads %u: %s", s->dir, kind->word,
			version, kind->version, kind->remedy);
	return true;
}

/*
 * Is it no store's: not what a first commit makes, which may have died or be at work, nor hidden,
 * as what a system keeps everywhere?
 */
static bool
is_other(const char *name)
{
	return name[0] != '.' && strcmp(name, "lock") != 0 && strcmp(name, "MANIFEST.new") != 0 &&
	       strcmp(name, "MANIFEST") != 0;
}

/* Nothing is made in a folder that holds other things: its name was mistyped. */
static void
check_folder(const struct store *s)
{
	struct buf b = { 0 };
	const char *name;
	DIR *d;

	if (!read_manifest(s, &b)) {
		d = files_open(s);
		while ((name = files_next(s, d, false)) != NULL)
			if (is_other(name))
				msg_die(EXIT_USAGE,
					"%s: holds %s, and is not %s: name a new folder, or an empty one",
					s->dir, name, s->kind->what);
	}
	buf_free(&b);
}

/* The folder is not to be had: the command line is wrong, or else the disk. */
static void
no_folder(const char *dir)
{
	msg_die(errno == ENOENT || errno == ENOTDIR ? EXIT_USAGE : EXIT_FAULT, "%s: %s", dir,
		strerror(errno));
}

void
store_open(struct store *s, const struct store_kind *kind, const char *dir, bool write)
{
	*s = (struct store){ .kind = kind, .folder = -1, .lock = -1 };
	s->dir = mem_array(NULL, strlen(dir) + 1, 1);
	memcpy(s->dir, dir, strlen(dir) + 1);
	if (write && mkdir(dir, 0777) != 0 && errno != EEXIST)
		no_folder(dir);
	s->folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->folder < 0)
		no_folder(dir);
	if (write) {
		check_folder(s);
		sync_name(s);
		take_lock(s);
	}
}

void
store_close(struct store *s)
{
	close(s->folder);
	if (s->lock >= 0)
		close(s->lock);
	free(s->dir);
}

/* Without a MANIFEST, the first commit's file is left of one that died. Others had a MANIFEST. */
static void
check_lost(const struct store *s)
{
	DIR *d = files_open(s);
	const char *name;

	while ((name = files_next(s, d, true)) != NULL)
		if (strncmp(name, "00000001", 8) != 0)
			msg_die(EXIT_FAULT, "%s: %s, and no MANIFEST that names it: %s", s->dir, name,
				s->kind->remedy);
}

bool
store_manifest(const struct store *s, struct buf *b)
{
	uint64_t sum;
	char *check, *first;

	if (!read_manifest(s, b)) {
		if (s->lock >= 0)
			check_lost(s);
		return false;
	}
	check = strstr(b->p, "\ncheck ");
	if (check == NULL || sscanf(check, "\ncheck %" SCNx64, &sum) != 1 ||
	    sum != sketch_hash(b->p, (size_t)(check + 1 - b->p)))
		msg_die(EXIT_FAULT, "%s/MANIFEST: damaged: its checksum is wrong: %s", s->dir,
			s->kind->remedy);
	first = strchr(b->p, '\n') + 1;
	b->n = (size_t)(check + 1 - first);
	memmove(b->p, first, b->n);
	b->p[b->n] = '\0';
	return true;
}

static void
file_failed(struct store_file *f)
{
	store_die(f->store, EXIT_FAULT, "%s/%s: %s", f->store->dir, f->store->fresh, strerror(errno));
}

static void
flush(struct store_file *f, size_t n)
{
	uint64_t sum = sketch_hash(f->out.p, n);

	buf_put(&f->sums, (const char *)&sum, sizeof(sum));
	if (!write_whole(f->fd, f->out.p, n))
		file_failed(f);
	f->nbyte += n;
	f->out.n -= n;
	memmove(f->out.p, f->out.p + n, f->out.n);
}

void
store_create(struct store_file *f, struct store *s, const char *name)
{
	*f = (struct store_file){ .store = s };
	(void)buf_room(&f->out, PIECE);
	f->fd = openat(s->folder, name, O_WRONLY | O_TRUNC | MAKE, 0666);
	if (f->fd < 0)
		msg_die(EXIT_FAULT, "%s/%s: %s", s->dir, name, strerror(errno));
	snprintf(s->fresh, sizeof(s->fresh), "%s", name);
}

void
store_put(struct store_file *f, const void *p, size_t n)
{
	const char *from = p;
	size_t step;

	while (n > 0) {
		step = PIECE - f->out.n < n ? PIECE - f->out.n : n;
		buf_put(&f->out, from, step);
		from += step;
		n -= step;
		if (f->out.n == PIECE)
			flush(f, PIECE);
	}
}

uint64_t
store_sum(struct store_file *f)
{
	if (f->out.n > 0)
		flush(f, f->out.n);
	return sketch_hash(f->sums.p, f->sums.n);
}

void
store_end(struct store_file *f)
{
	(void)store_sum(f);
	if (fsync(f->fd) != 0 || close(f->fd) != 0)
		file_failed(f);
	buf_free(&f->out);
	buf_free(&f->sums);
}

uint64_t
store_check(const char *p, size_t n)
{
	struct buf sums = { 0 };
	uint64_t sum;
	size_t i, step;

	for (i = 0; i < n; i += step) {
		step = n - i < PIECE ? n - i : PIECE;
		sum = sketch_hash(p + i, step);
		buf_put(&sums, (const char *)&sum, sizeof(sum));
	}
	sum = sketch_hash(sums.p, sums.n);
	buf_free(&sums);
	return sum;
}

void
store_commit(struct store *s, const struct buf *lines)
{
	struct buf b = { 0 };
	int fd, error;

	buf_printf(&b, "%s %u\n", s->kind->word, s->kind->version);
	buf_put(&b, lines->p, lines->n);
	buf_printf(&b, "check %016llx\n", (unsigned long long)sketch_hash(b.p, b.n));
	sync_folder(s, s->folder);
	fd = openat(s->folder, "MANIFEST.new", O_WRONLY | O_TRUNC | MAKE, 0666);
	if (fd < 0 || !write_whole(fd, b.p, b.n) || fsync(fd) != 0 || close(fd) != 0) {
		error = errno;
		if (fd >= 0)
			(void)unlinkat(s->folder, "MANIFEST.new", 0);
		store_die(s, EXIT_FAULT, "%s/MANIFEST: %s", s->dir, strerror(error));
	}
	/*
	 * over a network a rename that is said to have failed may have been done: from here on the
	 * file stays
	 */
	s->fresh[0] = '\0';
	if (renameat(s->folder, "MANIFEST.new", s->folder, "MANIFEST") != 0)
		msg_die(EXIT_FAULT, "%s/MANIFEST: %s", s->dir, strerror(errno));
	sync_folder(s, s->folder);
	buf_free(&b);
}

void
store_sweep(const struct store *s, bool (*named)(const void *arg, const char *name), const void *arg)
{
	DIR *d = files_open(s);
	const char *name;

	while ((name = files_next(s, d, true)) != NULL)
		if (!named(arg, name))
			(void)unlinkat(s->folder, name, 0);
}
