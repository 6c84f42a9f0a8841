// SPDX-License-Identifier: GPL-2.0-only
/* Initialisers by name, and of nothing but zeros, go with any order. */
#include "race.h"

struct foo {
	u32 id;
	bool ready:1;
	bool a:1;
	bool b:1;
	void *data;
};

struct foo foo_default = { .id = 7, .ready = true };
struct foo foo_zero = { 0 };
struct foo foo_list[] = { { .id = 1 }, { .id = 2 } };

RACE(foo, p->ready = true, p->a = arg, p->b = len);
