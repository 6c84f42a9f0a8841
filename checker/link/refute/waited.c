// SPDX-License-Identifier: GPL-2.0-only
/* waited.c - one writer is in a work that the other's callback starts, and waits for. */
#include "link/on_stack.h"
#include "refuters.h"

enum doubt refute_waited(const struct pair *p)
{
	return waits_for_work(p->l, p->a, p->b) || waits_for_work(p->l, p->b, p->a) ?
		       DOUBT_WAITED_FOR :
		       DOUBT_NONE;
}
