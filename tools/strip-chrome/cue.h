/* SPDX-License-Identifier: ISC */
#ifndef CUE_H
#define CUE_H

#include <stdbool.h>

#include "buf.h"

/* To be called once, before cue_cut. */
void cue_ready(void);

/*
 * Where the article ends in a kept line: the bytes of it that come before an
 * invitation to read on elsewhere; n where there is none.
 * 64 bytes behind the line may be read.
 */
size_t cue_cut(const char *line, size_t n);

/*
 * Is all of the line one, as what a feed's item ends with, "The post TITLE appeared first on
 * SITE."?
 */
bool cue_whole(const char *line, size_t n);

/*
 * Does the line end with the credit of a picture, so that it is its caption?
 * ended: with a mark that ends a sentence. 64 bytes behind the line may be read.
 */
bool cue_credit(const char *line, size_t n, bool ended);

#endif
