// SPDX-License-Identifier: GPL-2.0-only
/* html_graph.c - the conflict graph of a unit as an arc diagram; lengths are in pixels. */
#include "base/names.h"
#include "finding.h"
#include "html_escape.h"
#include "html_graph.h"
#include "html_palette.h"

enum {
	PITCH = 30, /* of the nodes */
	TOP = 18,
	NODE_X = 210,
	RADIUS = 6,
	MARGIN = 12
};

/* Where the node of a racing field is. */
static uint32_t node_y(const struct unit_verdict *u, uint32_t field)
{
	uint32_t i, y = TOP;

	for (i = 0; i < field; i++)
		if (field_races(u, i))
			y += PITCH;
	return y;
}

static void put_node(FILE *f, const struct unit_verdict *u, uint32_t field)
{
	uint32_t y = node_y(u, field);

	fprintf(f, "<text class=\"name end\" x=\"%u\" y=\"%u\">", NODE_X - 14, y + 4);
	html_str(f, u->fields[field].field->name);
	fprintf(f, "</text><circle class=\"cell %s\" cx=\"%u\" cy=\"%u\" r=\"%u\"/>\n",
		palette_class(u, field), NODE_X, y, RADIUS);
}

static void put_arc(FILE *f, const struct witnesses *w, uint32_t i)
{
	const struct conflict *c = &w->conflicts[i];
	uint32_t from = node_y(w->u, c->a), to = node_y(w->u, c->b), radius = (to - from) / 2;

	fputs("<a href=\"#", f);
	html_id(f, w->u);
	fprintf(f, "-c%u\"><path class=\"arc %s\" d=\"M%u %uA%u %u 0 0 1 %u %u\"><title>", i + 1,
		confidence_name(c->confidence), NODE_X, from, radius, radius, NODE_X, to);
	html_str(f, w->u->fields[c->a].field->name);
	fputs(" against ", f);
	html_str(f, w->u->fields[c->b].field->name);
	fputs("</title></path></a>\n", f);
}

void html_graph(FILE *f, const struct witnesses *w)
{
	uint32_t i, nodes = 0, width, height;

	for (i = 0; i < w->u->nfields; i++)
		nodes += field_races(w->u, i);
	width = NODE_X + (nodes - 1) * PITCH / 2 + 2 * MARGIN;
	height = 2 * TOP + (nodes - 1) * PITCH;
	fprintf(f, "<svg viewBox=\"0 0 %u %u\" width=\"%u\" height=\"%u\" role=\"img\">", width,
		height, width, height);
	fputs("<title>Conflict graph: an arc for each pair of fields with concurrent stores</title>\n",
	      f);
	for (i = 0; i < w->u->nconflicts; i++)
		put_arc(f, w, i);
	for (i = 0; i < w->u->nfields; i++)
		if (field_races(w->u, i))
			put_node(f, w->u, i);
	fputs("</svg>\n", f);
}
