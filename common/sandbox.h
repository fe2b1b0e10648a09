/* SPDX-License-Identifier: ISC */
/*
 * Giving up what a run does not need: Landlock on Linux, pledge and unveil on
 * OpenBSD. Where the system has neither, or its kernel an older one, nothing
 * happens. A sandbox is a second wall: no failure of it is reported.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

/*
 * From here on this thread and those it makes can open no file, except: any for
 * reading where may_read, and any within dir, where that is not NULL. Files
 * that are open stay so.
 */
void sandbox_enter(bool may_read, const char *dir);

#endif
