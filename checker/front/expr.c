// SPDX-License-Identifier: GPL-2.0-only
/* expr.c - evaluates expressions in order: their events and the control flow inside them. */
#include "access.h"
#include "bb.h"
#include "branch.h"
#include "branch_test.h"
#include "call.h"
#include "event.h"
#include "expr.h"
#include "layout_use.h"
#include "node_const.h"
#include "part_write.h"
#include "path.h"
#include "slot_init.h"
#include "stmt_expr.h"
#include "stored_value.h"
#include "type.h"
#include "versions.h"

static struct var *local_of(const struct node *n)
{
	struct var *v = var_of(n);

	return v && v->kind != VAR_STATIC ? v : NULL;
}

/* A callee may assign what its arguments point to. */
static void set_pointees(struct fn *f, const struct node *n)
{
	uint32_t i;

	for (i = 1; i < n->n; i++)
		if (n->kids[i]->kind == NODE_REF && n->kids[i]->var && n->kids[i]->var->pointee)
			access_set(f, n->kids[i]->var->pointee, n->at);
}

/* A variable behind which a member is looked up is not null from there on. */
static void note_deref(struct fn *f, const struct node *n)
{
	struct var *v = local_of(n);

	if (v && v->compared && !v->unknown && type_is_pointer(v->type))
		event_add(f, EV_DEREF, n->at)->local = var_local(f, v);
}

/* The operands of an lvalue, not its value. */
static void expr_lvalue(struct fn *f, struct node *n)
{
	if (n->kind == NODE_MEMBER || n->kind == NODE_DEREF)
		note_deref(f, n->kids[0]);
	if (n->kind == NODE_MEMBER || n->kind == NODE_DEREF)
		expr_value(f, n->kids[0]);
	else
		expr_value(f, n);
}

static void expr_call(struct fn *f, struct node *n)
{
	struct callee *target;
	uint32_t i, call;

	for (i = 0; i < n->n; i++)
		expr_value(f, n->kids[i]);
	call = call_index(f, n);
	part_write_note(f, n);
	set_pointees(f, n);
	event_add(f, EV_CALL, n->at)->call = call;
	target = call_target(f, n);
	if (target && target->noreturn)
		bb_dead_end(f);
}

static void expr_assign(struct fn *f, struct node *n)
{
	struct node *to = n->kids[0], *from = n->kids[1];
	struct var *v = local_of(to);

	if (v && !type_is_record(v->type)) {
		expr_into(f, from, v);
		if (v->pointed_by)
			access_write(f, to, from);
		return;
	}
	if (v)
		expr_into(f, from, v);
	else
		expr_value(f, from);
	expr_lvalue(f, to);
	access_write(f, to, from);
}

static void expr_update(struct fn *f, struct node *n)
{
	struct node *to = n->kids[0];
	struct var *v = local_of(to);

	if (n->kind == NODE_UPDATE)
		expr_value(f, n->kids[1]);
	expr_lvalue(f, to);
	if (v) {
		access_set(f, v, n->at);
		versions_set(f, v, n);
	}
	if (!v || v->pointed_by)
		access_write(f, to, NULL);
	if (to->kind == NODE_MEMBER && to->member->bitfield)
		stored_value_update(f, n);
}

/* Both arms of a conditional; `v`, if any, gets the value. */
static void expr_cond(struct fn *f, struct node *n, struct var *v)
{
	struct bb *yes = bb_new(f), *no = bb_new(f), *join = bb_new(f);
	struct node *a = n->kind == NODE_COND ? n->kids[1] : NULL;
	struct node *b = n->kids[n->n - 1];

	branch_on(f, n->kids[0], yes, no);
	f->cur = yes;
	if (a && v)
		expr_into(f, a, v);
	else if (a)
		expr_value(f, a);
	else if (v)
		versions_set(f, v, node_uncast(n->kids[0]));
	bb_goto(f, join, no);
	f->cur = no;
	if (v)
		expr_into(f, b, v);
	else
		expr_value(f, b);
	bb_goto(f, join, join);
}

static void expr_stmts(struct fn *f, struct node *n)
{
	struct stmt_expr open;
	struct node *last = stmt_expr_open(f, n, &open);

	if (last)
		expr_value(f, last);
	stmt_expr_close(f, n, &open);
}

static void expr_literal(struct fn *f, struct node *n)
{
	expr_value(f, n->kids[0]);
	slot_init_list(f, n->kids[0], n->type, 0);
}

/* Where the address of a compound literal goes is not followed, nor are the addresses in it. */
static void literal_address(struct fn *f, struct node *n)
{
	struct path anywhere = path_unknown(0);

	if (n->kind == NODE_LITERAL && type_is_record(n->type))
		access_store_record(f, &anywhere, n->type, n, n->at);
}

static void expr_kids(struct fn *f, struct node *n)
{
	uint32_t i;

	for (i = 0; i < n->n; i++)
		expr_value(f, n->kids[i]);
}

void expr_value(struct fn *f, struct node *n)
{
	struct bb *join;

	if (bb_is_dead(f->cur) && !n->targets)
		return;
	switch (n->kind) {
	case NODE_MEMBER:
		expr_lvalue(f, n);
		if (n->member->bitfield)
			access_read(f, n);
		layout_use_overlay(f->fr, f->out.key, n->member, n->at);
		break;
	case NODE_ADDR:
		expr_lvalue(f, n->kids[0]);
		if (n->kids[0]->kind == NODE_MEMBER)
			layout_use_overlay(f->fr, f->out.key, n->kids[0]->member, n->at);
		literal_address(f, n->kids[0]);
		/* Passing the address to the functions of a cleanup guard's class leaves it unchanged. */
		if (local_of(n->kids[0]) && !local_of(n->kids[0])->is_guard)
			access_set(f, local_of(n->kids[0]), n->at);
		branch_test_change(f, n->kids[0], NULL);
		break;
	case NODE_ASSIGN:
		expr_assign(f, n);
		break;
	case NODE_UPDATE:
	case NODE_INCDEC:
		expr_update(f, n);
		break;
	case NODE_AND:
	case NODE_OR:
		join = bb_new(f);
		branch_on(f, n, join, join);
		f->cur = join;
		break;
	case NODE_COND:
	case NODE_ELVIS:
		expr_cond(f, n, NULL);
		break;
	case NODE_CALL:
		expr_call(f, n);
		break;
	case NODE_STMTEXPR:
		expr_stmts(f, n);
		break;
	case NODE_LITERAL:
		expr_literal(f, n);
		break;
	case NODE_UNREACHABLE:
		expr_kids(f, n);
		bb_dead_end(f);
		break;
	default:
		expr_kids(f, n);
	}
}

/* --- values that go into a variable */

/* Does the variable keep every value of this type, or of a _Bool whether it is zero? */
static bool is_copy(const struct var *from, const struct var *v)
{
	struct integer a = type_integer(from->type), b = type_integer(v->type);

	return !b.bits || b.is_bool || integer_keeps_value(a, b);
}

/* The variable gets the result of the call (negated: 1 if that is zero, else 0). */
static void note_result(struct fn *f, struct node *n, struct var *v, bool negated)
{
	if (n->call == NONE)
		return;
	if (!negated && type_integer(v->type).bits && node_integer(n).bits &&
	    !integer_keeps_nonzero(node_integer(n), type_integer(v->type))) {
		access_set(f, v, n->at);
		return;
	}
	f->calls[n->call].dst = var_local(f, v);
	f->calls[n->call].negated = negated;
}

static void set_result(struct fn *f, struct node *n, struct var *v, bool negated)
{
	note_result(f, n, v, negated);
	if (!negated)
		versions_set(f, v, n);
}

/*
 * The value is no call's result.  A constant is kept, as the variable has it: callers may see it
 * returned.
 */
static void set_value(struct fn *f, struct node *n, struct var *v)
{
	struct event *e = access_set(f, v, n->at);
	struct var *from;
	long long value;

	versions_set(f, v, n);
	if (!e)
		return;
	if (node_const(f, n, &value))
		e->value = str_printf("%lld", integer_convert(type_integer(v->type), value));
	from = local_of(node_same_value(n));
	if (from && is_copy(from, v) && from->kind == VAR_LOCAL && from->tested && !from->unknown)
		e->src = path_keep(&f->arena, &(struct path){ .root = ROOT_LOCAL,
							      .index = var_local(f, from) });
}

/* Is it !x, x == 0 or x != 0? */
static bool is_negation(struct fn *f, const struct node *n, bool *negates)
{
	long long value;

	*negates = n->kind == NODE_NOT || n->op == CXBinaryOperator_EQ;
	return n->kind == NODE_NOT ||
	       (n->kind == NODE_BINARY &&
		(n->op == CXBinaryOperator_EQ || n->op == CXBinaryOperator_NE) &&
		node_const(f, n->kids[1], &value) && !value);
}

/* v = !f(), v = !!f() or v = f() != 0, as WARN_ON() keeps its condition. */
static bool negated_into(struct fn *f, struct node *n, struct var *v)
{
	bool negated = false, negates;

	for (; is_negation(f, n, &negates); n = node_same_zero(n->kids[0]))
		negated ^= negates;
	if (n->kind != NODE_CALL)
		return false;
	expr_call(f, n);
	set_result(f, n, v, negated);
	return true;
}

/*
 * Without the casts that make no difference to what is noted of the variable: those that keep the value,
 * those to its own type, which set_value() applies, and those that keep a call's result not zero.
 */
static struct node *strip_into(struct node *n, const struct var *v)
{
	struct integer to = type_integer(v->type);

	n = node_same_value(n);
	while (n->kind == NODE_CAST && integer_same(node_integer(n), to))
		n = node_same_value(n->kids[0]);
	return node_same_zero(n)->kind == NODE_CALL ? node_same_zero(n) : n;
}

void expr_into(struct fn *f, struct node *n, struct var *v)
{
	struct stmt_expr open;
	struct node *last;

	n = strip_into(n, v);
	if (bb_is_dead(f->cur) && !n->targets)
		return;
	switch (n->kind) {
	case NODE_CALL:
		expr_call(f, n);
		set_result(f, n, v, false);
		break;
	case NODE_NOT:
	case NODE_BINARY:
		if (negated_into(f, n, v))
			break;
		expr_value(f, n);
		set_value(f, n, v);
		break;
	case NODE_COND:
	case NODE_ELVIS:
		expr_cond(f, n, v);
		if (n->kind == NODE_ELVIS)
			note_result(f, node_same_zero(n->kids[0]), v, false);
		break;
	case NODE_COMMA:
		expr_value(f, n->kids[0]);
		expr_into(f, n->kids[1], v);
		break;
	case NODE_STMTEXPR:
		last = stmt_expr_open(f, n, &open);
		if (last)
			expr_into(f, last, v);
		stmt_expr_close(f, n, &open);
		break;
	default:
		expr_value(f, n);
		set_value(f, n, v);
	}
}
