/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linuxmodel.h - the rules of the model files: what is true of Linux and cannot be seen in the code
 * under analysis.
 *
 * A model file is a list of statements; statements.def has a row for each kind, and racybits(1)
 * describes them under MODEL FILES.  A statement makes one rule for each name it lists.
 */
#ifndef RACYBITS_KERNEL_LINUXMODEL_H
#define RACYBITS_KERNEL_LINUXMODEL_H

#include <uthash.h>

#include "base/util.h"

enum model_statement {
#define STATEMENT(id, keyword, shape, subject, user, text) MODEL_##id,
#include "statements.def"
#undef STATEMENT
	MODEL_STATEMENTS
};

struct lock_api {      /* one function of `lock`, `assert` or `end` */
	bool acquire;  /* else it releases */
	bool assert;   /* the kernel would warn if the lock were not held: lockdep_assert_held() */
	bool activity; /* `end`: the lock is an activity, which is ended, or else started */
	enum lock_mode mode;
	enum lock_result result; /* which result means that the lock was taken */
	int arg; /* the argument that leads to the lock; -1: there is one lock in the system */
	uint32_t owner_arg; /* the argument, from 1, that is the owner if it is not NULL: who passes one
			     * owner has the lock together; 0: none is */
	str member; /* the lock is in this member of what the argument points to; 0: in all of it */
	str name;   /* of the lock ("pm", "rtnl_mutex"); 0: it is named by the argument's path */
};

struct held_lock { /* an element of holds= */
	str name;  /* "pm", "rtnl_mutex" or "inode.i_rwsem"; 0 if self or ended is set */
	int arg;   /* the argument whose object it belongs to, or -1; self: the one that is ended */
	str path; /* it belongs to what this member, or path of members, of that object is or points
		    * to: "dev.parent"; 0: to the object itself */
	enum lock_mode mode;
	bool self;  /* the callback does not run at the same time as itself; `path` is what of the
		     * argument's object is ended, 0: all of it */
	bool ended; /* the activity that `path` leads to is ended while the callback runs */
	bool maybe; /* held for some objects: protects nothing, but is a reason for doubt */
	bool optional; /* the same, held for those that have such a lock */
};

#define HELD_MAX 4 /* elements of one holds=; more are refused when the file is read */

struct entry_rule {    /* how callbacks are called that a slot or a registration takes */
	str fn_member; /* registration: the callback is this member of what the argument points to,
			* 0: the argument itself */
	int owner;     /* the argument whose object has this phase; -1: everything reached has */
	enum phase phase;
	str context;	 /* "syscall", "work", "timer", "hardirq", "pm" ... */
	bool by_callers; /* context=caller: the calls in the code are followed where there are any */
	uint32_t nheld;
	struct held_lock held[HELD_MAX]; /* by the caller of the callback */
};

struct claim_phrase { /* words of a comment, see link/claim_parse.h */
	enum claim_kind kind;
	str lock; /* CLAIM_CALLED: the lock that the phrase is a name of */
};

/*
 * The key that a rule is looked up by: a name; a record and a member; two contexts; for `register` a
 * function and the number of an argument; for `keeps` the record (0: a function is called) and
 * name of the callee, then record and member.  The rest is 0.
 */
#define MODEL_KEY 4

struct model_rule {
	uint32_t key[MODEL_KEY]; /* strs, but for that number */
	union {
		int arg;		    /* "arg=N": publish, setup, free ... */
		str context;		    /* "context=": entry, runs */
		str text;		    /* subject: what it begins with */
		struct lock_api lock;	    /* lock, assert */
		struct entry_rule entry;    /* slot, register */
		struct claim_phrase phrase; /* claim; key[0] is its text */
	};
	int bit;			/* "bit=N": makesqueue */
	enum model_statement statement; /* that made the rule */
	str file;			/* where it stands */
	uint32_t line;
	uint32_t source;   /* which call of model_read() has read it, from 1 */
	bool used;	   /* a look-up has found the rule; atomic */
	UT_hash_handle hh; /* linux_model.rules[]; hh.next is the next rule as read */
};

/* All zero is an empty model. */
struct linux_model {
	/* by what they are about; `assert` and `end` make rules of `lock`, and `sleeps` of a lock of `sleeps` */
	struct model_rule *rules[MODEL_STATEMENTS];
	uint32_t nsources; /* calls of model_read() */
	uint64_t *about; /* by key[0] < nabout: bit by statement, modulo 64: it may have such a rule */
	uint32_t nabout;
};

/* Frees the rules; `m` is then an empty model. */
void model_free(struct linux_model *m);

/* The rule of `s` with this key, or NULL; counts no hit. */
const struct model_rule *model_find(const struct linux_model *m, enum model_statement s,
				    const uint32_t key[MODEL_KEY]);
/*
 * Adds a rule that stands at `file`:`line`, for the reader of model files.  It replaces one with the
 * same key; the caller fills in what it says.
 */
struct model_rule *model_add(struct linux_model *m, enum model_statement s,
			     const uint32_t key[MODEL_KEY], const char *file, uint32_t line);

/*
 * Look-ups.  A `func` is a plain function name, a `record` the name of a record, both without
 * "@file".  What they return points into the model.  Each counts a hit of the rule it finds.
 */

/* Does a statement that lists names have this one? */
bool model_has(const struct linux_model *m, enum model_statement s, str name);
/* Does any statement begin with this name?  No hit is counted. */
bool model_mentions(const struct linux_model *m, str func);
/* Does a statement that lists members have this one? */
bool model_has_field(const struct linux_model *m, enum model_statement s, str record, str field);
/* The same of the member that the label of an entry point names: "urb.complete". */
bool model_has_label(const struct linux_model *m, enum model_statement s, str label);
/* Does the name end in one of the suffixes of the statement, and is it longer? */
bool model_has_suffix(const struct linux_model *m, enum model_statement s, str name);
/* Does the statement have the name of the file, without its path, or of a directory that it is in? */
bool model_has_path(const struct linux_model *m, enum model_statement s, const char *file);
/* Does the statement have the pair of names, in any order? */
bool model_has_pair(const struct linux_model *m, enum model_statement s, str a, str b);
/* Does the statement have a pair that begins with this name?  Counts no hit. */
bool model_begins_pair(const struct linux_model *m, enum model_statement s, str name);
/* Does the statement have a pair with this name?  Counts no hit. */
bool model_in_pair(const struct linux_model *m, enum model_statement s, str name);
/* What the statement pairs with the name, as its second or (`second`) as its first; 0: nothing. */
str model_paired(const struct linux_model *m, enum model_statement s, str name, bool second);
/* Is it a rule for the callback of what is started, which does not run at the same time as itself?  False for NULL. */
bool rule_is_of_activity(const struct entry_rule *r);
/* N of "FUNC... arg=N", from 0, or -1. */
int model_argument(const struct linux_model *m, enum model_statement s, str func);
/* N of "FUNC... bit=N", or 0. */
int model_bit(const struct linux_model *m, enum model_statement s, str func);
/* WORD of "FUNC... context=WORD", or 0. */
str model_context(const struct linux_model *m, enum model_statement s, str func);
/* The same of "PREFIX... context=WORD", for the last prefix that the name begins with, or 0. */
str model_prefix_context(const struct linux_model *m, enum model_statement s, str name);
/* The effect of the function on a lock, or NULL if the model has none. */
const struct lock_api *model_lock(const struct linux_model *m, str func);
/* The rule for the function pointer record.field: its own, else that of record.`*`, or NULL. */
const struct entry_rule *model_slot(const struct linux_model *m, str record, str field);
/* The rule for a callback that is passed to `func` as argument `fn_arg` (from 0), or NULL. */
const struct entry_rule *model_registration(const struct linux_model *m, str func, int fn_arg);
/*
 * Does a call of the function `callee` (record 0), or through the slot record.callee, leave member
 * `field` of record `of` unchanged in objects that others can reach?
 */
bool model_keeps(const struct linux_model *m, str record, str callee, str of, str field);

/* Notes that the rule is used; threads look rules up at the same time. */
void model_use(struct model_rule *r);
/* The rules of a statement as read: `for (r = model_first(m, s); r; r = model_next(r))`. */
static inline struct model_rule *model_first(const struct linux_model *m, enum model_statement s)
{
	return m->rules[s];
}

static inline struct model_rule *model_next(const struct model_rule *r)
{
	return r->hh.next;
}

#endif
