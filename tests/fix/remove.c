// SPDX-License-Identifier: GPL-2.0-only
/* Nothing reads one field of the conflict: it goes, with its description and all stores to it. */
// fix: --strategy=auto
#include "race.h"

/**
 * struct foo - a record
 * @data: what it is about
 * @ready: set up
 * @a: never read
 *     by anybody
 * @b: read
 */
struct foo {
	void *data;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->data = NULL;
	p->a = arg;
	if (arg) {
		p->data = p;
		p->a = 0;
	}
}

long foo_state(struct foo *p)
{
	return p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), p->b = len);
