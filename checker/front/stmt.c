// SPDX-License-Identifier: GPL-2.0-only
/* stmt.c - rewrites statements and declarations into nodes; constants. */
#include "front_priv.h"

struct node *node_var(struct fn *f, CXCursor c)
{
	bool is_static = clang_Cursor_getStorageClass(c) == CX_SC_Static;
	struct node *n = node_new(f, NODE_VAR, c), *init = NULL;
	CXCursor at;

	if (clang_Cursor_getStorageClass(c) == CX_SC_Extern)
		return NULL;
	n->var = var_add(f, c, is_static ? VAR_STATIC : VAR_LOCAL);
	at = clang_Cursor_getVarDeclInitializer(c);
	if (!clang_Cursor_isNull(at))
		init = node_build(f, at);
	if (init) {
		n->kids = arena_alloc(&f->arena, sizeof(*n->kids));
		n->kids[n->n++] = init;
	}
	return n;
}

/*
 * The parts of a for statement that are missing leave no trace in the tree.  A declaration or an
 * effect at the beginning is the initialisation, an effect at the end the increment; conditions
 * that are effects are parenthesised by custom (clang warns else).
 */
static bool is_effect(CXCursor c)
{
	enum CXBinaryOperatorKind op;

	switch (clang_getCursorKind(c)) {
	case CXCursor_DeclStmt:
	case CXCursor_CompoundAssignOperator:
	case CXCursor_StmtExpr:
		return true;
	case CXCursor_UnaryOperator:
		return clang_getCursorUnaryOperatorKind(c) <= CXUnaryOperator_PreDec;
	case CXCursor_BinaryOperator:
		op = clang_getCursorBinaryOperatorKind(c);
		return op == CXBinaryOperator_Assign || op == CXBinaryOperator_Comma;
	default:
		return clang_getCursorType(c).kind == CXType_Void;
	}
}

/* Number of semicolons of the for statement's head before its part `kid`, or -1 in a macro. */
static int semicolons(struct front *fr, CXCursor loop, CXCursor kid)
{
	CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(kid));
	unsigned from, spelled, to;
	struct loc loc;
	struct source *s;
	CXFile file;
	size_t at;
	int n = 0, depth = 0;

	s = source_place(fr, loop, &loc, &at);
	source_read(fr, s);
	clang_getSpellingLocation(clang_getCursorLocation(loop), &file, NULL, NULL, &from);
	clang_getSpellingLocation(start, &file, NULL, NULL, &spelled);
	clang_getExpansionLocation(start, NULL, NULL, NULL, &to);
	if (from != at || to > s->bytes || to < from)
		return -1;
	for (at = from; at < to; at = source_skip(s, at + 1)) {
		depth += (s->text[at] == '(') - (s->text[at] == ')');
		n += s->text[at] == ';' && depth == 1;
	}
	return n;
}

static struct node *build_for(struct fn *f, CXCursor c, size_t base, size_t count)
{
	struct node *n = node_new(f, NODE_FOR, c);
	struct front *fr = f->fr;
	size_t i, at = 0;

	n->n = 4;
	n->kids = arena_alloc(&f->arena, 4 * sizeof(*n->kids));
	for (i = 0; i + 1 < count; i++) {
		CXCursor kid = fr->kids[base + i];
		int semi = count == 4 ? -1 : semicolons(fr, c, kid);

		if (semi >= 0 && semi < 3)
			at = (size_t)semi;
		else if (count == 4)
			at = i;
		else if (at == 0 && !is_effect(kid))
			at = 1;
		else if (i && is_effect(kid))
			at = 2;
		n->kids[at < 3 ? at : 2] = node_build(f, kid);
		at++;
	}
	if (count)
		n->kids[3] = node_build(f, fr->kids[base + count - 1]);
	return n;
}

static struct node *list(struct fn *f, enum node_kind kind, CXCursor c, size_t base, size_t count)
{
	struct node *n = node_new(f, kind, c);

	node_take(f, n, base, 0, count);
	return n;
}

struct node *node_stmt(struct fn *f, CXCursor c)
{
	struct front *fr = f->fr;
	size_t count, base = node_push(fr, c, &count);
	struct node *n;

	switch (clang_getCursorKind(c)) {
	case CXCursor_CompoundStmt:
		n = list(f, NODE_BLOCK, c, base, count);
		break;
	case CXCursor_IfStmt:
		n = node_fixed(f, NODE_IF, c, base, count);
		break;
	case CXCursor_WhileStmt:
		n = node_fixed(f, NODE_WHILE, c, base, count);
		break;
	case CXCursor_DoStmt:
		n = node_fixed(f, NODE_DO, c, base, count);
		break;
	case CXCursor_ForStmt:
		n = build_for(f, c, base, count);
		break;
	case CXCursor_SwitchStmt:
		n = node_fixed(f, NODE_SWITCH, c, base, count);
		break;
	case CXCursor_CaseStmt:
		n = node_fixed(f, NODE_CASE, c, base, count);
		break;
	case CXCursor_DefaultStmt:
		n = list(f, NODE_DEFAULT, c, base, count);
		break;
	case CXCursor_LabelStmt:
		n = list(f, NODE_LABEL, c, base, count);
		break;
	case CXCursor_GotoStmt:
		n = node_new(f, NODE_GOTO, count ? fr->kids[base] : c);
		break;
	case CXCursor_IndirectGotoStmt:
		n = list(f, NODE_GOTO_ANY, c, base, count);
		break;
	case CXCursor_BreakStmt:
		n = node_new(f, NODE_BREAK, c);
		break;
	case CXCursor_ContinueStmt:
		n = node_new(f, NODE_CONTINUE, c);
		break;
	case CXCursor_ReturnStmt:
		n = list(f, NODE_RETURN, c, base, count);
		break;
	case CXCursor_GCCAsmStmt:
		n = list(f, NODE_ASM, c, base, count);
		break;
	default:
		n = list(f, NODE_LIST, c, base, count);
	}
	fr->nkids = base;
	return n;
}

struct node *node_uncast(struct node *n)
{
	while (n->kind == NODE_CAST)
		n = n->kids[0];
	return n;
}

struct node *node_last(const struct node *stmtexpr)
{
	struct node *n = stmtexpr->kids[0];

	while (n->n && (n->kind == NODE_BLOCK || n->kind == NODE_LABEL || n->kind == NODE_LIST))
		n = n->kids[n->n - 1];
	return n->kind < NODE_BLOCK ? n : NULL;
}

bool node_is_null(struct fn *f, const struct node *n)
{
	long long value;

	return node_const(f, n, &value);
}

/* A constant variable with an initialiser, as a compiler's optimiser sees it. */
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

/* Operators whose result depends on signedness: of values that are not negative it does not. */
static bool fold_positive(uint32_t op, long long a, long long b, long long *value)
{
	bool divides = op == CXBinaryOperator_Div || op == CXBinaryOperator_Rem;

	if (a < 0 || b < 0 || (divides && !b) || (op == CXBinaryOperator_Shr && b > 63))
		return false;
	switch (op) {
	case CXBinaryOperator_Div:
		*value = a / b;
		return true;
	case CXBinaryOperator_Rem:
		*value = a % b;
		return true;
	case CXBinaryOperator_Shr:
		*value = a >> b;
		return true;
	case CXBinaryOperator_LT:
		*value = a < b;
		return true;
	case CXBinaryOperator_GT:
		*value = a > b;
		return true;
	case CXBinaryOperator_LE:
		*value = a <= b;
		return true;
	case CXBinaryOperator_GE:
		*value = a >= b;
		return true;
	case CXBinaryOperator_EQ:
		*value = a == b;
		return true;
	case CXBinaryOperator_NE:
		*value = a != b;
		return true;
	default:
		return false;
	}
}

static bool fold(uint32_t op, long long a, long long b, long long *value)
{
	unsigned long long ua = (unsigned long long)a, ub = (unsigned long long)b;

	switch (op) {
	case CXBinaryOperator_Add:
		*value = (long long)(ua + ub);
		return true;
	case CXBinaryOperator_Sub:
		*value = (long long)(ua - ub);
		return true;
	case CXBinaryOperator_Mul:
		*value = (long long)(ua * ub);
		return true;
	case CXBinaryOperator_And:
		*value = a & b;
		return true;
	case CXBinaryOperator_Or:
		*value = a | b;
		return true;
	case CXBinaryOperator_Xor:
		*value = a ^ b;
		return true;
	case CXBinaryOperator_Shl:
		*value = (long long)(ua << (ub & 63));
		return ub < 64;
	default:
		return fold_positive(op, a, b, value);
	}
}

/* Conversion to a type: truncation and sign extension. */
static long long cast_integer(CXType t, long long value)
{
	long long size = clang_Type_getSizeOf(t);
	bool is_signed = t.kind >= CXType_Char_S;
	unsigned shift;

	if (t.kind == CXType_Bool)
		return value != 0;
	if (size <= 0 || size >= 8 || t.kind > CXType_Int128)
		return value;
	shift = (unsigned)(64 - size * 8);
	if (is_signed)
		return (long long)((unsigned long long)value << shift) >> shift;
	return (long long)((unsigned long long)value << shift >> shift);
}

/* && and ||: one operand may decide alone. */
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
	*value = cast_integer(n->type, *value);
	return n->kind == NODE_NOT || n->op <= CXUnaryOperator_Not;
}

bool node_const(struct fn *f, const struct node *n, long long *value)
{
	long long a, b;

	switch (n->kind) {
	case NODE_CONST:
		*value = n->value;
		return true;
	case NODE_EVAL:
	case NODE_OFFSETOF:
		return node_evaluate(n->at, value);
	case NODE_REF:
		return !n->var && const_variable(f, n, value);
	case NODE_CAST:
		if (!node_const(f, n->kids[0], &a))
			return false;
		*value = cast_integer(n->type, a);
		return true;
	case NODE_NOT:
	case NODE_UNARY:
		return const_unary(f, n, value);
	case NODE_AND:
	case NODE_OR:
		return const_logic(f, n, value);
	case NODE_COND:
		return node_const(f, n->kids[0], &a) && node_const(f, n->kids[a ? 1 : 2], value);
	case NODE_BINARY:
		if (!node_const(f, n->kids[0], &a) || !node_const(f, n->kids[1], &b))
			return false;
		if (!fold(n->op, a, b, value))
			return node_evaluate(n->at, value);
		*value = cast_integer(n->type, *value);
		return true;
	default:
		return false;
	}
}
