/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * on_stack.h - works and timers that are variables of a function, and so are over when it returns.
 */
#ifndef RACYBITS_ON_STACK_H
#define RACYBITS_ON_STACK_H

#include "link.h"

/*
 * Is a's entry point the callback of such a work, which only a callback starts that `b` is in, for the same
 * object, and waits for?  That callback is one of a work or timer of the object written, so it does not run
 * twice at once; and the store of `b` is not behind the creation of the work, in a function that has it.
 */
bool waits_for_work(const struct link *l, const struct write *a, const struct write *b);

#endif
