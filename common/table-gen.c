/* SPDX-License-Identifier: ISC */
/*
 * table-gen - turn a table of words into a C header, see table.h.
 *
 * reads   the .tsv file named: key TAB value [TAB remark], "# " begins a comment
 * writes  the header on standard output
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct row {
	char *key;
	size_t n;
	char *value;
	uint64_t hash;
};

/* The file's n bytes, with room for one more. */
static char *
slurp(const char *path, size_t *nbyte)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	size_t n = 0, cap = 0, got;

	if (f == NULL) {
		perror(path);
		exit(1);
	}
	do {
		cap = cap * 2 + 65536;
		text = realloc(text, cap);
		if (text == NULL) {
			perror("table-gen");
			exit(1);
		}
		got = fread(text + n, 1, cap - n - 1, f);
		n += got;
	} while (got > 0);
	if (ferror(f)) {
		perror(path);
		exit(1);
	}
	fclose(f);
	*nbyte = n;
	return text;
}

/* The file is wrong at a line. */
static void __attribute__((noreturn)) fail(const char *path, unsigned long line, const char *what)
{
	fprintf(stderr, "table-gen: %s:%lu: %s\n", path, line, what);
	exit(1);
}

struct rows {
	struct row *p;
	size_t n;
	size_t cap;
	size_t longest; /* bytes of a key */
};

/* Add the row of a line, which is changed. NULL, or what is wrong with it. */
static const char *
add_row(struct rows *rows, char *text)
{
	static char wrong[300];
	char *tab = strchr(text, '\t');
	struct row row;
	size_t i;

	if (tab != NULL)
		*tab++ = '\0';
	row.key = text;
	row.n = strlen(text);
	row.value = tab;
	row.hash = XXH3_64bits(text, row.n);
	if (row.n == 0)
		return "empty key";
	if (tab == NULL || (i = strcspn(tab, "\t")) == 0) {
		snprintf(wrong, sizeof(wrong), "%s: no TAB and value", text);
		return wrong;
	}
	tab[i] = '\0';
	for (i = 0; i < rows->n; i++)
		if (rows->p[i].hash == row.hash) {
			snprintf(wrong, sizeof(wrong), "%s stands twice", text);
			return wrong;
		}
	if (rows->n == rows->cap) {
		rows->cap = rows->cap * 2 + 64;
		rows->p = realloc(rows->p, rows->cap * sizeof(*rows->p));
		if (rows->p == NULL)
			return "out of memory";
	}
	if (row.n > rows->longest)
		rows->longest = row.n;
	rows->p[rows->n++] = row;
	return NULL;
}

/* The rows of the file's n bytes, which are changed, with room for one more. */
static void
read_rows(struct rows *rows, const char *path, char *text, size_t n)
{
	unsigned long line = 0;
	char *end = text + n, *next;
	const char *wrong;

	for (; text < end; text = next) {
		line++;
		for (next = text; next < end && *next != '\n'; next++)
			if ((unsigned char)*next < ' ' && *next != '\t')
				fail(path, line, "control character");
		*next++ = '\0';
		if (*text == '\0' || strncmp(text, "# ", 2) == 0 || strcmp(text, "#") == 0)
			continue;
		wrong = add_row(rows, text);
		if (wrong != NULL)
			fail(path, line, wrong);
	}
}

/* The rows in the order of their slots, of which there are *nslot; NULL where one is free. */
static const struct row **
place_rows(const struct rows *rows, size_t *nslot)
{
	const struct row **slot;
	size_t i, at;

	for (*nslot = 4; *nslot < rows->n * 2; *nslot *= 2)
		;
	slot = calloc(*nslot, sizeof(struct row *));
	if (slot == NULL) {
		perror("table-gen");
		exit(1);
	}
	for (i = 0; i < rows->n; i++) {
		for (at = rows->p[i].hash & (*nslot - 1); slot[at] != NULL; at = (at + 1) & (*nslot - 1))
			;
		slot[at] = &rows->p[i];
	}
	return slot;
}

static void
write_table(const char *name, const struct row *const *slot, size_t nslot, const struct rows *rows)
{
	size_t i, j, at = 0;

	printf("static const struct table_slot %s_slot[%zu] = {\n%s", name, nslot,
	       rows->n == 0 ? "\t{ 0, 0, 0, 0 },\n" : "");
	for (j = 0; j < nslot; j++) {
		if (slot[j] == NULL)
			continue;
		printf("\t[%zu] = { 0x%08xu, %zuu, %zuu, %s },\n", j, (unsigned)(slot[j]->hash >> 32), at,
		       slot[j]->n, slot[j]->value);
		at += slot[j]->n;
	}
	printf("};\n\nstatic const char %s_pool[] =\n\t\"\"\n", name);
	for (j = 0; j < nslot; j++) {
		if (slot[j] == NULL)
			continue;
		printf("\t\"");
		for (i = 0; i < slot[j]->n; i++)
			printf("\\%03o", (unsigned char)slot[j]->key[i]);
		puts("\"");
	}
	printf("\t;\n\nstatic const struct table %s = { %s_slot, %zu, %s_pool, %zu };\n", name, name,
	       nslot - 1, name, rows->longest);
}

int
main(int argc, char *argv[])
{
	struct rows rows = { 0 };
	const struct row **slot;
	char *text, name[256];
	const char *base;
	size_t n, nslot, i;

	if (argc != 2) {
		fputs("usage: table-gen FILE.tsv\n", stderr);
		return 2;
	}
	base = strrchr(argv[1], '/') == NULL ? argv[1] : strrchr(argv[1], '/') + 1;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(base, "."), base);
	for (i = 0; name[i] != '\0'; i++)
		if (name[i] == '-')
			name[i] = '_';
	text = slurp(argv[1], &n);
	read_rows(&rows, argv[1], text, n);
	printf("/* Made by table-gen from %s: %zu keys. */\n", argv[1], rows.n);
	slot = place_rows(&rows, &nslot);
	write_table(name, slot, nslot, &rows);
	return fflush(stdout) != 0 || ferror(stdout);
}
