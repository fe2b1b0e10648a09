/* SPDX-License-Identifier: ISC */
/*
 * The gazetteer: names of things, by the folded words they are made of.
 *
 * The built-in one is made by names-gen.c from lists/ and facts/ and is part of
 * the program; a second one may be read from a file. A name's key is the chain
 * of name_hash over its words; every beginning of a longer name is in the table
 * too, marked NAME_PREFIX, so the longest match is found word by word.
 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "tokens.h"

enum {
	NAME_COUNTRY = 1 << 0,
	NAME_CITY = 1 << 1,
	NAME_REGION = 1 << 2,
	NAME_NATURE = 1 << 3, /* sea, river, mountain */
	NAME_PLACE = 1 << 4,  /* other place, building, area */
	NAME_DEMONYM = 1 << 5,
	NAME_PERSON = 1 << 6, /* whole name */
	NAME_FIRST = 1 << 7,
	NAME_LAST = 1 << 8,
	NAME_ORG = 1 << 9,
	NAME_PARTY = 1 << 10,
	NAME_COMPANY = 1 << 11,
	NAME_MEDIA = 1 << 12,
	NAME_OTHER = 1 << 13, /* none of these: event, prize, treaty, feast, faith, index, craft */
	NAME_NCLASS = 14,
	NAME_CLASSES = (1 << NAME_NCLASS) - 1,
	NAME_CASED = 1 << 14,  /* only where the text has it in capitals: US, WHO */
	NAME_PREFIX = 1 << 15, /* longer names begin so */

	NAME_IS_LOC = NAME_COUNTRY | NAME_CITY | NAME_REGION | NAME_NATURE | NAME_PLACE,
	NAME_IS_ORG = NAME_ORG | NAME_PARTY | NAME_COMPANY | NAME_MEDIA
};

struct name_slot {
	uint32_t key; /* 0: free */
	uint16_t bits;
	uint16_t canon; /* number of the canonical name, 0: none but itself */
};

/*
 * Where an entry is sought, of so many slots: from the first of eight, which are one line of the
 * cache.
 */
static inline size_t
name_place(uint32_t key, size_t nslot)
{
	return (size_t)((uint64_t)key * nslot >> 32) & ~(size_t)7;
}

/*
 * Keys of how persons sound: name_hash(SOUND_SALT, sound of
 * the family name), or name_hash(first, sound) in its place.
 */
#define SOUND_SALT 0x5071u

/*
 * Keys of states in short, which are such only behind
 * a town or a party: name_hash(SHORT_SALT, word).
 */
#define SHORT_SALT 0x5347u

/* Keys of states in full, which towns go with: name_hash(STATE_SALT, key of the name). */
#define STATE_SALT 0x5341u

/*
 * Keys of towns that need no state behind their name: name_hash(TOWN_SALT,
 * key of the name), and of that and the word_hash of their state's name.
 */
#define TOWN_SALT 0x544Fu

/*
 * Keys of countries' codes, which are such only in
 * brackets behind a name: name_hash(CODE_SALT, word).
 */
#define CODE_SALT 0x434Fu

/* The hash of "and", which names have for & too. */
static inline uint32_t
name_and(void)
{
	return letters_hash((struct letters){ 'a' | 'n' << 8 | 'd' << 16, 0 });
}

/* The entry of a key in the built-in table; where it has none, one of zeros, or NULL. */
const struct name_slot *name_find(uint32_t key);
const struct name_slot *name_get(uint32_t key);

/* Begin to fetch the entry from memory: it is asked for soon. */
void name_fetch(uint32_t key);

/* The canonical names, one behind the other, and where each begins; REC_SLACK bytes are behind all. */
extern const char names_canon[];
extern const uint32_t names_canon_at[];

/* A canonical name by its number (> 0). */
static inline struct span
name_canon(unsigned i)
{
	return (struct span){ names_canon + names_canon_at[i], names_canon_at[i + 1] - names_canon_at[i] };
}

/* A name found in a text. */
struct name_hit {
	uint32_t ntoken; /* 0: none */
	uint16_t bits;
	uint16_t canon;
};

/* Is the entry of these bits the whole of a name whose last token is t? */
static inline bool
name_ends(unsigned bits, const struct token *t)
{
	const unsigned cased = 1u << SHAPE_UPPER | 1u << SHAPE_DOTTED | 1u << SHAPE_MIXED;

	return ((bits & NAME_CLASSES) != 0) & (((bits & NAME_CASED) == 0) | (cased >> t->shape & 1));
}

/* The name of the one token t that an entry is. */
static inline struct name_hit
name_alone(unsigned bits, unsigned canon, const struct token *t)
{
	const unsigned all = (unsigned)mask_if(name_ends(bits, t));

	return (struct name_hit){ all & 1, (uint16_t)(all & bits & NAME_CLASSES), (uint16_t)(all & canon) };
}

/*
 * Is the word the legal form of a company, Inc. or plc, with or
 * without its full stop? Co. and Corp. are parts of names as well.
 */
enum name_form { FORM_NONE, FORM_WEAK, FORM_LEGAL };

/*
 * The lengths of the forms that begin with a letter, a bit
 * each, by its last five bits: most words are of none.
 */
extern uint16_t name_form_size[32];

/* The form of n bytes at p, of such a length. */
enum name_form name_form_listed(const char *p, size_t n);

static inline enum name_form
name_form(const struct tokens *ts, const struct token *t)
{
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin - (ts->text[t->end - 1] == '.');

	return n < 16 && name_form_size[p[0] & 31] >> n & 1 ? name_form_listed(p, n) : FORM_NONE;
}

/* The country whose code token i is, in brackets behind a name, or NULL. */
const struct name_slot *name_code(const struct tokens *, size_t i);

/* The longest name of the built-in table that begins at token i. */
struct name_hit name_match(const struct tokens *, size_t i);

/* The same where it is known what the entry of that word alone says. */
struct name_hit name_longest(const struct tokens *, size_t i, unsigned bits, unsigned canon);

static inline struct name_hit
name_match_on(const struct tokens *ts, size_t i, unsigned bits, unsigned canon)
{
	return bits & NAME_PREFIX ? name_longest(ts, i, bits, canon) : name_alone(bits, canon, &ts->tok[i]);
}

#endif
