/* SPDX-License-Identifier: ISC */
/*
 * when-gen - compile when.tsv into a table that has a place for each of its words.
 *
 * reads   the file named: word TAB value, a constant of when.h; "# " begins a comment
 * writes  the header on standard output: the words by their places, and the factors that give the places
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "little.h"
#include "tokens.h"
#include "when.h"

enum { PLACES = 1 << WHEN_BITS };

static struct row {
	uint32_t hash;
	char value[64];
} rows[PLACES];
static size_t nrow, nsame[WHEN_FACTORS]; /* words with this first byte of the hash */
static uint16_t factor[WHEN_FACTORS];
static const struct row *at[PLACES]; /* by place; NULL: free */

/* The most words with one first byte of the hash first, for they find room the hardest. */
static int
by_room(const void *x, const void *y)
{
	const struct row *r = x, *s = y;
	size_t i = r->hash >> 24, k = s->hash >> 24;

	if (nsame[i] != nsame[k])
		return nsame[i] > nsame[k] ? -1 : 1;
	if (r->hash != s->hash)
		return r->hash < s->hash ? -1 : 1;
	return 0;
}

/*
 * Find a factor that gives places to n words with the
 * same first byte of the hash. Returns whether there are.
 */
static int
place(const struct row *r, size_t n)
{
	uint16_t *by = &factor[r->hash >> 24];
	size_t i;

	for (*by = 1; *by != 0; ++*by) {
		for (i = 0; i < n && at[when_place(r[i].hash, factor)] == NULL; i++)
			at[when_place(r[i].hash, factor)] = &r[i];
		if (i == n)
			return 1;
		while (i-- > 0)
			at[when_place(r[i].hash, factor)] = NULL;
	}
	return 0;
}

int
main(int argc, char *argv[])
{
	char line[256], word[WHEN_LONGEST];
	unsigned long nline = 0;
	size_t i, n;
	FILE *f;

	if (argc != 2) {
		fputs("usage: when-gen when.tsv\n", stderr);
		return 2;
	}
	if ((f = fopen(argv[1], "r")) == NULL) {
		perror(argv[1]);
		return 1;
	}
	while (fgets(line, sizeof line, f) != NULL) {
		nline++;
		if (strncmp(line, "# ", 2) == 0)
			continue;
		n = strcspn(line, "\t");
		if (n == 0 || n > WHEN_LONGEST || line[n] == '\0' || nrow == PLACES ||
		    strlen(line + n + 1) >= sizeof rows[0].value) {
			fprintf(stderr, "when-gen: %s:%lu: not a word, a TAB and a value\n", argv[1], nline);
			return 1;
		}
		memset(word, 0, sizeof word);
		memcpy(word, line, n);
		rows[nrow].hash = letters_hash((struct letters){ little64(word), little64(word + 8) });
		nsame[rows[nrow].hash >> 24]++;
		snprintf(rows[nrow].value, sizeof rows[0].value, "%.*s", (int)strcspn(line + n + 1, "\t\n"),
			 line + n + 1);
		nrow++;
	}
	if (ferror(f)) {
		perror(argv[1]);
		return 1;
	}
	fclose(f);
	qsort(rows, nrow, sizeof rows[0], by_room);
	for (i = 0; i < nrow; i += n) {
		n = nsame[rows[i].hash >> 24];
		if (!place(&rows[i], n)) {
			fprintf(stderr, "when-gen: %s: a word stands twice, or no place is left\n", argv[1]);
			return 1;
		}
	}
	printf("/* Made by when-gen from %s: %zu words. */\n", argv[1], nrow);
	puts("const struct when_word when_words[1 << WHEN_BITS] = {");
	for (i = 0; i < PLACES; i++)
		if (at[i] != NULL)
			printf("\t[%zu] = { 0x%lxu, %s },\n", i, (unsigned long)at[i]->hash, at[i]->value);
	puts("};\n\nconst uint16_t when_factor[WHEN_FACTORS] = {");
	for (i = 0; i < WHEN_FACTORS; i++)
		printf("\t%u,\n", factor[i]);
	puts("};");
	return fflush(stdout) != 0 || ferror(stdout);
}
