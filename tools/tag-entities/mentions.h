/* SPDX-License-Identifier: ISC */
/*
 * Mentions: what a document names, each with its place, type and canonical name.
 */
#ifndef MENTIONS_H
#define MENTIONS_H

#include "buf.h"
#include "feats.h"
#include "user.h"

enum mention_type {
	MENTION_NONE,
	MENTION_PER,
	MENTION_ORG,
	MENTION_LOC,
	MENTION_MISC,
	MENTION_DATE,
	MENTION_TIME,
	MENTION_DURATION,
	MENTION_SET,
	MENTION_MONEY,
	MENTION_PERCENT,
	MENTION_QUANTITY,
	MENTION_NTYPE
};

#define MENTION_TYPE_MAX 8 /* bytes of a type's name; as many can be read of each */
extern const struct span mention_type_name[MENTION_NTYPE];

struct mention {
	uint32_t begin, end;   /* bytes of the text */
	uint32_t tok, ntok;    /* its tokens */
	uint32_t name, name_n; /* canonical name, as mention_name has it; 0 bytes: not found yet */
	uint32_t first, last;  /* hash of its first and last word */
	uint32_t sound; /* of a person: hash of how its last word sounds; 0: not made yet, or of no letter */
	uint32_t whole; /* key of all its words */
	uint32_t last_tok;   /* token of its last word */
	uint32_t namesake;   /* number of the mention that has its name, perhaps itself */
	struct name_hit hit; /* name of the built-in gazetteer at its first token */
	uint16_t canon;	     /* of the built-in gazetteer, or 0 */
	uint8_t type;
	uint8_t nword;
	char suffix;	 /* of a person: Jr. and the like, canon.c; 0: none */
	char sex;	 /* of a person: F, M, or 0, where it is not asked for or not known */
	uint8_t name_in; /* IN_NAMES ... */
	uint8_t where;	 /* of a place: IS_NOWHERE ... */
};

/* Where names stand: in the buffer of names, the text, the gazetteer. */
enum { IN_NAMES, IN_TEXT, IN_GAZETTEER };

/* What stands beside a place says: nothing; a state; a town of the state that is the next mention. */
enum { IS_NOWHERE, IS_STATE, IS_PLACED };

/*
 * How last words of persons sound, by their bytes (word_key). What stands in
 * a place is a matter of chance, what is found for a key is not.
 */
enum { HEARD = 1024 };
struct heard {
	uint64_t key;
	uint32_t sound;
};

/* An entry of the document's table: of a mention, by what it may be called. */
struct keyed {
	uint32_t key;
	uint32_t mention; /* its number + `before`; what is less is an earlier document's: free */
};

struct mentions {
	struct mention *m;
	size_t n, cap;
	struct buf names; /* canonical ones that stand nowhere else */
	uint32_t *list;	  /* numbers of mentions: like ones together (canon.c); in the end all in order */
	size_t nlist, list_cap;
	struct keyed *table; /* of words to mentions: open addressing */
	size_t mask, table_cap;
	uint32_t before; /* mentions of the documents before, and 1 */
	size_t ntold;	 /* acronyms that the document says what they stand for, towns whose state it says */
	size_t nstate;	 /* mentions that are states by what stands beside them */
	struct heard heard[HEARD];
};

struct mention *mention_add(struct mentions *, const struct tokens *, size_t tok, size_t ntok,
			    enum mention_type);

/* Give the mention this name, a copy of it. */
void mention_call(struct mentions *, struct mention *, struct span);

/* The mention's canonical name, with REC_SHORT readable bytes behind it; text is the document's. */
static inline struct span
mention_name(const struct mentions *ms, const struct mention *m, const char *text)
{
	const char *const in[] = { ms->names.p, text, names_canon };

	return (struct span){ in[m->name_in] + m->name, m->name_n };
}

/* Names among the tagged elements of d; then those of the user's gazetteer, which go first. */
void mentions_names(struct mentions *, struct doc *, const struct user_names *);

/* Settle the canonical names, canon.c. */
void mentions_canon(struct mentions *, struct doc *);

/* Room in the list for n numbers. */
void mentions_room(struct mentions *, size_t n);

void mentions_sort(struct mentions *);
void mentions_free(struct mentions *);

#endif
