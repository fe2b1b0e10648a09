/* SPDX-License-Identifier: ISC */
/*
 * Fuzzes the index of find-copies: an index of twelve documents is made once; then
 * each input is, by its first byte,
 *
 *   0  the lines of a MANIFEST, which gets the right checksum
 *   1  a segment
 *   2  changes to a sound segment: a place in two bytes, then the byte that goes there
 *   3  the same, its checksums put right
 *
 * and the index is checked, dumped, compared with, added to and merged. The footer's own
 * checksum is always put right, or hardly any damage would get past it. What was mapped or opened
 * when an input is refused is given back here.
 */
#include "folder.h"

#include "index.h"
#include "keep.h"
#include "seen.h"
#include "segment.h"

enum { DOCS = 12, HASHES = 40, FOOTER = 48, MAPS = 64 };

static char other[72];
static struct buf segment;
static struct segment map[MAPS]; /* what is mapped */
static size_t nmap;

bool __real_segment_open(struct segment *, int, const char *);
bool __wrap_segment_open(struct segment *, int, const char *);
void __real_segment_close(struct segment *);
void __wrap_segment_close(struct segment *);

bool
__wrap_segment_open(struct segment *s, int folder, const char *name)
{
	const bool can = __real_segment_open(s, folder, name);

	if (s->map != NULL) {
		if (nmap == MAPS) { /* a MANIFEST of so many lines says nothing new */
			__real_segment_close(s);
			longjmp(refused, 1);
		}
		map[nmap++] = *s;
	}
	return can;
}

void
__wrap_segment_close(struct segment *s)
{
	size_t i;

	for (i = 0; i < nmap; i++)
		if (map[i].map == s->map)
			map[i--] = map[--nmap];
	__real_segment_close(s);
}

static void
clear_all(void)
{
	clear(dir, true);
	clear(other, true);
}

/* A sketch of hashes that differ by seed and of some that all have. */
static void
make_sketch(struct sketch *k, uint32_t seed)
{
	uint32_t i;

	k->gram = 16;
	k->window = 75;
	k->nletter = 3000;
	k->whole = seed * 0x9E3779B97F4A7C15u;
	sketch_begin(k, HASHES);
	for (i = 0; i < HASHES; i++)
		sketch_add(k, (i % 4 == 0 ? i + 1 : i + 1 + seed / 2 * HASHES) * 2654435761u | 1);
}

static void
add(const char *to, uint32_t from, uint32_t n, uint32_t since)
{
	struct index *ix = index_open(to, INDEX_WRITE);
	struct sketch k = { 0 };
	struct seen s = { 0 };
	uint32_t i;
	char id[16];

	seen_begin(&s, ix, 0);
	for (i = from; i < from + n; i++) {
		make_sketch(&k, i);
		snprintf(id, sizeof(id), "id%u", i);
		(void)seen_judge(&s, &k, span_of(id), 900, 1700000000 + i);
	}
	keep_commit(&s, 16, 75, since);
	seen_free(&s);
	sketch_free(&k);
	index_close(ix);
}

/*
 * Put the checksums of a segment right: of the footer, if deep also of all that stands before it.
 */
static uint64_t
seal(struct buf *b, bool deep)
{
	struct buf sums = { 0 };
	uint64_t sum = 0;
	char *foot;
	size_t i, n;

	if (b->n < 16 + FOOTER)
		return 0;
	foot = b->p + b->n - FOOTER;
	if (deep) {
		for (i = 0; i < b->n - FOOTER; i += n) {
			n = b->n - FOOTER - i < 65536 ? b->n - FOOTER - i : 65536;
			sum = sketch_hash(b->p + i, n);
			buf_put(&sums, (const char *)&sum, sizeof(sum));
		}
		sum = sketch_hash(sums.p, sums.n);
		memcpy(foot + 24, &sum, 8);
		buf_free(&sums);
	}
	sum = sketch_hash(foot, 32);
	memcpy(foot + 32, &sum, 8);
	memcpy(&sum, foot + 24, 8);
	return sum;
}

static void
set_up(void)
{
	name_folder("index");
	snprintf(other, sizeof(other), "%s.other", dir);
	atexit(clear_all);
	if (freopen("/dev/null", "w", stdout) == NULL) /* --dump and --check write there */
		abort();
	if (setjmp(refused) != 0)
		abort();
	add(other, 6, 12, 0);
	add(dir, 0, DOCS, 0);
	read_file("00000001.seg", &segment);
}

static void
put_files(const uint8_t *data, size_t n)
{
	struct buf s = { 0 }, m = { 0 };
	uint32_t ndoc = 0;
	uint64_t check;

	clear(dir, false);
	if (data[0] % 4 == 0) {
		write_file("00000001.seg", segment.p, segment.n);
		write_manifest((const char *)data + 1, n - 1);
		return;
	}
	if (data[0] % 4 == 1)
		buf_put(&s, (const char *)data + 1, n - 1);
	else
		put_changed(&s, &segment, data + 1, n - 1);
	check = seal(&s, data[0] % 4 == 3);
	if (s.n >= FOOTER)
		memcpy(&ndoc, s.p + s.n - FOOTER, 4);
	write_file("00000001.seg", s.n > 0 ? s.p : "", s.n);
	buf_printf(&m,
		   "copydesk-index 1\ngram 16\nwindow 75\ngeneration 1\nserial 12\nsince 0\n"
		   "segment 00000001.seg %u %zu %016llx\n",
		   ndoc, s.n, (unsigned long long)check);
	if (ndoc > 0)
		buf_printf(&m, "met 0 1700000500\nmet %u 1700000004\n", ndoc - 1);
	write_manifest(m.p, m.n);
	buf_free(&s);
	buf_free(&m);
}

static void
use(void)
{
	struct index *ix = index_open(dir, INDEX_READ);
	struct seen s = { 0 };
	struct seen_extent e;
	struct sketch k = { 0 };
	size_t i;

	(void)index_check(ix);
	keep_dump(ix);
	seen_begin(&s, ix, 0);
	make_sketch(&k, 4);
	(void)seen_judge(&s, &k, SPAN("new"), 100, 1700000100);
	for (i = 0; i < s.nmatch; i++)
		seen_compare(&s, &k, &s.match[i], &e);
	seen_free(&s);
	sketch_free(&k);
	index_close(ix);
}

/* One job after another, each with what is left of the index. */
static void
job(unsigned which)
{
	struct index *ix;

	if (setjmp(refused) == 0)
		switch (which) {
		case 0:
			use();
			break;
		case 1:
			ix = index_open(other, INDEX_WRITE);
			(void)keep_merge(ix, index_open(dir, INDEX_SOUND), dir, 900);
			index_close(ix);
			break;
		case 2:
			ix = index_open(dir, INDEX_WRITE);
			(void)keep_merge(ix, index_open(other, INDEX_SOUND), other, 900);
			index_close(ix);
			break;
		case 3:
			add(dir, 20, 3, 1700000005);
			break;
		}
	while (nmap > 0)
		__real_segment_close(&map[--nmap]);
	close_left();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	unsigned i;

	if (dir[0] == '\0')
		set_up();
	if (n == 0)
		return 0;
	put_files(data, n);
	for (i = 0; i < 4; i++)
		if (i != 1)
			job(i);
	put_files(data, n);
	job(1);
	clear(other, false);
	if (setjmp(refused) == 0)
		add(other, 6, 12, 0);
	return 0;
}
