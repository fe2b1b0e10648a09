/* SPDX-License-Identifier: ISC */
/*
 * furniture-train - make the table of furniture.c.
 *
 * reads   records "site TAB sketch" of whole pages, on standard input
 * writes  the table of the hashes that stand on SITES sites or more, on standard output
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "msg.h"
#include "numbers.h"
#include "sketch.h"

enum { SITES = 3 }; /* two would let in stories that two sites carry */

int
main(void)
{
	struct numbers all = { 0 }; /* hash << 32 | hash of the site */
	const uint64_t *v;
	size_t n, line_cap = 0, nhash = 0, size = 16, i, j, sites, at;
	uint32_t *keep, *table;
	struct sketch s = { 0 };
	char *line = NULL, *tab;
	ssize_t len;

	msg_name("furniture-train");
	while ((len = getline(&line, &line_cap, stdin)) > 0) {
		len -= line[len - 1] == '\n';
		tab = memchr(line, '\t', (size_t)len);
		if (tab == NULL ||
		    sketch_read(&s, (struct span){ tab + 1, (size_t)(line + len - tab) - 1 }) != SKETCH_YES)
			continue;
		for (i = 0; i < s.nhash; i++)
			numbers_add(&all, (uint64_t)s.hash[i] << 32 |
					      (uint32_t)sketch_hash(line, (size_t)(tab - line)));
	}
	numbers_sort(&all);
	v = all.p;
	n = all.n;
	keep = mem_array(NULL, n, sizeof(*keep));
	for (i = 0; i < n; i = j) {
		for (sites = 0, j = i; j < n && v[j] >> 32 == v[i] >> 32; j++)
			sites += j == i || v[j] != v[j - 1];
		if (sites >= SITES)
			keep[nhash++] = (uint32_t)(v[i] >> 32);
	}
	if (nhash == 0)
		msg_die(EXIT_FAULT, "no hash stands on %d sites", SITES);
	while (size < nhash * 2)
		size *= 2;
	table = mem_array(NULL, size, sizeof(*table));
	memset(table, 0, size * sizeof(*table));
	for (i = 0; i < nhash; i++) {
		for (at = keep[i] & (size - 1); table[at] != 0; at = (at + 1) & (size - 1))
			;
		table[at] = keep[i];
	}
	for (i = 0; i < size; i++)
		for (j = 0; j < 4; j++)
			putchar((int)(table[i] >> 8 * j & 0xFF));
	fprintf(stderr, "%zu hashes\n", nhash);
	return fflush(stdout) != 0 || ferror(stdout);
}
