// SPDX-License-Identifier: GPL-2.0-only
/* html_map.c - bits as a map, drawn as SVG from top to bottom; lengths are in pixels. */
#include "clean.h"
#include "html_escape.h"
#include "html_map.h"

enum {
	ROWS_MAX = 4,		/* rows of a field; a wider one is compressed */
	TICK_MIN = 3,		/* no ticks between bits that are lower than this */
	BASELINE = MAP_ROW - 7, /* of text in a row */
	BYTE_X = 36,		/* right end of the byte numbers */
	BIT_X = 62,		/* right end of the bit numbers */
	CELL_X = 70,		/* left end of the cells */
	CELL_WIDTH = 26,
	NAME_X = 106, /* left end of the names */
	NAME_CHARS = 24,
};

void map_add(struct map *m, const struct field *field, uint64_t bit, uint64_t width,
	     const char *class)
{
	uint32_t height = MAP_ROW * (uint32_t)(width > ROWS_MAX ? ROWS_MAX : width);

	*vec_add(m->segments, m->n, m->cap) = (struct map_segment){ .bit = bit,
								    .width = width,
								    .field = field,
								    .class = class,
								    .y = m->y,
								    .height = height };
	m->y += height;
	m->end = bit + width;
}

void map_pad(struct map *m, uint64_t to)
{
	if (to > m->end)
		map_add(m, NULL, m->end, to - m->end, "hole");
}

static uint32_t segment_y(const struct map_segment *s, uint64_t bit)
{
	return s->y + (uint32_t)((bit - s->bit) * s->height / s->width);
}

uint32_t map_top(const struct map *m, uint64_t bit)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		const struct map_segment *s = &m->segments[i];

		if (bit >= s->bit && bit < s->bit + s->width)
			return segment_y(s, bit);
	}
	return m->y;
}

uint32_t map_bottom(const struct map *m, uint64_t bit)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		const struct map_segment *s = &m->segments[i];

		if (bit > s->bit && bit <= s->bit + s->width)
			return segment_y(s, bit);
	}
	return m->y;
}

/* --- drawing */

void map_put_open(FILE *f, uint32_t height, const char *title)
{
	fprintf(f, "<svg viewBox=\"0 0 %u %u\" width=\"%u\" height=\"%u\" role=\"img\"><title>",
		MAP_WIDTH, height, MAP_WIDTH, height);
	html_text(f, title);
	fputs("</title>\n", f);
}

void map_put_heads(FILE *f, bool bytes)
{
	if (bytes)
		fprintf(f, "<text class=\"head end\" x=\"%u\" y=\"14\">byte</text>", BYTE_X);
	fprintf(f,
		"<text class=\"head end\" x=\"%u\" y=\"14\">bit</text>"
		"<text class=\"head\" x=\"%u\" y=\"14\">field</text>\n",
		BIT_X, NAME_X);
}

static void put_number(FILE *f, uint32_t x, uint32_t y, uint64_t number)
{
	fprintf(f, "<text class=\"number\" x=\"%u\" y=\"%u\">%llu</text>\n", x, y,
		(unsigned long long)number);
}

void map_put_bytes(FILE *f, const struct map *m)
{
	uint64_t byte = m->n ? m->segments[0].bit / 8 : 0;
	uint32_t y, last = 0;

	for (; byte * 8 < m->end; byte++) {
		y = map_top(m, byte * 8);
		fprintf(f, "<path class=\"byte\" d=\"M0 %uH%u\"/>\n", y, MAP_WIDTH);
		if (y >= last + MAP_ROW / 2)
			put_number(f, BYTE_X, y + BASELINE, byte);
		last = y;
	}
}

void map_put_cell(FILE *f, const struct map_segment *s)
{
	fprintf(f, "<rect class=\"cell %s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>\n",
		s->class, CELL_X, s->y, CELL_WIDTH, s->height);
}

void map_put_name(FILE *f, uint32_t y, const char *name)
{
	size_t n = strlen(name);
	char *shown = xasprintf("%.*s%s", NAME_CHARS, name, n > NAME_CHARS ? "..." : "");

	fprintf(f, "<text class=\"name\" x=\"%u\" y=\"%u\">", NAME_X, y + BASELINE);
	html_text(f, shown);
	if (n > NAME_CHARS) {
		fputs("<title>", f);
		html_text(f, name);
		fputs("</title>", f);
	}
	fputs("</text>\n", f);
	free(shown);
}

static void put_ticks(FILE *f, const struct map_segment *s)
{
	uint64_t i;

	if (s->height / s->width < TICK_MIN)
		return;
	for (i = 1; i < s->width; i++)
		fprintf(f, "<path class=\"tick\" d=\"M%u %uh%u\"/>\n", CELL_X,
			segment_y(s, s->bit + i), CELL_WIDTH);
}

void map_put_segment(FILE *f, const struct map_segment *s, uint64_t first_bit)
{
	const char *name = s->field && s->field->name ? clean_str(s->field->name) : "padding";

	map_put_cell(f, s);
	put_ticks(f, s);
	put_number(f, BIT_X, s->y + BASELINE, s->bit - first_bit);
	map_put_name(f, s->y, name);
}
