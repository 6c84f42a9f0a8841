// SPDX-License-Identifier: GPL-2.0-only
/* taken.c - one writer has taken the object off the list by which the other one finds it. */
#include "link/taken_off.h"
#include "refuters.h"

enum doubt refute_taken(const struct pair *p)
{
	return taken_off_before(p->l, p->a, p->b) || taken_off_before(p->l, p->b, p->a) ?
		       DOUBT_TAKEN_OFF :
		       DOUBT_NONE;
}
