// SPDX-License-Identifier: GPL-2.0-only
/* An attribute in the declaration that the fields are put behind. */
#include "race.h"

#define __maybe_odd

struct foo {
	void *data;
	u8 state __maybe_odd;
	void *more;
	u8 x, y, z;
	bool ready:1;
	bool a:1;
	bool b:1;
	int count;
	void *end;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
