// SPDX-License-Identifier: GPL-2.0-only
/* constants.c - two runs that store the same constants in the same order (store_groups.c). */
#include "refuters.h"

enum doubt refute_constants(const struct pair *p)
{
	return p->a->together && p->a->together == p->b->together ? DOUBT_SAME_CONSTANTS :
								    DOUBT_NONE;
}
