/* SPDX-License-Identifier: ISC */
/*
 * Raw documents: the bytes of a file, whatever their encoding, as UTF-8.
 */
#ifndef RAW_H
#define RAW_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/* Does iconv(3) know the encoding? */
bool raw_encoding_known(const char *encoding);

/*
 * Append the n bytes at p to b as well-formed UTF-8 without NUL:
 *
 *   - after a byte order mark, which is dropped: UTF-8 or UTF-16 as it says
 *   - well-formed UTF-8 as it is
 *   - UTF-8 with damage (more well-formed sequences above ASCII than ill-formed
 *     parts): repaired
 *   - else from `encoding`; where that is NULL, from what the page itself names
 *     (<meta charset=...>) in its first 1,024 bytes, or windows-1252; an encoding that was
 *     given is also tried on pure ASCII, so that UTF-7 and ISO-2022-JP can be said
 *
 * U+FFFD stands for what cannot be read; *nbad gets how many there were.
 * False, with nothing appended, when the bytes are not text: a PDF, or NUL among them, with an
 * encoding that was given among the characters that they are.
 */
bool raw_decode(struct buf *b, const char *p, size_t n, const char *encoding, size_t *nbad);

/* Do the bytes begin with a byte order mark of UTF-16? */
bool raw_is_utf16(const char *p, size_t n);

/*
 * Do the bytes look like records: two lines or more,
 * all with the same number of TABs, at least one?
 */
bool raw_is_records(const char *p, size_t n);

/*
 * Do the bytes begin as JSON does: an object's brace, and a name in quotes or nothing
 * behind it, in an array or not; or an array's bracket and a string?
 */
bool raw_is_json(const char *p, size_t n);

/* Does the text look like an HTML page: markup first, and soon a doctype or <html>? */
bool raw_is_html(const char *p, size_t n);

/* Like RSS or Atom, in the same way? */
bool raw_is_feed(const char *p, size_t n);

#endif
