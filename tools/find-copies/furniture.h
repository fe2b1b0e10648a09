/* SPDX-License-Identifier: ISC */
/*
 * Hashes of the web's common furniture: cookie notices, sign-up forms, legal
 * lines, share buttons, as they stand on unrelated sites. With them a stream's first
 * documents are not taken for copies for what every page says.
 */
#ifndef FURNITURE_H
#define FURNITURE_H

#include <stdbool.h>
#include <stdint.h>

/* As many stories such a hash stands in before the stream begins. */
enum { FURNITURE_STORIES = 8 };

bool furniture_has(uint32_t hash);

#endif
