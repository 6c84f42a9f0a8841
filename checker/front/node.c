// SPDX-License-Identifier: GPL-2.0-only
/* node.c - nodes of the syntax tree, and the children of clang's cursors. */
#include "fn.h"
#include "node.h"

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

void node_reserve(struct fn *f, struct node *n, size_t kids)
{
	n->kids = arena_alloc(&f->arena, (kids ? kids : 1) * sizeof(*n->kids));
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

size_t node_push(struct front *fr, CXCursor c, size_t *n)
{
	size_t base = fr->nkids;

	clang_visitChildren(c, push_kid, fr);
	*n = fr->nkids - base;
	return base;
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
