/* SPDX-License-Identifier: ISC */
/*
 * What is certain of a gap, once it was looked at.
 */
#ifndef RULE_H
#define RULE_H

#include "context.h"
#include "view.h"

/* -1 where nothing is, else whether the sentence ends there. */
int rule_decide(const struct view *, const struct context *);

#endif
