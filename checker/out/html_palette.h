/* SPDX-License-Identifier: GPL-2.0-only */
/* html_palette.h - the colours of fields: classes of the style sheet by lifetime and guard. */
#ifndef RACYBITS_HTML_PALETTE_H
#define RACYBITS_HTML_PALETTE_H

#include "base/util.h"

/* Class of the field with this index in u->fields; a literal. */
const char *palette_class(const struct unit_verdict *u, uint32_t field);
/* Class of a member of the unit's record, "hole" for one without a name. */
const char *palette_member_class(const struct unit_verdict *u, const struct field *f);
/* The colours of the unit's fields and their meaning, as a list. */
void palette_legend(FILE *f, const struct unit_verdict *u);

#endif
