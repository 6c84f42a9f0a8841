// SPDX-License-Identifier: GPL-2.0-only
/* node_const.c - constant values of expressions. */
#include "node_build.h"
#include "fold.h"
#include "node_const.h"
#include "type.h"
#include "var.h"

bool node_is_null(struct fn *f, const struct node *n)
{
	long long value;

	return node_const(f, n, &value);
}

/* A const variable with an initialiser: the optimiser of a compiler folds it. */
static bool const_variable(struct fn *f, const struct node *n, long long *value)
{
	CXCursor decl = clang_getCursorReferenced(n->at), init;
	struct node *v;

	if (clang_getCursorKind(decl) != CXCursor_VarDecl ||
	    !clang_isConstQualifiedType(clang_getCursorType(decl)) ||
	    clang_isVolatileQualifiedType(clang_getCursorType(decl)))
		return false;
	init = clang_Cursor_getVarDeclInitializer(decl);
	if (clang_Cursor_isNull(init))
		return false;
	v = node_build(f, init);
	return v && v->kind != NODE_REF && node_const(f, v, value);
}

/*
 * A variable of the function that has the value of its initialiser throughout: nothing else that is
 * compiled stores to it.
 */
static bool single_value(struct fn *f, const struct node *n, long long *value)
{
	struct var *v = n->var;
	bool found;

	if (v->kind != VAR_LOCAL || v->ndefs != 1 || v->addressed || v->unknown || v->cleanup ||
	    v->in_const || type_is_pointer(v->type) || !type_integer(v->type).bits ||
	    clang_isVolatileQualifiedType(v->type) ||
	    clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(v->decl)))
		return false;
	v->in_const = true; /* it may be initialised by itself */
	found = node_const(f, v->defs[0], value);
	v->in_const = false;
	return found;
}

/* && and ||: one operand may decide alone (C11 6.5.13, 6.5.14). */
static bool const_logic(struct fn *f, const struct node *n, long long *value)
{
	bool is_or = n->kind == NODE_OR;
	long long a, b;

	if (!node_const(f, n->kids[0], &a))
		return false;
	if (!a == is_or) {
		if (!node_const(f, n->kids[1], &b))
			return false;
		a = b;
	}
	*value = a != 0;
	return true;
}

static bool const_unary(struct fn *f, const struct node *n, long long *value)
{
	long long a;

	if (!node_const(f, n->kids[0], &a))
		return false;
	if (n->kind == NODE_NOT)
		*value = !a;
	else if (n->op == CXUnaryOperator_Minus)
		*value = (long long)(0 - (unsigned long long)a);
	else if (n->op == CXUnaryOperator_Not)
		*value = ~a;
	else
		*value = a;
	return n->kind == NODE_NOT || n->op <= CXUnaryOperator_Not;
}

/* Is it arithmetic on a pointer to something larger than a byte, which C11 6.5.6 scales? */
static bool is_scaled(const struct node *n)
{
	uint32_t i;

	for (i = 0; i < 2; i++)
		if (type_is_pointer(n->kids[i]->type) && n->op < CXBinaryOperator_Cmp &&
		    clang_Type_getSizeOf(clang_getPointeeType(n->kids[i]->type)) != 1)
			return true;
	return false;
}

static bool const_binary(struct fn *f, const struct node *n, long long *value)
{
	struct integer a_type = node_integer(n->kids[0]), b_type = node_integer(n->kids[1]), t;
	bool shift = n->op == CXBinaryOperator_Shl || n->op == CXBinaryOperator_Shr;
	long long a, b;

	if (!node_const(f, n->kids[0], &a) || !node_const(f, n->kids[1], &b))
		return false;
	t = shift ? integer_promote(a_type) : integer_common(a_type, b_type);
	if (is_scaled(n) ||
	    !fold_binary(n->op, t, integer_convert(t, a), shift ? b : integer_convert(t, b), value))
		return node_evaluate(n->at, value);
	return true;
}

static bool evaluate(struct fn *f, const struct node *n, long long *value)
{
	long long a;

	switch (n->kind) {
	case NODE_CONST:
		*value = n->value;
		return true;
	case NODE_EVAL:
	case NODE_OFFSETOF:
		return node_evaluate(n->at, value);
	case NODE_REF:
		return n->var ? single_value(f, n, value) : const_variable(f, n, value);
	case NODE_CAST:
		return node_const(f, n->kids[0], value);
	case NODE_NOT:
	case NODE_UNARY:
		return const_unary(f, n, value);
	case NODE_AND:
	case NODE_OR:
		return const_logic(f, n, value);
	case NODE_COND:
		return node_const(f, n->kids[0], &a) && node_const(f, n->kids[a ? 1 : 2], value);
	case NODE_BINARY:
		return const_binary(f, n, value);
	default:
		return false;
	}
}

bool node_const(struct fn *f, const struct node *n, long long *value)
{
	if (!evaluate(f, n, value))
		return false;
	*value = integer_convert(node_integer(n), *value);
	return true;
}
