// SPDX-License-Identifier: GPL-2.0-only
/* layout_picture.c - a planned layout, as pahole would print it. */
#include "layout_picture.h"
#include "plan_lookup.h"
#include "type_bits.h"

#define AROUND 2 /* members in front of and behind those that move that are shown */

struct picture {
	const struct fix_plan *plan;
	uint32_t *order; /* of the named members, by their planned offset */
	uint32_t n;
	struct arena *a;
};

static void sort_members(struct picture *p)
{
	const struct record *r = p->plan->record;
	uint32_t i, j;

	p->order = arena_alloc(p->a, r->nfields * sizeof(*p->order));
	for (i = 0; i < r->nfields; i++) {
		if (!r->fields[i].name)
			continue;
		for (j = p->n++; j && p->plan->offsets[p->order[j - 1]] > p->plan->offsets[i]; j--)
			p->order[j] = p->order[j - 1];
		p->order[j] = i;
	}
}

/* --- one member */

/* Its width if it is a bitfield in the plan, else 0. */
static uint64_t width_of(const struct picture *p, uint32_t field)
{
	const struct field_move *m = plan_move(p->plan, field);
	const struct field *f = &p->plan->record->fields[field];

	if (m)
		return m->width;
	return f->flags & FIELD_BITFIELD ? f->bit_size : 0;
}

static uint64_t bits_of(const struct picture *p, uint32_t field)
{
	const struct field_move *m = plan_move(p->plan, field);
	uint64_t width = width_of(p, field);

	if (width)
		return width;
	return m ? m->bits : p->plan->record->fields[field].bit_size;
}

/* "TYPE NAME;" with the name where C wants it: in front of "[4]", in "(*)(int)". */
static const char *declaration(const struct picture *p, uint32_t field)
{
	const struct field *f = &p->plan->record->fields[field];
	const struct field_move *m = plan_move(p->plan, field);
	const char *type = m ? m->type : str_get(f->type), *name = str_get(f->name);
	const char *function = strstr(type, "(*)"), *array = strchr(type, '[');
	uint64_t width = width_of(p, field);

	if (width)
		return arena_printf(p->a, "%-26s %s:%llu;", type, name, (unsigned long long)width);
	if (function)
		return arena_printf(p->a, "%.*s(*%s)%s;", (int)(function - type), type, name,
				    function + 3);
	if (array)
		return arena_printf(p->a, "%-26s %s%s;",
				    arena_printf(p->a, "%.*s", (int)(array - type), type), name,
				    array);
	return arena_printf(p->a, "%-26s %s;", type, name);
}

/* "OFFSET:BIT SIZE" of a bitfield, whose size is that of its type, "OFFSET SIZE" of others. */
static const char *extent(const struct picture *p, uint32_t field)
{
	const struct field_move *m = plan_move(p->plan, field);
	unsigned long long at = p->plan->offsets[field], bits = bits_of(p, field), type;

	if (!width_of(p, field))
		return arena_printf(p->a, "%5llu     %llu", at / 8, bits / 8);
	type = m ? m->bits : type_bits(str_get(p->plan->record->fields[field].type));
	type = type ? type : 32;
	return arena_printf(p->a, "%5llu:%2llu  %llu", at / type * (type / 8), at % type, type / 8);
}

static void put_member(FILE *f, const struct picture *p, uint32_t i)
{
	uint32_t field = p->order[i];
	unsigned long long end = p->plan->offsets[field] + bits_of(p, field);
	unsigned long long next = p->plan->bytes * 8;

	fprintf(f, "\t%-50s /* %s */\n", declaration(p, field), extent(p, field));
	if (i + 1 < p->n)
		next = p->plan->offsets[p->order[i + 1]];
	if (next <= end)
		return;
	if (i + 1 == p->n)
		fprintf(f, "\t/* padding: %llu bits */\n", next - end);
	else
		fprintf(f, "\t/* XXX %llu %s hole */\n",
			next - end >= 8 ? (next - end) / 8 : next - end,
			next - end >= 8 ? "bytes" : "bits");
}

/* --- the record */

/* Is a member that moves, or one that stays in its unit, so near? */
static bool is_near(const struct picture *p, uint32_t i)
{
	uint32_t j, from = i > AROUND ? i - AROUND : 0;

	for (j = from; j < p->n && j <= i + AROUND; j++)
		if (plan_changes_unit_of(p->plan, p->order[j]))
			return true;
	return false;
}

const char *layout_picture(const struct fix_plan *plan, struct arena *a)
{
	struct picture p = { .plan = plan, .a = a };
	const char *copy;
	size_t bytes;
	char *text;
	FILE *f = open_memstream(&text, &bytes);
	uint32_t i;

	if (!f)
		die("out of memory");
	sort_members(&p);
	fprintf(f, "struct %s {\n", str_get(plan->record->name));
	for (i = 0; i < p.n; i++)
		if (is_near(&p, i))
			put_member(f, &p, i);
		else if (!i || is_near(&p, i - 1))
			fputs("\t...\n", f);
	fprintf(f, "\t/* size: %llu, now %llu */\n};\n", (unsigned long long)plan->bytes,
		(unsigned long long)plan->tree_bytes);
	fclose(f);
	copy = arena_printf(a, "%s", text);
	free(text);
	return copy;
}
