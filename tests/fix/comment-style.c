// SPDX-License-Identifier: GPL-2.0-only
/*
 * A comment that moves has no blanks at the ends of its lines and is in the kernel's style; one that
 * is in style, or stays below the line that changes, is left as it is.
 */
#include "race.h"

struct foo {
	bool ready:1;		/* set up 
				 * once */
	bool a:1;		/* changed by 
				 * ioctl */
	bool b:1;		/* changed
				     by write */
	bool c:1;		/*
				 * in style
				 */

	/* two lines of which
	   the second has no star,

	   and one more */
	bool d:1;

	void *data;
};

RACE(foo, p->ready = 1, p->a = 1; p->c = arg, p->b = 0; p->d = len);
