// SPDX-License-Identifier: GPL-2.0-only
/* relayout.c - where the members of a record lie when they are declared in another order. */
#include "relayout.h"
#include "type_bits.h"

static uint64_t round_up(uint64_t n, uint64_t to)
{
	return to ? (n + to - 1) / to * to : n;
}

/* The lowest bit of n that is set. */
static uint64_t lowest_bit(uint64_t n)
{
	return n & -n;
}

/* --- alignment */

/* Size in bits of a member that is no array, or of an element of one that is; 0: not known. */
static uint64_t element_bits(const struct field *f)
{
	char name[128], *bracket;
	uint64_t bits;

	if (f->flags & FIELD_POINTER)
		return f->bit_size;
	snprintf(name, sizeof(name), "%s", str_get(f->type));
	bracket = strchr(name, '[');
	if (bracket)
		*bracket = '\0';
	bits = f->record ? 0 : type_bits(name);
	return bits && f->bit_size % bits == 0 ? bits : 0;
}

/* The alignment of the member's type or, if the type is not known, the most its offset and size allow. */
static uint64_t type_align(const struct record *r, const struct field *f)
{
	uint64_t bits, most = lowest_bit(f->bit_offset | r->align * 8 | POINTER_BITS);

	if (f->flags & FIELD_BITFIELD) {
		bits = type_bits(str_get(f->type));
		return bits ? bits : 32;
	}
	bits = element_bits(f);
	return bits ? bits : lowest_bit(most | f->bit_size);
}

/*
 * The alignment of the member.  A gap before it that its type does not explain means that an attribute
 * aligns it as much as the record is aligned.
 */
static uint64_t field_align(const struct record *r, const struct field *f)
{
	uint64_t align = type_align(r, f), before;

	if (f == r->fields || (f->flags & FIELD_BITFIELD) || r->align * 8 <= align ||
	    f->bit_offset % (r->align * 8))
		return align;
	before = f[-1].bit_offset + f[-1].bit_size;
	return f->bit_offset >= round_up(before, align) + align ? r->align * 8 : align;
}

/* --- laying out */

struct relayout_cursor {
	const struct record *r;
	uint64_t at;	      /* the first free bit; all offsets and alignments are in bits */
	uint32_t group;	      /* anonymous member that the last member is in, or 0 */
	uint64_t group_align; /* alignment of that group */
	uint64_t align;	      /* the greatest alignment so far */
	bool in_union;	      /* the last member is in a union, ... */
	uint64_t union_at;    /* ... which begins here ... */
	uint64_t union_was;   /* ... and began there in the record as it is */
};

/* A bitfield goes behind the last one unless it would cross a boundary of its type. */
static uint64_t add_bits(struct relayout_cursor *c, uint64_t type, uint64_t width)
{
	uint64_t at;

	if (c->at / type != (c->at + width - 1) / type)
		c->at = round_up(c->at, type);
	at = c->at;
	c->at += width;
	return at;
}

static uint64_t add_bitfield(struct relayout_cursor *c, const struct field *f)
{
	uint64_t type = field_align(c->r, f);

	if (!f->bit_size) {
		c->at = round_up(c->at, type);
		return c->at;
	}
	if (f->name && type > c->align)
		c->align = type;
	return add_bits(c, type, f->bit_size);
}

/* A bitfield that has been given another type, and `:0` in front of and behind it. */
static uint64_t add_fenced(struct relayout_cursor *c, const struct relayout_member *m)
{
	uint64_t at;

	if (m->fence_above)
		c->at = round_up(c->at, m->bits);
	at = add_bits(c, m->bits, m->width);
	if (m->fence_below)
		c->at = round_up(c->at, m->bits);
	if (m->bits > c->align)
		c->align = m->bits;
	return at;
}

/* A member of a union keeps its distance from the start of the union. */
static uint64_t add_in_union(struct relayout_cursor *c, const struct field *f)
{
	uint64_t at;

	if (!c->in_union) {
		c->at = round_up(c->at, field_align(c->r, f));
		c->union_at = c->at;
		c->union_was = f->bit_offset;
		c->in_union = true;
	}
	at = c->union_at + f->bit_offset - c->union_was;
	if (at + f->bit_size > c->at)
		c->at = at + f->bit_size;
	return at;
}

static uint64_t add_plain(struct relayout_cursor *c, uint64_t bits, uint64_t align)
{
	uint64_t at = round_up(c->at, align);

	c->at = at + bits;
	if (align > c->align)
		c->align = align;
	return at;
}

/* The greatest alignment of the members of an anonymous one. */
static uint64_t group_align(const struct record *r, uint32_t group)
{
	uint64_t most = 8, align;
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		if (r->fields[i].group != group)
			continue;
		align = field_align(r, &r->fields[i]);
		most = align > most ? align : most;
	}
	return most;
}

/* Pads the anonymous member that ends, and aligns the one that begins. */
static void change_group(struct relayout_cursor *c, uint32_t group)
{
	if (group == c->group)
		return;
	if (c->group)
		c->at = round_up(c->at, c->group_align);
	c->group = group;
	c->group_align = group ? group_align(c->r, group) : 0;
	c->at = round_up(c->at, c->group_align);
}

/* Adds the member; returns its offset. */
static uint64_t add_member(struct relayout_cursor *c, const struct relayout_member *m)
{
	const struct field *f = &c->r->fields[m->field];

	change_group(c, f->group);
	if (f->flags & FIELD_IN_UNION)
		return add_in_union(c, f);
	c->in_union = false;
	if (m->moved && m->width)
		return add_fenced(c, m);
	if (m->moved)
		return add_plain(c, m->bits, m->bits);
	if (f->flags & FIELD_BITFIELD)
		return add_bitfield(c, f);
	return add_plain(c, f->bit_size, field_align(c->r, f));
}

uint64_t relayout(const struct record *r, const struct relayout_member *order, uint32_t n,
		  uint64_t *offsets)
{
	struct relayout_cursor c = { .r = r, .align = 8 };
	uint64_t align;
	uint32_t i;

	for (i = 0; i < n; i++)
		offsets[order[i].field] = add_member(&c, &order[i]);
	change_group(&c, 0);
	align = c.align > r->align * 8 ? c.align : r->align * 8;
	return round_up(c.at, align) / 8;
}

static struct relayout_member *order_of_declaration(const struct record *r)
{
	struct relayout_member *order = xcalloc(r->nfields + 1, sizeof(*order));
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		order[i].field = i;
	return order;
}

bool relayout_explains(const struct record *r, uint32_t *field)
{
	struct relayout_member *order = order_of_declaration(r);
	uint64_t *offsets = xcalloc(r->nfields + 1, sizeof(*offsets));
	uint64_t bytes = relayout(r, order, r->nfields, offsets);
	uint32_t i;

	for (i = 0; i < r->nfields && offsets[i] == r->fields[i].bit_offset; i++)
		;
	*field = i;
	free(order);
	free(offsets);
	return i == r->nfields && bytes == r->bytes;
}

const struct record *relayout_resized(const struct record *r, str key, uint64_t bytes,
				      struct arena *a)
{
	struct record *copy = arena_copy(a, r, sizeof(*r));
	struct relayout_member *order = order_of_declaration(r);
	uint64_t *offsets = xcalloc(r->nfields + 1, sizeof(*offsets));
	uint32_t i;

	copy->fields = arena_copy(a, r->fields, r->nfields * sizeof(*r->fields));
	for (i = 0; i < r->nfields; i++)
		if (copy->fields[i].record == key && !(copy->fields[i].flags & FIELD_ARRAY) &&
		    !(copy->fields[i].flags & FIELD_POINTER))
			copy->fields[i].bit_size = bytes * 8;
	copy->bytes = relayout(copy, order, r->nfields, offsets);
	for (i = 0; i < r->nfields; i++)
		copy->fields[i].bit_offset = offsets[i];
	free(order);
	free(offsets);
	return copy;
}
