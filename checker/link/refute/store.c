// SPDX-License-Identifier: GPL-2.0-only
/* store.c - one store that writes both fields is one write. */
#include "refuters.h"

enum doubt refute_store(const struct pair *p)
{
	const struct loc *a = &p->a->loc, *b = &p->b->loc;

	return p->a->whole && p->b->whole && a->file == b->file && a->line == b->line &&
			       a->col == b->col ?
		       IMPOSSIBLE :
		       DOUBT_NONE;
}
