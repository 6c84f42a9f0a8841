/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * html_map.h - bits as a map, drawn as SVG from top to bottom, one cell for each field.  Lengths are
 * in pixels.
 */
#ifndef RACYBITS_HTML_MAP_H
#define RACYBITS_HTML_MAP_H

#include "base/util.h"

enum {
	MAP_WIDTH = 384,
	MAP_HEAD = 22, /* height of the column heads */
	MAP_ROW = 24,  /* height of a bit */
};

/* A run of bits of one record: a field, or padding. */
struct map_segment {
	uint64_t bit, width;	   /* bits from the start of the record */
	const struct field *field; /* NULL: padding */
	const char *class;	   /* of the style sheet */
	uint32_t y, height;
};

/* Start with y = MAP_HEAD and `end` at the first bit drawn; the caller frees `segments`. */
struct map {
	struct map_segment *segments;
	size_t n, cap;
	uint64_t end; /* one past the last bit */
	uint32_t y;   /* top of the next segment */
};

/* Adds a segment; a wide one is drawn compressed. */
void map_add(struct map *m, const struct field *field, uint64_t bit, uint64_t width,
	     const char *class);
/* Adds padding up to bit `to`, if there is any. */
void map_pad(struct map *m, uint64_t to);

/* Where the bit begins, and where the bits before it end. */
uint32_t map_top(const struct map *m, uint64_t bit);
uint32_t map_bottom(const struct map *m, uint64_t bit);

/* The start of the SVG element, to be ended with "</svg>". */
void map_put_open(FILE *f, uint32_t height, const char *title);
/* The column heads; `bytes`: with the one for byte numbers. */
void map_put_heads(FILE *f, bool bytes);
/* A dashed line where each byte begins, with its number in the record. */
void map_put_bytes(FILE *f, const struct map *m);
/* The cell of a segment alone. */
void map_put_cell(FILE *f, const struct map_segment *s);
/* The name beside a cell that begins at `y`, cut if it is too long: then the whole is its title. */
void map_put_name(FILE *f, uint32_t y, const char *name);
/* The cell with a tick for each bit, its bit number counted from `first_bit`, and its name. */
void map_put_segment(FILE *f, const struct map_segment *s, uint64_t first_bit);

#endif
