// SPDX-License-Identifier: GPL-2.0-only
/* Kernel-doc names the fields: their names are the same as before. */
#include "race.h"

/**
 * struct foo - what it is
 * @ready: it is
 * @a: changed by ioctl
 * @b: changed by write
 * @data: whatever
 */
struct foo {
	bool ready:1;
	bool a:1;
	bool b:1;
	void *data;
};

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
