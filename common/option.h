/* SPDX-License-Identifier: ISC */
/*
 * Command lines, from tables of options: those of a filter and those of all.
 * What is wrong with one ends the program with a message and status 2.
 */
#ifndef OPTION_H
#define OPTION_H

#include "buf.h"

/* One option. From this table come parsing, --help and completions. */
struct option_row {
	int key;	  /* its letter, or a number from OPTION_LONG up for none */
	const char *name; /* long name, without the dashes */
	const char *arg;  /* what its argument is called in --help; NULL: takes none */
	const char *help; /* one line */
};

enum { OPTION_LONG = 1000 }; /* first key for options without a letter */

/* A table, ended by a row whose name is NULL, and who hears of its options. rows may be NULL. */
struct option_set {
	const struct option_row *rows;
	void (*set)(int key, const char *arg);
};

/* Read the options by getopt_long(3), of two sets; returns where the operands begin in argv. */
int option_read(int argc, char *argv[], const struct option_set set[2]);

/* Append the rows as --help shows them. */
void option_help(struct buf *, const struct option_row *rows);

/* The argument as a whole number in [min, max]; K, M or G may follow it. */
unsigned long long option_number(const char *name, const char *arg, unsigned long long min,
				 unsigned long long max);

/*
 * Append a list of the user's, the file at path, to b, without
 * a byte order mark; ends the program where it cannot be read.
 */
void option_list(struct buf *, const char *path);

#endif
