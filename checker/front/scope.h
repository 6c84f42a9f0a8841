/* SPDX-License-Identifier: GPL-2.0-only */
/* scope.h - cleanup guards that are alive, and the end of their scope. */
#ifndef RACYBITS_FRONT_SCOPE_H
#define RACYBITS_FRONT_SCOPE_H

#include <clang-c/Index.h>

#include "base/model.h"

struct fn;

/* A variable whose cleanup runs at the end of its scope; fn.guards is the stack of them. */
struct live_guard {
	struct live_guard *prev;
	uint32_t call; /* its constructor, in function.calls */
};

/* Emits the end of the guards above `until`, innermost first; the stack itself stays. */
void scope_end(struct fn *f, struct live_guard *until, CXCursor at);

#endif
