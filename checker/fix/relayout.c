// SPDX-License-Identifier: GPL-2.0-only
/* relayout.c - where the members of a record lie when they are declared in another order. */
#include <ctype.h>

#include "fix.h"

#define POINTER_BITS 64

static uint64_t round_up(uint64_t n, uint64_t to)
{
	return to ? (n + to - 1) / to * to : n;
}

static uint64_t lowest_bit(uint64_t n)
{
	return n & -n;
}

/* --- types */

/* The size that an exact-width name ends in: u8, __u32, int64_t. */
static uint64_t width_in_name(const char *name)
{
	size_t n = strlen(name), digits;
	uint64_t bits;

	if (n > 2 && !strcmp(name + n - 2, "_t"))
		n -= 2;
	for (digits = 0; digits < n && isdigit((unsigned char)name[n - digits - 1]); digits++)
		;
	bits = digits ? strtoul(name + n - digits, NULL, 10) : 0;
	return bits == 8 || bits == 16 || bits == 32 || bits == 64 ? bits : 0;
}

uint64_t type_bits(const char *name)
{
	static const struct {
		const char *word;
		uint64_t bits;
	} words[] = {
		/* the first one found decides */
		{ "*", POINTER_BITS }, { "long long", 64 }, { "long", POINTER_BITS },
		{ "short", 16 },       { "char", 8 },	    { "bool", 8 },
		{ "_Bool", 8 },	       { "enum ", 32 },	    { "unsigned", 32 },
		{ "signed", 32 },
	};
	size_t i;

	if (!strncmp(name, "struct ", 7) || !strncmp(name, "union ", 6))
		return strchr(name, '*') ? POINTER_BITS : 0;
	if (!strcmp(name, "int"))
		return 32;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strstr(name, words[i].word))
			return words[i].bits;
	return width_in_name(name);
}

/* Bits of the type of one element of the member, or 0. */
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

/* The alignment that the member's type has; of one not known, the most its place and size allow. */
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

/* A gap that its type does not explain says that the member was aligned by an attribute. */
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

struct cursor {
	const struct record *r;
	uint64_t at;	/* first free bit */
	uint32_t group; /* of the member before */
	uint64_t group_align;
	uint64_t align;	   /* of all so far */
	uint64_t union_at; /* where the union at hand is, and where it was */
	uint64_t union_was;
	bool in_union;
};

static uint64_t place_bitfield(struct cursor *c, const struct field *f)
{
	uint64_t type = field_align(c->r, f), at;

	if (!f->bit_size) {
		c->at = round_up(c->at, type);
		return c->at;
	}
	if (c->at / type != (c->at + f->bit_size - 1) / type)
		c->at = round_up(c->at, type);
	at = c->at;
	c->at += f->bit_size;
	if (f->name && type > c->align)
		c->align = type;
	return at;
}

/* Members of unions keep their distance from the start of the union. */
static uint64_t place_in_union(struct cursor *c, const struct field *f)
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

static uint64_t place_plain(struct cursor *c, uint64_t bits, uint64_t align)
{
	uint64_t at = round_up(c->at, align);

	c->at = at + bits;
	if (align > c->align)
		c->align = align;
	return at;
}

/* Greatest alignment among the members of an anonymous one. */
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

static void change_group(struct cursor *c, uint32_t group)
{
	if (group == c->group)
		return;
	if (c->group)
		c->at = round_up(c->at, c->group_align);
	c->group = group;
	c->group_align = group ? group_align(c->r, group) : 0;
	c->at = round_up(c->at, c->group_align);
}

static uint64_t place(struct cursor *c, const struct member *m)
{
	const struct field *f = &c->r->fields[m->field];

	change_group(c, f->group);
	if (f->flags & FIELD_IN_UNION)
		return place_in_union(c, f);
	c->in_union = false;
	if (m->moved)
		return place_plain(c, m->bits, m->bits);
	if (f->flags & FIELD_BITFIELD)
		return place_bitfield(c, f);
	return place_plain(c, f->bit_size, field_align(c->r, f));
}

uint64_t members_lay_out(const struct record *r, const struct member *order, uint32_t n,
			 uint64_t *offsets)
{
	struct cursor c = { .r = r, .align = 8 };
	uint64_t align;
	uint32_t i;

	for (i = 0; i < n; i++)
		offsets[order[i].field] = place(&c, &order[i]);
	change_group(&c, 0);
	align = c.align > r->align * 8 ? c.align : r->align * 8;
	return round_up(c.at, align) / 8;
}

static struct member *members_as_declared(const struct record *r)
{
	struct member *order = xcalloc(r->nfields + 1, sizeof(*order));
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		order[i].field = i;
	return order;
}

bool members_understood(const struct record *r, uint32_t *field)
{
	struct member *order = members_as_declared(r);
	uint64_t *offsets = xcalloc(r->nfields + 1, sizeof(*offsets));
	uint64_t bytes = members_lay_out(r, order, r->nfields, offsets);
	uint32_t i;

	for (i = 0; i < r->nfields && offsets[i] == r->fields[i].bit_offset; i++)
		;
	*field = i;
	free(order);
	free(offsets);
	return i == r->nfields && bytes == r->bytes;
}

const struct record *members_resized(const struct record *r, str key, uint64_t bytes,
				     struct arena *a)
{
	struct record *copy = arena_copy(a, r, sizeof(*r));
	struct member *order = members_as_declared(r);
	uint64_t *offsets = xcalloc(r->nfields + 1, sizeof(*offsets));
	uint32_t i;

	copy->fields = arena_copy(a, r->fields, r->nfields * sizeof(*r->fields));
	for (i = 0; i < r->nfields; i++)
		if (copy->fields[i].record == key && !(copy->fields[i].flags & FIELD_ARRAY) &&
		    !(copy->fields[i].flags & FIELD_POINTER))
			copy->fields[i].bit_size = bytes * 8;
	copy->bytes = members_lay_out(copy, order, r->nfields, offsets);
	for (i = 0; i < r->nfields; i++)
		copy->fields[i].bit_offset = offsets[i];
	free(order);
	free(offsets);
	return copy;
}
