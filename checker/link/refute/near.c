// SPDX-License-Identifier: GPL-2.0-only
/* near.c - how far the two stores are from each other, and from what starts them. */
#include "refuters.h"
#include "link/lock_compare.h"
#include "link/modules.h"

#define NEAR_CALLS 2 /* functions on the way from what starts a writer to its store */

static bool is_near(const struct write *w)
{
	return w->nchain <= 1 + NEAR_CALLS;
}

/*
 * Readers of arguments refuted most of those in which a generic function is reached through another
 * part of the kernel, or the store through several calls: it worked on another object, or the way there was
 * closed, by a lock or a test in a function that is not shown.  Where both hold one lock, and both
 * shared, the way is known up to what was meant to protect the stores.
 */
enum doubt refute_near(const struct pair *p)
{
	if (!modules_are_near(p->l, p->a->function, p->b->function))
		return DOUBT_OTHER_DIRECTORY;
	if (is_near(p->a) && is_near(p->b))
		return DOUBT_NONE;
	return share_shared_lock(p->a, p->b) ? DOUBT_NONE : DOUBT_FAR_FROM_START;
}
