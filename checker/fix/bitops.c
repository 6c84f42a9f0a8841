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

/* The name of the word. */
static const char *word_name(const struct record *r)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if (!strcmp(str_get(r->fields[i].name), "flags"))
			return "runtime_flags";
	return "flags";
}

bool bitops_make(struct fix_series *s, struct patch *patch)
{
	struct bitops b = {
		.s = s, .patch = patch, .member = word_name(patch->plan.record), .a = &s->a
	};
	struct bit_uses uses = { 0 };
	bool ok;
	size_t i;

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
