// SPDX-License-Identifier: GPL-2.0-only
/* node.c - rewrites libclang's syntax tree of a function into nodes that are fit to walk. */
#include "front_priv.h"

struct node *node_new(struct fn *f, enum node_kind kind, CXCursor at)
{
	struct node *n = arena_alloc(&f->arena, sizeof(*n));

	n->kind = kind;
	n->at = at;
	n->call = n->local = NONE;
	if (clang_isExpression(clang_getCursorKind(at)))
		n->type = clang_getCanonicalType(clang_getCursorType(at));
	return n;
}

static enum CXChildVisitResult push_kid(CXCursor c, CXCursor parent, CXClientData data)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	struct front *fr = data;

	(void)parent;
	if (kind != CXCursor_MemberRef && kind != CXCursor_LabelRef &&
	    (clang_isReference(kind) || clang_isAttribute(kind)))
		return CXChildVisit_Continue;
	*vec_add(fr->kids, fr->nkids, fr->kids_cap) = c;
	return CXChildVisit_Continue;
}

/* Pushes the children of `c` on the stack; the caller pops them by restoring fr->nkids. */
size_t node_push(struct front *fr, CXCursor c, size_t *n)
{
	size_t base = fr->nkids;

	clang_visitChildren(c, push_kid, fr);
	*n = fr->nkids - base;
	return base;
}

/* Kids `from`.. of those at `base`, each rewritten; those that are not evaluated left out. */
void node_take(struct fn *f, struct node *n, size_t base, size_t from, size_t count)
{
	size_t i;

	n->kids = arena_alloc(&f->arena, (count ? count : 1) * sizeof(*n->kids));
	for (i = from; i < count; i++) {
		struct node *kid = node_build(f, f->fr->kids[base + i]);

		if (kid)
			n->kids[n->n++] = kid;
	}
}

/* A place for each of the kids, NULL for one that is not evaluated. */
struct node *node_fixed(struct fn *f, enum node_kind kind, CXCursor c, size_t base, size_t count)
{
	struct node *n = node_new(f, kind, c);
	size_t i;

	n->n = (uint32_t)count;
	n->kids = arena_alloc(&f->arena, (count ? count : 1) * sizeof(*n->kids));
	for (i = 0; i < count; i++)
		n->kids[i] = node_build(f, f->fr->kids[base + i]);
	return n;
}

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

	node_take(f, n, base, 0, count);
	return n;
}

static bool same_start(CXCursor a, CXCursor b)
{
	return clang_equalLocations(clang_getRangeStart(clang_getCursorExtent(a)),
				    clang_getRangeStart(clang_getCursorExtent(b)));
}

bool node_evaluate(CXCursor c, long long *value)
{
	CXEvalResult r = clang_Cursor_Evaluate(c);
	bool ok = r && clang_EvalResult_getKind(r) == CXEval_Int;

	if (ok)
		*value = clang_EvalResult_getAsLongLong(r);
	if (r)
		clang_EvalResult_dispose(r);
	return ok;
}

static struct node *constant(struct fn *f, CXCursor c, long long value)
{
	struct node *n = node_new(f, NODE_CONST, c);

	n->value = value;
	return n;
}

/* Members and array indexes of a designator or of __builtin_offsetof(). */
static struct node *designated(struct fn *f, enum node_kind kind, CXCursor c, size_t base,
			       size_t count)
{
	struct node *n = node_new(f, kind, c);
	struct front *fr = f->fr;
	bool begun = false;
	size_t i;

	n->designators = arena_alloc(&f->arena, (count + 1) * sizeof(*n->designators));
	for (i = 0; i < count; i++) {
		CXCursor kid = fr->kids[base + i];

		if (clang_getCursorKind(kid) == CXCursor_MemberRef) {
			const struct member *m;

			m = record_member(fr, clang_getCursorReferenced(kid));
			begun = true;
			if (m->name)
				n->designators[n->ndesignators++] = m;
		} else if (kind == NODE_DESIGNATED && i + 1 == count) {
			n->kids = arena_alloc(&f->arena, sizeof(*n->kids));
			n->kids[0] = node_build(f, kid);
			n->n = n->kids[0] != NULL;
		} else if (begun || kind == NODE_DESIGNATED) {
			n->designators[n->ndesignators++] = NULL;
		}
	}
	return n;
}

/* An entry of an initialiser list: plain values are of themselves. */
static struct node *build_entry(struct fn *f, CXCursor c)
{
	struct front *fr = f->fr;
	size_t n, base;
	struct node *entry = NULL;

	if (clang_getCursorKind(c) != CXCursor_UnexposedExpr ||
	    clang_getCursorType(c).kind != CXType_Void)
		return node_build(f, c);
	base = node_push(fr, c, &n);
	if (n > 1)
		entry = designated(f, NODE_DESIGNATED, c, base, n);
	fr->nkids = base;
	return entry ? entry : node_build(f, c);
}

static struct node *build_list(struct fn *f, CXCursor c, size_t base, size_t count)
{
	struct node *n = node_new(f, NODE_INIT, c);
	size_t i;

	n->kids = arena_alloc(&f->arena, (count ? count : 1) * sizeof(*n->kids));
	for (i = 0; i < count; i++) {
		struct node *kid = build_entry(f, f->fr->kids[base + i]);

		n->kids[n->n++] = kid ? kid : node_new(f, NODE_OTHER, c);
	}
	return n;
}

/*
 * libclang has no name for these: implicit casts and constants (which begin where their operand
 * does), `a ?: b` (a is visited three times), offsetof, __builtin_choose_expr(),
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
			return designated(f, NODE_OFFSETOF, c, base, count);
	if (count == 1 && same_start(c, kids[0]))
		return node_build(f, kids[0]);
	if (count == 4 && clang_equalCursors(kids[0], kids[1])) {
		n = node_new(f, NODE_ELVIS, c);
		n->n = 2;
		n->kids = arena_alloc(&f->arena, 2 * sizeof(*n->kids));
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

/* The chosen association is the first of the selection's type. */
static struct node *build_generic(struct fn *f, CXCursor c, size_t base, size_t count)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(c));
	size_t i;

	for (i = 1; i < count; i++) {
		CXCursor kid = f->fr->kids[base + i];
		CXType t = clang_getCanonicalType(clang_getCursorType(kid));

		if (clang_equalTypes(t, type))
			return node_build(f, kid);
	}
	return count > 1 ? node_build(f, f->fr->kids[base + count - 1]) : NULL;
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
	struct node *n;

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
	return n;
}

/* *&x is x, also where a cast is between (READ_ONCE() and the like): the same object. */
static struct node *build_deref(struct node *n)
{
	struct node *p = node_uncast(n->kids[0]);

	return p->kind == NODE_ADDR ? p->kids[0] : n;
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

static bool any_pointer(const struct node *n)
{
	uint32_t i;

	for (i = 1; i < n->n; i++)
		if (type_is_pointer(n->kids[i]->type) || type_is_array(n->kids[i]->type))
			return true;
	return false;
}

/* The compiler's own functions that are no calls. */
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
		return n;
	name = str_get(source_spelling(callee->at));
	if (strncmp(name, prefix, sizeof(prefix) - 1))
		return n;
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
		n = complete(f, NODE_COND, c, base, count, 3);
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
		n = build_list(f, c, base, count);
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
	default:
		if (clang_isExpression(kind))
			return build_expr(f, c, kind);
		return clang_isStatement(kind) ? node_stmt(f, c) : NULL;
	}
}
