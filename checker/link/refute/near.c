// SPDX-License-Identifier: GPL-2.0-only
/* near.c - how far the two stores are from each other, and from what starts them. */
#include "refuters.h"
#include "link/frames.h"
#include "link/lock_compare.h"
#include "link/modules.h"

#define NEAR_CALLS 2 /* functions on the way from what starts a writer to its store */

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

/*
 * Readers of arguments refuted most of those in which a generic function is reached through another
 * part of the kernel, or the store through several calls: it worked on another object, or the way there was
 * closed, by a lock or a test in a function that is not shown.  Where both hold one lock, and both
 * shared, the way is known up to what was meant to protect the stores.
 */
enum doubt refute_near(const struct pair *p)
{
	if (!modules_are_near(p->l, user_of(p->l, p->a), user_of(p->l, p->b)))
		return DOUBT_OTHER_DIRECTORY;
	if (is_near(p->a) && is_near(p->b))
		return DOUBT_NONE;
	return share_shared_lock(p->a, p->b) ? DOUBT_NONE : DOUBT_FAR_FROM_START;
}
