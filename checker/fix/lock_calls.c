// SPDX-License-Identifier: GPL-2.0-only
/* lock_calls.c - the calls that take and drop locks, by the model. */
#include "lock_calls.h"

/* "foo.lock" of a path that ends in such an embedded member, the name of a global lock, or 0. */
static str lock_name(const struct path *path)
{
	const struct step *last = path->nsteps ? &path->steps[path->nsteps - 1] : NULL;

	if (!last && path->root == ROOT_GLOBAL)
		return str_unqualified(path->name);
	if (!last || last->kind != STEP_FIELD)
		return 0;
	return str_printf("%s.%s", str_get(str_unqualified(last->record)), str_get(last->field));
}

static void add_call(const struct lock_functions *x, const struct function *f, uint32_t block,
		     uint32_t event, struct lock_calls *out)
{
	const struct event *e = &f->blocks[block].events[event];
	const struct call *c = &f->calls[e->call];
	struct lock_action does;

	if (!lock_action_of(x, f, c, &does))
		return;
	*vec_add(out->v, out->n, out->cap) =
		(struct lock_call){ .f = f,
				    .block = block,
				    .event = event,
				    .call = c,
				    .does = does,
				    .name = does.name ? does.name : lock_name(&does.path),
				    .loc = c->loc };
}

void lock_calls_of(const struct lock_functions *x, const struct function *f, struct lock_calls *out)
{
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++)
			if (f->blocks[i].events[j].kind == EV_CALL)
				add_call(x, f, i, j, out);
}

void lock_calls_of_program(const struct lock_functions *x, struct lock_calls *out)
{
	size_t i, k, n = 0;

	for (i = 0; i < x->p->nfunctions; i++)
		lock_calls_of(x, &x->p->functions[i], out);
	for (k = 0; k < out->n; k++)
		if (out->v[k].does.acquires && out->v[k].name)
			out->v[n++] = out->v[k];
	out->n = n;
}

/* --- where a lock is */

static bool same_step(const struct step *a, const struct step *b)
{
	return a->kind == b->kind && a->record == b->record && a->field == b->field;
}

uint32_t steps_in_common(const struct path *a, const struct path *b)
{
	uint32_t n = 0;

	while (n < a->nsteps && n < b->nsteps && same_step(&a->steps[n], &b->steps[n]))
		n++;
	return n;
}

static bool all_embedded(const struct path *p, uint32_t from)
{
	while (from < p->nsteps && p->steps[from].kind == STEP_FIELD)
		from++;
	return from == p->nsteps;
}

bool lock_is_near(const struct path *object, const struct path *lock)
{
	uint32_t n;

	if (lock->root == ROOT_GLOBAL && !lock->nsteps)
		return true;
	if (lock->root == ROOT_UNKNOWN || lock->root != object->root ||
	    lock->index != object->index || lock->name != object->name)
		return false;
	n = steps_in_common(object, lock);
	return n < lock->nsteps && all_embedded(lock, n) && all_embedded(object, n);
}

/* --- all of a program */

bool lock_sleeps(const struct lock_calls *calls, str name, bool *known)
{
	bool sleeps = false;
	size_t i;

	*known = false;
	for (i = 0; i < calls->n; i++) {
		if (calls->v[i].name != name)
			continue;
		*known = true;
		sleeps |= calls->v[i].does.sleeps;
	}
	return sleeps;
}
