// SPDX-License-Identifier: GPL-2.0-only
/* The record is a member of a union, and a number shares its bits. */
#include "race.h"

struct foo {
	union foo_flags {
		u32 all;
		struct {
			u32 a:1;
			u32 b:1;
		} bit;
	} flags;
	void *data;
};

RACE(foo, p->flags.all = 0, p->flags.bit.a = 1, p->flags.bit.b = 0);
