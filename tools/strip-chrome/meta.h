/* SPDX-License-Identifier: ISC */
#ifndef META_H
#define META_H

#include "dom.h"

/* What a page says of itself, gathered while it is read; see dom.meta. */
void meta_begin(struct dom *);
void meta_tag(struct dom *, const struct html_token *);		   /* an open tag */
void meta_json(struct dom *, struct span);			   /* a script of JSON-LD */
void meta_body(struct dom *, struct span);			   /* its articleBody, into dom.body */
void meta_text(struct dom *, const struct element *, struct span); /* text inside an element */

#endif
