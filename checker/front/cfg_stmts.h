/* SPDX-License-Identifier: GPL-2.0-only */
/* cfg_stmts.h - the kinds of statements that cfg_stmt() tells apart. */
#ifndef RACYBITS_FRONT_CFG_STMTS_H
#define RACYBITS_FRONT_CFG_STMTS_H

#include "bb.h"
#include "fn.h"

/* Where break and continue go, and the cases of a switch; fn.jump is the stack of them. */
struct jump {
	struct bb *to_break, *to_continue;
	struct live_guard *break_guards, *continue_guards; /* those that stay alive */
	struct bb *head;	/* of a switch: the block behind the cases so far; NULL: a loop */
	struct node *on;	/* of a switch: its controlling expression */
	bool followed;		/* each case tests the value of that */
	struct bb *other;	/* the default label, if there is one */
	bool constant, matched; /* the switch is on a constant, and a case has its value */
	long long value;	/* that constant, promoted */
	struct jump *prev;
};

/* cfg_loop.c */
/*
 * Enters a loop or switch: fills in `j` and puts it on the stack; leave it with f->jump =
 * j->prev.
 */
void cfg_push_jump(struct fn *f, struct jump *j, struct bb *to_break, struct bb *to_continue);
void cfg_while(struct fn *f, struct node *n);
void cfg_do(struct fn *f, struct node *n);
void cfg_for(struct fn *f, struct node *n);

/* cfg_switch.c */
void cfg_switch(struct fn *f, struct node *n);
void cfg_case(struct fn *f, struct node *n);
void cfg_default(struct fn *f, struct node *n);

/* cfg_jump.c */
/* Makes the blocks of all labels; before any statement. */
void cfg_find_labels(struct fn *f, struct node *n);
void cfg_label(struct fn *f, struct node *n);
void cfg_break_or_continue(struct fn *f, struct node *n);
void cfg_goto(struct fn *f, struct node *n);
void cfg_goto_any(struct fn *f, struct node *n);
void cfg_asm(struct fn *f, struct node *n);
/* Adds the edges of all gotos; after all statements. */
void cfg_finish_gotos(struct fn *f);

/* cfg_return.c */
void cfg_return(struct fn *f, struct node *n);

#endif
