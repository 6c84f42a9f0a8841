/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * context.h - a function in one entry context: by whom it is called, in which phase the objects
 * of its parameters are, and which locks are held.
 *
 * entries.c makes the contexts of entry points, explore.c those of what they call.
 */
#ifndef RACYBITS_CONTEXT_H
#define RACYBITS_CONTEXT_H

#include "agenda.h"
#include "base/chunks.h"
#include "base/mutex.h"
#include "lockset.h"

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
	OBJECT_RUNTIME_EXPOSED, /* still set up, but others may work with it */
	OBJECT_RUNTIME,
};

/* There are millions: kept small. */
struct context {
	/*
	 * Contexts that agree in these differ in their locks and doubts at most, and are in one
	 * group.  They are compared as bytes, up to CONTEXT_KEY, in which there is no padding.
	 */
	uint32_t function;
	uint32_t kind_class; /* of `kind`, see context_set_kind() */
	uint32_t bound;	     /* what its parameters are bound to, see lock_params.h; 0: nothing */
	uint8_t phase[PARAMS_MAX]; /* enum object_phase of the object each parameter points to */
	uint8_t alloc_phase;	   /* enum object_phase of objects allocated here, once published */
	uint8_t global_phase;	   /* enum object_phase of global objects */
	uint8_t entry_phase;	   /* enum phase of the entry point */
	bool unseen;		   /* the callers of the entry point are not known */

	uint8_t doubted;   /* enum lock_doubt: of the locks on the way here */
	bool against : 1;  /* a path here takes a member to be changed by another CPU */
	bool merged : 1;   /* stands for contexts that were not kept apart, or not seen */
	bool dropped : 1;  /* another context makes it superfluous: not explored */
	bool explored : 1; /* or about to be */
	str kind;	   /* "syscall", "work", "hardirq" ... */
	uint32_t alike;	   /* another context of the same group that may not be dropped, or NONE */
	uint32_t depth;	   /* calls from the entry point */
	const struct lockset *entry;	 /* locks held at entry, in the function's frame */
	const struct lockset *sometimes; /* names of locks held on some paths here, or NULL */
	uint32_t parent, parent_call;	 /* the context it was reached from, and the call there;
				       * parent is NONE for an entry point */
	uint32_t root;			 /* the function that is the entry point */
	uint32_t next;			 /* context of the same function, or NONE */
	uint32_t others;		 /* the last of explorer.others that lead here, or NONE */
	str label; /* of an entry point: "file_operations.write", or the function registered with */
};

#define CONTEXT_KEY offsetof(struct context, doubted)

/* Kinds of contexts that no statement of the model names. */
#define KIND_CALLBACK "callback" /* of a slot function that is entered as its callers are */
#define KIND_UNSEEN "unknown"	 /* of a function that nothing analysed calls */

/* Why writes in this context are less than sure: DOUBT_NONE if they are not. */
enum doubt context_doubt(const struct context *n);
/*
 * Makes `kind` the kind of context that `n` runs in.  All kinds with no rule of their own in the
 * model are one class, those that interrupt tasks are another, and so are those of everyday use.
 */
void context_set_kind(const struct link *l, struct context *n, str kind);

/* The groups of a function by their first context: a hash table, open addressing, at most half full. */
struct context_groups {
	struct context_group {
		uint32_t first; /* context, or NONE: free */
		uint32_t tag;	/* of its hash: tells most of the others apart */
	} *at;
	uint32_t n, cap;
};

/* The contexts of one function, in the order in which they came. */
struct contexts_of {
	uint32_t first, last;	      /* NONE: there is none */
	uint32_t todo;		      /* the first one that is not explored yet, or NONE */
	uint32_t kept;		      /* number of contexts that are not dropped */
	uint32_t thinned;	      /* how many these were after contexts_thin() */
	uint32_t locked;	      /* those of them that hold locks: at most CONTEXTS_MAX */
	const struct lockset *common; /* the locks that all of them hold; NULL without any */
	struct context_groups groups; /* while contexts are added */
	struct delivery *inbox, *inbox_end; /* what is not added yet, see inbox.h */
};

/* A write, or a call that writes a record whole, reached in one context. */
struct reached_write {
	uint32_t context;
	uint8_t doubted;		 /* enum lock_doubt: of the locks in the function */
	const struct lockset *sometimes; /* names of locks held on some paths to it, or NULL */
	const struct point *point;
	const struct lockset *held; /* in the function's frame */
};

/*
 * A call that leads to a context in the same way as the one by which it was reached: with the same kind,
 * locks and doubts.
 */
struct other_call {
	uint32_t parent, parent_call; /* as in struct context */
	uint32_t before;	      /* another one to the same context, or NONE */
};

struct explorer {
	struct link *l;
	struct contexts_of *of; /* by function */

	/* Numbers are not in the order of exploration, and some are of no context: walk the lists of functions. */
	struct chunks contexts, others; /* struct context, other_call */
	pthread_mutex_t lock;		/* of these two: */
	uint32_t ncontexts, nothers;	/* numbers that were taken, see struct context_adder */

	struct reached_write *writes; /* in the order of exploration */
	size_t nwrites, writes_cap;

	struct agenda agenda; /* functions with contexts that are not explored */
};

/* Context `at` of l->explorer. */
static inline struct context *context_at(const struct link *l, uint32_t at)
{
	return chunk_element(struct context, &l->explorer->contexts, at);
}

/* The function that enters context `at`, which is of no entry point. */
static inline uint32_t context_caller(const struct link *l, uint32_t at)
{
	return context_at(l, context_at(l, at)->parent)->function;
}

/* The call there. */
static inline const struct call *context_call(const struct link *l, uint32_t at)
{
	return &l->p->functions[context_caller(l, at)].calls[context_at(l, at)->parent_call];
}

/* Other call `i` of l->explorer. */
static inline struct other_call *other_call_at(const struct link *l, uint32_t i)
{
	return chunk_element(struct other_call, &l->explorer->others, i);
}

/* Makes l->explorer, empty. */
void explorer_begin(struct link *l);
/* Frees what only the exploration needs. */
void explorer_done(struct link *l);
/* Frees all of it. */
void explorer_end(struct link *l);

/* Is a write in context `a` believed no less than in `b`?  Both are of one group. */
bool context_is_as_sure(const struct context *a, const struct context *b);
/* Makes `n`, which is not explored yet, one that is never explored. */
void context_drop(const struct link *l, struct context *n);
/* Forgets the phases that the function of the context does not ask for. */
void context_forget_phases(const struct link *l, struct context *n);

/* Who adds contexts: a thread has one, whose `l` is its own. */
struct context_adder {
	struct link *l;
	struct numbers_left {
		uint32_t next, end;
	} contexts, others; /* taken, and not used yet */
};

/* A copy of the context, with a number, which is returned; not among those of its function. */
uint32_t context_new(struct context_adder *by, const struct context *n);
/*
 * Adds a context, without such phases, unless those of its function make it superfluous; drops those that it makes
 * superfluous.  May change *n.  No two threads add to one function at once.
 */
void context_add(struct context_adder *by, struct context *n);
/* Asks for the memory that context_add() will look at; it is not near, most often. */
void context_expect(const struct link *l, const struct context *n);
/* Adds the context of an entry point, which holds these locks; frees the set. */
void context_add_entry(struct context_adder *by, struct context *n, struct lockset *entry);
/* Has the function a context? */
bool context_exists(const struct link *l, uint32_t function);

#endif
