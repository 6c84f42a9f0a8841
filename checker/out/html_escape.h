/* SPDX-License-Identifier: GPL-2.0-only */
/* html_escape.h - text, locations and identifiers of the analysed source in HTML. */
#ifndef RACYBITS_HTML_ESCAPE_H
#define RACYBITS_HTML_ESCAPE_H

#include "memstream.h"

/*
 * The string as the text of an element or of a quoted attribute: after clean(), special characters
 * are escaped, and the bidirectional controls of Unicode, which reorder what is read, are shown by
 * number.
 */
void html_text(FILE *f, const char *s);
void html_str(FILE *f, str s);
/* The same of what was printed to `t`, which is closed; its lines stay lines. */
void html_stream(FILE *f, struct memstream *t);
/* "FILE:LINE" */
void html_loc(FILE *f, const struct loc *at);
/* The id attribute of the unit's element, unquoted. */
void html_id(FILE *f, const struct unit_verdict *u);

#endif
