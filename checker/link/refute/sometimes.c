// SPDX-License-Identifier: GPL-2.0-only
/* sometimes.c - a lock that one writer holds, and the other one on some paths, or maybe. */
#include "refuters.h"

/* Would the lock that is maybe held exclude one of this name, held so? */
static bool would_exclude(const struct maybe_held *m, str name, uint32_t mode)
{
	return m->name == name && (m->mode == MODE_EXCLUSIVE || mode == MODE_EXCLUSIVE);
}

/* Is the lock, maybe held by one writer, one that `b` holds, at least on some paths? */
static bool would_share(const struct maybe_held *m, const struct write *b)
{
	uint32_t i;

	for (i = 0; i < b->nheld; i++)
		if (would_exclude(m, b->held[i].name, b->held[i].mode))
			return true;
	for (i = 0; i < b->nsometimes; i++)
		if (would_exclude(m, b->sometimes[i].name, b->sometimes[i].mode))
			return true;
	return false;
}

static enum doubt ask(const struct write *a, const struct write *b, bool lost)
{
	uint32_t i;

	for (i = 0; i < a->nsometimes; i++)
		if (a->sometimes[i].lost == lost && would_share(&a->sometimes[i], b))
			return lost ? DOUBT_UNKNOWN_UNLOCK : DOUBT_SOMETIMES_LOCKED;
	return DOUBT_NONE;
}

enum doubt refute_sometimes(const struct pair *p)
{
	enum doubt d = DOUBT_NONE;
	int i;

	for (i = 0; i < 2 && !d; i++) {
		d = ask(p->a, p->b, i);
		if (!d)
			d = ask(p->b, p->a, i);
	}
	return d;
}
