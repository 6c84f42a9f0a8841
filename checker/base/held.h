/* SPDX-License-Identifier: GPL-2.0-only */
/* held.h - the part of the data model that says what is held at a write, as it is judged and shown. */
#ifndef RACYBITS_HELD_H
#define RACYBITS_HELD_H

#include "record.h"

/* How a lock lies to the object written. */
enum lock_relation {
	REL_GLOBAL, /* a global lock */
	REL_SELF,   /* in the object written, or around it, at `rel` */
	REL_VIA,    /* reached from the object written through pointers, by `rel` */
	REL_OTHER,  /* of another instance of the record written */
	REL_FORMER, /* of an object that cannot be named any more, see ROOT_FORMER, an element whose
		      * index varies, or of one CPU: the same lock as no other */
	REL_UNKNOWN, /* matched by name alone */
};

struct held { /* a lock */
	str name;
	uint32_t mode;
	uint32_t relation; /* enum lock_relation */
	uint32_t rel;	   /* SELF, VIA: number of the path from the object to the lock; GLOBAL: of
				 * the lock, 0 if it is reached through a pointer; else 0 */
	bool in_frame;	   /* its path is known in the function that writes */
	bool spins;	   /* at a write in a context that interrupts tasks */
	str owned; /* the lock that a task was found to own: `name` is what an interrupt has of it then, which does
		    * not exclude that task; 0: none was found */
	str element; /* "[1]", "[1][0]": the elements of arrays in one piece of memory that its path leads
			* to last, by constants; 0: none, or an index that varies */
	str whose; /* of a pseudo-lock: the member whose device it is, "hub.hdev"; 0: not known */
};

/* Are they two elements of arrays of locks?  Those are two locks, whatever leads to them. */
static inline bool held_elements_differ(const struct held *a, const struct held *b)
{
	return a->element && b->element && a->element != b->element;
}

/* The name of the lock, whatever is held of it. */
static inline str held_lock(const struct held *h)
{
	return h->owned ? h->owned : h->name;
}

/* Was one of them found to be owned by a task, which may be the one that holds the other? */
static inline bool held_owned_apart(const struct held *a, const struct held *b)
{
	return (a->owned && !b->owned && !b->spins) || (b->owned && !a->owned && !a->spins);
}

struct activity { /* of the object written: see struct lock */
	str name;
	uint32_t rel; /* number of the path from the object to it */
	bool ended;   /* it does not run here; else it is its callback that writes */
	bool again;   /* ended: others may have started it since then */
};

#endif
