// SPDX-License-Identifier: GPL-2.0-only
/* call.c - calls: which function they reach and with which arguments. */
#include "call.h"
#include "fn.h"
#include "path.h"
#include "path_expr.h"
#include "source.h"

/* The expression that decides which function is called. */
static struct node *callee_node(struct node *n)
{
	for (;;) {
		if (n->kind == NODE_CAST || n->kind == NODE_DEREF || n->kind == NODE_ADDR) {
			n = n->kids[0];
		} else if (n->kind == NODE_STMTEXPR && node_last(n)) {
			n = node_last(n);
		} else {
			return n;
		}
	}
}

static struct node *follow_local(struct node *n);

/* Which of a local function pointer's values stands for it; NULL: none can be followed. */
static struct node *followed_value(const struct var *v)
{
	struct node *found;
	size_t i;

	for (i = 0; i < v->ndefs; i++) {
		found = follow_local(callee_node(v->defs[i]));
		if (found->kind == NODE_MEMBER || found->kind == NODE_INDEX ||
		    (found->kind == NODE_REF &&
		     (v->ndefs == 1 || (found->var && found->var->kind == VAR_PARAM))))
			return found;
	}
	return NULL;
}

/* A local function pointer stands for the first of its values that can be followed. */
static struct node *follow_local(struct node *n)
{
	struct node *found;

	n = callee_node(n);
	if (n->kind != NODE_REF || !n->var || n->var->kind != VAR_LOCAL || n->var->in_callee)
		return n;
	n->var->in_callee = true; /* it may be defined by itself */
	found = followed_value(n->var);
	n->var->in_callee = false;
	return found ? found : n;
}

static CXCursor function_of(const struct node *n)
{
	CXCursor decl;

	if (n->kind != NODE_REF || n->var)
		return clang_getNullCursor();
	decl = clang_getCursorReferenced(n->at);
	return clang_getCursorKind(decl) == CXCursor_FunctionDecl ? decl : clang_getNullCursor();
}

struct callee *call_target(struct fn *f, struct node *n)
{
	CXCursor decl = function_of(follow_local(n->kids[0]));

	return clang_Cursor_isNull(decl) ? NULL : callee_use(f->fr, decl);
}

static void call_callee(struct fn *f, struct node *n, struct call *call)
{
	struct node *to = follow_local(n->kids[0]);
	struct callee *target = call_target(f, n);
	struct path base = { 0 };

	call->kind = CALLEE_OTHER;
	if (target) {
		call->kind = CALLEE_DIRECT;
		call->name = target->key;
		return;
	}
	while (to->kind == NODE_INDEX)
		to = callee_node(to->kids[0]);
	if (to->kind == NODE_MEMBER && to->member->name) {
		call->kind = CALLEE_SLOT;
		call->name = to->member->name;
		call->record = to->member->rec->key;
		base = path_base(f, to);
	} else if (to->kind == NODE_REF && to->var && to->var->kind == VAR_PARAM) {
		call->kind = CALLEE_PARAM;
		call->index = to->var->index;
	} else {
		base = path_value(f, n->kids[0]);
	}
	call->base = path_keep(&f->arena, &base);
}

uint32_t call_index(struct fn *f, struct node *n)
{
	struct call call = { .dst = NONE, .constructor = NONE, .base = &path_none };
	struct path arg;
	uint32_t i;

	if (n->call != NONE)
		return n->call;
	n->call = (uint32_t)f->ncalls;
	/* Take the index first: the path of an argument may refer to the result of this call. */
	*vec_add(f->calls, f->ncalls, f->calls_cap) = call;
	call.loc = source_loc(f->fr, n->at);
	call_callee(f, n, &call);
	call.nargs = n->n - 1;
	call.args = arena_alloc(&f->arena, (n->n ? n->n : 1) * sizeof(*call.args));
	for (i = 0; i < call.nargs; i++) {
		arg = path_operand(f, n->kids[i + 1]);
		call.args[i] = path_keep(&f->arena, &arg);
	}
	f->calls[n->call] = call;
	return n->call;
}
