// SPDX-License-Identifier: GPL-2.0-only
/* stmt_expr.c - statement expressions, ({ ... }) of GNU C. */
#include "cfg.h"
#include "cfg_stmts.h"
#include "scope.h"
#include "source.h"
#include "stmt_expr.h"

/* annotations.h puts a call of this function first in an expression whose races are admitted. */
#define RACE_OK_MARK "__racybits_race_ok"

static bool is_race_mark(const struct node *n)
{
	return n->kind == NODE_CALL && n->kids[0]->kind == NODE_REF &&
	       !strcmp(str_get(source_spelling(n->kids[0]->at)), RACE_OK_MARK);
}

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

struct node *stmt_expr_open(struct fn *f, const struct node *n, struct stmt_expr *open)
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

void stmt_expr_close(struct fn *f, const struct node *n, struct stmt_expr *open)
{
	scope_end(f, open->guards, n->at);
	f->guards = open->guards;
	f->race_ok -= open->race_ok;
}
