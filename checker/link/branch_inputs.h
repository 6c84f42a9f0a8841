/* SPDX-License-Identifier: GPL-2.0-only */
/* branch_inputs.h - which values that a call passes can decide branches of the callee. */
#ifndef RACYBITS_BRANCH_INPUTS_H
#define RACYBITS_BRANCH_INPUTS_H

#include "link.h"

struct branch_inputs {
	uint16_t *params;  /* by function: bit i: a branch, or which function is called, depends on
			  * parameter i, here or in a callee that it is passed on to */
	uint64_t *members; /* by function: a Bloom filter of the members of arguments that a
			    * branch depends on */
};

/* Fills *b for the functions that there are; branch_inputs_free() frees it. */
void branch_inputs_find(const struct link *l, struct branch_inputs *b);
void branch_inputs_free(struct branch_inputs *b);

/* Is the path a number or a function that a parameter passes in, unchanged? */
bool is_passed_on(const struct path *p);
/* May a branch of f depend on the member record.field of an argument? */
bool depends_on_member(const struct branch_inputs *b, uint32_t f, str record, str field);

#endif
