// SPDX-License-Identifier: GPL-2.0-only
/* machine_life.c - what may start when, and what starts, ends and publishes. */
#include <string.h>

#include "machine.h"

/* --- how a machine begins */

static void note_arg_bits(const struct program *p, uint16_t node, void *data)
{
	const struct node *n = &p->nodes[node];
	struct machine *m = data;
	uint8_t *bits = &m->arg_bits[m->function];

	if ((n->kind == NODE_IF || n->kind == NODE_MAYLOCK) && n->cond.kind == COND_ARG)
		*bits |= (uint8_t)(1U << n->cond.index);
	if (n->kind == NODE_SWITCH || n->copy == COPY_ARG)
		*bits |= 1;
	if (n->kind == NODE_STORE && n->value == VALUE_ARG)
		*bits |= (uint8_t)((1U << p->fields[n->field].width) - 1);
	if (n->kind == NODE_CALL && n->pass_arg)
		*bits |= m->arg_bits[n->index];
	if (n->kind == NODE_TRY)
		m->tried |= (uint8_t)(1U << n->lock);
}

void machine_init(struct machine *m, const struct program *p, int effort)
{
	memset(m, 0, sizeof(*m));
	m->p = p;
	m->threads = (uint8_t)(effort ? 3 : 2);
	m->effort = effort;
	lower(&m->code, p);
	/* callees have higher numbers */
	for (m->function = p->nfunctions; m->function-- > 0;)
		block_walk(p, p->functions[m->function].body, note_arg_bits, m);
}

void machine_first_state(const struct machine *m, struct state *s)
{
	static const uint8_t starts[][BUDGETS] = { { 2, 2, 1, 1, 1, 1, 1 },
						   { 3, 2, 2, 2, 2, 2, 2 } };
	unsigned int i;

	memset(s, 0, sizeof(*s));
	s->global = s->first = NO_OBJECT;
	memcpy(s->left, starts[m->effort], sizeof(s->left));
	for (i = 0; i < OBJECTS; i++)
		s->objects[i].peer = NO_OBJECT;
	if (m->p->find == FIND_STATIC)
		s->objects[0].life = LIFE_SHARED;
}

/* --- OP_LIFE */

bool machine_runs(const struct state *s, unsigned int role, unsigned int object)
{
	unsigned int i;

	for (i = 0; i < s->nthreads; i++)
		if (s->threads[i].role == role && s->threads[i].object == object)
			return true;
	return false;
}

/* p = the object that the function is called for; none: the function returns. */
static enum result find_object(const struct machine *m, struct state *s, struct thread *t)
{
	struct frame *f = &t->frames[t->depth];

	if (m->p->find == FIND_GLOBAL && role_is_file(t->role))
		f->var[VAR_P] = s->global;
	else
		f->var[VAR_P] = t->object;
	if (f->var[VAR_P] == NO_OBJECT)
		while (m->code.insns[f->pc].op != OP_END)
			f->pc++;
	else
		f->pc++;
	return STEP_DONE;
}

static void share(struct object *o)
{
	if (o->life == LIFE_PRIVATE)
		o->life = LIFE_SHARED;
}

static void pair(struct state *s, unsigned int object)
{
	struct object *o = &s->objects[object];

	o->peer = s->first;
	if (s->first != NO_OBJECT)
		s->objects[s->first].peer = (uint8_t)object;
	else
		s->first = (uint8_t)object;
	share(o);
}

/* Waits until what has the role runs no more, and forgets what is pending. */
static enum result cancel(struct state *s, unsigned int role, unsigned int object,
			  unsigned int pending)
{
	if (machine_runs(s, role, object))
		return STEP_BLOCKED;
	s->objects[object].pending &= (uint8_t)~pending;
	return STEP_DONE;
}

static enum result start_or_end(struct state *s, const struct node *n, unsigned int object)
{
	struct object *o = &s->objects[object];
	unsigned int bit = 1U << n->index;

	switch (n->kind) {
	case NODE_QUEUE:
		o->pending |= (uint8_t)bit;
		break;
	case NODE_CANCEL:
		return cancel(s, ROLE_WORK0 + n->index, object, bit);
	case NODE_FLUSH:
		return o->pending & bit ? STEP_BLOCKED :
					  cancel(s, ROLE_WORK0 + n->index, object, 0);
	case NODE_ARM:
		o->pending |= PENDING_TIMER;
		break;
	case NODE_DISARM:
		return cancel(s, ROLE_TIMER, object, PENDING_TIMER);
	case NODE_RUN:
		o->pending |= PENDING_THREAD;
		break;
	case NODE_STOP:
		return o->pending & PENDING_THREAD ? STEP_BLOCKED :
						     cancel(s, ROLE_THREAD, object, 0);
	case NODE_REQUEST:
		o->irqs |= (uint8_t)bit;
		break;
	case NODE_FREE_IRQ:
		if (machine_runs(s, ROLE_IRQ0 + n->index, object))
			return STEP_BLOCKED;
		o->irqs &= (uint8_t)~bit;
		return STEP_DONE;
	default: /* NODE_SYNC_IRQ */
		return cancel(s, ROLE_IRQ0 + n->index, object, 0);
	}
	share(o);
	return STEP_DONE;
}

static enum result publish(struct state *s, const struct node *n, unsigned int object)
{
	struct object *o = &s->objects[object];

	switch (n->kind) {
	case NODE_PUBLISH:
		s->global = (uint8_t)object;
		break;
	case NODE_LIST_ADD:
		o->listed = 1;
		break;
	case NODE_PAIR:
		pair(s, object);
		break;
	case NODE_REGISTER:
		o->registered = 1;
		break;
	case NODE_LIST_DEL:
		o->listed = 0;
		return STEP_DONE;
	case NODE_DEREGISTER:
		o->registered = 0;
		return STEP_DONE;
	case NODE_FREE:
		o->life = LIFE_DEAD;
		return STEP_DONE;
	default:
		return STEP_DONE;
	}
	share(o);
	return STEP_DONE;
}

enum result machine_life(const struct machine *m, struct state *s, struct thread *t,
			 const struct node *n)
{
	struct frame *f = &t->frames[t->depth];
	unsigned int object = f->var[n->var];
	enum result result;

	if (n->kind == NODE_FIND)
		return find_object(m, s, t);
	if (n->kind == NODE_ALLOC) {
		object = f->var[VAR_P] = t->object;
		if (s->objects[object].life == LIFE_NONE)
			s->objects[object].life = LIFE_PRIVATE;
	}
	if (object == NO_OBJECT || s->objects[object].life == LIFE_DEAD ||
	    s->objects[object].life == LIFE_NONE)
		return STEP_DIED;
	if (n->kind >= NODE_QUEUE && n->kind <= NODE_STOP)
		result = start_or_end(s, n, object);
	else
		result = publish(s, n, object);
	if (result == STEP_DONE)
		f->pc++;
	return result;
}

/* --- starts and ends of threads */

static enum budget budget_of(unsigned int role)
{
	switch (role) {
	case ROLE_OPEN:
		return BUDGET_OPEN;
	case ROLE_WORK0:
	case ROLE_WORK1:
	case ROLE_TIMER:
	case ROLE_IRQ0:
	case ROLE_IRQ1:
		return BUDGET_WORK0 + (role - ROLE_WORK0);
	case ROLE_PROBE:
	case ROLE_REMOVE:
	case ROLE_THREAD:
		return BUDGETS;
	default:
		return BUDGET_USER;
	}
}

static unsigned int users(const struct state *s, int object)
{
	unsigned int i, n = 0;

	for (i = 0; i < s->nthreads; i++)
		if (role_is_file(s->threads[i].role) &&
		    (object < 0 || s->threads[i].object == object))
			n++;
	return n;
}

static bool user_may_start(const struct machine *m, const struct state *s, unsigned int role,
			   unsigned int object)
{
	const struct object *o = &s->objects[object];
	bool has_open = program_role(m->p, ROLE_OPEN);

	if (o->stage >= STAGE_REMOVING)
		return false;
	if (role == ROLE_OPEN && m->p->birth == BIRTH_OPEN)
		return o->life == LIFE_NONE &&
		       (!object || s->objects[object - 1].life != LIFE_NONE);
	if (m->p->find == FIND_GLOBAL || m->p->find == FIND_STATIC)
		return !object;
	if (role == ROLE_OPEN || (!has_open && m->p->find == FIND_MISC))
		return o->registered;
	if (role == ROLE_RELEASE && (m->p->birth == BIRTH_OPEN || o->files == 1))
		return o->files && !users(s, (int)object);
	return o->files;
}

static bool may_start(const struct machine *m, const struct state *s, unsigned int role,
		      unsigned int object)
{
	const struct object *o = &s->objects[object];
	enum budget budget = budget_of(role);

	if (budget < BUDGETS && !s->left[budget])
		return false;
	if (role_is_file(role))
		return user_may_start(m, s, role, object);
	if (role == ROLE_PROBE)
		return o->stage == STAGE_NONE &&
		       (!object || s->objects[object - 1].stage >= STAGE_PROBED);
	if (machine_runs(s, role, object) || o->life == LIFE_DEAD)
		return false;
	switch (role) {
	case ROLE_REMOVE:
		return o->stage == STAGE_PROBED && !users(s, -1);
	case ROLE_TIMER:
		return o->pending & PENDING_TIMER;
	case ROLE_THREAD:
		return o->pending & PENDING_THREAD;
	case ROLE_IRQ0:
	case ROLE_IRQ1:
		return o->irqs >> (role - ROLE_IRQ0) & 1;
	default:
		return o->pending >> (role - ROLE_WORK0) & 1;
	}
}

unsigned int machine_starts(const struct machine *m, const struct state *s, struct start *starts,
			    unsigned int max)
{
	unsigned int f, object, arg, n = 0;

	if (s->nthreads == m->threads)
		return 0;
	for (f = 0; f < m->p->nfunctions; f++) {
		unsigned int role = m->p->functions[f].role;

		for (object = 0;
		     role != ROLE_HELPER && role != ROLE_GONE && object < m->p->nobjects;
		     object++) {
			if (!may_start(m, s, role, object))
				continue;
			for (arg = 0; arg < (role_is_file(role) ? 4 : 1); arg++)
				if (n < max && !(arg & ~m->arg_bits[f]))
					starts[n++] = (struct start){ (uint8_t)role,
								      (uint8_t)object,
								      (uint8_t)arg };
		}
	}
	return n;
}

enum result machine_start(struct machine *m, struct state *s, struct start start)
{
	const struct function *fn = program_role(m->p, start.role);
	struct thread *t = &s->threads[s->nthreads++];
	struct object *o = &s->objects[start.object];
	enum budget budget = budget_of(start.role);

	memset(t, 0, sizeof(*t));
	t->role = start.role;
	t->object = start.object;
	t->frames[0] = (struct frame){ .pc = m->code.start[fn - m->p->functions],
				       .function = (uint8_t)(fn - m->p->functions),
				       .var = { NO_OBJECT, NO_OBJECT, NO_OBJECT },
				       .arg = start.arg };
	t->arg = start.arg;
	if (budget < BUDGETS)
		s->left[budget]--;
	if (start.role == ROLE_PROBE)
		o->stage = STAGE_PROBING;
	if (start.role == ROLE_REMOVE)
		o->stage = STAGE_REMOVING;
	if (start.role == ROLE_RELEASE)
		o->files--;
	if (start.role == ROLE_THREAD)
		o->pending &= (uint8_t)~PENDING_THREAD;
	if (start.role == ROLE_TIMER)
		o->pending &= (uint8_t)~PENDING_TIMER;
	if (start.role == ROLE_WORK0 || start.role == ROLE_WORK1)
		o->pending &= (uint8_t)~(1U << (start.role - ROLE_WORK0));
	if (start.role >= ROLE_WORK0 && start.role <= ROLE_TIMER)
		return STEP_DONE; /* does not commute with those who queue it again */
	return machine_step(m, s, s->nthreads - 1U);
}

void machine_end(struct state *s, unsigned int thread)
{
	struct thread *t = &s->threads[thread];
	struct object *o = &s->objects[t->object];

	switch (t->role) {
	case ROLE_PROBE:
		o->stage = STAGE_PROBED;
		share(o);
		break;
	case ROLE_REMOVE:
		o->stage = STAGE_REMOVED;
		break;
	case ROLE_OPEN:
		o->files++;
		share(o);
		break;
	default:
		break;
	}
	memmove(t, t + 1, (s->nthreads - thread - 1) * sizeof(*t));
	memset(&s->threads[--s->nthreads], 0, sizeof(*t));
}

void machine_sort(struct state *s, unsigned int *order)
{
	unsigned int i, k;

	for (i = 0; order && i < THREADS; i++)
		order[i] = i;
	for (i = 1; i < s->nthreads; i++)
		for (k = i;
		     k && memcmp(&s->threads[k - 1], &s->threads[k], sizeof(s->threads[k])) > 0;
		     k--) {
			struct thread swap = s->threads[k];

			s->threads[k] = s->threads[k - 1];
			s->threads[k - 1] = swap;
			if (order) {
				unsigned int old = order[k];

				order[k] = order[k - 1];
				order[k - 1] = old;
			}
		}
}
