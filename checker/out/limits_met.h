/* SPDX-License-Identifier: GPL-2.0-only */
/* limits_met.h - says which limits of the analysis were met. */
#ifndef RACYBITS_LIMITS_MET_H
#define RACYBITS_LIMITS_MET_H

#include "base/util.h"

/*
 * The limits that were met in one phrase, "unsafe: params 2; precision: states 17"; NULL if none
 * was.  The caller frees it.
 */
char *limits_met(const struct program *p);
/*
 * Prints one limit that was met as a sentence without its full stop: "more than 4 lock states ...
 * (17 times, first in f(), drivers/a.c:12)".
 */
void put_limit_met(FILE *f, const struct program *p, enum limit limit);

#endif
