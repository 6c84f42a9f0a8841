// SPDX-License-Identifier: GPL-2.0-only
/* store.c - no store of the pair reads the unit before it writes it. */
#include "refuters.h"

/*
 * A store to one bitfield writes back what it has read of the other fields (C11 3.14 note 2): that
 * loses their update.  A store to the whole record, or to its bytes as by memcpy(), reads none of
 * them, so two such stores lose nothing but what they mean to overwrite; they may also be one and
 * the same.
 */
static bool reads_none(const struct write *w)
{
	return w->access == ACCESS_WHOLE || (w->whole && w->access == ACCESS_WRITE);
}

enum doubt refute_store(const struct pair *p)
{
	return reads_none(p->a) && reads_none(p->b) ? IMPOSSIBLE : DOUBT_NONE;
}
