// SPDX-License-Identifier: GPL-2.0-only
/* modules.c - two modules, of which neither calls the other, have no object in common. */
#include "refuters.h"
#include "link/modules.h"

enum doubt refute_modules(const struct pair *p)
{
	return modules_are_apart(p->l, p->v->record->key, p->a->function, p->b->function) ?
		       DOUBT_UNRELATED_MODULES :
		       DOUBT_NONE;
}
