/* SPDX-License-Identifier: GPL-2.0-only */
/* callee.h - what is known of a function that is called or named. */
#ifndef RACYBITS_FRONT_CALLEE_H
#define RACYBITS_FRONT_CALLEE_H

#include "error_pointer.h"
#include "front_state.h"

struct callee {
	CXCursor decl; /* the definition, if the tu has one */
	str key;       /* "name@file" of a static function, else the name */
	str name;
	bool noreturn;
	bool defined;		    /* in this tu */
	enum error_test error_test; /* of its parameter */
	bool integer_cast; /* returns its integer parameter as a pointer, as ERR_PTR() does */
	bool queued;	   /* its body will be extracted, or was; or its annotations are reported */
};

struct callee *callee_of(struct front *fr, CXCursor decl);
/*
 * The same for a function that a fact names: a header function is queued for extraction; the
 * annotations of one that is only declared are reported.
 */
struct callee *callee_use(struct front *fr, CXCursor decl);

#endif
