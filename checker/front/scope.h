/* SPDX-License-Identifier: GPL-2.0-only */
/* scope.h - variables with a cleanup attribute that are alive, and the end of their scope. */
#ifndef RACYBITS_FRONT_SCOPE_H
#define RACYBITS_FRONT_SCOPE_H

#include <clang-c/Index.h>

#include "base/model.h"

struct fn;
struct var;

/* A variable whose cleanup function runs at the end of its scope; fn.guards is the stack of them. */
struct live_guard {
	struct live_guard *prev;
	struct var *var;
	uint32_t call; /* of a cleanup guard: its constructor, in function.calls; else NONE */
};

/*
 * Ends the scopes of the variables above `until`, innermost first: calls their cleanup functions, and
 * says that guards are gone.  The stack itself stays.
 */
void scope_end(struct fn *f, struct live_guard *until, CXCursor at);

#endif
