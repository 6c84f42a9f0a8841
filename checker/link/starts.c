// SPDX-License-Identifier: GPL-2.0-only
/*
 * starts.c - which calls start an activity (a work, a timer) that some function ends.
 *
 * An activity is known by the member that it is.  A function that starts what a parameter points to
 * starts what its callers pass.
 */
#include "starts.h"
#include "activity.h"
#include "base/mutex.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "on_paths.h"
#include "path.h"
#include "relevance.h"
#include "resolve.h"
#include "rules.h"
#include "symtab.h"

/* The functions that start an activity, or call one that does: bit by function. */
struct starting {
	uint64_t *functions;
};

struct starts {
	struct keymap ended;   /* names of activities that functions end */
	struct keymap flushed; /* ... or wait for */
	struct start *all;
	size_t n, cap;
	struct keymap by_name;	   /* name: indexes into `all` */
	struct keymap handed_on;   /* function: its calls that start what a parameter points to */
	pthread_mutex_t lock;	   /* of the next three */
	struct keymap starting_of; /* name: index into `starting`, made when it is asked for */
	struct starting *starting;
	size_t nstarting, starting_cap;
	uint32_t *handed; /* by function: bits: parameters that it starts what they point to */
	uint32_t *work;	  /* functions whose callers hand them what they start */
	size_t nwork, work_cap;
};

/* --- what is ended */

/* The rule by which the call ends an activity, or starts one; NULL: there is none. */
static const struct lock_api *api_of(const struct link *l, const struct call *c, bool end)
{
	const struct lock_api *api =
		c->kind == CALLEE_DIRECT ? model_lock(l->model, str_unqualified(c->name)) : NULL;

	return api && api->activity && api->acquire == end && (uint32_t)api->arg < c->nargs ? api :
											      NULL;
}

const struct lock_api *start_of_call(const struct link *l, const struct call *c)
{
	return api_of(l, c, false);
}

struct path started_by(const struct link *l, uint32_t f, const struct call *c,
		       const struct lock_api *api)
{
	struct path p = resolve_path(l, f, c->args[api->arg]);
	const struct step member = { STEP_FIELD, p.type, api->member };

	if (api->member)
		path_append(&p, &member);
	return p;
}

/* Adds the name of what argument `arg` of the call is, if it is a member of a record with bitfields. */
static void mark_name(const struct link *l, uint32_t f, const struct call *call, int arg, str name,
		      struct keymap *names)
{
	struct path p = resolve_path(l, f, call->args[arg]);
	struct lock a = activity_of_argument(l, MODE_SHARED, &p, name);

	if (symtab_record(l, activity_record(l, &a.path)))
		keymap_mark(names, a.name);
}

/* Finds the names of what functions end, or wait for. */
static void find_ended(const struct link *l, struct starts *s)
{
	const struct lock_api *api;
	uint32_t f, c;
	int arg;

	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; c < l->p->functions[f].ncalls; c++) {
			const struct call *call = &l->p->functions[f].calls[c];

			api = api_of(l, call, true);
			if (api)
				mark_name(l, f, call, api->arg, api->name, &s->ended);
			arg = call_argument(l, call, MODEL_FLUSH);
			if (arg >= 0)
				mark_name(l, f, call, arg, 0, &s->flushed);
		}
}

bool starts_matter(const struct link *l, str name)
{
	return l->starts && keymap_has(&l->starts->ended, name);
}

/* --- what is started */

static void add_start(struct link *l, uint32_t f, uint32_t c, const struct lock *a)
{
	struct starts *s = l->starts;
	struct start start = { f, c, *a, a->path };
	struct path *p = &start.object;

	if (!keymap_has(&s->ended, a->name) && !keymap_has(&s->flushed, a->name))
		return;
	while (p->nsteps && p->steps[p->nsteps - 1].kind == STEP_FIELD)
		p->nsteps--;
	keymap_add(&s->by_name, a->name, (uint32_t)s->n);
	*vec_add(s->all, s->n, s->cap) = start;
}

/* The function starts what its parameter points to. */
static void add_handed(struct starts *s, uint32_t f, uint32_t param)
{
	if (param >= 32 || s->handed[f] >> param & 1)
		return;
	s->handed[f] |= UINT32_C(1) << param;
	*vec_add(s->work, s->nwork, s->work_cap) = f;
}

/* The call starts what `path` leads to: a member, what a parameter points to, or one of several. */
static void note_start(struct link *l, uint32_t f, uint32_t c, const struct path *path, str name,
		       int depth)
{
	struct path p = resolve_path(l, f, path);
	struct lock a = activity_of_argument(l, MODE_SHARED, &p, name);
	const struct local *v;
	uint32_t i;

	if (!activity_is_any(&a)) {
		add_start(l, f, c, &a);
	} else if (p.root == ROOT_PARAM) {
		keymap_add(&l->starts->handed_on, f, c);
		add_handed(l->starts, f, p.index);
	} else if (p.root == ROOT_LOCAL && depth < PHASE_LOCALS_MAX) {
		v = &l->p->functions[f].locals[p.index];
		for (i = 0; i < v->ndefs; i++)
			note_start(l, f, c, &v->defs[i], name, depth + 1);
	}
}

/* The calls of f start what they hand to `callee`. */
static void note_handed(struct link *l, uint32_t f, uint32_t callee)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c, i;

	for (c = 0; c < fn->ncalls; c++) {
		if (start_of_call(l, &fn->calls[c]) || !call_leads_to(l, f, c, callee))
			continue;
		for (i = 0; i < fn->calls[c].nargs && i < 32; i++)
			if (l->starts->handed[callee] >> i & 1)
				note_start(l, f, c, fn->calls[c].args[i], 0, 0);
	}
}

static void find_starts(struct link *l)
{
	struct starts *s = l->starts;
	const struct lock_api *api;
	struct path p;
	uint32_t f, c;

	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; c < l->p->functions[f].ncalls; c++) {
			api = start_of_call(l, &l->p->functions[f].calls[c]);
			if (!api)
				continue;
			p = started_by(l, f, &l->p->functions[f].calls[c], api);
			note_start(l, f, c, &p, api->name, 0);
		}
	while (s->nwork) {
		f = s->work[--s->nwork];
		for (c = 0; c < l->callgraph[f].ncallers; c++)
			note_handed(l, l->callgraph[f].callers[c], f);
	}
}

void starts_find(struct link *l)
{
	struct starts *s = l->starts = arena_alloc(l->arena, sizeof(*s));
	size_t i;

	s->lock = MUTEX_INIT;
	find_ended(l, s);
	s->handed = xcalloc(l->p->nfunctions, sizeof(*s->handed));
	find_starts(l);
	for (i = 0; i < s->n; i++)
		if (starts_matter(l, s->all[i].activity.name))
			relevance_add(l, s->all[i].function);
	free(s->handed);
	free(s->work);
}

void starts_free(struct link *l)
{
	struct starts *s = l->starts;
	size_t i;

	pthread_mutex_destroy(&s->lock);
	for (i = 0; i < s->nstarting; i++)
		free(s->starting[i].functions);
	free(s->starting);
	free(s->all);
	keymap_free(&s->ended);
	keymap_free(&s->flushed);
	keymap_free(&s->by_name);
	keymap_free(&s->handed_on);
	keymap_free(&s->starting_of);
}

const struct start *starts_get(const struct link *l, size_t i)
{
	return l->starts && i < l->starts->n ? &l->starts->all[i] : NULL;
}

const uint32_t *starts_of(const struct link *l, str name, size_t *n)
{
	*n = 0;
	return keymap_list(&l->starts->by_name, name, n);
}

const uint32_t *starts_of_params(const struct link *l, uint32_t f, size_t *n)
{
	*n = 0;
	return keymap_list(&l->starts->handed_on, f, n);
}

/* --- may a call start it? */

static bool has_bit(const uint64_t *set, uint32_t f)
{
	return set[f / 64] >> f % 64 & 1;
}

static bool enter_starting(void *ctx, uint32_t f, uint32_t callee)
{
	uint64_t *set = ctx;
	bool entered = has_bit(set, f);

	(void)callee;
	set[f / 64] |= UINT64_C(1) << f % 64;
	return !entered;
}

/* The functions that start it, and all their callers. */
static uint64_t *find_starting(const struct link *l, str name)
{
	uint64_t *set = xcalloc(l->p->nfunctions / 64 + 1, sizeof(*set));
	size_t n, i;
	const uint32_t *starts = starts_of(l, name, &n);

	for (i = 0; i < n; i++)
		callgraph_climb(l, l->starts->all[starts[i]].function, enter_starting, set);
	return set;
}

/* Threads ask for it at the same time. */
static const uint64_t *starting(const struct link *l, str name)
{
	struct starts *s = l->starts;
	const uint64_t *functions;
	uint32_t i;

	pthread_mutex_lock(&s->lock);
	i = keymap_first(&s->starting_of, name);
	if (i == NONE) {
		i = (uint32_t)s->nstarting;
		keymap_add(&s->starting_of, name, i);
		vec_add(s->starting, s->nstarting, s->starting_cap)->functions =
			find_starting(l, name);
	}
	functions = s->starting[i].functions;
	pthread_mutex_unlock(&s->lock);
	return functions;
}

bool call_starts(const struct link *l, uint32_t f, uint32_t call, str name)
{
	const uint64_t *set = starting(l, name);
	uint32_t t, n;
	const uint32_t *targets = call_targets(l, f, call, &n), *of;
	size_t k, i;

	if (!has_bit(set, f))
		return false;
	for (t = 0; t < n; t++)
		if (has_bit(set, targets[t]))
			return true;
	of = starts_of(l, name, &k);
	for (i = 0; i < k; i++)
		if (l->starts->all[of[i]].function == f && l->starts->all[of[i]].call == call)
			return true;
	return false;
}

/* --- before an event? */

bool started_before(const struct link *l, uint32_t f, const struct event *at, str name)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	if (!has_bit(starting(l, name), f))
		return false;
	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (ev->kind == EV_CALL && call_starts(l, f, ev->call, name) &&
			    event_leads_to(fn, ev, at))
				return true;
		}
	return false;
}
