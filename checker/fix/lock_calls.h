/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_calls.h - the calls that take and drop locks, by the model. */
#ifndef RACYBITS_FIX_LOCK_CALLS_H
#define RACYBITS_FIX_LOCK_CALLS_H

#include "lock_wrappers.h"

/* A call that takes or drops a lock, which may be that of a function which only does that. */
struct lock_call {
	const struct function *f;
	uint32_t block, event; /* indexes into f->blocks, and into its events */
	const struct call *call;
	struct lock_action does; /* its path is in the frame of f */
	str name;		 /* of the lock as locks are named in verdicts: "foo.lock" */
	struct loc loc;		 /* of the call, or of the macro that makes it */
};

struct lock_calls {
	struct lock_call *v; /* malloc'd */
	size_t n, cap;
};

/* Adds those of the function, in the order of its blocks, but for those of destructors of cleanup guards. */
void lock_calls_of(const struct lock_functions *x, const struct function *f,
		   struct lock_calls *out);
/* Adds those of the program that take a lock. */
void lock_calls_of_program(const struct lock_functions *x, struct lock_calls *out);
/* How many steps both paths begin with. */
uint32_t steps_in_common(const struct path *a, const struct path *b);
/* Is `lock` the path of a lock in the object or in a record around it, or of a global one? */
bool lock_is_near(const struct path *object, const struct path *lock);
/* Is there one that takes a lock of that name by a function that sleeps?  *known: is there any at all? */
bool lock_sleeps(const struct lock_calls *calls, str name, bool *known);

#endif
