/* SPDX-License-Identifier: ISC */
/*
 * JSON as pages have it, well-formed or not. Nothing is parsed twice: a value is a span of the text,
 * and is passed over in one walk.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>

#include "buf.h"

/* Behind the white space at p. */
const char *json_skip(const char *p, const char *end);

/* The next member of an object at *p, which is behind its { or a value, and is moved behind it. */
bool json_member(const char **p, const char *end, struct span *key, struct span *value);

/* The value of the first member of this name. */
bool json_find(struct span object, const char *name, struct span *value);

/* The next element of an array at *p, which is behind its [ or an element and is moved. */
bool json_element(const char **p, const char *end, struct span *value);

/* Behind the string whose quotation mark is at p. */
const char *json_string_end(const char *p, const char *end);

/* Append a string value's text, its character references decoded, too. False: it is none. */
bool json_string(struct buf *b, struct span value);

#endif
