// SPDX-License-Identifier: GPL-2.0-only
/* lock_names.c - what the locks that are held are called when variables get other values. */
#include "lock_names.h"
#include "lock_effects.h"
#include "lock_intern.h"
#include "path.h"
#include "resolve.h"

/* --- other names of an object */

static bool is_name(const struct path *p)
{
	return !p->nsteps &&
	       (p->root == ROOT_CALL || p->root == ROOT_LOCAL || p->root == ROOT_PARAM);
}

static bool is_named(const struct same_object *o, const struct path *p)
{
	return o->root == p->root && o->index == p->index;
}

static const struct path *intern_path(struct lock_flow *w, struct path p)
{
	p.type = 0;
	return &lock_intern(w->l, &(struct lock){ .path = p })->path;
}

static struct path name_of(const struct same_object *o)
{
	return (struct path){ .root = o->root, .index = o->index };
}

/* Of two roots the lesser one stands first, so that equal pairs compare equal. */
static struct same_object in_order(struct lock_flow *w, struct same_object o)
{
	const struct path *as = o.as;

	if (is_name(as) && (as->root < o.root || (as->root == o.root && as->index < o.index)))
		return (struct same_object){ as->root, as->index, intern_path(w, name_of(&o)) };
	return o;
}

static bool has_same(const struct lock_state *s, const struct same_object *o)
{
	uint32_t i;

	for (i = 0; i < s->nsame; i++)
		if (is_named(&s->same[i], &(struct path){ .root = o->root, .index = o->index }) &&
		    s->same[i].as == o->as)
			return true;
	return false;
}

/* Two pairs that have an object in common say that the other two names are of it, too. */
static bool derive(struct lock_flow *w, const struct same_object *a, const struct same_object *b,
		   struct same_object *out)
{
	struct path name = name_of(a);

	if (a->as == b->as)
		*out = (struct same_object){ b->root, b->index, intern_path(w, name) };
	else if (is_named(b, &name) && is_name(a->as))
		*out = (struct same_object){ a->as->root, a->as->index, b->as };
	else if (same_object(&name, b->as))
		*out = (struct same_object){ b->root, b->index, a->as };
	else
		return false;
	return true;
}

/* Keeps the pairs closed under derive(), as far as there is room. */
static void add_same(struct lock_flow *w, struct lock_state *s, struct same_object o)
{
	struct same_object derived;
	uint32_t i, n = s->nsame;

	o = in_order(w, o);
	if (has_same(s, &o))
		return;
	if (s->nsame == SAME_MAX) {
		w->unpaired = true;
		return;
	}
	s->same[s->nsame++] = o;
	for (i = 0; i < n; i++) {
		struct same_object other = s->same[i];

		if (derive(w, &o, &other, &derived) || derive(w, &other, &o, &derived))
			add_same(w, s, derived);
	}
}

/* Forgets the names that begin with the root of `p`. */
static void drop_root(struct lock_state *s, const struct path *p)
{
	uint32_t i = 0;

	while (i < s->nsame)
		if (is_named(&s->same[i], p) || same_root(s->same[i].as, p))
			s->same[i] = s->same[--s->nsame];
		else
			i++;
}

static void note_same(struct lock_flow *w, struct lock_state *s, const struct path *a,
		      const struct path *b)
{
	struct path ra = resolve_path(w->l, w->f, a), rb = resolve_path(w->l, w->f, b);
	const struct path *name = is_name(&ra) ? &ra : &rb, *as = is_name(&ra) ? &rb : &ra;

	if (is_name(name) && as->root != ROOT_UNKNOWN)
		add_same(w, s,
			 (struct same_object){ name->root, name->index, intern_path(w, *as) });
}

void locks_note_branch(struct lock_flow *w, struct lock_state *s, const struct block *b,
		       uint32_t which)
{
	if (b->test.kind == TEST_SAME && b->nsuccs == 2 && (which == 0) != b->negate)
		note_same(w, s, b->test.a, b->test.b);
}

static struct path below(const struct path *root, const struct path *p, uint32_t from)
{
	struct path out = *root;

	for (; from < p->nsteps; from++)
		path_append(&out, &p->steps[from]);
	return out;
}

/* The path begun at the other name of its object; false if the pair is not about it. */
static bool other_path(const struct same_object *o, const struct path *p, bool as_name,
		       struct path *out)
{
	struct path name = name_of(o);

	if (!as_name && is_named(o, p))
		*out = below(o->as, p, 0);
	else if (as_name && same_root(o->as, p) && common_steps(o->as, p) == o->as->nsteps)
		*out = below(&name, p, o->as->nsteps);
	else
		return false;
	return out->root != ROOT_UNKNOWN;
}

/* A path for the lock that does not begin with its root; false: none is known. */
static bool other_name(const struct lock_state *s, const struct path *p, struct path *out)
{
	uint32_t i;

	for (i = 0; i < 2 * s->nsame; i++)
		if (other_path(&s->same[i / 2], p, i & 1, out) && !same_root(out, p))
			return true;
	return false;
}

/* Does the event speak of the lock's object by the root of this path? */
static bool is_spoken_of(const struct lock_flow *w, const struct event *e, const struct path *lock)
{
	struct path obj;

	if (e->kind == EV_CALL)
		return express_path(w->l, w->f, &w->fn->calls[e->call], lock, &obj);
	obj = resolve_path(w->l, w->f, e->obj);
	return same_root(&obj, lock);
}

/* The lock by the name that the event has for its object; itself if that is no other. */
static lock_set name_for(struct lock_flow *w, const struct lock_state *s, const struct event *e,
			 uint32_t lock)
{
	struct lock other = *w->locks->locks[lock];
	uint32_t i, at;

	if (is_spoken_of(w, e, &other.path))
		return LOCK_BIT(lock);
	for (i = 0; i < 2 * s->nsame; i++) {
		if (!other_path(&s->same[i / 2], &w->locks->locks[lock]->path, i & 1,
				&other.path) ||
		    !is_spoken_of(w, e, &other.path))
			continue;
		at = lock_index(w->l, w->locks, &other);
		return at == NONE ? 0 : LOCK_BIT(at);
	}
	return LOCK_BIT(lock);
}

lock_set locks_as_named_by(struct lock_flow *w, const struct lock_state *s, const struct event *e,
			   lock_set locks)
{
	uint32_t i;
	lock_set out = 0;

	if (!s->nsame)
		return locks;
	FOR_EACH_LOCK(i, w->locks->nlocks, locks)
		out |= name_for(w, s, e, i);
	return out;
}

/* --- renaming */

static void move_bit(lock_set *set, uint32_t from, lock_set to)
{
	if (!(*set >> from & 1))
		return;
	*set = (*set & ~(LOCK_BIT(from))) | to;
}

/* The lock keeps its mode; past the limit of locks it counts as not held. */
static void rename_lock(struct lock_flow *w, struct lock_state *s, uint32_t lock)
{
	struct lock other = *w->locks->locks[lock];
	uint32_t at, i;
	lock_set to;

	if (!other_name(s, &w->locks->locks[lock]->path, &other.path))
		other.path = (struct path){ .root = ROOT_FORMER };
	at = lock_index(w->l, w->locks, &other);
	to = at == NONE ? 0 : LOCK_BIT(at);
	move_bit(&s->exclusive, lock, to);
	move_bit(&s->shared, lock, to);
	move_bit(&s->asserted, lock, to);
	move_bit(&s->asserted_shared, lock, to);
	move_bit(&s->maybe, lock, to);
	for (i = 0; i < s->npending && at != NONE; i++)
		if (s->pending[i].lock == lock)
			s->pending[i].lock = at;
}

static bool is_pending(const struct lock_state *s, uint32_t lock)
{
	uint32_t i;

	for (i = 0; i < s->npending; i++)
		if (s->pending[i].lock == lock)
			return true;
	return false;
}

typedef bool names_fn(const struct path *lock, const void *what);

/* Renames the locks of the state whose path `names` says the event changes. */
static void rename_where(struct lock_flow *w, struct lock_state *s, names_fn *names,
			 const void *what)
{
	lock_set held = s->exclusive | s->shared | s->asserted | s->asserted_shared | s->maybe;
	uint32_t i, n = held || s->npending ? w->locks->nlocks : 0;

	for (i = 0; i < n; i++)
		if ((held >> i & 1 || is_pending(s, i)) && names(&w->locks->locks[i]->path, what))
			rename_lock(w, s, i);
}

static bool has_root(const struct path *lock, const void *root)
{
	return same_root(lock, root);
}

static bool goes_through_member(const struct path *lock, const void *step)
{
	const struct step *s = step;
	uint32_t i;

	for (i = 0; i < lock->nsteps; i++)
		if (lock->steps[i].kind == STEP_PTR && lock->steps[i].record == s->record &&
		    lock->steps[i].field == s->field)
			return true;
	return false;
}

static bool goes_through_global(const struct path *lock, const void *global)
{
	const struct path *g = global;

	return same_root(lock, g) && lock->nsteps && lock->steps[0].kind == STEP_DEREF;
}

static void rename_root(struct lock_flow *w, struct lock_state *s, uint32_t root, uint32_t index)
{
	struct path p = { .root = root, .index = index };

	if (index == NONE)
		return;
	rename_where(w, s, has_root, &p);
	drop_root(s, &p);
}

static void rename_stored(struct lock_flow *w, struct lock_state *s, const struct event *e)
{
	struct step member = { .record = e->obj->type, .field = e->field };

	if (e->field)
		rename_where(w, s, goes_through_member, &member);
	else if (e->obj->root == ROOT_GLOBAL && !e->obj->nsteps)
		rename_where(w, s, goes_through_global, e->obj);
}

void locks_rename(struct lock_flow *w, struct lock_state *s, const struct event *e)
{
	struct path local = { .root = ROOT_LOCAL, .index = e->local };

	switch (e->kind) {
	case EV_CALL:
		rename_root(w, s, ROOT_CALL, e->call);
		rename_root(w, s, ROOT_LOCAL, w->fn->calls[e->call].dst);
		break;
	case EV_SET:
		rename_root(w, s, ROOT_LOCAL, e->local);
		if (w->fn->locals[e->local].of != NONE)
			note_same(w, s, &local, e->src);
		break;
	case EV_STORE:
		rename_stored(w, s, e);
		break;
	}
}
