// SPDX-License-Identifier: GPL-2.0-only
/* A pointer to an object that is allocated for it, and one to an object of somebody else. */
#include <linux/slab.h>

struct ring {
	int a:1, b:1;
};

struct foo {
	struct ring *own;
	struct ring *borrowed;
};

int foo_init(struct foo *foo, struct ring *ring)
{
	foo->own = kzalloc(sizeof(*foo->own), GFP_KERNEL);
	foo->borrowed = ring;
	return foo->own ? 0 : -1;
}
