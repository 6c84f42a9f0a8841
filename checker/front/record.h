/* SPDX-License-Identifier: GPL-2.0-only */
/* record.h - records and their members as access paths name them. */
#ifndef RACYBITS_FRONT_RECORD_H
#define RACYBITS_FRONT_RECORD_H

#include "front_state.h"

struct record;

/* A struct or union of the tu. */
struct record_decl {
	CXCursor decl;
	str key;      /* "tag@file"; an opaque one's tag alone */
	bool opaque;  /* not defined in this tu */
	bool touched; /* a fact of this tu names it */
	enum { BITS_UNKNOWN, BITS_NONE, BITS_SOME, BITS_SEARCHING } bits; /* record_has_bits() */
	bool overlays;		  /* a member of it shares bits with a bitfield of it */
	struct record *record;	  /* the fact, once record_layout.c filled it in */
	struct record_decl *next; /* in the order met */
};

/* A member as access paths see it: anonymous records around it are looked through. */
struct member_decl {
	struct record_decl *rec; /* the named record it belongs to */
	str name;		 /* 0: an anonymous struct or union */
	bool bitfield;
	uint32_t width; /* of a bitfield, in bits */
	CXType type;	/* canonical */
};

/*
 * Returns the named record that a record declaration is, or is an anonymous part of; marks it
 * touched.
 */
struct record_decl *record_of(struct front *fr, CXCursor decl);
/* The record that a type, or an array of it, is; NULL: it is none. */
struct record_decl *record_of_type(struct front *fr, CXType type);
/* The key of that record; 0: the type is no record. */
str record_key(struct front *fr, CXType type);
/* The key of the record that a pointer type points to, or an array has; 0: none. */
str record_pointee_key(struct front *fr, CXType type);
const struct member_decl *record_member(struct front *fr, CXCursor field);
/* Has it named bitfields, or embeds it a record that has? */
bool record_has_bits(struct front *fr, struct record_decl *r);
/* Finds a member by name, also in anonymous members; false: there is none. */
bool record_find(CXType record, const char *name, size_t n, CXCursor *field);

#endif
