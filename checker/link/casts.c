// SPDX-License-Identifier: GPL-2.0-only
/* casts.c - two ways to one address: by a member, and by a cast of the pointer to what contains it. */
#include "casts.h"
#include "path.h"
#include "symtab.h"

/* Does the step, to a member or out of one, stay at one address (C11 6.7.2.1p15, p16)? */
static bool keeps_address(const struct link *l, const struct step *s)
{
	const struct record *r = s->kind == STEP_FIELD || s->kind == STEP_CONTAINER ?
					 symtab_record(l, s->record) :
					 NULL;
	uint32_t i;

	for (i = 0; r && i < r->nfields && !r->fields[i].bit_offset; i++)
		if (r->fields[i].name == s->field)
			return !(r->fields[i].flags & (FIELD_BITFIELD | FIELD_POINTER));
	return false;
}

void drop_casts(const struct link *l, struct path *p)
{
	uint32_t i, n = 0;

	for (i = 0; i < p->nsteps; i++)
		if (i + 1 == p->nsteps || !keeps_address(l, &p->steps[i]))
			p->steps[n++] = p->steps[i];
	p->nsteps = n;
}

bool same_but_for_casts(const struct link *l, const struct path *a, const struct path *b)
{
	struct path x, y;

	if (!same_root(a, b) || !a->nsteps || !b->nsteps || a->nsteps == b->nsteps)
		return false;
	x = *a;
	y = *b;
	drop_casts(l, &x);
	drop_casts(l, &y);
	return same_object(&x, &y);
}
