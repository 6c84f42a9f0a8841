/* SPDX-License-Identifier: GPL-2.0-only */
/* object_phase.h - the lifecycle phase of an object in one entry context. */
#ifndef RACYBITS_OBJECT_PHASE_H
#define RACYBITS_OBJECT_PHASE_H

#include "context.h"

/* The object phase that the model's rules and the section of a function mean by an enum phase. */
enum object_phase object_phase_of(uint32_t phase);
/* The enum phase of a store to an object in that phase. */
uint32_t lifecycle_phase(enum object_phase phase);

/*
 * The depth at which the definitions of a variable are followed that was itself met at `depth`.
 * A variable with more definitions counts as deeper, so that fewer are followed from there.
 */
int definitions_depth(const struct local *v, int depth);

/* The phase, at `pt` in context n, of the object that `path`, in the frame of n's function, ends in. */
enum object_phase phase_of_path(const struct link *l, const struct context *n,
				const struct path *path, const struct point *pt);
/* The same for a path that resolve_path() returned. */
enum object_phase phase_of_object(const struct link *l, const struct context *n,
				  const struct path *resolved, const struct point *pt);

#endif
