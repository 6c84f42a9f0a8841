// SPDX-License-Identifier: GPL-2.0-only
/* rivals.c - the chains call two implementations of one interface, of which an object has one. */
#include "refuters.h"
#include "base/names.h"
#include "link/entry_kinds.h"
#include "link/kinds.h"
#include "link/slots.h"
#include "link/write_confidence.h"

/* (a write that is doubted as much is not asked about: that takes time) */
static bool is_sure(const struct write *w)
{
	return write_confidence(w) > doubt_level(DOUBT_OTHER_KIND);
}

enum doubt refute_rivals(const struct pair *p)
{
	const struct write *a = p->a, *b = p->b;
	uint32_t i, k;

	if (kinds_exclude(p->l, a, b))
		return DOUBT_OTHER_KIND;
	if (is_sure(a) && is_sure(b) && entries_are_of_two_kinds(p->l, a, b))
		return DOUBT_OTHER_KIND;
	for (i = 0; i < a->nvia; i++)
		for (k = 0; k < b->nvia; k++)
			if (a->via[i].record == b->via[k].record &&
			    !may_share_table(p->l, &a->via[i], &b->via[k]))
				return DOUBT_RIVAL_CALLEES;
	return DOUBT_NONE;
}
