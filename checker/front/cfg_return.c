// SPDX-License-Identifier: GPL-2.0-only
/* cfg_return.c - return statements, and what callers can tell from the result. */
#include "branch.h"
#include "branch_test.h"
#include "call.h"
#include "cfg_stmts.h"
#include "expr.h"
#include "node_const.h"
#include "path_expr.h"
#include "scope.h"
#include "type.h"
#include "value_range.h"
#include "versions.h"

static void end_return(struct fn *f, enum return_kind kind, uint32_t index, CXCursor at)
{
	scope_end(f, NULL, at);
	f->cur->return_kind = kind;
	f->cur->return_index = index;
	f->cur = bb_new(f);
}

static void return_value(struct fn *f, struct node *n, CXCursor at)
{
	struct bb bb = { .test = NO_TEST };

	if (n->kind == NODE_CALL && n->call != NONE)
		end_return(f, RETURN_CALL, n->call, at);
	else if (branch_test_value(f, &bb, n) && bb.test.local != NONE)
		end_return(f, RETURN_LOCAL, bb.test.local, at);
	else
		end_return(f, RETURN_NONE, 0, at);
}

static void return_constant(struct fn *f, long long value, CXCursor at)
{
	end_return(f,
		   value < 0  ? RETURN_NEGATIVE :
		   value == 0 ? RETURN_ZERO :
		   value == 1 ? RETURN_ONE :
				RETURN_MORE,
		   0, at);
}

/* The integer that ERR_PTR() makes a pointer of, else the expression itself. */
static struct node *error_of(struct fn *f, struct node *n)
{
	struct callee *target = n->kind == NODE_CALL && n->n == 2 ? call_target(f, n) : NULL;

	return target && target->integer_cast ? n->kids[1] : n;
}

/* Callers test a returned pointer for null, and for an error. */
static void return_pointer(struct fn *f, struct node *n, CXCursor at)
{
	struct node *error;
	long long value;

	expr_value(f, n);
	if (!bb_is_dead(f->cur)) {
		*vec_add(f->returns, f->nreturns, f->returns_cap) = path_value(f, n);
		versions_return(f, (uint32_t)f->nreturns - 1, at);
	}
	error = error_of(f, node_same_zero(n));
	if (node_const(f, error, &value))
		return_constant(f, value, at);
	else
		return_value(f, node_same_zero(error), at);
}

/* Is the value 1 or 0 by a condition? */
static bool is_decision(const struct node *n)
{
	return n->kind == NODE_NOT || n->kind == NODE_AND || n->kind == NODE_OR ||
	       (n->kind == NODE_BINARY && n->op >= CXBinaryOperator_LT &&
		n->op <= CXBinaryOperator_NE);
}

/* Callers test an integer result: branch on it here, so that each path knows its own. */
static void return_integer(struct fn *f, struct node *n, CXCursor at)
{
	struct bb *yes, *no;
	long long value;
	bool as_bool;

	if (node_const(f, n, &value)) {
		return_constant(f, value, at);
		return;
	}
	as_bool = type_integer(clang_getCanonicalType(clang_getCursorResultType(f->decl))).is_bool;
	n = node_same_zero(n);
	if (n->kind == NODE_COND || is_decision(n) || (as_bool && !node_integer(n).is_bool)) {
		yes = bb_new(f);
		no = bb_new(f);
		branch_on(f, n->kind == NODE_COND ? n->kids[0] : n, yes, no);
		f->cur = yes;
		if (n->kind == NODE_COND)
			return_integer(f, n->kids[1], at);
		else
			end_return(f, RETURN_ONE, 0, at);
		f->cur = no;
		if (n->kind == NODE_COND)
			return_integer(f, n->kids[2], at);
		else
			end_return(f, RETURN_ZERO, 0, at);
	} else {
		expr_value(f, n);
		return_value(f, n, at);
	}
}

void cfg_return(struct fn *f, struct node *n)
{
	CXType result = clang_getCanonicalType(clang_getCursorResultType(f->decl));

	if (n->n && !type_is_pointer(result) && !type_is_record(result)) {
		if (f->results && type_integer(result).bits)
			value_set_add(f, f->results, n->kids[0]);
		return_integer(f, n->kids[0], n->at);
		return;
	}
	if (n->n && type_is_pointer(result)) {
		return_pointer(f, n->kids[0], n->at);
		return;
	}
	if (n->n)
		expr_value(f, n->kids[0]);
	end_return(f, RETURN_NONE, 0, n->at);
}
