/* SPDX-License-Identifier: GPL-2.0-only */
/* wrap.h - text in lines fit for a commit message. */
#ifndef RACYBITS_FIX_WRAP_H
#define RACYBITS_FIX_WRAP_H

#include <stdio.h>

/*
 * Prints `head` and then the words of `text`, on lines of at most 72 columns.  Lines after the first
 * are indented two columns more than `head` is; not at all if it is "".
 */
void put_wrapped(FILE *f, const char *head, const char *text);

#endif
