/* SPDX-License-Identifier: GPL-2.0-only */
/* access.h - events of reading and writing. */
#ifndef RACYBITS_FRONT_ACCESS_H
#define RACYBITS_FRONT_ACCESS_H

#include "fn.h"

/* A read of a NODE_MEMBER. */
void access_read(struct fn *f, struct node *n);
/* A write to the lvalue `to`; `value` is what is stored, NULL for a read-modify-write. */
void access_write(struct fn *f, struct node *to, struct node *value);
/*
 * EV_STORE if `value` is an address (address.h) of an object: it is stored in the member `field` of `obj`,
 * or somewhere in it (0).
 */
void access_store(struct fn *f, const struct path *obj, str field, struct node *value, CXCursor at);
/*
 * The same for each address that an object `obj` of a record type gets from `value`: an initialiser, or
 * another object.
 */
void access_store_record(struct fn *f, const struct path *obj, CXType type, struct node *value,
			 CXCursor at);
/* A variable gets a value that is no call's result; returns NULL if nobody asks for that event. */
struct event *access_set(struct fn *f, struct var *v, CXCursor at);

#endif
