// SPDX-License-Identifier: GPL-2.0-only
/* entries.c - the entry points: functions that are called from outside of the program. */
#include "entries.h"
#include "activity.h"
#include "callgraph.h"
#include "entry_locks.h"
#include "funcptr.h"
#include "kernel/linuxmodel.h"
#include "lock_intern.h"
#include "lock_name.h"
#include "lock_owner.h"
#include "lock_path.h"
#include "members.h"
#include "object_phase.h"
#include "path.h"
#include "queues.h"
#include "registrations.h"
#include "rules.h"
#include "slots.h"
#include "specialise.h"
#include "symtab.h"

static void fill_phases(struct context *n, enum object_phase phase)
{
	memset(n->phase, (int)phase, sizeof(n->phase));
}

/* A lock that the rule says the caller of the entry point f holds; without a name: none. */
static struct lock held_by_rule(const struct link *l, const struct function *f,
				const struct held_lock *h, str context)
{
	struct path object = { .root = ROOT_PARAM };
	const char *name = str_get(h->name), *dot;
	struct lock lock = { .name = h->name, .mode = h->mode };

	if (h->self) {
		lock.name = pseudo_lock_name(str_get(context), str_get(f->name));
		lock.mode = MODE_EXCLUSIVE;
		return lock;
	}
	if (h->arg < 0)
		return named_lock(h->mode, h->name, NULL);
	object.index = (uint32_t)h->arg;
	if (object.index < f->nparams)
		object.type = f->params[h->arg].type;
	if (h->path)
		members_follow(l, h->path, &object);
	dot = strchr(name, '.');
	if (!dot) {
		lock_owner_find(l, h->name, &object);
		return named_lock(h->mode, h->name, &object);
	}
	/* "inode.i_rwsem(0)" is a member of argument 0 if that is an inode. */
	if (str_unqualified(object.type) == str_intern_n(name, (size_t)(dot - name))) {
		struct step s = { STEP_FIELD, object.type, str_intern(dot + 1) };

		path_append(&object, &s);
		lock.path = object;
	}
	return lock;
}

/* Adds that an activity is ended as long as the callback f runs. */
static void add_ended(struct link *l, const struct function *f, const struct held_lock *h,
		      struct lockset *s)
{
	struct path path = { .root = ROOT_PARAM, .index = (uint32_t)h->arg };
	struct lock lock;

	if (path.index < f->nparams)
		path.type = f->params[path.index].type;
	members_follow(l, h->path, &path);
	if (path.root == ROOT_UNKNOWN)
		return;
	lock = activity_of_path(l, MODE_SHARED, &path);
	lock.stays = true;
	lockset_add(l, s, &lock);
}

/* Adds what the rule says of one lock, or that the callback is of an activity. */
static void add_held(struct link *l, const struct function *f, const struct held_lock *h,
		     str context, struct lockset *s)
{
	const struct path param = { .root = ROOT_PARAM, .index = (uint32_t)h->arg };
	struct lock lock;

	if (h->ended) {
		add_ended(l, f, h, s);
		return;
	}
	lock = held_by_rule(l, f, h, context);
	if (h->optional)
		lock_make_optional(&lock);
	lockset_add(l, s, &lock);
	if (!h->self || h->arg < 0)
		return;
	lock = activity_of_argument(l, MODE_EXCLUSIVE, &param, h->path);
	lockset_add(l, s, &lock);
	if (queue_lock(l, (uint32_t)(f - l->p->functions), param.index, &lock))
		lockset_add(l, s, &lock);
}

/* Adds a context in which f is entered by the rule; nothing if f is not explored. */
static void add_entry(struct context_adder *by, uint32_t f, const struct entry_rule *r, str label)
{
	struct context n = { .function = f, .parent = NONE, .label = label };
	struct lockset held = { 0 }, sometimes = { 0 };
	bool anybody = r->owner < 0 && r->phase != PHASE_RUNTIME;
	struct link *l = by->l;
	uint32_t i;

	if (!l->explored[f])
		return;
	n.kind = rule_is_entry(r) ? r->context : str_intern(KIND_CALLBACK);
	n.alloc_phase = r->phase == PHASE_SETUP ? OBJECT_SETUP : OBJECT_RUNTIME;
	n.global_phase = anybody ? object_phase_of(r->phase) : OBJECT_RUNTIME;
	n.entry_phase = (uint8_t)r->phase;
	fill_phases(&n, n.global_phase);
	if (r->owner >= 0 && r->owner < PARAMS_MAX)
		n.phase[r->owner] = (uint8_t)object_phase_of(r->phase);
	for (i = 0; i < r->nheld; i++) {
		if (r->held[i].maybe)
			n.doubted = LOCKS_SOMETIMES;
		add_held(l, &l->p->functions[f], &r->held[i], n.kind,
			 r->held[i].maybe ? &sometimes : &held);
	}
	n.sometimes = sometimes.n ? lockset_intern(l, &sometimes) : NULL;
	context_add_entry(by, &n, &held);
}

static void entries_of_slots(struct context_adder *by)
{
	const struct link *l = by->l;
	size_t i;

	for (i = 0; i < l->slots->nstored; i++) {
		const struct stored *s = &l->slots->stored[i];
		const struct entry_rule *r = registrations_rule(l, s);

		if (!r)
			continue;
		if (!rule_is_entry(r) && slot_is_called(l, s->record, s->field))
			continue;
		add_entry(by, s->function, r,
			  str_printf("%s.%s", str_get(str_unqualified(s->record)),
				     str_get(s->field)));
	}
}

/* The callbacks that an argument of a registration call may be. */
static void entries_of_argument(struct context_adder *by, uint32_t f, const struct call *call,
				uint32_t a)
{
	const struct link *l = by->l;
	const struct entry_rule *r =
		model_registration(l->model, str_unqualified(call->name), (int)a);
	uint32_t named;
	const uint32_t *fns = &named;
	size_t n = 1, i;

	if (!r || r->fn_member)
		return;
	named = symtab_function_value(l, f, call->args[a]);
	if (named == NONE)
		fns = funcptr_of_path(l, f, call->args[a], &n);
	for (i = 0; i < n; i++)
		add_entry(by, fns[i], r, str_unqualified(call->name));
}

static void entries_of_registrations(struct context_adder *by)
{
	const struct program *p = by->l->p;
	uint32_t c, a;
	size_t f;

	for (f = 0; f < p->nfunctions; f++)
		for (c = 0; c < p->functions[f].ncalls; c++) {
			const struct call *call = &p->functions[f].calls[c];

			for (a = 0; call->kind == CALLEE_DIRECT && a < call->nargs; a++)
				entries_of_argument(by, (uint32_t)f, call, a);
		}
}

/*
 * Does a call lead to the start-up or exit code?  Start-up code is only called by start-up code:
 * other callers run when it is freed.
 */
static bool is_reached(const struct link *l, size_t f)
{
	const struct callgraph_node *g = &l->callgraph[f];
	uint32_t i;

	if (!(l->p->functions[f].flags & FUNC_INIT))
		return g->ncallers;
	for (i = 0; i < g->ncallers; i++)
		if (l->p->functions[g->callers[i]].flags & FUNC_INIT)
			return true;
	return false;
}

/* Initcalls and exit code: no other code uses their objects yet, or still. */
static void entries_of_init(struct context_adder *by)
{
	const struct program *p = by->l->p;
	struct entry_rule r = { .owner = -1 };
	size_t f;

	for (f = 0; f < p->nfunctions; f++) {
		uint32_t flags = p->functions[f].flags;

		if (!(flags & (FUNC_INIT | FUNC_EXIT)) || is_reached(by->l, f))
			continue;
		r.phase = flags & FUNC_INIT ? PHASE_SETUP : PHASE_TEARDOWN;
		r.context = str_intern(flags & FUNC_INIT ? "init" : "exit");
		add_entry(by, (uint32_t)f, &r, r.context);
	}
}

/* Functions that assembler calls, as system calls, by the prefix of their name. */
static void entries_of_names(struct context_adder *by)
{
	const struct link *l = by->l;
	struct entry_rule r = { .owner = -1, .phase = PHASE_RUNTIME };
	size_t f;

	for (f = 0; f < l->p->nfunctions; f++) {
		if (l->callgraph[f].ncallers)
			continue;
		r.context = model_prefix_context(l->model, MODEL_ENTRY, l->p->functions[f].name);
		if (r.context)
			add_entry(by, (uint32_t)f, &r, r.context);
	}
}

void entries_add(struct context_adder *by)
{
	entries_of_init(by);
	entries_of_slots(by);
	entries_of_registrations(by);
	entries_of_names(by);
}

static void add_unseen(struct context_adder *by, uint32_t f)
{
	struct context n = { .function = f,
			     .parent = NONE,
			     .alloc_phase = OBJECT_RUNTIME,
			     .global_phase = OBJECT_RUNTIME,
			     .entry_phase = PHASE_RUNTIME,
			     .unseen = true,
			     .merged = true,
			     .kind = str_intern(KIND_UNSEEN) };
	struct lockset none = { 0 };

	fill_phases(&n, OBJECT_RUNTIME);
	context_add_entry(by, &n, &none);
}

/*
 * Is each call of f in a function that nothing calls, as copies of it are called, or in a copy that does not
 * get there?  A static function only has callers that were seen.
 */
static bool is_uncalled(const struct link *l, const bool *uncalled, uint32_t f)
{
	const struct callgraph_node *g = &l->callgraph[f];
	uint32_t i;

	if (context_exists(l, f) ||
	    !(is_specialised(l, f) || (g->ncallers && l->p->functions[f].flags & FUNC_STATIC)))
		return false;
	for (i = 0; i < g->ncallers; i++)
		if (!uncalled[g->callers[i]] &&
		    !(is_specialised(l, g->callers[i]) && context_exists(l, g->callers[i])))
			return false;
	return true;
}

static bool *find_uncalled(const struct link *l)
{
	bool *uncalled = xcalloc(l->p->nfunctions, sizeof(*uncalled));
	size_t i;

	for (i = l->p->nfunctions; i; i--)
		uncalled[l->bottom_up[i - 1]] = is_uncalled(l, uncalled, l->bottom_up[i - 1]);
	return uncalled;
}

bool entries_add_unseen(struct context_adder *by, struct unseen *u)
{
	const struct link *l = by->l;
	size_t n = l->p->nfunctions;

	while (u->at < 2 * n) {
		bool in_cycle = u->at >= n;
		uint32_t f = (uint32_t)(u->at++ % n);

		if (in_cycle && !u->uncalled)
			u->uncalled = find_uncalled(l);
		if (!l->explored[f] || context_exists(l, f) || is_specialised(l, f) ||
		    model_has_suffix(l->model, MODEL_FAILED_ASSERTION, l->p->functions[f].name) ||
		    (in_cycle ? u->uncalled[f] : l->callgraph[f].ncallers))
			continue;
		add_unseen(by, f);
		return true;
	}
	free(u->uncalled);
	return false;
}
