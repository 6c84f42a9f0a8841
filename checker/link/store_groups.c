// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_groups.c - constants that one block stores into several fields of one object.
 *
 * Two threads that run `a = 0; b = 0;` both store a before b.  From the first store of a on, every
 * storage unit that is written back has the new a, and the last store is one of b.  So the final
 * values agree, however the stores interleave.
 */
#include "store_groups.h"
#include "limit.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"

/* Does it store a constant into one field? */
static bool stores_constant(const struct event *e)
{
	return e->access == ACCESS_WRITE && e->field && e->value;
}

static bool is_listed(const struct event *const *list, uint32_t n, str field)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (list[i]->field == field)
			return true;
	return false;
}

/* May the block assign another object to the variable? */
static bool assigns(const struct function *fn, const struct block *b, uint32_t v)
{
	uint32_t i, a;

	for (i = 0; i < b->nevents; i++) {
		const struct event *e = &b->events[i];
		const struct call *c = e->kind == EV_CALL ? &fn->calls[e->call] : NULL;

		if ((e->kind == EV_SET && e->local == v) || (c && c->dst == v))
			return true;
		for (a = 0; c && a < c->nargs; a++)
			if (c->args[a]->root == ROOT_STACK && c->args[a]->index == v)
				return true;
	}
	return false;
}

uint32_t store_group(const struct link *l, struct numbers *groups, uint32_t f,
		     const struct point *pt)
{
	struct {
		str field, value;
	} stored[STORE_GROUP_MAX];
	const struct event *list[STORE_GROUP_MAX], *at = pt->event;
	const struct block *b;
	struct path obj;
	uint32_t i, n = 0;

	if (at->kind != EV_ACCESS || !stores_constant(at))
		return 0;
	b = block_of_event(&l->p->functions[f], at);
	obj = resolve_path(l, f, at->obj);
	if (b && obj.root == ROOT_LOCAL && assigns(&l->p->functions[f], b, obj.index))
		return 0;
	for (i = 0; b && i < b->nevents; i++) {
		const struct event *e = &b->events[i];

		if (e->kind != EV_ACCESS || e->access == ACCESS_READ ||
		    e->obj->type != at->obj->type)
			continue;
		if (!stores_constant(e) || !same_object(e->obj, at->obj) ||
		    is_listed(list, n, e->field))
			return 0;
		if (n == STORE_GROUP_MAX) {
			limit_met(l, LIMIT_STORE_GROUP, f);
			return 0;
		}
		stored[n].field = e->field;
		stored[n].value = e->value;
		list[n++] = e;
	}
	return n > 1 ? numbers_get(groups, stored, n * sizeof(stored[0])) : 0;
}
