// SPDX-License-Identifier: GPL-2.0-only
/* slot_init.c - functions stored in members of records: by initialisers and by assignments. */
#include "front_priv.h"

struct init_walk {
	struct front *fr;
	void (*use)(void *ctx, const struct member *m, struct node *value);
	void *ctx;
};

static void walk_value(struct init_walk *w, const struct member *m, CXType type,
		       struct node *value);

/* --- the members of a record in declaration order */

struct members {
	struct front *fr;
	CXCursor *v;
	size_t n, cap;
};

static enum CXVisitorResult take_member(CXCursor field, CXClientData data)
{
	struct members *m = data;

	/* C11 6.7.9: unnamed members do not take part; anonymous records do. */
	if (!clang_Cursor_isBitField(field) || source_spelling(field))
		*vec_add(m->v, m->n, m->cap) = field;
	return CXVisit_Continue;
}

static void members_of(struct members *m, struct front *fr, CXType record)
{
	memset(m, 0, sizeof(*m));
	m->fr = fr;
	clang_Type_visitFields(record, take_member, m);
}

/* Is the member in the field, which may be an anonymous record? */
static bool within(struct front *fr, CXCursor field, const struct member *m)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(field));
	struct members in;
	bool found = false;
	size_t i;

	if (record_member(fr, field) == m)
		return true;
	if (record_member(fr, field)->name || !type_is_record(type))
		return false;
	members_of(&in, fr, type);
	for (i = 0; i < in.n && !found; i++)
		found = within(fr, in.v[i], m);
	free(in.v);
	return found;
}

/* Where the list goes on after a designator. */
static size_t after(const struct members *all, const struct node *entry)
{
	const struct member *m = entry->ndesignators ? entry->designators[0] : NULL;
	size_t i;

	for (i = 0; m && i < all->n; i++)
		if (within(all->fr, all->v[i], m))
			return i + 1;
	return all->n;
}

static void walk_designated(struct init_walk *w, struct node *entry, CXType type,
			    const struct member *m)
{
	uint32_t i;

	for (i = 0; i < entry->ndesignators; i++) {
		if (entry->designators[i]) {
			m = entry->designators[i];
			type = m->type;
		} else if (type_is_array(type)) {
			type = clang_getCanonicalType(clang_getArrayElementType(type));
		}
	}
	if (entry->n)
		walk_value(w, m, type, entry->kids[0]);
}

static void walk_record(struct init_walk *w, CXType type, struct node *list)
{
	struct members all;
	uint32_t i;
	size_t at = 0;

	members_of(&all, w->fr, type);
	for (i = 0; i < list->n; i++) {
		struct node *entry = list->kids[i];

		if (entry->kind == NODE_DESIGNATED) {
			walk_designated(w, entry, type, NULL);
			at = after(&all, entry);
		} else if (at < all.n) {
			const struct member *m = record_member(w->fr, all.v[at++]);

			walk_value(w, m, m->type, entry);
		}
	}
	free(all.v);
}

static void walk_array(struct init_walk *w, const struct member *m, CXType type, struct node *list)
{
	CXType element = clang_getCanonicalType(clang_getArrayElementType(type));
	uint32_t i;

	for (i = 0; i < list->n; i++) {
		if (list->kids[i]->kind == NODE_DESIGNATED)
			walk_designated(w, list->kids[i], type, m);
		else
			walk_value(w, m, element, list->kids[i]);
	}
}

static void walk_value(struct init_walk *w, const struct member *m, CXType type, struct node *value)
{
	if (value->kind == NODE_LITERAL)
		value = value->kids[0];
	if (value->kind != NODE_INIT)
		w->use(w->ctx, m, value);
	else if (type_is_record(type))
		walk_record(w, type, value);
	else if (type_is_array(type))
		walk_array(w, m, type, value);
	else if (value->n)
		walk_value(w, m, type, value->kids[0]);
}

void slot_walk(struct front *fr, struct node *init, CXType type,
	       void (*use)(void *ctx, const struct member *m, struct node *value), void *ctx)
{
	struct init_walk w = { .fr = fr, .use = use, .ctx = ctx };

	walk_value(&w, NULL, type, init);
}

/* --- slots */

static void report(struct fn *f, const struct member *m, str func, str object, CXCursor at)
{
	struct slot_store s = { .record = m ? m->rec->key : 0,
				.field = m ? m->name : 0,
				.func = func,
				.object = object,
				.loc = source_loc(f->fr, at) };

	if (f->fr->sink->slot)
		f->fr->sink->slot(f->fr->sink->ctx, &s);
}

void slot_store_value(struct fn *f, const struct member *m, struct node *value, str object)
{
	struct path p;
	long long c;

	value = node_uncast(value);
	if (value->kind == NODE_COND) {
		if (!node_const(f, value->kids[0], &c) || c)
			slot_store_value(f, m, value->kids[1], object);
		if (!node_const(f, value->kids[0], &c) || !c)
			slot_store_value(f, m, value->kids[2], object);
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

static CXType element_of(CXType t)
{
	while (type_is_array(t))
		t = clang_getCanonicalType(clang_getArrayElementType(t));
	return t;
}

static void use_slot(void *ctx, const struct member *m, struct node *value)
{
	struct slot_use *use = ctx;

	if (m ? m->name && type_is_function(element_of(m->type)) : use->object)
		slot_store_value(use->f, m, value, use->object);
}

void slot_initialiser(struct fn *f, struct node *init, CXType type, str object)
{
	struct slot_use use = { .f = f, .object = object };

	if (record_of_type(f->fr, type) || type_is_function(element_of(type)))
		slot_walk(f->fr, init, type, use_slot, &use);
}

/* --- global variables */

static bool has_functions(struct front *fr, CXType type);

static enum CXVisitorResult look_for_functions(CXCursor field, CXClientData data)
{
	struct members *look = data;

	if (!has_functions(look->fr, clang_getCanonicalType(clang_getCursorType(field))))
		return CXVisit_Continue;
	look->n = 1;
	return CXVisit_Break;
}

/* Big tables of plain numbers need not be looked through. */
static bool has_functions(struct front *fr, CXType type)
{
	struct members look = { .fr = fr };

	type = element_of(type);
	if (type_is_function(type))
		return true;
	if (type_is_record(type))
		clang_Type_visitFields(type, look_for_functions, &look);
	return look.n > 0;
}

void slot_global(struct front *fr, CXCursor var)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(var));
	struct fn f = { .fr = fr, .decl = var };
	struct node *init;
	CXCursor at;

	at = clang_Cursor_getVarDeclInitializer(var);
	if (clang_Cursor_isNull(at) || !has_functions(fr, type))
		return;
	f.bbs_end = &f.bbs;
	f.vars_end = &f.vars;
	f.cur = cfg_block(&f);
	init = node_build(&f, at);
	if (init)
		slot_initialiser(&f, init, type, var_global_name(fr, var));
	function_drop(&f);
}
