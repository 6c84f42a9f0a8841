// SPDX-License-Identifier: GPL-2.0-only
/* Fields with blank lines between them leave: one blank line stays between those in front of and behind them. */
#include "race.h"

struct foo {
	void *data;

	bool ready:1;

	bool a:1;

	bool b:1;

#define FOO_LIMIT 3

	int limit;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
