// SPDX-License-Identifier: GPL-2.0-only
/* lock_wrappers.c - functions that take or drop one lock for their callers, constructors of cleanup guards too. */
#include "lock_wrappers.h"
#include "kernel/linuxmodel.h"

/* --- functions by key */

void lock_functions_open(struct lock_functions *x, const struct program *p)
{
	size_t i;

	*x = (struct lock_functions){ .p = p };
	for (i = 0; i < p->nfunctions; i++)
		if (p->functions[i].key >= x->n)
			x->n = (size_t)p->functions[i].key + 1;
	x->by_key = xcalloc(x->n + 1, sizeof(*x->by_key));
	for (i = 0; i < x->n; i++)
		x->by_key[i] = NONE;
	for (i = p->nfunctions; i-- > 0;)
		x->by_key[p->functions[i].key] = (uint32_t)i;
}

void lock_functions_free(struct lock_functions *x)
{
	free(x->by_key);
}

static const struct function *definition(const struct lock_functions *x, const struct call *c)
{
	if (c->kind != CALLEE_DIRECT || c->name >= x->n || x->by_key[c->name] == NONE)
		return NULL;
	return &x->p->functions[x->by_key[c->name]];
}

/* --- lock calls of the model */

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

/* Appends a step to a member; a path that has no room for it becomes unknown. */
static void append(struct path *p, struct step s)
{
	if (p->root == ROOT_UNKNOWN || p->nsteps == PATH_STEPS_MAX)
		*p = path_none;
	else
		p->steps[p->nsteps++] = s;
}

/* Is it a lock call of the model? */
static bool by_model(const struct lock_functions *x, const struct function *f, const struct call *c,
		     struct lock_action *out)
{
	str callee = c->kind == CALLEE_DIRECT ? str_unqualified(c->name) : 0;
	const struct lock_api *api = callee ? model_lock(x->p->model, callee) : NULL;

	if (!api || api->assert || api->activity)
		return false;
	*out = (struct lock_action){
		.path = path_none,
		.arg = api->arg < 0 ? NONE : (uint32_t)api->arg,
		.acquires = api->acquire,
		.shared = api->mode == MODE_SHARED,
		.always = api->result == RESULT_ALWAYS,
		/* (of a lock that the model names it is not known that it spins) */
		.sleeps = api->name || model_has(x->p->model, MODEL_SLEEPS, callee)
	};
	if (api->arg < 0 || (api->name && !strchr(str_get(api->name), '.')))
		return true;
	out->path = *lock_argument(f, c, out->arg);
	out->name = api->name;
	/* (a lock that the model names "RECORD.MEMBER" is as near as a member) */
	if (api->member || api->name)
		append(&out->path, (struct step){ STEP_FIELD, out->path.type,
						  api->member ? api->member : api->name });
	return true;
}

/* --- wrappers */

/* Can the function return without running the block? */
static bool can_avoid(const struct function *f, uint32_t block)
{
	uint32_t *todo = xcalloc(f->nblocks + 1, sizeof(*todo)), n = 0, i;
	bool *seen = xcalloc(f->nblocks + 1, sizeof(*seen)), ends = false;

	if (block)
		todo[n++] = 0;
	seen[0] = seen[block] = true;
	while (n && !ends) {
		const struct block *b = &f->blocks[todo[--n]];

		ends = !b->nsuccs;
		for (i = 0; i < b->nsuccs; i++) {
			if (!seen[b->succs[i]])
				todo[n++] = b->succs[i];
			seen[b->succs[i]] = true;
		}
	}
	free(todo);
	free(seen);
	return ends;
}

/* Is call `call` made on every path through the function? */
static bool is_always_made(const struct function *f, uint32_t call)
{
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++)
			if (f->blocks[i].events[j].kind == EV_CALL &&
			    f->blocks[i].events[j].call == call)
				return !can_avoid(f, i);
	return false;
}

/* Is it the call that makes the argument of another one, where the macro of that stands? */
static bool makes_argument(const struct function *f, uint32_t call, uint32_t of)
{
	return f->calls[call].loc.line == f->calls[of].loc.line &&
	       f->calls[call].loc.col == f->calls[of].loc.col && call < of;
}

static bool is_assertion(const struct linux_model *m, const struct call *c)
{
	const struct lock_api *api =
		c->kind == CALLEE_DIRECT ? model_lock(m, str_unqualified(c->name)) : NULL;

	return api && api->assert;
}

static bool action_of(const struct lock_functions *x, const struct function *f,
		      const struct call *c, int depth, struct lock_action *out);

/* Is one lock call, which *out describes, all that the function does? */
static bool wraps_one(const struct lock_functions *x, const struct function *f, int depth,
		      struct lock_action *out)
{
	const struct linux_model *m = x->p->model;
	uint32_t i, found = NONE;
	struct lock_action one;
	bool sleeps = false;

	for (i = 0; i < f->ncalls; i++) {
		if (!action_of(x, f, &f->calls[i], depth, &one))
			continue;
		if (found != NONE || f->calls[i].is_guard)
			return false;
		found = i;
		*out = one;
	}
	for (i = 0; found != NONE && i < f->ncalls; i++) {
		const struct call *c = &f->calls[i];
		bool may_sleep = c->kind == CALLEE_DIRECT &&
				 model_has(m, MODEL_SLEEPS, str_unqualified(c->name));

		if (i != found && !may_sleep && !is_assertion(m, c) && !makes_argument(f, i, found))
			return false;
		sleeps |= may_sleep;
	}
	if (found == NONE || !is_always_made(f, found))
		return false;
	out->sleeps |= sleeps;
	return true;
}

/* Puts a path of the function that is called into the frame of its caller; *arg: the argument it begins with. */
static void to_caller(const struct call *c, struct path *p, uint32_t *arg)
{
	struct path inner = *p;
	uint32_t i;

	*arg = NONE;
	if (inner.root == ROOT_GLOBAL)
		return;
	*p = path_none;
	if (inner.root != ROOT_PARAM || inner.index >= c->nargs)
		return;
	*arg = inner.index;
	*p = *c->args[inner.index];
	for (i = 0; i < inner.nsteps; i++)
		append(p, inner.steps[i]);
	p->type = inner.type;
}

static bool action_of(const struct lock_functions *x, const struct function *f,
		      const struct call *c, int depth, struct lock_action *out)
{
	const struct function *callee;

	if (c->is_cleanup)
		return false;
	if (by_model(x, f, c, out))
		return true;
	callee = depth < LOCK_WRAPPER_DEPTH ? definition(x, c) : NULL;
	if (!callee || !wraps_one(x, callee, depth + 1, out))
		return false;
	to_caller(c, &out->path, &out->arg);
	out->wraps = true;
	return true;
}

bool lock_action_of(const struct lock_functions *x, const struct function *f, const struct call *c,
		    struct lock_action *out)
{
	return action_of(x, f, c, 0, out);
}
