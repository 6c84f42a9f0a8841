// SPDX-License-Identifier: GPL-2.0-only
/* exec.c - what each instruction does. */
#include <string.h>

#include "machine.h"

static const struct node *node_of(const struct machine *m, const struct insn *i)
{
	return &m->p->nodes[i->node];
}

static struct frame *top(struct thread *t)
{
	return &t->frames[t->depth];
}

static bool is_alive(const struct state *s, unsigned int object)
{
	return object < OBJECTS &&
	       (s->objects[object].life == LIFE_PRIVATE || s->objects[object].life == LIFE_SHARED);
}

/* --- locks: an id is 2 * lock + object, or 2 * lock for a global one */

static unsigned int lock_id(const struct machine *m, const struct frame *f, unsigned int lock,
			    unsigned int var)
{
	if (lock == LOCK_PARAM)
		return f->lock;
	return m->p->locks[lock].global ? lock * OBJECTS : lock * OBJECTS + f->var[var];
}

static bool lock_free(const struct state *s, unsigned int id, bool shared)
{
	unsigned int i;

	for (i = 0; i < s->nthreads; i++)
		if (((s->threads[i].held | (shared ? 0 : s->threads[i].shared)) >> id) & 1)
			return false;
	return true;
}

static bool lock_alive(const struct machine *m, const struct state *s, const struct frame *f,
		       const struct node *n, unsigned int var)
{
	if (n->lock == LOCK_PARAM)
		return m->p->locks[f->lock / OBJECTS].global || is_alive(s, f->lock % OBJECTS);
	return m->p->locks[n->lock].global || is_alive(s, f->var[var]);
}

static enum outcome exec_lock(struct machine *m, struct state *s, struct thread *t,
			      const struct insn *i)
{
	const struct node *n = node_of(m, i);
	unsigned int id = lock_id(m, top(t), n->lock, i->var);
	bool shared = n->kind != NODE_TRY && n->shared, ok;

	if (!lock_alive(m, s, top(t), n, i->var))
		return DIED;
	ok = lock_free(s, id, shared);
	if (!ok && i->op == OP_LOCK)
		return BLOCKED;
	if (ok && shared)
		t->shared |= (uint16_t)(1U << id);
	else if (ok)
		t->held |= (uint16_t)(1U << id);
	top(t)->pc = ok ? (uint16_t)(top(t)->pc + 1) : i->target;
	return DONE;
}

static enum outcome exec_unlock(struct machine *m, struct state *s, struct thread *t,
				const struct insn *i)
{
	const struct node *n = node_of(m, i);
	uint16_t bit = (uint16_t)(1U << lock_id(m, top(t), n->lock, i->var));
	uint16_t *held = n->kind != NODE_TRY && n->shared ? &t->shared : &t->held;

	if (!lock_alive(m, s, top(t), n, i->var) || !(*held & bit))
		return DIED;
	*held &= (uint16_t)~bit;
	top(t)->pc++;
	return DONE;
}

/* --- memory */

static unsigned int copy_of(const struct thread *t, const struct node *n)
{
	const struct frame *f = &t->frames[t->depth];

	return n->copy == COPY_PARAM ? f->copy : n->copy == COPY_ARG ? f->arg & 1U : n->copy;
}

static enum outcome exec_read(struct machine *m, struct state *s, struct thread *t,
			      const struct node *n)
{
	unsigned int f, copy = copy_of(t, n), object = top(t)->var[n->var];

	if (!is_alive(s, object))
		return DIED;
	t->unit = 0;
	for (f = 0; f < m->p->nfields; f++)
		if (m->p->fields[f].unit == m->p->fields[n->field].unit)
			t->unit |= (uint16_t)(s->objects[object].cells[cell_of(f, copy)].value
					      << (2 * f));
	top(t)->pc++;
	return DONE;
}

static unsigned int new_value(const struct machine *m, const struct thread *t, const struct node *n)
{
	unsigned int old = t->unit >> (2 * n->field) & 3,
		     mask = (1U << m->p->fields[n->field].width) - 1;

	if (n->kind == NODE_OVERLAY)
		return old | 1;
	switch (n->value) {
	case VALUE_ARG:
		return t->frames[t->depth].arg & mask;
	case VALUE_FLIP:
		return (old ^ 1) & mask;
	default:
		return n->value;
	}
}

static bool is_teardown(const struct machine *m, const struct thread *t)
{
	return t->role == ROLE_REMOVE || (t->role == ROLE_RELEASE && m->p->birth == BIRTH_OPEN);
}

static void store_own(struct cell *c, unsigned int value, bool teardown)
{
	*c = (struct cell){ .value = value & 3, .ghost = value & 3, .teardown = teardown };
}

/* Writes the old value that a store to field `by` puts back into another field. */
static void store_back(struct machine *m, struct cell *c, unsigned int field, unsigned int value,
		       unsigned int by, bool teardown)
{
	if (c->value == value)
		return;
	m->undone[field][by] = true;
	c->value = value & 3;
	c->culprit = c->value == c->ghost ? 0 : (by + 1) & 7;
	c->teardown |= teardown;
}

static enum outcome exec_write(struct machine *m, struct state *s, struct thread *t,
			       const struct node *n)
{
	unsigned int f, copy = copy_of(t, n), object = top(t)->var[n->var];
	bool teardown = is_teardown(m, t);

	if (!is_alive(s, object))
		return DIED;
	for (f = 0; f < m->p->nfields; f++) {
		struct cell *c = &s->objects[object].cells[cell_of(f, copy)];

		if (f == n->field)
			store_own(c, new_value(m, t, n), teardown);
		else if (m->p->fields[f].unit == m->p->fields[n->field].unit)
			store_back(m, c, f, t->unit >> (2 * f) & 3, n->field, teardown);
	}
	t->unit = 0;
	top(t)->pc++;
	return DONE;
}

static enum outcome exec_fill(struct machine *m, struct state *s, struct thread *t,
			      const struct insn *i)
{
	const struct node *n = node_of(m, i);
	unsigned int f, copy = copy_of(t, n), object = top(t)->var[n->var];

	if (!is_alive(s, object))
		return DIED;
	for (f = 0; f < m->p->nfields; f++)
		if (m->p->fields[f].unit == i->unit)
			store_own(&s->objects[object].cells[cell_of(f, copy)],
				  n->kind == NODE_OVERLAY && n->style == 2 && f == n->field,
				  is_teardown(m, t));
	top(t)->pc++;
	return DONE;
}

static enum outcome exec_flag(struct state *s, struct thread *t, const struct node *n)
{
	unsigned int object = top(t)->var[n->var];

	if (!is_alive(s, object))
		return DIED;
	if (n->value)
		s->objects[object].flags |= (uint8_t)(1U << n->index);
	else
		s->objects[object].flags &= (uint8_t)~(1U << n->index);
	top(t)->pc++;
	return DONE;
}

/* --- control flow */

static enum outcome exec_branch(struct state *s, struct thread *t, const struct insn *i,
				const struct node *n)
{
	const struct cond *c = &n->cond;
	unsigned int object = top(t)->var[c->var];
	bool value;

	if ((c->kind == COND_FLAG || c->kind == COND_FIELD) && !is_alive(s, object))
		return DIED;
	switch (c->kind) {
	case COND_ARG:
		value = top(t)->arg >> c->index & 1;
		break;
	case COND_FLAG:
		value = s->objects[object].flags >> c->index & 1;
		break;
	case COND_FIELD:
		value = s->objects[object].cells[cell_of(c->index, 0)].value;
		break;
	default:
		value = top(t)->locked;
	}
	if (value != c->negate)
		top(t)->pc++;
	else
		top(t)->pc = i->target;
	return DONE;
}

static enum outcome call(struct machine *m, struct thread *t, const struct node *n,
			 unsigned int function)
{
	const struct function *f = &m->p->functions[function];
	unsigned int copy = copy_of(t, n);
	struct frame *from = top(t), *to;

	if (t->depth + 1 == FRAMES)
		return DIED;
	from->pc++;
	to = &t->frames[++t->depth];
	to->pc = m->code.start[function];
	to->function = (uint8_t)function;
	to->var[VAR_P] = from->var[n->var];
	to->var[VAR_Q] = to->var[VAR_O] = NO_OBJECT;
	to->copy = f->takes_st ? (uint8_t)copy : 0;
	to->lock = f->takes_lock ? (uint8_t)lock_id(m, from, n->lock_arg, n->var) : 0;
	to->locked = f->takes_locked && n->value;
	to->arg = !f->takes_arg ? 0 : n->pass_arg ? from->arg : n->arg;
	return DONE;
}

static enum outcome exec_call_ops(struct machine *m, struct state *s, struct thread *t,
				  const struct node *n)
{
	unsigned int object = top(t)->var[n->var], i;

	if (!is_alive(s, object))
		return DIED;
	for (i = 0; i < m->p->nfunctions; i++)
		if (m->p->functions[i].is_op == s->objects[object].ops + 1)
			return call(m, t, n, i);
	top(t)->pc++;
	return DONE;
}

static enum outcome exec_return(struct state *s, struct thread *t)
{
	if (!t->depth) {
		machine_end(s, (unsigned int)(t - s->threads));
		return ENDED;
	}
	memset(top(t), 0, sizeof(*top(t)));
	t->depth--;
	return DONE;
}

/* --- other objects */

static enum outcome exec_pointer(struct machine *m, struct state *s, struct thread *t,
				 const struct insn *i)
{
	struct frame *f = top(t);
	unsigned int o, p = f->var[VAR_P];

	switch (i->op) {
	case OP_ALIAS:
		f->var[i->var] = f->var[VAR_P];
		break;
	case OP_RESTORE:
		f->var[VAR_P] = f->var[VAR_O];
		f->var[VAR_O] = NO_OBJECT;
		break;
	case OP_STEP:
		if (!is_alive(s, p))
			return DIED;
		if (s->objects[p].peer != NO_OBJECT)
			f->var[VAR_P] = s->objects[p].peer;
		break;
	case OP_PEER:
		if (!is_alive(s, p))
			return DIED;
		f->var[VAR_Q] = s->objects[p].peer;
		f->pc = f->var[VAR_Q] == NO_OBJECT ? i->target : (uint16_t)(f->pc + 1);
		return DONE;
	default: /* OP_FIRST, OP_NEXT: the list is in the order of the objects */
		if (i->op == OP_NEXT && !is_alive(s, f->var[VAR_Q]))
			return DIED;
		for (o = i->op == OP_FIRST ? 0 : f->var[VAR_Q] + 1U;
		     o < m->p->nobjects && !s->objects[o].listed;)
			o++;
		f->var[VAR_Q] = (uint8_t)(o < m->p->nobjects ? o : NO_OBJECT);
		f->pc = (f->var[VAR_Q] == NO_OBJECT) == (i->op == OP_FIRST) ? i->target :
									      (uint16_t)(f->pc + 1);
		return DONE;
	}
	f->pc++;
	return DONE;
}

/* --- one instruction */

enum outcome exec(struct machine *m, struct state *s, struct thread *t, const struct insn *i)
{
	const struct node *n = node_of(m, i);

	switch (i->op) {
	case OP_READ:
		return exec_read(m, s, t, n);
	case OP_WRITE:
		return exec_write(m, s, t, n);
	case OP_FILL:
		return exec_fill(m, s, t, i);
	case OP_FLAG:
		return exec_flag(s, t, n);
	case OP_BRANCH:
		return exec_branch(s, t, i, n);
	case OP_JUMP:
		top(t)->pc = i->target;
		return DONE;
	case OP_CALL:
		return call(m, t, n, n->index);
	case OP_CALL_OPS:
		return exec_call_ops(m, s, t, n);
	case OP_SET_OPS:
		s->objects[top(t)->var[n->var]].ops = n->value;
		top(t)->pc++;
		return DONE;
	case OP_RETURN:
	case OP_END:
		return exec_return(s, t);
	case OP_LOCK:
	case OP_TRY:
		return exec_lock(m, s, t, i);
	case OP_UNLOCK:
		return exec_unlock(m, s, t, i);
	case OP_LIFE:
		switch (machine_life(m, s, t, n)) {
		case STEP_BLOCKED:
			return BLOCKED;
		case STEP_DIED:
			return DIED;
		default:
			return DONE;
		}
	default:
		return exec_pointer(m, s, t, i);
	}
}
