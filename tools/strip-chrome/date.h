/* SPDX-License-Identifier: ISC */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>

#include "buf.h"

/*
 * Append the ISO 8601 form of a date as pages write it: 2025-06-02, with a time and a zone if they
 * are there; 2 June 2025; June 2, 2025; Mon, 02 Jun 2025 13:00:00 +0300. Of the last three the day
 * alone. False, and nothing appended, if it is none.
 */
bool date_put(struct buf *b, struct span said);

#endif
