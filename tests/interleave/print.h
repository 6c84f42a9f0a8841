/* SPDX-License-Identifier: GPL-2.0-only */
/* print.h - writes a program as C. */
#ifndef INTERLEAVE_PRINT_H
#define INTERLEAVE_PRINT_H

#include <stdio.h>

#include "ast.h"

#define REGIONS 12

/* A stretch of code with a lock held, while it is written. */
struct region {
	uint16_t node;	 /* that took the lock */
	uint8_t flavour; /* of a spinlock: as spin_flavour of the program */
};

struct printer {
	FILE *out;
	unsigned int line; /* the next one, from 1 */
	struct program *p;
	const struct function *fn;
	struct region regions[REGIONS];
	unsigned int nregions;
};

/* The headers that a file of programs begins with. */
void print_headers(struct printer *pr);
/* Writes one program, and notes in its nodes and functions where they stand. */
void print_program(struct printer *pr, struct program *p);

/* --- between the files of the printer */

/* A line, indented by tabs; counted. */
__attribute__((format(printf, 3, 4))) void put(struct printer *pr, unsigned int depth,
					       const char *fmt, ...);
void print_block(struct printer *pr, uint16_t first, unsigned int depth);
/* A node that takes or drops a lock, with what is in it. */
void print_locks_of(struct printer *pr, uint16_t node, unsigned int depth);
/* The unlocks before a return. */
void print_leave_all(struct printer *pr, unsigned int depth);
/* Statements that begin or end the life of an object, or start and stop something for it. */
void print_life(struct printer *pr, const struct node *n, unsigned int depth);
/* The record, its locks' wrappers and global variables. */
void print_records(struct printer *pr);
void print_tables(struct printer *pr);
/* "&p->m0" for lock `lock` of variable `var`. */
const char *print_lock_name(struct printer *pr, unsigned int lock, const char *var);
/* "struct mutex" */
const char *lock_type(unsigned int kind);
/* "return 0;", as it fits the function. */
const char *return_text(const struct function *fn);
/* As the condition of an if, without the outer parentheses. */
const char *cond_text(struct printer *pr, const struct cond *c);
char field_name(unsigned int field);
const char *flag_name(unsigned int flag);
const char *var_name(unsigned int var);

#endif
