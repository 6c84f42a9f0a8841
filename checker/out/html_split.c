// SPDX-License-Identifier: GPL-2.0-only
/* html_split.c - what the split makes of a storage unit, as a map. */
#include "clean.h"
#include "html_bars.h"
#include "html_palette.h"
#include "html_split.h"
#include "split.h"

#define GAP 20 /* pixels between memory locations */

static bool is_moved(const struct program *p, const struct unit_verdict *u, const struct field *f)
{
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].field == f)
			return split_moves(p, u, i);
	return false;
}

/* The field after the split at `bit`: a scalar of 1, 2, 4 or 8 bytes if it moves. */
static void field_after(struct field *f, const struct field *before, bool moved, uint64_t bit)
{
	*f = *before;
	f->bit_offset = bit;
	f->group = 0;
	f->group_end = UINT64_MAX;
	f->flags &= ~(uint32_t)FIELD_ALTERNATIVE;
	if (!moved)
		return;
	f->flags &= ~(uint32_t)FIELD_BITFIELD;
	f->bit_size = 8;
	while (f->bit_size < before->bit_size)
		f->bit_size *= 2;
}

/*
 * The part of the record that was the unit, after the split: the fields that stay, without gaps, then
 * each moved field by itself.  `fix` decides where in the record they go.  The caller frees r->fields.
 */
static void record_after(struct record *r, const struct program *p, const struct unit_verdict *u)
{
	uint64_t bit = u->unit->bit_offset / 8 * 8;
	uint32_t i, moved;

	*r = *u->record;
	r->fields = xcalloc(u->unit->last - u->unit->first + 1, sizeof(*r->fields));
	r->nfields = 0;
	for (moved = 0; moved < 2; moved++) {
		for (i = u->unit->first; i <= u->unit->last; i++) {
			const struct field *f = &u->record->fields[i];

			if (!(f->flags & FIELD_BITFIELD) || !f->bit_size ||
			    is_moved(p, u, f) != moved)
				continue;
			field_after(&r->fields[r->nfields], f, moved, bit);
			bit += r->fields[r->nfields++].bit_size;
		}
		bit = (bit + 7) / 8 * 8;
	}
}

/* Adds a scalar: a cell of one row, apart from the one before. */
static void map_scalar(struct map *m, const struct field *field, const char *class)
{
	if (m->n)
		m->y += GAP;
	map_add(m, field, field->bit_offset, field->bit_size, class);
	m->segments[m->n - 1].height = MAP_ROW;
	m->y = m->segments[m->n - 1].y + MAP_ROW;
}

static void map_after(struct map *m, const struct record *r, const struct unit_verdict *u)
{
	uint32_t i;

	m->end = u->unit->bit_offset / 8 * 8;
	for (i = 0; i < r->nfields; i++) {
		const struct field *f = &r->fields[i];
		const char *class = palette_member_class(u, f);

		map_pad(m, f->bit_offset);
		if (f->flags & FIELD_BITFIELD)
			map_add(m, f, f->bit_offset, f->bit_size, class);
		else
			map_scalar(m, f, class);
	}
	map_pad(m, (m->end + 7) / 8 * 8);
}

static void put_scalar(FILE *f, const struct map_segment *s)
{
	uint64_t bytes = s->width / 8;
	const char *field = clean_str(s->field->name);
	char *name = bytes == 1 ? xstrdup(field) :
				  xasprintf("%s (%llu bytes)", field, (unsigned long long)bytes);

	map_put_cell(f, s);
	map_put_name(f, s->y, name);
	free(name);
}

void html_split(FILE *f, const struct program *p, const struct unit_verdict *u)
{
	struct access_bars bars = { 0 };
	struct map m = { .y = MAP_HEAD };
	struct record after;
	size_t i;

	record_after(&after, p, u);
	map_after(&m, &after, u);
	map_put_open(f, m.y + 1,
		     "Memory locations after the split, and what each compiler accesses");
	map_put_heads(f, false);
	for (i = 0; i < m.n; i++)
		if (m.segments[i].field && !(m.segments[i].field->flags & FIELD_BITFIELD))
			put_scalar(f, &m.segments[i]);
		else
			map_put_segment(f, &m.segments[i], m.segments[0].bit);
	for (i = 0; i < after.nfields; i++)
		if (after.fields[i].name)
			access_bars_add(&bars, &after, &after.fields[i]);
	access_bars_put(f, &m, &bars);
	fputs("</svg>\n", f);
	access_bars_free(&bars);
	free(after.fields);
	free(m.segments);
}
