/* SPDX-License-Identifier: GPL-2.0-only */
/* phase.h - a function in one entry context: phase.c makes them, collect.c reads them. */
#ifndef RACYBITS_PHASE_H
#define RACYBITS_PHASE_H

#include "link.h"

#define NODE_PARAMS 8
#define PHASE_DOUBT 8 /* added to PHASE_RUNTIME: only because nothing says otherwise */
#define PHASE_OWN 16  /* added to PHASE_RUNTIME: of the task that runs, which alone writes it */

struct node {
	uint32_t function;
	str context;
	uint8_t phase[NODE_PARAMS]; /* of the object each parameter points to */
	uint8_t alloc_phase;	    /* of objects allocated here, once published */
	uint8_t global_phase;	    /* of global objects */
	bool unseen;		    /* the entry point's callers are not known */
	const char *doubt;
	struct lockset entry;	      /* in the function's frame */
	uint32_t parent, parent_call; /* node it was first reached from, and the call there */
	str label;		      /* of an entry point: slot or registration */
};

/* Phase of the object `path` (in n's frame) ends in, maybe with PHASE_DOUBT or PHASE_OWN. */
uint8_t phase_of_path(const struct link *l, const struct node *n, const struct path *path,
		      uint64_t published);
/* Adds to the collected units what the event of `pt` writes in node `at`. */
void collect_writes(struct link *l, const struct node *nodes, uint32_t at, const struct point *pt,
		    const struct lockset *held);

#endif
