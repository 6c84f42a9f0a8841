/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_owner.h - which object a lock belongs to that only the model names: pm, device_lock. */
#ifndef RACYBITS_LOCK_OWNER_H
#define RACYBITS_LOCK_OWNER_H

#include "link.h"

/*
 * The member of record `key` that such a lock of an object of that record belongs to, by `lockowner`
 * statements; NULL: there is none, or the lock is the object's own.
 */
const struct field *lock_owner_member(const struct link *l, str lock, str key);
/* Takes the path of an object on to that member. */
void lock_owner_find(const struct link *l, str lock, struct path *object);
/*
 * Has the object `obj` a lock of its own that is called `lock`, and is the one at the end of the path
 * another's: one that nothing but pointers leads to?  (Private data of a device leads back to it.)
 */
bool lock_owner_is_other(const struct link *l, const struct path *obj, const struct path *lock);

#endif
