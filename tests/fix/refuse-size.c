// SPDX-License-Identifier: GPL-2.0-only
/* An asserted size cannot be kept, even if the record may grow. */
// fix: --allow-growth
#include "race.h"

struct foo {
	u8 c0, c1, c2;
	bool ready:1;
	bool a:1;
	bool b:1;
	int count;
};

static inline void foo_check(void)
{
	extern void foo_size_is_wrong(void);

	if (sizeof(struct foo) != 8)
		foo_size_is_wrong();
}

RACE(foo, foo_check(), p->a = arg, p->b = len);
