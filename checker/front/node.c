// SPDX-License-Identifier: GPL-2.0-only
/* node.c - nodes of the syntax tree, and the children of clang's cursors. */
#include "fn.h"
#include "node.h"
#include "type.h"

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

struct integer node_integer(const struct node *n)
{
	struct integer t = type_integer(n->type);

	if (n->kind == NODE_MEMBER && n->member->bitfield)
		return integer_bitfield(t, n->member->width);
	return n->kind == NODE_CAST && n->width ? integer_bitfield(t, n->width) : t;
}

struct node *node_convert(struct fn *f, struct node *n, CXType to, uint32_t width)
{
	struct integer a = node_integer(n), b = type_integer(to);
	struct node *cast;

	if (width)
		b = integer_bitfield(b, width);
	if (!a.bits || !b.bits || type_is_pointer(to) || type_is_pointer(n->type) ||
	    integer_same(a, b))
		return n;
	cast = node_new(f, NODE_CAST, n->at);
	cast->type = to;
	cast->width = width;
	node_reserve(f, cast, 1);
	cast->kids[cast->n++] = n;
	return cast;
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

/* Is it a conversion of other things than integers, such as void, records and arrays? */
static bool is_other_cast(const struct node *cast)
{
	struct integer from = node_integer(cast->kids[0]), to = node_integer(cast);

	return !to.bits || (!from.bits && type_is_pointer(cast->type));
}

struct node *node_same_value(struct node *n)
{
	for (; n->kind == NODE_CAST; n = n->kids[0]) {
		struct integer from = node_integer(n->kids[0]), to = node_integer(n);
		bool pointer = type_is_pointer(n->type) || type_is_pointer(n->kids[0]->type);

		if (!is_other_cast(n) && !integer_keeps_value(from, to) &&
		    !(pointer && integer_keeps_apart(from, to)))
			break;
	}
	return n;
}

struct node *node_same_zero(struct node *n)
{
	while (n->kind == NODE_CAST &&
	       (is_other_cast(n) ||
		integer_keeps_nonzero(node_integer(n->kids[0]), node_integer(n))))
		n = n->kids[0];
	return n;
}

struct node *node_as_written(struct node *n)
{
	while (n->kind == NODE_CAST && clang_equalCursors(n->at, n->kids[0]->at))
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
