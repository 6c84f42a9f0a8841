// SPDX-License-Identifier: GPL-2.0-only
/* The twin of refuse-packed-member: the struct ends where its members alone would let it, with room behind them. */
#include "race.h"

struct foo {
	u32 id;
	bool ready:1;
	bool a:1;
	bool b:1;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
