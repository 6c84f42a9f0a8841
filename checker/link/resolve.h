/* SPDX-License-Identifier: GPL-2.0-only */
/* resolve.h - access paths across calls. */
#ifndef RACYBITS_RESOLVE_H
#define RACYBITS_RESOLVE_H

#include "link.h"

/*
 * The path in the frame of f with call results followed into what the callee returns, and
 * variables into their definition if all of them come to one object.
 */
struct path resolve_path(const struct link *l, uint32_t f, const struct path *p);
/*
 * `inner`, a path in the frame of a callee, in the frame of f, which makes `call`;
 * ROOT_UNKNOWN unless it starts at a parameter or a global.
 */
struct path substitute_path(const struct link *l, uint32_t f, const struct call *call,
			    const struct path *inner);
/*
 * The reverse: `outer`, a resolved path in the frame of f, in the frame of a callee.  Returns
 * false if it starts neither at a global nor at the root of an argument.
 */
bool express_path(const struct link *l, uint32_t f, const struct call *call,
		  const struct path *outer, struct path *inner);

#endif
