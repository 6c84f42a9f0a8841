// SPDX-License-Identifier: GPL-2.0-only
/* lock_asserts.c - code that says by a test that it runs with a lock held. */
#include "lock_asserts.h"
#include "kernel/linuxmodel.h"
#include "result.h"
#include "rules.h"
#include "symtab.h"

static bool never_returns(const struct link *l, const struct function *fn, const struct call *c)
{
	uint32_t t = c->kind == CALLEE_DIRECT ? symtab_function(l, c->name, fn->loc.file) : NONE;

	return t != NONE && l->p->functions[t].flags & FUNC_NORETURN;
}

/* Does the call no more than report that something is wrong, or never return? */
static bool complains(const struct link *l, const struct function *fn, const struct call *c)
{
	if (c->kind != CALLEE_DIRECT)
		return false;
	return call_has(l, c, MODEL_OPAQUE) ||
	       model_has_suffix(l->model, MODEL_COMPLAINS, str_unqualified(c->name)) ||
	       never_returns(l, fn, c);
}

/* Do the events of the block do no more than that? */
static bool block_complains(const struct link *l, const struct function *fn, const struct block *b)
{
	uint32_t e;

	for (e = 0; e < b->nevents; e++)
		if (b->events[e].kind != EV_SET &&
		    !(b->events[e].kind == EV_CALL &&
		      complains(l, fn, &fn->calls[b->events[e].call])))
			return false;
	return true;
}

/* Does the block only decide whether to complain, as once for all?  Not by a member of an object. */
static bool decides_alone(const struct function *fn, const struct block *b)
{
	return b->test.member == NONE || fn->tested[b->test.member].obj.root == ROOT_GLOBAL;
}

/* A walk over the blocks from `from` on, up to `to`. */
struct arm {
	const struct link *l;
	const struct function *fn;
	bool *seen; /* by block */
	uint32_t to;
};

/* Do all paths from the block lead to a.to, or never end, and only complain on the way? */
static bool only_complains(const struct arm *a, uint32_t from)
{
	const struct block *b = &a->fn->blocks[from];
	uint32_t i;

	if (from == a->to || a->seen[from])
		return true;
	a->seen[from] = true;
	if (!block_complains(a->l, a->fn, b) || !decides_alone(a->fn, b))
		return false;
	if (!b->nsuccs)
		return b->nevents && b->events[b->nevents - 1].kind == EV_CALL &&
		       never_returns(a->l, a->fn, &a->fn->calls[b->events[b->nevents - 1].call]);
	for (i = 0; i < b->nsuccs; i++)
		if (!only_complains(a, b->succs[i]))
			return false;
	return true;
}

/* Does the branch on the result of the call only complain where it tells that the lock is not held? */
static bool branch_asserts(const struct link *l, const struct function *fn, const struct block *b,
			   bool negated, const struct result_when *held)
{
	struct arm a = { l, fn, xcalloc(fn->nblocks, sizeof(bool)), 0 };
	bool asserts = false;
	uint32_t i;

	for (i = 0; i < 2 && !asserts; i++) {
		uint32_t in = result_of_test(&b->test, (i == 0) != b->negate);

		if (negated)
			in = result_unnegate(in);
		if (result_holds(held, in) || held->held & in)
			continue;
		a.to = b->succs[!i];
		asserts = only_complains(&a, b->succs[i]);
	}
	free(a.seen);
	return asserts;
}

bool call_asserts(const struct link *l, uint32_t f, uint32_t call, const struct lock_api *api)
{
	const struct function *fn = &l->p->functions[f];
	const struct call *c = &fn->calls[call];
	const struct result_when held = result_when(api->result);
	uint32_t i;

	for (i = 0; i < fn->nblocks; i++) {
		const struct block *b = &fn->blocks[i];
		bool of_local = c->dst != NONE && b->test.local == c->dst;

		if (b->nsuccs == 2 && (b->test.call == call || of_local))
			return branch_asserts(l, fn, b, of_local && c->negated, &held);
	}
	/* WARN_ON() leaves nothing of a branch but a variable that is set if the test fails. */
	return c->dst != NONE && c->negated;
}
