// SPDX-License-Identifier: GPL-2.0-only
/* expr.c - evaluation of expressions in order: events, and control flow inside of them. */
#include "front_priv.h"

/* The function that annotations.h puts first in an expression whose races are admitted. */
#define RACE_OK_MARK "__racybits_race_ok"

static struct var *local_of(const struct node *n)
{
	return n->kind == NODE_REF && n->var && n->var->kind != VAR_STATIC ? n->var : NULL;
}

static bool is_race_mark(const struct node *n)
{
	return n->kind == NODE_CALL && n->kids[0]->kind == NODE_REF &&
	       !strcmp(str_get(source_spelling(n->kids[0]->at)), RACE_OK_MARK);
}

/*
 * A statement expression: what comes before its value is evaluated by open_expr(), which returns
 * the value's node (NULL: it has none); close_expr() ends its scope after the value was used.
 */
struct open_expr {
	struct guard *guards;
	bool race_ok;
};

static struct node *open_value(struct fn *f, struct node *n)
{
	while (n->kind == NODE_LABEL || n->kind == NODE_LIST) {
		if (n->kind == NODE_LABEL)
			cfg_label(f, n);
		if (n->n != 1)
			break;
		n = n->kids[0];
	}
	if (n->kind < NODE_BLOCK)
		return n;
	cfg_stmt(f, n);
	return NULL;
}

static struct node *open_expr(struct fn *f, const struct node *n, struct open_expr *open)
{
	struct node *block = n->kids[0];
	uint32_t i = 0;

	open->guards = f->guards;
	open->race_ok = block->n && is_race_mark(block->kids[0]);
	f->race_ok += open->race_ok;
	for (i = open->race_ok; i + 1 < block->n; i++)
		cfg_stmt(f, block->kids[i]);
	return i < block->n ? open_value(f, block->kids[i]) : NULL;
}

static void close_expr(struct fn *f, const struct node *n, struct open_expr *open)
{
	cfg_scope_end(f, open->guards, n->at);
	f->guards = open->guards;
	f->race_ok -= open->race_ok;
}

static void expr_place(struct fn *f, struct node *n)
{
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
	event_add(f, EV_CALL, n->at)->call = call;
	target = call_target(f, n);
	if (target && target->noreturn)
		cfg_dead_end(f);
}

static void expr_assign(struct fn *f, struct node *n)
{
	struct node *to = n->kids[0], *from = n->kids[1];
	struct var *v = local_of(to);

	if (v && !type_is_record(v->type)) {
		expr_into(f, from, v);
		return;
	}
	if (v)
		expr_into(f, from, v);
	else
		expr_value(f, from);
	expr_place(f, to);
	access_write(f, to, from);
}

static void expr_update(struct fn *f, struct node *n)
{
	struct node *to = n->kids[0];
	struct var *v = local_of(to);

	if (n->kind == NODE_UPDATE)
		expr_value(f, n->kids[1]);
	expr_place(f, to);
	if (v)
		access_set(f, v, n->at);
	else
		access_write(f, to, NULL);
}

/* Both arms of a conditional, each with `arm`. */
static void expr_cond(struct fn *f, struct node *n, struct var *v)
{
	struct bb *yes = cfg_block(f), *no = cfg_block(f), *join = cfg_block(f);
	struct node *a = n->kind == NODE_COND ? n->kids[1] : NULL;
	struct node *b = n->kids[n->n - 1];

	expr_branch(f, n->kids[0], a ? yes : join, no);
	if (a) {
		f->cur = yes;
		if (v)
			expr_into(f, a, v);
		else
			expr_value(f, a);
		cfg_goto(f, join, no);
	}
	f->cur = no;
	if (v)
		expr_into(f, b, v);
	else
		expr_value(f, b);
	cfg_goto(f, join, join);
}

static void expr_stmts(struct fn *f, struct node *n)
{
	struct open_expr open;
	struct node *last = open_expr(f, n, &open);

	if (last)
		expr_value(f, last);
	close_expr(f, n, &open);
}

static void expr_literal(struct fn *f, struct node *n)
{
	expr_value(f, n->kids[0]);
	slot_initialiser(f, n->kids[0], n->type, 0);
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

	if (cfg_is_dead(f) && !n->targets)
		return;
	switch (n->kind) {
	case NODE_MEMBER:
		expr_place(f, n);
		if (n->member->bitfield)
			access_read(f, n);
		break;
	case NODE_ADDR:
		expr_place(f, n->kids[0]);
		/* The functions of a guard's class do not change it. */
		if (local_of(n->kids[0]) && !local_of(n->kids[0])->guard)
			access_set(f, local_of(n->kids[0]), n->at);
		tested_change(f, n->kids[0], NULL);
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
		join = cfg_block(f);
		expr_branch(f, n, join, join);
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
		cfg_dead_end(f);
		break;
	default:
		expr_kids(f, n);
	}
}

static void set_result(struct fn *f, struct node *n, struct var *v, bool negated)
{
	if (n->call == NONE)
		return;
	f->calls[n->call].dst = var_local(f, v);
	f->calls[n->call].negated = negated;
}

/* The variable gets a value that is no result; a constant is kept, callers may see it returned. */
static void set_value(struct fn *f, struct node *n, struct var *v)
{
	struct event *e = access_set(f, v, n->at);
	struct var *from;
	long long value;

	if (!e)
		return;
	if (node_const(f, n, &value))
		e->value = str_printf("%lld", value);
	from = local_of(node_uncast(n));
	if (from && from->kind == VAR_LOCAL && from->tested && !from->unknown)
		e->src = path_keep(f, &(struct path){ .root = ROOT_LOCAL,
						      .index = var_local(f, from) });
}

/* !x, x == 0 and x != 0 */
static bool is_negation(struct fn *f, const struct node *n, bool *negates)
{
	long long value;

	*negates = n->kind == NODE_NOT || n->op == CXBinaryOperator_EQ;
	return n->kind == NODE_NOT ||
	       (n->kind == NODE_BINARY &&
		(n->op == CXBinaryOperator_EQ || n->op == CXBinaryOperator_NE) &&
		node_const(f, n->kids[1], &value) && !value);
}

/* v = !f(), v = !!f() and v = f() != 0: as WARN_ON() keeps its condition. */
static bool negated_into(struct fn *f, struct node *n, struct var *v)
{
	bool negated = false, negates;

	for (; is_negation(f, n, &negates); n = node_uncast(n->kids[0]))
		negated ^= negates;
	if (n->kind != NODE_CALL)
		return false;
	expr_call(f, n);
	set_result(f, n, v, negated);
	return true;
}

void expr_into(struct fn *f, struct node *n, struct var *v)
{
	struct open_expr open;
	struct node *last;

	n = node_uncast(n);
	if (cfg_is_dead(f) && !n->targets)
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
			set_result(f, node_uncast(n->kids[0]), v, false);
		break;
	case NODE_COMMA:
		expr_value(f, n->kids[0]);
		expr_into(f, n->kids[1], v);
		break;
	case NODE_STMTEXPR:
		last = open_expr(f, n, &open);
		if (last)
			expr_into(f, last, v);
		close_expr(f, n, &open);
		break;
	default:
		expr_value(f, n);
		set_value(f, n, v);
	}
}

/* --- branches */

/* Ends the block with a test of the value of `n`, which was just evaluated. */
static void branch_on(struct fn *f, struct node *n, enum test_kind test, struct bb *yes,
		      struct bb *no)
{
	struct bb *bb = f->cur;
	struct node *place;

	place = n = node_uncast(n);
	if (n->kind == NODE_ASSIGN) {
		place = n->kids[0];
		n = node_uncast(n->kids[1]);
	}
	if (n->kind == NODE_CALL && n->call != NONE)
		bb->test.call = n->call;
	if (tested_value(f, bb, place) || bb->test.call != NONE)
		bb->test.kind = test;
	cfg_edge(f, bb, yes);
	cfg_edge(f, bb, no);
}

/* x == 2, x == y, x & 4, 1 << x & 4 */
static void branch_number(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct bb *bb = f->cur;
	struct node *place = node_uncast(n->kids[0]), *shift = tested_shift(f, place);
	long long value;

	if (n->op == CXBinaryOperator_And && shift)
		place = shift;
	if (!tested_same(f, bb, n) && node_const(f, n->kids[1], &value) &&
	    tested_value(f, bb, place)) {
		bb->test.kind = n->op != CXBinaryOperator_And ? TEST_EQUAL :
				shift			      ? TEST_SHIFT :
								TEST_MASK;
		bb->test.value = str_printf("%lld", value);
	}
	if (n->op == CXBinaryOperator_NE) {
		cfg_edge(f, bb, no);
		cfg_edge(f, bb, yes);
	} else {
		cfg_edge(f, bb, yes);
		cfg_edge(f, bb, no);
	}
}

/* x == 0, x != 0, x < 0, x >= 0 */
static bool branch_compare(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct node *x = n->kids[0];
	long long zero;

	if (!node_const(f, n->kids[1], &zero) || zero)
		return false;
	switch (n->op) {
	case CXBinaryOperator_EQ:
		expr_branch(f, x, no, yes);
		return true;
	case CXBinaryOperator_NE:
		expr_branch(f, x, yes, no);
		return true;
	case CXBinaryOperator_LT:
		expr_value(f, x);
		branch_on(f, x, TEST_NEGATIVE, yes, no);
		return true;
	case CXBinaryOperator_GE:
		expr_value(f, x);
		branch_on(f, x, TEST_NEGATIVE, no, yes);
		return true;
	default:
		return false;
	}
}

/* Guards that end with the statement expression do so on both ways out. */
static void branch_stmts(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct bb *to[2] = { yes, no }, *out[2] = { yes, no };
	struct open_expr open;
	struct node *last = open_expr(f, n, &open);
	struct guard *guards = f->guards;
	int i;

	if (guards != open.guards) {
		out[0] = cfg_block(f);
		out[1] = cfg_block(f);
	}
	if (last)
		expr_branch(f, last, out[0], out[1]);
	for (i = 0; i < 2 && guards != open.guards; i++) {
		f->guards = guards;
		f->cur = out[i];
		cfg_scope_end(f, open.guards, n->at);
		cfg_edge(f, f->cur, to[i]);
	}
	f->guards = open.guards;
	f->race_ok -= open.race_ok;
}

static void branch_cond(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct bb *a = cfg_block(f), *b = cfg_block(f);

	expr_branch(f, n->kids[0], a, b);
	f->cur = a;
	expr_branch(f, n->kids[1], yes, no);
	f->cur = b;
	expr_branch(f, n->kids[2], yes, no);
}

static void branch_logic(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	struct bb *mid = cfg_block(f);

	if (n->kind == NODE_AND)
		expr_branch(f, n->kids[0], mid, no);
	else
		expr_branch(f, n->kids[0], yes, mid);
	f->cur = mid;
	expr_branch(f, n->kids[1], yes, no);
}

void expr_branch(struct fn *f, struct node *n, struct bb *yes, struct bb *no)
{
	long long value;

	if (node_const(f, n, &value)) {
		cfg_edge(f, f->cur, value ? yes : no);
		return;
	}
	switch (n->kind) {
	case NODE_NOT:
		expr_branch(f, n->kids[0], no, yes);
		return;
	case NODE_CAST:
		expr_branch(f, n->kids[0], yes, no);
		return;
	case NODE_COMMA:
		expr_value(f, n->kids[0]);
		expr_branch(f, n->kids[1], yes, no);
		return;
	case NODE_AND:
	case NODE_OR:
	case NODE_ELVIS: /* a ?: b is true when a || b is */
		branch_logic(f, n, yes, no);
		return;
	case NODE_COND:
		branch_cond(f, n, yes, no);
		return;
	case NODE_STMTEXPR:
		branch_stmts(f, n, yes, no);
		return;
	case NODE_BINARY:
		if (branch_compare(f, n, yes, no))
			return;
		if (n->op == CXBinaryOperator_EQ || n->op == CXBinaryOperator_NE ||
		    n->op == CXBinaryOperator_And) {
			expr_value(f, n);
			branch_number(f, n, yes, no);
			return;
		}
		break;
	default:
		break;
	}
	expr_value(f, n);
	branch_on(f, n, TEST_NONZERO, yes, no);
}
