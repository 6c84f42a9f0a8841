/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * model.h - the data model: structs and enums, grouped by the file that fills them in.
 *
 * Facts are what the front end reports about one translation unit (tu).  They use interned
 * strings, and the store keeps each record, function, slot store and declaration as one chunk
 * of bytes (facts/facts.h).  The program is what the link room makes of the facts of all tus:
 * flat arrays, referred to by index.
 */
#ifndef RACYBITS_MODEL_H
#define RACYBITS_MODEL_H

#include "held.h"
#include "limits.h"
#include "record.h"

/* ------------------------------------------------------------------ facts */

/* --- access paths (front/path_expr.c) */

/*
 * An access path: a root and the steps from it to an object.  A pointer value is represented by
 * the path of the object it points to: an argument `p` is PARAM p, an argument `&p->lock` is
 * PARAM p FIELD lock.  container_of() is the inverse of a FIELD step; the two cancel when the
 * path is built.
 */
enum root_kind {
	ROOT_UNKNOWN, /* an expression that is not modelled, or not a pointer.  In link, of a lock:
		       * only its name is known, and that it is not of the objects of parameters
		       * whose bits are set in `index`.  In facts `name` is the id of the limit
		       * (limits.def) that kept it from being followed, or 0 */
	ROOT_PARAM,   /* the object that parameter `index` points to; a struct passed by value
		       * itself */
	ROOT_LOCAL,   /* the object that the pointer variable locals[index] points to; its `defs`
		       * say which objects that can be */
	ROOT_STACK,   /* the local variable locals[index] itself, a struct or array */
	ROOT_GLOBAL,  /* the global variable `name` itself; STEP_DEREF follows for what a global
		       * pointer points to */
	ROOT_CALL,    /* the object that the result of calls[index] points to */
	ROOT_FUNC,    /* the function `name`, used as a value */
	ROOT_NULL,    /* a null pointer or an integer cast to one, as in ERR_PTR().  As an argument
		       * also an integer constant: `name` is its value in decimal */
	ROOT_FORMER,  /* link only, of a lock: an object that the expression which named it meant
		       * before a variable, call or member in it got another value */
};

enum step_kind {
	STEP_FIELD,	/* the embedded member record.field */
	STEP_PTR,	/* the object that the pointer member record.field points to */
	STEP_CONTAINER, /* the record that contains the object as its member record.field */
	STEP_INDEX,	/* an element of an array, or of a pointer used as one */
	STEP_DEREF,	/* the object that a pointer variable points to */
	STEP_PRIVATE,	/* made by link only: the driver data of an object, by the model; with
			 * `field` what the function of that name gets from the object */
};

struct step {
	uint32_t kind; /* enum step_kind */
	str record;    /* FIELD, PTR, CONTAINER: key of the record with the member; for a member of
			* an anonymous record the key of the named record around it.  INDEX: "2", a
			* constant; "p0", parameter 0, which is assigned nothing; "vi", the variable
			* i; 0: another expression */
	str field;     /* FIELD, PTR, CONTAINER: name of the member */
};

#define TYPE_FUNCTION "()" /* path.type of a function */

struct path {
	uint32_t root;	 /* enum root_kind */
	uint32_t index;	 /* of the parameter, local or call */
	str name;	 /* of the global or function */
	str type;	 /* key of the record that the path denotes, TYPE_FUNCTION, or 0 */
	uint32_t nsteps; /* a path that would be longer than PATH_STEPS_MAX becomes ROOT_UNKNOWN and
			  * keeps its type */
	struct step steps[PATH_STEPS_MAX];
};

/* The path of events and arguments that have none: one for all of them. */
extern const struct path path_none;

/* --- functions (front/function.c): locals, events, calls, blocks, annotations */

struct local {
	str name;
	str type; /* key of the record it is or points to, or 0 */
	uint32_t ndefs;
	struct path *defs; /* of a pointer variable: every value it is assigned; ROOT_UNKNOWN for
			    * a value that is not modelled, and if its address is taken */
	/* Tests and results name the local of a variable.  Paths begin with that of a version, where
	 * definitions join (front/versions.h). */
	uint32_t of; /* of a version: the local of its variable; NONE: it is none, or has none */
	uint32_t pointed_by; /* the integer that parameter `pointed_by` - 1 points to; 0: it is none.
			      * The parameter is assigned nothing else */
	bool distinct;	     /* the path of its definition may later denote another object */
};

enum access_kind {
	ACCESS_READ,
	ACCESS_WRITE,
	ACCESS_RMW,   /* read-modify-write in the source: |=, ++ ... */
	ACCESS_WHOLE, /* writes the whole record: *s = ..., an initialiser, memset() */
};

enum event_kind {
	EV_ACCESS,    /* `field` of the object `obj` is accessed; field 0: all of it */
	EV_CALL,      /* calls[call] is called */
	EV_SET,	      /* the local `local` is assigned something other than a call's result.  Only
		       * locals that a branch tests or that may hold a call's result */
	EV_SCOPE_END, /* the cleanup guard that calls[call] constructed is destroyed */
	EV_STORE,     /* the pointer or function `src` is stored in obj.field */
	EV_CHANGE,    /* obj.field, which a branch of the function tests, is or may be assigned */
	EV_DEREF, /* the pointer `local`, which a branch compares with another, is dereferenced */
};

struct event {
	uint32_t kind;		/* enum event_kind */
	uint32_t access;	/* EV_ACCESS: enum access_kind */
	uint32_t call;		/* EV_CALL, EV_SCOPE_END: index into function.calls */
	uint32_t local;		/* EV_SET: index into function.locals */
	str field;		/* member of obj.type; 0: all of the object, or a global variable
				 * that is no record */
	bool race_ok;		/* inside data_race() or context_unsafe() */
	const struct path *obj; /* the record accessed or stored into, else &path_none */
	const struct path *src; /* EV_STORE: the value; EV_SET: ROOT_LOCAL if another local is
				 * copied; else &path_none */
	struct loc loc;
	str value; /* the value assigned if it is a constant, else 0: as spelled for
				 * EV_ACCESS ("1", "true"), in decimal for EV_SET and EV_CHANGE */
};

enum callee_kind {
	CALLEE_DIRECT, /* the function `name` */
	CALLEE_SLOT,   /* through the function pointer member `record`.`name` of `base` */
	CALLEE_PARAM,  /* through parameter `index`, a function pointer */
	CALLEE_OTHER,  /* through anything else */
};

struct call {
	uint32_t kind;		 /* enum callee_kind */
	str name;		 /* of the function, or of the slot's member */
	str record;		 /* CALLEE_SLOT: key of the record with the member */
	uint32_t index;		 /* CALLEE_PARAM */
	const struct path *base; /* CALLEE_SLOT: the record with the member; CALLEE_OTHER: the
				  * value that is called; else &path_none */
	uint32_t nargs;
	const struct path **args; /* ROOT_UNKNOWN for an argument that is not a pointer */
	uint32_t dst;		  /* the local that is assigned the result, or NONE */
	bool negated;		  /* that local is assigned !result */
	bool is_guard;		  /* constructs a cleanup guard; an EV_SCOPE_END follows */
	bool is_cleanup;	  /* by a cleanup attribute, where the variable's scope ends */
	uint32_t constructor; /* is_cleanup of a guard: the call that constructed it, else NONE */
	struct loc loc;
};

/* The condition of a two-way branch; control goes to succs[0] if it holds. */
enum test_kind {
	TEST_NONE,     /* no branch, or a condition that is not modelled */
	TEST_NONZERO,  /* operand != 0 */
	TEST_NEGATIVE, /* operand < 0, or IS_ERR(operand) */
	TEST_EQUAL,    /* operand == value */
	TEST_MASK,     /* operand & value */
	TEST_SHIFT,    /* (1 << operand) & value: membership in a set of small numbers */
	TEST_SAME,     /* locals[local] == locals[other], two pointers */
};

struct test {
	uint32_t kind; /* enum test_kind */
	/* The operand.  One of these is set, the others are NONE: the result of calls[call], the
	 * value of locals[local], of parameter `param` as passed, or of the member
	 * function.tested[member]. */
	uint32_t call, local, param, member;
	uint32_t other;		  /* TEST_SAME: the second local */
	const struct path *a, *b; /* TEST_SAME: what the two point to; else path_none */
	str value;		  /* TEST_EQUAL, _MASK, _SHIFT: the constant in decimal */
	bool fleeting; /* others may change the value: a second test of it may have another result */
};

#define NO_TEST                          \
	((struct test){ .call = NONE,    \
			.local = NONE,   \
			.param = NONE,   \
			.member = NONE,  \
			.other = NONE,   \
			.a = &path_none, \
			.b = &path_none })

/* A member that some branch of the function tests. */
struct tested_member {
	struct path obj; /* the record with the member */
	str field;	 /* member of obj.type */
};

/* A member that the function assigns. */
struct assigned_member {
	str record, field; /* key of the record, name of the member */
};

/* The value with which a block returns. */
enum return_kind {
	RETURN_NONE,	 /* does not return, or returns something else */
	RETURN_ZERO,	 /* 0, false or a null pointer */
	RETURN_ONE,	 /* 1 or true */
	RETURN_NEGATIVE, /* a negative number, or ERR_PTR() of one */
	RETURN_MORE,	 /* another constant */
	RETURN_CALL,	 /* the result of calls[return_index] */
	RETURN_LOCAL,	 /* the value of locals[return_index] */
};

/* A basic block. */
struct block {
	uint32_t return_kind; /* enum return_kind */
	uint32_t return_index;
	uint32_t nevents, nsuccs;
	struct event *events; /* in order of execution */
	uint32_t *succs;      /* indexes into function.blocks */
	bool negate;	      /* control goes to succs[0] if the test does NOT hold */
	struct test test;
};

enum func_flag {
	FUNC_STATIC = 1 << 0,
	FUNC_INLINE = 1 << 1,
	FUNC_INIT = 1 << 2, /* in section .init.text */
	FUNC_EXIT = 1 << 3, /* in section .exit.text */
	FUNC_NORETURN = 1 << 4,
	FUNC_HEADER = 1 << 5, /* defined in a header */
	FUNC_WEAK = 1 << 6,   /* a definition that is not weak replaces it */
	FUNC_CUT = 1 << 7, /* set by link: it has a pointer that a limit kept from being followed */
};

/* Attributes of functions about locks, which kernel/annotations.h makes visible to clang. */
enum annotation_kind {
	ANN_MUST_HOLD,
	ANN_MUST_HOLD_SHARED,
	ANN_ACQUIRES,
	ANN_ACQUIRES_SHARED,
	ANN_RELEASES,
	ANN_RELEASES_SHARED,
	ANN_COND_ACQUIRES,
	ANN_COND_ACQUIRES_SHARED,
	ANN_COND_ACQUIRES_ZERO, /* a result of zero means that the lock was acquired */
	ANN_COND_ACQUIRES_ZERO_SHARED,
};

struct annotation {
	uint32_t kind;	  /* enum annotation_kind */
	struct path lock; /* from a parameter or a global, else ROOT_UNKNOWN */
	str text;	  /* the lock as written */
};

/* A bitfield that a callee which stores as many bytes at `arg` as its last argument says does write. */
struct part_write {
	uint32_t call, arg; /* calls[call], args[arg] */
	struct path obj;    /* the record object */
	str field;	    /* 0: of what the argument's type shows, only the other rows are */
};

struct param {
	str name;
	str type;		/* key of the record it points to, or 0 */
	struct integer integer; /* its type if that is an integer: a constant argument is
				 * converted to it (C11 6.5.2.2) */
};

struct function {
	str key; /* name, or "name@file" if static */
	str name;
	struct loc loc;
	uint32_t flags; /* enum func_flag */
	uint32_t nparams, nlocals, ncalls, nblocks, nannotations, nreturns;
	uint32_t ntested, nassigned, nparts;
	struct param *params;
	struct local *locals;
	struct call *calls;
	struct block *blocks; /* blocks[0] is the entry.  A block without successors ends the
			       * function, by returning or by a noreturn call */
	struct annotation *annotations;
	struct path *returns; /* if it returns a pointer: the value of each return statement */
	struct tested_member *tested;
	struct part_write *parts;	  /* by call */
	struct assigned_member *assigned; /* each member once, in order of appearance */
	uint32_t body_hash; /* of the source text, to tell definitions of one key apart */
	/* Set by the store: */
	str variant_of; /* the key that it and other definitions had in common, or 0 */
	str *layouts; /* of the records it refers to that have several, the keys of those it may mean */
	uint32_t nlayouts;
};

/* --- slots (front/slot_init.c) and prototypes (front/annotation.c) */

/* A function that an initialiser stores in a slot. */
struct slot_store {
	str record; /* key of the record with the function pointer member; 0: the variable
		     * `object` itself is a function pointer or an array of them */
	str field;
	str func;   /* key of the function */
	str object; /* the global variable initialised, or 0 */
	struct loc loc;
};

/* The annotations of a function's prototype. */
struct declaration {
	str func; /* name */
	uint32_t nannotations;
	struct annotation *annotations;
};

struct member_use; /* see uses.h */

/* The front end reports a tu through these callbacks; their arguments live until they return. */
struct sink {
	void *ctx;
	void (*record)(void *ctx, const struct record *);
	void (*function)(void *ctx, const struct function *);
	void (*slot)(void *ctx, const struct slot_store *);
	void (*declaration)(void *ctx, const struct declaration *);
	void (*use)(void *ctx, const struct member_use *);
	void (*file)(void *ctx, const char *path);    /* a file that was read */
	void (*missing)(void *ctx, const char *path); /* a path where an #include found no file */
};

/* --- compile commands (tree/compdb.c) */

/* A translation unit and how it is compiled. */
struct tu {
	char *file;  /* the .c file, relative to KDIR */
	char *dir;   /* absolute directory to compile in */
	char **argv; /* NULL-terminated; argv[0] is the compiler, the last one is the source file.
		      * Empty: built outside of the tree, the command is not known */
};

struct tu_list {
	struct tu *tus; /* sorted by file */
	size_t n;
	const char **absent; /* paths asked for that no tu of this configuration is at or below */
	size_t nabsent;
	char *problem; /* make reported it: there may be more tus than it showed; or NULL */
};

/* ---------------------------------------------------------- model files */

enum lock_mode { MODE_SHARED = 1, MODE_EXCLUSIVE = 2 };

enum lock_result {
	RESULT_ALWAYS,	/* held after every return */
	RESULT_NONZERO, /* held if the result is nonzero */
	RESULT_ZERO,	/* held if the result is zero or more: an error is negative */
	RESULT_TRUE,	/* held if the result is 1, else it is 0 */
	RESULT_FALSE,	/* held if the result is 0, else it is 1 */
};

enum phase { PHASE_NEVER, PHASE_SETUP, PHASE_TEARDOWN, PHASE_RUNTIME };

enum claim_kind {
	CLAIM_LOCK,	/* fields are written under the locks named behind the phrase */
	CLAIM_HELD,	/* the same, if what is named is a lock */
	CLAIM_SETUP,	/* fields are not written after set-up */
	CLAIM_ACCEPT,	/* races are accepted */
	CLAIM_PROTECTS, /* of a lock: the fields named behind it are written under it */
	CLAIM_ALL,	/* behind CLAIM_PROTECTS: all of its record */
	CLAIM_BELOW,	/* behind CLAIM_PROTECTS: the fields behind it */
	CLAIM_CALLED,	/* another name of a lock */
};

/* --------------------------------------------------------------- program */

/*
 * An element of a lockset.  An *activity* is one, too: what runs by itself (a work, a timer), by the path
 * of that.  Its callback holds it exclusively, and who has ended it holds it shared until it is started.
 */
struct lock {
	str name;	  /* "record.field", "global" or "pm" as shown */
	str type;	  /* name of its record, as "mutex"; 0: not known, or named by the model */
	uint32_t mode;	  /* enum lock_mode */
	struct path path; /* in the frame of the function at hand; ROOT_UNKNOWN: only the
				 * name is known */
	bool activity;
	bool late; /* held together with a shared activity, and not known to be taken before that */
	bool stays; /* a shared activity that nothing starts before the entry point returns */
};

struct lockset {
	uint32_t n;
	const struct lock **locks; /* sorted by name, then length of path; each there is once */
};

enum confidence { CONF_LOW, CONF_MEDIUM, CONF_HIGH };

/* Why a write or a conflict is less than sure: the rows of doubts.def. */
enum doubt {
	DOUBT_NONE,
#define DOUBT(name, level, id, sentence) DOUBT_##name,
#include "doubts.def"
#undef DOUBT
	DOUBT_COUNT
};

/* Why two writes do not race: the rows of refuters.def. */
enum refuter {
#define REFUTER(name, asked, id, sentence) REFUTER_##name,
#include "refuters.def"
#undef REFUTER
	REFUTER_COUNT
};

/* A test of a member that holds at a write, as predicates.h has it. */
struct fact {
	str record, field;	/* the member; `record` is a key */
	uint32_t relation, rel; /* of the member to the object written, as in struct held */
	uint32_t test;		/* enum test_kind: TEST_EQUAL, _MASK, _SHIFT or _NEGATIVE */
	bool holds;		/* false: the test fails */
	long long value;
};

/* A slot that a call chain goes through, and the function called. */
struct via {
	str record; /* key of the record with the slot */
	str field;  /* the slot */
	str function;
	uint32_t table; /* link only: number of the path from the object written to that record, 0: no
			 * path leads from it there */
};

/* A lock that may be held at a write, and is not known to be. */
struct maybe_held {
	str name;
	uint32_t mode; /* enum lock_mode */
	bool lost; /* an unknown lock was released, which may be this one; else it is held on some paths */
	bool optional; /* it is taken if the object has such a lock */
	bool activity; /* link only: it is none, but an activity that is ended on some paths */
};

/* One write to a unit in one entry context. */
struct write {
	uint32_t function; /* index into program.functions */
	uint32_t once; /* link only: the callback in its chain that frees what it is handed, or NONE */
	struct loc loc;
	uint32_t access; /* enum access_kind */
	uint32_t phase;	 /* enum phase */
	str context;
	str start; /* link only: of a further way (link/routes.h): the file that it starts in, else 0 */
	uint32_t nheld;
	struct held *held; /* sorted by name */
	uint32_t nactivities;
	struct activity *activities; /* link only; sorted as locks are */
	uint32_t nsometimes;
	struct maybe_held *sometimes;
	uint32_t nchain;
	str *chain; /* the entry point, as "file_operations.write", then functions down to the store */
	uint32_t nvia;
	struct via *via;	   /* the indirect calls among those of the chain */
	uint32_t *via_frames;	   /* of each: the index in the chain of the function called */
	struct loc *chain_locs;	   /* where chain[i] calls chain[i + 1]; of the last: the write */
	uint32_t *chain_functions; /* link only: indexes of those in the chain; NONE: no function */
	str value;
	uint32_t nconditions;
	uint32_t nfacts;
	str global;	    /* the global variable written, if it is one */
	struct fact *facts; /* link only: those on members that are found from the object written */
	str *conditions;    /* tests that hold on all paths to it in the function: "foo.on == 1" */
	struct step member; /* the member that the object written is; record 0: it is not known */
	uint32_t confidence; /* enum confidence */
	uint32_t doubt;	     /* enum doubt: why the confidence is not high */
	bool own;	     /* of an object of the task that runs */
	bool restored; /* of such an object: what interrupts the task sets it and clears it again */
	bool optional; /* link only: one of .sometimes is */
	uint32_t together; /* link only: number of its store_group(), 0: none */
	bool race_ok;
	bool whole;    /* writes every field of the unit */
	bool for_good; /* link only: all runtime writes of its field store one constant, and not 0 */
	bool if_unset; /* link only: only if the field is 0, and no runtime write makes it 0 again */
	bool if_set; /* link only: it clears the field, only if that is set, and no runtime write sets it */
	bool unused;  /* link only: only while no user of an object is counted */
	bool asleep;  /* link only: only while a device was found suspended */
	bool of_kind; /* link only: only for one kind of object, by a member that set-up assigns */
	bool testing; /* link only: reached through a driver that is made for tests */
	bool seldom; /* link only: after a failure alone, once a constant passed was changed, or by a file made for tests */
	bool unseen; /* the entry point's callers, and so their locks, are not known */
};

enum claim_state { CLAIM_UNCHECKED, CLAIM_CONFIRMED, CLAIM_CONTRADICTED };

/* A claim of a comment about a field, and whether the code confirms it. */
struct claim {
	str text;	 /* its words */
	str lock;	 /* what it names, or 0 */
	uint32_t state;	 /* enum claim_state */
	uint32_t write;	 /* contradicted: by this one of unit_verdict.writes, else NONE */
	const char *why; /* unchecked: what is missing, else NULL */
};

struct unit_field {
	const struct field *field;
	uint32_t lifetime; /* enum phase: PHASE_NEVER if nothing writes it */
	str guard;	   /* lock held exclusively at every runtime write, or 0 */
	uint32_t nwrites;
	uint32_t *writes; /* indexes into unit_verdict.writes */
	uint32_t nreaders;
	uint32_t *readers; /* functions that read the field, by key: indexes into program.functions */
	const struct claim *claim; /* NULL: no comment claims anything */
	str accepted;		   /* words of a comment that accept races on it, or 0 */
	uint32_t nruns_in;	   /* link only, as the next two: how many contexts */
	bool to_zero, to_other;	   /* its runtime writes clear it, and store another value */
	str *runs_in;		   /* contexts of its runtime writes, each once */
};

/* A candidate pair: two runtime writes to different fields; in unit_verdict.conflicts one that races. */
struct conflict {
	uint32_t a, b;		   /* indexes into unit_verdict.fields, a < b */
	uint32_t write_a, write_b; /* indexes into unit_verdict.writes */
	uint32_t refuter; /* enum refuter: makes the pair impossible; NONE: it may happen */
	uint32_t confidence;
	uint32_t doubt;		     /* enum doubt: why the confidence is not higher */
	uint64_t doubts;	     /* bit by enum doubt: all of them */
	uint8_t said[REFUTER_COUNT]; /* the enum doubt of each refuter that was asked */
	uint32_t rank;		     /* 0: the argument, the one that is shown; see link/rank.h */
	bool meets_gcc, meets_clang; /* the compiler's two stores write a common byte */
};

enum verdict { VERDICT_STABLE, VERDICT_SERIALIZED, VERDICT_RACY, VERDICT_UNKNOWN };

struct unit_verdict {
	const struct record *record;
	const struct unit *unit;
	uint32_t verdict; /* enum verdict */
	uint32_t confidence;
	bool hidden;	  /* less sure than was asked for: --confidence= */
	bool handed;	  /* one context at a time has such an object */
	uint64_t refuted; /* bit by enum refuter: those that refuted a candidate pair */
	bool acknowledged; /* every conflict is marked data_race() and the like, or accepted by a comment */
	bool any_asleep; /* link only: one of the writes is .asleep */
	bool any_freezes; /* link only: a field is set and cleared while which some context is frozen */
	str why_unknown;
	uint32_t nfields, nwrites, nconflicts, nlifetime, nstrict;
	struct unit_field *fields; /* named bitfields, declaration order */
	struct write *writes;
	struct conflict *conflicts; /* best witness per pair of fields */
	uint32_t npairs;
	struct conflict *pairs;	  /* all candidate pairs, of program.pairs_of alone */
	uint32_t *split_lifetime; /* indexes into fields: what --policy=lifetime moves */
	uint32_t *split_strict;
	struct conflict *added; /* the best candidate pair that program.added makes; NULL: none */
	const struct loc *at;	/* where to report it, if not at its first racing field:
					 * the line that a series adds */
};

/* State of a finding compared with a baseline, the list of findings known before. */
enum baseline_state { BASELINE_NONE, BASELINE_NEW, BASELINE_UNCHANGED, BASELINE_UPDATED };

/* Lines `first` to `last` of a file that a series of patches adds. */
struct added_lines {
	str file;
	uint32_t first, last;
};

struct failed_tu {
	const char *file, *reason;
};

struct stats {
	uint32_t tus, failed, reused, units, functions, calls_unresolved;
	uint32_t variants; /* definitions of keys that have several, but for one of each */
	double seconds;
};

/* How often a limit of the analysis was met, see limits.def. */
struct limit_use {
	uint32_t count; /* functions, records or fields where it was met; 0: nowhere */
	struct loc at;	/* the first of them by file and line */
	str name;	/* its name */
};

struct program {
	struct record *records;
	size_t nrecords;
	struct function *functions;
	size_t nfunctions;
	struct slot_store *slots;
	size_t nslots;
	struct declaration *declarations;
	size_t ndeclarations;
	struct member_use *uses; /* by record, field, then location */
	size_t nuses;
	struct failed_tu *failed;
	size_t nfailed;
	const struct linux_model *model;
	struct unit_verdict *verdicts;
	size_t nverdicts; /* by file, then line */
	struct stats stats;
	struct limit_use limits[LIMIT_COUNT]; /* by enum limit */
	char kernel[64];		      /* "6.12.95" */
	bool strict;			      /* --policy=strict */
	const char *pairs_of; /* the record whose candidate pairs are kept; NULL: of none */
	const struct added_lines
		*added; /* of the series that is judged, sorted: added_lines_sort() */
	size_t nadded;
	const bool *asked; /* by record: verdicts are asked for on its units; NULL: on all */
};

#endif
