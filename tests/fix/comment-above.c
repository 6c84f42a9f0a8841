// SPDX-License-Identifier: GPL-2.0-only
/* A comment above one field goes with it, one above several stays. */
#include "race.h"

struct foo {
	/* how it is set up */
	bool ready:1;
	bool done:1;

	/* changed by ioctl */
	bool a:1;

	/** @b: changed by write */
	bool b:1;

	void *data;
};

RACE(foo, p->ready = 1; p->done = 0, p->a = 1, p->b = 0);
