// SPDX-License-Identifier: GPL-2.0-only
/* Refused: a field is in an anonymous struct. */
// fix: --strategy=bitops --allow-growth
#include "race.h"

struct foo {
	u64 id;
	bool ready:1;
	struct {
		bool on:1;
		bool a:1;
		bool b:1;
	};
	int last;
};

RACE(foo, p->ready = 1, p->a = true, p->b = true);
