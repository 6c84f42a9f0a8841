// SPDX-License-Identifier: GPL-2.0-only
/* created.c - one store comes before what creates the callback that leads to the other one. */
#include "link/creation.h"
#include "refuters.h"

enum doubt refute_created(const struct pair *p)
{
	return created_behind(p->l, p->a, p->b) || created_behind(p->l, p->b, p->a) ?
		       DOUBT_CREATED_BEHIND :
		       DOUBT_NONE;
}
