// SPDX-License-Identifier: GPL-2.0-only
/*
 * value_range.c - which values an integer expression may have: by its type, by operators that bound
 * their result, by all assignments to a local variable.
 */
#include <limits.h>

#include "callee.h"
#include "call.h"
#include "node_const.h"
#include "value_range.h"

struct range {
	long long low, high;
};

static const struct range truth = { 0, 1 };

/* --- sets */

void value_set_add_range(struct value_set *s, long long low, long long high)
{
	s->low = s->any && s->low < low ? s->low : low;
	s->high = s->any && s->high > high ? s->high : high;
	s->any = true;
}

static void add_source(struct value_set *s, struct value_source source)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->more[i].kind == source.kind && s->more[i].param == source.param &&
		    s->more[i].function == source.function)
			return;
	*vec_add(s->more, s->n, s->cap) = source;
}

struct value_source *value_set_sources(struct fn *f, const struct value_set *s, uint32_t *n)
{
	struct value_source *all = arena_alloc(&f->arena, (s->n + 1) * sizeof(*all));

	*n = 0;
	if (s->any)
		all[(*n)++] = (struct value_source){ .kind = VALUE_RANGE,
						     .low = s->low,
						     .high = s->high };
	for (size_t i = 0; i < s->n; i++)
		all[(*n)++] = s->more[i];
	return all;
}

void value_set_free(struct value_set *s)
{
	free(s->more);
}

/* --- ranges */

/* All values of a type.  Those of 64 bits are all numbers, see struct integer. */
static struct range range_of_type(struct integer t)
{
	if (t.is_bool)
		return truth;
	if (!t.bits || t.bits >= 64)
		return (struct range){ LLONG_MIN, LLONG_MAX };
	if (t.is_signed)
		return (struct range){ -(1LL << (t.bits - 1)), (1LL << (t.bits - 1)) - 1 };
	return (struct range){ 0, (1LL << t.bits) - 1 };
}

/* The range of the expression, wherever its values come from. */
static struct range range_of(struct fn *f, struct node *n)
{
	struct value_set s = { 0 };
	struct range all;

	f->nested++;
	value_set_add(f, &s, n);
	f->nested--;
	for (size_t i = 0; i < s.n; i++)
		value_set_add_range(&s, s.more[i].low, s.more[i].high);
	all = s.any ? (struct range){ s.low, s.high } : range_of_type(node_integer(n));
	value_set_free(&s);
	return all;
}

/* The greatest number with as many bits as `high` needs. */
static long long all_bits(long long high)
{
	unsigned long long bits = 0;

	while ((unsigned long long)high > bits)
		bits = bits << 1 | 1;
	return (long long)bits;
}

/* The bitwise operators (C11 6.5.10 to 6.5.12): their result needs no more bits than an operand. */
static bool range_bits(uint32_t op, struct range a, struct range b, struct range *out)
{
	long long least = a.low < 0 ? b.high : b.low < 0 || a.high < b.high ? a.high : b.high;
	long long most = a.high > b.high ? a.high : b.high;

	if (op == CXBinaryOperator_And && (a.low >= 0 || b.low >= 0))
		*out = (struct range){ 0, least };
	else if (op != CXBinaryOperator_And && a.low >= 0 && b.low >= 0)
		*out = (struct range){ 0, all_bits(most) };
	else
		return false;
	return true;
}

/* The operators that take a part of a number, in an unsigned type of 64 bits (see struct integer). */
static bool range_wide(uint32_t op, struct range b, struct range *out)
{
	if (op == CXBinaryOperator_Shr && b.low > 0 && b.high < 64)
		*out = (struct range){ 0, (long long)(UINT64_MAX >> b.low) };
	else if (op == CXBinaryOperator_Rem && b.low > 0)
		*out = (struct range){ 0, b.high - 1 };
	else
		return false;
	return true;
}

/* The same of numbers that are not negative, by a number that is not zero. */
static bool range_parts(uint32_t op, struct range a, struct range b, struct range *out)
{
	if (a.low < 0)
		return false;
	if (op == CXBinaryOperator_Shr && b.low >= 0 && b.high < 64)
		*out = (struct range){ a.low >> b.high, a.high >> b.low };
	else if (op == CXBinaryOperator_Div && b.low > 0)
		*out = (struct range){ a.low / b.high, a.high / b.low };
	else if (op == CXBinaryOperator_Rem && b.low > 0)
		*out = (struct range){ 0, a.high < b.high - 1 ? a.high : b.high - 1 };
	else
		return false;
	return true;
}

/* Addition and subtraction, if no result is too great for a long long. */
static bool range_sum(uint32_t op, struct range a, struct range b, struct range *out)
{
	if (op == CXBinaryOperator_Add)
		return !__builtin_add_overflow(a.low, b.low, &out->low) &&
		       !__builtin_add_overflow(a.high, b.high, &out->high);
	return op == CXBinaryOperator_Sub && !__builtin_sub_overflow(a.low, b.high, &out->low) &&
	       !__builtin_sub_overflow(a.high, b.low, &out->high);
}

static bool is_within(struct range r, struct integer t)
{
	struct range all = range_of_type(t);

	return r.low >= all.low && r.high <= all.high;
}

static struct range range_binary(struct fn *f, struct node *n)
{
	struct integer type = node_integer(n), left = node_integer(n->kids[0]);
	bool wide = left.bits == 64 && !left.is_signed, known;
	struct range a, b, all = range_of_type(type), out = all;

	if (n->op >= CXBinaryOperator_LT && n->op <= CXBinaryOperator_NE)
		return truth;
	a = range_of(f, n->kids[0]);
	b = range_of(f, n->kids[1]);
	if (n->op == CXBinaryOperator_And || n->op == CXBinaryOperator_Or ||
	    n->op == CXBinaryOperator_Xor)
		known = range_bits(n->op, a, b, &out);
	else
		known = (wide && range_wide(n->op, b, &out)) || range_parts(n->op, a, b, &out) ||
			range_sum(n->op, a, b, &out);
	return known && is_within(out, type) ? out : all;
}

/* --- values by their origin */

static void add_type(struct value_set *s, const struct node *n)
{
	struct range r = range_of_type(node_integer(n));

	value_set_add_range(s, r.low, r.high);
}

/* What an operator such as |= leaves in an object that had one of the values in the set before. */
static void add_update(struct fn *f, struct value_set *s, struct node *n)
{
	struct range b = n->kind == NODE_UPDATE ? range_of(f, n->kids[1]) : truth;
	bool or = n->op == CXBinaryOperator_OrAssign || n->op == CXBinaryOperator_XorAssign;

	if (n->kind == NODE_UPDATE && or &&b.low >= 0)
		value_set_add_range(s, 0, all_bits(s->any && s->high > b.high ? s->high : b.high));
	else if (n->kind == NODE_UPDATE && n->op == CXBinaryOperator_AndAssign)
		value_set_add_range(s, 0, 0);
	else
		add_type(s, n->kids[0]);
}

/* All values that a local variable is assigned, in whatever order. */
static void collect_variable(struct fn *f, struct value_set *s, struct node *n)
{
	struct range r = range_of_type(node_integer(n));
	struct var *v = n->var;
	size_t i;

	if (v->kind == VAR_PARAM)
		add_source(s, (struct value_source){ .kind = VALUE_PARAM,
						     .param = v->index,
						     .low = r.low,
						     .high = r.high });
	for (i = 0; i < v->ndefs; i++)
		if (v->defs[i]->kind != NODE_UPDATE && v->defs[i]->kind != NODE_INCDEC)
			value_set_add(f, s, v->defs[i]);
	for (i = 0; i < v->ndefs; i++)
		if (v->defs[i]->kind == NODE_UPDATE || v->defs[i]->kind == NODE_INCDEC)
			add_update(f, s, v->defs[i]);
}

static void add_sources(struct value_set *s, const struct value_source *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].kind == VALUE_RANGE)
			value_set_add_range(s, v[i].low, v[i].high);
		else
			add_source(s, v[i]);
}

/*
 * The values of a variable.  Of one whose values are being collected, a copy brings nothing new, but an
 * operand may have any value; what is found without its values holds for it alone, and is not kept.
 */
static void add_variable(struct fn *f, struct value_set *s, struct node *n)
{
	struct value_set own = { 0 };
	struct var *v = n->var;

	if (!v || v->kind == VAR_STATIC || v->addressed || !node_integer(n).bits ||
	    (v->ranging && v->ranging_nested != f->nested)) {
		add_type(s, n);
		return;
	}
	if (v->ranging) {
		if (!s->without || v->ranging < s->without)
			s->without = v->ranging;
		return;
	}
	if (!v->ranged) {
		v->ranging = ++f->ranging;
		v->ranging_nested = f->nested;
		collect_variable(f, &own, n);
		if (own.without >= v->ranging)
			own.without = 0;
		v->ranged = !own.without;
		v->ranging = 0;
		f->ranging--;
		v->values = value_set_sources(f, &own, &v->nvalues);
		value_set_free(&own);
	}
	add_sources(s, v->values, v->nvalues);
	if (own.without && (!s->without || own.without < s->without))
		s->without = own.without;
}

static void add_call(struct fn *f, struct value_set *s, struct node *n)
{
	struct range r = range_of_type(node_integer(n));
	struct callee *c = call_target(f, n);

	if (c)
		add_source(s, (struct value_source){ .kind = VALUE_RESULT,
						     .function = c->key,
						     .low = r.low,
						     .high = r.high });
	else
		value_set_add_range(s, r.low, r.high);
}

/* A conversion keeps the values if its type has all of them, and else gives any of its type. */
static void add_cast(struct fn *f, struct value_set *s, struct node *n)
{
	struct integer from = node_integer(n->kids[0]), to = node_integer(n);

	if (integer_keeps_value(from, to) || is_within(range_of(f, n->kids[0]), to))
		value_set_add(f, s, n->kids[0]);
	else
		add_type(s, n);
}

static void add_cond(struct fn *f, struct value_set *s, struct node *n)
{
	long long value;

	if (!node_const(f, n->kids[0], &value) || value)
		value_set_add(f, s, n->kids[1]);
	if (!node_const(f, n->kids[0], &value) || !value)
		value_set_add(f, s, n->kids[2]);
}

void value_set_add(struct fn *f, struct value_set *s, struct node *n)
{
	struct range r;
	long long value;

	if (node_const(f, n, &value)) {
		value_set_add_range(s, value, value);
		return;
	}
	switch (n->kind) {
	case NODE_NOT:
	case NODE_AND:
	case NODE_OR:
		value_set_add_range(s, truth.low, truth.high);
		break;
	case NODE_BINARY:
		r = range_binary(f, n);
		value_set_add_range(s, r.low, r.high);
		break;
	case NODE_CAST:
		add_cast(f, s, n);
		break;
	case NODE_COND:
		add_cond(f, s, n);
		break;
	case NODE_ELVIS:
		value_set_add(f, s, n->kids[0]);
		value_set_add(f, s, n->kids[1]);
		break;
	case NODE_COMMA:
	case NODE_ASSIGN:
		value_set_add(f, s, n->kids[1]);
		break;
	case NODE_STMTEXPR:
		if (node_last(n))
			value_set_add(f, s, node_last(n));
		else
			add_type(s, n);
		break;
	case NODE_REF:
		add_variable(f, s, n);
		break;
	case NODE_CALL:
		add_call(f, s, n);
		break;
	case NODE_UPDATE:
	case NODE_INCDEC:
		add_update(f, s, n);
		break;
	default:
		add_type(s, n);
	}
}
