/* SPDX-License-Identifier: GPL-2.0-only */
/* html_graph.h - the conflict graph of a unit as an arc diagram. */
#ifndef RACYBITS_HTML_GRAPH_H
#define RACYBITS_HTML_GRAPH_H

#include "witness.h"

/* An SVG element: the racing fields as nodes, conflict N as an arc that links to "#ID-cN". */
void html_graph(FILE *f, const struct witnesses *w);

#endif
