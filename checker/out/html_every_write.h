/* SPDX-License-Identifier: GPL-2.0-only */
/* html_every_write.h - all writes of a unit in the HTML report. */
#ifndef RACYBITS_HTML_EVERY_WRITE_H
#define RACYBITS_HTML_EVERY_WRITE_H

#include "html_page.h"

/*
 * The writes by field, in a part that is folded at first: each store with its phase and kind of entry
 * point once, with the locks that are held on all its ways.
 */
void html_every_write(const struct html_page *page, const struct unit_verdict *u);

#endif
