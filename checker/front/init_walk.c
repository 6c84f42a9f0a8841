// SPDX-License-Identifier: GPL-2.0-only
/* init_walk.c - which member each value of an initialiser is for (C11 6.7.9). */
#include "init_walk.h"
#include "source.h"
#include "type.h"

struct init_walk {
	struct front *fr;
	void (*use)(void *ctx, const struct member_decl *m, struct node *value);
	void *ctx;
};

static void walk_value(struct init_walk *w, const struct member_decl *m, CXType type,
		       struct node *value);

/* --- the members of a record in declaration order */

struct member_list {
	struct front *fr;
	CXCursor *v;
	size_t n, cap;
};

static enum CXVisitorResult take_member(CXCursor field, CXClientData data)
{
	struct member_list *m = data;

	/* C11 6.7.9: unnamed members do not take part; anonymous records do. */
	if (!clang_Cursor_isBitField(field) || source_spelling(field))
		*vec_add(m->v, m->n, m->cap) = field;
	return CXVisit_Continue;
}

static void members_of(struct member_list *m, struct front *fr, CXType record)
{
	memset(m, 0, sizeof(*m));
	m->fr = fr;
	clang_Type_visitFields(record, take_member, m);
}

/* Is the member this field, or one of the anonymous record that the field is? */
static bool within(struct front *fr, CXCursor field, const struct member_decl *m)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(field));
	struct member_list in;
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

/* The index of the member behind the designated one: the list goes on there. */
static size_t after(const struct member_list *all, const struct node *entry)
{
	const struct member_decl *m = entry->ndesignators ? entry->designators[0] : NULL;
	size_t i;

	for (i = 0; m && i < all->n; i++)
		if (within(all->fr, all->v[i], m))
			return i + 1;
	return all->n;
}

/* --- the values */

static void walk_designated(struct init_walk *w, struct node *entry, CXType type,
			    const struct member_decl *m)
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
	struct member_list all;
	uint32_t i;
	size_t at = 0;

	members_of(&all, w->fr, type);
	for (i = 0; i < list->n; i++) {
		struct node *entry = list->kids[i];

		if (entry->kind == NODE_DESIGNATED) {
			walk_designated(w, entry, type, NULL);
			at = after(&all, entry);
		} else if (at < all.n) {
			const struct member_decl *m = record_member(w->fr, all.v[at++]);

			walk_value(w, m, m->type, entry);
		}
	}
	free(all.v);
}

static void walk_array(struct init_walk *w, const struct member_decl *m, CXType type,
		       struct node *list)
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

static void walk_value(struct init_walk *w, const struct member_decl *m, CXType type,
		       struct node *value)
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

void init_walk(struct front *fr, struct node *init, CXType type,
	       void (*use)(void *ctx, const struct member_decl *m, struct node *value), void *ctx)
{
	struct init_walk w = { .fr = fr, .use = use, .ctx = ctx };

	walk_value(&w, NULL, type, init);
}
