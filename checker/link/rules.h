/* SPDX-License-Identifier: GPL-2.0-only */
/* rules.h - what the model says of the calls, slots and paths of the program. */
#ifndef RACYBITS_RULES_H
#define RACYBITS_RULES_H

#include "kernel/linuxmodel.h"
#include "link.h"

/* The rule for the slot record.field (`record` is a key), or NULL. */
const struct entry_rule *rule_of_slot(const struct link *l, str record, str field);
/* The rule for the slot that a call goes through; NULL for other calls. */
const struct entry_rule *rule_of_call(const struct link *l, const struct call *c);
/*
 * Does the rule make its functions entry points, whoever else calls them?  If not, it only says
 * which locks their callers hold.  `r` may be NULL.
 */
bool rule_is_entry(const struct entry_rule *r);
/* Has the model such a rule for the callback that is argument `arg` of the call? */
bool argument_is_entry(const struct link *l, const struct call *c, uint32_t arg);

/* Does the statement list the function that the call names?  False for an indirect call. */
bool call_has(const struct link *l, const struct call *c, enum model_statement s);
/* The argument that the statement gives for that function, or -1 if it gives none or the call has fewer. */
int call_argument(const struct link *l, const struct call *c, enum model_statement s);

/*
 * The argument whose whole record the call writes (memset() and the like, by the model);
 * NULL if there is none or its record has no bitfields.
 */
const struct path *call_overwrites(const struct link *l, const struct call *c);

/* Does the step lead to another instance of the record (a list, a tree ...)? */
bool step_traverses(const struct link *l, const struct step *s);
/* Does any step of the path? */
bool path_traverses(const struct link *l, const struct path *p);

#endif
