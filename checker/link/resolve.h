/* SPDX-License-Identifier: GPL-2.0-only */
/* resolve.h - follow access paths through variables and calls. */
#ifndef RACYBITS_RESOLVE_H
#define RACYBITS_RESOLVE_H

#include "link.h"

/*
 * Another path to the object that `p`, in the frame of function f, denotes, from a parameter, a
 * global or an allocation if there is one: the result of a call is replaced by what its only callee
 * returns, and a variable whose definitions all lead to one object by that object.  Variables with many definitions are not
 * followed where they define each other, which would take exponential time: LIMIT_DEFINITIONS.
 */
struct path resolve_path(const struct link *l, uint32_t f, const struct path *p);
/*
 * The object whose lifecycle phase a callee asks an argument for, resolved: what the argument points to;
 * if that is a pointer variable, which is of no interest itself, what the variable points to.
 */
struct path argument_object(const struct link *l, uint32_t f, const struct path *arg);
/*
 * From callee to caller: the object `inner`, a path in the frame of the callee of `call`, in the
 * frame of f, which makes the call.  ROOT_UNKNOWN unless it starts at a parameter that the call
 * passes, at a global or at a function.
 */
struct path substitute_path(const struct link *l, uint32_t f, const struct call *call,
			    const struct path *inner);
/*
 * From caller to callee: stores in *inner the object `outer`, a resolved path in the frame of f,
 * in the frame of the callee of `call`, by the shortest path there is.  Returns false if the
 * callee cannot name it: it is no global, and no argument leads to it.
 */
bool express_path(const struct link *l, uint32_t f, const struct call *call,
		  const struct path *outer, struct path *inner);
/* The same by way of argument `arg` alone; a global has no such path. */
bool express_through(const struct link *l, uint32_t f, const struct call *call, uint32_t arg,
		     const struct path *outer, struct path *inner);

#endif
