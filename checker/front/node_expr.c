// SPDX-License-Identifier: GPL-2.0-only
/* node_expr.c - rewrites expressions of libclang's syntax tree into nodes. */
#include "fn.h"
#include "layout_use.h"
#include "node_build.h"
#include "node_const.h"
#include "node_generic.h"
#include "source.h"
#include "type.h"

void node_take(struct fn *f, struct node *n, size_t base, size_t count)
{
	size_t i;

	node_reserve(f, n, count);
	for (i = 0; i < count; i++) {
		struct node *kid = node_build(f, f->fr->kids[base + i]);

		if (kid)
			n->kids[n->n++] = kid;
	}
}

struct node *node_fixed(struct fn *f, enum node_kind kind, CXCursor c, size_t base, size_t count)
{
	struct node *n = node_new(f, kind, c);
	size_t i;

	n->n = (uint32_t)count;
	node_reserve(f, n, count);
	for (i = 0; i < count; i++)
		n->kids[i] = node_build(f, f->fr->kids[base + i]);
	return n;
}

/* A node with exactly `want` kids; those of a typeof in the type come first and are left out. */
static struct node *complete(struct fn *f, enum node_kind kind, CXCursor c, size_t base,
			     size_t count, size_t want)
{
	struct node *n;
	size_t i;

	if (count < want)
		return node_new(f, NODE_OTHER, c);
	/* Operands of typeof in a type come first. */
	n = node_fixed(f, kind, c, base + count - want, want);
	for (i = 0; i < want; i++)
		if (!n->kids[i])
			n->kids[i] = node_new(f, NODE_OTHER, c);
	return n;
}

static struct node *other(struct fn *f, CXCursor c, size_t base, size_t count)
{
	struct node *n = node_new(f, NODE_OTHER, c);

	node_take(f, n, base, count);
	return n;
}

static bool same_start(CXCursor a, CXCursor b)
{
	return clang_equalLocations(clang_getRangeStart(clang_getCursorExtent(a)),
				    clang_getRangeStart(clang_getCursorExtent(b)));
}

static struct node *constant(struct fn *f, CXCursor c, long long value)
{
	struct node *n = node_new(f, NODE_CONST, c);

	n->value = value;
	return n;
}

/*
 * libclang has one kind for all of these: implicit casts and constants (which begin where their
 * operand does), `a ?: b` (it visits a three times), offsetof, __builtin_choose_expr(),
 * __builtin_types_compatible_p(), va_arg and atomics.
 */
static struct node *build_unexposed(struct fn *f, CXCursor c, size_t base, size_t count)
{
	struct front *fr = f->fr;
	CXCursor *kids = fr->kids + base;
	long long value;
	struct node *n;
	size_t i;

	for (i = 0; i < count; i++)
		if (clang_getCursorKind(kids[i]) == CXCursor_MemberRef)
			return node_designated(f, NODE_OFFSETOF, c, base, count);
	if (count == 1 && same_start(c, kids[0]))
		return node_build(f, kids[0]);
	if (count == 4 && clang_equalCursors(kids[0], kids[1])) {
		n = node_new(f, NODE_ELVIS, c);
		n->n = 2;
		node_reserve(f, n, 2);
		n->kids[0] = node_build(f, kids[0]);
		n->kids[1] = node_build(f, fr->kids[base + 3]);
		return n->kids[0] && n->kids[1] ? n : NULL;
	}
	if (count == 3 && clang_isExpression(clang_getCursorKind(kids[0])) &&
	    (n = node_build(f, kids[0])) && node_const(f, n, &value))
		return node_build(f, fr->kids[base + (value ? 1 : 2)]);
	if (node_evaluate(c, &value))
		return constant(f, c, value);
	return other(f, c, base, count);
}

/* If it is not known which association is chosen, its value may be that of each of the right type. */
static struct node *build_generic(struct fn *f, CXCursor c, size_t base, size_t count)
{
	size_t chosen = generic_select(f, c, f->fr->kids + base, count), i;
	CXType type = clang_getCanonicalType(clang_getCursorType(c));
	struct node *n = NULL, *cond;

	if (chosen)
		return node_build(f, f->fr->kids[base + chosen]);
	for (i = 1; i < count; i++) {
		CXCursor at = f->fr->kids[base + i];
		struct node *kid;

		if (!clang_equalTypes(clang_getCanonicalType(clang_getCursorType(at)), type))
			continue;
		kid = node_build(f, at);
		if (!kid)
			continue;
		cond = node_new(f, NODE_COND, c);
		node_reserve(f, cond, 3);
		cond->kids[0] = node_new(f, NODE_OTHER, c);
		cond->kids[1] = kid;
		cond->kids[2] = n;
		cond->n = 3;
		n = n ? cond : kid;
	}
	return n;
}

static struct node *build_ref(struct fn *f, CXCursor c)
{
	CXCursor decl = clang_getCursorReferenced(c);
	struct node *n;

	if (clang_getCursorKind(decl) == CXCursor_EnumConstantDecl)
		return constant(f, c, clang_getEnumConstantDeclValue(decl));
	n = node_new(f, NODE_REF, c);
	n->var = var_find(f, decl);
	return n;
}

static struct node *build_binary(struct fn *f, CXCursor c, size_t base, size_t count)
{
	enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c);
	enum node_kind kind = NODE_BINARY;
	struct node *n, *to;

	if (op == CXBinaryOperator_LAnd)
		kind = NODE_AND;
	else if (op == CXBinaryOperator_LOr)
		kind = NODE_OR;
	else if (op == CXBinaryOperator_Comma)
		kind = NODE_COMMA;
	else if (op == CXBinaryOperator_Assign)
		kind = NODE_ASSIGN;
	else if (op > CXBinaryOperator_Assign && op < CXBinaryOperator_Comma)
		kind = NODE_UPDATE;
	n = complete(f, kind, c, base, count, 2);
	n->op = op;
	if (n->kind == NODE_ASSIGN) {
		to = n->kids[0];
		n->kids[1] = node_convert(f, n->kids[1], to->type,
					  to->kind == NODE_MEMBER ? to->member->width : 0);
	}
	return n;
}

/*
 * *&x is x, also with a cast between, as in READ_ONCE(): the same object.  Not if the cast makes it
 * larger or smaller.
 */
static struct node *build_deref(struct node *n)
{
	struct node *p = node_uncast(n->kids[0]), *x = p->kind == NODE_ADDR ? p->kids[0] : n;

	return clang_Type_getSizeOf(x->type) == clang_Type_getSizeOf(n->type) ? x : n;
}

static struct node *build_unary(struct fn *f, CXCursor c, size_t base, size_t count)
{
	enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(c);
	enum node_kind kind;
	struct node *n;

	switch (op) {
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
		kind = NODE_INCDEC;
		break;
	case CXUnaryOperator_AddrOf:
		kind = NODE_ADDR;
		break;
	case CXUnaryOperator_Deref:
		return build_deref(complete(f, NODE_DEREF, c, base, count, 1));
	case CXUnaryOperator_LNot:
		kind = NODE_NOT;
		break;
	case CXUnaryOperator_Extension:
		return count ? node_build(f, f->fr->kids[base]) : NULL;
	default:
		kind = NODE_UNARY;
	}
	n = complete(f, kind, c, base, count, 1);
	n->op = op;
	return n;
}

static struct node *build_member(struct fn *f, CXCursor c, size_t base, size_t count)
{
	CXCursor decl = clang_getCursorReferenced(c);
	struct node *n;

	if (clang_getCursorKind(decl) != CXCursor_FieldDecl)
		return other(f, c, base, count);
	n = complete(f, NODE_MEMBER, c, base, count, 1);
	if (n->kind == NODE_MEMBER)
		n->member = record_member(f->fr, decl);
	return n;
}

static struct node *build_cond(struct fn *f, CXCursor c, size_t base, size_t count)
{
	struct node *n = complete(f, NODE_COND, c, base, count, 3);
	uint32_t i;

	for (i = 1; i < n->n; i++)
		n->kids[i] = node_convert(f, n->kids[i], n->type, 0);
	return n;
}

static bool any_pointer(const struct node *n)
{
	uint32_t i;

	for (i = 1; i < n->n; i++)
		if (type_is_pointer(n->kids[i]->type) || type_is_array(n->kids[i]->type))
			return true;
	return false;
}

/* Compiler builtins that are no calls. */
static struct node *build_builtin(struct fn *f, struct node *n, const char *name)
{
	long long value;

	if (!strncmp(name, "expect", 6) || !strcmp(name, "assume_aligned"))
		return n->n > 1 ? n->kids[1] : n;
	if (!strcmp(name, "constant_p"))
		return constant(f, n->at, n->n > 1 && node_const(f, n->kids[1], &value));
	if (!strcmp(name, "unreachable") || !strcmp(name, "trap"))
		n->kind = NODE_UNREACHABLE;
	else if (strstr(name, "object_size"))
		return node_new(f, NODE_OTHER, n->at);
	else if (!any_pointer(n))
		n->kind = NODE_OTHER;
	return n;
}

/* C11 6.5.2.2: an argument is converted as if by assignment to the parameter. */
static struct node *convert_arguments(struct fn *f, struct node *call)
{
	CXType type = call->kids[0]->type;
	int n;

	if (type_is_pointer(type))
		type = clang_getCanonicalType(clang_getPointeeType(type));
	n = clang_getNumArgTypes(type);
	for (uint32_t i = 1; i < call->n && (int)i <= n; i++) {
		CXType to = clang_getCanonicalType(clang_getArgType(type, i - 1));

		call->kids[i] = node_convert(f, call->kids[i], to, 0);
	}
	return call;
}

static struct node *build_call(struct fn *f, CXCursor c, size_t base, size_t count)
{
	struct node *n = node_fixed(f, NODE_CALL, c, base, count), *callee;
	static const char prefix[] = "__builtin_";
	const char *name;
	uint32_t i;

	for (i = 0; i < n->n; i++)
		if (!n->kids[i])
			n->kids[i] = node_new(f, NODE_OTHER, c);
	if (!n->n)
		return node_new(f, NODE_OTHER, c);
	callee = n->kids[0];
	if (callee->kind != NODE_REF || callee->var)
		return convert_arguments(f, n);
	name = str_get(source_spelling(callee->at));
	if (strncmp(name, prefix, sizeof(prefix) - 1))
		return convert_arguments(f, n);
	return build_builtin(f, n, name + sizeof(prefix) - 1);
}

static struct node *build_expr(struct fn *f, CXCursor c, enum CXCursorKind kind)
{
	struct front *fr = f->fr;
	size_t count, base = node_push(fr, c, &count);
	struct node *n = NULL;

	switch (kind) {
	case CXCursor_ParenExpr:
		if (count)
			n = node_build(f, fr->kids[base + count - 1]);
		break;
	case CXCursor_UnexposedExpr:
		n = build_unexposed(f, c, base, count);
		break;
	case CXCursor_GenericSelectionExpr:
		n = build_generic(f, c, base, count);
		break;
	case CXCursor_MemberRefExpr:
		n = build_member(f, c, base, count);
		break;
	case CXCursor_CallExpr:
		n = build_call(f, c, base, count);
		break;
	case CXCursor_UnaryOperator:
		n = build_unary(f, c, base, count);
		break;
	case CXCursor_BinaryOperator:
	case CXCursor_CompoundAssignOperator:
		n = build_binary(f, c, base, count);
		break;
	case CXCursor_ConditionalOperator:
		n = build_cond(f, c, base, count);
		break;
	case CXCursor_CStyleCastExpr:
		n = complete(f, NODE_CAST, c, base, count, 1);
		break;
	case CXCursor_ArraySubscriptExpr:
		n = complete(f, NODE_INDEX, c, base, count, 2);
		break;
	case CXCursor_CompoundLiteralExpr:
		n = complete(f, NODE_LITERAL, c, base, count, 1);
		break;
	case CXCursor_InitListExpr:
		n = node_init(f, c, base, count);
		break;
	case CXCursor_StmtExpr:
		n = complete(f, NODE_STMTEXPR, c, base, count, 1);
		break;
	default:
		n = other(f, c, base, count);
	}
	fr->nkids = base;
	return n ? n : node_new(f, NODE_OTHER, c);
}

/* A static assertion does nothing, but may depend on a layout. */
static void build_assertion(struct fn *f, CXCursor c)
{
	size_t count, base = node_push(f->fr, c, &count);
	struct node *n = count ? node_build(f, f->fr->kids[base]) : NULL;

	if (n)
		layout_use_condition(f->fr, f->out.key, n);
	f->fr->nkids = base;
}

struct node *node_build(struct fn *f, CXCursor c)
{
	enum CXCursorKind kind = clang_getCursorKind(c);

	switch (kind) {
	case CXCursor_CharacterLiteral:
	case CXCursor_FloatingLiteral:
	case CXCursor_StringLiteral:
	case CXCursor_AddrLabelExpr:
		return node_new(f, NODE_OTHER, c);
	case CXCursor_IntegerLiteral:
	case CXCursor_UnaryExpr:
		return node_new(f, NODE_EVAL, c);
	case CXCursor_DeclRefExpr:
		return build_ref(f, c);
	case CXCursor_VarDecl:
		return node_var(f, c);
	case CXCursor_StaticAssert:
		build_assertion(f, c);
		return NULL;
	default:
		if (clang_isExpression(kind))
			return build_expr(f, c, kind);
		return clang_isStatement(kind) ? node_stmt(f, c) : NULL;
	}
}
