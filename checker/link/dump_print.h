/* SPDX-License-Identifier: GPL-2.0-only */
/* dump_print.h - how the dumps of all passes print functions, calls and locks. */
#ifndef RACYBITS_DUMP_PRINT_H
#define RACYBITS_DUMP_PRINT_H

#include "link.h"

struct dump {
	FILE *f;
	const struct link *l;
	uint32_t *functions; /* indexes of all functions, in the order in which they are printed */
	uint32_t *copies;    /* by function: 1 for the first copy of a function; 0: the original */
};

/* The function's key, and the number of the copy. */
void dump_function(const struct dump *d, uint32_t f);
/* A list of functions behind ": ", or " -" if there are none; ends the line. */
void dump_functions(const struct dump *d, const uint32_t *functions, size_t n);
/* "call 2 mutex_lock", "call 3 foo_ops.set", "call 4 arg1", "call 5 *PATH" */
void dump_call(const struct dump *d, uint32_t f, uint32_t call);
/* "foo.lock exclusive at arg0->lock" in the frame of f; without a path if it is not known. */
void dump_lock(const struct dump *d, uint32_t f, const struct lock *lock, uint32_t mode);
/* "file:line" */
void dump_loc(const struct dump *d, const struct loc *loc);

#endif
