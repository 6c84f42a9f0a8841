// SPDX-License-Identifier: GPL-2.0-only
/* Only members in front of the fields are initialised by position, and {} and { 0 } are no values. */
#include "race.h"

struct foo {
	u32 id;
	u32 ready:1;
	u32 a:1;
	u32 late:1;
	u32 b:1;
	void *data;
};

struct foo foo_first = { 7 };
struct foo foo_zero = { 0 };
struct foo foo_empty = {};
struct foo foo_named = { 3, .b = 1 };

static int foo_id(struct foo *foo)
{
	if (!foo) {
		return 0;
	}
	return foo->id;
}

RACE(foo, (p->ready = 1, p->late = foo_id(p)), p->a = 1, p->b = 0);
