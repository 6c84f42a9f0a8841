// SPDX-License-Identifier: GPL-2.0-only
/* scope.c - the end of scopes with cleanup guards. */
#include "event.h"
#include "scope.h"

void scope_end(struct fn *f, struct live_guard *until, CXCursor at)
{
	struct live_guard *g;

	for (g = f->guards; g != until; g = g->prev)
		event_add(f, EV_SCOPE_END, at)->call = g->call;
}
