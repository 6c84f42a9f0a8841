// SPDX-License-Identifier: GPL-2.0-only
/* objects.c - two objects do not share a storage unit. */
#include "refuters.h"

/* Two global variables are two objects, and so are two members, of whichever records. */
enum doubt refute_objects(const struct pair *p)
{
	const struct write *a = p->a, *b = p->b;
	bool members = a->member.record && b->member.record;

	if (members && (a->member.record != b->member.record || a->member.field != b->member.field))
		return IMPOSSIBLE;
	return a->global && b->global && a->global != b->global ? IMPOSSIBLE : DOUBT_NONE;
}
