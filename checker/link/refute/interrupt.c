// SPDX-License-Identifier: GPL-2.0-only
/* interrupt.c - one writer interrupts the task of the other, and returns to it. */
#include "refuters.h"

enum doubt refute_interrupt(const struct pair *p)
{
	return p->a->own && p->b->own ? DOUBT_INTERRUPTED_TASK : DOUBT_NONE;
}
