// SPDX-License-Identifier: GPL-2.0-only
/* node_stmt.c - rewrites statements and declarations of libclang's syntax tree into nodes. */
#include "fn.h"
#include "node_build.h"
#include "source.h"
#include "source_text.h"
#include "var.h"

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
		init = node_convert(f, init, n->var->type, 0);
		node_reserve(f, n, 1);
		n->kids[n->n++] = init;
	}
	return n;
}

/*
 * Parts of a for statement that are missing leave no trace in libclang's tree.  A declaration or an
 * expression with an effect at the beginning is taken for the initialisation, one with an effect at
 * the end for the increment; a condition with an effect is parenthesised by custom (clang warns else).
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

/* How many semicolons of the for statement's head precede its part `kid`; -1: it is a macro's. */
static int semicolons(struct front *fr, CXCursor loop, CXCursor kid)
{
	CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(kid));
	unsigned from, spelled, to;
	struct loc loc;
	struct source *s;
	CXFile file;
	size_t at;
	int n = 0, depth = 0;

	s = source_locate(fr, loop, &loc, &at);
	source_read(fr, s);
	clang_getSpellingLocation(clang_getCursorLocation(loop), &file, NULL, NULL, &from);
	clang_getSpellingLocation(start, &file, NULL, NULL, &spelled);
	clang_getExpansionLocation(start, NULL, NULL, NULL, &to);
	if (from != at || to > s->bytes || to < from)
		return -1;
	for (at = from; at < to; at = text_skip(s, at + 1)) {
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
	node_reserve(f, n, 4);
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

	node_take(f, n, base, count);
	return n;
}

/* The result type of the current function; an invalid type in an initialiser at file scope. */
static CXType result_type(struct fn *f)
{
	return clang_getCanonicalType(clang_getCursorResultType(f->decl));
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
		if (n->n)
			n->kids[0] = node_convert(f, n->kids[0], result_type(f), 0);
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
