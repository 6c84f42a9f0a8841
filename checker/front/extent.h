/* SPDX-License-Identifier: GPL-2.0-only */
/* extent.h - which bytes of a record a pointer points to, through casts and pointer arithmetic. */
#ifndef RACYBITS_FRONT_EXTENT_H
#define RACYBITS_FRONT_EXTENT_H

#include "fn.h"

/* A position in the outermost record that an expression shows. */
struct extent {
	struct record_decl *rec;
	struct path obj;    /* the record object */
	long long from;	    /* offset in bytes */
	bool known;	    /* `from` is; else it may be anywhere in the record */
	bool reinterpreted; /* by a cast to another type, or by arithmetic */
};

/* Finds what a pointer points to; false: it shows no record that has bitfields. */
bool extent_of_pointer(struct fn *f, struct node *n, struct extent *e);
/* The same for an lvalue. */
bool extent_of_lvalue(struct fn *f, struct node *n, struct extent *e);
/*
 * Calls back for every named bitfield of which the `bytes` from the extent on have a part: the record
 * object that it is a member of, and its name.
 */
void extent_bitfields(struct fn *f, const struct extent *e, long long bytes,
		      void (*use)(void *ctx, const struct path *obj, str field), void *ctx);
/* The value of an expression for a number of bytes, which may be a difference of two addresses in one
 * object; false: it is no constant. */
bool extent_bytes(struct fn *f, struct node *n, long long *bytes);

#endif
