// SPDX-License-Identifier: GPL-2.0-only
/* cfg_loop.c - loops (C11 6.8.5). */
#include "branch.h"
#include "cfg.h"
#include "cfg_stmts.h"
#include "scope.h"

void cfg_push_jump(struct fn *f, struct jump *j, struct bb *to_break, struct bb *to_continue)
{
	memset(j, 0, sizeof(*j));
	j->to_break = to_break;
	j->to_continue = to_continue;
	j->break_guards = j->continue_guards = f->guards;
	j->prev = f->jump;
	f->jump = j;
}

void cfg_while(struct fn *f, struct node *n)
{
	struct bb *head = bb_new(f), *body = bb_new(f), *done = bb_new(f);
	struct jump j;

	head->live = n->targets; /* a label inside may be the only way to it */
	bb_goto(f, head, head);
	branch_on(f, n->kids[0], body, done);
	f->cur = body;
	cfg_push_jump(f, &j, done, head);
	cfg_stmt(f, n->kids[1]);
	f->jump = j.prev;
	bb_goto(f, head, done);
}

void cfg_do(struct fn *f, struct node *n)
{
	struct bb *body = bb_new(f), *test = bb_new(f), *done = bb_new(f);
	struct jump j;

	body->live = n->targets;
	bb_goto(f, body, body);
	cfg_push_jump(f, &j, done, test);
	cfg_stmt(f, n->kids[0]);
	f->jump = j.prev;
	bb_goto(f, test, test);
	branch_on(f, n->kids[1], body, done);
	f->cur = done;
}

void cfg_for(struct fn *f, struct node *n)
{
	struct bb *head = bb_new(f), *body = bb_new(f), *next = bb_new(f);
	struct live_guard *guards = f->guards;
	struct bb *done = bb_new(f);
	struct jump j;

	if (n->kids[0])
		cfg_stmt(f, n->kids[0]);
	head->live = n->targets;
	bb_goto(f, head, head);
	if (n->kids[1])
		branch_on(f, n->kids[1], body, done);
	else
		bb_edge(f, head, body);
	f->cur = body;
	cfg_push_jump(f, &j, done, next);
	if (n->kids[3])
		cfg_stmt(f, n->kids[3]);
	bb_goto(f, next, next);
	if (n->kids[2])
		cfg_stmt(f, n->kids[2]);
	f->jump = j.prev;
	bb_goto(f, head, done);
	scope_end(f, guards, n->at);
	f->guards = guards;
}
