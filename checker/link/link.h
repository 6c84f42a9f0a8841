/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * link.h - from facts to verdicts: the whole program at once, without clang and without I/O.
 *
 * link.c is the list of the passes.  A pass is one file with one verb, and the header of its
 * name has the verb, what must have run before it, and the look-ups in what it makes.
 */
#ifndef RACYBITS_LINK_H
#define RACYBITS_LINK_H

#include "base/util.h"

struct linux_model;

struct link;

/* Is told of each pass in link.c; `ctx` is passed on.  Either function may be NULL. */
struct link_watch {
	/* the pass begins, after `done` of `total` */
	void (*before)(void *ctx, const char *pass, size_t done, size_t total);
	/* it has run */
	void (*after)(void *ctx, const struct link *l, const char *pass);
	void *ctx;
};

/*
 * Fills p->verdicts from the facts in `p` and from p->model.  Everything that the verdicts point
 * to is allocated from `a`.  Cannot fail: a unit for which something was not analysed becomes
 * VERDICT_UNKNOWN, and p->stats counts what was missing.  `jobs` threads (at least one) share the work;
 * the verdicts are the same with any number.  `watch` may be NULL.
 */
void link_program(struct program *p, struct arena *a, unsigned int jobs,
		  const struct link_watch *watch);

/* ------------------------------------------------------------ for the passes */

/*
 * All that the passes have found out so far, each member made by the pass named for it.  An array
 * has an element for each function of the program unless the comment says otherwise, and is
 * allocated from `arena`.
 */
struct link {
	struct program *p;
	const struct linux_model *model;
	struct arena *arena;
	unsigned int jobs; /* threads that share the work */

	/* not passes */
	struct limits *limits;		     /* limit.h: where limits were met */
	struct lock_interner *lock_interner; /* lock_intern.h */

	/* in the order of the passes */
	struct symtab *symtab;
	struct called_works *called_works;
	struct registration *registrations;
	struct funcptr *funcptr;
	struct slots *slots;
	struct callgraph_node *callgraph;
	uint32_t *bottom_up; /* callgraph: all functions, callees before callers outside cycles */
	bool *relevant;	     /* relevance */
	struct modref *modref;
	struct specialised *specialised;
	struct escape *escape;
	struct ownership *ownership;
	struct oneshot *oneshot;
	struct starts *starts;
	struct restarts *restarts;
	struct queues *queues;
	bool *explored;			   /* slice: functions whose contexts are asked for */
	bool *called;			   /* slice: those, and all that they may call */
	struct function_locks *locks;	   /* lockset */
	struct keymap *assigned;	   /* lockset alone */
	struct point_states *point_states; /* lockset alone */
	struct lock_params *lock_params;   /* lock_params */
	uint16_t *demand;		   /* context_demand */
	struct explorer *explorer;	   /* explore: the contexts of all functions */
	struct continued *continued;	   /* continued */
	struct modules *modules;	   /* modules */
	struct makers *makers;		   /* makers */
	struct collection *collection;	   /* writes: those of each unit */
	uint8_t *known_shared;		   /* ... by record: what write_confidence.c knows of it */
	struct kinds *kinds;		   /* verdict alone */
	struct creations *creations;	   /* verdict alone */
	struct found_events *found_events; /* verdict alone: by frames.h */
	struct passed_tests *passed;	   /* verdict alone */
	struct set_up *set_up;		   /* verdict alone */
	struct seldom *seldom;		   /* verdict alone */
	struct alternatives *alternatives; /* verdict alone */
	struct failures *failures;	   /* verdict alone */
	struct user_files *user_files;	   /* verdict alone */
	struct kept *kept;		   /* verdict alone */
	struct ways *ways;		   /* verdict alone */
	struct keymap *listed;		   /* verdict alone */
	struct keymap *lock_pointers;	   /* verdict alone */
	struct taken_off *taken_off;	   /* verdict alone */
	struct turned_off *turned_off;	   /* verdict alone */
	struct tables *tables;		   /* verdict alone */
	struct entry_kinds *entry_kinds;   /* verdict alone */
	struct keymap *lock_names;	   /* verdict alone */
	struct reads *reads;
};

#endif
