/* SPDX-License-Identifier: GPL-2.0-only */
/* point_states.h - keeps the states of points that are alike once: there are half a million points, and few states. */
#ifndef RACYBITS_POINT_STATES_H
#define RACYBITS_POINT_STATES_H

#include "lockset.h"

/* Makes and frees l->point_states, which the function below needs. */
void point_states_begin(struct link *l);
void point_states_end(struct link *l);
/* Gives a copy of the link, for another thread, states of its own if `l` has any; and frees them. */
void point_states_share(struct link *copy);
void point_states_unshare(struct link *copy);
/* Returns a state that has the same bytes as `s`, in the arena of the link. */
const struct point_state *point_state_keep(struct link *l, const struct point_state *s);

#endif
