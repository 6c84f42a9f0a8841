// SPDX-License-Identifier: GPL-2.0-only
/* testing.c - a writer that is reached through a driver which is made for tests. */
#include "link/seldom.h"
#include "refuters.h"

/* Of the objects of such a driver that says nothing. */
enum doubt refute_testing(const struct pair *p)
{
	return (p->a->testing || p->b->testing) && !is_for_tests(p->l, p->v->record->loc.file) ?
		       DOUBT_TEST_DRIVER :
		       DOUBT_NONE;
}
