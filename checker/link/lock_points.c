// SPDX-License-Identifier: GPL-2.0-only
/* lock_points.c - what is known of locks at each call and write of a function, where exploration stops. */
#include "lock_points.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_names.h"
#include "path.h"
#include "point_states.h"
#include "released_ahead.h"
#include "resolve.h"

struct point_list {
	struct point *v;
	size_t n, cap;
};

static bool is_point(const struct event *e)
{
	return e->kind == EV_CALL || (e->kind == EV_ACCESS && e->access != ACCESS_READ);
}

/*
 * A call that passes NULL for the object of a lock needs no lock of it: such locks count as held
 * there.
 */
static lock_set locks_of_null(const struct lock_flow *w, const struct predicates *k,
			      const struct event *e)
{
	const struct call *c = e->kind == EV_CALL ? &w->fn->calls[e->call] : NULL;
	uint64_t null = 0;
	lock_set out = 0;
	struct path inner;
	uint32_t i;

	if (c && c->nargs > ARGS_MAX)
		limit_met(w->l, LIMIT_ARGS, w->f);
	for (i = 0; c && i < c->nargs && i < ARGS_MAX; i++)
		if (predicates_imply_null(w->fn, k, c->args[i]))
			null |= UINT64_C(1) << i;
	for (i = 0; null && i < w->locks->nlocks; i++)
		if (express_path(w->l, w->f, c, &w->locks->locks[i]->path, &inner) &&
		    inner.root == ROOT_PARAM && null >> inner.index & 1)
			out |= LOCK_BIT(i);
	return out;
}

/* What all states of a write know. */
static void keep_known(const struct lock_flow *w, const struct lock_state *s, uint32_t n,
		       struct point *p)
{
	struct predicates k;
	uint32_t i;

	if (p->event->kind != EV_ACCESS)
		return;
	predicates_copy(&k, &s[0].known);
	for (i = 1; i < n; i++)
		predicates_meet(&k, &s[i].known);
	p->nknown = k.n;
	p->known = arena_copy(w->l->arena, k.of, k.n * sizeof(k.of[0]));
}

/* Is the pointer, a variable or a member that is tested, known to be NULL? */
static bool is_null(const struct function *fn, const struct predicates *k, const struct path *p)
{
	struct predicate zero = { SUBJECT_LOCAL, p->index, TEST_EQUAL, true, 0 };
	struct path member;
	uint32_t i;

	if (p->root == ROOT_LOCAL && !p->nsteps && fn->locals[p->index].of != NONE)
		zero.index = fn->locals[p->index].of;
	if (!p->nsteps)
		return p->root == ROOT_LOCAL ? predicates_decide(k, &zero) == 1 :
					       predicates_imply_null(fn, k, p);
	zero.subject = SUBJECT_MEMBER;
	for (i = 0; i < fn->ntested; i++) {
		const struct step s = { STEP_PTR, fn->tested[i].obj.type, fn->tested[i].field };

		member = fn->tested[i].obj;
		zero.index = i;
		if (path_append(&member, &s) && same_object(&member, p) &&
		    predicates_decide(k, &zero) == 1)
			return true;
	}
	return false;
}

/* Does the state know that the pointer to the lock, which a call takes, is NULL? */
static bool pointer_is_null(const struct lock_flow *w, const struct predicates *k, uint32_t lock)
{
	const struct function_locks *t = w->locks;
	const struct lock_api *api;
	const struct call *c;
	uint32_t i, e;

	for (i = 0; i < w->fn->ncalls; i++)
		for (e = t->first_effect[i]; e < t->first_effect[i + 1]; e++) {
			c = &w->fn->calls[i];
			if (t->effects[e].lock != lock || t->effects[e].op != OP_ACQUIRE ||
			    c->kind != CALLEE_DIRECT)
				continue;
			api = model_lock(w->l->model, str_unqualified(c->name));
			if (api && api->arg >= 0 && (uint32_t)api->arg < c->nargs && !api->name &&
			    is_null(w->fn, k, c->args[api->arg]))
				return true;
		}
	return false;
}

/* Those of the locks that each state holds, or knows that the pointer to it is NULL. */
static lock_set find_optional(const struct lock_flow *w, const struct lock_state *s, uint32_t n,
			      lock_set locks)
{
	uint32_t i, k;

	FOR_EACH_LOCK(i, w->locks->nlocks, locks)
		for (k = 0; locks >> i & 1 && k < n; k++)
			if (!((s[k].exclusive | s[k].shared) >> i & 1) &&
			    !pointer_is_null(w, &s[k].known, i))
				locks &= ~LOCK_BIT(i);
	return locks;
}

/* The locks that a call of the function takes, or says to be held, in exclusive mode. */
static lock_set find_exclusive(const struct function_locks *t, uint32_t ncalls)
{
	lock_set out = 0;
	uint32_t i;

	for (i = 0; i < t->first_effect[ncalls]; i++)
		if (t->effects[i].op != OP_RELEASE && t->effects[i].mode == MODE_EXCLUSIVE)
			out |= LOCK_BIT(t->effects[i].lock);
	return out;
}

/* Adds the point of event `e`, with what all its `n` states have in common, and what is released `ahead`. */
static void add_point(struct lock_flow *w, const struct lock_state *s, uint32_t n,
		      const struct event *e, struct released_ahead ahead, bool against,
		      struct point_list *out)
{
	struct point_state p = {
		.exclusive = LOCKS_ALL,
		.shared = LOCKS_ALL,
		.early = LOCKS_ALL,
		.spared = LOCKS_ALL,
		.slept = true,
		.against = against,
	};
	struct point pt = { .event = e };
	lock_set may = 0, held = 0, ended = 0, dropped = LOCKS_ALL;
	uint32_t i;

	for (i = 0; i < n; i++) {
		lock_set exclusive =
			locks_as_named_by(w, &s[i], e, s[i].exclusive | s[i].asserted) |
			locks_of_null(w, &s[i].known, e);

		may |= exclusive | s[i].maybe;
		held |= exclusive;
		ended |= (s[i].shared | s[i].maybe) & w->as_found;
		/* A lock of which more is known, but not that it is held, may be released in error. */
		ahead.always &= exclusive | ~(state_may_hold(&s[i]) | s[i].released);
		p.maybe_released |= s[i].maybe_released;
		dropped &= s[i].released;
		p.exclusive &= exclusive;
		p.shared &= exclusive |
			    locks_as_named_by(w, &s[i], e, s[i].shared | s[i].asserted_shared);
		p.early &= s[i].early;
		p.retaken |= s[i].exclusive | s[i].shared;
		p.released |= s[i].released;
		p.released_shared |= s[i].released_shared;
		p.published |= s[i].published;
		p.handed_out |= s[i].handed_out;
		p.exposed |= s[i].exposed;
		p.exposed_params |= s[i].exposed_params;
		p.slept &= s[i].slept;
		p.lost |= s[i].lost & ~(exclusive | (s[i].shared & w->locks->activities));
		if (s[i].unknown)
			p.spared &= s[i].spared;
		p.doubted |= s[i].doubted | (s[i].known.forgot ? LOCKS_FORGOTTEN : 0);
	}
	keep_known(w, s, n, &pt);
	p.exclusive |= ahead.always;
	p.shared |= ahead.always;
	p.sometimes = (may & ~(p.exclusive | p.shared)) |
		      (p.released & w->released_here & ~dropped);
	p.sometimes &= ~w->locks->activities;
	p.shared_sometimes = p.sometimes & ~(held | w->taken_exclusive | p.released);
	released_later_add(&ahead, s, n, &p);
	p.lost |= ended & ~p.shared;
	p.optional = find_optional(w, s, n, p.sometimes);
	p.doubted |= p.sometimes ? LOCKS_SOMETIMES : 0;
	pt.is = point_state_keep(w->l, &p);
	*vec_add(out->v, out->n, out->cap) = pt;
}

void lock_points_keep(struct lock_flow *w)
{
	struct point_list out = { 0 };
	struct lock_state s[STATES_MAX];
	struct released_ahead *ahead;
	uint32_t b, e, i, n;

	w->taken_exclusive = find_exclusive(w->locks, w->fn->ncalls);
	for (b = 0; b < w->fn->nblocks; b++) {
		const struct block *blk = &w->fn->blocks[b];

		n = w->in[b].n;
		ahead = xcalloc(blk->nevents + 1, sizeof(*ahead));
		released_ahead_in_block(w, b, ahead);
		for (i = 0; i < n; i++)
			state_copy(&s[i], &w->in[b].of[i]);
		for (e = 0; n && e < blk->nevents; e++) {
			if (is_point(&blk->events[e]))
				add_point(w, s, n, &blk->events[e], ahead[e], w->against[b], &out);
			for (i = 0; i < n; i++)
				state_event(w, &s[i], &blk->events[e]);
		}
		free(ahead);
	}
	w->locks->npoints = (uint32_t)out.n;
	w->locks->points = arena_copy(w->l->arena, out.v, out.n * sizeof(*out.v));
	free(out.v);
}
