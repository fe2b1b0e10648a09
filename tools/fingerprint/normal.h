/* SPDX-License-Identifier: ISC */
/*
 * The normal form of a text: its letters and digits alone, folded.
 */
#ifndef NORMAL_H
#define NORMAL_H

#include "buf.h"

enum { NORMAL_SLACK = 32 }; /* bytes behind the normal form that may be read */

/*
 * Put the normal form of text in b, which is emptied first: character entities
 * decoded, then u8_fold of each character. Spaces, punctuation, marks and all that
 * is not to be seen leave nothing, so glued, wrapped and hyphenated texts agree.
 * The text is well-formed UTF-8 with REC_SLACK bytes behind it.
 */
void normal_form(struct buf *b, struct span text);

#endif
