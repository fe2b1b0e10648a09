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
 * with the right checksums, and the memory is asked about a page and learns it.
 */
#include "folder.h"

#include "memory.h"
#include "site.h"

static struct buf rows;
static struct memory memory;
static struct recall recall;
static struct page page;

static void
clear_all(void)
{
	clear(dir, true);
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
	page_lines(&page, text.p, text.n, NULL, false);
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
set_up(void)
{
	name_folder("sites");
	atexit(clear_all);
	if (setjmp(refused) != 0)
		abort();
	use(true);
	read_file("00000001.row", &rows);
}

static void
put_files(const uint8_t *data, size_t n)
{
	struct buf f = { 0 }, m = { 0 };

	clear(dir, false);
	if (data[0] % 4 == 1)
		buf_put(&f, (const char *)data + 1, n - 1);
	else
		put_changed(&f, &rows, data + 1, data[0] % 4 == 2 ? n - 1 : 0);
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
	if (setjmp(refused) == 0)
		use(write);
	else {
		free(memory.row);
		free(memory.slot);
		free(memory.store.dir);
	}
	close_left();
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
