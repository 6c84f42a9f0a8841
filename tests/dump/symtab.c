// SPDX-License-Identifier: GPL-2.0-only
/* Functions with their file if they are static, records with bitfields alone, prototypes with annotations. */
#include <linux/mutex.h>

struct foo {
	struct mutex lock;
	bool a:1, b:1;
	int between;
	bool c:1;
};

struct no_bitfields {
	int n;
};

void foo_set_locked(struct foo *foo) __must_hold(&foo->lock);
void plain(struct no_bitfields *x);

static void foo_set(struct foo *foo)
{
	foo->a = true;
}

void foo_both(struct foo *foo)
{
	foo_set(foo);
	foo_set_locked(foo);
	plain(NULL);
}
