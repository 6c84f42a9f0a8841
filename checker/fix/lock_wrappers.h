/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_wrappers.h - functions that take or drop one lock for their callers, constructors of cleanup guards too. */
#ifndef RACYBITS_FIX_LOCK_WRAPPERS_H
#define RACYBITS_FIX_LOCK_WRAPPERS_H

#include "base/util.h"

enum { LOCK_WRAPPER_DEPTH = 4 }; /* of wrappers around wrappers; no kernel lock has more */

/* What a call does to one lock. */
struct lock_action {
	struct path path; /* of the lock; of a function that is called, in the frame of that */
	str name;	  /* as locks are named in verdicts, "foo.lock"; 0: the path tells it */
	uint32_t arg;	  /* the argument that leads to the lock; NONE: none does */
	bool acquires;
	bool shared; /* it excludes no other who holds it so */
	bool always; /* and not only with some results */
	bool sleeps;
	bool wraps; /* by a function that is no lock call of the model itself */
};

/* Finds functions by key; lock_functions_free() is due. */
struct lock_functions {
	const struct program *p;
	uint32_t *by_key; /* index into p->functions of the key's definition, or NONE; malloc'd */
	size_t n;
};

void lock_functions_open(struct lock_functions *x, const struct program *p);
void lock_functions_free(struct lock_functions *x);

/*
 * Fills in what the call does to the locks of `f`, which makes it: it is a lock call of the model, or one of a
 * function that does nothing else than one such call, on every path.  Returns false if it does nothing to
 * locks, or if that is not known.
 */
bool lock_action_of(const struct lock_functions *x, const struct function *f, const struct call *c,
		    struct lock_action *out);

#endif
