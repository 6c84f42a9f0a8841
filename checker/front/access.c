// SPDX-License-Identifier: GPL-2.0-only
/* access.c - events of reading and writing. */
#include "access.h"
#include "address.h"
#include "branch_test.h"
#include "event.h"
#include "extent.h"
#include "init_walk.h"
#include "node_const.h"
#include "path.h"
#include "path_expr.h"
#include "record_layout.h"
#include "slot_init.h"
#include "source.h"
#include "stored_value.h"
#include "type.h"

/* A constant as the reader of the source knows it: the name of an enumerator, else the number. */
static str constant_text(struct fn *f, struct node *n)
{
	long long value;

	if (!n)
		return 0;
	n = node_as_written(n);
	if (!node_const(f, n, &value))
		return 0;
	n = node_uncast(n);
	if (n->kind == NODE_CONST && clang_getCursorKind(n->at) == CXCursor_DeclRefExpr)
		return source_spelling(n->at);
	return str_printf("%lld", value);
}

static struct event *access_add(struct fn *f, enum access_kind kind, struct node *n)
{
	struct path obj = path_base(f, n);
	struct event *e = event_add(f, EV_ACCESS, n->at);

	e->access = kind;
	e->field = n->member->name;
	e->obj = path_keep(&f->arena, &obj);
	return e;
}

void access_read(struct fn *f, struct node *n)
{
	if (n->member->name)
		access_add(f, ACCESS_READ, n);
}

/* Writes of union members that share bits with bitfields, from the lvalue outwards. */
static void write_overlays(struct fn *f, struct node *to, enum access_kind kind)
{
	for (;;) {
		if (to->kind == NODE_MEMBER) {
			if (record_overlays(f->fr, to->member))
				access_add(f, kind, to);
		} else if (to->kind != NODE_INDEX) {
			return;
		}
		to = to->kids[0];
		if (type_is_pointer(to->type))
			return;
	}
}

static void write_whole(struct fn *f, struct node *to)
{
	struct record_decl *r = record_of_type(f->fr, to->type);
	struct path obj;
	struct event *e;

	if (!record_has_bits(f->fr, r))
		return;
	obj = path_object(f, to);
	e = event_add(f, EV_ACCESS, to->at);
	e->access = ACCESS_WHOLE;
	e->obj = path_keep(&f->arena, &obj);
}

struct byte_store {
	struct fn *f;
	struct node *to;
	enum access_kind kind;
};

static void write_bitfield(void *ctx, const struct path *obj, str field)
{
	const struct byte_store *s = ctx;
	struct event *e = event_add(s->f, EV_ACCESS, s->to->at);

	e->access = s->kind;
	e->field = field;
	e->obj = path_keep(&s->f->arena, obj);
}

/* A store of other bytes than those of the member that the pointer is of, through a cast for instance. */
static void write_bytes(struct fn *f, struct node *to, enum access_kind kind)
{
	struct byte_store s = { f, to, kind };
	struct extent e;

	if ((to->kind != NODE_DEREF && to->kind != NODE_INDEX && to->kind != NODE_MEMBER) ||
	    !extent_of_lvalue(f, to, &e) || !e.reinterpreted)
		return;
	if (!e.known)
		s.kind = ACCESS_WHOLE;
	if (e.known)
		extent_bitfields(f, &e, clang_Type_getSizeOf(to->type), write_bitfield, &s);
	else
		write_bitfield(&s, &e.obj, 0);
}

/* A pointer is stored; a function also fills a slot. */
static void store_pointer(struct fn *f, struct node *to, struct node *value)
{
	struct path src = path_value(f, value), obj;
	struct node *member = to;
	struct event *e;

	while (member->kind == NODE_INDEX && type_is_array(member->kids[0]->type))
		member = member->kids[0];
	if (member->kind != NODE_MEMBER || !member->member->name)
		member = NULL;
	obj = member ? path_base(f, member) : path_object(f, to);
	if (member && type_is_function(to->type))
		slot_init_value(f, member->member, value, obj.root == ROOT_GLOBAL ? obj.name : 0);
	e = event_add(f, EV_STORE, to->at);
	e->obj = path_keep(&f->arena, &obj);
	e->src = path_keep(&f->arena, &src);
	e->field = member ? member->member->name : 0;
}

struct record_store {
	struct fn *f;
	struct path obj;
	CXCursor at;
};

static void store_member(void *ctx, const struct member_decl *m, struct node *value)
{
	const struct record_store *s = ctx;

	access_store(s->f, &s->obj, m ? m->name : 0, value, s->at);
}

/*
 * A record gets a value, and so each address in it: those that an initialiser lists, or all that
 * another object has.
 */
static void store_record(struct fn *f, struct node *to, struct node *value)
{
	struct path obj = path_object(f, to);

	access_store_record(f, &obj, to->type, value, to->at);
}

void access_store(struct fn *f, const struct path *obj, str field, struct node *value, CXCursor at)
{
	struct path src;
	struct event *e;

	if (!address_in(value))
		return;
	src = path_value(f, value);
	if (src.root == ROOT_NULL || src.root == ROOT_FUNC || src.root == ROOT_UNKNOWN)
		return;
	e = event_add(f, EV_STORE, at);
	e->obj = path_keep(&f->arena, obj);
	e->src = path_keep(&f->arena, &src);
	e->field = field;
}

void access_store_record(struct fn *f, const struct path *obj, CXType type, struct node *value,
			 CXCursor at)
{
	struct record_store s = { f, *obj, at };
	struct path src;
	struct event *e;

	value = node_uncast(value);
	if (!address_fits(type))
		return;
	if (value->kind == NODE_LITERAL || value->kind == NODE_INIT) {
		init_walk(f->fr, value, type, store_member, &s);
		return;
	}
	if (!type_is_record(value->type))
		return;
	src = path_object(f, value);
	if (src.root == ROOT_NULL || src.root == ROOT_GLOBAL || src.root == ROOT_UNKNOWN)
		return;
	e = event_add(f, EV_STORE, at);
	e->obj = path_keep(&f->arena, obj);
	e->src = path_keep(&f->arena, &src);
}

/* In a = b = 0, a is given the constant, too. */
static struct node *last_assigned(struct fn *f, struct node *value)
{
	struct node *last = value;
	long long number;

	while (last && node_uncast(last)->kind == NODE_ASSIGN)
		last = node_uncast(last)->kids[1];
	return last && node_const(f, last, &number) && (number == 0 || number == 1) ? last : value;
}

void access_write(struct fn *f, struct node *to, struct node *value)
{
	enum access_kind kind = value ? ACCESS_WRITE : ACCESS_RMW;
	struct event *e;

	value = last_assigned(f, value);
	if (type_is_record(to->type)) {
		write_whole(f, to);
		if (value)
			store_record(f, to, value);
	} else if (to->kind == NODE_MEMBER && to->member->bitfield) {
		e = access_add(f, kind, to);
		e->value = constant_text(f, value);
		if (value)
			stored_value_store(f, to->member, node_as_written(value), to->at);
	} else if (value && (type_is_pointer(to->type) ||
			     (type_integer(to->type).bits == 64 && address_in(value)))) {
		store_pointer(f, to, value);
	}
	write_overlays(f, to, kind);
	write_bytes(f, to, kind);
	branch_test_change(f, to, value);
}

struct event *access_set(struct fn *f, struct var *v, CXCursor at)
{
	struct event *e;

	if (!v->from_call && !(v->tested && !v->unknown))
		return NULL;
	e = event_add(f, EV_SET, at);
	e->local = var_local(f, v);
	return e;
}
