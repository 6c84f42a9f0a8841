// SPDX-License-Identifier: GPL-2.0-only
/*
 * init_walk.c - which subobject each value of an initialiser is for (C11 6.7.9), and which values a
 * later one overrides.
 */
#include <uthash.h>

#include "base/limits.h"
#include "init_walk.h"
#include "layout_use.h"
#include "source.h"
#include "type.h"

/* A subobject that something was said of. */
struct spot {
	struct spot_key {
		struct spot *in;	     /* what it is a part of; NULL: the object itself */
		const struct member_decl *m; /* the member that it is, or NULL: an element, */
		long long index;	     /* and which one; negative: not known, each another */
	} key;
	uint64_t set;		   /* when it was last initialised as a whole */
	const struct spot *chosen; /* of a union: the member initialised last */
	UT_hash_handle hh;
};

struct leaf {
	const struct spot *spot;
	const struct member_decl *m;
	struct node *value;
	uint64_t at;
};

struct init_walk {
	struct front *fr;
	struct arena arena;
	struct spot *spots;
	struct leaf *leaves;
	size_t nleaves, cap;
	uint64_t now;
	long long unknown; /* index of the last element that is not known */
};

/* The object that an initialiser initialises. */
struct target {
	struct spot *spot;
	const struct member_decl *m; /* the innermost member that it is, or is an element of */
	CXType type;		     /* canonical */
};

static void init_value(struct init_walk *w, struct target t, struct node *value);
static void init_rest(struct init_walk *w, struct target t, long long next, struct node *list,
		      uint32_t *i, bool braced);

/* --- subobjects */

static struct spot *spot_of(struct init_walk *w, struct spot *in, const struct member_decl *m,
			    long long index)
{
	struct spot_key key;
	struct spot *s;

	memset(&key, 0, sizeof(key));
	key.in = in;
	key.m = m;
	key.index = index;
	HASH_FIND(hh, w->spots, &key, sizeof(key), s);
	if (s)
		return s;
	s = arena_alloc(&w->arena, sizeof(*s));
	s->key = key;
	HASH_ADD(hh, w->spots, key, sizeof(s->key), s);
	return s;
}

static bool is_union(CXType type)
{
	return type_is_record(type) &&
	       clang_getCursorKind(type_declaration(type)) == CXCursor_UnionDecl;
}

static struct target member_of(struct init_walk *w, const struct target *t, CXCursor field)
{
	const struct member_decl *m = record_member(w->fr, field);
	struct target out = { spot_of(w, t->spot, m, 0), m, m->type };

	if (is_union(t->type))
		t->spot->chosen = out.spot;
	return out;
}

static struct target element_of(struct init_walk *w, const struct target *t, long long index)
{
	CXType type = type_is_array(t->type) ?
			      clang_getCanonicalType(clang_getArrayElementType(t->type)) :
			      t->type;

	if (index < 0)
		index = --w->unknown;
	return (struct target){ spot_of(w, t->spot, NULL, index), t->m, type };
}

struct member_list {
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

static struct member_list members_of(CXType record)
{
	struct member_list m = { 0 };

	clang_Type_visitFields(record, take_member, &m);
	return m;
}

/*
 * Finds a member that a designator names, in the record or in anonymous ones in it; *next: the number of
 * the member of the record behind it.
 */
static bool find_member(struct init_walk *w, const struct target *t, const struct member_decl *m,
			struct target *out, long long *next)
{
	struct member_list all = members_of(t->type);
	bool found = false;
	long long inner;

	for (size_t i = 0; i < all.n && !found; i++) {
		const struct member_decl *here = record_member(w->fr, all.v[i]);
		const struct spot *chosen = t->spot->chosen;
		struct target at, deeper;

		if (here != m && (here->name || !type_is_record(here->type)))
			continue;
		deeper = at = member_of(w, t, all.v[i]);
		found = here == m || find_member(w, &at, m, &deeper, &inner);
		if (!found)
			t->spot->chosen = chosen;
		*out = deeper;
		*next = (long long)i + 1;
	}
	free(all.v);
	return found;
}

/* --- initialisation */

static void set(struct init_walk *w, const struct target *t)
{
	t->spot->set = ++w->now;
}

static void init_leaf(struct init_walk *w, const struct target *t, struct node *value)
{
	set(w, t);
	*vec_add(w->leaves, w->nleaves, w->cap) = (struct leaf){ t->spot, t->m, value, w->now };
}

/* Does the value initialise all of the object?  Else it is for the first scalar in it. */
static bool is_whole(CXType type, const struct node *value)
{
	if (value->kind == NODE_INIT || value->type.kind == CXType_Invalid)
		return true;
	if (type_is_array(type)) /* by a string */
		return type_is_array(value->type) && !type_is_array(type_element(type)) &&
		       type_integer(type_element(type)).bits;
	return !type_is_record(type) || clang_equalTypes(clang_getUnqualifiedType(type),
							 clang_getUnqualifiedType(value->type));
}

/*
 * The next value of a list that is not designated; braces around those of an aggregate may be left out
 * (C11 6.7.9p20).
 */
static void init_next(struct init_walk *w, struct target t, struct node *list, uint32_t *i)
{
	struct node *value = list->kids[*i];

	if (!is_whole(t.type, value)) {
		set(w, &t);
		init_rest(w, t, 0, list, i, false);
		return;
	}
	init_value(w, t, value);
	++*i;
}

/* The elements of [first ... last] (GNU C), each with the value; too many of them as one. */
static void init_range(struct init_walk *w, const struct target *t, struct node *entry,
		       const struct designator *d)
{
	bool few = d->first >= 0 && d->last >= d->first && d->last - d->first < INIT_RANGE_MAX;

	if (!few) {
		layout_use_range(w->fr, entry->at);
		init_value(w, element_of(w, t, -1), entry->kids[0]);
	}
	for (long long index = d->first; few && index <= d->last; index++)
		init_value(w, element_of(w, t, index), entry->kids[0]);
}

/*
 * Designator number `d` of the entry at hand; what follows it in the list goes on behind it, in the
 * innermost aggregate first.  Returns the number of the next member or element of `t`; -1: none.
 */
static long long init_designated(struct init_walk *w, struct target t, struct node *list,
				 uint32_t *i, uint32_t d)
{
	struct node *entry = list->kids[*i];
	const struct designator *at = &entry->designators[d];
	bool last = d + 1 == entry->ndesignators;
	struct target inner;
	long long next = at->last < 0 ? -1 : at->last + 1;

	if (!at->member && at->first != at->last && last && entry->n) {
		init_range(w, &t, entry, at);
		++*i;
		return next;
	}
	if (!at->member) {
		inner = element_of(w, &t, at->first == at->last ? at->first : -1);
	} else if (!find_member(w, &t, at->member, &inner, &next)) {
		++*i;
		return -1;
	}
	if (!last) {
		init_rest(w, inner, init_designated(w, inner, list, i, d + 1), list, i, false);
		return next;
	}
	if (entry->n)
		init_value(w, inner, entry->kids[0]);
	++*i;
	return next;
}

/* The members or elements of an aggregate from number `next` on; braced: up to the end of the list. */
static void init_rest(struct init_walk *w, struct target t, long long next, struct node *list,
		      uint32_t *i, bool braced)
{
	bool record = type_is_record(t.type);
	struct member_list all = record ? members_of(t.type) : (struct member_list){ 0 };
	long long n = !record	       ? clang_getArraySize(t.type) :
		      is_union(t.type) ? 1 :
					 (long long)all.n;

	while (*i < list->n) {
		if (list->kids[*i]->kind == NODE_DESIGNATED) {
			if (!braced)
				break;
			next = init_designated(w, t, list, i, 0);
			continue;
		}
		if (record ? next < 0 || next >= n : n >= 0 && next >= n) {
			if (!braced)
				break;
			++*i; /* clang warns of it */
			continue;
		}
		if (record)
			layout_use_position(w->fr, record_member(w->fr, all.v[next]),
					    list->kids[*i]->at);
		init_next(w, record ? member_of(w, &t, all.v[next]) : element_of(w, &t, next), list,
			  i);
		next += next >= 0;
	}
	free(all.v);
}

static void init_value(struct init_walk *w, struct target t, struct node *value)
{
	uint32_t i = 0;

	/* C11 6.3.2.1p3: an array that initialises a pointer is the address of its first element. */
	if (value->kind == NODE_LITERAL && (type_is_array(t.type) || !type_is_array(value->type)))
		value = value->kids[0];
	set(w, &t);
	if (value->kind != NODE_INIT)
		init_leaf(w, &t, value);
	else if (type_is_record(t.type) || type_is_array(t.type))
		init_rest(w, t, 0, value, &i, true);
	else if (value->n)
		init_value(w, t, value->kids[0]);
}

/* Was it, or what it is a part of, initialised again later, or another member of a union? */
static bool is_overridden(const struct leaf *leaf)
{
	const struct spot *s, *part = NULL;

	for (s = leaf->spot; s; part = s, s = s->key.in) {
		if (s->set > leaf->at)
			return true;
		if (part && s->chosen && s->chosen != part)
			return true;
	}
	return false;
}

void init_walk(struct front *fr, struct node *init, CXType type,
	       void (*use)(void *ctx, const struct member_decl *m, struct node *value), void *ctx)
{
	struct init_walk w = { .fr = fr };
	const struct member_decl *m = NULL;
	struct node *value = NULL;

	init_value(&w, (struct target){ .spot = spot_of(&w, NULL, NULL, 0), .type = type }, init);
	for (size_t i = 0; i < w.nleaves; i++) {
		const struct leaf *leaf = &w.leaves[i];

		if (is_overridden(leaf) || (leaf->m == m && leaf->value == value))
			continue; /* the value of a range is one */
		m = leaf->m;
		value = leaf->value;
		use(ctx, m, value);
	}
	HASH_CLEAR(hh, w.spots);
	free(w.leaves);
	arena_free(&w.arena);
}
