// SPDX-License-Identifier: GPL-2.0-only
/* lock_compare.c - are the locks held at two writes one lock? */
#include "lock_compare.h"
#include "lock_name.h"

bool same_lock(const struct held *a, const struct held *b)
{
	if (held_lock(a) != held_lock(b))
		return false;
	if (held_elements_differ(a, b) || held_owned_apart(a, b))
		return false;
	if (a->relation == REL_SELF && b->relation == REL_SELF)
		return a->rel == b->rel;
	if (a->relation == REL_GLOBAL && b->relation == REL_GLOBAL && a->rel && b->rel)
		return a->rel == b->rel;
	if (a->relation == REL_FORMER || b->relation == REL_FORMER)
		return false;
	/* Two locks of other instances are one if the same path leads to both. */
	if (a->relation == REL_OTHER && b->relation == REL_OTHER)
		return a->rel && a->rel == b->rel;
	if (a->relation == REL_OTHER || b->relation == REL_OTHER)
		return a->relation == REL_UNKNOWN || b->relation == REL_UNKNOWN;
	return true;
}

bool share_lock(const struct write *a, const struct write *b, same_lock_fn *same)
{
	uint32_t i, j;

	for (i = 0; i < a->nheld; i++)
		for (j = 0; j < b->nheld; j++)
			if (same(&a->held[i], &b->held[j]) && (a->held[i].mode == MODE_EXCLUSIVE ||
							       b->held[j].mode == MODE_EXCLUSIVE))
				return true;
	return false;
}

/* A pseudo-lock of no object that is found from the one written says nothing of the way there. */
static bool says_way(const struct held *h)
{
	return !is_pseudo_lock(h->name) || h->relation == REL_SELF || h->relation == REL_VIA;
}

bool share_shared_lock(const struct write *a, const struct write *b)
{
	uint32_t i, j;

	for (i = 0; i < a->nheld; i++)
		for (j = 0; j < b->nheld; j++)
			if (a->held[i].name == b->held[j].name && a->held[i].mode == MODE_SHARED &&
			    b->held[j].mode == MODE_SHARED && says_way(&a->held[i]) &&
			    says_way(&b->held[j]))
				return true;
	return false;
}

bool is_own_lock(const struct held *h)
{
	return h->relation == REL_SELF && !is_pseudo_lock(h->name);
}

uint32_t exclusive_count(const struct write *w)
{
	uint32_t i, n = 0;

	for (i = 0; i < w->nheld; i++)
		n += w->held[i].mode == MODE_EXCLUSIVE;
	return n;
}
