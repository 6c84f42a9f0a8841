/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * activity.h - activities: works, timers, interrupts, what runs a callback by itself.
 *
 * A lockset has an activity as it has a lock, see struct lock.  Its path is that of the work or timer; its
 * name is that of the member that this is, by which starts of it are found.
 */
#ifndef RACYBITS_ACTIVITY_H
#define RACYBITS_ACTIVITY_H

#include "link.h"

/* The activity that is the object `path`. */
struct lock activity_of_path(const struct link *l, uint32_t mode, const struct path *path);
/*
 * The same for argument `arg` (a path in the frame of the function at hand) of a function of the model;
 * `name`: what of the object it is, or 0.
 */
struct lock activity_of_argument(const struct link *l, uint32_t mode, const struct path *arg,
				 str name);
/* The key of the record that the activity is a member of, by its path; 0: it is not known. */
str activity_record(const struct link *l, const struct path *path);
/* Is no member known that it is? */
bool activity_is_any(const struct lock *a);
/* The name of the activity, by way of the object `obj` around it if it has none: of the member that it is. */
str activity_name_in(const struct link *l, const struct lock *a, const struct path *obj);
/* Is a shared activity, one that was ended and may be started again, in the set? */
bool any_ended(const struct lockset *s);

/* An order of writes by the activities that hold or were ended at them; 0: the same ones. */
int activities_compare(const struct write *a, const struct write *b);

#endif
