// SPDX-License-Identifier: GPL-2.0-only
/* stopped.c - one writer has stopped the thread that the other one is in. */
#include "link/stopped.h"
#include "refuters.h"

enum doubt refute_stopped(const struct pair *p)
{
	return thread_was_stopped(p->l, p->a, p->b) || thread_was_stopped(p->l, p->b, p->a) ?
		       DOUBT_THREAD_STOPPED :
		       DOUBT_NONE;
}
