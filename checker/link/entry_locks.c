// SPDX-License-Identifier: GPL-2.0-only
/* entry_locks.c - the locks held at a point of a function, given those held at its entry. */
#include "entry_locks.h"
#include "activity.h"
#include "casts.h"
#include "lock_intern.h"
#include "lock_relation.h"
#include "lock_params.h"
#include "lock_path.h"
#include "path.h"
#include "resolve.h"
#include "starts.h"

/* Lock `i` of f as it is called in a context that enters f so. */
static struct lock lock_here(const struct link *l, uint32_t f, uint32_t i,
			     const struct entered *entry)
{
	struct lock lock = *l->locks[f].locks[i];

	lock_params_lock(l, f, entry->bound, &lock);
	return lock;
}

/* How sure it is that one lock is another. */
enum sureness {
	MAYBE,	 /* one of them may be any lock */
	BY_NAME, /* or they have a name in common, and maybe the object */
	SURELY,
};

/* Is it a member of some record, and not known of which object? */
static bool known_by_name(const struct lock *lock)
{
	return lock->path.root == ROOT_UNKNOWN ||
	       (lock->path.root == ROOT_GLOBAL && !lock->path.nsteps && !lock->type &&
		strchr(str_get(lock->name), '.'));
}

static bool is_same(const struct link *l, const struct lock *r, const struct lock *e,
		    enum sureness how)
{
	if (r->activity || e->activity)
		return false;
	if (r->name == e->name &&
	    (same_object(&r->path, &e->path) || same_but_for_casts(l, &r->path, &e->path)))
		return true;
	if (lock_may_be_any(r) || lock_may_be_any(e))
		return how == MAYBE && lock_may_be_of_type(r, e);
	return r->name == e->name && how != SURELY &&
	       (r->path.root == ROOT_UNKNOWN || known_by_name(e) ||
		maybe_same_object(&r->path, &e->path));
}

/*
 * `e` is not any lock.  Is lock `i` of f, as the context calls it, not any lock either, and is its name another one?
 * Most locks are told apart so, without a copy.
 */
static bool has_other_name(const struct link *l, uint32_t f, uint32_t i,
			   const struct entered *entry, const struct lock *e)
{
	const struct lock *lock = l->locks[f].locks[i];

	return lock->name && lock->name != e->name &&
	       !(entry->bound && lock->path.root == ROOT_PARAM) && !lock_may_be_any(lock);
}

/* Is the lock `e` acquired again behind each release of an unknown lock before `pt`? */
static bool is_spared(const struct link *l, uint32_t f, const struct entered *entry,
		      const struct point *pt, const struct lock *e)
{
	struct lock lock;
	uint32_t i;

	FOR_EACH_LOCK(i, l->locks[f].nlocks, pt->is->spared) {
		lock = lock_here(l, f, i, entry);
		if (lock.name && is_same(l, &lock, e, SURELY))
			return true;
	}
	return false;
}

/*
 * Was lock `e`, as the context calls it, released before `pt`, and not under the name of lock
 * `but`?  SURELY leaves out what one of several callees releases, and releases of an unknown
 * object.  A lock of an object that the function was not passed is none of those that it reaches
 * from its parameters.
 */
static bool released(const struct link *l, uint32_t f, const struct entered *entry,
		     const struct point *pt, const struct lock *e, uint32_t but, enum sureness how)
{
	lock_set bits = pt->is->released | (e->mode == MODE_SHARED ? pt->is->released_shared : 0);
	bool any = lock_may_be_any(e);
	uint32_t i;

	if (how == SURELY && but == NONE)
		bits &= ~pt->is->maybe_released;
	FOR_EACH_LOCK(i, l->locks[f].nlocks, bits) {
		struct lock r;

		if (i == but || (!any && has_other_name(l, f, i, entry, e)))
			continue;
		r = lock_here(l, f, i, entry);
		if (is_same(l, &r, e, how) &&
		    (!lock_may_be_any(&r) || !is_spared(l, f, entry, pt, e)))
			return true;
	}
	return false;
}

/* The locks of f that are late at `pt`, which is reached with an activity ended. */
static lock_set late_locks(const struct link *l, uint32_t f, const struct entered *entry,
			   const struct point *pt)
{
	if (any_ended(entry->locks))
		return LOCKS_ALL;
	return pt->is->shared & ~pt->is->exclusive & l->locks[f].activities ? ~pt->is->early : 0;
}

/* Was the lock, held at entry, released, and taken again as one of `late`? */
static bool is_retaken(const struct link *l, uint32_t f, const struct point *pt, lock_set late,
		       const struct lock *lock)
{
	uint32_t i;

	late &= pt->is->retaken & ~l->locks[f].activities;
	FOR_EACH_LOCK(i, l->locks[f].nlocks, late)
		if (!l->locks[f].locks[i]->name || l->locks[f].locks[i]->name == lock->name)
			return true;
	return false;
}

/* Adds a lock that was held at entry, unless it is one that was released. */
static void add_kept(struct link *l, uint32_t f, const struct entered *entry,
		     const struct point *pt, const struct lock *held, struct lockset *s)
{
	struct lock lock = *held;

	if (held->activity ? held->mode == MODE_SHARED && !held->stays &&
				     started_before(l, f, pt->event, held->name) :
			     released(l, f, entry, pt, held, NONE, MAYBE))
		return;

	if (held->activity || !is_retaken(l, f, pt, late_locks(l, f, entry, pt), held)) {
		lockset_put(s, held);
		return;
	}
	lock.late = true;
	lockset_add(l, s, &lock);
}

/*
 * Adds lock `i` of f in the mode in which it is held at `pt`, if it has a name that others know,
 * and was not released by another name.
 */
static void add_acquired(struct link *l, uint32_t f, uint32_t i, const struct entered *entry,
			 const struct point *pt, struct lockset *s)
{
	struct lock lock = lock_here(l, f, i, entry);

	lock.late = late_locks(l, f, entry, pt) >> i & 1;

	if (lock.path.root == ROOT_STACK)
		return;
	lock.mode = pt->is->exclusive >> i & 1 ? MODE_EXCLUSIVE : MODE_SHARED;
	if (!lock.name) {
		lock.name = str_intern(LOCK_UNIDENTIFIED);
		lock.path = (struct path){ .root = ROOT_FORMER };
	}
	if (lock.activity || !released(l, f, entry, pt, &lock, i, SURELY))
		lockset_add(l, s, &lock);
}

/* Does the function neither acquire nor release locks before `pt`? */
static bool leaves_locks(const struct point *pt)
{
	return !(pt->is->exclusive | pt->is->shared | pt->is->released | pt->is->released_shared);
}

const struct lockset *locks_at(struct link *l, uint32_t f, const struct entered *entry,
			       const struct point *pt)
{
	const struct lockset *held = entry->locks;
	struct lockset s = { 0 };
	uint32_t i;

	if (leaves_locks(pt) && !any_ended(held))
		return held;
	for (i = 0; i < held->n; i++)
		add_kept(l, f, entry, pt, held->locks[i], &s);
	FOR_EACH_LOCK(i, l->locks[f].nlocks, pt->is->exclusive | pt->is->shared)
		add_acquired(l, f, i, entry, pt, &s);
	return lockset_intern(l, &s);
}

/* The bits of the parameters of the callee whose objects the lock is not of, see ROOT_UNKNOWN. */
static uint32_t not_of_args(const struct link *l, uint32_t f, const struct call *call,
			    const struct path *lock)
{
	uint32_t a, bits = 0;

	for (a = 0; a < call->nargs && a < 32; a++) {
		struct path arg = resolve_path(l, f, call->args[a]);
		bool other = arg.root == ROOT_PARAM && lock_not_of_param(lock, arg.index);

		if (lock->root != ROOT_UNKNOWN && arg.root != ROOT_UNKNOWN)
			other = lock_is_of_other(&arg, lock);
		bits |= (uint32_t)other << a;
	}
	return bits;
}

/* Is the lock, which callers call so, called so in callees, too?  None of a parameter or a variable is. */
static bool keeps_its_name(const struct lock *lock)
{
	const struct path *path = &lock->path;

	return path->root == ROOT_GLOBAL || path->root == ROOT_FORMER ||
	       (path->root == ROOT_UNKNOWN && !path->index && !path->nsteps && !lock->activity);
}

static bool all_keep_their_names(const struct lockset *s)
{
	uint32_t i;

	for (i = 0; i < s->n; i++)
		if (!keeps_its_name(s->locks[i]))
			return false;
	return true;
}

const struct lockset *locks_in_callee(struct link *l, uint32_t f, const struct call *call,
				      const struct lockset *held)
{
	struct lockset s = { 0 };
	uint32_t i;

	if (all_keep_their_names(held))
		return held;
	for (i = 0; i < held->n; i++) {
		struct lock lock;

		if (keeps_its_name(held->locks[i])) {
			lockset_put(&s, held->locks[i]);
			continue;
		}
		lock = *held->locks[i];
		if (!express_path(l, f, call, &held->locks[i]->path, &lock.path)) {
			/* (from an activity of an unknown object nothing follows) */
			if (lock.activity)
				continue;
			lock.path = (struct path){
				.root = ROOT_UNKNOWN,
				.index = not_of_args(l, f, call, &held->locks[i]->path),
			};
		}
		lockset_add(l, &s, &lock);
	}
	return lockset_intern(l, &s);
}

/* `root`: see lock_is_lost() and lock_is_optional(). */
static void add_name(struct link *l, struct lockset *s, const struct lock *of, uint32_t mode,
		     enum root_kind root)
{
	struct lock lock = {
		.name = of->name, .mode = mode, .activity = of->activity, .path = { .root = root }
	};

	if (lock.name)
		lockset_add(l, s, &lock);
}

const struct lockset *locks_sometimes(struct link *l, uint32_t f, const struct entered *entry,
				      const struct point *pt)
{
	const struct function_locks *locks = &l->locks[f];
	struct lockset s = { 0 };
	const struct lock *e;
	uint32_t i;

	if (leaves_locks(pt) && !(pt->is->sometimes | pt->is->lost))
		return NULL;
	FOR_EACH_LOCK(i, locks->nlocks, pt->is->sometimes | pt->is->lost) {
		if (pt->is->sometimes >> i & 1) {
			const struct lock here = lock_here(l, f, i, entry);

			add_name(l, &s, &here,
				 pt->is->shared_sometimes >> i & 1 ? MODE_SHARED : MODE_EXCLUSIVE,
				 pt->is->optional >> i & 1 ? ROOT_NULL : ROOT_UNKNOWN);
		}
		if (pt->is->lost >> i & 1)
			add_name(l, &s, locks->locks[i], MODE_EXCLUSIVE, ROOT_FORMER);
	}
	for (i = 0; i < entry->locks->n; i++) {
		e = entry->locks->locks[i];
		if (!e->activity && released(l, f, entry, pt, e, NONE, MAYBE) &&
		    !released(l, f, entry, pt, e, NONE, SURELY))
			add_name(l, &s, e, e->mode,
				 released(l, f, entry, pt, e, NONE, BY_NAME) ? ROOT_UNKNOWN :
									       ROOT_FORMER);
	}
	return s.n ? lockset_intern(l, &s) : NULL;
}

bool lock_is_lost(const struct lock *sometimes)
{
	return sometimes->path.root == ROOT_FORMER;
}

bool lock_is_optional(const struct lock *sometimes)
{
	return sometimes->path.root == ROOT_NULL;
}

void lock_make_optional(struct lock *sometimes)
{
	sometimes->path = (struct path){ .root = ROOT_NULL };
}

const struct lockset *locks_union(struct link *l, const struct lockset *a, const struct lockset *b)
{
	return a && b ? lockset_union(l, a, b) : a ? a : b;
}
