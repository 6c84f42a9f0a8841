// SPDX-License-Identifier: GPL-2.0-only
/*
 * paths.c - random functions that lock, and what a slow interpreter says is held on all of their paths.
 *
 *	paths SEED FIRST COUNT FILE.c EXPECTED
 *
 * writes functions, and what is held at each of their stores for pathcompare.c.
 *
 * Function n works on a struct foo<n> of its own and stores 1 to its bitfields.  The interpreter walks the same tree that
 * is printed as C, once for each sequence of outcomes of what a function cannot know (conditions on what it is given, on
 * results of calls, numbers of rounds of loops up to two) and keeps for each store the locks that every walk held there.
 * Walks that would hang or release what is not held do not count: the function is not called like that.
 */
#include <stdlib.h>
#include <string.h>

#include "paths.h"

#define CHOICES 40
#define WALKS 200000
#define STORES 1000 /* of one walk */

/* --- the interpreter */

enum flow { NORMAL, BROKEN, CONTINUED, RETURNED, JUMPED, ENDED };

struct walk {
	unsigned char choices[CHOICES], sides[CHOICES];
	unsigned int nchoices, used;
	int arg_known[16]; /* -1: not asked yet */
	int cmd;	   /* -1: not asked yet */
	int flags[2];
	int held[LOCKS]; /* how often, by kind */
	int label;
	struct made_store {
		struct node *n;
		uint32_t held;
	} stores[STORES];
	unsigned int nstores;
};

/* The next outcome; those past the end of the sequence are 0 and make it longer. */
static int choose(struct walk *w, unsigned char sides)
{
	if (w->used == CHOICES)
		return -1;
	if (w->used == w->nchoices) {
		w->choices[w->nchoices] = 0;
		w->nchoices++;
	}
	w->sides[w->used] = sides;
	return w->choices[w->used++];
}

/* The next sequence, as an odometer counts; false: that was the last one. */
static bool advance(struct walk *w)
{
	w->nchoices = w->used;
	while (w->nchoices && w->choices[w->nchoices - 1] + 1 == w->sides[w->nchoices - 1])
		w->nchoices--;
	if (!w->nchoices)
		return false;
	w->choices[w->nchoices - 1]++;
	return true;
}

static bool is_held(const struct walk *w, int object)
{
	int i;

	for (i = 0; i < LOCKS; i++)
		if (kinds[i].object == object && w->held[i])
			return true;
	return false;
}

/* False: it would hang. */
static bool take(struct walk *w, int lock)
{
	if (is_held(w, kinds[lock].object))
		return false;
	w->held[lock] = 1;
	return true;
}

static bool drop(struct walk *w, int lock)
{
	bool held = w->held[lock];

	w->held[lock] = 0;
	return held;
}

static enum flow step(struct walk *w, struct node *n);

static enum flow walk_children(struct walk *w, struct node *n)
{
	enum flow flow = NORMAL;
	unsigned int i;

	for (i = 0; i < n->nchildren && flow == NORMAL; i++)
		flow = step(w, n->children[i]);
	return flow;
}

/* Rounds: none or some, at most two; `first` is a round without a question. */
static enum flow walk_loop(struct walk *w, struct node *n, bool first)
{
	enum flow flow;
	int round, more;

	for (round = 0; round < 2; round++) {
		more = round || !first ? choose(w, 2) : 1;
		if (more < 0)
			return ENDED;
		if (!more)
			return NORMAL;
		flow = step(w, n->children[0]);
		if (flow == BROKEN)
			return NORMAL;
		if (flow != NORMAL && flow != CONTINUED)
			return flow;
	}
	return NORMAL;
}

static enum flow walk_switch(struct walk *w, struct node *n)
{
	enum flow flow = NORMAL;
	int i;

	if (w->cmd < 0)
		w->cmd = choose(w, 3);
	if (w->cmd < 0)
		return ENDED;
	for (i = w->cmd; i < 3; i++) {
		flow = step(w, n->children[i]);
		if (flow != NORMAL || !n->value)
			break;
	}
	return flow == BROKEN ? NORMAL : flow;
}

static enum flow walk_if(struct walk *w, struct node *n, int outcome)
{
	return outcome < 0 ? ENDED : step(w, n->children[outcome ? 0 : 1]);
}

static int arg_bit(struct walk *w, int bit)
{
	if (w->arg_known[bit] < 0)
		w->arg_known[bit] = choose(w, 2);
	return w->arg_known[bit];
}

static enum flow walk_trylock(struct walk *w, struct node *n)
{
	int got = choose(w, 2);

	if (got < 0 || (got && !take(w, n->lock)))
		return ENDED;
	return walk_if(w, n, n->value ? !got : got);
}

/* Released however the block is left. */
static enum flow walk_guard(struct walk *w, struct node *n)
{
	enum flow flow;

	if (!take(w, n->lock))
		return ENDED;
	flow = step(w, n->children[0]);
	if (flow != ENDED && !drop(w, n->lock))
		return ENDED;
	if (n->kind == SCOPED && (flow == BROKEN || flow == CONTINUED))
		return NORMAL;
	return flow;
}

static enum flow walk_store(struct walk *w, struct node *n)
{
	uint32_t held = 0;
	int i;

	if (w->nstores == STORES)
		return ENDED;
	for (i = 0; i < LOCKS; i++)
		if (w->held[i])
			held |= 1U << i;
	w->stores[w->nstores++] = (struct made_store){ n, held };
	return NORMAL;
}

/* The store is made with these locks. */
static void add_store(struct node *n, uint32_t held)
{
	int i;

	n->reached = true;
	/* shared on one walk and exclusive on another is shared */
	if (n->held != ~0U)
		for (i = 0; i < LOCKS; i++)
			if (kinds[i].shared && ((held | n->held) >> i & 1) && ((held & n->held) >> i & 1) == 0 &&
			    ((held | held << 1) >> i & 1) && ((n->held | n->held << 1) >> i & 1)) {
				held |= 1U << i;
				n->held |= 1U << i;
			}
	n->held &= held;
}

static enum flow step(struct walk *w, struct node *n)
{
	enum flow flow;

	switch (n->kind) {
	case BLOCK:
		return walk_children(w, n);
	case STORE:
		return walk_store(w, n);
	case LOCK:
	case CALL_LOCK:
		return take(w, n->lock) ? NORMAL : ENDED;
	case UNLOCK:
	case CALL_UNLOCK:
		return drop(w, n->lock) ? NORMAL : ENDED;
	case TRYLOCK:
		return walk_trylock(w, n);
	case LOCKED:
		if (!take(w, n->lock))
			return ENDED;
		flow = step(w, n->children[0]);
		return flow != NORMAL ? flow : drop(w, n->lock) ? NORMAL : ENDED;
	case GUARD:
	case SCOPED:
		return walk_guard(w, n);
	case IF_ARG:
		return walk_if(w, n, arg_bit(w, n->value));
	case IF_CALL:
		return walk_if(w, n, choose(w, 2));
	case IF_FLAG:
		return walk_if(w, n, w->flags[n->value]);
	case SET_FLAG:
		w->flags[n->value] = n->lock % 2;
		return NORMAL;
	case WHILE:
	case FOR:
		return walk_loop(w, n, false);
	case DO:
		return walk_loop(w, n, true);
	case SWITCH:
		return walk_switch(w, n);
	case BREAK:
		return BROKEN;
	case CONTINUE:
		return CONTINUED;
	case GOTO:
		w->label = n->lock % LABELS;
		return JUMPED;
	case RETURN:
		return RETURNED;
	}
	return ENDED;
}

/* One walk, from the tests of the jumps at the start to the end; false: it does not count. */
static bool walk_function(struct maker *m, struct walk *w)
{
	enum flow flow = NORMAL;
	int i;

	w->label = LABELS - 1;
	for (i = 0; i < LABELS && flow == NORMAL; i++) {
		int jump = arg_bit(w, 8 + i);

		if (jump > 0) {
			w->label = i;
			flow = JUMPED;
		} else if (jump < 0) {
			return false;
		}
	}
	if (flow == NORMAL)
		flow = step(w, m->body);
	for (i = flow == JUMPED ? w->label : LABELS - 1; i >= 0 && (flow == NORMAL || flow == JUMPED); i--)
		flow = step(w, m->labels[i]);
	return flow != ENDED;
}

/* Returns the number of walks, 0 if there are too many. */
static unsigned long walk_all(struct maker *m)
{
	struct walk w = { .nchoices = 0 };
	unsigned long n = 0;
	unsigned int i;

	do {
		w.used = 0;
		memset(w.held, 0, sizeof(w.held));
		memset(w.arg_known, -1, sizeof(w.arg_known));
		w.cmd = -1;
		w.flags[0] = 0;
		w.flags[1] = 1;
		w.nstores = 0;
		if (walk_function(m, &w))
			for (i = 0; i < w.nstores; i++)
				add_store(w.stores[i].n, w.stores[i].held);
		if (++n == WALKS)
			return 0;
	} while (advance(&w));
	return n;
}

static void put_expected(FILE *out, const struct maker *m)
{
	unsigned int i;
	int k;

	for (i = 0; i < m->nnodes; i++) {
		const struct node *n = &m->nodes[i];

		if (n->kind != STORE || !n->line)
			continue;
		fprintf(out, "%u foo%u %s", n->line, m->n, n->reached ? "reached" : "never");
		for (k = 0; k < LOCKS && n->reached; k++)
			if (n->held >> k & 1)
				fprintf(out, " foo%u.%s:%s", m->n, kinds[k].name, kinds[k].shared ? "shared" : "exclusive");
		fputc('\n', out);
	}
}

int main(int argc, char **argv)
{
	struct maker m = { .line = 1 };
	unsigned int n, first, count;
	unsigned long walks, all = 0;
	uint64_t seed;
	FILE *expected;

	if (argc != 6) {
		fprintf(stderr, "usage: paths SEED FIRST COUNT FILE.c EXPECTED\n");
		return 2;
	}
	seed = strtoull(argv[1], NULL, 10);
	first = (unsigned int)strtoul(argv[2], NULL, 10);
	count = (unsigned int)strtoul(argv[3], NULL, 10);
	m.out = fopen(argv[4], "w");
	expected = fopen(argv[5], "w");
	if (!m.out || !expected) {
		fprintf(stderr, "paths: cannot write %s or %s\n", argv[4], argv[5]);
		return 2;
	}
	put(&m, 0, "#include <linux/fs.h>");
	put(&m, 0, "#include <linux/mutex.h>");
	put(&m, 0, "#include <linux/rwsem.h>");
	put(&m, 0, "#include <linux/spinlock.h>");
	put(&m, 0, "int foo_more(void *p);");
	for (n = first; n < first + count; n++) {
		make_function(&m, seed, n);
		put_function(&m);
		walks = walk_all(&m);
		if (walks)
			put_expected(expected, &m);
		all += walks;
	}
	printf("functions %u walks %lu\n", count, all);
	return fclose(m.out) || fclose(expected);
}

