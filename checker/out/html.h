/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * html.h - the parts of the HTML report: page (html.c), unit (html_unit.c), drawings (html_layout.c,
 * html_graph.c).
 */
#ifndef RACYBITS_HTML_H
#define RACYBITS_HTML_H

#include "out.h"

/* What a page is made of. */
struct page {
	FILE *f;
	const struct program *p;
	const struct out_options *o;
};

/*
 * Text for an element or a quoted attribute: what HTML gives a meaning is escaped, and characters
 * that reorder what is read (Unicode's bidirectional controls) are shown by number.
 */
void html_text(FILE *f, const char *s);
void html_str(FILE *f, str s);
/* Text that was printed to `t`, which is closed. */
void html_stream(FILE *f, struct text *t);
/* "FILE:LINE" */
void html_place(FILE *f, const struct loc *at);
/* The name of the unit's element. */
void html_id(FILE *f, const struct unit_verdict *u);

/* Classes of the style sheet by which a field is coloured: by lifetime and guard. */
const char *field_class(const struct unit_verdict *u, uint32_t field);
/* What the colours of the unit's fields mean, as a list. */
void html_legend(FILE *f, const struct unit_verdict *u);

/* The element of unit `i`: everything that is known about it. */
void html_unit(const struct page *page, size_t i);

/* The storage unit as a memory map: its bits, and the bytes that gcc and clang access. */
void picture_unit(FILE *f, const struct unit_verdict *u);
/* The memory locations that p's policy makes of it. */
void picture_split(FILE *f, const struct program *p, const struct unit_verdict *u);
/* The fields that race as nodes, their conflicts as arcs that lead to "#ID-cN". */
void picture_graph(FILE *f, const struct witnesses *w);

#endif
