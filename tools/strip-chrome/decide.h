/* SPDX-License-Identifier: ISC */
#ifndef DECIDE_H
#define DECIDE_H

#include "page.h"

/* page.keep of all units from page.score. */
void	decide(struct page *);

/* Keep captions inside the article, too. */
void	decide_captions(struct page *);

/* Drop headings. */
void	decide_headings(struct page *);

#endif
