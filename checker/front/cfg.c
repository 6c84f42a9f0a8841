// SPDX-License-Identifier: GPL-2.0-only
/* cfg.c - the control-flow graph of a function's statements. */
#include "front_priv.h"

struct bb *cfg_block(struct fn *f)
{
	struct bb *bb = arena_alloc(&f->arena, sizeof(*bb));

	bb->events_end = &bb->events;
	bb->test = NO_TEST;
	*f->bbs_end = bb;
	f->bbs_end = &bb->next;
	return bb;
}

static bool is_dead(const struct bb *bb)
{
	return !bb->live && !bb->npreds;
}

bool cfg_is_dead(const struct fn *f)
{
	return is_dead(f->cur);
}

void cfg_edge(struct fn *f, struct bb *from, struct bb *to)
{
	struct bb **succs;

	if (is_dead(from))
		return;
	if (from->nsuccs == from->succs_cap) {
		from->succs_cap = from->succs_cap ? from->succs_cap * 2 : 2;
		succs = arena_alloc(&f->arena, from->succs_cap * sizeof(*succs));
		if (from->nsuccs)
			memcpy(succs, from->succs, from->nsuccs * sizeof(*succs));
		from->succs = succs;
	}
	from->succs[from->nsuccs++] = to;
	to->npreds++;
}

void cfg_goto(struct fn *f, struct bb *to, struct bb *next)
{
	cfg_edge(f, f->cur, to);
	f->cur = next;
}

void cfg_dead_end(struct fn *f)
{
	if (!f->trap) {
		f->trap = cfg_block(f);
		f->trap->live = true;
		cfg_edge(f, f->trap, f->trap);
	}
	cfg_goto(f, f->trap, cfg_block(f));
}

void cfg_scope_end(struct fn *f, struct guard *until, CXCursor at)
{
	struct guard *g;

	for (g = f->guards; g != until; g = g->prev)
		event_add(f, EV_SCOPE_END, at)->call = g->call;
}

/* --- labels */

static struct label *label_at(struct fn *f, CXSourceLocation loc)
{
	struct label *l;

	for (l = f->labels; l; l = l->next)
		if (clang_equalLocations(l->loc, loc))
			return l;
	return NULL;
}

static void find_labels(struct fn *f, struct node *n)
{
	struct label *l;
	uint32_t i;

	if (n->kind == NODE_LABEL) {
		l = arena_alloc(&f->arena, sizeof(*l));
		l->loc = clang_getCursorLocation(n->at);
		l->bb = cfg_block(f);
		l->bb->live = true;
		l->next = f->labels;
		f->labels = l;
	}
	for (i = 0; i < n->n; i++)
		if (n->kids[i] && n->kids[i]->targets)
			find_labels(f, n->kids[i]);
}

void cfg_label(struct fn *f, struct node *n)
{
	struct label *l = label_at(f, clang_getCursorLocation(n->at));

	cfg_goto(f, l->bb, l->bb);
	l->guards = f->guards;
}

/* The guards alive at a label are known when the whole function was seen. */
static void leap(struct fn *f, struct bb *from, struct label *to, CXCursor at)
{
	struct leap *l;

	if (!to || is_dead(from))
		return;
	l = arena_alloc(&f->arena, sizeof(*l));
	l->from = from;
	l->guards = f->guards;
	l->to = to;
	l->at = at;
	l->next = f->leaps;
	f->leaps = l;
	to->bb->npreds++;
}

static void leap_anywhere(struct fn *f, CXCursor at)
{
	struct label *l;

	for (l = f->labels; l; l = l->next) {
		struct bb *way = cfg_block(f);

		cfg_edge(f, f->cur, way);
		leap(f, way, l, at);
	}
}

static void finish_leaps(struct fn *f)
{
	struct leap *l;

	for (l = f->leaps; l; l = l->next) {
		f->cur = l->from;
		f->guards = l->guards;
		cfg_scope_end(f, l->to->guards, l->at);
		cfg_edge(f, l->from, l->to->bb);
		l->to->bb->npreds--;
	}
}

/* Reads "asm goto" where the statement was spelled, be it in a macro. */
static bool is_asm_goto(struct fn *f, CXCursor at)
{
	const struct source *s;
	unsigned offset;
	CXFile file;
	size_t i;

	clang_getSpellingLocation(clang_getCursorLocation(at), &file, NULL, NULL, &offset);
	s = source_of(f->fr, file);
	for (i = offset; i < s->bytes && s->text[i] != '('; i++)
		if (!strncmp(s->text + i, "goto", 4))
			return true;
	return false;
}

static void stmt_asm(struct fn *f, struct node *n)
{
	struct bb *next;
	uint32_t i;

	for (i = 0; i < n->n; i++)
		expr_value(f, n->kids[i]);
	if (!f->labels || !is_asm_goto(f, n->at))
		return;
	leap_anywhere(f, n->at);
	next = cfg_block(f);
	cfg_goto(f, next, next);
}

/* --- declarations */

static void declare_guard(struct fn *f, struct node *n, struct node *init)
{
	struct guard *g;

	if (!lock_constructs(n->at, call_target(f, init)) || init->call == NONE)
		return;
	f->calls[init->call].is_guard = true;
	g = arena_alloc(&f->arena, sizeof(*g));
	g->prev = f->guards;
	g->call = init->call;
	f->guards = g;
}

static void stmt_var(struct fn *f, struct node *n)
{
	struct node *init = n->n ? n->kids[0] : NULL;
	struct var *v = n->var;

	if (!init)
		return;
	if (v->kind == VAR_STATIC) {
		slot_initialiser(f, init, v->type, var_global_name(f->fr, v->decl));
		return;
	}
	expr_into(f, init, v);
	slot_initialiser(f, init, v->type, 0);
	if (v->guard && node_uncast(init)->kind == NODE_CALL)
		declare_guard(f, n, node_uncast(init));
}

/* --- selection and loops */

static void push_loop(struct fn *f, struct jump *j, struct bb *to_break, struct bb *to_continue)
{
	memset(j, 0, sizeof(*j));
	j->to_break = to_break;
	j->to_continue = to_continue;
	j->break_guards = j->continue_guards = f->guards;
	j->prev = f->jump;
	f->jump = j;
}

static void stmt_if(struct fn *f, struct node *n)
{
	struct bb *yes = cfg_block(f), *no = cfg_block(f), *join = cfg_block(f);

	expr_branch(f, n->kids[0], yes, no);
	f->cur = yes;
	if (n->kids[1])
		cfg_stmt(f, n->kids[1]);
	cfg_goto(f, join, no);
	if (n->n > 2 && n->kids[2])
		cfg_stmt(f, n->kids[2]);
	cfg_goto(f, join, join);
}

static void stmt_while(struct fn *f, struct node *n)
{
	struct bb *head = cfg_block(f), *body = cfg_block(f), *done = cfg_block(f);
	struct jump j;

	head->live = n->targets; /* a label inside may be the only way to it */
	cfg_goto(f, head, head);
	expr_branch(f, n->kids[0], body, done);
	f->cur = body;
	push_loop(f, &j, done, head);
	cfg_stmt(f, n->kids[1]);
	f->jump = j.prev;
	cfg_goto(f, head, done);
}

static void stmt_do(struct fn *f, struct node *n)
{
	struct bb *body = cfg_block(f), *test = cfg_block(f), *done = cfg_block(f);
	struct jump j;

	body->live = n->targets;
	cfg_goto(f, body, body);
	push_loop(f, &j, done, test);
	cfg_stmt(f, n->kids[0]);
	f->jump = j.prev;
	cfg_goto(f, test, test);
	expr_branch(f, n->kids[1], body, done);
	f->cur = done;
}

static void stmt_for(struct fn *f, struct node *n)
{
	struct bb *head = cfg_block(f), *body = cfg_block(f), *next = cfg_block(f);
	struct guard *guards = f->guards;
	struct bb *done = cfg_block(f);
	struct jump j;

	if (n->kids[0])
		cfg_stmt(f, n->kids[0]);
	head->live = n->targets;
	cfg_goto(f, head, head);
	if (n->kids[1])
		expr_branch(f, n->kids[1], body, done);
	else
		cfg_edge(f, head, body);
	f->cur = body;
	push_loop(f, &j, done, next);
	if (n->kids[3])
		cfg_stmt(f, n->kids[3]);
	cfg_goto(f, next, next);
	if (n->kids[2])
		cfg_stmt(f, n->kids[2]);
	f->jump = j.prev;
	cfg_goto(f, head, done);
	cfg_scope_end(f, guards, n->at);
	f->guards = guards;
}

static void stmt_switch(struct fn *f, struct node *n)
{
	struct bb *done = cfg_block(f);
	struct jump j;

	expr_value(f, n->kids[0]);
	push_loop(f, &j, done, f->jump ? f->jump->to_continue : NULL);
	if (j.prev)
		j.continue_guards = j.prev->continue_guards;
	j.head = f->cur;
	j.constant = node_const(f, n->kids[0], &j.value);
	j.test = cfg_block(f);
	if (j.constant || !tested_value(f, j.test, node_uncast(n->kids[0])))
		j.test = NULL;
	f->cur = cfg_block(f);
	if (n->n > 1 && n->kids[1])
		cfg_stmt(f, n->kids[1]);
	f->jump = j.prev;
	cfg_goto(f, done, done);
	if (j.other && j.test)
		cfg_edge(f, j.head, j.other);
	else if (!j.other && !(j.constant && j.matched))
		cfg_edge(f, j.head, done);
}

static struct jump *enclosing_switch(struct fn *f)
{
	struct jump *j = f->jump;

	while (j && !j->head)
		j = j->prev;
	return j;
}

static bool case_matches(struct fn *f, const struct node *n, long long value)
{
	long long first, last;

	if (!node_const(f, n->kids[0], &first))
		return true;
	if (n->n < 3 || !node_const(f, n->kids[1], &last))
		last = first;
	return value >= first && value <= last;
}

/* if (value == this) goto bb; */
static void test_case(struct fn *f, struct node *n, struct jump *j, struct bb *bb)
{
	struct bb *tail = j->head;
	long long value;

	cfg_edge(f, tail, bb);
	if (!j->test)
		return;
	if (n->n == 2 && node_const(f, n->kids[0], &value)) {
		tail->test = j->test->test;
		tail->test.kind = TEST_EQUAL;
		tail->test.value = str_printf("%lld", value);
	}
	j->head = cfg_block(f);
	cfg_edge(f, tail, j->head);
}

static void stmt_case(struct fn *f, struct node *n)
{
	struct jump *j = enclosing_switch(f);
	struct bb *bb = cfg_block(f);

	cfg_goto(f, bb, bb);
	if (j && (!j->constant || case_matches(f, n, j->value))) {
		j->matched = true;
		test_case(f, n, j, bb);
	}
	if (n->n > 1 && n->kids[n->n - 1])
		cfg_stmt(f, n->kids[n->n - 1]);
}

/* The default of a constant switch counts only if no case before it matched; one behind it is
 * rare enough to take both. */
static void stmt_default(struct fn *f, struct node *n)
{
	struct jump *j = enclosing_switch(f);
	struct bb *bb = cfg_block(f);

	cfg_goto(f, bb, bb);
	if (j) {
		j->other = bb;
		if (j->test)
			bb->live = true; /* the way here is known when all cases are */
		else if (!j->constant || !j->matched)
			cfg_edge(f, j->head, bb);
	}
	if (n->n)
		cfg_stmt(f, n->kids[0]);
}

/* --- jumps */

static void stmt_jump(struct fn *f, struct node *n)
{
	bool is_break = n->kind == NODE_BREAK;
	struct jump *j = f->jump;

	if (!j || !(is_break ? j->to_break : j->to_continue))
		return;
	cfg_scope_end(f, is_break ? j->break_guards : j->continue_guards, n->at);
	cfg_goto(f, is_break ? j->to_break : j->to_continue, cfg_block(f));
}

static void stmt_goto(struct fn *f, struct node *n)
{
	CXCursor label = clang_getCursorReferenced(n->at);

	leap(f, f->cur, label_at(f, clang_getCursorLocation(label)), n->at);
	f->cur = cfg_block(f);
}

static void stmt_goto_any(struct fn *f, struct node *n)
{
	if (n->n)
		expr_value(f, n->kids[0]);
	leap_anywhere(f, n->at);
	f->cur = cfg_block(f);
}

static void end_return(struct fn *f, enum return_kind kind, uint32_t index, CXCursor at)
{
	cfg_scope_end(f, NULL, at);
	f->cur->return_kind = kind;
	f->cur->return_index = index;
	f->cur = cfg_block(f);
}

static void return_value(struct fn *f, struct node *n, CXCursor at)
{
	struct bb bb = { .test = NO_TEST };

	if (n->kind == NODE_CALL && n->call != NONE)
		end_return(f, RETURN_CALL, n->call, at);
	else if (tested_value(f, &bb, n) && bb.test.local != NONE)
		end_return(f, RETURN_LOCAL, bb.test.local, at);
	else
		end_return(f, RETURN_NONE, 0, at);
}

/* Callers test a pointer, too. */
static void return_pointer(struct fn *f, struct node *n, CXCursor at)
{
	long long value;

	expr_value(f, n);
	if (!cfg_is_dead(f))
		*vec_add(f->returns, f->nreturns, f->returns_cap) = path_value(f, n);
	if (node_const(f, n, &value) && !value)
		end_return(f, RETURN_ZERO, 0, at);
	else
		return_value(f, node_uncast(n), at);
}

/* Is the value 1 or 0 by a decision, which a branch makes visible? */
static bool is_decision(const struct node *n)
{
	return n->kind == NODE_NOT || n->kind == NODE_AND || n->kind == NODE_OR ||
	       (n->kind == NODE_BINARY && n->op >= CXBinaryOperator_LT &&
		n->op <= CXBinaryOperator_NE);
}

/* Callers test an integer result: what it says of the way taken here is kept. */
static void return_integer(struct fn *f, struct node *n, CXCursor at)
{
	struct bb *yes, *no;
	long long value;

	n = node_uncast(n);
	if (node_const(f, n, &value)) {
		end_return(f, value ? RETURN_NONZERO : RETURN_ZERO, 0, at);
	} else if (n->kind == NODE_COND || is_decision(n)) {
		yes = cfg_block(f);
		no = cfg_block(f);
		expr_branch(f, n->kind == NODE_COND ? n->kids[0] : n, yes, no);
		f->cur = yes;
		if (n->kind == NODE_COND)
			return_integer(f, n->kids[1], at);
		else
			end_return(f, RETURN_NONZERO, 0, at);
		f->cur = no;
		if (n->kind == NODE_COND)
			return_integer(f, n->kids[2], at);
		else
			end_return(f, RETURN_ZERO, 0, at);
	} else {
		expr_value(f, n);
		return_value(f, n, at);
	}
}

static void stmt_return(struct fn *f, struct node *n)
{
	CXType result = clang_getCanonicalType(clang_getCursorResultType(f->decl));

	if (n->n && !type_is_pointer(result) && !type_is_record(result)) {
		return_integer(f, n->kids[0], n->at);
		return;
	}
	if (n->n && type_is_pointer(result)) {
		return_pointer(f, n->kids[0], n->at);
		return;
	}
	if (n->n)
		expr_value(f, n->kids[0]);
	end_return(f, RETURN_NONE, 0, n->at);
}

static void stmt_kids(struct fn *f, struct node *n)
{
	uint32_t i;

	for (i = 0; i < n->n; i++)
		cfg_stmt(f, n->kids[i]);
}

static void stmt_block(struct fn *f, struct node *n)
{
	struct guard *guards = f->guards;

	stmt_kids(f, n);
	cfg_scope_end(f, guards, n->at);
	f->guards = guards;
}

void cfg_stmt(struct fn *f, struct node *n)
{
	if (cfg_is_dead(f) && !n->targets)
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
		stmt_while(f, n);
		break;
	case NODE_DO:
		stmt_do(f, n);
		break;
	case NODE_FOR:
		stmt_for(f, n);
		break;
	case NODE_SWITCH:
		stmt_switch(f, n);
		break;
	case NODE_CASE:
		stmt_case(f, n);
		break;
	case NODE_DEFAULT:
		stmt_default(f, n);
		break;
	case NODE_LABEL:
		cfg_label(f, n);
		stmt_kids(f, n);
		break;
	case NODE_GOTO:
		stmt_goto(f, n);
		break;
	case NODE_GOTO_ANY:
		stmt_goto_any(f, n);
		break;
	case NODE_BREAK:
	case NODE_CONTINUE:
		stmt_jump(f, n);
		break;
	case NODE_RETURN:
		stmt_return(f, n);
		break;
	case NODE_ASM:
		stmt_asm(f, n);
		break;
	default:
		expr_value(f, n);
	}
}

void cfg_build(struct fn *f)
{
	f->bbs_end = &f->bbs;
	f->cur = cfg_block(f);
	f->cur->live = true;
	find_labels(f, f->body);
	cfg_stmt(f, f->body);
	finish_leaps(f);
}
