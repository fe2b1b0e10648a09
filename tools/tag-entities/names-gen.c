/* SPDX-License-Identifier: ISC */
/*
 * Compile lists/KIND.txt (one name a line) and facts/FILE.tsv into
 * names-table.h: the operands, in order; of two canonical names for one key the
 * first stays.
 *
 * A line of facts is the canonical name, its kind, and aliases, parted by TABs; lines that begin
 * with "#" are comments. A canonical name "-" leaves its aliases without one. An alias of one word
 * in capitals is taken for itself only where a text has it in capitals. Of the kinds, "demonym" makes
 * its aliases demonyms of the canonical name; "short" makes that a state which towns go with, and
 * them its short forms, which a town or a party must stand before; "alone" makes them towns of the
 * state that go without it; "code" makes them what stands in brackets.
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

/* Kinds of lines whose names are such in their place alone. */
enum placing { PLACED_SHORT, PLACED_CODE, PLACED_TOWN };
static const char *const placing[] = { "short", "code", "alone" };

static void
add_key(uint32_t key, unsigned bits, uint32_t c)
{
	entry = mem_grow(entry, nentry, &cap, sizeof *entry);
	entry[nentry++] = (struct entry){ key, bits, c };
}

/* The key of the name, which is cut into tokens, 0: of none; with those of its beginnings entered. */
static uint32_t
name_key(const char *p, bool enter)
{
	char copy[512];
	size_t i, n = strlen(p);
	uint32_t key = 0;

	if (n == 0 || n > 400)
		return 0;
	memset(copy, 0, sizeof copy);
	memcpy(copy, p, n);
	tokens_read(&ts, copy, n);
	for (i = 0; i < ts.n; i++) {
		if (ts.tok[i].kind == TOKEN_MARK && copy[ts.tok[i].begin] != '&')
			continue;
		if (key != 0 && enter)
			add_key(key, NAME_PREFIX, 0);
		key = name_hash(key, ts.tok[i].kind == TOKEN_MARK ? name_and() : ts.tok[i].hash);
	}
	return key;
}

static void
add_name(const char *p, unsigned bits, uint32_t c)
{
	uint32_t key = name_key(p, true);

	if (key == 0)
		return;
	if (ts.n == 1 && ts.tok[0].shape == SHAPE_UPPER && strlen(p) < 6)
		bits |= NAME_CASED;
	add_key(key, bits, c);
}

/*
 * Persons are found by how their family name sounds too: behind the first name, and alone where
 * facts give it to one person and no other name that facts or lists have sounds so.
 */
static struct heard {
	uint32_t sound, spelling, canon;
	bool alone; /* facts give it to one person */
} * heard;
static size_t nheard, heard_cap;

static void
add_sound(const char *p, uint32_t c, bool alone)
{
	const char *last = strrchr(p, ' ');
	char fold[128];
	size_t i, n = 0;
	uint32_t cp, sound;
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
	memset(fold + n, 0, 16);
	heard = mem_grow(heard, nheard, &heard_cap, sizeof *heard);
	heard[nheard++] = (struct heard){ sound, word_hash(fold, n), c, alone };
	if (last == NULL || c == 0)
		return;
	memset(fold, 0, sizeof fold);
	n = strcspn(p, " ");
	if (n > 40)
		return;
	memcpy(fold, p, n);
	add_key(name_hash(SOUND_SALT, name_hash(word_hash(fold, n), sound)), NAME_PERSON, c);
}

static int
by_sound(const void *a, const void *b)
{
	const struct heard *x = a, *y = b;

	return x->sound != y->sound ? (x->sound < y->sound ? -1 : 1)
				    : (x->canon > y->canon) - (x->canon < y->canon);
}

/* Are the family names [h, end), which sound alike, all of the one person c, or written like his? */
static bool
is_alone(const struct heard *h, const struct heard *end, uint32_t c)
{
	const struct heard *own, *first = h;

	for (; h < end; h++) {
		for (own = first;
		     own < end && !(own->alone && own->canon == c && own->spelling == h->spelling); own++)
			;
		if (h->canon != c && own == end)
			return false;
	}
	return true;
}

static void
add_sounds_alone(void)
{
	size_t i, j, k;

	qsort(heard, nheard, sizeof *heard, by_sound);
	for (i = 0; i < nheard; i = j) {
		for (j = i; j < nheard && heard[j].sound == heard[i].sound; j++)
			;
		for (k = i; k < j; k++)
			if (heard[k].alone && is_alone(heard + i, heard + j, heard[k].canon))
				add_key(name_hash(SOUND_SALT, heard[k].sound), NAME_LAST, heard[k].canon);
	}
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

/* The name as it is written. A person's alias of one word is a family name, his alone. */
static void
add_written(const char *p, unsigned kind, uint32_t c, bool alias)
{
	const bool one = strchr(p, ' ') == NULL;

	add_name(p, kind == NAME_PERSON && alias && one ? NAME_LAST : kind, c);
	if (kind == NAME_PERSON)
		add_sound(p, c, one);
}

/*
 * The same without letters that no folding takes apart, Walesa for Wałęsa, or,
 * spelled, with two letters for some of them: Schroeder.
 */
static void
add_ascii(const char *p, unsigned kind, uint32_t c, bool alias, bool spelled)
{
	static const struct {
		uint32_t cp;
		char plain[3], spelled[3];
	} letter[] = {
		{ 0xE4, "a", "ae" },  { 0xF6, "o", "oe" },   { 0xFC, "u", "ue" }, { 0xE5, "a", "aa" },
		{ 0xF8, "o", "oe" },  { 0x111, "d", "dj" },  { 0x142, "l", "l" }, { 0x131, "i", "i" },
		{ 0xE6, "ae", "ae" }, { 0x153, "oe", "oe" }, { 0xF0, "d", "d" },  { 0xFE, "th", "th" }
	};
	static struct buf room;
	size_t i, k, at, step;
	uint32_t cp;

	room.n = 0;
	for (i = 0; p[i] != '\0'; i += step) {
		step = u8_next(p + i, strlen(p + i), &cp);
		for (k = 0; k < sizeof letter / sizeof letter[0] && letter[k].cp != u8_lower(cp); k++)
			;
		at = room.n;
		if (k == sizeof letter / sizeof letter[0])
			buf_put(&room, p + i, step);
		else
			buf_printf(&room, "%s", spelled ? letter[k].spelled : letter[k].plain);
		for (; u8_lower(cp) != cp && at < room.n; at++)
			if (ascii_lower(room.p[at]))
				room.p[at] = (char)(room.p[at] & ~0x20);
	}
	buf_byte(&room, '\0');
	if (strcmp(room.p, p) != 0)
		add_written(room.p, kind, c, alias);
}

/* A name of facts in all the ways in which it is written. */
static void
add_fact(const char *p, unsigned kind, uint32_t c, bool alias)
{
	add_written(p, kind, c, alias);
	add_stripped(p, kind, c);
	add_ascii(p, kind, c, alias, false);
	add_ascii(p, kind, c, alias, true);
}

/* The hash of the word or the words. */
static uint32_t
hash_of(const char *p)
{
	char room[128] = { 0 };
	size_t n = strlen(p);

	if (n >= sizeof room - 16)
		msg_die(EXIT_FAULT, "%s: too long", p);
	memcpy(room, p, n);
	return word_hash(room, n);
}

/*
 * Names by which things go in a place alone: the states of the name behind a town or a party, in short
 * and in full; the country in brackets; the towns of the state that need no state behind them.
 */
static void
add_placed(enum placing kind, const char *name, char *aliases, uint32_t c)
{
	const char *f;
	uint32_t key;

	if (kind == PLACED_SHORT)
		add_key(name_hash(STATE_SALT, name_key(name, false)), NAME_REGION, c);
	while ((f = strsep(&aliases, "\t")) != NULL)
		switch (kind) {
		case PLACED_SHORT:
			add_key(name_hash(SHORT_SALT, hash_of(f)), NAME_REGION, c);
			break;
		case PLACED_CODE:
			add_key(name_hash(CODE_SALT, hash_of(f)), NAME_COUNTRY, c);
			break;
		case PLACED_TOWN:
			key = name_hash(TOWN_SALT, name_key(f, false));
			add_key(key, NAME_CITY, 0);
			add_key(name_hash(key, hash_of(name)), NAME_CITY, 0);
			break;
		}
}

/* The place of the word in the list of n; -1: it is not there. */
static int
index_of(const char *const list[], size_t n, const char *word, size_t size)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(list[i]) == size && memcmp(list[i], word, size) == 0)
			return (int)i;
	return -1;
}

/* A line says its name is of a kind that there is not: tell those that there are. */
static void
die_of_kind(const char *path, unsigned long nline, const char *kind)
{
	struct buf b = { 0 };
	unsigned i;

	for (i = 0; i < NAME_NCLASS; i++)
		buf_printf(&b, "%s, ", kinds[i]);
	msg_die(EXIT_FAULT, "%s:%lu: no kind \"%s\": want %sshort, code or alone", path, nline, kind, b.p);
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
	char *line = NULL, *f, *p, *kind;
	size_t size = 0;
	unsigned long nline = 0;
	ssize_t n;
	unsigned bits = 0;
	int at;
	uint32_t c;
	FILE *in;
	bool facts = strstr(base, ".tsv") != NULL;

	if ((in = fopen(path, "r")) == NULL)
		msg_die(EXIT_FAULT, "%s: %s", path, strerror(errno));
	if (!facts) {
		if ((at = index_of(kinds, NAME_NCLASS, base, strcspn(base, "."))) < 0)
			msg_die(EXIT_FAULT, "%s: no kind is called like the file", path);
		bits = 1u << at;
	}
	while ((n = getline(&line, &size, in)) > 0) {
		nline++;
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		if (line[0] == '#' || n == 0)
			continue;
		if (!facts) {
			add_name(line, bits, 0);
			if (bits & (NAME_FIRST | NAME_LAST) && strchr(line, ' ') == NULL)
				add_sound(line, 0, false);
			continue;
		}
		p = line;
		f = strsep(&p, "\t");
		if (p == NULL)
			msg_die(EXIT_FAULT, "%s:%lu: no TAB and kind behind the name", path, nline);
		c = strcmp(f, "-") == 0 ? 0 : add_canon(f);
		kind = strsep(&p, "\t");
		if ((at = index_of(placing, sizeof placing / sizeof placing[0], kind, strlen(kind))) >= 0) {
			add_placed((enum placing)at, f, p, c);
			continue;
		}
		if ((at = index_of(kinds, NAME_NCLASS, kind, strlen(kind))) < 0)
			die_of_kind(path, nline, kind);
		bits = 1u << at;
		if (bits == NAME_DEMONYM)
			c = 0;
		else if (c != 0)
			add_fact(f, bits, c, false);
		while ((f = strsep(&p, "\t")) != NULL)
			add_fact(f, bits, c, true);
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
	add_sounds_alone();
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
