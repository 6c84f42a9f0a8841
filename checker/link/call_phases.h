/* SPDX-License-Identifier: GPL-2.0-only */
/* call_phases.h - the lifecycle phases of the objects that a call passes, and of those that its callee allocates. */
#ifndef RACYBITS_CALL_PHASES_H
#define RACYBITS_CALL_PHASES_H

#include "context.h"

/* All that these phases depend on besides the context of the call. */
struct call_phases {
	const struct path *args[PARAMS_MAX]; /* resolved; NULL: its phase is not asked for */
	const struct entry_rule *rule;	     /* for the slot that it goes through, or NULL */
	int sets_up, takes_down; /* the argument whose object it sets up, or tears down; -1 */
	int stops;		 /* the argument that is a task which does not run; -1 */
};

/* Fills in *to for a call of f whose callees ask for `demand`, see context_demand.h.  The arena has its paths. */
void call_phases_find(const struct link *l, uint32_t f, uint32_t call, uint16_t demand,
		      struct arena *arena, struct call_phases *to);
/* Sets the phases of a callee that is entered from the context `from` by the call, which is at `pt`. */
void call_phases_set(const struct link *l, const struct call_phases *p, const struct context *from,
		     const struct point *pt, struct context *callee);

#endif
