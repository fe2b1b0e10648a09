/* SPDX-License-Identifier: ISC */
/* Which site a page is of, from its id or a carried field. */
#ifndef SITE_H
#define SITE_H

#include <stdbool.h>

#include "buf.h"

/*
 * The site that a field names, into b, in lower case and without "www.":
 *
 *   an address              its host, without user and port
 *   a path                  the first folder that is called like a host, as wget -r makes them
 *   anything else           the field itself where it names_site, as a carried one does, else none
 *
 * False: none. An empty field and "-" name none.
 */
bool site_of(struct span field, bool names_site, struct buf *b);

#endif
