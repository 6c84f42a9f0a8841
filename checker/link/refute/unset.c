// SPDX-License-Identifier: GPL-2.0-only
/* unset.c - a store that happens once for an object, by a test of the field that it changes. */
#include "refuters.h"

enum doubt refute_unset(const struct pair *p)
{
	if (p->a->if_unset || p->b->if_unset)
		return DOUBT_SET_ONCE;
	return p->a->if_set || p->b->if_set ? DOUBT_CLEARED_ONCE : DOUBT_NONE;
}
