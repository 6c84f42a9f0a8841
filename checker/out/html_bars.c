// SPDX-License-Identifier: GPL-2.0-only
/* html_bars.c - bars beside a map of bits: the bytes that each compiler accesses for a field. */
#include "html_bars.h"

enum {
	GCC_X = 296, /* left end of the bars */
	CLANG_X = 344,
	LANE = 12, /* pitch of bars side by side */
	LANES = 3,
};

static bool overlap(const struct byte_range *a, const struct byte_range *b)
{
	return a->first <= b->last && b->first <= a->last;
}

/* A new range goes to the first lane where it overlaps no other; the last lane takes the rest. */
static void bars_add(struct bars *b, struct byte_range range)
{
	uint32_t lane = 0;
	size_t i;

	for (i = 0; i < b->n; i++)
		if (b->ranges[i].first == range.first && b->ranges[i].last == range.last)
			return;
	for (i = 0; i < b->n && lane + 1 < LANES; i++) {
		if (b->lanes[i] != lane || !overlap(&b->ranges[i], &range))
			continue;
		lane++;
		i = SIZE_MAX;
	}
	b->lanes = vec_grow(b->lanes, b->n, &b->lanes_cap, sizeof(*b->lanes));
	b->lanes[b->n] = lane;
	*vec_add(b->ranges, b->n, b->cap) = range;
}

static void put_bars(FILE *f, const struct map *m, const struct bars *b, const char *compiler,
		     uint32_t x)
{
	uint32_t y;
	size_t i;

	fprintf(f, "<text class=\"head\" x=\"%u\" y=\"14\">%s</text>\n", x, compiler);
	for (i = 0; i < b->n; i++) {
		const struct byte_range *r = &b->ranges[i];

		y = map_top(m, r->first * 8);
		fprintf(f,
			"<rect class=\"access %s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"3\">"
			"<title>%s: %llu byte%s at once</title></rect>\n",
			compiler, x + b->lanes[i] * LANE, y + 2, LANE - 3,
			map_bottom(m, (r->last + 1) * 8) - y - 4, compiler,
			(unsigned long long)r->last - r->first + 1, r->last == r->first ? "" : "s");
	}
}

void access_bars_add(struct access_bars *a, const struct record *r, const struct field *f)
{
	struct byte_range own = { f->bit_offset / 8, (f->bit_offset + f->bit_size - 1) / 8 };
	bool bits = f->flags & FIELD_BITFIELD;

	bars_add(&a->gcc, bits ? access_unit_gcc(r, f) : own);
	bars_add(&a->clang, bits ? access_unit_clang(r, f) : own);
}

void access_bars_put(FILE *f, const struct map *m, const struct access_bars *a)
{
	put_bars(f, m, &a->gcc, "gcc", GCC_X);
	put_bars(f, m, &a->clang, "clang", CLANG_X);
}

static void bars_free(struct bars *b)
{
	free(b->ranges);
	free(b->lanes);
}

void access_bars_free(struct access_bars *a)
{
	bars_free(&a->gcc);
	bars_free(&a->clang);
}
