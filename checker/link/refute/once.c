// SPDX-License-Identifier: GPL-2.0-only
/* once.c - a callback that runs once for each object does not run twice. */
#include "refuters.h"
#include "link/oneshot.h"

enum doubt refute_once(const struct pair *p)
{
	return p->a->once == p->b->once && oneshot_for(p->l, p->v, p->a->once) ? IMPOSSIBLE :
										 DOUBT_NONE;
}
