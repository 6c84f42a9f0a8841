/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lower.h - a program as instructions: each is one step of the interpreter.
 *
 * A store to a bitfield is two of them, OP_READ and OP_WRITE: what it modifies in between is known
 * to its own thread alone.
 */
#ifndef INTERLEAVE_LOWER_H
#define INTERLEAVE_LOWER_H

#include "ast.h"

enum op {
	OP_READ,     /* the unit of the node's field, into the thread */
	OP_WRITE,    /* ... back, with the field's new value */
	OP_FILL,     /* all of one unit, without reading it */
	OP_FLAG,     /* a flag = value */
	OP_BRANCH,   /* to `target` if the condition is false */
	OP_JUMP,     /* to `target` */
	OP_CALL,     /* the node's function */
	OP_CALL_OPS, /* the function in the object's table */
	OP_SET_OPS,
	OP_RETURN,
	OP_LOCK,
	OP_UNLOCK,
	OP_TRY,	    /* to `target` if the lock is not free */
	OP_ALIAS,   /* variable `var` = p */
	OP_RESTORE, /* p = o */
	OP_STEP,    /* p = p->peer, if there is one */
	OP_PEER,    /* q = p->peer; to `target` if there is none */
	OP_FIRST,   /* q = first of the list; to `target` if there is none */
	OP_NEXT,    /* q = next of the list; back to `target` if there is one */
	OP_LIFE,    /* the node's own action */
	OP_END,	    /* of the function */
};

struct insn {
	uint8_t op;
	uint8_t var;  /* whose lock is taken or dropped, or which is assigned */
	uint8_t unit; /* OP_FILL */
	uint16_t node;
	uint16_t target; /* index of an instruction */
	uint16_t line;	 /* of the C text */
};

#define INSNS 1200

struct code {
	const struct program *p;
	uint16_t start[FUNCTIONS]; /* first instruction of each function */
	uint16_t ninsns;
	struct insn insns[INSNS];
};

/* Compiles all functions. The program must outlive the code. Dies if it is too long. */
void lower(struct code *c, const struct program *p);

#endif
