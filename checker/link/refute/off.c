// SPDX-License-Identifier: GPL-2.0-only
/* off.c - what starts one writer is turned off while the other one stores. */
#include "link/turned_off.h"
#include "refuters.h"

enum doubt refute_off(const struct pair *p)
{
	return turned_off_at(p->l, p->a, p->b) || turned_off_at(p->l, p->b, p->a) ?
		       DOUBT_TURNED_OFF :
		       DOUBT_NONE;
}
