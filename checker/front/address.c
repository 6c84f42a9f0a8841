// SPDX-License-Identifier: GPL-2.0-only
/* address.c - values that lead to an object: pointers, and integers that were made of them. */
#include "address.h"
#include "fn.h"
#include "type.h"

static bool in_value(struct node *n);

static bool is_word(CXType t)
{
	return type_integer(t).bits == 64;
}

static bool is_pointer(CXType t)
{
	return type_is_pointer(t) || type_is_array(t);
}

static bool in_variable(struct var *v)
{
	bool found = v->kind == VAR_PARAM && v->type.kind == CXType_ULong;
	size_t i;

	if (v->in_address)
		return false; /* defined by itself, as in v += 4 */
	v->in_address = true;
	for (i = 0; i < v->ndefs && !found; i++)
		found = in_value(v->defs[i]);
	v->in_address = false;
	return found;
}

static bool in_integer(struct node *n)
{
	switch (n->kind) {
	case NODE_CAST:
		return in_value(n->kids[0]);
	case NODE_REF:
		return n->var && n->var->kind != VAR_STATIC && in_variable(n->var);
	case NODE_BINARY:
		switch (n->op) {
		case CXBinaryOperator_Add:
		case CXBinaryOperator_And:
		case CXBinaryOperator_Or:
			return in_value(n->kids[0]) || in_value(n->kids[1]);
		case CXBinaryOperator_Sub: /* the difference of two addresses is none */
			return in_value(n->kids[0]) && !in_value(n->kids[1]);
		default:
			return false;
		}
	case NODE_COND:
		return in_value(n->kids[1]) || in_value(n->kids[2]);
	case NODE_ELVIS:
		return in_value(n->kids[0]) || in_value(n->kids[1]);
	case NODE_COMMA:
	case NODE_ASSIGN:
		return in_value(n->kids[1]);
	case NODE_STMTEXPR:
		n = node_last(n);
		return n && in_value(n);
	default:
		return false;
	}
}

static bool in_value(struct node *n)
{
	if (is_pointer(n->type))
		return true;
	return is_word(n->type) && in_integer(n);
}

bool address_in(struct node *n)
{
	return in_value(n);
}

static enum CXVisitorResult look_for_address(CXCursor field, CXClientData data)
{
	bool *found = data;

	*found = address_fits(clang_getCursorType(field));
	return *found ? CXVisit_Break : CXVisit_Continue;
}

bool address_fits(CXType type)
{
	bool found = false;

	type = type_element(type);
	if (type_is_record(type))
		clang_Type_visitFields(type, look_for_address, &found);
	else
		found = type_is_pointer(type) || is_word(type);
	return found;
}
