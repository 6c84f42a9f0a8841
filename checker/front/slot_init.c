// SPDX-License-Identifier: GPL-2.0-only
/* slot_init.c - functions stored in slots: by initialisers and by assignments. */
#include "fn.h"
#include "bb.h"
#include "init_walk.h"
#include "node_build.h"
#include "node_const.h"
#include "path_expr.h"
#include "slot_init.h"
#include "source.h"
#include "stored_value.h"
#include "type.h"
#include "var.h"

static void report(struct fn *f, const struct member_decl *m, str func, str object, CXCursor at)
{
	struct slot_store s = { .record = m ? m->rec->key : 0,
				.field = m ? m->name : 0,
				.func = func,
				.object = object,
				.loc = source_loc(f->fr, at) };

	if (f->fr->sink->slot)
		f->fr->sink->slot(f->fr->sink->ctx, &s);
}

void slot_init_value(struct fn *f, const struct member_decl *m, struct node *value, str object)
{
	struct path p;
	long long c;

	value = node_uncast(value);
	if (value->kind == NODE_COND) {
		if (!node_const(f, value->kids[0], &c) || c)
			slot_init_value(f, m, value->kids[1], object);
		if (!node_const(f, value->kids[0], &c) || !c)
			slot_init_value(f, m, value->kids[2], object);
		return;
	}
	p = path_value(f, value);
	if (p.root == ROOT_FUNC && !p.nsteps)
		report(f, m, p.name, object, value->at);
}

struct slot_use {
	struct fn *f;
	str object;
};

static void use_slot(void *ctx, const struct member_decl *m, struct node *value)
{
	struct slot_use *use = ctx;

	if (m && m->bitfield)
		stored_value_store(use->f, m, value, value->at);
	if (m ? m->name && type_is_function(type_element(m->type)) : use->object)
		slot_init_value(use->f, m, value, use->object);
}

void slot_init_list(struct fn *f, struct node *init, CXType type, str object)
{
	struct slot_use use = { .f = f, .object = object };

	if (record_of_type(f->fr, type) || type_is_function(type_element(type)))
		init_walk(f->fr, init, type, use_slot, &use);
}

/* --- global variables */

/* Is it a record with bitfields, or an array of such? */
static bool has_bits(struct front *fr, CXType type)
{
	struct record_decl *r = record_of_type(fr, type);

	return r && record_has_bits(fr, r);
}

void slot_init_global(struct front *fr, CXCursor var)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(var));
	struct fn f;
	struct node *init;
	CXCursor at;

	at = clang_Cursor_getVarDeclInitializer(var);
	if (clang_Cursor_isNull(at) || (!type_holds_function(type) && !has_bits(fr, type)))
		return;
	fn_init(&f, fr, var);
	f.cur = bb_new(&f);
	init = node_build(&f, at);
	if (init)
		slot_init_list(&f, init, type, var_global_name(fr, var));
	fn_drop(&f);
}
