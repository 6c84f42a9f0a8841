// SPDX-License-Identifier: GPL-2.0-only
/* called_works.c - members that are works, timers or the like whose function is only called. */
#include "called_works.h"
#include "kernel/linuxmodel.h"
#include "symtab.h"

struct called_works {
	struct step *members;
	size_t n, cap;
};

static const struct step *last_member(const struct path *p)
{
	const struct step *s = p->nsteps ? &p->steps[p->nsteps - 1] : NULL;

	return s && s->kind == STEP_FIELD && s->record && s->field ? s : NULL;
}

/* The index in w->members, or NONE. */
static uint32_t find(const struct called_works *w, const struct step *s)
{
	uint32_t i;

	for (i = 0; s && i < w->n; i++)
		if (w->members[i].field == s->field && w->members[i].record == s->record)
			return i;
	return NONE;
}

/* --- works whose function is called somewhere */

/* Is the slot the callback of what is started, and does not run at the same time as itself? */
static bool is_callback(const struct link *l, const struct call *c)
{
	return c->kind == CALLEE_SLOT &&
	       rule_is_of_activity(model_slot(l->model, str_unqualified(c->record), c->name));
}

static void note_call(struct link *l, const struct call *c)
{
	struct called_works *w = l->called_works;
	const struct step *s = c->kind == CALLEE_SLOT ? last_member(c->base) : NULL;

	if (s && is_callback(l, c) && find(w, s) == NONE)
		*vec_add(w->members, w->n, w->cap) = *s;
}

/* --- works whose address gets anywhere */

/* Who has the address of the member may queue it. */
static void note_address(struct link *l, const struct path *p)
{
	struct called_works *w = l->called_works;
	uint32_t i = find(w, last_member(p));

	if (i != NONE)
		w->members[i] = w->members[--w->n];
}

static bool is_param(const struct path *p, uint32_t param)
{
	return p->root == ROOT_PARAM && p->index == param && !p->nsteps;
}

/* Does the function leave alone what the parameter points to, as an empty one for debugging does? */
static bool ignores(const struct function *fn, uint32_t param)
{
	uint32_t i, k;

	for (i = 0; i < fn->ncalls; i++)
		for (k = 0; k < fn->calls[i].nargs; k++)
			if (is_param(fn->calls[i].args[k], param))
				return false;
	for (i = 0; i < fn->nblocks; i++)
		for (k = 0; k < fn->blocks[i].nevents; k++)
			if (is_param(fn->blocks[i].events[k].src, param))
				return false;
	for (i = 0; i < fn->nlocals; i++)
		for (k = 0; k < fn->locals[i].ndefs; k++)
			if (is_param(&fn->locals[i].defs[k], param))
				return false;
	for (i = 0; i < fn->nreturns; i++)
		if (is_param(&fn->returns[i], param))
			return false;
	return true;
}

/* The function of the work itself is passed it. */
static bool is_own_call(const struct link *l, const struct call *c, uint32_t arg)
{
	const struct step *of = c->kind == CALLEE_SLOT ? last_member(c->base) : NULL;
	const struct step *s = last_member(c->args[arg]);

	return of && s && is_callback(l, c) && of->record == s->record && of->field == s->field;
}

static void note_argument(struct link *l, uint32_t f, const struct call *c, uint32_t arg)
{
	uint32_t t;

	if (find(l->called_works, last_member(c->args[arg])) == NONE || is_own_call(l, c, arg))
		return;
	t = c->kind == CALLEE_DIRECT ? symtab_function(l, c->name, l->p->functions[f].loc.file) :
				       NONE;
	if (t == NONE || !ignores(&l->p->functions[t], arg))
		note_address(l, c->args[arg]);
}

static void note_addresses(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t i, k;

	for (i = 0; i < fn->ncalls; i++)
		for (k = 0; k < fn->calls[i].nargs; k++)
			note_argument(l, f, &fn->calls[i], k);
	for (i = 0; i < fn->nblocks; i++)
		for (k = 0; k < fn->blocks[i].nevents; k++)
			note_address(l, fn->blocks[i].events[k].src);
	for (i = 0; i < fn->nlocals; i++)
		for (k = 0; k < fn->locals[i].ndefs; k++)
			note_address(l, &fn->locals[i].defs[k]);
	for (i = 0; i < fn->nreturns; i++)
		note_address(l, &fn->returns[i]);
}

void called_works_find(struct link *l)
{
	uint32_t f, c;

	l->called_works = xcalloc(1, sizeof(*l->called_works));
	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; c < l->p->functions[f].ncalls; c++)
			note_call(l, &l->p->functions[f].calls[c]);
	for (f = 0; f < l->p->nfunctions && l->called_works->n; f++)
		note_addresses(l, f);
}

void called_works_free(struct link *l)
{
	free(l->called_works->members);
	free(l->called_works);
	l->called_works = NULL;
}

const struct step *called_work(const struct link *l, const struct path *work)
{
	uint32_t i = l->called_works->n ? find(l->called_works, last_member(work)) : NONE;

	return i == NONE ? NULL : &l->called_works->members[i];
}
