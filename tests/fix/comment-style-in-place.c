// SPDX-License-Identifier: GPL-2.0-only
/* Of a comment that stays where it is, the line that changes alone is stripped. */
#include "race.h"

struct foo {
	u32 id;
	bool a:1;		/* changed by 
				 * ioctl */
	bool b:1;		/* changed
				     by write */
	void *data;
};

RACE(foo, (void)p, p->a = arg, p->b = len);
