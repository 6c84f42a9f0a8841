// SPDX-License-Identifier: GPL-2.0-only
/* pointers.c - the lock that one writer finds by a pointer may be the one that the other takes. */
#include "refuters.h"
#include "link/lock_pointers.h"

static bool is_of_other(const struct held *h)
{
	return h->relation == REL_OTHER || h->relation == REL_FORMER;
}

static bool may_be_one(const struct link *l, const struct held *a, const struct held *b)
{
	str x = held_lock(a), y = held_lock(b);

	return (a->mode == MODE_EXCLUSIVE || b->mode == MODE_EXCLUSIVE) && !is_of_other(a) &&
	       !is_of_other(b) &&
	       (lock_pointer_leads_to(l, x, y) || lock_pointer_leads_to(l, y, x));
}

enum doubt refute_pointers(const struct pair *p)
{
	uint32_t i, j;

	for (i = 0; i < p->a->nheld; i++)
		for (j = 0; j < p->b->nheld; j++)
			if (may_be_one(p->l, &p->a->held[i], &p->b->held[j]))
				return DOUBT_LOCK_POINTER;
	return DOUBT_NONE;
}
