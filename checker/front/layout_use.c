// SPDX-License-Identifier: GPL-2.0-only
/* layout_use.c - reports code that depends on where the members of a record lie. */
#include "base/uses.h"
#include "layout_use.h"
#include "record_layout.h"
#include "source.h"
#include "type.h"

static void report(struct front *fr, const struct member_use *u)
{
	if (fr->sink->use)
		fr->sink->use(fr->sink->ctx, u);
}

void layout_use_position(struct front *fr, const struct member_decl *m, CXCursor at)
{
	struct member_use u = { .kind = USE_POSITION, .record = m->rec->key, .field = m->name };

	if (!m->name || !record_has_bits(fr, m->rec))
		return;
	u.loc = source_loc(fr, at);
	report(fr, &u);
}

void layout_use_overlay(struct front *fr, str function, const struct member_decl *m, CXCursor at)
{
	struct member_use u = {
		.kind = USE_OVERLAY, .record = m->rec->key, .field = m->name, .function = function
	};

	if (!m->name || m->bitfield || !record_overlays(fr, m))
		return;
	u.loc = source_loc(fr, at);
	report(fr, &u);
}

void layout_use_range(struct front *fr, CXCursor at)
{
	struct member_use u = { .kind = USE_RANGE, .loc = source_loc(fr, at) };

	report(fr, &u);
}

struct condition {
	struct front *fr;
	str function;
};

static void report_layout(const struct condition *c, struct member_use u, CXCursor at)
{
	u.function = c->function;
	u.loc = source_loc(c->fr, at);
	report(c->fr, &u);
}

/* The operand of sizeof or _Alignof: a type, or an expression. */
static enum CXChildVisitResult visit_operand(CXCursor at, CXCursor parent, CXClientData data)
{
	const struct condition *c = data;
	struct record_decl *r =
		record_of_type(c->fr, clang_getCanonicalType(clang_getCursorType(at)));

	if (r && record_has_bits(c->fr, r))
		report_layout(c, (struct member_use){ .kind = USE_SIZE, .record = r->key }, parent);
	return CXChildVisit_Break;
}

/* A member that offsetof names. */
static void use_member(const struct condition *c, const struct member_decl *m, CXCursor at)
{
	if (m && m->name && record_has_bits(c->fr, m->rec))
		report_layout(c,
			      (struct member_use){
				      .kind = USE_OFFSET, .record = m->rec->key, .field = m->name },
			      at);
}

static void walk(struct condition *c, const struct node *n)
{
	uint32_t i;

	if (n->kind == NODE_EVAL && clang_getCursorKind(n->at) == CXCursor_UnaryExpr)
		clang_visitChildren(n->at, visit_operand, c);
	for (i = 0; n->kind == NODE_OFFSETOF && i < n->ndesignators; i++)
		use_member(c, n->designators[i].member, n->at);
	for (i = 0; i < n->n; i++)
		if (n->kids[i])
			walk(c, n->kids[i]);
}

void layout_use_condition(struct front *fr, str function, const struct node *condition)
{
	struct condition c = { .fr = fr, .function = function };

	walk(&c, condition);
}
