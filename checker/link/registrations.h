/* SPDX-License-Identifier: GPL-2.0-only */
/* registrations.h - objects with callbacks, by the function they are registered with. */
#ifndef RACYBITS_REGISTRATIONS_H
#define RACYBITS_REGISTRATIONS_H

#include "slots.h"

/* Finds the global objects that are registered by calls the model knows.  Needs only the facts. */
void registrations_collect(struct link *l);
void registrations_free(struct link *l);
/* The rule for a stored callback: that of its object's registration, else of its slot; or NULL. */
const struct entry_rule *registrations_rule(const struct link *l, const struct stored *s);

#endif
