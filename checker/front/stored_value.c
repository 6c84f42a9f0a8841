// SPDX-License-Identifier: GPL-2.0-only
/* stored_value.c - reports which values are stored in bitfields, and which functions return. */
#include "base/uses.h"
#include "source.h"
#include "stored_value.h"
#include "type.h"
#include "value_range.h"

static void report_values(struct fn *f, struct member_use *u, struct value_set *s, CXCursor at)
{
	u->function = f->out.key;
	u->loc = source_loc(f->fr, at);
	u->values = value_set_sources(f, s, &u->nvalues);
	if (f->fr->sink->use)
		f->fr->sink->use(f->fr->sink->ctx, u);
}

static void report_store(struct fn *f, const struct member_decl *m, struct value_set *s,
			 CXCursor at)
{
	struct member_use u = { .kind = USE_STORE, .record = m->rec->key, .field = m->name };

	if (m->name)
		report_values(f, &u, s, at);
}

void stored_value_store(struct fn *f, const struct member_decl *m, struct node *value, CXCursor at)
{
	struct value_set s = { 0 };

	value_set_add(f, &s, value);
	report_store(f, m, &s, at);
	value_set_free(&s);
}

/* x |= v and x &= v leave x in its width if it is unsigned and v is in that width (C11 6.5.16.2). */
void stored_value_update(struct fn *f, struct node *n)
{
	const struct member_decl *m = n->kids[0]->member;
	bool bitwise = n->kind == NODE_UPDATE && n->op >= CXBinaryOperator_AndAssign &&
		       n->op <= CXBinaryOperator_OrAssign;
	struct value_set s = { 0 };

	if (node_integer(n->kids[0]).is_signed || !bitwise)
		value_set_add_range(&s, INT64_MIN, INT64_MAX);
	else
		value_set_add(f, &s, n);
	report_store(f, m, &s, n->kids[0]->at);
	value_set_free(&s);
}

/* Has the type of the results values that are none of these? */
static bool is_narrow(struct fn *f, const struct value_set *s)
{
	struct integer t = type_integer(clang_getCanonicalType(clang_getCursorResultType(f->decl)));

	if (s->n || !s->any || t.is_bool)
		return s->n > 0;
	return s->low >= 0 && (t.bits >= 64 || s->high < (1LL << (t.bits - 1)) - 1);
}

void stored_value_results(struct fn *f)
{
	struct member_use u = { .kind = USE_RESULT };

	if (is_narrow(f, f->results))
		report_values(f, &u, f->results, f->decl);
}
