// SPDX-License-Identifier: GPL-2.0-only
/* generate_stmt.c - random statements that are neither stores nor calls of helpers. */
#include "generate.h"

static struct node *node_at(struct generator *g, uint16_t i)
{
	return &g->p->nodes[i];
}

static uint16_t make_if(struct generator *g, struct site at)
{
	uint16_t i = node_new(g->p, NODE_IF), block;

	node_at(g, i)->cond = random_cond(g, &at);
	at.depth++;
	if (!at.no_return && percent(g, 30)) {
		block = percent(g, 30) ? make_store(g, at) : 0;
		block_append(g->p, &block, node_new(g->p, NODE_RETURN));
		node_at(g, i)->child[0] = block;
		return i;
	}
	block = make_block(g, at, 1 + roll(g, 2));
	node_at(g, i)->child[0] = block;
	if (percent(g, 30)) {
		block = make_block(g, at, 1);
		node_at(g, i)->child[1] = block;
	}
	return i;
}

static uint16_t make_flag(struct generator *g, const struct site *at)
{
	uint16_t i = node_new(g->p, NODE_FLAG);

	node_at(g, i)->var = random_var(g, at);
	node_at(g, i)->index = (uint8_t)roll(g, g->p->nflags);
	node_at(g, i)->value = percent(g, 65);
	return i;
}

static uint16_t nest(struct generator *g, enum node_kind kind, struct site at)
{
	uint16_t i = node_new(g->p, kind), block;

	node_at(g, i)->style = (uint8_t)roll(g, 2);
	node_at(g, i)->lock = at.inner;
	at.depth++;
	block = make_block(g, at, 1 + roll(g, 2));
	node_at(g, i)->child[0] = block;
	return i;
}

/* unlock; ...; lock, of the innermost lock. */
static uint16_t make_drop(struct generator *g, struct site at)
{
	const struct lock *l = &g->p->locks[at.inner];
	struct site outside = at;
	unsigned int v;
	uint16_t i, block;

	for (v = 0; v < VARS; v++)
		outside.held[v] &= (uint8_t)~(1U << at.inner);
	outside.spins -= l->kind == LOCK_SPIN;
	outside.no_return = true;
	outside.inner = LOCK_NONE;
	outside.depth++;
	i = node_new(g->p, NODE_DROP);
	node_at(g, i)->lock = at.inner;
	block = make_block(g, outside, 1);
	node_at(g, i)->child[0] = block;
	return i;
}

/* A switch of the argument, or a loop. */
static uint16_t make_control(struct generator *g, struct site at)
{
	bool loop = !at.repeats && percent(g, 50);
	uint16_t i, block;

	if (!loop && !at.has_arg)
		return make_if(g, at);
	at.depth++;
	if (loop) {
		at.repeats = true;
		return nest(g, NODE_REPEAT, at);
	}
	i = nest(g, NODE_SWITCH, at);
	node_at(g, i)->cond = (struct cond){ .kind = COND_ARG };
	block = make_block(g, at, 1);
	node_at(g, i)->child[1] = block;
	return i;
}

/* q = another object, or p by another name. */
static uint16_t make_other_object(struct generator *g, struct site at)
{
	bool other = percent(g, 66);
	unsigned int lock;

	if (at.has_q)
		return make_store(g, at);
	at.has_q = true;
	at.inner = LOCK_NONE;
	at.held[VAR_Q] = at.held[VAR_P];
	for (lock = 0; other && lock < g->p->nlocks; lock++)
		if (!g->p->locks[lock].global)
			at.held[VAR_Q] &= (uint8_t)~(1U << lock);
	if (other && g->p->list)
		return nest(g, NODE_EACH, at);
	if (other && g->p->peer)
		return nest(g, NODE_PEER, at);
	at.held[VAR_Q] = at.held[VAR_P];
	return nest(g, NODE_ALIAS, at);
}

/*
 * What starts a work or timer, or ends it, under the lock that is for that, which keeps others from
 * starting it: a store without a lock of its own may follow then.
 */
static uint16_t make_fenced(struct generator *g, struct site at, uint16_t node, unsigned int fence,
			    bool end)
{
	struct site inside = at;
	uint16_t body = node, locked;

	if (fence != LOCK_NONE && !is_held(&at, VAR_P, fence) && may_lock(g, &at, VAR_P, fence) &&
	    percent(g, 90)) {
		locked = node_new(g->p, NODE_LOCKED);
		node_at(g, locked)->lock = (uint8_t)fence;
		note_lock(g, &at, fence);
		inside = inside_of(g, &at, node_at(g, locked));
	} else {
		locked = 0;
	}
	inside.setup = true;
	if (end && percent(g, 70))
		block_append(g->p, &body, make_store(g, inside));
	if (!locked)
		return body;
	node_at(g, locked)->child[0] = body;
	return locked;
}

uint16_t make_end(struct generator *g, const struct site *at)
{
	unsigned int first = roll(g, WORKS + 1), i, which;
	uint16_t end;

	for (i = 0; i <= WORKS; i++) {
		which = (first + i) % (WORKS + 1);
		if (program_role(g->p, ROLE_WORK0 + which))
			break;
	}
	if (i > WORKS)
		return 0;
	end = node_new(g->p, which < WORKS ? NODE_CANCEL : NODE_DISARM);
	node_at(g, end)->index = which < WORKS ? (uint8_t)which : 0;
	g->p->functions[at->function].sleeps = 1;
	g->p->functions[at->function].waits |= (uint8_t)(1U << which);
	return make_fenced(g, *at, end, g->fence[which], true);
}

/* Starts something, or ends it. */
static uint16_t make_start_or_end(struct generator *g, const struct site *at)
{
	static const enum node_kind starts[] = { NODE_QUEUE, NODE_QUEUE, NODE_ARM };
	static const enum node_kind ends[] = { NODE_CANCEL, NODE_FLUSH, NODE_DISARM,
					       NODE_SYNC_IRQ };
	bool may_sleep = !at->atomic && !at->spins, end = may_sleep && percent(g, 35);
	enum node_kind kind = end ? ends[roll(g, 4)] : starts[roll(g, 3)];
	unsigned int index = kind == NODE_ARM || kind == NODE_DISARM ? 0 : roll(g, 2);
	enum role role = kind == NODE_ARM || kind == NODE_DISARM ? ROLE_TIMER :
			 kind == NODE_SYNC_IRQ			 ? ROLE_IRQ0 + index :
								   ROLE_WORK0 + index;
	uint8_t wait;
	uint16_t i;

	/* a function that waits for itself hangs */
	wait = end ? (uint8_t)(1U << (role - ROLE_WORK0)) : 0;
	if (!program_role(g->p, role) || wait & at->root)
		return make_store(g, *at);
	i = node_new(g->p, kind);
	node_at(g, i)->index = (uint8_t)index;
	node_at(g, i)->var = random_var(g, at);
	g->p->functions[at->function].sleeps |= end;
	g->p->functions[at->function].waits |= wait;
	if (kind == NODE_FLUSH || kind == NODE_SYNC_IRQ)
		return i;
	return make_fenced(g, *at, i, g->fence[role - ROLE_WORK0], end);
}

/* What the functions behind ops->set() wait for. */
static uint8_t ops_wait(const struct generator *g)
{
	unsigned int i;
	uint8_t waits = 0;

	for (i = 0; i < g->p->nfunctions; i++)
		if (g->p->functions[i].is_op)
			waits |= g->p->functions[i].waits;
	return waits;
}

uint16_t make_other(struct generator *g, struct site at)
{
	unsigned int dice = roll(g, 100);
	uint8_t role = g->p->functions[at.function].role;

	if (dice < 28)
		return make_if(g, at);
	if (dice < 35)
		return make_control(g, at);
	if (dice < 47 && g->p->nflags)
		return make_flag(g, &at);
	if (dice < 67 && !at.setup)
		return make_start_or_end(g, &at);
	if (dice < 80 && !at.setup)
		return make_other_object(g, at);
	if (dice < 87 && at.inner != LOCK_NONE)
		return make_drop(g, at);
	if (dice < 93 && g->p->ops && role != ROLE_HELPER && !at.setup) {
		uint16_t i = node_new(g->p, NODE_CALL_OPS);

		if (!at.atomic && !at.spins && !(ops_wait(g) & at.root))
			return i;
	}
	if (dice < 96 && !at.atomic) {
		at.inner = LOCK_NONE;
		at.atomic = true;
		return nest(g, NODE_RCU, at);
	}
	return make_store(g, at);
}
