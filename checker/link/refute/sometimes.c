// SPDX-License-Identifier: GPL-2.0-only
/* sometimes.c - a lock that one writer holds, and the other one on some paths. */
#include "refuters.h"

static bool is_sometimes(const struct write *w, str name)
{
	uint32_t i;

	for (i = 0; i < w->nsometimes; i++)
		if (w->sometimes[i] == name)
			return true;
	return false;
}

/* Is a lock that `a` holds on some paths one that `b` holds, at least on some? */
static bool would_share(const struct write *a, const struct write *b)
{
	uint32_t i;

	for (i = 0; i < b->nheld; i++)
		if (is_sometimes(a, b->held[i].name))
			return true;
	for (i = 0; i < b->nsometimes; i++)
		if (is_sometimes(a, b->sometimes[i]))
			return true;
	return false;
}

enum doubt refute_sometimes(const struct pair *p)
{
	return would_share(p->a, p->b) || would_share(p->b, p->a) ? DOUBT_SOMETIMES_LOCKED :
								    DOUBT_NONE;
}
