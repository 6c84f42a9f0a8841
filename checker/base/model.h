/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * model.h - the data model: structs only, grouped by the file that makes them.
 *
 * Facts (what the front end says about one translation unit) use interned
 * strings and travel through the store as self-contained chunks.  The program
 * (what link makes of all facts) uses dense indexes into flat arrays.
 */
#ifndef RACYBITS_MODEL_H
#define RACYBITS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An interned string, see str_intern() in util.h.  0 is "no string". */
typedef uint32_t str;

#define NONE UINT32_MAX /* "no index" wherever a uint32_t indexes an array */

/* ------------------------------------------------------------------ facts */

struct loc {
	str file;      /* relative to KDIR where the file is below it */
	uint32_t line; /* 1-based; 0: unknown */
	uint32_t col;  /* 1-based */
};

/* --- records and storage units (front/access.c, storage_unit.c) */

enum field_flag {
	FIELD_BITFIELD = 1 << 0,
	FIELD_SIGNED = 1 << 1,
	FIELD_BOOL = 1 << 2,
	FIELD_POINTER = 1 << 3,
	FIELD_RACE_OK = 1 << 4,	 /* declared __data_racy */
	FIELD_IN_UNION = 1 << 5, /* below a union of the record: may overlay */
	FIELD_ARRAY = 1 << 6,
	FIELD_CONDITIONAL = 1 << 7, /* between preprocessor conditionals */
	FIELD_ALTERNATIVE = 1 << 8, /* of a union: it, or the other members */
};

struct field {
	str name;	   /* 0: unnamed bitfield (padding) */
	str type;	   /* spelling as written, for a bitfield its declared type */
	str record;	   /* key of the record embedded here (or array of it), or 0 */
	str comment;	   /* comment over, or behind, the declaration, or 0 */
	str group_comment; /* those that head the lines, or the section, it is in, or 0 */
	struct loc loc;
	uint64_t bit_offset; /* from the start of the record, anonymous members flattened */
	uint64_t bit_size;   /* bits the member takes; width for a bitfield; 0 for `:0` */
	uint32_t flags;	     /* enum field_flag */
	uint32_t group;	     /* members of one anonymous struct/union share a number;
				 * 0: of the record itself.  A change of group ends a
				 * storage unit (C11 3.14) */
	uint64_t group_end; /* the bit behind the record, or behind the anonymous member it is in */
	uint32_t unit;	    /* index into record.units, or NONE (set by layout_units) */
};

enum record_flag {
	RECORD_UNION = 1 << 0,
	RECORD_PACKED = 1 << 1,
	RECORD_UAPI = 1 << 2,	 /* defined in a uapi header */
	RECORD_CARRIED = 1 << 3, /* link: see records_carried() */
};

/*
 * C11 3.14 memory location made of bitfields: a maximal run of adjacent
 * nonzero-width bitfields.
 */
struct unit {
	uint32_t first, last; /* indexes of its bitfields in record.fields, inclusive */
	uint64_t bit_offset;  /* of the first bit */
	uint64_t bit_size;    /* to the last bit */
};

struct record {
	str key;  /* "tag@file": one per definition; an anonymous record is
				 * "outer.member@file", a typedef'd one its typedef's name */
	str name; /* the key without "@file" */
	struct loc loc;
	uint64_t bytes; /* sizeof */
	uint64_t align; /* bytes */
	uint32_t flags; /* enum record_flag */
	str comment;	/* over the definition, or 0 */
	uint32_t nfields, nunits;
	struct field *fields; /* in declaration order, anonymous members flattened,
				 * `:0` and unnamed bitfields included */
	struct unit *units;   /* by layout_units(); not part of a chunk */
};

/* --- access paths (front/access.c) */

/*
 * A path denotes an object.  A pointer value is written as the path of the
 * object it points to: of `&p->lock` and of an argument `p` the paths are
 * PARAM p FIELD lock, and PARAM p.  container_of() is the inverse of FIELD and
 * is cancelled against it when the path is built.
 */
enum root_kind {
	ROOT_UNKNOWN, /* an expression that is not followed; also: not a pointer */
	ROOT_PARAM,   /* object parameter `index` points to (a struct passed by value: itself) */
	ROOT_LOCAL,   /* object that pointer variable locals[index] points to; it has
			 * several definitions or none that is understood: see its defs */
	ROOT_STACK,   /* the variable locals[index] itself (a struct or array on the stack) */
	ROOT_GLOBAL,  /* the global variable `name` itself; for a pointer variable a
			 * STEP_DEREF follows */
	ROOT_CALL,    /* object the result of calls[index] points to */
	ROOT_FUNC,    /* the function `name` used as a value */
	ROOT_NULL,    /* a null pointer or ERR_PTR-like integer cast; as an argument also an
			 * integer constant, then `name` is its value in decimal */
};

enum step_kind {
	STEP_FIELD,	/* the embedded member record.field */
	STEP_PTR,	/* what the pointer member record.field points to */
	STEP_CONTAINER, /* the record whose member record.field this is (container_of) */
	STEP_INDEX,	/* an element of an array or of a pointer used as one */
	STEP_DEREF,	/* what the pointer object so far points to */
	STEP_PRIVATE,	/* link only: the private data of an object (drvdata), by the model */
};

struct step {
	uint32_t kind; /* enum step_kind */
	str record;    /* key of the record, for FIELD, PTR and CONTAINER.  For a member
				 * of an anonymous record: key of the named record around it */
	str field;     /* name of the member */
};

#define PATH_STEPS 8
#define TYPE_FUNCTION "()" /* path.type of a value that is a function */

struct path {
	uint32_t root;	 /* enum root_kind */
	uint32_t index;	 /* of the parameter, local or call */
	str name;	 /* of the global or function */
	str type;	 /* key of the record the path ends in, or TYPE_FUNCTION, else 0 */
	uint32_t nsteps; /* a longer path becomes ROOT_UNKNOWN with its type kept */
	struct step steps[PATH_STEPS];
};

/* --- functions (front/cfg.c, access.c, lock.c, slot_init.c) */

struct local {
	str name;
	str type; /* key of the pointed-to (or own) record, or 0 */
	uint32_t ndefs;
	struct path *defs; /* every value assigned to a pointer variable; ROOT_UNKNOWN
				 * stands for one that was not understood, or for its address
				 * being taken */
};

enum access_kind {
	ACCESS_READ,
	ACCESS_WRITE,
	ACCESS_RMW,   /* |=, ++ ... */
	ACCESS_WHOLE, /* *s = ..., a compound literal or initialiser of all of it */
};

enum event_kind {
	EV_ACCESS,    /* an access to `field` of the object `obj`; field 0: ACCESS_WHOLE */
	EV_CALL,      /* calls[call] happens */
	EV_SET,	      /* the local `local`, which some branch tests or a call's result
				 * may be in, is given a value that is not a call's result */
	EV_SCOPE_END, /* the guard made by calls[call] (its class's constructor) is destroyed */
	EV_STORE,     /* the pointer (or function) `src` is stored into obj.field */
	EV_CHANGE,    /* obj.field, which some branch tests, is given a value, or may be */
};

struct event {
	uint32_t kind;		/* enum event_kind */
	uint32_t access;	/* enum access_kind */
	uint32_t call;		/* index into function.calls */
	uint32_t local;		/* index into function.locals */
	str field;		/* member of obj.type; 0: all of it, or no member (a global) */
	bool race_ok;		/* inside data_race() or context_unsafe() */
	const struct path *obj; /* the record object accessed or stored into */
	const struct path *src; /* EV_STORE; EV_SET: ROOT_LOCAL, the variable it gets the value of;
				 * none in both: path_none */
	struct loc loc;
	str value; /* EV_ACCESS write: spelling of the stored expression if it is a
				 * constant ("1", "true"), else 0; EV_SET, EV_CHANGE: the constant
				 * in decimal, or 0 */
};

enum callee_kind {
	CALLEE_DIRECT, /* the function `name` */
	CALLEE_SLOT,   /* through the function pointer member `record`.`name` of `base` */
	CALLEE_PARAM,  /* through parameter `index`, a function pointer */
	CALLEE_OTHER,  /* through anything else */
};

struct call {
	uint32_t kind;		 /* enum callee_kind */
	str name;		 /* function, or member name of the slot */
	str record;		 /* CALLEE_SLOT: key of the record with the member */
	uint32_t index;		 /* CALLEE_PARAM */
	const struct path *base; /* CALLEE_SLOT: the record object with the member;
			   * CALLEE_OTHER: the value that is called; else path_none */
	uint32_t nargs;
	const struct path **args; /* ROOT_UNKNOWN for what is not a pointer */
	uint32_t dst;		  /* index of the local its result is stored in, or NONE */
	bool negated;		  /* `dst` is given !result */
	bool is_guard;		  /* constructor of a cleanup guard; EV_SCOPE_END follows */
	struct loc loc;
};

/* What a two-way branch tests; succ[0] is taken when it holds. */
enum test_kind {
	TEST_NONE,     /* something else, or no branch */
	TEST_NONZERO,  /* (value) != 0 */
	TEST_NEGATIVE, /* (value) < 0; also IS_ERR(value) */
	TEST_EQUAL,    /* (value) == test.value */
	TEST_MASK,     /* (value) & test.value */
	TEST_SHIFT,    /* (1 << value) & test.value: is the value one of several? */
	TEST_SAME,     /* locals[local] == locals[other], two pointers */
};

struct test {
	uint32_t kind; /* enum test_kind */
	/* The value tested: the result of calls[call], locals[local], the parameter as passed, or
	 * function.tested[member]; NONE for the others. */
	uint32_t call, local, param, member;
	uint32_t other; /* TEST_SAME: the second of the two locals */
	str value;	/* TEST_EQUAL, _MASK, _SHIFT: the constant in decimal */
};

#define NO_TEST \
	((struct test){ .call = NONE, .local = NONE, .param = NONE, .member = NONE, .other = NONE })

/* A member that branches of the function test. */
struct tested {
	struct path obj; /* the record object */
	str field;	 /* member of obj.type */
};

/* A member that the function gives a value. */
struct changed {
	str record, field; /* key of the record, name of the member */
};

/* What a function returns, an integer or a pointer, at the end of a block. */
enum return_kind {
	RETURN_NONE,	/* does not end the function, or returns something else */
	RETURN_ZERO,	/* 0 or false */
	RETURN_NONZERO, /* another constant */
	RETURN_CALL,	/* the result of calls[return_index] */
	RETURN_LOCAL,	/* the value of locals[return_index] */
};

struct block {
	uint32_t return_kind; /* enum return_kind, for a block that ends in a return */
	uint32_t return_index;
	uint32_t nevents, nsuccs;
	struct event *events; /* in order of execution */
	uint32_t *succs;      /* indexes into function.blocks */
	bool negate;	      /* succ[0] is taken when the test does NOT hold */
	struct test test;
};

enum func_flag {
	FUNC_STATIC = 1 << 0,
	FUNC_INLINE = 1 << 1,
	FUNC_INIT = 1 << 2, /* in section .init.text */
	FUNC_EXIT = 1 << 3, /* in section .exit.text */
	FUNC_NORETURN = 1 << 4,
	FUNC_HEADER = 1 << 5, /* defined in a header */
};

enum annotation_kind { /* of a function, from an attribute made visible */
		       ANN_MUST_HOLD,
		       ANN_MUST_HOLD_SHARED,
		       ANN_ACQUIRES,
		       ANN_ACQUIRES_SHARED,
		       ANN_RELEASES,
		       ANN_RELEASES_SHARED,
		       ANN_COND_ACQUIRES,
		       ANN_COND_ACQUIRES_SHARED,
		       ANN_COND_ACQUIRES_ZERO, /* the result that means success is zero */
		       ANN_COND_ACQUIRES_ZERO_SHARED,
};

struct annotation {
	uint32_t kind;	  /* enum annotation_kind */
	struct path lock; /* rooted in a parameter or a global, else ROOT_UNKNOWN */
	str text;	  /* as written */
};

struct param {
	str name;
	str type; /* key of the pointed-to record, or 0 */
};

struct function {
	str key; /* name, or "name@file" if static */
	str name;
	struct loc loc;
	uint32_t flags; /* enum func_flag */
	uint32_t nparams, nlocals, ncalls, nblocks, nannotations, nreturns;
	uint32_t ntested, nchanged;
	struct param *params;
	struct local *locals;
	struct call *calls;
	struct block *blocks; /* blocks[0] is the entry; a block without successors ends
				 * the function (unless it calls a noreturn function) */
	struct annotation *annotations;
	struct path *returns; /* one per return statement of a pointer-returning function */
	struct tested *tested;
	struct changed *changed; /* each once, in order of appearance */
	uint32_t body_hash;	 /* of the source text, to tell versions apart */
};

/* A function stored in a slot by an initialiser at file scope or in a function. */
struct slot_store {
	str record; /* key of the record with the function pointer member; 0: the variable
		     * `object` is a function pointer, or an array of them */
	str field;
	str func;   /* key of the function */
	str object; /* global variable initialised, or 0 */
	struct loc loc;
};

/* Annotation of a function that is only declared here (prototype in a header). */
struct declaration {
	str func; /* name */
	uint32_t nannotations;
	struct annotation *annotations;
};

/*
 * The front end reports one translation unit through these callbacks.  What is
 * passed lives until the callback returns.
 */
struct sink {
	void *ctx;
	void (*record)(void *ctx, const struct record *);
	void (*function)(void *ctx, const struct function *);
	void (*slot)(void *ctx, const struct slot_store *);
	void (*declaration)(void *ctx, const struct declaration *);
	void (*file)(void *ctx, const char *path);   /* every file that was read */
	void (*absent)(void *ctx, const char *path); /* where one was looked for in vain */
};

/* --- compile commands (tree: compdb.c, kerneltree.c) */

struct tu {
	char *file;  /* the .c file, relative to KDIR */
	char *dir;   /* absolute directory to compile in */
	char **argv; /* NULL-terminated; argv[0] is the compiler, the last one the source
		      * file.  None: built outside of the tree, by a command that is not known */
};

struct tu_list {
	struct tu *tus; /* sorted by file */
	size_t n;
	const char **absent; /* paths asked for that have no unit in this configuration */
	size_t nabsent;
};

/* ---------------------------------------------------------- linux.model */

enum lock_mode { MODE_SHARED = 1, MODE_EXCLUSIVE = 2 };

enum lock_result {
	RESULT_ALWAYS,	/* held after every return */
	RESULT_NONZERO, /* held if the result is nonzero */
	RESULT_ZERO,	/* held if the result is zero (or not negative) */
	RESULT_MAYBE, /* of a release: by one of several callees.  Held on some path: if a guard's constructor does so, the
				 * guard is not null then (linux/cleanup.h) */
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

struct lock {		  /* an element of a lockset */
	str name;	  /* "record.field", "global" or "pm" as shown */
	uint32_t mode;	  /* enum lock_mode */
	struct path path; /* in the frame of the function at hand; ROOT_UNKNOWN: only the
				 * name is known */
};

struct lockset {
	uint32_t n;
	const struct lock **locks; /* sorted by name, then length of path; each there is once */
};

/* How a lock lies to the object written. */
enum lock_relation {
	REL_GLOBAL,  /* a global lock */
	REL_SELF,    /* in the object written, or around it, at `rel` */
	REL_VIA,     /* reached from the object written through pointers, by `rel` */
	REL_OTHER,   /* of another instance of the record written */
	REL_UNKNOWN, /* matched by name alone */
};

struct held { /* a lock held at a write, as judged and shown */
	str name;
	uint32_t mode;
	uint32_t relation; /* enum lock_relation */
	uint64_t rel;	   /* hash of the path from the object to the lock (SELF, VIA);
				 * GLOBAL: of the lock, 0 if reached through a pointer;
				 * UNKNOWN: 1 if taken in the function that writes */
};

enum confidence { CONF_LOW, CONF_MEDIUM, CONF_HIGH };

/* A slot that a call chain goes through, and the function called. */
struct via {
	str record; /* key of the record with the slot */
	str function;
};

/* One write to a unit in one entry context. */
struct write {
	uint32_t function; /* index into program.functions */
	uint32_t once; /* link only: the callback in its chain that frees what it is handed, or NONE */
	struct loc loc;
	uint32_t access; /* enum access_kind */
	uint32_t phase;	 /* enum phase */
	str context;
	uint32_t nheld;
	struct held *held; /* sorted by name */
	uint32_t nchain;
	str *chain; /* entry point first, e.g. "file_operations.write", then the
				 * functions down to the one that writes */
	uint32_t nvia;
	struct via *via;	/* the indirect calls among those of the chain */
	struct loc *chain_locs; /* where chain[i] calls chain[i + 1]; of the last: the write */
	str value;
	str global; /* the global variable written, if it is one */
	struct step
		place; /* the member that the object written is, if it is known; record 0: it is not */
	uint32_t confidence; /* enum confidence */
	const char *doubt;   /* why not high, or NULL */
	bool own;	     /* of an object of the task that runs */
	bool restored; /* of such an object: what interrupts the task sets it and clears it again */
	uint64_t together; /* link only: see stored_together() */
	bool race_ok;
	bool whole;  /* writes every field of the unit */
	bool unseen; /* the entry point's callers, and so their locks, are not known */
};

enum claim_state { CLAIM_UNCHECKED, CLAIM_CONFIRMED, CLAIM_CONTRADICTED };

/* What a comment says of a field, and whether it is so. */
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
	uint32_t *writes;	   /* indexes into unit_verdict.writes */
	const struct claim *claim; /* NULL: no comment claims anything */
	str accepted;		   /* words of a comment that accept races on it, or 0 */
};

struct conflict {
	uint32_t a, b;		   /* indexes into unit_verdict.fields, a < b */
	uint32_t write_a, write_b; /* indexes into unit_verdict.writes */
	uint32_t confidence;
	const char *doubt;
};

enum verdict { VERDICT_STABLE, VERDICT_SERIALIZED, VERDICT_RACY, VERDICT_UNKNOWN };

struct unit_verdict {
	const struct record *record;
	const struct unit *unit;
	uint32_t verdict; /* enum verdict */
	uint32_t confidence;
	bool handed; /* one context at a time has such an object */
	bool acknowledged; /* every conflict is marked data_race() and the like, or accepted by a comment */
	str why_unknown;
	uint32_t nfields, nwrites, nconflicts, nlifetime, nstrict;
	struct unit_field *fields; /* named bitfields, declaration order */
	struct write *writes;
	struct conflict *conflicts; /* best witness per pair of fields */
	uint32_t *split_lifetime;   /* indexes into fields: what --policy=lifetime moves */
	uint32_t *split_strict;
	const struct loc *at; /* where to report it, if not at its first racing field:
					 * the line that a series adds */
};

/* What a baseline, the findings known before, says of a finding. */
enum baseline_state { BASELINE_NONE, BASELINE_NEW, BASELINE_UNCHANGED, BASELINE_UPDATED };

struct failed_tu {
	const char *file, *reason;
};

struct stats {
	uint32_t tus, failed, reused, units, functions, calls_unresolved;
	uint32_t limits;   /* times a limit of the analysis was met (locks, contexts) */
	uint32_t variants; /* definitions dropped: another one with the key came first */
	double seconds;
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
	struct failed_tu *failed;
	size_t nfailed;
	const struct linux_model *model;
	struct unit_verdict *verdicts;
	size_t nverdicts; /* by file, then line */
	struct stats stats;
	char kernel[64]; /* "6.12.95" */
	bool strict;	 /* --policy=strict */
};

#endif
