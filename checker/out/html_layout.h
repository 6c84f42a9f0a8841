/* SPDX-License-Identifier: GPL-2.0-only */
/* html_layout.h - a storage unit as a map of its bits. */
#ifndef RACYBITS_HTML_LAYOUT_H
#define RACYBITS_HTML_LAYOUT_H

#include "base/util.h"

/* An SVG element: the bits of the unit, and the bytes that gcc and clang access for each field. */
void html_layout(FILE *f, const struct unit_verdict *u);

#endif
