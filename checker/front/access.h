/* SPDX-License-Identifier: GPL-2.0-only */
/* access.h - events of reading and writing. */
#ifndef RACYBITS_FRONT_ACCESS_H
#define RACYBITS_FRONT_ACCESS_H

#include "fn.h"

/* A read of a NODE_MEMBER. */
void access_read(struct fn *f, struct node *n);
/* A write to the lvalue `to`; `value` is what is stored, NULL for a read-modify-write. */
void access_write(struct fn *f, struct node *to, struct node *value);
/* A variable gets a value that is no call's result; returns NULL if nobody asks for that event. */
struct event *access_set(struct fn *f, struct var *v, CXCursor at);

#endif
