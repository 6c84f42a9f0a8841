// SPDX-License-Identifier: GPL-2.0-only
/*
 * Of a list, one member is carried. The outer record has no hole and would grow. So the patch of the inner one
 * carries its last member behind the fields and makes it smaller.
 */
#include "race.h"

struct inner {
	u32 id;
	u32 number;
	bool a:1;
	bool b:1;
	void *data;
	int status, /* the last, but one */ more,
		last; /* carried, alone */
};

struct foo {
	struct inner inner;
	u32 id;
	u16 port;
	bool ready:1;
	bool c:1;
	bool d:1;
	bool e:1;
	void *data;
};

RACE(foo, p->ready = true, p->inner.a = arg; p->c = arg; p->e = arg,
     p->inner.b = len; p->d = len);
