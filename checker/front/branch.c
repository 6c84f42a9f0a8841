// SPDX-License-Identifier: GPL-2.0-only
/* branch.c - conditions: evaluates an expression and branches on it. */
#include "branch.h"
#include "branch_test.h"
#include "call.h"
#include "expr.h"
#include "node_const.h"
#include "scope.h"
#include "stmt_expr.h"

/* Ends the block with a test for not zero, or for negative, of `n`, which was just evaluated. */
static void end_with_test(struct fn *f, struct node *n, enum test_kind test, struct bb *yes,
			  struct bb *no)
{
	struct bb *bb = f->cur;
	struct node *(*strip)(struct node *) = test == TEST_NONZERO ? node_same_zero :
								      node_same_value;
	struct node *tested;

	tested = n = strip(n);
	if (n->kind == NODE_ASSIGN) {
		tested = n->kids[0];
		n = strip(n->kids[1]);
	}
	if (n->kind == NODE_CALL && n->call != NONE)
		bb->test.call = n->call;
	if (branch_test_value(f, bb, tested) || bb->test.call != NONE)
		bb->test.kind = test;
	bb_edge(f, bb, yes);
	bb_edge(f, bb, no);
}

/* Branches on x == 2, x == y, x & 4 or 1 << x & 4, which was just evaluated. */
static void branch_number(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct bb *bb = f->cur;
	struct node *x = n->kids[0], *shift = branch_test_shift(f, node_uncast(x));
	struct integer type = integer_common(node_integer(x), node_integer(n->kids[1]));
	bool mask = n->op == CXBinaryOperator_And;
	long long value;

	if (!branch_test_same(f, bb, n) && node_const(f, n->kids[1], &value)) {
		value = integer_convert(type, value);
		if (mask && shift)
			branch_test_number(f, bb, shift, TEST_SHIFT, node_integer(shift), value);
		else
			branch_test_number(f, bb, x, mask ? TEST_MASK : TEST_EQUAL, type, value);
	}
	if (n->op == CXBinaryOperator_NE) {
		bb_edge(f, bb, no);
		bb_edge(f, bb, yes);
	} else {
		bb_edge(f, bb, yes);
		bb_edge(f, bb, no);
	}
}

/* Branches on x < 0. */
static void branch_negative(struct fn *f, struct node *x, struct bb *yes, struct bb *no)
{
	expr_value(f, x);
	end_with_test(f, x, TEST_NEGATIVE, yes, no);
}

/* Branches on x > 0, in two steps. */
static void branch_positive(struct fn *f, struct node *x, bool is_signed, struct bb *yes,
			    struct bb *no)
{
	struct bb *mid = is_signed ? bb_new(f) : NULL;

	expr_value(f, x);
	if (mid) {
		end_with_test(f, x, TEST_NEGATIVE, no, mid);
		f->cur = mid;
	}
	end_with_test(f, x, TEST_NONZERO, yes, no);
}

/* Is it a value that tests are followed of? */
static bool is_followed(struct node *x)
{
	x = node_uncast(x);
	return x->kind == NODE_REF || x->kind == NODE_MEMBER || x->kind == NODE_CALL ||
	       x->kind == NODE_ASSIGN || x->kind == NODE_DEREF;
}

/* The operator that gives the same result when the operands change sides; others: themselves. */
static enum CXBinaryOperatorKind mirrored(enum CXBinaryOperatorKind op)
{
	switch (op) {
	case CXBinaryOperator_LT:
		return CXBinaryOperator_GT;
	case CXBinaryOperator_GT:
		return CXBinaryOperator_LT;
	case CXBinaryOperator_LE:
		return CXBinaryOperator_GE;
	case CXBinaryOperator_GE:
		return CXBinaryOperator_LE;
	default:
		return op;
	}
}

/* `0 < x` as `x > 0`: a constant operand of a comparison goes to the right. */
static struct node *constant_last(struct fn *f, struct node *n)
{
	struct node *out;
	long long value;

	if (n->op < CXBinaryOperator_LT || n->op > CXBinaryOperator_NE ||
	    !node_const(f, n->kids[0], &value) || node_const(f, n->kids[1], &value))
		return n;
	out = node_new(f, NODE_BINARY, n->at);
	out->type = n->type;
	out->op = mirrored(n->op);
	node_reserve(f, out, 2);
	out->kids[out->n++] = n->kids[1];
	out->kids[out->n++] = n->kids[0];
	return out;
}

/*
 * Branches on a comparison with zero, or with the integer next to it that asks the same: x == 0,
 * x != 0, x < 0, x >= 1 ...
 */
static bool branch_compare(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct node *x = n->kids[0];
	struct integer type = integer_common(node_integer(x), node_integer(n->kids[1]));
	enum CXBinaryOperatorKind op = n->op;
	long long with;

	if (!node_const(f, n->kids[1], &with))
		return false;
	if (!with && (op == CXBinaryOperator_EQ || op == CXBinaryOperator_NE)) {
		branch_on(f, x, op == CXBinaryOperator_EQ ? no : yes,
			  op == CXBinaryOperator_EQ ? yes : no);
		return true;
	}
	if (!is_followed(x))
		return false;
	if ((op == CXBinaryOperator_GT && !with) || (op == CXBinaryOperator_GE && with == 1))
		branch_positive(f, x, type.is_signed, yes, no);
	else if ((op == CXBinaryOperator_LE && !with) || (op == CXBinaryOperator_LT && with == 1))
		branch_positive(f, x, type.is_signed, no, yes);
	else if (type.is_signed && op == CXBinaryOperator_LT && !with)
		branch_negative(f, x, yes, no);
	else if (type.is_signed && ((op == CXBinaryOperator_GE && !with) ||
				    (op == CXBinaryOperator_GT && with == -1)))
		branch_negative(f, x, no, yes);
	else
		return false;
	return true;
}

/* Guards of the statement expression end on both ways out of it. */
static void branch_stmts(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct bb *to[2] = { yes, no }, *out[2] = { yes, no };
	struct stmt_expr open;
	struct node *last = stmt_expr_open(f, n, &open);
	struct live_guard *guards = f->guards;
	int i;

	if (guards != open.guards) {
		out[0] = bb_new(f);
		out[1] = bb_new(f);
	}
	if (last)
		branch_on(f, last, out[0], out[1]);
	for (i = 0; i < 2 && guards != open.guards; i++) {
		f->guards = guards;
		f->cur = out[i];
		scope_end(f, open.guards, n->at);
		bb_edge(f, f->cur, to[i]);
	}
	f->guards = open.guards;
	f->race_ok -= open.race_ok;
}

static void branch_cond(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct bb *a = bb_new(f), *b = bb_new(f);

	branch_on(f, n->kids[0], a, b);
	f->cur = a;
	branch_on(f, n->kids[1], yes, no);
	f->cur = b;
	branch_on(f, n->kids[2], yes, no);
}

static void branch_logic(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct bb *mid = bb_new(f);

	if (n->kind == NODE_AND)
		branch_on(f, n->kids[0], mid, no);
	else
		branch_on(f, n->kids[0], yes, mid);
	f->cur = mid;
	branch_on(f, n->kids[1], yes, no);
}

/* Branches on IS_ERR(p) or IS_ERR_OR_NULL(p) as on a test of p itself; false: it is neither. */
static bool branch_error(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct callee *target = n->n == 2 ? call_target(f, n) : NULL;
	struct bb *mid;

	if (!target || !target->error_test)
		return false;
	expr_value(f, n);
	if (target->error_test == TESTS_NULL_OR_ERROR) {
		mid = bb_new(f);
		end_with_test(f, n->kids[1], TEST_NONZERO, mid, yes);
		f->cur = mid;
	}
	end_with_test(f, n->kids[1], TEST_NEGATIVE, yes, no);
	return true;
}

void branch_on(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	long long value;

	if (node_const(f, n, &value)) {
		bb_edge(f, f->cur, value ? yes : no);
		return;
	}
	switch (n->kind) {
	case NODE_NOT:
		branch_on(f, n->kids[0], no, yes);
		return;
	case NODE_CAST:
		if (node_same_zero(n) == n)
			break;
		branch_on(f, n->kids[0], yes, no);
		return;
	case NODE_CALL:
		if (branch_error(f, n, yes, no))
			return;
		break;
	case NODE_COMMA:
		expr_value(f, n->kids[0]);
		branch_on(f, n->kids[1], yes, no);
		return;
	case NODE_AND:
	case NODE_OR:
	case NODE_ELVIS: /* a ?: b is true when a || b is */
		branch_logic(f, n, yes, no);
		return;
	case NODE_COND:
		branch_cond(f, n, yes, no);
		return;
	case NODE_STMTEXPR:
		branch_stmts(f, n, yes, no);
		return;
	case NODE_BINARY:
		n = constant_last(f, n);
		if (branch_compare(f, n, yes, no))
			return;
		if (n->op == CXBinaryOperator_EQ || n->op == CXBinaryOperator_NE ||
		    n->op == CXBinaryOperator_And) {
			expr_value(f, n);
			branch_number(f, n, yes, no);
			return;
		}
		break;
	default:
		break;
	}
	expr_value(f, n);
	end_with_test(f, n, TEST_NONZERO, yes, no);
}
