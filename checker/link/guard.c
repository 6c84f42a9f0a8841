// SPDX-License-Identifier: GPL-2.0-only
/* guard.c - the lock that is held exclusively at every runtime write of a field. */
#include "guard.h"
#include "lock_compare.h"
#include "lock_name.h"

static bool holds_exclusively(const struct write *w, const struct held *h)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		if (w->held[i].mode == MODE_EXCLUSIVE && same_lock(&w->held[i], h))
			return true;
	return false;
}

/* Is the lock held exclusively at all runtime writes of the field? */
static bool guards_all(const struct unit_verdict *v, const struct unit_field *f,
		       const struct held *h)
{
	uint32_t i;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (w->phase == PHASE_RUNTIME && !holds_exclusively(w, h))
			return false;
	}
	return true;
}

/* Distance of the lock from the object, for comparison. */
static int guard_rank(const struct held *h)
{
	if (is_pseudo_lock(h->name))
		return 5;
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
	uint32_t i, j;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (w->phase != PHASE_RUNTIME)
			continue;
		for (j = 0; j < w->nheld; j++) {
			const struct held *h = &w->held[j];

			if (h->mode == MODE_EXCLUSIVE && guards_all(v, f, h) &&
			    (!best || guard_rank(h) < guard_rank(best)))
				best = h;
		}
		break;
	}
	return best ? best->name : 0;
}
