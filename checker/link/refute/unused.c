// SPDX-License-Identifier: GPL-2.0-only
/* unused.c - a store that happens only while no user of an object is counted. */
#include "refuters.h"

/*
 * What may not be changed while an object is in use is refused then by a test of how many use it.  What
 * users do runs at another time.
 */
enum doubt refute_unused(const struct pair *p)
{
	return p->a->unused != p->b->unused ? DOUBT_UNUSED : DOUBT_NONE;
}
