/* SPDX-License-Identifier: ISC */
#ifndef CUE_H
#define CUE_H

#include "buf.h"

/*
 * Where the article ends in a kept line: the bytes of it that come before an
 * invitation to read on elsewhere; n where there is none.
 */
size_t	cue_cut(const char *line, size_t n);

#endif
