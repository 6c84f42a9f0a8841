// SPDX-License-Identifier: GPL-2.0-only
/* near.c - how far the two stores are from each other, and from what starts them. */
#include "refuters.h"
#include "kernel/linuxmodel.h"
#include "link/frames.h"
#include "link/lock_compare.h"
#include "link/modules.h"

/* Functions on the way from what starts a writer to its store. */
#define NEAR_CALLS 2
#define DIRECT_CALLS 3 /* all called directly, in one module, of a pair that user space starts */
#define FURTHER_CALLS 4
#define USER_CALLS 4	  /* of a pair that user space starts on both sides */
#define UNGUARDED_CALLS 7 /* of a task that does without a lock of the object */
#define UNGUARDED_ALONE 6 /* of what runs by itself, and does without it */

static bool is_near(const struct write *w)
{
	return w->nchain <= 1 + NEAR_CALLS;
}

/* The function with the store, or who calls it: a function of a header is of the module that uses it. */
static uint32_t user_of(const struct link *l, const struct write *w)
{
	struct chain_frame at;
	uint32_t i = w->nchain - 1;

	if (!frame_of_write(l, w, &at))
		return w->function;
	while (l->p->functions[at.function].flags & FUNC_HEADER && frame_up(l, w, i, &at))
		i--;
	return at.function;
}

/* Are all functions on the way called directly, and of one module? */
static bool stays_in_module(const struct link *l, const struct write *w)
{
	struct chain_frame at;
	uint32_t i = w->nchain - 1, user;

	if (w->nvia || !frame_of_write(l, w, &at))
		return false;
	for (user = user_of(l, w); i > 1; i--)
		if (!frame_up(l, w, i, &at) ||
		    (!(l->p->functions[at.function].flags & FUNC_HEADER) &&
		     !modules_are_near(l, at.function, user)))
			return false;
	return true;
}

static bool is_direct(const struct link *l, const struct write *w, uint32_t calls)
{
	return is_near(w) || (w->nchain <= 1 + calls && stays_in_module(l, w));
}

static bool is_of_user(const struct link *l, const struct write *w)
{
	return model_has(l->model, MODEL_PARALLEL, w->context);
}

/*
 * Does a driver call a core with its object, and the core the driver, in which the store is?  What the core
 * does with the object in between is no way further.
 */
static bool comes_home(const struct link *l, const struct write *w)
{
	str home = module_of(l, user_of(l, w));
	uint32_t i, away = 0;
	bool here = false, was_here;

	for (i = 1; i < w->nchain; i++) {
		was_here = here;
		here = w->chain_functions[i] != NONE && module_of(l, w->chain_functions[i]) == home;
		/* (it starts at home, and leaves once) */
		if (!here && was_here == (away > 0))
			return false;
		away += !here;
	}
	return w->nvia == 1 && away && w->nchain <= 1 + NEAR_CALLS + away;
}

static bool is_request(const struct link *l, const struct write *w)
{
	return is_of_user(l, w) &&
	       (is_near(w) || (!w->nvia && w->nchain <= 1 + USER_CALLS) || comes_home(l, w));
}

/*
 * Does a core that runs by itself, as a work does, call back a driver near its start, and is the store near that
 * callback?
 */
static bool is_called_back(const struct link *l, const struct write *w)
{
	uint32_t callback = w->nvia == 1 ? w->via_frames[0] : 0, i;

	for (i = 1; i < callback; i++)
		if (w->chain_functions[i] == NONE ||
		    module_of(l, w->chain_functions[i]) != module_of(l, w->chain_functions[1]))
			return false;
	return callback > 1 && callback <= 1 + DIRECT_CALLS && w->nchain <= callback + NEAR_CALLS &&
	       !is_of_user(l, w);
}

static bool meets_callback(const struct link *l, const struct write *user, const struct write *w)
{
	return is_of_user(l, user) && is_near(user) && is_called_back(l, w);
}

static bool are_direct(const struct pair *p, uint32_t calls)
{
	return is_direct(p->l, p->a, calls) && is_direct(p->l, p->b, calls);
}

static bool writes_field(const struct pair *p, const struct write *w, const struct unit_field *f)
{
	uint32_t i;

	for (i = 0; !w->whole && i < f->nwrites; i++)
		if (&p->v->writes[f->writes[i]] == w)
			return true;
	return false;
}

static bool holds_own_lock(const struct write *w, str name)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		if (w->held[i].name == name && is_own_lock(&w->held[i]))
			return true;
	return false;
}

/*
 * Is the field that the writer stores to guarded by a lock of the object itself?  Whoever takes it at each
 * store knows that others write the object then.  (The other writer does not hold it: refute_lock().  Who is
 * far down a chain may have been given it, and the more so in a core that runs by itself.)
 */
static bool is_guarded_by_own(const struct pair *p, const struct write *w,
			      const struct write *other)
{
	uint32_t i;

	if (other->nchain > 1 + (is_of_user(p->l, other) ? UNGUARDED_CALLS : UNGUARDED_ALONE))
		return false;
	for (i = 0; i < p->v->nfields; i++) {
		const struct unit_field *f = &p->v->fields[i];

		if (f->guard && holds_own_lock(w, f->guard) && writes_field(p, w, f))
			return true;
	}
	return false;
}

/*
 * Readers of arguments refuted most of those in which a generic function is reached through another
 * part of the kernel, or the store through several calls: it worked on another object, or the way there was
 * closed, by a lock or a test in a function that is not shown.  Where both hold one lock, and both
 * shared, the way is known up to what was meant to protect the stores; so it is if a lock of the object
 * guards the field of one, and the other one does without.  Two requests of user space wait for nothing
 * but locks, and may be made at any time; a driver's callback says which driver's object a core works on.
 */
enum doubt refute_near(const struct pair *p)
{
	if (!modules_are_near(p->l, user_of(p->l, p->a), user_of(p->l, p->b)))
		return DOUBT_OTHER_DIRECTORY;
	if (is_near(p->a) && is_near(p->b))
		return DOUBT_NONE;
	if (share_shared_lock(p->a, p->b) || is_guarded_by_own(p, p->a, p->b) ||
	    is_guarded_by_own(p, p->b, p->a) || (is_request(p->l, p->a) && is_request(p->l, p->b)))
		return DOUBT_NONE;
	if (!is_of_user(p->l, p->a) && !is_of_user(p->l, p->b))
		return DOUBT_FAR_FROM_START;
	if (are_direct(p, DIRECT_CALLS) || meets_callback(p->l, p->a, p->b) ||
	    meets_callback(p->l, p->b, p->a))
		return DOUBT_NONE;
	return are_direct(p, FURTHER_CALLS) ? DOUBT_FOUR_CALLS : DOUBT_FAR_FROM_START;
}
