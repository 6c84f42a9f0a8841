// SPDX-License-Identifier: GPL-2.0-only
/* comments.c - what a patch writes over the fields: by what they are "write locked". */
#include "fix.h"

bool plan_group_starts(const struct plan *plan, uint32_t i)
{
	const struct move *m = &plan->moves[i], *before = m - 1;

	if (!i || m->behind != before->behind || m->judged->guard != before->judged->guard)
		return true;
	return m->behind == NONE && m->field != before->field + 1;
}

const char *lock_phrase(const struct record *r, str guard, struct arena *a)
{
	const char *name = str_get(guard), *own = str_get(r->name);
	size_t n = strlen(own);

	if (!strncmp(name, own, n) && name[n] == '.')
		name += n + 1;
	return arena_printf(a, "write locked by %s", name);
}

const char *plan_moved_comment(const struct plan *plan, const struct move *m, struct arena *a)
{
	if (!m->judged->guard)
		return "Flags modified at runtime - dedicated storage unit";
	return arena_printf(a, "Flags modified at runtime, %s",
			    lock_phrase(plan->record, m->judged->guard, a));
}

/* What is kept and written at runtime, each with its lock: "; a, write locked by lock". */
static const char *runtime_list(const struct plan *plan, const struct unit_verdict *u,
				struct arena *a)
{
	const char *list = "";
	uint32_t i;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (uf->lifetime != PHASE_RUNTIME ||
		    plan_move(plan, (uint32_t)(uf->field - u->record->fields)))
			continue;
		list = arena_printf(a, "%s; %s, %s", list, str_get(uf->field->name),
				    uf->guard ? lock_phrase(plan->record, uf->guard, a) :
						"at no time when those are");
	}
	return list;
}

const char *plan_kept_comment(const struct plan *plan, const struct unit_verdict *u,
			      struct arena *a)
{
	uint32_t i, kept = 0, runtime = 0;
	bool one_guard = true;
	str guard = 0;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (plan_move(plan, (uint32_t)(uf->field - u->record->fields)))
			continue;
		kept++;
		if (uf->lifetime != PHASE_RUNTIME)
			continue;
		one_guard &= uf->guard && (!runtime || uf->guard == guard);
		guard = uf->guard;
		runtime++;
	}
	if (!kept)
		return NULL;
	if (!runtime)
		return "Flags only modified on setup/release - bitfield ok";
	if (kept == 1)
		return "The only flag of its storage unit - bitfield ok";
	if (!one_guard)
		return arena_printf(a, "Flags modified on setup/release%s - bitfield ok",
				    runtime_list(plan, u, a));
	return arena_printf(a, "Flags %s after setup - bitfield ok",
			    lock_phrase(plan->record, guard, a));
}
