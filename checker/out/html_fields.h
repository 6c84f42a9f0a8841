/* SPDX-License-Identifier: GPL-2.0-only */
/* html_fields.h - the fields of a unit as a table. */
#ifndef RACYBITS_HTML_FIELDS_H
#define RACYBITS_HTML_FIELDS_H

#include "html_page.h"

void html_fields(const struct html_page *page, const struct unit_verdict *u);

#endif
