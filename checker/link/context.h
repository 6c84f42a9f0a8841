/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * context.h - a function in one entry context: made by entries.c and explore.c, questioned by
 * context_demand.c and object_phase.c, used by writes.c.
 */
#ifndef RACYBITS_CONTEXT_H
#define RACYBITS_CONTEXT_H

#include "lockset.h"

/* Parameters whose objects have a phase of their own. */

/*
 * The lifecycle phase of an object in a context.  The greater one is, the more may a store to the
 * object conflict with: of an object that may be one of several the greatest counts.
 */
enum object_phase {
	OBJECT_NOT_ASKED,	/* the function does not look at it, see context_demand.h */
	OBJECT_SETUP,		/* not published yet */
	OBJECT_TEARDOWN,	/* no longer found by others */
	OBJECT_RUNTIME_OWN,	/* at runtime, but of the running task, which alone writes it */
	OBJECT_RUNTIME_ASSUMED, /* taken for runtime, because nothing shows another phase */
	OBJECT_RUNTIME,
};

/* There are millions: kept small. */
struct context {
	/* Nodes with all of this in common are alike: up to CONTEXT_ALIKE, and without padding. */
	uint32_t function;
	uint32_t kind;		   /* of context, see context_kind() */
	uint8_t phase[PARAMS_MAX]; /* enum object_phase of the object each parameter points to */
	uint8_t alloc_phase;	   /* enum object_phase of objects allocated here, once published */
	uint8_t global_phase;	   /* enum object_phase of global objects */
	uint8_t entry_phase;	   /* enum phase of the entry point's owner */
	bool sometimes;		   /* on some ways here, not all, another lock is held */
	bool unseen;		   /* the entry point's callers are not known */
	bool doubted;		   /* see context_doubt() */

	bool dropped; /* another one with fewer locks serves */
	str context;
	uint32_t depth;		      /* calls from the entry point */
	const struct lockset *entry;  /* in the function's frame */
	uint32_t parent, parent_call; /* node it was first reached from, and the call there */
	uint32_t next;		      /* of the same function */
	uint32_t alike;		      /* of the same function, that differs in its locks */
	str label;		      /* of an entry point: slot or registration */
};

#define CONTEXT_ALIKE offsetof(struct context, dropped)

/* Why writes in this context are less than sure: DOUBT_NONE if they are not. */
enum doubt context_doubt(const struct context *n);

/* The nodes of one function, in the order in which they came. */
struct contexts_of {
	uint32_t first, last;
	uint32_t todo;		      /* the first one not explored yet, or NONE */
	uint32_t locked;	      /* how many, to stop telling locks apart */
	const struct lockset *common; /* locks that all of them hold, NULL before the first one */
};

/* Groups of nodes alike, by hash of what they have in common: open addressing, at most half full. */
struct context_groups {
	struct context_group {
		uint32_t first; /* node, or NONE */
		uint32_t tag; /* of the hash: most others are told apart without a look at a node */
	} *at;
	size_t n, cap;
};

/* An event that writes a storage unit, or may, reached in one context. */
struct reached_write {
	uint32_t context; /* index into explorer.contexts */
	bool sometimes_locked; /* on some paths to it in the function, not on all, another lock is held */
	const struct point *point;
	const struct lockset *held; /* in the function's frame */
};

struct explorer {
	struct link *l;
	struct context *contexts;
	size_t n, cap;
	struct reached_write *writes; /* in the order of exploration */
	size_t nwrites, writes_cap;
	struct context_groups groups;
	struct contexts_of *of; /* by function */
	uint32_t *position;	/* of a function in the order of exploration */
	uint64_t *waiting;	/* bit by position: the function has nodes not explored yet */
	size_t nwaiting, at;	/* how many, and none lies before */
};

/* The context in which what `n` calls runs is another one. */
void context_enter(const struct link *l, struct context *n, str context);
/* Nothing explored yet; explorer_end() frees it. */
void explorer_begin(struct explorer *x, struct link *l);
void explorer_end(struct explorer *x);
/* Adds a context to be explored, if none there serves for it; changes *n. */
void context_add(struct explorer *x, struct context *n);
/* Adds a context in which n->function is entered with these locks, which it takes over. */
void explorer_add(struct explorer *x, struct context *n, struct lockset *entry);
/* Is there a context of the function? */
bool explorer_has(const struct explorer *x, uint32_t function);

#endif
