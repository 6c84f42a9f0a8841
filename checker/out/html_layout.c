// SPDX-License-Identifier: GPL-2.0-only
/* html_layout.c - a storage unit as a map of its bits. */
#include "html_bars.h"
#include "html_layout.h"
#include "html_palette.h"

/*
 * The bits of the unit and the padding that stores to it write, too.  Of members that overlay each
 * other the first one is drawn.
 */
static void map_unit(struct map *m, const struct unit_verdict *u)
{
	const struct record *r = u->record;
	uint64_t end = 0, touched;
	uint32_t i;

	m->end = u->unit->bit_offset / 8 * 8;
	for (i = u->unit->first; i <= u->unit->last; i++) {
		const struct field *f = &r->fields[i];

		if (!(f->flags & FIELD_BITFIELD) || !f->bit_size || f->bit_offset < m->end)
			continue;
		map_pad(m, f->bit_offset);
		map_add(m, f, f->bit_offset, f->bit_size, palette_member_class(u, f));
		touched = access_unit_clang(r, f).last;
		end = touched > end ? touched : end;
		touched = access_unit_gcc(r, f).last;
		end = touched > end ? touched : end;
	}
	map_pad(m, (end + 1) * 8);
}

void html_layout(FILE *f, const struct unit_verdict *u)
{
	struct map m = { .y = MAP_HEAD };
	struct access_bars bars = { 0 };
	size_t i;

	map_unit(&m, u);
	map_put_open(f, m.y + 1, "Bits of the storage unit, and the bytes each compiler accesses");
	map_put_heads(f, true);
	map_put_bytes(f, &m);
	for (i = 0; i < m.n; i++)
		map_put_segment(f, &m.segments[i], u->unit->bit_offset);
	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].field->flags & FIELD_BITFIELD)
			access_bars_add(&bars, u->record, u->fields[i].field);
	access_bars_put(f, &m, &bars);
	fputs("</svg>\n", f);
	access_bars_free(&bars);
	free(m.segments);
}
