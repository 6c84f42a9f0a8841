// SPDX-License-Identifier: GPL-2.0-only
/* lock_path.c - which lock an access path names. */
#include "lock_path.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_name.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

struct lock lock_of_path(const struct link *l, uint32_t mode, const struct path *path)
{
	struct lock lock = { .mode = mode, .path = *path };
	struct path *p = &lock.path;
	uint32_t n;

	lock.type = str_unqualified(p->type);
	while (p->nsteps && (p->steps[p->nsteps - 1].kind == STEP_FIELD) &&
	       model_has(l->model, MODEL_LOCK_TYPE,
			 str_unqualified(p->steps[p->nsteps - 1].record)))
		lock.type = str_unqualified(p->steps[--p->nsteps].record);
	p->type = 0;
	for (n = p->nsteps; n && !p->steps[n - 1].field; n--)
		;
	if (n && p->steps[n - 1].record)
		lock.name = str_printf("%s.%s", str_get(str_unqualified(p->steps[n - 1].record)),
				       str_get(p->steps[n - 1].field));
	else if (n)
		lock.name = p->steps[n - 1].field;
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

/* --- locks that functions return */

/* The one object that the call is passed a pointer to; false: there are several. */
static bool only_object(const struct link *l, uint32_t f, const struct call *c, struct path *object)
{
	bool any = false;
	uint32_t i;

	*object = (struct path){ .root = ROOT_NULL };
	for (i = 0; i < c->nargs; i++) {
		if (c->args[i]->root == ROOT_NULL)
			continue;
		if (any)
			return false;
		*object = resolve_path(l, f, c->args[i]);
		any = true;
	}
	return true;
}

/* "get_lock" for get_lock(foo), "get_lock,1" for get_lock(foo, 1). */
static str getter_name(const struct call *c)
{
	const char *name = str_get(str_unqualified(c->name));
	str out = str_intern(name);
	uint32_t i;

	for (i = 0; i < c->nargs; i++)
		if (c->args[i]->name && c->args[i]->root == ROOT_NULL)
			out = str_printf("%s,%s", str_get(out), str_get(c->args[i]->name));
	return out;
}

/* What the function gets from the object of its argument; false if it may be anything. */
static bool lock_of_getter(const struct link *l, uint32_t f, const struct call *c, struct path *p)
{
	struct step s = { .kind = STEP_PRIVATE };

	if (call_has(l, c, MODEL_ALLOC) || call_has(l, c, MODEL_LOOKUP) ||
	    !only_object(l, f, c, p) || p->root == ROOT_UNKNOWN)
		return false;
	s.field = getter_name(c);
	s.record = p->type;
	if (p->root == ROOT_NULL)
		*p = (struct path){ .root = ROOT_GLOBAL, .name = s.field };
	if (!path_append(p, &s))
		limit_met(l, LIMIT_PATH_STEPS, f);
	p->type = 0;
	return true;
}

/* --- one of two locks */

static bool sets(const struct function *fn, uint32_t block, uint32_t local)
{
	const struct block *b = &fn->blocks[block];
	uint32_t e, of = fn->locals[local].of;

	for (e = 0; e < b->nevents; e++)
		if (b->events[e].kind == EV_SET &&
		    (b->events[e].local == local || b->events[e].local == of))
			return true;
	return false;
}

/* Is the variable set in both arms of a test whether the pointer member that `p` leads by is NULL? */
static bool is_chosen(const struct link *l, uint32_t f, uint32_t local, const struct path *p)
{
	const struct function *fn = &l->p->functions[f];
	const struct step *last = &p->steps[p->nsteps - 1];
	struct path object = *p, tested;
	uint32_t b;

	object.nsteps--;
	for (b = 0; b < fn->nblocks; b++) {
		const struct block *blk = &fn->blocks[b];

		if (blk->nsuccs != 2 || blk->test.kind != TEST_NONZERO ||
		    blk->test.member == NONE || fn->tested[blk->test.member].field != last->field)
			continue;
		tested = resolve_path(l, f, &fn->tested[blk->test.member].obj);
		if (same_object(&tested, &object) && sets(fn, blk->succs[0], local) &&
		    sets(fn, blk->succs[1], local))
			return true;
	}
	return false;
}

/*
 * The lock that `p ? p : q` prefers.  Whoever else locks that shows that the pointer is not NULL, and
 * so that it is the one.
 */
static bool preferred(const struct link *l, uint32_t f, uint32_t local, struct path *out)
{
	const struct local *v = &l->p->functions[f].locals[local];
	uint32_t i;

	for (i = 0; v->ndefs == 2 && i < 2; i++) {
		*out = resolve_path(l, f, &v->defs[i]);
		if (out->nsteps && out->steps[out->nsteps - 1].kind == STEP_PTR &&
		    is_chosen(l, f, local, out))
			return true;
	}
	return false;
}

struct path lock_argument(const struct link *l, uint32_t f, const struct path *arg)
{
	struct path p = resolve_path(l, f, arg), got;
	const struct call *c;
	uint32_t ntargets;

	if (p.root == ROOT_LOCAL && !p.nsteps && preferred(l, f, p.index, &got))
		return got;
	if (p.root != ROOT_CALL || p.nsteps)
		return p;
	c = &l->p->functions[f].calls[p.index];
	call_targets(l, f, p.index, &ntargets);
	if (c->kind != CALLEE_DIRECT || ntargets || !lock_of_getter(l, f, c, &got))
		return p;
	got.type = p.type;
	return got;
}

/* --- locks of which nothing is known */

static bool is_of_getter(const struct path *p)
{
	return p->nsteps && p->steps[p->nsteps - 1].kind == STEP_PRIVATE &&
	       p->steps[p->nsteps - 1].field;
}

bool lock_may_be_any(const struct lock *lock)
{
	uint32_t root = lock->path.root;

	if (lock->activity)
		return false;
	if (is_of_getter(&lock->path))
		return true;
	return !lock->name && (root == ROOT_UNKNOWN || root == ROOT_CALL || root == ROOT_LOCAL ||
			       root == ROOT_FORMER || root == ROOT_GLOBAL);
}

bool lock_may_be_of_type(const struct lock *a, const struct lock *b)
{
	/* A name without a type is that of a lock which the model names: its own functions release it. */
	if ((!a->type && a->name) || (!b->type && b->name))
		return false;
	return !a->type || !b->type || a->type == b->type;
}
