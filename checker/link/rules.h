/* SPDX-License-Identifier: GPL-2.0-only */
/* rules.h - look up the calls, slots and paths of the program in the model. */
#ifndef RACYBITS_RULES_H
#define RACYBITS_RULES_H

#include "kernel/linuxmodel.h"
#include "link.h"

/* How functions in the slot record.field are called (`record` is a key); NULL: no rule. */
const struct entry_rule *rule_of_slot(const struct link *l, str record, str field);
/*
 * The same for the slot that a call goes through; NULL for a call that goes through none, or is one of
 * a function that is only called (called_works.h).
 */
const struct entry_rule *rule_of_call(const struct link *l, const struct call *c);
/*
 * Does the rule make its functions entry points?  Calls through the slot are not followed then:
 * the rule says more than the callers that are seen (the VFS, the driver core ...).  False for
 * NULL, and for a rule that only adds to what the callers show.
 */
bool rule_is_entry(const struct entry_rule *r);
/* Does such a rule apply to the callback that is argument `arg` of the call? */
bool argument_is_entry(const struct link *l, const struct call *c, uint32_t arg);

/* Does the statement list the function that the call names?  False for an indirect call. */
bool call_has(const struct link *l, const struct call *c, enum model_statement s);
/*
 * The argument that the statement gives for that function; -1 if it gives none, or the call has
 * fewer arguments.
 */
int call_argument(const struct link *l, const struct call *c, enum model_statement s);

/*
 * The argument that points to a record which the call writes whole, as memset() does; NULL if
 * there is none, or the record has no bitfields.
 */
const struct path *call_overwrites(const struct link *l, const struct function *fn, uint32_t call);
/*
 * The next bitfield that the call of fn overwrites without the record around it, from row *at of fn->parts
 * on; NULL: no more.
 */
const struct part_write *call_overwrites_part(const struct link *l, const struct function *fn,
					      uint32_t call, uint32_t *at);

/* Does the step lead to another instance of a record, as a step along a list or a tree does? */
bool step_traverses(const struct link *l, const struct step *s);
/* Does any step of the path? */
bool path_traverses(const struct link *l, const struct path *p);

#endif
