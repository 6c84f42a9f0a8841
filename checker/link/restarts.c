// SPDX-License-Identifier: GPL-2.0-only
/*
 * restarts.c - may an activity (a work, a timer) that was ended have been started again?
 *
 * All starts of the member that it is count, of whatever object.  If the address of the member gets
 * somewhere where it is not followed, it may be started there.
 */
#include "restarts.h"
#include "activity.h"
#include "callgraph.h"
#include "context.h"
#include "entry_locks.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "lock_compare.h"
#include "lock_relation.h"
#include "object_phase.h"
#include "resolve.h"
#include "starts.h"

struct restarts {
	struct keymap escaped; /* names of activities whose address is not followed */
};

/* --- addresses that are not followed */

static void note_escape(struct link *l, uint32_t f, const struct path *p)
{
	struct path resolved = resolve_path(l, f, p);
	struct lock a = activity_of_path(l, MODE_SHARED, &resolved);

	keymap_mark(&l->restarts->escaped, a.name);
}

/* May the callee keep what argument `a` points to, or start it unseen? */
static bool arg_escapes(const struct link *l, uint32_t f, uint32_t call, uint32_t a)
{
	const struct call *c = &l->p->functions[f].calls[call];
	uint32_t t, n;
	const uint32_t *targets = call_targets(l, f, call, &n);

	if (c->kind == CALLEE_DIRECT && model_mentions(l->model, str_unqualified(c->name)))
		return false;
	for (t = 0; t < n; t++)
		if (a >= PARAMS_MAX || l->escape[targets[t]].into[a])
			return true;
	return !n;
}

/* Is it an activity that the path ends in, and not part of one? */
static bool is_activity(const struct link *l, const struct path *p)
{
	return p->nsteps && p->steps[p->nsteps - 1].kind == STEP_FIELD &&
	       !model_has(l->model, MODEL_SHARED,
			  str_unqualified(p->steps[p->nsteps - 1].record)) &&
	       model_has(l->model, MODEL_SHARED, str_unqualified(p->type));
}

static void find_escapes(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e, c, a;

	for (c = 0; c < fn->ncalls; c++)
		for (a = 0; a < fn->calls[c].nargs; a++)
			if (is_activity(l, fn->calls[c].args[a]) && arg_escapes(l, f, c, a))
				note_escape(l, f, fn->calls[c].args[a]);
	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (ev->kind == EV_STORE && is_activity(l, ev->src))
				note_escape(l, f, ev->src);
		}
}

void restarts_find(struct link *l)
{
	uint32_t f;

	l->restarts = arena_alloc(l->arena, sizeof(*l->restarts));
	for (f = 0; f < l->p->nfunctions; f++)
		find_escapes(l, f);
}

void restarts_free(struct link *l)
{
	keymap_free(&l->restarts->escaped);
}

bool restarts_unseen(const struct link *l, str name)
{
	return keymap_has(&l->restarts->escaped, name);
}

/* --- may it be started? */

/* What is held where the activity was ended, seen from the activity. */
struct question {
	struct link *l;
	struct path_numbers *paths;
	uint32_t f;
	const struct lock *a;
	const struct lockset *held;
	str context;
	uint32_t depth; /* activities between: more than are held are some of them twice */
};

static bool may_be_started_now(const struct question *q);

static const struct point *point_of_call(const struct link *l, const struct start *s)
{
	const struct function_locks *k = &l->locks[s->function];
	uint32_t i;

	for (i = 0; i < k->npoints; i++)
		if (k->points[i].event->kind == EV_CALL && k->points[i].event->call == s->call)
			return &k->points[i];
	return NULL;
}

/*
 * Is the callback that holds the activity `theirs` not running, as `ours` was ended before?  That the
 * callback starts its own activity again is what an end ends, too.
 */
static bool is_ended_for(const struct question *q, const struct lock *ours,
			 const struct lock *theirs, const struct held *a, const struct held *b)
{
	struct question other = *q;

	if (ours->mode != MODE_SHARED || theirs->mode != MODE_EXCLUSIVE ||
	    a->relation != REL_SELF || b->relation != REL_SELF || a->rel != b->rel)
		return false;
	other.a = ours;
	other.depth++;
	return ours == q->a || !may_be_started_now(&other);
}

/* Do the locks exclude each other? */
static bool locks_exclude(const struct question *q, const struct start *s, const struct lock *ours,
			  const struct lock *theirs)
{
	struct held a, b;

	if (ours->activity != theirs->activity || (ours->late && ours != q->a) ||
	    (ours->mode != MODE_EXCLUSIVE && theirs->mode != MODE_EXCLUSIVE))
		return false;
	a = lock_relation(q->l, q->f, q->paths, &q->a->path, ours);
	b = lock_relation(q->l, s->function, q->paths, &s->activity.path, theirs);
	return ours->activity ? is_ended_for(q, ours, theirs, &a, &b) : same_lock(&a, &b);
}

static bool sets_exclude(const struct question *q, const struct start *s,
			 const struct lockset *theirs)
{
	uint32_t i, j;

	for (i = 0; i < q->held->n; i++)
		for (j = 0; j < theirs->n; j++)
			if (locks_exclude(q, s, q->held->locks[i], theirs->locks[j]))
				return true;
	return false;
}

/* May the start happen in that context? */
static bool may_start_in(const struct question *q, const struct start *s, const struct point *pt,
			 const struct context *n)
{
	const struct entered entry = { n->entry, n->bound };

	if (model_has_pair(q->l->model, MODEL_FROZEN, q->context, n->kind))
		return false;
	/* Nobody ends, or writes, what is not published. */
	if (phase_of_object(q->l, n, &s->object, pt) == OBJECT_SETUP)
		return false;
	return !sets_exclude(q, s, locks_at(q->l, s->function, &entry, pt));
}

static bool may_start(const struct question *q, const struct start *s)
{
	const struct explorer *x = q->l->explorer;
	const struct point *pt;
	uint32_t at;

	if (!q->l->explored[s->function])
		return true;
	pt = point_of_call(q->l, s);
	for (at = x->of[s->function].first; pt && at != NONE; at = context_at(x->l, at)->next)
		if (!context_at(x->l, at)->dropped && may_start_in(q, s, pt, context_at(x->l, at)))
			return true;
	return false;
}

static bool may_be_started_now(const struct question *q)
{
	const uint32_t *of;
	size_t n, i;

	if (q->a->stays)
		return false;
	if (q->depth > q->held->n || restarts_unseen(q->l, q->a->name))
		return true;
	of = starts_of(q->l, q->a->name, &n);
	for (i = 0; i < n; i++)
		if (may_start(q, starts_get(q->l, of[i])))
			return true;
	return false;
}

bool may_be_started(struct link *l, str context, uint32_t f, struct path_numbers *paths,
		    const struct lock *a, const struct lockset *held)
{
	const struct question q = { l, paths, f, a, held, context, 0 };

	return may_be_started_now(&q);
}
