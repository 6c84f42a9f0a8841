/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * versions.h - static single assignment for pointer variables: which value of a variable each
 * path means.
 *
 * While the graph is built, a path through a variable that is assigned, or whose value an
 * assignment may leave behind, has the root ROOT_LOCAL of the variable.  versions_resolve() then
 * replaces the root by the path of the definition that reaches the event, or by a version: a local
 * that stands for one of several definitions where control flow joins (a phi; Braun et al.,
 * "Simple and Efficient Construction of Static Single Assignment Form", CC 2013).
 */
#ifndef RACYBITS_FRONT_VERSIONS_H
#define RACYBITS_FRONT_VERSIONS_H

#include "fn.h"

/*
 * Notes at the current point that the pointer variable gets the value of `n`, which was just
 * evaluated.  Does nothing for a variable that is not followed by version.
 */
void versions_set(struct fn *f, struct var *v, struct node *n);
/* The same for what is returned: the path f->returns[index] is read at the current point. */
void versions_return(struct fn *f, uint32_t index, CXCursor at);
/* Rewrites the paths of all events, calls and returns; when the graph is built, before it is simplified. */
void versions_resolve(struct fn *f);

#endif
