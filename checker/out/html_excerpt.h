/* SPDX-License-Identifier: GPL-2.0-only */
/* html_excerpt.h - excerpts of the analysed source in the HTML report. */
#ifndef RACYBITS_HTML_EXCERPT_H
#define RACYBITS_HTML_EXCERPT_H

#include "html_page.h"

/* The declaration of the unit's fields; nothing if the source cannot be read. */
void html_declaration(const struct html_page *page, const struct unit_verdict *u);
/* The lines around the two stores of the argument of a racy unit; nothing of a file that cannot be read. */
void html_stores(const struct html_page *page, const struct unit_verdict *u);

#endif
