// SPDX-License-Identifier: GPL-2.0-only
/* removed.c - one writer has removed the device whose attribute the other one is a callback of. */
#include "link/removed.h"
#include "refuters.h"

enum doubt refute_removed(const struct pair *p)
{
	return attributes_were_removed(p->l, p->a, p->b) ||
			       attributes_were_removed(p->l, p->b, p->a) ?
		       DOUBT_ATTRIBUTES_REMOVED :
		       DOUBT_NONE;
}
