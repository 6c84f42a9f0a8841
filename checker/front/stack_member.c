// SPDX-License-Identifier: GPL-2.0-only
/* stack_member.c - pointers kept in a member of a structure on the stack, as cleanup guards do. */
#include "call.h"
#include "init_walk.h"
#include "node_const.h"
#include "path_expr.h"
#include "stack_member.h"

struct stack_store {
	struct fn *f;
	const struct member_decl *member;
	struct node *value;
	unsigned n;
};

/* Is it an error code as a pointer, as ERR_PTR() makes it? */
static bool is_error(struct fn *f, struct node *value)
{
	struct callee *target;

	value = node_uncast(value);
	target = value->kind == NODE_CALL ? call_target(f, value) : NULL;
	return target && target->integer_cast;
}

static void note_store(void *ctx, const struct member_decl *m, struct node *value)
{
	struct stack_store *s = ctx;

	if (m != s->member || node_is_null(s->f, value) || is_error(s->f, value))
		return;
	s->value = value;
	s->n++;
}

struct node *stack_member_value(struct fn *f, struct var *v, const struct member_decl *m)
{
	struct stack_store s = { .f = f, .member = m };
	size_t i;

	for (i = 0; i < v->ndefs; i++) {
		if (v->defs[i]->kind != NODE_INIT && v->defs[i]->kind != NODE_LITERAL)
			return NULL;
		init_walk(f->fr, v->defs[i], v->type, note_store, &s);
	}
	for (i = 0; i < f->nstores; i++) {
		struct node *to = f->stores[i]->kids[0];
		struct path base;

		if (to->member != m)
			continue;
		base = path_base(f, to);
		if (base.root == ROOT_STACK && base.index == v->local && !base.nsteps)
			note_store(&s, m, f->stores[i]->kids[1]);
	}
	return s.n == 1 ? s.value : NULL;
}
