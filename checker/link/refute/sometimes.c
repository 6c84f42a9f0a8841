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

/* The greater one is told. */
enum shared { SHARE_NOTHING, SHARE_LOST, SHARE_SOMETIMES };

/* Is a lock, maybe held by `a`, one that `b` holds, at least on some paths? */
static enum shared share(const struct write *a, const struct write *b)
{
	enum shared found = SHARE_NOTHING, as;
	uint32_t i;

	for (i = 0; i < a->nsometimes && found != SHARE_SOMETIMES; i++) {
		as = a->sometimes[i].lost ? SHARE_LOST : SHARE_SOMETIMES;
		if (as > found && !a->sometimes[i].activity && would_share(&a->sometimes[i], b))
			found = as;
	}
	return found;
}

/* Is the name that of a lock which is a member of the record? */
static bool is_of(str lock, str record)
{
	const char *name = str_get(lock), *of = str_get(str_unqualified(record));
	size_t n = strlen(of);

	return !strncmp(name, of, n) && name[n] == '.';
}

/* Does `b` hold, of the object written, the lock of that name, or does it take it if there is one? */
static bool has_lock(const struct write *b, str name)
{
	uint32_t k;

	for (k = 0; k < b->nheld; k++)
		if (b->held[k].name == name && b->held[k].mode == MODE_EXCLUSIVE &&
		    b->held[k].relation != REL_OTHER && b->held[k].relation != REL_FORMER)
			return true;
	for (k = 0; k < b->nsometimes; k++)
		if (b->sometimes[k].optional && b->sometimes[k].name == name)
			return true;
	return false;
}

/*
 * Is a lock of the object taken before `a` if there is one, and so before `b`?  Who leaves an object
 * without a lock that its core offers to take does the locking otherwise.
 */
static bool is_optional(const struct pair *p, const struct write *a, const struct write *b)
{
	uint32_t i;

	for (i = 0; a->optional && i < a->nsometimes; i++)
		if (a->sometimes[i].optional && is_of(a->sometimes[i].name, p->v->record->key) &&
		    has_lock(b, a->sometimes[i].name))
			return true;
	return false;
}

enum doubt refute_sometimes(const struct pair *p)
{
	static const enum doubt doubts[] = { [SHARE_NOTHING] = DOUBT_NONE,
					     [SHARE_LOST] = DOUBT_UNKNOWN_UNLOCK,
					     [SHARE_SOMETIMES] = DOUBT_SOMETIMES_LOCKED };
	enum shared a, b;

	if (is_optional(p, p->a, p->b) || is_optional(p, p->b, p->a))
		return DOUBT_OPTIONAL_LOCK;
	a = share(p->a, p->b);
	b = a == SHARE_SOMETIMES ? a : share(p->b, p->a);
	return doubts[a > b ? a : b];
}
