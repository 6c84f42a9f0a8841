// SPDX-License-Identifier: GPL-2.0-only
/* queues.c - works that a queue runs in turn. */
#include "queues.h"
#include "activity.h"
#include "base/names.h"
#include "callgraph.h"
#include "funcptr.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "limit.h"
#include "lock_name.h"
#include "path.h"
#include "resolve.h"
#include "slots.h"
#include "starts.h"
#include "symtab.h"

/* A call that puts a work on a queue. */
struct queuing {
	uint64_t queue; /* key_of_path(); 0: not known */
	uint64_t handed_to; /* keymap_pair() of the callee and the parameter by which it gets the work, if it is
			     * the callee that queues it; or 0 */
	struct path work, at; /* the work, and its queue, in the frame of the caller */
};

struct queues {
	struct keymap
		in_turn; /* members and global variables that are given a queue which runs works in turn */
	struct keymap others; /* those of them that are given something else, too */
	struct keymap
		works; /* function: names of the works that it is the function of; 0: not known */
	struct queuing *sites;
	size_t nsites, sites_cap;
	struct keymap sites_of; /* name of a work: indexes into `sites` */
	struct keymap handed;	/* function, parameter: the same of what the parameter points to */
	uint64_t *work;		/* of these: those whose callers are still to be looked at */
	size_t nwork, work_cap;
};

/* --- queues */

static uint64_t key_of_path(const struct path *p)
{
	const struct step *s = p->nsteps ? &p->steps[p->nsteps - 1] : NULL;

	if (p->root == ROOT_GLOBAL && (!s || (p->nsteps == 1 && s->kind == STEP_DEREF)))
		return keymap_pair(0, p->name);
	return s && (s->kind == STEP_PTR || s->kind == STEP_FIELD) && s->record ?
		       keymap_pair(s->record, s->field) :
		       0;
}

static str name_of_key(uint64_t key)
{
	str record = (str)(key >> 32), name = (str)key;

	return record ? str_printf("%s.%s", str_get(str_unqualified(record)), str_get(name)) : name;
}

/* The member or global variable that the event stores a pointer in; 0: none. */
static uint64_t key_of_store(const struct event *e)
{
	if (e->src->root == ROOT_NULL)
		return 0;
	if (e->field)
		return e->obj->type ? keymap_pair(e->obj->type, e->field) : 0;
	return e->obj->root == ROOT_GLOBAL && !e->obj->nsteps ? keymap_pair(0, e->obj->name) : 0;
}

/* Does the call make a queue that runs its works in turn? */
static bool makes_in_turn(const struct link *l, const struct call *c)
{
	str name = c->kind == CALLEE_DIRECT ? str_unqualified(c->name) : 0;
	int arg = name ? model_argument(l->model, MODEL_MAKES_QUEUE, name) : -1;
	const struct path *flags = arg >= 0 && (uint32_t)arg < c->nargs ? c->args[arg] : NULL;

	return flags && flags->root == ROOT_NULL && flags->name &&
	       strtoll(str_get(flags->name), NULL, 10) >>
			       model_bit(l->model, MODEL_MAKES_QUEUE, name) &
		       1;
}

/* Is the value such a queue, whichever of its definitions a variable has? */
static bool is_in_turn(const struct link *l, uint32_t f, const struct path *value, int depth)
{
	const struct function *fn = &l->p->functions[f];
	const struct local *v;
	bool any = false;
	uint32_t i;

	if (value->nsteps)
		return false;
	if (value->root == ROOT_CALL)
		return makes_in_turn(l, &fn->calls[value->index]);
	if (value->root != ROOT_LOCAL || depth == PHASE_LOCALS_MAX)
		return false;
	v = &fn->locals[value->index];
	for (i = 0; i < v->ndefs; i++) {
		if (v->defs[i].root == ROOT_NULL)
			continue;
		if (!is_in_turn(l, f, &v->defs[i], depth + 1))
			return false;
		any = true;
	}
	return any;
}

/* Calls `each` for each pointer that is stored. */
static void each_store(struct link *l,
		       void (*each)(struct link *l, uint32_t f, const struct event *e))
{
	uint32_t f, b, i;

	for (f = 0; f < l->p->nfunctions; f++)
		for (b = 0; b < l->p->functions[f].nblocks; b++) {
			const struct block *block = &l->p->functions[f].blocks[b];

			for (i = 0; i < block->nevents; i++)
				if (block->events[i].kind == EV_STORE)
					each(l, f, &block->events[i]);
		}
}

static void note_in_turn(struct link *l, uint32_t f, const struct event *e)
{
	uint64_t key = key_of_store(e);

	if (key && is_in_turn(l, f, e->src, 0))
		keymap_mark(&l->queues->in_turn, key);
}

static void note_other(struct link *l, uint32_t f, const struct event *e)
{
	uint64_t key = key_of_store(e);

	if (key && keymap_has(&l->queues->in_turn, key) && !is_in_turn(l, f, e->src, 0))
		keymap_mark(&l->queues->others, key);
}

/* --- the functions of works */

static bool is_slot_of_work(const struct link *l, str record, str field)
{
	return rule_is_of_activity(model_slot(l->model, str_unqualified(record), field));
}

/* Is what is stored the function of some work, as the slot has it?  Where that is set the function is noted. */
static bool is_copied(const struct event *e)
{
	const struct step *s = e->src->nsteps ? &e->src->steps[e->src->nsteps - 1] : NULL;

	return s && s->record == e->obj->type && s->field == e->field;
}

static void note_function(struct link *l, uint32_t f, const struct event *e)
{
	struct lock a;
	struct path p;
	const uint32_t *fns;
	uint32_t one;
	size_t n = 1, i;

	if (!e->field || !e->obj->type || is_copied(e) ||
	    !is_slot_of_work(l, e->obj->type, e->field))
		return;
	p = resolve_path(l, f, e->obj);
	a = activity_of_path(l, MODE_SHARED, &p);
	one = symtab_function_value(l, f, e->src);
	fns = one != NONE ? &one : funcptr_of_path(l, f, e->src, &n);
	for (i = 0; fns && i < n; i++)
		keymap_add(&l->queues->works, fns[i], activity_is_any(&a) ? 0 : a.name);
}

static void note_initialised(struct link *l)
{
	size_t i;

	for (i = 0; i < l->slots->nstored; i++) {
		const struct stored *s = &l->slots->stored[i];

		if (s->object && is_slot_of_work(l, s->record, s->field))
			keymap_add(&l->queues->works, s->function, 0);
	}
}

/* --- where works are put on queues */

static void add_site(struct queues *q, struct keymap *of, uint64_t key, const struct queuing *s)
{
	keymap_add(of, key, (uint32_t)q->nsites);
	*vec_add(q->sites, q->nsites, q->sites_cap) = *s;
}

/* `s` puts the work that the path leads to on its queue: a member, what a parameter points to, or one of several. */
static void note_site(struct link *l, uint32_t f, struct queuing s, const struct path *path,
		      int depth)
{
	struct queues *q = l->queues;
	const struct local *v;
	struct lock a;
	uint64_t key;
	uint32_t i;

	s.work = resolve_path(l, f, path);
	a = activity_of_path(l, MODE_SHARED, &s.work);
	if (!activity_is_any(&a)) {
		add_site(q, &q->sites_of, a.name, &s);
	} else if (s.work.root == ROOT_PARAM) {
		key = keymap_pair(f, s.work.index);
		if (!keymap_has(&q->handed, key))
			*vec_add(q->work, q->nwork, q->work_cap) = key;
		add_site(q, &q->handed, key, &s);
	} else if (s.work.root == ROOT_LOCAL && depth < PHASE_LOCALS_MAX) {
		v = &l->p->functions[f].locals[s.work.index];
		for (i = 0; i < v->ndefs; i++)
			note_site(l, f, s, &v->defs[i], depth + 1);
	}
}

/* The queue of a call that starts a work. */
static uint64_t queue_of_call(const struct link *l, uint32_t f, const struct call *c,
			      struct path *at)
{
	str name = str_unqualified(c->name);
	int arg = model_argument(l->model, MODEL_QUEUES, name);
	int in_turn = model_argument(l->model, MODEL_QUEUES_IN_TURN, name);
	uint64_t key;

	*at = path_untracked(0);
	if (in_turn >= 0)
		arg = in_turn;
	if (arg < 0 || (uint32_t)arg >= c->nargs)
		return 0;
	*at = resolve_path(l, f, c->args[arg]);
	key = key_of_path(at);
	return key && (in_turn >= 0 || (keymap_has(&l->queues->in_turn, key) &&
					!keymap_has(&l->queues->others, key))) ?
		       key :
		       0;
}

static void note_call(struct link *l, uint32_t f, const struct call *c)
{
	const struct lock_api *api = start_of_call(l, c);
	struct queuing s = { 0 };
	struct path p;

	if (!api)
		return;
	s.queue = queue_of_call(l, f, c, &s.at);
	p = started_by(l, f, c, api);
	note_site(l, f, s, &p, 0);
}

/* The calls of f hand works to a function that puts what the parameter points to on a queue. */
static void note_handing(struct link *l, uint32_t f, uint32_t callee, uint32_t param)
{
	const struct function *fn = &l->p->functions[f];
	const struct queuing s = { .handed_to = keymap_pair(callee, param),
				   .at = path_untracked(0) };
	uint32_t c;

	for (c = 0; c < fn->ncalls; c++)
		if (param < fn->calls[c].nargs && call_leads_to(l, f, c, callee) &&
		    !start_of_call(l, &fn->calls[c]))
			note_site(l, f, s, fn->calls[c].args[param], 0);
}

static void find_sites(struct link *l)
{
	struct queues *q = l->queues;
	uint32_t f, c, callee;
	uint64_t key;

	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; c < l->p->functions[f].ncalls; c++)
			note_call(l, f, &l->p->functions[f].calls[c]);
	while (q->nwork) {
		key = q->work[--q->nwork];
		callee = (uint32_t)(key >> 32);
		for (c = 0; c < l->callgraph[callee].ncallers; c++)
			note_handing(l, l->callgraph[callee].callers[c], callee, (uint32_t)key);
	}
	free(q->work);
}

void queues_find(struct link *l)
{
	l->queues = xcalloc(1, sizeof(*l->queues));
	each_store(l, note_in_turn);
	each_store(l, note_other);
	each_store(l, note_function);
	note_initialised(l);
	find_sites(l);
}

void queues_free(struct link *l)
{
	keymap_free(&l->queues->in_turn);
	keymap_free(&l->queues->others);
	keymap_free(&l->queues->works);
	keymap_free(&l->queues->sites_of);
	keymap_free(&l->queues->handed);
	free(l->queues->sites);
	free(l->queues);
	l->queues = NULL;
}

/* --- the lock of a queue */

static uint64_t common_queue(const struct link *l, const struct keymap *of, uint64_t key,
			     int depth);

static uint64_t queue_of_site(const struct link *l, const struct queuing *s, int depth)
{
	if (!s->handed_to)
		return s->queue;
	if (depth < WRAPPERS_MAX)
		return common_queue(l, &l->queues->handed, s->handed_to, depth + 1);
	limit_met(l, LIMIT_WRAPPERS, (uint32_t)(s->handed_to >> 32));
	return 0;
}

/* The queue that all sites of the key have; 0: they differ, or there is one of which it is not known. */
static uint64_t common_queue(const struct link *l, const struct keymap *of, uint64_t key, int depth)
{
	uint64_t queue = 0, other;
	const uint32_t *sites;
	size_t n, i;

	sites = keymap_list(of, key, &n);
	for (i = 0; i < n; i++) {
		other = queue_of_site(l, &l->queues->sites[sites[i]], depth);
		if (!other || (queue && other != queue))
			return 0;
		queue = other;
	}
	return queue;
}

/* The way from the work to its queue, if that of the site is one that other works have, too. */
static bool lead_to_queue(const struct queuing *s, struct path *from)
{
	uint32_t n = common_steps(&s->work, &s->at), i;
	struct step step;

	if (s->at.root == ROOT_GLOBAL) {
		*from = s->at;
		return true;
	}
	if (s->handed_to || !same_root(&s->work, &s->at) || !path_embeds(&s->work, n))
		return false;
	for (i = s->work.nsteps; i-- > n;) {
		step = s->work.steps[i];
		if (!step_invert(&step) || !path_append(from, &step))
			return false;
	}
	for (i = n; i < s->at.nsteps; i++)
		if (!path_append(from, &s->at.steps[i]))
			return false;
	return from->root != ROOT_UNKNOWN;
}

static struct path path_to_queue(const struct link *l, str work, uint32_t param)
{
	const uint32_t *sites;
	struct path from;
	size_t n, i;

	sites = keymap_list(&l->queues->sites_of, work, &n);
	for (i = 0; i < n; i++) {
		from = (struct path){ .root = ROOT_PARAM, .index = param };
		if (lead_to_queue(&l->queues->sites[sites[i]], &from)) {
			from.type = 0;
			return from;
		}
	}
	return path_untracked(0);
}

bool queue_lock(const struct link *l, uint32_t f, uint32_t param, struct lock *lock)
{
	const uint32_t *works;
	uint64_t queue = 0, other;
	size_t n, i;

	works = keymap_list(&l->queues->works, f, &n);
	for (i = 0; i < n; i++) {
		other = works[i] ? common_queue(l, &l->queues->sites_of, works[i], 0) : 0;
		if (!other || (queue && other != queue))
			return false;
		queue = other;
	}
	if (!queue)
		return false;
	*lock = (struct lock){ .name = pseudo_lock_name(QUEUE_LOCK, str_get(name_of_key(queue))),
			       .mode = MODE_EXCLUSIVE,
			       .path = n == 1 ? path_to_queue(l, works[0], param) :
						path_untracked(0) };
	return true;
}
