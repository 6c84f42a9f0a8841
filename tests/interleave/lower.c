// SPDX-License-Identifier: GPL-2.0-only
/* lower.c - from the tree to instructions. */
#include <stdio.h>
#include <stdlib.h>

#include "lower.h"

#define NESTED 12

struct lowerer {
	struct code *c;
	const struct program *p;
	uint16_t regions[NESTED]; /* nodes whose locks a return drops, outermost first */
	unsigned int nregions;
};

static const struct node *node_at(const struct lowerer *l, uint16_t i)
{
	return &l->p->nodes[i];
}

static uint16_t emit(struct lowerer *l, enum op op, uint16_t node, unsigned int line)
{
	struct code *c = l->c;

	if (c->ninsns == INSNS) {
		fprintf(stderr, "interleave: program %u has too many instructions\n", l->p->number);
		exit(2);
	}
	c->insns[c->ninsns] = (struct insn){ .op = (uint8_t)op,
					     .var = node ? node_at(l, node)->var : 0,
					     .node = node,
					     .line = (uint16_t)line };
	return c->ninsns++;
}

static uint16_t emit_node(struct lowerer *l, enum op op, uint16_t node)
{
	return emit(l, op, node, node_at(l, node)->line[0]);
}

static void patch(struct lowerer *l, uint16_t insn)
{
	l->c->insns[insn].target = l->c->ninsns;
}

static void lower_block(struct lowerer *l, uint16_t first);

/* --- locks */

static void emit_unlock(struct lowerer *l, uint16_t node)
{
	const struct node *n = node_at(l, node);
	uint16_t skip = 0, insn;

	if (n->kind == NODE_RCU)
		return;
	if (n->kind == NODE_MAYLOCK)
		skip = emit(l, OP_BRANCH, node, n->line[1]);
	insn = emit(l, OP_UNLOCK, node, n->line[1]);
	if (n->kind == NODE_LOCKED && n->style == STYLE_REBIND)
		l->c->insns[insn].var = VAR_O;
	if (n->kind == NODE_MAYLOCK)
		patch(l, skip);
}

static void lower_region(struct lowerer *l, uint16_t node)
{
	if (l->nregions == NESTED) {
		fprintf(stderr, "interleave: program %u nests too many locks\n", l->p->number);
		exit(2);
	}
	l->regions[l->nregions++] = node;
	lower_block(l, node_at(l, node)->child[0]);
	l->nregions--;
	emit_unlock(l, node);
}

static void lower_locked(struct lowerer *l, uint16_t node)
{
	bool rebind = node_at(l, node)->style == STYLE_REBIND;

	if (rebind)
		l->c->insns[emit_node(l, OP_ALIAS, node)].var = VAR_O;
	emit_node(l, OP_LOCK, node);
	if (rebind) /* behind the lock and the test of p->peer */
		emit(l, OP_STEP, node, node_at(l, node)->line[0] + 2U);
	lower_region(l, node);
	if (rebind)
		emit_node(l, OP_RESTORE, node);
}

static void lower_maylock(struct lowerer *l, uint16_t node)
{
	uint16_t skip = emit_node(l, OP_BRANCH, node);

	emit_node(l, OP_LOCK, node);
	patch(l, skip);
	lower_region(l, node);
}

static void lower_try(struct lowerer *l, uint16_t node)
{
	uint16_t fail = emit_node(l, OP_TRY, node), end;

	lower_region(l, node);
	end = emit_node(l, OP_JUMP, node);
	patch(l, fail);
	lower_block(l, node_at(l, node)->child[1]);
	patch(l, end);
}

/* The lock of the region around it, by the variable with which that took it. */
static void lower_drop(struct lowerer *l, uint16_t node)
{
	uint8_t var = node_at(l, node)->var;
	unsigned int i;

	for (i = 0; i < l->nregions; i++) {
		const struct node *r = node_at(l, l->regions[i]);

		if (r->lock == node_at(l, node)->lock)
			var = r->kind == NODE_LOCKED && r->style == STYLE_REBIND ? VAR_O : r->var;
	}
	l->c->insns[emit_node(l, OP_UNLOCK, node)].var = var;
	lower_block(l, node_at(l, node)->child[0]);
	l->c->insns[emit(l, OP_LOCK, node, node_at(l, node)->line[1])].var = var;
}

/* --- control flow */

static void lower_if(struct lowerer *l, uint16_t node)
{
	uint16_t otherwise = emit_node(l, OP_BRANCH, node), end = 0;

	lower_block(l, node_at(l, node)->child[0]);
	if (node_at(l, node)->child[1])
		end = emit_node(l, OP_JUMP, node);
	patch(l, otherwise);
	lower_block(l, node_at(l, node)->child[1]);
	if (node_at(l, node)->child[1])
		patch(l, end);
}

static void lower_switch(struct lowerer *l, uint16_t node)
{
	uint16_t otherwise = emit_node(l, OP_BRANCH, node), end = 0;

	lower_block(l, node_at(l, node)->child[0]);
	if (!node_at(l, node)->style)
		end = emit_node(l, OP_JUMP, node);
	patch(l, otherwise);
	lower_block(l, node_at(l, node)->child[1]);
	if (end)
		patch(l, end);
}

static void lower_return(struct lowerer *l, uint16_t node)
{
	unsigned int i;

	for (i = l->nregions; i-- > 0;)
		emit_unlock(l, l->regions[i]);
	emit_node(l, OP_RETURN, node);
}

static void lower_each(struct lowerer *l, uint16_t node)
{
	uint16_t first = emit_node(l, OP_FIRST, node), next;

	lower_block(l, node_at(l, node)->child[0]);
	next = emit_node(l, OP_NEXT, node);
	l->c->insns[next].target = (uint16_t)(first + 1);
	patch(l, first);
}

static void lower_peer(struct lowerer *l, uint16_t node)
{
	uint16_t none = emit_node(l, OP_PEER, node);

	lower_block(l, node_at(l, node)->child[0]);
	patch(l, none);
}

/* --- stores */

static void lower_whole(struct lowerer *l, uint16_t node)
{
	unsigned int i, last = FIELDS, group = node_at(l, node)->index;

	for (i = 0; i < l->p->nfields; i++) {
		if (l->p->fields[i].group != group || l->p->fields[i].unit == last)
			continue;
		last = l->p->fields[i].unit;
		l->c->insns[emit_node(l, OP_FILL, node)].unit = (uint8_t)last;
	}
}

static void lower_overlay(struct lowerer *l, uint16_t node)
{
	const struct node *n = node_at(l, node);

	if (n->style == 1) {
		emit_node(l, OP_READ, node);
		emit_node(l, OP_WRITE, node);
	} else {
		l->c->insns[emit_node(l, OP_FILL, node)].unit = l->p->fields[n->field].unit;
	}
}

static void lower_node(struct lowerer *l, uint16_t node)
{
	switch (node_at(l, node)->kind) {
	case NODE_STORE:
		emit_node(l, OP_READ, node);
		emit_node(l, OP_WRITE, node);
		break;
	case NODE_WHOLE:
		lower_whole(l, node);
		break;
	case NODE_OVERLAY:
		lower_overlay(l, node);
		break;
	case NODE_FLAG:
		emit_node(l, OP_FLAG, node);
		break;
	case NODE_IF:
		lower_if(l, node);
		break;
	case NODE_SWITCH:
		lower_switch(l, node);
		break;
	case NODE_REPEAT:
		lower_block(l, node_at(l, node)->child[0]);
		lower_block(l, node_at(l, node)->child[0]);
		break;
	case NODE_RETURN:
		lower_return(l, node);
		break;
	case NODE_CALL:
		emit_node(l, OP_CALL, node);
		break;
	case NODE_CALL_OPS:
		emit_node(l, OP_CALL_OPS, node);
		break;
	case NODE_SET_OPS:
		emit_node(l, OP_SET_OPS, node);
		break;
	case NODE_LOCKED:
		lower_locked(l, node);
		break;
	case NODE_TRY:
		lower_try(l, node);
		break;
	case NODE_MAYLOCK:
		lower_maylock(l, node);
		break;
	case NODE_DROP:
		lower_drop(l, node);
		break;
	case NODE_RCU:
		lower_block(l, node_at(l, node)->child[0]);
		break;
	case NODE_ALIAS:
		l->c->insns[emit_node(l, OP_ALIAS, node)].var = VAR_Q;
		lower_block(l, node_at(l, node)->child[0]);
		break;
	case NODE_PEER:
		lower_peer(l, node);
		break;
	case NODE_EACH:
		lower_each(l, node);
		break;
	default:
		emit_node(l, OP_LIFE, node);
	}
}

static void lower_block(struct lowerer *l, uint16_t first)
{
	for (; first; first = node_at(l, first)->next)
		lower_node(l, first);
}

void lower(struct code *c, const struct program *p)
{
	struct lowerer l = { .c = c, .p = p };
	unsigned int i;

	c->p = p;
	c->ninsns = 0;
	for (i = 0; i < p->nfunctions; i++) {
		c->start[i] = c->ninsns;
		lower_block(&l, p->functions[i].body);
		emit(&l, OP_END, 0, p->functions[i].line[1]);
	}
}
