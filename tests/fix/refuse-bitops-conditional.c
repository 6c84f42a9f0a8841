// SPDX-License-Identifier: GPL-2.0-only
/* Refused: a field is there only in some configurations. */
// fix: --strategy=bitops --allow-growth
#include "race.h"

struct foo {
	u64 id;
	bool ready:1;
	bool a:1;
#ifndef NO_FOO
	bool b:1;
#endif
	int last;
};

RACE(foo, p->ready = 1, p->a = true, p->b = true);
