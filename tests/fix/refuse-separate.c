// SPDX-License-Identifier: GPL-2.0-only
/* No lock guards two of the fields: there is nothing to keep together. */
// fix: --strategy=separate
#include "race.h"

struct foo {
	bool ready:1;
	bool a:1;
	bool b:1;
	void *data;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
