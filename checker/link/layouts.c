// SPDX-License-Identifier: GPL-2.0-only
/* layouts.c - the units of a record that has several layouts, each unit once. */
#include "layouts.h"
#include "symtab.h"

static bool same_field(const struct field *a, const struct unit *u, const struct field *b,
		       const struct unit *v)
{
	return a->name == b->name && a->bit_size == b->bit_size && a->flags == b->flags &&
	       a->bit_offset - u->bit_offset == b->bit_offset - v->bit_offset;
}

static bool same_unit(const struct record *r, uint32_t unit, const struct record *s, uint32_t other)
{
	const struct unit *u = &r->units[unit], *v = &s->units[other];
	uint32_t i;

	if (u->last - u->first != v->last - v->first)
		return false;
	for (i = 0; i <= u->last - u->first; i++)
		if (!same_field(&r->fields[u->first + i], u, &s->fields[v->first + i], v))
			return false;
	return true;
}

struct layout_unit layout_unit_find(const struct link *l, const struct record *r, uint32_t unit)
{
	const struct record *s;
	uint32_t n, u;

	for (n = 0; r->variant_of && (s = symtab_layouts(l, r->variant_of, n)) && s != r; n++)
		for (u = 0; u < s->nunits; u++)
			if (same_unit(r, unit, s, u))
				return (struct layout_unit){ s, u };
	return (struct layout_unit){ r, unit };
}
