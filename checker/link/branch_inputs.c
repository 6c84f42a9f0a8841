// SPDX-License-Identifier: GPL-2.0-only
/* branch_inputs.c - which values that a call passes can decide branches of the callee. */
#include "branch_inputs.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "symtab.h"

/* Do the branches of f matter: does f lead to a write, or take or release a lock? */
static bool matters(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c;

	if (l->relevant[f])
		return true;
	for (c = 0; c < fn->ncalls; c++)
		if (fn->calls[c].kind == CALLEE_DIRECT &&
		    model_lock(l->model, str_unqualified(fn->calls[c].name)))
			return true;
	return false;
}

bool is_passed_on(const struct path *p)
{
	return p->root == ROOT_PARAM && !p->nsteps && p->index < PARAMS_MAX &&
	       (!p->type || !strcmp(str_get(p->type), TYPE_FUNCTION));
}

/* The parameters that a branch of the function tests, or that it calls. */
static uint16_t own_params(const struct function *fn)
{
	uint16_t out = 0;
	uint32_t b, c;

	for (c = 0; c < fn->ncalls; c++)
		if (fn->calls[c].kind == CALLEE_PARAM && fn->calls[c].index < PARAMS_MAX)
			out |= (uint16_t)(1 << fn->calls[c].index);
	for (b = 0; b < fn->nblocks; b++)
		if (fn->blocks[b].test.kind != TEST_NONE && fn->blocks[b].test.param < PARAMS_MAX)
			out |= (uint16_t)(1 << fn->blocks[b].test.param);
	return out;
}

/* The parameters that f passes on to parameters which branches depend on. */
static uint16_t passed_params(const struct link *l, const struct branch_inputs *in, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c, a, t, n;
	uint16_t out = 0;

	for (c = 0; c < fn->ncalls; c++) {
		const struct call *call = &fn->calls[c];
		const uint32_t *targets = call_targets(l, f, c, &n);
		uint16_t wanted = 0;

		for (t = 0; t < n; t++)
			wanted |= in->params[targets[t]];
		for (a = 0; a < call->nargs && wanted >> a; a++)
			if (wanted >> a & 1 && is_passed_on(call->args[a]))
				out |= (uint16_t)(1 << call->args[a]->index);
	}
	return out;
}

static void find_params(const struct link *l, struct branch_inputs *in)
{
	size_t n = l->p->nfunctions, f;
	bool changed = true;

	for (f = 0; f < n; f++)
		in->params[f] = matters(l, (uint32_t)f) ? own_params(&l->p->functions[f]) : 0;
	while (changed) {
		changed = false;
		for (f = 0; f < n; f++) {
			uint16_t more = passed_params(l, in, (uint32_t)f) & ~in->params[f];

			in->params[f] |= more;
			changed |= more != 0;
		}
	}
}

static uint64_t member_bit(str record, str field)
{
	return UINT64_C(1) << str_pair_hash(record, field) % 64;
}

bool depends_on_member(const struct branch_inputs *b, uint32_t f, str record, str field)
{
	return b->members[f] & member_bit(record, field);
}

static uint64_t own_members(const struct function *fn)
{
	uint64_t out = 0;
	uint32_t i;

	for (i = 0; i < fn->ntested; i++)
		if (fn->tested[i].obj.type)
			out |= member_bit(fn->tested[i].obj.type, fn->tested[i].field);
	return out;
}

/* Does the call pass an object that a parameter of the caller leads to? */
static bool passes_object(const struct call *c)
{
	uint32_t a;

	for (a = 0; a < c->nargs; a++)
		if (c->args[a]->root == ROOT_PARAM && c->args[a]->type)
			return true;
	return false;
}

/* The members that branches of the callees of f depend on. */
static uint64_t passed_members(const struct link *l, const struct branch_inputs *in, size_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint64_t out = 0;
	uint32_t c, t, n;

	for (c = 0; c < fn->ncalls; c++) {
		const uint32_t *targets = call_targets(l, (uint32_t)f, c, &n);

		if (fn->calls[c].kind != CALLEE_DIRECT || !passes_object(&fn->calls[c]))
			continue;
		for (t = 0; t < n; t++)
			out |= in->members[targets[t]];
	}
	return out;
}

/*
 * Looks for members a few calls deep only: a value that is known far above seldom decides a
 * branch below.
 */
static void find_members(const struct link *l, struct branch_inputs *in)
{
	size_t n = l->p->nfunctions, f;
	int round;

	for (f = 0; f < n; f++)
		in->members[f] = matters(l, (uint32_t)f) ? own_members(&l->p->functions[f]) : 0;
	for (round = 1; round < DEPENDS_DEPTH_MAX; round++)
		for (f = 0; f < n; f++)
			in->members[f] |= passed_members(l, in, f);
	for (f = 0; f < n; f++)
		if (passed_members(l, in, f) & ~in->members[f])
			limit_met(l, LIMIT_DEPENDS_DEPTH, (uint32_t)f);
}

void branch_inputs_find(const struct link *l, struct branch_inputs *b)
{
	b->params = xcalloc(l->p->nfunctions, sizeof(*b->params));
	b->members = xcalloc(l->p->nfunctions, sizeof(*b->members));
	find_params(l, b);
	find_members(l, b);
}

void branch_inputs_free(struct branch_inputs *b)
{
	free(b->params);
	free(b->members);
}
