// SPDX-License-Identifier: GPL-2.0-only
/* Refused: what is stored is cut off to one bit, and a bit of a word would hold another. */
// fix: --strategy=bitops --allow-growth
#include "race.h"

struct foo {
	u64 id;
	bool ready:1;
	bool a:1;
	unsigned int b:1;
	int last;
};

RACE(foo, p->ready = 1, p->a = true, p->b = len);
