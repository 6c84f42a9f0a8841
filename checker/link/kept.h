/* SPDX-License-Identifier: GPL-2.0-only */
/* kept.h - which pointers the program keeps in a member. */
#ifndef RACYBITS_KEPT_H
#define RACYBITS_KEPT_H

#include "link.h"

/* A pointer that some function stores in a member, or has a callee store there. */
struct kept_pointer {
	str record, field;
	uint32_t function;
	const struct path
		*value;	    /* that is stored, in the frame of the function; NULL: by a callee */
	uint32_t call, arg; /* of it: the argument is the address of the member */
};

/* Makes and frees l->kept, which the look-up below fills when it is first asked. */
void kept_begin(struct link *l);
void kept_free(struct link *l);
/* Those of the member record.field (a key, a name), an array of *n that belongs to l->kept. */
const struct kept_pointer *kept_in_member(const struct link *l, str record, str field, size_t *n);

#endif
