/* SPDX-License-Identifier: GPL-2.0-only */
/* rules.h - what the model says of the calls, slots and paths of the program. */
#ifndef RACYBITS_RULES_H
#define RACYBITS_RULES_H

#include "link.h"

/* The rule for the slot record.field (`record` is a key), or NULL. */
const struct entry_rule *rule_of_slot(const struct link *l, str record, str field);
/* The rule for the slot that a call goes through; NULL for other calls. */
const struct entry_rule *rule_of_call(const struct link *l, const struct call *c);
/*
 * Does the rule make its functions entry points, whoever else calls them?  A rule whose context
 * is "caller" only says which locks the callers hold.  `r` may be NULL.
 */
bool rule_is_entry(const struct entry_rule *r);
/* Has the model such a rule for the callback that is argument `arg` of the call? */
bool argument_is_entry(const struct link *l, const struct call *c, uint32_t arg);

typedef int model_arg_fn(const struct linux_model *m, str func);
/* The argument of the call that the model names (linuxmodel_*_arg), or -1 if it has none. */
int model_arg(const struct link *l, const struct call *c, model_arg_fn *which);

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
