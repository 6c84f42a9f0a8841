// SPDX-License-Identifier: GPL-2.0-only
/* generate_lock.c - which locks may be taken where, and how. */
#include "generate.h"

static struct node *node_at(struct generator *g, uint16_t i)
{
	return &g->p->nodes[i];
}

bool is_held(const struct site *at, unsigned int var, unsigned int lock)
{
	return at->held[var] >> lock & 1;
}

bool may_lock(struct generator *g, const struct site *at, unsigned int var, unsigned int lock)
{
	const struct lock *l = &g->p->locks[lock];

	if ((at->atomic || at->spins) && l->kind != LOCK_SPIN)
		return false;
	if (at->depth >= DEPTH || g->p->nnodes + 60 > NODES)
		return false;
	/* q may be p */
	return !is_held(at, VAR_P, lock) && !is_held(at, VAR_Q, lock) &&
	       (l->global || var <= VAR_Q);
}

struct site with_lock(struct generator *g, struct site at, unsigned int var, unsigned int lock)
{
	const struct lock *l = &g->p->locks[lock];
	unsigned int v;

	for (v = 0; v < VARS; v++)
		if (v == var || l->global)
			at.held[v] |= (uint8_t)(1U << lock);
	at.spins += l->kind == LOCK_SPIN;
	at.depth++;
	at.inner = LOCK_NONE;
	return at;
}

void note_lock(struct generator *g, const struct site *at, unsigned int lock)
{
	struct function *f = &g->p->functions[at->function];

	f->takes |= (uint8_t)(1U << lock);
	f->sleeps |= g->p->locks[lock].kind != LOCK_SPIN;
}

/* A node that takes the lock around a block, in one of many ways. */
uint16_t lock_node(struct generator *g, const struct site *at, unsigned int var, unsigned int lock)
{
	static const uint8_t styles[] = { STYLE_MANUAL, STYLE_MANUAL,  STYLE_MANUAL, STYLE_MANUAL,
					  STYLE_GUARD,	STYLE_GUARD,   STYLE_SCOPED, STYLE_WRAPPER,
					  STYLE_REBIND, STYLE_POINTER, STYLE_GETTER };
	unsigned int kind = g->p->locks[lock].kind;
	uint16_t i;

	if (percent(g, 10)) {
		i = node_new(g->p, NODE_TRY);
		node_at(g, i)->style = (uint8_t)roll(g, TRY_STYLES);
	} else if (at->has_arg && percent(g, 6)) {
		i = node_new(g->p, NODE_MAYLOCK);
		node_at(g, i)->cond =
			(struct cond){ .kind = COND_ARG, .index = (uint8_t)roll(g, 2) };
	} else {
		i = node_new(g->p, NODE_LOCKED);
		node_at(g, i)->style = styles[roll(g, sizeof(styles))];
		if (node_at(g, i)->style == STYLE_REBIND &&
		    (!g->p->peer || var != VAR_P || !at->has_arg || at->depth))
			node_at(g, i)->style = STYLE_MANUAL;
		if (node_at(g, i)->style == STYLE_POINTER && at->pointer)
			node_at(g, i)->style = STYLE_MANUAL;
		node_at(g, i)->shared = kind == LOCK_RWSEM &&
					node_at(g, i)->style != STYLE_WRAPPER && percent(g, 12);
	}
	node_at(g, i)->var = (uint8_t)var;
	node_at(g, i)->lock = (uint8_t)lock;
	return i;
}

struct site inside_of(struct generator *g, const struct site *at, const struct node *n)
{
	struct site inside = with_lock(g, *at, n->var, n->lock);

	if (n->kind == NODE_LOCKED && n->style != STYLE_GUARD && n->style != STYLE_SCOPED &&
	    n->style != STYLE_REBIND)
		inside.inner = n->lock;
	inside.pointer |= n->kind == NODE_LOCKED && n->style == STYLE_POINTER;
	if (n->kind == NODE_LOCKED && n->style == STYLE_REBIND)
		inside.has_arg = false; /* so that it is not done twice */
	return inside;
}
