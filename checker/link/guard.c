// SPDX-License-Identifier: GPL-2.0-only
/* guard.c - the lock that is held exclusively at every runtime write of a field. */
#include "guard.h"
#include "base/names.h"
#include "lock_compare.h"
#include "lock_name.h"

/* How the lock is held at the writes of a field. */
struct guard_use {
	str owned_as; /* its name where a task was found to own it; 0: nowhere */
	bool by_task; /* a task may own it, where none was found to */
};

static bool holds_exclusively(const struct write *w, const struct held *h, struct guard_use *use)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++) {
		if (w->held[i].mode != MODE_EXCLUSIVE || !same_lock(&w->held[i], h))
			continue;
		if (w->held[i].owned)
			use->owned_as = w->held[i].name;
		else if (!w->held[i].spins)
			use->by_task = true;
		return true;
	}
	return false;
}

/* The name of the lock if it is held exclusively at all runtime writes of the field, else 0. */
static str guard_of_all(const struct unit_verdict *v, const struct unit_field *f,
			const struct held *h)
{
	struct guard_use use = { 0 };
	uint32_t i;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (w->phase == PHASE_RUNTIME && !holds_exclusively(w, h, &use))
			return 0;
	}
	if (use.owned_as && use.by_task)
		return 0;
	return use.owned_as ? use.owned_as : h->name;
}

/* Distance of the lock from the object, for comparison. */
static int guard_rank(const struct held *h)
{
	if (is_pseudo_lock(h->name))
		return is_queue_lock(str_get(h->name)) ? 6 : 5;
	switch (h->relation) {
	case REL_SELF:
		return 0;
	case REL_VIA:
		return 1;
	case REL_GLOBAL:
		return 4;
	default:
		return h->in_frame ? 2 : 3;
	}
}

str guard_find(const struct unit_verdict *v, const struct unit_field *f)
{
	const struct held *best = NULL;
	str guard = 0, name;
	uint32_t i, j;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (w->phase != PHASE_RUNTIME)
			continue;
		for (j = 0; j < w->nheld; j++) {
			const struct held *h = &w->held[j];

			if (h->mode != MODE_EXCLUSIVE ||
			    (best && guard_rank(h) >= guard_rank(best)) ||
			    !(name = guard_of_all(v, f, h)))
				continue;
			best = h;
			guard = name;
		}
		break;
	}
	return guard;
}
