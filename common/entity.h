/* SPDX-License-Identifier: ISC */
/*
 * Character references of HTML: "&eacute;", "&#8217;", "&#x2019;"
 * (https://html.spec.whatwg.org/#character-reference-state).
 */
#ifndef ENTITY_H
#define ENTITY_H

#include <stddef.h>
#include <stdint.h>

/*
 * The reference in the n bytes at p, which come behind its "&". Returns the bytes
 * it takes, 0 where there is none; cp[0] gets its character, cp[1] a second one
 * or 0. By the standard, some names and all numbers are references without their
 * semicolon too: whoever wants it asks for p[returned - 1] == ';'. Numbers that
 * are no character become U+FFFD, those of 0x80 to 0x9F what windows-1252 has there.
 */
size_t entity_read(const char *p, size_t n, uint32_t cp[2]);

/*
 * The same of one that was left in a text, where only a semicolon tells it from what is meant as
 * it stands. What was escaped twice ("&amp;nbsp;") is one reference all the same.
 */
size_t entity_left(const char *p, size_t n, uint32_t cp[2]);

#endif
