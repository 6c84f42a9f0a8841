// SPDX-License-Identifier: GPL-2.0-only
/* tables.c - a chain goes through a table of callbacks that its object does not have. */
#include "base/names.h"
#include "link/frames.h"
#include "link/modules.h"
#include "link/resolve.h"
#include "link/rules.h"
#include "link/tables.h"
#include "link/write_confidence.h"
#include "refuters.h"

/* (a write that is doubted as much is not asked about: that takes time) */
static bool is_mistaken(const struct link *l, const struct write *w)
{
	return write_confidence(w) > doubt_level(DOUBT_OTHER_TABLE) && chain_mistakes_table(l, w);
}

/*
 * Is the object written found from what the first function of the chain is called with, and from nothing that a
 * list or a pointer in an open file leads to?  *f: that function, which reaches the store by direct calls.
 */
static bool is_own(const struct link *l, const struct write *w, uint32_t *f)
{
	struct chain_frame at;
	struct path p;
	bool given = false;
	uint32_t i;

	if (w->nvia || !frame_of_write(l, w, &at))
		return false;
	for (i = w->nchain - 1; i > 1; i--)
		if (!frame_up(l, w, i, &at))
			return false;
	*f = at.function;
	p = resolve_path(l, at.function, &at.object);
	for (i = 0; i < p.nsteps; i++) {
		if (step_traverses(l, &p.steps[i]) || (!given && p.steps[i].kind == STEP_PTR))
			return false;
		given |= p.steps[i].kind == STEP_PRIVATE || p.steps[i].kind == STEP_CONTAINER;
	}
	return p.root == ROOT_PARAM;
}

/* Is one called by way of the tables of a driver, and the other one started by another driver? */
static bool are_of_two_drivers(const struct link *l, const struct write *a, const struct write *b)
{
	uint32_t f, g;

	return is_own(l, a, &f) && is_own(l, b, &g) &&
	       (tables_are_of_others(l, f, g) || tables_are_of_others(l, g, f));
}

enum doubt refute_tables(const struct pair *p)
{
	if (are_of_two_drivers(p->l, p->a, p->b))
		return DOUBT_OTHER_TABLE;
	return is_mistaken(p->l, p->a) || is_mistaken(p->l, p->b) ? DOUBT_OTHER_TABLE : DOUBT_NONE;
}
