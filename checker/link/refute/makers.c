// SPDX-License-Identifier: GPL-2.0-only
/* makers.c - two drivers, of which neither calls the other, that allocate their objects. */
#include "link/makers.h"
#include "refuters.h"

enum doubt refute_makers(const struct pair *p)
{
	return makers_are_apart(p->l, p->v->record->key, p->a, p->b) ? DOUBT_UNRELATED_MODULES :
								       DOUBT_NONE;
}
