/* SPDX-License-Identifier: ISC */
#ifndef CUE_H
#define CUE_H

#include <stdbool.h>

#include "buf.h"

/* To be called once, before the others. */
void cue_ready(void);

/*
 * Where the article ends in a kept line: the bytes of it that come before an
 * invitation to read on elsewhere; n where there is none.
 * 64 bytes behind the line may be read.
 */
size_t cue_cut(const char *line, size_t n);

/*
 * What a line is that begins as only what sites put into articles does: a notice to readers or an
 * invitation to read on elsewhere, or a picture's caption; 0: it does not, or more than that may
 * stand in it. 64 bytes behind the line may be read.
 */
enum { OPENING_NOTICE = 1, OPENING_CAPTION };
unsigned cue_opening(const char *line, size_t n);

/*
 * Does the line end with the credit of a picture, so that it is its caption?
 * ended: with a mark that ends a sentence. 64 bytes behind the line may be read.
 */
bool cue_credit(const char *line, size_t n, bool ended);

#endif
