// SPDX-License-Identifier: GPL-2.0-only
/* trace.c - an interleaving step by step, with the lines of C that run. */
#include <stdlib.h>
#include <string.h>

#include "explore.h"
#include "machine.h"

struct tracer {
	FILE *out;
	const char *source;
	char names[THREADS + 1]; /* by position in the state */
	char last;		 /* the last name given */
	unsigned int thread;	 /* the one that steps */
};

static const char *const roles[] = { "helper", "probe", "remove", "open",  "release",
				     "read",   "write", "ioctl",  "work0", "work1",
				     "timer",  "irq0",	"irq1",	  "thread" };

/* Copies line number `line` of the source, without what indents it. */
static void line_text(const char *source, unsigned int line, char *text, size_t size)
{
	size_t n;

	while (--line && source)
		source = strchr(source, '\n') ? strchr(source, '\n') + 1 : NULL;
	if (!source)
		source = "";
	source += strspn(source, "\t");
	n = strcspn(source, "\n");
	if (n >= size)
		n = size - 1;
	memcpy(text, source, n);
	text[n] = '\0';
}

static void put_unit(FILE *out, const struct machine *m, unsigned int values, unsigned int unit)
{
	unsigned int f;

	for (f = 0; f < m->p->nfields; f++)
		if (m->p->fields[f].unit == unit)
			fprintf(out, " %c=%u", 'a' + f, values >> (2 * f) & 3);
}

static unsigned int unit_values(const struct machine *m, const struct object *o, unsigned int copy,
				bool ghost)
{
	unsigned int f, values = 0;

	for (f = 0; f < m->p->nfields; f++) {
		const struct cell *c = &o->cells[cell_of(f, copy)];

		values |= (unsigned int)(ghost ? c->ghost : c->value) << (2 * f);
	}
	return values;
}

/* The object of a store: the thread has not left the function yet. */
static void put_store(FILE *out, const struct machine *m, const struct state *s,
		      const struct thread *before, const struct insn *i)
{
	const struct node *n = &m->p->nodes[i->node];
	const struct frame *f = &before->frames[before->depth];
	unsigned int copy = n->copy == COPY_PARAM ? f->copy :
			    n->copy == COPY_ARG	  ? f->arg & 1U :
						    n->copy;
	unsigned int unit = i->op == OP_FILL ? i->unit : m->p->fields[n->field].unit;
	const struct object *o = &s->objects[f->var[n->var]];
	unsigned int now = unit_values(m, o, copy, false), ghost = unit_values(m, o, copy, true), k;

	fprintf(out, "%s of object %d:", i->op == OP_READ ? "reads the unit" : "writes the unit",
		f->var[n->var]);
	put_unit(out, m, now, unit);
	for (k = 0; k < m->p->nfields; k++)
		if (m->p->fields[k].unit == unit && (now >> (2 * k) & 3) != (ghost >> (2 * k) & 3))
			fprintf(out, " [%c=%u is undone]", 'a' + k, ghost >> (2 * k) & 3);
}

static void put_insn(struct machine *m, const struct state *s, const struct thread *before,
		     const struct insn *i)
{
	struct tracer *t = m->hook_data;
	char text[80];

	if (i->op == OP_JUMP || i->op == OP_ALIAS || i->op == OP_RESTORE || i->op == OP_CALL)
		return;
	if (i->op == OP_LIFE && m->p->nodes[i->node].kind == NODE_FIND)
		return;
	line_text(t->source, i->line, text, sizeof(text));
	fprintf(t->out, "  %c %5u  %-44s", t->names[t->thread], i->line, text);
	if (i->op == OP_READ || i->op == OP_WRITE || i->op == OP_FILL)
		put_store(t->out, m, s, before, i);
	else if (i->op == OP_END && !before->depth)
		fprintf(t->out, "ends");
	fputc('\n', t->out);
}

static void put_start(struct tracer *t, const struct machine *m, struct start s)
{
	fprintf(t->out, "  %c starts: dev%u_%s()", t->last, m->p->number, roles[s.role]);
	if (role_is_file(s.role))
		fprintf(t->out, ", arg %u", s.arg);
	fprintf(t->out, ", for object %u\n", s.object);
}

/* The names follow their threads to new positions; `ended` is the position of one that is gone, or THREADS. */
static void rename_threads(struct tracer *t, const unsigned int *order, unsigned int ended)
{
	char names[THREADS + 1];
	unsigned int i;

	if (ended < THREADS)
		memmove(&t->names[ended], &t->names[ended + 1], THREADS - ended);
	memcpy(names, t->names, sizeof(names));
	for (i = 0; i < THREADS; i++)
		t->names[i] = names[order[i]];
}

static void replay(struct machine *m, struct tracer *t, struct state *s, uint16_t action)
{
	unsigned int order[THREADS], before = s->nthreads;
	struct start start = { (uint8_t)((action & ~ACTION_START) >> 6), action >> 3 & 7,
			       action & 7 };

	if (action & ACTION_START) {
		t->thread = before++;
		t->last = t->last == 'Z' || !t->last ? 'A' : (char)(t->last + 1);
		t->names[t->thread] = t->last;
		put_start(t, m, start);
		machine_start(m, s, start);
	} else {
		t->thread = action;
		machine_step(m, s, action);
	}
	machine_sort(s, order);
	rename_threads(t, order, s->nthreads < before ? t->thread : THREADS);
}

static void replay_to(struct machine *m, struct tracer *t, struct state *s, uint32_t state)
{
	uint16_t action;
	uint32_t parent = explore_parent(state, &action);

	if (!parent)
		return;
	replay_to(m, t, s, parent);
	replay(m, t, s, action);
}

void trace_print(FILE *out, const struct program *p, int effort, uint32_t state, const char *source)
{
	static struct machine m;
	struct tracer t = { .out = out, .source = source };
	struct state s;

	machine_init(&m, p, effort);
	m.hook = put_insn;
	m.hook_data = &t;
	machine_first_state(&m, &s);
	replay_to(&m, &t, &s, state);
}
