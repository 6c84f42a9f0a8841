// SPDX-License-Identifier: GPL-2.0-only
/* field_type.c - the type that a bitfield gets as a member of its own. */
#include "field_type.h"
#include "stored_range.h"
#include "type_bits.h"

/*
 * Is the bitfield promoted to the same type as one of `bits` bits?  What is narrower than int becomes
 * int when it is read; what is wider is not promoted (C11 6.3.1.1p2).
 */
static bool promotes_alike(const struct field *f, uint64_t bits)
{
	if (f->flags & (FIELD_SIGNED | FIELD_BOOL))
		return f->bit_size <= 32 || f->bit_size == 64;
	return bits < 32 || f->bit_size == bits;
}

/* "1 to 7", "2", or NULL: all that is known is a type. */
static const char *range_text(long long low, long long high, struct arena *a)
{
	if (low == high)
		return arena_printf(a, "%lld", low);
	if (low < -65536 || high > 65535)
		return NULL;
	return arena_printf(a, "%lld to %lld", low, high);
}

/* Why a wider member may hold another value than the bitfield does, or NULL. */
static const char *misfit(const struct program *p, const struct record *r, const struct field *f,
			  struct arena *a)
{
	long long low, high;
	const struct member_use *u = stored_misfit(p, r, f, &low, &high);
	const char *range = u ? range_text(low, high, a) : NULL;

	if (!u)
		return NULL;
	if (range)
		return arena_printf(a, "%s:%u stores %s", str_get(u->loc.file), u->loc.line, range);
	return arena_printf(a, "%s:%u stores a value that may need more bits", str_get(u->loc.file),
			    u->loc.line);
}

void field_type_choose(const struct program *p, const struct record *r, const struct field *f,
		       struct field_move *m, struct arena *a)
{
	const char *declared = str_get(f->type);

	m->bits = 8;
	while (m->bits < f->bit_size)
		m->bits *= 2;
	if (!promotes_alike(f, m->bits))
		m->why_width = arena_printf(a, "without it, it would be read as %s",
					    m->bits > 32 ? "a 64-bit type" : "unsigned int");
	else
		m->why_width = misfit(p, r, f, a);
	m->width = m->why_width ? (uint32_t)f->bit_size : 0;
	if (type_bits(declared) == m->bits)
		m->type = declared;
	else
		m->type = arena_printf(a, "%c%u", f->flags & FIELD_SIGNED ? 's' : 'u',
				       (unsigned int)m->bits);
}
