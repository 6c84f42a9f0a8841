/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * explore.h - a function in one entry context, shared by the files that make
 * (entries.c, explore.c), question (context_demand.c, object_phase.c) and use (writes.c) them.
 */
#ifndef RACYBITS_PHASE_H
#define RACYBITS_PHASE_H

#include "link.h"

#define NODE_PARAMS 8
#define PHASE_DOUBT 8 /* added to PHASE_RUNTIME: only because nothing says otherwise */
#define PHASE_OWN 16  /* added to PHASE_RUNTIME: of the task that runs, which alone writes it */
#define PHASE_DEPTH 4 /* variables defined by others: more are not followed */

/* What a function may ask of a context, beside bit i: the phase of parameter i. */
#define NEEDS_ALLOC (1 << NODE_PARAMS)
#define NEEDS_GLOBAL (2 << NODE_PARAMS)

/* There are millions: kept small. */
struct node {
	/* Nodes with all of this in common are alike: up to NODE_ALIKE, and without padding. */
	uint32_t function;
	uint32_t kind;		    /* of context, see context_kind() */
	uint8_t phase[NODE_PARAMS]; /* of the object each parameter points to; as the next two
				 * PHASE_NEVER when the function does not need it */
	uint8_t alloc_phase;	    /* of objects allocated here, once published */
	uint8_t global_phase;	    /* of global objects */
	uint8_t entry_phase;	    /* of the entry point's owner */
	bool sometimes;		    /* on some ways here, not all, another lock is held */
	bool unseen;		    /* the entry point's callers are not known */
	bool doubted;		    /* see node_doubt() */

	bool dropped; /* another one with fewer locks serves */
	str context;
	uint32_t depth;		      /* calls from the entry point */
	const struct lockset *entry;  /* in the function's frame */
	uint32_t parent, parent_call; /* node it was first reached from, and the call there */
	uint32_t next;		      /* of the same function */
	uint32_t alike;		      /* of the same function, that differs in its locks */
	str label;		      /* of an entry point: slot or registration */
};

#define NODE_ALIKE offsetof(struct node, dropped)

/* Why writes in this context are less than sure: DOUBT_NONE if they are not. */
enum doubt node_doubt(const struct node *n);

/* The nodes of one function, in the order in which they came. */
struct nodes_of {
	uint32_t first, last;
	uint32_t todo;		      /* the first one not explored yet, or NONE */
	uint32_t locked;	      /* how many, to stop telling locks apart */
	const struct lockset *common; /* locks that all of them hold, NULL before the first one */
};

/* Groups of nodes alike, by hash of what they have in common: open addressing, at most half full. */
struct groups {
	struct group {
		uint32_t first; /* node, or NONE */
		uint32_t tag; /* of the hash: most others are told apart without a look at a node */
	} *at;
	size_t n, cap;
};

struct explorer {
	struct link *l;
	struct node *nodes;
	size_t n, cap;
	struct groups groups;
	struct nodes_of *of; /* by function */
	uint32_t *position;  /* of a function in the order of exploration */
	uint64_t *waiting;   /* bit by position: the function has nodes not explored yet */
	size_t nwaiting, at; /* how many, and none lies before */
};

/* --- object_phase.c */

/* How deep a variable's definitions are that is `depth` deep: of many fewer are followed on. */
int definitions_depth(const struct local *v, int depth);

/* Phase of the object `path` (in n's frame) ends in, maybe with PHASE_DOUBT or PHASE_OWN. */
uint8_t phase_of_path(const struct link *l, const struct node *n, const struct path *path,
		      const struct point *pt);
/* The same for a path that resolve_path() gave. */
uint8_t phase_of_object(const struct link *l, const struct node *n, const struct path *resolved,
			const struct point *pt);

/* --- oneshot.c */

/* The nearest callback on the way to the node that frees what it is handed, or NONE. */
uint32_t once_in_chain(const struct link *l, const struct node *nodes, uint32_t at);
/* Notes from where such callbacks are stored; all is explored. */
void once_end(const struct explorer *x);

/* --- context.c */

/* The context in which what the node calls runs is another one. */
void node_enter(const struct link *l, struct node *n, str context);
/* Nothing explored yet; explorer_end() frees it. */
void explorer_begin(struct explorer *x, struct link *l);
void explorer_end(struct explorer *x);
/* Adds a node to be explored, if none there serves for it; changes *n. */
void node_add(struct explorer *x, struct node *n);
/* Adds a context in which n->function is entered with these locks, which it takes over. */
void explorer_add(struct explorer *x, struct node *n, struct lockset *entry);
/* Is there a context of the function? */
bool explorer_has(const struct explorer *x, uint32_t function);

/* --- explore.c */

/* Follows the calls from all contexts that were added. */
void explorer_run(struct explorer *x);
/* The model's rule for the slot that is called, or NULL. */
const struct entry_rule *call_rule(const struct link *l, const struct call *c);

/* --- entries.c */

void entries_known(struct link *l, struct explorer *x);
/* What nothing analysed calls; explores, too. */
void entries_unseen(struct link *l, struct explorer *x);

/* --- context_demand.c */

/* Fills info[f].needs of all relevant functions. */
void phase_needs(struct link *l);

/* --- confidence.c */

/* Fills confidence, doubt and unseen of a write to `obj` (resolved) in nodes[at]. */
void believe_write(const struct link *l, const struct node *nodes, uint32_t at, bool doubted,
		   uint8_t phase, const struct path *obj, struct write *w);

/* --- save_restore.c */

/* Does the function of node n set the field that the event of `pt` writes, of objects of the task that
 * runs, and clear it again on all ways to its end? */
bool is_restored(const struct link *l, const struct node *n, const struct point *pt);

/* --- store_groups.c */

/*
 * The stores of constants to one object that stand together with the write of `pt` in f, as a number
 * that is the same for the same fields and values in the same order; 0: it stands alone.
 */
uint64_t stored_together(const struct link *l, uint32_t f, const struct point *pt);

/* --- writes.c */

/*
 * Adds to the collected units what the event of `pt` writes in node `at`.  `doubted`: some of the
 * ways there hold another lock.
 */
void collect_writes(struct link *l, const struct node *nodes, uint32_t at, const struct point *pt,
		    const struct lockset *held, bool doubted);

#endif
