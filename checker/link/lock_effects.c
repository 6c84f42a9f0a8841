// SPDX-License-Identifier: GPL-2.0-only
/* lock_effects.c - which lock a path names, and the effect of each call on the locks held. */
#include "lock_effects.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_intern.h"
#include "lock_name.h"
#include "path.h"
#include "resolve.h"
#include "symtab.h"
#include "rules.h"

/* The calls of one function while their effects are found. */
struct effect_builder {
	struct link *l;
	uint32_t f;
	const struct function *fn;
	struct function_locks *locks;
	struct effect_list *out;
};

struct lock lock_of_path(const struct link *l, uint32_t mode, const struct path *path)
{
	struct lock lock = { .mode = mode, .path = *path };
	struct path *p = &lock.path;
	uint32_t n;

	while (p->nsteps && (p->steps[p->nsteps - 1].kind == STEP_FIELD) &&
	       model_has(l->model, MODEL_LOCK_TYPE,
			 str_unqualified(p->steps[p->nsteps - 1].record)))
		p->nsteps--;
	p->type = 0;
	for (n = p->nsteps; n && !p->steps[n - 1].field; n--)
		;
	if (n)
		lock.name = str_printf("%s.%s", str_get(str_unqualified(p->steps[n - 1].record)),
				       str_get(p->steps[n - 1].field));
	else if (p->root == ROOT_GLOBAL)
		lock.name = str_unqualified(p->name);
	return lock;
}

struct lock named_lock(uint32_t mode, str name, const struct path *object)
{
	struct lock lock = { .name = name, .mode = mode };
	struct step of = { .kind = STEP_FIELD, .field = name };
	const char *dot = strchr(str_get(name), '.');

	if (!object) {
		lock.path = (struct path){ .root = ROOT_GLOBAL, .name = name };
		return lock;
	}
	lock.path = *object;
	/* "sock.sk_lock" of a sock is that member: code may also take it by its path. */
	if (dot && object->type &&
	    str_unqualified(object->type) ==
		    str_intern_n(str_get(name), (size_t)(dot - str_get(name)))) {
		of.record = object->type;
		of.field = str_intern(dot + 1);
	}
	lock.path.type = 0;
	path_append(&lock.path, &of);
	if (!strchr(str_get(name), '.'))
		lock.name = pseudo_lock_name(str_get(name), "dev");
	return lock;
}

uint32_t lock_index(struct link *l, struct function_locks *t, const struct lock *lock)
{
	uint32_t i;

	if (!lock->name && lock->path.root != ROOT_PARAM)
		return NONE;
	for (i = 0; i < t->nlocks; i++)
		if (same_lock_here(t->locks[i], lock))
			return i;
	if (t->nlocks == LOCKS_MAX) {
		limit_met(l, LIMIT_LOCKS, (uint32_t)(t - l->locks));
		return NONE;
	}
	if (t->nlocks == t->locks_cap) {
		const struct lock **old = t->locks;

		t->locks_cap = t->locks_cap ? t->locks_cap * 4 : 4;
		t->locks = arena_alloc(l->arena, t->locks_cap * sizeof(*old));
		if (t->nlocks)
			memcpy(t->locks, old, t->nlocks * sizeof(*old));
	}
	t->locks[t->nlocks] = lock_intern(l, lock);
	return t->nlocks++;
}

static void add_effect(struct effect_builder *w, uint32_t op, const struct lock *lock,
		       uint32_t result)
{
	uint32_t i = lock_index(w->l, w->locks, lock);

	if (i == NONE)
		return;
	*vec_add(w->out->v, w->out->n, w->out->cap) = (struct lock_effect){
		.op = op,
		.lock = i,
		.mode = lock->mode,
		.result = result,
	};
}

/* Appends a member of the record that the path ends in, which may be unknown. */
static void append_member(const struct effect_builder *w, struct path *object, str member)
{
	struct step s = { STEP_FIELD, object->type, member };

	if (!path_append(object, &s))
		limit_met(w->l, LIMIT_PATH_STEPS, w->f);
	object->type = 0;
}

static void effects_of_model(struct effect_builder *w, const struct call *c,
			     const struct lock_api *api)
{
	struct path object = { 0 };
	struct lock lock;

	if (api->arg >= 0) {
		if ((uint32_t)api->arg >= c->nargs)
			return;
		object = resolve_path(w->l, w->f, c->args[api->arg]);
		if (api->member)
			append_member(w, &object, api->member);
	}
	if (api->name) {
		lock = named_lock(api->mode, api->name, api->arg < 0 ? NULL : &object);
		if (object.root != ROOT_UNKNOWN && lock.path.root == ROOT_UNKNOWN)
			limit_met(w->l, LIMIT_PATH_STEPS, w->f);
	} else {
		lock = lock_of_path(w->l, api->mode, &object);
	}
	add_effect(w,
		   api->assert	? OP_ASSERT :
		   api->acquire ? OP_ACQUIRE :
				  OP_RELEASE,
		   &lock, api->result);
}

/* A lock in the frame of a callee, in the frame of the caller. */
static struct lock lock_to_caller(struct effect_builder *w, const struct call *c,
				  const struct lock *inner, uint32_t mode)
{
	struct path p = substitute_path(w->l, w->f, c, &inner->path);
	struct lock lock;

	if (!inner->name)
		return lock_of_path(w->l, mode, &p);
	lock = (struct lock){ .name = inner->name, .mode = mode, .path = p };
	return lock;
}

/* Has the summary of `target` the effect `like` on the lock, which is in the caller's frame? */
static bool has_effect(struct effect_builder *w, const struct call *c, uint32_t target,
		       const struct lock *lock, const struct lock_effect *like)
{
	const struct function_locks *t = &w->l->locks[target];
	uint32_t i;

	for (i = 0; i < t->nsummary; i++) {
		const struct lock_effect *e = &t->summary[i];
		struct lock other;

		if (e->op != like->op || e->result != like->result)
			continue;
		other = lock_to_caller(w, c, t->summary_locks[e->lock], e->mode);
		if (same_lock_here(&other, lock))
			return true;
	}
	return false;
}

/* Have all targets that have a summary the effect? */
static bool all_have_effect(struct effect_builder *w, const struct call *c, const uint32_t *targets,
			    uint32_t n, const struct lock *lock, const struct lock_effect *like)
{
	uint32_t t;

	for (t = 0; t < n; t++)
		if (w->l->locks[targets[t]].summarised && !has_effect(w, c, targets[t], lock, like))
			return false;
	return true;
}

/*
 * A call with several targets releases what any of them releases, and acquires what all of them
 * acquire.  In a cycle a target may have no summary yet: it is left out, and lockset_summarise()
 * comes back until that changes nothing.
 */
static void effects_of_targets(struct effect_builder *w, uint32_t call)
{
	uint32_t n, t, i;
	const uint32_t *targets = call_targets(w->l, w->f, call, &n);
	const struct call *c = &w->fn->calls[call];
	bool first = true, all;

	for (t = 0; t < n; t++) {
		const struct function_locks *callee = &w->l->locks[targets[t]];

		if (!callee->summarised) {
			w->locks->cyclic = true;
			continue;
		}
		for (i = 0; i < callee->nsummary; i++) {
			const struct lock_effect *e = &callee->summary[i];
			struct lock lock =
				lock_to_caller(w, c, callee->summary_locks[e->lock], e->mode);

			all = all_have_effect(w, c, targets, n, &lock, e);
			if (all && first)
				add_effect(w, e->op, &lock, e->result);
			else if (e->op == OP_RELEASE)
				add_effect(w, e->op, &lock, all ? e->result : RESULT_MAYBE);
		}
		first = false;
	}
}

/* Effect of a call of a function with an annotation; mode 0: none.  `lock` is not filled in. */
static const struct lock_effect annotation_effect[] = {
	[ANN_MUST_HOLD] = { 0 },
	[ANN_MUST_HOLD_SHARED] = { 0 },
	[ANN_ACQUIRES] = { OP_ACQUIRE, NONE, MODE_EXCLUSIVE, RESULT_ALWAYS },
	[ANN_ACQUIRES_SHARED] = { OP_ACQUIRE, NONE, MODE_SHARED, RESULT_ALWAYS },
	[ANN_RELEASES] = { OP_RELEASE, NONE, MODE_EXCLUSIVE, RESULT_ALWAYS },
	[ANN_RELEASES_SHARED] = { OP_RELEASE, NONE, MODE_SHARED, RESULT_ALWAYS },
	[ANN_COND_ACQUIRES] = { OP_ACQUIRE, NONE, MODE_EXCLUSIVE, RESULT_NONZERO },
	[ANN_COND_ACQUIRES_SHARED] = { OP_ACQUIRE, NONE, MODE_SHARED, RESULT_NONZERO },
	[ANN_COND_ACQUIRES_ZERO] = { OP_ACQUIRE, NONE, MODE_EXCLUSIVE, RESULT_ZERO },
	[ANN_COND_ACQUIRES_ZERO_SHARED] = { OP_ACQUIRE, NONE, MODE_SHARED, RESULT_ZERO },
};

/* Adds the effects of a call `c` of a function with these annotations; NULL: in its own frame. */
static void effects_of_annotations(struct effect_builder *w, const struct call *c,
				   const struct annotation *a, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++) {
		const struct lock_effect *e = &annotation_effect[a[i].kind];
		struct path p = c ? substitute_path(w->l, w->f, c, &a[i].lock) : a[i].lock;
		struct lock lock;

		if (p.root == ROOT_UNKNOWN || !e->mode)
			continue;
		lock = lock_of_path(w->l, e->mode, &p);
		add_effect(w, e->op, &lock, e->result);
	}
}

/* The end of a guard's scope drops what its constructor took, whatever the destructor looks like. */
static bool is_end_of_guard(const struct effect_builder *w, const struct call *c)
{
	const uint32_t *first = w->locks->first_effect;
	uint32_t i, of = c->is_cleanup ? c->constructor : NONE;

	if (of == NONE)
		return false;
	for (i = first[of]; i < first[of + 1] && i < w->out->n; i++)
		if (w->out->v[i].op == OP_ACQUIRE)
			return true;
	return false;
}

static void effects_of_call(struct effect_builder *w, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	const struct lock_api *api = NULL;
	const struct declaration *d;
	uint32_t ntargets;

	if (is_end_of_guard(w, c))
		return;
	if (c->kind == CALLEE_DIRECT)
		api = model_lock(w->l->model, str_unqualified(c->name));
	if (api) {
		effects_of_model(w, c, api);
		return;
	}
	effects_of_targets(w, call);
	call_targets(w->l, w->f, call, &ntargets);
	if (c->kind != CALLEE_DIRECT || ntargets)
		return;
	d = symtab_declaration(w->l, c->name);
	if (d)
		effects_of_annotations(w, c, d->annotations, d->nannotations);
}

void lock_effects(struct link *l, uint32_t f)
{
	struct effect_list out = { 0 };
	struct effect_builder w = { l, f, &l->p->functions[f], &l->locks[f], &out };
	uint32_t c;

	w.locks->first_effect = arena_alloc(l->arena, (w.fn->ncalls + 1) * sizeof(uint32_t));
	for (c = 0; c < w.fn->ncalls; c++) {
		w.locks->first_effect[c] = (uint32_t)out.n;
		effects_of_call(&w, c);
	}
	w.locks->first_effect[w.fn->ncalls] = (uint32_t)out.n;
	w.locks->effects = arena_copy(l->arena, out.v, out.n * sizeof(*out.v));
	free(out.v);
}

void annotation_effects(struct link *l, uint32_t f, struct effect_list *out)
{
	struct effect_builder w = { l, f, &l->p->functions[f], &l->locks[f], out };

	effects_of_annotations(&w, NULL, w.fn->annotations, w.fn->nannotations);
}

bool call_sleeps(const struct link *l, uint32_t f, uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	uint32_t t = only_target(l, f, c);

	return call_has(l, call, MODEL_SLEEPS) || (t != NONE && l->locks[t].sleeps);
}
