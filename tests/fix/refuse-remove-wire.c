// SPDX-License-Identifier: GPL-2.0-only
/* Nothing here reads the fields, but the device that the message is for does. */
// fix: --strategy=auto
#include "race.h"

typedef u16 __le16;

struct foo {
	__le16 opcode;
	u16 ready:1;
	u16 a:1;
	u16 b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->opcode = 1;
	p->a = 1;
}

static void foo_second(struct foo *p, size_t len)
{
	p->opcode = 2;
	p->b = 1;
}

RACE(foo, p->ready = 1, foo_first(p, arg), foo_second(p, len));
