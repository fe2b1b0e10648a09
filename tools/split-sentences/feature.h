/* SPDX-License-Identifier: ISC */
/*
 * What the model sees of a gap: features, each the number of a weight.
 */
#ifndef FEATURE_H
#define FEATURE_H

#include <stddef.h>
#include <stdint.h>

#include "view.h"

#define WEIGHT_BITS 16
#define WEIGHTS (1u << WEIGHT_BITS)
enum { FEATURES = 24 }; /* none has more */

/* The features of a gap; returns how many. */
size_t features(const struct view *, uint32_t out[FEATURES]);

#endif
