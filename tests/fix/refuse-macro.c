// SPDX-License-Identifier: GPL-2.0-only
/* A field that a macro declares has no declaration of its own to change. */
#include "race.h"

#define FLAG(name) bool name:1

struct foo {
	FLAG(a);
	FLAG(b);
	void *data;
};

RACE(foo, (void)p, p->a = 1, p->b = 0);
