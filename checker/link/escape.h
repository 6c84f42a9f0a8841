/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * escape.h - escape analysis: which objects a function allocates, what it returns, and where it
 * makes the objects of its parameters reachable for others (publishes them).
 */
#ifndef RACYBITS_ESCAPE_H
#define RACYBITS_ESCAPE_H

#include "fresh.h"

/* A set of objects that something is published into: bit i < ARGS_MAX is the object of
 * parameter i, and these are: */
#define INTO_WORLD (UINT64_C(1) << 63)	/* everything that others can reach */
#define INTO_GLOBAL (UINT64_C(1) << 62) /* ... a global variable */
#define INTO_USE (UINT64_C(1) << 61)	/* ... what starts to work with it: MODEL_EXPOSE */
#define INTO_RESULT (UINT64_C(1) << 60) /* the object that the function returns */

enum return_value {
	RET_UNKNOWN,
	RET_PATH,   /* one object, the path of which is known */
	RET_FRESH,  /* an object that was allocated for this call, and that nobody else can reach */
	RET_LOOKUP, /* an object that is in use, found in a table: MODEL_LOOKUP */
	RET_NULL,   /* NULL or an error on all paths */
};

/* The objects that function f returns, allocates and publishes: l->escape[f]. */
struct escape {
	uint32_t return_value;	  /* enum return_value: apart from NULL and errors */
	struct path *return_path; /* RET_PATH: from a parameter or a global; else NULL */
	uint32_t nfresh;
	uint32_t *fresh; /* its calls that return a fresh object, ascending; at most FRESH_MAX */
	uint32_t nholders, ncontents; /* see fresh.h */
	uint32_t *holders;	      /* its variables on the stack that it stores pointers in */
	struct fresh_content *contents;
	uint64_t into[PARAMS_MAX]; /* for each parameter: what its object is published into */
	bool exposes;		   /* one of them into a global variable, or into use */
	uint64_t result_into; /* RET_FRESH: the parameters in whose objects the result is stored */
	uint64_t returned_params; /* the parameters whose objects it may return */
	uint32_t nfound;
	uint32_t *found; /* its variables that are found through a pointer argument: found.h */
	uint32_t stores_found; /* the parameters p with `*p = object`, which is a found one ... */
	uint32_t stores_other; /* ... or maybe another one */
};

/*
 * Makes l->escape, callees before callers; the summary of a callee in a cycle may still be
 * missing.  After specialise().
 */
void escape_summarise(struct link *l);
void escape_check(const struct link *l);

/*
 * Does call c of f make the object of argument a known to others who may work with it at once,
 * even if it is not set up yet?
 */
bool call_exposes(const struct link *l, uint32_t f, uint32_t c, uint32_t a);

/* The path of the object that f returns; NULL if that is not known, or not yet. */
static inline const struct path *returned_path(const struct link *l, uint32_t f)
{
	return l->escape ? l->escape[f].return_path : NULL;
}

#endif
