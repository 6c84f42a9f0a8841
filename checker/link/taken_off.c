// SPDX-License-Identifier: GPL-2.0-only
/* taken_off.c - objects that a writer has taken off the list by which another one finds them. */
#include "taken_off.h"
#include "callgraph.h"
#include "frames.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "lockset.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

/* The steps by which writers find their objects, once they were asked for. */
struct taken_off {
	struct keymap of; /* write: index into `all` */
	struct step *all;
	size_t n, cap;
};

void taken_off_begin(struct link *l)
{
	l->taken_off = xcalloc(1, sizeof(*l->taken_off));
}

void taken_off_end(struct link *l)
{
	keymap_free(&l->taken_off->of);
	free(l->taken_off->all);
	free(l->taken_off);
	l->taken_off = NULL;
}

/* --- the member by which a list is walked */

static struct step listed_by(const struct link *l, uint32_t f, const struct path *p);

/* That of all values of the variable, but for NULL. */
static struct step listed_by_local(const struct link *l, uint32_t f, uint32_t local)
{
	const struct local *v = &l->p->functions[f].locals[local];
	struct step found = { 0 };
	uint32_t i;

	for (i = 0; i < v->ndefs; i++) {
		struct step s;

		if (v->defs[i].root == ROOT_NULL)
			continue;
		if (v->defs[i].root == ROOT_LOCAL && !v->defs[i].nsteps)
			return (struct step){ 0 };
		s = listed_by(l, f, &v->defs[i]);
		if (!s.record ||
		    (found.record && (s.record != found.record || s.field != found.field)))
			return (struct step){ 0 };
		found = s;
	}
	return found;
}

/* Does one of the values of the variable lead along a list? */
static bool local_traverses(const struct link *l, uint32_t f, const struct path *p)
{
	const struct local *v = p->root == ROOT_LOCAL ? &l->p->functions[f].locals[p->index] : NULL;
	uint32_t i;

	for (i = 0; v && i < v->ndefs; i++)
		if (path_traverses(l, &v->defs[i]))
			return true;
	return false;
}

/* The step out of the member that the walk has led to; record 0: there is none. */
static struct step listed_by(const struct link *l, uint32_t f, const struct path *p)
{
	uint32_t i = p->nsteps;

	while (i && p->steps[i - 1].kind == STEP_FIELD)
		i--;
	if (i && p->steps[i - 1].kind == STEP_CONTAINER)
		return (i > 1 ? step_traverses(l, &p->steps[i - 2]) : local_traverses(l, f, p)) ?
			       p->steps[i - 1] :
			       (struct step){ 0 };
	return !i && p->root == ROOT_LOCAL ? listed_by_local(l, f, p->index) : (struct step){ 0 };
}

static struct step find_list(const struct link *l, const struct write *w)
{
	struct chain_frame at;
	struct step found = { 0 };
	uint32_t i;

	if (!frame_of_write(l, w, &at))
		return found;
	for (i = w->nchain - 1; !found.record && at.object.root != ROOT_UNKNOWN; i--) {
		found = listed_by(l, at.function, &at.object);
		if (!frame_up(l, w, i, &at))
			break;
	}
	return found;
}

/* That of the list by which the chain of the write finds its object. */
static struct step list_of_write(const struct link *l, const struct write *w)
{
	struct taken_off *t = l->taken_off;
	uint32_t i = keymap_first(&t->of, (uintptr_t)w);

	if (i == NONE) {
		i = (uint32_t)t->n;
		keymap_add(&t->of, (uintptr_t)w, i);
		*vec_add(t->all, t->n, t->cap) = find_list(l, w);
	}
	return t->all[i];
}

/* --- is the object off the list? */

/* An object of function f that is a member of a list by `by`, and the lock of that list. */
struct listed_object {
	const struct link *l;
	uint32_t f;
	struct path member;
	str lock;
};

static struct listed_object listed_object(const struct link *l, uint32_t f,
					  const struct path *object, const struct step *by,
					  str lock)
{
	struct listed_object o = { l, f, resolve_path(l, f, object), lock };
	struct step in = { STEP_FIELD, by->record, by->field };

	/* (what was written may be a member of what the list is of) */
	while (o.member.nsteps && o.member.steps[o.member.nsteps - 1].kind == STEP_FIELD)
		o.member.nsteps--;
	path_append(&o.member, &in);
	return o;
}

/* Is the event a call that acquires the lock? */
static bool acquires(void *ctx, const struct event *e)
{
	const struct listed_object *o = ctx;
	const struct function_locks *locks = &o->l->locks[o->f];
	uint32_t i;

	for (i = e->kind == EV_CALL ? locks->first_effect[e->call] : 0;
	     e->kind == EV_CALL && i < locks->first_effect[e->call + 1]; i++)
		if (locks->effects[i].op == OP_ACQUIRE &&
		    locks->effects[i].mode == MODE_EXCLUSIVE &&
		    locks->locks[locks->effects[i].lock]->name == o->lock)
			return true;
	return false;
}

/* Is the event a call that takes the object off its list, under the lock? */
static bool takes_off(void *ctx, const struct event *e)
{
	struct listed_object *o = ctx;
	const struct function *fn = &o->l->p->functions[o->f];
	struct path p;
	int arg;

	if (e->kind != EV_CALL)
		return false;
	arg = call_argument(o->l, &fn->calls[e->call], MODEL_UNLINK);
	if (arg < 0)
		return false;
	p = resolve_path(o->l, o->f, fn->calls[e->call].args[arg]);
	return same_object(&p, &o->member) && on_all_ways(fn, e, acquires, o);
}

/* Is each object that f returns off its list? */
static bool returns_taken(const struct link *l, uint32_t f, const struct step *by, str lock,
			  int depth)
{
	const struct function *fn = &l->p->functions[f];
	bool any = false;
	uint32_t i, t;

	for (i = 0; i < fn->nreturns; i++) {
		struct path p = resolve_path(l, f, &fn->returns[i]);
		struct listed_object o;

		if (p.root == ROOT_NULL)
			continue;
		t = p.root == ROOT_CALL ? only_target(l, f, p.index) : NONE;
		o = listed_object(l, f, &p, by, lock);
		if (!(t != NONE && depth < PHASE_LOCALS_MAX &&
		      returns_taken(l, t, by, lock, depth + 1)) &&
		    !on_all_ways(fn, NULL, takes_off, &o))
			return false;
		any = true;
	}
	return any;
}

static bool is_taken_at(const struct link *l, const struct chain_frame *at, const struct step *by,
			str lock)
{
	struct listed_object o = listed_object(l, at->function, &at->object, by, lock);
	uint32_t t = at->object.root == ROOT_CALL ? only_target(l, at->function, at->object.index) :
						    NONE;

	return (t != NONE && returns_taken(l, t, by, lock, 0)) ||
	       on_all_ways(&l->p->functions[at->function], at->event, takes_off, &o);
}

static bool is_taken_under(const struct link *l, const struct write *w, const struct step *by,
			   str lock)
{
	struct chain_frame at;
	uint32_t i;

	if (!frame_of_write(l, w, &at))
		return false;
	for (i = w->nchain - 1; at.object.root != ROOT_UNKNOWN; i--) {
		if (is_taken_at(l, &at, by, lock))
			return true;
		if (!frame_up(l, w, i, &at))
			break;
	}
	return false;
}

bool taken_off_before(const struct link *l, const struct write *a, const struct write *b)
{
	struct step by = list_of_write(l, b);
	uint32_t i;

	for (i = 0; by.record && i < b->nheld; i++)
		if (b->held[i].mode == MODE_EXCLUSIVE && is_taken_under(l, a, &by, b->held[i].name))
			return true;
	return false;
}
