/* SPDX-License-Identifier: ISC */
#ifndef DECIDE_H
#define DECIDE_H

#include "dom.h"
#include "page.h"

/* page.keep of all units from page.score, of which some are lowered. */
void decide(struct page *, bool html);

/* Before it, for HTML: what the elements say too plainly to be left to a model. */
void decide_elements(struct page *, const struct dom *);

/* Keep captions inside the article, too. */
void decide_captions(struct page *);

/* Drop headings. */
void decide_headings(struct page *);

#endif
