/* SPDX-License-Identifier: GPL-2.0-only */
/* html_unit.h - one storage unit as an element of the HTML report. */
#ifndef RACYBITS_HTML_UNIT_H
#define RACYBITS_HTML_UNIT_H

#include "html_page.h"

/* The element of verdict `i` of the program: all that is known about the unit. */
void html_unit(const struct html_page *page, size_t i);

#endif
