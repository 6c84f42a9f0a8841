// SPDX-License-Identifier: GPL-2.0-only
/* unset.c - a store that happens once for an object, as nothing clears the field that it tests. */
#include "refuters.h"

enum doubt refute_unset(const struct pair *p)
{
	return p->a->if_unset || p->b->if_unset ? DOUBT_SET_ONCE : DOUBT_NONE;
}
