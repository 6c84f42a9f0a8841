// SPDX-License-Identifier: GPL-2.0-only
/* Two locks guard two fields each: a unit for each lock, even where there is room for more. */
// fix: --strategy=separate
#include "race.h"

struct foo {
	bool ready:1;
	bool a:1;
	bool b:1;
	bool c:1;
	bool d:1;
	void *data;
	struct mutex first;
	struct mutex second;
};

RACE(foo, p->ready = true,
     (mutex_lock(&p->first), p->a = arg, p->b = arg, mutex_unlock(&p->first)),
     (mutex_lock(&p->second), p->c = len, p->d = len, mutex_unlock(&p->second)));
