// SPDX-License-Identifier: GPL-2.0-only
/* machine.c - steps of threads: from one point where others may notice to the next. */
#include "machine.h"

/* How an instruction commutes with those of other threads. */
enum mover {
	MOVES_BOTH,  /* touches nothing that others know */
	MOVES_RIGHT, /* takes a lock */
	MOVES_LEFT,  /* drops a lock */
	MOVES_NOT,
};

static bool is_private(const struct state *s, const struct thread *t, unsigned int var)
{
	unsigned int object = t->frames[t->depth].var[var];

	return object < OBJECTS && s->objects[object].life == LIFE_PRIVATE;
}

static enum mover classify_life(const struct machine *m, const struct thread *t,
				const struct node *n)
{
	switch (n->kind) {
	case NODE_ALLOC:
	case NODE_INIT:
	case NODE_DRVDATA:
		return MOVES_BOTH;
	case NODE_FIND:
		return m->p->find == FIND_GLOBAL && role_is_file(t->role) ? MOVES_NOT : MOVES_BOTH;
	default:
		return MOVES_NOT;
	}
}

static enum mover classify(const struct machine *m, const struct state *s, const struct thread *t,
			   const struct insn *i)
{
	const struct node *n = &m->p->nodes[i->node];

	switch (i->op) {
	case OP_READ:
	case OP_WRITE:
	case OP_FILL:
	case OP_FLAG:
	case OP_SET_OPS:
	case OP_CALL_OPS:
		return is_private(s, t, n->var) ? MOVES_BOTH : MOVES_NOT;
	case OP_BRANCH:
		if (n->cond.kind == COND_ARG || n->cond.kind == COND_PARAM)
			return MOVES_BOTH;
		return is_private(s, t, n->cond.var) ? MOVES_BOTH : MOVES_NOT;
	case OP_LOCK:
	case OP_UNLOCK:
		if (m->tried >>
			    (n->lock == LOCK_PARAM ? t->frames[t->depth].lock / OBJECTS : n->lock) &
		    1)
			return MOVES_NOT;
		return i->op == OP_LOCK ? MOVES_RIGHT : MOVES_LEFT;
	case OP_RETURN:
	case OP_END:
		return t->depth ? MOVES_BOTH : MOVES_LEFT;
	case OP_JUMP:
	case OP_CALL:
	case OP_ALIAS:
	case OP_RESTORE:
		return MOVES_BOTH;
	case OP_LIFE:
		return classify_life(m, t, n);
	default:
		return MOVES_NOT;
	}
}

enum result machine_step(struct machine *m, struct state *s, unsigned int thread)
{
	struct thread *t = &s->threads[thread];
	bool committed = false, moved = false;

	for (;;) {
		const struct insn *i = &m->code.insns[t->frames[t->depth].pc];
		enum mover mover = classify(m, s, t, i);
		struct thread before;
		enum outcome outcome;

		if (committed && (mover == MOVES_NOT || mover == MOVES_RIGHT))
			return STEP_DONE;
		if (m->hook)
			before = *t;
		outcome = exec(m, s, t, i);
		if (outcome == BLOCKED)
			return moved ? STEP_DONE : STEP_BLOCKED;
		if (outcome == DIED)
			return STEP_DIED;
		if (m->hook)
			m->hook(m, s, &before, i);
		if (outcome == ENDED)
			return STEP_DONE;
		moved = true;
		committed |= mover == MOVES_NOT || mover == MOVES_LEFT;
	}
}
