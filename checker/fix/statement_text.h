/* SPDX-License-Identifier: GPL-2.0-only */
/* statement_text.h - the text of a statement and the lines that it is on. */
#ifndef RACYBITS_FIX_STATEMENT_TEXT_H
#define RACYBITS_FIX_STATEMENT_TEXT_H

#include "base/util.h"

/* A statement; all positions are offsets into the text of the file. */
struct statement_text {
	size_t from, to;	     /* from its first character to behind its `;` */
	size_t lines_from, lines_to; /* the whole lines it is on, with a comment behind it */
	size_t header; /* of a store that is all that an if or a loop does: the end of that; else 0 */
};

/*
 * Finds the statement that assigns to the member whose name is at `at`; *object is then the range of the
 * expression in front of its `.` or `->`.  False: it is none on lines of its own, or belongs to an else.
 */
bool statement_of_store(struct statement_text *st, const char *text, size_t at, size_t object[2]);
/* The same of the statement that is the call, of a function or a macro, whose name is at `at`. */
bool statement_of_call(struct statement_text *st, const char *text, size_t at);
/* A cleanup guard as it is spelled: guard(CLASS)(LOCK), scoped_guard(CLASS, LOCK), CLASS(CLASS, var)(LOCK). */
struct guard_text {
	str class;
	str lock;	 /* its argument, "&p->lock" */
	size_t from, to; /* of all of it, without what follows */
};

/* Finds the guard whose macro is at `at`; false: it is not spelled so. */
bool guard_of_call(struct guard_text *g, const char *text, size_t at);
/* Is there between two offsets of a text nothing that opens or closes a block, and no directive? */
bool text_is_straight(const char *text, size_t from, size_t to);

#endif
