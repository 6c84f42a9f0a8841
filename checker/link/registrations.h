/* SPDX-License-Identifier: GPL-2.0-only */
/* registrations.h - which function registers a global object that has callbacks. */
#ifndef RACYBITS_REGISTRATIONS_H
#define RACYBITS_REGISTRATIONS_H

#include "slots.h"

struct entry_rule;

/*
 * Makes l->registrations: the global objects that are passed to a registration call of the model
 * which is about a callback in the object.  Needs only the facts.
 */
void registrations_collect(struct link *l);
/* Calls `each` for every registered object and rule, in the order in which they were found. */
typedef void registration_fn(void *ctx, str object, const struct entry_rule *rule);
void registrations_each(const struct link *l, registration_fn *each, void *ctx);
void registrations_free(struct link *l);
/*
 * How a function in a slot is called: by the rule for the registration of its object, else for
 * the slot; NULL: there is none.  One notifier block may be called under RTNL and another one
 * not, by the function they were registered with.
 */
const struct entry_rule *registrations_rule(const struct link *l, const struct stored *s);

#endif
