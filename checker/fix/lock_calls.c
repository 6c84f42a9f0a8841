// SPDX-License-Identifier: GPL-2.0-only
/* lock_calls.c - the calls that take and drop locks, by the model. */
#include "lock_calls.h"
#include "kernel/linuxmodel.h"

/*
 * The argument that leads to the lock.  A macro may hand on what another function made of its argument,
 * as spin_lock_irqsave() does: then that argument.
 */
static const struct path *lock_argument(const struct function *f, const struct call *c,
					uint32_t arg)
{
	const struct path *path = arg < c->nargs ? c->args[arg] : &path_none;
	const struct call *made = path->root == ROOT_CALL ? &f->calls[path->index] : NULL;

	if (made && !path->nsteps && made->nargs && made->loc.line == c->loc.line &&
	    made->loc.col == c->loc.col)
		return made->args[0];
	return path;
}

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

static void add_call(const struct linux_model *m, const struct function *f, uint32_t block,
		     uint32_t event, struct lock_calls *out)
{
	const struct event *e = &f->blocks[block].events[event];
	const struct call *c = &f->calls[e->call];
	str callee = c->kind == CALLEE_DIRECT ? str_unqualified(c->name) : 0;
	const struct lock_api *api = callee ? model_lock(m, callee) : NULL;
	const struct path *path;

	if (!api || api->assert || api->activity)
		return;
	path = api->arg < 0 || api->member || api->name ? &path_none :
							  lock_argument(f, c, (uint32_t)api->arg);
	*vec_add(out->v, out->n, out->cap) =
		(struct lock_call){ .f = f,
				    .block = block,
				    .event = event,
				    .path = path,
				    .name = lock_name(path),
				    .acquires = api->acquire,
				    .sleeps = model_has(m, MODEL_SLEEPS, callee),
				    .loc = c->loc };
}

void lock_calls_of(const struct linux_model *m, const struct function *f, struct lock_calls *out)
{
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++)
			if (f->blocks[i].events[j].kind == EV_CALL)
				add_call(m, f, i, j, out);
}

void lock_calls_of_program(const struct program *p, struct lock_calls *out)
{
	size_t i, k, n = 0;

	for (i = 0; i < p->nfunctions; i++)
		lock_calls_of(p->model, &p->functions[i], out);
	for (k = 0; k < out->n; k++)
		if (out->v[k].acquires && out->v[k].name)
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
		sleeps |= calls->v[i].sleeps;
	}
	return sleeps;
}
