/* SPDX-License-Identifier: ISC */
/*
 * when-gen - compile when.tsv into a table of which most places are free, which turns nearly all other words away.
 *
 * reads   the file named: word TAB value, a constant of when.h; "# " begins a comment
 * writes  the header on standard output: the words by their places, where each place begins
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "little.h"
#include "when.h"

static struct row {
	uint64_t a, b;
	unsigned place;
	char value[64];
} rows[4096];

static int
by_place(const void *x, const void *y)
{
	const struct row *r = x, *s = y;

	if (r->place != s->place)
		return r->place < s->place ? -1 : 1;
	if (r->a != s->a)
		return r->a < s->a ? -1 : 1;
	return r->b < s->b ? -1 : r->b > s->b;
}

int
main(int argc, char *argv[])
{
	char line[256], word[WHEN_LONGEST + 8];
	size_t nrow = 0, i, n;
	FILE *f;

	if (argc != 2 || (f = fopen(argv[1], "r")) == NULL) {
		fputs("usage: when-gen when.tsv\n", stderr);
		return 2;
	}
	while (fgets(line, sizeof line, f) != NULL) {
		if (strncmp(line, "# ", 2) == 0)
			continue;
		n = strcspn(line, "\t");
		if (n == 0 || n > WHEN_LONGEST || line[n] == '\0' || nrow == sizeof rows / sizeof rows[0] ||
		    strlen(line + n + 1) >= sizeof rows[0].value) {
			fprintf(stderr, "when-gen: %s: %s", argv[1], line);
			return 1;
		}
		memset(word, 0, sizeof word);
		memcpy(word, line, n);
		rows[nrow].a = little64(word);
		rows[nrow].b = little64(word + 8);
		rows[nrow].place = when_place(rows[nrow].a);
		snprintf(rows[nrow].value, sizeof rows[0].value, "%.*s", (int)strcspn(line + n + 1, "\t\n"),
			 line + n + 1);
		nrow++;
	}
	fclose(f);
	qsort(rows, nrow, sizeof rows[0], by_place);
	printf("/* Made by when-gen from %s: %zu words. */\n", argv[1], nrow);
	puts("static const struct when_word when_words[] = {");
	for (i = 0; i < nrow; i++) {
		if (i > 0 && rows[i].a == rows[i - 1].a && rows[i].b == rows[i - 1].b) {
			fprintf(stderr, "when-gen: %s: a word stands twice\n", argv[1]);
			return 1;
		}
		printf("\t{ 0x%llxu, 0x%llxu, (%s)%s },\n", (unsigned long long)rows[i].a,
		       (unsigned long long)rows[i].b, rows[i].value,
		       i + 1 < nrow && rows[i + 1].place == rows[i].place ? " | WHEN_MORE" : "");
	}
	puts("};\n\n/* 1 + the number of the first word at a place. */");
	puts("static const uint16_t when_first[1 << WHEN_BITS] = {");
	for (i = 0; i < nrow; i++)
		if (i == 0 || rows[i].place != rows[i - 1].place)
			printf("\t[%u] = %zu,\n", rows[i].place, i + 1);
	puts("};\n");
	return fflush(stdout) != 0 || ferror(stdout);
}
