// SPDX-License-Identifier: GPL-2.0-only
/* The record is a member of a union with another record: one or the other is in use. */
#include "race.h"

struct first {
	u32 a:1;
	u32 b:1;
};

struct second {
	u32 number;
};

struct foo {
	union {
		struct first first;
		struct second second;
	} either;
	void *data;
};

RACE(foo, p->either.second.number = 0, p->either.first.a = 1, p->either.first.b = 0);
