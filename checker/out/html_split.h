/* SPDX-License-Identifier: GPL-2.0-only */
/* html_split.h - what the split makes of a storage unit, as a map. */
#ifndef RACYBITS_HTML_SPLIT_H
#define RACYBITS_HTML_SPLIT_H

#include "base/util.h"

/* An SVG element: the memory locations that the program's policy makes of the unit. */
void html_split(FILE *f, const struct program *p, const struct unit_verdict *u);

#endif
