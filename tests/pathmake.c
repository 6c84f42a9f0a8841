// SPDX-License-Identifier: GPL-2.0-only
/* pathmake.c - random functions that lock, and how they read in C. */
#include <stdarg.h>

#include "paths.h"

static uint64_t roll(struct maker *m, uint64_t sides)
{
	m->state ^= m->state >> 12;
	m->state ^= m->state << 25;
	m->state ^= m->state >> 27;
	return (m->state * 0x2545f4914f6cdd1dULL >> 32) % sides;
}

/* --- a random function */

struct place {
	unsigned int depth;
	bool loop, in_switch;
};

static struct node *node_new(struct maker *m, enum node_kind kind)
{
	struct node *n = &m->nodes[m->nnodes++];

	*n = (struct node){ .kind = kind, .lock = (int)roll(m, LOCKS), .value = (int)roll(m, 2), .held = ~0U };
	return n;
}

static struct node *make_block(struct maker *m, struct place at);

static void add_block(struct maker *m, struct node *n, struct place at)
{
	at.depth++;
	n->children[n->nchildren++] = make_block(m, at);
}

static struct node *make_nested(struct maker *m, struct place at)
{
	static const enum node_kind nested[] = { TRYLOCK, LOCKED, LOCKED, GUARD, SCOPED, IF_ARG, IF_ARG, IF_CALL, IF_FLAG,
						 WHILE, DO, FOR, SWITCH };
	struct node *n = node_new(m, nested[roll(m, sizeof(nested) / sizeof(nested[0]))]);
	struct place inside = at;

	if (n->kind == WHILE || n->kind == DO || n->kind == FOR || n->kind == SCOPED)
		inside.loop = n->kind != SCOPED; /* scoped_guard() is a loop to break and continue */
	if (n->kind == WHILE || n->kind == DO || n->kind == FOR || n->kind == SCOPED)
		inside.in_switch = false;
	if (n->kind == SWITCH) {
		inside.in_switch = true;
		inside.loop = at.loop;
	}
	add_block(m, n, inside);
	if (n->kind == TRYLOCK || n->kind == IF_ARG || n->kind == IF_CALL || n->kind == IF_FLAG)
		add_block(m, n, at);
	if (n->kind == SWITCH) {
		add_block(m, n, inside);
		add_block(m, n, inside);
	}
	return n;
}

static struct node *make_statement(struct maker *m, struct place at)
{
	static const enum node_kind plain[] = { STORE, STORE, STORE, STORE, LOCK, LOCK, UNLOCK, UNLOCK, SET_FLAG, GOTO,
						RETURN, BREAK, CONTINUE, CALL_LOCK, CALL_UNLOCK };
	enum node_kind kind;

	if (at.depth < 4 && m->nnodes < NODES / 2 && roll(m, 5) < 2)
		return make_nested(m, at);
	kind = plain[roll(m, sizeof(plain) / sizeof(plain[0]))];
	if ((kind == BREAK && !at.loop && !at.in_switch) || (kind == CONTINUE && !at.loop) ||
	    ((kind == GOTO || kind == RETURN) && !at.depth))
		kind = STORE;
	return node_new(m, kind);
}

static struct node *make_block(struct maker *m, struct place at)
{
	struct node *n = node_new(m, BLOCK);
	uint64_t count = 1 + roll(m, at.depth ? 3 : CHILDREN);

	while (n->nchildren < count && m->nnodes + 20 < NODES)
		n->children[n->nchildren++] = make_statement(m, at);
	return n;
}

/* Labels are at the end: an unlock, and perhaps a store. */
void make_function(struct maker *m, uint64_t seed, unsigned int n)
{
	unsigned int i;

	m->state = (seed + 1) * 0x9e3779b97f4a7c15ULL ^ (n + 1) * 0xd1342543de82ef95ULL;
	m->n = n;
	m->nnodes = 0;
	roll(m, 2);
	m->body = make_block(m, (struct place){ .depth = 0 });
	for (i = 0; i < LABELS; i++) {
		m->labels[i] = node_new(m, BLOCK);
		if (roll(m, 2))
			m->labels[i]->children[m->labels[i]->nchildren++] = node_new(m, STORE);
		m->labels[i]->children[m->labels[i]->nchildren++] = node_new(m, UNLOCK);
	}
}

/* --- the function as C */

void put(struct maker *m, int depth, const char *fmt, ...)
{
	va_list ap;

	fprintf(m->out, "%*s", depth * 2, "");
	va_start(ap, fmt);
	vfprintf(m->out, fmt, ap);
	va_end(ap);
	fputc('\n', m->out);
	m->line++;
}

static void put_node(struct maker *m, struct node *n, int depth);

static void put_children(struct maker *m, struct node *n, int depth)
{
	unsigned int i;

	for (i = 0; i < n->nchildren; i++)
		put_node(m, n->children[i], depth);
}

static void put_if(struct maker *m, struct node *n, int depth)
{
	put_node(m, n->children[0], depth + 1);
	put(m, depth, "} else {");
	put_node(m, n->children[1], depth + 1);
	put(m, depth, "}");
}

static void put_switch(struct maker *m, struct node *n, int depth)
{
	unsigned int i;

	put(m, depth, "switch (cmd) {");
	for (i = 0; i < 3; i++) {
		if (i < 2)
			put(m, depth, "case %u:", i);
		else
			put(m, depth, "default:");
		put_node(m, n->children[i], depth + 1);
		if (!n->value)
			put(m, depth + 1, "break;");
	}
	put(m, depth, ";");
	put(m, depth, "}");
}

static void put_node(struct maker *m, struct node *n, int depth)
{
	const struct lock_kind *k = &kinds[n->lock];

	switch (n->kind) {
	case BLOCK:
		put_children(m, n, depth);
		break;
	case STORE:
		n->line = m->line;
		put(m, depth, "p->%c = 1;", 'a' + n->value);
		break;
	case LOCK:
		put(m, depth, "%s(&p->%s);", k->lock, k->name);
		break;
	case UNLOCK:
		put(m, depth, "%s(&p->%s);", k->unlock, k->name);
		break;
	case CALL_LOCK:
		put(m, depth, "lock%d_%u(p);", n->lock, m->n);
		break;
	case CALL_UNLOCK:
		put(m, depth, "unlock%d_%u(p);", n->lock, m->n);
		break;
	case TRYLOCK:
		put(m, depth, n->value ? "if (!%s(&p->%s)) {" : "if (%s(&p->%s)) {", k->try, k->name);
		put_if(m, n, depth);
		break;
	case LOCKED:
		put(m, depth, "%s(&p->%s);", k->lock, k->name);
		put_node(m, n->children[0], depth);
		put(m, depth, "%s(&p->%s);", k->unlock, k->name);
		break;
	case GUARD:
		put(m, depth, "{");
		put(m, depth + 1, "guard(%s)(&p->%s);", k->guard, k->name);
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "}");
		break;
	case SCOPED:
		put(m, depth, "scoped_guard(%s, &p->%s) {", k->guard, k->name);
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "}");
		break;
	case IF_ARG:
		put(m, depth, "if (arg & %d) {", 1 << n->value);
		put_if(m, n, depth);
		break;
	case IF_CALL:
		put(m, depth, "if (foo_more(p)) {");
		put_if(m, n, depth);
		break;
	case IF_FLAG:
		put(m, depth, "if (flag%d) {", n->value);
		put_if(m, n, depth);
		break;
	case SET_FLAG:
		put(m, depth, "flag%d = %d;", n->value, n->lock % 2);
		break;
	case WHILE:
		put(m, depth, "while (foo_more(p)) {");
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "}");
		break;
	case DO:
		put(m, depth, "do {");
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "} while (foo_more(p));");
		break;
	case FOR:
		put(m, depth, "for (i%u = 0; i%u < arg; i%u++) {", m->n, m->n, m->n);
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "}");
		break;
	case SWITCH:
		put_switch(m, n, depth);
		break;
	case BREAK:
		put(m, depth, "break;");
		break;
	case CONTINUE:
		put(m, depth, "continue;");
		break;
	case GOTO:
		put(m, depth, "goto out%d;", n->lock % LABELS);
		break;
	case RETURN:
		put(m, depth, "return 0;");
		break;
	}
}

static void put_helpers(struct maker *m)
{
	int i;

	for (i = 0; i < LOCKS; i++) {
		put(m, 0, "static __maybe_unused void lock%d_%u(struct foo%u *p) { %s(&p->%s); }", i, m->n, m->n, kinds[i].lock,
		    kinds[i].name);
		put(m, 0, "static __maybe_unused void unlock%d_%u(struct foo%u *p) { %s(&p->%s); }", i, m->n, m->n, kinds[i].unlock,
		    kinds[i].name);
	}
}

void put_function(struct maker *m)
{
	int i;

	put(m, 0, "struct foo%u { struct mutex m0, m1; spinlock_t s0; struct rw_semaphore r0; bool a:1; bool b:1; };", m->n);
	put_helpers(m);
	put(m, 0, "static long foo%u_ioctl(struct file *file, unsigned int cmd, unsigned long arg)", m->n);
	put(m, 0, "{");
	put(m, 1, "struct foo%u *p = file->private_data;", m->n);
	put(m, 1, "int flag0 = 0, flag1 = 1;");
	put(m, 1, "unsigned long i%u;", m->n);
	put(m, 1, "(void)flag0; (void)flag1; (void)i%u;", m->n);
	put(m, 1, "if (arg & 256) goto out0; if (arg & 512) goto out1; if (arg & 1024) goto out2;");
	put_node(m, m->body, 1);
	for (i = LABELS - 1; i >= 0; i--) {
		put(m, 0, "out%d:", i);
		put_node(m, m->labels[i], 1);
	}
	put(m, 1, "return 0;");
	put(m, 0, "}");
	put(m, 0, "const struct file_operations foo%u_fops = { .unlocked_ioctl = foo%u_ioctl };", m->n, m->n);
}

