/* SPDX-License-Identifier: GPL-2.0-only */
/* node_generic.h - which association a generic selection chooses (C11 6.5.1.1). */
#ifndef RACYBITS_FRONT_NODE_GENERIC_H
#define RACYBITS_FRONT_NODE_GENERIC_H

#include "fn.h"

/*
 * `kids`: the controlling expression, then the expressions of the associations.  Returns the index of the
 * chosen one among them; 0 if it is not known which one of the type of the selection it is.
 */
size_t generic_select(struct fn *f, CXCursor selection, const CXCursor *kids, size_t count);

#endif
