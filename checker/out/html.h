/* SPDX-License-Identifier: GPL-2.0-only */
/* html.h - the report as one HTML file. */
#ifndef RACYBITS_HTML_H
#define RACYBITS_HTML_H

#include "report.h"

/*
 * A file that refers to no other: an index with filters, and for each unit its layout, the conflict
 * graph, the writers with their source lines and the layout after the split.
 */
void html_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
