// SPDX-License-Identifier: GPL-2.0-only
/* cfg_switch.c - switch, case and default (C11 6.8.4.2): a chain of tests for equality. */
#include "branch_test.h"
#include "cfg.h"
#include "cfg_stmts.h"
#include "expr.h"
#include "node_const.h"

void cfg_switch(struct fn *f, struct node *n)
{
	struct bb *done = bb_new(f);
	struct jump j;

	expr_value(f, n->kids[0]);
	cfg_push_jump(f, &j, done, f->jump ? f->jump->to_continue : NULL);
	if (j.prev)
		j.continue_guards = j.prev->continue_guards;
	j.head = f->cur;
	j.constant = node_const(f, n->kids[0], &j.value);
	j.test = bb_new(f);
	if (j.constant || !branch_test_value(f, j.test, node_uncast(n->kids[0])))
		j.test = NULL;
	f->cur = bb_new(f);
	if (n->n > 1 && n->kids[1])
		cfg_stmt(f, n->kids[1]);
	f->jump = j.prev;
	bb_goto(f, done, done);
	if (j.other && j.test)
		bb_edge(f, j.head, j.other);
	else if (!j.other && !(j.constant && j.matched))
		bb_edge(f, j.head, done);
}

static struct jump *enclosing_switch(struct fn *f)
{
	struct jump *j = f->jump;

	while (j && !j->head)
		j = j->prev;
	return j;
}

static bool case_matches(struct fn *f, const struct node *n, long long value)
{
	long long first, last;

	if (!node_const(f, n->kids[0], &first))
		return true;
	if (n->n < 3 || !node_const(f, n->kids[1], &last))
		last = first;
	return value >= first && value <= last;
}

/* Adds `if (value == this case) goto bb;` behind the cases so far. */
static void test_case(struct fn *f, struct node *n, struct jump *j, struct bb *bb)
{
	struct bb *tail = j->head;
	long long value;

	bb_edge(f, tail, bb);
	if (!j->test)
		return;
	if (n->n == 2 && node_const(f, n->kids[0], &value)) {
		tail->test = j->test->test;
		tail->test.kind = TEST_EQUAL;
		tail->test.value = str_printf("%lld", value);
	}
	j->head = bb_new(f);
	bb_edge(f, tail, j->head);
}

void cfg_case(struct fn *f, struct node *n)
{
	struct jump *j = enclosing_switch(f);
	struct bb *bb = bb_new(f);

	bb_goto(f, bb, bb);
	if (j && (!j->constant || case_matches(f, n, j->value))) {
		j->matched = true;
		test_case(f, n, j, bb);
	}
	if (n->n > 1 && n->kids[n->n - 1])
		cfg_stmt(f, n->kids[n->n - 1]);
}

/*
 * In a switch on a constant the default counts only if no case before it matched; if one behind it
 * does, which is rare, both are taken.
 */
void cfg_default(struct fn *f, struct node *n)
{
	struct jump *j = enclosing_switch(f);
	struct bb *bb = bb_new(f);

	bb_goto(f, bb, bb);
	if (j) {
		j->other = bb;
		if (j->test)
			bb->live = true; /* its edge is added behind all cases */
		else if (!j->constant || !j->matched)
			bb_edge(f, j->head, bb);
	}
	if (n->n)
		cfg_stmt(f, n->kids[0]);
}
