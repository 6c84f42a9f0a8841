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
	const struct member_decl *array; /* points to the functions of the literal at hand, or NULL */
	bool at_file_scope;
};

static void walk(struct slot_use use, struct node *init, CXType type);

/*
 * The compound literals at file scope whose addresses the value may be: static objects (C11 6.5.2.5p5),
 * which no statement evaluates.  They have no name; each record is another object than those elsewhere.
 */
static void use_literals(const struct slot_use *use, const struct member_decl *m,
			 struct node *value)
{
	struct slot_use literal = { .f = use->f, .object = use->object, .at_file_scope = true };
	CXType element;
	struct loc at;

	if (value->kind != NODE_LITERAL) {
		for (uint32_t i = 0; i < value->n; i++)
			if (value->kids[i])
				use_literals(use, m, value->kids[i]);
		return;
	}
	element = type_element(value->type);
	if (type_is_record(element)) {
		at = source_loc(use->f->fr, value->at);
		literal.object = str_printf("%s:%u:%u", str_get(at.file), at.line, at.col);
	} else if (type_is_function(element)) {
		literal.array = m;
	}
	walk(literal, value->kids[0], value->type);
}

static void use_slot(void *ctx, const struct member_decl *m, struct node *value)
{
	struct slot_use *use = ctx;

	if (!m)
		m = use->array;
	if (m && m->bitfield)
		stored_value_store(use->f, m, value, value->at);
	if (m ? m->name && (m == use->array || type_is_function(type_element(m->type))) :
		use->object)
		slot_init_value(use->f, m, value, use->object);
	if (use->at_file_scope)
		use_literals(use, m, value);
}

static void walk(struct slot_use use, struct node *init, CXType type)
{
	if (use.at_file_scope || record_of_type(use.f->fr, type) ||
	    type_is_function(type_element(type)))
		init_walk(use.f->fr, init, type, use_slot, &use);
}

void slot_init_list(struct fn *f, struct node *init, CXType type, str object)
{
	walk((struct slot_use){ .f = f, .object = object }, init, type);
}

/* --- global variables */

/* Is it a record with bitfields, or an array of such? */
static bool has_bits(struct front *fr, CXType type)
{
	struct record_decl *r = record_of_type(fr, type);

	return r && record_has_bits(fr, r);
}

static enum CXChildVisitResult look_for_literal(CXCursor c, CXCursor parent, CXClientData data)
{
	bool *found = data;

	(void)parent;
	*found = clang_getCursorKind(c) == CXCursor_CompoundLiteralExpr;
	return *found ? CXChildVisit_Break : CXChildVisit_Recurse;
}

/* Does the initialiser of an object of the type point to a compound literal? */
static bool has_literal(CXCursor init, CXType type)
{
	bool found = false;

	if (type_holds_pointer(type))
		clang_visitChildren(init, look_for_literal, &found);
	return found;
}

void slot_init_global(struct front *fr, CXCursor var)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(var));
	struct slot_use use = { .at_file_scope = true };
	struct fn f;
	struct node *init;
	CXCursor at;

	at = clang_Cursor_getVarDeclInitializer(var);
	if (clang_Cursor_isNull(at) ||
	    (!type_holds_function(type) && !has_bits(fr, type) && !has_literal(at, type)))
		return;
	fn_init(&f, fr, var);
	f.cur = bb_new(&f);
	init = node_build(&f, at);
	use.f = &f;
	use.object = var_global_name(fr, var);
	if (init)
		walk(use, init, type);
	fn_drop(&f);
}
