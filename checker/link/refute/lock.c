// SPDX-License-Identifier: GPL-2.0-only
/* lock.c - a lock that both hold, one of them exclusively. */
#include "refuters.h"
#include "link/lock_compare.h"
#include "link/lock_path.h"

/* Are they two elements of arrays, at different offsets from the object written, or two globals? */
static bool are_two(const struct held *a, const struct held *b)
{
	if (held_elements_differ(a, b))
		return true;
	return a->relation == b->relation && a->rel && b->rel && a->rel != b->rel &&
	       (a->relation == REL_SELF || a->relation == REL_GLOBAL);
}

/* Nothing shows that they are one lock but the name. */
static bool same_name(const struct held *a, const struct held *b)
{
	return held_lock(a) == held_lock(b) && !are_two(a, b) && !held_owned_apart(a, b);
}

static bool is_unidentified(const struct held *a, const struct held *b)
{
	static str unidentified; /* (asked of each pair: interned once) */

	if (!unidentified)
		unidentified = str_intern(LOCK_UNIDENTIFIED);
	return a->name == unidentified || b->name == unidentified;
}

enum doubt refute_lock(const struct pair *p)
{
	if (share_lock(p->a, p->b, same_lock))
		return IMPOSSIBLE;
	if (share_lock(p->a, p->b, is_unidentified))
		return DOUBT_UNKNOWN_LOCK;
	return share_lock(p->a, p->b, same_name) ? DOUBT_SAME_LOCK_NAME : DOUBT_NONE;
}
