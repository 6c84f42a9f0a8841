// SPDX-License-Identifier: GPL-2.0-only
/* storage_unit.c - finds the storage units of a record from the offsets of its fields. */
#include "storage_unit.h"

static bool ranges_overlap(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return a < b + b_size && b < a + a_size;
}

bool layout_overlap(const struct field *f, const struct unit *u)
{
	return ranges_overlap(f->bit_offset, f->bit_size, u->bit_offset, u->bit_size);
}

/* A bitfield of width zero takes no bits: it ends the unit before it (C11 6.7.2.1p12). */
static bool is_stored_bitfield(const struct field *f)
{
	return f->flags & FIELD_BITFIELD && f->bit_size;
}

/* Extends the unit to these bits. */
static void unit_cover(struct unit *u, uint64_t bit_offset, uint64_t bit_size)
{
	uint64_t end = u->bit_offset + u->bit_size;

	if (end < bit_offset + bit_size)
		end = bit_offset + bit_size;
	if (u->bit_offset > bit_offset)
		u->bit_offset = bit_offset;
	u->bit_size = end - u->bit_offset;
}

/* The run of bitfields that begins at fields[first]; *named: one of them has a name. */
static struct unit run_measure(const struct record *r, uint32_t first, bool *named)
{
	const struct field *f = &r->fields[first];
	struct unit u = { first, first, f->bit_offset, f->bit_size };
	uint32_t i;

	*named = f->name;
	for (i = first + 1; i < r->nfields; i++) {
		f = &r->fields[i];
		if (!is_stored_bitfield(f) || f->group != r->fields[first].group)
			break;
		unit_cover(&u, f->bit_offset, f->bit_size);
		*named |= f->name != 0;
		u.last = i;
	}
	return u;
}

/* Fills `runs` with the runs that have a named bitfield; returns how many. */
static uint32_t runs_find(const struct record *r, struct unit *runs)
{
	uint32_t i, n = 0;
	bool named;

	for (i = 0; i < r->nfields; i++) {
		if (!is_stored_bitfield(&r->fields[i]))
			continue;
		runs[n] = run_measure(r, i, &named);
		i = runs[n].last;
		n += named;
	}
	return n;
}

/* Joins into *u all units that it overlaps, to a fixpoint; returns the number of units left. */
static uint32_t unit_absorb(struct unit *u, struct unit *units, uint32_t n)
{
	uint32_t i = 0;

	while (i < n) {
		struct unit *o = &units[i];

		if (!ranges_overlap(u->bit_offset, u->bit_size, o->bit_offset, o->bit_size)) {
			i++;
			continue;
		}
		unit_cover(u, o->bit_offset, o->bit_size);
		u->first = o->first < u->first ? o->first : u->first;
		u->last = o->last > u->last ? o->last : u->last;
		memmove(o, o + 1, (--n - i) * sizeof(*o));
		i = 0;
	}
	return n;
}

static int unit_compare(const void *a, const void *b)
{
	const struct unit *x = a, *y = b;

	return x->first < y->first ? -1 : x->first > y->first;
}

/* Sets the unit of each field: the first one that it overlaps, or NONE. */
static void fields_assign(struct record *r)
{
	uint32_t i, u;

	for (i = 0; i < r->nfields; i++) {
		struct field *f = &r->fields[i];

		for (u = 0; u < r->nunits && !layout_overlap(f, &r->units[u]); u++)
			;
		f->unit = u < r->nunits ? u : NONE;
	}
}

void layout_units(struct record *r, struct arena *a)
{
	struct unit *runs = xcalloc(r->nfields, sizeof(*runs));
	uint32_t i, n = 0, nruns = runs_find(r, runs);

	/* Joined units are written to the front of the array, never beyond the run that is read. */
	for (i = 0; i < nruns; i++) {
		struct unit u = runs[i];

		n = unit_absorb(&u, runs, n);
		runs[n++] = u;
	}
	qsort(runs, n, sizeof(*runs), unit_compare);
	r->nunits = n;
	r->units = arena_copy(a, runs, n * sizeof(*runs));
	free(runs);
	fields_assign(r);
}
