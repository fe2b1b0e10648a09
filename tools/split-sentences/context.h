/* SPDX-License-Identifier: ISC */
/*
 * What a gap is judged by: its text, what the scan says of it, and the words that are known.
 */
#ifndef CONTEXT_H
#define CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#include "scan.h"
#include "words.h"

struct context {
	const char *text;
	size_t n;
	const uint16_t *lex; /* the model's words */
	const struct scan *scan;
	struct user_words user;
};

#endif
