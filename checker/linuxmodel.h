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
 *   lookup FUNC...
 *   traverse RECORD.FIELD...
 *   noreturn FUNC...
 *   layoutassert MACRO...
 *   wiretype TYPE...
 *   handed RECORD...
 *   shared RECORD...
 *   claim KIND [NAME] PHRASE
 *   entry PREFIX... context=WORD
 *   guarderr SUFFIX...
 *   own FUNC...
 *   interrupt CONTEXT...
 *   frozen CONTEXT CONTEXT...
 *
 * MODE is exclusive or shared; PHASE is setup, runtime or teardown; H is self or
 * NAME[(N)][:shared].  A `-` stands for an empty ACQ or REL list.  Arguments
 * count from 0, which is also the default of arg= and owner=; `name=` without
 * `arg=` is one lock for the whole system.  FIELD `*` stands for the function
 * pointers of the record that no other line names.  KIND of a claim is lock, held, setup,
 * accept, protects, all, below or called; only the last has a NAME, of a lock.
 */
#ifndef RACYBITS_LINUXMODEL_H
#define RACYBITS_LINUXMODEL_H

#include "util.h"

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
int linuxmodel_publish_arg(const struct linux_model *m, str func);
int linuxmodel_writer_arg(const struct linux_model *m, str func);
int linuxmodel_getter_arg(const struct linux_model *m, str func);
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
/* The context of a function that is entered from outside, by its name; or 0. */
str linuxmodel_entry_context(const struct linux_model *m, str func);
/* Is the result an object of the task that runs? */
bool linuxmodel_is_own(const struct linux_model *m, str func);
/* Does the context interrupt tasks? */
bool linuxmodel_interrupts(const struct linux_model *m, str context);
/* Is it the function of a guard class that is not zero if the guard does not hold its lock? */
bool linuxmodel_is_guard_error(const struct linux_model *m, str func);

#endif
