/* SPDX-License-Identifier: GPL-2.0-only */
/* html_bars.h - bars beside a map of bits: the bytes that each compiler accesses for a field. */
#ifndef RACYBITS_HTML_BARS_H
#define RACYBITS_HTML_BARS_H

#include "base/access_unit.h"
#include "html_map.h"

/* Byte ranges, each once; ranges that overlap are in different lanes as far as there are lanes. */
struct bars {
	struct byte_range *ranges;
	uint32_t *lanes;
	size_t n, cap, lanes_cap;
};

/* Start zeroed; access_bars_free() frees it. */
struct access_bars {
	struct bars gcc, clang;
};

/* Adds what each compiler accesses for a store to the field, by itself if it is no bitfield. */
void access_bars_add(struct access_bars *a, const struct record *r, const struct field *f);
/* Draws them beside the map, which has all of their bytes. */
void access_bars_put(FILE *f, const struct map *m, const struct access_bars *a);
void access_bars_free(struct access_bars *a);

#endif
