/* SPDX-License-Identifier: GPL-2.0-only */
/* set_up.h - members that only code which sets up or takes down objects assigns. */
#ifndef RACYBITS_SET_UP_H
#define RACYBITS_SET_UP_H

#include "link.h"

/* Makes and frees l->set_up.  After callgraph_build() and slots_collect(). */
void set_up_begin(struct link *l);
void set_up_end(struct link *l);
/* Makes l remember its own answers; set_up_forget() frees them. */
void set_up_remember(struct link *l);
void set_up_forget(struct link *l);
/*
 * Is the member record.field (a key, a name) assigned only by functions that are entered in phase setup
 * or teardown alone, as the constructor of a target, so that an object in use keeps its value?
 * Assignments through a pointer to the member itself are not seen: a reason for a doubt, no proof.
 */
bool only_set_up_assigns(const struct link *l, str record, str field);

#endif
