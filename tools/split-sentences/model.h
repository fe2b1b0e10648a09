/* SPDX-License-Identifier: ISC */
/*
 * The trained model, model.bin: the list of words (words.h) as 16-bit
 * numbers, least byte first, and behind it the weights, a signed byte each.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "feature.h"

/* To be read by little16(). */
const uint16_t *model_lex(void);

/* The sum of the weights: more than 0 is a boundary. */
int32_t model_score(const uint32_t *feature, size_t n);

#endif
