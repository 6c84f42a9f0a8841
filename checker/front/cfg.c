// SPDX-License-Identifier: GPL-2.0-only
/*
 * cfg.c - the control-flow graph of a function: blocks, declarations and the order of statements.
 */
#include "access.h"
#include "branch.h"
#include "call.h"
#include "cfg.h"
#include "cfg_stmts.h"
#include "expr.h"
#include "layout_use.h"
#include "node_const.h"
#include "scope.h"
#include "slot_init.h"
#include "source.h"
#include "type.h"

/* --- declarations */

/* Is the function the constructor of the variable's class: class_X_t and class_X_constructor(), as
 * DEFINE_CLASS() of linux/cleanup.h makes them? */
static bool is_constructor(const struct callee *c, CXCursor var)
{
	CXString s = clang_getTypeSpelling(clang_getCursorType(var));
	const char *type = clang_getCString(s);
	size_t n = strlen(type);
	bool yes;

	yes = c && n > 2 && !strcmp(type + n - 2, "_t") && !strncmp(str_get(c->name), type, n - 1);
	clang_disposeString(s);
	return yes;
}

/* From here on the variable is cleaned up where its scope ends. */
static void declare_cleanup(struct fn *f, struct var *v, struct node *init)
{
	struct live_guard *g = arena_alloc(&f->arena, sizeof(*g));

	g->prev = f->guards;
	g->var = v;
	g->call = NONE;
	f->guards = g;
	if (!init || init->kind != NODE_CALL || init->call == NONE ||
	    !is_constructor(call_target(f, init), v->decl))
		return;
	g->call = init->call;
	f->calls[init->call].is_guard = true;
	v->is_guard = true;
}

static void init_local(struct fn *f, struct var *v, struct node *init)
{
	struct path obj = { .root = ROOT_STACK,
			    .index = var_local(f, v),
			    .type = record_key(f->fr, v->type) };

	access_store_record(f, &obj, v->type, init, init->at);
}

static void stmt_var(struct fn *f, struct node *n)
{
	struct node *init = n->n ? n->kids[0] : NULL;
	struct var *v = n->var;

	if (init && v->kind == VAR_STATIC) {
		slot_init_list(f, init, v->type, var_global_name(f->fr, v->decl));
		return;
	}
	if (init) {
		expr_into(f, init, v);
		slot_init_list(f, init, v->type, 0);
		if (type_is_record(v->type))
			init_local(f, v, init);
	}
	if (v->cleanup)
		declare_cleanup(f, v, init ? node_uncast(init) : NULL);
}

/* --- statements */

static void stmt_if(struct fn *f, struct node *n)
{
	struct bb *yes = bb_new(f), *no = bb_new(f), *join = bb_new(f);
	long long value;

	if (node_const(f, n->kids[0], &value))
		layout_use_condition(f->fr, f->out.key, n->kids[0]);
	branch_on(f, n->kids[0], yes, no);
	f->cur = yes;
	if (n->kids[1])
		cfg_stmt(f, n->kids[1]);
	bb_goto(f, join, no);
	if (n->n > 2 && n->kids[2])
		cfg_stmt(f, n->kids[2]);
	bb_goto(f, join, join);
}

static void stmt_kids(struct fn *f, struct node *n)
{
	uint32_t i;

	for (i = 0; i < n->n; i++)
		cfg_stmt(f, n->kids[i]);
}

static void stmt_block(struct fn *f, struct node *n)
{
	struct live_guard *guards = f->guards;

	stmt_kids(f, n);
	scope_end(f, guards, n->at);
	f->guards = guards;
}

void cfg_stmt(struct fn *f, struct node *n)
{
	if (bb_is_dead(f->cur) && !n->targets)
		return;
	switch (n->kind) {
	case NODE_BLOCK:
		stmt_block(f, n);
		break;
	case NODE_LIST:
		stmt_kids(f, n);
		break;
	case NODE_VAR:
		stmt_var(f, n);
		break;
	case NODE_IF:
		stmt_if(f, n);
		break;
	case NODE_WHILE:
		cfg_while(f, n);
		break;
	case NODE_DO:
		cfg_do(f, n);
		break;
	case NODE_FOR:
		cfg_for(f, n);
		break;
	case NODE_SWITCH:
		cfg_switch(f, n);
		break;
	case NODE_CASE:
		cfg_case(f, n);
		break;
	case NODE_DEFAULT:
		cfg_default(f, n);
		break;
	case NODE_LABEL:
		cfg_label(f, n);
		stmt_kids(f, n);
		break;
	case NODE_GOTO:
		cfg_goto(f, n);
		break;
	case NODE_GOTO_ANY:
		cfg_goto_any(f, n);
		break;
	case NODE_BREAK:
	case NODE_CONTINUE:
		cfg_break_or_continue(f, n);
		break;
	case NODE_RETURN:
		cfg_return(f, n);
		break;
	case NODE_ASM:
		cfg_asm(f, n);
		break;
	default:
		expr_value(f, n);
	}
}

void cfg_build(struct fn *f)
{
	f->cur = bb_new(f);
	f->cur->live = true;
	cfg_find_labels(f, f->body);
	cfg_stmt(f, f->body);
	cfg_finish_gotos(f);
}
