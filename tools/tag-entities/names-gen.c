/* SPDX-License-Identifier: ISC */
/*
 * Compile lists/KIND.txt (one name a line) and facts/FILE.tsv into
 * names-table.h: the operands, in order; of two canonical names for one key the
 * first stays.
 *
 * A line of facts is the canonical name, its kind, and aliases, parted by TABs;
 * lines that begin with "#" are comments. Kind "demonym" makes its aliases
 * demonyms of the canonical name; kind "short" makes them short forms that a town or a party must
 * stand before, "code" what stands in brackets; a canonical name "-" leaves its aliases without
 * one. An alias of one word in capitals is taken for itself only where a text has it in capitals.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "names.h"
#include "rec.h"
#include "sound.h"
#include "u8.h"

static const char *const kinds[NAME_NCLASS] = { "country", "city",    "region", "nature", "place",
						"demonym", "person",  "first",	"last",	  "org",
						"party",   "company", "media",	"other" };

static struct entry {
	uint32_t key, bits, canon;
} * entry;
static size_t nentry, cap;
static struct buf canon;
static uint32_t *canon_at;
static size_t ncanon, canon_cap;
static struct tokens ts;

static void
add_key(uint32_t key, unsigned bits, uint32_t c)
{
	entry = mem_grow(entry, nentry, &cap, sizeof *entry);
	entry[nentry++] = (struct entry){ key, bits, c };
}

static void
add_name(const char *p, unsigned bits, uint32_t c)
{
	char copy[512];
	size_t i, n = strlen(p);
	uint32_t key = 0;

	if (n == 0 || n > 400)
		return;
	memset(copy, 0, sizeof copy);
	memcpy(copy, p, n);
	tokens_read(&ts, copy, n);
	for (i = 0; i < ts.n; i++) {
		if (ts.tok[i].kind == TOKEN_MARK && copy[ts.tok[i].begin] != '&')
			continue;
		if (key != 0)
			add_key(key, NAME_PREFIX, 0);
		key = name_hash(key, ts.tok[i].hash);
	}
	if (key == 0)
		return;
	if (ts.n == 1 && ts.tok[0].shape == SHAPE_UPPER && n < 6)
		bits |= NAME_CASED;
	add_key(key, bits, c);
}

/* Persons are found by how their family name sounds too, alone and behind the first name. */
static void
add_sound(const char *p, uint32_t c)
{
	const char *last = strrchr(p, ' ');
	char fold[128];
	size_t i, n = 0;
	uint32_t cp, sound, first;
	struct span f;

	for (i = last == NULL ? 0 : (size_t)(last + 1 - p); p[i] != '\0' && n < 60;) {
		i += u8_next(p + i, strlen(p + i), &cp);
		f = u8_fold(cp);
		memcpy(fold + n, f.p, f.n);
		n += f.n;
	}
	if (n < 5)
		return;
	sound = word_sound(fold, n);
	if (last == NULL) {
		add_key(name_hash(SOUND_SALT, sound), NAME_LAST, c);
		return;
	}
	memset(fold, 0, sizeof fold);
	n = strcspn(p, " ");
	if (n > 40)
		return;
	memcpy(fold, p, n);
	first = word_hash(fold, n);
	add_key(name_hash(SOUND_SALT, name_hash(first, sound)), NAME_PERSON, c);
}

/* The name without the letters that are not ASCII: how it stands in text that lost them. */
static void
add_stripped(const char *p, unsigned bits, uint32_t c)
{
	char room[128];
	size_t i, n = 0;

	for (i = 0; p[i] != '\0' && n + 1 < sizeof room; i++)
		if ((signed char)p[i] >= 0)
			room[n++] = p[i];
	room[n] = '\0';
	if (p[i] == '\0' && n < i && n > 7 && strchr(room, ' ') != NULL)
		add_name(room, bits, c);
}

/*
 * A word that is a name in its place alone: a region's
 * behind a town or a party, a country's in brackets.
 */
static void
add_short(const char *p, uint32_t salt, unsigned bits, uint32_t c)
{
	char room[128] = { 0 };
	size_t n = strlen(p);

	if (n > 0 && n < 32) {
		memcpy(room, p, n);
		add_key(name_hash(salt, word_hash(room, n)), bits, c);
	}
}

/* The bit of the kind; 0: there is none of that name. */
static unsigned
kind_bits(const char *p, size_t n)
{
	unsigned i;

	for (i = 0; i < NAME_NCLASS; i++)
		if (strlen(kinds[i]) == n && memcmp(kinds[i], p, n) == 0)
			return 1u << i;
	return 0;
}

/* A line says its name is of a kind that there is not: tell those that there are. */
static void
die_of_kind(const char *path, unsigned long nline, const char *p)
{
	struct buf b = { 0 };
	unsigned i;

	for (i = 0; i < NAME_NCLASS; i++)
		buf_printf(&b, "%s, ", kinds[i]);
	msg_die(EXIT_FAULT, "%s:%lu: no kind \"%.*s\": want %scode or short", path, nline,
		(int)strcspn(p, "\t"), p, b.p);
}

static uint32_t
add_canon(const char *p)
{
	canon_at = mem_grow(canon_at, ncanon + 1, &canon_cap, sizeof *canon_at);
	if (ncanon == 0) {
		canon_at[0] = canon_at[1] = 0;
		ncanon = 1;
	}
	if (ncanon > UINT16_MAX)
		msg_die(EXIT_FAULT, "more canonical names than struct name_slot has numbers");
	buf_put(&canon, p, strlen(p));
	canon_at[ncanon + 1] = (uint32_t)canon.n;
	return (uint32_t)ncanon++;
}

static void
read_file(const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash == NULL ? path : slash + 1;
	char *line = NULL, *f, *p;
	size_t size = 0;
	unsigned long nline = 0;
	ssize_t n;
	unsigned bits = 0;
	uint32_t c;
	FILE *in;
	bool facts = strstr(base, ".tsv") != NULL, is_code;

	if ((in = fopen(path, "r")) == NULL)
		msg_die(EXIT_FAULT, "%s: %s", path, strerror(errno));
	if (!facts && (bits = kind_bits(base, strcspn(base, "."))) == 0)
		msg_die(EXIT_FAULT, "%s: no kind is called like the file", path);
	while ((n = getline(&line, &size, in)) > 0) {
		nline++;
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		if (line[0] == '#' || n == 0)
			continue;
		if (!facts) {
			add_name(line, bits, 0);
			continue;
		}
		p = line;
		f = strsep(&p, "\t");
		if (p == NULL)
			msg_die(EXIT_FAULT, "%s:%lu: no TAB and kind behind the name", path, nline);
		c = strcmp(f, "-") == 0 ? 0 : add_canon(f);
		is_code = strncmp(p, "code\t", 5) == 0;
		if (is_code || strncmp(p, "short\t", 6) == 0) {
			(void)strsep(&p, "\t");
			while ((f = strsep(&p, "\t")) != NULL)
				add_short(f, is_code ? CODE_SALT : SHORT_SALT,
					  is_code ? NAME_COUNTRY : NAME_REGION, c);
			continue;
		}
		if ((bits = kind_bits(p, strcspn(p, "\t"))) == 0)
			die_of_kind(path, nline, p);
		(void)strsep(&p, "\t");
		if (bits == NAME_DEMONYM)
			c = 0;
		else if (c != 0) {
			add_name(f, bits, c);
			add_stripped(f, bits, c);
		}
		if (bits == NAME_PERSON)
			add_sound(f, c);
		while ((f = strsep(&p, "\t")) != NULL) {
			add_name(f, bits == NAME_PERSON && strchr(f, ' ') == NULL ? NAME_LAST : bits, c);
			add_stripped(f, bits, c);
			if (bits == NAME_PERSON)
				add_sound(f, c);
		}
	}
	if (ferror(in))
		msg_die(EXIT_FAULT, "%s: %s", path, strerror(errno));
	free(line);
	fclose(in);
}

int
main(int argc, char *argv[])
{
	struct entry *slot, *e;
	size_t i, j, nslot, used = 0;

	msg_name(argv[0]);
	for (i = 1; i < (size_t)argc; i++)
		read_file(argv[i]);
	/* room behind the end instead of wrapping around */
	nslot = nentry;
	slot = mem_array(NULL, 2 * nslot + 64, sizeof *slot);
	for (;;) {
		size_t room = nslot + 64;

		memset(slot, 0, room * sizeof *slot);
		used = 0;
		for (i = 0; i < nentry; i++) {
			e = &entry[i];
			for (j = name_place(e->key, nslot); slot[j].key != 0 && slot[j].key != e->key; j++)
				if (j + 2 >= room)
					msg_die(EXIT_FAULT, "names table too dense");
			if (slot[j].key == 0) {
				slot[j] = *e;
				used++;
				continue;
			}
			if (slot[j].bits & NAME_CASED && (e->bits & NAME_CLASSES) && !(e->bits & NAME_CASED))
				slot[j].bits &= ~(unsigned)NAME_CASED;
			slot[j].bits |= (slot[j].bits & NAME_CLASSES) && !(slot[j].bits & NAME_CASED)
					    ? e->bits & ~(unsigned)NAME_CASED
					    : e->bits;
			if (slot[j].canon == 0)
				slot[j].canon = e->canon;
		}
		if (nslot == used + 2 * used / 3)
			break;
		nslot = used + 2 * used / 3;
	}
	printf("/* Made by names-gen.c from lists/ and facts/: do not edit. */\n#define names_nslot %zuu\n"
	       "static _Alignas(64) const struct name_slot names_slot[] = {\n",
	       nslot);
	for (i = 0; i < nslot + 64; i++)
		printf("{%uu,%u,%u},%s", slot[i].key, slot[i].bits, slot[i].canon, i % 8 == 7 ? "\n" : "");
	printf("};\nconst uint32_t names_canon_at[] = {\n");
	for (i = 0; i <= ncanon; i++)
		printf("%u,%s", canon_at[i], i % 16 == 15 ? "\n" : "");
	printf("};\nconst char names_canon[] =\n");
	for (i = 1; i < ncanon; i++) {
		putchar('"');
		for (j = canon_at[i]; j < canon_at[i + 1]; j++) {
			if (canon.p[j] == '"' || canon.p[j] == '\\')
				putchar('\\');
			putchar(canon.p[j]);
		}
		puts("\"");
	}
	for (i = 0; i < REC_SLACK; i++)
		fputs("\"\\0\"", stdout);
	puts(";");
	if (fflush(stdout) != 0 || ferror(stdout))
		msg_die(EXIT_FAULT, "cannot write");
	return EXIT_OK;
}
