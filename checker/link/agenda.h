/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * agenda.h - in which order functions are explored.
 *
 * Callers come before callees outside cycles, so that a function has all its contexts when its turn comes.  The
 * functions of a cycle have their turns one after the other, again and again until none has contexts left.
 *
 * A turn may begin before earlier ones end if these lead neither to its function nor to one whose turn comes first: so
 * threads share the work, and each function sees what it would see if one turn ended before the next one begins.  That
 * depends on its callers alone, whatever else is explored.
 */
#ifndef RACYBITS_AGENDA_H
#define RACYBITS_AGENDA_H

#include "link.h"

/* A stage is a cycle, also of one function that calls itself, or the functions of no cycle between two of them. */
struct agenda {
	size_t n;	    /* functions */
	uint32_t *order;    /* functions, in the order of exploration */
	uint32_t *position; /* by function: in `order` */
	uint32_t *next; /* by position: the first one behind it that it leads to; n: there is none */
	uint32_t *stage;   /* by position: number of the stage that it is in */
	uint32_t *first;   /* by stage, and one more: position */
	bool *cycle;	   /* by stage: it is a cycle */
	uint64_t *waiting; /* bit by position */
	size_t nwaiting;
	uint32_t now; /* stage */
	uint32_t at;  /* position: those of this stage before it had their turn */
	bool again;   /* one of these waits for another turn */
};

/* agenda_free() frees it. */
void agenda_begin(struct agenda *a, const struct link *l);
void agenda_free(struct agenda *a);
/* The function waits for its turn. */
void agenda_add(struct agenda *a, uint32_t f);
/* Is the stage whose turn it is a cycle? */
bool agenda_is_cycle(const struct agenda *a);
/* The first position behind that of f that f leads to: see agenda_take(). */
uint32_t agenda_next(const struct agenda *a, uint32_t f);
/*
 * Takes the next function whose turn it is; NONE: none is.  `before` is the least agenda_next() of the functions whose
 * turns have not ended; if there are none, `idle` is true and `before` is NONE.
 */
uint32_t agenda_take(struct agenda *a, bool idle, uint32_t before);

#endif
