/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linuxmodel.h - what is true of Linux and not in its code, read from model files.
 *
 * A model file has one statement a line, words separated by blanks, comments
 * from `#` on.  Lists of names are separated by blanks or commas:
 *
 *   lock MODE ACQ[,ACQ...] / REL[,REL...] [arg=N[.MEMBER]] [name=NAME] [ok=nonzero|zero]
 *   assert MODE FUNC[,FUNC...] [arg=N[.MEMBER]] [name=NAME]
 *   locktype RECORD...
 *   slot RECORD.FIELD phase=PHASE context=WORD [owner=N|none] [holds=H[,H...]]
 *   register FUNC fn=N[.MEMBER] phase=PHASE context=WORD [owner=N|none] [holds=H[,H...]]
 *   alloc FUNC...
 *   publish FUNC... arg=N
 *   setup FUNC... arg=N
 *   teardown FUNC... arg=N
 *   write FUNC... arg=N
 *   getter FUNC... arg=N
 *   creates FUNC... arg=N
 *   unregistered FUNC...
 *   free FUNC... arg=N
 *   owned RECORD.FIELD...
 *   lookup FUNC...
 *   traverse RECORD.FIELD...
 *   noreturn FUNC...
 *   layoutassert MACRO...
 *   wiretype TYPE...
 *   handed RECORD...
 *   shared RECORD...
 *   claim KIND [NAME] PHRASE
 *   entry PREFIX... context=WORD
 *   runs FUNC... context=WORD
 *   guarderr SUFFIX...
 *   own FUNC...
 *   stopped FUNC... arg=N
 *   interrupt CONTEXT...
 *   sleeps FUNC...
 *   opaque FUNC...
 *   keeps RECORD.FIELD FUNC|SLOT...
 *   ordered CONTEXT...
 *   frozen CONTEXT CONTEXT...
 *
 * MODE is exclusive or shared; PHASE is setup, runtime or teardown; H is self or
 * NAME[(N)][:shared|:maybe].  A `-` stands for an empty ACQ or REL list.  Arguments
 * count from 0, which is also the default of arg= and owner=; `name=` without
 * `arg=` is one lock for the whole system.  FIELD `*` stands for the function
 * pointers of the record that no other line names.  KIND of a claim is lock, held, setup,
 * accept, protects, all, below or called; only the last has a NAME, of a lock.
 */
#ifndef RACYBITS_LINUXMODEL_H
#define RACYBITS_LINUXMODEL_H

#include "base/util.h"

struct lock_api {
	str func;
	bool acquire; /* else releases */
	bool assert;  /* held, else the kernel would warn: lockdep_assert_held() */
	enum lock_mode mode;
	enum lock_result result;
	int arg;    /* the lock, or -1: a global lock */
	str member; /* the lock is of this member of the argument, 0: of all of it */
	str name;   /* of a pseudo-lock ("pm", "rtnl"), or 0: the argument's path */
};

struct held_lock { /* "holds=" of a slot or registration */
	str name;  /* "pm", "rtnl" or "inode.i_rwsem" */
	int arg;   /* object it belongs to, or -1 */
	enum lock_mode mode;
	bool self;  /* a callback that does not run against itself */
	bool maybe; /* taken for some objects, not for all */
};

#define HELD_MAX 4

struct entry_rule {    /* a slot or a registration call */
	str record;    /* record name of the slot, 0 for a registration */
	str name;      /* member name, or function called to register */
	int fn_arg;    /* registration: argument that is the callback */
	str fn_member; /* the callback is this member of what the argument points to, or 0 */
	int owner;     /* argument whose object the phase is about, or -1 */
	enum phase phase;
	str context; /* "syscall", "work", "timer", "hardirq", "pm" ... */
	uint32_t nheld;
	struct held_lock held[HELD_MAX];
};

struct claim_phrase {  /* words of a comment, see claim_parse.h */
	str text;      /* "a|b" are alternatives, "*" is a few words */
	uint32_t kind; /* enum claim_kind */
	str lock;      /* CLAIM_CALLED: its name */
};

struct named_entry { /* functions that begin so are entered from outside */
	str prefix;
	str context;
};

struct named_arg { /* a function and one of its arguments */
	str name;
	int arg;
};

struct named_field {
	str record, field;
};

struct keeper { /* a callee, by its name or by its slot, that does not change a member */
	struct named_field callee; /* record 0: a function */
	struct named_field member;
};

struct linux_model {
	struct lock_api *locks;
	size_t nlocks;
	struct entry_rule *entries;
	size_t nentries;
	struct named_arg *allocs;
	size_t nallocs; /* result is a fresh object */
	struct named_arg *publishers;
	size_t npublishers; /* arg becomes visible to others */
	struct named_arg *setups, *teardowns;
	size_t nsetups, nteardowns; /* arg is being set up, or taken down, by the function */
	struct named_arg *writers;
	size_t nwriters; /* arg's record is written whole */
	struct named_arg *getters;
	size_t ngetters;   /* result is the arg's private data */
	str *unregistered; /* what they allocate is for its driver alone until it is registered */
	size_t nunregistered;
	struct named_arg *creators;
	size_t ncreators; /* arg is the address of a pointer to what they make */
	struct named_arg *frees;
	size_t nfrees; /* arg's memory is given back */
	struct named_field *owned;
	size_t nowned; /* points to an object whose life is that of its holder */
	struct named_arg *lookups;
	size_t nlookups; /* result is another instance */
	struct named_field *traversals;
	size_t ntraversals; /* leads to another instance */
	str *lock_types;
	size_t nlock_types; /* records that are locks */
	str *noreturns;
	size_t nnoreturns;
	str *layout_asserts;
	size_t nlayout_asserts; /* checked when the kernel is built */
	str *wire_types;
	size_t nwire_types; /* numbers of a given byte order */
	struct claim_phrase *phrases;
	size_t nphrases;
	str *owns;
	size_t nowns; /* functions whose result is the running task's own */
	str *sleepers;
	size_t nsleepers; /* functions that wait: not called where nothing may sleep */
	str *opaque;
	size_t nopaque; /* functions that are not followed */
	struct keeper *keepers;
	size_t nkeepers;
	struct named_arg *stopped;
	size_t nstopped; /* arg is a task that does not run meanwhile */
	str *ordered;
	size_t nordered; /* contexts in which one object's calls follow one another */
	str *interrupts;
	size_t ninterrupts; /* contexts that a task is interrupted by */
	struct named_field *runs;
	size_t nruns; /* what function `record` calls runs in context `field` */
	struct named_entry *named_entries;
	size_t nnamed_entries; /* functions that assembler calls */
	str *guard_errors;
	size_t nguard_errors; /* ends of functions that ask a guard for its error */
	str *handed;
	size_t nhanded; /* records that one context at a time has */
	struct named_field *frozen;
	size_t nfrozen; /* while context `record` runs, `field` does not */
	str *shared;
	size_t nshared; /* records that only objects known to several contexts have in them */
};

/*
 * Adds the statements of the file `path` to `m` (all zero at first).  What a
 * later statement or file says of the same function, slot or callback argument
 * replaces what was said before.  Dies with "FILE:LINE: expected ..., found ..."
 * on a syntax error, and when the file cannot be read.
 */
void linuxmodel_read(struct linux_model *m, const char *path);

/* Frees what was read; `m` is as new. */
void linuxmodel_free(struct linux_model *m);

/*
 * Lookups, logarithmic in the size of the model.  A `func` is a plain function
 * name, a `record` the name of a record without "@file".  Pointers are into the
 * model and NULL when it has nothing to say; an argument is -1 then.
 */
const struct lock_api *linuxmodel_lock(const struct linux_model *m, str func);
/* The rule for the function pointer record.field: its own, else that of record.`*`. */
const struct entry_rule *linuxmodel_slot(const struct linux_model *m, str record, str field);
/* The rule for a callback that is passed as argument `fn_arg` (from 0) of `func`. */
const struct entry_rule *linuxmodel_registration(const struct linux_model *m, str func, int fn_arg);
bool linuxmodel_is_alloc(const struct linux_model *m, str func);
/* The argument whose object the function sets up (or takes down) for its caller. */
int linuxmodel_setup_arg(const struct linux_model *m, str func);
int linuxmodel_teardown_arg(const struct linux_model *m, str func);
/* The argument that is a task which stands still while the function runs. */
int linuxmodel_stopped_arg(const struct linux_model *m, str func);
int linuxmodel_publish_arg(const struct linux_model *m, str func);
int linuxmodel_writer_arg(const struct linux_model *m, str func);
int linuxmodel_getter_arg(const struct linux_model *m, str func);
bool linuxmodel_is_unregistered(const struct linux_model *m, str func);
int linuxmodel_creator_arg(const struct linux_model *m, str func);
/* The argument whose memory the function gives back. */
int linuxmodel_free_arg(const struct linux_model *m, str func);
/* Does the member point to an object that is set up and taken down with the record it is in? */
bool linuxmodel_is_owned(const struct linux_model *m, str record, str field);
bool linuxmodel_is_lookup(const struct linux_model *m, str func);
bool linuxmodel_is_traversal(const struct linux_model *m, str record, str field);
bool linuxmodel_is_handed(const struct linux_model *m, str record);
bool linuxmodel_is_shared(const struct linux_model *m, str record);
/* Do tasks of one of the two contexts stand still while the other runs? */
bool linuxmodel_is_frozen(const struct linux_model *m, str a, str b);
/* Is there such a rule for the context at all? */
bool linuxmodel_freezes(const struct linux_model *m, str context);
bool linuxmodel_is_lock_type(const struct linux_model *m, str record);
bool linuxmodel_is_noreturn(const struct linux_model *m, str func);
/* The context in which the function runs, whoever calls it; or 0. */
str linuxmodel_runs_in(const struct linux_model *m, str func);
/* The context of a function that is entered from outside, by its name; or 0. */
str linuxmodel_entry_context(const struct linux_model *m, str func);
/* Is the result an object of the task that runs? */
bool linuxmodel_is_own(const struct linux_model *m, str func);
/* Does the function sleep, so that nothing calls it where the context interrupts tasks? */
bool linuxmodel_sleeps(const struct linux_model *m, str func);
/* Is what the function does inside nobody else's business? */
bool linuxmodel_is_opaque(const struct linux_model *m, str func);
/* Does a call of the function (record 0), or through the slot, leave this member of objects that others know as it is? */
bool linuxmodel_keeps(const struct linux_model *m, str record, str callee, str of, str field);
/* Do the calls made for one object in this context mostly follow one another? */
bool linuxmodel_is_ordered(const struct linux_model *m, str context);
/* Does the context interrupt tasks? */
bool linuxmodel_interrupts(const struct linux_model *m, str context);
/* Is it the function of a guard class that is not zero if the guard does not hold its lock? */
bool linuxmodel_is_guard_error(const struct linux_model *m, str func);

#endif
