// SPDX-License-Identifier: GPL-2.0-only
/* factcheck.c - is a fact sound, that is, does every index in it refer to something? */
#include "factcheck.h"

static bool is_index(uint32_t i, uint32_t n)
{
	return i == NONE || i < n;
}

static bool path_fits(const struct function *f, const struct path *p)
{
	if (p->nsteps > PATH_STEPS_MAX)
		return false;
	switch (p->root) {
	case ROOT_PARAM:
		return p->index < f->nparams;
	case ROOT_LOCAL:
	case ROOT_STACK:
		return p->index < f->nlocals;
	case ROOT_CALL:
		return p->index < f->ncalls;
	default:
		return p->root <= ROOT_NULL;
	}
}

static bool paths_fit(const struct function *f, const struct path *paths, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (!path_fits(f, &paths[i]))
			return false;
	return true;
}

static bool args_fit(const struct function *f, const struct call *c)
{
	for (uint32_t i = 0; i < c->nargs; i++)
		if (!path_fits(f, c->args[i]))
			return false;
	return true;
}

static bool call_fits(const struct function *f, const struct call *c)
{
	return path_fits(f, c->base) && args_fit(f, c) &&
	       (c->kind != CALLEE_PARAM || c->index < f->nparams) &&
	       (c->dst == NONE || c->dst < f->nlocals) &&
	       (c->constructor == NONE || c->constructor < f->ncalls);
}

static bool event_fits(const struct function *f, const struct event *e)
{
	if ((e->kind == EV_CALL || e->kind == EV_SCOPE_END) && e->call >= f->ncalls)
		return false;
	if ((e->kind == EV_SET || e->kind == EV_DEREF) && e->local >= f->nlocals)
		return false;
	return path_fits(f, e->obj) && path_fits(f, e->src);
}

static bool test_fits(const struct function *f, const struct test *t)
{
	if (t->kind == TEST_SAME &&
	    (t->local == NONE || t->other == NONE || !path_fits(f, t->a) || !path_fits(f, t->b)))
		return false;
	return is_index(t->call, f->ncalls) && is_index(t->local, f->nlocals) &&
	       is_index(t->param, f->nparams) && is_index(t->member, f->ntested) &&
	       is_index(t->other, f->nlocals);
}

static bool block_fits(const struct function *f, const struct block *b)
{
	for (uint32_t i = 0; i < b->nevents; i++)
		if (!event_fits(f, &b->events[i]))
			return false;
	for (uint32_t i = 0; i < b->nsuccs; i++)
		if (b->succs[i] >= f->nblocks)
			return false;
	if ((b->return_kind == RETURN_CALL && b->return_index >= f->ncalls) ||
	    (b->return_kind == RETURN_LOCAL && b->return_index >= f->nlocals))
		return false;
	return test_fits(f, &b->test);
}

bool facts_function_fits(const struct function *f)
{
	for (uint32_t i = 0; i < f->nlocals; i++)
		if (!paths_fit(f, f->locals[i].defs, f->locals[i].ndefs) ||
		    !is_index(f->locals[i].of, f->nlocals) || f->locals[i].pointed_by > f->nparams)
			return false;
	for (uint32_t i = 0; i < f->ncalls; i++)
		if (!call_fits(f, &f->calls[i]))
			return false;
	for (uint32_t i = 0; i < f->nblocks; i++)
		if (!block_fits(f, &f->blocks[i]))
			return false;
	for (uint32_t i = 0; i < f->nannotations; i++)
		if (!path_fits(f, &f->annotations[i].lock))
			return false;
	for (uint32_t i = 0; i < f->ntested; i++)
		if (!path_fits(f, &f->tested[i].obj))
			return false;
	for (uint32_t i = 0; i < f->nparts; i++)
		if (f->parts[i].call >= f->ncalls ||
		    f->parts[i].arg >= f->calls[f->parts[i].call].nargs ||
		    !path_fits(f, &f->parts[i].obj))
			return false;
	return paths_fit(f, f->returns, f->nreturns);
}
