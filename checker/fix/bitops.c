// SPDX-License-Identifier: GPL-2.0-only
/*
 * bitops.c - the strategy "bitops": runtime flags become bits of one word that are changed
 * atomically (Documentation/atomic_bitops.txt).
 */
#include "bitops.h"
#include "bitops_decl.h"
#include "bitops_init.h"
#include "bitops_use.h"
#include "layout_users.h"
#include "plan_lookup.h"

/* Names the word.  Returns false and refuses the patch if a field is not a flag of one unsigned bit. */
static bool are_bits(struct bitops *b)
{
	const struct fix_plan *plan = &b->patch->plan;
	uint32_t i;

	b->member = "flags";
	for (i = 0; i < plan->record->nfields; i++) {
		const struct field *f = &plan->record->fields[i];

		if (!strcmp(str_get(f->name), "flags"))
			b->member = "runtime_flags";
		if (!plan_move(plan, i) || (f->bit_size == 1 && (f->flags & FIELD_BOOL)) ||
		    (f->bit_size == 1 && !(f->flags & FIELD_SIGNED)))
			continue;
		b->patch->plan.refusal =
			arena_printf(b->a, "%s is no flag of one unsigned bit", str_get(f->name));
		return false;
	}
	return true;
}

bool bitops_make(struct fix_series *s, struct patch *patch)
{
	struct bitops b = { .s = s, .patch = patch, .a = &s->a };
	struct bit_uses uses = { 0 };
	bool ok = are_bits(&b);
	size_t i;

	if (ok)
		patch->plan.refusal = layout_users_unknown(s->p, &patch->plan, s->o->kdir, &s->a);
	ok = !patch->plan.refusal;
	bit_uses_collect(&b, &uses);
	ok = ok && bitops_is_untouched(&b, &uses);
	patch_file(s, patch, str_get(patch->plan.record->loc.file));
	for (i = 0; i < uses.n && ok; i++)
		ok = bit_use_change(&b, &uses.v[i],
				    &patch_file(s, patch, str_get(uses.v[i].file))->after);
	for (i = 0; i < patch->nfiles && ok; i++)
		ok = bit_initialisers_change(&b, patch->files[i].file, &patch->files[i].after);
	/* Last, for uses in the file of the record come behind it: their offsets were needed. */
	ok = ok && bit_declaration_change(&b, patch->files[0].file, &patch->files[0].after);
	free(uses.v);
	return ok;
}
