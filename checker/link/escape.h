/* SPDX-License-Identifier: GPL-2.0-only */
/* escape.h - fresh objects, what functions return, and where they publish objects. */
#ifndef RACYBITS_ESCAPE_H
#define RACYBITS_ESCAPE_H

#include "link.h"

/* Publication of a parameter: bit i means into the object that parameter i points to (i < 62). */
#define INTO_WORLD (UINT64_C(1) << 63) /* into something everybody sees */

enum return_value { RET_UNKNOWN, RET_PATH, RET_FRESH, RET_NULL };

/* Where objects come from and go to: l->escape[f] for each function f. */
struct escape {
	uint32_t return_value;	  /* enum return_value: what it returns, if not NULL */
	struct path *return_path; /* RET_PATH: rooted in a parameter or a global; else NULL */
	uint32_t nfresh;
	uint32_t *fresh;	   /* its calls that return a fresh object; <= FRESH_MAX */
	uint64_t into[PARAMS_MAX]; /* where it publishes each parameter's object, see above */
};

/* Makes l->escape, callees first.  After callgraph_build(), with all functions added. */
void escape_summarise(struct link *l);

/*
 * The index into escape.fresh of the object that a path of f leads to; -1 if it is not known to
 * be fresh.  A variable is fresh if all that is assigned to it is.
 */
int fresh_bit(const struct link *l, uint32_t f, const struct path *p);

/* The path of what f returns; NULL if it is none, or not known (yet). */
static inline const struct path *returned_path(const struct link *l, uint32_t f)
{
	return l->escape ? l->escape[f].return_path : NULL;
}

#endif
