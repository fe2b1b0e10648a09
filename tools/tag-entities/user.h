/* SPDX-License-Identifier: ISC */
/*
 * The user's gazetteer: a file of lines "name TAB type [TAB alias]...".
 */
#ifndef USER_H
#define USER_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "tokens.h"

struct user_slot {
	uint32_t key;	 /* name_hash chain; 0: free */
	uint32_t alias;	 /* 1 + number of the first alias; 0: only the beginning of one */
	uint32_t prefix; /* longer ones begin so */
};

struct user_alias {
	const char *p; /* as it stands in the file */
	uint32_t n;
	uint32_t entry;
	uint32_t next; /* 1 + number of the next one that differs from it in case or accents; 0: none */
};

struct user_entry {
	const char *name;
	uint32_t n;
	uint32_t type; /* enum mention_type: PER to MISC */
};

struct user_names {
	struct buf file; /* as it was read: names are parts of it */
	struct user_slot *slot;
	size_t mask, used;
	struct user_alias *alias;
	size_t nalias, alias_cap;
	struct user_entry *entry;
	size_t nentry, entry_cap;
	bool ignore_case;
	bool small; /* some names begin with a small letter */
};

/* Read the file at path; what is wrong with it ends the program with status 2. */
void user_read(struct user_names *, const char *path);

/* The longest name at token i: its tokens, 0 for none, and its entry. */
size_t user_match(const struct user_names *, const struct tokens *, size_t i, const struct user_entry **);

#endif
