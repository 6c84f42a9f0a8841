/* SPDX-License-Identifier: GPL-2.0-only */
/* restarts.h - may an activity (a work, a timer) that was ended have been started again? */
#ifndef RACYBITS_RESTARTS_H
#define RACYBITS_RESTARTS_H

#include "lock_relation.h"

/* Makes l->restarts.  After escape_summarise(). */
void restarts_find(struct link *l);
void restarts_free(struct link *l);
/* May activities of that name be started where their address is not followed? */
bool restarts_unseen(const struct link *l, str name);

/*
 * May others have started the activity `a` since it was ended?  `held`, in the frame of f as `a` is,
 * is what is held now, in that kind of context.  Not if all who start it hold a lock that was held here
 * all the time, or run in what was ended before.  After contexts_explore().
 */
bool may_be_started(struct link *l, str context, uint32_t f, struct path_numbers *paths,
		    const struct lock *a, const struct lockset *held);

#endif
