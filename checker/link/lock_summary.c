// SPDX-License-Identifier: GPL-2.0-only
/* lock_summary.c - summary of a function: the effect of a call on the locks of the caller. */
#include "lock_summary.h"
#include "kernel/linuxmodel.h"
#include "symtab.h"

/* The states at the exits of a function: all joined, and by whether it returns zero. */
struct exits {
	bool any, zero, nonzero;
	struct lock_state all, when_zero, when_nonzero;
};

static void add_exit(bool *seen, struct lock_state *into, const struct lock_state *s)
{
	if (*seen) {
		state_join(into, s);
		return;
	}
	*seen = true;
	*into = *s;
	into->maybe = state_may_hold(s);
}

/* Splits the state at an exit whose result was not tested by both outcomes of a test. */
static void exit_untested(struct exits *x, const struct lock_state *s, const struct block *b)
{
	struct lock_state z = *s, nz = *s;
	struct block tested = { .nsuccs = 2, .test = NO_TEST };
	bool can_be_zero, can_be_nonzero;

	if (b->return_kind == RETURN_CALL)
		tested.test.call = b->return_index;
	else if (b->return_kind == RETURN_LOCAL)
		tested.test.local = b->return_index;
	if (tested.test.call != NONE || tested.test.local != NONE)
		tested.test.kind = TEST_NONZERO;
	can_be_nonzero = state_branch(&nz, &tested, 0);
	can_be_zero = state_branch(&z, &tested, 1);
	if (can_be_zero) {
		add_exit(&x->zero, &x->when_zero, &z);
		add_exit(&x->any, &x->all, &z);
	}
	if (can_be_nonzero) {
		add_exit(&x->nonzero, &x->when_nonzero, &nz);
		add_exit(&x->any, &x->all, &nz);
	}
}

static void exit_block(struct exits *x, const struct lock_state *s, const struct block *b)
{
	if (b->return_kind == RETURN_ZERO)
		add_exit(&x->zero, &x->when_zero, s);
	else if (b->return_kind == RETURN_NONZERO)
		add_exit(&x->nonzero, &x->when_nonzero, s);
	else {
		exit_untested(x, s, b);
		return;
	}
	add_exit(&x->any, &x->all, s);
}

/* Does the block end in a call that does not return? */
static bool ends_without_return(const struct lock_flow *w, const struct block *b)
{
	const struct call *c;
	uint32_t t;

	if (!b->nevents || b->events[b->nevents - 1].kind != EV_CALL)
		return false;
	c = &w->fn->calls[b->events[b->nevents - 1].call];
	if (c->kind != CALLEE_DIRECT)
		return false;
	t = symtab_function(w->l, c->name, w->fn->loc.file);
	return t != NONE && w->l->p->functions[t].flags & FUNC_NORETURN;
}

/*
 * Does the caller hear of the effect?  Not of locks on the stack, nor of a release of a lock in an
 * object that the function came by itself, as a copy it made or an entry it looked up: that is
 * none of the caller's.
 */
static bool exported(const struct lock *lock, uint32_t op)
{
	if (op == OP_RELEASE && (lock->path.root == ROOT_CALL || lock->path.root == ROOT_LOCAL))
		return false;
	return lock->path.root != ROOT_STACK;
}

static void add_summary(const struct lock_flow *w, struct effect_list *out, uint32_t op,
			uint32_t lock, uint32_t mode, uint32_t result)
{
	if (exported(w->locks->locks[lock], op))
		*vec_add(out->v, out->n, out->cap) = (struct lock_effect){ op, lock, mode, result };
}

/* The mode in which the lock was acquired and is held, or 0. */
static uint32_t held_mode(const struct lock_state *s, uint64_t bit)
{
	return s->exclusive & bit ? MODE_EXCLUSIVE : s->shared & bit ? MODE_SHARED : 0;
}

static uint32_t release_result(const struct exits *x, uint32_t lock)
{
	return x->all.maybe_released >> lock & 1 ? RESULT_MAYBE : RESULT_ALWAYS;
}

static void summarise_exits(const struct lock_flow *w, const struct exits *x,
			    struct effect_list *out)
{
	uint32_t i, mode;

	for (i = 0; i < w->locks->nlocks; i++)
		if (x->all.released >> i & 1)
			add_summary(w, out, OP_RELEASE, i, MODE_EXCLUSIVE, release_result(x, i));
		else if (x->all.released_shared >> i & 1)
			add_summary(w, out, OP_RELEASE, i, MODE_SHARED, release_result(x, i));
	for (i = 0; i < w->locks->nlocks; i++) {
		uint64_t bit = UINT64_C(1) << i;

		mode = held_mode(&x->all, bit);
		if (mode)
			add_summary(w, out, OP_ACQUIRE, i, mode, RESULT_ALWAYS);
		else if (x->zero && (mode = held_mode(&x->when_zero, bit)))
			add_summary(w, out, OP_ACQUIRE, i, mode, RESULT_ZERO);
		else if (x->nonzero && (mode = held_mode(&x->when_nonzero, bit)))
			add_summary(w, out, OP_ACQUIRE, i, mode, RESULT_NONZERO);
		else if (x->all.maybe & bit)
			add_summary(w, out, OP_ACQUIRE, i, MODE_EXCLUSIVE, RESULT_MAYBE);
		if (x->all.asserted & bit)
			add_summary(w, out, OP_ASSERT, i, MODE_EXCLUSIVE, RESULT_ALWAYS);
		else if (x->all.asserted_shared & bit)
			add_summary(w, out, OP_ASSERT, i, MODE_SHARED, RESULT_ALWAYS);
	}
}

static void find_exits(struct lock_flow *w, struct exits *x)
{
	struct lock_state s;
	uint32_t b, i;

	for (b = 0; b < w->fn->nblocks; b++) {
		const struct block *blk = &w->fn->blocks[b];

		if (blk->nsuccs || ends_without_return(w, blk))
			continue;
		for (i = 0; i < w->in[b].n; i++) {
			s = w->in[b].of[i];
			state_block(w, b, &s);
			exit_block(x, &s, blk);
		}
	}
}

void lock_summary(struct lock_flow *w)
{
	struct effect_list out = { 0 };
	struct exits x = { 0 };

	find_exits(w, &x);
	if (x.any)
		summarise_exits(w, &x, &out);
	w->locks->sleeps = x.any && x.all.slept;
	/* Annotations help where the body is not seen: wrappers of assembler and of macros. */
	if (!out.n)
		annotation_effects(w->l, w->f, &out);
	w->locks->nsummary = (uint32_t)out.n;
	w->locks->summary = arena_copy(w->l->arena, out.v, out.n * sizeof(*out.v));
	w->locks->summary_locks = w->locks->locks;
	free(out.v);
}
