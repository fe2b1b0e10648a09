/* SPDX-License-Identifier: ISC */
#ifndef SOUND_H
#define SOUND_H

#include <stddef.h>
#include <stdint.h>

/* Hash of how a word of n folded letters sounds, whatever alphabet it was written over from. */
uint32_t word_sound(const char *p, size_t n);

#endif
