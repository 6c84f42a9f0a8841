// SPDX-License-Identifier: GPL-2.0-only
/* cfg_switch.c - switch, case and default (C11 6.8.4.2): a chain of tests for equality. */
#include "branch_test.h"
#include "cfg.h"
#include "cfg_stmts.h"
#include "expr.h"
#include "fold.h"
#include "node_const.h"

/* The type that the value and the constants of the cases are converted to (C11 6.8.4.2). */
static struct integer promoted(const struct node *n)
{
	return integer_promote(node_integer(n));
}

void cfg_switch(struct fn *f, struct node *n)
{
	struct bb *done = bb_new(f), trial = { .test = NO_TEST };
	struct jump j;

	expr_value(f, n->kids[0]);
	cfg_push_jump(f, &j, done, f->jump ? f->jump->to_continue : NULL);
	if (j.prev)
		j.continue_guards = j.prev->continue_guards;
	j.head = f->cur;
	j.on = n->kids[0];
	j.constant = node_const(f, j.on, &j.value);
	j.followed = !j.constant &&
		     branch_test_number(f, &trial, j.on, TEST_EQUAL, promoted(j.on), 0);
	f->cur = bb_new(f);
	if (n->n > 1 && n->kids[1])
		cfg_stmt(f, n->kids[1]);
	f->jump = j.prev;
	bb_goto(f, done, done);
	if (j.other && j.followed)
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

static bool case_matches(struct fn *f, const struct node *n, const struct jump *j)
{
	struct integer t = promoted(j->on);
	long long first, last, ge, le;

	if (!node_const(f, n->kids[0], &first))
		return true;
	if (n->n < 3 || !node_const(f, n->kids[1], &last))
		last = first;
	return fold_binary(CXBinaryOperator_GE, t, j->value, integer_convert(t, first), &ge) &&
	       fold_binary(CXBinaryOperator_LE, t, j->value, integer_convert(t, last), &le) && ge &&
	       le;
}

/* Adds `if (value == this case) goto bb;` behind the cases so far. */
static void test_case(struct fn *f, struct node *n, struct jump *j, struct bb *bb)
{
	struct bb *tail = j->head;
	long long value;

	bb_edge(f, tail, bb);
	if (!j->followed)
		return;
	if (n->n == 2 && node_const(f, n->kids[0], &value))
		branch_test_number(f, tail, j->on, TEST_EQUAL, promoted(j->on),
				   integer_convert(promoted(j->on), value));
	j->head = bb_new(f);
	bb_edge(f, tail, j->head);
}

void cfg_case(struct fn *f, struct node *n)
{
	struct jump *j = enclosing_switch(f);
	struct bb *bb = bb_new(f);

	bb_goto(f, bb, bb);
	if (j && (!j->constant || case_matches(f, n, j))) {
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
		if (j->followed)
			bb->live = true; /* its edge is added behind all cases */
		else if (!j->constant || !j->matched)
			bb_edge(f, j->head, bb);
	}
	if (n->n)
		cfg_stmt(f, n->kids[0]);
}
