// SPDX-License-Identifier: GPL-2.0-only
/* SmPL does not match a declaration of several bitfields: it is taken apart directly. */
#include "race.h"

struct foo {
	unsigned int ready:1, a:1, b:1;
	void *data;
};

RACE(foo, p->ready = 1, p->a = 1, p->b = !len);
