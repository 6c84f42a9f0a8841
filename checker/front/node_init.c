// SPDX-License-Identifier: GPL-2.0-only
/* node_init.c - rewrites initialiser lists, designators and offsetof into nodes. */
#include "fn.h"
#include "node_build.h"
#include "source.h"

/* Do "..." stand between the two expressions?  Without that they are [first][last]. */
static bool is_range(struct front *fr, CXCursor first, CXCursor last)
{
	const struct source *a, *b;
	size_t from, to, end;

	return source_extent(fr, first, &a, &from, &to) &&
	       source_extent(fr, last, &b, &from, &end) && a == b && to <= from &&
	       memmem(a->text + to, from - to, "...", 3);
}

static long long index_value(CXCursor c)
{
	long long value;

	return node_evaluate(c, &value) ? value : -1;
}

/* An array index; clang has two expressions for a range. */
static void add_index(struct fn *f, struct node *n, size_t at, size_t first)
{
	CXCursor *kids = f->fr->kids;
	long long value = index_value(kids[at]);

	if (at > first && clang_isExpression(clang_getCursorKind(kids[at - 1])) &&
	    is_range(f->fr, kids[at - 1], kids[at]))
		n->designators[n->ndesignators - 1].last = value;
	else
		n->designators[n->ndesignators++] = (struct designator){ NULL, value, value };
}

struct node *node_designated(struct fn *f, enum node_kind kind, CXCursor c, size_t base,
			     size_t count)
{
	struct node *n = node_new(f, kind, c);
	struct front *fr = f->fr;
	bool begun = kind == NODE_DESIGNATED; /* __builtin_offsetof() names a type first */
	size_t i;

	n->designators = arena_alloc(&f->arena, (count + 1) * sizeof(*n->designators));
	for (i = 0; i < count; i++) {
		CXCursor kid = fr->kids[base + i];

		if (clang_getCursorKind(kid) == CXCursor_MemberRef) {
			const struct member_decl *m;

			m = record_member(fr, clang_getCursorReferenced(kid));
			begun = true;
			if (m->name)
				n->designators[n->ndesignators++].member = m;
		} else if (kind == NODE_DESIGNATED && i + 1 == count) {
			node_reserve(f, n, 1);
			n->kids[0] = node_build(f, kid);
			n->n = n->kids[0] != NULL;
		} else if (begun) {
			add_index(f, n, base + i, base);
		}
	}
	return n;
}

/* An entry of a list: with designators, or a plain value. */
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
		entry = node_designated(f, NODE_DESIGNATED, c, base, n);
	fr->nkids = base;
	return entry ? entry : node_build(f, c);
}

struct node *node_init(struct fn *f, CXCursor c, size_t base, size_t count)
{
	struct node *n = node_new(f, NODE_INIT, c);
	size_t i;

	node_reserve(f, n, count);
	for (i = 0; i < count; i++) {
		struct node *kid = build_entry(f, f->fr->kids[base + i]);

		n->kids[n->n++] = kid ? kid : node_new(f, NODE_OTHER, c);
	}
	return n;
}
