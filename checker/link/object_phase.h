/* SPDX-License-Identifier: GPL-2.0-only */
/* object_phase.h - the lifecycle phase of an object in one entry context. */
#ifndef RACYBITS_OBJECT_PHASE_H
#define RACYBITS_OBJECT_PHASE_H

#include "context.h"

#define PHASE_DOUBT 8 /* added to PHASE_RUNTIME: only because nothing says otherwise */
#define PHASE_OWN 16  /* added to PHASE_RUNTIME: of the task that runs, which alone writes it */
#define PHASE_DEPTH 4 /* variables defined by others: more are not followed */

/* How deep a variable's definitions are that is `depth` deep: of many fewer are followed on. */
int definitions_depth(const struct local *v, int depth);

/* Phase of the object `path` (in n's frame) ends in, maybe with PHASE_DOUBT or PHASE_OWN. */
uint8_t phase_of_path(const struct link *l, const struct context *n, const struct path *path,
		      const struct point *pt);
/* The same for a path that resolve_path() gave. */
uint8_t phase_of_object(const struct link *l, const struct context *n, const struct path *resolved,
			const struct point *pt);

#endif
