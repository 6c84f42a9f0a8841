// SPDX-License-Identifier: GPL-2.0-only
/*
 * branch_test.c - what branches depend on: parameters, variables and members, and where those get
 * another value.  Link uses it to find infeasible paths: two branches on one value go the same way.
 */
#include "branch_test.h"
#include "call.h"
#include "event.h"
#include "node_const.h"
#include "path.h"
#include "path_expr.h"
#include "type.h"

static bool is_tested(const struct fn *f, const struct member_decl *m)
{
	size_t i;

	for (i = 0; i < f->nbranches_on; i++)
		if (f->branches_on[i] == m)
			return true;
	return false;
}

struct node *branch_test_shift(struct fn *f, struct node *n)
{
	long long value;

	return n->kind == NODE_BINARY && n->op == CXBinaryOperator_Shl &&
			       node_const(f, n->kids[0], &value) && value == 1 ?
		       node_uncast(n->kids[1]) :
		       NULL;
}

/* The pointer that the call tests for an error, or NULL. */
static struct node *tested_for_error(struct fn *f, struct node *n)
{
	struct callee *target = n->kind == NODE_CALL && n->n == 2 ? call_target(f, n) : NULL;

	return target && target->error_test ? n->kids[1] : NULL;
}

/* The variable or member whose value decides a condition, or NULL. */
static struct node *decisive(struct fn *f, struct node *n)
{
	struct node *shift;
	long long value;

	for (n = node_uncast(n);; n = node_uncast(n->kids[0])) {
		if (tested_for_error(f, n))
			return node_uncast(tested_for_error(f, n));
		shift = branch_test_shift(f, n);
		if (shift)
			n = shift;
		if (n->kind != NODE_NOT &&
		    !(n->kind == NODE_BINARY && node_const(f, n->kids[1], &value)))
			return n->kind == NODE_MEMBER || var_of(n) ? n : NULL;
	}
}

/* Is a bit of the mask set in a value if and only if it is set in the converted value? */
static bool keeps_bits(struct integer from, struct integer to, long long mask)
{
	uint32_t low = from.bits < to.bits ? from.bits : to.bits;

	return integer_keeps_value(from, to) ||
	       (low && !to.is_bool && mask >= 0 && low < 64 && mask >> low == 0);
}

static struct var *local_pointer(struct node *n)
{
	n = node_uncast(n);
	return n->kind == NODE_REF && n->var && n->var->kind == VAR_LOCAL &&
			       type_is_pointer(n->type) ?
		       n->var :
		       NULL;
}

/* Is it a == b or a != b of two local pointers? */
static bool compares_locals(struct node *n, struct var **a, struct var **b)
{
	if (n->kind != NODE_BINARY ||
	    (n->op != CXBinaryOperator_EQ && n->op != CXBinaryOperator_NE))
		return false;
	*a = local_pointer(n->kids[0]);
	*b = local_pointer(n->kids[1]);
	return *a && *b;
}

static void mark_same(struct node *n)
{
	struct var *a, *b;

	if (compares_locals(n, &a, &b))
		a->tested = a->compared = b->tested = b->compared = true;
}

static void mark_condition(struct fn *f, struct node *n)
{
	if (!n)
		return;
	n = node_uncast(n);
	if (n->kind == NODE_AND || n->kind == NODE_OR)
		return; /* branch_test_mark() takes their operands */
	mark_same(n);
	n = decisive(f, n);
	if (!n)
		return;
	if (var_of(n))
		var_of(n)->tested = true;
	else if (n->kind == NODE_MEMBER && n->member->name && type_is_scalar(n->type) &&
		 !is_tested(f, n->member))
		*vec_add(f->branches_on, f->nbranches_on, f->branches_on_cap) = n->member;
}

void branch_test_mark(struct fn *f, struct node *n)
{
	uint32_t i;

	switch (n->kind) {
	case NODE_AND:
	case NODE_OR:
		mark_condition(f, n->kids[1]);
		mark_condition(f, n->kids[0]);
		break;
	case NODE_IF:
	case NODE_WHILE:
	case NODE_COND:
	case NODE_ELVIS:
	case NODE_SWITCH:
	case NODE_NOT:
		mark_condition(f, n->kids[0]);
		break;
	case NODE_DO:
	case NODE_FOR:
		mark_condition(f, n->kids[1]);
		break;
	default:
		break;
	}
	for (i = 0; i < n->n; i++)
		if (n->kids[i])
			branch_test_mark(f, n->kids[i]);
}

static uint32_t tested_index(struct fn *f, struct node *n)
{
	struct tested_member t = { .field = n->member->name };
	uint32_t i;

	f->flat++;
	t.obj = path_base(f, n);
	f->flat--;
	for (i = 0; i < f->ntested; i++)
		if (f->tested[i].field == t.field && path_equal(&f->tested[i].obj, &t.obj))
			return i;
	*vec_add(f->tested, f->ntested, f->tested_cap) = t;
	return (uint32_t)f->ntested - 1;
}

bool branch_test_value(struct fn *f, struct bb *bb, struct node *n)
{
	struct var *v = var_of(n);

	bb->test.fleeting = v && v->pointed_by;
	if (v && v->kind == VAR_PARAM && !v->ndefs && !v->unknown)
		bb->test.param = v->index;
	else if (v && v->kind != VAR_STATIC && (v->from_call || (v->tested && !v->unknown)))
		bb->test.local = var_local(f, v);
	else if (n->kind == NODE_MEMBER && is_tested(f, n->member))
		bb->test.member = tested_index(f, n);
	else
		return false;
	return true;
}

/* Is it `x & MASK`, with a constant? */
static bool is_masked(struct fn *f, struct node *n, long long *mask)
{
	return n->kind == NODE_BINARY && n->op == CXBinaryOperator_And &&
	       node_const(f, n->kids[1], mask);
}

bool branch_test_number(struct fn *f, struct bb *bb, struct node *n, enum test_kind kind,
			struct integer as, long long value)
{
	struct integer from = node_integer(n);
	long long inner, mask;

	/* Tests of a converted or masked value are tests of the value itself, against another constant. */
	for (;; n = n->kids[0], as = from, from = node_integer(n)) {
		inner = value;
		if (kind == TEST_EQUAL && integer_keeps_apart(from, as))
			inner = integer_convert(from, value);
		else if (kind == TEST_MASK ? !keeps_bits(from, as, value) :
					     !integer_keeps_value(from, as))
			return false;
		if (kind == TEST_EQUAL && integer_convert(as, inner) != value)
			inner = value; /* never equal */
		value = inner;
		if (kind == TEST_MASK && is_masked(f, n, &mask))
			value &= mask;
		else if (n->kind != NODE_CAST)
			break;
	}
	if (n->kind == NODE_CALL && n->call != NONE)
		bb->test.call = n->call;
	else if (!branch_test_value(f, bb, n->kind == NODE_ASSIGN ? n->kids[0] : n))
		return false;
	bb->test.kind = kind;
	bb->test.value = str_printf("%lld", value);
	if (from.bits == 1 && (kind == TEST_EQUAL ? value == integer_convert(from, 1) :
						    kind == TEST_MASK && (value & 1))) {
		bb->test.kind = TEST_NONZERO;
		bb->test.value = 0;
	}
	return true;
}

static const struct path *path_of_var(struct fn *f, struct node *n)
{
	struct path p = path_value(f, n);

	return path_keep(&f->arena, &p);
}

bool branch_test_same(struct fn *f, struct bb *bb, struct node *n)
{
	struct var *a, *b;

	if (!compares_locals(n, &a, &b) || a->unknown || b->unknown)
		return false;
	bb->test.kind = TEST_SAME;
	bb->test.local = var_local(f, a);
	bb->test.other = var_local(f, b);
	bb->test.a = path_of_var(f, n->kids[0]);
	bb->test.b = path_of_var(f, n->kids[1]);
	return true;
}

static void add_changed(struct fn *f, const struct member_decl *m)
{
	struct assigned_member c = { m->rec->key, m->name };
	size_t i;

	if (!c.record || !c.field)
		return;
	for (i = 0; i < f->nassigned; i++)
		if (f->assigned[i].record == c.record && f->assigned[i].field == c.field)
			return;
	*vec_add(f->assigned, f->nassigned, f->assigned_cap) = c;
}

/* An object of a record type is assigned: so are those of its members that branches depend on. */
static void change_members(struct fn *f, struct node *to)
{
	str record = record_key(f->fr, to->type);
	struct path obj;
	size_t i;

	f->flat++;
	obj = path_object(f, to);
	f->flat--;
	for (i = 0; i < f->nbranches_on; i++)
		if (f->branches_on[i]->rec->key == record) {
			struct event *e = event_add(f, EV_CHANGE, to->at);

			add_changed(f, f->branches_on[i]);
			e->obj = path_keep(&f->arena, &obj);
			e->field = f->branches_on[i]->name;
		}
}

void branch_test_change(struct fn *f, struct node *to, struct node *value)
{
	struct event *e;
	struct path obj;
	long long number;

	if (type_is_record(to->type))
		change_members(f, to);
	if (to->kind != NODE_MEMBER || !type_is_scalar(to->type))
		return;
	add_changed(f, to->member);
	if (!is_tested(f, to->member))
		return;
	f->flat++;
	obj = path_base(f, to);
	f->flat--;
	e = event_add(f, EV_CHANGE, to->at);
	e->obj = path_keep(&f->arena, &obj);
	e->field = to->member->name;
	if (value && node_const(f, value, &number))
		e->value = str_printf("%lld", integer_convert(node_integer(to), number));
}
