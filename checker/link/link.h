/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * link.h - from facts to verdicts: whole program, no clang, no I/O.
 *
 * The stages, in order, each one file and one verb on struct link:
 *   callgraph_build   who calls whom, slots resolved, what can reach a write
 *   clone_known   (within it) one copy of a helper per constant it is passed
 *   lockset_summarise locks each function takes and drops for its caller
 *   phase_explore     entry points down to the writes: contexts, phases, locks
 *   verdict_judge     conflicts and verdicts per storage unit
 */
#ifndef RACYBITS_LINK_H
#define RACYBITS_LINK_H

#include "base/util.h"

/*
 * Fills p->verdicts (allocated from `a`, as is all that they point to) from
 * p's facts and p->model.  Cannot fail; what was not analysed shows up as
 * VERDICT_UNKNOWN and in p->stats.
 */
void link_program(struct program *p, struct arena *a);

/* ------------------------------------------------- shared by link's stages */

/* What a call of a function does to the locks of its caller, or a call event. */
enum lock_op { OP_ACQUIRE, OP_RELEASE, OP_ASSERT };

struct lock_effect {
	uint32_t op;	 /* enum lock_op */
	uint32_t lock;	 /* index into func_info.locks */
	uint32_t mode;	 /* enum lock_mode; a shared RELEASE leaves an exclusive lock */
	uint32_t result; /* enum lock_result, for ACQUIRE */
};

struct effects {
	struct lock_effect *v;
	size_t n, cap;
};

/* Where one function publishes its parameter: bit j of `into` means into the
 * object parameter j points to; bit 63 means somewhere everybody sees. */
#define INTO_WORLD (UINT64_C(1) << 63)

enum return_value { RET_UNKNOWN, RET_PATH, RET_FRESH, RET_NULL };

/* An event the exploration stops at, with the locks at that point. */
struct point {
	const struct event *event;
	uint64_t exclusive, shared; /* bit i: func_info.locks[i] held since entry */
	uint64_t released;	    /* bit i: dropped since entry on some path, and not retaken */
	uint64_t released_shared;   /* the same, by a release of shared mode */
	uint64_t published;	    /* bit i: fresh[i] was published before */
	uint64_t maybe_released; /* of `released`: by one of several callees of an indirect call */
	bool sometimes;		 /* some states, not all, hold a lock */
	uint64_t handed_out; /* bit i: fresh[i] was stored by a callee, maybe for itself alone */
	bool slept;	     /* every way there has waited, as nothing that interrupts a task may */
};

/* A Bloom filter of the members that a function, or what it calls, gives a value. */
#define CHANGES_WORDS 8

#define FRESH_MAX 62
/* Of a variable with more definitions those of its definitions' variables are not followed. */
#define DEFINITIONS_MANY 16
#define LOCKS_MAX 64

/* What link knows of program.functions[i] beyond its facts. */
struct func_info {
	uint32_t ntargets_total;
	uint32_t *first_target; /* ncalls + 1 entries into targets */
	uint32_t *targets;	/* functions a call may reach */
	uint32_t ncallers;
	uint32_t *callers; /* functions with a call that may reach this one */
	bool relevant;	   /* it or what it calls can write a unit, or is asked for by oneshot.c */
	uint16_t needs;	   /* what it asks of an entry context, see explore.h */
	bool summarised;
	bool cloned;		     /* it has clones, or is one: who calls it is known */
	const struct known *assumed; /* of a clone: what its callers know of its arguments */
	bool sleeps;		     /* waits, whichever way it takes */
	bool cyclic; /* a callee's summary was missing when its own was made first */

	uint32_t return_value;	  /* enum return_value */
	struct path *return_path; /* RET_PATH: rooted in a parameter or a global; else NULL */
	uint64_t changes[CHANGES_WORDS]; /* see may_change() */
	uint64_t into[8];		 /* parameter i is published into, see INTO_WORLD */

	const struct lock **locks; /* every lock it names, paths in its frame; <= LOCKS_MAX */
	uint32_t nlocks, locks_cap;
	uint32_t *first_effect;	     /* ncalls + 1 entries into effects */
	struct lock_effect *effects; /* of its calls */
	uint32_t nsummary;
	struct lock_effect *summary; /* of a call to it; .lock is an index into summary_locks */
	const struct lock **summary_locks; /* locks, as they were when the summary was made */
	uint32_t nfresh;
	uint32_t *fresh; /* calls whose result is a fresh object; <= FRESH_MAX */
	uint32_t npoints;
	struct point *points; /* in block order */
};

/* A function stored in a slot, by an initialiser or through a parameter. */
struct stored {
	str record, field;
	uint32_t function;
	str object; /* global variable initialised, or 0 */
};

struct link {
	struct program *p;
	const struct linux_model *model;
	struct arena *arena;
	struct func_info *info; /* parallel to p->functions */
	struct index *index;	/* callgraph.c: names to indexes */
	struct stored *stored;
	size_t nstored, stored_cap;
	struct retarget *retargets;    /* specialise.c: calls that go to a clone */
	uint32_t *bottom_up;	       /* functions, callees first where there is no cycle */
	struct collection *collection; /* writes.c: writes per unit */
	struct values *values;	       /* funcptr.c: where functions go */
	struct registered *registered; /* registered.c: objects by what they were handed to */
	str *lock_names;	       /* claim_check.c: all that the program takes, sorted */
	size_t nlock_names;
	struct sharing *sharing; /* lock_intern.c: one copy of each lockset */
	struct once *once;	 /* oneshot.c: callbacks that free what they are handed */
};

void callgraph_build(struct link *l);
void lockset_summarise(struct link *l);
void phase_explore(struct link *l);
void verdict_judge(struct link *l);

/* --- callgraph.c */

/* Function by key, or by name as seen from file `from`; NONE if not analysed. */
uint32_t find_function(const struct link *l, str name, str from);
/* The function that the path in f names as a value; NONE if it is no such path, or not analysed. */
uint32_t find_value(const struct link *l, uint32_t f, const struct path *p);
/* Record by key, NULL if it has no bitfields and embeds none that has. */
struct record *find_record(const struct link *l, str key);
/* To be explored, and so its callers. */
void mark_relevant(struct link *l, uint32_t f);
/* Annotated prototype of a function without a body here, or NULL. */
const struct declaration *find_declaration(const struct link *l, str name);
/* The argument whose record the call writes whole (memset()), by the model, or NULL. */
const struct path *call_overwrites(const struct link *l, const struct call *c);
/* Frees what callgraph_build() keeps outside the arena. */
void index_free(struct link *l);
/* Is the slot record.field called somewhere in the program? */
bool slot_is_called(const struct link *l, str record, str field);
/* May one table of function pointers have both?  False if each is known to be in others only. */
bool may_share_table(const struct link *l, const struct via *a, const struct via *b);
/* The model's rule for the slot record.field (record is a key), or NULL. */
const struct entry_rule *slot_rule(const struct link *l, str record, str field);
/* Does the rule say where its functions are entered from, and not only what their callers hold? */
bool rule_is_entry(const struct entry_rule *r);
/* Has the model such a rule for the callback that is argument `arg` of the call? */
bool argument_is_entry(const struct link *l, const struct call *c, uint32_t arg);
/* Is the member known to hold an object allocated for the one it is in? */
bool field_is_owned(const struct link *l, const struct step *s);

/* --- specialise.c */

/*
 * Appends to program.functions a copy of each relevant helper for the constants
 * calls pass it, with the branches they decide decided.  Grows l->info with it.
 * Returns false if there was nothing to copy.
 */
bool clone_known(struct link *l);
/* The clone that call `call` of f goes to instead of `target`; else `target`. */
uint32_t clone_target(const struct link *l, uint32_t f, uint32_t call, uint32_t target);
void clone_free(struct link *l);

/* --- resolve.c: paths */

/*
 * Makes what a call of f hands out through the address of a variable that variable's
 * definition, as if it were the call's result, where the model knows the function called.
 * Before any other of these.
 */
void resolve_created(struct link *l, uint32_t f);
typedef int model_arg_fn(const struct linux_model *m, str func);
/* The argument of the call that the model names (linuxmodel_*_arg) and that is there, or -1. */
int model_arg(const struct link *l, const struct call *c, model_arg_fn *which);
/* Path in f's frame with call results and single definitions followed. */
struct path resolve_path(const struct link *l, uint32_t f, const struct path *p);
/* `inner`, rooted in a parameter of the callee, in the frame of the caller f of `call`. */
struct path substitute_path(const struct link *l, uint32_t f, const struct call *call,
			    const struct path *inner);
/* `outer`, a path in the frame of f, in the frame of a callee; false if no argument leads to it. */
bool express_path(const struct link *l, uint32_t f, const struct call *call,
		  const struct path *outer, struct path *inner);
void path_append(struct path *p, const struct step *s);
/* The same root; two unknown ones are never the same. */
bool same_root(const struct path *a, const struct path *b);
/* How many steps two paths begin with in common. */
uint32_t common_steps(const struct path *a, const struct path *b);
/* Does the step stay in one piece of memory (a member, or the record around one)? */
bool step_embeds(const struct step *s);
/* Turns such a step round; false, and nothing done, for another. */
bool step_invert(struct step *s);
bool same_object(const struct path *a, const struct path *b);
/* Does the call wait, as nothing may that interrupts a task? */
bool call_sleeps(const struct link *l, uint32_t f, uint32_t call);
/* Calls resolve_path's decisions: the fresh-object bit of a path's root in f, or -1. */
int fresh_bit(const struct link *l, uint32_t f, const struct path *p);
/* Fills info[f].changes from f and its callees. */
void summarise_changes(struct link *l, uint32_t f);
/* The same for a clone, of which only the blocks reached[] are. */
void narrow_changes(struct link *l, uint32_t f, const bool *reached);
/* May the function change the member, as far as is known? */
bool may_change(const struct func_info *info, str record, str field);
/* Return value and publication summaries of f, from those of its callees. */
void summarise_values(struct link *l, uint32_t f);
/* Does a step lead to another instance (list, tree ...), by the model? */
bool step_traverses(const struct link *l, const struct step *s);
/* Does any step of the path? */
bool path_traverses(const struct link *l, const struct path *p);

/* --- lock_effects.c */

/* A lock from the path of the lock object, name included. */
struct lock lock_of_path(const struct link *l, uint32_t mode, const struct path *path);
/* A lock the model gives a name: of an object, or (NULL) of the whole system. */
struct lock named_lock(uint32_t mode, str name, const struct path *object);
/* Index of the lock in a function's table, added when new; NONE past LOCKS_MAX. */
uint32_t lock_index(struct link *l, struct func_info *info, const struct lock *lock);
/* Fills info[f].effects from the model and the summaries of its callees. */
void lock_effects(struct link *l, uint32_t f);
/* Adds what f's own annotations say a call of it does. */
void annotation_effects(struct link *l, uint32_t f, struct effects *out);
/* The same lock in one frame: same name, same object or both not known. */
bool same_lock_here(const struct lock *a, const struct lock *b);

/* --- lock_intern.c */

void sharing_begin(struct link *l);
void sharing_end(struct link *l);
/* The one copy of a lock. */
const struct lock *lock_share(struct link *l, const struct lock *lock);
/* Adds a lock to a set under construction; of the same lock in two modes the exclusive one is kept. */
void lockset_add(struct link *l, struct lockset *s, const struct lock *lock);
/* The same for a lock that lock_share() gave. */
void lockset_put(struct lockset *s, const struct lock *lock);
/* The one shared set with these locks; frees the one under construction and leaves it empty. */
const struct lockset *lockset_share(struct link *l, struct lockset *s);
/* The lock as it is held in the set, in whatever mode; NULL if it is not. */
const struct lock *lockset_find(const struct lockset *s, const struct lock *lock);
/* Are all locks of a held in b, in the same or a stronger mode? */
bool lockset_within(const struct lockset *a, const struct lockset *b);

/* --- funcptr.c */

/* Follows functions from where they are named to all that may hold them. */
void values_follow(struct link *l);
/*
 * What the value `p` in f, or the pointer that an indirect call of f goes through, may be: functions
 * in the order of their keys, `n` of them.
 */
const uint32_t *values_of_path(const struct link *l, uint32_t f, const struct path *p, size_t *n);
const uint32_t *values_of_call(const struct link *l, uint32_t f, const struct call *c, size_t *n);
/* Adds to l->stored what came into slots from elsewhere than an initialiser. */
void values_stored(struct link *l);
void values_free(struct link *l);

/* --- registered.c */

/* Finds the objects that are registered by calls the model knows. */
void registered_collect(struct link *l);
/* The rule for a stored callback: of its object, else of its slot; or NULL. */
const struct entry_rule *stored_rule(const struct link *l, const struct stored *s);
void registered_free(struct link *l);

/* --- oneshot.c */

/* Finds the callbacks that free what they are handed, and where they are stored. */
void once_begin(struct link *l);
/*
 * Does the callback (a function, or NONE) run once for each object of the unit: is all that stores it
 * reached from entry points that set such objects up?  Asked when all is explored.
 */
bool once_for(const struct link *l, const struct unit_verdict *v, uint32_t callback);
void once_free(struct link *l);

/* --- claim_check.c: what comments say */

/* Fills in which fields have a comment that accepts races. */
void claims_accept(struct link *l, struct unit_verdict *v);
/* Holds what comments say of the fields against the writes of a judged unit. */
void claims_check(struct link *l, struct unit_verdict *v);

/* --- conflict.c */

/* Fills in the conflicts of a unit: its fields that race, each pair with the best two writes that show it. */
void conflicts_find(struct link *l, struct unit_verdict *v);

/* --- confidence.c */

/*
 * Marks the records that lie in a buffer of bytes which an object that is passed from hand to hand
 * has for whoever holds it (sk_buff.cb: Documentation/networking/skbuff.rst): they go with it.
 */
void records_carried(const struct link *l);
/* One context at a time has an object of this record, by the model. */
bool record_is_handed(const struct link *l, const struct record *r);
/* How far a write is believed (enum confidence): little if its entry point's callers were not seen. */
uint32_t write_confidence(const struct write *w);
/* Fills confidence and doubt of the conflict from those of its two writes. */
void believe_conflict(const struct link *l, const struct unit_verdict *v, struct conflict *c);

/* --- writes.c */

struct collected { /* writes of one record's unit */
	const struct record *record;
	uint32_t unit; /* index into record.units */
	struct write *writes;
	uint32_t *fields; /* of each write: index into record.fields, NONE: whole */
	size_t n, cap, nfields, fields_cap;
};

/* The writes of a unit, made when absent. */
struct collected *collected_get(struct link *l, const struct record *r, uint32_t unit);
/* All of them by file, then line; an array from l->arena. */
struct collected **collected_sorted(struct link *l, size_t *n);
/* Frees the arrays of one that is no longer needed; it has no writes then. */
void collected_drop(struct collected *c);
/* Frees what was collected, but not what was allocated from l->arena. */
void collected_free(struct link *l);

#endif
