/* SPDX-License-Identifier: GPL-2.0-only */
/* nearest.h - the names nearest to a misspelt one. */
#ifndef RACYBITS_NEAREST_H
#define RACYBITS_NEAREST_H

#include "base/util.h"

#define NEAREST 3 /* names offered */

struct nearest {
	const char *wanted;
	str names[NEAREST]; /* nearest first */
	size_t distances[NEAREST];
	size_t n;
};

/*
 * Keeps `name` if it is among the nearest so far; one that begins as the wanted one is as near as by one
 * letter.  Of names equally near the first one stays.
 */
void nearest_add(struct nearest *near, str name);
/* Dies with "WHAT: 'WANTED'; did you mean ...?" or, if no name is near, "...; OTHERWISE". */
_Noreturn void nearest_die(const struct nearest *near, const char *what, const char *otherwise);

#endif
