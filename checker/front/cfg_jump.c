// SPDX-License-Identifier: GPL-2.0-only
/* cfg_jump.c - labels, goto, break and continue, and asm goto. */
#include "access.h"
#include "cfg_stmts.h"
#include "expr.h"
#include "path.h"
#include "scope.h"
#include "source.h"

struct label {
	CXSourceLocation loc;
	struct bb *bb;
	struct live_guard *guards; /* alive there */
	struct label *next;
};

/* A goto; its edge is added when the guards at all labels are known. */
struct pending_goto {
	struct bb *from;
	struct live_guard *guards;
	struct label *to;
	CXCursor at;
	struct pending_goto *next;
};

static struct label *label_at(struct fn *f, CXSourceLocation loc)
{
	struct label *l;

	for (l = f->labels; l; l = l->next)
		if (clang_equalLocations(l->loc, loc))
			return l;
	return NULL;
}

void cfg_find_labels(struct fn *f, struct node *n)
{
	struct label *l;
	uint32_t i;

	if (n->kind == NODE_LABEL) {
		l = arena_alloc(&f->arena, sizeof(*l));
		l->loc = clang_getCursorLocation(n->at);
		l->bb = bb_new(f);
		l->bb->live = true;
		l->next = f->labels;
		f->labels = l;
	}
	for (i = 0; i < n->n; i++)
		if (n->kids[i] && n->kids[i]->targets)
			cfg_find_labels(f, n->kids[i]);
}

void cfg_label(struct fn *f, struct node *n)
{
	struct label *l = label_at(f, clang_getCursorLocation(n->at));

	bb_goto(f, l->bb, l->bb);
	l->guards = f->guards;
}

/* Notes a goto from the end of `from`, with the guards that are alive there. */
static void pending_goto_add(struct fn *f, struct bb *from, struct label *to, CXCursor at)
{
	struct pending_goto *l;

	if (!to || bb_is_dead(from))
		return;
	l = arena_alloc(&f->arena, sizeof(*l));
	l->from = from;
	l->guards = f->guards;
	l->to = to;
	l->at = at;
	l->next = f->gotos;
	f->gotos = l;
	to->bb->npreds++;
}

static void goto_every_label(struct fn *f, CXCursor at)
{
	struct label *l;

	for (l = f->labels; l; l = l->next) {
		struct bb *way = bb_new(f);

		bb_edge(f, f->cur, way);
		pending_goto_add(f, way, l, at);
	}
}

void cfg_finish_gotos(struct fn *f)
{
	struct pending_goto *l;

	for (l = f->gotos; l; l = l->next) {
		f->cur = l->from;
		f->guards = l->guards;
		scope_end(f, l->to->guards, l->at);
		bb_edge(f, l->from, l->to->bb);
		l->to->bb->npreds--;
	}
}

void cfg_goto(struct fn *f, struct node *n)
{
	CXCursor label = clang_getCursorReferenced(n->at);

	pending_goto_add(f, f->cur, label_at(f, clang_getCursorLocation(label)), n->at);
	f->cur = bb_new(f);
}

void cfg_goto_any(struct fn *f, struct node *n)
{
	if (n->n)
		expr_value(f, n->kids[0]);
	goto_every_label(f, n->at);
	f->cur = bb_new(f);
}

void cfg_break_or_continue(struct fn *f, struct node *n)
{
	bool is_break = n->kind == NODE_BREAK;
	struct jump *j = f->jump;

	if (!j || !(is_break ? j->to_break : j->to_continue))
		return;
	scope_end(f, is_break ? j->break_guards : j->continue_guards, n->at);
	bb_goto(f, is_break ? j->to_break : j->to_continue, bb_new(f));
}

/* Looks for "goto" where the statement is spelled, be it in a macro: libclang does not tell. */
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

/* Is the operand memory that is no local variable's? */
static bool is_shared_memory(const struct node *n)
{
	while (n->kind == NODE_CAST)
		n = n->kids[0];
	return n->kind == NODE_DEREF || n->kind == NODE_MEMBER || n->kind == NODE_INDEX ||
	       (n->kind == NODE_REF && (!n->var || n->var->kind == VAR_STATIC));
}

/*
 * Assembler code may store each address among its operands in what other operands denote, as xchg() and
 * cmpxchg() do.
 */
static void asm_stores(struct fn *f, struct node *n)
{
	struct path anywhere = path_unknown(0);
	bool memory = false;
	uint32_t i;

	for (i = 0; i < n->n; i++)
		memory |= is_shared_memory(n->kids[i]);
	for (i = 0; memory && i < n->n; i++)
		if (!is_shared_memory(n->kids[i]))
			access_store(f, &anywhere, 0, n->kids[i], n->at);
}

/*
 * A member among the operands that is not converted to its value is an output, or in memory that the
 * code may change.
 */
static void asm_writes(struct fn *f, struct node *n)
{
	size_t count, base = node_push(f->fr, n->at, &count);
	uint32_t i;

	for (i = 0; i < n->n && count == n->n; i++)
		if (n->kids[i]->kind == NODE_MEMBER &&
		    clang_getCursorKind(f->fr->kids[base + i]) != CXCursor_UnexposedExpr)
			access_write(f, n->kids[i], NULL);
	f->fr->nkids = base;
}

void cfg_asm(struct fn *f, struct node *n)
{
	struct bb *next;
	uint32_t i;

	for (i = 0; i < n->n; i++)
		expr_value(f, n->kids[i]);
	asm_stores(f, n);
	asm_writes(f, n);
	if (!f->labels || !is_asm_goto(f, n->at))
		return;
	goto_every_label(f, n->at);
	next = bb_new(f);
	bb_goto(f, next, next);
}
