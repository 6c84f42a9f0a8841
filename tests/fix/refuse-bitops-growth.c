// SPDX-License-Identifier: GPL-2.0-only
/* Refused: the word of the bits would make the struct larger. */
// fix: --strategy=bitops
#include "race.h"

struct foo {
	u64 id;
	bool ready:1;
	bool a:1;
	bool b:1;
	int last;
};

RACE(foo, p->ready = 1, p->a = true, p->b = true);
